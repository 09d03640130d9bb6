/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copulas: how the points of several distributions depend on each other, whatever these are.
 *
 * A family member is one const struct (rc_copula_type) in one file; copula.def lists them. Points
 * are signed tail probabilities w (dist/dist.h) on the way in and on the way out, uniform each
 * alone, so that the distributions that they reach keep their shapes and both tails their digits.
 *
 * Two kinds. ELLIPTICAL members join any number of points: each becomes a standard normal z; a
 * matrix of correlations, by its Cholesky factor, mixes these; the mixed values, over a scale that
 * all of them share where the member has one, become points again. The others join a PAIR: the
 * second point is drawn given the first by inverting the conditional distribution.
 *
 * Everything here is the same bit for bit on every instruction set. */
#ifndef RC_COPULA_COPULA_H
#define RC_COPULA_COPULA_H

#include "core/isa.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct rc_copula_type rc_copula_type;

/** A type with its numbers. */
typedef struct rc_copula {
    const rc_copula_type *type;
    double df;        /**< degrees of freedom, of a type that takes them; else 0 */
    double parameter; /**< of a pair; 0 for elliptical ones, whose correlations lie outside */
    double log_scale; /**< a constant of df: rc_copula_init() */
} rc_copula;

struct rc_copula_type {
    /* REQUIRED */
    const char *name;
    const char *summary; /**< one line: what it is for */
    bool takes_df;       /**< student(4) */
    bool elliptical;     /**< joins any number of points; else a pair */
    double least, most;  /**< Spearman's rho that it takes, both inclusive; elliptical: -1, 1 */
    /** The parameter (elliptical: correlation of the latent normals) that has Spearman's rho, and
     * the way back; errors below 1e-10. */
    double (*solve)(double rho, double df);
    double (*spearman)(double parameter, double df);

    /* ELLIPTICAL */
    /** w[i]: point of the latent value x[i]; in place is fine. */
    void (*tail)(const rc_copula *c, rc_isa isa, const double *x, double *w, size_t n);

    /* PAIR */
    /** w[i]: the second point, given the first and a point of its own; may be one of the two. */
    void (*second)(const rc_copula *c, const double *first, const double *own, double *w, size_t n);
};

size_t rc_copula_count(void);
const rc_copula_type *rc_copula_at(size_t index);
const rc_copula_type *rc_copula_find(const char *name); /**< NULL when unknown */

/** df is read where the type takes it: from RC_COPULA_LEAST_DF to RC_COPULA_MOST_DF. */
rc_copula rc_copula_init(const rc_copula_type *type, double df, double parameter);
#define RC_COPULA_LEAST_DF 1.0
#define RC_COPULA_MOST_DF  1e6

/** z[i]: standard normal quantile of the point w[i]; in place is fine. Columns (core/simd.h). */
void rc_copula_latent(rc_isa isa, const double *w, double *z, size_t n);
/** Points reach distributions with |w| from 2^-54 to 1/2 - 2^-54. */
static inline double rc_copula_hold(double w) {
    double size = w < 0 ? -w : w;
    size = size > 0x1p-54 ? size : 0x1p-54;
    size = size < 0.5 - 0x1p-54 ? size : 0.5 - 0x1p-54;
    return w < 0 ? -size : size;
}

#endif
