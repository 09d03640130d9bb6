/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums and extremes of one block of values, the inner loops of summaries, compiled once per
 * instruction set (block_kernel.c). Every one keeps eight accumulators, one for each place in a
 * group of eight values, and folds them in one order: the bits are the same everywhere. */
#ifndef RC_STATS_BLOCK_H
#define RC_STATS_BLOCK_H

#include "core/isa.h"

#include <stddef.h>
#include <stdint.h>

typedef struct rc_block_kernels {
    /** Sum of x - pivot; *all_finite: is there neither NaN nor infinity? */
    double (*sum_from)(const double *x, size_t n, double pivot, bool *all_finite);
    /** Sums of d, d^2, d^3, d^4 with d = x - mean. */
    void (*power_sums)(const double *x, size_t n, double mean, double sum[4]);
    /** Smallest and largest value that is not NaN (+inf, -inf if there is none); returns how many
     * are not NaN. */
    uint64_t (*range)(const double *x, size_t n, double *min, double *max);
} rc_block_kernels;

const rc_block_kernels *rc_block_kernels_for(rc_isa isa);

/** Sums are kept in 8 accumulators and folded in this one order, whatever the compiler vectorises.
 */
static inline double rc_fold8(const double s[8]) {
    return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

#endif
