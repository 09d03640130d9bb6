/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parameters from percentiles, where no closed form gives them: what the solvers of percentile
 * forms (rc_dist_form.solve) share. Deterministic: bracketing on core/math.h. rc_dist_solve checks
 * whatever comes out by the cdf, so a solver need not. */
#ifndef RC_DIST_PERCENTILES_H
#define RC_DIST_PERCENTILES_H

#include "core/error.h"

#include <stdbool.h>

/** A function that nowhere falls with t, finite or infinite, never NaN. */
typedef double rc_rising(const void *context, double t);

/** The root of f in [low, high]: bracketed from `guess` by steps that double from `step`, then
 * found to the last bits. False when f has one sign there; *root is then the nearer end. */
bool rc_root(rc_rising *f, const void *context, double guess, double step, double low, double high,
             double *root);

/** A positive family x = scale * g: two percentiles fix the shape by the ratio of their g, which
 * comes nearer to 1 as the shape grows. */
typedef struct rc_ratio_family {
    const char *dist;
    /** g(shape, w): quantile at the signed tail probability w, above 0 for p1 ... p99 */
    double (*unit)(double shape, double w);
    double least, most; /**< shapes to look at */
} rc_ratio_family;

/** x[2], p[2] as in rc_dist_form.solve. widen moves the percentile that lies further from 50 % away
 * from the median, on the scale of the logarithm, and keeps the median. */
rc_status rc_percentiles_of_ratio(const rc_ratio_family *f, const double *x, const double *p,
                                  double widen, double *shape, double *scale, rc_error *err);

/** A family x = location + scale * g with one shape: three percentiles, or two and the mode, fix it
 * by the place of the middle one between the outer ones, which moves one way with the shape. */
typedef struct rc_place_family {
    const char *dist;
    /** g(shape, fixed, w); `fixed` is a number that the caller gives and does not seek */
    double (*unit)(double shape, double fixed, double w);
    double (*mode)(double shape, double fixed); /**< of g; NULL: only percentiles */
    double least, most;                         /**< shapes: both ends are possible */
    double guess, step;                         /**< where to begin */
} rc_place_family;

typedef struct rc_placed {
    double shape, location, scale, median;
} rc_placed;

/** x[3], p[3]; p[1] is NaN where x[1] is the mode. */
rc_status rc_percentiles_of_place(const rc_place_family *f, double fixed, const double *x,
                                  const double *p, rc_placed *out, rc_error *err);

#endif
