/* SPDX-License-Identifier: GPL-3.0-or-later */
/* States of blocks, merged in a fixed tree.
 *
 * The tree: blocks of a replicate are leaves in order; n leaves split at the largest power of two
 * below n. A chunk of blocks is an aligned subtree, so the same sums come out whatever the chunk
 * size, the threads, or the ranks. Memory grows with the logarithm of the number of leaves. */
#ifndef RC_ENGINE_FOREST_H
#define RC_ENGINE_FOREST_H

#include "core/arena.h"
#include "stats/summary.h"

#include <stdint.h>

/** The states of all summaries, one after the other, for one column. */
size_t rc_states_size(void);           /**< bytes */
size_t rc_states_at(const char *name); /**< where the state of a summary begins */
void rc_states_add(unsigned char *states, const rc_summary_context *how, const double *x, size_t n);

/** into := into followed by from; `bytes` of each */
typedef void rc_merge(unsigned char *into, const unsigned char *from, size_t bytes);
/** ... of the states of bytes / rc_states_size() columns. */
void rc_states_merge(unsigned char *into, const unsigned char *from, size_t bytes);

/** A stack of finished subtrees, each half the size of the one below or less. */
typedef struct rc_forest {
    unsigned char *trees; /**< [64][bytes] */
    size_t bytes;         /**< of one leaf */
    rc_merge *merge;
    size_t depth;
    uint64_t leaves;
} rc_forest;

rc_forest rc_forest_new(rc_arena *arena, size_t bytes, rc_merge *merge);
unsigned char *rc_forest_top(rc_forest *f); /**< where to put the next leaf, before ... */
void rc_forest_push(rc_forest *f);          /**< ... this takes it in */
const unsigned char *
rc_forest_close(rc_forest *f); /**< the root; start again by depth = leaves = 0 */

#endif
