/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast bench: how fast this machine simulates. */
#include "cli/command.h"
#include "cli/option_rows.h"
#include "cli/terminal.h"

#include "bench/bench.h"
#include "model/source.h"

#include <omp.h>
#include <stdio.h>
#include <string.h>

static const rc_bench_format *const formats[] = {&rc_bench_text, &rc_bench_json};
enum { N_FORMATS = sizeof formats / sizeof *formats };

static const char *format_choice(size_t i) {
    return i < N_FORMATS ? formats[i]->name : NULL;
}

static const rc_option options[] = {
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
     .low = 1,
     .high = UINT64_C(1) << 32,
     .fallback = "2^20",
     .help = RC_TR("in a run; the table by trials goes up to four times as many")},
    RC_ROW_THREADS("at most"),
    {.name = "rounds",
     .letter = 'r',
     .type = RC_OPTION_COUNT,
     .unit = "N",
     .low = 1,
     .high = 1000,
     .fallback = "7",
     .help = RC_TR("every case is run once a round")},
    {.name = "outputs",
     .type = RC_OPTION_NAMES,
     .unit = "A,B",
     .help = RC_TR("only these outputs (without a MODEL: roi, npv and payback)")},
    {.name = "quick", .type = RC_OPTION_FLAG, .help = RC_TR("3 rounds of 2^17 trials")},
    RC_ROW_QUIET("no warnings or progress"),
};

/* ---- The machine ---- */

/** The first "model name" of /proc/cpuinfo; "" where there is none. */
static void processor_name(char *name, size_t size) {
    char line[256];
    FILE *f = fopen("/proc/cpuinfo", "r");
    name[0] = '\0';
    while (f != NULL && name[0] == '\0' && fgets(line, sizeof line, f) != NULL) {
        const char *colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) != 0 || colon == NULL)
            continue;
        colon += 1 + strspn(colon + 1, " \t");
        snprintf(name, size, "%.*s", (int)strcspn(colon, "\n"), colon);
    }
    if (f != NULL)
        fclose(f);
}

/** What OMP_PROC_BIND says, as OpenMP understood it. */
static const char *binding(void) {
    switch (omp_get_proc_bind()) {
    case omp_proc_bind_false: return "none";
    case omp_proc_bind_close: return "close";
    case omp_proc_bind_spread: return "spread";
    case omp_proc_bind_true: return "true";
    default: return "primary";
    }
}

/* ---- The run ---- */

static bool on_progress(void *data, double share) {
    if (!rc_interrupted())
        rc_progress_show(data, share);
    return !rc_interrupted();
}

static const rc_bench_format *choose_format(const rc_arguments *a) {
    const char *name = rc_option_get(a, "format")->text;
    const char *file = rc_option_get(a, "output")->text;
    const char *dot = file != NULL ? strrchr(file, '.') : NULL;
    for (size_t i = 0; i < N_FORMATS; i++)
        if (name != NULL ? strcmp(formats[i]->name, name) == 0
                         : dot != NULL && strcmp(formats[i]->ending, dot + 1) == 0)
            return formats[i];
    return formats[0];
}

static rc_bench_options options_of(const rc_arguments *a) {
    static const char *const usual[] = {"roi", "npv", "payback"};
    bool quick = rc_option_get(a, "quick")->given;
    const rc_option_value *trials = rc_option_get(a, "trials"),
                          *rounds = rc_option_get(a, "rounds");
    const rc_option_value *outputs = rc_option_get(a, "outputs");
    rc_bench_options o = {.trials = trials->given ? trials->count
                                    : quick       ? 1 << 17
                                                  : 1 << 20,
                          .rounds = rounds->given ? (int)rounds->count
                                    : quick       ? 3
                                                  : 7,
                          .threads = (int)rc_option_get(a, "threads")->count,
                          .outputs = outputs->names,
                          .n_outputs = outputs->n_names,
                          .progress = on_progress};
    if (!outputs->given && a->n_operands == 0) {
        o.outputs = usual;
        o.n_outputs = sizeof usual / sizeof *usual;
    }
    return o;
}

static rc_status measure(const rc_arguments *a, const rc_model *model, rc_arena *arena,
                         rc_error *err) {
    rc_progress progress;
    rc_progress_start(&progress, !rc_option_get(a, "quiet")->given);
    rc_bench_options o = options_of(a);
    o.progress_data = &progress;
    rc_bench *bench = NULL;
    rc_interrupt_watch();
    rc_status status = rc_bench_run(model, &o, arena, &bench, err);
    rc_progress_end(&progress);
    if (status == RC_OK && rc_interrupted())
        status = rc_fail(err, RC_INTERRUPTED, "interrupted");
    char name[128];
    processor_name(name, sizeof name);
    rc_bench_machine machine = {name, omp_get_num_procs(), binding()};
    rc_text text = {0};
    if (status == RC_OK)
        status = choose_format(a)->write(bench, &machine, &text, err);
    if (status == RC_OK)
        status = rc_output_write(rc_option_get(a, "output")->text, &text, err);
    rc_text_free(&text);
    return status;
}

/** The model inside the program; --scenario and --set work on it too. */
static const rc_model *built_in(const rc_arguments *a, rc_arena *arena, rc_status *status) {
    const char *bytes = (const char *)rc_bench_w1;
    rc_diags *diags = RC_NEW(arena, rc_diags, 1);
    diags->arena = arena;
    rc_load_options o;
    rc_command_load_options(a, "", arena, &o);
    const rc_model *model = NULL;
    *status = rc_model_load_with(rc_source_text(RC_BENCH_W1, bytes, rc_bench_w1_length, arena), &o,
                                 arena, diags, &model);
    rc_text text = {0};
    rc_diags_print(diags, rc_terminal_color(a, 2), &text);
    if (text.length > 0)
        fputs(text.bytes, stderr);
    rc_text_free(&text);
    return *status == RC_OK ? model : NULL;
}

static rc_status run(const rc_arguments *a) {
    rc_arena *arena = rc_arena_new();
    size_t warnings;
    rc_status status;
    const rc_model *model = a->n_operands > 0
                                ? rc_command_model(a, a->operands[0], arena, &warnings, &status)
                                : built_in(a, arena, &status);
    if (model != NULL) {
        rc_error err = {0};
        status = measure(a, model, arena, &err);
        if (status == RC_INTERRUPTED)
            rc_terminal_say("interrupted; nothing was written");
        else if (status != RC_OK)
            rc_terminal_error(&err);
    }
    rc_arena_free(arena);
    return status;
}

const rc_command_type rc_command_bench = {
    .name = "bench",
    .summary = RC_TR("measure how fast this machine simulates, by threads and trials"),
    .operands = "[MODEL]",
    .least = 0,
    .most = 1,
    .run = run,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .reads_models = true,
    .details = RC_TR(
        "Without MODEL the reference model W1, which is part of the program: 26 uncertain inputs,\n"
        "five years, two risks. Every case is run once to warm up, then all in turn, round after\n"
        "round; medians are shown. OMP_PROC_BIND and OMP_PLACES bind threads to cores.\n"),
    .examples = "  roicast bench\n"
                "  roicast bench model.yaml --threads 8 --rounds 15\n"
                "  OMP_PROC_BIND=spread OMP_PLACES=cores roicast bench -o bench.json\n",
};
