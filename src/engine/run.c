/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The run: what is wanted, in passes that each take as many columns as the memory budget allows,
 * and the result that comes out. Up to 2^22 trials a pass keeps all values of its columns; above,
 * it makes the trials several times and keeps next to nothing. */
#include "engine/run.h"

#include "engine/assumptions.h"
#include "engine/grow.h"
#include "engine/pass.h"
#include "engine/years.h"

#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <string.h>

enum { DEFAULT_TRIALS = 1 << 20 };
static const uint64_t keep_up_to = UINT64_C(1)
                                   << 22; /* trials: of nothing that machines differ in */
static const size_t sample_budget = (size_t)512 << 20; /* bytes of kept values in one pass */
static const size_t kept_limit = 4000000000;           /* bytes of samples that a result may hold */

void rc_run_options_default(rc_run_options *options) {
    *options = (rc_run_options){.seed = 1};
}

/* ---- Passes ---- */

static size_t list_columns(rc_running *r, rc_collected *columns, rc_cash_row *cash) {
    size_t n = 0;
    for (size_t i = 0; i < r->wanted.n_outputs; i++)
        columns[n++] = (rc_collected){.node = r->wanted.nodes[i], .output = i};
    for (unsigned k = 0; r->wanted.cash_table && k <= r->graph.n_periods; k++) {
        rc_cash_cell *cells[4] = {&cash[k].benefits, &cash[k].costs, &cash[k].net,
                                  &cash[k].cumulative};
        cash[k].t = (double)k / r->graph.per_year;
        for (size_t c = 0; c < 4; c++)
            columns[n++] = (rc_collected){r->wanted.cash[c], k, SIZE_MAX, cells[c], false};
    }
    if (r->wanted.cash_table)
        n += rc_years_columns(r, columns + n);
    n += rc_line_years_columns(r, columns + n);
    return n;
}

/* All values of all outputs are wanted: do they fit? */
static rc_status check_room(const rc_running *r) {
    const rc_run_options *o = r->options;
    const double trials = (double)r->sampler.trials, n = (double)r->wanted.n_outputs;
    const double bytes = (n + r->threads) * trials * sizeof(double); /* and room to sort them in */
    const double limit = o->sample_bytes > 0 ? (double)o->sample_bytes : (double)kept_limit;
    if (bytes > limit)
        return rc_fail(r->err, RC_USAGE,
                       "all values of %zu outputs in %llu trials take %.1f GB, above the limit of "
                       "%.1f GB; ask for fewer trials or outputs",
                       r->wanted.n_outputs, (unsigned long long)r->sampler.trials, bytes / 1e9,
                       limit / 1e9);
    if (o->keeping != NULL)
        o->keeping(o->progress_data, r->wanted.n_outputs, r->sampler.trials, bytes);
    return RC_OK;
}

static rc_status run_passes(rc_running *r) {
    rc_arena *arena = r->result->arena;
    const rc_run_options *o = r->options;
    size_t n_cash = r->wanted.cash_table ? r->graph.n_periods + 1 : 0;
    rc_cash_row *cash = RC_NEW(arena, rc_cash_row, n_cash);
    size_t most = r->wanted.n_outputs + 4 * n_cash + 3 * (r->wanted.n_years + 1);
    rc_collected *columns = RC_NEW(arena, rc_collected, most + rc_line_years_most(&r->wanted));
    size_t n = list_columns(r, columns, cash);
    r->result->outputs = r->wanted.outputs;
    r->result->n_outputs = r->wanted.n_outputs;
    bool keep = o->samples || r->sampler.trials <= (o->keep_up_to > 0 ? o->keep_up_to : keep_up_to);
    size_t at_once = keep ? rc_pass_columns(r, sample_budget) : RC_SIEVE_COLUMNS;
    rc_status status = o->samples ? check_room(r) : RC_OK;
    for (size_t first = 0; first < n && status == RC_OK; first += at_once) {
        size_t count = n - first < at_once ? n - first : at_once;
        r->share_done = (double)first / (double)n;
        r->share_of_pass = (double)count / (double)n;
        status = keep ? rc_pass_run(r, columns + first, count)
                      : rc_sieve_pass_run(r, columns + first, count);
    }
    if (r->wanted.cash_table && status == RC_OK)
        rc_years_finish(r, cash);
    if (status == RC_OK)
        rc_line_years_finish(r);
    r->result->cash = cash;
    r->result->n_cash = n_cash;
    return status;
}

/* ---- The whole ---- */

static rc_status choose(rc_running *r, const rc_run_options *o, const rc_sampler_type **sampler) {
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
    if (o->alpha > 0)
        r->certainty = rc_grow_certainty(o->alpha);
    r->threads = o->threads > 0 ? o->threads : omp_get_max_threads();
    return RC_OK;
}

static void add_note(rc_result *result, const rc_phrase *note, const char *name, const char *text) {
    rc_phrase *messages = (rc_phrase *)(uintptr_t)result->note_phrases;
    const char **notes = (const char **)(uintptr_t)result->notes;
    messages[result->n_notes] = rc_phrase_copy(note, name, text, result->arena);
    notes[result->n_notes] = rc_phrase_text(&messages[result->n_notes], "en", result->arena);
    result->n_notes++;
}

static void add_notes(rc_running *r) {
    rc_result *result = r->result;
    const rc_model *model = r->lower.model;
    size_t most = r->graph.n_counters + model->n_correlated;
    char asked[32], used[32], share[32];
    result->notes = RC_NEW(result->arena, const char *, most);
    result->note_phrases = RC_NEW(result->arena, rc_phrase, most);
    for (size_t i = 0; i < model->n_correlated; i++) {
        const rc_correlated *c = &model->correlated[i];
        size_t a = c->change_of[0], b = c->change_of[1];
        if (!(c->change > 0))
            continue;
        snprintf(asked, sizeof asked, "%.3g", c->asked[a * c->n + b]);
        snprintf(used, sizeof used, "%.3g", c->used[a * c->n + b]);
        add_note(result,
                 &RC_PHRASE("the correlations asked for cannot hold together; the nearest possible "
                            "ones are used: largest change between `{a}` and `{b}`, asked {asked}, "
                            "used {used}",
                            "a", c->draws[a]->entry->name, "b", c->draws[b]->entry->name, "asked",
                            asked, "used", used),
                 NULL, NULL);
    }
    for (size_t i = 0; i < r->graph.n_counters; i++) {
        if (r->counters[i] == 0)
            continue;
        double percent = 100.0 * (double)r->counters[i] / (double)r->sampler.trials;
        snprintf(share, sizeof share, percent < 99.5 ? "%.2g%%" : "%.3g%%", percent);
        add_note(result, &r->graph.counters[i], "share", share);
    }
}

static const char *const *copy_texts(rc_arena *arena, const char *const *texts, size_t n) {
    const char **copy = RC_NEW(arena, const char *, n);
    for (size_t i = 0; i < n; i++)
        copy[i] = rc_arena_strdup(arena, texts[i]);
    return copy;
}

static void describe_origin(rc_result *x, const rc_model *m) {
    rc_result_file *files = RC_NEW(x->arena, rc_result_file, m->n_files);
    for (size_t i = 0; i < m->n_files; i++)
        files[i] = (rc_result_file){rc_arena_strdup(x->arena, m->files[i]->name),
                                    rc_arena_strdup(x->arena, m->files[i]->sha256)};
    x->file = rc_arena_strdup(x->arena, m->source->name);
    x->sha256 = rc_arena_strdup(x->arena, m->source->sha256);
    x->files = files;
    x->n_files = m->n_files;
    x->overs = copy_texts(x->arena, m->overs, m->n_overs);
    x->n_overs = m->n_overs;
    x->scenarios = copy_texts(x->arena, m->applied, m->n_applied);
    x->n_scenarios = m->n_applied;
    x->sets = copy_texts(x->arena, m->sets, m->n_sets);
    x->n_sets = m->n_sets;
    x->allow_outside = m->allow_outside;
}

static void describe(rc_running *r) {
    const rc_model *m = r->lower.model;
    static const char *const discounting[] = {"period_end", "year_end", "mid", "continuous"};
    rc_result *x = r->result;
    double rate = NAN;
    rc_expr_constant(m->discount_rate, &rate);
    x->title = rc_label_copy(&m->title, x->arena);
    describe_origin(x, m);
    x->currency = rc_arena_strdup(x->arena, m->currency != NULL ? m->currency : "");
    x->years = m->years;
    x->per_year = m->per_year;
    x->n_periods = m->n_periods;
    x->discounting = discounting[m->discounting];
    x->discount_rate = rate;
    x->hurdle = m->hurdle;
    x->hurdle_is_irr = m->hurdle_is_irr;
    if (r->options->assumptions) {
        rc_assumption *rows = rc_assumptions_of(m, x->arena, &x->n_assumptions);
        rc_assumptions_sketch(m, r->options, rows, x->n_assumptions, x->arena);
        x->assumptions = rows;
    }
    x->trials = r->sampler.trials;
    x->trials_asked = r->options->trials > 0 ? r->options->trials : DEFAULT_TRIALS;
    x->replicates = RC_REPLICATES;
    x->sampler = r->sampler.type->name;
    x->replicated = r->sampler.type->replicated;
    x->seed = r->sampler.seed;
    x->n_inputs = r->graph.n_streams;
    memcpy(x->start, r->start, sizeof x->start);
    if (r->options->samples)
        x->dependence = rc_dependence_of(&r->lower, r->sampler.seed, x->arena, &x->n_dependence);
    x->bars = r->wanted.bars;
    x->n_bars = r->wanted.n_bars;
    x->target = rc_arena_strdup(x->arena, m->target != NULL ? m->target->name
                                          : m->has_flows    ? "roi"
                                                            : "");
    x->isa = rc_isa_name(r->isa);
    x->threads = r->threads;
}

static rc_status prepare(rc_running *r, const rc_model *model, const rc_sampler_type *type) {
    rc_arena *arena = r->result->arena;
    rc_graph_init(&r->graph, arena, model->years, model->per_year, model->n_periods);
    rc_status status = rc_lower_model(&r->lower, model, &r->graph, r->err);
    r->lower.err = r->err;
    if (status == RC_OK && !r->outline)
        rc_lower_tables(&r->lower, r->threads > 0 ? r->threads : 1);
    if (status == RC_OK)
        status = rc_wanted_list(&r->lower, r->options, arena, &r->wanted, r->err);
    uint64_t trials = r->options->trials > 0 ? r->options->trials : DEFAULT_TRIALS;
    uint32_t dimensions = (r->outline ? 0 : r->two_halves ? 2 : 1) * r->graph.dimensions;
    if (status == RC_OK)
        status =
            rc_sampler_init(&r->sampler, type, r->options->seed, trials, dimensions, arena, r->err);
    for (uint32_t i = 0; status == RC_OK && i < RC_REPLICATES; i++)
        r->start[i + 1] = r->start[i] + rc_replicate_indices(r->sampler.trials, i);
    r->counters = RC_NEW(arena, uint64_t, 2 * r->graph.n_counters);
    return status;
}

rc_status rc_running_open(rc_running *r, const rc_model *model) {
    const rc_sampler_type *type = NULL;
    rc_status status = choose(r, r->options, &type);
    if (status != RC_OK)
        return status;
    rc_arena *arena = rc_arena_new();
    r->result = RC_NEW(arena, rc_result, 1);
    r->result->arena = arena;
    status = prepare(r, model, type);
    if (status != RC_OK) {
        rc_result_free(r->result);
        r->result = NULL;
    }
    return status;
}

rc_status rc_run(const rc_model *model, const rc_run_options *options, rc_result **out,
                 rc_error *err) {
    rc_error own = {0};
    rc_running r = {.options = options, .err = err != NULL ? err : &own, .began = omp_get_wtime()};
    *out = NULL;
    rc_status status = rc_running_open(&r, model);
    if (status != RC_OK)
        return status;
    status = run_passes(&r);
    if (status != RC_OK) {
        rc_result_free(r.result);
        return status;
    }
    describe(&r);
    add_notes(&r);
    r.result->seconds = omp_get_wtime() - r.began;
    *out = r.result;
    return RC_OK;
}

void rc_running_outline(rc_running *r) {
    rc_result *x = r->result;
    describe(r);
    x->trials = x->trials_asked = 0;
    memset(x->start, 0, sizeof x->start);
    x->outputs = r->wanted.outputs;
    x->n_outputs = r->wanted.n_outputs;
}

rc_status rc_run_outline(const rc_model *model, const rc_run_options *options, rc_result **out,
                         rc_error *err) {
    rc_error own = {0};
    rc_running r = {.options = options, .err = err != NULL ? err : &own, .outline = true};
    *out = NULL;
    rc_status status = rc_running_open(&r, model);
    if (status != RC_OK)
        return status;
    rc_running_outline(&r);
    *out = r.result;
    return RC_OK;
}

/** The plan of what the options ask for; r->result->arena holds it. */
static rc_status plan_of(rc_running *r, const rc_model *model, rc_plan *plan) {
    rc_arena *arena = rc_arena_new();
    r->result = RC_NEW(arena, rc_result, 1);
    r->result->arena = arena;
    rc_status status = prepare(r, model, rc_sampler_at(0, RC_ISA_sse2));
    size_t n = r->wanted.n_outputs;
    rc_node_id *roots = RC_NEW(arena, rc_node_id, n + 4);
    for (size_t i = 0; i < n; i++)
        roots[i] = r->wanted.nodes[i];
    for (size_t i = 0; r->wanted.cash_table && i < 4; i++)
        roots[n++] = r->wanted.cash[i];
    return status == RC_OK ? rc_plan_build(&r->graph, roots, n, arena, plan, r->err) : status;
}

rc_status rc_explain(const rc_model *model, rc_text *out, rc_error *err) {
    rc_run_options options;
    rc_run_options_default(&options);
    options.cash = true;
    rc_error own = {0};
    rc_running r = {.options = &options, .err = err != NULL ? err : &own, .outline = true};
    rc_plan plan;
    rc_status status = plan_of(&r, model, &plan);
    if (status == RC_OK)
        rc_plan_print(&plan, out);
    rc_arena_free(r.result->arena);
    return status;
}

rc_status rc_run_operations(const rc_model *model, const rc_run_options *options,
                            size_t *operations, rc_error *err) {
    rc_error own = {0};
    rc_running r = {.options = options, .err = err != NULL ? err : &own, .outline = true};
    rc_plan plan;
    rc_status status = plan_of(&r, model, &plan);
    *operations = status == RC_OK ? rc_plan_operations(&plan) : 0;
    rc_arena_free(r.result->arena);
    return status;
}
