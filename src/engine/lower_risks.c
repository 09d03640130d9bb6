/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What risks are, in arithmetic.
 *
 * A risk with a probability or a gate has at most one occurrence, at time tau (+inf: none). A risk
 * with a rate is a Poisson process over the horizon: its occurrences are made one after the other
 * by a repeat group (their number is held below the quantile 1 - 1e-12), each with a time and an
 * impact of its own. An amount falls in the period that ends at or next after its time.
 *
 * An impact is harm wherever it is booked: more costs, or (`side: benefits`) less benefit; a
 * negative one is an opportunity. multiply acts from tau on and stop ends a line after tau, both
 * pro rata in tau's period over the part of it that the line covers; a once-only amount is hit when
 * it falls at or after (stop: after) tau. Several risks on one line act in the order of the file,
 * and each is charged with the change it makes. */
#include "engine/lower.h"

#include <math.h>

static rc_node_id uniform_time(rc_lower *l, rc_node_id point, rc_node_id from) {
    /* point w to u: w > 0 is u itself, w < 0 counts from the top */
    rc_node_id u =
        rc_choose(l, rc_is_less(l, point, rc_num(l, 0)), rc_plus(l, rc_num(l, 1), point), point);
    rc_node_id span = rc_minus(l, rc_num(l, l->g->years), from);
    return rc_plus(l, from, rc_times(l, u, span));
}

static void set_single(rc_lower *l, rc_risk_nodes *r) {
    rc_node_id k_tau = rc_lower_period_of(l, r->tau);
    rc_node_id k = rc_lower_k(l);
    /* time 0 is no period: an event "now" is seen from the first one on, and counted there */
    r->happened = rc_at_most(l, k_tau, k);
    r->count = rc_is_equal(l, rc_most(l, k_tau, rc_num(l, 1)), k);
}

static void probability(rc_lower *l, const rc_entry *e, rc_risk_nodes *r) {
    const rc_risk *risk = e->risk;
    rc_node_id chance = rc_lower_expr(l, risk->chance);
    double value;
    if (!rc_graph_is_const(l->g, chance, &value)) {
        const rc_phrase note = RC_PHRASE(
            "probability of `{name}` lay outside 0 to 1 and was clamped in {share} of trials",
            "name", e->name);
        chance = rc_graph_node(l->g, &(rc_node){.kind = RC_NODE_CLAMP01,
                                                .counter = rc_graph_counter(l->g, &note),
                                                .n_args = 1,
                                                .args = &chance});
    }
    rc_node_id args[2] = {rc_lower_point(l, l->event_stream[e->index], false, 0), chance};
    rc_node_id event =
        rc_graph_node(l->g, &(rc_node){.kind = RC_NODE_EVENT, .n_args = 2, .args = args});
    if (!rc_is_number(l, chance, 0)) /* what cannot happen has no switch */
        event = rc_lower_switched(l, e, event);
    rc_node_id at = rc_num(l, 0);
    if (risk->anytime)
        at = uniform_time(l, rc_lower_point(l, l->time_stream[e->index], false, 0), at);
    else if (risk->at != NULL)
        at = rc_lower_expr(l, risk->at);
    r->at = at;
    r->tau = rc_choose(l, event, at, rc_num(l, INFINITY));
    set_single(l, r);
}

/* Tested once, in the period that ends at or next after `at`. tau_k is known from that period on.
 */
static void gate(rc_lower *l, const rc_entry *e, rc_risk_nodes *r) {
    rc_node_id at = rc_lower_expr(l, e->risk->at);
    rc_node_id condition = rc_lower_switched(l, e, rc_lower_expr(l, e->risk->chance));
    rc_node_id never = rc_num(l, INFINITY);
    r->at = at;
    if (!l->g->nodes[condition].period) {
        r->tau = rc_choose(l, condition, at, never);
        set_single(l, r);
        return;
    }
    rc_node_id k_at = rc_most(l, rc_lower_period_of(l, at), rc_num(l, 1));
    rc_node_id now = rc_is_equal(l, k_at, rc_lower_k(l));
    rc_node_id before = rc_graph_prev(l->g, 1, never);
    r->tau = rc_choose(l, now, rc_choose(l, condition, at, never), before);
    rc_graph_close(l->g, before, r->tau);
    set_single(l, r);
}

static rc_node_id scatter(rc_lower *l, const rc_risk_nodes *r, rc_scatter kind,
                          const rc_node_id *more, uint32_t n) {
    rc_node_id args[5] = {r->number, r->at};
    for (uint32_t i = 0; i < n; i++)
        args[2 + i] = more[i];
    return rc_graph_node(l->g, &(rc_node){.kind = RC_NODE_SCATTER,
                                          .op = (uint8_t)kind,
                                          .period = true,
                                          .lag = r->repeat, /* the group that fills it */
                                          .n_args = 2 + n,
                                          .args = args});
}

/* Each occurrence multiplies the line from its time on. */
static rc_node_id repeated_factor(rc_lower *l, const rc_risk_nodes *r, const rc_flow *f,
                                  rc_node_id by) {
    rc_node_id more[3] = {by};
    if (f->per == RC_PER_ONCE) {
        more[1] = f->at != NULL ? rc_lower_expr(l, f->at) : rc_num(l, 0);
        return scatter(l, r, RC_SCATTER_FACTOR_ONCE, more, 2);
    }
    more[1] = f->from != NULL ? rc_lower_expr(l, f->from) : rc_num(l, 0);
    more[2] = f->until != NULL ? rc_lower_expr(l, f->until) : rc_num(l, INFINITY);
    return scatter(l, r, RC_SCATTER_FACTOR, more, 3);
}

static rc_node_id poisson_count(rc_lower *l, const rc_entry *e, rc_node_id mean) {
    rc_node_id point = rc_lower_point(l, l->event_stream[e->index], false, 0);
    /* held below the quantile 1 - 1e-12, so that the group ends */
    rc_node_id held = rc_choose(l, rc_is_less(l, point, rc_num(l, 0)),
                                rc_least(l, point, rc_num(l, -1e-12)), point);
    const rc_dist_type *type = rc_dist_find("poisson");
    double value;
    if (rc_graph_is_const(l->g, mean, &value)) {
        if (value <= 0)
            return rc_num(l, 0);
        rc_dist_value values[RC_DIST_MAX_SLOTS] = {{.number = value}};
        rc_dist *dist = NULL;
        if (rc_dist_build(type, values, l->g->arena, &dist, l->err) != RC_OK)
            return rc_num(l, NAN);
        rc_lower_needs_table(l, dist);
        return rc_graph_node(
            l->g, &(rc_node){.kind = RC_NODE_QUANTILE, .dist = dist, .n_args = 1, .args = &held});
    }
    rc_shape_slot *slot = RC_NEW(l->g->arena, rc_shape_slot, 1);
    *slot = (rc_shape_slot){.first = 1, .n = 1, .prob = NAN, .present = true};
    rc_shape_tree *tree = RC_NEW(l->g->arena, rc_shape_tree, 1);
    *tree = (rc_shape_tree){.type = type, .form = 0, .widen = 1, .slots = slot};
    const rc_phrase note = RC_PHRASE(
        "the rate of `{name}` was not a positive number in {share} of trials", "name", e->name);
    rc_node_id args[2] = {held, mean};
    rc_node_id count = rc_graph_node(l->g, &(rc_node){.kind = RC_NODE_QUANTILE_V,
                                                      .shape = tree,
                                                      .counter = rc_graph_counter(l->g, &note),
                                                      .n_args = 2,
                                                      .args = args});
    return rc_choose(l, rc_at_most(l, mean, rc_num(l, 0)), rc_num(l, 0), count);
}

enum { MOST_OCCURRENCES = 1000000 }; /* expected, of one risk in one trial */

/* Occurrences are made one after the other: a number that would take forever is refused where it is
 * known, and held where it is not. */
static rc_node_id expected_count(rc_lower *l, const rc_entry *e, rc_node_id span) {
    rc_node_id mean = rc_times(l, rc_lower_expr(l, e->risk->chance), span);
    rc_node_id most = rc_num(l, MOST_OCCURRENCES);
    double value;
    if (!rc_graph_is_const(l->g, mean, &value))
        return rc_least(l, mean, most);
    if (value > MOST_OCCURRENCES) {
        rc_fail(
            l->err, RC_INPUT,
            "the rate of `%s` gives %g occurrences in a trial; at most %d are simulated: take a "
            "cost line with the mean of many",
            e->name, value, MOST_OCCURRENCES);
        return most;
    }
    return mean;
}

static void rate(rc_lower *l, const rc_entry *e, rc_risk_nodes *r) {
    rc_node_id from = rc_num(l, 0);
    if (e->risk->at != NULL)
        from = rc_most(l, rc_lower_expr(l, e->risk->at), from);
    rc_node_id span = rc_most(l, rc_minus(l, rc_num(l, l->g->years), from), rc_num(l, 0));
    rc_node_id mean = expected_count(l, e, span);
    r->repeat = ++l->g->n_repeats;
    r->number = rc_lower_switched(l, e, poisson_count(l, e, mean));
    r->at = uniform_time(l, rc_lower_point(l, l->time_stream[e->index], false, r->repeat), from);
    r->count = scatter(l, r, RC_SCATTER_COUNT, NULL, 0);
    r->tau = scatter(l, r, RC_SCATTER_FIRST, NULL, 0);
    r->happened = rc_at_most(l, rc_lower_period_of(l, r->tau), rc_lower_k(l));
}

void rc_lower_occurrence(rc_lower *l, const rc_entry *e) {
    rc_risk_nodes *r = &l->risks[e->index];
    switch (e->risk->trigger) {
    case RC_PROBABILITY: probability(l, e, r); break;
    case RC_RATE: rate(l, e, r); break;
    case RC_WHEN: gate(l, e, r); break;
    }
}

/* ---- What it does ------------------------------------------------------------------------------
 */

/* A formula of a risk with a rate: its draws are made afresh for every occurrence. */
static rc_node_id lower_repeated(rc_lower *l, const rc_entry *e, const rc_expr *formula) {
    l->repeat = l->risks[e->index].repeat;
    l->repeat_risk = e;
    rc_node_id id = rc_lower_expr(l, formula);
    l->repeat = 0;
    return id;
}

static void impact(rc_lower *l, const rc_entry *e, rc_risk_nodes *r) {
    const rc_risk *risk = e->risk;
    rc_node_id nothing = rc_num(l, 0);
    r->impact_zero = nothing;
    if (risk->trigger == RC_RATE) {
        /* an impact that follows a series is one amount a period; else one an occurrence */
        if (risk->impact->shape == RC_SHAPE_PERIOD) {
            r->impact = rc_times(l, r->count, rc_lower_expr(l, risk->impact));
        } else {
            rc_node_id money = lower_repeated(l, e, risk->impact);
            r->impact = scatter(l, r, RC_SCATTER_AMOUNT, &money, 1);
        }
        return;
    }
    rc_node_id money = rc_lower_expr(l, risk->impact);
    rc_node_id k_tau = rc_lower_period_of(l, r->tau);
    if (l->g->nodes[r->tau].period) { /* a gate on a series: not known before period 1 */
        r->impact = rc_choose(l, r->count, money, nothing);
        return;
    }
    r->impact = rc_choose(l, rc_is_equal(l, k_tau, rc_lower_k(l)), money, nothing);
    rc_node_id now = rc_at_most(l, k_tau, nothing);
    if (!rc_is_number(l, now, 0))
        r->impact_zero = rc_choose(l, now, rc_lower_first(l, money), nothing);
}

/* Share of a line's amount in each period that falls after tau. */
static rc_node_id share_after(rc_lower *l, const rc_flow *f, rc_node_id tau, bool strictly) {
    if (f->per == RC_PER_ONCE) {
        rc_node_id at = f->at != NULL ? rc_lower_expr(l, f->at) : rc_num(l, 0);
        return strictly ? rc_is_less(l, tau, at) : rc_at_most(l, tau, at);
    }
    rc_node_id end = rc_lower_t(l, 0), start = rc_lower_t(l, -1);
    if (f->until != NULL)
        end = rc_least(l, end, rc_lower_expr(l, f->until));
    if (f->from != NULL)
        start = rc_most(l, start, rc_lower_expr(l, f->from));
    rc_node_id length = rc_minus(l, end, start), zero = rc_num(l, 0);
    rc_node_id after = rc_most(l, rc_minus(l, end, rc_most(l, start, tau)), zero);
    /* an empty period has no amount; divide by something positive all the same */
    rc_node_id divisor = rc_choose(l, rc_at_most(l, length, zero), rc_num(l, 1), length);
    return rc_over(l, after, divisor);
}

/* Factor on the line in each period and at time 0 (1: none). */
static void effect_factor(rc_lower *l, const rc_entry *e, const rc_effect *effect,
                          rc_node_id *period, rc_node_id *zero) {
    const rc_risk *risk = e->risk;
    const rc_risk_nodes *r = &l->risks[e->index];
    const rc_flow *f = effect->line->flow;
    rc_node_id one = rc_num(l, 1), none = rc_num(l, 0);
    *zero = one;
    if (effect->factor == NULL) { /* stop */
        *period = rc_minus(l, one, share_after(l, f, r->tau, true));
        return;
    }
    if (risk->trigger == RC_RATE) {
        if (effect->factor->shape == RC_SHAPE_PERIOD) {
            rc_fail(l->err, RC_INPUT,
                    "`%s`: the factor of a risk with a rate takes one value an occurrence, not a "
                    "series",
                    e->name);
            *period = one;
            return;
        }
        *period = repeated_factor(l, r, f, lower_repeated(l, e, effect->factor));
        return;
    }
    rc_node_id by = rc_lower_expr(l, effect->factor);
    bool throughout = risk->at == NULL && !(risk->anytime);
    rc_node_id happened = rc_is_less(l, r->tau, rc_num(l, INFINITY));
    if (throughout) {
        *period = rc_choose(l, happened, by, one);
        *zero = rc_choose(l, happened, rc_lower_first(l, by), one);
        return;
    }
    rc_node_id share = share_after(l, f, r->tau, false);
    rc_node_id change = rc_times(l, share, rc_minus(l, by, one));
    *period = rc_plus(l, one, change);
    if (!l->g->nodes[r->tau].period) {
        rc_node_id now = rc_at_most(l, r->tau, none);
        if (!rc_is_number(l, now, 0))
            *zero = rc_choose(l, now, rc_lower_first(l, by), one);
    }
}

/* Lines that one risk changes by the same factor: their change is worked out together. */
typedef struct change {
    rc_node_id factor, sum; /* sum of the lines before, costs negative */
} change;

enum { CHANGES = 16 }; /* more factors than that in one risk are not looked for again */

static void add_change(rc_lower *l, change *changes, size_t *n, rc_node_id factor,
                       rc_node_id amount, bool cost) {
    size_t first = *n > CHANGES ? *n - CHANGES : 0, i = first;
    while (i < *n && changes[i].factor != factor)
        i++;
    if (i == *n)
        changes[(*n)++] = (change){factor, rc_num(l, 0)};
    changes[i].sum =
        cost ? rc_minus(l, changes[i].sum, amount) : rc_plus(l, changes[i].sum, amount);
}

static void apply(rc_lower *l, const rc_entry *e, const rc_effect *effect, change *changes,
                  size_t *n_changes) {
    rc_risk_nodes *r = &l->risks[e->index];
    rc_line_nodes *line = &l->lines[effect->line->index];
    bool cost = effect->line->section == RC_COSTS;
    rc_node_id factor, factor_zero;
    effect_factor(l, e, effect, &factor, &factor_zero);
    if (!rc_is_number(l, line->paid, 0)) {
        add_change(l, changes, n_changes, factor, line->paid, cost);
        line->paid = rc_times(l, line->paid, factor);
    }
    if (!rc_is_number(l, factor_zero, 1) && !rc_is_number(l, line->paid_zero, 0)) {
        rc_node_id zero = rc_times(l, line->paid_zero, factor_zero);
        rc_node_id before = line->paid_zero;
        rc_node_id gain = cost ? rc_minus(l, before, zero) : rc_minus(l, zero, before);
        r->effect_zero = rc_plus(l, r->effect_zero, gain);
        line->paid_zero = zero;
    }
}

static void apply_all(rc_lower *l, const rc_entry *e) {
    rc_risk_nodes *r = &l->risks[e->index];
    change *changes = RC_NEW(l->g->arena, change, e->risk->n_effects);
    size_t n = 0;
    for (size_t j = 0; j < e->risk->n_effects; j++)
        apply(l, e, &e->risk->effects[j], changes, &n);
    for (size_t i = 0; i < n; i++) {
        rc_node_id share = rc_minus(l, changes[i].factor, rc_num(l, 1));
        r->effect = rc_plus(l, r->effect, rc_times(l, changes[i].sum, share));
    }
}

static void total_up(rc_lower *l) {
    l->benefits = l->benefits_zero = l->costs = l->costs_zero = rc_num(l, 0);
    for (size_t i = 0; i < l->model->n_entries; i++) {
        const rc_entry *e = l->model->entries[i];
        const rc_line_nodes *line = &l->lines[i];
        const rc_risk_nodes *r = &l->risks[i];
        if (e->section == RC_BENEFITS) {
            l->benefits = rc_plus(l, l->benefits, line->paid);
            l->benefits_zero = rc_plus(l, l->benefits_zero, line->paid_zero);
        } else if (e->section == RC_COSTS) {
            l->costs = rc_plus(l, l->costs, line->paid);
            l->costs_zero = rc_plus(l, l->costs_zero, line->paid_zero);
        } else if (r->impact != RC_NO_NODE && e->risk->impact_is_benefit) {
            l->benefits = rc_minus(l, l->benefits, r->impact);
            l->benefits_zero = rc_minus(l, l->benefits_zero, r->impact_zero);
        } else if (r->impact != RC_NO_NODE) {
            l->costs = rc_plus(l, l->costs, r->impact);
            l->costs_zero = rc_plus(l, l->costs_zero, r->impact_zero);
        }
    }
    l->net = rc_minus(l, l->benefits, l->costs);
    l->net_zero = rc_minus(l, l->benefits_zero, l->costs_zero);
    l->cash_ready = true;
}

void rc_lower_effects(rc_lower *l) {
    for (size_t i = 0; i < l->model->n_entries; i++) {
        const rc_entry *e = l->model->entries[i];
        if (e->section != RC_RISKS)
            continue;
        rc_risk_nodes *r = &l->risks[i];
        r->effect = r->effect_zero = rc_num(l, 0);
        if (e->risk->impact != NULL) {
            impact(l, e, r);
            r->effect = rc_minus(l, r->effect, r->impact);
            r->effect_zero = rc_minus(l, r->effect_zero, r->impact_zero);
        }
        apply_all(l, e);
    }
    total_up(l);
}
