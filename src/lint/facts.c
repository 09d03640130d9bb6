/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rules ask of entries: is it random, is it used, does money come from it? Edges run from an
 * entry to what its formulas name; randomness spreads against them, money along them. */
#include "lint/lint.h"

#include <stdlib.h>
#include <string.h>

typedef struct edge {
    size_t from, to;
    bool money; /* the formula is an amount or an effect, not a time or a chance */
} edge;

typedef struct graph {
    rc_lint *l;
    edge *edges;
    size_t n, capacity, n_vertices;
    const rc_formula *formula; /* being looked at */
    size_t from;
    bool money;
    bool *drawn; /* [n_vertices] a distribution stands in it */
} graph;

/* Vertices are entries, then: the always-there outputs, the values of the top. */
static size_t metrics_vertex(const graph *g) {
    return g->l->model->n_entries;
}

static void add_edge(graph *g, size_t from, size_t to, bool money) {
    g->edges = rc_arena_grow(g->l->arena, g->edges, &g->capacity, g->n + 1, sizeof *g->edges);
    g->edges[g->n++] = (edge){from, to, money};
}

static bool see(void *data, const rc_expr *e) {
    graph *g = data;
    if (e->kind == RC_EXPR_DRAW)
        g->drawn[g->from] = true;
    if (e->entry != NULL && e->entry->index != SIZE_MAX)
        add_edge(g, g->from, e->entry->index, g->money);
    if (e->kind == RC_EXPR_METRIC)
        add_edge(g, g->from, metrics_vertex(g), false);
    return true;
}

static bool is_money(const rc_formula *f) {
    static const char *const others[] = {"at",   "from", "until",        "probability",
                                         "rate", "when", "discount_rate"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(f->key, others[i]) == 0)
            return false;
    return f->entry != NULL && (f->entry->flow != NULL || f->entry->risk != NULL);
}

static bool is_event(const rc_risk *risk) {
    double x;
    bool certain = risk->chance != NULL && rc_expr_constant(risk->chance, &x) &&
                   (x == 0 || (x == 1 && risk->trigger == RC_PROBABILITY));
    return !certain && risk->trigger != RC_WHEN;
}

static void add_edges(graph *g) {
    const rc_model *m = g->l->model;
    for (size_t i = 0; i < m->n_formulas; i++) {
        const rc_formula *f = &m->formulas[i];
        if (f->value == NULL)
            continue; /* a function, which others hold written out */
        g->formula = f;
        g->from = f->entry != NULL ? f->entry->index : m->n_entries + 1;
        g->money = is_money(f);
        rc_lint_each_expr(g->l, f->value, see, g);
    }
    for (size_t i = 0; i < m->n_entries; i++) {
        const rc_entry *entry = m->entries[i];
        for (size_t k = 0; entry->flow != NULL && k < entry->flow->n_net_of; k++)
            add_edge(g, i, entry->flow->net_of[k].line->index, true);
        if (entry->flow != NULL || entry->risk != NULL)
            add_edge(g, metrics_vertex(g), i, false);
        if (entry->risk != NULL && (is_event(entry->risk) || entry->risk->anytime))
            g->drawn[i] = true;
    }
}

/* Rows first[v] ... first[v + 1] - 1 of `next` are the vertices that follow v. */
typedef struct links {
    size_t *first, *next;
} links;

static links link_up(const graph *g, bool forward) {
    links x = {RC_NEW(g->l->arena, size_t, g->n_vertices + 2), RC_NEW(g->l->arena, size_t, g->n)};
    for (size_t i = 0; i < g->n; i++)
        x.first[(forward ? g->edges[i].from : g->edges[i].to) + 2]++;
    for (size_t v = 0; v < g->n_vertices; v++)
        x.first[v + 2] += x.first[v + 1];
    for (size_t i = 0; i < g->n; i++) {
        const edge *e = &g->edges[i];
        x.next[x.first[(forward ? e->from : e->to) + 1]++] = forward ? e->to : e->from;
    }
    return x;
}

/* Mark all that can be reached from what is marked. */
static void spread(const graph *g, bool forward, bool *marks) {
    links x = link_up(g, forward);
    size_t *stack = RC_NEW(g->l->arena, size_t, g->n_vertices), n = 0;
    for (size_t v = 0; v < g->n_vertices; v++)
        if (marks[v])
            stack[n++] = v;
    while (n > 0) {
        size_t v = stack[--n];
        for (size_t i = x.first[v]; i < x.first[v + 1]; i++)
            if (!marks[x.next[i]]) {
                marks[x.next[i]] = true;
                stack[n++] = x.next[i];
            }
    }
}

static int compare_names(const void *a, const void *b) {
    return strcmp((*(const rc_entry *const *)a)->name, (*(const rc_entry *const *)b)->name);
}

void rc_lint_facts(rc_lint *l) {
    const rc_model *m = l->model;
    graph g = {.l = l, .n_vertices = m->n_entries + 2};
    g.drawn = RC_NEW(l->arena, bool, g.n_vertices);
    add_edges(&g);
    l->random = g.drawn;
    spread(&g, false, l->random);
    l->used = RC_NEW(l->arena, bool, g.n_vertices);
    l->money = RC_NEW(l->arena, bool, g.n_vertices);
    for (size_t i = 0; i < g.n; i++) {
        const edge *e = &g.edges[i];
        l->used[e->to] = l->used[e->to] || (e->from != e->to && e->from != metrics_vertex(&g));
        l->money[e->to] = l->money[e->to] || e->money;
    }
    for (size_t i = 0; i < m->n_entries; i++)
        l->money[i] = l->money[i] || m->entries[i]->flow != NULL;
    for (size_t i = 0; i < g.n; i++) /* times and chances do not become money through their line */
        if (m->n_entries > g.edges[i].from && !g.edges[i].money &&
            (m->entries[g.edges[i].from]->flow != NULL ||
             m->entries[g.edges[i].from]->risk != NULL))
            g.edges[i].to = g.edges[i].from;
    spread(&g, true, l->money);
    for (size_t i = 0; i < m->n_entries; i++)
        l->any_random = l->any_random || l->random[i];
    l->by_name = RC_NEW(l->arena, const rc_entry *, m->n_entries);
    for (size_t i = 0; i < m->n_entries; i++)
        l->by_name[i] = m->entries[i];
    qsort(l->by_name, m->n_entries, sizeof *l->by_name, compare_names);
}

const rc_entry *rc_lint_find(const rc_lint *l, const char *name) {
    rc_entry key = {.name = name};
    const rc_entry *wanted = &key;
    const rc_entry **found =
        l->model->n_entries == 0
            ? NULL
            : bsearch(&wanted, l->by_name, l->model->n_entries, sizeof *l->by_name, compare_names);
    return found != NULL ? *found : NULL;
}

rc_mark rc_lint_key_mark(const rc_lint *l, const rc_entry *entry, const char *key) {
    const rc_yaml *map = entry != NULL ? entry->body : l->model->tree;
    if (map != NULL && map->kind == RC_YAML_MAP)
        for (size_t i = 0; i < map->n; i++)
            if (strcmp(map->keys[i]->text, key) == 0)
                return map->keys[i]->mark;
    return entry != NULL ? entry->mark : l->model->tree->mark;
}
