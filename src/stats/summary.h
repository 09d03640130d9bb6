/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Summaries: what is said about the distribution of one output, each number with a 95 % interval.
 *
 * A member accumulates a state block by block. Threads and ranks each fill states of their own; the
 * engine merges them in a fixed binary tree over block number within a replicate, so the sums, and
 * the bytes, do not depend on who computed what. After the last block a member sees the states of
 * the 16 replicates, and the kept sample if it asked for it, and fills rows. */
#ifndef RC_STATS_SUMMARY_H
#define RC_STATS_SUMMARY_H

#include "core/isa.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RC_STAT_REPLICATES = 16, RC_SUMMARY_MAX_ROWS = 16, RC_SUMMARY_MAX_STATE = 128 };

typedef struct rc_estimate {
    double value;     /**< NaN: has no value (printed as null) */
    double low, high; /**< 95 % Monte Carlo interval of value; both NaN when it has none (min, max,
                           a percentile too near the sample's end); never infinite */
} rc_estimate;

typedef enum rc_row_unit { RC_ROW_VALUE, RC_ROW_PROBABILITY, RC_ROW_PLAIN } rc_row_unit;

typedef struct rc_row {
    const char *key; /**< "mean", "percentiles", "below_zero": JSON keys, stable; "kurtosis" is
                          the plain one, 3 for a normal distribution */
    const char *sub; /**< "5" under "percentiles"; NULL otherwise */
    rc_row_unit unit;
    rc_estimate estimate;
} rc_row;

/** All values of one output: kept, in the order of trials within replicates, or known to a net
 * (net.h) or a sieve (sieve.h) that has counted them. Summaries ask either through order.h. */
typedef struct rc_sample {
    struct rc_sieve *sieve; /**< all three NULL: the values are kept */
    struct rc_net *net;
    struct rc_trap *trap;                   /**< percentiles alone may be asked for (trap.h) */
    const double *x;                        /**< replicate r: x[start[r]] ... x[start[r+1] - 1] */
    uint64_t start[RC_STAT_REPLICATES + 1]; /**< start[16] = number of trials */
    double *scratch;                        /**< [trials] working room, contents undefined */
} rc_sample;

/** What makes an interval hold with another probability than 95 %: it misses in a share alpha. */
typedef struct rc_certainty {
    double z;    /**< quantile 1 - alpha/2 of the normal */
    double t15;  /**< of Student's t with 15 degrees of freedom */
    double none; /**< -ln(alpha): what happened in none of N cases has a probability below none/N */
} rc_certainty;

typedef struct rc_summary_input {
    const void *pooled;                        /**< merged state of all replicates */
    const void *replicate[RC_STAT_REPLICATES]; /**< states; equal in count under Sobol */
    const rc_sample *sample;                   /**< NULL unless kept */
    bool replicated;       /**< scrambled Sobol: intervals from the spread of 16 replicates (t15);
                                else independent trials: normal, order statistics, Wilson */
    bool higher_is_better; /**< which tail is the bad one */
    double hurdle;         /**< value to reach; NaN when there is none */
    bool values_only;      /**< intervals are not wanted: percentiles leave them out */
    bool few;              /**< ... and all but P5, P50 and P95 */
    const rc_certainty *certainty; /**< of the intervals; NULL: 95 % */
} rc_summary_input;

/** What `add` may need to know besides the values. */
typedef struct rc_summary_context {
    rc_isa isa;    /**< which kernels to use; all give the same bits (block.h) */
    double hurdle; /**< NaN when there is none */
} rc_summary_context;

typedef struct rc_summary_type {
    /* REQUIRED */
    const char *name;
    const char *label;
    bool needs_sample; /**< finish() reads input->sample */
    /** Fill at most RC_SUMMARY_MAX_ROWS rows; returns how many. */
    size_t (*finish)(const rc_summary_input *input, rc_row *rows);
    /* OPTIONAL: a summary without a state reads the sample only */
    size_t
        state_size; /**< bytes, <= RC_SUMMARY_MAX_STATE; the state is plain data, zeroed at first */
    /** Add n values. NaN is "undefined", +-inf "infinite": counted apart. */
    void (*add)(void *state, const rc_summary_context *how, const double *x, size_t n);
    void (*merge)(void *into, const void *from); /**< into := into followed by from */
} rc_summary_type;

size_t rc_summary_count(void);
const rc_summary_type *rc_summary_at(size_t index);
const rc_summary_type *rc_summary_find(const char *name); /**< NULL: there is none */

/** Shares of all trials, from the state of `moments`. */
typedef struct rc_counts {
    uint64_t n, undefined, infinite;
} rc_counts;
rc_counts rc_moments_counts(const void *moments_state);

/** From the state of `range`: defined values, smallest and largest of them (infinite ones too). */
typedef struct rc_ends {
    uint64_t n;
    double min, max; /**< mean nothing while n is 0 */
} rc_ends;
rc_ends rc_range_ends(const void *range_state);

/** Counts in bins of width 1, 2, 2.5 or 5 times a power of ten, which hold zero as an edge. */
typedef struct rc_histogram {
    double first; /**< lower edge of bin 0 */
    double width;
    size_t n_bins;
    uint64_t *counts;      /**< [n_bins] given by the caller, at least RC_HISTOGRAM_BINS */
    uint64_t below, above; /**< values outside the bins (beyond about P0.5 and P99.5) */
} rc_histogram;
enum { RC_HISTOGRAM_BINS = 64 };
void rc_histogram_fill(const rc_sample *sample, rc_histogram *histogram);

#endif
