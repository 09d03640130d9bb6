/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast sensitivity: which inputs matter? */
#include "cli/command.h"
#include "cli/option_rows.h"
#include "cli/terminal.h"

#include "engine/run.h"
#include "model/syntax.h"
#include "sample/sampler.h"
#include "sensitivity/sensitivity.h"

#include <math.h>
#include <string.h>

/* ---- Options ---- */

static const struct {
    const char *name;
    rc_status (*write)(const rc_sensitivity *s, const rc_report_style *style, rc_text *out,
                       rc_error *err);
} formats[] = {
    {"text", rc_sensitivity_text}, {"json", rc_sensitivity_json}, {"csv", rc_sensitivity_csv}};

static const char *format_choice(size_t i) {
    return i < sizeof formats / sizeof *formats ? formats[i].name : NULL;
}

static const char *method_choice(size_t i) { /* for completion */
    return i < rc_method_count() ? rc_method_at(i)->name : NULL;
}

static const rc_option options[] = {
    {.name = "method",
     .letter = 'm',
     .type = RC_OPTION_NAMES,
     .unit = "A,B",
     .choices = method_choice,
     .fallback = "rank,evppi",
     .help = RC_TR("which methods: see `roicast list methods`")},
    {.name = "target",
     .type = RC_OPTION_TEXT,
     .unit = "WHAT",
     .help = RC_TR(
         "an output: roi, npv, a name; roi.p5 and roi.mean for tornado; \"below_zero(roi)\" for the chance of loss")},
    {.name = "given",
     .type = RC_OPTION_TEXT,
     .unit = "COND",
     .help = RC_TR("only cases in which it holds: \"training < 0.5 and npv > 0\"")},
    {.name = "top",
     .type = RC_OPTION_COUNT,
     .unit = "N",
     .low = 1,
     .high = 1000000,
     .fallback = "10",
     .help = RC_TR("rows of each table in text")},
    {.name = "format",
     .letter = 'f',
     .type = RC_OPTION_CHOICE,
     .unit = "NAME",
     .choices = format_choice,
     .fallback = "text",
     .help = RC_TR("text, json or csv; by -o's ending if not given")},
    RC_ROW_OUTPUT("write to FILE instead of standard output"),
    {.name = "trials",
     .letter = 'n',
     .type = RC_OPTION_COUNT,
     .unit = "N",
     .low = 256,
     .high = UINT64_C(1) << 31,
     .fallback = "2^16",
     .help = RC_TR("how many cases to simulate: 100k, 2^18")},
    {.name = "low",
     .type = RC_OPTION_REAL,
     .unit = "P",
     .help = RC_TR(
         "oat, spider, morris: lower end of an input, a percentile [oat 10, spider and morris 5]")},
    {.name = "high",
     .type = RC_OPTION_REAL,
     .unit = "P",
     .help = RC_TR("the upper end [oat 90, spider and morris 95]")},
    {.name = "trajectories",
     .type = RC_OPTION_COUNT,
     .unit = "N",
     .low = 32,
     .high = 1 << 16,
     .fallback = "64",
     .help = RC_TR("morris: how many; a multiple of 16")},
    {.name = "levels",
     .type = RC_OPTION_COUNT,
     .unit = "N",
     .low = 2,
     .high = 1024,
     .fallback = "4",
     .help = RC_TR("morris: levels of its grid, an even number")},
    {.name = "base",
     .type = RC_OPTION_COUNT,
     .unit = "N",
     .low = 256,
     .high = UINT64_C(1) << 31,
     .fallback = "2^14",
     .help = RC_TR(
         "sobol: base points, each run once for every input and two times more; fewer by default where that takes long")},
    {.name = "pairs",
     .type = RC_OPTION_NAMES,
     .unit = "A:B,C:D",
     .help = RC_TR("sobol: also the second order of these pairs")},
    RC_ROW_SEED,
    RC_ROW_THREADS("never changes the result"),
    RC_ROW_SAMPLER,
    RC_ROW_QUIET("no warnings, notices or progress"),
    RC_ROW_ISA,
};

static size_t chosen_format(const rc_arguments *a) {
    const char *name = rc_option_get(a, "format")->text;
    const char *file = rc_option_get(a, "output")->text;
    const char *dot = file != NULL ? strrchr(file, '.') : NULL;
    if (name == NULL && dot != NULL)
        name = dot + 1;
    for (size_t i = 0; name != NULL && i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0)
            return i;
    return 0;
}

/* ---- Methods ---- */

typedef struct methods {
    const rc_method_type **list;
    size_t n;
} methods;

static rc_status named_methods(const rc_option_value *v, methods *m, rc_error *err) {
    for (size_t i = 0; i < v->n_names; i++) {
        const rc_method_type *method = rc_method_find(v->names[i]);
        if (method == NULL) {
            const char *names[64];
            size_t n = rc_method_count() < 64 ? rc_method_count() : 64;
            for (size_t k = 0; k < n; k++)
                names[k] = rc_method_at(k)->name;
            const char *near = rc_nearest_name(v->names[i], names, n);
            return rc_fail(err, RC_USAGE, "unknown method `%s`%s%s%s; see `roicast list methods`",
                           v->names[i], near != NULL ? "; did you mean `" : "",
                           near != NULL ? near : "", near != NULL ? "`?" : "");
        }
        bool again = false;
        for (size_t k = 0; k < m->n; k++)
            again |= m->list[k] == method;
        if (!again)
            m->list[m->n++] = method;
    }
    return RC_OK;
}

/* Where inputs depend on each other, ranks and indices of single inputs count twice what they have
 * in common: only shares that add up are fair. */
static bool wants_shares(const rc_study *s) {
    bool numbers = s->undefined + s->infinite == 0 || s->statistic == RC_STATISTIC_BELOW_ZERO;
    return s->rerun->model->n_correlated > 0 && s->given == NULL && numbers;
}

/* The usual ones, and second shapley where inputs are correlated */
static void usual_methods(const rc_study *s, methods *m) {
    m->n = rc_usual_methods(s, m->list);
    if (!wants_shares(s) || s->statistic == RC_STATISTIC_PERCENTILE)
        return;
    for (size_t i = m->n++; i > 1; i--)
        m->list[i] = m->list[i - 1];
    m->list[1] = rc_method_find("shapley");
}

/* ---- Conditions ---- */

/* One of them: NAME < NUMBER */
static rc_status read_condition(char *text, rc_condition *c, rc_error *err) {
    static const struct {
        const char *sign;
        rc_compare compare;
    } signs[] = {
        {"<=", RC_AT_MOST}, {">=", RC_AT_LEAST}, {"==", RC_SAME}, {"<", RC_LESS}, {">", RC_MORE}};
    size_t i = 0, n = sizeof signs / sizeof *signs;
    char *at = NULL;
    while (i < n && (at = strstr(text, signs[i].sign)) == NULL)
        i++;
    if (i < n) {
        char *value = at + strlen(signs[i].sign);
        value += strspn(value, " ");
        for (char *end = value + strlen(value); end > value && end[-1] == ' ';)
            *--end = '\0';
        *at = '\0';
        while (at > text && at[-1] == ' ')
            *--at = '\0';
        text += strspn(text, " ");
        *c = (rc_condition){text, signs[i].compare, 0};
        if (*text != '\0' && rc_number_parse(value, &c->value))
            return RC_OK;
    }
    return rc_fail(
        err, RC_USAGE,
        "--given: a condition is NAME < NUMBER (or <= > >= ==), several joined by `and`");
}

static rc_status read_given(const char *text, rc_arena *arena, rc_given *given, rc_error *err) {
    static const char and[] = " and ";
    *given = (rc_given){.text = text};
    if (text == NULL)
        return RC_OK;
    rc_condition *list = RC_NEW(arena, rc_condition, strlen(text));
    char *rest = rc_arena_strdup(arena, text);
    rc_status status = RC_OK;
    while (rest != NULL && status == RC_OK) {
        char *end = strstr(rest, and);
        if (end != NULL)
            *end = '\0';
        status = read_condition(rest, &list[given->n++], err);
        rest = end != NULL ? end + sizeof and-1 : NULL;
    }
    given->conditions = list;
    return status;
}

/* ---- The run ---- */

static bool on_progress(void *data, double share) {
    if (!rc_interrupted())
        rc_progress_show(data, share);
    return !rc_interrupted();
}

/* Kept values take 8 bytes, their ranks 16 more: fewer trials where very much is drawn */
static uint64_t trials_for(const rc_model *model) {
    static const uint64_t budget = UINT64_C(1) << 31;
    uint64_t trials = 1 << 16, columns = model->n_draws + model->n_entries + 2;
    while (trials > 4096 && trials * columns * 24 > budget)
        trials /= 2;
    return trials;
}

/* What the command works with, from the model to what is written. */
typedef struct work {
    const rc_arguments *a;
    rc_arena *arena;
    const char *target, *outputs[2];
    rc_given given;
    methods methods;
    rc_progress progress;
    rc_run_options options;
    rc_rerun rerun;
    rc_result *result;
    rc_error *err;
} work;

static double percentile_of(const rc_arguments *a, const char *name) {
    const rc_option_value *v = rc_option_get(a, name);
    bool percent = v->given && strchr(v->text, '%') != NULL; /* 5% is 5 here, not 0.05 */
    return v->given ? v->real * (percent ? 100 : 1) : NAN;
}

static rc_status read_rerun(work *w, const rc_model *model) {
    const rc_option_value *trajectories = rc_option_get(w->a, "trajectories");
    const rc_option_value *levels = rc_option_get(w->a, "levels");
    double low = percentile_of(w->a, "low"), high = percentile_of(w->a, "high");
    w->rerun = (rc_rerun){.model = model, .options = &w->options, .low = low, .high = high};
    w->rerun.trajectories = trajectories->given ? (unsigned)trajectories->count : 0;
    w->rerun.levels = levels->given ? (unsigned)levels->count : 0;
    w->rerun.base = rc_option_get(w->a, "base")->given ? rc_option_get(w->a, "base")->count : 0;
    w->rerun.pairs = rc_option_get(w->a, "pairs")->names;
    w->rerun.n_pairs = rc_option_get(w->a, "pairs")->n_names;
    if (low <= 0 || low >= 50)
        return rc_fail(w->err, RC_USAGE, "--low %g: a percentile above 0 and below 50", low);
    if (high <= 50 || high >= 100)
        return rc_fail(w->err, RC_USAGE, "--high %g: a percentile above 50 and below 100", high);
    if (w->rerun.levels % 2 != 0)
        return rc_fail(w->err, RC_USAGE, "--levels %u: must be even", w->rerun.levels);
    return RC_OK;
}

static void fill_options(work *w, const rc_model *model) {
    const rc_arguments *a = w->a;
    rc_run_options *o = &w->options;
    const rc_option_value *trials = rc_option_get(a, "trials"), *seed = rc_option_get(a, "seed");
    rc_run_options_default(o);
    o->trials = trials->given ? trials->count : trials_for(model);
    if (seed->given)
        o->seed = seed->count;
    o->threads = (int)rc_option_get(a, "threads")->count;
    o->sampler = rc_option_get(a, "sampler")->text;
    o->isa = rc_option_get(a, "isa")->text;
    o->outputs = w->outputs;
    o->n_outputs = model->has_flows ? 2 : 1;
    o->samples = true;
    o->bars = true;
    o->progress = on_progress;
    o->progress_data = &w->progress;
}

/* Methods that all run the model themselves need no cases of another run */
static bool needs_cases(const work *w) {
    bool needs = w->methods.n == 0 || w->given.n > 0;
    for (size_t i = 0; i < w->methods.n; i++)
        needs |= !w->methods.list[i]->runs;
    return needs;
}

enum { MEANT = 5 }; /* bars whose meaning is told */

static rc_status rank_and_write(work *w) {
    const rc_arguments *a = w->a;
    const rc_option_value *top = rc_option_get(a, "top");
    const rc_study *study = NULL;
    methods *m = &w->methods;
    rc_status status =
        rc_study_new(w->result, w->target, &w->given, &w->rerun,
                     (int)rc_option_get(a, "threads")->count, w->arena, &study, w->err);
    if (status != RC_OK)
        return status;
    if (m->n == 0)
        usual_methods(study, m);
    rc_ranking *rankings = RC_NEW(w->arena, rc_ranking, m->n);
    for (size_t i = 0; i < m->n && status == RC_OK; i++)
        status = rc_rank(study, m->list[i], &rankings[i], w->err);
    if (status == RC_OK && rc_interrupted())
        status = rc_fail(w->err, RC_INTERRUPTED, "interrupted; nothing was written");
    rc_progress_end(&w->progress);
    rc_sensitivity s = {study, rankings, m->n, top->given ? (size_t)top->count : 10, NULL, NULL, 0};
    if (status == RC_OK)
        status = rc_stress(study, &s.stressed, &s.n_stressed, w->err);
    if (status == RC_OK)
        s.drivers = rc_drivers_of(study, rankings, m->n, MEANT, w->arena);
    const char *file = rc_option_get(a, "output")->text;
    bool to_stdout = file == NULL || strcmp(file, "-") == 0;
    const rc_report_style style = {.color = to_stdout && rc_terminal_color(a, 1),
                                   .language = a->language};
    rc_text text = {0};
    if (status == RC_OK)
        status = formats[chosen_format(a)].write(&s, &style, &text, w->err);
    if (status == RC_OK)
        status = rc_output_write(file, &text, w->err);
    rc_text_free(&text);
    return status;
}

static rc_status rank_model(work *w, const rc_model *model) {
    const rc_option_value *named = rc_option_get(w->a, "method");
    w->target = rc_option_get(w->a, "target")->text;
    if (w->target == NULL)
        w->target = model->target != NULL ? model->target->name : "roi";
    w->outputs[0] = rc_target_output(w->target, w->arena, w->err);
    w->outputs[1] = "npv";
    w->methods.list = RC_NEW(w->arena, const rc_method_type *, named->n_names + 3);
    fill_options(w, model);
    rc_status status = w->err->status;
    if (status == RC_OK)
        status = named_methods(named, &w->methods, w->err);
    if (status == RC_OK)
        status = read_given(rc_option_get(w->a, "given")->text, w->arena, &w->given, w->err);
    if (status == RC_OK)
        status = read_rerun(w, model);
    if (status != RC_OK)
        return status;
    if (w->given.n > 0) { /* every output under the condition; inputs may be targets */
        w->options.n_outputs = 0;
        w->options.outputs = NULL;
        w->options.inputs = true;
    }
    rc_progress_start(&w->progress, !rc_option_get(w->a, "quiet")->given);
    rc_interrupt_watch();
    status = (needs_cases(w) ? rc_run : rc_run_outline)(model, &w->options, &w->result, w->err);
    if (status == RC_OK)
        status = rank_and_write(w);
    rc_progress_end(&w->progress);
    return status;
}

static rc_status run(const rc_arguments *a) {
    rc_error err = {0};
    work w = {.a = a, .arena = rc_arena_new(), .err = &err};
    size_t warnings;
    rc_status status;
    const rc_model *model = rc_command_model(a, a->operands[0], w.arena, &warnings, &status);
    if (model != NULL)
        status = rank_model(&w, model);
    if (status == RC_INTERRUPTED)
        rc_terminal_say("interrupted; nothing was written");
    else if (err.status != RC_OK)
        rc_terminal_error(&err);
    rc_result_free(w.result);
    rc_arena_free(w.arena);
    return status;
}

const rc_command_type rc_command_sensitivity = {
    .name = "sensitivity",
    .summary = RC_TR("rank the inputs by how much they matter"),
    .operands = "MODEL",
    .least = 1,
    .most = 1,
    .run = run,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .reads_models = true,
    .details = RC_TR(
        "Most methods look at the cases of one run, some run the model at points of their own\n"
        "(docs/sensitivity.md says what each answers, and when it misleads). An entry of the\n"
        "model is one bar, whatever it draws; a risk is one bar, with its event, time and\n"
        "severity; groups get bars of their own. Every number has a 95% interval, every rank\n"
        "the odds that it is that.\n"),
    .examples = "  roicast sensitivity model.yaml\n"
                "  roicast sensitivity model.yaml --method tornado --target roi.p5\n"
                "  roicast sensitivity model.yaml --method rank,regression,first_order\n"
                "  roicast sensitivity model.yaml --method oat --low 5 --high 95\n"
                "  roicast sensitivity model.yaml -f json | jq .sensitivity.roi.rank\n",
};
