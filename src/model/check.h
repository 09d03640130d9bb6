/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the checker: from the tree of a file to a model.
 *
 *   scalars.c values of keys that are no formulas
 *   read.c    sections and keys -> nodes, each with its formulas as fields
 *   graph.c   which node needs which; cycles; an order in which all that is needed comes first
 *   resolve.c names, operators  \
 *   calls.c   functions          > a field's syntax -> expression, in that order
 *   draws.c   distributions     /
 *   process.c gbm, ar1 and the like
 *   functions.c                        functions of the model's own, written out where called
 *   flows.c, risks.c, levers.c, hdr.c  what is read and checked for these alone
 *   groups.c, evidence.c               likewise
 *   dimensions.c                      which dimensions the draws take
 *   correlations.c, dependence.c      what depends on what
 *   model.c   the steps one after the other, and the finished model
 *
 * Mistakes go to c->diags and the work goes on; what depends on a mistake stays silent. */
#ifndef RC_MODEL_CHECK_H
#define RC_MODEL_CHECK_H

#include "model/func.h"
#include "model/keys.h"
#include "model/syntax.h"

/** A node is evaluated in two parts, so that what looks like a cycle need not be one: the second
 * part of a series or line is its value at time 0, of a risk what it does (not whether it occurs).
 */
enum { RC_PART_MAIN, RC_PART_AUX, RC_PARTS };

/** One formula of a node. */
typedef struct rc_field {
    const char *key; /**< "value", "margin" ... */
    const rc_syn *syn;
    const rc_expr **out; /**< where the expression goes */
    unsigned part;
    bool series_ok;
    rc_draw **draws; /**< that stand in it, from left to right */
    size_t n_draws, draws_capacity;
} rc_field;

/** "This part needs vertex `to`": node index * RC_PARTS + part. */
typedef struct rc_edge {
    size_t to;
    rc_mark mark;
} rc_edge;

typedef struct rc_edges {
    rc_edge *rows;
    size_t n, capacity;
} rc_edges;

/** Lines that a risk acts on. */
typedef struct rc_targets {
    const rc_entry **lines;
    const rc_expr **factors; /**< of multiply with a mapping */
    size_t n;
} rc_targets;

/** A function of the model's own. */
typedef struct rc_function {
    const char *parameters; /**< "x, y=1" as written */
    size_t n;
    const char **names;
    const rc_syn **defaults; /**< NULL: must be given */
    const char **unused;     /**< [n_unused] parameters that nothing here names */
    size_t n_unused;
    bool *past_only; /**< the body takes the past of this parameter alone: prev(s), lag(s, n) */
} rc_function;

/** A call of such a function while its body is resolved: parameters stand for shared trees. */
typedef struct rc_frame {
    const struct rc_frame *outer; /**< NULL: the call stands in a field */
    const struct rc_node *function;
    const rc_syn *call;
    const rc_expr **args; /**< NULL: not yet */
} rc_frame;

/** An entry being read; or a value of the top, which is an entry without a name in formulas; or a
 * function. */
typedef struct rc_node {
    rc_entry *entry;
    const rc_yaml *body;
    bool top;              /**< discount_rate and such */
    rc_flow *flow;         /**< entry->flow */
    rc_risk *risk;         /**< entry->risk */
    rc_lever *lever;       /**< entry->lever */
    rc_function *function; /**< NULL: no function; its body is field 0 */
    rc_field *fields;
    size_t n_fields, fields_capacity;
    rc_targets multiply, stop;         /**< of a risk */
    const rc_expr *by;                 /**< of a risk */
    double confidence, overconfidence; /**< here */
    bool process; /**< its value is nothing but a process, which gives `initial` */
    bool bad;     /**< a mistake was reported: what depends on it stays silent */
    bool used;    /**< a formula names it */
    rc_edges needs[RC_PARTS];
} rc_node;

typedef struct rc_check {
    rc_arena *arena;
    const rc_source *source;
    rc_diags *diags;
    rc_top top;
    bool has_timeline;
    bool has_flows; /**< see rc_model */
    double dt;
    unsigned per_year, n_periods;

    rc_node *nodes; /**< entries in section order, file order; then those of the top */
    size_t n_nodes, nodes_capacity, n_entries;
    size_t *table; /**< hash of names: node index + 1, 0 where free */
    size_t table_size;
    size_t discount_node;   /**< node of discount_rate, or SIZE_MAX */
    size_t metrics_node;    /**< stands for all lines and risks, or SIZE_MAX */
    const char **all_names; /**< for suggestions, made when first wanted */
    size_t n_all_names;

    const rc_yaml *dimensions;        /**< the list of that name, or NULL */
    const rc_yaml *correlations;      /**< NULL when there are none */
    struct rc_dependence *dependence; /**< that is being read: correlations.c */
    const rc_correlated *correlated;
    size_t n_correlated;

    rc_targets every_line;            /**< of `stop: all`, made when first wanted */
    const rc_effect *stop_every_line; /**< likewise */

    rc_group *groups; /**< of `groups` at the top: members are names yet */
    const rc_yaml **group_members;
    size_t n_groups;
    rc_evidence *evidence;
    const rc_yaml **evidence_items;
    size_t n_evidence, first_evidence; /**< the node of the first item; the others follow */
    void *object;                      /**< group or item of evidence whose keys are being read */

    rc_node *node; /**< whose field is being resolved */
    rc_field *field;
    const rc_frame *frame; /**< innermost call of a function being written out, or NULL */
    size_t depth, inlined; /**< of rc_resolve: calls under way; steps inside functions so far */
    bool too_large;        /**< said so: no function is written out any more */
} rc_check;

/* ---- scalars.c ---- */

/** Is it a scalar, a mapping? If not, an error says what `key` needs. */
bool rc_check_scalar(rc_check *c, const char *key, const rc_yaml *y, const char *wanted);
bool rc_check_map(rc_check *c, const char *key, const rc_yaml *y, const char *example);
/** The value of a key into *out, or an error. */
void rc_read_choice(rc_check *c, const rc_key *key, const rc_yaml *y, int *out);
void rc_read_bool(rc_check *c, const rc_key *key, const rc_yaml *y, bool *out);
void rc_read_label(rc_check *c, const rc_key *key, const rc_yaml *y, rc_label *out);
void rc_read_share(rc_check *c, const char *key, const rc_yaml *y, double *out);
void rc_read_widening(rc_check *c, const rc_yaml *y, double *out);

/* ---- read.c ---- */

void rc_check_read(rc_check *c, const rc_yaml *root);
/** False after an error about a version that this program does not read. */
bool rc_check_version(const rc_yaml *root, bool needed, rc_diags *d);
/** Read a mapping by its rows into a member of node (or of c->top when node is NULL). */
void rc_check_keys(rc_check *c, rc_node *node, const rc_yaml *map, const rc_keys *keys,
                   const rc_keys *more);
/** A formula of `node` that goes to *out. */
void rc_check_field(rc_check *c, rc_node *node, const char *key, const rc_yaml *scalar,
                    const rc_expr **out, unsigned part, bool series_ok);
/** Is the name of this node one, and free? Reports it otherwise; remembers it when free. */
void rc_check_new_name(rc_check *c, rc_node *node, rc_mark mark);
/** The same, parsed already. */
void rc_check_syntax(rc_check *c, rc_node *node, const char *key, const rc_syn *syn,
                     const rc_expr **out, unsigned part, bool series_ok);
bool rc_check_number(rc_check *c, const char *key, const rc_yaml *scalar, double *out);
/** The keys of an entry that the table calls special; true when it was one of this family. */
bool rc_flow_key(rc_check *c, rc_node *node, const rc_key *key, const rc_yaml *value);
bool rc_risk_key(rc_check *c, rc_node *node, const rc_key *key, const rc_yaml *value);
/** The line that a scalar names, or NULL after an error about `key`. */
const rc_entry *rc_check_line(rc_check *c, const rc_node *node, const char *key,
                              const rc_yaml *name);

/* ---- names.c ---- */

void rc_names_init(rc_check *c, size_t n);
void rc_names_add(rc_check *c, const rc_node *node);

rc_node *rc_check_find(const rc_check *c, const char *name); /**< NULL when unknown */
/** "did you mean adoption?" among all names and the functions when `calls`, or `otherwise`. */
const char *rc_check_nearest(rc_check *c, const char *name, bool calls, const char *otherwise);
/** Report at a place of the node being worked on, and mark that node. */
void rc_check_error(rc_check *c, rc_mark mark, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* ---- graph.c ---- */

/** Vertices so that what is needed comes first; cycles are reported. */
const size_t *rc_check_order(rc_check *c, size_t *n);

/* ---- resolve.c, calls.c, draws.c, expand.c ---- */

void rc_check_resolve(rc_check *c, rc_node *node, unsigned part);
const rc_expr *rc_resolve(rc_check *c, const rc_syn *syn); /**< NULL after an error */
const rc_expr *rc_resolve_call(rc_check *c, const rc_syn *syn);
const rc_expr *rc_resolve_draw(rc_check *c, const rc_syn *syn, const rc_dist_type *type, bool each);
/** Report a formula that changes over time where one value a trial is needed; false then. */
bool rc_check_trial(rc_check *c, const rc_expr *e, const char *where);

rc_expr *rc_expr_new(rc_check *c, rc_expr_kind kind, rc_mark mark, size_t n_args,
                     const rc_expr *const *args);
const rc_expr *rc_expr_number(rc_check *c, double value, rc_mark mark);
const rc_expr *rc_expr_op(rc_check *c, rc_op op, rc_mark mark, const rc_expr *a, const rc_expr *b,
                          const rc_expr *d);
/** op of many, as a tree of small height. */
const rc_expr *rc_expr_join(rc_check *c, rc_op op, rc_mark mark, const rc_expr *const *args,
                            size_t n);
const rc_expr *rc_expand(rc_check *c, rc_macro macro, rc_mark mark, const rc_expr *const *args,
                         size_t n);
/** The value before period 1 of what `entry` names; NULL when it has none. */
const rc_expr *rc_check_initial(const rc_entry *entry);

/* ---- process.c ---- */

bool rc_is_process(const rc_func *f);
/** The argument of a call that is the value at time 0; NULL when it is missing. */
const rc_syn *rc_process_initial(const rc_syn *syn);
/** given[i]: argument of parameter i, NULL where left out. */
const rc_expr *rc_resolve_process(rc_check *c, const rc_syn *syn, const rc_func *f,
                                  const rc_syn *const *given);

/* ---- functions.c ---- */

/** A node for every row of `functions`; entries have theirs already. */
void rc_functions_read(rc_check *c, const rc_yaml *map);
/** Functions that nothing calls, and what is wrong inside those; parameters without use. */
void rc_functions_finish(rc_check *c);
const rc_expr *rc_function_call(rc_check *c, const rc_syn *syn, const rc_node *node);
/** Position of a name among the parameters, or n. */
size_t rc_function_parameter(const rc_function *f, const char *name);
/** What a name stands for in the body being resolved; NULL when it is no parameter. *later: it is
 * one, but stands after the default that names it. */
const rc_expr *rc_frame_find(const rc_check *c, const char *name, bool *later);
/** The function whose body holds a place, or NULL. */
const rc_node *rc_function_at(const rc_check *c, rc_mark mark);
/** May resolving go on inside a function? False after saying that it grows too large. */
bool rc_frame_allows(rc_check *c, const rc_syn *syn);

/** What a call is checked against. */
typedef struct rc_signature {
    const char *name, *parameters; /**< "x, y=1", for messages */
    size_t n;
    const char *const *names;
    const bool *optional;
    bool variadic; /**< any number of the last one, none by name */
} rc_signature;

/** slots[i] is what was given for parameter i, NULL where an optional one was left out. */
bool rc_bind(rc_check *c, const rc_syn *syn, const rc_signature *s, const rc_syn **slots);

/* ---- levers.c, groups.c, evidence.c ---- */

void rc_lever_start(rc_check *c, rc_node *node);
/** Once its keys are read: what they must be, and the entry's value. */
void rc_lever_finish(rc_check *c, rc_node *node);

void rc_groups_read(rc_check *c, const rc_yaml *map);
/** Once draws are known: members, conflicts, and the groups that only entries name. */
void rc_groups_finish(rc_check *c);

/** A node, which is no entry, for the measure of every item of the list. */
void rc_evidence_read(rc_check *c, const rc_yaml *list);
void rc_evidence_finish(rc_check *c);

/* ---- flows.c, risks.c ---- */

void rc_flow_start(rc_check *c, rc_node *node);
void rc_flow_finish(rc_check *c, rc_node *node);
void rc_risk_start(rc_check *c, rc_node *node);
void rc_risk_finish(rc_check *c, rc_node *node);

/* ---- hdr.c ---- */

void rc_hdr_read(rc_check *c, rc_node *node, const rc_yaml *y);
void rc_hdr_finish(rc_check *c, rc_node *node);

/* ---- dimensions.c ---- */

void rc_dimensions_read(rc_check *c, const rc_yaml *y);
/** Once entries are known: names that there are. */
void rc_dimensions_finish(rc_check *c);

/* ---- correlations.c ---- */

/** Read c->correlations, once all draws are known. */
void rc_correlations_check(rc_check *c);
/** A key of a group or matrix. */
void rc_correlation_key(rc_check *c, const rc_key *key, const rc_yaml *value);

/** Is it the same in every trial and period, and which value? False for NULL. */
static inline bool rc_is_constant(const rc_expr *e, double *value) {
    return e != NULL && rc_expr_constant(e, value);
}

#endif
