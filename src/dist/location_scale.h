/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What families x = location + scale z with a fixed z share: logistic, laplace, gumbel, cauchy. */
#ifndef RC_DIST_LOCATION_SCALE_H
#define RC_DIST_LOCATION_SCALE_H

#include "dist/check.h"
#include "dist/dist.h"

enum { RC_LS_LOCATION, RC_LS_SCALE, RC_LS_SIZE };

static inline size_t rc_ls_size(const rc_dist_value *values) {
    (void)values;
    return RC_LS_SIZE;
}

static inline rc_status rc_ls_init(const char *dist, const rc_dist_value *values, rc_dist *d,
                                   rc_error *err) {
    d->p[RC_LS_LOCATION] = values[0].number;
    d->p[RC_LS_SCALE] = values[1].number;
    if (rc_check_finite(dist, "location", values[0].number, err))
        return RC_INPUT;
    return rc_check_positive(dist, "scale", values[1].number, err);
}

static inline double rc_ls_standard(const rc_dist *d, double x) {
    return (x - d->p[RC_LS_LOCATION]) / d->p[RC_LS_SCALE];
}

/** Two percentiles; `standard` is z's quantile. Widening keeps the median. */
static inline rc_status rc_ls_solve_percentiles(double (*standard)(double w), const double *x,
                                                const double *p, double widen, double *out) {
    double z0 = standard(rc_tail_of(p[0])), z1 = standard(rc_tail_of(p[1])), middle = standard(0.5);
    double scale = (x[1] - x[0]) / (z1 - z0), median = x[0] + (middle - z0) * scale;
    out[0] = median - middle * (widen * scale);
    out[1] = widen * scale;
    return RC_OK;
}

/** Mean x[0] and sd x[1]; mean and sd are z's. */
static inline rc_status rc_ls_solve_moments(const char *dist, double mean, double sd,
                                            const double *x, double *out, rc_error *err) {
    if (rc_check_positive(dist, "sd", x[1], err))
        return RC_INPUT;
    out[1] = x[1] / sd;
    out[0] = x[0] - mean * out[1];
    return RC_OK;
}

#endif
