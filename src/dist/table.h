/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fast inverse for one instance.
 *
 * Each side (w > 0, w < 0) of v = |w| in [2^-18, 1/2) is cut into octaves, each octave into 2^split
 * equal parts, found from the exponent and the leading mantissa bits of w. In each part of a
 * continuous distribution the quantile is a polynomial of degree 7 in the rest of the mantissa;
 * for a discrete one the part holds the first atom to look at. Where v is smaller (7 draws in a
 * million), and in parts that no polynomial fits, the row holds NaN. Such a part may be cut once
 * more into 16; failing that too (next to an atom of a mixture), the exact quantile is called. */
#ifndef RC_DIST_TABLE_H
#define RC_DIST_TABLE_H

#include "dist/dist.h"

enum {
    RC_TABLE_ROW = 8,     /**< coefficients of a polynomial, a cache line */
    RC_TABLE_FINE = 16,   /**< parts of a part that one polynomial does not fit */
    RC_TABLE_OCTAVES = 17 /**< v from 2^-18 to 1/2 */
};

struct rc_dist_table {
    const rc_dist *dist; /**< the instance, for the exact quantile; must outlive the table */
    unsigned split;      /**< log2 of the parts an octave is cut into */
    size_t half;         /**< parts of one side: RC_TABLE_OCTAVES << split */
    /** [2][half + 2][RC_TABLE_ROW]: for w > 0, w < 0 a row of NaN for v < 2^-18, the parts from
     * small to large v, a row of NaN for v = 1/2 */
    const double *rows;
    /** [2 * half] where a row is NaN: RC_TABLE_FINE rows that share its part evenly, or NULL */
    const double *const *fine;
    /** The same as `rows` with 2^quick_split parts an octave and the short rows of
     * dist/table_quick.h, which draws use first; NULL: there are none */
    const double *quick;
    unsigned quick_split;
    /* discrete instances: rows is NULL. Both lists ascend and reach from the 2^-18 tail past 1/2.
     */
    const double *low_atom, *below;  /**< atoms of the lower half, P(X <= atom) */
    const double *high_atom, *above; /**< atoms of the upper half, P(X > atom) */
    const unsigned *first; /**< [2 * half] the first atom that a draw in this part can be */
    double error;          /**< largest |cdf(draw) - u| / v seen where polynomials were checked */
    double exact;          /**< probability that a draw calls the exact quantile */
};

/** What the building of all tables shares; immutable. */
typedef struct rc_table_maker rc_table_maker;
const rc_table_maker *rc_table_maker_new(rc_arena *arena);

/** Build a table; NULL when the instance cannot have one that is good and worth it (then
 * rc_dist_draw calls the exact quantile). |cdf(draw) - u| <= 1e-10 and, relative to the tail, 1e-9:
 * half of it is checked by the cdf while building, the other half bounds the error of short rows.
 */
const rc_dist_table *rc_dist_table_build(const rc_table_maker *maker, const rc_dist *d,
                                         rc_arena *arena);

/** x[i] = quantile of w[i], n lanes of columns (core/simd.h); in place is fine. */
void rc_dist_table_draw_sse2(const rc_dist_table *t, const double *w, double *x, size_t n);
void rc_dist_table_draw_avx2(const rc_dist_table *t, const double *w, double *x, size_t n);
void rc_dist_table_draw_avx512(const rc_dist_table *t, const double *w, double *x, size_t n);

#endif
