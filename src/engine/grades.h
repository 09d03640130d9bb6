/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grades while the trials pass by: what share of cases lies below each value, without keeping or
 * sorting any. A column that is one continuous draw has its grade already, since x = F^-1(u) and
 * the point u is where it was drawn; every other column, and the target, is looked up among 1,024
 * quantiles of a pilot of the first trials, linearly between them, in the middle of values that
 * repeat. What comes out are sums for Pearson's correlation of the grades: memory does not grow
 * with the trials. */
#ifndef RC_ENGINE_GRADES_H
#define RC_ENGINE_GRADES_H

#include "engine/run.h"

/** Sums of grade - 1/2 of a column (x) and of the target (y), over trials where both are defined.
 */
typedef struct rc_grade_sums {
    double n, x, y, xx, yy, xy;
} rc_grade_sums;

typedef struct rc_grades {
    rc_result *result; /**< the outline of the run: bars. The caller's: rc_result_free() */
    size_t target;     /**< which of result->outputs */
    uint64_t trials;
    /** [result->n_outputs] by output, as rc_bar.columns count; zero for those that no bar has */
    const rc_grade_sums *pooled, *replicate[RC_STAT_REPLICATES];
} rc_grades;

/** `options` as for a run of one output, the target; trials may be any number. below_zero: the
 * target is 1 where it lies below 0, else 0. Errors: as rc_run's. */
rc_status rc_grades_run(const rc_model *model, const rc_run_options *options, bool below_zero,
                        rc_grades *out, rc_error *err);

#endif
