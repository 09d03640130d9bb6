/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums and extremes of one block of values, the inner loops of summaries, compiled once per
 * instruction set (block_kernel.c). Every one keeps eight accumulators, one for each place in a
 * group of eight values, and folds them in one order: the bits are the same everywhere. */
#ifndef RC_STATS_BLOCK_H
#define RC_STATS_BLOCK_H

#include "core/isa.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** How many values are no NaN, below zero, at least the hurdle. */
typedef struct rc_tally {
    uint64_t defined, below_zero, at_least;
} rc_tally;

/** Of the values x beyond v, on its lower side (sign = 1) or upper side (-1): sums of |v - x| and
 * its square; and how many values equal v. */
typedef struct rc_beyond {
    double sum, square;
    uint64_t at_boundary;
} rc_beyond;

/** Windows on the line: window w holds start[w] <= x < end[w], in ascending order, disjoint. An end
 * that is NaN is never reached. */
enum { RC_MAX_WINDOWS = 32 };
typedef struct rc_windows {
    size_t n;
    double start[RC_MAX_WINDOWS], end[RC_MAX_WINDOWS];
} rc_windows;

/** Bins of a histogram: value in bin floor(x * times / over - first), if that is 0 ... n - 1. */
typedef struct rc_bins {
    double times, over, first;
    size_t n;
} rc_bins;
enum { RC_BIN_SLOTS = 64 + 3 }; /**< below, the bins, above, undefined */

/** Meshes: each bin divided evenly. Slots: 0 below the bins, 1 + m mesh m, then above, undefined.
 */
enum { RC_MESHES = 32, RC_MESH_TAG = 8 };
typedef struct rc_meshes {
    rc_bins bins;
    const unsigned char *keep; /**< [slots] 1: values in it are kept, but for ... */
    const double *atom;        /**< [slots] those that equal this; NULL: keep all */
} rc_meshes;

typedef struct rc_block_kernels {
    /** Sum of x - pivot; *all_finite: is there neither NaN nor infinity? */
    double (*sum_from)(const double *x, size_t n, double pivot, bool *all_finite);
    /** Sums of d, d^2, d^3, d^4 with d = x - mean. */
    void (*power_sums)(const double *x, size_t n, double mean, double sum[4]);
    /** Smallest and largest value that is not NaN (+inf, -inf if there is none); returns how many
     * are not NaN. */
    uint64_t (*range)(const double *x, size_t n, double *min, double *max);
    rc_tally (*tally)(const double *x, size_t n, double hurdle);
    rc_beyond (*beyond)(const double *x, size_t n, double v, double sign);
    /** Copies the values inside a window to `inside` (room n) in their order and returns how many;
     * at_least[w] += how many values are >= start[w]. n <= RC_SIFT_MOST. */
    size_t (*sift)(const rc_windows *windows, const double *x, size_t n, double *inside,
                   uint64_t *at_least);
    /** counts[0] += values below the bins, counts[1 + b] += those in bin b, counts[n + 1] += those
     * above; NaN goes to counts[n + 2]. */
    void (*bin)(const rc_bins *bins, const double *x, size_t n, uint64_t *counts);
    /** counts[slot] += 1 for every value; copies those that are kept to `kept` (room n + 1) in
     * their order, slot * RC_MESH_TAG + place mod 8 to `tags` (the same), and returns how many. */
    size_t (*cast)(const rc_meshes *meshes, const double *x, size_t n, uint32_t *counts,
                   double *kept, uint16_t *tags);
    /** Sums of d, (b - mean) d and d^2 with d = x - a. */
    void (*change_sums)(const double *x, const double *a, const double *b, size_t n, double mean,
                        double sum[3]);
} rc_block_kernels;

enum { RC_SIFT_MOST = 512 };

const rc_block_kernels *rc_block_kernels_for(rc_isa isa);

/** Sums are kept in 8 accumulators and folded in this one order, whatever the compiler vectorises.
 */
static inline double rc_fold8(const double s[8]) {
    return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

#endif
