/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pictures of single cases need, as plain values: some cases, how the target splits by the
 * states of the two inputs that matter most, how its estimates settle.
 * sensitivity/ fills them from the cases that rankings rest on; reports read them. */
#ifndef RC_RESULT_CASES_H
#define RC_RESULT_CASES_H

#include "result/result.h"

enum { RC_CASE_STEPS = 4095, RC_CASE_STATES = 3 };

/** What a column is. */
typedef struct rc_case_name {
    const char *name;
    rc_label label;
    rc_unit unit;
    const char *unit_text; /**< or NULL */
} rc_case_name;

/** One quantity in every case shown, rounded to a 4095th of its range. */
typedef struct rc_case_values {
    rc_case_name of;
    double low, step;
    const uint16_t *at; /**< [n_shown] the value is low + step * at */
} rc_case_values;

/** Estimates of the target from the first cases only. */
typedef struct rc_settling {
    uint64_t cases;
    double mean, p5, p50, p95;
} rc_settling;

/** Cases counted by the states of two inputs and by the value of the target, after SimDec (Kozlova,
 * Moss, Yeomans, Caers 2024). A state is a third of all cases, in increasing order of the input; of
 * a risk: it did nothing, it did something. */
typedef struct rc_split {
    rc_case_name of[2];
    unsigned states[2];   /**< 2 or 3 */
    double borders[2][2]; /**< values between states; NaN for risks and beyond the last */
    double first, width;  /**< bin i holds first + i * width <= target < first + (i + 1) * width */
    size_t n_bins;
    const uint32_t *counts; /**< [states[0]][states[1]][n_bins] */
} rc_split;

typedef struct rc_cases {
    size_t n;       /**< cases that all this rests on */
    size_t n_shown; /**< of which the first are shown one by one */
    const rc_case_values *target;
    const rc_case_values *inputs; /**< [n_inputs] the first of the ranking */
    size_t n_inputs;
    const rc_split *split;       /**< NULL: fewer than two inputs, or nothing to draw */
    const rc_settling *settling; /**< [n_settling] each twice the cases of the last */
    size_t n_settling;
} rc_cases;

#endif
