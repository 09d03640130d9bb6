/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranks of a column, exact, with mid-ranks for ties. */
#ifndef RC_SENSITIVITY_GRADE_H
#define RC_SENSITIVITY_GRADE_H

#include "stats/summary.h"

/** Room for ranking n values: one a thread. */
typedef struct rc_grader {
    uint64_t *key[2];
    uint32_t *index[2];
} rc_grader;
bool rc_grader_init(rc_grader *g, size_t n); /**< false: no memory */
void rc_grader_free(rc_grader *g);

/** Places 0 ... n - 1 by ascending x, equal ones by place; NaN counts as larger than all. In g's
 * room. n < 2^32. */
const uint32_t *rc_grader_order(rc_grader *g, const double *x, size_t n);

/** grade[i] = (mid-rank of x[i] - 1/2) / n, and own[i] the same among the values of i's replicate
 * (own may be NULL). NaN counts as larger than all. Returns the grade of the value that most share,
 * if more than one in fifty do, else NaN. n < 2^32. */
double rc_grade(rc_grader *g, const double *x, size_t n, const size_t start[RC_STAT_REPLICATES + 1],
                double *grade, double *own);

#endif
