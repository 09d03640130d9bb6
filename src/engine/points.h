/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model at explicit points: no trials, the caller says where each draw stands.
 *
 * A draw stands at a signed tail probability of its own distribution (dist/dist.h): 1/2 is its
 * median. Its marginal distribution, that is: correlations between draws are left out, each moves
 * apart from the others. What draws afresh (`each` period, each occurrence of a risk with a rate)
 * stands at the same point every time.
 *
 * A risk has a switch besides, a stream whose point is no probability: 0 leaves it to its event's
 * own point (at the median it happens if its probability exceeds 1/2; a risk with a rate as often
 * as the median number), below 0 it does not happen, above 0 it does: at least once if it has a
 * rate.
 *
 * The same bytes for any number of threads and any instruction set. */
#ifndef RC_ENGINE_POINTS_H
#define RC_ENGINE_POINTS_H

#include "engine/run.h"

typedef struct rc_points rc_points;

/** Where a bar's draws lie among the streams. */
typedef struct rc_points_bar {
    const uint32_t *streams; /**< [n_streams] of its draws; none of a risk */
    size_t n_streams;
    const uint32_t *events; /**< [n_events] of risks: event, time, severity */
    size_t n_events;
    const uint32_t *switches; /**< [n_switches] of a risk one, of a group those of its risks */
    size_t n_switches;
} rc_points_bar;

/** As for a run: options tell outputs, bars, threads and instruction set; its trials, seed and
 * sampler do nothing. Errors: as rc_run's. Free with rc_points_free(). `model` and `options` must
 * outlive it. */
rc_status rc_points_new(const rc_model *model, const rc_run_options *options, rc_points **out,
                        rc_error *err);
void rc_points_free(rc_points *points);

/** Names and units of outputs and bars (rc_run_outline). */
const rc_result *rc_points_result(const rc_points *points);
size_t rc_points_streams(const rc_points *points);                 /**< numbered from 0 */
rc_points_bar rc_points_of_bar(const rc_points *points, size_t i); /**< of result->bars[i] */

/** w[j] := where `stream` stands at point first + j, for j < n. Called by many threads at once, and
 * only for streams that the outputs depend on. */
typedef void rc_points_place(void *data, size_t stream, uint64_t first, size_t n, double *w);

/** Evaluate points 0 ... n - 1: y[i][j] := output i at point j, NaN where it has no value. y[i]
 * NULL: not wanted. Errors: interrupted (options->progress said so). */
rc_status rc_points_run(const rc_points *points, uint64_t n, rc_points_place *place, void *data,
                        double *const *y, rc_error *err);

#endif
