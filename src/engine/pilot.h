/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of a few trials ahead of all: those at the beginning of every replicate, from which nets
 * and sieves learn where to look, and those at scattered places, from which histograms take their
 * bins. Private to pass.c and sieve_pass.c. */
#ifndef RC_ENGINE_PILOT_H
#define RC_ENGINE_PILOT_H

#include "engine/sweep.h"
#include "stats/order.h"

typedef struct rc_pilot {
    uint64_t each;      /**< indices of each replicate, whole blocks */
    size_t n_scattered; /**< values at the places of rc_order_places() */
    uint64_t places[RC_SCATTER];
    double **values; /**< [n_columns][16 * each], NaN where a replicate is shorter; malloc'ed: the
                          caller frees each once */
    double **scattered; /**< [n_columns][n_scattered], in the arena; NULL for cells of cash */
} rc_pilot;

/** Evaluate the pilot's trials: of each replicate one in `share` indices, at most `most`. On errors
 * (no memory) nothing is left to free. */
rc_status rc_pilot_run(rc_running *r, const rc_plan *plan, const size_t *roots,
                       const rc_collected *columns, size_t n, uint64_t share, uint64_t most,
                       rc_arena *arena, rc_pilot **pilot);

/** Moves the defined values of x to its front; returns how many. */
size_t rc_pilot_drop_undefined(double *x, size_t n);

#endif
