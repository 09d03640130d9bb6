/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast sensitivity: which inputs matter? */
#include "cli/command.h"
#include "cli/option_rows.h"
#include "cli/terminal.h"

#include "engine/run.h"
#include "model/syntax.h"
#include "sample/sampler.h"
#include "sensitivity/sensitivity.h"

#include <string.h>

/* ---- Options ---- */

static const struct {
    const char *name;
    rc_status (*write)(const rc_sensitivity *s, bool color, rc_text *out, rc_error *err);
} formats[] = {
    {"text", rc_sensitivity_text}, {"json", rc_sensitivity_json}, {"csv", rc_sensitivity_csv}};

static const char *format_choice(size_t i) {
    return i < sizeof formats / sizeof *formats ? formats[i].name : NULL;
}

static const rc_option options[] = {
    {.name = "method",
     .letter = 'm',
     .type = RC_OPTION_NAMES,
     .unit = "A,B",
     .fallback = "rank,evppi",
     .help = "which methods: see `roicast list methods`"},
    {.name = "target",
     .type = RC_OPTION_TEXT,
     .unit = "WHAT",
     .help = "an output: roi, npv, a name; roi.p5 and roi.mean for\n"
             "tornado; \"below_zero(roi)\" for the chance of loss"},
    {.name = "given",
     .type = RC_OPTION_TEXT,
     .unit = "COND",
     .help = "only cases in which it holds: \"training < 0.5 and npv > 0\""},
    {.name = "top",
     .type = RC_OPTION_COUNT,
     .unit = "N",
     .low = 1,
     .high = 1000000,
     .fallback = "10",
     .help = "rows of each table in text"},
    {.name = "format",
     .letter = 'f',
     .type = RC_OPTION_CHOICE,
     .unit = "NAME",
     .choices = format_choice,
     .fallback = "text",
     .help = "text, json or csv; by -o's ending if not given"},
    RC_ROW_OUTPUT("write to FILE instead of standard output"),
    {.name = "trials",
     .letter = 'n',
     .type = RC_OPTION_COUNT,
     .unit = "N",
     .low = 256,
     .high = UINT64_C(1) << 31,
     .fallback = "2^16",
     .help = "how many cases to simulate: 100k, 2^18"},
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

/* rank and evppi; of a percentile tornado; what has no number in some trial has no worth */
static void usual_methods(const rc_study *s, methods *m) {
    bool percentile = s->statistic == RC_STATISTIC_PERCENTILE;
    m->list[m->n++] = rc_method_find(percentile ? "tornado" : "rank");
    if (s->worth != NULL && !percentile)
        m->list[m->n++] = rc_method_find("evppi");
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

static rc_status simulate(const rc_arguments *a, const rc_model *model, const char *target,
                          rc_result **result, rc_error *err) {
    rc_progress progress;
    rc_run_options o;
    const char *outputs[2] = {target, "npv"};
    rc_run_options_default(&o);
    rc_progress_start(&progress, !rc_option_get(a, "quiet")->given);
    const rc_option_value *trials = rc_option_get(a, "trials"), *seed = rc_option_get(a, "seed");
    o.trials = trials->given ? trials->count : trials_for(model);
    if (seed->given)
        o.seed = seed->count;
    o.threads = (int)rc_option_get(a, "threads")->count;
    o.sampler = rc_option_get(a, "sampler")->text;
    o.isa = rc_option_get(a, "isa")->text;
    o.outputs = outputs;
    o.n_outputs = model->has_flows ? 2 : 1;
    o.samples = true;
    o.bars = true;
    o.progress = on_progress;
    o.progress_data = &progress;
    rc_interrupt_watch();
    rc_status status = rc_run(model, &o, result, err);
    rc_progress_end(&progress);
    return status;
}

static rc_status rank_and_write(const rc_arguments *a, const rc_result *result, const char *target,
                                rc_arena *arena, rc_error *err) {
    const rc_option_value *named = rc_option_get(a, "method"), *top = rc_option_get(a, "top");
    const rc_study *study = NULL;
    rc_given given;
    methods m = {RC_NEW(arena, const rc_method_type *, named->n_names + 2), 0};
    rc_status status = named_methods(named, &m, err);
    if (status == RC_OK)
        status = read_given(rc_option_get(a, "given")->text, arena, &given, err);
    if (status == RC_OK)
        status = rc_study_new(result, target, &given, (int)rc_option_get(a, "threads")->count,
                              arena, &study, err);
    if (status != RC_OK)
        return status;
    if (m.n == 0)
        usual_methods(study, &m);
    rc_ranking *rankings = RC_NEW(arena, rc_ranking, m.n);
    for (size_t i = 0; i < m.n && status == RC_OK; i++)
        status = rc_rank(study, m.list[i], &rankings[i], err);
    if (status == RC_OK && rc_interrupted())
        status = rc_fail(err, RC_INTERRUPTED, "interrupted; nothing was written");
    rc_sensitivity s = {study, rankings, m.n, top->given ? (size_t)top->count : 10};
    const char *file = rc_option_get(a, "output")->text;
    bool to_stdout = file == NULL || strcmp(file, "-") == 0;
    rc_text text = {0};
    if (status == RC_OK)
        status =
            formats[chosen_format(a)].write(&s, to_stdout && rc_terminal_color(a, 1), &text, err);
    if (status == RC_OK)
        status = rc_output_write(file, &text, err);
    rc_text_free(&text);
    return status;
}

static rc_status run(const rc_arguments *a) {
    rc_arena *arena = rc_arena_new();
    rc_error err = {0};
    size_t warnings;
    rc_status status;
    const rc_model *model = rc_command_model(a, a->operands[0], arena, &warnings, &status);
    const char *target = rc_option_get(a, "target")->text, *output = NULL;
    rc_result *result = NULL;
    if (model != NULL) {
        if (target == NULL)
            target = model->target != NULL ? model->target->name : "roi";
        output = rc_target_output(target, arena, &err);
        status = err.status;
    }
    if (output != NULL)
        status = simulate(a, model, output, &result, &err);
    if (result != NULL)
        status = rank_and_write(a, result, target, arena, &err);
    if (status == RC_INTERRUPTED)
        rc_terminal_say("interrupted; nothing was written");
    else if (err.status != RC_OK)
        rc_terminal_error(&err);
    rc_result_free(result);
    rc_arena_free(arena);
    return status;
}

const rc_command_type rc_command_sensitivity = {
    .name = "sensitivity",
    .summary = "rank the inputs by how much they matter",
    .operands = "MODEL",
    .least = 1,
    .most = 1,
    .run = run,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .reads_models = true,
    .details =
        "All methods look at the cases of one run (docs/sensitivity.md says what each answers, and\n"
        "when it misleads). An entry of the model is one bar, whatever it draws; a risk is one bar,\n"
        "with its event, time and severity; groups get bars of their own. Every number has a 95%\n"
        "interval, every rank the odds that it is that.\n",
    .examples = "  roicast sensitivity model.yaml\n"
                "  roicast sensitivity model.yaml --method tornado --target roi.p5\n"
                "  roicast sensitivity model.yaml --method rank,regression,first_order\n"
                "  roicast sensitivity model.yaml -f json | jq .sensitivity.roi.rank\n",
};
