/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rankings as CSV (RFC 4180), one row a bar and method. Numbers are the shortest text that reads
 * back as the same double; what has no value is an empty field. */
#include "sensitivity/words.h"

#include <math.h>
#include <string.h>

static void add_field(rc_text *out, const char *text) {
    bool quote = strpbrk(text, ",\"\n") != NULL;
    rc_text_add(out, quote ? "\"" : "");
    for (const char *c = text; *c != '\0'; c++)
        rc_text_add_n(out, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
    rc_text_add(out, quote ? "\"," : ",");
}

static void add_value(rc_text *out, double x) {
    char number[RC_EXACT_TEXT];
    if (isfinite(x))
        rc_text_add(out, rc_exact_text(number, x));
    rc_text_add(out, ",");
}

static void add_row(rc_text *out, const rc_ranking *r, const rc_ranked *row) {
    add_field(out, r->about);
    add_field(out, r->method->name);
    add_field(out, row->bar->bar->name);
    add_field(out, rc_bar_kind_name(row->bar->bar->kind));
    add_value(out, row->score[0].value);
    add_value(out, row->score[0].low);
    add_value(out, row->score[0].high);
    rc_text_addf(out, "%u,%u,%u,", row->rank, row->best, row->worst);
    add_value(out, row->probability);
    rc_text_addf(out, "%d\n", row->chance);
}

rc_status rc_sensitivity_csv(const rc_sensitivity *s, bool color, rc_text *out, rc_error *err) {
    (void)color;
    (void)err;
    rc_text_add(out, "target,method,input,kind,value,low,high,rank,rank_low,rank_high,"
                     "rank_probability,chance\n");
    for (size_t i = 0; i < s->n_rankings; i++)
        for (size_t k = 0; k < s->rankings[i].n_rows; k++)
            add_row(out, &s->rankings[i], &s->rankings[i].rows[k]);
    return RC_OK;
}
