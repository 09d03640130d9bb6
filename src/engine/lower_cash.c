/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Discount factors by convention, present values, and the rows that metrics read.
 *
 * r is effective per year. period_end: (1+r)^-t. year_end: t rounded up to whole years. mid:
 * t - dt/2. continuous: money flows evenly through the period, so the factor is the mean of
 * (1+r)^-s over it. A rate that changes from period to period compounds: prod (1+r_j)^dt. */
#include "engine/lower.h"

#include <math.h>

static rc_node_id log1p_node(rc_lower *l, rc_node_id r) {
    return rc_graph_op1(l->g, RC_OP_log, rc_plus(l, rc_num(l, 1), r));
}

/* (1 - e^-x) / x, where x = ln(1+r) dt; 1 where x is 0. */
static rc_node_id mean_decay(rc_lower *l, rc_node_id x) {
    rc_node_id one = rc_num(l, 1), zero = rc_num(l, 0);
    rc_node_id flat = rc_is_equal(l, x, zero);
    rc_node_id divisor = rc_choose(l, flat, one, x);
    rc_node_id decay =
        rc_minus(l, one, rc_graph_op1(l->g, RC_OP_exp, rc_graph_op1(l->g, RC_OP_neg, x)));
    return rc_choose(l, flat, one, rc_over(l, decay, divisor));
}

static rc_node_id steady_factor(rc_lower *l, rc_node_id r) {
    rc_node_id grown = rc_plus(l, rc_num(l, 1), r);
    double exponent[RC_MAX_PERIODS + 1] = {0};
    for (unsigned k = 1; k <= l->g->n_periods; k++) {
        double t = (double)k / l->g->per_year, dt = l->g->dt;
        switch (l->model->discounting) {
        case RC_PERIOD_END: exponent[k] = -t; break;
        case RC_YEAR_END: exponent[k] = -ceil(t - 1e-9); break;
        case RC_MID: exponent[k] = -(t - dt / 2); break;
        case RC_CONTINUOUS: exponent[k] = -(k - 1.0) / l->g->per_year; break;
        }
    }
    rc_node_id factor = rc_power(l, grown, rc_graph_time(l->g, exponent));
    if (l->model->discounting == RC_CONTINUOUS)
        factor =
            rc_times(l, factor, mean_decay(l, rc_times(l, log1p_node(l, r), rc_num(l, l->g->dt))));
    return factor;
}

/* Each year's factor at its end, in the year's periods. After the horizon the last rate goes on. */
static rc_node_id year_end_factor(rc_lower *l, rc_node_id x, rc_node_id sum) {
    rc_graph *g = l->g;
    double year_of[RC_MAX_PERIODS + 1] = {0};
    for (unsigned k = 1; k <= g->n_periods; k++)
        year_of[k] = (k + g->per_year - 1) / g->per_year;
    unsigned years = (unsigned)year_of[g->n_periods];
    rc_node_id year = rc_graph_time(g, year_of), rows = rc_lower_rows(l, sum, rc_num(l, 0));
    rc_node_id beyond = rc_times(l, rc_graph_fold(g, RC_FOLD_LAST, x),
                                 rc_num(l, years * g->per_year - g->n_periods));
    rc_node_id factor = RC_NO_NODE;
    for (unsigned y = years; y > 0; y--) {
        rc_node_id args[2] = {rows, rc_num(l, y)};
        rc_node_id growth =
            rc_graph_node(g, &(rc_node){.kind = RC_NODE_AT, .op = true, .n_args = 2, .args = args});
        if (y == years)
            growth = rc_plus(l, growth, beyond);
        rc_node_id end = rc_graph_op1(g, RC_OP_exp, rc_graph_op1(g, RC_OP_neg, growth));
        factor = y == years ? end : rc_choose(l, rc_at_most(l, year, rc_num(l, y)), end, factor);
    }
    return factor;
}

static rc_node_id changing_factor(rc_lower *l, rc_node_id r) {
    rc_node_id x = rc_times(l, log1p_node(l, r), rc_num(l, l->g->dt));
    rc_node_id sum = rc_lower_cumulative(l, x);
    rc_node_id shift = rc_num(l, 0);
    switch (l->model->discounting) {
    case RC_YEAR_END: return year_end_factor(l, x, sum);
    case RC_MID: shift = rc_times(l, x, rc_num(l, 0.5)); break;
    case RC_CONTINUOUS: shift = x; break;
    default: break;
    }
    rc_node_id factor = rc_graph_op1(l->g, RC_OP_exp, rc_minus(l, shift, sum));
    return l->model->discounting == RC_CONTINUOUS ? rc_times(l, factor, mean_decay(l, x)) : factor;
}

void rc_lower_factor(rc_lower *l) {
    rc_node_id r = rc_lower_expr(l, l->model->discount_rate);
    l->factor = l->g->nodes[r].period ? changing_factor(l, r) : steady_factor(l, r);
}

/* Where the discount rate changes, its mean over the periods stands for it. */
void rc_lower_rates(rc_lower *l) {
    const rc_model *m = l->model;
    rc_node_id r = rc_lower_expr(l, m->discount_rate), mean = r;
    if (l->g->nodes[r].period)
        mean = rc_over(l, rc_graph_fold(l->g, RC_FOLD_SUM, r), rc_num(l, l->g->n_periods));
    for (int i = 0; i < RC_CASH_ARGS; i++)
        l->cash[i] = RC_NO_NODE;
    l->cash[RC_CASH_DISCOUNT_RATE] = mean;
    l->cash[RC_CASH_FINANCE_RATE] =
        m->finance_rate != NULL ? rc_lower_expr(l, m->finance_rate) : mean;
    l->cash[RC_CASH_REINVEST_RATE] =
        m->reinvest_rate != NULL ? rc_lower_expr(l, m->reinvest_rate) : mean;
}

rc_node_id rc_lower_present_value(rc_lower *l, rc_node_id amount, rc_node_id zero) {
    rc_node_id later = rc_graph_fold(l->g, RC_FOLD_SUM, rc_times(l, amount, l->factor));
    return rc_plus(l, later, zero);
}

static rc_node_id total(rc_lower *l, rc_node_id amount, rc_node_id zero) {
    return rc_plus(l, rc_graph_fold(l->g, RC_FOLD_SUM, amount), zero);
}

rc_node_id rc_lower_metric(rc_lower *l, const rc_metric_type *metric) {
    unsigned needs = metric->needs;
    rc_node_id args[RC_CASH_ARGS];
    for (int i = 0; i < RC_CASH_ARGS; i++)
        args[i] = rc_num(l, 0);
    if (needs & RC_NEEDS_NET)
        args[RC_CASH_NET] = rc_lower_rows(l, l->net, l->net_zero);
    if (needs & RC_NEEDS_FACTOR)
        args[RC_CASH_FACTOR] = rc_lower_rows(l, l->factor, rc_num(l, 1));
    if (needs & RC_NEEDS_PV) {
        args[RC_CASH_BENEFITS_PV] = rc_lower_present_value(l, l->benefits, l->benefits_zero);
        args[RC_CASH_COSTS_PV] = rc_lower_present_value(l, l->costs, l->costs_zero);
    }
    if (needs & RC_NEEDS_NOMINAL) {
        args[RC_CASH_BENEFITS_TOTAL] = total(l, l->benefits, l->benefits_zero);
        args[RC_CASH_COSTS_TOTAL] = total(l, l->costs, l->costs_zero);
    }
    if (needs & RC_NEEDS_RATES)
        for (int i = RC_CASH_DISCOUNT_RATE; i <= RC_CASH_REINVEST_RATE; i++)
            args[i] = l->cash[i];
    uint32_t counter = 0;
    if (metric->eval_counting != NULL)
        counter = rc_graph_counter(l->g, &(rc_phrase){.pattern = metric->several});
    return rc_graph_node(l->g, &(rc_node){.kind = RC_NODE_METRIC,
                                          .metric = metric,
                                          .counter = counter,
                                          .n_args = RC_CASH_ARGS,
                                          .args = args});
}
