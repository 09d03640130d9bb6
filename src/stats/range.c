/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Smallest and largest value seen. They move with the number of trials, so they carry no interval.
 * An infinite extreme is no number: NaN. */
#include "stats/interval.h"

#include <math.h>

typedef rc_ends state;

static double lesser(double a, double b) {
    return a < b ? a : b; /* b when a is NaN */
}

static double greater(double a, double b) {
    return a > b ? a : b;
}

static void merge(void *into_, const void *from_) {
    state *into = into_;
    const state *from = from_;
    if (from->n > 0) {
        into->min = into->n > 0 ? lesser(from->min, into->min) : from->min;
        into->max = into->n > 0 ? greater(from->max, into->max) : from->max;
    }
    into->n += from->n;
}

static void add(void *into, const rc_summary_context *how, const double *x, size_t n) {
    state s;
    s.n = rc_block_kernels_for(how->isa)->range(x, n, &s.min, &s.max);
    merge(into, &s);
}

static size_t finish(const rc_summary_input *in, rc_row *rows) {
    const state *s = in->pooled;
    const double min = s->n > 0 ? s->min : NAN, max = s->n > 0 ? s->max : NAN;
    rows[0] = (rc_row){"min", NULL, RC_ROW_VALUE, rc_estimate_of(min, NAN, NAN)};
    rows[1] = (rc_row){"max", NULL, RC_ROW_VALUE, rc_estimate_of(max, NAN, NAN)};
    return 2;
}

rc_ends rc_range_ends(const void *range_state) {
    return *(const state *)range_state;
}

const rc_summary_type rc_summary_range = {
    .name = "range",
    .label = "Smallest and largest value",
    .finish = finish,
    .state_size = sizeof(state),
    .add = add,
    .merge = merge,
};
