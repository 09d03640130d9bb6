/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What drives a target, as plain values: rankings of what is uncertain, what the first of them do
 * to the odds, and where their break-even lies. sensitivity/ fills them, reports read them. All
 * pointers live as long as the arena that they were made in. */
#ifndef RC_RESULT_DRIVERS_H
#define RC_RESULT_DRIVERS_H

#include "result/result.h"

/* ---- Rankings ---- */

enum { RC_SCORES = 4 }; /**< most numbers that a method gives a bar; the first one ranks it */

typedef enum rc_score_unit {
    RC_SCORE_PLAIN,  /**< correlations, coefficients: -1 ... 1 */
    RC_SCORE_SHARE,  /**< a share of a whole, shown as % */
    RC_SCORE_TARGET, /**< what the target is measured in */
    RC_SCORE_WORTH,  /**< what investing earns is measured in */
} rc_score_unit;

typedef enum rc_table_kind {
    RC_TABLE_BARS,   /**< the first score with its interval, and a bar */
    RC_TABLE_SCORES, /**< all scores, the first with its interval */
    RC_TABLE_ENDS,   /**< at_low, at_high, and a bar to both sides of the base */
    RC_TABLE_SERIES, /**< the series in a few columns, and as a line */
    RC_TABLE_BOTH,   /**< the first two scores, each with interval and rank, and a bar */
} rc_table_kind;

/** What a method is and measures. */
typedef struct rc_measure {
    const char *name;    /**< "rank": as in --method, and the key in JSON */
    const char *title;   /**< heading of its table, RC_TR: "Rank correlation" */
    const char *summary; /**< the question that it answers, RC_TR: one line */
    rc_score_unit unit;
    size_t n_scores;
    const char *const *scores; /**< [n_scores] headings, RC_TR_IN("score"); JSON keys */
    bool nonnegative;          /**< the truth is never below 0: estimates below rank as 0 */
    bool about_worth;          /**< speaks of what investing earns, whatever the target */
    bool runs;                 /**< has cases of its own, not those of the run */
    rc_table_kind table;       /**< that suits its numbers */
} rc_measure;

typedef struct rc_standing {
    unsigned rank;        /**< from 1; equal scores share one */
    unsigned best, worst; /**< 95 % interval of the rank, given the error of the scores */
    double probability;   /**< that this is its rank; NaN: not known */
} rc_standing;

/** What two bars do only together. */
typedef struct rc_pair_score {
    const char *name; /**< "a:b" */
    rc_estimate share;
} rc_pair_score;

typedef struct rc_ranked {
    const rc_bar *bar;
    bool index; /**< its number is that of the best sum of several columns: no direction */
    rc_estimate score[RC_SCORES];
    rc_standing second;   /**< RC_TABLE_BOTH: of the second score; the others are of the first */
    unsigned rank;        /**< from 1; equal scores share one */
    unsigned best, worst; /**< 95 % interval of the rank, given the error of the scores */
    double probability;   /**< that this is its rank; NaN: not known */
    bool chance;          /**< |score| lies within the null band: no effect can be told */
    bool same_side;       /**< both ends of the bar lie on one side of the base */
    const double *input;  /**< [ranking->n_steps] value of the bar there; NaN: it has none */
    const double *output; /**< [ranking->n_steps] value of the target there */
} rc_ranked;

typedef struct rc_ranking {
    const rc_measure *method;
    const char *about; /**< name of the target, or of what investing earns */
    rc_unit unit;      /**< of the scores; plain ones are NUMBER, shares RATIO */
    const char *unit_text;
    const rc_ranked *rows; /**< [n_rows] entries by rank, then groups by rank */
    size_t n_entries, n_rows;
    double null_band;      /**< |score| of an input without effect stays below it, but in very rare
                                cases; NaN: not known */
    const char *fact_name; /**< one number about all bars together ("evpi", "r_squared"), or NULL */
    rc_estimate fact;
    const rc_phrase *notes; /**< [n_notes] sentences */
    size_t n_notes;
    bool exact; /**< no Monte Carlo error */
    size_t
        n_steps; /**< of a series: the target while a bar goes through its percentiles; 0: none */
    const double *percent;      /**< [n_steps] ascending */
    double base;                /**< of the target with every bar at its base */
    const rc_pair_score *pairs; /**< [n_pairs] where asked for */
    size_t n_pairs;
} rc_ranking;

/* ---- What it means ---- */

/** What a bar does to the odds: cases near its P25 and cases near its P75 (a tenth of all each); of
 * a risk: those in which it did nothing, and the others. Nothing else is held fixed. */
typedef struct rc_swing {
    const rc_bar *bar;
    double from, to;  /**< values of the bar, in its unit: P25, P75; NaN where it has several */
    double loss[2];   /**< chance of a target below 0 there: a share; NaN: no cases */
    double median[2]; /**< of the target, in its unit; infinite: never paid back */
    bool event;       /**< a risk: without it, with it */
    bool tells;       /**< `worth` is known */
    double worth;     /**< what knowing the bar before deciding is worth, in worth_unit; 0 where
                           that cannot be told from 0 */
} rc_swing;

/** Where investing stops to pay on average, all else being as it comes with the bar. */
typedef struct rc_break_even {
    const rc_bar *bar;
    bool rising;       /**< it pays above, not below */
    bool whether;      /**< of a risk: whether it happens makes the difference */
    rc_estimate share; /**< of the cases in which the bar lies lower: 0 ... 1 */
    rc_estimate at;    /**< value of the bar, in its unit; NaN where it has several */
    double median;     /**< of the bar; NaN where it has several */
} rc_break_even;

/* ---- The whole ---- */

typedef struct rc_drivers {
    const char *target; /**< as asked for: "roi", "roi.p5", "below_zero(roi)" */
    const char *output; /**< that it speaks of: "roi" */
    rc_label label;     /**< of that output */
    rc_unit unit;       /**< of the target's values: RATIO for below_zero() */
    const char *unit_text;
    bool event;             /**< the target is an event: 1 or 0 in each case */
    bool balance;           /**< the output is roi or npv: below 0 money is lost */
    const char *worth_name; /**< what investing earns: "npv", or the target without money; NULL: not
                               known */
    rc_unit worth_unit;
    const char *worth_unit_text;
    const char *given;  /**< condition that all cases meet, as written; NULL: none */
    uint64_t trials;    /**< the first ones of the run, that these numbers rest on ... */
    size_t cases;       /**< ... of which so many meet the condition and have a value */
    double undefined;   /**< share of the trials in which the target has no value */
    const rc_bar *bars; /**< [n_bars] what is ranked: file order, then groups; without columns */
    size_t n_bars;
    const rc_ranking *rankings; /**< [n_rankings] the first one orders `swings` */
    size_t n_rankings;
    const rc_swing *swings; /**< [n_swings] of the first bars of the first ranking; none of those
                                 that cannot be told from having no effect; no groups */
    size_t n_swings;
    bool pays;                        /**< what investing earns is above 0 on average */
    const rc_break_even *break_evens; /**< [n_break_evens] nearest to the bar's median first; of
                                           bars that are worth something to know (evppi) */
    size_t n_break_evens;
} rc_drivers;

const rc_ranking *rc_drivers_ranking(const rc_drivers *drivers, const char *method); /**< or NULL */

/** A copy that lives in `arena`, everything that it points to too. */
const rc_drivers *rc_drivers_copy(const rc_drivers *drivers, rc_arena *arena);

const char *rc_bar_kind_name(rc_bar_kind kind); /**< "factor", "input", "risk", "group" */

#endif
