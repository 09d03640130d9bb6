/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Present value of costs: a copy of the row that the other metrics read. */
#include "core/simd.h"
#include "finance/metric.h"

static void eval(const rc_cash *cash, double *x) {
    memcpy(x, cash->costs_pv, cash->n_lanes * sizeof *x);
}

const rc_metric_type RC_MEMBER(rc_metric_costs_pv) = {
    .name = "costs_pv",
    .label = RC_TR("Present value of costs"),
    .help = RC_TR("sum of costs times their discount factors"),
    .unit = RC_UNIT_MONEY,
    .higher_is_better = false,
    .needs = RC_NEEDS_PV,
    .eval = eval,
};
