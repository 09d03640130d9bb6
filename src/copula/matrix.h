/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Symmetric matrices of correlations, by + - * / and sqrt alone, in a fixed order: the same bits
 * everywhere. All are row by row, [n][n]. */
#ifndef RC_COPULA_MATRIX_H
#define RC_COPULA_MATRIX_H

#include "core/arena.h"

#include <stdbool.h>
#include <stddef.h>

/** lower lower^T = a, for a positive definite a with ones on its diagonal; false where a pivot is
 * not above RC_MATRIX_FLOOR / 2: then a is impossible, or next to it. */
bool rc_matrix_cholesky(const double *a, double *lower, size_t n);

/** Eigenvalues of the symmetric a, and vectors as the columns of `vectors`; a is destroyed. */
void rc_matrix_eigen(double *a, double *values, double *vectors, size_t n);

/** The smallest eigenvalue that a repaired matrix has. */
#define RC_MATRIX_FLOOR 1e-8

/** The correlation matrix nearest to the symmetric a (in the sum of squared differences) that is
 * possible: eigenvalues of at least RC_MATRIX_FLOOR, ones on the diagonal. In place. */
void rc_matrix_nearest(double *a, size_t n, rc_arena *arena);

#endif
