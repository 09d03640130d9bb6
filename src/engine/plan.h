/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan: what is computed for one block of trials, in order, and where each value lies.
 *
 * Segments run one after the other. A ONCE segment computes values that do not depend on the
 * period; a PERIODS segment runs its steps for k = 1 ... K; a REPEAT segment runs its steps for
 * each occurrence of a Poisson risk. Memory is columns of RC_BLOCK lanes. Columns of values that
 * live only inside one segment are reused; what crosses periods or segments (state of prev and
 * folds, cash rows) has columns of its own. Immutable: threads share a plan. */
#ifndef RC_ENGINE_PLAN_H
#define RC_ENGINE_PLAN_H

#include "core/text.h"
#include "engine/graph.h"

enum { RC_BLOCK = 512 }; /**< trials in a block; a change changes the last bits of sums */

typedef enum rc_ref_mode {
    RC_REF_SCALAR, /**< value */
    RC_REF_TIME,   /**< table[k] */
    RC_REF_COLUMN, /**< column */
    RC_REF_ROW,    /**< column + k */
    RC_REF_RING,   /**< column + (k - 1) mod ring */
} rc_ref_mode;

typedef struct rc_ref {
    rc_ref_mode mode;
    uint32_t column, ring;
    double value;
    const double *table;
} rc_ref;

typedef enum rc_step_kind {
    RC_STEP_NODE,    /**< compute the node */
    RC_STEP_COPY,    /**< out = args[0] */
    RC_STEP_FILL,    /**< out and the columns after it, `count` in all, = args[0] */
    RC_STEP_ADVANCE, /**< end of a period: out = args[0] */
} rc_step_kind;

typedef struct rc_step {
    rc_step_kind kind;
    const rc_node *node;
    rc_ref out;
    uint32_t count; /**< FILL */
    uint32_t vary;  /**< QUANTILE_V: which of the thread's rc_vary */
    bool other;     /**< POINT: of the workspace's other streams (moves.h) */
    uint32_t n_args;
    const rc_ref *args;
} rc_step;

typedef enum rc_segment_kind { RC_ONCE, RC_REPEAT, RC_PERIODS } rc_segment_kind;

typedef struct rc_segment {
    rc_segment_kind kind;
    rc_step *steps;
    size_t n_steps;
    rc_ref number; /**< REPEAT: how many occurrences, by lane */
} rc_segment;

typedef struct rc_plan {
    const rc_graph *graph;
    rc_segment *segments;
    size_t n_segments;
    size_t n_columns;    /**< of RC_BLOCK lanes */
    size_t n_vary;       /**< QUANTILE_V steps */
    const rc_ref *roots; /**< [n_roots] where the wanted values lie when the block is done; those of
                              ROWS nodes are RC_REF_ROW */
    size_t n_roots;
    const rc_ref *places; /**< [graph->n_nodes] of rc_plan_build_kept; else NULL */
} rc_plan;

/** Drop what the roots do not need, order the rest, and give it places. */
rc_status rc_plan_build(const rc_graph *graph, const rc_node_id *roots, size_t n_roots,
                        rc_arena *arena, rc_plan *plan, rc_error *err);

/** The same with a place of its own for every value, by period where it has one a period, so that
 * all of them can be read when the block is done and any part be computed again: moves.h. Only
 * what is computed for each occurrence of a Poisson risk is not kept. */
rc_status rc_plan_build_kept(const rc_graph *graph, const rc_node_id *roots, size_t n_roots,
                             rc_arena *arena, rc_plan *plan, rc_error *err);

/** Steps that a block takes, those of loops over periods counted once a period; each is one
 * operation on a vector of RC_BLOCK lanes. Loops over occurrences count once. */
size_t rc_plan_operations(const rc_plan *plan);

void rc_plan_print(const rc_plan *plan, rc_text *out);

#endif
