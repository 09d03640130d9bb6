/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a histogram, for who counts its bins while the values pass by. */
#ifndef RC_STATS_HISTOGRAM_H
#define RC_STATS_HISTOGRAM_H

#include "stats/block.h"
#include "stats/summary.h"

/** Sorts n defined values of a pilot and lays bins; fills h but for its counts. Bins n = 0: there
 * is nothing to draw. */
rc_bins rc_histogram_choose(double *values, size_t n, rc_histogram *h);

/** Counts as rc_block_kernels.bin left them, into a histogram that rc_histogram_choose() laid. */
void rc_histogram_take(rc_histogram *h, const uint64_t slots[RC_BIN_SLOTS]);

#endif
