/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modified internal rate of return: negative flows are financed at one rate, positive ones
 * reinvested at another until the end of the horizon: (FV of inflows at the reinvestment rate / PV
 * of outflows at the finance rate)^(1 / years) - 1. NaN without an inflow, without an outflow, at
 * rates of -100 % or less, or without a period. */
#include "core/simd.h"
#include "finance/metric.h"

/* g = (1 + rate)^(1 / per_year), growth a period */
static void growth(const rc_cash *cash, const double *rate, double *g) {
    for (RC_EACH_LANE(i, cash->n_lanes))
        g[i] = rate[i] > -1 ? 1 + rate[i] : (double)NAN;
    if (cash->per_year == 1)
        return;
    rc_vmap_log(g, g, cash->n_lanes);
    for (RC_EACH_LANE(i, cash->n_lanes))
        g[i] /= cash->per_year;
    rc_vmap_exp(g, g, cash->n_lanes);
}

static void eval(const rc_cash *cash, double *x) {
    double *finance = cash->scratch, *reinvest = finance + cash->stride;
    double *out = reinvest + cash->stride, *in = out + cash->stride, K = cash->n_periods;
    growth(cash, cash->finance_rate, finance);
    growth(cash, cash->reinvest_rate, reinvest);
    for (RC_EACH_LANE(i, cash->n_lanes))
        out[i] = in[i] = 0;
    for (unsigned k = 0; k <= cash->n_periods; k++) { /* in: future value, forwards */
        const double *net = cash->net + k * cash->stride;
        const double *last = cash->net + (cash->n_periods - k) * cash->stride;
        for (RC_EACH_LANE(i, cash->n_lanes)) { /* out: present value, backwards */
            in[i] = in[i] * reinvest[i] + (net[i] < 0 ? 0 : net[i]);
            out[i] = out[i] / finance[i] - (last[i] > 0 ? 0 : last[i]);
        }
    }
    for (RC_EACH_LANE(i, cash->n_lanes)) /* false for NaN */
        x[i] = ((in[i] > 0) & (out[i] > 0) & (K > 0)) ? in[i] / out[i] : (double)NAN;
    rc_vmap_log(x, x, cash->n_lanes);
    for (RC_EACH_LANE(i, cash->n_lanes))
        x[i] *= cash->per_year / K;
    rc_vmap_expm1(x, x, cash->n_lanes);
    for (RC_EACH_LANE(i, cash->n_lanes))
        x[i] = x[i] != x[i] ? (double)NAN : x[i];
}

const rc_metric_type RC_MEMBER(rc_metric_mirr) = {
    .name = "mirr",
    .label = RC_TR("Modified internal rate of return"),
    .help = RC_TR(
        "(FV of inflows at the reinvestment rate / PV of outflows at the finance rate)^(1/years) - 1"),
    .unit = RC_UNIT_RATIO,
    .higher_is_better = true,
    .needs = RC_NEEDS_NET | RC_NEEDS_RATES,
    .eval = eval,
};
