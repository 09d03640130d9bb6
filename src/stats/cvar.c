/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CVaR 5 %: the mean of the worst 5 % of the defined values, the lower tail where more is better,
 * else the upper one. With N a not whole, the boundary value counts by the fraction.
 *
 * As Rockafellar & Uryasev 2000 write it, for the lower tail and a = 0.05:
 *
 *   CVaR = v - sum((v - x)+) / (N a),    v = the order statistic of rank ceil(N a)
 *
 * which is the same number, is summed in the order of the sample, and needs one selection. A sieve
 * sums the same terms by blocks, around an edge near v: equal up to rounding.
 *
 * Intervals: (v - x)+ / a is also the influence function up to constants. Replicates: their spread,
 * each by the formula above with the pooled v, near which it is flat; independent trials:
 * z sd((v - x)+) / (a sqrt(N)). A tail that holds nothing but one single value says nothing about
 * its error: no interval, unless that value repeats. */
#include "stats/interval.h"
#include "stats/order.h"

#include <math.h>

enum { ONE_IN = 20 }; /* a = 1/20 */

static double boundary(rc_order *order, const rc_sample *sample, double sign) {
    const double p = 1.0 / ONE_IN, reach = 0.02; /* 4 standard errors of a share in the pilot */
    const double middle = sign > 0 ? p : 1 - p;
    rc_order_open(order, sample, 2, middle - reach, middle + reach);
    if (order->n == 0)
        return NAN;
    const uint64_t from_end = (order->n - 1) / ONE_IN; /* ceil(n a) - 1 */
    const uint64_t rank = sign > 0 ? from_end : order->n - 1 - from_end;
    double v;
    rc_order_keep(order, &(rc_rank_range){rank, rank}, 1);
    rc_order_values(order, &rank, 1, &v);
    return v;
}

static size_t finish(const rc_summary_input *in, rc_row *rows) {
    rc_order order;
    const double sign = in->higher_is_better ? 1 : -1;
    const double v = boundary(&order, in->sample, sign);
    double replicate[RC_STAT_REPLICATES];
    rc_beyond beyond[RC_STAT_REPLICATES], all = {0};
    rc_order_beyond(&order, v, sign, beyond);
    for (int r = 0; r < RC_STAT_REPLICATES; r++) {
        const double n = (double)order.n_replicate[r];
        replicate[r] = n > 0 ? v - sign * (beyond[r].sum * ONE_IN / n) : NAN;
        all.sum += beyond[r].sum;
        all.square += beyond[r].square;
        all.at_boundary += beyond[r].at_boundary;
    }
    const double n = (double)order.n;
    double half;
    if (all.sum == 0 && all.at_boundary < 2) {
        half = NAN;
    } else if (in->replicated) {
        half = rc_replicate_half(replicate) * rc_t15_ratio(in);
    } else {
        const double mean = all.sum / n, variance = all.square / n - mean * mean;
        half = rc_z_of(in) * ONE_IN * sqrt((variance > 0 ? variance : 0) / n);
    }
    rows[0] = (rc_row){"cvar_5", NULL, RC_ROW_VALUE,
                       rc_estimate_around(v - sign * (all.sum * ONE_IN / n), half)};
    return 1;
}

const rc_summary_type rc_summary_cvar = {
    .name = "cvar",
    .label = "Mean of the worst 5 %",
    .needs_sample = true,
    .finish = finish,
};
