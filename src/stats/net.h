/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact order statistics, CVaR and histogram of values that pass by once and are mostly not kept.
 *
 * A pilot shows about where the percentiles and the bounds of their intervals will lie. Over the
 * bins of the histogram lies a net of RC_MESHES even meshes a bin: all values are counted in it, by
 * replicate, and those in meshes near percentiles and in the worse tail are kept, in their order; a
 * value that repeats is only counted. What is asked afterwards mostly lies in kept meshes. Where it
 * does not, the net has missed: its answers mean nothing, and the caller keeps all values.
 *
 * Answers are those of a kept sample, to the bit: counts are integers, kept values are sets, and
 * the tail is summed in the same order in the same eight accumulators. Private to stats/net.c,
 * order.c, histogram.c and the engine's pass.c. */
#ifndef RC_STATS_NET_H
#define RC_STATS_NET_H

#include "stats/block.h"
#include "stats/summary.h"

enum { RC_NET_SLOTS = RC_HISTOGRAM_BINS * RC_MESHES + 3 };

/** A run of kept values, all of one replicate. */
typedef struct rc_catch {
    uint64_t at; /**< where its block, or a later one, lies in the sample: gives the order */
    const double *x;
    const uint16_t *tags;
    size_t n;
} rc_catch;

typedef struct rc_net {
    rc_meshes meshes;
    rc_histogram histogram; /**< laid, not counted */
    size_t n_slots;
    double sign;               /**< 1: the lower tail is the worse one; -1: the upper one */
    size_t tail_from, tail_to; /**< slots of that tail, both in it */
    unsigned char keep[RC_NET_SLOTS];
    double atom[RC_NET_SLOTS];
    /* while values pass */
    uint32_t *count; /**< [16][n_slots] */
    rc_catch *catches;
    size_t n_catches, room;
    /* after them: ranks, and kept values by slot */
    uint64_t start[RC_STAT_REPLICATES + 1]; /**< of the sample */
    uint64_t n, n_replicate[RC_STAT_REPLICATES];
    double min, max;
    uint64_t *rank;           /**< [n_slots + 1] values in the slots below */
    uint32_t *first;          /**< [n_slots + 1] where the kept values of a slot begin */
    double *value;            /**< [first[n_slots]] */
    unsigned char *replicate; /**< the same */
    double *work;             /**< room for the most values of a slot */
    bool missed;
} rc_net;

/** Lay the net. Sorts the m_scattered defined values at the places rc_order_places(). `pilot` are m
 * other defined values; windows reach `errors` standard errors of its quantiles. NULL: values have
 * to be kept, since most would be, or there is nothing to count or no memory. */
rc_net *rc_net_new(const double *pilot, size_t m, double *scattered, size_t m_scattered,
                   bool higher_is_better, double errors);
void rc_net_free(rc_net *net);
/** Free what answers need, which is most of it: none can be asked for after that. */
void rc_net_empty(rc_net *net);

/** Add the counts [n_slots] of a thread, all of one replicate, and clear them. One at a time. */
void rc_net_gather(rc_net *net, uint32_t *counts, uint32_t replicate);
/** Take a catch, whose arrays stay with the caller and have to last. One at a time. False: no
 * memory. */
bool rc_net_add(rc_net *net, const rc_catch *caught);

/** All values have passed; `start` is the sample's, `ends` its range. False: no memory. */
bool rc_net_close(rc_net *net, const uint64_t start[RC_STAT_REPLICATES + 1], rc_ends ends);

/* ---- Answers ---- */

void rc_net_values(rc_net *net, const uint64_t *ranks, size_t n_ranks, double *values);
void rc_net_below(rc_net *net, double x, uint64_t below[RC_STAT_REPLICATES]);
void rc_net_beyond(rc_net *net, double v, double sign, rc_beyond beyond[RC_STAT_REPLICATES]);
void rc_net_histogram(const rc_net *net, rc_histogram *histogram);

#endif
