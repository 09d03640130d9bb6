/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rounds over all trials that keep next to nothing. The trials of a run can be made again at will,
 * so a column's sieve sees them as often as it needs (stats/sieve.h): a pilot of the first trials
 * lays the grids; the first sweep counts, and makes the states of all summaries as a pass that
 * keeps values does; the second keeps the cells that the summaries asked for, and sums tails; as a
 * rule that is all. Later sweeps compute only the columns that still want something. */
#include "engine/pass.h"
#include "engine/pilot.h"

#include "stats/sieve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const uint64_t kept_bytes = (uint64_t)128 << 20;

enum { PILOT_INDICES = 1 << 14, PILOT_SHARE = 16 }; /* of a replicate: at most, and one in ... */

typedef struct rounds {
    rc_running *r;
    rc_arena *arena; /* of the whole */
    const rc_collected *columns;
    size_t n_columns;
    rc_sieve *sieves; /* [n_columns] */
    size_t state_bytes;
    rc_swept states; /* of the first sweep */
    rc_rows rows;
    /* this sweep */
    bool is_first;
    size_t *live; /* [n_live] columns that take part */
    size_t n_live;
    size_t *roots; /* [n_live] */
} rounds;

/* ---- The pilot ---- */

static bool open_sieve(const rounds *s, rc_pilot *p, size_t c) {
    const size_t n = RC_REPLICATES * (size_t)p->each;
    bool ok = rc_sieve_open(&s->sieves[c], p->values[c], rc_pilot_drop_undefined(p->values[c], n));
    if (ok && p->scattered[c] != NULL)
        rc_sieve_lay_bins(&s->sieves[c], p->scattered[c],
                          rc_pilot_drop_undefined(p->scattered[c], p->n_scattered));
    free(p->values[c]);
    return ok;
}

static rc_status open_sieves(rounds *s, const rc_plan *plan) {
    rc_running *r = s->r;
    rc_pilot *p;
    rc_status status = rc_pilot_run(r, plan, s->roots, s->columns, s->n_columns, PILOT_SHARE,
                                    PILOT_INDICES, s->arena, &p);
    if (status != RC_OK)
        return status;
    bool ok = true;
#pragma omp parallel for schedule(dynamic, 1) num_threads(r->threads)
    for (size_t c = 0; c < s->n_columns; c++)
        if (!open_sieve(s, p, c)) {
#pragma omp atomic write
            ok = false;
        }
    return ok ? RC_OK : rc_fail(r->err, RC_MEMORY, "not enough memory for a pilot");
}

/* ---- A sweep ---- */

static void close_counts(void *data, void *mine) {
    const rounds *s = data;
    rc_sieve_counts *counts = mine;
    for (size_t i = 0; i < s->n_live; i++)
        rc_sieve_counts_close(&counts[i]);
}

static void *open_counts(void *data, rc_arena *own) {
    const rounds *s = data;
    rc_sieve_counts *counts = RC_NEW(own, rc_sieve_counts, s->n_live);
    bool ok = true;
    for (size_t i = 0; i < s->n_live; i++)
        ok = rc_sieve_counts_open(&counts[i], &s->sieves[s->live[i]]) && ok;
    if (ok)
        return counts;
    close_counts(data, counts);
    return NULL;
}

static void gather(void *data, void *mine, uint32_t replicate) {
    const rounds *s = data;
    rc_sieve_counts *counts = mine;
    for (size_t i = 0; i < s->n_live; i++)
        rc_sieve_gather(&s->sieves[s->live[i]], &counts[i], replicate);
}

static void take(void *data, void *mine, rc_workspace *ws, uint32_t replicate, uint64_t at,
                 size_t n, unsigned char *leaf) {
    const rounds *s = data;
    rc_sieve_counts *counts = mine;
    (void)at;
    for (size_t i = 0; i < s->n_live; i++) {
        const rc_collected *col = &s->columns[s->live[i]];
        rc_sieve *sieve = &s->sieves[s->live[i]];
        const double *x = rc_pass_values(ws, s->roots[i], col->k, n);
        if (s->is_first) {
            const bool is_output = col->output != SIZE_MAX;
            const double hurdle = is_output ? s->r->wanted.outputs[col->output].hurdle : NAN;
            const rc_summary_context how = {ws->isa, hurdle};
            rc_states_add(leaf + i * s->state_bytes, &how, x, n);
        } else if (sieve->sign != 0) {
            rc_sieve_tail(sieve, ws->isa, x, n, (rc_tail *)leaf + i);
        }
        rc_sieve_take(sieve, &counts[i], ws->isa, replicate, x, n);
    }
}

static void merge_tails(unsigned char *into, const unsigned char *from, size_t bytes) {
    rc_tail *a = (rc_tail *)into;
    const rc_tail *b = (const rc_tail *)from;
    for (size_t i = 0; i < bytes / sizeof *a; i++) {
        a[i].sum += b[i].sum;
        a[i].square += b[i].square;
    }
}

/* ---- After a sweep ---- */

static void end_round(rounds *s, const rc_swept *swept, size_t i) {
    const size_t c = s->live[i];
    rc_ends ends[RC_REPLICATES] = {{0}}, pooled = {0};
    rc_tail tails[RC_REPLICATES] = {{0}};
    if (s->is_first) {
        const size_t at = c * s->state_bytes + rc_states_at("range");
        for (int r = 0; r < RC_REPLICATES; r++)
            ends[r] = rc_range_ends(swept->replicate[r] + at);
        pooled = rc_range_ends(swept->pooled + at);
    } else {
        for (int r = 0; r < RC_REPLICATES; r++)
            tails[r] = ((const rc_tail *)swept->replicate[r])[i];
    }
    rc_sieve_end_round(&s->sieves[c], ends, &pooled, tails);
}

/* Do the summaries have what they want? Else the sieve is made ready for the next round. */
static bool is_done(rounds *s, size_t c, bool *ok) {
    const rc_collected *col = &s->columns[c];
    rc_sample sample = {.sieve = &s->sieves[c]};
    memcpy(sample.start, s->r->start, sizeof sample.start);
    rc_sieve_ask(sample.sieve);
    if (col->output != SIZE_MAX)
        rc_finish_output(s->r, &s->r->wanted.outputs[col->output], &s->states, c, &sample,
                         &s->rows);
    else
        rc_finish_cell(col, s->states.pooled + c * s->state_bytes + rc_states_at("moments"),
                       &sample);
    const uint64_t room = kept_bytes / sizeof(double) / s->n_columns;
    if (rc_sieve_next_round(sample.sieve, room, ok))
        return false;
    rc_sieve_close(sample.sieve);
    return true;
}

static rc_status end_sweep(rounds *s, const rc_swept *swept) {
    bool ok = true;
    bool *done = RC_NEW(s->arena, bool, s->n_live);
#pragma omp parallel for schedule(dynamic, 1) num_threads(s->r->threads)
    for (size_t i = 0; i < s->n_live; i++) {
        bool fits;
        end_round(s, swept, i);
        done[i] = is_done(s, s->live[i], &fits);
        if (!fits) {
#pragma omp atomic write
            ok = false;
        }
    }
    size_t n = 0;
    for (size_t i = 0; i < s->n_live; i++)
        if (!done[i])
            s->live[n++] = s->live[i];
    s->n_live = n;
    return ok ? RC_OK : rc_fail(s->r->err, RC_MEMORY, "not enough memory to summarise");
}

static rc_status sweep_once(rounds *s, const rc_plan *plan, rc_arena *arena) {
    rc_swept swept;
    const rc_sweep_client client = {.data = s,
                                    .take = take,
                                    .merge = s->is_first ? rc_states_merge : merge_tails,
                                    .leaf_bytes = s->n_live *
                                                  (s->is_first ? s->state_bytes : sizeof(rc_tail)),
                                    .open = open_counts,
                                    .gather = gather,
                                    .close = close_counts};
    rc_status status = rc_sweep_run(s->r, plan, &client, arena, &swept);
    if (status == RC_OK && s->is_first)
        s->states = swept;
    return status == RC_OK ? end_sweep(s, &swept) : status;
}

static rc_status later_sweep(rounds *s) {
    rc_arena *arena = rc_arena_new();
    rc_collected *columns = RC_NEW(arena, rc_collected, s->n_live);
    rc_plan plan;
    for (size_t i = 0; i < s->n_live; i++)
        columns[i] = s->columns[s->live[i]];
    rc_status status = rc_pass_plan(s->r, columns, s->n_live, arena, &plan, s->roots);
    if (status == RC_OK)
        status = sweep_once(s, &plan, arena);
    rc_arena_free(arena);
    return status;
}

rc_status rc_sieve_pass_run(rc_running *r, const rc_collected *columns, size_t n) {
    rounds s = {.r = r, .arena = rc_arena_new(), .columns = columns, .n_columns = n};
    const double share = r->share_of_pass, end = r->share_done + share;
    rc_plan plan;
    s.state_bytes = rc_states_size();
    s.rows = rc_rows_new(r, n);
    s.sieves = RC_NEW(s.arena, rc_sieve, n);
    s.live = RC_NEW(s.arena, size_t, n);
    s.roots = RC_NEW(s.arena, size_t, n);
    for (s.n_live = 0; s.n_live < n; s.n_live++)
        s.live[s.n_live] = s.n_live;
    rc_status status = rc_pass_plan(r, columns, n, s.arena, &plan, s.roots);
    if (status == RC_OK)
        status = open_sieves(&s, &plan);
    s.is_first = true;
    r->share_of_pass = share / 2;
    if (status == RC_OK)
        status = sweep_once(&s, &plan, s.arena);
    s.is_first = false;
    r->share_done += r->share_of_pass;
    while (status == RC_OK && s.n_live > 0) { /* nearly all that is left, since more are rare */
        r->share_of_pass = .9 * (end - r->share_done);
        status = later_sweep(&s);
        r->share_done += r->share_of_pass;
    }
    for (size_t c = 0; c < n; c++)
        rc_sieve_close(&s.sieves[c]);
    rc_arena_free(s.arena);
    return status;
}
