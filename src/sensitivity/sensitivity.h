/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which inputs matter? From the kept trials of one run to rankings, and rankings as text, JSON and
 * CSV. Numbers depend on the trials alone: not on threads or instruction set. */
#ifndef RC_SENSITIVITY_SENSITIVITY_H
#define RC_SENSITIVITY_SENSITIVITY_H

#include "core/text.h"
#include "report/format.h"
#include "sensitivity/method.h"

/* ---- What is asked ---- */

/** The output that a target speaks of: "roi" of "roi.p5" and of "below_zero(roi)". NULL: the text
 * is no target (err says why). */
const char *rc_target_output(const char *target, rc_arena *arena, rc_error *err);

typedef enum rc_compare { RC_LESS, RC_AT_MOST, RC_MORE, RC_AT_LEAST, RC_SAME } rc_compare;

/** What must hold in a trial for it to count: the value of a bar of one column, or of an output
 * that the run kept. */
typedef struct rc_condition {
    const char *name;
    rc_compare compare;
    double value;
} rc_condition;

/** Given: trials in which all conditions hold. */
typedef struct rc_given {
    const char *text; /**< as written; NULL: no condition */
    const rc_condition *conditions;
    size_t n;
} rc_given;

/** A study of one run (or of the outline of one, for methods that run the model) with samples and
 * bars that holds the target's output and, for what knowing is worth, npv if the model has it. The
 * result, and `rerun` (NULL: none), must outlive it. target NULL: the result's own; given NULL: all
 * trials. Errors: unknown target or name, no bars, too few trials. */
rc_status rc_study_new(const rc_result *result, const char *target, const rc_given *given,
                       const rc_rerun *rerun, int threads, rc_arena *arena, const rc_study **out,
                       rc_error *err);

/** The same study where the choice lies between a first thing to do and n others, of which each
 * earns choices[k][trial] more than the first one (less: below 0). All of the study's trials; they
 * must outlive it. */
const rc_study *rc_study_among(const rc_study *study, const double *const *choices, size_t n,
                               rc_arena *arena);

/* ---- What comes out ---- */

rc_status rc_rank(const rc_study *study, const rc_method_type *method, rc_ranking *out,
                  rc_error *err);

/** What a bar does to the odds; `tells` and `worth` are left empty. */
rc_swing rc_swing_of(const rc_study *study, const rc_study_bar *bar);

/** Everything that was found out about a study as plain values, of which the first n_swings bars of
 * the first ranking get a swing. They point into the study's result, the rankings and `arena`. */
const rc_drivers *rc_drivers_of(const rc_study *study, const rc_ranking *rankings,
                                size_t n_rankings, size_t n_swings, rc_arena *arena);

/** The methods that answer most questions at once: rank and evppi; of a percentile tornado; what
 * has no number in some trial has no worth. Returns how many of [2] there are. */
size_t rc_usual_methods(const rc_study *study, const rc_method_type *methods[2]);

/** An output where the condition of a study holds. */
typedef struct rc_stressed {
    const rc_output *output;
    double undefined;          /**< share of those trials in which it has no value */
    rc_estimate mean;          /**< NaN where some are infinite */
    rc_estimate percentile[3]; /**< P5, P50, P95 */
    rc_estimate below_zero;    /**< share of those trials */
} rc_stressed;

/** All outputs of the study's run but draws; none without a condition. */
rc_status rc_stress(const rc_study *study, const rc_stressed **out, size_t *n, rc_error *err);

typedef struct rc_sensitivity {
    const rc_study *study;
    const rc_ranking *rankings; /**< [n_rankings] */
    size_t n_rankings;
    size_t top;                  /**< bars shown in text; 0: all */
    const rc_drivers *drivers;   /**< the same as plain values, with swings */
    const rc_stressed *stressed; /**< [n_stressed] with a condition */
    size_t n_stressed;
} rc_sensitivity;

/** Colour and language of the style count for text alone. */
rc_status rc_sensitivity_text(const rc_sensitivity *s, const rc_report_style *style, rc_text *out,
                              rc_error *err);
rc_status rc_sensitivity_json(const rc_sensitivity *s, const rc_report_style *style, rc_text *out,
                              rc_error *err);
rc_status rc_sensitivity_csv(const rc_sensitivity *s, const rc_report_style *style, rc_text *out,
                             rc_error *err);

#endif
