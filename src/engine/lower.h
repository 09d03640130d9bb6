/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a checked model to a graph. lower.c: expressions and the order of entries; lower_draw.c:
 * streams and distributions; lower_copula.c: what correlations do to their points; lower_lines.c:
 * what a line's keys mean; lower_risks.c: what risks do to lines; lower_cash.c: discounting,
 * totals, metrics. */
#ifndef RC_ENGINE_LOWER_H
#define RC_ENGINE_LOWER_H

#include "engine/graph.h"
#include "model/model.h"

/** A line of money: per period, and at time 0. `paid` is after risks. */
typedef struct rc_line_nodes {
    rc_node_id amount, zero;
    rc_node_id paid, paid_zero;
    rc_node_id left_out, left_out_zero; /**< what the tier's realisation leaves out, before risks;
                                             RC_NO_NODE when everything counts */
} rc_line_nodes;

typedef struct rc_risk_nodes {
    rc_node_id tau;        /**< time of the (first) occurrence in years, +inf: none; maybe period */
    rc_node_id count;      /**< occurrences in a period */
    rc_node_id happened;   /**< 0, then 1 */
    rc_node_id at, number; /**< RATE: what the repeat group reads */
    uint16_t repeat;       /**< RATE: its group */
    rc_node_id impact, impact_zero; /**< harm in money by period; RC_NO_NODE: none */
    rc_node_id effect, effect_zero; /**< change of net cash by impact, multiply and stop */
} rc_risk_nodes;

typedef struct rc_pending {
    rc_node_id prev, initial;
    const rc_entry *entry; /**< whose past it is; NULL: */
    const rc_expr *of;     /**< that of this expression */
    uint32_t lag;
} rc_pending;

typedef struct rc_draw_stream {
    const rc_draw *draw;
    uint32_t stream;
    const rc_correlated *group; /**< NULL: independent of the others */
    size_t place;               /**< in the group */
    rc_node_id node;            /**< its value; RC_NO_NODE: not lowered, or one an occurrence */
} rc_draw_stream;

typedef struct rc_lower {
    const rc_model *model;
    rc_graph *g;
    rc_error *err;
    const rc_expr **memo_key;
    rc_node_id *memo_value;
    size_t memo_size, memo_used;
    rc_node_id *value;    /**< [entries] inputs, series, outputs; RC_NO_NODE: not yet */
    rc_line_nodes *lines; /**< [entries] */
    rc_risk_nodes *risks; /**< [entries] */
    bool *done;           /**< [entries] */
    rc_pending *pending;
    size_t n_pending, pending_capacity;
    rc_draw_stream *stream_of_draw;       /**< [model->n_draws] by address of the draw */
    uint32_t *event_stream, *time_stream; /**< [entries] of risks */
    bool apart; /**< given before: no draw depends on another, and risks have switches (points.h) */
    uint32_t *switch_stream;      /**< [entries] of risks, with `apart` */
    uint32_t *shared_stream;      /**< [model->n_correlated] of groups that share a scale */
    const rc_dist **shared_ratio; /**< [model->n_correlated] chi^2 / df, made when first needed */
    uint16_t repeat;              /**< group of the risk whose impact is being lowered; 0 outside */
    const rc_entry *repeat_risk;
    rc_node_id factor; /**< discount factor by period */
    bool cash_ready;   /**< totals exist: metrics may be used */
    rc_node_id benefits, benefits_zero, costs, costs_zero, net, net_zero;
    rc_node_id cash[RC_CASH_ARGS];
    rc_dist **dists; /**< [n_dists] instances that are drawn from */
    size_t n_dists, dist_capacity;
} rc_lower;

rc_status rc_lower_model(rc_lower *l, const rc_model *model, rc_graph *g, rc_error *err);
/** Make the graph's draws fast; without it they are right, but slow. */
void rc_lower_tables(const rc_lower *l, int threads);

rc_node_id rc_lower_expr(rc_lower *l, const rc_expr *e);
/** The point that a correlated draw's quantile is taken at: lower_copula.c. */
rc_node_id rc_lower_dependent(rc_lower *l, const rc_correlated *group, size_t place);
rc_node_id rc_lower_draw(rc_lower *l, const rc_draw *draw);
void rc_lower_needs_table(rc_lower *l, rc_dist *dist);
void rc_lower_streams(rc_lower *l);
uint32_t rc_lower_stream_of(const rc_lower *l, const rc_draw *draw);
/** Streams of an entry that are not among streams[0 ... *n) yet: its draws, of a risk also its
 * event and its time; none of a line that is switched off. At most rc_entry_streams_most() of them.
 */
void rc_entry_streams(const rc_lower *l, const rc_entry *e, uint32_t *streams, size_t *n);
size_t rc_entry_streams_most(const rc_lower *l, const rc_entry *e);
rc_node_id rc_lower_node_of(const rc_lower *l, const rc_draw *draw); /**< rc_draw_stream.node */
/** With `apart`: `natural`, whether or how often the risk happens, unless its switch says 0 or at
 * least 1. What never varies is left alone. */
rc_node_id rc_lower_switched(rc_lower *l, const rc_entry *risk, rc_node_id natural);
rc_node_id rc_lower_point(rc_lower *l, uint32_t stream, bool period, uint16_t repeat);
void rc_lower_line(rc_lower *l, const rc_entry *line);
void rc_lower_occurrence(rc_lower *l, const rc_entry *risk); /* tau, count, happened */
void rc_lower_effects(rc_lower *l);                          /* impacts, multiply, stop */
void rc_lower_factor(rc_lower *l);                           /* discount factor by period */
void rc_lower_rates(rc_lower *l); /* yearly rates that irr and mirr read */
rc_node_id rc_lower_metric(rc_lower *l, const rc_metric_type *metric);
rc_node_id rc_lower_present_value(rc_lower *l, rc_node_id amount, rc_node_id zero);

/* Small words for building arithmetic. */
static inline rc_node_id rc_num(rc_lower *l, double x) {
    return rc_graph_const(l->g, x);
}
#define RC_BINARY(short_name, op)                                                                  \
    static inline rc_node_id rc_##short_name(rc_lower *l, rc_node_id a, rc_node_id b) {            \
        return rc_graph_op2(l->g, RC_OP_##op, a, b);                                               \
    }
RC_BINARY(plus, add)
RC_BINARY(minus, sub)
RC_BINARY(times, mul)
RC_BINARY(over, div)
RC_BINARY(power, pow)
RC_BINARY(least, min)
RC_BINARY(most, max)
RC_BINARY(is_equal, eq)
RC_BINARY(is_less, lt)
RC_BINARY(at_most, le)
#undef RC_BINARY
static inline rc_node_id rc_choose(rc_lower *l, rc_node_id c, rc_node_id a, rc_node_id b) {
    return rc_graph_op3(l->g, RC_OP_if, c, a, b);
}
bool rc_is_number(rc_lower *l, rc_node_id id, double x);
rc_node_id rc_lower_t(rc_lower *l, double shift);             /**< t + shift * dt by period */
rc_node_id rc_lower_k(rc_lower *l);                           /**< period number */
rc_node_id rc_lower_period_of(rc_lower *l, rc_node_id years); /**< that ends at or next after */
rc_node_id rc_lower_first(rc_lower *l, rc_node_id a);         /**< value to use at time 0 */
rc_node_id rc_lower_cumulative(rc_lower *l, rc_node_id a);    /**< running sum over periods */
rc_node_id rc_lower_rows(rc_lower *l, rc_node_id amount, rc_node_id zero);

#endif
