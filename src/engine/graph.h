/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The graph: what has to be computed, as values that depend on values. Making a node folds
 * constants and finds an equal node that exists already, so a subexpression is computed once
 * however often it is written. Nodes never change; arguments come before their users, except the
 * body of PREV, which closes the loop over time. */
#ifndef RC_ENGINE_GRAPH_H
#define RC_ENGINE_GRAPH_H

#include "copula/copula.h"
#include "core/arena.h"
#include "core/op.h"
#include "dist/dist.h"
#include "finance/metric.h"
#include "sample/sampler.h"

typedef uint32_t rc_node_id;
enum { RC_NO_NODE = UINT32_MAX, RC_MAX_PERIODS = 1200 };

typedef enum rc_node_kind {
    RC_NODE_CONST,      /**< number */
    RC_NODE_TIME,       /**< table[k]: the same in every trial, k = 0 ... K (0 unused) */
    RC_NODE_POINT,      /**< signed tail probability of `stream`; period: draw k, repeat: draw j */
    RC_NODE_QUANTILE,   /**< value of `dist` at args[0] */
    RC_NODE_QUANTILE_V, /**< the same where parameters vary: `shape`, args[0] point, then numbers */
    RC_NODE_LATENT,     /**< standard normal value of the point args[0] */
    RC_NODE_DEPENDENT,  /**< point of `member`, given those that it depends on: see rc_member */
    RC_NODE_OP,         /**< op(args) */
    RC_NODE_LOOKUP,     /**< args[0] in x0 y0 x1 y1 ... */
    RC_NODE_EVENT,      /**< 1 where the point args[0] lies in the upper args[1] share of chances */
    RC_NODE_CLAMP01,    /**< args[0] held in [0, 1]; lanes outside are counted (`counter`) */
    RC_NODE_PREV,       /**< body `lag` periods ago; args[0] before the first period */
    RC_NODE_CUMULATIVE, /**< running sum of args[0] over periods */
    RC_NODE_FOLD,       /**< one value from args[0] over all periods (fold); SUM may have
                             TIME weights in args[1] */
    RC_NODE_AT,         /**< args[0] at time args[1]; args[2] (if any) at time 0 */
    RC_NODE_SCATTER,    /**< rows filled by a repeat group: see rc_scatter */
    RC_NODE_ROWS,       /**< period value args[0] kept for all periods, with args[1] in row 0 */
    RC_NODE_METRIC,     /**< metric of the cash rows in args: see rc_cash_args */
} rc_node_kind;

typedef enum rc_fold { RC_FOLD_SUM, RC_FOLD_MIN, RC_FOLD_MAX, RC_FOLD_FIRST, RC_FOLD_LAST } rc_fold;

/** What a repeat group does with its j-th occurrence in the lanes where j < count (args[0]) and the
 * occurrence's time args[1] (years) lies within the horizon. */
typedef enum rc_scatter {
    RC_SCATTER_COUNT,  /**< row k += 1 in the period k of the time */
    RC_SCATTER_AMOUNT, /**< row k += args[2] */
    RC_SCATTER_FACTOR, /**< rows from k on *= args[2]; row k itself pro rata, over the part of it
                            that lies in [args[3], args[4]] (years) */
    RC_SCATTER_FACTOR_ONCE, /**< every row *= args[2] if the time is no later than args[3] */
    RC_SCATTER_FIRST,       /**< every row: the least time so far (+inf: none) */
} rc_scatter;

enum { /* args of METRIC */
       RC_CASH_NET,
       RC_CASH_FACTOR,
       RC_CASH_BENEFITS_PV,
       RC_CASH_COSTS_PV,
       RC_CASH_BENEFITS_TOTAL,
       RC_CASH_COSTS_TOTAL,
       RC_CASH_DISCOUNT_RATE,
       RC_CASH_FINANCE_RATE,
       RC_CASH_REINVEST_RATE,
       RC_CASH_ARGS
};

/** A distribution with varying parameters: the tree of which form, which slots, which argument. */
typedef struct rc_shape_slot {
    uint32_t first, n; /**< arguments of the QUANTILE_V node: numbers, list; pairs: n x's, n F's */
    double prob;       /**< of a "p*" slot */
    bool present;
    const struct rc_shape_tree *const *children; /**< [n_children] of SHAPE, SHAPES */
    uint32_t n_children;
} rc_shape_slot;

typedef struct rc_shape_tree {
    const rc_dist_type *type;
    size_t form;
    double widen;
    const rc_shape_slot *slots; /**< of the form */
    const rc_dist *constant;    /**< built already when nothing below varies */
} rc_shape_tree;

/** A correlated point. Elliptical copulas: args are latent values with a weight each, then, where
 * the copula has one, the scale that all share. Pairs: args are the first point and an own one. */
typedef struct rc_member {
    rc_copula copula;
    uint32_t n_weights;
    const double *weights; /**< [n_weights] */
} rc_member;

typedef struct rc_node {
    rc_node_kind kind;
    bool period;      /**< one value a period; else one a trial */
    uint8_t op;       /**< rc_op, rc_fold or rc_scatter */
    uint16_t repeat;  /**< repeat group (from 1) that computes it; 0: none */
    uint32_t lag;     /**< PREV */
    uint32_t stream;  /**< POINT: index into graph->streams */
    uint32_t counter; /**< CLAMP01, QUANTILE_V: index into graph->counters */
    uint32_t n_args;
    const rc_node_id *args;
    double number;                /**< CONST */
    const double *table;          /**< TIME [K + 1] */
    const rc_dist *dist;          /**< QUANTILE */
    const rc_shape_tree *shape;   /**< QUANTILE_V */
    const rc_member *member;      /**< DEPENDENT; one object a draw: the pointer is compared */
    const rc_metric_type *metric; /**< METRIC, baseline */
} rc_node;

typedef struct rc_named_stream {
    const char *name;
    rc_stream stream;
} rc_named_stream;

typedef struct rc_graph {
    rc_arena *arena;
    unsigned n_periods, per_year;
    double dt, years;
    rc_node *nodes;
    size_t n_nodes, capacity;
    rc_node_id *body; /**< [capacity] body of PREV nodes, set later; else RC_NO_NODE */
    uint32_t *table;  /**< hash table of node ids + 1 */
    size_t table_size;
    rc_named_stream *streams;
    size_t n_streams;
    uint32_t dimensions;
    rc_phrase *counters; /**< what is counted; the {share} of trials is added at the end */
    size_t n_counters, counters_capacity;
    uint16_t n_repeats;
} rc_graph;

void rc_graph_init(rc_graph *g, rc_arena *arena, double years, unsigned per_year, unsigned periods);

rc_node_id rc_graph_const(rc_graph *g, double value);
/** Same in all trials: table[1 ... K] is copied; all equal folds to a constant. */
rc_node_id rc_graph_time(rc_graph *g, const double *table);
rc_node_id rc_graph_op1(rc_graph *g, rc_op op, rc_node_id a);
rc_node_id rc_graph_op2(rc_graph *g, rc_op op, rc_node_id a, rc_node_id b);
rc_node_id rc_graph_op3(rc_graph *g, rc_op op, rc_node_id a, rc_node_id b, rc_node_id c);
/** Any node: args are copied; shape and repeat group follow from the args unless given. */
rc_node_id rc_graph_node(rc_graph *g, const rc_node *draft);
/** PREV before its body is known; then rc_graph_close(). Never shared with another node. */
rc_node_id rc_graph_prev(rc_graph *g, uint32_t lag, rc_node_id initial);
void rc_graph_close(rc_graph *g, rc_node_id prev, rc_node_id body);
/** Fold over periods; of a value that does not depend on the period: in closed form. */
rc_node_id rc_graph_fold(rc_graph *g, rc_fold fold, rc_node_id a);
uint32_t rc_graph_counter(rc_graph *g, const rc_phrase *note);

bool rc_graph_is_const(const rc_graph *g, rc_node_id id, double *value);

#endif
