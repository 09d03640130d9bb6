/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distributions fitted to data: every member of dist.def that has a `fit` (dist/fit.h), by maximum
 * likelihood unless the member says otherwise, with how well each describes the data.
 *
 * The same data and options give the same bytes on any machine and number of threads. */
#ifndef RC_FIT_FIT_H
#define RC_FIT_FIT_H

#include "dist/fit.h"

#include "core/text.h"

#include <stdint.h>

typedef enum rc_fit_kind { RC_FIT_AUTO, RC_FIT_COUNTS, RC_FIT_CONTINUOUS } rc_fit_kind;
typedef enum rc_fit_order { RC_FIT_BY_AIC, RC_FIT_BY_BIC, RC_FIT_BY_KS, RC_FIT_BY_AD } rc_fit_order;

typedef struct rc_fit_options {
    rc_fit_kind kind;        /**< AUTO: counts where all values are whole and not below 0 */
    const char *const *only; /**< [n_only] families; NULL: all of the kind */
    size_t n_only;
    double lower, upper; /**< bounds that the user knows; NaN: none */
    rc_fit_order by;
    size_t top;        /**< keep so many of the best; 0: all */
    size_t replicates; /**< of the bootstrap; 0: none */
    uint64_t seed;
    /** Called now and then from one thread; false stops. NULL: not called. Threads are OpenMP's
     * affair (omp_set_num_threads): their number never changes the result. */
    bool (*progress)(void *data, double share);
    void *progress_data;
} rc_fit_options;

void rc_fit_options_default(rc_fit_options *o);

/** An estimated number. Bounds: 95 %, by the bootstrap; NaN without one. */
typedef struct rc_fit_parameter {
    const char *name; /**< as in a model: "mu"; "a[2]" for elements of a list */
    double value, low, high;
} rc_fit_parameter;

typedef struct rc_fit_row {
    const rc_dist_type *type;
    const char *name;    /**< "lognormal", "metalog-4" where a family has several fits */
    const char *call;    /**< "lognormal(mu=1.2, sigma=0.4)": rounded so far that the log-likelihood
                              moves by less than 0.01, and read back by a model */
    const rc_dist *dist; /**< unrounded */
    rc_fit_values values;
    const rc_fit_parameter *parameters;
    size_t n_parameters; /**< k of AIC and BIC */
    double log_likelihood, aic, bic;
    double ks;         /**< largest distance of the distribution functions, in [0, 1] */
    double ad;         /**< Anderson and Darling's A^2; infinite where a value is impossible */
    double ks_p, ad_p; /**< by the bootstrap; NaN without one */
    size_t failed;     /**< replicates that could not be fitted; they are left out */
    bool rough;        /**< the maximiser stopped early: a parameter runs off to its bound */
} rc_fit_row;

/** A family that the data do not suit. */
typedef struct rc_fit_refusal {
    const char *name, *reason;
} rc_fit_refusal;

typedef struct rc_fit {
    rc_dist_data data;
    bool counts;
    rc_fit_order by;
    size_t replicates;      /**< of the bootstrap */
    size_t replicate_n;     /**< values in each: n, but at most RC_FIT_REPLICATE_MAX */
    const rc_fit_row *rows; /**< best first */
    size_t n_rows, n_more;  /**< n_more: fitted, but cut off by `top` */
    const rc_fit_refusal *refusals;
    size_t n_refusals;
} rc_fit;

enum {
    RC_FIT_LEAST = 5,            /**< values that are needed */
    RC_FIT_LEAST_DIFFERENT = 3,  /**< of them different (2 for counts) */
    RC_FIT_REPLICATE_MAX = 1000, /**< values in a bootstrap replicate */
    RC_FIT_ALL_AT_ONCE = 20000,  /**< more different values: first a fit of evenly spaced ones */
    RC_FIT_THINNED = 10000,      /**< ... so many */
};

/** Fit. Everything in *out lives in the arena, a copy of the data too. Errors: too few values, all
 * equal, a family that is unknown or of the other kind, bounds that the data leave, no family that
 * could be fitted, RC_INTERRUPTED. */
rc_status rc_fit_run(const double *x, size_t n, const rc_fit_options *options, rc_arena *arena,
                     rc_fit **out, rc_error *err);

/** The row of a family ("metalog": its best one); NULL: the first. NULL with an error that names
 * what there is. */
const rc_fit_row *rc_fit_find(const rc_fit *fit, const char *name, rc_error *err);

/** Reports. `source`: what the data are called, "data.csv column c". family: whose Q-Q picture;
 * NULL: the best. The last line of the text is ready for a model. */
typedef struct rc_fit_show {
    const char *source;
    const char *family;
} rc_fit_show;
rc_status rc_fit_text(const rc_fit *fit, const rc_fit_show *show, rc_text *out, rc_error *err);
rc_status rc_fit_json(const rc_fit *fit, const rc_fit_show *show, rc_text *out, rc_error *err);

#endif
