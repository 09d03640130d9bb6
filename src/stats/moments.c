/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mean, standard deviation, skewness and kurtosis of the finite values.
 *
 *   sd = sqrt(M2 / (n - 1))    skewness = sqrt(n) M3 / M2^1.5    kurtosis = n M4 / M2^2
 *
 * with Mk the sum of (x - mean)^k. Kurtosis is the plain one: 3 for a normal distribution. A block
 * is read twice (mean, then powers of the deviations from it, corrected for the mean's rounding:
 * Chan, Golub & LeVeque 1983); blocks are merged by Pebay, SAND2008-6212. An infinite value leaves
 * no mean, hence no row.
 *
 * Intervals: with replicates from their spread. Independent trials: mean normal; sd by the delta
 * method, se = sqrt((m4 - m2^2) / n) / (2 sd); skewness and kurtosis from the spread of the 16
 * replicates too, because the delta method would want moments of order 6 and 8. */
#include "stats/interval.h"

#include <math.h>
#include <string.h>

enum { PIECE = 512 };

typedef struct state {
    uint64_t all, undefined, infinite;
    double n, m2, m3, m4; /* of the finite values */
    double mean, rest;    /* their mean is the unevaluated sum: its rounding would show in m2 */
} state;

static void set_mean(state *s, double mean, double more) { /* TwoSum: Knuth 1969 */
    s->mean = mean + more;
    const double part = s->mean - mean;
    s->rest = (mean - (s->mean - part)) + (more - part);
}

static void merge(void *into_, const void *from_) {
    state *a = into_;
    const state *b = from_;
    a->all += b->all;
    a->undefined += b->undefined;
    a->infinite += b->infinite;
    if (b->n == 0)
        return;
    if (a->n == 0) {
        a->n = b->n, a->m2 = b->m2, a->m3 = b->m3, a->m4 = b->m4;
        a->mean = b->mean, a->rest = b->rest;
        return;
    }
    const double n = a->n + b->n, fa = a->n / n, fb = b->n / n;
    const double d = (b->mean - a->mean) + (b->rest - a->rest), dd = d * d;
    const double w = a->n * fb; /* na nb / n */
    a->m4 += b->m4 + dd * dd * w * (fa * fa - fa * fb + fb * fb) +
             6 * dd * (fa * fa * b->m2 + fb * fb * a->m2) + 4 * d * (fa * b->m3 - fb * a->m3);
    a->m3 += b->m3 + dd * d * w * (fa - fb) + 3 * d * (fa * b->m2 - fb * a->m2);
    a->m2 += b->m2 + dd * w;
    set_mean(a, a->mean, d * fb + a->rest);
    a->n = n;
}

static state piece(const rc_block_kernels *block, const double *x, size_t n) {
    state s = {.all = n};
    double kept[PIECE];
    bool all_finite = false;
    /* from the first value: a block of equal values has exactly that mean and no spread */
    double sum = block->sum_from(x, n, x[0], &all_finite);
    if (!all_finite) {
        size_t m = 0;
        for (size_t i = 0; i < n; i++) {
            kept[m] = x[i];
            m += isfinite(x[i]) != 0;
            s.undefined += isnan(x[i]) != 0;
        }
        s.infinite = n - m - s.undefined;
        if (m == 0)
            return s;
        x = kept;
        n = m;
        sum = block->sum_from(x, n, x[0], &all_finite);
    }
    s.n = (double)n;
    const double mean = x[0] + sum / s.n;
    double p[4];
    block->power_sums(x, n, mean, p);
    const double c = p[0] / s.n; /* what the rounding of the mean left over */
    set_mean(&s, mean, c);
    s.m2 = p[1] - c * p[0];
    s.m3 = p[2] - 3 * c * p[1] + 2 * c * c * p[0];
    s.m4 = p[3] - 4 * c * p[2] + 6 * c * c * p[1] - 3 * c * c * c * p[0];
    if (s.m2 < 0) /* only by rounding */
        s.m2 = 0;
    return s;
}

static void add(void *into, const rc_summary_context *how, const double *x, size_t n) {
    const rc_block_kernels *block = rc_block_kernels_for(how->isa);
    for (size_t i = 0; i < n; i += PIECE) {
        const state s = piece(block, x + i, n - i < PIECE ? n - i : PIECE);
        merge(into, &s);
    }
}

static double mean_of(const state *s) {
    return s->n > 0 && s->infinite == 0 ? s->mean : NAN;
}

static double sd_of(const state *s) {
    return s->n > 1 && s->infinite == 0 ? sqrt(s->m2 / (s->n - 1)) : NAN;
}

static double skewness_of(const state *s) {
    return s->m2 > 0 && s->infinite == 0 ? sqrt(s->n) * s->m3 / (s->m2 * sqrt(s->m2)) : NAN;
}

static double kurtosis_of(const state *s) {
    return s->m2 > 0 && s->infinite == 0 ? s->n * s->m4 / (s->m2 * s->m2) : NAN;
}

static double spread(const rc_summary_input *in, double (*of)(const state *)) {
    double value[RC_STAT_REPLICATES];
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        value[r] = of(in->replicate[r]);
    return rc_replicate_half(value) * rc_t15_ratio(in);
}

static double mean_half(const rc_summary_input *in) {
    const state *s = in->pooled;
    return in->replicated ? spread(in, mean_of) : rc_z_of(in) * sd_of(s) / sqrt(s->n);
}

static double sd_half(const rc_summary_input *in) {
    if (in->replicated)
        return spread(in, sd_of);
    const state *s = in->pooled;
    if (s->m2 == 0)
        return 0;
    const double m2 = s->m2 / s->n, excess = s->m4 / s->n - m2 * m2;
    return excess > 0 ? rc_z_of(in) * sqrt(excess / s->n) / (2 * sqrt(m2)) : 0;
}

static size_t finish(const rc_summary_input *in, rc_row *rows) {
    const state *s = in->pooled;
    rows[0] = (rc_row){"mean", NULL, RC_ROW_VALUE, rc_estimate_around(mean_of(s), mean_half(in))};
    rows[1] = (rc_row){"sd", NULL, RC_ROW_VALUE, rc_estimate_around(sd_of(s), sd_half(in))};
    rows[2] = (rc_row){"skewness", NULL, RC_ROW_PLAIN,
                       rc_estimate_around(skewness_of(s), spread(in, skewness_of))};
    rows[3] = (rc_row){"kurtosis", NULL, RC_ROW_PLAIN,
                       rc_estimate_around(kurtosis_of(s), spread(in, kurtosis_of))};
    if (rows[1].estimate.low < 0)
        rows[1].estimate.low = 0;
    return 4;
}

rc_counts rc_moments_counts(const void *moments_state) {
    const state *s = moments_state;
    return (rc_counts){s->all, s->undefined, s->infinite};
}

_Static_assert(sizeof(state) <= RC_SUMMARY_MAX_STATE, "state of moments");

const rc_summary_type rc_summary_moments = {
    .name = "moments",
    .label = "Mean, spread and shape",
    .finish = finish,
    .state_size = sizeof(state),
    .add = add,
    .merge = merge,
};
