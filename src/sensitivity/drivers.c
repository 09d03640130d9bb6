/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study and its rankings as plain values that outlive them when copied. */
#include "sensitivity/sensitivity.h"

#include "sensitivity/break_even.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t rc_usual_methods(const rc_study *s, const rc_method_type *methods[2]) {
    bool percentile = s->statistic == RC_STATISTIC_PERCENTILE;
    size_t n = 0;
    methods[n++] = rc_method_find(percentile ? "tornado" : "rank");
    if (s->worth != NULL && !percentile)
        methods[n++] = rc_method_find("evppi");
    return n;
}

/* Below 0 the money is not back */
static bool is_balance(const rc_output *o) {
    return o->kind == RC_OUTPUT_METRIC &&
           (strcmp(o->name, "npv") == 0 || strcmp(o->name, "roi") == 0);
}

static void add_worth(const rc_ranking *rankings, size_t n, rc_swing *swing) {
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; rankings[i].method->unit == RC_SCORE_WORTH && k < rankings[i].n_rows;
             k++) {
            const rc_ranked *row = &rankings[i].rows[k];
            if (row->bar != swing->bar)
                continue;
            swing->tells = true;
            swing->worth = row->chance || !(row->score[0].value > 0) ? 0 : row->score[0].value;
        }
}

/* Two places say little about a percentile of all cases: no swings */
static void add_swings(rc_drivers *d, const rc_study *s, size_t most, rc_arena *arena) {
    const rc_ranking *r = d->rankings;
    rc_swing *swings = RC_NEW(arena, rc_swing, most);
    d->swings = swings;
    if (s->statistic == RC_STATISTIC_PERCENTILE || d->n_rankings == 0 || s->n == 0)
        return;
    while (d->n_swings < r->n_entries && d->n_swings < most && !r->rows[d->n_swings].chance)
        d->n_swings++;
#pragma omp parallel for schedule(dynamic, 1) num_threads(s->threads)
    for (size_t i = 0; i < d->n_swings; i++) {
        swings[i] = rc_swing_of(s, &s->entries[r->rows[i].bar - s->result->bars]);
        add_worth(r, d->n_rankings, &swings[i]);
    }
}

/* Nearest to the median first */
static int by_nearness(const void *a, const void *b) {
    const rc_break_even *x = a, *y = b;
    double dx = fabs(x->share.value - 0.5), dy = fabs(y->share.value - 0.5);
    return dx != dy ? (dx > dy) - (dx < dy) : (x->bar > y->bar) - (x->bar < y->bar);
}

static void add_break_evens(rc_drivers *d, const rc_study *s, rc_arena *arena) {
    const rc_ranking *worth = rc_drivers_ranking(d, "evppi");
    double sum = 0;
    if (worth == NULL)
        worth = rc_drivers_ranking(d, "break_even");
    if (worth == NULL)
        return;
    for (size_t i = 0; i < s->n; i++)
        sum += s->worth[i];
    rc_break_even *evens = RC_NEW(arena, rc_break_even, s->n_entries);
    for (size_t i = 0; i < worth->n_entries; i++) {
        const rc_ranked *row = &worth->rows[i];
        if (!row->chance && row->score[0].value > 0)
            d->n_break_evens += rc_break_even_of(s, &s->entries[row->bar - s->result->bars],
                                                 &evens[d->n_break_evens], NULL);
    }
    qsort(evens, d->n_break_evens, sizeof *evens, by_nearness);
    d->pays = sum > 0;
    d->break_evens = evens;
}

const rc_drivers *rc_drivers_of(const rc_study *s, const rc_ranking *rankings, size_t n_rankings,
                                size_t n_swings, rc_arena *arena) {
    /* an outline does not say what investing earns */
    const rc_output *worth =
        s->worth_name != NULL ? rc_result_find(s->result, s->worth_name) : NULL;
    rc_drivers *d = RC_NEW(arena, rc_drivers, 1);
    *d = (rc_drivers){.target = s->target,
                      .output = s->output->name,
                      .label = s->output->label,
                      .unit = s->output->unit,
                      .unit_text = s->output->unit_text,
                      .event = s->statistic == RC_STATISTIC_BELOW_ZERO,
                      .balance = is_balance(s->output),
                      .worth_name = s->worth_name,
                      .given = s->given,
                      .trials = s->result->trials,
                      .cases = s->n,
                      .undefined = s->undefined,
                      .bars = s->result->bars,
                      .n_bars = s->result->n_bars,
                      .rankings = rankings,
                      .n_rankings = n_rankings};
    if (worth != NULL) {
        d->worth_unit = worth->unit;
        d->worth_unit_text = worth->unit_text;
    }
    if (d->event) {
        d->unit = RC_UNIT_RATIO;
        d->unit_text = NULL;
    }
    if (n_swings > s->n_entries)
        n_swings = s->n_entries;
    add_swings(d, s, n_swings, arena);
    add_break_evens(d, s, arena);
    return d;
}
