/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 95 % Monte Carlo intervals from the spread of 16 independent replicates. */
#include "stats/interval.h"

#include <math.h>

rc_estimate rc_estimate_of(double value, double low, double high) {
    if (!isfinite(value))
        return (rc_estimate){NAN, NAN, NAN};
    if (!isfinite(low) || !isfinite(high))
        return (rc_estimate){value + 0.0, NAN, NAN};
    return (rc_estimate){value + 0.0, low + 0.0, high + 0.0};
}

rc_estimate rc_estimate_around(double value, double half) {
    return rc_estimate_of(value, value - half, value + half);
}

double rc_replicate_half(const double value[RC_STAT_REPLICATES]) {
    /* deviations from the first value: equal values leave exactly nothing */
    double sum = 0, square = 0;
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        sum += value[r] - value[0];
    const double mean = sum / RC_STAT_REPLICATES;
    for (int r = 0; r < RC_STAT_REPLICATES; r++) {
        const double d = (value[r] - value[0]) - mean;
        square += d * d;
    }
    return RC_T15 * sqrt(square / (RC_STAT_REPLICATES - 1)) / sqrt(RC_STAT_REPLICATES);
}
