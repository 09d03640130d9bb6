/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See pilot.h. */
#include "engine/pilot.h"

#include "engine/pass.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct pilots {
    rc_running *r;
    rc_pilot *p;
    const size_t *roots;
    const rc_collected *columns;
    size_t n_columns;
} pilots;

static void choose_trials(const rc_running *r, rc_pilot *p, uint64_t share, uint64_t at_most) {
    const uint64_t most = rc_replicate_indices(r->sampler.trials, 0), n = r->sampler.trials;
    p->each = most / share < at_most ? most / share : at_most;
    p->each = (p->each + RC_BLOCK) / RC_BLOCK * RC_BLOCK;
    p->n_scattered = n > RC_SCATTER ? RC_SCATTER : (size_t)n;
    if (n > RC_SCATTER)
        rc_order_places(n, p->places);
    for (size_t i = 0; i < p->n_scattered && n <= RC_SCATTER; i++)
        p->places[i] = i;
}

/* A block at a replicate's beginning. */
static void pilot_block(const pilots *s, rc_workspace *ws, size_t u) {
    const rc_pilot *p = s->p;
    const rc_running *r = s->r;
    const uint64_t blocks = p->each / RC_BLOCK, first = u % blocks * RC_BLOCK;
    const uint32_t replicate = (uint32_t)(u / blocks);
    const uint64_t count = r->start[replicate + 1] - r->start[replicate];
    if (first >= count)
        return;
    const size_t n = count - first < RC_BLOCK ? (size_t)(count - first) : RC_BLOCK;
    rc_eval_block(ws, replicate, first, n);
    for (size_t c = 0; c < s->n_columns; c++) {
        const double *x = rc_pass_values(ws, s->roots[c], s->columns[c].k, n);
        memcpy(p->values[c] + replicate * p->each + first, x, n * sizeof *x);
    }
}

/* Scattered trials, as many as a block has, from the one at places[first] on. */
static void pilot_scattered(const pilots *s, rc_workspace *ws, size_t first) {
    const rc_pilot *p = s->p;
    const size_t n = p->n_scattered - first < RC_BLOCK ? p->n_scattered - first : RC_BLOCK;
    rc_trial trials[RC_BLOCK];
    for (size_t i = 0; i < n; i++) {
        const uint64_t place = p->places[first + i];
        uint32_t replicate = 0;
        while (place >= s->r->start[replicate + 1])
            replicate++;
        trials[i] = (rc_trial){replicate, place - s->r->start[replicate]};
    }
    rc_eval_trials(ws, trials, n);
    for (size_t c = 0; c < s->n_columns; c++)
        if (p->scattered[c] != NULL) {
            const double *x = rc_pass_values(ws, s->roots[c], s->columns[c].k, n);
            memcpy(p->scattered[c] + first, x, n * sizeof *x);
        }
}

size_t rc_pilot_drop_undefined(double *x, size_t n) {
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        x[m] = x[i];
        m += x[m] == x[m];
    }
    return m;
}

static bool make_room(pilots *s, rc_arena *arena) {
    rc_pilot *p = s->p;
    const size_t values = RC_REPLICATES * (size_t)p->each;
    bool ok = true;
    p->values = RC_NEW(arena, double *, s->n_columns);
    p->scattered = RC_NEW(arena, double *, s->n_columns);
    for (size_t c = 0; c < s->n_columns; c++) {
        p->values[c] = malloc(values * sizeof **p->values);
        ok = ok && p->values[c] != NULL;
        for (size_t i = 0; p->values[c] != NULL && i < values; i++)
            p->values[c][i] = NAN;
        if (s->columns[c].output != SIZE_MAX)
            p->scattered[c] = RC_NEW(arena, double, p->n_scattered);
    }
    for (size_t c = 0; !ok && c < s->n_columns; c++)
        free(p->values[c]);
    return ok;
}

rc_status rc_pilot_run(rc_running *r, const rc_plan *plan, const size_t *roots,
                       const rc_collected *columns, size_t n, uint64_t share, uint64_t most,
                       rc_arena *arena, rc_pilot **pilot) {
    rc_pilot *p = RC_NEW(arena, rc_pilot, 1);
    pilots s = {r, p, roots, columns, n};
    choose_trials(r, p, share, most);
    if (!make_room(&s, arena))
        return rc_fail(r->err, RC_MEMORY, "not enough memory for a pilot");
    const size_t blocks = RC_REPLICATES * (size_t)p->each / RC_BLOCK;
    const size_t units = blocks + (p->n_scattered + RC_BLOCK - 1) / RC_BLOCK;
#pragma omp parallel num_threads(r->threads)
    {
        rc_arena *own = rc_arena_new();
        rc_workspace ws;
        rc_workspace_init(&ws, plan, &r->sampler, r->isa, own);
#pragma omp for schedule(dynamic, 1)
        for (size_t u = 0; u < units; u++)
            if (u < blocks)
                pilot_block(&s, &ws, u);
            else
                pilot_scattered(&s, &ws, (u - blocks) * RC_BLOCK);
        rc_arena_free(own);
    }
    *pilot = p;
    return RC_OK;
}
