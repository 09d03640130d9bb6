/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Percentiles of the defined values: type 7 of Hyndman & Fan 1996 (R's default, Excel's
 * PERCENTILE.INC), exact. One that is infinite, or lies between a number and infinity, is NaN.
 *
 * The interval lies on the scale of ranks and ends at two order statistics, so it needs no density
 * and keeps to the values that occur (zero width inside an atom). With replicates: p +- half, half
 * = t15 sd(F_r) / 4, F_r = share of replicate r below the pooled percentile; replicates that agree
 * exactly get the rule of three, half = 3/N. Independent trials: the number of values below is
 * binomial; normal approximation, rounded outwards by a rank on each side. Where a bound would lie
 * beyond the sample's ends there is no interval, unless all values are equal. */
#include "stats/percentiles.h"
#include "stats/interval.h"
#include "stats/order.h"

#include <math.h>

enum { N_PERCENTILES = RC_PERCENTILES };
const unsigned rc_percents[RC_PERCENTILES] = {1, 5, 10, 25, 50, 75, 90, 95, 99};
static const char *const keys[RC_PERCENTILES] = {"1",  "5",  "10", "25", "50",
                                                 "75", "90", "95", "99"};

typedef struct bounds {
    bool exist;
    uint64_t low, high; /* ranks, clamped to the sample */
} bounds;

/* Order statistics k and k + 1, and how far between them. */
static uint64_t position(unsigned percent, uint64_t n, double *fraction) {
    const uint64_t scaled = percent * (n - 1);
    *fraction = (double)(scaled % 100) / 100;
    return scaled / 100;
}

static double standard_error(unsigned percent, double n) { /* of a count, binomial */
    const double p = percent / 100.0;
    return sqrt(n * p * (1 - p));
}

static bounds around(double low, double high, uint64_t n) {
    const double last = (double)(n - 1);
    return (bounds){low >= 0 && high <= last, low > 0 ? (uint64_t)low : 0,
                    high < last ? (uint64_t)high : n - 1};
}

static bounds independent_bounds(unsigned percent, uint64_t n, double z) {
    const double np = percent / 100.0 * (double)n;
    const double half = z * standard_error(percent, (double)n);
    return around(floor(np - half) - 1, ceil(np + half), n);
}

static bounds replicated_bounds(const rc_summary_input *in, const rc_order *order, unsigned percent,
                                double quantile) {
    uint64_t below[RC_STAT_REPLICATES];
    double share[RC_STAT_REPLICATES], fraction;
    rc_order_below(order, quantile, below);
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        share[r] =
            order->n_replicate[r] > 0 ? (double)below[r] / (double)order->n_replicate[r] : NAN;
    double half = rc_replicate_half(share) * rc_t15_ratio(in) * (double)order->n;
    if (isnan(half))
        return (bounds){false, 0, order->n - 1};
    if (half == 0)
        half = rc_none_of(in);
    const double at = (double)position(percent, order->n, &fraction) + fraction;
    return around(floor(at - half), ceil(at + half), order->n);
}

/* The cells that will be wanted: around each percentile as far as an interval reaches, mostly. */
static void keep_around(const rc_summary_input *in, rc_order *order) {
    rc_rank_range ranges[N_PERCENTILES];
    double fraction;
    size_t n = 0;
    const double errors = rc_z_of(in) + 0.54; /* 2.5 at 95 % */
    for (size_t i = 0; i < N_PERCENTILES; i++) {
        const uint64_t k = position(rc_percents[i], order->n, &fraction);
        const uint64_t reach =
            (uint64_t)(errors * standard_error(rc_percents[i], (double)order->n)) + 4;
        if (in->few && !rc_is_few(rc_percents[i]))
            continue;
        ranges[n].low = k > reach ? k - reach : 0;
        ranges[n++].high = k + 1 + reach;
    }
    rc_order_keep(order, ranges, n);
}

static double interpolate(double a, double b, double fraction) {
    if (fraction == 0 || a == b)
        return isfinite(a) ? a : NAN;
    return isfinite(a) && isfinite(b) ? a + fraction * (b - a) : NAN;
}

static void quantiles(rc_order *order, bool few, double *value) {
    uint64_t ranks[2 * N_PERCENTILES];
    double fraction[N_PERCENTILES], at[2 * N_PERCENTILES];
    size_t n = 0;
    for (size_t i = 0; i < N_PERCENTILES; i++) {
        const uint64_t k = position(rc_percents[i], order->n, &fraction[i]);
        if (few && !rc_is_few(rc_percents[i]))
            continue;
        ranks[n++] = k;
        ranks[n++] = k + 1 < order->n ? k + 1 : k;
    }
    rc_order_values(order, ranks, n, at);
    n = 0;
    for (size_t i = 0; i < N_PERCENTILES; i++) {
        const bool left_out = few && !rc_is_few(rc_percents[i]);
        value[i] = left_out ? NAN : interpolate(at[n], at[n + 1], fraction[i]);
        n += left_out ? 0 : 2;
    }
}

static void intervals(const rc_summary_input *in, rc_order *order, const double *value,
                      rc_estimate *estimate) {
    bounds b[N_PERCENTILES];
    uint64_t ranks[2 * N_PERCENTILES + 2];
    double at[2 * N_PERCENTILES + 2];
    bool all_exist = true;
    for (size_t i = 0; i < N_PERCENTILES; i++) {
        if (isnan(value[i]))
            b[i] = (bounds){true, 0, 0};
        else if (in->replicated)
            b[i] = replicated_bounds(in, order, rc_percents[i], value[i]);
        else
            b[i] = independent_bounds(rc_percents[i], order->n, rc_z_of(in));
        ranks[2 * i] = b[i].low;
        ranks[2 * i + 1] = b[i].high;
        all_exist = all_exist && b[i].exist;
    }
    size_t n_ranks = 2 * N_PERCENTILES;
    if (!all_exist) { /* are all values equal? */
        ranks[n_ranks++] = 0;
        ranks[n_ranks++] = order->n - 1;
    }
    rc_order_values(order, ranks, n_ranks, at);
    const bool constant = !all_exist && at[n_ranks - 2] == at[n_ranks - 1];
    for (size_t i = 0; i < N_PERCENTILES; i++) {
        const bool has = b[i].exist || constant;
        estimate[i] = rc_estimate_of(value[i], has ? at[2 * i] : NAN, has ? at[2 * i + 1] : NAN);
    }
}

static size_t finish(const rc_summary_input *in, rc_row *rows) {
    rc_order order;
    double value[N_PERCENTILES];
    rc_estimate estimate[N_PERCENTILES];
    rc_order_open(&order, in->sample, RC_ORDER_LEVELS, 1.0 / RC_ORDER_CELLS,
                  1 - 1.0 / RC_ORDER_CELLS);
    if (order.n > 0) {
        keep_around(in, &order);
        quantiles(&order, in->few, value);
        for (size_t i = 0; i < N_PERCENTILES; i++)
            estimate[i] = rc_estimate_of(value[i], NAN, NAN);
        if (!in->values_only)
            intervals(in, &order, value, estimate);
    }
    for (size_t i = 0; i < N_PERCENTILES; i++)
        rows[i] = (rc_row){"percentiles", keys[i], RC_ROW_VALUE,
                           order.n > 0 ? estimate[i] : rc_estimate_of(NAN, NAN, NAN)};
    return N_PERCENTILES;
}

const rc_summary_type rc_summary_percentiles = {
    .name = "percentiles",
    .label = "Percentiles",
    .needs_sample = true,
    .finish = finish,
};
