/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of this folder share. */
#ifndef RC_FIT_WORK_H
#define RC_FIT_WORK_H

#include "fit/fit.h"

/* ---- data.c ---- */

/** Room for the data of up to n values; fill x[0..n), then rc_fit_data_arrange(). */
typedef struct rc_fit_room {
    double *x, *value, *count;
} rc_fit_room;
rc_fit_room rc_fit_room_new(size_t n, rc_arena *arena);

/** Sort room->x and work out the rest. */
void rc_fit_data_arrange(rc_fit_room *room, size_t n, double lower, double upper,
                         rc_dist_data *out);

/** `most` evenly spaced order statistics, the first and the last among them. */
void rc_fit_data_thin(const rc_dist_data *data, size_t most, rc_arena *arena, rc_dist_data *out);

/* ---- likelihood.c ---- */

enum { RC_FIT_STATE = 64 };

/** An instance that is made again and again, without an arena. */
typedef struct rc_fit_instance {
    rc_dist dist;
    double p[RC_FIT_STATE];
} rc_fit_instance;

/** False where the family does not allow these values. */
bool rc_fit_instance_set(rc_fit_instance *instance, const rc_dist_type *type,
                         const rc_fit_values *values);

/** Sum of ln density over the data, in chunks of a fixed size that are added in order; in parallel
 * for large data. -inf where a value is impossible. */
double rc_fit_log_likelihood(const rc_dist *d, const rc_dist_data *data);

/* ---- estimate.c ---- */

/** How the maximum looked: reused to fit replicates, which lie nearby. */
typedef struct rc_fit_curve {
    double hessian[RC_DIST_MAX_SLOTS * RC_DIST_MAX_SLOTS]; /* of -lnL per value; 0 when unknown */
    bool known;
    bool rough;
} rc_fit_curve;

/** Estimate from scratch. False with a reason when the family cannot be fitted. */
rc_status rc_fit_estimate(const rc_dist_type *type, size_t variant, const rc_dist_data *data,
                          rc_arena *arena, rc_fit_values *out, rc_fit_curve *curve, rc_error *err);

/** Estimate for data that were drawn from `near`: quick. False when it fails. */
bool rc_fit_again(const rc_dist_type *type, size_t variant, const rc_dist_data *data,
                  const rc_fit_values *near, const rc_fit_curve *curve, rc_fit_values *out);

/** A slot's value on the scale on which it is unbounded, and back. unit: what counts as a step of a
 * slot without bounds. */
double rc_fit_unbounded(const rc_fit_slot *slot, double unit);
double rc_fit_bounded(const rc_fit_slot *slot, double unit, double z);

/* ---- maximise.c ---- */

typedef double rc_objective(void *data, const double *z);

/** Nelder and Mead from z with edges `edge`; until the values differ by less than `tolerance` or
 * `most` evaluations. Returns the largest value; z is where. */
double rc_maximise_simplex(rc_objective *f, void *data, size_t n, double *z, double edge,
                           double tolerance, int most);

/** Newton steps from z (differences of width 1e-4) until the gain to be expected is below
 * `tolerance`. hessian[n * n]: of -f; used as it is when *known, else worked out afresh at each
 * step, and left there. False when -f is not convex or nothing improves; *z is then where it was
 * best. */
bool rc_maximise_newton(rc_objective *f, void *data, size_t n, double *z, double *hessian,
                        bool known, double tolerance, double *value);

/* ---- distance.c ---- */

/** Kolmogorov and Smirnov's D, Anderson and Darling's A^2. scratch: [n_values] twice. */
void rc_fit_distance(const rc_dist *d, const rc_dist_data *data, double *scratch, double *ks,
                     double *ad);

/* ---- call.c ---- */

/** "gamma(shape=2, scale=3)" with just enough digits. */
const char *rc_fit_call(const rc_dist_type *type, const rc_fit_values *values,
                        const rc_dist_data *data, double log_likelihood, rc_arena *arena);

/* ---- bootstrap.c ---- */

/** Fill p-values and bounds of the rows. */
rc_status rc_fit_bootstrap(rc_fit_row *row, rc_fit_parameter *parameters, size_t variant,
                           const rc_fit_curve *curve, const rc_fit *fit, const rc_fit_options *o,
                           double done, double share, rc_error *err);

#endif
