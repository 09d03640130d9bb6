/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cumulative: straight lines between given points (x, F(x)) of the distribution function. */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/polyline.h"

static const rc_dist_slot slots[] = {
    {.name = "points",
     .kind = RC_SLOT_PAIRS,
     .help = RC_TR("[[x, F], ...]: x increasing, F from 0 to 1")},
};
static const rc_dist_form forms[] = {{slots, 1, NULL}};

static size_t size(const rc_dist_value *values) {
    return 1 + RC_PL_ROW * values[0].n;
}

static rc_status check(const double *x, const double *f, size_t n, rc_error *err) {
    if (n < 2)
        return rc_fail(err, RC_INPUT, "cumulative: points has %zu pairs; at least 2 are needed", n);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]) || !isfinite(f[i]))
            return rc_fail(err, RC_INPUT,
                           "cumulative: number %zu of points is [%g, %g]; both must "
                           "be finite",
                           i + 1, x[i], f[i]);
    if (f[0] != 0 || f[n - 1] != 1)
        return rc_fail(err, RC_INPUT,
                       "cumulative: F of points runs from %.10g to %.10g; it must run "
                       "from 0 to 1",
                       f[0], f[n - 1]);
    for (size_t i = 1; i < n; i++) {
        if (!(x[i - 1] < x[i]))
            return rc_fail(err, RC_INPUT,
                           "cumulative: x of points must increase, but %.10g follows "
                           "%.10g",
                           x[i], x[i - 1]);
        if (f[i] < f[i - 1])
            return rc_fail(err, RC_INPUT,
                           "cumulative: F of points must not fall, but %.10g follows "
                           "%.10g",
                           f[i], f[i - 1]);
    }
    return rc_check_finite("cumulative", "the range of points", x[n - 1] - x[0], err);
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    const double *x = values[0].list, *f = values[0].list2;
    size_t n = values[0].n;
    if (check(x, f, n, err))
        return RC_INPUT;
    d->p[0] = (double)n;
    for (size_t i = 0; i < n; i++)
        rc_pl_set(d, i, x[i], f[i], 1 - f[i]);
    return RC_OK;
}

static const rc_dist_oracle oracles[] = {
    {"cumulative([[0, 0], [10, 0.25], [15, 0.25], [20, 0.75], [100, 1]])", 1e-09,
     4.0000000000000002e-8, "closed form"},
    {"cumulative([[0, 0], [10, 0.25], [15, 0.25], [20, 0.75], [100, 1]])", 0.1, 4.0000000000000002,
     "closed form"},
    {"cumulative([[0, 0], [10, 0.25], [15, 0.25], [20, 0.75], [100, 1]])", 0.5, 17.5,
     "closed form"},
    {"cumulative([[0, 0], [10, 0.25], [15, 0.25], [20, 0.75], [100, 1]])", 0.8, 36.000000000000014,
     "closed form"},
    {"cumulative([[0, 0], [10, 0.25], [15, 0.25], [20, 0.75], [100, 1]])", 0.999, 99.68,
     "closed form"},
    {"cumulative([[5, 0], [7, 1]])", 0.001, 5.002, "closed form"},
    {"cumulative([[5, 0], [7, 1]])", 0.999, 6.998, "closed form"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_cumulative) = {
    .name = "cumulative",
    .summary = RC_TR("straight lines through points (value, probability of at most that value)"),
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .size = size,
    .init = init,
    .quantile = rc_pl_quantile,
    .cdf = rc_pl_cdf,
    .oracles = oracles,
    .quantile_block = rc_pl_quantile_block,
    .moments = rc_pl_moments,
    .density = rc_pl_density,
    .support = rc_pl_support,
};
