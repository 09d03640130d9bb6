/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Probability of a value below zero, and of one that reaches the hurdle, among the defined values.
 *
 * Intervals: replicates by their spread; when all 16 shares agree the rule of three gives 3/N (a
 * replicate's share then is off its multiple of 1/n in fewer than 3 of 16 cases), so the width is
 * never zero. Independent trials: Wilson (1927). */
#include "stats/interval.h"

#include <math.h>

typedef rc_tally state;

static void add(void *into_, const rc_summary_context *how, const double *x, size_t n) {
    state *into = into_;
    const state t = rc_block_kernels_for(how->isa)->tally(x, n, how->hurdle);
    into->defined += t.defined;
    into->below_zero += t.below_zero;
    into->at_least += t.at_least;
}

static void merge(void *into_, const void *from_) {
    state *into = into_;
    const state *from = from_;
    into->defined += from->defined;
    into->below_zero += from->below_zero;
    into->at_least += from->at_least;
}

static rc_estimate wilson(double hits, double n, double z) {
    const double p = hits / n, zz = z * z;
    const double middle = (p + zz / (2 * n)) / (1 + zz / n);
    const double half = z * sqrt(p * (1 - p) / n + zz / (4 * n * n)) / (1 + zz / n);
    /* at 0 and 1 the bound is p itself; rounding must not put it on the wrong side */
    return rc_estimate_of(p, hits == 0 ? 0 : middle - half, hits == n ? 1 : middle + half);
}

static rc_estimate share(const rc_summary_input *in, double hits, double n,
                         const double *replicate) {
    if (n == 0)
        return rc_estimate_of(NAN, NAN, NAN);
    if (!in->replicated)
        return wilson(hits, n, rc_z_of(in));
    double half = rc_replicate_half(replicate) * rc_t15_ratio(in);
    if (half == 0)
        half = rc_none_of(in) / n;
    const double p = hits / n, low = p - half, high = p + half;
    return rc_estimate_of(p, low < 0 ? 0 : low, high > 1 ? 1 : high);
}

static size_t finish(const rc_summary_input *in, rc_row *rows) {
    double below[RC_STAT_REPLICATES], at_least[RC_STAT_REPLICATES];
    const state all = *(const state *)in->pooled;
    for (int r = 0; r < RC_STAT_REPLICATES; r++) {
        const state *t = in->replicate[r];
        below[r] = t->defined > 0 ? (double)t->below_zero / (double)t->defined : NAN;
        at_least[r] = t->defined > 0 ? (double)t->at_least / (double)t->defined : NAN;
    }
    const double n = (double)all.defined;
    rows[0] = (rc_row){"below_zero", NULL, RC_ROW_PROBABILITY,
                       share(in, (double)all.below_zero, n, below)};
    if (isnan(in->hurdle))
        return 1;
    rows[1] = (rc_row){"at_least_hurdle", NULL, RC_ROW_PROBABILITY,
                       share(in, (double)all.at_least, n, at_least)};
    return 2;
}

const rc_summary_type rc_summary_probability = {
    .name = "probability",
    .label = "Probability of a loss, and of reaching the hurdle",
    .finish = finish,
    .state_size = sizeof(state),
    .add = add,
    .merge = merge,
};
