/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Risks: whether and when they occur, and what they do to lines of money. */
#include "model/check.h"

#include <string.h>

void rc_risk_start(rc_check *c, rc_node *node) {
    node->risk = RC_NEW(c->arena, rc_risk, 1);
    node->entry->risk = node->risk;
}

static const rc_yaml *body(const rc_node *node, const char *key) {
    return node->body->kind == RC_YAML_MAP ? rc_yaml_get(node->body, key) : NULL;
}

/* ---- Trigger ---- */

static bool read_trigger(rc_check *c, rc_node *node, const rc_key *key, const rc_yaml *y) {
    static const char *const names[] = {
        [RC_PROBABILITY] = "probability", [RC_RATE] = "rate", [RC_WHEN] = "when"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(key->name, names[i]) != 0)
            continue;
        node->risk->trigger = i;
        rc_check_field(c, node, key->name, y, &node->risk->chance, RC_PART_MAIN, i == RC_WHEN);
        return true;
    }
    return false;
}

static void check_trigger(rc_check *c, rc_node *node) {
    static const char *const names[] = {"probability", "rate", "when"};
    const char *given = NULL;
    for (int i = 0; i < 3; i++) {
        if (body(node, names[i]) == NULL)
            continue;
        if (given != NULL)
            rc_check_error(c, body(node, names[i])->mark, "keep one of them",
                           "the risk `%s` has both `%s` and `%s`", node->entry->name, given,
                           names[i]);
        given = names[i];
    }
    if (given == NULL && !node->bad)
        rc_check_error(c, node->entry->mark, "probability: 10%",
                       "the risk `%s` has no `probability`, `rate` or `when`", node->entry->name);
}

static void check_chance(rc_check *c, const rc_node *node) {
    const rc_risk *risk = node->risk;
    double x;
    if (!rc_is_constant(risk->chance, &x))
        return;
    const rc_yaml *written = body(node, "probability");
    bool percent = written != NULL && strchr(written->text, '%') != NULL;
    if (risk->trigger == RC_PROBABILITY && !(x >= 0 && x <= 1))
        rc_check_error(c, risk->chance->mark,
                       x > 1 && x <= 100 && !percent
                           ? rc_arena_printf(c->arena, "%g %% is written %g%%", x, x)
                           : NULL,
                       "`probability` is %g; it must lie between 0 and 1", x);
    if (risk->trigger == RC_RATE && !(x >= 0))
        rc_check_error(c, risk->chance->mark, NULL,
                       "`rate` is %g occurrences a year; it cannot be negative", x);
}

static void check_time(rc_check *c, rc_node *node) {
    rc_risk *risk = node->risk;
    const rc_yaml *at = body(node, "at");
    double x;
    if (risk->trigger == RC_WHEN && (at == NULL || risk->anytime))
        rc_check_error(c, at == NULL ? node->entry->mark : at->mark, "at: 1",
                       "`when` is tested once, so `%s` needs a time `at`", node->entry->name);
    if (at == NULL && (body(node, "impact") != NULL || risk->trigger == RC_RATE))
        risk->anytime = risk->trigger != RC_WHEN;
    if (!rc_is_constant(risk->at, &x))
        return;
    if (!(x >= 0))
        rc_check_error(c, risk->at->mark, NULL, "`at` is %g; time begins at 0", x);
}

/* ---- What it does ---- */

static bool is_all(const rc_yaml *y) {
    return y != NULL && y->kind == RC_YAML_SCALAR && strcmp(y->text, "all") == 0;
}

static bool is_lines(rc_check *c, const char *key, const rc_yaml *y, const char *hint) {
    if (y->kind == RC_YAML_LIST)
        return true;
    rc_check_error(c, y->mark, hint, "`%s` must be a list of lines", key);
    return false;
}

static void read_multiply(rc_check *c, rc_node *node, const rc_yaml *y) {
    const rc_yaml *by = body(node, "by");
    rc_targets *targets = &node->multiply;
    bool mapping = y->kind == RC_YAML_MAP;
    if (!mapping && !is_lines(c, "multiply", y, "multiply: {line: 1.5}, or [line, ...] with `by`"))
        return;
    if (mapping && by != NULL)
        rc_check_error(c, by->mark, "multiply: [line, ...] with `by`",
                       "`by` has no place beside a mapping, which gives every factor");
    else if (!mapping && by == NULL)
        rc_check_error(c, y->mark, "by: 1.5", "`multiply` with a list needs a factor `by`");
    targets->lines = RC_NEW(c->arena, const rc_entry *, y->n);
    targets->factors = RC_NEW(c->arena, const rc_expr *, y->n);
    targets->n = y->n;
    for (size_t i = 0; i < y->n; i++) {
        targets->lines[i] = rc_check_line(c, node, "multiply", mapping ? y->keys[i] : y->items[i]);
        if (mapping)
            rc_check_field(c, node, "multiply", y->items[i], &targets->factors[i], RC_PART_AUX,
                           true);
    }
}

/* All lines but those of `except`, which may be NULL. */
static void all_lines(rc_check *c, rc_node *node, const rc_yaml *except, rc_targets *out) {
    bool *excepted = RC_NEW(c->arena, bool, c->n_entries);
    for (size_t i = 0; except != NULL && i < except->n; i++) {
        const rc_entry *line = rc_check_line(c, node, "except", except->items[i]);
        if (line != NULL)
            excepted[rc_check_find(c, line->name) - c->nodes] = true;
    }
    out->lines = RC_NEW(c->arena, const rc_entry *, c->n_entries);
    for (size_t i = 0; i < c->n_entries; i++) {
        rc_model_section section = c->nodes[i].entry->section;
        if ((section == RC_BENEFITS || section == RC_COSTS) && !excepted[i])
            out->lines[out->n++] = c->nodes[i].entry;
    }
}

static void read_stop(rc_check *c, rc_node *node, const rc_yaml *y) {
    const rc_yaml *except = body(node, "except");
    rc_targets *targets = &node->stop;
    if (!is_all(y)) {
        if (!is_lines(c, "stop", y, "stop: all, or stop: [line, ...]"))
            return;
        targets->lines = RC_NEW(c->arena, const rc_entry *, y->n);
        targets->n = y->n;
        for (size_t i = 0; i < y->n; i++)
            targets->lines[i] = rc_check_line(c, node, "stop", y->items[i]);
        return;
    }
    if (except != NULL && !is_lines(c, "except", except, "except: [line, ...]"))
        return;
    if (except == NULL && c->every_line.lines == NULL)
        all_lines(c, node, NULL, &c->every_line);
    if (except == NULL)
        *targets = c->every_line; /* shared: there may be many such risks */
    else
        all_lines(c, node, except, targets);
}

static void put_together(rc_check *c, const rc_node *node) {
    const rc_targets *multiply = &node->multiply, *stop = &node->stop;
    bool is_shared = stop->lines == c->every_line.lines && multiply->n == 0 && stop->n > 0;
    if (is_shared && c->stop_every_line != NULL) {
        node->risk->effects = c->stop_every_line;
        node->risk->n_effects = stop->n;
        return;
    }
    rc_effect *effects = RC_NEW(c->arena, rc_effect, multiply->n + stop->n);
    size_t n = 0;
    for (size_t i = 0; i < multiply->n; i++, n++) {
        effects[n].line = multiply->lines[i];
        effects[n].factor = node->by != NULL ? node->by : multiply->factors[i];
    }
    for (size_t i = 0; i < stop->n; i++, n++)
        effects[n].line = stop->lines[i];
    node->risk->effects = effects;
    node->risk->n_effects = n;
    if (is_shared)
        c->stop_every_line = effects;
}

static void check_keys(rc_check *c, const rc_node *node) {
    const rc_yaml *except = body(node, "except"), *stop = body(node, "stop");
    if (except != NULL && !is_all(stop))
        rc_check_error(c, except->mark, "stop: all", "`except` belongs to `stop: all`");
    if (body(node, "by") != NULL && body(node, "multiply") == NULL)
        rc_check_error(c, body(node, "by")->mark, "multiply: [line, ...]",
                       "`by` is a factor for the lines of `multiply`, which is missing");
    if (body(node, "side") != NULL && body(node, "impact") == NULL)
        rc_check_error(c, body(node, "side")->mark, "impact: 50k",
                       "`side` says where an `impact` is counted, and there is none");
}

bool rc_risk_key(rc_check *c, rc_node *node, const rc_key *key, const rc_yaml *y) {
    rc_risk *risk = node->risk;
    if (risk == NULL)
        return false;
    if (read_trigger(c, node, key, y))
        return true;
    if (strcmp(key->name, "at") == 0) {
        risk->anytime = y->kind == RC_YAML_SCALAR && strcmp(y->text, "anytime") == 0;
        if (!risk->anytime)
            rc_check_field(c, node, "at", y, &risk->at, RC_PART_MAIN, false);
    } else if (strcmp(key->name, "by") == 0) {
        rc_check_field(c, node, "by", y, &node->by, RC_PART_AUX, true);
    } else if (strcmp(key->name, "multiply") == 0) {
        read_multiply(c, node, y);
    } else if (strcmp(key->name, "stop") == 0) {
        read_stop(c, node, y);
    }
    return true;
}

void rc_risk_finish(rc_check *c, rc_node *node) {
    c->node = node;
    if (node->body->kind == RC_YAML_MAP) {
        check_trigger(c, node);
        check_chance(c, node);
        check_time(c, node);
        check_keys(c, node);
        put_together(c, node);
        if (body(node, "impact") == NULL && body(node, "multiply") == NULL &&
            body(node, "stop") == NULL && !node->used && !node->bad)
            rc_check_error(c, node->entry->mark, "give it an `impact`, `multiply` or `stop`",
                           "the risk `%s` does nothing", node->entry->name);
    }
    c->node = NULL;
}
