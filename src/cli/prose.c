/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/prose.h"

#include <stdbool.h>
#include <string.h>

static bool ascii(char c) {
    return ((unsigned char)c & 0x80) == 0;
}

/** Lines are joined by a blank, but between Chinese characters. */
static void join(rc_text *out, const char *line, size_t n) {
    if (out->length > 0 && (ascii(out->bytes[out->length - 1]) || ascii(*line)))
        rc_text_add(out, " ");
    rc_text_addf(out, "%.*s", (int)n, line);
}

rc_prose rc_prose_next(const char **at, rc_text *out) {
    const char *s = *at;
    rc_prose kind = RC_PROSE_END;
    out->length = 0;
    rc_text_add(out, "");
    while (*s == '\n')
        s++;
    while (*s != '\0' && *s != '\n') {
        size_t n = strcspn(s, "\n");
        if (*s == ' ' && kind == RC_PROSE_PARAGRAPH)
            break;
        kind = *s == ' ' ? RC_PROSE_VERBATIM : RC_PROSE_PARAGRAPH;
        size_t blanks = strspn(s, " ");
        join(out, s + blanks, n - blanks);
        s += n + (s[n] == '\n');
        if (kind == RC_PROSE_VERBATIM)
            break;
    }
    *at = s;
    return kind;
}
