/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of one run share. Private to run.c, sweep.c, pass.c, sieve_pass.c, finish.c,
 * points.c, moves.c. */
#ifndef RC_ENGINE_RUNNING_H
#define RC_ENGINE_RUNNING_H

#include "engine/plan.h"
#include "engine/wanted.h"
#include "sample/sampler.h"

/** One quantity of which all values are wanted: an output, or a cell of the cash table. */
typedef struct rc_collected {
    rc_node_id node;
    unsigned k;         /* period of a ROWS node */
    size_t output;      /* index of the output, or SIZE_MAX for a cell of the cash table */
    rc_cash_cell *cell; /* of the latter */
    bool few;           /* of a cell: P5, P50, P95 alone */
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
    uint64_t start[RC_REPLICATES + 1]; /* trials of replicate r lie at start[r] ... */
    uint64_t *counters;                /* [2][n_counters] the most of any sweep, and this sweep's */
    rc_certainty certainty;            /* of the wider intervals */
    rc_error *err;
    bool outline;    /* nothing will be drawn: no tables, no points */
    bool two_halves; /* points of twice the dimensions of the model: moves.h */
    double began, share_done, share_of_pass;
} rc_running;

/** From options and err to everything but the numbers: r->result exists, and is the caller's;
 * NULL after an error. */
rc_status rc_running_open(rc_running *r, const rc_model *model);
/** Make r->result what rc_run_outline() gives. */
void rc_running_outline(rc_running *r);

#endif
