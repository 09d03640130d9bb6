/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a distribution is fitted to data: what a member says about itself, so that src/fit needs to
 * know no family. A member gives starting values in form 0's parameters, says which of them the
 * maximiser may move and between which bounds, and works out the others in closed form. */
#ifndef RC_DIST_FIT_H
#define RC_DIST_FIT_H

#include "dist/dist.h"

#include <math.h>

/** Data to fit: at least two different values, all finite. */
typedef struct rc_dist_data {
    const double *x; /**< [n] in increasing order */
    size_t n;
    const double *value; /**< [n_values] the different ones, increasing */
    const double *count; /**< [n_values] how often each stands in x */
    size_t n_values;
    double mean, sd;         /**< sd: of these values, divided by n */
    double mean_log, sd_log; /**< the same of ln x; NaN unless all are above 0 */
    double median;
    double spread;       /**< quartile distance / 1.349 (a normal's sd), or sd where that is 0 */
    double lower, upper; /**< bounds that the user knows; NaN: none. All values lie within */
} rc_dist_data;

typedef enum rc_fit_role {
    RC_FIT_KNOWN,  /**< not estimated: a default, or a bound that was given; NaN: left out */
    RC_FIT_CLOSED, /**< estimated by start() or profile() */
    RC_FIT_FREE,   /**< estimated by the maximiser, within (low, high) */
} rc_fit_role;

typedef struct rc_fit_slot {
    rc_fit_role role;
    double value;
    double low, high; /**< open range; infinite where there is no bound */
    double unit;      /**< a usual step where there is no bound; 0: the spread of the data */
} rc_fit_slot;

enum { RC_FIT_LIST = 8 };

/** Values of form 0. */
typedef struct rc_fit_values {
    rc_fit_slot slot[RC_DIST_MAX_SLOTS];
    double list[RC_FIT_LIST]; /**< of a form 0 whose first slot is a list: estimated numbers */
    size_t n_list;
} rc_fit_values;

typedef struct rc_dist_fit {
    /* REQUIRED */
    /** Starting values strictly within their ranges, or, without a FREE slot, the estimate itself.
     * `out` comes zeroed. Refuses data that the family cannot have made: "needs values above 0;
     * the smallest is -3". variant < n_variants. */
    rc_status (*start)(const rc_dist_data *data, size_t variant, rc_fit_values *out, rc_error *err);
    /* OPTIONAL */
    /** The CLOSED slots that are best for these FREE ones. */
    void (*profile)(const rc_dist_data *data, rc_fit_values *values);
    size_t n_variants;  /**< several fits of one family: metalog with 3, 4, 5 terms; 0 means 1 */
    const char *method; /**< "least squares on quantiles"; NULL: maximum likelihood */
} rc_dist_fit;

/* ---- What members write their hooks with ------------------------------------------------------
 */

static inline rc_fit_slot rc_fit_known(double value) {
    return (rc_fit_slot){RC_FIT_KNOWN, value, -INFINITY, INFINITY, 0};
}
static inline rc_fit_slot rc_fit_closed(double value, double low, double high) {
    return (rc_fit_slot){RC_FIT_CLOSED, value, low, high, 0};
}
static inline rc_fit_slot rc_fit_free(double value, double low, double high) {
    return (rc_fit_slot){RC_FIT_FREE, value, low, high, 0};
}
static inline rc_fit_slot rc_fit_real(double value) {
    return rc_fit_free(value, -INFINITY, INFINITY);
}
static inline rc_fit_slot rc_fit_positive(double value) {
    return rc_fit_free(value, 0, INFINITY);
}

static inline rc_status rc_fit_above(const rc_dist_data *data, double low, rc_error *err) {
    if (data->x[0] > low)
        return RC_OK;
    return rc_fail(err, RC_INPUT, "needs values above %.10g; the smallest is %.10g", low,
                   data->x[0]);
}

static inline rc_status rc_fit_from(const rc_dist_data *data, double low, rc_error *err) {
    if (data->x[0] >= low)
        return RC_OK;
    return rc_fail(err, RC_INPUT, "needs values from %.10g on; the smallest is %.10g", low,
                   data->x[0]);
}

static inline rc_status rc_fit_within(const rc_dist_data *data, double low, double high,
                                      rc_error *err) {
    double last = data->x[data->n - 1];
    if (data->x[0] > low && last < high)
        return RC_OK;
    return rc_fail(err, RC_INPUT,
                   "needs values between %.10g and %.10g (--low, --high); they go from %.10g to "
                   "%.10g",
                   low, high, data->x[0], last);
}

#endif
