/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Histogram: bins between edges, each with a weight, and within a bin all values equally likely.
 * Bins of weight 0 at either end are left off. */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/polyline.h"

static const rc_dist_slot slots[] = {
    {.name = "edges", .kind = RC_SLOT_LIST, .help = RC_TR("where bins begin and end, increasing")},
    {.name = "weights", .kind = RC_SLOT_LIST, .help = RC_TR("a weight for each bin, 0 or more")},
};
static const rc_dist_form forms[] = {{slots, 2, NULL}};

static size_t size(const rc_dist_value *values) {
    return 1 + RC_PL_ROW * values[0].n;
}

static rc_status check_edges(const double *edges, size_t n, rc_error *err) {
    if (n < 2)
        return rc_fail(err, RC_INPUT,
                       "histogram: the list edges has %zu numbers; at least 2 are needed", n);
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(edges[i]))
            return rc_fail(err, RC_INPUT, "histogram: number %zu of edges is %g; it must be finite",
                           i + 1, edges[i]);
        if (i > 0 && !(edges[i - 1] < edges[i]))
            return rc_fail(err, RC_INPUT, "histogram: edges must increase, but %.10g follows %.10g",
                           edges[i], edges[i - 1]);
    }
    return rc_check_finite("histogram", "the range of edges", edges[n - 1] - edges[0], err);
}

static rc_status check_weights(const double *weights, size_t n, rc_error *err) {
    double total = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(weights[i] >= 0 && isfinite(weights[i])))
            return rc_fail(err, RC_INPUT,
                           "histogram: number %zu of weights is %.10g; it must be finite and not "
                           "below 0",
                           i + 1, weights[i]);
        total += weights[i];
    }
    if (!(total > 0 && isfinite(total)))
        return rc_fail(err, RC_INPUT,
                       "histogram: the weights add up to %g; a finite sum above 0 is needed",
                       total);
    return RC_OK;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    const double *edges = values[0].list, *weights = values[1].list;
    size_t n = values[0].n, first = 0, last = values[1].n;
    if (check_edges(edges, n, err))
        return RC_INPUT;
    if (values[1].n != n - 1)
        return rc_fail(err, RC_INPUT,
                       "histogram: %zu edges make %zu bins, but there are %zu weights", n, n - 1,
                       values[1].n);
    if (check_weights(weights, last, err))
        return RC_INPUT;
    while (weights[first] == 0)
        first++;
    while (weights[last - 1] == 0)
        last--;
    double below = 0, above = 0; /* each summed from its own end */
    for (size_t i = first; i <= last; i++) {
        rc_pl_set(d, i - first, edges[i], below, 0);
        below += i < last ? weights[i] : 0;
    }
    for (size_t i = last + 1; i-- > first;) {
        double *row = rc_pl_row(d, i - first);
        row[RC_PL_BELOW] = i < last ? row[RC_PL_BELOW] / below : 1;
        row[RC_PL_ABOVE] = above / below;
        above += i > first ? weights[i - 1] : 0;
    }
    rc_pl_row(d, 0)[RC_PL_ABOVE] = 1;
    d->p[0] = (double)(last - first + 1);
    return RC_OK;
}

static const rc_dist_oracle oracles[] = {
    {"histogram([0, 10, 25, 30, 100], [3, 5, 0, 2])", 1e-9, 3.3333333333333334e-08, "closed form"},
    {"histogram([0, 10, 25, 30, 100], [3, 5, 0, 2])", 0.1, 3.3333333333333335, "closed form"},
    {"histogram([0, 10, 25, 30, 100], [3, 5, 0, 2])", 0.5, 16.0, "closed form"},
    {"histogram([0, 10, 25, 30, 100], [3, 5, 0, 2])", 0.79, 24.700000000000003, "closed form"},
    {"histogram([0, 10, 25, 30, 100], [3, 5, 0, 2])", 0.9, 65.00000000000001, "closed form"},
    {"histogram([0, 10, 25, 30, 100], [3, 5, 0, 2])", 0.999, 99.65, "closed form"},
    {"histogram([0, 5, 7, 9, 12], [0, 1, 1, 0])", 0.001, 5.004, "closed form"},
    {"histogram([0, 5, 7, 9, 12], [0, 1, 1, 0])", 0.25, 6.0, "closed form"},
    {"histogram([0, 5, 7, 9, 12], [0, 1, 1, 0])", 0.5, 7.0, "closed form"},
    {"histogram([0, 5, 7, 9, 12], [0, 1, 1, 0])", 0.999, 8.996, "closed form"},
    {"histogram([-4, 6], [3])", 0.1, -3.0, "closed form"},
    {"histogram([-4, 6], [3])", 0.9, 5.0, "closed form"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_histogram) = {
    .name = "histogram",
    .summary = RC_TR("bins with weights, as read from a chart or a table of past values"),
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
