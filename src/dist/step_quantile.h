/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quantile of a distribution on whole numbers, from its cdf: the smallest k in [low, high] with
 * P(X <= k) >= u, or in the upper half P(X > k) <= 1 - u. `start` is a guess: the search doubles
 * its steps away from it, then halves. */
#ifndef RC_DIST_STEP_QUANTILE_H
#define RC_DIST_STEP_QUANTILE_H

#include "dist/dist.h"

#include <math.h>

static inline bool rc_step_reached_(const rc_dist *d, double w, double k) {
    return w > 0 ? d->type->cdf(d, k, false) >= w : d->type->cdf(d, k, true) <= -w;
}

static inline double rc_step_quantile(const rc_dist *d, double w, double start, double low,
                                      double high) {
    double k = floor(start), step = 1, short_of, enough;
    k = k > low ? (k < high ? k : high) : low;
    if (rc_step_reached_(d, w, k)) {
        for (enough = k;; step *= 2) {
            if (enough <= low)
                return low;
            short_of = enough - step > low ? enough - step : low;
            if (!rc_step_reached_(d, w, short_of))
                break;
            enough = short_of;
        }
    } else {
        for (short_of = k;; step *= 2) {
            if (short_of >= high)
                return high;
            enough = short_of + step < high ? short_of + step : high;
            if (enough >= high || rc_step_reached_(d, w, enough))
                break;
            short_of = enough;
        }
    }
    while (enough - short_of > 1) {
        double middle = floor(0.5 * (short_of + enough));
        if (rc_step_reached_(d, w, middle))
            enough = middle;
        else
            short_of = middle;
    }
    return enough;
}

#endif
