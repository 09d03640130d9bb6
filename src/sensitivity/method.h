/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods of sensitivity analysis: each gives every bar a number that says how much it matters.
 *
 * A method sees a study: the kept trials of one run, with ranks. It computes each bar's score from
 * all trials, and again from each of the 16 replicates; ranking.c turns these into intervals, ranks
 * and the odds of ranks, alike for every method. A method that runs the model itself finds what to
 * run in the study's `rerun`; one whose numbers have no Monte Carlo error says `exact` and leaves
 * the replicates alone. */
#ifndef RC_SENSITIVITY_METHOD_H
#define RC_SENSITIVITY_METHOD_H

#include "core/error.h"
#include "core/language.h"
#include "result/drivers.h"

/* ---- The study ---- */

/** One column of a bar. */
typedef struct rc_study_column {
    const double *x;     /**< [n] values */
    const double *grade; /**< [n] (mid-rank - 1/2) / n among all trials, in (0, 1) */
    double atom;         /**< grade of the value that most trials share, if more than one in fifty
                              do; NaN else */
} rc_study_column;

typedef struct rc_study_bar {
    const rc_bar *bar;
    const rc_study_column *columns; /**< [bar->n_columns] */
    /** The bar as one column. Of several columns: the additive function of them that predicts the
     * target's ranks best (least squares on splines of the grades). */
    rc_study_column one;
    const double *own_grade; /**< [n] grade of `one` among the trials of its replicate */
    bool index;              /**< `one` is made of several columns: it has no direction */
} rc_study_bar;

typedef enum rc_statistic_kind {
    RC_STATISTIC_NONE, /**< nothing was named: the mean where one is needed */
    RC_STATISTIC_MEAN,
    RC_STATISTIC_PERCENTILE,
    RC_STATISTIC_BELOW_ZERO, /**< y is 1 where the output lies below 0, else 0 */
} rc_statistic_kind;

/** What methods that run the model themselves are told. */
typedef struct rc_rerun {
    const struct rc_model *model;
    const struct rc_run_options
        *options;             /**< those of the study's run; methods set outputs and trials */
    double low, high;         /**< ends of an input, percentiles; NaN: the method's own */
    unsigned trajectories;    /**< morris; 0: its own number */
    unsigned levels;          /**< morris; 0: its own number */
    uint64_t base;            /**< sobol: base points; 0: 2^14, fewer in models that take long */
    uint64_t most;            /**< sobol, shapley: where base is 0, no more base points or walks
                                   than these; 0: their own number */
    const char *const *pairs; /**< [n_pairs] sobol: "a:b", whose second order is asked for */
    size_t n_pairs;
} rc_rerun;

typedef struct rc_study {
    rc_arena *arena;
    const rc_result *result;
    const rc_output *output; /**< what the target speaks of */
    const char *target;      /**< as asked for: "roi", "roi.p5", "below_zero(roi)" */
    rc_statistic_kind statistic;
    double percentile; /**< PERCENTILE: 5 */
    const char *given; /**< condition that all trials meet, as written; NULL: none */
    size_t n;          /**< trials that meet it and in which the target has a value; 0 when the
                            result is an outline: then nothing below but bars and rerun */
    size_t start[RC_STAT_REPLICATES + 1];
    const uint32_t *met; /**< trials that meet the condition, whatever the target; with `given` */
    size_t met_start[RC_STAT_REPLICATES + 1];
    const double *y;       /**< [n] */
    const double *y_grade; /**< [n] among all trials; mid-ranks */
    const double *y_own;   /**< [n] among those of the replicate */
    const double *worth;   /**< [n] what investing earns: npv, or the target of a model without
                                money; NULL: has no value somewhere, or was not kept */
    const char *worth_name;
    /** What the choice lies between: the first one, which earns 0, and [n_choices] others, of which
     * each earns so much: [n]. Not to invest and `worth`, unless rc_study_among() said otherwise */
    const double *const *choices;
    size_t n_choices;            /**< 0 without worth */
    double undefined, infinite;  /**< shares of the output's trials */
    const rc_study_bar *entries; /**< [n_entries] file order */
    size_t n_entries;
    const rc_study_bar *groups; /**< [n_groups] */
    size_t n_groups;
    int threads;
    const rc_rerun *rerun; /**< NULL: there is only a result */
} rc_study;

/** Trials first ... first + n - 1: all of them, or those of one replicate. */
typedef struct rc_slice {
    size_t first, n;
    bool whole; /**< all: ranks are grade, y_grade; else own_grade, y_own */
} rc_slice;
rc_slice rc_study_slice(const rc_study *study, int replicate); /**< -1: all */

/** An input without any effect, to see what chance makes of it: [study->n] uniform numbers that
 * depend on nothing, the `which`-th of any number. */
void rc_study_dummy(const rc_study *study, unsigned which, double *grade);
enum { RC_DUMMIES = 20 };

/* ---- Scores ---- */

/** What the target does while a bar goes through its percentiles. */
typedef struct rc_series {
    size_t n_steps;
    const double *percent; /**< [n_steps] ascending */
    double *input;         /**< [n][n_steps] value of the bar there; NaN: it has none */
    double *output;        /**< [n][n_steps] value of the target */
    double base;           /**< of the target with every bar at its base */
} rc_series;

typedef struct rc_scores {
    double (*all)[RC_SCORES];                           /**< [n] by bar */
    double (*replicate[RC_STAT_REPLICATES])[RC_SCORES]; /**< [n] each */
    double null_band; /**< |score| of an input without effect stays below this, but in very rare
                           cases; NaN: not known */
    const double *own_band; /**< [n] the same for each bar, where they differ; NULL: null_band */
    const char *fact_name; /**< one number about all bars together ("evpi", "r_squared"), or NULL */
    rc_estimate fact;
    const rc_phrase *notes; /**< [n_notes] by rc_scores_note() */
    size_t n_notes;
    bool exact;       /**< no Monte Carlo error: replicates are left alone */
    bool *same_side;  /**< [n] both ends of the bar lie on one side of the base; NULL: n/a */
    rc_series series; /**< n_steps 0: none */
    const rc_pair_score *pairs; /**< [n_pairs] */
    size_t n_pairs;
} rc_scores;

typedef struct rc_method_type {
    /* REQUIRED */
    const char *name;    /**< as in --method */
    const char *title;   /**< RC_TR: heading of its table */
    const char *summary; /**< RC_TR: the question that it answers, one line */
    rc_score_unit unit;
    size_t n_scores;
    const char *const *scores; /**< [n_scores] RC_TR_IN("score"): headings; JSON keys */
    /** Fill `out` (zeroed) for n bars. Errors: what the study must have and has not. */
    rc_status (*compute)(const rc_study *study, const rc_study_bar *bars, size_t n, rc_scores *out,
                         rc_error *err);
    /* OPTIONAL */
    bool numbers;      /**< refuses a target without a finite value in some trials */
    bool entries_only; /**< has nothing to say about groups */
    bool percentiles;  /**< takes a target such as roi.p5 */
    bool nonnegative;  /**< the truth is never below 0: estimates below rank as 0 */
    bool about_worth;  /**< speaks of rc_study.worth, whatever the target */
    bool runs;         /**< runs the model itself (rc_study.rerun): does with an outline */
    bool single;       /**< looks at the target case by case: takes no statistic, no condition */
    rc_table_kind table;
} rc_method_type;

/** Refuses a target that has no number in so large a share of cases: names npv where that is there
 * and has one, and `instead` ("--method rank"; NULL: nothing). */
rc_status rc_refuse_missing(const rc_study *study, const char *method, double share,
                            const char *instead, rc_error *err);

size_t rc_method_count(void);
const rc_method_type *rc_method_at(size_t index);
const rc_method_type *rc_method_find(const char *name); /**< NULL when unknown */

/** One more note to read under the table: a sentence. */
void rc_scores_note(const rc_study *study, rc_scores *out, rc_phrase note);

/** For methods that look at one bar and one slice at a time: calls `score` for all bars and slices
 * on all threads; `score` fills [RC_SCORES] and may use data. */
typedef void (*rc_score_one)(const rc_study *study, const rc_study_bar *bar, rc_slice slice,
                             double *score);
void rc_score_all(const rc_study *study, const rc_study_bar *bars, size_t n, rc_score_one score,
                  rc_scores *out);

/** |Mean| plus four standard deviations of the score of RC_DUMMIES dummies over all trials. */
double rc_null_band(const rc_study *study, rc_score_one score);

#endif
