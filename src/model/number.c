/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as models write them: 1200 1.2e3 1_200 50k 2.5M 1B 10% 50万 3亿.
 *
 * The digits are handed to strtod as an integer with an exponent: 2.5M is "25e5", 10% is "10e-2".
 * So every number is the double nearest to what was written, rounded once, and no decimal sign
 * of a locale takes part. */
#include "model/lexer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A decimal that lies between two doubles is decided by at most 768 digits; beyond them it only
 * matters whether anything but zeros follows. */
enum { DIGITS = 780, LARGEST_EXPONENT = 1000000 };

typedef struct decimal {
    char digits[DIGITS + 40]; /* significant ones, room for "e-1000000" */
    size_t n;
    long exponent; /* of the last digit kept */
    bool more;     /* a digit that is not 0 was left out */
} decimal;

static void add_digit(decimal *d, char digit, bool fraction) {
    if (d->n == 0 && digit == '0') {
        d->exponent -= fraction;
        return;
    }
    if (d->n < DIGITS) {
        d->digits[d->n++] = digit;
        d->exponent -= fraction;
    } else {
        d->more |= digit != '0';
        d->exponent += !fraction;
    }
}

static double value_of(decimal *d, long exponent) {
    if (d->n == 0)
        return 0;
    if (d->more) {
        d->digits[d->n++] = '1';
        exponent--;
    }
    exponent += d->exponent;
    if (exponent > LARGEST_EXPONENT)
        exponent = LARGEST_EXPONENT;
    if (exponent < -LARGEST_EXPONENT)
        exponent = -LARGEST_EXPONENT;
    snprintf(d->digits + d->n, sizeof d->digits - d->n, "e%ld", exponent);
    return strtod(d->digits, NULL);
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static const struct {
    const char *text;
    int exponent;
} suffixes[] = {{"k", 3}, {"M", 6}, {"B", 9}, {"%", -2}, {"万", 4}, {"亿", 8}};

/* What people write instead. */
static const struct {
    const char *text, *hint;
} mistaken[] = {
    {"K", "write %sk"},     {"m", "write %sM for millions, %sk for thousands"},
    {"mn", "write %sM"},    {"mm", "write %sM"},
    {"MM", "write %sM"},    {"Mn", "write %sM"},
    {"b", "write %sB"},     {"bn", "write %sB"},
    {"Bn", "write %sB"},    {"tn", "write %se12"},
    {"T", "write %se12"},   {"G", "write %sB"},
    {"千", "write %sk"},    {"萬", "write %s万"},
    {"億", "write %s亿"},   {"百万", "write %sM"},
    {"千万", "write %se7"}, {"万亿", "write %se12"},
    {"‰", "write %se-3"},   {"％", "write %s%%"},
};

/* Length of the run of letters, digits and points at s: what a reader sees as one word. */
static size_t word_length(const char *s) {
    size_t n = 0, bytes;
    while (s[n] != '\0') {
        int32_t c = rc_utf8_decode(s + n, 4, &bytes);
        if (!(rc_name_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '%' || c == 0x2030 ||
              c == 0xFF05))
            break;
        n += bytes;
    }
    return n;
}

/* `after` follows the digits of a number of `bytes` bytes and is no suffix that we know. */
static size_t complain(const char *text, size_t bytes, const char **problem, char hint[RC_HINT]) {
    const char *after = text + bytes;
    size_t rest = word_length(after);
    char number[40], word[16];
    snprintf(number, sizeof number, "%.*s", bytes < sizeof number ? (int)bytes : 0, text);
    snprintf(word, sizeof word, "%.*s", rest < sizeof word ? (int)rest : 0, after);
    hint[0] = '\0';
    if (*after == '.') {
        *problem = "has more than one decimal point";
        if (memchr(text, '.', bytes) == NULL && rest == 1)
            *problem = "lacks a digit after the decimal point";
        else if (memchr(text, '.', bytes) == NULL)
            *problem = "is not a number";
        if (strcmp(*problem, "is not a number") == 0 || memchr(text, '.', bytes) != NULL)
            snprintf(hint, RC_HINT, "the decimal sign is the point; no separators of thousands");
        return bytes + rest;
    }
    *problem = "is neither a number nor a name";
    for (size_t i = 0; i < sizeof mistaken / sizeof *mistaken; i++)
        if (number[0] != '\0' && strcmp(word, mistaken[i].text) == 0) {
            /* a format of our own table above, with one or two %s for the same number */
            const char *f = mistaken[i].hint;
            size_t n = 0;
            for (; *f != '\0' && n + 1 < RC_HINT; f++)
                if (f[0] == '%' && f[1] == 's') {
                    n += (size_t)snprintf(hint + n, RC_HINT - n, "%s", number);
                    f++;
                } else {
                    f += f[0] == '%';
                    hint[n++] = *f;
                }
            hint[n < RC_HINT ? n : RC_HINT - 1] = '\0';
            return bytes + rest;
        }
    if (strncmp(word, "万", 3) == 0 || strncmp(word, "亿", 3) == 0)
        snprintf(hint, RC_HINT, "write %s%.3s; a unit goes into `unit:`", number, word);
    else if (word[0] == '%' && word[1] >= '0' && word[1] <= '9')
        snprintf(hint, RC_HINT, "for the remainder write mod(%s, %s)", number, word + 1);
    else if (number[0] != '\0' && word[0] != '\0' && strpbrk(word, "%.") == NULL)
        snprintf(
            hint, RC_HINT,
            "for a product write %s * %s; a unit goes into `unit:`; endings are k M B %% 万 亿",
            number, word);
    else
        snprintf(hint, RC_HINT, "numbers look like 1200 1.2e3 50k 2.5M 1B 10%% 50万 3亿");
    return bytes + rest;
}

size_t rc_number_scan(const char *text, double *value, const char **problem, char hint[RC_HINT]) {
    decimal d;
    d.n = 0, d.exponent = 0, d.more = false;
    *problem = NULL;
    hint[0] = '\0';
    size_t i = 0;
    if (!is_digit(text[0]) && !(text[0] == '.' && is_digit(text[1])))
        return 0;
    for (; is_digit(text[i]) ||
           (text[i] == '_' && i > 0 && is_digit(text[i - 1]) && is_digit(text[i + 1]));
         i++)
        if (text[i] != '_')
            add_digit(&d, text[i], false);
    if (text[i] == '.' && is_digit(text[i + 1]))
        for (i++; is_digit(text[i]) ||
                  (text[i] == '_' && is_digit(text[i - 1]) && is_digit(text[i + 1]));
             i++)
            if (text[i] != '_')
                add_digit(&d, text[i], true);
    size_t mantissa = i;
    long exponent = 0;
    if (text[i] == 'e' || text[i] == 'E') {
        size_t j = i + 1;
        bool negative = text[j] == '-';
        j += text[j] == '-' || text[j] == '+';
        if (is_digit(text[j])) {
            for (; is_digit(text[j]); j++)
                if (exponent < LARGEST_EXPONENT * 10L)
                    exponent = exponent * 10 + (text[j] - '0');
            exponent = negative ? -exponent : exponent;
            i = j;
        }
    }
    size_t suffix = 0;
    for (size_t k = 0; i == mantissa && suffix == 0 && k < sizeof suffixes / sizeof *suffixes;
         k++) {
        size_t n = strlen(suffixes[k].text);
        if (strncmp(text + i, suffixes[k].text, n) == 0 && word_length(text + i) == n) {
            suffix = n;
            exponent = suffixes[k].exponent;
        }
    }
    i += suffix;
    if (word_length(text + i) > 0)
        return complain(text, i, problem, hint);
    *value = value_of(&d, exponent);
    if (isinf(*value)) {
        *problem = "is too large for a number";
        snprintf(hint, RC_HINT, "numbers go up to about 1e308");
    }
    return i;
}

bool rc_number_parse(const char *text, double *value) {
    const char *problem;
    char hint[RC_HINT];
    bool negative = *text == '-';
    text += *text == '-' || *text == '+';
    size_t n = rc_number_scan(text, value, &problem, hint);
    if (n == 0 || problem != NULL || text[n] != '\0')
        return false;
    *value = negative ? -*value : *value;
    return true;
}
