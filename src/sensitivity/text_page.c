/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words and columns of ranking tables. */
#include "sensitivity/text_page.h"

#include "core/wrap.h"
#include "report/drivers.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void rc_page_heading(rc_page *p, const char *text) {
    rc_text_addf(p->out, p->color ? "\x1b[1m%s\x1b[0m" : "%s", text);
}

void rc_page_right(rc_text *out, const char *text, int width) {
    int blanks = width - rc_text_width(text);
    rc_text_repeat(out, " ", blanks > 0 ? blanks : 0);
    rc_text_add(out, text);
}

/* As much as fits */
void rc_page_left(rc_text *out, const char *text, int width) {
    int used = 0;
    bool cut = rc_text_width(text) > width;
    for (size_t n = strlen(text), step; n > 0; text += step, n -= step) {
        int wide = rc_utf8_width(rc_utf8_decode(text, n, &step));
        if (used + wide > width - cut)
            break;
        rc_text_add_n(out, text, step);
        used += wide;
    }
    rc_text_add(out, cut ? "…" : "");
    rc_text_repeat(out, " ", width - used - cut);
}

void rc_page_wrap(rc_text *out, const char *head, const char *text) {
    rc_text_add(out, head);
    rc_text_wrap(out, text, rc_text_width(head), RC_PAGE_WIDTH);
}

const char *rc_page_name(const rc_page *p, const rc_bar *bar) {
    return rc_words_bar(bar, p->language, p->s->study->arena);
}

const char *rc_page_rank(const rc_ranked *row, char *out, size_t size) {
    if (row->best < row->worst)
        snprintf(out, size, "%u–%u", row->best, row->worst);
    else
        snprintf(out, size, "%u", row->rank);
    return out;
}

const char *rc_page_odds(char *out, size_t size, double p) {
    if (isnan(p))
        return "";
    snprintf(out, size, p > 0.995 && p < 1 ? "%.1f%%" : "%.0f%%",
             p > 0.999 && p < 1 ? 99.9 : 100 * p);
    return out;
}

rc_quantity rc_page_narrow(rc_quantity q) {
    const char *sign = q.currency != NULL ? rc_currency_sign(q.currency) : NULL;
    if (sign == NULL || rc_text_width(sign) > 1)
        q.currency = NULL;
    return q;
}

void rc_page_end_line(rc_text *out) {
    while (out->length > 0 && out->bytes[out->length - 1] == ' ')
        out->bytes[--out->length] = '\0';
    rc_text_add(out, "\n");
}
