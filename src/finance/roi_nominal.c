/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Return on investment of the undiscounted sums: (benefits - costs) / costs. NaN without costs. */
#include "core/simd.h"
#include "finance/metric.h"

static void eval(const rc_cash *cash, double *x) {
    const double *benefits_total = cash->benefits_total, *costs_total = cash->costs_total;
    for (RC_EACH_LANE(i, cash->n_lanes)) {
        double ratio = (benefits_total[i] - costs_total[i]) / costs_total[i];
        x[i] = costs_total[i] == 0 || ratio != ratio ? (double)NAN : ratio;
    }
}

const rc_metric_type RC_MEMBER(rc_metric_roi_nominal) = {
    .name = "roi_nominal",
    .label = RC_TR("Return on investment, undiscounted"),
    .help = RC_TR("(benefits - costs) / costs, undiscounted sums over the horizon"),
    .unit = RC_UNIT_RATIO,
    .higher_is_better = true,
    .needs = RC_NEEDS_NOMINAL,
    .eval = eval,
};
