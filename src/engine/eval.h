/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluate a plan on one block of trials. */
#ifndef RC_ENGINE_EVAL_H
#define RC_ENGINE_EVAL_H

#include "engine/kernels.h"
#include "engine/plan.h"
#include "engine/vary.h"

/** What one thread needs; made before the loop over blocks, never shared. */
typedef struct rc_workspace {
    const rc_plan *plan;
    const rc_sampler *sampler;
    rc_isa isa;
    const rc_kernels *kernels;
    size_t stride;      /**< lanes from one column to the next: RC_BLOCK, or fewer (moves.h) */
    double *columns;    /**< [n_columns][stride] */
    double *spare;      /**< [RC_CASH_ARGS][RC_BLOCK], then the metrics' scratch */
    rc_vary **vary;     /**< [plan->n_vary] */
    rc_lanes *lanes;    /**< room for the arguments of one step */
    uint64_t *counters; /**< [graph->n_counters] lanes counted so far */
    const rc_named_stream *other; /**< [graph->n_streams] of steps with `other`; else not read */
} rc_workspace;

void rc_workspace_init(rc_workspace *ws, const rc_plan *plan, const rc_sampler *sampler, rc_isa isa,
                       rc_arena *arena);

/** The same with room for n_columns columns of `stride` lanes (a multiple of 8, at most RC_BLOCK).
 */
void rc_workspace_init_wide(rc_workspace *ws, const rc_plan *plan, size_t n_columns, size_t stride,
                            const rc_sampler *sampler, rc_isa isa, rc_arena *arena);

/** n <= ws->stride trials of a replicate from index `first` (a multiple of 8) on. */
void rc_eval_block(rc_workspace *ws, uint32_t replicate, uint64_t first, size_t n);

/** The same of other segments than the plan's: parts of it, with other places. */
void rc_eval_segments(rc_workspace *ws, const rc_segment *segments, size_t n_segments,
                      uint32_t replicate, uint64_t first, size_t n);

/** A trial: an index of a replicate. */
typedef struct rc_trial {
    uint32_t replicate;
    uint64_t index;
} rc_trial;

/** n <= ws->stride trials from anywhere. A trial's values are those that it has in its block. */
void rc_eval_trials(rc_workspace *ws, const rc_trial *trials, size_t n);

/** Where a place's values lie; column NULL for a constant. k: period of a row. */
rc_lanes rc_eval_lanes(const rc_workspace *ws, const rc_ref *place, unsigned k);

/** Where root i lies after a block: column NULL for a constant. k: period of a ROWS root. */
rc_lanes rc_eval_root(const rc_workspace *ws, size_t i, unsigned k);

#endif
