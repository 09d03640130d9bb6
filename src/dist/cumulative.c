/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cumulative: straight lines between given points (x, F(x)) of the distribution function. State:
 * the number of points, then for each x, F and 1 - F. A quantile is counted from the point below it
 * in the lower half and from the one above it in the upper half, so that both ends keep their
 * digits. */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"

static const rc_dist_slot slots[] = {
    {.name = "points", .kind = RC_SLOT_PAIRS, .help = "[[x, F], ...]: x increasing, F from 0 to 1"},
};
static const rc_dist_form forms[] = {{slots, 1, NULL}};

enum { X, BELOW, ABOVE, ROW };

static size_t size(const rc_dist_value *values) {
    return 1 + ROW * values[0].n;
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
    for (size_t i = 0; i < n; i++) {
        d->p[1 + ROW * i + X] = x[i];
        d->p[1 + ROW * i + BELOW] = f[i];
        d->p[1 + ROW * i + ABOVE] = 1 - f[i];
    }
    return RC_OK;
}

static double quantile(const rc_dist *d, double w) {
    size_t low = 1, high = (size_t)d->p[0] - 1; /* the point that ends the segment */
    while (low < high) {
        size_t middle = (low + high) / 2;
        const double *row = d->p + 1 + ROW * middle;
        if (w > 0 ? w > row[BELOW] : -w < row[ABOVE])
            low = middle + 1;
        else
            high = middle;
    }
    const double *a = d->p + 1 + ROW * (low - 1), *b = a + ROW;
    double width = b[X] - a[X];
    if (w > 0)
        return a[X] + (w - a[BELOW]) / (b[BELOW] - a[BELOW]) * width;
    return b[X] - (-w - b[ABOVE]) / (a[ABOVE] - b[ABOVE]) * width;
}

static void quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    for (size_t i = 0; i < n; i++)
        x[i] = quantile(d, w[i]);
}

static double cdf(const rc_dist *d, double x, bool upper) {
    size_t low = 0, high = (size_t)d->p[0]; /* the number of points <= x */
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (d->p[1 + ROW * middle + X] <= x)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || low == (size_t)d->p[0])
        return (low == 0) == upper ? 1 : 0;
    const double *a = d->p + 1 + ROW * (low - 1), *b = a + ROW;
    double width = b[X] - a[X];
    if (upper)
        return b[ABOVE] + (b[X] - x) / width * (a[ABOVE] - b[ABOVE]);
    return a[BELOW] + (x - a[X]) / width * (b[BELOW] - a[BELOW]);
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    size_t n = (size_t)d->p[0];
    double m = 0, variance = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 1; i < n; i++) {
            const double *a = d->p + 1 + ROW * (i - 1), *b = a + ROW;
            double mass = b[BELOW] - a[BELOW], width = b[X] - a[X], centre = a[X] + 0.5 * width;
            if (pass == 0)
                m += mass * centre;
            else
                variance += mass * ((centre - m) * (centre - m) + width * width / 12);
        }
    *mean = m;
    *sd = sqrt(variance);
}

static void support(const rc_dist *d, double *low, double *high) {
    *low = d->p[1 + X];
    *high = d->p[1 + ROW * ((size_t)d->p[0] - 1) + X];
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
    .summary = "straight lines between points of the distribution function",
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .size = size,
    .init = init,
    .quantile = quantile,
    .cdf = cdf,
    .oracles = oracles,
    .quantile_block = quantile_block,
    .moments = moments,
    .support = support,
};
