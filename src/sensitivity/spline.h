/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Least squares of y on columns: for each a cubic B-spline of its grade with uniform knots and, for
 * a value that many trials share, a step of its own; the sum of these. */
#ifndef RC_SENSITIVITY_SPLINE_H
#define RC_SENSITIVITY_SPLINE_H

#include "sensitivity/method.h"

enum { RC_SPLINE_COLUMNS = 40, RC_SPLINE_PIECES = 16 }; /**< at most */

typedef struct rc_spline {
    size_t n_columns;
    const rc_study_column *columns;
    size_t pieces; /**< of each column's spline */
    size_t p;      /**< basis functions, all columns, and the constant */
} rc_spline;

/** Pieces that suit the number of columns. */
rc_spline rc_spline_of(const rc_study_column *columns, size_t n_columns);

/** Sums of products of basis functions, and with each y: [p * p + n_y * p], zeroed at first. */
void rc_spline_add(const rc_spline *s, const double *const *y, size_t n_y, size_t first, size_t end,
                   double *sums);

/** Coefficients [n_y * p] from sums, which are overwritten. What the data cannot tell apart gets 0.
 */
void rc_spline_solve(const rc_spline *s, double *sums, size_t n_y, double *coefficients);

/** Values in trials first ... end - 1, into out[0] ... */
void rc_spline_values(const rc_spline *s, const double *coefficients, size_t first, size_t end,
                      double *out);

enum { RC_SPLINE_STRIP = 256 }; /**< trials at a time that stay in the nearest cache */

/** Solve the symmetric positive semidefinite system a x = b of size p, a row by row (lower triangle
 * read), by Cholesky; rows that depend on earlier ones get 0. a is overwritten. */
void rc_solve(double *a, const double *b, double *x, size_t p);

#endif
