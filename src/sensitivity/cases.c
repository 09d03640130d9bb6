/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Some cases one by one, the target split by states of the first two inputs, and how its estimates
 * settle. All from the cases that rankings rest on. */
#include "sensitivity/cases.h"

#include "sensitivity/grade.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 512, INPUTS = 6, LEAST = 64 };

rc_case_name rc_case_name_of(const rc_bar *bar, rc_arena *arena) {
    return (rc_case_name){
        .name = rc_arena_strdup(arena, bar->name),
        .label = rc_label_copy(&bar->label, arena),
        .unit = bar->unit,
        .unit_text = bar->unit_text != NULL ? rc_arena_strdup(arena, bar->unit_text) : NULL};
}

static const rc_study_bar *bar_of(const rc_study *s, const rc_ranked *row) {
    return &s->entries[row->bar - s->result->bars];
}

/** Bars of one column, the first of the ranking. */
static size_t firsts(const rc_study *s, const rc_ranking *r, const rc_study_bar **out,
                     size_t most) {
    size_t n = 0;
    for (size_t i = 0; i < r->n_entries && n < most && !r->rows[i].chance; i++)
        if (!bar_of(s, &r->rows[i])->index)
            out[n++] = bar_of(s, &r->rows[i]);
    return n;
}

/* ---- Cases one by one ---- */

/** The i-th case shown: replicates take turns, so that these are the first trials of the run. */
static size_t place(const rc_study *s, size_t i) {
    size_t r = i % RC_STAT_REPLICATES;
    return s->start[r] + i / RC_STAT_REPLICATES;
}

static size_t count_shown(const rc_study *s) {
    size_t least = s->n;
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        least = s->start[r + 1] - s->start[r] < least ? s->start[r + 1] - s->start[r] : least;
    size_t n = least * RC_STAT_REPLICATES;
    return n < SHOWN ? n : SHOWN;
}

static void fill(const rc_study *s, const double *x, size_t n, rc_arena *arena,
                 rc_case_values *out) {
    uint16_t *at = RC_NEW(arena, uint16_t, n);
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        double v = x[place(s, i)];
        low = isfinite(v) ? fmin(low, v) : low;
        high = isfinite(v) ? fmax(high, v) : high;
    }
    out->low = low <= high ? low : 0;
    out->step = low < high ? (high - low) / RC_CASE_STEPS : 0;
    for (size_t i = 0; i < n; i++) {
        double v = x[place(s, i)];
        double steps = out->step > 0 ? rint((v - out->low) / out->step) : 0;
        at[i] = (uint16_t)(steps >= 0 ? fmin(steps, RC_CASE_STEPS) : 0);
    }
    out->at = at;
}

/* ---- The split ---- */

static unsigned state_of(const rc_study_bar *bar, size_t i, bool event) {
    if (event)
        return bar->one.x[i] != 0;
    double third = bar->one.grade[i] * RC_CASE_STATES;
    return third < 1 ? 0 : third < 2 ? 1 : 2;
}

/** The largest value in a state. */
static double border(const rc_study *s, const rc_study_bar *bar, unsigned state) {
    double x = NAN;
    for (size_t i = 0; i < s->n; i++)
        if (state_of(bar, i, false) == state && !(bar->one.x[i] <= x))
            x = bar->one.x[i];
    return x;
}

static const rc_split *split(const rc_study *s, const rc_study_bar *const *bars,
                             const rc_histogram *h, rc_arena *arena) {
    if (h->n_bins < 2 || !(h->width > 0))
        return NULL;
    rc_split *out = RC_NEW(arena, rc_split, 1);
    bool event[2];
    for (int b = 0; b < 2; b++) {
        event[b] = bars[b]->bar->kind == RC_BAR_RISK;
        out->of[b] = rc_case_name_of(bars[b]->bar, arena);
        out->states[b] = event[b] ? 2 : RC_CASE_STATES;
        for (unsigned k = 0; k < 2; k++)
            out->borders[b][k] = event[b] ? NAN : border(s, bars[b], k);
    }
    out->first = h->first;
    out->width = h->width;
    out->n_bins = h->n_bins;
    uint32_t *counts = RC_NEW(arena, uint32_t, out->states[0] * out->states[1] * h->n_bins);
    for (size_t i = 0; i < s->n; i++) {
        double bin = floor((s->y[i] - h->first) / h->width);
        if (!(bin >= 0 && bin < (double)h->n_bins))
            continue;
        unsigned cell =
            state_of(bars[0], i, event[0]) * out->states[1] + state_of(bars[1], i, event[1]);
        counts[cell * h->n_bins + (size_t)bin]++;
    }
    out->counts = counts;
    return out;
}

/* ---- Settling ---- */

/** Type 7 of Hyndman and Fan; order: places of y in ascending order. */
static double quantile(const double *y, const uint32_t *order, size_t n, double p) {
    double h = p * (double)(n - 1);
    size_t k = (size_t)h;
    double at = y[order[k]];
    return k + 1 < n ? at + (h - (double)k) * (y[order[k + 1]] - at) : y[order[n - 1]];
}

static rc_settling settled(const rc_study *s, const uint32_t *order, unsigned halvings) {
    rc_settling out = {0};
    size_t n = 0;
    double sum = 0;
    for (int r = 0; r < RC_STAT_REPLICATES; r++) {
        size_t take = (s->start[r + 1] - s->start[r]) >> halvings;
        for (size_t i = 0; i < take; i++)
            sum += s->y[s->start[r] + i];
        n += take;
    }
    out.cases = n;
    if (n == 0)
        return out;
    out.mean = sum / (double)n;
    out.p5 = quantile(s->y, order, n, 0.05);
    out.p50 = quantile(s->y, order, n, 0.50);
    out.p95 = quantile(s->y, order, n, 0.95);
    return out;
}

/* Of the places in `order` those that are in the first part of their replicate. */
static size_t halve(const rc_study *s, uint32_t *order, size_t n, unsigned halvings) {
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        size_t r = 0;
        for (size_t half = RC_STAT_REPLICATES / 2; half > 0; half /= 2)
            r += order[i] >= s->start[r + half] ? half : 0;
        order[k] = order[i];
        k += order[i] - s->start[r] < (s->start[r + 1] - s->start[r]) >> halvings;
    }
    return k;
}

/* One sort serves all: of fewer cases the order is the same. */
static void settle(const rc_study *s, rc_arena *arena, rc_cases *out) {
    enum { MOST = 12 };
    rc_settling *list = RC_NEW(arena, rc_settling, MOST), one[MOST] = {{0}};
    uint32_t *order = malloc((s->n + 1) * sizeof *order);
    rc_grader g;
    if (rc_grader_init(&g, s->n) && order != NULL) {
        size_t n = s->n;
        memcpy(order, rc_grader_order(&g, s->y, n), n * sizeof *order);
        for (unsigned halvings = 0; halvings < MOST; halvings++) {
            n = halve(s, order, n, halvings);
            one[halvings] = settled(s, order, halvings);
        }
    }
    for (int halvings = MOST - 1; halvings >= 0; halvings--)
        if (one[halvings].cases >= LEAST)
            list[out->n_settling++] = one[halvings];
    rc_grader_free(&g);
    free(order);
    out->settling = list;
}

/* ---- The whole ---- */

const rc_cases *rc_cases_of(const rc_study *s, const rc_ranking *ranking,
                            const rc_histogram *histogram, rc_arena *arena) {
    for (size_t i = 0; i < s->n; i++)
        if (!isfinite(s->y[i]))
            return NULL;
    if (s->n < LEAST)
        return NULL;
    rc_cases *out = RC_NEW(arena, rc_cases, 1);
    const rc_study_bar *bars[INPUTS];
    out->n = s->n;
    out->n_shown = count_shown(s);
    out->n_inputs = firsts(s, ranking, bars, INPUTS);
    rc_case_values *target = RC_NEW(arena, rc_case_values, 1);
    rc_case_values *inputs = RC_NEW(arena, rc_case_values, INPUTS);
    const rc_output *o = s->output;
    target->of = (rc_case_name){
        .name = rc_arena_strdup(arena, o->name),
        .label = rc_label_copy(&o->label, arena),
        .unit = o->unit,
        .unit_text = o->unit_text != NULL ? rc_arena_strdup(arena, o->unit_text) : NULL};
    fill(s, s->y, out->n_shown, arena, target);
    for (size_t i = 0; i < out->n_inputs; i++) {
        inputs[i].of = rc_case_name_of(bars[i]->bar, arena);
        fill(s, bars[i]->one.x, out->n_shown, arena, &inputs[i]);
    }
    out->target = target;
    out->inputs = inputs;
    if (out->n_inputs >= 2)
        out->split = split(s, bars, histogram, arena);
    settle(s, arena, out);
    return out;
}
