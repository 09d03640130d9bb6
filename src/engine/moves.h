/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model evaluated at points that are put together of two: what Sobol indices by pick-freeze and
 * Shapley effects are made of.
 *
 * A base point has two halves, A and B, of equal law and independent of each other: of each stream
 * (rc_graph.streams) its own point, and its point of the other half. Under scrambled Sobol points
 * the two are halves of one point of twice the dimensions: what a stream has at dimension d the
 * other half has at D + d, where D is the number of dimensions of the model; draws beyond the table
 * of directions, and all draws of other samplers, come from a salted hash of the stream's name.
 * Half A is what a run of the same trials and seed draws (but for those that a table twice as long
 * ends for).
 *
 * A move takes some streams from B and the rest from A. It is evaluated white box: a value that
 * depends on points of A alone is the one that half A has, one that depends on points of B alone is
 * that of half B, and only what depends on both is computed. The values are those of a full
 * evaluation, bit for bit.
 *
 * Values come to the caller block by block; adding them up is the caller's. A block's leaf is
 * merged with others in the fixed tree (forest.h), so the outcome is the same bytes on any number
 * of threads and any instruction set as long as a leaf is. */
#ifndef RC_ENGINE_MOVES_H
#define RC_ENGINE_MOVES_H

#include "engine/eval.h"
#include "engine/running.h"
#include "engine/sweep.h"

/* ---- What there is to move --------------------------------------------------------------------
 */

/** A correlated draw. Its point depends on those of others in its group by their Cholesky factor,
 * in file order; a move can be given it instead (rc_move_choice.given): say by the factor of
 * another order, for laws conditional on other draws. */
typedef struct rc_moves_draw {
    const rc_correlated *group;
    size_t place;    /**< in the group: group->draws[place] */
    uint32_t stream; /**< its own: what the latent normal value comes from */
    uint32_t shared; /**< stream of the scale that the group shares; UINT32_MAX: none */
    unsigned points; /**< 1, or a period each: n_periods */
    bool live;       /**< some target depends on it */
    rc_node_id node; /**< whose value is its point; RC_NO_NODE: not live */
} rc_moves_draw;

typedef struct rc_moves {
    const rc_model *model;
    uint64_t trials;                   /**< base points, after rounding; by replicate: */
    uint64_t start[RC_REPLICATES + 1]; /**< ... those of r are start[r] ... start[r + 1] - 1 */
    size_t n_streams;                  /**< named running.graph.streams[i].name */
    size_t n_targets;                  /**< the outputs asked for, in that order */
    const rc_output *const *targets;   /**< [n_targets] */
    const rc_moves_draw *correlated;   /**< [n_correlated] group by group, in a group's order */
    size_t n_correlated;
    size_t lanes;      /**< trials in a block, at most */
    size_t operations; /**< vector operations on a block that one run of the model takes */
    /* private: */
    rc_running running;
    rc_plan plan;                 /* everything kept */
    uint32_t half;                /* columns of a half; [0] A, [1] B, [2] what a move computes */
    const rc_named_stream *other; /* [n_streams] */
    const uint32_t *given_of;     /* [nodes] 1 + index into correlated, or 0 */
    const rc_node_id *const *const
        *owners; /* [segment][step][argument] node that the place is of */
    size_t n_steps, n_args;
    const rc_node_id *prevs; /* [n_prevs] */
    size_t n_prevs;
    const struct rc_move *base[2];
} rc_moves;

/** Lower and plan. options: trials (base points, default 2^20), seed, threads, sampler, isa,
 * outputs (1 or more), progress; they and the model must outlive it. Free with rc_moves_free().
 * Errors: as rc_run's. */
rc_status rc_moves_new(const rc_model *model, const rc_run_options *options, rc_moves **out,
                       rc_error *err);
void rc_moves_free(rc_moves *m);

/** Streams that a bar (rc_bar) draws from: of an entry all its draws, of a risk its event, time and
 * whatever its formulas draw, of a group those of its members. *n may be 0. Not the scales that
 * groups of correlated draws share: those are no entry's (rc_moves_draw.shared). */
const uint32_t *rc_moves_streams(const rc_moves *m, const char *name, bool group, rc_arena *arena,
                                 size_t *n);

/* ---- Moves ------------------------------------------------------------------------------------
 */

/** How to evaluate one move: a few steps of the plan, with places. Filled by one thread, then read
 * by any. */
typedef struct rc_move rc_move;

rc_move *rc_move_new(const rc_moves *m, rc_arena *arena);

typedef struct rc_move_choice {
    const uint8_t *side; /**< [n_streams] 0: from A, 1: from B */
    /** [n_correlated] or NULL for none: its point is in the column that the caller fills in every
     * block before rc_moves_go(). Of a group give all or none: what is not given is computed from
     * the streams. A given draw reads no stream. */
    const bool *given;
    /** The move that rc_moves_go() ran last in the block, whose values stay as they are: only what
     * depends on a stream that changes sides is computed. NULL: start anew. */
    const rc_move *after;
    const bool *fresh; /**< [n_correlated] with `after`: the given column has been filled anew since
                            (it may then be left as it is where false); NULL: all have */
} rc_move_choice;

/** Choose what `move` does. `after` may have been chosen by the same call before, but not `move`
 * itself. Cheap: about as long as it takes to look at every node of the model once. */
void rc_move_choose(const rc_moves *m, rc_move *move, const rc_move_choice *choice);

/** Vector operations that it takes on a block. */
size_t rc_move_operations(const rc_move *move);

/* ---- Evaluating -------------------------------------------------------------------------------
 */

/** A block of one thread, halves A and B evaluated. */
typedef struct rc_moves_block {
    const rc_moves *m;
    uint32_t replicate;
    uint64_t first; /**< index in the replicate of its first trial */
    size_t n;       /**< trials: 1 ... m->lanes */
    rc_workspace ws;
    double *constant;    /* [n_targets][lanes] */
    uint64_t operations; /**< so far in this thread, halves A and B among them */
    uint64_t moves;      /**< rc_moves_go() so far */
} rc_moves_block;

/** Values of a target, [n]: in half A (0) or B (1), or where the move took it that was run last.
 * Good until the next rc_moves_go(). */
const double *rc_moves_half(rc_moves_block *b, int side, size_t target);
const double *rc_moves_value(rc_moves_block *b, const rc_move *move, size_t target);

/** Evaluate. A move with `after` must follow that one in the same block. */
void rc_moves_go(rc_moves_block *b, const rc_move *move);

/** Where the point of correlated draw i is given, signed tail probabilities (dist.h) [n]; k: period
 * from 1 of a draw with one a period, else 0. NULL: the draw is not live. */
double *rc_moves_given(rc_moves_block *b, size_t i, unsigned k);

/** The point of a stream in half A (0) or B (1): w[n], room for m->lanes, aligned to 64
 * bytes; draw: 0, of one that is
 * drawn every period k - 1. */
void rc_moves_point(rc_moves_block *b, int side, uint32_t stream, uint32_t draw, double *w);

typedef struct rc_moves_client {
    void *data;
    /* REQUIRED */
    /** Take a block: run moves, fill `leaf`, which is zeroed. */
    void (*take)(void *data, void *mine, rc_moves_block *b, unsigned char *leaf);
    rc_merge *merge;
    size_t leaf_bytes;
    /* OPTIONAL */
    void *(*open)(void *data, rc_arena *own); /**< what take() gets as `mine`, one a thread */
} rc_moves_client;

typedef struct rc_moves_done {
    rc_swept swept;
    uint64_t operations; /**< vector operations, each of up to m->lanes lanes */
    uint64_t black_box;  /**< those that as many runs of the whole model would have taken */
    uint64_t runs;       /**< points at which the targets were evaluated, 2 base points included */
} rc_moves_done;

/** Sweep over all base points; the outcome lies in `arena`. Errors: interrupted, no memory. */
rc_status rc_moves_run(rc_moves *m, const rc_moves_client *client, rc_arena *arena,
                       rc_moves_done *done, rc_error *err);

/* ---- Private to moves.c and move.c ---- */

struct rc_move {
    rc_segment *segments;
    size_t n_segments, operations;
    rc_step *steps; /* [m->n_steps] */
    rc_ref *args;   /* [m->n_args] */
    rc_ref *targets;
    uint8_t *from; /* [nodes] what it depends on: bits below */
    uint8_t *side; /* [n_streams] */
    bool *given;   /* [n_correlated] */
};
enum { RC_FROM_A = 1, RC_FROM_B = 2, RC_FROM_BOTH = 3, RC_FROM_CHANGED = 4 };
const rc_move *rc_move_base(const rc_moves *m, int side, rc_arena *arena);

#endif
