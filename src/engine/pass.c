/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chunks of blocks handed out to threads, and their states and samples gathered. */
#include "engine/pass.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNKS_A_REPLICATE = 16 };

/* ---- Blocks ---- */

static void collect(rc_pass *p, rc_workspace *ws, rc_forest *f, uint64_t at, size_t n) {
    memset(rc_forest_top(f), 0, f->bytes);
    for (size_t c = 0; c < p->n_columns; c++) {
        const rc_collected *col = &p->columns[c];
        rc_lanes lanes = rc_eval_root(ws, col->root, col->k);
        double *out = p->samples[c] + at;
        const double *x = lanes.column;
        if (x == NULL) {
            ws->kernels->fill(ws->spare, lanes.number, n);
            x = ws->spare;
        }
        memcpy(out, x, n * sizeof *out);
        if (col->output != SIZE_MAX) {
            const rc_summary_context how = {ws->isa, p->r->wanted.outputs[col->output].hurdle};
            rc_states_add(rc_forest_top(f) + c * p->state_bytes, &how, x, n);
        }
    }
    rc_forest_push(f);
}

static void run_chunk(rc_pass *p, size_t chunk, rc_workspace *ws, rc_forest *f) {
    uint32_t replicate = p->chunk_replicate[chunk];
    uint64_t start = p->r->start[replicate];
    uint64_t count = p->r->start[replicate + 1] - start;
    f->depth = 0;
    f->leaves = 0;
    for (uint64_t b = 0; b < p->chunk && !p->stop; b++) {
        uint64_t first = (p->chunk_first[chunk] + b) * RC_BLOCK;
        if (first >= count)
            break;
        size_t n = count - first < RC_BLOCK ? (size_t)(count - first) : RC_BLOCK;
        rc_eval_block(ws, replicate, first, n);
        collect(p, ws, f, start + first, n);
    }
    memcpy(p->partial + chunk * f->bytes, rc_forest_close(f), f->bytes);
}

static void report_progress(rc_pass *p, size_t done, double *last) {
    rc_running *r = p->r;
    double now = omp_get_wtime();
    if (r->options->progress == NULL || now - *last < 0.1)
        return;
    *last = now;
    double share = r->share_done + r->share_of_pass * (double)done / (double)p->n_chunks;
    if (!r->options->progress(r->options->progress_data, share))
        p->stop = 1;
}

static void make_chunks(rc_pass *p) {
    uint64_t most = 0;
    for (uint32_t r = 0; r < RC_REPLICATES; r++) {
        uint64_t blocks = (p->r->start[r + 1] - p->r->start[r] + RC_BLOCK - 1) / RC_BLOCK;
        most = blocks > most ? blocks : most;
    }
    p->chunk = 1;
    while (most / p->chunk > CHUNKS_A_REPLICATE)
        p->chunk *= 2;
    size_t room = RC_REPLICATES * (size_t)((most + p->chunk - 1) / p->chunk);
    p->chunk_replicate = RC_NEW(p->arena, uint32_t, room);
    p->chunk_first = RC_NEW(p->arena, uint64_t, room);
    for (uint32_t r = 0; r < RC_REPLICATES; r++) {
        uint64_t count = p->r->start[r + 1] - p->r->start[r];
        for (uint64_t b = 0; b * RC_BLOCK < count; b += p->chunk) {
            p->chunk_replicate[p->n_chunks] = r;
            p->chunk_first[p->n_chunks++] = b;
        }
    }
    p->partial = RC_NEW(p->arena, unsigned char, p->n_chunks * p->n_columns * p->state_bytes);
}

static void run_threads(rc_pass *p) {
    rc_running *r = p->r;
    size_t done = 0;
    double last = omp_get_wtime();
#pragma omp parallel num_threads(r->threads)
    {
        rc_arena *own = rc_arena_new(); /* first touched by the thread that uses it */
        rc_workspace ws;
        rc_workspace_init(&ws, &p->plan, &r->sampler, r->isa, own);
        rc_forest f = rc_forest_new(own, p->n_columns, p->state_bytes);
#pragma omp for schedule(dynamic, 1)
        for (size_t chunk = 0; chunk < p->n_chunks; chunk++) {
            if (p->stop)
                continue;
            run_chunk(p, chunk, &ws, &f);
            size_t so_far;
#pragma omp atomic capture
            so_far = ++done;
            if (omp_get_thread_num() == 0)
                report_progress(p, so_far, &last);
        }
#pragma omp critical
        for (size_t i = 0; i < r->graph.n_counters; i++)
            p->r->counters[r->graph.n_counters + i] += ws.counters[i];
        rc_arena_free(own);
    }
}

/* ---- Passes ---- */

static rc_status allocate_samples(rc_pass *p, rc_error *err) {
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

rc_status rc_pass_run(rc_running *r, const rc_collected *columns, size_t n, const rc_node_id *roots,
                      size_t n_roots) {
    rc_pass p = {.r = r, .arena = rc_arena_new(), .columns = columns, .n_columns = n};
    p.state_bytes = rc_states_size();
    rc_status status = rc_plan_build(&r->graph, roots, n_roots, p.arena, &p.plan, r->err);
    if (status == RC_OK)
        status = allocate_samples(&p, r->err);
    if (status == RC_OK) {
        double began = omp_get_wtime();
        memset(r->counters + r->graph.n_counters, 0, r->graph.n_counters * sizeof *r->counters);
        make_chunks(&p);
        run_threads(&p);
        r->result->simulate_seconds += omp_get_wtime() - began;
        for (size_t i = 0; i < r->graph.n_counters; i++)
            if (r->counters[r->graph.n_counters + i] > r->counters[i])
                r->counters[i] = r->counters[r->graph.n_counters + i];
        if (p.stop == 0)
            rc_pass_summarise(&p);
        if (p.stop != 0)
            status = p.stop == 1 ? rc_fail(r->err, RC_INTERRUPTED, "interrupted")
                                 : rc_fail(r->err, RC_MEMORY, "not enough memory to summarise");
    }
    for (size_t c = 0; p.samples != NULL && c < n; c++)
        if (status == RC_OK && r->options->samples && columns[c].output != SIZE_MAX)
            r->wanted.outputs[columns[c].output].samples = p.samples[c]; /* the result's from now */
        else
            free(p.samples[c]);
    rc_arena_free(p.arena);
    return status;
}
