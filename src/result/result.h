/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result: what came out of a run, as plain values. Reports read this and nothing else; they never
 * see the model or the engine. Immutable once filled; owns one arena. */
#ifndef RC_RESULT_RESULT_H
#define RC_RESULT_RESULT_H

#include "core/arena.h"
#include "core/label.h"
#include "core/language.h"
#include "stats/summary.h"

typedef enum rc_output_kind {
    RC_OUTPUT_METRIC,   /**< always there: roi, npv, ... */
    RC_OUTPUT_LINE,     /**< present value of one benefit or cost line, after risks */
    RC_OUTPUT_RISK,     /**< present value of what a risk did to the net cash: negative = harm */
    RC_OUTPUT_USER,     /**< from `outputs:` */
    RC_OUTPUT_LEFT_OUT, /**< present value of what `realisation` of a line's tier leaves out */
    RC_OUTPUT_INPUT,    /**< a factor or input itself: asked for by name, with the trials, or in a
                             model that has nothing else */
    RC_OUTPUT_DRAWN,    /**< values that rankings read (rc_bar): kept samples only, no rows */
} rc_output_kind;

/** How an input is drawn, where it is one constant metalog or one list of values: formats for other
 * tools hand the distribution on instead of its trials. */
typedef struct rc_origin {
    size_t n;             /**< coefficients, or values */
    const double *a;      /**< [n] metalog, in Keelin's order; NULL for a list of values */
    double lower, upper;  /**< metalog: bounds; NaN where none */
    const double *values; /**< [n] ascending; NULL for a metalog */
    const double *below;  /**< [n] P(X <= value) */
    uint32_t hdr[4];      /**< entity, variable, seed3, seed4 that --sampler hdr takes */
} rc_origin;

typedef struct rc_output {
    rc_output_kind kind;
    const char *name; /**< "roi"; lines and risks carry their entry's name */
    rc_label label;
    rc_unit unit;
    const char *unit_text; /**< a user's own unit ("customers"), or NULL */
    const char *group;     /**< USER: the group that reports show it in, or NULL */
    rc_label group_label;  /**< ... and its name for people */
    bool higher_is_better;
    bool is_cost;       /**< LINE: from costs */
    double hurdle;      /**< the value to reach; NaN when none */
    double undefined;   /**< share of trials without a value */
    double infinite;    /**< share of trials where it is +infinity (payback never reached) */
    const rc_row *rows; /**< [n_rows] in summary.def order */
    size_t n_rows;
    const rc_estimate *wide; /**< [n_rows] the same with the wider intervals by which a run that
                                  grows decides (growth.h); NULL in other runs */
    rc_histogram histogram;  /**< n_bins = 0 when there is nothing to draw */
    const double *samples;   /**< [trials] every value, replicate by replicate (rc_output_sample);
                                  NULL unless the run was asked to keep them */
    const rc_origin *origin; /**< INPUT: how it is drawn, or NULL; with samples only */
} rc_output;

enum { RC_CASH_PERCENTILES = 9 };
extern const int rc_cash_percentiles[RC_CASH_PERCENTILES]; /**< 1 5 10 25 50 75 90 95 99 */

typedef struct rc_cash_cell {
    double mean;
    double percentile[RC_CASH_PERCENTILES];
} rc_cash_cell;

typedef struct rc_cash_row {
    double t;                                      /**< years; 0 is now */
    rc_cash_cell benefits, costs, net, cumulative; /**< money, undiscounted; cumulative of net */
} rc_cash_row;

/** What a line brings or takes year by year, after risks; or what the impact of a risk adds to its
 * side. The lines of a side add up to it: their means do, percentiles need not. Of these P5, P50
 * and P95 are known, others may be NaN. */
typedef struct rc_cash_line {
    const char *name;
    rc_label label;
    bool is_cost;
    bool is_impact;            /**< of a risk: harm adds to costs, or takes from benefits */
    const rc_cash_cell *years; /**< [n_cash_years] now, then each year; undiscounted */
    const rc_cash_cell *total, *present_value;
} rc_cash_line;

/** A file that the model was read from. */
typedef struct rc_result_file {
    const char *name;
    const char *sha256;
} rc_result_file;

/** Inputs whose normals behind them are correlated (Gaussian copula), in the order of drawing. */
typedef struct rc_dependence {
    size_t n;
    const char *const *names;
    const double *latent;     /**< [n * n] correlations of the normals */
    const uint32_t (*hdr)[4]; /**< [n] as in rc_origin */
} rc_dependence;

/** How a run came to its number of trials, where it was to find it. */
typedef struct rc_growth {
    double share;  /**< asked: half widths as a share of an output's range from P5 to P95 ... */
    double amount; /**< ... or in the unit of the outputs; both 0: only the time is limited */
    double probability; /**< half width asked for probabilities */
    double seconds;     /**< limit; 0: none */
    const char *ended;  /**< "precision", "trials", "time" or "memory": why it grew no further */
    unsigned rounds;    /**< that were run to their end: each has twice the trials of the last */
    unsigned rounds_possible;
    uint64_t most;      /**< trials that it might have had */
    double alpha;       /**< the intervals by which a round is judged miss in this share */
    size_t n_outputs;   /**< of those that count */
    double reached;     /**< half width of the least precise number: a share of its output's
                             range, or an amount; NaN when it has no interval */
    const char *output; /**< whose it is; NULL when there is none */
    const rc_row *row;  /**< which */
    double reached_probability;
    const char *output_probability;
    const rc_row *row_probability;
} rc_growth;

typedef enum rc_bar_kind { RC_BAR_FACTOR, RC_BAR_INPUT, RC_BAR_RISK, RC_BAR_GROUP } rc_bar_kind;

/** What rankings rank: an entry that draws something, a whole risk (event, time and severity
 * together), or a group of these. */
typedef struct rc_bar {
    rc_bar_kind kind;
    const char *name;
    rc_label label;
    rc_unit unit;          /**< of its one column; risks: money */
    const char *unit_text; /**< a user's own unit, or NULL */
    const char *group;     /**< that it belongs to, or NULL */
    const size_t *columns; /**< [n_columns] outputs of kind DRAWN. One: the entry's value, the only
                                draw in it, or the present value of the harm that the risk did
                              (where it moves no money: how often it happened). Several: its draws.
                              What is drawn every period stands as its mean over the periods */
    size_t n_columns;
} rc_bar;

/** Where an assumption stands in the model file: a section, or its top. */
typedef enum rc_assumed {
    RC_ASSUMED_SETTING, /**< discount_rate, hurdle ... */
    RC_ASSUMED_FACTOR,
    RC_ASSUMED_INPUT,
    RC_ASSUMED_LEVER,
    RC_ASSUMED_SERIES,
    RC_ASSUMED_BENEFIT,
    RC_ASSUMED_COST,
    RC_ASSUMED_RISK,
    RC_ASSUMED_COUNT
} rc_assumed;
extern const char *const rc_assumed_name[RC_ASSUMED_COUNT]; /**< "settings", "factors" ... */

/** A key of an entry with its formula, list or mapping, as in the file. */
typedef struct rc_written {
    const char *key, *text; /**< "value", "pert(10, 20, 60)" */
} rc_written;

enum { RC_SKETCH = 21 };
extern const double rc_sketch_points[RC_SKETCH]; /**< probabilities: 0.01, 0.05, 0.10 ... 0.99 */

/** What was assumed: an entry of the model as written, after overlays. In the order of the file. */
typedef struct rc_assumption {
    rc_assumed section;
    const char *name;
    rc_label label;
    const char *unit_text, *source, *owner, *note, *group; /**< NULL when absent */
    const rc_written *written; /**< [n_written] all but labels and texts for people; "value" first
                                    where there is one */
    size_t n_written;
    bool drawn;           /**< something in it is left to chance */
    bool each;            /**< ... afresh in every period */
    double value;         /**< the same in every trial; NaN else (drawn, or follows from others) */
    const double *sketch; /**< [RC_SKETCH] quantiles of its value: exact where that is one
                               distribution with constant parameters; of other factors and inputs
                               that vary, those of 4,096 trials; NULL else */
} rc_assumption;

typedef struct rc_result {
    rc_arena *arena;
    /* the model */
    rc_label title;
    const char *file;
    const char *sha256;
    const rc_result_file *files; /**< [n_files] the file, then those that it extends */
    size_t n_files;
    const char *const *overs; /**< [n_overs] files laid over it by the command line */
    size_t n_overs;
    const char *const *scenarios; /**< [n_scenarios] laid over it, in this order */
    size_t n_scenarios;
    const char *const *sets; /**< [n_sets] settings laid over them, "seats=130" */
    size_t n_sets;
    bool allow_outside;   /**< it may extend files outside its folder */
    const char *currency; /**< "" when none */
    double years;         /**< 0 without timeline */
    unsigned per_year, n_periods;
    const char *discounting; /**< "period_end", ... */
    double discount_rate;    /**< NaN when it varies */
    double hurdle;           /**< NaN when none */
    bool hurdle_is_irr;
    const rc_assumption *assumptions; /**< [n_assumptions] settings, then section by section;
                                           none unless the run was asked for them */
    size_t n_assumptions;
    /* the run */
    uint64_t trials, trials_asked;
    unsigned replicates;
    const char *sampler;
    bool replicated;
    uint64_t seed;
    size_t n_inputs;                        /**< random streams */
    const rc_growth *growth;                /**< NULL: the number of trials was given */
    uint64_t start[RC_STAT_REPLICATES + 1]; /**< samples of replicate r begin at start[r] */
    /* what came out */
    const rc_output *outputs; /**< metrics, then user outputs, then lines, then risks */
    size_t n_outputs;
    const rc_bar *bars; /**< [n_bars] if asked for: file order, then groups */
    size_t n_bars;
    const rc_dependence *dependence; /**< with samples only */
    size_t n_dependence;
    const char *target;      /**< name of the output that the report is about */
    const rc_cash_row *cash; /**< [n_cash] K + 1 rows, or none */
    size_t n_cash;
    const rc_cash_row *cash_years; /**< [n_cash_years] now, then each year: sums over its periods;
                                   cumulative at its end. With cash */
    size_t n_cash_years;
    const rc_cash_row *cash_total;  /**< of all of them; NULL without cash */
    const rc_cash_line *cash_lines; /**< [n_cash_lines] benefits, then costs; if asked for */
    size_t n_cash_lines;
    const struct rc_cases *cases;     /**< of the drivers, for pictures (result/cases.h), or NULL */
    const struct rc_drivers *drivers; /**< what drives the target (result/drivers.h); NULL: not
                                           asked for, or nothing varies */
    const char *const *notes; /**< "probability of `x` was above 1 in 0.3 % of trials: clamped" */
    const rc_phrase *note_phrases; /**< [n_notes] the same for other languages, or NULL */
    size_t n_notes;
    /* what may differ between machines */
    const char *isa;
    int threads;
    double seconds, simulate_seconds;
} rc_result;

/** The value of trial number 0 ... trials - 1 (i * 16 + r), of an output whose samples were kept.
 */
static inline double rc_output_sample(const rc_result *result, const rc_output *output,
                                      uint64_t trial) {
    return output->samples[result->start[trial % RC_STAT_REPLICATES] + trial / RC_STAT_REPLICATES];
}

/** A cell of a line: 0 is now, then each year; behind them the total and the present value. */
static inline const rc_cash_cell *rc_cash_line_cell(const rc_result *result,
                                                    const rc_cash_line *line, size_t place) {
    return place < result->n_cash_years    ? &line->years[place]
           : place == result->n_cash_years ? line->total
                                           : line->present_value;
}

const rc_output *rc_result_find(const rc_result *result, const char *name);
/** The row of an output, or NULL: rc_output_row(o, "percentiles", "5"). */
const rc_row *rc_output_row(const rc_output *output, const char *key, const char *sub);

void rc_result_free(rc_result *result);

#endif
