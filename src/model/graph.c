/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What needs what. A vertex is one part of a node. An order in which everything needed comes first
 * is found by depth-first search with a stack of its own (chains may be long); an edge back to a
 * vertex under way closes a cycle. */
#include "model/check.h"

#include <string.h>

enum { MAX_PRINTED = 12 };

static void need(rc_check *c, rc_edges *edges, size_t vertex, rc_mark mark) {
    edges->rows =
        rc_arena_grow(c->arena, edges->rows, &edges->capacity, edges->n + 1, sizeof *edges->rows);
    edges->rows[edges->n++] = (rc_edge){.to = vertex, .mark = mark};
}

static size_t vertex_of(const rc_check *c, const rc_node *node, unsigned part) {
    return (size_t)(node - c->nodes) * RC_PARTS + part;
}

/* ---- References ---- */

typedef struct walk {
    rc_check *c;
    rc_edges *edges;
    bool output;                 /**< in an output: the names of metrics mean something */
    const rc_function *function; /**< whose parameters are no names of the model; or NULL */
} walk;

static void refer(walk *w, const rc_syn *syn, unsigned part) {
    rc_check *c = w->c;
    if (w->function != NULL && rc_function_parameter(w->function, syn->name) < w->function->n)
        return;
    rc_node *node = rc_check_find(c, syn->name);
    if (node != NULL) {
        node->used = true;
        need(c, w->edges, vertex_of(c, node, part), syn->mark);
    } else if (w->output && rc_metric_find(syn->name) != NULL) {
        need(c, w->edges, c->metrics_node * RC_PARTS, syn->mark);
    }
}

/* A series whose past alone the function takes is needed as by prev(s). */
static bool needs_past(const rc_function *f, const rc_syn *call, size_t arg) {
    const char *name = call->arg_names == NULL ? NULL : call->arg_names[arg];
    size_t i = name == NULL ? arg : rc_function_parameter(f, name);
    return i < f->n && f->past_only[i] && call->args[arg]->kind == RC_SYN_NAME;
}

static void collect(walk *w, const rc_syn *syn);

static void collect_own_call(walk *w, const rc_syn *syn, const rc_function *f) {
    refer(w, syn, RC_PART_MAIN);
    for (size_t i = 0; i < syn->n; i++)
        if (needs_past(f, syn, i))
            refer(w, syn->args[i], RC_PART_AUX);
        else
            collect(w, syn->args[i]);
}

/* The parser bounds the height of a tree, so recursion is safe. */
static void collect(walk *w, const rc_syn *syn) {
    size_t first = 0;
    if (syn->kind == RC_SYN_NAME)
        refer(w, syn, RC_PART_MAIN);
    if (syn->kind == RC_SYN_CALL) {
        bool past = strcmp(syn->name, "prev") == 0 || strcmp(syn->name, "lag") == 0;
        if (past && syn->n > 0 && syn->args[0]->kind == RC_SYN_NAME) {
            refer(w, syn->args[0], RC_PART_AUX);
            first = 1;
        }
        const rc_node *own = rc_check_find(w->c, syn->name);
        if (own != NULL && own->function != NULL) {
            collect_own_call(w, syn, own->function);
            return;
        }
        if (strcmp(syn->name, "npv") == 0 && w->c->discount_node != SIZE_MAX)
            need(w->c, w->edges, w->c->discount_node * RC_PARTS, syn->mark);
    }
    for (size_t i = first; i < syn->n; i++)
        collect(w, syn->args[i]);
}

static void add_needs(rc_check *c, rc_node *node) {
    for (size_t i = 0; i < node->n_fields; i++) {
        rc_field *field = &node->fields[i];
        walk w = {.c = c,
                  .edges = &node->needs[field->part],
                  .output =
                      node->function != NULL || (!node->top && node->entry->section == RC_OUTPUTS),
                  .function = node->function};
        collect(&w, field->syn);
        for (size_t p = 0; node->function != NULL && p < node->function->n; p++)
            if (node->function->defaults[p] != NULL)
                collect(&w, node->function->defaults[p]);
    }
    rc_edges *edges = &node->needs[RC_PART_MAIN];
    if (node->function != NULL)
        return;
    if (node->risk == NULL) /* the value of a series or line takes what it had at time 0 */
        need(c, edges, vertex_of(c, node, RC_PART_AUX), node->entry->mark);
    if (node->flow != NULL)
        for (size_t i = 0; i < node->flow->n_net_of; i++) {
            const rc_entry *line = node->flow->net_of[i].line;
            if (line != NULL)
                need(c, edges, vertex_of(c, rc_check_find(c, line->name), RC_PART_MAIN),
                     node->flow->net_of[i].mark);
        }
    for (size_t i = c->n_entries; node->flow != NULL && i < c->metrics_node; i++)
        if (strncmp(c->nodes[i].entry->name, "realisation.", 12) == 0)
            need(c, edges, i * RC_PARTS, node->entry->mark);
}

/* The always-there outputs need every line, every risk and the rates. */
static void add_metrics_node(rc_check *c) {
    rc_node *metrics = &c->nodes[c->n_nodes];
    c->metrics_node = c->n_nodes;
    metrics->entry = RC_NEW(c->arena, rc_entry, 1);
    metrics->entry->name = "always-there outputs";
    metrics->entry->mark.line = UINT32_MAX; /* after everything in the file */
    metrics->top = true;
    for (size_t i = 0; i < c->n_nodes; i++) {
        const rc_node *node = &c->nodes[i];
        for (unsigned part = 0; part < RC_PARTS; part++)
            if (node->flow != NULL || node->risk != NULL || node->top)
                need(c, &metrics->needs[RC_PART_MAIN], i * RC_PARTS + part, node->entry->mark);
    }
    c->n_nodes++;
}

/* ---- Order ---- */

typedef struct frame {
    size_t vertex, next; /**< next of its edges to follow */
} frame;

typedef struct search {
    rc_check *c;
    unsigned char *state; /**< [vertices] 0 new, 1 under way, 2 done */
    frame *stack;
    size_t depth, capacity;
} search;

static rc_node *node_at(const search *s, size_t level) {
    return &s->c->nodes[s->stack[level].vertex / RC_PARTS];
}

/* Entries before functions. */
static bool stands_first(const rc_node *a, const rc_node *b) {
    if ((a->function == NULL) != (b->function == NULL))
        return a->function == NULL;
    return a->entry->mark.line < b->entry->mark.line;
}

/* The vertex is on the stack already: from there to the top is a cycle. */
static void report_cycle(search *s, size_t vertex) {
    rc_check *c = s->c;
    size_t start = s->depth;
    while (s->stack[--start].vertex != vertex)
        ;
    size_t length = s->depth - start;
    for (size_t i = start; i < s->depth; i++)
        if (node_at(s, i)->bad)
            return;       /* part of a cycle that was reported, or of a broken formula */
    size_t first = start; /* begin at the entry that stands first in the file */
    for (size_t i = start; i < s->depth; i++)
        if (stands_first(node_at(s, i), node_at(s, first)))
            first = i;
    const char *text = node_at(s, first)->entry->name, *last = text;
    size_t printed = 1;
    for (size_t i = 1; i <= length; i++) {
        const char *name = node_at(s, start + (first - start + i) % length)->entry->name;
        if (strcmp(name, last) == 0 && (i < length || printed > 1))
            continue; /* two parts of one entry */
        last = name;
        if (++printed < MAX_PRINTED || i == length)
            text = rc_arena_printf(c->arena, "%s -> %s", text, name);
        else if (printed == MAX_PRINTED)
            text = rc_arena_printf(c->arena, "%s -> ...", text);
    }
    const frame *f = &s->stack[first];
    rc_node *node = node_at(s, first);
    rc_mark mark = node->needs[f->vertex % RC_PARTS].rows[f->next - 1].mark;
    bool calls = true; /* functions that call each other, and nothing else */
    for (size_t i = start; i < s->depth; i++)
        calls = calls && node_at(s, i)->function != NULL;
    bool timed = node->entry->section == RC_SERIES || node->flow != NULL;
    if (calls)
        rc_check_error(c, mark, "a function cannot call itself; prev(...) looks back in time",
                       "the function `%s` calls itself: %s", node->entry->name, text);
    else
        rc_check_error(
            c, mark, timed ? "prev(...), the value of the period before, may close a circle" : NULL,
            "`%s` depends on itself: %s", node->entry->name, text);
    for (size_t i = start; i < s->depth; i++)
        node_at(s, i)->bad = true;
}

static void push(search *s, size_t vertex) {
    s->stack = rc_arena_grow(s->c->arena, s->stack, &s->capacity, s->depth + 1, sizeof *s->stack);
    s->stack[s->depth++] = (frame){.vertex = vertex};
    s->state[vertex] = 1;
}

static size_t visit(search *s, size_t vertex, size_t *order, size_t n) {
    push(s, vertex);
    while (s->depth > 0) {
        frame *f = &s->stack[s->depth - 1];
        const rc_edges *edges = &s->c->nodes[f->vertex / RC_PARTS].needs[f->vertex % RC_PARTS];
        if (f->next == edges->n) {
            s->state[f->vertex] = 2;
            order[n++] = f->vertex;
            s->depth--;
            continue;
        }
        size_t to = edges->rows[f->next++].to;
        if (s->state[to] == 0)
            push(s, to);
        else if (s->state[to] == 1)
            report_cycle(s, to);
    }
    return n;
}

const size_t *rc_check_order(rc_check *c, size_t *n) {
    add_metrics_node(c);
    for (size_t i = 0; i + 1 < c->n_nodes; i++)
        add_needs(c, &c->nodes[i]);
    size_t n_vertices = c->n_nodes * RC_PARTS;
    size_t *order = RC_NEW(c->arena, size_t, n_vertices);
    search s = {.c = c, .state = RC_NEW(c->arena, unsigned char, n_vertices)};
    *n = 0;
    for (size_t v = 0; v < n_vertices; v++)
        if (s.state[v] == 0)
            *n = visit(&s, v, order, *n);
    return order;
}
