/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A beta distribution stretched over [low, high]: what pert and beta share. The state of both is
 * these numbers, in this order. Values near high are counted from high, so that neither end loses
 * digits. */
#ifndef RC_DIST_SCALED_BETA_H
#define RC_DIST_SCALED_BETA_H

#include "dist/dist.h"
#include "dist/special.h"

#include "core/math.h"

enum { RC_SB_LOW, RC_SB_HIGH, RC_SB_A, RC_SB_B, RC_SB_LOG_SCALE, RC_SB_SIZE };

static inline rc_beta_shape rc_sb_shape(const rc_dist *d) {
    rc_beta_shape shape = {d->p[RC_SB_A], d->p[RC_SB_B], d->p[RC_SB_LOG_SCALE]};
    return shape;
}

static inline void rc_sb_set(double low, double high, double a, double b, rc_dist *d) {
    d->p[RC_SB_LOW] = low;
    d->p[RC_SB_HIGH] = high;
    d->p[RC_SB_A] = a;
    d->p[RC_SB_B] = b;
    d->p[RC_SB_LOG_SCALE] = rc_beta_shape_of(a, b).log_scale;
}

static inline size_t rc_sb_size(const rc_dist_value *values) {
    (void)values;
    return RC_SB_SIZE;
}

static inline double rc_sb_quantile(const rc_dist *d, double w) {
    rc_beta_shape shape = rc_sb_shape(d);
    double low = d->p[RC_SB_LOW], high = d->p[RC_SB_HIGH];
    double y, x = rc_beta_inverse(&shape, w, &y);
    return x <= y ? low + (high - low) * x : high - (high - low) * y;
}

/* z in [0, 1] and 1 - z */
static inline double rc_sb_place(const rc_dist *d, double x, double *rest) {
    double low = d->p[RC_SB_LOW], high = d->p[RC_SB_HIGH], width = high - low;
    *rest = (high - x) / width;
    return (x - low) / width;
}

static inline double rc_sb_cdf(const rc_dist *d, double x, bool upper) {
    rc_beta_shape shape = rc_sb_shape(d);
    double rest, z = rc_sb_place(d, x, &rest);
    return rc_beta_cdf(&shape, z, rest, upper);
}

static inline double rc_sb_density(const rc_dist *d, double x) {
    rc_beta_shape shape = rc_sb_shape(d);
    double rest, z = rc_sb_place(d, x, &rest);
    return rc_beta_density(&shape, z, rest) / (d->p[RC_SB_HIGH] - d->p[RC_SB_LOW]);
}

static inline double rc_sb_log_density(const rc_dist *d, double x) {
    double rest, z = rc_sb_place(d, x, &rest), width = d->p[RC_SB_HIGH] - d->p[RC_SB_LOW];
    if (!(z > 0 && rest > 0))
        return rc_log(rc_sb_density(d, x));
    double a = d->p[RC_SB_A], b = d->p[RC_SB_B], n = a + b;
    return d->p[RC_SB_LOG_SCALE] - rc_deviance(a, n * z) - rc_deviance(b, n * rest) -
           rc_log(z * rest * width);
}

/* ((a - 1) (high - x) - (b - 1) (x - low)) / ((x - low) (high - x)) */
static inline bool rc_sb_score(const rc_dist *d, double x, double num[3], double den[3]) {
    double a = d->p[RC_SB_A] - 1, b = d->p[RC_SB_B] - 1;
    double left = x - d->p[RC_SB_LOW], right = d->p[RC_SB_HIGH] - x;
    num[0] = a * right - b * left;
    num[1] = -a - b;
    num[2] = 0;
    den[0] = left * right;
    den[1] = right - left;
    den[2] = -1;
    return true;
}

static inline void rc_sb_moments(const rc_dist *d, double *mean, double *sd) {
    double a = d->p[RC_SB_A], b = d->p[RC_SB_B], width = d->p[RC_SB_HIGH] - d->p[RC_SB_LOW];
    *mean = d->p[RC_SB_LOW] + width * (a / (a + b));
    *sd = width / (a + b) * sqrt(a * (b / (a + b + 1)));
}

static inline void rc_sb_support(const rc_dist *d, double *low, double *high) {
    *low = d->p[RC_SB_LOW];
    *high = d->p[RC_SB_HIGH];
}

#endif
