/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One sweep over all trials: chunks of blocks handed to OpenMP threads, each block evaluated and
 * given to a client, whose states of the block are merged in the fixed tree (forest.h). */
#ifndef RC_ENGINE_SWEEP_H
#define RC_ENGINE_SWEEP_H

#include "engine/eval.h"
#include "engine/forest.h"
#include "engine/running.h"

/** Who takes the blocks. `data` is the client's own, `mine` what open() made for the thread. */
typedef struct rc_sweep_client {
    void *data;
    /* REQUIRED */
    /** Block `at` ... at + n - 1 (places in replicate order, see rc_running.start) has been
     * evaluated in ws. Fill `leaf`, which is zeroed. */
    void (*take)(void *data, void *mine, rc_workspace *ws, uint32_t replicate, uint64_t at,
                 size_t n, unsigned char *leaf);
    rc_merge *merge;
    size_t leaf_bytes;
    /* OPTIONAL */
    void *(*open)(void *data, rc_arena *own); /**< NULL from it: not enough memory */
    /** A chunk, all of one replicate, is done. One thread at a time. */
    void (*gather)(void *data, void *mine, uint32_t replicate);
    /** Instead of rc_eval_block() by a workspace that the sweep makes: ws is NULL then, and the
     * block's length `block` (a multiple of 8, at most RC_BLOCK). */
    void (*eval)(void *data, void *mine, uint32_t replicate, uint64_t first, size_t n);
    size_t block;
    void (*close)(void *data, void *mine);
} rc_sweep_client;

/** Merged leaves. */
typedef struct rc_swept {
    unsigned char *pooled; /**< [leaf_bytes] */
    unsigned char *replicate[RC_REPLICATES];
} rc_swept;

/** Sweep with a plan; the outcome lies in `arena`. Errors: interrupted, no memory. */
rc_status rc_sweep_run(rc_running *r, const rc_plan *plan, const rc_sweep_client *client,
                       rc_arena *arena, rc_swept *swept);

#endif
