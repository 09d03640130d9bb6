/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random streams, and distributions as nodes: a point of a stream, then a quantile. */
#include "engine/lower.h"

#include "model/streams.h"

#include <stdlib.h>
#include <string.h>

/* ---- Streams ----------------------------------------------------------------------------------
 */

static uint32_t add_stream(rc_lower *l, const rc_stream_row *row) {
    rc_graph *g = l->g;
    bool shared = row->draw != NULL && row->draw->tagged; /* other names are unique */
    for (size_t i = 0; shared && i < g->n_streams; i++)
        if (strcmp(g->streams[i].name, row->name) == 0)
            return (uint32_t)i;
    g->streams[g->n_streams] =
        (rc_named_stream){row->name, {.hash = 0, .dim = row->first, .dims = row->dims}};
    return (uint32_t)g->n_streams++;
}

static int by_name(const void *a, const void *b) {
    return strcmp((*(const rc_named_stream *const *)a)->name,
                  (*(const rc_named_stream *const *)b)->name);
}

static int by_hash(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Hash every name; where two collide, the later by strcmp is hashed again. Which names there are
 * decides, never their order in the file. */
static void hash_streams(rc_graph *g) {
    rc_named_stream **sorted = RC_NEW(g->arena, rc_named_stream *, g->n_streams);
    for (size_t i = 0; i < g->n_streams; i++)
        sorted[i] = &g->streams[i];
    qsort(sorted, g->n_streams, sizeof *sorted, by_name);
    uint32_t *taken = RC_NEW(g->arena, uint32_t, g->n_streams);
    for (size_t i = 0; i < g->n_streams; i++)
        taken[i] = sorted[i]->stream.hash = rc_stream_hash(sorted[i]->name, 0);
    qsort(taken, g->n_streams, sizeof *taken, by_hash);
    bool collides = false;
    for (size_t i = 1; i < g->n_streams; i++)
        collides |= taken[i] == taken[i - 1];
    for (size_t i = 1; collides && i < g->n_streams; i++)
        for (size_t j = 0, salt = 1; j < i; j++)
            if (sorted[j]->stream.hash == sorted[i]->stream.hash) {
                sorted[i]->stream.hash = rc_stream_hash(sorted[i]->name, (uint32_t)salt++);
                j = (size_t)-1; /* look at all earlier ones again */
            }
}

static int by_draw(const void *a, const void *b) {
    uintptr_t x = (uintptr_t)((const rc_draw_stream *)a)->draw;
    uintptr_t y = (uintptr_t)((const rc_draw_stream *)b)->draw;
    return (x > y) - (x < y);
}

static rc_draw_stream *find_draw(const rc_lower *l, const rc_draw *draw) {
    rc_draw_stream key = {.draw = draw};
    return bsearch(&key, l->stream_of_draw, l->model->n_draws, sizeof key, by_draw);
}

static void note_groups(rc_lower *l) {
    for (size_t i = 0; i < l->model->n_correlated; i++) {
        const rc_correlated *group = &l->model->correlated[i];
        for (size_t k = 0; k < group->n; k++) {
            rc_draw_stream *found = find_draw(l, group->draws[k]);
            found->group = group;
            found->place = k;
        }
    }
}

/* They are given, never drawn: no hash, no dimension. */
static void add_switches(rc_lower *l) {
    rc_graph *g = l->g;
    l->switch_stream = RC_NEW(g->arena, uint32_t, l->model->n_entries);
    for (size_t i = 0; i < l->model->n_entries; i++)
        if (l->model->entries[i]->risk != NULL) {
            g->streams[g->n_streams] = (rc_named_stream){.name = l->model->entries[i]->name};
            l->switch_stream[i] = (uint32_t)g->n_streams++;
        }
}

void rc_lower_streams(rc_lower *l) {
    const rc_model *m = l->model;
    rc_graph *g = l->g;
    size_t n, n_draws = 0;
    uint32_t dimensions;
    const rc_stream_row *rows = rc_model_streams(m, g->arena, &n, &dimensions);
    l->stream_of_draw = RC_NEW(g->arena, rc_draw_stream, m->n_draws);
    l->event_stream = RC_NEW(g->arena, uint32_t, m->n_entries);
    l->time_stream = RC_NEW(g->arena, uint32_t, m->n_entries);
    l->shared_stream = RC_NEW(g->arena, uint32_t, m->n_correlated);
    l->shared_ratio = RC_NEW(g->arena, const rc_dist *, m->n_correlated);
    g->streams = RC_NEW(g->arena, rc_named_stream, n + (l->apart ? m->n_entries : 0));
    g->dimensions = dimensions;
    for (size_t i = 0; i < n; i++) {
        uint32_t stream = add_stream(l, &rows[i]);
        if (rows[i].draw != NULL && rows[i].draw->entry != NULL)
            g->streams[stream].stream.hdr = rows[i].draw->entry->hdr;
        if (rows[i].draw != NULL)
            l->stream_of_draw[n_draws++] =
                (rc_draw_stream){.draw = rows[i].draw, .stream = stream, .node = RC_NO_NODE};
        else if (rows[i].group != NULL)
            l->shared_stream[rows[i].group - m->correlated] = stream;
        else if (rows[i].time)
            l->time_stream[rows[i].entry->index] = stream;
        else
            l->event_stream[rows[i].entry->index] = stream;
    }
    if (m->n_draws > 0)
        qsort(l->stream_of_draw, m->n_draws, sizeof *l->stream_of_draw, by_draw);
    if (!l->apart)
        note_groups(l);
    hash_streams(g);
    if (l->apart)
        add_switches(l);
}

rc_node_id rc_lower_point(rc_lower *l, uint32_t stream, bool period, uint16_t repeat) {
    return rc_graph_node(
        l->g,
        &(rc_node){.kind = RC_NODE_POINT, .stream = stream, .period = period, .repeat = repeat});
}

rc_node_id rc_lower_switched(rc_lower *l, const rc_entry *risk, rc_node_id natural) {
    double x;
    if (!l->apart || rc_graph_is_const(l->g, natural, &x))
        return natural;
    rc_node_id turn = rc_lower_point(l, l->switch_stream[risk->index], false, 0);
    rc_node_id zero = rc_num(l, 0), on = rc_most(l, natural, rc_num(l, 1));
    return rc_choose(l, rc_is_less(l, turn, zero), zero,
                     rc_choose(l, rc_is_less(l, zero, turn), on, natural));
}

uint32_t rc_lower_stream_of(const rc_lower *l, const rc_draw *draw) {
    return find_draw(l, draw)->stream;
}

rc_node_id rc_lower_node_of(const rc_lower *l, const rc_draw *draw) {
    return find_draw(l, draw)->node;
}

/* ---- Parameters that vary -----------------------------------------------------------------------
 */

typedef struct arg_list {
    rc_node_id *ids;
    size_t n, capacity;
} arg_list;

static uint32_t add_arg(rc_lower *l, arg_list *a, const rc_expr *e) {
    rc_node_id id = rc_lower_expr(l, e); /* first: it may grow nothing of ours */
    a->ids = rc_arena_grow(l->g->arena, a->ids, &a->capacity, a->n + 1, sizeof *a->ids);
    a->ids[a->n] = id;
    return (uint32_t)a->n++;
}

static const rc_shape_tree *shape_tree(rc_lower *l, const rc_draw *draw, arg_list *args);

static void fill_slot(rc_lower *l, const rc_draw *draw, size_t s, rc_shape_slot *slot,
                      arg_list *args) {
    slot->prob = draw->prob != NULL ? draw->prob[s] : 0;
    slot->first = (uint32_t)args->n;
    if (draw->numbers != NULL && draw->numbers[s] != NULL) {
        add_arg(l, args, draw->numbers[s]);
        slot->n = 1;
        slot->present = true;
    }
    size_t n = draw->list_n != NULL ? draw->list_n[s] : 0;
    for (size_t i = 0; i < n; i++)
        add_arg(l, args, draw->lists[s][i]);
    for (size_t i = 0; i < n && draw->lists2 != NULL && draw->lists2[s] != NULL; i++)
        add_arg(l, args, draw->lists2[s][i]);
    if (n > 0) {
        slot->n = (uint32_t)n;
        slot->present = true;
    }
    size_t n_shapes = draw->shapes_n != NULL ? draw->shapes_n[s] : 0;
    const rc_shape_tree **children = RC_NEW(l->g->arena, const rc_shape_tree *, n_shapes);
    for (size_t i = 0; i < n_shapes; i++)
        children[i] = shape_tree(l, draw->shapes[s][i], args);
    slot->children = children;
    slot->n_children = (uint32_t)n_shapes;
    slot->present |= n_shapes > 0;
}

static const rc_shape_tree *shape_tree(rc_lower *l, const rc_draw *draw, arg_list *args) {
    rc_shape_tree *tree = RC_NEW(l->g->arena, rc_shape_tree, 1);
    *tree = (rc_shape_tree){draw->type, draw->form, draw->widen, NULL, draw->constant};
    if (draw->constant != NULL)
        return tree;
    size_t n = draw->type->forms[draw->form].n_slots;
    rc_shape_slot *slots = RC_NEW(l->g->arena, rc_shape_slot, n);
    for (size_t s = 0; s < n; s++)
        fill_slot(l, draw, s, &slots[s], args);
    tree->slots = slots;
    return tree;
}

/* ---- Draws ------------------------------------------------------------------------------------
 */

void rc_lower_needs_table(rc_lower *l, rc_dist *dist) {
    l->dists =
        rc_arena_grow(l->g->arena, l->dists, &l->dist_capacity, l->n_dists + 1, sizeof *l->dists);
    l->dists[l->n_dists++] = dist;
}

void rc_lower_tables(const rc_lower *l, int threads) {
    rc_dist_prepare(l->dists, l->n_dists, threads, l->g->arena);
}

static rc_node_id lower_at(rc_lower *l, const rc_draw *draw, bool repeated) {
    const rc_draw_stream *own = find_draw(l, draw);
    rc_node_id point = own->group != NULL
                           ? rc_lower_dependent(l, own->group, own->place)
                           : rc_lower_point(l, own->stream, draw->each, repeated ? l->repeat : 0);
    if (draw->constant != NULL) {
        rc_dist *dist = RC_NEW(l->g->arena, rc_dist, 1);
        *dist = *draw->constant;
        rc_lower_needs_table(l, dist);
        return rc_graph_node(
            l->g, &(rc_node){.kind = RC_NODE_QUANTILE, .dist = dist, .n_args = 1, .args = &point});
    }
    arg_list args = {0};
    args.ids = rc_arena_grow(l->g->arena, NULL, &args.capacity, 1, sizeof *args.ids);
    args.ids[args.n++] = point;
    const rc_shape_tree *tree = shape_tree(l, draw, &args);
    const char *where = draw->entry != NULL ? draw->entry->name : "";
    const rc_phrase note =
        draw->entry != NULL
            ? RC_PHRASE("{distribution} in `{name}` had impossible parameters in {share} of trials",
                        "distribution", draw->type->name, "name", where)
            : RC_PHRASE("{distribution} in the settings had impossible parameters in {share} of "
                        "trials",
                        "distribution", draw->type->name);
    return rc_graph_node(l->g, &(rc_node){.kind = RC_NODE_QUANTILE_V,
                                          .shape = tree,
                                          .counter = rc_graph_counter(l->g, &note),
                                          .n_args = (uint32_t)args.n,
                                          .args = args.ids});
}

rc_node_id rc_lower_draw(rc_lower *l, const rc_draw *draw) {
    bool repeated = l->repeat != 0 && draw->entry == l->repeat_risk;
    rc_node_id id = lower_at(l, draw, repeated);
    if (!repeated)
        find_draw(l, draw)->node = id;
    return id;
}
