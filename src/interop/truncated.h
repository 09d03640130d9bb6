/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RC_INTEROP_TRUNCATED_H
#define RC_INTEROP_TRUNCATED_H

#include <stdbool.h>

/** Mean and sd of the normal that, truncated to [low, high] (high may be +inf), has 5 % of its mass
 * below p5 and 5 % above p95. False when there is none: low < p5 < p95 < high must hold, and p95
 * must not lie so far out that only an exponential tail could reach it. */
bool rc_truncated_normal(double p5, double p95, double low, double high, double *mean, double *sd);

#endif
