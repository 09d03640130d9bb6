/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan whose points come from the caller: what fills the columns of POINT nodes is a sampler, so
 * one that asks the caller is all there is to it. */
#include "engine/points.h"

#include "engine/pass.h"

#include <omp.h>
#include <stddef.h>
#include <string.h>

struct rc_points {
    rc_running r;
    rc_arena *arena; /* of the result; all is in it */
    rc_plan plan;
    rc_points_bar *bars;
};

/* ---- Bars ---- */

static rc_points_bar bar_of(const rc_points *p, const rc_entry *const *entries, size_t n) {
    const rc_lower *l = &p->r.lower;
    size_t most = 0;
    for (size_t i = 0; i < n; i++)
        most += rc_entry_streams_most(l, entries[i]);
    uint32_t *streams = RC_NEW(p->arena, uint32_t, most);
    uint32_t *events = RC_NEW(p->arena, uint32_t, most);
    uint32_t *switches = RC_NEW(p->arena, uint32_t, n);
    rc_points_bar bar = {.streams = streams, .events = events, .switches = switches};
    for (size_t i = 0; i < n; i++) {
        bool risk = entries[i]->risk != NULL;
        rc_entry_streams(l, entries[i], risk ? events : streams,
                         risk ? &bar.n_events : &bar.n_streams);
        if (risk)
            switches[bar.n_switches++] = l->switch_stream[entries[i]->index];
    }
    return bar;
}

/* Bars of entries come in the order of entries, then those of groups in theirs. */
static void make_bars(rc_points *p) {
    const rc_model *m = p->r.lower.model;
    const rc_result *r = p->r.result;
    size_t entry = 0, group = 0;
    p->bars = RC_NEW(p->arena, rc_points_bar, r->n_bars);
    for (size_t i = 0; i < r->n_bars; i++) {
        const char *name = r->bars[i].name;
        if (r->bars[i].kind == RC_BAR_GROUP) {
            while (strcmp(m->groups[group].name, name) != 0)
                group++;
            const rc_group *g = &m->groups[group];
            p->bars[i] = bar_of(p, (const rc_entry *const *)g->members, g->n_members);
        } else {
            while (strcmp(m->entries[entry]->name, name) != 0)
                entry++;
            p->bars[i] = bar_of(p, (const rc_entry *const *)&m->entries[entry], 1);
        }
    }
}

/* ---- Made and freed ---- */

rc_status rc_points_new(const rc_model *model, const rc_run_options *options, rc_points **out,
                        rc_error *err) {
    rc_error own = {0};
    rc_running r = {.options = options, .err = err != NULL ? err : &own, .lower.apart = true};
    *out = NULL;
    rc_status status = rc_running_open(&r, model);
    if (status != RC_OK)
        return status;
    rc_arena *arena = r.result->arena;
    rc_points *p = RC_NEW(arena, rc_points, 1);
    p->r = r;
    p->arena = arena;
    p->r.lower.g = &p->r.graph; /* has moved */
    rc_running_outline(&p->r);
    status = rc_plan_build(&p->r.graph, r.wanted.nodes, r.wanted.n_outputs, arena, &p->plan, r.err);
    if (status != RC_OK) {
        rc_arena_free(arena);
        return status;
    }
    make_bars(p);
    *out = p;
    return RC_OK;
}

void rc_points_free(rc_points *p) {
    if (p != NULL)
        rc_result_free(p->r.result);
}

const rc_result *rc_points_result(const rc_points *p) {
    return p->r.result;
}

size_t rc_points_streams(const rc_points *p) {
    return p->r.graph.n_streams;
}

rc_points_bar rc_points_of_bar(const rc_points *p, size_t i) {
    return p->bars[i];
}

/* ---- Evaluated ---- */

typedef struct given {
    const rc_graph *graph;
    rc_points_place *place;
    void *data;
} given;

static void fill(const rc_sampler *sampler, const rc_stream *s, uint32_t replicate, uint64_t first,
                 uint32_t draw, double *w, size_t n) {
    const given *g = sampler->state;
    const char *named = (const char *)s - offsetof(rc_named_stream, stream);
    (void)replicate; /* there is one, and all draws of a stream stand at its point */
    (void)draw;
    g->place(g->data, (size_t)((const rc_named_stream *)named - g->graph->streams), first, n, w);
}

static void keep(const rc_points *p, rc_workspace *ws, uint64_t first, size_t n, double *const *y) {
    for (size_t i = 0; i < p->r.wanted.n_outputs; i++)
        if (y[i] != NULL)
            memcpy(y[i] + first, rc_pass_values(ws, i, 0, n), n * sizeof **y);
}

rc_status rc_points_run(const rc_points *p, uint64_t n, rc_points_place *place, void *data,
                        double *const *y, rc_error *err) {
    static const rc_sampler_type type = {.name = "given", .fill = fill};
    const given g = {&p->r.graph, place, data};
    const rc_run_options *o = p->r.options;
    rc_sampler sampler = {.type = &type, .trials = n, .state = &g};
    uint64_t blocks = (n + RC_BLOCK - 1) / RC_BLOCK;
    int threads = blocks < (uint64_t)p->r.threads ? (int)(blocks > 0 ? blocks : 1) : p->r.threads;
    bool stop = false;
#pragma omp parallel num_threads(threads)
    {
        rc_arena *own = rc_arena_new();
        rc_workspace ws;
        rc_workspace_init(&ws, &p->plan, &sampler, p->r.isa, own);
#pragma omp for schedule(dynamic, 1)
        for (uint64_t b = 0; b < blocks; b++) {
            bool stopped;
#pragma omp atomic read
            stopped = stop;
            uint64_t first = b * RC_BLOCK, rest = n - first;
            if (stopped)
                continue;
            rc_eval_block(&ws, 0, first, rest < RC_BLOCK ? (size_t)rest : RC_BLOCK);
            keep(p, &ws, first, rest < RC_BLOCK ? (size_t)rest : RC_BLOCK, y);
            if (omp_get_thread_num() == 0 && o->progress != NULL &&
                !o->progress(o->progress_data, (double)b / (double)blocks)) {
#pragma omp atomic write
                stop = true;
            }
        }
        rc_arena_free(own);
    }
    return stop ? rc_fail(err, RC_INTERRUPTED, "interrupted") : RC_OK;
}
