/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Peak cash: the largest outlay ever cumulated, max(0, -min over k of net_0 + ... + net_k),
 * undiscounted: the money that must be found before the project pays for itself. */
#include "core/simd.h"
#include "finance/metric.h"

static void eval(const rc_cash *cash, double *x) {
    double *sum = cash->scratch;
    for (RC_EACH_LANE(i, cash->n_lanes))
        sum[i] = x[i] = 0;
    for (unsigned k = 0; k <= cash->n_periods; k++) {
        const double *net = cash->net + k * cash->stride;
        for (RC_EACH_LANE(i, cash->n_lanes)) {
            sum[i] += net[i];
            x[i] = -sum[i] > x[i] ? -sum[i] : x[i];
        }
    }
    for (RC_EACH_LANE(i, cash->n_lanes))
        x[i] = sum[i] != sum[i] ? (double)NAN : x[i];
}

const rc_metric_type RC_MEMBER(rc_metric_peak_cash) = {
    .name = "peak_cash",
    .label = RC_TR("Peak cash need"),
    .help = RC_TR("largest cumulative outlay, undiscounted"),
    .unit = RC_UNIT_MONEY,
    .higher_is_better = false,
    .needs = RC_NEEDS_NET,
    .eval = eval,
};
