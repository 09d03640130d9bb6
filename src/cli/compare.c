/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast compare: alternatives on common random numbers. */
#include "cli/command.h"
#include "cli/option_rows.h"
#include "cli/terminal.h"

#include "decide/compare.h"
#include "engine/run.h"
#include "model/streams.h"
#include "report/document.h"

#include <string.h>

enum { MOST = 64 };

static const char *format_choice(size_t i) {
    return i < RC_COMPARISON_FORMATS ? rc_comparison_formats[i].name : NULL;
}

static const rc_option options[] = {
    {.name = "base",
     .letter = 'b',
     .type = RC_OPTION_TEXT,
     .unit = "FILE",
     .repeats = true,
     .help = RC_TR("lay every operand over FILE (over several, in this order)")},
    {.name = "scenarios",
     .type = RC_OPTION_NAMES,
     .unit = "A,B",
     .help = RC_TR("of one model: compare it with itself under each of these")},
    {.name = "or-nothing",
     .type = RC_OPTION_FLAG,
     .help = RC_TR("doing none of them, which earns 0, is a choice too")},
    {.name = "target",
     .type = RC_OPTION_TEXT,
     .unit = "NAME",
     .help = RC_TR("what to compare by [npv; without money the model's target]")},
    {.name = "format",
     .letter = 'f',
     .type = RC_OPTION_CHOICE,
     .unit = "NAME",
     .choices = format_choice,
     .fallback = "text",
     .help = RC_TR("text, json or html; by -o's ending if not given")},
    RC_ROW_OUTPUT("write to FILE instead of standard output"),
    {.name = "trials",
     .letter = 'n',
     .type = RC_OPTION_COUNT,
     .unit = "N",
     .low = 256,
     .high = UINT64_C(1) << 28,
     .fallback = "2^16",
     .help = RC_TR("how many cases of each to simulate: 100k, 2^18")},
    RC_ROW_SEED,
    RC_ROW_THREADS("never changes the result"),
    RC_ROW_SAMPLER,
    RC_ROW_QUIET("no warnings, notices or progress"),
    RC_ROW_ISA,
};

/* ---- The alternatives ---- */

typedef struct chosen {
    const char *names[MOST];
    const rc_model *models[MOST];
    size_t n;
} chosen;

static const char *short_name(const char *path, rc_arena *arena) {
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return rc_arena_strndup(arena, name,
                            dot != NULL && dot > name ? (size_t)(dot - name) : strlen(name));
}

/* A file, over the bases where there are some: the first base is the model that is read. */
static rc_status add_file(const rc_arguments *a, const char *file, chosen *c, rc_arena *arena) {
    const rc_option_value *base = rc_option_get(a, "base");
    const char *top = base->given ? base->texts[0] : file;
    rc_load_options o;
    size_t warnings, n = 0;
    rc_status status;
    rc_command_load_options(a, top, arena, &o);
    const char **overs = RC_NEW(arena, const char *, base->n_texts + 1 + o.n_overs);
    for (size_t i = 1; i < base->n_texts; i++)
        overs[n++] = rc_command_found_from(top, base->texts[i], arena);
    bool as_it_is = false;
    for (size_t i = 0; i < base->n_texts; i++)
        as_it_is |= strcmp(base->texts[i], file) == 0;
    if (base->given && !as_it_is)
        overs[n++] = rc_command_found_from(top, file, arena);
    for (size_t i = 0; i < o.n_overs; i++)
        overs[n++] = o.overs[i];
    o.overs = overs;
    o.n_overs = n;
    c->names[c->n] = short_name(file, arena);
    c->models[c->n++] = rc_command_model_with(a, top, &o, arena, &warnings, &status);
    return status;
}

static rc_status add_scenarios(const rc_arguments *a, chosen *c, rc_arena *arena) {
    const rc_option_value *scenarios = rc_option_get(a, "scenarios");
    const char *file = a->operands[0];
    rc_load_options o;
    rc_status status = RC_OK;
    for (size_t i = 0; i <= scenarios->n_names && status == RC_OK; i++) {
        size_t warnings;
        rc_command_load_options(a, file, arena, &o);
        const char **names = RC_NEW(arena, const char *, o.n_scenarios + 1);
        for (size_t k = 0; k < o.n_scenarios; k++)
            names[k] = o.scenarios[k];
        if (i > 0)
            names[o.n_scenarios++] = scenarios->names[i - 1];
        o.scenarios = names;
        c->names[c->n] = i > 0 ? scenarios->names[i - 1] : short_name(file, arena);
        c->models[c->n++] = rc_command_model_with(a, file, &o, arena, &warnings, &status);
    }
    return status;
}

/* Files of one name in different folders are told apart by their folders, one file that stands
 * twice by its place. */
static void tell_apart(const rc_arguments *a, chosen *c, rc_arena *arena) {
    const char *names[MOST];
    memcpy(names, c->names, sizeof names);
    for (size_t i = 0; i < c->n; i++) {
        bool path = false, place = false;
        for (size_t k = 0; k < c->n; k++) {
            bool alike = k != i && strcmp(names[i], names[k]) == 0;
            path |= alike && c->n == a->n_operands;
            place |=
                alike && (c->n != a->n_operands || strcmp(a->operands[i], a->operands[k]) == 0);
        }
        if (path)
            c->names[i] = a->operands[i];
        if (place)
            c->names[i] = rc_arena_printf(arena, "%s (%zu)", c->names[i], i + 1);
    }
}

static rc_status read_all(const rc_arguments *a, chosen *c, rc_arena *arena, rc_error *err) {
    const rc_option_value *scenarios = rc_option_get(a, "scenarios");
    rc_status status = RC_OK;
    if (scenarios->given && (a->n_operands > 1 || rc_option_get(a, "base")->given))
        return rc_fail(err, RC_USAGE, "--scenarios compares one model with itself: name one file");
    if (a->n_operands + scenarios->n_names + rc_option_get(a, "or-nothing")->given < 2)
        return rc_fail(
            err, RC_USAGE,
            "at least two alternatives are needed: two files, --scenarios or --or-nothing");
    if (a->n_operands + scenarios->n_names > MOST)
        return rc_fail(err, RC_USAGE, "at most %d alternatives can be compared", (int)MOST);
    if (scenarios->given)
        status = add_scenarios(a, c, arena);
    for (size_t i = 0; !scenarios->given && i < a->n_operands && status == RC_OK; i++)
        status = add_file(a, a->operands[i], c, arena);
    tell_apart(a, c, arena);
    return status;
}

/* ---- The runs ---- */

static bool on_progress(void *data, double share) {
    if (!rc_interrupted())
        rc_progress_show(data, share);
    return !rc_interrupted();
}

static const char *measure_of(const rc_arguments *a, const chosen *c) {
    const char *target = rc_option_get(a, "target")->text;
    const rc_model *first = c->models[0];
    if (target != NULL)
        return target;
    return first->has_flows ? "npv" : first->target != NULL ? first->target->name : "";
}

/* The measure, and what tables show of every alternative. */
static size_t outputs_of(const rc_model *model, const char *measure, const char *outputs[4]) {
    size_t n = 0;
    outputs[n++] = measure;
    if (model->has_flows) {
        static const char *const always[] = {"roi", "npv", "payback"};
        for (size_t i = 0; i < 3; i++)
            if (strcmp(always[i], measure) != 0)
                outputs[n++] = always[i];
    }
    return n;
}

static rc_status simulate(const rc_arguments *a, const char *name, const rc_model *model,
                          const char *measure, rc_progress *progress, rc_result **result,
                          rc_error *err) {
    const rc_option_value *trials = rc_option_get(a, "trials"), *seed = rc_option_get(a, "seed");
    const char *outputs[4];
    rc_run_options o;
    rc_run_options_default(&o);
    o.trials = trials->given ? trials->count : 1 << 16;
    if (seed->given)
        o.seed = seed->count;
    o.threads = (int)rc_option_get(a, "threads")->count;
    o.sampler = rc_option_get(a, "sampler")->text;
    o.isa = rc_option_get(a, "isa")->text;
    o.outputs = outputs;
    o.n_outputs = outputs_of(model, measure, outputs);
    o.samples = true;
    o.bars = true;
    o.progress = on_progress;
    o.progress_data = progress;
    rc_error own = {0};
    rc_status status = rc_run(model, &o, result, &own);
    if (status != RC_OK && status != RC_INTERRUPTED && own.line == 0)
        return rc_fail(err, status, "%s: %s", name, own.message);
    if (status != RC_OK && err != NULL)
        *err = own;
    return status;
}

static const rc_comparison_format *choose_format(const rc_arguments *a) {
    const char *name = rc_option_get(a, "format")->text;
    const char *file = rc_option_get(a, "output")->text;
    const char *dot = file != NULL ? strrchr(file, '.') : NULL;
    if (name == NULL && dot != NULL)
        name = dot + 1;
    for (size_t i = 0; name != NULL && i < RC_COMPARISON_FORMATS; i++)
        if (strcmp(rc_comparison_formats[i].name, name) == 0)
            return &rc_comparison_formats[i];
    return &rc_comparison_formats[0];
}

static rc_status write(const rc_arguments *a, const rc_comparison *c, rc_error *err) {
    const char *file = rc_option_get(a, "output")->text;
    bool to_stdout = file == NULL || strcmp(file, "-") == 0;
    rc_report_style style = {.color = to_stdout && rc_terminal_color(a, 1),
                             .language = a->language};
    rc_text text = {0};
    rc_status status = choose_format(a)->write(c, &style, &text, err);
    if (status == RC_OK)
        status = rc_output_write(file, &text, err);
    rc_text_free(&text);
    return status;
}

/* The same again, whatever the defaults: files, then options, then what the run was made of. */
static const char *command_of(const rc_arguments *a, const rc_result *r, rc_arena *arena) {
    static const char *const kept[] = {"base", "over", "scenario", "scenarios", "set", "target"};
    rc_text t = {0};
    rc_text_add(&t, "roicast compare");
    for (size_t i = 0; i < a->n_operands; i++) {
        rc_text_add(&t, " ");
        rc_text_add_shell_word(&t, rc_clean_text(a->operands[i], arena));
    }
    for (size_t k = 0; k < sizeof kept / sizeof *kept; k++) {
        const rc_option_value *v = rc_option_get(a, kept[k]);
        size_t n = !v->given ? 0 : v->n_texts > 0 ? v->n_texts : 1;
        for (size_t i = 0; i < n; i++) {
            rc_text_addf(&t, " --%s ", kept[k]);
            rc_text_add_shell_word(&t,
                                   rc_clean_text(v->n_texts > 0 ? v->texts[i] : v->text, arena));
        }
    }
    if (rc_option_get(a, "or-nothing")->given)
        rc_text_add(&t, " --or-nothing");
    if (rc_option_get(a, "allow-outside")->given)
        rc_text_add(&t, " --allow-outside");
    rc_text_addf(&t, " --trials %llu --seed %llu --sampler %s", (unsigned long long)r->trials,
                 (unsigned long long)r->seed, r->sampler);
    const char *command = rc_arena_strdup(arena, t.bytes);
    rc_text_free(&t);
    return command;
}

static rc_status compare(const rc_arguments *a, const chosen *c, rc_arena *arena, rc_error *err) {
    const rc_model *const *models = rc_models_align(c->models, c->n, arena);
    const char *measure = measure_of(a, c);
    rc_comparison out = {.alternatives = RC_NEW(arena, rc_alternative, c->n + 1), .n = c->n};
    rc_result *results[MOST] = {NULL};
    rc_status status = RC_OK;
    rc_progress progress;
    if (strpbrk(measure, ".()") != NULL)
        return rc_fail(err, RC_USAGE,
                       "--target %s: alternatives are compared case by case, so by an output such "
                       "as %s; its percentiles are in the answer",
                       measure, c->models[0]->has_flows ? "roi" : "an output of the model");
    rc_interrupt_watch();
    for (size_t i = 0; i < c->n && status == RC_OK; i++) {
        rc_progress_start(&progress, !rc_option_get(a, "quiet")->given);
        status = simulate(a, c->names[i], models[i], measure, &progress, &results[i], err);
        rc_progress_end(&progress);
        out.alternatives[i] = (rc_alternative){.name = c->names[i], .result = results[i]};
    }
    if (status == RC_OK && rc_option_get(a, "or-nothing")->given)
        status = rc_comparison_add_nothing(&out, measure, arena, err);
    if (status == RC_OK)
        out.command = command_of(a, results[0], arena);
    if (status == RC_OK)
        status =
            rc_comparison_make(&out, measure, (int)rc_option_get(a, "threads")->count, arena, err);
    if (status == RC_OK && rc_interrupted())
        status = rc_fail(err, RC_INTERRUPTED, "interrupted; nothing was written");
    if (status == RC_OK)
        status = write(a, &out, err);
    for (size_t i = 0; i < c->n; i++)
        rc_result_free(results[i]);
    return status;
}

static rc_status run(const rc_arguments *a) {
    rc_arena *arena = rc_arena_new();
    rc_error err = {0};
    chosen c = {.n = 0};
    rc_status status = read_all(a, &c, arena, &err);
    if (status == RC_OK)
        status = compare(a, &c, arena, &err);
    if (status == RC_INTERRUPTED)
        rc_terminal_say("interrupted; nothing was written");
    else if (err.status != RC_OK)
        rc_terminal_error(&err);
    rc_arena_free(arena);
    return status;
}

const rc_command_type rc_command_compare = {
    .name = "compare",
    .summary = RC_TR("weigh alternatives against each other"),
    .operands = "MODEL...",
    .least = 1,
    .most = MOST,
    .run = run,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .reads_models = true,
    .details = RC_TR(
        "All alternatives see the same cases: what they call alike is drawn alike, so what differs\n"
        "between them is the plan and not the luck (docs/compare.md). Each other one is set against\n"
        "the first: the difference with its interval, the odds of being better, dominance. Over all of\n"
        "them: what decides, and what knowing it before choosing would be worth.\n"
        "--scenario, --set and --over change all alternatives alike.\n"),
    .examples = "  roicast compare one.yaml other.yaml\n"
                "  roicast compare plan.yaml --scenarios \"heavy training,growth\"\n"
                "  roicast compare --base crm.yaml --base company/startup.yaml vendor/*.yaml\n"
                "  roicast compare one.yaml other.yaml -o choice.html\n"
                "  roicast compare one.yaml other.yaml -f json | jq .pairs\n",
};
