/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Payback of a block: the time at which the cumulative net flow, counted from time 0, FIRST comes
 * back to 0 or more after having been negative, linear within the period. 0 when it is never
 * negative; +infinity when it does not come back within the horizon. A project that falls below 0
 * again later (a replacement, say) has paid back once, and that first time is its payback, as is
 * usual. */
#ifndef RC_FINANCE_PAYBACK_H
#define RC_FINANCE_PAYBACK_H

#include "core/simd.h"
#include "finance/metric.h"

/* `x` is 0 while the sum was never negative, infinite while it waits to come back, else the answer
 * in periods. factor: discount factors, or NULL for none. */
static inline void rc_payback(const rc_cash *cash, const double *factor, double *x) {
    double *sum = cash->scratch, per_year = cash->per_year;
    for (RC_EACH_LANE(i, cash->n_lanes))
        sum[i] = x[i] = 0;
    for (unsigned k = 0; k <= cash->n_periods; k++) {
        const double *net = cash->net + k * cash->stride;
        const double *f = factor ? factor + k * cash->stride : NULL;
        double before = k - 1.0;
        for (RC_EACH_LANE(i, cash->n_lanes)) {
            double old = sum[i], now = old + (f ? net[i] * f[i] : net[i]);
            double time = before + old / (old - now);
            double start = ((x[i] == 0) & (now < 0)) ? (double)INFINITY : x[i];
            x[i] = ((x[i] == (double)INFINITY) & (now >= 0)) ? time : start;
            sum[i] = now;
        }
    }
    for (RC_EACH_LANE(i, cash->n_lanes))
        x[i] = sum[i] != sum[i] ? (double)NAN : x[i] / per_year;
}

#endif
