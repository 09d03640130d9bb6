/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Discounted payback: see payback.h; the net flows are multiplied by their discount factors. */
#include "core/simd.h"
#include "finance/metric.h"
#include "finance/payback.h"

static void eval(const rc_cash *cash, double *x) {
    rc_payback(cash, cash->factor, x);
}

const rc_metric_type RC_MEMBER(rc_metric_discounted_payback) = {
    .name = "discounted_payback",
    .label = RC_TR("Discounted payback"),
    .help = RC_TR("payback of the discounted net cash, in years"),
    .unit = RC_UNIT_YEARS,
    .higher_is_better = false,
    .needs = RC_NEEDS_NET | RC_NEEDS_FACTOR,
    .eval = eval,
};
