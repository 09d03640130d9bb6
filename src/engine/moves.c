/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two halves of a point, kept in full a block at a time, and what moves make of them. */
#include "engine/moves.h"

#include <stdlib.h>
#include <string.h>

/* ---- Streams of the other half ---- */

static int by_hash(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The same streams at other dimensions and with another hash, which no stream of the model has. */
static void other_streams(rc_moves *m, rc_arena *arena) {
    enum { SALT = 0x42000000 }; /* far from those of names that collide */
    const rc_graph *g = &m->running.graph;
    rc_named_stream *other = RC_NEW(arena, rc_named_stream, g->n_streams);
    uint32_t *taken = RC_NEW(arena, uint32_t, g->n_streams);
    for (size_t i = 0; i < g->n_streams; i++)
        taken[i] = g->streams[i].stream.hash;
    if (g->n_streams > 0)
        qsort(taken, g->n_streams, sizeof *taken, by_hash);
    for (size_t i = 0; i < g->n_streams; i++) {
        rc_stream *s = &other[i].stream;
        uint32_t salt = SALT;
        other[i] = g->streams[i];
        s->dim += g->dimensions;
        s->hdr = NULL;
        do
            s->hash = rc_stream_hash(other[i].name, salt++);
        while (bsearch(&s->hash, taken, g->n_streams, sizeof *taken, by_hash) != NULL);
    }
    m->other = other;
}

/* ---- Correlated draws ---- */

static rc_node_id point_of(const rc_moves *m, const rc_draw *draw) {
    rc_node_id id = rc_lower_node_of(&m->running.lower, draw);
    if (id == RC_NO_NODE)
        return id;
    rc_node_id point = m->running.graph.nodes[id].args[0];
    const rc_ref *place = &m->plan.places[point];
    return place->mode == RC_REF_SCALAR ? RC_NO_NODE : point; /* untouched: not in the plan */
}

static void list_correlated(rc_moves *m, rc_arena *arena) {
    const rc_model *model = m->model;
    const rc_lower *l = &m->running.lower;
    size_t n = 0;
    for (size_t i = 0; i < model->n_correlated; i++)
        n += model->correlated[i].n;
    rc_moves_draw *list = RC_NEW(arena, rc_moves_draw, n);
    uint32_t *given_of = RC_NEW(arena, uint32_t, m->running.graph.n_nodes);
    for (size_t i = 0; i < model->n_correlated; i++) {
        const rc_correlated *group = &model->correlated[i];
        for (size_t k = 0; k < group->n; k++) {
            const rc_draw *draw = group->draws[k];
            rc_moves_draw *d = &list[m->n_correlated++];
            *d = (rc_moves_draw){.group = group,
                                 .place = k,
                                 .stream = rc_lower_stream_of(l, draw),
                                 .shared = group->shared != NULL ? l->shared_stream[i] : UINT32_MAX,
                                 .points = draw->each ? m->running.graph.n_periods : 1,
                                 .node = point_of(m, draw)};
            d->live = d->node != RC_NO_NODE;
            if (d->live)
                given_of[d->node] = (uint32_t)m->n_correlated;
        }
    }
    m->correlated = list;
    m->given_of = given_of;
}

/* ---- Whose values steps read ---- */

static rc_node_id owner(const rc_graph *g, const rc_step *step, uint32_t i) {
    rc_node_id id = (rc_node_id)(step->node - g->nodes);
    rc_node_kind kind = step->node->kind;
    switch (step->kind) {
    case RC_STEP_NODE: return step->node->args[i];
    case RC_STEP_ADVANCE: return g->body[id];
    case RC_STEP_COPY: return kind == RC_NODE_PREV ? id : step->node->args[0];
    default: /* FILL: a number, or the value before the first period */
        return kind == RC_NODE_SCATTER ? RC_NO_NODE : step->node->args[kind == RC_NODE_ROWS];
    }
}

static void list_owners(rc_moves *m, rc_arena *arena) {
    const rc_plan *p = &m->plan;
    const rc_node_id *const **owners = RC_NEW(arena, const rc_node_id *const *, p->n_segments);
    for (size_t s = 0; s < p->n_segments; s++) {
        const rc_segment *segment = &p->segments[s];
        const rc_node_id **of = RC_NEW(arena, const rc_node_id *, segment->n_steps);
        for (size_t i = 0; i < segment->n_steps; i++) {
            const rc_step *step = &segment->steps[i];
            rc_node_id *ids = RC_NEW(arena, rc_node_id, step->n_args);
            for (uint32_t k = 0; k < step->n_args; k++)
                ids[k] = owner(p->graph, step, k);
            of[i] = ids;
            m->n_args += step->n_args;
        }
        owners[s] = of;
        m->n_steps += segment->n_steps;
    }
    m->owners = owners;
}

static void list_prevs(rc_moves *m, rc_arena *arena) {
    const rc_graph *g = &m->running.graph;
    rc_node_id *prevs = RC_NEW(arena, rc_node_id, g->n_nodes);
    for (rc_node_id id = 0; id < g->n_nodes; id++)
        if (g->nodes[id].kind == RC_NODE_PREV)
            prevs[m->n_prevs++] = id;
    m->prevs = prevs;
}

/* ---- Making one ---- */

/* Three times all values of a block should stay near the processor; of a large model they cannot,
 * and then must not take too much memory. A number of the model alone: sums over a block depend on
 * how long it is. */
static size_t lanes_for(size_t columns) {
    enum { NEAR = 1 << 18, FAR = 1 << 25, FEW = 128, LEAST = 8 }; /* numbers, lanes */
    size_t lanes = RC_BLOCK;
    while (lanes > FEW && columns * lanes > NEAR)
        lanes /= 2;
    while (lanes > LEAST && columns * lanes > FAR)
        lanes /= 2;
    return lanes;
}

static rc_status find_targets(rc_moves *m, rc_node_id *nodes, rc_arena *arena) {
    const rc_run_options *o = m->running.options;
    const rc_wanted *w = &m->running.wanted;
    const rc_output **targets = RC_NEW(arena, const rc_output *, o->n_outputs);
    for (size_t i = 0; i < o->n_outputs; i++)
        for (size_t k = 0; k < w->n_outputs && targets[i] == NULL; k++)
            if (strcmp(w->outputs[k].name, o->outputs[i]) == 0) {
                targets[i] = &w->outputs[k];
                nodes[i] = w->nodes[k];
            }
    m->targets = targets;
    m->n_targets = o->n_outputs;
    return RC_OK;
}

static rc_status plan_all(rc_moves *m, rc_arena *arena) {
    rc_running *r = &m->running;
    rc_node_id *nodes = RC_NEW(arena, rc_node_id, r->options->n_outputs);
    rc_plan run;
    rc_status status = find_targets(m, nodes, arena);
    if (status == RC_OK)
        status = rc_plan_build(&r->graph, nodes, m->n_targets, arena, &run, r->err);
    if (status == RC_OK)
        status = rc_plan_build_kept(&r->graph, nodes, m->n_targets, arena, &m->plan, r->err);
    if (status != RC_OK)
        return status;
    m->operations = rc_plan_operations(&run);
    m->half = (uint32_t)m->plan.n_columns;
    m->lanes = lanes_for(3 * m->plan.n_columns);
    return RC_OK;
}

rc_status rc_moves_new(const rc_model *model, const rc_run_options *options, rc_moves **out,
                       rc_error *err) {
    rc_error own = {0};
    rc_running r = {.options = options,
                    .err = err != NULL ? err : &own,
                    .share_of_pass = 1,
                    .two_halves = true};
    rc_status status = rc_running_open(&r, model);
    if (status != RC_OK)
        return status;
    rc_arena *arena = r.result->arena;
    rc_moves *m = RC_NEW(arena, rc_moves, 1);
    m->model = model;
    m->running = r;
    m->trials = r.sampler.trials;
    memcpy(m->start, r.start, sizeof m->start);
    m->n_streams = r.graph.n_streams;
    /* what points into r: */
    m->running.lower.g = &m->running.graph;
    status = plan_all(m, arena);
    if (status != RC_OK) {
        rc_moves_free(m);
        return status;
    }
    other_streams(m, arena);
    list_correlated(m, arena);
    list_owners(m, arena);
    list_prevs(m, arena);
    for (int side = 0; side < 2; side++)
        m->base[side] = rc_move_base(m, side, arena);
    *out = m;
    return RC_OK;
}

void rc_moves_free(rc_moves *m) {
    if (m != NULL)
        rc_result_free(m->running.result); /* it lies in that arena */
}

/* ---- Evaluating ---- */

static void go(rc_moves_block *b, const rc_move *move) {
    rc_eval_segments(&b->ws, move->segments, move->n_segments, b->replicate, b->first, b->n);
    b->operations += move->operations;
}

void rc_moves_go(rc_moves_block *b, const rc_move *move) {
    go(b, move);
    b->moves++;
}

const double *rc_moves_value(rc_moves_block *b, const rc_move *move, size_t target) {
    rc_lanes x = rc_eval_lanes(&b->ws, &move->targets[target], 0);
    if (x.column != NULL)
        return x.column;
    double *column = b->constant + target * b->m->lanes;
    b->ws.kernels->fill(column, x.number, b->n);
    return column;
}

const double *rc_moves_half(rc_moves_block *b, int side, size_t target) {
    return rc_moves_value(b, b->m->base[side], target);
}

double *rc_moves_given(rc_moves_block *b, size_t i, unsigned k) {
    const rc_moves_draw *d = &b->m->correlated[i];
    if (!d->live)
        return NULL;
    const rc_ref *place = &b->m->plan.places[d->node];
    size_t column = 2 * (size_t)b->m->half + place->column + (place->mode == RC_REF_ROW ? k : 0);
    return b->ws.columns + column * b->ws.stride;
}

void rc_moves_point(rc_moves_block *b, int side, uint32_t stream, uint32_t draw, double *w) {
    const rc_sampler *sampler = b->ws.sampler;
    const rc_named_stream *streams = side ? b->ws.other : b->m->running.graph.streams;
    sampler->type->fill(sampler, &streams[stream].stream, b->replicate, b->first, draw, w, b->n);
}

/* ---- The sweep ---- */

typedef struct sweep {
    rc_moves *m;
    const rc_moves_client *client;
    uint64_t operations, moves, blocks;
} sweep;

typedef struct thread {
    rc_moves_block block;
    void *mine;
    uint64_t blocks;
} thread;

static void *open_thread(void *data, rc_arena *own) {
    sweep *s = data;
    rc_moves *m = s->m;
    thread *t = RC_NEW(own, thread, 1);
    t->block.m = m;
    t->block.constant = RC_NEW(own, double, m->n_targets * m->lanes);
    rc_workspace_init_wide(&t->block.ws, &m->plan, 3 * (size_t)m->half, m->lanes,
                           &m->running.sampler, m->running.isa, own);
    t->block.ws.other = m->other;
    if (s->client->open != NULL && (t->mine = s->client->open(s->client->data, own)) == NULL)
        return NULL;
    return t;
}

static void eval_halves(void *data, void *mine, uint32_t replicate, uint64_t first, size_t n) {
    sweep *s = data;
    thread *t = mine;
    t->block.replicate = replicate;
    t->block.first = first;
    t->block.n = n;
    for (int side = 0; side < 2; side++)
        go(&t->block, s->m->base[side]);
    t->blocks++;
}

static void take(void *data, void *mine, rc_workspace *ws, uint32_t replicate, uint64_t at,
                 size_t n, unsigned char *leaf) {
    sweep *s = data;
    thread *t = mine;
    (void)ws;
    (void)replicate;
    (void)at;
    (void)n;
    s->client->take(s->client->data, t->mine, &t->block, leaf);
}

static void close_thread(void *data, void *mine) {
    sweep *s = data;
    const thread *t = mine;
#pragma omp critical(rc_moves)
    {
        s->operations += t->block.operations;
        s->moves += t->block.moves;
        s->blocks += t->blocks;
    }
}

rc_status rc_moves_run(rc_moves *m, const rc_moves_client *client, rc_arena *arena,
                       rc_moves_done *done, rc_error *err) {
    sweep s = {.m = m, .client = client};
    const rc_sweep_client sweeper = {.data = &s,
                                     .take = take,
                                     .merge = client->merge,
                                     .leaf_bytes = client->leaf_bytes,
                                     .open = open_thread,
                                     .close = close_thread,
                                     .eval = eval_halves,
                                     .block = m->lanes};
    m->running.err = err;
    *done = (rc_moves_done){0};
    rc_status status = rc_sweep_run(&m->running, &m->plan, &sweeper, arena, &done->swept);
    uint64_t runs = 2 * s.blocks + s.moves;
    done->operations = s.operations;
    done->black_box = runs * m->operations;
    done->runs = s.blocks > 0 ? runs / s.blocks * m->trials : 0;
    return status;
}
