/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Screening by elementary effects (Morris 1991; mu* and its use: Campolongo, Cariboni and Saltelli
 * 2007). A trajectory starts at a random place of a grid and moves the bars one after the other, in
 * random order, each by half of its levels: k + 1 runs give one elementary effect of each of k
 * bars, (y after - y before) / distance, at k different places. Over r trajectories mu* = mean
 * |effect|, what ranks a bar; 0 only if it does nothing anywhere, mu  = mean effect; smaller than
 * mu* where effects change their sign, sigma = standard deviation of the effects: 0 where the
 * effect is the same everywhere. The grid of a bar is `levels` equal steps of probability from its
 * low to its high percentile, the way from one to the other has length 1. An effect is therefore
 * what the target would change over that whole way. A risk has two levels, without it and with it,
 * and effects of that change; its time and severity stand at a random level that its trajectory
 * keeps.
 *
 * Trajectory t belongs to replicate t mod 16: trajectories are independent, so the spread of the 16
 * gives the intervals. */
#include "sensitivity/steps.h"

#include "sample/sampler.h"

#include <math.h>
#include <string.h>

enum { TRAJECTORIES = 64, LEVELS = 4 };
#define MOST_EFFECTS (UINT64_C(1) << 31) /* columns of points, in doubles */

typedef struct design {
    rc_stream_bars by;
    size_t k;           /* bars */
    unsigned r, levels; /* trajectories */
    double low, high;   /* ends, as probabilities */
    uint32_t *turn;     /* [r][k] before which run of its trajectory the bar moves: 0 ... k - 1 */
    uint16_t *from;     /* [r][k] level that it starts at */
    uint16_t *still;    /* [r][k] level of what a risk's time and severity stand at */
} design;

/* ---- Trajectories ---- */

typedef struct dice {
    uint32_t key[2], counter[4], word[4];
    unsigned left;
} dice;

/* Philox by trajectory: a function of the seed alone */
static dice dice_of(uint64_t seed, unsigned trajectory) {
    return (dice){.key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
                  .counter = {0, 0, UINT32_C(0x4d6f7272), trajectory}};
}

/* 0 ... n - 1; the bias of n * 2^-32 is nothing to a screening */
static uint32_t roll(dice *d, uint32_t n) {
    if (d->left == 0) {
        rc_philox4x32(d->counter, d->key, d->word);
        d->counter[0]++;
        d->left = 4;
    }
    return (uint32_t)((uint64_t)d->word[--d->left] * n >> 32);
}

static void plan(design *d, uint64_t seed, rc_arena *arena) {
    d->turn = RC_NEW(arena, uint32_t, d->r * d->k);
    d->from = RC_NEW(arena, uint16_t, d->r * d->k);
    d->still = RC_NEW(arena, uint16_t, d->r * d->k);
    for (unsigned t = 0; t < d->r; t++) {
        dice g = dice_of(seed, t);
        uint32_t *turn = d->turn + t * d->k;
        for (uint32_t i = 0; i < d->k; i++) { /* a random permutation, from inside */
            uint32_t j = roll(&g, i + 1);
            turn[i] = turn[j];
            turn[j] = i;
        }
        for (size_t i = 0; i < d->k; i++) {
            d->from[t * d->k + i] = (uint16_t)roll(&g, d->levels);
            d->still[t * d->k + i] = (uint16_t)roll(&g, d->levels);
        }
    }
}

/* ---- Points ---- */

static double at_level(const design *d, unsigned level) {
    return rc_tail_of(d->low + (d->high - d->low) * level / (d->levels - 1));
}

/* Levels up to the middle move up by half of all, the others down */
static unsigned moved(const design *d, unsigned level) {
    return level < d->levels / 2 ? level + d->levels / 2 : level - d->levels / 2;
}

static void place(void *data, size_t stream, uint64_t first, size_t n, double *w) {
    const design *d = data;
    size_t b = d->by.first[stream];
    if (b == d->by.first[stream + 1]) { /* of a setting, which no bar moves */
        for (size_t j = 0; j < n; j++)
            w[j] = d->by.switches[stream] ? 0 : 0.5;
        return;
    }
    for (size_t j = 0; j < n; j++) {
        uint64_t t = (first + j) / (d->k + 1), run = (first + j) % (d->k + 1);
        size_t at = (size_t)t * d->k + d->by.bar[b];
        unsigned level = run > d->turn[at] ? moved(d, d->from[at]) : d->from[at];
        switch (d->by.role[b]) {
        case RC_ROLE_DRAW: w[j] = at_level(d, level); break;
        case RC_ROLE_EVENT: w[j] = at_level(d, d->still[at]); break;
        case RC_ROLE_SWITCH: w[j] = level < d->levels / 2 ? -1 : 1; break;
        }
    }
}

/* ---- Effects ---- */

typedef struct sums {
    double n, size, mean, square; /* square: about the mean (Welford 1962) */
} sums;

static void add(sums *s, double effect) {
    s->n++;
    s->size += fabs(effect);
    double from_mean = effect - s->mean;
    s->mean += from_mean / s->n;
    s->square += from_mean * (effect - s->mean);
}

static void finish(const sums *s, double *score) {
    score[0] = s->size / s->n;
    score[1] = s->mean;
    score[2] = sqrt(s->square / (s->n - 1));
}

/* By bar: effects of all trajectories, in their order */
static void effects_of(const design *d, const double *y, size_t bar, bool risk, sums *all,
                       sums *replicate) {
    double distance = risk ? 1 : 0.5 * d->levels / (d->levels - 1);
    for (unsigned t = 0; t < d->r; t++) {
        size_t at = t * d->k + bar;
        const double *before = y + (size_t)t * (d->k + 1) + d->turn[at];
        bool up = d->from[at] < d->levels / 2;
        double effect = (up ? before[1] - before[0] : before[0] - before[1]) / distance;
        add(all, effect);
        add(&replicate[t % RC_STAT_REPLICATES], effect);
    }
}

static rc_status check(const rc_study *s, const double *y, size_t n, rc_error *err) {
    size_t missing = 0;
    for (size_t i = 0; i < n; i++)
        missing += !isfinite(y[i]);
    if (missing == 0)
        return RC_OK;
    return rc_refuse_missing(s, "morris", (double)missing / (double)n, "--method oat", err);
}

static rc_status run(const rc_study *s, const rc_points *p, design *d, double *x, rc_error *err) {
    const rc_result *r = rc_points_result(p);
    double **y = RC_NEW(s->arena, double *, r->n_outputs);
    size_t n = d->r * (d->k + 1);
    for (size_t i = 0; i < r->n_outputs; i++) /* the target is the one that is no bar's */
        y[i] = r->outputs[i].kind == s->output->kind ? x : NULL;
    rc_status status = rc_points_run(p, n, place, d, y, err);
    return status == RC_OK ? check(s, x, n, err) : status;
}

static rc_status compute(const rc_study *s, const rc_study_bar *bars, size_t n, rc_scores *out,
                         rc_error *err) {
    const rc_rerun *how = s->rerun;
    design d = {.k = n, .levels = how->levels > 0 ? how->levels : LEVELS};
    d.r = how->trajectories > 0 ? how->trajectories : TRAJECTORIES;
    d.r = (d.r + RC_STAT_REPLICATES - 1) / RC_STAT_REPLICATES * RC_STAT_REPLICATES;
    d.low = (isnan(how->low) ? 5 : how->low) / 100;
    d.high = (isnan(how->high) ? 95 : how->high) / 100;
    if ((uint64_t)d.r * (n + 1) > MOST_EFFECTS / sizeof(double))
        return rc_fail(err, RC_USAGE, "%u trajectories of %zu inputs are too many: ask for fewer",
                       d.r, n);
    rc_points *p = NULL;
    rc_status status = rc_steps_open(s, &p, err);
    if (status != RC_OK)
        return status;
    d.by = rc_stream_bars_of(s, p, bars, n);
    plan(&d, s->result->seed, s->arena);
    double *y = RC_NEW(s->arena, double, d.r *(n + 1));
    status = run(s, p, &d, y, err);
    for (size_t i = 0; i < n && status == RC_OK; i++) {
        sums all = {0}, replicate[RC_STAT_REPLICATES] = {0};
        effects_of(&d, y, i, bars[i].bar->kind == RC_BAR_RISK, &all, replicate);
        finish(&all, out->all[i]);
        for (int r = 0; r < RC_STAT_REPLICATES; r++)
            finish(&replicate[r], out->replicate[r][i]);
    }
    rc_points_free(p);
    out->null_band = 0;
    rc_steps_note(s, out);
    return status;
}

static const char *const scores[] = {RC_TR_IN("score", "mu_star"), RC_TR_IN("score", "mu"),
                                     RC_TR_IN("score", "sigma")};

const rc_method_type rc_method_morris = {
    .name = "morris",
    .title = RC_TR("Elementary effects (Morris)"),
    .summary =
        RC_TR("which of many inputs do anything at all, from few runs spread over their ranges"),
    .unit = RC_SCORE_TARGET,
    .n_scores = 3,
    .scores = scores,
    .compute = compute,
    .entries_only = true,
    .nonnegative = true,
    .runs = true,
    .single = true,
    .table = RC_TABLE_SCORES,
};
