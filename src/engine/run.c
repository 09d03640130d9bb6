/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The run: passes over all trials, each keeping as many columns of samples as the memory budget
 * allows; chunks of blocks handed out to threads; states merged in a fixed tree.
 *
 * The tree: blocks of a replicate are leaves in order; n leaves split at the largest power of two
 * below n. A chunk is an aligned subtree, so the same sums come out whatever the chunk size, the
 * threads, or (later) the ranks. */
#include "engine/run.h"

#include "engine/eval.h"
#include "engine/wanted.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_TRIALS = 1 << 20, CHUNKS_A_REPLICATE = 16, LEVELS = 64 };
static const size_t sample_budget = (size_t)512 << 20; /* bytes of kept samples in one pass */

/** One quantity of which all values are kept: a root, or a row of it. */
typedef struct column {
    size_t root;
    unsigned k;
    size_t output; /* index of the output, or SIZE_MAX for a cell of the cash table */
    rc_cash_cell *cell;
} column;

typedef struct run {
    const rc_run_options *options;
    rc_sampler sampler;
    rc_isa isa;
    int threads;
    rc_lower lower;
    rc_graph graph;
    rc_wanted wanted;
    rc_result *result;
    uint64_t start[RC_REPLICATES + 1];
    uint64_t *counters;
    rc_error *err;
    double began, share_done, share_of_pass;
} run;

typedef struct pass {
    run *r;
    rc_arena *arena;
    rc_plan plan;
    const column *columns;
    size_t n_columns;
    double **samples;   /* [n_columns][trials] */
    size_t state_bytes; /* of all summaries of one column */
    uint64_t chunk;     /* blocks */
    size_t n_chunks;    /* over all replicates */
    uint32_t *chunk_replicate;
    uint64_t *chunk_first;  /* first block */
    unsigned char *partial; /* [n_chunks][n_columns][state_bytes] */
    volatile int stop;
} pass;

void rc_run_options_default(rc_run_options *options) {
    *options = (rc_run_options){.seed = 1};
}

/* ---- States in a fixed tree
 * -------------------------------------------------------------------------- */

static size_t state_size(void) {
    size_t bytes = 0;
    for (size_t i = 0; i < rc_summary_count(); i++)
        bytes += (rc_summary_at(i)->state_size + 15) / 16 * 16;
    return bytes;
}

static void add_values(unsigned char *state, const double *x, size_t n) {
    for (size_t i = 0; i < rc_summary_count(); i++) {
        const rc_summary_type *s = rc_summary_at(i);
        if (s->state_size > 0)
            s->add(state, x, n);
        state += (s->state_size + 15) / 16 * 16;
    }
}

static void merge_states(unsigned char *into, const unsigned char *from, size_t n_columns) {
    for (size_t c = 0; c < n_columns; c++)
        for (size_t i = 0; i < rc_summary_count(); i++) {
            const rc_summary_type *s = rc_summary_at(i);
            if (s->state_size > 0)
                s->merge(into, from);
            into += (s->state_size + 15) / 16 * 16;
            from += (s->state_size + 15) / 16 * 16;
        }
}

/** A stack of finished subtrees, each half the size of the one below or less. */
typedef struct forest {
    unsigned char *trees; /* [LEVELS][bytes] */
    size_t bytes, n_columns, depth;
    uint64_t leaves;
} forest;

static unsigned char *forest_top(forest *f) {
    return f->trees + f->depth * f->bytes;
}

/* The caller has filled forest_top(). */
static void forest_push(forest *f) {
    f->depth++;
    for (uint64_t n = ++f->leaves; n % 2 == 0; n /= 2) {
        f->depth--;
        merge_states(forest_top(f) - f->bytes, forest_top(f), f->n_columns);
    }
}

static const unsigned char *forest_close(forest *f) {
    for (; f->depth > 1; f->depth--)
        merge_states(f->trees + (f->depth - 2) * f->bytes, f->trees + (f->depth - 1) * f->bytes,
                     f->n_columns);
    return f->trees;
}

static forest forest_new(rc_arena *arena, size_t n_columns, size_t state_bytes) {
    size_t bytes = n_columns * state_bytes;
    return (forest){RC_NEW(arena, unsigned char, LEVELS *bytes), bytes, n_columns, 0, 0};
}

/* ---- Blocks
 * ------------------------------------------------------------------------------------------- */

static void collect(pass *p, rc_workspace *ws, forest *f, uint64_t at, size_t n) {
    memset(forest_top(f), 0, f->bytes);
    for (size_t c = 0; c < p->n_columns; c++) {
        const column *col = &p->columns[c];
        rc_lanes lanes = rc_eval_root(ws, col->root, col->k);
        double *out = p->samples[c] + at;
        const double *x = lanes.column;
        if (x == NULL) {
            ws->kernels->fill(ws->spare, lanes.number, n);
            x = ws->spare;
        }
        memcpy(out, x, n * sizeof *out);
        if (col->output != SIZE_MAX)
            add_values(forest_top(f) + c * p->state_bytes, x, n);
    }
    forest_push(f);
}

static void run_chunk(pass *p, size_t chunk, rc_workspace *ws, forest *f) {
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
    memcpy(p->partial + chunk * f->bytes, forest_close(f), f->bytes);
}

static void report_progress(pass *p, size_t done, double *last) {
    run *r = p->r;
    double now = omp_get_wtime();
    if (r->options->progress == NULL || now - *last < 0.1)
        return;
    *last = now;
    double share = r->share_done + r->share_of_pass * (double)done / (double)p->n_chunks;
    if (!r->options->progress(r->options->progress_data, share))
        p->stop = 1;
}

static void make_chunks(pass *p) {
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

static void run_threads(pass *p) {
    run *r = p->r;
    size_t done = 0;
    double last = omp_get_wtime();
#pragma omp parallel num_threads(r->threads)
    {
        rc_arena *own = rc_arena_new(); /* first touched by the thread that uses it */
        rc_workspace ws;
        rc_workspace_init(&ws, &p->plan, &r->sampler, r->isa, own);
        forest f = forest_new(own, p->n_columns, p->state_bytes);
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

/* ---- Summaries
 * ----------------------------------------------------------------------------------------- */

typedef struct states {
    unsigned char *pooled;                   /* [n_columns][state_bytes] */
    unsigned char *replicate[RC_REPLICATES]; /* likewise */
} states;

static states merge_all(pass *p) {
    states s;
    size_t bytes = p->n_columns * p->state_bytes;
    forest all = forest_new(p->arena, p->n_columns, p->state_bytes);
    forest one = forest_new(p->arena, p->n_columns, p->state_bytes);
    size_t chunk = 0;
    for (uint32_t r = 0; r < RC_REPLICATES; r++) {
        one.depth = one.leaves = 0;
        for (; chunk < p->n_chunks && p->chunk_replicate[chunk] == r; chunk++) {
            memcpy(forest_top(&one), p->partial + chunk * bytes, bytes);
            forest_push(&one);
        }
        s.replicate[r] = RC_NEW(p->arena, unsigned char, bytes);
        if (one.leaves > 0)
            memcpy(s.replicate[r], forest_close(&one), bytes);
        memcpy(forest_top(&all), s.replicate[r], bytes);
        forest_push(&all);
    }
    s.pooled = RC_NEW(p->arena, unsigned char, bytes);
    memcpy(s.pooled, forest_close(&all), bytes);
    return s;
}

static void finish_output(pass *p, const states *s, size_t c, const rc_sample *sample, rc_row *rows,
                          uint64_t *bins) {
    run *r = p->r;
    rc_output *o = &r->wanted.outputs[p->columns[c].output];
    rc_summary_input in = {.sample = sample,
                           .replicated = r->sampler.type->replicated,
                           .higher_is_better = o->higher_is_better,
                           .hurdle = o->hurdle};
    size_t at = c * p->state_bytes;
    for (size_t i = 0; i < rc_summary_count(); i++) {
        const rc_summary_type *type = rc_summary_at(i);
        in.pooled = s->pooled + at;
        for (int k = 0; k < RC_REPLICATES; k++)
            in.replicate[k] = s->replicate[k] + at;
        o->n_rows += type->finish(&in, rows + o->n_rows);
        if (strcmp(type->name, "moments") == 0) {
            rc_counts counts = rc_moments_counts(in.pooled);
            double n = (double)r->sampler.trials;
            o->undefined = (double)counts.undefined / n;
            o->infinite = (double)counts.infinite / n;
        }
        at += (type->state_size + 15) / 16 * 16;
    }
    o->rows = rows;
    o->histogram.counts = bins;
    rc_histogram_fill(sample, &o->histogram);
}

static void finish_cell(const rc_sample *sample, rc_cash_cell *cell) {
    const rc_summary_type *percentiles = NULL, *moments = NULL;
    for (size_t i = 0; i < rc_summary_count(); i++) {
        const rc_summary_type *s = rc_summary_at(i);
        percentiles = strcmp(s->name, "percentiles") == 0 ? s : percentiles;
        moments = strcmp(s->name, "moments") == 0 ? s : moments;
    }
    rc_row rows[RC_SUMMARY_MAX_ROWS];
    _Alignas(16) unsigned char state[RC_SUMMARY_MAX_STATE] = {0};
    const double *x = sample->x;
    uint64_t n = sample->start[RC_STAT_REPLICATES];
    for (uint64_t i = 0; i < n; i += RC_BLOCK) {
        _Alignas(16) unsigned char block[RC_SUMMARY_MAX_STATE] = {0};
        moments->add(block, x + i, n - i < RC_BLOCK ? (size_t)(n - i) : RC_BLOCK);
        moments->merge(state, block);
    }
    rc_summary_input in = {.sample = sample, .pooled = state, .hurdle = NAN};
    for (int k = 0; k < RC_REPLICATES; k++)
        in.replicate[k] = state;
    moments->finish(&in, rows);
    cell->mean = rows[0].estimate.value;
    size_t n_rows = percentiles->finish(&in, rows);
    for (size_t i = 0; i < n_rows && i < RC_CASH_PERCENTILES; i++)
        cell->percentile[i] = rows[i].estimate.value;
}

static void summarise(pass *p) {
    run *r = p->r;
    states s = merge_all(p);
    rc_arena *keep = r->result->arena;
    size_t most_rows = rc_summary_count() * RC_SUMMARY_MAX_ROWS;
    rc_row *rows = RC_NEW(keep, rc_row, p->n_columns * most_rows);
    uint64_t *bins = RC_NEW(keep, uint64_t, p->n_columns * RC_HISTOGRAM_BINS);
#pragma omp parallel num_threads(r->threads)
    {
        rc_sample sample = {.scratch = malloc(r->sampler.trials * sizeof(double) + 64)};
        memcpy(sample.start, r->start, sizeof sample.start);
#pragma omp for schedule(dynamic, 1)
        for (size_t c = 0; c < p->n_columns; c++) {
            sample.x = p->samples[c];
            if (sample.scratch == NULL)
                p->stop = 2;
            else if (p->columns[c].output != SIZE_MAX)
                finish_output(p, &s, c, &sample, rows + c * most_rows,
                              bins + c * RC_HISTOGRAM_BINS);
            else
                finish_cell(&sample, p->columns[c].cell);
        }
        free(sample.scratch);
    }
}

/* ---- Passes
 * ---------------------------------------------------------------------------------------------- */

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

static rc_status run_pass(run *r, const column *columns, size_t n, const rc_node_id *roots,
                          size_t n_roots) {
    pass p = {.r = r, .arena = rc_arena_new(), .columns = columns, .n_columns = n};
    p.state_bytes = state_size();
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
            summarise(&p);
        if (p.stop != 0)
            status = p.stop == 1 ? rc_fail(r->err, RC_INTERRUPTED, "interrupted")
                                 : rc_fail(r->err, RC_MEMORY, "not enough memory to summarise");
    }
    for (size_t c = 0; p.samples != NULL && c < n; c++)
        free(p.samples[c]);
    rc_arena_free(p.arena);
    return status;
}

static size_t list_columns(run *r, column *columns, rc_cash_row *cash) {
    size_t n = 0;
    for (size_t i = 0; i < r->wanted.n_outputs; i++)
        columns[n++] = (column){i, 0, i, NULL};
    for (unsigned k = 0; r->wanted.cash_table && k <= r->graph.n_periods; k++) {
        rc_cash_cell *cells[4] = {&cash[k].benefits, &cash[k].costs, &cash[k].net,
                                  &cash[k].cumulative};
        cash[k].t = (double)k / r->graph.per_year;
        for (size_t c = 0; c < 4; c++)
            columns[n++] = (column){r->wanted.n_outputs + c, k, SIZE_MAX, cells[c]};
    }
    return n;
}

static rc_status run_passes(run *r) {
    rc_arena *arena = r->result->arena;
    size_t n_cash = r->wanted.cash_table ? r->graph.n_periods + 1 : 0;
    rc_cash_row *cash = RC_NEW(arena, rc_cash_row, n_cash);
    column *columns = RC_NEW(arena, column, r->wanted.n_outputs + 4 * n_cash);
    rc_node_id *roots = RC_NEW(arena, rc_node_id, r->wanted.n_outputs + 4);
    size_t n = list_columns(r, columns, cash);
    size_t bytes = (size_t)r->sampler.trials * sizeof(double);
    size_t at_once = sample_budget / bytes > 0 ? sample_budget / bytes : 1;
    rc_status status = RC_OK;
    for (size_t first = 0; first < n && status == RC_OK; first += at_once) {
        size_t count = n - first < at_once ? n - first : at_once;
        size_t n_roots = 0;
        for (size_t c = first; c < first + count; c++) { /* roots of this pass, each once */
            size_t id = columns[c].root, at = 0;
            rc_node_id node = id < r->wanted.n_outputs ? r->wanted.nodes[id]
                                                       : r->wanted.cash[id - r->wanted.n_outputs];
            while (at < n_roots && roots[at] != node)
                at++;
            if (at == n_roots)
                roots[n_roots++] = node;
            columns[c].root = at;
        }
        r->share_done = (double)first / (double)n;
        r->share_of_pass = (double)count / (double)n;
        status = run_pass(r, columns + first, count, roots, n_roots);
    }
    r->result->cash = cash;
    r->result->n_cash = n_cash;
    r->result->outputs = r->wanted.outputs;
    r->result->n_outputs = r->wanted.n_outputs;
    return status;
}

/* ---- The whole
 * ------------------------------------------------------------------------------------------- */

static rc_status choose(run *r, const rc_run_options *o, const rc_sampler_type **sampler) {
    r->isa = rc_isa_best();
    if (o->isa != NULL && !rc_isa_parse(o->isa, &r->isa))
        return rc_fail(r->err, RC_USAGE, "unknown instruction set `%s`: sse2, avx2 or avx512",
                       o->isa);
    if (!rc_isa_supported(r->isa))
        return rc_fail(r->err, RC_USAGE, "this processor has no %s", rc_isa_name(r->isa));
    *sampler = o->sampler != NULL ? rc_sampler_find(o->sampler, r->isa) : rc_sampler_at(0, r->isa);
    if (*sampler == NULL)
        return rc_fail(r->err, RC_USAGE, "unknown sampler `%s`: %s or %s", o->sampler,
                       rc_sampler_at(0, r->isa)->name, rc_sampler_at(1, r->isa)->name);
    r->threads = o->threads > 0 ? o->threads : omp_get_max_threads();
    return RC_OK;
}

static void add_notes(run *r) {
    rc_result *result = r->result;
    const char **notes = RC_NEW(result->arena, const char *, r->graph.n_counters);
    for (size_t i = 0; i < r->graph.n_counters; i++)
        if (r->counters[i] > 0)
            notes[result->n_notes++] = rc_arena_printf(
                result->arena, "%s in %llu of %llu trials", r->graph.counters[i],
                (unsigned long long)r->counters[i], (unsigned long long)r->sampler.trials);
    result->notes = notes;
}

static void describe(run *r, const rc_model *m) {
    static const char *const discounting[] = {"period_end", "year_end", "mid", "continuous"};
    rc_result *x = r->result;
    double rate = NAN;
    rc_expr_constant(m->discount_rate, &rate);
    x->title = rc_label_copy(&m->title, x->arena);
    x->file = rc_arena_strdup(x->arena, m->source->name);
    x->sha256 = rc_arena_strdup(x->arena, m->source->sha256);
    x->currency = rc_arena_strdup(x->arena, m->currency != NULL ? m->currency : "");
    x->years = m->years;
    x->per_year = m->per_year;
    x->n_periods = m->n_periods;
    x->discounting = discounting[m->discounting];
    x->discount_rate = rate;
    x->hurdle = m->hurdle;
    x->hurdle_is_irr = m->hurdle_is_irr;
    x->trials = r->sampler.trials;
    x->trials_asked = r->options->trials > 0 ? r->options->trials : DEFAULT_TRIALS;
    x->replicates = RC_REPLICATES;
    x->sampler = r->sampler.type->name;
    x->replicated = r->sampler.type->replicated;
    x->seed = r->sampler.seed;
    x->n_inputs = r->graph.n_streams;
    x->target = rc_arena_strdup(x->arena, m->target != NULL ? m->target->name
                                          : m->has_flows    ? "roi"
                                                            : "");
    x->isa = rc_isa_name(r->isa);
    x->threads = r->threads;
}

static rc_status prepare(run *r, const rc_model *model, const rc_sampler_type *type) {
    rc_arena *arena = r->result->arena;
    rc_graph_init(&r->graph, arena, model->years, model->per_year, model->n_periods);
    rc_status status = rc_lower_model(&r->lower, model, &r->graph, r->err);
    r->lower.err = r->err;
    if (status == RC_OK)
        status = rc_wanted_list(&r->lower, r->options, arena, &r->wanted, r->err);
    uint64_t trials = r->options->trials > 0 ? r->options->trials : DEFAULT_TRIALS;
    if (status == RC_OK)
        status = rc_sampler_init(&r->sampler, type, r->options->seed, trials, r->graph.dimensions,
                                 arena, r->err);
    for (uint32_t i = 0; status == RC_OK && i < RC_REPLICATES; i++)
        r->start[i + 1] = r->start[i] + rc_replicate_indices(r->sampler.trials, i);
    r->counters = RC_NEW(arena, uint64_t, 2 * r->graph.n_counters);
    return status;
}

rc_status rc_run(const rc_model *model, const rc_run_options *options, rc_result **out,
                 rc_error *err) {
    rc_error own = {0};
    run r = {.options = options, .err = err != NULL ? err : &own, .began = omp_get_wtime()};
    const rc_sampler_type *type = NULL;
    *out = NULL;
    rc_status status = choose(&r, options, &type);
    if (status != RC_OK)
        return status;
    rc_arena *arena = rc_arena_new();
    r.result = RC_NEW(arena, rc_result, 1);
    r.result->arena = arena;
    status = prepare(&r, model, type);
    if (status == RC_OK)
        status = run_passes(&r);
    if (status != RC_OK) {
        rc_arena_free(arena);
        return status;
    }
    describe(&r, model);
    add_notes(&r);
    r.result->seconds = omp_get_wtime() - r.began;
    *out = r.result;
    return RC_OK;
}

rc_status rc_explain(const rc_model *model, rc_text *out, rc_error *err) {
    rc_run_options options;
    rc_run_options_default(&options);
    options.cash = true;
    rc_error own = {0};
    run r = {.options = &options, .err = err != NULL ? err : &own};
    rc_arena *arena = rc_arena_new();
    r.result = RC_NEW(arena, rc_result, 1);
    r.result->arena = arena;
    rc_status status = prepare(&r, model, rc_sampler_at(0, RC_ISA_sse2));
    rc_plan plan;
    size_t n = r.wanted.n_outputs;
    rc_node_id *roots = RC_NEW(arena, rc_node_id, n + 4);
    for (size_t i = 0; i < n; i++)
        roots[i] = r.wanted.nodes[i];
    for (size_t i = 0; r.wanted.cash_table && i < 4; i++)
        roots[n++] = r.wanted.cash[i];
    if (status == RC_OK)
        status = rc_plan_build(&r.graph, roots, n, arena, &plan, r.err);
    if (status == RC_OK)
        rc_plan_print(&plan, out);
    rc_arena_free(arena);
    return status;
}
