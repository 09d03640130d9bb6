/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact percentiles of values that pass by once, where nothing else is asked: cells of the tables
 * of cash. A pilot shows about where they lie. What lies there is kept, a value that repeats is
 * counted alone, and all else is counted between these places. Where a percentile lies elsewhere
 * the trap has missed: its answers mean nothing, and the caller keeps all values.
 *
 * Answers are those of a kept sample, to the bit: counts are integers, kept values a set. Private
 * to stats/order.c and the engine's pass.c. */
#ifndef RC_STATS_TRAP_H
#define RC_STATS_TRAP_H

#include "stats/block.h"
#include "stats/percentiles.h"
#include "stats/summary.h"

/** What follows an edge: values that are kept up to the end of its window, all the same up to the
 * next edge, or neither. */
typedef enum rc_trap_part { RC_TRAP_COUNTED, RC_TRAP_KEPT, RC_TRAP_EQUAL } rc_trap_part;

typedef struct rc_trap {
    rc_windows edges; /**< one window an edge: empty where what follows it is not kept */
    rc_trap_part part[RC_MAX_WINDOWS];
    uint64_t at_least[RC_MAX_WINDOWS]; /**< values at or above each edge, so far */
    double *value;                     /**< [n_values] kept */
    size_t n_values, room;
    double *work;            /**< [n_values] after rc_trap_close(): those from an edge to its end */
    size_t picked, n_picked; /**< which edge, + 1 (0: none yet); how many */
    uint64_t n;              /**< defined values, after rc_trap_close() */
    bool missed;
} rc_trap;

/** Permutes the m defined values of a pilot and lays a trap for the percentiles (`few`: rc_is_few()
 * alone) within so many standard errors. NULL: values have to be kept, since most would be, or the
 * pilot is too small or infinite, or there is no memory. */
rc_trap *rc_trap_new(double *pilot, size_t m, bool few, double errors);
void rc_trap_free(rc_trap *trap);

/** Take n caught values, and counts at the edges, which are cleared. One at a time. False: no
 * memory. */
bool rc_trap_add(rc_trap *trap, const double *x, size_t n, uint64_t at_least[RC_MAX_WINDOWS]);

/** All values have passed, n of them defined. False: no memory. */
bool rc_trap_close(rc_trap *trap, uint64_t n);

void rc_trap_values(rc_trap *trap, const uint64_t *ranks, size_t n_ranks, double *values);

#endif
