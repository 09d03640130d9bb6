/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(rc_text *text, size_t more) {
    size_t need = text->length + more + 1;
    if (need <= text->capacity)
        return;
    size_t wanted = text->capacity < 64 ? 64 : 2 * text->capacity;
    if (wanted < need)
        wanted = need;
    char *grown = realloc(text->bytes, wanted);
    if (grown == NULL) {
        fprintf(stderr, "roicast: not enough memory (%zu bytes)\n", wanted);
        exit(3);
    }
    text->bytes = grown;
    text->capacity = wanted;
}

void rc_text_add_n(rc_text *text, const char *string, size_t bytes) {
    reserve(text, bytes);
    memcpy(text->bytes + text->length, string, bytes);
    text->length += bytes;
    text->bytes[text->length] = '\0';
}

void rc_text_add(rc_text *text, const char *string) {
    rc_text_add_n(text, string, strlen(string));
}

void rc_text_addf(rc_text *text, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    reserve(text, (size_t)length);
    vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
    text->length += (size_t)length;
    va_end(again);
    va_end(args);
}

void rc_text_repeat(rc_text *text, const char *string, int times) {
    for (int i = 0; i < times; i++)
        rc_text_add(text, string);
}

void rc_text_add_shell_word(rc_text *t, const char *word) {
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-+:@%,=";
    if (*word != '\0' && word[strspn(word, plain)] == '\0') {
        rc_text_add(t, word);
        return;
    }
    rc_text_add(t, "'");
    for (; *word != '\0'; word++)
        if (*word == '\'')
            rc_text_add(t, "'\\''");
        else
            rc_text_add_n(t, word, 1);
    rc_text_add(t, "'");
}

void rc_text_free(rc_text *text) {
    free(text->bytes);
    *text = (rc_text){0};
}

int32_t rc_utf8_decode(const char *s, size_t n, size_t *bytes) {
    const unsigned char *b = (const unsigned char *)s;
    *bytes = 1;
    if (b[0] < 0x80)
        return b[0];
    size_t length = b[0] >= 0xF0 ? 4 : b[0] >= 0xE0 ? 3 : 2;
    static const int32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (b[0] < 0xC2 || b[0] > 0xF4 || length > n)
        return -1;
    int32_t c = b[0] & (0xFF >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((b[i] & 0xC0) != 0x80)
            return -1;
        c = c << 6 | (b[i] & 0x3F);
    }
    if (c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return -1;
    *bytes = length;
    return c;
}

int rc_utf8_width(int32_t c) {
    static const int32_t wide[][2] = {
        {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
    };
    if ((c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF)
        return 0;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (c >= wide[i][0] && c <= wide[i][1])
            return 2;
    return 1;
}

int rc_text_width(const char *string) {
    int columns = 0;
    for (size_t n = strlen(string), step; n > 0; string += step, n -= step)
        columns += rc_utf8_width(rc_utf8_decode(string, n, &step));
    return columns;
}

enum { LONGEST_NAME = 64 };

static size_t code_points(const char *s, int32_t *out) {
    size_t count = 0;
    for (size_t n = strlen(s), step; n > 0 && count < LONGEST_NAME; s += step, n -= step)
        out[count++] = rc_utf8_decode(s, n, &step);
    return count;
}

/* Optimal string alignment distance: insert, delete, substitute, swap neighbours. */
static size_t edit_distance(const int32_t *a, size_t na, const int32_t *b, size_t nb) {
    size_t row[3][LONGEST_NAME + 1];
    size_t *before = row[0], *last = row[1], *now = row[2];
    for (size_t j = 0; j <= nb; j++)
        last[j] = j;
    for (size_t i = 1; i <= na; i++) {
        now[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);
            best = last[j] + 1 < best ? last[j] + 1 : best;
            best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = before[j - 2] + 1 < best ? before[j - 2] + 1 : best;
            now[j] = best;
        }
        size_t *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[nb];
}

const char *rc_nearest_name(const char *name, const char *const *names, size_t n) {
    int32_t a[LONGEST_NAME], b[LONGEST_NAME];
    size_t na = code_points(name, a);
    size_t limit = na / 3 > 1 ? na / 3 : 1;
    const char *nearest = NULL;
    for (size_t i = 0; i < n; i++) {
        size_t nb = code_points(names[i], b);
        if ((na > nb ? na - nb : nb - na) > limit)
            continue;
        size_t distance = edit_distance(a, na, b, nb);
        if (distance <= limit && (nearest == NULL || distance < limit)) {
            nearest = names[i];
            limit = distance;
            if (distance == 0)
                break;
        }
    }
    return nearest;
}

const char *rc_exact_text(char *out, double value) {
    if (!isfinite(value))
        return strcpy(out, isnan(value) ? "nan" : value > 0 ? "inf" : "-inf");
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, RC_EXACT_TEXT, "%.*g", digits, value);
        if (strtod(out, NULL) == value)
            break;
    }
    for (char *c = out; *c != '\0'; c++) /* a locale's decimal comma */
        if (*c == ',')
            *c = '.';
    return out;
}
