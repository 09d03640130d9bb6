/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over all trials. From 2^18 trials on outputs are caught in nets that a pilot lays
 * (stats/net.h), cells of cash tables in traps (stats/trap.h): of their values a sixth or so is
 * kept. Where that does not do, in shorter runs, and where all values are wanted anyway, the values
 * of a column are kept. */
#include "engine/pass.h"

#include "engine/pilot.h"
#include "stats/net.h"
#include "stats/trap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const uint64_t net_from = UINT64_C(1) << 18;   /* trials */
static const size_t again_budget = (size_t)128 << 20; /* bytes, of which nets would keep a part */
static const double net_errors = 4.5; /* standard errors of the pilot: windows reach */
enum { PILOT_SHARE = 32, PILOT_INDICES = 1 << 13, CATCH_ROOM = 1 << 14, TRAP_ROOM = 1 << 11 };
enum { KEPT_OF_NETS = 4 }; /* one value in so many at most, but for odd columns */

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

/* Values that nets caught, in memory of the threads that caught them. */
typedef struct catch_block {
    struct catch_block *next;
    double x[CATCH_ROOM];
    uint16_t tags[CATCH_ROOM];
} catch_block;

typedef struct pass {
    rc_running *r;
    rc_arena *arena;
    rc_plan plan;
    const rc_collected *columns;
    size_t n_columns;
    size_t *roots;
    double **samples; /* [n_columns][trials], or NULL */
    rc_net **nets;    /* [n_columns], or NULL */
    rc_trap **traps;  /* [n_columns], or NULL */
    const rc_summary_type *moments, *range;
    size_t moments_at, range_at; /* in the states of a column */
    size_t state_bytes;
    catch_block *blocks; /* all there are */
    bool no_memory;
} pass;

/* Is the column an output that gets rows? Those that rankings read are only kept. */
static bool summarised(const pass *p, size_t c) {
    size_t output = p->columns[c].output;
    return output != SIZE_MAX && p->r->wanted.outputs[output].kind != RC_OUTPUT_DRAWN;
}

/* ---- A thread's part ---- */

typedef struct fisher {
    uint32_t *counts; /* [n_slots] of this chunk */
    catch_block *block;
    rc_catch now; /* of this chunk; x is NULL before its first block of trials */
    size_t used;
    double *trapped; /* [TRAP_ROOM], of which `used` are filled */
    uint64_t at_least[RC_MAX_WINDOWS];
} fisher;

static void *open_fishers(void *data, rc_arena *own) {
    const pass *p = data;
    fisher *mine = RC_NEW(own, fisher, p->n_columns + 1);
    for (size_t c = 0; c < p->n_columns; c++)
        if (p->nets[c] != NULL)
            mine[c].counts = RC_NEW(own, uint32_t, p->nets[c]->n_slots);
        else if (p->traps[c] != NULL)
            mine[c].trapped = RC_NEW(own, double, TRAP_ROOM);
    return mine;
}

/* What was caught so far goes to the net: one thread at a time. */
static void hand_over(pass *p, size_t c, fisher *f) {
    if (f->now.n > 0 && !rc_net_add(p->nets[c], &f->now))
        p->no_memory = true;
    f->used += f->now.n;
    f->now = (rc_catch){0};
}

/* Room for a block of trials, and one value more. */
static bool make_room(pass *p, size_t c, fisher *f, uint64_t at) {
    if (f->block == NULL || f->used + f->now.n + RC_BLOCK >= CATCH_ROOM) {
        catch_block *block = malloc(sizeof *block);
#pragma omp critical(rc_gather)
        {
            hand_over(p, c, f);
            if (block != NULL) {
                block->next = p->blocks;
                p->blocks = block;
            } else {
                p->no_memory = true;
            }
        }
        f->block = block;
        f->used = 0;
    }
    if (f->block != NULL && f->now.x == NULL)
        f->now = (rc_catch){at, f->block->x + f->used, f->block->tags + f->used, 0};
    return f->block != NULL;
}

static void cast_net(pass *p, size_t c, fisher *f, rc_isa isa, uint64_t at, const double *x,
                     size_t n) {
    if (!make_room(p, c, f, at))
        return;
    const size_t end = f->used + f->now.n;
    f->now.n += rc_block_kernels_for(isa)->cast(&p->nets[c]->meshes, x, n, f->counts,
                                                f->block->x + end, f->block->tags + end);
}

/* One thread at a time. */
static void empty_trap(pass *p, size_t c, fisher *f) {
    if (!rc_trap_add(p->traps[c], f->trapped, f->used, f->at_least))
        p->no_memory = true;
    f->used = 0;
}

static void set_trap(pass *p, size_t c, fisher *f, rc_isa isa, const double *x, size_t n) {
    if (f->used + RC_BLOCK > TRAP_ROOM) {
#pragma omp critical(rc_gather)
        empty_trap(p, c, f);
    }
    f->used += rc_block_kernels_for(isa)->sift(&p->traps[c]->edges, x, n, f->trapped + f->used,
                                               f->at_least);
}

/* Of a cell mean and range are wanted, and percentiles. */
static void take_cell(pass *p, size_t c, fisher *f, rc_isa isa, const double *x, size_t n,
                      unsigned char *states) {
    const rc_summary_context how = {isa, NAN};
    p->moments->add(states + p->moments_at, &how, x, n);
    if (p->traps[c] == NULL)
        return;
    p->range->add(states + p->range_at, &how, x, n);
    set_trap(p, c, f, isa, x, n);
}

static void take(void *data, void *mine, rc_workspace *ws, uint32_t replicate, uint64_t at,
                 size_t n, unsigned char *leaf) {
    pass *p = data;
    fisher *fishers = mine;
    (void)replicate;
    for (size_t c = 0; c < p->n_columns; c++) {
        const rc_collected *col = &p->columns[c];
        const double *x = rc_pass_values(ws, p->roots[c], col->k, n);
        if (p->samples[c] != NULL)
            memcpy(p->samples[c] + at, x, n * sizeof *x);
        if (col->output == SIZE_MAX)
            take_cell(p, c, &fishers[c], ws->isa, x, n, leaf + c * p->state_bytes);
        if (!summarised(p, c))
            continue;
        if (p->nets[c] != NULL)
            cast_net(p, c, &fishers[c], ws->isa, at, x, n);
        const rc_summary_context how = {ws->isa, p->r->wanted.outputs[col->output].hurdle};
        rc_states_add(leaf + c * p->state_bytes, &how, x, n);
    }
}

static void gather(void *data, void *mine, uint32_t replicate) {
    pass *p = data;
    fisher *fishers = mine;
    for (size_t c = 0; c < p->n_columns; c++) {
        if (p->traps[c] != NULL)
            empty_trap(p, c, &fishers[c]);
        if (p->nets[c] == NULL)
            continue;
        rc_net_gather(p->nets[c], fishers[c].counts, replicate);
        hand_over(p, c, &fishers[c]);
    }
}

/* ---- Before it ---- */

static bool may_net(const rc_running *r) {
    const rc_run_options *o = r->options;
    return r->sampler.trials >= (o->net_from > 0 ? o->net_from : net_from) && o->net_errors >= 0;
}

size_t rc_pass_columns(const rc_running *r, size_t bytes) {
    const size_t all = (size_t)r->sampler.trials * sizeof(double);
    const size_t each = may_net(r) && !r->options->samples ? all / KEPT_OF_NETS : all;
    return bytes / each > 0 ? bytes / each : 1;
}

static rc_status lay_nets(pass *p) {
    rc_running *r = p->r;
    const double errors = r->options->net_errors > 0 ? r->options->net_errors : net_errors;
    if (!may_net(r))
        return RC_OK;
    rc_pilot *pilot;
    rc_status status = rc_pilot_run(r, &p->plan, p->roots, p->columns, p->n_columns, PILOT_SHARE,
                                    PILOT_INDICES, p->arena, &pilot);
    if (status != RC_OK)
        return status;
    const size_t values = RC_REPLICATES * (size_t)pilot->each;
#pragma omp parallel for schedule(dynamic, 1) num_threads(r->threads)
    for (size_t c = 0; c < p->n_columns; c++) {
        if (p->columns[c].output == SIZE_MAX)
            p->traps[c] =
                rc_trap_new(pilot->values[c], rc_pilot_drop_undefined(pilot->values[c], values),
                            p->columns[c].few, errors);
        if (summarised(p, c)) {
            const size_t m = rc_pilot_drop_undefined(pilot->values[c], values);
            const size_t m_scattered =
                rc_pilot_drop_undefined(pilot->scattered[c], pilot->n_scattered);
            p->nets[c] =
                rc_net_new(pilot->values[c], m, pilot->scattered[c], m_scattered,
                           r->wanted.outputs[p->columns[c].output].higher_is_better, errors);
        }
        free(pilot->values[c]);
    }
    return RC_OK;
}

static rc_status allocate_samples(pass *p, rc_error *err) {
    uint64_t trials = p->r->sampler.trials;
    size_t bytes = ((size_t)trials * sizeof(double) + 127) / 64 * 64;
    for (size_t c = 0; c < p->n_columns; c++) {
        const bool wanted = p->r->options->samples && p->columns[c].output != SIZE_MAX;
        if ((p->nets[c] != NULL || p->traps[c] != NULL) && !wanted)
            continue;
        p->samples[c] = aligned_alloc(64, bytes);
        if (p->samples[c] == NULL)
            return rc_fail(err, RC_MEMORY, "%llu trials need %zu MB a quantity; ask for fewer",
                           (unsigned long long)trials, bytes >> 20);
    }
    return RC_OK;
}

/* ---- After it ---- */

/* Values that were kept need room to sort them in; a thread's is shared by its columns. */
static bool finish_kept(pass *p, size_t c, rc_sample *sample, const rc_swept *states,
                        rc_rows *rows) {
    const size_t output = p->columns[c].output;
    if (sample->scratch == NULL)
        sample->scratch = malloc(p->r->sampler.trials * sizeof(double) + 64);
    if (sample->scratch == NULL)
        return false;
    sample->x = p->samples[c];
    sample->net = NULL;
    sample->trap = NULL;
    if (summarised(p, c))
        rc_finish_output(p->r, &p->r->wanted.outputs[output], states, c, sample, rows);
    else if (output == SIZE_MAX)
        rc_finish_cell(&p->columns[c], states->pooled + c * p->state_bytes + p->moments_at, sample);
    return true;
}

static bool finish_trapped(pass *p, size_t c, rc_sample *sample, const rc_swept *states,
                           uint64_t defined) {
    if (!rc_trap_close(p->traps[c], defined))
        return false;
    sample->net = NULL;
    sample->trap = p->traps[c];
    rc_finish_cell(&p->columns[c], states->pooled + c * p->state_bytes + p->moments_at, sample);
    return true;
}

static bool finish_column(pass *p, size_t c, rc_sample *sample, const rc_swept *states,
                          rc_rows *rows) {
    rc_net *net = p->nets[c];
    const unsigned char *range = states->pooled + c * p->state_bytes + p->range_at;
    if (p->traps[c] != NULL)
        return finish_trapped(p, c, sample, states, rc_range_ends(range).n);
    if (net == NULL)
        return finish_kept(p, c, sample, states, rows);
    sample->trap = NULL;
    if (!rc_net_close(net, sample->start, rc_range_ends(range)))
        return false;
    sample->net = net;
    rc_finish_output(p->r, &p->r->wanted.outputs[p->columns[c].output], states, c, sample, rows);
    rc_net_empty(net); /* the next column takes the same memory */
    return !net->missed || p->samples[c] == NULL || finish_kept(p, c, sample, states, rows);
}

static rc_status summarise(pass *p, const rc_swept *states) {
    rc_running *r = p->r;
    rc_rows rows = rc_rows_new(r, p->n_columns);
    bool no_memory = p->no_memory;
#pragma omp parallel num_threads(r->threads)
    {
        rc_sample sample = {0};
        memcpy(sample.start, r->start, sizeof sample.start);
#pragma omp for schedule(dynamic, 1)
        for (size_t c = 0; c < p->n_columns; c++)
            if (!p->no_memory && !finish_column(p, c, &sample, states, &rows)) {
#pragma omp atomic write
                no_memory = true;
            }
        free(sample.scratch);
    }
    return no_memory ? rc_fail(r->err, RC_MEMORY, "not enough memory to summarise") : RC_OK;
}

/* Free what is not the result's; returns in missed[] the columns that have to be kept after all. */
static size_t close_pass(pass *p, bool ok, rc_collected *missed) {
    size_t n_missed = 0;
    for (size_t c = 0; c < p->n_columns; c++) {
        const size_t output = p->columns[c].output;
        const bool net_missed = p->nets[c] != NULL && p->nets[c]->missed;
        const bool trap_missed = p->traps[c] != NULL && p->traps[c]->missed;
        if (ok && (net_missed || trap_missed) && p->samples[c] == NULL)
            missed[n_missed++] = p->columns[c];
        if (ok && p->r->options->samples && output != SIZE_MAX)
            p->r->wanted.outputs[output].samples = p->samples[c];
        else
            free(p->samples[c]);
        rc_net_free(p->nets[c]);
        rc_trap_free(p->traps[c]);
    }
    while (p->blocks != NULL) {
        catch_block *next = p->blocks->next;
        free(p->blocks);
        p->blocks = next;
    }
    rc_arena_free(p->arena);
    return n_missed;
}

static rc_status run_once(rc_running *r, const rc_collected *columns, size_t n, bool with_nets,
                          rc_collected *missed, size_t *n_missed) {
    pass p = {.r = r, .arena = rc_arena_new(), .columns = columns, .n_columns = n};
    p.state_bytes = rc_states_size();
    p.roots = RC_NEW(p.arena, size_t, n);
    p.samples = RC_NEW(p.arena, double *, n);
    p.nets = RC_NEW(p.arena, rc_net *, n);
    p.traps = RC_NEW(p.arena, rc_trap *, n);
    p.moments = rc_summary_find("moments");
    p.range = rc_summary_find("range");
    p.moments_at = rc_states_at("moments");
    p.range_at = rc_states_at("range");
    const rc_sweep_client client = {.data = &p,
                                    .take = take,
                                    .merge = rc_states_merge,
                                    .leaf_bytes = n * p.state_bytes,
                                    .open = open_fishers,
                                    .gather = gather};
    rc_swept states;
    rc_status status = rc_pass_plan(r, columns, n, p.arena, &p.plan, p.roots);
    if (status == RC_OK && with_nets)
        status = lay_nets(&p);
    if (status == RC_OK)
        status = allocate_samples(&p, r->err);
    if (status == RC_OK)
        status = rc_sweep_run(r, &p.plan, &client, p.arena, &states);
    if (status == RC_OK)
        status = summarise(&p, &states);
    *n_missed = close_pass(&p, status == RC_OK, missed);
    return status;
}

/* What nets missed is kept, in as many passes as that takes. */
static rc_status run_again(rc_running *r, const rc_collected *missed, size_t n,
                           rc_collected *none) {
    const size_t at_once = rc_pass_columns(r, again_budget);
    rc_status status = RC_OK;
    size_t n_missed;
    for (size_t first = 0; first < n && status == RC_OK; first += at_once)
        status = run_once(r, missed + first, n - first < at_once ? n - first : at_once, false, none,
                          &n_missed);
    return status;
}

rc_status rc_pass_run(rc_running *r, const rc_collected *columns, size_t n) {
    rc_arena *arena = rc_arena_new();
    rc_collected *missed = RC_NEW(arena, rc_collected, n), *none = RC_NEW(arena, rc_collected, n);
    size_t n_missed;
    rc_status status = run_once(r, columns, n, true, missed, &n_missed);
    if (status == RC_OK && n_missed > 0)
        status = run_again(r, missed, n_missed, none);
    rc_arena_free(arena);
    return status;
}
