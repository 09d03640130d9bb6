/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars moved apart from each other: the model at points that a method chooses (engine/points.h). */
#ifndef RC_SENSITIVITY_STEPS_H
#define RC_SENSITIVITY_STEPS_H

#include "engine/points.h"
#include "sensitivity/method.h"

/** The model opened for the study's target. Free by rc_points_free(). */
rc_status rc_steps_open(const rc_study *study, rc_points **out, rc_error *err);

/** Notes what moving bars apart passes over in this model: correlations, periods. */
void rc_steps_note(const rc_study *study, rc_scores *out);

/** By stream, what bars move it. */
typedef struct rc_stream_bars {
    size_t n_streams;
    size_t *first; /**< [n_streams + 1] into `bar` */
    size_t *bar;   /**< index among the bars that were given */
    enum rc_stream_role { RC_ROLE_DRAW, RC_ROLE_EVENT, RC_ROLE_SWITCH } * role; /**< likewise */
    bool *switches; /**< [n_streams] the stream is a switch */
} rc_stream_bars;
rc_stream_bars rc_stream_bars_of(const rc_study *study, const rc_points *points,
                                 const rc_study_bar *bars, size_t n);

/** Each of n bars goes through percentiles percent[0 ... n_steps - 1] (all its draws together)
 * while all others stay at the base case: draws at their medians; risks happen if they do there. A
 * risk is away in the lower half of the percentiles and there in the upper half, with its draws at
 * their medians; at 50 it is as in the base case. */
rc_status rc_steps_run(const rc_study *study, const rc_study_bar *bars, size_t n,
                       const double *percent, size_t n_steps, rc_series *out, rc_error *err);

#endif
