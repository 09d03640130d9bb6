/* SPDX-License-Identifier: GPL-3.0-or-later */
/* States of all summaries, merged in a fixed tree.
 *
 * The tree: blocks of a replicate are leaves in order; n leaves split at the largest power of two
 * below n. A chunk of blocks is an aligned subtree, so the same sums come out whatever the chunk
 * size, the threads, or the ranks. Memory grows with the logarithm of the number of leaves. */
#ifndef RC_ENGINE_FOREST_H
#define RC_ENGINE_FOREST_H

#include "core/arena.h"
#include "stats/summary.h"

#include <stdint.h>

size_t rc_states_size(void); /**< bytes of the states of all summaries, for one column */
void rc_states_add(unsigned char *states, const rc_summary_context *how, const double *x, size_t n);

/** A stack of finished subtrees, each half the size of the one below or less. */
typedef struct rc_forest {
    unsigned char *trees; /**< [64][bytes] */
    size_t bytes;         /**< of one leaf: columns times rc_states_size() */
    size_t n_columns, depth;
    uint64_t leaves;
} rc_forest;

rc_forest rc_forest_new(rc_arena *arena, size_t n_columns, size_t state_bytes);
unsigned char *rc_forest_top(rc_forest *f); /**< where to put the next leaf, before ... */
void rc_forest_push(rc_forest *f);          /**< ... this takes it in */
const unsigned char *
rc_forest_close(rc_forest *f); /**< the root; start again by depth = leaves = 0 */

#endif
