/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Change in output statistic: the trials are sorted by the bar into ten parts of equal probability;
 * the bar's length is the largest less the smallest value of the target's statistic (mean,
 * percentile, share below zero) in a part. Conditional, so that inputs that come together with the
 * bar move with it, and a bar that does no harm in the middle shows all the same. The largest of
 * ten numbers less the smallest is never 0, for an inert input neither: the null band says how far
 * chance alone reaches. */
#include "sensitivity/method.h"

#include "stats/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PARTS = 10 };

static int part_of(double grade) {
    int k = (int)(grade * PARTS);
    return k < PARTS ? k : PARTS - 1;
}

static void means(const rc_study *s, const double *grade, rc_slice slice, double *value) {
    size_t n[PARTS] = {0};
    memset(value, 0, PARTS * sizeof *value);
    for (size_t i = slice.first; i < slice.first + slice.n; i++) {
        int k = part_of(grade[i]);
        value[k] += s->y[i];
        n[k]++;
    }
    for (int k = 0; k < PARTS; k++)
        value[k] = n[k] > 0 ? value[k] / (double)n[k] : NAN;
}

/* Type 7, as percentiles are reported */
static double percentile(double *y, size_t n, double p) {
    if (n == 0)
        return NAN;
    double at = p / 100 * (double)(n - 1), low = floor(at);
    uint64_t ranks[2] = {(uint64_t)low, (uint64_t)low + (low < (double)(n - 1))};
    rc_order_select(y, n, ranks, 2);
    double a = y[ranks[0]], b = y[ranks[1]];
    return a == b ? a : a + (at - low) * (b - a);
}

static void percentiles(const rc_study *s, const double *grade, rc_slice slice, double *value) {
    size_t n[PARTS + 1] = {0}, end = slice.first + slice.n;
    double *y = malloc((slice.n + 1) * sizeof *y);
    for (size_t i = slice.first; i < end && y != NULL; i++)
        n[part_of(grade[i]) + 1]++;
    for (int k = 0; k < PARTS; k++)
        n[k + 1] += n[k];
    size_t at[PARTS];
    memcpy(at, n, sizeof at);
    for (size_t i = slice.first; i < end && y != NULL; i++)
        y[at[part_of(grade[i])]++] = s->y[i];
    for (int k = 0; k < PARTS; k++)
        value[k] = y != NULL ? percentile(y + n[k], n[k + 1] - n[k], s->percentile) : NAN;
    free(y);
}

static void score(const rc_study *s, const rc_study_bar *b, rc_slice slice, double *out) {
    const double *grade = slice.whole ? b->one.grade : b->own_grade;
    double value[PARTS], low = INFINITY, high = -INFINITY;
    if (s->statistic == RC_STATISTIC_PERCENTILE)
        percentiles(s, grade, slice, value);
    else
        means(s, grade, slice, value);
    out[1] = out[2] = NAN;
    for (int k = 0; k < PARTS; k++) {
        if (isnan(value[k]))
            continue;
        low = value[k] < low ? value[k] : low;
        high = value[k] > high ? value[k] : high;
        out[1] = isnan(out[1]) ? value[k] : out[1];
        out[2] = value[k];
    }
    out[0] = high >= low ? high - low : NAN;
}

static rc_status compute(const rc_study *s, const rc_study_bar *bars, size_t n, rc_scores *out,
                         rc_error *err) {
    bool infinite = s->infinite > 0 && s->statistic != RC_STATISTIC_BELOW_ZERO;
    if ((s->undefined > 0 || infinite) && s->statistic != RC_STATISTIC_PERCENTILE)
        return rc_refuse_missing(
            s, "tornado", s->undefined + s->infinite,
            rc_arena_printf(s->arena, "a percentile such as %s.p50", s->output->name), err);
    rc_score_all(s, bars, n, score, out);
    out->null_band = rc_null_band(s, score);
    return RC_OK;
}

static const char *const scores[] = {RC_TR_IN("score", "swing"), RC_TR_IN("score", "at_low"),
                                     RC_TR_IN("score", "at_high")};

const rc_method_type rc_method_tornado = {
    .name = "tornado",
    .title = RC_TR("Tornado (conditional)"),
    .summary = RC_TR("how far the target's mean or percentile moves between tenths of an input"),
    .unit = RC_SCORE_TARGET,
    .n_scores = 3,
    .scores = scores,
    .compute = compute,
    .nonnegative = true,
    .percentiles = true,
};
