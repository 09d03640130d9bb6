/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Discrete: given values with given weights, in any order. State: the number of different values,
 * then for each, in increasing order, the value x, P(X <= x) and P(X > x), each summed from its own
 * end. The quantile is the smallest x with P(X <= x) >= u, equally P(X > x) <= 1 - u. */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"

#include <stdlib.h>

static const rc_dist_slot slots[] = {
    {.name = "values", .kind = RC_SLOT_LIST, .help = RC_TR("the values")},
    {.name = "weights",
     .kind = RC_SLOT_LIST,
     .optional = true,
     .fallback = NAN,
     .help = RC_TR("a weight for each, 0 or more; all equal when left out")},
};
static const rc_dist_form forms[] = {{slots, 2, NULL}};

enum { VALUE, BELOW, ABOVE, ROW, FEW = 16 };

static size_t size(const rc_dist_value *values) {
    return 1 + ROW * values[0].n;
}

static int by_value(const void *a, const void *b) {
    const double *x = a, *y = b;
    if (x[VALUE] != y[VALUE])
        return x[VALUE] < y[VALUE] ? -1 : 1;
    return x[BELOW] < y[BELOW] ? -1 : x[BELOW] > y[BELOW];
}

static rc_status check(const rc_dist_value *values, const rc_dist_value *weights, rc_error *err) {
    if (values->n == 0)
        return rc_fail(err, RC_INPUT, "discrete: values is empty; at least one value is needed");
    if (weights->list != NULL && weights->n != values->n)
        return rc_fail(err, RC_INPUT, "discrete: %zu values but %zu weights", values->n,
                       weights->n);
    for (size_t i = 0; i < values->n; i++) {
        if (!isfinite(values->list[i]))
            return rc_fail(err, RC_INPUT, "discrete: number %zu of values is %g; it must be finite",
                           i + 1, values->list[i]);
        if (weights->list != NULL && !(weights->list[i] >= 0 && isfinite(weights->list[i])))
            return rc_fail(err, RC_INPUT,
                           "discrete: number %zu of weights is %.10g; it must be finite and not "
                           "below 0",
                           i + 1, weights->list[i]);
    }
    return RC_OK;
}

/* Rows (value, weight, -) of a positive weight, sorted, equal values merged; returns how many. */
static size_t sorted_rows(const rc_dist_value *values, const rc_dist_value *weights, double *rows) {
    size_t n = 0, m = 0;
    for (size_t i = 0; i < values->n; i++) {
        double weight = weights->list != NULL ? weights->list[i] : 1;
        if (weight > 0) {
            rows[ROW * n + VALUE] = values->list[i] + 0.0; /* -0 is 0 */
            rows[ROW * n + BELOW] = weight;
            n++;
        }
    }
    qsort(rows, n, ROW * sizeof *rows, by_value);
    for (size_t i = 0; i < n; i++)
        if (m > 0 && rows[ROW * (m - 1) + VALUE] == rows[ROW * i + VALUE]) {
            rows[ROW * (m - 1) + BELOW] += rows[ROW * i + BELOW];
        } else {
            rows[ROW * m + VALUE] = rows[ROW * i + VALUE];
            rows[ROW * m + BELOW] = rows[ROW * i + BELOW];
            m++;
        }
    return m;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    if (check(&values[0], &values[1], err))
        return RC_INPUT;
    double *rows = d->p + 1, total = 0, sum = 0;
    size_t n = sorted_rows(&values[0], &values[1], rows);
    for (size_t i = n; i-- > 0;) {
        rows[ROW * i + ABOVE] = total;
        total += rows[ROW * i + BELOW];
    }
    if (!(total > 0 && isfinite(total)))
        return rc_fail(err, RC_INPUT, "discrete: the weights add up to %g; a sum above 0 is needed",
                       total);
    for (size_t i = 0; i < n; i++) {
        sum += rows[ROW * i + BELOW];
        rows[ROW * i + BELOW] = i + 1 < n ? sum / total : 1;
        rows[ROW * i + ABOVE] /= total;
    }
    d->p[0] = (double)n;
    return RC_OK;
}

static inline bool lies_above(const double *row, double w) {
    return w > 0 ? w > row[BELOW] : -w < row[ABOVE];
}

static double quantile(const rc_dist *d, double w) {
    size_t low = 0, high = (size_t)d->p[0] - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (lies_above(d->p + 1 + ROW * middle, w))
            low = middle + 1;
        else
            high = middle;
    }
    return d->p[1 + ROW * low + VALUE];
}

/* Few values: step through all of them for a tile of lanes at once, which vectorises. */
static void few_values(const rc_dist *d, const double *w, double *x, size_t n) {
    enum { TILE = 64 };
    size_t count = (size_t)d->p[0], room = RC_PADDED(n);
    const double *rows = d->p + 1;
    for (size_t from = 0; from < room; from += TILE) {
        _Alignas(64) double result[TILE];
        size_t m = room - from < TILE ? room - from : TILE;
        for (size_t i = 0; i < m; i++)
            result[i] = rows[VALUE];
        for (size_t k = 0; k + 1 < count; k++) {
            double below = rows[ROW * k + BELOW], above = rows[ROW * k + ABOVE];
            double next = rows[ROW * (k + 1) + VALUE];
            for (size_t i = 0; i < m; i++) {
                double v = w[from + i];
                double distance = v > 0 ? v - below : above + v; /* above 0: x lies further up */
                result[i] = distance > 0 ? next : result[i];
            }
        }
        memcpy(x + from, result, m * sizeof *result);
    }
}

static void quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    if (d->p[0] <= FEW)
        few_values(d, w, x, n);
    else
        for (size_t i = 0; i < n; i++)
            x[i] = quantile(d, w[i]);
}

static double cdf(const rc_dist *d, double x, bool upper) {
    size_t low = 0, high = (size_t)d->p[0]; /* the number of values <= x */
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (d->p[1 + ROW * middle + VALUE] <= x)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return upper ? 1 : 0;
    return d->p[1 + ROW * (low - 1) + (upper ? ABOVE : BELOW)];
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    size_t n = (size_t)d->p[0];
    const double *rows = d->p + 1;
    double m = 0, variance = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < n; i++) {
            double weight = rows[ROW * i + BELOW] - (i > 0 ? rows[ROW * (i - 1) + BELOW] : 0);
            double x = rows[ROW * i + VALUE];
            if (pass == 0)
                m += weight * x;
            else
                variance += weight * (x - m) * (x - m);
        }
    *mean = m;
    *sd = sqrt(variance);
}

static void support(const rc_dist *d, double *low, double *high) {
    *low = d->p[1 + VALUE];
    *high = d->p[1 + ROW * ((size_t)d->p[0] - 1) + VALUE];
}

static const rc_dist_oracle oracles[] = {
    {"discrete([10, 20, 50], [5, 3, 2])", 0.001, 10, "closed form"},
    {"discrete([10, 20, 50], [5, 3, 2])", 0.51, 20, "closed form"},
    {"discrete([10, 20, 50], [5, 3, 2])", 0.79, 20, "closed form"},
    {"discrete([10, 20, 50], [5, 3, 2])", 0.999, 50, "closed form"},
    {"discrete([3, 1, 2, 1])", 0.49, 1, "closed form"},
    {"discrete([3, 1, 2, 1])", 0.51, 2, "closed form"},
    {"discrete([7, 8, 9], [0, 1, 0])", 0.0001, 8, "closed form"},
    {"discrete([1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20])", 0.06, 2, "closed form"},
    {"discrete([1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20])", 0.99, 20, "closed form"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_discrete) = {
    .name = "discrete",
    .summary = RC_TR("one of several values, each with its weight: bids, price tiers"),
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .discrete = true,
    .size = size,
    .init = init,
    .quantile = quantile,
    .cdf = cdf,
    .oracles = oracles,
    .quantile_block = quantile_block,
    .moments = moments,
    .support = support,
};
