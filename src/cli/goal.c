/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast goal: how good must one input be? */
#include "cli/command.h"
#include "cli/option_rows.h"
#include "cli/terminal.h"

#include "decide/goal.h"
#include "engine/run.h"
#include "model/syntax.h"
#include "sensitivity/study.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *format_choice(size_t i) {
    return i < RC_GOAL_FORMATS ? rc_goal_formats[i].name : NULL;
}

static const rc_option options[] = {
    {.name = "find",
     .type = RC_OPTION_TEXT,
     .unit = "NAME",
     .help = RC_TR("the input to set: a factor, input or lever")},
    {.name = "target",
     .type = RC_OPTION_TEXT,
     .unit = "GOAL",
     .help = RC_TR("\"below_zero(roi) <= 10%\", \"npv.mean >= 0\", \"roi.p5 >= -20%\"")},
    {.name = "from",
     .type = RC_OPTION_REAL,
     .unit = "X",
     .help = RC_TR("look from this value of the input")},
    {.name = "to",
     .type = RC_OPTION_REAL,
     .unit = "X",
     .fallback = RC_TR("1st to 99th percentile; the range of a lever"),
     .help = RC_TR("up to this one")},
    {.name = "format",
     .letter = 'f',
     .type = RC_OPTION_CHOICE,
     .unit = "NAME",
     .choices = format_choice,
     .fallback = "text",
     .help = RC_TR("text or json; by -o's ending if not given")},
    RC_ROW_OUTPUT("write to FILE instead of standard output"),
    {.name = "trials",
     .letter = 'n',
     .type = RC_OPTION_COUNT,
     .unit = "N",
     .low = 256,
     .high = UINT64_C(1) << 28,
     .fallback = "2^16",
     .help = RC_TR("how many cases to simulate for each value")},
    RC_ROW_SEED,
    RC_ROW_THREADS("never changes the result"),
    RC_ROW_SAMPLER,
    RC_ROW_QUIET("no warnings, notices or progress"),
    RC_ROW_ISA,
};

typedef struct work {
    const rc_arguments *a;
    rc_arena *arena;
    const rc_model *model;
    const rc_entry *entry;
    rc_target target;
    rc_goal goal;
    rc_goal_names names;
    rc_progress progress;
    unsigned asked; /* numbers so far */
    rc_error *err;
} work;

/* ---- What is asked ---- */

/* Left and right of <= or >=; `text` is cut in two. */
static rc_status read_target(work *w) {
    const char *asked = rc_option_get(w->a, "target")->text;
    char *text = asked != NULL ? rc_arena_strdup(w->arena, asked) : NULL;
    char *sign = text != NULL ? strpbrk(text, "<>") : NULL;
    if (sign != NULL) {
        w->goal.at_most = *sign == '<';
        char *bound = sign + 1 + (sign[1] == '=');
        bound += strspn(bound, " ");
        for (char *end = sign; end >= text && (*end == ' ' || end == sign); end--)
            *end = '\0';
        if (*text != '\0' && rc_number_parse(bound, &w->goal.bound)) {
            w->names.target = asked;
            w->names.number = text;
            return rc_target_parse(text, w->arena, &w->target, w->err);
        }
    }
    return rc_fail(w->err, RC_USAGE,
                   "--target: a goal is WHAT <= NUMBER or WHAT >= NUMBER, as in "
                   "\"below_zero(roi) <= 10%%\"");
}

static rc_status find_entry(work *w, const rc_model *model) {
    const char *name = rc_option_get(w->a, "find")->text;
    const char **names = RC_NEW(w->arena, const char *, model->n_entries);
    size_t n = 0;
    if (name == NULL)
        return rc_fail(w->err, RC_USAGE, "--find: which input is to reach the goal?");
    for (size_t i = 0; i < model->n_entries; i++) {
        const rc_entry *e = model->entries[i];
        if (e->section != RC_FACTORS && e->section != RC_INPUTS && e->lever == NULL)
            continue;
        names[n++] = e->name;
        if (strcmp(e->name, name) == 0)
            w->entry = e;
    }
    if (w->entry != NULL)
        return RC_OK;
    const char *near = rc_nearest_name(name, names, n);
    return rc_fail(w->err, RC_USAGE, "--find: no factor, input or lever `%s`%s%s%s", name,
                   near != NULL ? "; did you mean `" : "", near != NULL ? near : "",
                   near != NULL ? "`?" : "");
}

/* The name with which --set gives it a value */
static const char *setting(const work *w) {
    return w->entry->lever != NULL ? rc_arena_printf(w->arena, "%s.start", w->entry->name)
                                   : w->entry->name;
}

static rc_status find_range(work *w, const rc_result *outline) {
    double low = NAN, high = NAN;
    for (size_t i = 0; i < outline->n_assumptions; i++) {
        const rc_assumption *x = &outline->assumptions[i];
        if (strcmp(x->name, w->entry->name) == 0 && x->sketch != NULL) {
            low = x->sketch[0];
            high = x->sketch[RC_SKETCH - 1];
        }
    }
    const rc_lever *lever = w->entry->lever;
    if (lever != NULL && (lever->step > 0 || lever->choices != NULL))
        return rc_fail(w->err, RC_USAGE,
                       "--find: `%s` takes some values only (%s), and the place is looked for "
                       "between any two: give it a range alone, or run it with --set %s.start=%g",
                       w->entry->name, lever->choices != NULL ? "`choices`" : "`step`",
                       w->entry->name, lever->high);
    if (lever != NULL) {
        low = lever->low;
        high = lever->high;
    }
    const rc_option_value *from = rc_option_get(w->a, "from"), *to = rc_option_get(w->a, "to");
    w->goal.from = from->given ? from->real : low;
    w->goal.to = to->given ? to->real : high;
    if (isnan(w->goal.from) || isnan(w->goal.to))
        return rc_fail(w->err, RC_USAGE,
                       "`%s` is no single distribution: say between which values to look by --from "
                       "and --to",
                       w->entry->name);
    if (!(w->goal.from < w->goal.to))
        return rc_fail(w->err, RC_USAGE, "--from %g must lie below --to %g", w->goal.from,
                       w->goal.to);
    return RC_OK;
}

/* ---- Numbers ---- */

static bool on_progress(void *data, double share) {
    work *w = data;
    if (!rc_interrupted())
        rc_progress_show(&w->progress, (w->asked + share) / (RC_GOAL_GRID + RC_GOAL_BISECTIONS));
    return !rc_interrupted();
}

static rc_status run_options(work *w, rc_run_options *o, const char **outputs) {
    const rc_option_value *trials = rc_option_get(w->a, "trials"),
                          *seed = rc_option_get(w->a, "seed");
    rc_run_options_default(o);
    outputs[0] = w->target.output;
    o->trials = trials->given ? trials->count : 1 << 16;
    if (seed->given)
        o->seed = seed->count;
    o->threads = (int)rc_option_get(w->a, "threads")->count;
    o->sampler = rc_option_get(w->a, "sampler")->text;
    o->isa = rc_option_get(w->a, "isa")->text;
    o->outputs = outputs;
    o->n_outputs = 1;
    o->progress = on_progress;
    o->progress_data = w;
    return RC_OK;
}

/* The model with the input at x. NULL: mistakes, which are on standard error. */
static const rc_model *model_at(work *w, double x, rc_arena *arena, rc_status *status) {
    rc_load_options o;
    rc_command_load_options(w->a, w->a->operands[0], arena, &o);
    const char **sets = RC_NEW(arena, const char *, o.n_sets + 1);
    for (size_t i = 0; i < o.n_sets; i++)
        sets[i] = o.sets[i];
    sets[o.n_sets++] = rc_arena_printf(arena, "%s=%.17g", setting(w), x);
    o.sets = sets;
    return rc_command_model_again(w->a, w->model, &o, arena, status);
}

static rc_estimate number_of(const work *w, const rc_result *result) {
    const rc_output *o = rc_result_find(result, w->target.output);
    char percent[32];
    const rc_row *row = NULL;
    snprintf(percent, sizeof percent, "%g", w->target.percentile);
    if (o != NULL && w->target.statistic == RC_STATISTIC_BELOW_ZERO)
        row = rc_output_row(o, "below_zero", NULL);
    else if (o != NULL && w->target.statistic == RC_STATISTIC_PERCENTILE)
        row = rc_output_row(o, "percentiles", percent);
    else if (o != NULL)
        row = rc_output_row(o, "mean", NULL);
    /* order statistics count what never comes as infinite: a percentile there is so too */
    if (row != NULL && w->target.statistic == RC_STATISTIC_PERCENTILE && o->infinite > 0 &&
        o->undefined < 1 && isnan(row->estimate.value))
        return (rc_estimate){INFINITY, NAN, NAN};
    return row != NULL ? row->estimate : (rc_estimate){NAN, NAN, NAN};
}

static rc_status number(void *data, double x, rc_estimate *y, rc_error *err) {
    work *w = data;
    rc_arena *arena = rc_arena_new();
    rc_status status;
    const rc_model *model = model_at(w, x, arena, &status);
    rc_run_options o;
    const char *outputs[1];
    rc_result *result = NULL;
    if (model != NULL) {
        run_options(w, &o, outputs);
        status = rc_run(model, &o, &result, err);
    } else {
        rc_fail(err, status, "`%s` cannot be %.6g", w->entry->name, x);
    }
    const rc_output *of = status == RC_OK ? rc_result_find(result, w->target.output) : NULL;
    if (of != NULL && of->infinite > 0 && w->target.statistic != RC_STATISTIC_PERCENTILE &&
        w->target.statistic != RC_STATISTIC_BELOW_ZERO)
        status =
            rc_fail(err, RC_INPUT,
                    "`%s` is never reached in %.3g%% of cases where `%s` is %.6g, so it has no "
                    "mean: ask for a percentile, such as %s.p50",
                    w->target.output, 100 * of->infinite, w->entry->name, x, w->target.output);
    if (status == RC_OK) {
        *y = number_of(w, result);
        w->asked++;
    }
    rc_result_free(result);
    rc_arena_free(arena);
    return status;
}

/* ---- The command ---- */

static rc_status describe(work *w, const rc_result *outline) {
    const rc_output *o = rc_result_find(outline, w->target.output);
    static const double known[] = {1, 5, 10, 25, 50, 75, 90, 95, 99};
    bool fits = w->target.statistic != RC_STATISTIC_PERCENTILE;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        fits |= w->target.percentile == known[i];
    if (!fits)
        return rc_fail(w->err, RC_USAGE,
                       "--target %s: of percentiles p1, p5, p10, p25, p50, p75, p90, p95 and p99",
                       w->names.number);
    w->names.unit = w->target.statistic == RC_STATISTIC_BELOW_ZERO ? RC_UNIT_RATIO : o->unit;
    w->names.currency = outline->currency;
    w->names.title = rc_label_text(&outline->title, w->a->language, outline->file);
    w->names.input = w->entry->name;
    w->names.label = rc_label_text(&w->entry->label, w->a->language, w->entry->name);
    w->names.run = outline;
    return RC_OK;
}

static rc_status write(work *w) {
    const char *name = rc_option_get(w->a, "format")->text;
    const char *file = rc_option_get(w->a, "output")->text;
    const char *dot = file != NULL ? strrchr(file, '.') : NULL;
    const rc_goal_format *format = &rc_goal_formats[0];
    if (name == NULL && dot != NULL)
        name = dot + 1;
    for (size_t i = 0; name != NULL && i < RC_GOAL_FORMATS; i++)
        if (strcmp(rc_goal_formats[i].name, name) == 0)
            format = &rc_goal_formats[i];
    bool to_stdout = file == NULL || strcmp(file, "-") == 0;
    rc_report_style style = {.color = to_stdout && rc_terminal_color(w->a, 1),
                             .language = w->a->language};
    rc_text text = {0};
    rc_status status = format->write(&w->goal, &w->names, &style, &text, w->err);
    if (status == RC_OK)
        status = rc_output_write(file, &text, w->err);
    rc_text_free(&text);
    return status;
}

static rc_status seek(work *w, const rc_model *model) {
    rc_run_options o;
    const char *outputs[1];
    rc_result *outline = NULL;
    rc_status status = read_target(w);
    if (status == RC_OK)
        status = find_entry(w, model);
    if (status != RC_OK)
        return status;
    run_options(w, &o, outputs);
    o.assumptions = true;
    status = rc_run_outline(model, &o, &outline, w->err);
    if (status == RC_OK)
        status = describe(w, outline);
    if (status == RC_OK)
        status = find_range(w, outline);
    if (status == RC_OK) {
        outline->trials = o.trials; /* an outline has none */
        rc_progress_start(&w->progress, !rc_option_get(w->a, "quiet")->given);
        rc_interrupt_watch();
        status = rc_goal_seek(&w->goal, number, w, w->err);
        rc_progress_end(&w->progress);
    }
    if (status == RC_OK)
        status = write(w);
    rc_result_free(outline);
    return status;
}

static rc_status run(const rc_arguments *a) {
    rc_error err = {0};
    size_t warnings;
    rc_status status;
    work w = {.a = a, .arena = rc_arena_new(), .err = &err};
    const rc_model *model = rc_command_model(a, a->operands[0], w.arena, &warnings, &status);
    w.model = model;
    if (model != NULL)
        status = seek(&w, model);
    if (status == RC_INTERRUPTED)
        rc_terminal_say("interrupted; nothing was written");
    else if (err.status != RC_OK)
        rc_terminal_error(&err);
    rc_arena_free(w.arena);
    return status;
}

const rc_command_type rc_command_goal = {
    .name = "goal",
    .summary = RC_TR("find what one input must be for a goal to be met"),
    .operands = "MODEL",
    .least = 1,
    .most = 1,
    .run = run,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .reads_models = true,
    .details = RC_TR(
        "The input is set to one value after another, all else stays as uncertain as it is, and all\n"
        "values see the same cases. Nine values show the shape; then the place where the goal is met\n"
        "is searched for. Exit code 0 also when the goal cannot be reached: the answer says so.\n"),
    .examples = "  roicast goal model.yaml --find churn --target \"below_zero(roi) <= 10%\"\n"
                "  roicast goal model.yaml --find seats --target \"npv.mean >= 0\" --to 900\n",
};
