/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Return on investment: (PV of benefits - PV of costs) / PV of costs. NaN without costs. */
#include "core/simd.h"
#include "finance/metric.h"

static void eval(const rc_cash *cash, double *x) {
    const double *benefits_pv = cash->benefits_pv, *costs_pv = cash->costs_pv;
    for (RC_EACH_LANE(i, cash->n_lanes)) {
        double ratio = (benefits_pv[i] - costs_pv[i]) / costs_pv[i];
        x[i] = costs_pv[i] == 0 || ratio != ratio ? (double)NAN : ratio;
    }
}

const rc_metric_type RC_MEMBER(rc_metric_roi) = {
    .name = "roi",
    .label = RC_TR("Return on investment"),
    .help = RC_TR("(PV of benefits - PV of costs) / PV of costs"),
    .unit = RC_UNIT_RATIO,
    .higher_is_better = true,
    .needs = RC_NEEDS_PV,
    .eval = eval,
};
