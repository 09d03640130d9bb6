/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over all trials that keeps the samples of some columns, and what it shares with the run.
 * Private to run.c, pass.c and finish.c. */
#ifndef RC_ENGINE_PASS_H
#define RC_ENGINE_PASS_H

#include "engine/eval.h"
#include "engine/forest.h"
#include "engine/wanted.h"

/** One quantity of which all values are kept: a root, or a row of it. */
typedef struct rc_collected {
    size_t root;
    unsigned k;
    size_t output; /* index of the output, or SIZE_MAX for a cell of the cash table */
    rc_cash_cell *cell;
} rc_collected;

typedef struct rc_running {
    const rc_run_options *options;
    rc_sampler sampler;
    rc_isa isa;
    int threads;
    rc_lower lower;
    rc_graph graph;
    rc_wanted wanted;
    rc_result *result;
    uint64_t start[RC_REPLICATES + 1];
    uint64_t *counters;
    rc_error *err;
    double began, share_done, share_of_pass;
} rc_running;

typedef struct rc_pass {
    rc_running *r;
    rc_arena *arena;
    rc_plan plan;
    const rc_collected *columns;
    size_t n_columns;
    double **samples;   /* [n_columns][trials] */
    size_t state_bytes; /* of all summaries of one column */
    uint64_t chunk;     /* blocks */
    size_t n_chunks;    /* over all replicates */
    uint32_t *chunk_replicate;
    uint64_t *chunk_first;  /* first block */
    unsigned char *partial; /* [n_chunks][n_columns][state_bytes] */
    _Atomic int stop;
} rc_pass;

/** Plan the roots, evaluate all trials on all threads, summarise columns[0 ... n - 1]. A column's
 * root is an index into `roots`. */
rc_status rc_pass_run(rc_running *r, const rc_collected *columns, size_t n, const rc_node_id *roots,
                      size_t n_roots);

void rc_pass_summarise(rc_pass *p); /* finish.c */

#endif
