/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chunks of blocks handed out to threads, and their states gathered. */
#include "engine/sweep.h"

#include <omp.h>
#include <string.h>

enum { CHUNKS_A_REPLICATE = 16 };

typedef struct sweep {
    rc_running *r;
    const rc_plan *plan;
    const rc_sweep_client *client;
    rc_arena *arena;
    uint64_t block;  /* trials */
    uint64_t chunk;  /* blocks */
    size_t n_chunks; /* over all replicates */
    uint32_t *chunk_replicate;
    uint64_t *chunk_first;  /* first block */
    unsigned char *partial; /* [n_chunks][leaf_bytes] */
    _Atomic int stop;       /* an rc_status */
} sweep;

static void make_chunks(sweep *s) {
    uint64_t most = 0;
    for (uint32_t r = 0; r < RC_REPLICATES; r++) {
        uint64_t blocks = (s->r->start[r + 1] - s->r->start[r] + s->block - 1) / s->block;
        most = blocks > most ? blocks : most;
    }
    s->chunk = 1;
    while (most / s->chunk > CHUNKS_A_REPLICATE)
        s->chunk *= 2;
    size_t room = RC_REPLICATES * (size_t)((most + s->chunk - 1) / s->chunk);
    s->chunk_replicate = RC_NEW(s->arena, uint32_t, room);
    s->chunk_first = RC_NEW(s->arena, uint64_t, room);
    for (uint32_t r = 0; r < RC_REPLICATES; r++) {
        uint64_t count = s->r->start[r + 1] - s->r->start[r];
        for (uint64_t b = 0; b * s->block < count; b += s->chunk) {
            s->chunk_replicate[s->n_chunks] = r;
            s->chunk_first[s->n_chunks++] = b;
        }
    }
    s->partial = RC_NEW(s->arena, unsigned char, s->n_chunks * s->client->leaf_bytes);
}

static void run_chunk(sweep *s, size_t chunk, void *mine, rc_workspace *ws, rc_forest *f) {
    const rc_sweep_client *client = s->client;
    uint32_t replicate = s->chunk_replicate[chunk];
    uint64_t start = s->r->start[replicate];
    uint64_t count = s->r->start[replicate + 1] - start;
    f->depth = 0;
    f->leaves = 0;
    for (uint64_t b = 0; b < s->chunk && !s->stop; b++) {
        uint64_t first = (s->chunk_first[chunk] + b) * s->block;
        if (first >= count)
            break;
        size_t n = (size_t)(count - first < s->block ? count - first : s->block);
        if (client->eval != NULL)
            client->eval(client->data, mine, replicate, first, n);
        else
            rc_eval_block(ws, replicate, first, n);
        memset(rc_forest_top(f), 0, f->bytes);
        client->take(client->data, mine, ws, replicate, start + first, n, rc_forest_top(f));
        rc_forest_push(f);
    }
    memcpy(s->partial + chunk * f->bytes, rc_forest_close(f), f->bytes);
    if (client->gather != NULL)
#pragma omp critical(rc_gather)
        client->gather(client->data, mine, replicate);
}

static void report_progress(sweep *s, size_t done, double *last) {
    rc_running *r = s->r;
    double now = omp_get_wtime();
    if (r->options->progress == NULL || now - *last < 0.1)
        return;
    *last = now;
    double share = r->share_done + r->share_of_pass * (double)done / (double)s->n_chunks;
    if (!r->options->progress(r->options->progress_data, share))
        s->stop = RC_INTERRUPTED;
}

static void run_threads(sweep *s) {
    rc_running *r = s->r;
    const rc_sweep_client *client = s->client;
    size_t done = 0;
    double last = omp_get_wtime();
#pragma omp parallel num_threads(r->threads)
    {
        rc_arena *own = rc_arena_new(); /* first touched by the thread that uses it */
        rc_workspace ws = {0};
        if (client->eval == NULL)
            rc_workspace_init(&ws, s->plan, &r->sampler, r->isa, own);
        rc_forest f = rc_forest_new(own, client->leaf_bytes, client->merge);
        void *mine = client->open != NULL ? client->open(client->data, own) : NULL;
        if (client->open != NULL && mine == NULL)
            s->stop = RC_MEMORY;
#pragma omp for schedule(dynamic, 1)
        for (size_t chunk = 0; chunk < s->n_chunks; chunk++) {
            if (s->stop)
                continue;
            run_chunk(s, chunk, mine, client->eval == NULL ? &ws : NULL, &f);
            size_t so_far;
#pragma omp atomic capture
            so_far = ++done;
            if (omp_get_thread_num() == 0)
                report_progress(s, so_far, &last);
        }
        if (client->close != NULL && mine != NULL)
            client->close(client->data, mine);
#pragma omp critical(rc_counters)
        for (size_t i = 0; client->eval == NULL && i < r->graph.n_counters; i++)
            r->counters[r->graph.n_counters + i] += ws.counters[i];
        rc_arena_free(own);
    }
}

static void merge_all(const sweep *s, rc_swept *out) {
    size_t bytes = s->client->leaf_bytes, chunk = 0;
    rc_forest all = rc_forest_new(s->arena, bytes, s->client->merge);
    rc_forest one = rc_forest_new(s->arena, bytes, s->client->merge);
    for (uint32_t r = 0; r < RC_REPLICATES; r++) {
        one.depth = one.leaves = 0;
        for (; chunk < s->n_chunks && s->chunk_replicate[chunk] == r; chunk++) {
            memcpy(rc_forest_top(&one), s->partial + chunk * bytes, bytes);
            rc_forest_push(&one);
        }
        out->replicate[r] = RC_NEW(s->arena, unsigned char, bytes);
        if (one.leaves > 0)
            memcpy(out->replicate[r], rc_forest_close(&one), bytes);
        memcpy(rc_forest_top(&all), out->replicate[r], bytes);
        rc_forest_push(&all);
    }
    out->pooled = RC_NEW(s->arena, unsigned char, bytes);
    memcpy(out->pooled, rc_forest_close(&all), bytes);
}

rc_status rc_sweep_run(rc_running *r, const rc_plan *plan, const rc_sweep_client *client,
                       rc_arena *arena, rc_swept *swept) {
    sweep s = {.r = r,
               .plan = plan,
               .client = client,
               .arena = arena,
               .block = client->eval != NULL ? client->block : RC_BLOCK};
    double began = omp_get_wtime();
    size_t n = r->graph.n_counters;
    memset(r->counters + n, 0, n * sizeof *r->counters);
    make_chunks(&s);
    run_threads(&s);
    for (size_t i = 0; i < n; i++) /* sweeps repeat what they count */
        if (r->counters[n + i] > r->counters[i])
            r->counters[i] = r->counters[n + i];
    r->result->simulate_seconds += omp_get_wtime() - began;
    if (s.stop == RC_INTERRUPTED)
        return rc_fail(r->err, RC_INTERRUPTED, "interrupted");
    if (s.stop != 0)
        return rc_fail(r->err, RC_MEMORY, "not enough memory for %d threads", r->threads);
    merge_all(&s, swept);
    return RC_OK;
}
