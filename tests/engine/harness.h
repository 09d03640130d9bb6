/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Load a model from text, evaluate chosen trials of all its outputs through the engine's own steps
 * (lower, plan, eval), and keep every value. Needs cmocka.h first. */
#ifndef RC_TESTS_ENGINE_HARNESS_H
#define RC_TESTS_ENGINE_HARNESS_H

#include "engine/eval.h"
#include "engine/wanted.h"

#include <string.h>

static inline rc_status harness_load(const char *text, rc_arena *arena, const rc_model **model,
                                     rc_text *messages) {
    rc_diags *diags = RC_NEW(arena, rc_diags, 1);
    diags->arena = arena;
    const rc_source *source = rc_source_text("test.yaml", text, strlen(text), arena);
    rc_status status = rc_model_load(source, arena, diags, model);
    if (status != RC_OK)
        rc_diags_print(diags, false, messages);
    return status;
}

/* NULL when it has mistakes. */
static inline const rc_model *harness_model(const char *text, rc_arena *arena) {
    const rc_model *model = NULL;
    rc_text messages = {0};
    if (harness_load(text, arena, &model, &messages) != RC_OK)
        print_error("%s\n%s", text, messages.bytes);
    rc_text_free(&messages);
    return model;
}

typedef struct harness {
    rc_arena *arena;
    const rc_model *model;
    rc_graph graph;
    rc_lower lower;
    rc_wanted wanted;
    rc_sampler sampler;
    rc_plan plan;
    rc_isa isa;
    const char **names; /* [n]: of an output; NULL for a cell of the cash table */
    int *row;           /* [n] of such a cell: which of four, */
    unsigned *k;        /* [n] and in which period */
    size_t n;
    uint64_t start[RC_REPLICATES + 1];
    double **x; /* [n][trials], replicate after replicate */
} harness;

static inline void harness_list(harness *h) {
    size_t cells = h->wanted.cash_table ? 4 * (size_t)(h->graph.n_periods + 1) : 0;
    h->n = h->wanted.n_outputs + cells;
    h->names = RC_NEW(h->arena, const char *, h->n);
    h->row = RC_NEW(h->arena, int, h->n);
    h->k = RC_NEW(h->arena, unsigned, h->n);
    h->x = RC_NEW(h->arena, double *, h->n);
    for (size_t i = 0; i < h->wanted.n_outputs; i++)
        h->names[i] = h->wanted.outputs[i].name;
    for (size_t i = 0; i < cells; i++) {
        h->row[h->wanted.n_outputs + i] = (int)(i % 4);
        h->k[h->wanted.n_outputs + i] = (unsigned)(i / 4);
    }
}

static inline rc_status harness_prepare(harness *h, const rc_model *model, const char *sampler,
                                        uint64_t trials, uint64_t seed, rc_isa isa, rc_arena *arena,
                                        rc_error *err) {
    memset(h, 0, sizeof *h);
    h->arena = arena;
    h->model = model;
    h->isa = isa;
    rc_run_options options;
    rc_run_options_default(&options);
    options.cash = true;
    rc_graph_init(&h->graph, arena, model->years, model->per_year, model->n_periods);
    rc_status status = rc_lower_model(&h->lower, model, &h->graph, err);
    rc_lower_tables(&h->lower, 1);
    if (status == RC_OK)
        status = rc_wanted_list(&h->lower, &options, arena, &h->wanted, err);
    if (status != RC_OK)
        return status;
    rc_node_id *roots = RC_NEW(arena, rc_node_id, h->wanted.n_outputs + 4);
    memcpy(roots, h->wanted.nodes, h->wanted.n_outputs * sizeof *roots);
    size_t n = h->wanted.n_outputs;
    for (size_t i = 0; h->wanted.cash_table && i < 4; i++)
        roots[n++] = h->wanted.cash[i];
    status = rc_plan_build(&h->graph, roots, n, arena, &h->plan, err);
    if (status != RC_OK)
        return status;
    const rc_sampler_type *type = rc_sampler_find(sampler, isa);
    status = rc_sampler_init(&h->sampler, type, seed, trials, h->graph.dimensions, arena, err);
    harness_list(h);
    for (uint32_t r = 0; r < RC_REPLICATES; r++)
        h->start[r + 1] = h->start[r] + rc_replicate_indices(h->sampler.trials, r);
    return status;
}

static inline void harness_run(harness *h) {
    rc_workspace ws;
    rc_workspace_init(&ws, &h->plan, &h->sampler, h->isa, h->arena);
    for (size_t i = 0; i < h->n; i++)
        h->x[i] = RC_NEW(h->arena, double, h->sampler.trials);
    for (uint32_t r = 0; r < RC_REPLICATES; r++)
        for (uint64_t first = h->start[r]; first < h->start[r + 1]; first += RC_BLOCK) {
            uint64_t left = h->start[r + 1] - first;
            size_t n = left < RC_BLOCK ? (size_t)left : RC_BLOCK;
            rc_eval_block(&ws, r, first - h->start[r], n);
            for (size_t c = 0; c < h->n; c++) {
                size_t root = h->names[c] != NULL ? c : h->wanted.n_outputs + (size_t)h->row[c];
                rc_lanes x = rc_eval_root(&ws, root, h->k[c]);
                for (size_t i = 0; i < n; i++)
                    h->x[c][first + i] = rc_lane(&x, i);
            }
        }
}

static inline const double *harness_find(const harness *h, const char *name) {
    for (size_t i = 0; i < h->wanted.n_outputs; i++)
        if (strcmp(h->names[i], name) == 0)
            return h->x[i];
    fail_msg("no output %s", name);
    return NULL;
}

#endif
