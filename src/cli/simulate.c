/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run and its report, from arguments to bytes. */
#include "cli/simulate.h"
#include "cli/command.h"
#include "cli/drivers.h"
#include "cli/grow_options.h"
#include "cli/terminal.h"

#include "engine/run.h"
#include "report/format.h"
#include "report/number.h"
#include "sample/sampler.h"

#include <string.h>
#ifdef __GLIBC__
#    include <malloc.h>
#endif

/* Memory that was freed serves again: given back to the system, its pages would be cleared and
 * mapped anew each time, which took a tenth of a run. */
static void keep_memory(void) {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
#endif
}

const char *rc_format_choice(size_t i) {
    return i < rc_format_count() ? rc_format_at(i)->name : NULL;
}

static bool on_progress(void *data, double share) {
    if (!rc_interrupted())
        rc_progress_show(data, share);
    return !rc_interrupted();
}

static bool on_interrupt(void *data, double share) {
    (void)data;
    (void)share;
    return !rc_interrupted();
}

/* A run that keeps every value says so where that is much. */
static void on_keeping(void *data, size_t n_outputs, uint64_t trials, double bytes) {
    char count[RC_NUMBER_TEXT];
    (void)data;
    if (bytes > 256e6)
        rc_terminal_say("all values of %zu outputs in %s trials take %.1f GB, and their text about "
                        "twice that",
                        n_outputs, rc_count_text(count, trials), bytes / 1e9);
}

/* Asked for in so many words: always told. */
static void on_keeping_asked(void *data, size_t n_outputs, uint64_t trials, double bytes) {
    char count[RC_NUMBER_TEXT];
    (void)data;
    rc_terminal_say(
        "--keep-samples: all values of %zu outputs in %s trials take %.3g MB, and their "
        "text about twice that",
        n_outputs, rc_count_text(count, trials), bytes / 1e6);
}

/** --format, else the ending of -o, else the command's own. */
static const rc_format_type *choose_format(const rc_arguments *a, const rc_simulate_way *way) {
    const char *name = rc_option_get(a, "format")->text;
    const char *file = rc_option_get(a, "output")->text;
    if (name != NULL)
        return rc_format_find(name);
    const char *dot = file != NULL ? strrchr(file, '.') : NULL;
    for (size_t i = 0; dot != NULL && i < rc_format_count(); i++)
        if (strcmp(rc_format_at(i)->ending, dot + 1) == 0)
            return rc_format_at(i);
    return rc_format_find(way->format);
}

/** -o, else "crm.html" of "models/crm.yaml" for a command that writes files; NULL: standard output.
 */
static const char *choose_file(const rc_arguments *a, const rc_simulate_way *way,
                               const rc_format_type *format, rc_arena *arena) {
    const char *file = rc_option_get(a, "output")->text;
    if (file != NULL || !way->to_file)
        return file;
    const char *model = a->operands[0], *slash = strrchr(model, '/');
    model = strcmp(model, "-") == 0 ? "report" : slash != NULL ? slash + 1 : model;
    const char *dot = strrchr(model, '.');
    int n = (int)(dot != NULL && dot > model ? (size_t)(dot - model) : strlen(model));
    return rc_arena_printf(arena, "%.*s.%s", n, model, format->ending);
}

/* A file of every trial is for other programs: 16,384 rows serve them, unless more are asked for.
 */
enum { TRIALS_WHEN_KEPT = 16384 };

static rc_run_options options_of(const rc_arguments *a, const rc_format_type *format,
                                 rc_progress *progress) {
    rc_run_options o;
    rc_run_options_default(&o);
    const rc_option_value *trials = rc_option_get(a, "trials"), *seed = rc_option_get(a, "seed");
    const rc_option_value *outputs = rc_option_get(a, "outputs");
    const bool all = format->trials || rc_option_get(a, "trials-sheet")->given;
    const bool keep = all || rc_option_get(a, "keep-samples")->given;
    if (trials->given)
        o.trials = trials->count;
    else if (keep)
        o.trials = TRIALS_WHEN_KEPT;
    o.samples = keep;
    o.sample_bytes = rc_memory_bytes() / 4; /* the text of the values lies in memory too */
    o.inputs = all && !outputs->given;
    if (seed->given)
        o.seed = seed->count;
    o.threads = (int)rc_option_get(a, "threads")->count;
    o.sampler = rc_option_get(a, "sampler")->text;
    if (o.sampler == NULL)
        o.sampler = format->sampler;
    o.isa = rc_option_get(a, "isa")->text;
    o.outputs = outputs->names;
    o.n_outputs = outputs->n_names;
    /* everything, but where outputs are chosen only what was chosen */
    o.cash = rc_option_get(a, "cash")->given || (format->whole && o.n_outputs == 0);
    o.cash_lines = format->whole;
    o.assumptions = format->whole;
    o.progress = on_progress;
    o.progress_data = progress;
    return o;
}

/** How many factors to tell of. Where outputs were chosen, only what was chosen is shown. */
static size_t drivers_wanted(const rc_arguments *a, const rc_format_type *format) {
    const rc_option_value *drivers = rc_option_get(a, "drivers");
    if (format->trials)
        return 0;
    if (drivers->given)
        return (size_t)drivers->count;
    return rc_option_get(a, "outputs")->given ? 0 : 5;
}

static void say_rounding(const rc_result *r) {
    char asked[RC_NUMBER_TEXT], done[RC_NUMBER_TEXT];
    if (r->trials != r->trials_asked)
        rc_terminal_say("%s trials were asked for; the %s sampler rounds up to %s",
                        rc_count_text(asked, r->trials_asked), r->sampler,
                        rc_count_text(done, r->trials));
}

/** One run of a given size, or one that grows. */
static rc_status run_model(const rc_arguments *a, const rc_simulate_way *way,
                           const struct rc_model *model, const rc_format_type *format,
                           rc_progress *progress, rc_result **result, rc_error *err) {
    rc_run_options o = options_of(a, format, progress);
    bool asked = rc_option_get(a, "keep-samples")->given;
    o.keeping = rc_option_get(a, "quiet")->given ? NULL : asked ? on_keeping_asked : on_keeping;
    rc_grow_options grow;
    rc_status status = rc_grow_options_read(a, format, progress, &grow, err);
    if (status != RC_OK)
        return status;
    if (o.trials == 0 && !rc_grow_wanted(&grow))
        o.trials = way->trials;
    rc_interrupt_watch();
    status = rc_grow_wanted(&grow) ? rc_grow(model, &o, &grow, result, err)
                                   : rc_run(model, &o, result, err);
    size_t drivers = drivers_wanted(a, format);
    if (status == RC_OK && drivers > 0) {
        o.progress = on_interrupt;
        status =
            rc_drivers_fill(model, &o, drivers, way->to_file || format->analysts, *result, err);
    }
    return status;
}

static rc_status write_report(const rc_arguments *a, const rc_simulate_way *way,
                              const rc_format_type *format, const rc_result *result,
                              rc_arena *arena, rc_error *err) {
    const char *file = choose_file(a, way, format, arena);
    bool to_stdout = file == NULL || strcmp(file, "-") == 0;
    rc_report_style style = {.color = to_stdout && rc_terminal_color(a, 1),
                             .samples = rc_option_get(a, "keep-samples")->given,
                             .trials_sheet = rc_option_get(a, "trials-sheet")->given,

                             .language = a->language};
    rc_text text = {0};
    rc_status status = format->write(result, &style, &text, err);
    if (status == RC_OK)
        status = rc_output_write(file, &text, err);
    if (status == RC_OK && way->to_file && !to_stdout && !rc_option_get(a, "quiet")->given)
        rc_terminal_say("wrote %s (%zu kB)", file, (text.length + 999) / 1000);
    rc_text_free(&text);
    return status;
}

/** What would be wrong with any result, before there is one. */
static rc_status check_format(const rc_arguments *a, const rc_simulate_way *way,
                              const rc_format_type *format, rc_error *err) {
    const char *file = rc_option_get(a, "output")->text;
    bool to_stdout = file != NULL ? strcmp(file, "-") == 0 : !way->to_file;
    if (format->binary && to_stdout && rc_terminal_is(1))
        return rc_fail(err, RC_USAGE,
                       "%s is no text for a terminal: name a file, -o FILE.%s, or send it through "
                       "a pipe",
                       format->name, format->ending);
    if (rc_option_get(a, "trials-sheet")->given && strcmp(format->name, "xlsx") != 0)
        return rc_fail(err, RC_USAGE,
                       "--trials-sheet: only xlsx has sheets, and this is %s; csv holds every "
                       "trial too",
                       format->name);
    if (rc_option_get(a, "keep-samples")->given && strcmp(format->name, "json") != 0)
        return rc_fail(err, RC_USAGE,
                       "--keep-samples: json has a place for them, and this is %s; csv holds every "
                       "trial anyway",
                       format->name);
    if (rc_option_get(a, "keep-samples")->given &&
        (rc_option_get(a, "precision")->given || rc_option_get(a, "time-limit")->given))
        return rc_fail(err, RC_USAGE,
                       "--keep-samples goes with --trials: how many there will be must be known");
    return RC_OK;
}

static rc_status simulate(const rc_arguments *a, const rc_simulate_way *way,
                          const struct rc_model *model, rc_arena *arena, rc_error *err) {
    const rc_format_type *format = choose_format(a, way);
    bool quiet = rc_option_get(a, "quiet")->given;
    rc_status status = check_format(a, way, format, err);
    if (status != RC_OK)
        return status;
    rc_progress progress;
    rc_progress_start(&progress, !quiet);
    rc_result *result = NULL;
    status = run_model(a, way, model, format, &progress, &result, err);
    rc_progress_end(&progress);
    if (status == RC_OK && rc_interrupted()) /* after the last block */
        status = rc_fail(err, RC_INTERRUPTED, "interrupted; nothing was written");
    if (status == RC_OK) {
        if (!quiet)
            say_rounding(result);
        status = write_report(a, way, format, result, arena, err);
    }
    rc_result_free(result);
    return status;
}

rc_status rc_simulate(const rc_arguments *a, const rc_simulate_way *way) {
    keep_memory();
    rc_arena *arena = rc_arena_new();
    size_t warnings;
    rc_status status;
    const struct rc_model *model = rc_command_model(a, a->operands[0], arena, &warnings, &status);
    if (model != NULL && warnings > 0 && rc_option_get(a, "strict")->given) {
        rc_terminal_say("%zu warning%s and --strict: not run", warnings, warnings == 1 ? "" : "s");
        status = RC_WARNED;
    } else if (model != NULL) {
        rc_error err = {0};
        status = simulate(a, way, model, arena, &err);
        if (status == RC_INTERRUPTED)
            rc_terminal_say("interrupted; nothing was written");
        else if (status != RC_OK)
            rc_terminal_error(&err);
    }
    rc_arena_free(arena);
    return status;
}
