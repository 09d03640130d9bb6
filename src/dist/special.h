/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Incomplete gamma and beta functions, Student's t, and their inverses: scalar, the same bits on
 * every machine (core/math.h), both tails to about 13 digits. Parameters are checked by the caller;
 * constants that depend on the parameters alone are made once (rc_gamma_shape, rc_beta_shape). */
#ifndef RC_DIST_SPECIAL_H
#define RC_DIST_SPECIAL_H

#include <stdbool.h>

typedef struct rc_gamma_shape {
    double a;         /**< > 0 */
    double log_scale; /**< ln of x^a e^-x / Gamma(a + 1) at x = a */
} rc_gamma_shape;

typedef struct rc_beta_shape {
    double a, b;      /**< > 0 */
    double log_scale; /**< ln of x^a y^b / B(a, b) at x = a / (a + b), y = 1 - x */
} rc_beta_shape;

/** ln Gamma(a + 1) - ((a + 1/2) ln a - a + ln(2 pi) / 2), for a > 0. */
double rc_stirling_error(double a);
/** Deviance a ln(a/x) + x - a >= 0, without cancellation near x = a. */
double rc_deviance(double a, double x);
/** ln B(a, b). */
double rc_log_beta(const rc_beta_shape *shape);
/** Rough normal quantile (absolute error 5e-4) of the upper tail p <= 1/2: a starting value. */
double rc_rough_normal(double p);

rc_gamma_shape rc_gamma_shape_of(double a);
/** Regularised P(a, x), or Q(a, x) = 1 - P when upper. */
double rc_gamma_cdf(const rc_gamma_shape *shape, double x, bool upper);
/** x^(a-1) e^-x / Gamma(a). */
double rc_gamma_density(const rc_gamma_shape *shape, double x);
/** x with P(a, x) = w (w > 0) or Q(a, x) = -w (w < 0). */
double rc_gamma_inverse(const rc_gamma_shape *shape, double w);

rc_beta_shape rc_beta_shape_of(double a, double b);
/** Regularised I_x(a, b), or its complement when upper. y = 1 - x, given so that digits survive. */
double rc_beta_cdf(const rc_beta_shape *shape, double x, double y, bool upper);
/** x^(a-1) y^(b-1) / B(a, b). */
double rc_beta_density(const rc_beta_shape *shape, double x, double y);
/** x with I_x(a, b) = w (w > 0) or 1 - I_x(a, b) = -w (w < 0); *y = 1 - x with all its digits. */
double rc_beta_inverse(const rc_beta_shape *shape, double w, double *y);

/** Student's t with df degrees of freedom; shape = rc_beta_shape_of(df / 2, 0.5). */
double rc_student_cdf(double df, const rc_beta_shape *shape, double t, bool upper);
double rc_student_density(double df, const rc_beta_shape *shape, double t);
double rc_student_inverse(double df, const rc_beta_shape *shape, double w);

/* ---- Root of a tail on a scale where the density is log-concave ------------------------------ */

typedef struct rc_tail_point {
    double tail;    /**< probability beyond t */
    double density; /**< of the transformed variable, at t */
    double score;   /**< d ln density / dt */
} rc_tail_point;

typedef void rc_tail_function(const void *shape, double t, bool upper, rc_tail_point *out);

/** t whose tail is p, from the start t; `width` is the rough standard deviation on this scale. The
 * last step is kept apart in *last: x(t) times e^step has more digits than x(t + step) where |t| is
 * large. */
double rc_solve_tail(rc_tail_function *f, const void *shape, double p, bool upper, double t,
                     double width, double *last);

#endif
