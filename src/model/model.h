/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A checked model: what the engine compiles. Every name is resolved, every call bound, every
 * constant parameter validated, every shape known. Immutable; owned by its arena; threads may share
 * it. Nothing here knows how it will be evaluated. */
#ifndef RC_MODEL_MODEL_H
#define RC_MODEL_MODEL_H

#include "copula/copula.h"
#include "core/label.h"
#include "core/op.h"
#include "dist/dist.h"
#include "finance/metric.h"
#include "model/source.h"

typedef struct rc_entry rc_entry;
typedef struct rc_expr rc_expr;
typedef struct rc_draw rc_draw;
struct rc_syn;  /* model/syntax.h */
struct rc_yaml; /* model/yaml.h */

/* ---- Expressions ---- */

/** How often a value is computed. */
typedef enum rc_shape {
    RC_SHAPE_CONSTANT, /**< the same in every trial */
    RC_SHAPE_TRIAL,    /**< one value a trial */
    RC_SHAPE_PERIOD,   /**< one value a period and trial (or a period alone: t) */
} rc_shape;

typedef enum rc_expr_kind {
    RC_EXPR_NUMBER, /**< number */
    RC_EXPR_ENTRY,  /**< the value of `entry`: input, factor, series, line (amount this period,
                         after margin, realisation, growth, net_of; before risks), output */
    RC_EXPR_METRIC, /**< an always-there output by name, in outputs only: metric */
    RC_EXPR_T,      /**< k * dt: end of this period */
    RC_EXPR_TM,     /**< t - dt / 2 */
    RC_EXPR_K,      /**< number of this period, from 1 (`period`); dt and years are NUMBERs */
    RC_EXPR_OP,     /**< op of args[0 ...] */
    RC_EXPR_DRAW,   /**< a draw from draw */
    RC_EXPR_LOOKUP, /**< args[0] in the table args[1], args[2], ...: x0, y0, x1, y1 ...; linear
                         between, flat outside */
    RC_EXPR_PREV,   /**< `entry` (series or line), or `of`, number = n periods ago; before the first
                       period:   args[0] (one value a trial; filled from `initial` by the checker) */
    RC_EXPR_CUMULATIVE, /**< sum of args[0] over periods 1 ... this one */
    RC_EXPR_SUM,        /**< folds: one value a trial from args[0], a period-shaped expression */
    RC_EXPR_MEAN,
    RC_EXPR_MIN,
    RC_EXPR_MAX,
    RC_EXPR_FIRST,
    RC_EXPR_LAST,
    RC_EXPR_NPV,      /**< sum of args[0] times the discount factor of its period */
    RC_EXPR_AT,       /**< args[0] at time args[1] (one value a trial), linear between period ends;
                           args[2], when present, is the value at time 0; without it: flat before
                           the end of period 1. Flat after the horizon */
    RC_EXPR_HAPPENED, /**< 1 from the period in which the risk `entry` has occurred on */
    RC_EXPR_COUNT,    /**< occurrences of the risk `entry` in this period */
    RC_EXPR_RATE,     /**< amount of the line `entry` per year: its amount this period / dt */
} rc_expr_kind;

/** Trees that may share branches: a shared pointer is the same value (and the same draw). */
struct rc_expr {
    rc_expr_kind kind;
    rc_shape shape;
    rc_op op;
    double number; /**< NUMBER, PREV; and of every expression of shape CONSTANT: its value */
    const rc_entry *entry;
    const rc_expr *of; /**< PREV without an entry: whose past value it is; CUMULATIVE made by a
                            process: itself. It holds this one: do not follow it on a walk */
    const rc_metric_type *metric;
    const rc_draw *draw;
    size_t n_args;
    const rc_expr *const *args;
    uint32_t height; /**< of the tree, parameters of draws included: whoever walks it may recurse */
    rc_mark mark;
};

/** One distribution as it stands in a formula. `a to b` is type `interval`. */
struct rc_draw {
    const rc_dist_type *type;
    size_t form;
    /* One element per slot of the form (n = form's n_slots): */
    const rc_expr *const *numbers;       /**< NUMBER slots; NULL where absent (use fallback) */
    const double *prob;                  /**< probability of "p*" slots, NaN for others */
    const rc_expr *const *const *lists;  /**< LIST, PAIRS: elements (x of pairs) */
    const rc_expr *const *const *lists2; /**< PAIRS: second of each pair */
    const size_t *list_n;
    const rc_draw *const *const
        *shapes; /**< SHAPE, SHAPES: children; a constant is `discrete([c])` */
    const size_t *shapes_n;
    const double *data; /**< empirical: values of the column, file order (the list of slot 0) */
    size_t n_data;
    bool tagged;  /**< empirical with rows=: shares the row with others of the tag */
    double widen; /**< overconfidence factor; 1 = none */

    const rc_dist *constant; /**< the built instance when nothing in it varies; else NULL */
    bool each;               /**< afresh in every period */
    const char *stream;      /**< unique name of its random stream: `training`, `training#2`; rows=
                                  tags: "rows:TAG". NULL for children */
    const rc_entry *entry;   /**< whose input it is in rankings */
    rc_mark mark;
};

/* ---- Entries ---- */

typedef enum rc_model_section {
    RC_FACTORS,
    RC_INPUTS,
    RC_LEVERS,
    RC_SERIES,
    RC_BENEFITS,
    RC_COSTS,
    RC_RISKS,
    RC_OUTPUTS,
    RC_SECTION_COUNT
} rc_model_section;

typedef enum rc_per { RC_PER_YEAR, RC_PER_QUARTER, RC_PER_MONTH, RC_PER_ONCE } rc_per;
typedef enum rc_line_kind {
    RC_KIND_NONE,
    RC_KIND_REVENUE,
    RC_KIND_SAVING,
    RC_KIND_AVOIDED
} rc_line_kind;
typedef enum rc_tier { RC_DIRECT, RC_INDIRECT, RC_STRATEGIC, RC_TIER_COUNT } rc_tier;

typedef struct rc_share {
    const rc_entry *line;
    const rc_expr *share;
    rc_mark mark; /**< of the line's name in net_of */
} rc_share;

/** A line of money. Formulas are NULL where the key was absent. */
typedef struct rc_flow {
    rc_per per;
    const rc_expr *at;            /**< ONCE: years; NULL = 0 */
    const rc_expr *from;          /**< years; NULL = 0 */
    const rc_expr *until;         /**< years; NULL = horizon */
    const rc_expr *growth;        /**< per year */
    const rc_expr *margin;        /**< NULL = 1 */
    const rc_expr *realisation;   /**< the line's own; NULL = 1 (the tier's is in the model) */
    const rc_expr *initial;       /**< amount at time 0, or NULL */
    const rc_expr *const *yearly; /**< [ceil(years)] one amount a year; then `value` is NULL */
    size_t n_yearly;
    rc_line_kind kind;
    rc_tier tier;
    const rc_share *net_of;
    size_t n_net_of;
    bool enabled; /**< false: the line is 0 everywhere and not shown */
} rc_flow;

typedef enum rc_trigger { RC_PROBABILITY, RC_RATE, RC_WHEN } rc_trigger;

/** What a risk does to one line, in file order. */
typedef struct rc_effect {
    const rc_entry *line;
    const rc_expr *factor; /**< multiply; NULL: stop */
} rc_effect;

typedef struct rc_risk {
    rc_trigger trigger;
    const rc_expr *chance; /**< probability over the horizon, rate per year, or the condition */
    const rc_expr *at;     /**< years; NULL when anytime or absent */
    bool anytime; /**< uniform over the horizon. An absent `at` with an impact or a rate also
                       sets this; an absent `at` with multiply alone acts throughout */
    const rc_expr *impact;    /**< money per occurrence, harm (negative: opportunity), or NULL */
    bool impact_is_benefit;   /**< side: benefits: booked as less benefit, not as more cost */
    const rc_effect *effects; /**< multiply and stop (with `all` and `except` worked out) */
    size_t n_effects;
} rc_risk;

/** An input that the user controls. A run holds it at `start`, which is its entry's value too, a
 * NUMBER: formulas that name it are folded with that number, so another start is another model. */
typedef struct rc_lever {
    double start;
    double low, high;      /**< of its range, or of its choices; low < high */
    double step;           /**< low, low + step ... are allowed; 0: every number of the range */
    const double *choices; /**< [n_choices] in file order, all different; NULL: a range */
    size_t n_choices;      /**< 0, or from 2 */
} rc_lever;

/** A lint rule that a file allows, as written: whether it exists is for lint/ to say. */
typedef struct rc_allow {
    const char *rule;
    rc_mark mark;
} rc_allow;

struct rc_entry {
    const char *name;
    rc_model_section section;
    size_t index; /**< in model->entries */
    rc_mark mark;
    unsigned level; /**< 0, or that of the overlay that added it */
    rc_label label;
    const char *unit, *source, *owner, *note, *group; /**< NULL when absent */
    const rc_expr *value;   /**< NULL for risks, and lines that have only `yearly` or `initial` */
    const rc_expr *initial; /**< SERIES: its value at time 0, or NULL */
    const rc_flow *flow;    /**< BENEFITS, COSTS */
    const rc_risk *risk;    /**< RISKS */
    const rc_lever *lever;  /**< LEVERS */
    const char *text;       /**< the value as written, for reports; NULL when none */
    const uint32_t *hdr;   /**< [4] entity, variable, seed3, seed4 of its one draw under the sampler
                                hdr; NULL: from its name */
    bool lower_is_better;  /**< OUTPUTS */
    bool target;           /**< OUTPUTS: named as the target */
    const rc_allow *allow; /**< [n_allow] */
    size_t n_allow;
    const struct rc_yaml *body; /**< as written; NULL for a value of the top */
};

/** Entries that rankings take together: all that is drawn in them is one bar. Without members it is
 * a heading of reports: outputs name it, and are no members of any group. */
typedef struct rc_group {
    const char *name;
    rc_label label;
    const char *note;               /**< NULL when absent */
    const rc_entry *const *members; /**< file order; each holds a draw or is a risk, and names this
                                         group in its `group`; an entry is in one group at most */
    size_t n_members;
    rc_mark mark; /**< of the name in `groups`, else of the first member */
} rc_group;

/** Something that was observed, for updating what is believed. A run never looks at it: `measure`
 * is no output, and what it alone needs is not computed. */
typedef struct rc_evidence {
    const rc_expr *measure; /**< one value a trial; holds no draw of its own */
    const char *text;       /**< as written */
    bool counts;         /**< of `of` tries, `successes` succeeded, each with probability measure */
    double observed, sd; /**< else: observed = measure + an error that is normal(0, sd) */
    double successes, of; /**< whole, 0 <= successes <= of, of >= 1 */
    rc_label label;
    const char *source, *note; /**< NULL when absent */
    rc_mark mark;              /**< of the item */
} rc_evidence;
/** Draws that depend on each other. Matrices are [n * n], row by row, symmetric. A draw is in one
 * group at most; pairs that the file does not name are 0. */
typedef struct rc_correlated {
    rc_copula copula;
    size_t n;
    const rc_draw *const *draws; /**< [n] in the order of model->draws */
    const double *asked;         /**< Spearman's rho as written */
    const double *used;          /**< as drawn: differs where `asked` is impossible */
    const double *latent;        /**< elliptical: correlation of the latent normals; else NULL */
    const double *lower;         /**< elliptical: its Cholesky factor; else NULL */
    const char *shared;          /**< stream of the scale that all share (student's W); else NULL.
                                      One value a trial, or a period where draws are `each` */
    double change;               /**< largest |used - asked|, of the draws change_of; 0: none */
    size_t change_of[2];
    rc_mark change_mark; /**< where the file speaks of these two */
    rc_mark mark;
} rc_correlated;

/** A formula as written, and what it became. */
typedef struct rc_formula {
    const rc_entry *entry; /**< whose it is; NULL for a value of the top that is not drawn */
    const char *key;       /**< "value", "margin", "discount_rate" ... */
    const struct rc_syn *syn;
    const rc_expr *value; /**< NULL for the body of a function */
} rc_formula;

/** A function of the model's own, for lint/: formulas hold it written out. */
typedef struct rc_own_function {
    const rc_entry *entry;     /**< its name and keys; in no list of entries, index SIZE_MAX */
    bool used;                 /**< something calls it */
    const char *const *unused; /**< [n_unused] parameters that its formula does not name */
    size_t n_unused;
} rc_own_function;

typedef enum rc_discounting { RC_PERIOD_END, RC_YEAR_END, RC_MID, RC_CONTINUOUS } rc_discounting;

/** Quasi-random dimensions that are given away before all others: see model/streams.h. */
typedef struct rc_dimension {
    const char *name; /**< of a stream; NULL: left free */
    uint32_t dims;    /**< how many; 0: as many as that stream takes */
} rc_dimension;

typedef struct rc_model {
    rc_arena *arena; /**< owns everything below */
    const rc_source *source;
    const rc_source *const *files; /**< [n_files] `source`, then the files that it extends */
    size_t n_files;
    const struct rc_yaml *tree;         /**< what was read, overlays laid over, no `scenarios` */
    const char *const *scenarios;       /**< [n_scenarios] that can be asked for */
    const struct rc_scenario *overlays; /**< [n_scenarios] the same, as written */
    size_t n_scenarios;
    const char *const *overs; /**< [n_overs] files laid over it by the command line */
    size_t n_overs;
    const char *const *applied; /**< [n_applied] scenarios laid over, in this order */
    size_t n_applied;
    const char *const *sets; /**< [n_sets] settings laid over them, "seats=130" */
    size_t n_sets;
    bool allow_outside;             /**< files outside the folder were allowed */
    const rc_dimension *dimensions; /**< [n_dimensions] given away first */
    size_t n_dimensions;
    rc_label title;
    const char *currency; /**< "USD"; "" when none was given */

    bool has_flows;    /**< benefits, costs or risks with money: the always-there outputs exist */
    double years;      /**< horizon; 0 without timeline */
    unsigned per_year; /**< 1, 4, 12 */
    unsigned n_periods;
    double dt;
    rc_discounting discounting;
    const rc_expr *discount_rate;                /**< never NULL: NUMBER 0 when absent; any shape */
    const rc_expr *finance_rate, *reinvest_rate; /**< NULL: the discount rate */
    double hurdle; /**< NaN when none; ROI over the horizon, or yearly IRR if hurdle_is_irr */
    bool hurdle_is_irr;
    const rc_expr *tier_realisation[RC_TIER_COUNT]; /**< NULL = 1 (0 for strategic) is filled in */

    const rc_entry *const *entries; /**< section order, then file order */
    size_t n_entries;
    const rc_entry *target; /**< the output marked target, else the first output of a model without
                                 flows, else its first input that varies; NULL: roi */

    const rc_draw *const *draws; /**< all with a stream, in order of dimensions */
    size_t n_draws;
    const rc_correlated *correlated; /**< groups, in file order */
    size_t n_correlated;
    const rc_group *groups; /**< order of `groups`, then of first mention by an entry */
    size_t n_groups;
    const rc_evidence *evidence; /**< file order */
    size_t n_evidence;

    /* For lint/ */
    const rc_formula *formulas; /**< [n_formulas] all, entry by entry; those of the top last */
    size_t n_formulas;
    const rc_own_function *functions; /**< [n_functions] */
    size_t n_functions;
    const rc_allow *allow; /**< [n_allow] of the top */
    size_t n_allow;
    const rc_diags *diags; /**< notes */
} rc_model;

/** Load a model. On failure *out is NULL and diags holds what is wrong (never empty). diags must
 * outlive the model and use an arena of its own or `arena`. */
rc_status rc_model_load(const rc_source *source, rc_arena *arena, rc_diags *diags,
                        const rc_model **out);

/** What is laid over a file. All texts must outlive the model. */
typedef struct rc_load_options {
    const char *const *overs; /**< [n_overs] files, laid over the model first, in this order; paths
                                   as the system takes them. They may stand anywhere */
    size_t n_overs;
    const struct rc_source *const *pieces; /**< [n_pieces] texts, laid over the model before them */
    size_t n_pieces;
    const char *const *scenarios; /**< [n_scenarios] names, applied in this order */
    size_t n_scenarios;
    const char *const *sets; /**< [n_sets] "name=expression", applied after the scenarios */
    size_t n_sets;
    bool allow_outside; /**< `extends` may name files outside the folder of the top file */
} rc_load_options;      /* {0}: nothing */

/** The same with overlays; options NULL: none. */
rc_status rc_model_load_with(const rc_source *source, const rc_load_options *options,
                             rc_arena *arena, rc_diags *diags, const rc_model **out);

/** Load every scenario of a model by itself, below what `options` lay over it. Mistakes go to diags
 * and name the scenario; warnings that the model itself has are left out. [model->n_scenarios]
 * models, NULL for one with mistakes. */
const rc_model *const *rc_model_scenarios(const rc_model *model, const rc_load_options *options,
                                          rc_arena *arena, rc_diags *diags);

const rc_entry *rc_model_find(const rc_model *model, const char *name);

/** The value when the expression is the same in every trial and period (names followed). */
bool rc_expr_constant(const rc_expr *e, double *value);

#endif
