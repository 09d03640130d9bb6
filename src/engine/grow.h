/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs that find their own number of trials: it doubles until the outputs are known well enough, or
 * the time is over. What comes out is, bit for bit, a run that was given that number. */
#ifndef RC_ENGINE_GROW_H
#define RC_ENGINE_GROW_H

#include "engine/run.h"

typedef struct rc_grow_options {
    double share;  /**< half widths wanted, as a share of each output's range from P5 to P95:
                        0.001 for 0.1 %; 0: see amount */
    double amount; /**< the same in the unit of the outputs: all outputs in money, or outputs of one
                        unit where none is in money; 0: grow for `seconds` */
    double seconds; /**< begin no round that will not end by then; 0: no limit */
    uint64_t first; /**< trials of the first round; 0: 16,384 */
    /** Called after each round. NULL: none. */
    void (*round)(void *data, const rc_growth *so_far);
    void *round_data;
} rc_grow_options;

enum { RC_GROW_FIRST = 1 << 14, RC_GROW_MOST = 1 << 30 };

/** Outputs named in options->outputs count, else metrics, the model's own outputs and inputs.
 *
 * As rc_run(), where options->trials is the most that there may be (0: RC_GROW_MOST); `alpha` is
 * set here, and `progress` gets the share of the whole growth as far as it can be foreseen. Every
 * round is a run of its own: all together take at most twice the time of the last. Time or memory
 * that ends in a later round leaves the result of the round before. Errors: those of rc_run(); a
 * share, amount or time that is not a positive number; none of them; both share and amount;
 * outputs of several units for an amount; kept samples. */
rc_status rc_grow(const rc_model *model, const rc_run_options *options, const rc_grow_options *grow,
                  rc_result **out, rc_error *err);

/** Quantiles for intervals that miss in a share alpha. */
rc_certainty rc_grow_certainty(double alpha);

#endif
