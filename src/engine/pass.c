/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over all trials that keeps the values of some columns. */
#include "engine/pass.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

rc_status rc_pass_plan(rc_running *r, const rc_collected *columns, size_t n, rc_arena *arena,
                       rc_plan *plan, size_t *roots) {
    rc_node_id *nodes = RC_NEW(arena, rc_node_id, n);
    size_t n_nodes = 0;
    for (size_t c = 0; c < n; c++) { /* each node once */
        size_t at = 0;
        while (at < n_nodes && nodes[at] != columns[c].node)
            at++;
        if (at == n_nodes)
            nodes[n_nodes++] = columns[c].node;
        roots[c] = at;
    }
    return rc_plan_build(&r->graph, nodes, n_nodes, arena, plan, r->err);
}

const double *rc_pass_values(rc_workspace *ws, size_t root, unsigned k, size_t n) {
    rc_lanes lanes = rc_eval_root(ws, root, k);
    if (lanes.column != NULL)
        return lanes.column;
    ws->kernels->fill(ws->spare, lanes.number, n);
    return ws->spare;
}

typedef struct pass {
    rc_running *r;
    rc_arena *arena;
    rc_plan plan;
    const rc_collected *columns;
    size_t n_columns;
    size_t *roots;
    double **samples; /* [n_columns][trials] */
    size_t state_bytes;
} pass;

/* Is the column an output that gets rows? Those that rankings read are only kept. */
static bool summarised(const pass *p, size_t c) {
    size_t output = p->columns[c].output;
    return output != SIZE_MAX && p->r->wanted.outputs[output].kind != RC_OUTPUT_DRAWN;
}

static void take(void *data, void *mine, rc_workspace *ws, uint32_t replicate, uint64_t at,
                 size_t n, unsigned char *leaf) {
    pass *p = data;
    (void)mine;
    (void)replicate;
    for (size_t c = 0; c < p->n_columns; c++) {
        const rc_collected *col = &p->columns[c];
        const double *x = rc_pass_values(ws, p->roots[c], col->k, n);
        memcpy(p->samples[c] + at, x, n * sizeof *x);
        if (!summarised(p, c))
            continue;
        const rc_summary_context how = {ws->isa, p->r->wanted.outputs[col->output].hurdle};
        rc_states_add(leaf + c * p->state_bytes, &how, x, n);
    }
}

static rc_status allocate_samples(pass *p, rc_error *err) {
    uint64_t trials = p->r->sampler.trials;
    size_t bytes = ((size_t)trials * sizeof(double) + 127) / 64 * 64;
    p->samples = RC_NEW(p->arena, double *, p->n_columns);
    for (size_t c = 0; c < p->n_columns; c++) {
        p->samples[c] = aligned_alloc(64, bytes);
        if (p->samples[c] == NULL)
            return rc_fail(err, RC_MEMORY, "%llu trials need %zu MB a quantity; ask for fewer",
                           (unsigned long long)trials, bytes >> 20);
    }
    return RC_OK;
}

/* Cells have no states of blocks; their mean is summed in the order of the sample. */
static void finish_cell(const pass *p, size_t c, const rc_sample *sample) {
    const rc_summary_type *moments = rc_summary_find("moments");
    const rc_summary_context how = {p->r->isa, NAN};
    _Alignas(16) unsigned char state[RC_SUMMARY_MAX_STATE] = {0};
    const uint64_t n = sample->start[RC_STAT_REPLICATES];
    for (uint64_t i = 0; i < n; i += RC_BLOCK) {
        _Alignas(16) unsigned char block[RC_SUMMARY_MAX_STATE] = {0};
        moments->add(block, &how, sample->x + i, n - i < RC_BLOCK ? (size_t)(n - i) : RC_BLOCK);
        moments->merge(state, block);
    }
    rc_finish_cell(p->columns[c].cell, state, sample);
}

static rc_status summarise(pass *p, const rc_swept *states) {
    rc_running *r = p->r;
    rc_rows rows = rc_rows_new(r, p->n_columns);
    bool no_memory = false;
#pragma omp parallel num_threads(r->threads)
    {
        rc_sample sample = {.scratch = malloc(r->sampler.trials * sizeof(double) + 64)};
        memcpy(sample.start, r->start, sizeof sample.start);
#pragma omp for schedule(dynamic, 1)
        for (size_t c = 0; c < p->n_columns; c++) {
            sample.x = p->samples[c];
            if (sample.scratch == NULL) {
#pragma omp atomic write
                no_memory = true;
            } else if (summarised(p, c)) {
                rc_finish_output(r, &r->wanted.outputs[p->columns[c].output], states, c, &sample,
                                 &rows);
            } else if (p->columns[c].output == SIZE_MAX) {
                finish_cell(p, c, &sample);
            }
        }
        free(sample.scratch);
    }
    return no_memory ? rc_fail(r->err, RC_MEMORY, "not enough memory to summarise") : RC_OK;
}

rc_status rc_pass_run(rc_running *r, const rc_collected *columns, size_t n) {
    pass p = {.r = r, .arena = rc_arena_new(), .columns = columns, .n_columns = n};
    p.state_bytes = rc_states_size();
    p.roots = RC_NEW(p.arena, size_t, n);
    const rc_sweep_client client = {
        .data = &p, .take = take, .merge = rc_states_merge, .leaf_bytes = n * p.state_bytes};
    rc_swept states;
    rc_status status = rc_pass_plan(r, columns, n, p.arena, &p.plan, p.roots);
    if (status == RC_OK)
        status = allocate_samples(&p, r->err);
    if (status == RC_OK)
        status = rc_sweep_run(r, &p.plan, &client, p.arena, &states);
    if (status == RC_OK)
        status = summarise(&p, &states);
    for (size_t c = 0; p.samples != NULL && c < n; c++)
        if (status == RC_OK && r->options->samples && columns[c].output != SIZE_MAX)
            r->wanted.outputs[columns[c].output].samples = p.samples[c]; /* the result's from now */
        else
            free(p.samples[c]);
    rc_arena_free(p.arena);
    return status;
}
