/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rankings as CSV (RFC 4180), one row a bar and method, and one for each
 * further number of it, named in `part`. Numbers are the shortest text that reads
 * back as the same double; what has no value is an empty field. */
#include "sensitivity/words.h"

#include <math.h>
#include <stdio.h>
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

/* Of which bar a row speaks, and by which method */
static void add_who(rc_text *out, const rc_ranking *r, const rc_ranked *row) {
    add_field(out, r->about);
    add_field(out, r->method->name);
    add_field(out, row->bar->name);
    add_field(out, rc_bar_kind_name(row->bar->kind));
}

static void add_row(rc_text *out, const rc_ranking *r, const rc_ranked *row) {
    add_who(out, r, row);
    add_value(out, row->score[0].value);
    add_value(out, row->score[0].low);
    add_value(out, row->score[0].high);
    rc_text_addf(out, "%u,%u,%u,", row->rank, row->best, row->worst);
    add_value(out, row->probability);
    rc_text_addf(out, "%d,%s\n", row->chance,
                 r->method->table == RC_TABLE_BOTH ? r->method->scores[0] : "");
}

/* The second of two scores, which is ranked as well */
static void add_second(rc_text *out, const rc_ranking *r, const rc_ranked *row) {
    add_who(out, r, row);
    add_value(out, row->score[1].value);
    add_value(out, row->score[1].low);
    add_value(out, row->score[1].high);
    rc_text_addf(out, "%u,%u,%u,", row->second.rank, row->second.best, row->second.worst);
    add_value(out, row->second.probability);
    rc_text_addf(out, ",%s\n", r->method->scores[1]);
}

/* Another number of the bar: it has no rank */
static void add_part(rc_text *out, const rc_ranking *r, const rc_ranked *row, rc_estimate e,
                     const char *part) {
    add_who(out, r, row);
    add_value(out, e.value);
    add_value(out, e.low);
    add_value(out, e.high);
    rc_text_addf(out, ",,,,,%s\n", part);
}

static void add_parts(rc_text *out, const rc_ranking *r, const rc_ranked *row) {
    char part[32];
    if (r->method->table == RC_TABLE_BOTH) {
        add_second(out, r, row);
        return;
    }
    for (size_t c = 1; c < r->method->n_scores; c++)
        add_part(out, r, row, row->score[c], r->method->scores[c]);
    for (size_t k = 0; k < r->n_steps && r->method->table == RC_TABLE_SERIES; k++) {
        double y = row->output[k];
        snprintf(part, sizeof part, "p%g", r->percent[k]);
        add_part(out, r, row, (rc_estimate){y, y, y}, part);
    }
}

rc_status rc_sensitivity_csv(const rc_sensitivity *s, const rc_report_style *style, rc_text *out,
                             rc_error *err) {
    (void)style;
    (void)err;
    rc_text_add(out, "target,method,input,kind,value,low,high,rank,rank_low,rank_high,"
                     "rank_probability,chance,part\n");
    for (size_t i = 0; i < s->n_rankings; i++) {
        const rc_ranking *r = &s->rankings[i];
        for (size_t k = 0; k < r->n_rows; k++) {
            add_row(out, r, &r->rows[k]);
            add_parts(out, r, &r->rows[k]);
        }
    }
    return RC_OK;
}
