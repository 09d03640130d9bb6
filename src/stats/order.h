/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Order statistics of the defined values of a sample: exact, without sorting it. Whether the sample
 * is kept, a net or a sieve makes no difference to who asks: where a net or a sieve cannot answer
 * it notes that, answers something, and the engine passes over the trials once more.
 *
 * Kept values are first counted in up to 128 cells between quantiles of a pilot; the cells around
 * the wanted ranks are copied out, and only those are selected from. Uses sample->scratch. */
#ifndef RC_STATS_ORDER_H
#define RC_STATS_ORDER_H

#include "stats/block.h"
#include "stats/summary.h"

enum { RC_ORDER_LEVELS = 7, RC_ORDER_CELLS = 1 << RC_ORDER_LEVELS };

typedef struct rc_order {
    const rc_sample
        *sample; /**< where it has a sieve or a net, only the two counts below are filled */
    uint64_t n;  /**< defined values, infinite ones included */
    uint64_t n_replicate[RC_STAT_REPLICATES];
    unsigned cells;                                         /**< power of two */
    uint32_t count[RC_STAT_REPLICATES][RC_ORDER_CELLS + 1]; /**< last one: undefined */
    double lower[RC_ORDER_CELLS]; /**< cell c holds lower[c] <= x < lower[c + 1]; [0] unused */
    bool pure[RC_ORDER_CELLS];    /**< holds nothing but the value lower[c]: never copied */
    bool kept[RC_ORDER_CELLS + 1];
    bool whole;             /**< all cells are kept: `work` is a copy, `in_order` is the sample */
    double *work;           /**< values of the kept cells, in any order */
    const double *in_order; /**< values of the kept cells, as in the sample */
    uint64_t start[RC_STAT_REPLICATES + 1]; /**< of replicates in in_order */
} rc_order;

/** Count the sample. The cells lie between the pilot's quantiles from..to (probabilities). */
void rc_order_open(rc_order *order, const rc_sample *sample, int levels, double from, double to);

/** A range of ranks, 0 = smallest; both ends belong to it. */
typedef struct rc_rank_range {
    uint64_t low, high;
} rc_rank_range;
/** Keep the cells that hold these ranks. Once, before the two functions below. */
void rc_order_keep(rc_order *order, const rc_rank_range *ranges, size_t n_ranges);

/** values[i] := the value of rank ranks[i] (any order, repeats allowed); n_ranks <= 32. Ranks that
 * were not kept cost a second look at the whole sample, and nothing else. */
enum { RC_ORDER_MAX_RANKS = 32 };
void rc_order_values(rc_order *order, const uint64_t *ranks, size_t n_ranks, double *values);

/** How many values of each replicate lie below x, which is between two kept ranks. */
void rc_order_below(const rc_order *order, double x, uint64_t below[RC_STAT_REPLICATES]);

/** Sums over the values beyond v, which rc_order_values() gave, of each replicate (block.h). */
void rc_order_beyond(const rc_order *order, double v, double sign,
                     rc_beyond beyond[RC_STAT_REPLICATES]);

/** Fill pilot with up to `room` defined values of the kept sample, sorted; returns how many. Values
 * at pseudo-random places: evenly spaced ones of a Sobol sequence lie all in one corner. */
size_t rc_order_pilot(const rc_sample *sample, double *pilot, size_t room);

/** The places in a sample of n > RC_SCATTER values that a pilot of RC_SCATTER looks at. */
enum { RC_SCATTER = 2048 };
void rc_order_places(uint64_t n, uint64_t places[RC_SCATTER]);

void rc_order_sort(double *a, size_t n);

/** Permute a[0..n) so that a[ranks[i]] is what it would be if a were sorted. Ranks ascend. */
void rc_order_select(double *a, size_t n, const uint64_t *ranks, size_t n_ranks);

#endif
