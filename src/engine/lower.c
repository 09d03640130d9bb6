/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expressions to nodes, and the order in which entries are taken: depth first over what they
 * refer to, with a stack of our own, so that a chain of a hundred thousand names is no deeper
 * than one. PREV refers to an entry whose value may come later; those are closed at the end. */
#include "engine/lower.h"

#include <math.h>
#include <stdlib.h>

/* ---- Memo: one node per expression ------------------------------------------------------------
 */

static size_t memo_slot(const rc_lower *l, const rc_expr *e) {
    size_t at = (size_t)((uintptr_t)e >> 4) * 0x9E3779B97F4A7C15u >> 7 & (l->memo_size - 1);
    while (l->memo_key[at] != NULL && l->memo_key[at] != e)
        at = (at + 1) & (l->memo_size - 1);
    return at;
}

static void memo_reserve(rc_lower *l) {
    if (2 * (l->memo_used + 1) <= l->memo_size)
        return;
    size_t old_size = l->memo_size;
    const rc_expr **old_key = l->memo_key;
    rc_node_id *old_value = l->memo_value;
    l->memo_size = old_size == 0 ? 1024 : 2 * old_size;
    l->memo_key = RC_NEW(l->g->arena, const rc_expr *, l->memo_size);
    l->memo_value = RC_NEW(l->g->arena, rc_node_id, l->memo_size);
    for (size_t i = 0; i < old_size; i++)
        if (old_key[i] != NULL) {
            size_t at = memo_slot(l, old_key[i]);
            l->memo_key[at] = old_key[i];
            l->memo_value[at] = old_value[i];
        }
}

/* ---- Words ------------------------------------------------------------------------------------
 */

bool rc_is_number(rc_lower *l, rc_node_id id, double x) {
    double value;
    return rc_graph_is_const(l->g, id, &value) && value == x;
}

rc_node_id rc_lower_t(rc_lower *l, double shift) {
    double table[RC_MAX_PERIODS + 1] = {0};
    for (unsigned k = 1; k <= l->g->n_periods; k++)
        table[k] = (k + shift) / l->g->per_year;
    return rc_graph_time(l->g, table);
}

rc_node_id rc_lower_k(rc_lower *l) {
    double table[RC_MAX_PERIODS + 1] = {0};
    for (unsigned k = 1; k <= l->g->n_periods; k++)
        table[k] = k;
    return rc_graph_time(l->g, table);
}

/* ceil(years * per_year), with room for the rounding of decimal fractions such as 0.25 or 1/12. */
rc_node_id rc_lower_period_of(rc_lower *l, rc_node_id years) {
    rc_node_id periods = rc_times(l, years, rc_num(l, l->g->per_year));
    rc_node_id up = rc_graph_op1(l->g, RC_OP_ceil, rc_minus(l, periods, rc_num(l, 1e-9)));
    return rc_most(l, up, rc_num(l, 0));
}

rc_node_id rc_lower_first(rc_lower *l, rc_node_id a) {
    return l->g->nodes[a].period ? rc_graph_fold(l->g, RC_FOLD_FIRST, a) : a;
}

rc_node_id rc_lower_rows(rc_lower *l, rc_node_id amount, rc_node_id zero) {
    rc_node_id args[2] = {amount, zero};
    return rc_graph_node(
        l->g, &(rc_node){.kind = RC_NODE_ROWS, .period = true, .n_args = 2, .args = args});
}

/* ---- Expressions ------------------------------------------------------------------------------
 */

static rc_node_id lower_prev(rc_lower *l, const rc_expr *e) {
    rc_node_id initial = rc_lower_expr(l, e->args[0]);
    uint32_t lag = (uint32_t)e->number;
    for (size_t i = 0; i < l->n_pending; i++) {
        const rc_pending *p = &l->pending[i];
        if (p->entry == e->entry && p->of == e->of && p->lag == lag && p->initial == initial)
            return p->prev;
    }
    rc_node_id prev = rc_graph_prev(l->g, lag, initial);
    l->pending = rc_arena_grow(l->g->arena, l->pending, &l->pending_capacity, l->n_pending + 1,
                               sizeof *l->pending);
    l->pending[l->n_pending++] = (rc_pending){prev, initial, e->entry, e->of, lag};
    return prev;
}

rc_node_id rc_lower_cumulative(rc_lower *l, rc_node_id a) {
    const rc_node *n = &l->g->nodes[a];
    if (!n->period)
        return rc_times(l, a, rc_lower_k(l));
    if (n->kind == RC_NODE_TIME) {
        double table[RC_MAX_PERIODS + 1] = {0};
        for (unsigned k = 1; k <= l->g->n_periods; k++)
            table[k] = table[k - 1] + n->table[k];
        return rc_graph_time(l->g, table);
    }
    return rc_graph_node(
        l->g, &(rc_node){.kind = RC_NODE_CUMULATIVE, .period = true, .n_args = 1, .args = &a});
}

static rc_node_id lower_at(rc_lower *l, const rc_expr *e) {
    rc_node_id a = rc_lower_expr(l, e->args[0]), when = rc_lower_expr(l, e->args[1]);
    bool has_initial = e->n_args > 2;
    if (!l->g->nodes[a].period)
        return a;
    rc_node_id zero = has_initial ? rc_lower_expr(l, e->args[2]) : rc_num(l, 0);
    rc_node_id args[2] = {rc_lower_rows(l, a, zero), when};
    return rc_graph_node(
        l->g, &(rc_node){.kind = RC_NODE_AT, .op = has_initial, .n_args = 2, .args = args});
}

static rc_node_id lower_lookup(rc_lower *l, const rc_expr *e) {
    rc_node_id *args = RC_NEW(l->g->arena, rc_node_id, e->n_args);
    for (size_t i = 0; i < e->n_args; i++)
        args[i] = rc_lower_expr(l, e->args[i]);
    return rc_graph_node(
        l->g, &(rc_node){.kind = RC_NODE_LOOKUP, .n_args = (uint32_t)e->n_args, .args = args});
}

static rc_node_id lower_metric_ref(rc_lower *l, const rc_expr *e) {
    if (!l->cash_ready) {
        rc_fail(l->err, RC_INPUT, "`%s` depends on itself: an amount is computed from it",
                e->metric->name);
        return rc_num(l, NAN);
    }
    return rc_lower_metric(l, e->metric);
}

static rc_node_id lower_op(rc_lower *l, const rc_expr *e) {
    rc_node_id a[3] = {0};
    for (size_t i = 0; i < e->n_args; i++)
        a[i] = rc_lower_expr(l, e->args[i]);
    switch (e->n_args) {
    case 1: return rc_graph_op1(l->g, e->op, a[0]);
    case 2: return rc_graph_op2(l->g, e->op, a[0], a[1]);
    default: return rc_graph_op3(l->g, e->op, a[0], a[1], a[2]);
    }
}

static rc_node_id lower_fold(rc_lower *l, const rc_expr *e) {
    rc_node_id a = rc_lower_expr(l, e->args[0]);
    switch (e->kind) {
    case RC_EXPR_SUM: return rc_graph_fold(l->g, RC_FOLD_SUM, a);
    case RC_EXPR_MEAN:
        return l->g->nodes[a].period
                   ? rc_over(l, rc_graph_fold(l->g, RC_FOLD_SUM, a), rc_num(l, l->g->n_periods))
                   : a;
    case RC_EXPR_MIN: return rc_graph_fold(l->g, RC_FOLD_MIN, a);
    case RC_EXPR_MAX: return rc_graph_fold(l->g, RC_FOLD_MAX, a);
    case RC_EXPR_FIRST: return rc_graph_fold(l->g, RC_FOLD_FIRST, a);
    case RC_EXPR_LAST: return rc_graph_fold(l->g, RC_FOLD_LAST, a);
    default: break;
    }
    if (l->factor == RC_NO_NODE) {
        rc_fail(l->err, RC_INPUT, "`discount_rate` depends on itself: npv() is computed with it");
        return rc_num(l, NAN);
    }
    return rc_graph_fold(l->g, RC_FOLD_SUM, rc_times(l, a, l->factor));
}

static rc_node_id lower_entry_ref(rc_lower *l, const rc_entry *entry) {
    bool line = entry->section == RC_BENEFITS || entry->section == RC_COSTS;
    rc_node_id id = line ? l->lines[entry->index].amount : l->value[entry->index];
    if (id == RC_NO_NODE) {
        rc_fail(l->err, RC_INPUT, "`%s` depends on itself", entry->name);
        return rc_num(l, NAN);
    }
    return id;
}

static rc_node_id lower_new(rc_lower *l, const rc_expr *e) {
    switch (e->kind) {
    case RC_EXPR_NUMBER: return rc_num(l, e->number);
    case RC_EXPR_ENTRY: return lower_entry_ref(l, e->entry);
    case RC_EXPR_METRIC: return lower_metric_ref(l, e);
    case RC_EXPR_T: return rc_lower_t(l, 0);
    case RC_EXPR_TM: return rc_lower_t(l, -0.5);
    case RC_EXPR_K: return rc_lower_k(l);
    case RC_EXPR_OP: return lower_op(l, e);
    case RC_EXPR_DRAW: return rc_lower_draw(l, e->draw);
    case RC_EXPR_LOOKUP: return lower_lookup(l, e);
    case RC_EXPR_PREV: return lower_prev(l, e);
    case RC_EXPR_CUMULATIVE: return rc_lower_cumulative(l, rc_lower_expr(l, e->args[0]));
    case RC_EXPR_AT: return lower_at(l, e);
    case RC_EXPR_HAPPENED: return l->risks[e->entry->index].happened;
    case RC_EXPR_COUNT: return l->risks[e->entry->index].count;
    case RC_EXPR_RATE:
        return rc_times(l, l->lines[e->entry->index].amount, rc_num(l, l->g->per_year));
    default: return lower_fold(l, e);
    }
}

rc_node_id rc_lower_expr(rc_lower *l, const rc_expr *e) {
    memo_reserve(l);
    size_t at = memo_slot(l, e);
    if (l->memo_key[at] != NULL)
        return l->memo_value[at];
    rc_node_id id = lower_new(l, e);
    memo_reserve(l);
    at = memo_slot(l, e);
    l->memo_key[at] = e;
    l->memo_value[at] = id;
    l->memo_used++;
    return id;
}

/* ---- The order of entries ---------------------------------------------------------------------
 */

typedef struct walk {
    rc_lower *l;
    size_t *stack, n, capacity; /* entries to take, the top first */
    const rc_expr **seen;       /* hash set: branches are shared */
    size_t seen_size, seen_used;
} walk;

static bool see(walk *w, const rc_expr *e) {
    if (2 * (w->seen_used + 1) > w->seen_size) {
        size_t old_size = w->seen_size;
        const rc_expr **old = w->seen;
        w->seen_size = old_size == 0 ? 1024 : 2 * old_size;
        w->seen = RC_NEW(w->l->g->arena, const rc_expr *, w->seen_size);
        w->seen_used = 0;
        for (size_t i = 0; i < old_size; i++)
            if (old[i] != NULL)
                see(w, old[i]);
    }
    size_t at = (size_t)((uintptr_t)e >> 4) * 0x9E3779B97F4A7C15u >> 7 & (w->seen_size - 1);
    for (; w->seen[at] != NULL; at = (at + 1) & (w->seen_size - 1))
        if (w->seen[at] == e)
            return false;
    w->seen[at] = e;
    w->seen_used++;
    return true;
}

static void push(walk *w, const rc_entry *entry) {
    if (entry == NULL || w->l->done[entry->index])
        return;
    w->stack = rc_arena_grow(w->l->g->arena, w->stack, &w->capacity, w->n + 1, sizeof *w->stack);
    w->stack[w->n++] = entry->index;
}

static void push_expr(walk *w, const rc_expr *e);

static void push_draw(walk *w, const rc_draw *draw) {
    const rc_dist_form *form = &draw->type->forms[draw->form];
    for (size_t s = 0; s < form->n_slots; s++) {
        if (draw->numbers != NULL)
            push_expr(w, draw->numbers[s]);
        for (size_t i = 0; draw->list_n != NULL && i < draw->list_n[s]; i++) {
            push_expr(w, draw->lists[s][i]);
            if (draw->lists2 != NULL && draw->lists2[s] != NULL)
                push_expr(w, draw->lists2[s][i]);
        }
        for (size_t i = 0; draw->shapes_n != NULL && i < draw->shapes_n[s]; i++)
            push_draw(w, draw->shapes[s][i]);
    }
}

static void push_expr(walk *w, const rc_expr *e) {
    if (e == NULL || !see(w, e))
        return;
    if (e->kind == RC_EXPR_ENTRY || e->kind == RC_EXPR_HAPPENED || e->kind == RC_EXPR_COUNT ||
        e->kind == RC_EXPR_RATE)
        push(w, e->entry);
    if (e->kind == RC_EXPR_DRAW && e->draw->constant == NULL)
        push_draw(w, e->draw);
    for (size_t i = 0; i < e->n_args; i++)
        push_expr(w, e->args[i]);
}

static void push_refs(walk *w, const rc_entry *entry) {
    push_expr(w, entry->value);
    push_expr(w, entry->initial);
    const rc_flow *f = entry->flow;
    if (f != NULL) {
        const rc_expr *const parts[] = {f->at,     f->from,        f->until,  f->growth,
                                        f->margin, f->realisation, f->initial};
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            push_expr(w, parts[i]);
        for (size_t i = 0; i < f->n_yearly; i++)
            push_expr(w, f->yearly[i]);
        for (size_t i = 0; i < f->n_net_of; i++) {
            push(w, f->net_of[i].line);
            push_expr(w, f->net_of[i].share);
        }
    }
    if (entry->risk != NULL) { /* impacts and factors are lowered after all lines */
        push_expr(w, entry->risk->chance);
        push_expr(w, entry->risk->at);
    }
}

static void lower_entry(rc_lower *l, const rc_entry *entry) {
    switch (entry->section) {
    case RC_BENEFITS:
    case RC_COSTS: rc_lower_line(l, entry); break;
    case RC_RISKS: rc_lower_occurrence(l, entry); break;
    default: l->value[entry->index] = rc_lower_expr(l, entry->value);
    }
}

/* Take `first` and everything that it needs, needs first. */
static void take(walk *w, const rc_entry *first) {
    rc_lower *l = w->l;
    push(w, first);
    while (w->n > 0) {
        const rc_entry *entry = l->model->entries[w->stack[w->n - 1]];
        if (l->done[entry->index]) {
            w->n--;
            continue;
        }
        size_t before = w->n;
        push_refs(w, entry);
        if (w->n > before)
            continue;
        w->n--;
        l->done[entry->index] = true;
        lower_entry(l, entry);
    }
}

static void take_refs(walk *w, const rc_expr *const *formulas, size_t n) {
    for (size_t i = 0; i < n; i++)
        push_expr(w, formulas[i]);
    while (w->n > 0)
        take(w, w->l->model->entries[w->stack[--w->n]]);
}

static void close_pending(rc_lower *l) {
    for (size_t i = 0; i < l->n_pending; i++)
        rc_graph_close(l->g, l->pending[i].prev,
                       l->pending[i].entry != NULL ? lower_entry_ref(l, l->pending[i].entry)
                                                   : rc_lower_expr(l, l->pending[i].of));
}

static void lower_init(rc_lower *l, const rc_model *model, rc_graph *g, rc_error *err) {
    *l = (rc_lower){.model = model, .g = g, .err = err, .factor = RC_NO_NODE, .apart = l->apart};
    size_t n = model->n_entries;
    l->value = RC_NEW(g->arena, rc_node_id, n);
    l->lines = RC_NEW(g->arena, rc_line_nodes, n);
    l->risks = RC_NEW(g->arena, rc_risk_nodes, n);
    l->done = RC_NEW(g->arena, bool, n);
    for (size_t i = 0; i < n; i++) {
        l->value[i] = l->lines[i].amount = l->lines[i].zero = RC_NO_NODE;
        l->risks[i].impact = l->risks[i].impact_zero = RC_NO_NODE;
    }
}

rc_status rc_lower_model(rc_lower *l, const rc_model *model, rc_graph *g, rc_error *err) {
    rc_error own = {0};
    lower_init(l, model, g, err != NULL ? err : &own);
    rc_lower_streams(l);
    walk w = {.l = l};
    take_refs(&w, &model->discount_rate, 1);
    rc_lower_factor(l); /* which npv() needs */
    /* formulas that no entry owns: what they name is needed before all that reads them */
    take_refs(&w, model->tier_realisation, RC_TIER_COUNT);
    take_refs(&w, &model->finance_rate, 1);
    take_refs(&w, &model->reinvest_rate, 1);
    rc_lower_rates(l);
    for (size_t i = 0; i < model->n_entries; i++)
        if (model->entries[i]->section != RC_OUTPUTS)
            take(&w, model->entries[i]);
    if (model->has_flows)
        rc_lower_effects(l);
    for (size_t i = 0; i < model->n_entries; i++)
        if (model->entries[i]->section == RC_OUTPUTS)
            take(&w, model->entries[i]);
    close_pending(l);
    rc_status status = l->err->status;
    if (err == NULL)
        l->err = NULL;
    return status;
}
