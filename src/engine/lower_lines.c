/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the keys of a benefit or cost line mean, in arithmetic.
 *
 *   a rate:  value * (1, 4, 12 a year) * cover, where cover = years of the period within
 *            [from, until], times (1 + growth)^(whole years since `from`); a period that holds an
 *            anniversary of `from` grows from there on, so the step does not change the sum
 *   once:    the value in the period that ends at or next after `at`; period 0 is now
 *   yearly:  the amount of the year in which the period lies, times its length
 *   all:     times margin, the line's realisation and its tier's; less net_of, floored at 0 */
#include "engine/lower.h"

#include <math.h>

static rc_node_id opt(rc_lower *l, const rc_expr *e, double fallback) {
    return e != NULL ? rc_lower_expr(l, e) : rc_num(l, fallback);
}

/* The part of each period that lies within [from, until]. */
static void part_of_period(rc_lower *l, const rc_flow *f, rc_node_id *start, rc_node_id *end) {
    *end = rc_lower_t(l, 0);
    *start = rc_lower_t(l, -1);
    if (f->until != NULL)
        *end = rc_least(l, *end, rc_lower_expr(l, f->until));
    if (f->from != NULL)
        *start = rc_most(l, *start, rc_lower_expr(l, f->from));
}

/* The rate times the years of each period that it flows, times its growth. */
static rc_node_id grown(rc_lower *l, const rc_flow *f, rc_node_id rate) {
    rc_node_id cover = rc_num(l, l->g->dt), zero = rc_num(l, 0), start, end;
    part_of_period(l, f, &start, &end);
    if (f->from != NULL || f->until != NULL)
        cover = rc_most(l, rc_minus(l, end, start), zero);
    if (f->growth == NULL)
        return rc_times(l, rate, cover);
    rc_node_id growth = rc_lower_expr(l, f->growth), from = opt(l, f->from, 0);
    rc_node_id since = rc_plus(l, rc_minus(l, start, from), rc_num(l, 1e-9));
    rc_node_id whole = rc_graph_op1(l->g, RC_OP_floor, since);
    rc_node_id next = rc_plus(l, from, rc_plus(l, whole, rc_num(l, 1))); /* anniversary */
    rc_node_id later = rc_most(l, rc_minus(l, end, rc_most(l, start, next)), zero);
    if (!rc_is_number(l, later, 0))
        cover = rc_plus(l, cover, rc_times(l, later, growth));
    /* trial-shaped factors first, so that they leave the loop over periods */
    return rc_times(l, rc_times(l, rate, cover),
                    rc_power(l, rc_plus(l, rc_num(l, 1), growth), whole));
}

/* One amount a year, as a rate per year in each period. */
static rc_node_id yearly_rate(rc_lower *l, const rc_flow *f) {
    double year_of[RC_MAX_PERIODS + 1] = {0};
    for (unsigned k = 1; k <= l->g->n_periods; k++)
        year_of[k] = floor((k - 0.5) / l->g->per_year);
    rc_node_id year = rc_graph_time(l->g, year_of);
    rc_node_id rate = rc_lower_expr(l, f->yearly[f->n_yearly - 1]);
    for (size_t y = f->n_yearly - 1; y-- > 0;)
        rate = rc_choose(l, rc_at_most(l, year, rc_num(l, (double)y)),
                         rc_lower_expr(l, f->yearly[y]), rate);
    return rate;
}

static double per_year_of(rc_per per) {
    return per == RC_PER_MONTH ? 12 : per == RC_PER_QUARTER ? 4 : 1;
}

typedef struct amounts {
    rc_node_id period, zero;
} amounts;

static amounts once(rc_lower *l, const rc_entry *line) {
    const rc_flow *f = line->flow;
    rc_node_id value = rc_lower_expr(l, line->value);
    rc_node_id at = rc_lower_period_of(l, opt(l, f->at, 0));
    rc_node_id nothing = rc_num(l, 0);
    rc_node_id in_zero = rc_at_most(l, at, rc_num(l, 0));
    return (amounts){
        .period = rc_choose(l, rc_is_equal(l, at, rc_lower_k(l)), value, nothing),
        .zero = rc_is_number(l, in_zero, 0)
                    ? nothing
                    : rc_choose(l, in_zero, rc_lower_first(l, value), nothing),
    };
}

static amounts running(rc_lower *l, const rc_entry *line) {
    const rc_flow *f = line->flow;
    rc_node_id rate = rc_num(l, 0);
    if (f->n_yearly > 0)
        rate = yearly_rate(l, f);
    else if (line->value != NULL)
        rate = rc_times(l, rc_lower_expr(l, line->value), rc_num(l, per_year_of(f->per)));
    if (rc_is_number(l, rate, 0))
        return (amounts){rate, rate};
    return (amounts){grown(l, f, rate), rc_num(l, 0)};
}

/* What of an amount is real: margin and the line's own realisation. */
static rc_node_id realised_share(rc_lower *l, const rc_flow *f) {
    return rc_times(l, opt(l, f->margin, 1), opt(l, f->realisation, 1));
}

static amounts scaled(rc_lower *l, amounts a, rc_node_id share) {
    if (!rc_is_number(l, a.period, 0))
        a.period = rc_times(l, a.period, share);
    if (!rc_is_number(l, a.zero, 0))
        a.zero = rc_times(l, a.zero, rc_lower_first(l, share));
    return a;
}

static amounts net_of(rc_lower *l, const rc_flow *f, amounts a) {
    for (size_t i = 0; i < f->n_net_of; i++) {
        const rc_line_nodes *other = &l->lines[f->net_of[i].line->index];
        rc_node_id share = rc_lower_expr(l, f->net_of[i].share);
        a.period = rc_minus(l, a.period, rc_times(l, share, other->amount));
        if (!rc_is_number(l, other->zero, 0))
            a.zero = rc_minus(l, a.zero, rc_times(l, rc_lower_first(l, share), other->zero));
    }
    if (f->n_net_of > 0) {
        a.period = rc_most(l, a.period, rc_num(l, 0));
        a.zero = rc_most(l, a.zero, rc_num(l, 0));
    }
    return a;
}

void rc_lower_line(rc_lower *l, const rc_entry *line) {
    const rc_flow *f = line->flow;
    amounts a = {rc_num(l, 0), rc_num(l, 0)}, left_out = {RC_NO_NODE, RC_NO_NODE};
    if (f->enabled) {
        a = f->per == RC_PER_ONCE ? once(l, line) : running(l, line);
        if (f->initial != NULL)
            a.zero = rc_plus(l, a.zero, rc_lower_expr(l, f->initial));
        a = scaled(l, a, realised_share(l, f));
        rc_node_id tier = opt(l, l->model->tier_realisation[f->tier], 1);
        if (!rc_is_number(l, tier, 1)) /* what does not count is shown apart */
            left_out = scaled(l, a, rc_minus(l, rc_num(l, 1), tier));
        a = scaled(l, a, tier);
        a = net_of(l, f, a);
    }
    l->lines[line->index] =
        (rc_line_nodes){a.period, a.zero, a.period, a.zero, left_out.period, left_out.zero};
}
