/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All internal rates of return of one trial's flows (rates.c): irr's way when there may be several.
 */
#ifndef RC_FINANCE_RATES_H
#define RC_FINANCE_RATES_H

#include <stddef.h>

enum { RC_RATES_MAX = 64 };

/** growth[] = every 1 + i > 0 a period with net_0 + net_1/(1+i) + ... + net_K/(1+i)^K = 0,
 * ascending; a root that is double to rounding counts once. flow[k * stride] is net_k. Returns
 * their number, at most RC_RATES_MAX; 0 without a sign change. */
size_t rc_rates(const double *flow, size_t stride, unsigned n_periods, double growth[RC_RATES_MAX]);

#endif
