/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gross return on investment: PV of benefits / PV of costs, the other definition in use; roi + 1
 * but for rounding. NaN without costs. */
#include "core/simd.h"
#include "finance/metric.h"

static void eval(const rc_cash *cash, double *x) {
    const double *benefits_pv = cash->benefits_pv, *costs_pv = cash->costs_pv;
    for (RC_EACH_LANE(i, cash->n_lanes)) {
        double ratio = benefits_pv[i] / costs_pv[i];
        x[i] = costs_pv[i] == 0 || ratio != ratio ? (double)NAN : ratio;
    }
}

const rc_metric_type RC_MEMBER(rc_metric_gross_roi) = {
    .name = "gross_roi",
    .label = RC_TR("Gross return on investment"),
    .help = RC_TR("PV of benefits / PV of costs; ROI + 100 %"),
    .unit = RC_UNIT_RATIO,
    .higher_is_better = true,
    .needs = RC_NEEDS_PV,
    .eval = eval,
};
