/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rounding happens on decimal digits from printf("%.*e"), which is exact, and the digits are then
 * placed by hand: scaling to % or to millions only moves the point, and no locale can interfere. */
#include "report/number.h"

#include "core/language.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUS "\u2212"

/** |value| = 0.d1 d2 d3 ... * 10^point; no digits: zero. */
typedef struct decimal {
    char digits[24];
    int n, point;
} decimal;

static decimal decimal_of(double value, int significant) {
    char text[64];
    snprintf(text, sizeof text, "%.*e", significant - 1, fabs(value));
    decimal d = {.n = 0};
    const char *c = text;
    for (; *c != 'e'; c++)
        if (*c >= '0' && *c <= '9' && d.n < (int)sizeof d.digits)
            d.digits[d.n++] = *c;
    d.point = atoi(c + 1) + 1;
    if (d.digits[0] == '0')
        d.n = d.point = 0;
    return d;
}

/** Power of ten of the leading digit. */
static int magnitude(double value) {
    return decimal_of(value, 17).point - 1;
}

/** Digits with the point moved right by `shift`, thousands separated; `least` is the power of ten
 * (after the shift) of the last digit to print. */
static void place(char *out, const decimal *d, int shift, int least) {
    int point = d->point + shift;
    int whole = point > 0 ? point : 1;
    char *o = out;
    for (int i = 0; i < whole; i++) {
        int k = point > 0 ? i : -1;
        *o++ = k >= 0 && k < d->n ? d->digits[k] : '0';
        int left = whole - 1 - i;
        if (left > 0 && left % 3 == 0)
            *o++ = ',';
    }
    if (least < 0) {
        *o++ = '.';
        for (int p = -1; p >= least; p--) {
            int k = point - 1 - p;
            *o++ = k >= 0 && k < d->n ? d->digits[k] : '0';
        }
    }
    *o = '\0';
}

static void drop_zeros(char *text) {
    if (strchr(text, '.') == NULL)
        return;
    char *end = text + strlen(text);
    while (end[-1] == '0')
        *--end = '\0';
    if (end[-1] == '.')
        end[-1] = '\0';
}

const char *rc_currency_sign(const char *currency) {
    static const char *const signs[][2] = {
        {"USD", "$"}, {"EUR", "€"}, {"GBP", "£"},   {"JPY", "¥"},   {"CNY", "¥"},
        {"INR", "₹"}, {"KRW", "₩"}, {"TWD", "NT$"}, {"HKD", "HK$"},
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(currency, signs[i][0]) == 0)
            return signs[i][1];
    return NULL;
}

const char *rc_currency_name(const char *currency, const char *language) {
    static const char *const known[] = {
        RC_TR_IN("currency", "USD"), RC_TR_IN("currency", "EUR"), RC_TR_IN("currency", "GBP"),
        RC_TR_IN("currency", "JPY"), RC_TR_IN("currency", "CNY"), RC_TR_IN("currency", "INR"),
        RC_TR_IN("currency", "KRW"), RC_TR_IN("currency", "TWD"), RC_TR_IN("currency", "HKD"),
        RC_TR_IN("currency", "AUD"), RC_TR_IN("currency", "CAD"), RC_TR_IN("currency", "CHF"),
        RC_TR_IN("currency", "SGD"),
    };
    (void)known; /* listed for the catalogs */
    return rc_tr_in(language, "currency", currency);
}

/** What follows an amount in a sentence ("美元"), or NULL where a sign precedes it. */
static const char *unit_of_money(const char *currency, const char *language) {
    /* TRANSLATORS: only where amounts in sentences end with the unit: 41.2万美元, 120万元 */
    static const char *const known[] = {
        RC_TR_IN("after an amount", "USD"), RC_TR_IN("after an amount", "EUR"),
        RC_TR_IN("after an amount", "GBP"), RC_TR_IN("after an amount", "JPY"),
        RC_TR_IN("after an amount", "CNY"), RC_TR_IN("after an amount", "INR"),
        RC_TR_IN("after an amount", "KRW"), RC_TR_IN("after an amount", "TWD"),
        RC_TR_IN("after an amount", "HKD"), RC_TR_IN("after an amount", "AUD"),
        RC_TR_IN("after an amount", "CAD"), RC_TR_IN("after an amount", "CHF"),
        RC_TR_IN("after an amount", "SGD"),
    };
    (void)known;
    const char *unit = rc_tr_in(language, "after an amount", currency);
    return unit != currency ? unit : NULL;
}

/** The rounded digits and the power of ten of the last one. */
static decimal rounded(double value, const rc_quantity *q, rc_rounding r, int *last) {
    int size = magnitude(value), finest = -400;
    if (r.error > 0 && isfinite(r.error))
        finest = magnitude(r.error);
    bool cents = q->unit == RC_UNIT_MONEY && q->currency != NULL && *q->currency != '\0';
    if (finest < -2 && (cents || q->unit == RC_UNIT_YEARS))
        finest = -2;
    *last = size - r.digits + 1 > finest ? size - r.digits + 1 : finest;
    int significant = size - *last + 1;
    if (significant < 1) /* all of it lies below the last digit: that is 1 or 0 */
        return significant == 0 && decimal_of(value, 17).digits[0] >= '5'
                   ? (decimal){.digits = "1", .n = 1, .point = *last + 1}
                   : (decimal){.n = 0};
    decimal d = decimal_of(value, significant > 17 ? 17 : significant);
    if (d.point - 1 > size && *last > finest) /* 9.996 became 10.00: one digit too many */
        ++*last;
    return d;
}

/** Words for powers of ten. */
typedef struct scale {
    int money, number; /* digits before the point from which amounts, numbers take it */
    int shift;         /* powers of ten */
    const char *suffix;
} scale;
enum { SCALES = 4, NEVER = 99 };

static const scale scales[][SCALES] = {
    [RC_THOUSANDS] = {{13, 13, 12, RC_TR_IN("power of ten", "T")},
                      {10, 10, 9, RC_TR_IN("power of ten", "B")},
                      {7, 7, 6, RC_TR_IN("power of ten", "M")},
                      {5, NEVER, 3, RC_TR_IN("power of ten", "k")}},
    [RC_MYRIADS] = {{13, 13, 12, RC_TR_IN("power of ten", "10^12")},
                    {9, 9, 8, RC_TR_IN("power of ten", "10^8")},
                    {5, 7, 4, RC_TR_IN("power of ten", "10^4")},
                    {NEVER, NEVER, 0, ""}},
};

/** Digits with k, M or 万, 亿 where they help; scientific at the far ends. */
static void body(char *out, const decimal *d, int last, bool exact, const rc_quantity *q) {
    rc_unit unit = q->unit;
    int shift = unit == RC_UNIT_RATIO && d->n > 0 ? 2 : 0;
    int before = d->n == 0 ? 1 : d->point + shift;
    int longest = unit == RC_UNIT_RATIO || unit == RC_UNIT_YEARS ? 15 : 18; /* 999,999T */
    if (before > longest || before < -4) {
        snprintf(out, RC_NUMBER_TEXT / 2, "%c%s%.*se%d", d->digits[0], d->n > 1 ? "." : "",
                 d->n - 1, d->digits + 1, before - 1);
        return;
    }
    const char *suffix = "";
    const scale *s = scales[rc_language_or_english(q->language)->grouping];
    for (int i = 0; i < SCALES && unit != RC_UNIT_RATIO && unit != RC_UNIT_YEARS; i++)
        if (before >= (unit == RC_UNIT_MONEY ? s[i].money : s[i].number)) {
            shift = -s[i].shift;
            suffix = rc_tr_in(q->language, "power of ten", s[i].suffix);
            break;
        }
    place(out, d, shift, last + shift);
    if (exact)
        drop_zeros(out);
    strcat(out, suffix);
}

/* A user's own unit behind `length` bytes: as many whole characters as fit, none that turns the
 * line around or steers a terminal. */
static void add_suffix(char *out, int length, const char *suffix) {
    enum { MOST = 24 };
    size_t at = (size_t)length, end = at + MOST, left = strlen(suffix), bytes;
    for (; left > 0; suffix += bytes, left -= bytes) {
        int32_t c = rc_utf8_decode(suffix, left, &bytes);
        bool bad = c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
                   (c >= 0x2066 && c <= 0x2069);
        if (at + bytes > end || at + bytes >= RC_NUMBER_TEXT)
            break;
        if (bad)
            continue;
        memcpy(out + at, suffix, bytes);
        at += bytes;
    }
    out[at] = '\0';
}

const char *rc_number_text(char *out, const rc_quantity *q, double value, rc_rounding r) {
    if (!isfinite(value)) {
        snprintf(out, RC_NUMBER_TEXT, "%s", isnan(value) ? "–" : value > 0 ? "∞" : MINUS "∞");
        return out;
    }
    bool exact = !(r.error > 0);
    int last = 0;
    decimal d = {.n = 0};
    if (value != 0)
        d = rounded(value, q, r, &last);
    if (d.n == 0)
        last = 0;
    char digits[RC_NUMBER_TEXT / 2];
    body(digits, &d, last, exact, q);
    const char *sign = d.n == 0 ? "" : value < 0 ? MINUS : r.sign ? "+" : "";
    const char *before = "", *space = "", *after = "";
    if (q->unit == RC_UNIT_RATIO)
        after = "%";
    if (q->unit == RC_UNIT_MONEY && q->currency != NULL && *q->currency != '\0') {
        const char *unit = q->in_words ? unit_of_money(q->currency, q->language) : NULL;
        before = unit == NULL ? rc_currency_sign(q->currency) : "";
        after = unit != NULL ? unit : "";
        if (before == NULL) {
            before = q->currency;
            space = " ";
        }
    }
    if (q->unit == RC_UNIT_NUMBER && q->suffix != NULL)
        add_suffix(out, snprintf(out, RC_NUMBER_TEXT, "%s%s ", sign, digits), q->suffix);
    else
        snprintf(out, RC_NUMBER_TEXT, "%s%.12s%s%s%s", sign, before, space, digits, after);
    return out;
}

static const char *limited(char *out, const char *text) {
    snprintf(out, RC_NUMBER_TEXT, "%s", text);
    return out;
}

const char *rc_share_text(char *out, double share, const char *language) {
    static const rc_quantity percent = {.unit = RC_UNIT_RATIO};
    if (share > 0 && share < 0.001)
        return limited(out, rc_tr(language, "under 0.1%"));
    if (share > 0.999 && share < 1)
        return limited(out, rc_tr(language, "over 99.9%"));
    bool fine = share < 0.0095 || (share > 0.9905 && share < 1);
    return rc_number_text(out, &percent, share,
                          (rc_rounding){.digits = 4, .error = fine ? 0.001 : 0.01});
}

const char *rc_count_text(char *out, uint64_t count) {
    char digits[32];
    int n = snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);
    char *o = out;
    for (int i = 0; i < n; i++) {
        *o++ = digits[i];
        if (n - 1 - i > 0 && (n - 1 - i) % 3 == 0)
            *o++ = ',';
    }
    *o = '\0';
    return out;
}
