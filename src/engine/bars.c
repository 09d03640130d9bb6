/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rankings rank. One bar an entry that draws something, whatever its number of draws; one bar
 * a risk, with its event, time and severity: the present value of the harm it did; one bar a group.
 *
 * An entry's value stands for it where that depends on its own draws alone, so that
 * `max(normal(0.04, 0.02), 0)` is one input and never negative. Else its draws do. */
#include "engine/wanted.h"

#include <math.h>
#include <stdlib.h>

typedef struct lister {
    rc_lower *l;
    rc_arena *arena;
    rc_wanted *wanted;
    rc_bar *bars;
    size_t *bar_of; /* [entries] index of its bar, or SIZE_MAX */
} lister;

size_t rc_bar_columns_most(const rc_model *model) {
    return model->n_draws + model->n_entries;
}

/* ---- Does a value depend on one entry's draws alone? ---- */

enum { LOOKS = 4096 }; /* nodes: longer formulas are taken for dependent */

typedef struct look {
    const rc_entry *entry;
    const rc_draw *draws[64]; /* met so far, each once */
    size_t n_draws;
    int left;
} look;

static bool own(look *k, const rc_expr *e);

/* Parameters that vary must do so by own draws too. */
static bool own_parameters(look *k, const rc_draw *draw) {
    size_t n = draw->type->forms[draw->form].n_slots;
    for (size_t s = 0; s < n; s++) {
        if (draw->numbers[s] != NULL && !own(k, draw->numbers[s]))
            return false;
        if (draw->list_n[s] > 0 || draw->shapes_n[s] > 0)
            return false;
    }
    return true;
}

static bool own_draw(look *k, const rc_draw *draw) {
    if (draw->entry != k->entry)
        return false;
    for (size_t i = 0; i < k->n_draws; i++)
        if (k->draws[i] == draw)
            return true;
    if (k->n_draws == sizeof k->draws / sizeof *k->draws)
        return false;
    k->draws[k->n_draws++] = draw;
    return draw->constant != NULL || own_parameters(k, draw);
}

static bool own(look *k, const rc_expr *e) {
    if (e->shape == RC_SHAPE_CONSTANT)
        return true;
    if (k->left-- <= 0)
        return false;
    switch (e->kind) {
    case RC_EXPR_T:
    case RC_EXPR_TM:
    case RC_EXPR_K: return true;
    case RC_EXPR_DRAW: return own_draw(k, e->draw);
    case RC_EXPR_OP:
    case RC_EXPR_LOOKUP:
        for (size_t i = 0; i < e->n_args; i++)
            if (!own(k, e->args[i]))
                return false;
        return true;
    default: return false;
    }
}

/* ---- Columns ---- */

/* Of the entry that is being looked at: files list draws entry by entry. */
typedef struct drawn {
    const rc_draw *const *draws;
    size_t n;
} drawn;

static rc_node_id one_a_trial(rc_lower *l, rc_node_id id) {
    if (!l->g->nodes[id].period)
        return id;
    return rc_over(l, rc_graph_fold(l->g, RC_FOLD_SUM, id), rc_num(l, l->g->n_periods));
}

/* The node of the entry's value if it says all that is drawn in it; RC_NO_NODE else. */
static rc_node_id own_value(rc_lower *l, const rc_entry *e, drawn d) {
    look k = {.entry = e, .left = LOOKS};
    if (e->value == NULL || e->risk != NULL || !own(&k, e->value) || k.n_draws != d.n)
        return RC_NO_NODE;
    return one_a_trial(l, rc_lower_expr(l, e->value));
}

static rc_node_id risk_value(rc_lower *l, const rc_entry *e) {
    const rc_risk_nodes *r = &l->risks[e->index];
    double x;
    if (l->model->has_flows) {
        rc_node_id effect = rc_lower_present_value(l, r->effect, r->effect_zero);
        if (!rc_graph_is_const(l->g, effect, &x))
            return rc_minus(l, rc_num(l, 0), effect); /* harm, as `impact` is written */
    }
    return rc_graph_fold(l->g, RC_FOLD_SUM, r->count);
}

static void add_column(lister *a, rc_bar *bar, size_t *columns, rc_node_id node) {
    double x;
    if (node == RC_NO_NODE || rc_graph_is_const(a->l->g, node, &x))
        return;
    rc_wanted *w = a->wanted;
    columns[bar->n_columns++] = w->n_outputs;
    w->nodes[w->n_outputs] = node;
    w->outputs[w->n_outputs++] = (rc_output){.kind = RC_OUTPUT_DRAWN,
                                             .name = bar->name,
                                             .unit = bar->unit,
                                             .unit_text = bar->unit_text,
                                             .higher_is_better = true,
                                             .hurdle = NAN};
}

/* ---- Bars ---- */

static bool is_random_risk(const rc_entry *e, drawn d) {
    return e->risk != NULL && (e->risk->trigger != RC_WHEN || e->risk->anytime || d.n > 0);
}

static void add_entry(lister *a, const rc_entry *e, drawn d) {
    bool risk = e->risk != NULL;
    if (e->flow != NULL && !e->flow->enabled)
        return;
    rc_bar *bar = &a->bars[a->wanted->n_bars];
    size_t *columns = RC_NEW(a->arena, size_t, d.n + 1);
    *bar = (rc_bar){
        .kind = risk                       ? RC_BAR_RISK
                : e->section == RC_FACTORS ? RC_BAR_FACTOR
                                           : RC_BAR_INPUT,
        .name = rc_arena_strdup(a->arena, e->name),
        .label = rc_label_copy(&e->label, a->arena),
        .unit = risk && a->l->model->has_flows ? RC_UNIT_MONEY : RC_UNIT_NUMBER,
        .unit_text = e->unit != NULL ? rc_arena_strdup(a->arena, e->unit) : NULL,
        .group = e->group != NULL && e->section != RC_OUTPUTS ? rc_arena_strdup(a->arena, e->group)
                                                              : NULL,
        .columns = columns,
    };
    rc_node_id value = risk ? risk_value(a->l, e) : own_value(a->l, e, d);
    add_column(a, bar, columns, value);
    for (size_t i = 0; !risk && value == RC_NO_NODE && i < d.n; i++) {
        rc_node_id node = rc_lower_node_of(a->l, d.draws[i]);
        if (node != RC_NO_NODE)
            add_column(a, bar, columns, one_a_trial(a->l, node));
    }
    if (bar->n_columns > 0)
        a->bar_of[e->index] = a->wanted->n_bars++;
}

static void add_group(lister *a, const rc_group *g) {
    size_t n = 0;
    for (size_t i = 0; i < g->n_members; i++)
        if (a->bar_of[g->members[i]->index] != SIZE_MAX)
            n += a->bars[a->bar_of[g->members[i]->index]].n_columns;
    if (n == 0)
        return;
    size_t *columns = RC_NEW(a->arena, size_t, n);
    rc_bar *bar = &a->bars[a->wanted->n_bars++];
    *bar = (rc_bar){.kind = RC_BAR_GROUP,
                    .name = rc_arena_strdup(a->arena, g->name),
                    .label = rc_label_copy(&g->label, a->arena),
                    .columns = columns};
    for (size_t i = 0; i < g->n_members; i++) {
        size_t of = a->bar_of[g->members[i]->index];
        for (size_t c = 0; of != SIZE_MAX && c < a->bars[of].n_columns; c++)
            columns[bar->n_columns++] = a->bars[of].columns[c];
    }
}

void rc_wanted_bars(rc_lower *l, rc_arena *arena, rc_wanted *wanted) {
    const rc_model *m = l->model;
    lister a = {l, arena, wanted, RC_NEW(arena, rc_bar, m->n_entries + m->n_groups),
                RC_NEW(arena, size_t, m->n_entries)};
    for (size_t i = 0; i < m->n_entries; i++)
        a.bar_of[i] = SIZE_MAX;
    size_t at = 0; /* draws come in the order of entries */
    for (size_t i = 0; i < m->n_entries; i++) {
        drawn d = {m->draws + at, 0};
        while (at < m->n_draws && m->draws[at]->entry == m->entries[i]) {
            d.n++;
            at++;
        }
        if (m->entries[i]->risk == NULL ? d.n > 0 : is_random_risk(m->entries[i], d))
            add_entry(&a, m->entries[i], d);
    }
    for (size_t i = 0; i < m->n_groups; i++)
        add_group(&a, &m->groups[i]);
    wanted->bars = a.bars;
}
