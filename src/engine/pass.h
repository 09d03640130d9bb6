/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Summaries of some columns, from one pass that keeps their values or from several that do not.
 * Private to run.c, pass.c, sieve_pass.c and finish.c. */
#ifndef RC_ENGINE_PASS_H
#define RC_ENGINE_PASS_H

#include "engine/sweep.h"

/** Plan columns[0 ... n - 1]; roots[c] := the root of column c in the plan. */
rc_status rc_pass_plan(rc_running *r, const rc_collected *columns, size_t n, rc_arena *arena,
                       rc_plan *plan, size_t *roots);

/** The values of a column in the block that ws has evaluated. */
const double *rc_pass_values(rc_workspace *ws, size_t root, unsigned k, size_t n);

/** Evaluate all trials, keep the values, summarise. */
rc_status rc_pass_run(rc_running *r, const rc_collected *columns, size_t n);
/** How many columns it may take at once to keep so many bytes of values, or little more: 1 at
 * least.
 */
size_t rc_pass_columns(const rc_running *r, size_t bytes);

/** The same in memory that does not grow with the trials: a pilot, and a sweep for every round of
 * the columns' sieves (stats/sieve.h), two as a rule. */
rc_status rc_sieve_pass_run(rc_running *r, const rc_collected *columns, size_t n);
enum { RC_SIEVE_COLUMNS = 40 }; /**< at once: about 2 MB each, and 128 MB of kept values in all */

/* ---- finish.c: from states and values to rows ---- */

/** Where the rows and bins of n columns go: room in the result. */
typedef struct rc_rows {
    rc_row *rows;      /* [n][most_rows] */
    rc_estimate *wide; /* [n][most_rows] with wider intervals; NULL unless wanted */
    uint64_t *bins;    /* [n][RC_HISTOGRAM_BINS] */
    size_t most_rows;
} rc_rows;
rc_rows rc_rows_new(rc_running *r, size_t n);

/** Fill the output or the cell of column c, whose states stand at c * rc_states_size() in `s`. May
 * be repeated. A cell needs the state of `moments` alone, pooled. */
void rc_finish_output(rc_running *r, rc_output *o, const rc_swept *s, size_t c,
                      const rc_sample *sample, rc_rows *rows);
void rc_finish_cell(const rc_collected *column, const void *moments_state, const rc_sample *sample);

#endif
