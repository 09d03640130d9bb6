/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exact order statistics of values that pass by again and again and are not kept (Munro & Paterson
 * 1980). A pilot lays a grid of cells, fine where percentiles and their interval bounds must lie.
 * The first round counts what falls into each cell, by replicate; the summaries then say which
 * ranks they want; the next round keeps the values of the few cells that hold those, or divides
 * cells that hold too many. When the summaries have what they want, the sieve is complete.
 *
 * Who feeds a sieve (engine/sieve.c) makes every round the same values pass, in any order and
 * from any number of threads: counts are integers, kept values are sets, so the answers do not
 * depend on it. Answers are exact and equal to those of a kept sample; only sums of the tail are
 * rounded in another order. Private to stats/sieve*.c, order.c and histogram.c, and their driver.
 */
#ifndef RC_STATS_SIEVE_H
#define RC_STATS_SIEVE_H

#include "stats/block.h"
#include "stats/summary.h"

enum {
    RC_SIEVE_WANTS = 64,  /* ranks that the summaries of one output may ask for */
    RC_SIEVE_BLOCKS = 64, /* rounds that may keep values */
};

typedef enum rc_cell_state {
    RC_CELL_COUNTED, /**< how many values it holds is known, by replicate */
    RC_CELL_KEPT,    /**< and so are the values */
    RC_CELL_COUNT,   /**< to be counted in this round */
    RC_CELL_KEEP,    /**< to be kept in this round */
} rc_cell_state;

typedef struct rc_sieve {
    /* known after the first round */
    uint64_t n; /**< defined values */
    uint64_t n_replicate[RC_STAT_REPLICATES];
    double min, max;
    size_t n_pilot; /* values of the pilot */
    /* the grid: cell c holds low[c] <= x < low[c + 1] */
    size_t n_cells;
    double *low;          /**< [n_cells + 1]; low[0] = -inf, low[n_cells] = NaN: without end */
    unsigned char *state; /**< [n_cells] rc_cell_state */
    uint64_t *below;      /**< [n_cells + 1][16] values below low[c]; in a round that counts cell c,
                               what has been counted in it so far is at [c + 1] */
    double **kept;        /**< [n_cells] its values, replicate by replicate, each part
                               ascending; NULL unless kept */
    double *blocks[RC_SIEVE_BLOCKS];
    size_t n_blocks;
    /* the round */
    unsigned round; /**< 0: the first, which also counts windows and bins */
    rc_windows windows;
    size_t first_cell[RC_MAX_WINDOWS];
    uint64_t at_least[RC_MAX_WINDOWS * RC_STAT_REPLICATES]; /**< by window start */
    int32_t *slot;             /**< [n_cells] of cells to be kept: which cursors; else -1 */
    _Atomic uint64_t *cursors; /**< [n_slots][16] where the next value goes */
    bool counts_cells;         /**< some cell is RC_CELL_COUNT */
    /* the histogram */
    rc_bins bins;
    rc_histogram histogram; /**< laid, not counted */
    uint64_t slots[RC_BIN_SLOTS];
    /* sums of the tail beyond `edge`, made while values are kept */
    double edge, sign; /**< sign = 0: none is wanted */
    double tail_sum[RC_STAT_REPLICATES], tail_square[RC_STAT_REPLICATES];
    bool has_tail; /**< the sums are there */
    bool tail_wanted;
    double wanted_edge, wanted_sign;
    /* what could not be answered */
    size_t n_wants;
    uint64_t wants[RC_SIEVE_WANTS];
} rc_sieve;

/* ---- The life of a sieve: all but rc_sieve_take() from one thread at a time ---- */

/** Lay the grid. Sorts the `m` defined values of the pilot (m may be 0), which the sieve does not
 * hold on to. False: not enough memory. */
bool rc_sieve_open(rc_sieve *sieve, double *pilot, size_t m);
/** Lay the bins of the histogram from values at the places rc_order_places(), m of them defined. */
void rc_sieve_lay_bins(rc_sieve *sieve, double *scattered, size_t m);
void rc_sieve_close(rc_sieve *sieve);

/** What one thread counts, in a round, between two calls of rc_sieve_gather(). */
typedef struct rc_sieve_counts {
    uint32_t *cells; /**< [n_cells] */
    uint64_t at_least[RC_MAX_WINDOWS];
    uint64_t slots[RC_BIN_SLOTS];
} rc_sieve_counts;
bool rc_sieve_counts_open(rc_sieve_counts *counts, const rc_sieve *sieve);
void rc_sieve_counts_close(rc_sieve_counts *counts);

/** n <= RC_SIFT_MOST values of a replicate pass by. Any thread, with counts of its own; fewer than
 * 2^32 values between gatherings. */
void rc_sieve_take(rc_sieve *sieve, rc_sieve_counts *counts, rc_isa isa, uint32_t replicate,
                   const double *x, size_t n);
/** Add a thread's counts, all of one replicate, and clear them. One thread at a time. */
void rc_sieve_gather(rc_sieve *sieve, rc_sieve_counts *counts, uint32_t replicate);

/** Sums of the tail, if this round makes them (sieve->sign != 0): a state that is summed in a tree
 * by replicate. */
typedef struct rc_tail {
    double sum, square;
} rc_tail;
void rc_sieve_tail(const rc_sieve *sieve, rc_isa isa, const double *x, size_t n, rc_tail *tail);

/** All values have passed. `ends` and `pooled` count after the first round only. */
void rc_sieve_end_round(rc_sieve *sieve, const rc_ends ends[RC_STAT_REPLICATES],
                        const rc_ends *pooled, const rc_tail tails[RC_STAT_REPLICATES]);

/** The summaries have asked (after rc_sieve_ask()). Is anything missing? Then prepare the next
 * round, which keeps at most `room` values. False in *ok: not enough memory. */
void rc_sieve_ask(rc_sieve *sieve);
bool rc_sieve_next_round(rc_sieve *sieve, uint64_t room, bool *ok);

/* ---- Answers: exact, or nearly so and noted as wanted ---- */

void rc_sieve_values(rc_sieve *sieve, const uint64_t *ranks, size_t n_ranks, double *values);
void rc_sieve_below(rc_sieve *sieve, double x, uint64_t below[RC_STAT_REPLICATES]);
void rc_sieve_beyond(rc_sieve *sieve, double v, double sign, rc_beyond beyond[RC_STAT_REPLICATES]);
void rc_sieve_histogram(const rc_sieve *sieve, rc_histogram *histogram);

/* ---- Between the files ---- */

/** The cell that x lies in. */
size_t rc_sieve_cell(const rc_sieve *sieve, double x);
/** Can it hold but one value, low[cell]? */
bool rc_sieve_pure(const rc_sieve *sieve, size_t cell);
/** Values in all cells below `cell`. */
uint64_t rc_sieve_rank(const rc_sieve *sieve, size_t cell);
/** The cell that holds a rank. */
size_t rc_sieve_cell_of_rank(const rc_sieve *sieve, uint64_t rank);
/** Room for a grid of n cells, all else as it was; false: not enough memory. */
bool rc_sieve_resize(rc_sieve *sieve, size_t n_cells);
/** Replace the cells marked RC_CELL_COUNT by about `parts` cells each, to be counted. */
bool rc_sieve_divide(rc_sieve *sieve, size_t parts);
/** Lay windows around the cells that this round is about. */
void rc_sieve_lay_windows(rc_sieve *sieve);

#endif
