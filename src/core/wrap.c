/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules for Chinese are the first two of W3C's "Requirements for Chinese Text Layout" (3.1.7):
 * marks that must not start a line, marks that must not end one. Digits stay with what follows
 * them: "41.2万美元" breaks after 万 at the earliest. */
#include "core/wrap.h"

#include <string.h>

static bool among(int32_t c, const char *marks) {
    for (size_t n = strlen(marks), step; n > 0; marks += step, n -= step)
        if (rc_utf8_decode(marks, n, &step) == c)
            return true;
    return false;
}

/** May a line end between two neighbours, neither of them a blank? */
static bool may_break(int32_t before, int32_t after) {
    if (among(before, "（《「『“‘〈【") || among(after, "，。、；：？！）》」』”’〉】…·%"))
        return false;
    return rc_utf8_width(before) == 2 || among(before, "”’");
}

/** Walks from break to break: bytes of the longest piece within `columns`, or of the first. */
static size_t walk(const char *text, int columns, bool first) {
    size_t best = 0, n = strlen(text), step;
    int used = 0;
    int32_t before = 0;
    for (size_t at = 0; at < n; at += step) {
        int32_t c = rc_utf8_decode(text + at, n - at, &step);
        bool blank = c == ' ' && before != ' ';
        if (at > 0 && (blank || (c != ' ' && before != ' ' && may_break(before, c)))) {
            if (used > columns)
                break;
            best = at;
            if (first)
                return best;
        }
        used += rc_utf8_width(c);
        before = c;
    }
    return used <= columns ? n : best;
}

size_t rc_text_fit(const char *text, int columns) {
    return walk(text, columns, false);
}

size_t rc_text_unbroken(const char *text) {
    return walk(text, 1 << 30, true);
}

void rc_text_wrap(rc_text *out, const char *text, int indent, int width) {
    for (bool first = true; *text != '\0'; first = false) {
        if (!first) {
            rc_text_add(out, "\n");
            rc_text_repeat(out, " ", indent);
        }
        size_t n = rc_text_fit(text, width - indent);
        if (n == 0)
            n = rc_text_unbroken(text); /* longer than a line */
        rc_text_add_n(out, text, n);
        text += n;
        text += strspn(text, " ");
    }
    rc_text_add(out, "\n");
}
