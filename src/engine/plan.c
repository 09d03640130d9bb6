/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scheduling. Every live node gets a stage: 3p for values of a trial computed before the p-th loop
 * over periods, 3p + 1 for the repeat groups between, 3p + 2 for the loop itself. A fold over loop
 * p is ready at 3(p + 1). A node takes the earliest stage at which its arguments are ready; PREV
 * must share the loop of its body, hence the iteration. Inside a stage, order of creation is an
 * order of dependence. */
#include "engine/plan.h"

#include <math.h>
#include <stdlib.h>

typedef struct builder {
    const rc_graph *g;
    rc_arena *arena;
    bool *live;
    int *stage;       /* [nodes] */
    int *group_stage; /* [n_repeats + 1] */
    bool *rows;       /* keep all periods */
    bool *separate;   /* PREV: read into a column of its own */
    bool *crosses;    /* value of a trial that is read in another segment */
    bool *alias;      /* ROWS whose argument writes straight into it */
    rc_ref *place;    /* [nodes] */
    size_t *last_use; /* [nodes] index of the last step of the segment that reads it */
    uint32_t *free_columns;
    size_t n_free;
    uint32_t n_columns, n_vary;
    bool keep; /* all values */
} builder;

/* ---- Which nodes, at which stage ---- */

static void mark_live(builder *b, const rc_node_id *roots, size_t n_roots) {
    const rc_graph *g = b->g;
    rc_node_id *stack = RC_NEW(b->arena, rc_node_id, 2 * g->n_nodes + n_roots + 1);
    size_t n = 0;
    for (size_t i = 0; i < n_roots; i++)
        if (!b->live[roots[i]]) {
            b->live[roots[i]] = true;
            stack[n++] = roots[i];
        }
    while (n > 0) {
        rc_node_id id = stack[--n];
        const rc_node *node = &g->nodes[id];
        for (uint32_t i = 0; i <= node->n_args; i++) {
            rc_node_id next = i < node->n_args ? node->args[i] : g->body[id];
            if (next != RC_NO_NODE && !b->live[next]) {
                b->live[next] = true;
                stack[n++] = next;
            }
        }
    }
}

static bool timeless(const rc_node *n) {
    return n->kind == RC_NODE_CONST || n->kind == RC_NODE_TIME;
}

static uint16_t group_of(const rc_node *n) {
    return n->kind == RC_NODE_SCATTER ? (uint16_t)n->lag : n->repeat;
}

/* The first stage at which a value can be read by code that is not in the same stage. */
static int ready(const builder *b, rc_node_id id) {
    const rc_node *n = &b->g->nodes[id];
    if (timeless(n))
        return 0;
    bool folded = n->kind == RC_NODE_FOLD;
    return b->stage[id] + (folded ? 1 : 0);
}

static int wanted_stage(const builder *b, rc_node_id id) {
    const rc_node *n = &b->g->nodes[id];
    int at = 0;
    for (uint32_t i = 0; i < n->n_args; i++) {
        int r = ready(b, n->args[i]);
        const rc_node *arg = &b->g->nodes[n->args[i]];
        bool whole = (n->kind == RC_NODE_AT || n->kind == RC_NODE_METRIC) && arg->period;
        if (whole && !timeless(arg))
            r += 1;
        at = r > at ? r : at;
    }
    if (n->kind == RC_NODE_PREV && b->stage[b->g->body[id]] > at)
        at = b->stage[b->g->body[id]];
    int slot = group_of(n) != 0 ? 1 : (n->period || n->kind == RC_NODE_FOLD) ? 2 : 0;
    at += (slot - at % 3 + 3) % 3;
    if (group_of(n) != 0 && b->group_stage[group_of(n)] > at)
        at = b->group_stage[group_of(n)];
    return at;
}

static rc_status assign_stages(builder *b, rc_error *err) {
    const rc_graph *g = b->g;
    int limit = 6;
    for (size_t id = 0; id < g->n_nodes; id++) {
        rc_node_kind kind = g->nodes[id].kind;
        limit += b->live[id] && (kind == RC_NODE_FOLD || kind == RC_NODE_AT) ? 3 : 0;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (rc_node_id id = 0; id < g->n_nodes; id++) {
            if (!b->live[id] || timeless(&g->nodes[id]))
                continue;
            int at = wanted_stage(b, id);
            if (at == b->stage[id])
                continue;
            if (at > limit)
                return rc_fail(err, RC_INPUT,
                               "a series needs the sum (or another value over all periods) of "
                               "something that is computed from the series itself");
            b->stage[id] = at;
            changed = true;
            if (group_of(&g->nodes[id]) != 0)
                b->group_stage[group_of(&g->nodes[id])] = at;
        }
    }
    return RC_OK;
}

/* ---- Where values lie ---- */

static void find_crossings(builder *b, const rc_node_id *roots, size_t n_roots) {
    const rc_graph *g = b->g;
    for (rc_node_id id = 0; id < g->n_nodes; id++) {
        if (!b->live[id])
            continue;
        const rc_node *n = &g->nodes[id];
        for (uint32_t i = 0; i <= n->n_args; i++) {
            rc_node_id from = i < n->n_args ? n->args[i] : g->body[id];
            if (from == RC_NO_NODE || timeless(&g->nodes[from]))
                continue;
            const rc_node *source = &g->nodes[from];
            bool whole = n->kind == RC_NODE_AT || n->kind == RC_NODE_METRIC;
            bool elsewhere = b->stage[from] != b->stage[id] || group_of(n) != group_of(source);
            if (source->period && (whole || elsewhere) && source->kind != RC_NODE_SCATTER)
                b->rows[from] = true;
            if (!source->period && (elsewhere || n->kind == RC_NODE_PREV))
                b->crosses[from] = true;
            if (i == n->n_args && source->kind == RC_NODE_PREV)
                b->separate[from] = true; /* bodies are read after some rings have advanced */
        }
    }
    for (size_t i = 0; i < n_roots; i++)
        b->crosses[roots[i]] = true;
    for (rc_node_id id = 0; b->keep && id < g->n_nodes; id++) {
        const rc_node *n = &g->nodes[id];
        if (!b->live[id] || timeless(n) || n->repeat != 0)
            continue;
        b->rows[id] = n->period && n->kind != RC_NODE_SCATTER && n->kind != RC_NODE_ROWS;
        b->crosses[id] = !n->period;
    }
}

static uint32_t new_columns(builder *b, uint32_t n) {
    uint32_t first = b->n_columns;
    b->n_columns += n;
    return first;
}

static uint32_t take_column(builder *b) {
    return b->n_free > 0 ? b->free_columns[--b->n_free] : new_columns(b, 1);
}

static bool computed_in_loop(const rc_node *n) {
    return n->period && (n->kind == RC_NODE_OP || n->kind == RC_NODE_LOOKUP ||
                         n->kind == RC_NODE_QUANTILE || n->kind == RC_NODE_QUANTILE_V);
}

/* Values with columns of their own, for the whole block. */
static void place_lasting(builder *b) {
    const rc_graph *g = b->g;
    uint32_t rows = g->n_periods + 1;
    for (rc_node_id id = (rc_node_id)g->n_nodes; id-- > 0;) { /* ROWS before their arguments */
        const rc_node *n = &g->nodes[id];
        if (!b->live[id])
            continue;
        rc_ref *p = &b->place[id];
        if (n->kind == RC_NODE_CONST) {
            *p = (rc_ref){.mode = RC_REF_SCALAR, .value = n->number};
        } else if (n->kind == RC_NODE_TIME) {
            *p = (rc_ref){.mode = RC_REF_TIME, .table = n->table};
        } else if (p->mode == RC_REF_ROW) {
            continue; /* given by a ROWS node */
        } else if (n->kind == RC_NODE_ROWS || n->kind == RC_NODE_SCATTER || b->rows[id]) {
            *p = (rc_ref){.mode = RC_REF_ROW, .column = new_columns(b, rows)};
            rc_node_id arg = n->kind == RC_NODE_ROWS ? n->args[0] : RC_NO_NODE;
            if (arg != RC_NO_NODE && !b->keep && computed_in_loop(&g->nodes[arg]) &&
                b->stage[arg] == b->stage[id] && b->place[arg].mode != RC_REF_ROW) {
                b->place[arg] = *p;
                b->alias[id] = true;
            }
        } else if (n->kind == RC_NODE_PREV && !b->separate[id]) {
            uint32_t ring = new_columns(b, n->lag);
            *p = (rc_ref){.mode = RC_REF_RING, .column = ring, .ring = n->lag};
        } else if (n->kind == RC_NODE_FOLD || n->kind == RC_NODE_CUMULATIVE || b->crosses[id] ||
                   n->kind == RC_NODE_PREV) {
            *p = (rc_ref){.mode = RC_REF_COLUMN, .column = new_columns(b, 1)};
        }
    }
}

/* ---- Steps ---- */

typedef struct step_list {
    rc_step *steps;
    rc_node_id *ids; /* node of a NODE step, else RC_NO_NODE */
    size_t n, capacity, ids_capacity;
} step_list;

static void add_step(builder *b, step_list *list, rc_step step, rc_node_id id) {
    list->steps =
        rc_arena_grow(b->arena, list->steps, &list->capacity, list->n + 1, sizeof *list->steps);
    list->ids =
        rc_arena_grow(b->arena, list->ids, &list->ids_capacity, list->n + 1, sizeof *list->ids);
    list->ids[list->n] = id;
    list->steps[list->n++] = step;
}

static rc_ref ring_of(builder *b, rc_node_id prev, rc_ref *rings) {
    if (!b->separate[prev] && !b->rows[prev])
        return b->place[prev];
    if (rings[prev].ring == 0)
        rings[prev] = (rc_ref){.mode = RC_REF_RING,
                               .column = new_columns(b, b->g->nodes[prev].lag),
                               .ring = b->g->nodes[prev].lag};
    return rings[prev];
}

static const rc_ref *one_ref(builder *b, rc_ref r) {
    rc_ref *copy = RC_NEW(b->arena, rc_ref, 1);
    *copy = r;
    return copy;
}

static void note_uses(builder *b, const step_list *list) {
    for (size_t s = 0; s < list->n; s++) {
        rc_node_id id = list->ids[s];
        const rc_node *n = list->steps[s].node;
        if (list->steps[s].kind == RC_STEP_ADVANCE)
            b->last_use[b->g->body[id]] = s;
        for (uint32_t i = 0; list->steps[s].kind == RC_STEP_NODE && i < n->n_args; i++)
            b->last_use[n->args[i]] = s;
        if (list->steps[s].kind == RC_STEP_COPY && n->kind == RC_NODE_ROWS)
            b->last_use[n->args[0]] = s;
    }
}

static void release(builder *b, rc_node_id id, size_t step) {
    /* a place is free to go when no lasting place was given: mode TIME etc. never are */
    if (b->last_use[id] == step && b->place[id].ring == UINT32_MAX) {
        b->free_columns[b->n_free++] = b->place[id].column;
        b->place[id].ring = 0;
    }
}

/* Give columns to the short-lived, and turn arguments into places. */
static void place_segment(builder *b, step_list *list) {
    note_uses(b, list);
    for (size_t s = 0; s < list->n; s++) {
        rc_step *step = &list->steps[s];
        rc_node_id id = list->ids[s];
        const rc_node *n = step->node;
        if (step->kind == RC_STEP_ADVANCE) {
            step->args = one_ref(b, b->place[b->g->body[id]]);
            continue;
        }
        if (step->kind == RC_STEP_COPY && n->kind == RC_NODE_ROWS)
            step->args = one_ref(b, b->place[n->args[0]]);
        if (step->kind != RC_STEP_NODE)
            continue;
        rc_ref *args = RC_NEW(b->arena, rc_ref, n->n_args);
        for (uint32_t i = 0; i < n->n_args; i++)
            args[i] = b->place[n->args[i]];
        step->args = args;
        step->n_args = n->n_args;
        bool keep_args =
            n->kind == RC_NODE_METRIC || n->kind == RC_NODE_AT || n->kind == RC_NODE_DEPENDENT;
        for (uint32_t i = 0; !keep_args && i < n->n_args; i++)
            release(b, n->args[i], s);
        if (b->place[id].mode == RC_REF_SCALAR) /* untouched: short-lived */
            b->place[id] =
                (rc_ref){.mode = RC_REF_COLUMN, .column = take_column(b), .ring = UINT32_MAX};
        step->out = b->place[id];
        for (uint32_t i = 0; keep_args && i < n->n_args; i++)
            release(b, n->args[i], s);
    }
    b->n_free = 0; /* a new segment starts with columns of its own: easier to read, few */
}

static rc_ref scatter_start(const rc_node *n) {
    bool sum = n->op == RC_SCATTER_COUNT || n->op == RC_SCATTER_AMOUNT;
    double value = sum ? 0 : n->op == RC_SCATTER_FIRST ? INFINITY : 1;
    return (rc_ref){.mode = RC_REF_SCALAR, .value = value};
}

static void fill_steps(builder *b, rc_node_id id, rc_ref *rings, step_list *before, step_list *body,
                       step_list *after) {
    const rc_graph *g = b->g;
    const rc_node *n = &g->nodes[id];
    if (n->kind == RC_NODE_PREV) {
        rc_ref ring = ring_of(b, id, rings);
        add_step(b, before,
                 (rc_step){.kind = RC_STEP_FILL,
                           .node = n,
                           .out = ring,
                           .count = n->lag,
                           .n_args = 1,
                           .args = one_ref(b, b->place[n->args[0]])},
                 RC_NO_NODE);
        if (b->separate[id] || b->rows[id])
            add_step(b, body,
                     (rc_step){.kind = RC_STEP_COPY,
                               .node = n,
                               .out = b->place[id],
                               .n_args = 1,
                               .args = one_ref(b, ring)},
                     RC_NO_NODE);
        add_step(b, after, (rc_step){.kind = RC_STEP_ADVANCE, .node = n, .out = ring, .n_args = 1},
                 id);
    } else if (n->kind == RC_NODE_ROWS) {
        add_step(b, before,
                 (rc_step){.kind = RC_STEP_FILL,
                           .node = n,
                           .out = b->place[id],
                           .count = 1,
                           .n_args = 1,
                           .args = one_ref(b, b->place[n->args[1]])},
                 RC_NO_NODE);
        if (!b->alias[id])
            add_step(b, body,
                     (rc_step){.kind = RC_STEP_COPY, .node = n, .out = b->place[id], .n_args = 1},
                     id);
    } else {
        if (n->kind == RC_NODE_SCATTER)
            add_step(b, before,
                     (rc_step){.kind = RC_STEP_FILL,
                               .node = n,
                               .out = b->place[id],
                               .count = g->n_periods + 1,
                               .n_args = 1,
                               .args = one_ref(b, scatter_start(n))},
                     RC_NO_NODE);
        rc_step step = {.kind = RC_STEP_NODE, .node = n};
        if (n->kind == RC_NODE_QUANTILE_V)
            step.vary = b->n_vary++;
        add_step(b, body, step, id);
    }
}

static void add_segment(rc_plan *plan, rc_segment_kind kind, const step_list *list, rc_ref number) {
    if (list->n > 0)
        plan->segments[plan->n_segments++] = (rc_segment){kind, list->steps, list->n, number};
}

static void make_segments(builder *b, rc_plan *plan, const rc_node_id *order, size_t n_order) {
    const rc_graph *g = b->g;
    rc_ref *rings = RC_NEW(b->arena, rc_ref, g->n_nodes);
    size_t at = 0;
    while (at < n_order) {
        int stage = b->stage[order[at]];
        uint16_t group = group_of(&g->nodes[order[at]]);
        step_list before = {0}, body = {0}, after = {0};
        rc_ref number = {0};
        for (; at < n_order && b->stage[order[at]] == stage &&
               group_of(&g->nodes[order[at]]) == group;
             at++) {
            const rc_node *n = &g->nodes[order[at]];
            if (n->kind == RC_NODE_SCATTER)
                number = b->place[n->args[0]];
            fill_steps(b, order[at], rings, &before, &body, &after);
        }
        for (size_t i = 0; i < after.n; i++)
            add_step(b, &body, after.steps[i], after.ids[i]);
        place_segment(b, &body);
        add_segment(plan, RC_ONCE, &before, number);
        rc_segment_kind kind = stage % 3 == 0 ? RC_ONCE : stage % 3 == 1 ? RC_REPEAT : RC_PERIODS;
        add_segment(plan, kind, &body, number);
    }
}

typedef struct sort_key {
    int stage, group;
    rc_node_id id;
} sort_key;

static int by_stage(const void *pa, const void *pb) {
    const sort_key *a = pa, *b = pb;
    if (a->stage != b->stage)
        return a->stage < b->stage ? -1 : 1;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

static size_t sort_nodes(builder *b, rc_node_id *order) {
    sort_key *keys = RC_NEW(b->arena, sort_key, b->g->n_nodes);
    size_t n = 0;
    for (rc_node_id id = 0; id < b->g->n_nodes; id++)
        if (b->live[id] && !timeless(&b->g->nodes[id]))
            keys[n++] = (sort_key){b->stage[id], group_of(&b->g->nodes[id]), id};
    qsort(keys, n, sizeof *keys, by_stage);
    for (size_t i = 0; i < n; i++)
        order[i] = keys[i].id;
    return n;
}

/* ---- All together ---- */

static rc_status build(const rc_graph *g, const rc_node_id *roots, size_t n_roots, bool keep,
                       rc_arena *arena, rc_plan *plan, rc_error *err) {
    builder b = {.g = g, .arena = arena, .keep = keep};
    size_t n = g->n_nodes;
    b.live = RC_NEW(arena, bool, n);
    b.stage = RC_NEW(arena, int, n);
    b.group_stage = RC_NEW(arena, int, g->n_repeats + 1u);
    b.rows = RC_NEW(arena, bool, n);
    b.separate = RC_NEW(arena, bool, n);
    b.crosses = RC_NEW(arena, bool, n);
    b.alias = RC_NEW(arena, bool, n);
    b.place = RC_NEW(arena, rc_ref, n);
    b.last_use = RC_NEW(arena, size_t, n);
    b.free_columns = RC_NEW(arena, uint32_t, n + 1);
    mark_live(&b, roots, n_roots);
    rc_status status = assign_stages(&b, err);
    if (status != RC_OK)
        return status;
    find_crossings(&b, roots, n_roots);
    place_lasting(&b);
    rc_node_id *order = RC_NEW(arena, rc_node_id, n);
    *plan = (rc_plan){.graph = g, .n_roots = n_roots};
    size_t n_order = sort_nodes(&b, order);
    plan->segments = RC_NEW(arena, rc_segment, 2 * n_order + 1);
    make_segments(&b, plan, order, n_order);
    plan->n_columns = b.n_columns;
    plan->n_vary = b.n_vary;
    rc_ref *places = RC_NEW(arena, rc_ref, n_roots);
    for (size_t i = 0; i < n_roots; i++)
        places[i] = b.place[roots[i]];
    plan->roots = places;
    plan->places = keep ? b.place : NULL;
    return RC_OK;
}

rc_status rc_plan_build(const rc_graph *g, const rc_node_id *roots, size_t n_roots, rc_arena *arena,
                        rc_plan *plan, rc_error *err) {
    return build(g, roots, n_roots, false, arena, plan, err);
}

rc_status rc_plan_build_kept(const rc_graph *g, const rc_node_id *roots, size_t n_roots,
                             rc_arena *arena, rc_plan *plan, rc_error *err) {
    return build(g, roots, n_roots, true, arena, plan, err);
}
