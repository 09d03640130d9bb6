/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payback: see payback.h; the cumulative net flow is not discounted. */
#include "finance/payback.h"
#include "core/simd.h"
#include "finance/metric.h"

static void eval(const rc_cash *cash, double *x) {
    rc_payback(cash, NULL, x);
}

const rc_metric_type RC_MEMBER(rc_metric_payback) = {
    .name = "payback",
    .label = RC_TR("Payback"),
    .help = RC_TR(
        "years until cumulative net cash first turns from negative to 0 or more, linear within a period"),
    .unit = RC_UNIT_YEARS,
    .higher_is_better = false,
    .needs = RC_NEEDS_NET,
    .eval = eval,
};
