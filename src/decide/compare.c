/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Differences, odds and regret of alternatives, trial by trial. Every mean over trials is taken for
 * each of the 16 replicates too, and the spread of these gives its interval: pairs need no other
 * care, for a replicate holds the same trials of every alternative. */
#include "decide/compare.h"

#include "decide/dominance.h"
#include "stats/interval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct comparer {
    rc_comparison *c;
    rc_arena *arena;
    const uint64_t *start; /* [17] of replicates */
    size_t trials;
    double sign;  /* of a measure of which less is better: -1 */
    double *room; /* [2][trials] */
} comparer;

/* ---- What is compared ---- */

static const char *currency_of(const rc_result *r) {
    return *r->currency != '\0' ? r->currency : "no currency";
}

static rc_status take_measure(comparer *k, rc_alternative *a, const char *measure, rc_error *err) {
    const rc_result *first = k->c->alternatives[0].result, *r = a->result;
    const rc_output *o = rc_result_find(r, measure);
    if (o == NULL || o->samples == NULL)
        return rc_fail(err, RC_USAGE, "%s has no output `%s`", a->name, measure);
    if (r->trials != first->trials || r->seed != first->seed || r->sampler != first->sampler)
        return rc_fail(err, RC_USAGE, "%s was run with other trials than %s", a->name,
                       k->c->alternatives[0].name);
    if (o->undefined > 0 || o->infinite > 0) {
        const rc_output *npv = rc_result_find(r, "npv");
        bool other = npv != NULL && npv != o && npv->undefined == 0 && npv->infinite == 0;
        return rc_fail(err, RC_INPUT,
                       "`%s` of %s has no number in %.3g%% of trials: compare by an output that "
                       "has one in each%s",
                       measure, a->name, 100 * (o->undefined + o->infinite),
                       other ? ", such as npv" : "");
    }
    if (o->unit == RC_UNIT_MONEY && strcmp(r->currency, first->currency) != 0)
        return rc_fail(err, RC_INPUT,
                       "%s counts in %s and %s in %s: amounts in two currencies cannot be set "
                       "against each other; give both models one `currency`",
                       k->c->alternatives[0].name, currency_of(first), a->name, currency_of(r));
    a->measure = o;
    return RC_OK;
}

static double value(const comparer *k, size_t alternative, size_t i) {
    return k->sign * k->c->alternatives[alternative].measure->samples[i];
}

/* The mean of what `of` says of each trial, with the interval of the replicates. */
typedef double per_trial(const comparer *k, size_t i, const size_t *which);

static rc_estimate mean_of(const comparer *k, per_trial *of, const size_t *which) {
    double replicate[RC_STAT_REPLICATES], total = 0;
    for (int r = 0; r < RC_STAT_REPLICATES; r++) {
        double sum = 0;
        for (uint64_t i = k->start[r]; i < k->start[r + 1]; i++)
            sum += of(k, i, which);
        total += sum;
        replicate[r] = sum / (double)(k->start[r + 1] - k->start[r]);
    }
    return rc_estimate_around(total / (double)k->trials, rc_replicate_half(replicate));
}

/* ---- Among all ---- */

static double top(const comparer *k, size_t i) {
    double most = value(k, 0, i);
    for (size_t a = 1; a < k->c->n; a++)
        most = value(k, a, i) > most ? value(k, a, i) : most;
    return most;
}

static double is_best(const comparer *k, size_t i, const size_t *which) {
    double most = top(k, i);
    size_t ties = 0;
    for (size_t a = 0; a < k->c->n; a++)
        ties += value(k, a, i) == most;
    return value(k, *which, i) == most ? 1.0 / (double)ties : 0;
}

static double short_of_best(const comparer *k, size_t i, const size_t *which) {
    return top(k, i) - value(k, *which, i);
}

/* ---- Between two: which = {a, b} ---- */

static double difference(const comparer *k, size_t i, const size_t *which) {
    const rc_alternative *all = k->c->alternatives;
    return all[which[1]].measure->samples[i] - all[which[0]].measure->samples[i];
}

static double is_better(const comparer *k, size_t i, const size_t *which) {
    double a = value(k, which[0], i), b = value(k, which[1], i);
    return b > a ? 1 : b == a ? 0.5 : 0;
}

static double variance_of(const double *x, size_t n) {
    double mean = 0, square = 0;
    for (size_t i = 0; i < n; i++)
        mean += (x[i] - mean) / (double)(i + 1);
    for (size_t i = 0; i < n; i++)
        square += (x[i] - mean) * (x[i] - mean);
    return square / (double)n;
}

static void spread(const comparer *k, rc_pair *p, const double *d) {
    static const char *const wanted[] = {"5", "50", "95"};
    const rc_result *r = k->c->alternatives[0].result;
    rc_row rows[RC_SUMMARY_MAX_ROWS];
    rc_sample sample = {.x = d, .scratch = k->room + k->trials};
    memcpy(sample.start, k->start, sizeof sample.start);
    const rc_summary_input in = {
        .sample = &sample, .replicated = r->replicated, .higher_is_better = true, .hurdle = NAN};
    size_t n = rc_summary_find("percentiles")->finish(&in, rows);
    for (int w = 0; w < 3; w++)
        for (size_t i = 0; i < n; i++)
            if (rows[i].sub != NULL && strcmp(rows[i].sub, wanted[w]) == 0)
                p->percentile[w] = rows[i].estimate;
    p->histogram.counts = RC_NEW(k->arena, uint64_t, RC_HISTOGRAM_BINS);
    rc_histogram_fill(&sample, &p->histogram);
}

static void compare_two(const comparer *k, rc_pair *p) {
    const size_t which[2] = {p->a, p->b};
    const double *a = k->c->alternatives[p->a].measure->samples;
    const double *b = k->c->alternatives[p->b].measure->samples;
    double *d = k->room;
    p->difference = mean_of(k, difference, which);
    p->better = mean_of(k, is_better, which);
    for (size_t i = 0; i < k->trials; i++)
        d[i] = b[i] - a[i];
    double apart = variance_of(a, k->trials) + variance_of(b, k->trials);
    p->variance_cut = apart / variance_of(d, k->trials);
    spread(k, p, d);
    rc_dominance_of(b, a, k->trials, k->sign, k->room, &p->b_over_a, &p->a_over_b);
}

/* ---- The whole ---- */

/* The least regret is that of the best mean. */
static const size_t *best_first(const rc_comparison *c, rc_arena *arena) {
    size_t *order = RC_NEW(arena, size_t, c->n);
    for (size_t i = 0; i < c->n; i++) {
        size_t at = i;
        for (; at > 0 &&
               c->alternatives[order[at - 1]].regret.value > c->alternatives[i].regret.value;
             at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}

static void among_all(comparer *k) {
    rc_comparison *c = k->c;
    rc_estimate *beats = RC_NEW(k->arena, rc_estimate, c->n * c->n);
    for (size_t a = 0; a < c->n; a++) {
        c->alternatives[a].best = mean_of(k, is_best, &a);
        c->alternatives[a].regret = mean_of(k, short_of_best, &a);
        for (size_t b = 0; b < c->n; b++) {
            const size_t which[2] = {b, a};
            if (a != b)
                beats[a * c->n + b] = mean_of(k, is_better, which);
        }
    }
    c->beats = beats;
    c->order = best_first(c, k->arena);
    c->leader = c->order[0];
    c->second = c->order[1];
    c->knowing = c->alternatives[c->leader].regret; /* E max - max E */
}

static rc_status prepare(comparer *k, const char *measure, rc_error *err) {
    rc_comparison *c = k->c;
    rc_status status = RC_OK;
    for (size_t a = 0; a < c->n && status == RC_OK; a++)
        status = take_measure(k, &c->alternatives[a], measure, err);
    if (status != RC_OK)
        return status;
    if (k->trials < RC_STAT_REPLICATES)
        return rc_fail(err, RC_USAGE, "%zu trials are too few to compare", k->trials);
    c->higher_is_better = c->alternatives[0].measure->higher_is_better;
    k->sign = c->higher_is_better ? 1 : -1;
    k->room = malloc(2 * k->trials * sizeof *k->room);
    return k->room != NULL ? RC_OK : rc_fail(err, RC_MEMORY, "not enough memory to compare");
}

rc_status rc_comparison_make(rc_comparison *c, const char *measure, int threads, rc_arena *arena,
                             rc_error *err) {
    const rc_result *first = c->alternatives[0].result;
    comparer k = {.c = c, .arena = arena, .start = first->start, .trials = (size_t)first->trials};
    rc_status status = prepare(&k, measure, err);
    if (status != RC_OK)
        return status;
    among_all(&k);
    rc_pair *pairs = RC_NEW(arena, rc_pair, c->n);
    for (size_t i = 0; i + 1 < c->n; i++) {
        pairs[i] = (rc_pair){.a = 0, .b = i + 1};
        compare_two(&k, &pairs[i]);
    }
    rc_pair *rivals = &pairs[c->n - 1];
    *rivals = (rc_pair){.a = c->second, .b = c->leader};
    compare_two(&k, rivals);
    c->pairs = pairs;
    c->rivals = rivals;
    free(k.room);
    return rc_comparison_factors(c, threads, arena, &c->factors, err);
}
