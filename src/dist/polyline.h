/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A distribution function of straight lines between points: what cumulative and histogram share.
 * State: the number of points, then for each x, F and 1 - F. A quantile is counted from the point
 * below it in the lower half and from the one above it in the upper half, so that both ends keep
 * their digits. */
#ifndef RC_DIST_POLYLINE_H
#define RC_DIST_POLYLINE_H

#include "dist/dist.h"

#include <math.h>

enum { RC_PL_X, RC_PL_BELOW, RC_PL_ABOVE, RC_PL_ROW };

static inline size_t rc_pl_count(const rc_dist *d) {
    return (size_t)d->p[0];
}

static inline double *rc_pl_row(const rc_dist *d, size_t i) {
    return d->p + 1 + RC_PL_ROW * i;
}

static inline void rc_pl_set(const rc_dist *d, size_t i, double x, double below, double above) {
    double *row = rc_pl_row(d, i);
    row[RC_PL_X] = x;
    row[RC_PL_BELOW] = below;
    row[RC_PL_ABOVE] = above;
}

static inline double rc_pl_quantile(const rc_dist *d, double w) {
    size_t low = 1, high = rc_pl_count(d) - 1; /* the point that ends the segment */
    while (low < high) {
        size_t middle = (low + high) / 2;
        const double *row = rc_pl_row(d, middle);
        if (w > 0 ? w > row[RC_PL_BELOW] : -w < row[RC_PL_ABOVE])
            low = middle + 1;
        else
            high = middle;
    }
    const double *a = rc_pl_row(d, low - 1), *b = a + RC_PL_ROW;
    double width = b[RC_PL_X] - a[RC_PL_X];
    if (w > 0)
        return a[RC_PL_X] + (w - a[RC_PL_BELOW]) / (b[RC_PL_BELOW] - a[RC_PL_BELOW]) * width;
    return b[RC_PL_X] - (-w - b[RC_PL_ABOVE]) / (a[RC_PL_ABOVE] - b[RC_PL_ABOVE]) * width;
}

static inline void rc_pl_quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    for (size_t i = 0; i < n; i++)
        x[i] = rc_pl_quantile(d, w[i]);
}

/* The number of points <= x. */
static inline size_t rc_pl_before(const rc_dist *d, double x) {
    size_t low = 0, high = rc_pl_count(d);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rc_pl_row(d, middle)[RC_PL_X] <= x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static inline double rc_pl_cdf(const rc_dist *d, double x, bool upper) {
    size_t before = rc_pl_before(d, x);
    if (before == 0 || before == rc_pl_count(d))
        return (before == 0) == upper ? 1 : 0;
    const double *a = rc_pl_row(d, before - 1), *b = a + RC_PL_ROW;
    double width = b[RC_PL_X] - a[RC_PL_X];
    if (upper)
        return b[RC_PL_ABOVE] + (b[RC_PL_X] - x) / width * (a[RC_PL_ABOVE] - b[RC_PL_ABOVE]);
    return a[RC_PL_BELOW] + (x - a[RC_PL_X]) / width * (b[RC_PL_BELOW] - a[RC_PL_BELOW]);
}

/* The probability of a segment, from the end that has its digits. */
static inline double rc_pl_mass(const double *a, const double *b) {
    return a[RC_PL_BELOW] < 0.5 ? b[RC_PL_BELOW] - a[RC_PL_BELOW] : a[RC_PL_ABOVE] - b[RC_PL_ABOVE];
}

/* At a point, of the segment that begins there; at the last one, of the segment before. */
static inline double rc_pl_density(const rc_dist *d, double x) {
    size_t count = rc_pl_count(d), before = rc_pl_before(d, x);
    if (before == 0 || !(x <= rc_pl_row(d, count - 1)[RC_PL_X]))
        return 0;
    size_t end = before < count ? before : count - 1;
    const double *a = rc_pl_row(d, end - 1), *b = a + RC_PL_ROW;
    return rc_pl_mass(a, b) / (b[RC_PL_X] - a[RC_PL_X]);
}

static inline void rc_pl_moments(const rc_dist *d, double *mean, double *sd) {
    size_t n = rc_pl_count(d);
    double m = 0, variance = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 1; i < n; i++) {
            const double *a = rc_pl_row(d, i - 1), *b = a + RC_PL_ROW;
            double mass = rc_pl_mass(a, b), width = b[RC_PL_X] - a[RC_PL_X];
            double centre = a[RC_PL_X] + 0.5 * width;
            if (pass == 0)
                m += mass * centre;
            else
                variance += mass * ((centre - m) * (centre - m) + width * width / 12);
        }
    *mean = m;
    *sd = sqrt(variance);
}

static inline void rc_pl_support(const rc_dist *d, double *low, double *high) {
    *low = rc_pl_row(d, 0)[RC_PL_X];
    *high = rc_pl_row(d, rc_pl_count(d) - 1)[RC_PL_X];
}

#endif
