/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Present value of benefits: a copy of the row that the other metrics read. */
#include "core/simd.h"
#include "finance/metric.h"

static void eval(const rc_cash *cash, double *x) {
    memcpy(x, cash->benefits_pv, cash->n_lanes * sizeof *x);
}

const rc_metric_type RC_MEMBER(rc_metric_benefits_pv) = {
    .name = "benefits_pv",
    .label = RC_TR("Present value of benefits"),
    .help = RC_TR("sum of benefits times their discount factors"),
    .unit = RC_UNIT_MONEY,
    .higher_is_better = true,
    .needs = RC_NEEDS_PV,
    .eval = eval,
};
