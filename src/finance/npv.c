/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Net present value: PV of benefits - PV of costs. */
#include "core/simd.h"
#include "finance/metric.h"

static void eval(const rc_cash *cash, double *x) {
    const double *benefits_pv = cash->benefits_pv, *costs_pv = cash->costs_pv;
    for (RC_EACH_LANE(i, cash->n_lanes))
        x[i] = benefits_pv[i] - costs_pv[i];
}

const rc_metric_type RC_MEMBER(rc_metric_npv) = {
    .name = "npv",
    .label = RC_TR("Net present value"),
    .help = RC_TR("PV of benefits - PV of costs"),
    .unit = RC_UNIT_MONEY,
    .higher_is_better = true,
    .needs = RC_NEEDS_PV,
    .eval = eval,
};
