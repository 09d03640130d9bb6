/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which inputs matter? From the kept trials of one run to rankings, and rankings as text, JSON and
 * CSV. Numbers depend on the trials alone: not on threads or instruction set. */
#ifndef RC_SENSITIVITY_SENSITIVITY_H
#define RC_SENSITIVITY_SENSITIVITY_H

#include "core/text.h"
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

/* ---- What comes out ---- */

typedef struct rc_standing {
    unsigned rank;        /**< from 1; equal scores share one */
    unsigned best, worst; /**< 95 % interval of the rank, given the error of the scores */
    double probability;   /**< that this is its rank */
} rc_standing;

typedef struct rc_ranked {
    const rc_study_bar *bar;
    rc_estimate score[RC_SCORES];
    rc_standing second;   /**< RC_TABLE_BOTH: of the second score; the others are of the first */
    unsigned rank;        /**< from 1; equal scores share one */
    unsigned best, worst; /**< 95 % interval of the rank, given the error of the scores */
    double probability;   /**< that this is its rank */
    bool chance;          /**< |score| lies within the null band */
    bool same_side;       /**< as in rc_scores */
    const double *input, *output; /**< [ranking->n_steps] as in rc_series */
} rc_ranked;

typedef struct rc_ranking {
    const rc_method_type *method;
    const char *about;     /**< name of the target, or of what investing earns */
    const rc_ranked *rows; /**< [n_rows] entries by rank, then groups by rank */
    size_t n_entries, n_rows;
    double null_band;
    const char *fact_name; /**< as in rc_scores */
    rc_estimate fact;
    const char *note;
    bool exact;
    size_t n_steps; /**< of a series; 0: none */
    const double *percent;
    double base;
    const rc_pair_score *pairs; /**< [n_pairs] as in rc_scores */
    size_t n_pairs;
} rc_ranking;

rc_status rc_rank(const rc_study *study, const rc_method_type *method, rc_ranking *out,
                  rc_error *err);

/** What a bar does to the odds: trials near its P25 and near its P75; of a risk: those in which it
 * did nothing and those in which it did something. */
typedef struct rc_swing {
    double from, to;           /**< values of the bar: P25 and P75; NaN where it has several */
    double loss[2], median[2]; /**< P(y < 0) and the median of y there; NaN: no trials */
    bool event;                /**< a risk: without it, with it */
} rc_swing;
rc_swing rc_swing_of(const rc_study *study, const rc_study_bar *bar);

typedef struct rc_sensitivity {
    const rc_study *study;
    const rc_ranking *rankings; /**< [n_rankings] */
    size_t n_rankings;
    size_t top; /**< bars shown in text; 0: all */
} rc_sensitivity;

rc_status rc_sensitivity_text(const rc_sensitivity *s, bool color, rc_text *out, rc_error *err);
rc_status rc_sensitivity_json(const rc_sensitivity *s, bool color, rc_text *out, rc_error *err);
rc_status rc_sensitivity_csv(const rc_sensitivity *s, bool color, rc_text *out, rc_error *err);

#endif
