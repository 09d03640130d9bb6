/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How likely is what: the histogram of the target, with round levels and how often each is reached.
 */
#include "report/document_make.h"

#include "core/language.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static double edge(const rc_histogram *h, long j) {
    /* edges are whole multiples of the width: 3 * 0.1 rather than 0.1 + 0.1 + 0.1 */
    return (rint(h->first / h->width) + (double)j) * h->width;
}

/** Is x 1, 2, 2.5 or 5 times a power of ten (up to rounding)? */
static bool is_round(double x) {
    char text[RC_NUMBER_TEXT];
    snprintf(text, sizeof text, "%.3e", x);
    return (strchr("125", text[0]) != NULL && memcmp(text + 2, "000", 3) == 0) ||
           (text[0] == '2' && memcmp(text + 2, "500", 3) == 0);
}

/** Multiples of a round step over the histogram's range: about five to nine of them. */
static void add_levels(rc_maker *m, rc_picture *p) {
    const rc_histogram *h = p->histogram;
    static const long steps[] = {1, 2, 4, 5, 8, 10, 20, 25, 40, 50};
    long n = (long)h->n_bins, offset = (long)rint(h->first / h->width), step = 50;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (n / steps[i] <= 9 && is_round((double)steps[i] * h->width)) {
            step = steps[i];
            break;
        }
    double *levels = RC_NEW(m->arena, double, n + 1), *shares = RC_NEW(m->arena, double, n + 1);
    const char **ticks = RC_NEW(m->arena, const char *, n + 1);
    uint64_t all = h->below + h->above, reached;
    for (long j = 0; j < n; j++)
        all += h->counts[j];
    reached = all - h->below;
    for (long j = 0; j <= n; j++) {
        if ((offset + j) % step == 0 && all > 0) {
            char text[RC_NUMBER_TEXT];
            rc_quantity q = p->quantity;
            q.suffix = NULL;
            levels[p->n_levels] = edge(h, j);
            shares[p->n_levels] = (double)reached / (double)all;
            rc_number_text(text, &q, edge(h, j),
                           (rc_rounding){.digits = 6, .sign = q.unit == RC_UNIT_RATIO});
            ticks[p->n_levels++] = rc_arena_strdup(m->arena, text);
        }
        if (j < n)
            reached -= h->counts[j];
    }
    p->levels = levels;
    p->at_least = shares;
    p->ticks = ticks;
}

void rc_section_distribution(rc_maker *m) {
    const rc_output *o = rc_result_target(m->result);
    if (o == NULL || o->histogram.n_bins < 2 || !(o->histogram.width > 0))
        return;
    rc_picture *p = RC_NEW(m->arena, rc_picture, 1);
    p->histogram = &o->histogram;
    p->quantity = rc_output_quantity(m->result, o, m->language);
    p->border = NAN;
    if (o->kind == RC_OUTPUT_METRIC &&
        (strcmp(o->name, "roi") == 0 || strcmp(o->name, "npv") == 0)) {
        p->border = 0;
        p->bad = rc_tr_in(m->language, "side of a picture", "loss");
        p->good = rc_tr_in(m->language, "side of a picture", "gain");
        p->bad_share = rc_output_value(o, "below_zero", NULL);
    }
    add_levels(m, p);
    const char *label = rc_clean_text(rc_label_text(&o->label, m->language, o->name), m->arena);
    rc_add_section(m,
                   (rc_section){.id = "distribution",
                                .part = RC_PART_EXECUTIVE,
                                .title = RC_TEXT(m->arena, m->language,
                                                 "How likely is what · {output}", "output", label),
                                .picture = p,
                                .chart = "distribution",
                                .of = o->name,
                                .folded = true});
}
