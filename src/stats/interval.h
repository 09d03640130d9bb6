/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 95 % Monte Carlo intervals that several summaries share. Every estimate that leaves here has a
 * finite value or NaN, and finite bounds or NaN on both sides. */
#ifndef RC_STATS_INTERVAL_H
#define RC_STATS_INTERVAL_H

#include "stats/block.h"
#include "stats/summary.h"

#define RC_T15 2.1314495455597742 /* quantile .975 of Student's t with 15 degrees of freedom */
#define RC_Z   1.9599639845400542 /* quantile .975 of the normal */

/** No finite value: all NaN. A bound that is not finite: no interval. -0 becomes 0. */
rc_estimate rc_estimate_of(double value, double low, double high);

/** value +- half */
rc_estimate rc_estimate_around(double value, double half);

/** t15 * s / sqrt(16), s = standard deviation of the replicates' values: half the width of the
 * interval of their pooled value. NaN when a replicate has no value; exactly 0 when all agree. */
double rc_replicate_half(const double value[RC_STAT_REPLICATES]);

/** The same for the certainty that is asked for; at 95 % these change no bit. */
static inline double rc_z_of(const rc_summary_input *in) {
    return in->certainty != NULL ? in->certainty->z : RC_Z;
}

/** How much wider than rc_replicate_half(). */
static inline double rc_t15_ratio(const rc_summary_input *in) {
    return in->certainty != NULL ? in->certainty->t15 / RC_T15 : 1;
}

static inline double rc_none_of(const rc_summary_input *in) {
    return in->certainty != NULL ? in->certainty->none : 3;
}

#endif
