/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of money: the keys that only they have, and the rules between their keys. */
#include "model/check.h"

#include <math.h>
#include <string.h>

void rc_flow_start(rc_check *c, rc_node *node) {
    node->flow = RC_NEW(c->arena, rc_flow, 1);
    node->flow->enabled = true;
    node->entry->flow = node->flow;
}

/* ---- Keys ---- */

const rc_entry *rc_check_line(rc_check *c, const rc_node *node, const char *key,
                              const rc_yaml *name) {
    if (name->kind != RC_YAML_SCALAR || name->null) {
        rc_check_error(c, name->mark, NULL, "`%s` takes names of lines", key);
        return NULL;
    }
    const rc_node *line = rc_check_find(c, name->text);
    if (line == NULL) {
        rc_check_error(c, name->mark, rc_check_nearest(c, name->text, false, NULL),
                       "`%s` names the line `%.60s`, which does not exist", key, name->text);
        return NULL;
    }
    rc_model_section section = line->entry->section;
    if (section != RC_BENEFITS && section != RC_COSTS) {
        rc_check_error(c, name->mark, NULL, "`%s` takes lines of money; `%s` is %s", key,
                       name->text, rc_section_keys[section].title);
        return NULL;
    }
    if (line == node) {
        rc_check_error(c, name->mark, NULL, "`%s` of `%s` names the line itself", key, name->text);
        return NULL;
    }
    return line->entry;
}

static void read_yearly(rc_check *c, rc_node *node, const rc_yaml *y) {
    if (y->kind != RC_YAML_LIST) {
        rc_check_error(c, y->mark, "yearly: [10k, 20k, 20k]",
                       "`yearly` must be a list with one amount a year");
        return;
    }
    size_t want = (size_t)ceil(c->top.years);
    if (c->n_periods > 0 && y->n != want) {
        rc_check_error(c, y->mark, NULL, "`yearly` has %zu amounts; %g years need %zu", y->n,
                       c->top.years, want);
        return;
    }
    const rc_expr **yearly = RC_NEW(c->arena, const rc_expr *, y->n);
    for (size_t i = 0; i < y->n; i++)
        rc_check_field(c, node, "yearly", y->items[i], &yearly[i], RC_PART_MAIN, false);
    node->flow->yearly = yearly;
    node->flow->n_yearly = y->n;
}

static void read_net_of(rc_check *c, rc_node *node, const rc_yaml *y) {
    if (y->kind != RC_YAML_MAP) {
        rc_check_error(c, y->mark, "net_of: {sales: 10%}",
                       "`net_of` must be a mapping from lines to shares");
        return;
    }
    rc_share *shares = RC_NEW(c->arena, rc_share, y->n);
    for (size_t i = 0; i < y->n; i++) {
        shares[i].mark = y->keys[i]->mark;
        shares[i].line = rc_check_line(c, node, "net_of", y->keys[i]);
        rc_check_field(c, node, "net_of", y->items[i], &shares[i].share, RC_PART_MAIN, false);
    }
    node->flow->net_of = shares;
    node->flow->n_net_of = y->n;
}

bool rc_flow_key(rc_check *c, rc_node *node, const rc_key *key, const rc_yaml *y) {
    if (node->flow == NULL)
        return false;
    if (strcmp(key->name, "yearly") == 0)
        read_yearly(c, node, y);
    else if (strcmp(key->name, "net_of") == 0)
        read_net_of(c, node, y);
    else
        return false;
    return true;
}

/* ---- Rules ---- */

static rc_mark mark_of(const rc_node *node, const char *key) {
    if (node->body->kind == RC_YAML_MAP)
        for (size_t i = 0; i < node->body->n; i++)
            if (strcmp(node->body->keys[i]->text, key) == 0)
                return node->body->keys[i]->mark;
    return node->entry->mark;
}

static bool has(const rc_node *node, const char *key) {
    return node->body->kind == RC_YAML_MAP && rc_yaml_get(node->body, key) != NULL;
}

static void refuse(rc_check *c, const rc_node *node, const char *const *keys, const char *hint,
                   const char *why) {
    for (; *keys != NULL; keys++)
        if (has(node, *keys))
            rc_check_error(c, mark_of(node, *keys), hint, "`%s` has no meaning %s", *keys, why);
}

static void check_amounts(rc_check *c, const rc_node *node) {
    static const char *const timed[] = {"from", "until", "growth", "yearly", NULL};
    static const char *const rates[] = {"value", "per", "from", "until", "growth", "at", NULL};
    static const char *const once[] = {"at", NULL};
    const rc_flow *flow = node->flow;
    if (has(node, "yearly"))
        refuse(c, node, rates, "give either `yearly` or a `value`",
               "beside `yearly`, which gives every amount");
    else if (flow->per == RC_PER_ONCE)
        refuse(c, node, timed, NULL, "for an amount that falls once");
    else
        refuse(c, node, once, "per: once", "for an amount that flows over time");
    if (node->body->kind == RC_YAML_MAP && !has(node, "value") && !has(node, "yearly") &&
        !has(node, "initial"))
        rc_check_error(c, node->entry->mark, "give it a `value`, `yearly` amounts or an `initial`",
                       "the line `%s` has no amount", node->entry->name);
}

static void check_kind(rc_check *c, const rc_node *node) {
    const rc_flow *flow = node->flow;
    if (flow->margin != NULL && flow->kind != RC_KIND_REVENUE)
        rc_check_error(c, mark_of(node, "margin"), "kind: revenue",
                       "`margin` belongs to revenue, and `%s` is none", node->entry->name);
}

static void check_share(rc_check *c, const rc_expr *e, const char *key, const char *hint) {
    double x;
    if (rc_is_constant(e, &x) && !(x >= 0 && x <= 1))
        rc_check_error(c, e->mark, hint, "`%s` is %g; it must lie between 0 and 1", key, x);
}

static void check_time(rc_check *c, const rc_expr *e, const char *key) {
    double x;
    if (!rc_is_constant(e, &x))
        return;
    if (!(x >= 0))
        rc_check_error(c, e->mark, NULL, "`%s` is %g; time begins at 0", key, x);
}

/* The place of a formula is often that of its outermost operator, which is near enough. */
static void check_constants(rc_check *c, const rc_node *node) {
    const rc_flow *flow = node->flow;
    double from, until, x;
    check_share(c, flow->margin, "margin", "write 40%");
    check_share(c, flow->realisation, "realisation", "write 40%");
    for (size_t i = 0; i < flow->n_net_of; i++)
        check_share(c, flow->net_of[i].share, "net_of", "write 10%");
    check_time(c, flow->at, "at");
    check_time(c, flow->from, "from");
    check_time(c, flow->until, "until");
    if (rc_is_constant(flow->from, &from) && rc_is_constant(flow->until, &until) && until <= from)
        rc_check_error(c, flow->until->mark, NULL, "`until` is %g, not after `from`, which is %g",
                       until, from);
    if (rc_is_constant(flow->growth, &x) && !(x > -1))
        rc_check_error(c, flow->growth->mark, "write -5%", "`growth` is %g; it must be above -1",
                       x);
}

void rc_flow_finish(rc_check *c, rc_node *node) {
    const rc_flow *flow = node->flow;
    double at = 0;
    c->node = node;
    check_amounts(c, node);
    check_kind(c, node);
    check_constants(c, node);
    bool at_start =
        flow->at == NULL ? !has(node, "at") : rc_expr_constant(flow->at, &at) && at == 0;
    if (flow->per == RC_PER_ONCE && node->entry->value != NULL && at_start)
        rc_check_trial(c, node->entry->value, "an amount at time 0");
    c->node = NULL;
}
