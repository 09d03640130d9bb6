/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cases, their rounds, and what the rounds say. */
#include "bench/bench.h"

#include "core/isa.h"
#include "engine/run.h"
#include "sample/sampler.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

/* ---- Cases ---- */

enum { MOST_CASES = 96, WARM_UP_TRIALS = 1 << 17 };

typedef struct running {
    const rc_model *model;
    const rc_bench_options *options;
    rc_arena *arena;
    rc_bench *bench;
    rc_bench_case *cases; /* [MOST_CASES] */
    size_t n_cases;
    rc_bench_case usual;              /* all threads, default sampler, widest instruction set */
    double work, work_done, work_now; /* work_of all runs, those done, the one in progress */
    rc_error *err;
} running;

static void add(running *r, rc_bench_group *group, rc_bench_case wanted) {
    size_t i = 0;
    for (; i < r->n_cases; i++)
        if (r->cases[i].threads == wanted.threads && r->cases[i].asked == wanted.asked &&
            strcmp(r->cases[i].sampler, wanted.sampler) == 0 &&
            strcmp(r->cases[i].isa, wanted.isa) == 0)
            break;
    if (i == r->n_cases) {
        wanted.simulate_rounds = RC_NEW(r->arena, double, (size_t)r->options->rounds);
        wanted.whole_rounds = RC_NEW(r->arena, double, (size_t)r->options->rounds);
        wanted.speedup = wanted.whole_speedup = NAN;
        r->cases[r->n_cases++] = wanted;
    }
    group->cases[group->n_cases++] = &r->cases[i];
}

/** 1, 2, 4, ... and all. */
static void list_threads(running *r, rc_bench_group *group) {
    rc_bench_case c = r->usual;
    int all = c.threads;
    for (c.threads = 1; c.threads < all; c.threads *= 2)
        add(r, group, c);
    add(r, group, r->usual);
}

static void list_samplers(running *r, rc_bench_group *group) {
    rc_bench_case c = r->usual;
    for (size_t i = 0; i < rc_sampler_count(); i++) {
        c.sampler = rc_sampler_at(i, RC_ISA_sse2)->name;
        add(r, group, c);
    }
}

/** A sixty-fourth of the trials to four times as many. */
static void list_trials(running *r, rc_bench_group *group) {
    rc_bench_case c = r->usual;
    for (int shift = 6; shift >= -2; shift -= 2) {
        c.asked = shift >= 0 ? r->usual.asked >> shift : r->usual.asked << -shift;
        if (c.asked > 0)
            add(r, group, c);
    }
}

static void list_isas(running *r, rc_bench_group *group) {
    rc_bench_case c = r->usual;
    for (int isa = 0; isa < RC_ISA_COUNT; isa++)
        if (rc_isa_supported((rc_isa)isa)) {
            c.isa = rc_isa_name((rc_isa)isa);
            add(r, group, c);
        }
}

static const struct {
    const char *key, *title;
    bool speedup;
    void (*list)(running *r, rc_bench_group *group);
} groups[RC_BENCH_GROUPS] = {
    {"threads", "By threads", true, list_threads},
    {"samplers", "By sampler", false, list_samplers},
    {"trials", "By trials", false, list_trials},
    {"instruction_sets", "By instruction set", false, list_isas},
};

static void list_cases(running *r) {
    r->cases = RC_NEW(r->arena, rc_bench_case, MOST_CASES);
    r->usual = (rc_bench_case){.threads = r->bench->threads,
                               .sampler = rc_sampler_at(0, RC_ISA_sse2)->name,
                               .isa = r->bench->isa,
                               .asked = r->options->trials};
    for (size_t g = 0; g < RC_BENCH_GROUPS; g++) {
        rc_bench_group *group = &r->bench->groups[g];
        *group = (rc_bench_group){groups[g].key, groups[g].title, groups[g].speedup,
                                  RC_NEW(r->arena, const rc_bench_case *, MOST_CASES), 0};
        groups[g].list(r, group);
    }
}

/* ---- Rounds ---- */

static bool on_progress(void *data, double share) {
    running *r = data;
    return r->options->progress(r->options->progress_data,
                                (r->work_done + share * r->work_now) / r->work);
}

static rc_run_options run_options(running *r) {
    rc_run_options o;
    rc_run_options_default(&o);
    o.outputs = r->options->outputs;
    o.n_outputs = r->options->n_outputs;
    o.progress = r->options->progress != NULL ? on_progress : NULL;
    o.progress_data = r;
    return o;
}

/** What a run is expected to take, in any unit: for the progress bar alone. */
static double work_of(const rc_bench_case *c, uint64_t trials) {
    int busy = c->threads < omp_get_num_procs() ? c->threads : omp_get_num_procs();
    return (double)trials / busy;
}

static rc_status measure(running *r, rc_bench_case *c, int round) {
    rc_run_options o = run_options(r);
    bool warm_up = round < 0;
    o.trials = warm_up && c->asked > WARM_UP_TRIALS ? WARM_UP_TRIALS : c->asked;
    o.threads = c->threads;
    o.sampler = c->sampler;
    o.isa = c->isa;
    r->work_now = work_of(c, o.trials);
    rc_result *result = NULL;
    rc_status status = rc_run(r->model, &o, &result, r->err);
    r->work_done += r->work_now;
    if (status == RC_OK) {
        r->bench->n_inputs = result->n_inputs;
        if (!warm_up) {
            c->trials = result->trials;
            c->simulate_rounds[round] = result->simulate_seconds;
            c->whole_rounds[round] = result->seconds;
        }
    }
    rc_result_free(result);
    return status;
}

static rc_status run_rounds(running *r) {
    for (size_t i = 0; i < r->n_cases; i++) {
        const rc_bench_case *c = &r->cases[i];
        uint64_t warm_up = c->asked > WARM_UP_TRIALS ? WARM_UP_TRIALS : c->asked;
        r->work += r->options->rounds * work_of(c, c->asked) + work_of(c, warm_up);
    }
    rc_status status = RC_OK;
    for (int round = -1; round < r->options->rounds; round++)
        for (size_t i = 0; i < r->n_cases && status == RC_OK; i++)
            status = measure(r, &r->cases[i], round);
    return status;
}

/* ---- What they say ---- */

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/** Sorts x. */
static rc_bench_time summarise(double *x, int n) {
    qsort(x, (size_t)n, sizeof *x, by_size);
    double median = n % 2 ? x[n / 2] : 0.5 * (x[n / 2 - 1] + x[n / 2]);
    return (rc_bench_time){median, x[0], x[n - 1]};
}

static double ratio(running *r, const double *first, const double *second) {
    int n = r->options->rounds;
    double *ratios = RC_NEW(r->arena, double, (size_t)n);
    for (int i = 0; i < n; i++)
        ratios[i] = first[i] / second[i];
    return summarise(ratios, n).median;
}

static void compare(running *r) {
    for (size_t g = 0; g < RC_BENCH_GROUPS; g++) {
        const rc_bench_group *group = &r->bench->groups[g];
        const rc_bench_case *one = group->cases[0];
        for (size_t i = 0; group->speedup && i < group->n_cases; i++) {
            rc_bench_case *c = &r->cases[group->cases[i] - r->cases];
            c->speedup = ratio(r, one->simulate_rounds, c->simulate_rounds);
            c->whole_speedup = ratio(r, one->whole_rounds, c->whole_rounds);
        }
    }
    for (size_t i = 0; i < r->n_cases; i++) {
        rc_bench_case *c = &r->cases[i];
        c->simulate = summarise(c->simulate_rounds, r->options->rounds);
        c->whole = summarise(c->whole_rounds, r->options->rounds);
    }
}

double rc_bench_ns(const rc_bench_case *c) {
    return 1e9 * c->simulate.median / (double)c->trials;
}

/* ---- The whole ---- */

static const char *join(const rc_bench_options *o, rc_arena *arena) {
    const char *text = o->outputs == NULL ? "all" : "";
    for (size_t i = 0; i < o->n_outputs; i++)
        text = rc_arena_printf(arena, "%s%s%s", text, i > 0 ? ", " : "", o->outputs[i]);
    return text;
}

rc_status rc_bench_run(const rc_model *model, const rc_bench_options *options, rc_arena *arena,
                       rc_bench **out, rc_error *err) {
    running r = {.model = model, .options = options, .arena = arena, .err = err};
    r.bench = *out = RC_NEW(arena, rc_bench, 1);
    const char *title = rc_label_text(&model->title, "en", NULL);
    r.bench->file = rc_arena_strdup(arena, model->source->name);
    r.bench->title = rc_arena_strdup(arena, title != NULL ? title : "");
    r.bench->outputs = join(options, arena);
    r.bench->rounds = options->rounds;
    r.bench->threads = options->threads > 0 ? options->threads : omp_get_max_threads();
    r.bench->isa = rc_isa_name(rc_isa_best());
    list_cases(&r);
    rc_run_options run = run_options(&r);
    rc_status status = rc_run_operations(model, &run, &r.bench->operations, err);
    if (status == RC_OK)
        status = run_rounds(&r);
    if (status == RC_OK)
        compare(&r);
    return status;
}
