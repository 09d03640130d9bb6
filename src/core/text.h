/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing text buffer, and the few questions about UTF-8 that reports and messages ask. */
#ifndef RC_CORE_TEXT_H
#define RC_CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct rc_text {
    char *bytes; /**< NUL-terminated once anything was added; owned */
    size_t length, capacity;
} rc_text; /* start with {0} */

void rc_text_add(rc_text *text, const char *string);
void rc_text_add_n(rc_text *text, const char *string, size_t bytes);
void rc_text_addf(rc_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void rc_text_repeat(rc_text *text, const char *string, int times);
/** A word as a shell reads it back: in single quotes where it needs them. */
void rc_text_add_shell_word(rc_text *text, const char *word);
void rc_text_free(rc_text *text);

enum { RC_EXACT_TEXT = 32 }; /**< room for rc_exact_text */

/** The shortest decimal text that reads back as the same double: "0.1"; nan, inf, -inf. */
const char *rc_exact_text(char *out, double value);

/** Decode the code point at s (at most n bytes, n > 0); *bytes is its length. Invalid UTF-8
 * (overlong, surrogate, above U+10FFFF, cut short) gives -1 and *bytes = 1. */
int32_t rc_utf8_decode(const char *s, size_t n, size_t *bytes);

/** Terminal columns of a code point: 2 for East Asian wide and full-width, 0 for combining. */
int rc_utf8_width(int32_t code_point);
int rc_text_width(const char *string); /* columns of a whole NUL-terminated string */

/** Nearest of `n` names to `name` by edit distance over code points, or NULL when none is near
 * (distance over a third of the length, at least 1). Ties: the first. */
const char *rc_nearest_name(const char *name, const char *const *names, size_t n);

#endif
