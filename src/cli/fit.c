/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast fit: which distribution describes these data? */
#include "cli/command.h"
#include "cli/option_rows.h"
#include "cli/terminal.h"

#include "fit/fit.h"
#include "model/csv.h"

#include <omp.h>
#include <stdio.h>
#include <string.h>

static const char *format_choice(size_t i) {
    static const char *const all[] = {"text", "json", NULL};
    return all[i];
}

static const char *kind_choice(size_t i) {
    static const char *const all[] = {"auto", "counts", "continuous", NULL};
    return all[i]; /* rc_fit_kind */
}

static const char *order_choice(size_t i) {
    static const char *const all[] = {"aic", "bic", "ks", "ad", NULL};
    return all[i]; /* rc_fit_order */
}

static const rc_option options[] = {
    {.name = "column",
     .letter = 'c',
     .type = RC_OPTION_TEXT,
     .unit = "NAME",
     .help = RC_TR("which column; needed where there are several")},
    {.name = "format",
     .letter = 'f',
     .type = RC_OPTION_CHOICE,
     .unit = "NAME",
     .choices = format_choice,
     .fallback = "text",
     .help = RC_TR("text or json")},
    RC_ROW_OUTPUT("write to FILE instead of standard output"),
    {.name = "kind",
     .type = RC_OPTION_CHOICE,
     .unit = "KIND",
     .choices = kind_choice,
     .fallback = "auto",
     .help = RC_TR("counts or continuous; auto: counts if all are whole and >= 0")},
    {.name = "only", .type = RC_OPTION_NAMES, .unit = "A,B", .help = RC_TR("only these families")},
    {.name = "low",
     .type = RC_OPTION_REAL,
     .unit = "X",
     .help = RC_TR("smallest value possible, if known")},
    {.name = "high",
     .type = RC_OPTION_REAL,
     .unit = "X",
     .help = RC_TR("largest value possible, if known")},
    {.name = "by",
     .type = RC_OPTION_CHOICE,
     .unit = "WHAT",
     .choices = order_choice,
     .fallback = "aic",
     .help = RC_TR("order of the table: aic, bic, ks or ad")},
    {.name = "top",
     .type = RC_OPTION_COUNT,
     .unit = "N",
     .low = 1,
     .high = 1000,
     .fallback = RC_TR("all"),
     .help = RC_TR("only the N best families")},
    {.name = "family",
     .type = RC_OPTION_TEXT,
     .unit = "NAME",
     .fallback = RC_TR("the best"),
     .help = RC_TR("parameters, picture and value line of this one")},
    {.name = "bootstrap",
     .letter = 'b',
     .type = RC_OPTION_COUNT,
     .unit = "N",
     .low = 0,
     .high = 1000000,
     .fallback = "500",
     .help = RC_TR("replicates for p-values and intervals; 0: none")},
    {.name = "seed",
     .letter = 's',
     .type = RC_OPTION_COUNT,
     .unit = "N",
     .low = 0,
     .high = INT64_MAX,
     .fallback = "1",
     .help = RC_TR("of the bootstrap")},
    RC_ROW_THREADS("never changes the result"),
    RC_ROW_QUIET("no progress"),
};

static bool on_progress(void *data, double share) {
    if (!rc_interrupted())
        rc_progress_show(data, share);
    return !rc_interrupted();
}

/* Index of the option's choice; 0 when it was not given */
static int chosen(const rc_arguments *a, const char *option) {
    const rc_option_value *v = rc_option_get(a, option);
    for (size_t i = 0; v->given && v->option->choices(i) != NULL; i++)
        if (strcmp(v->option->choices(i), v->text) == 0)
            return (int)i;
    return 0;
}

static rc_fit_options options_of(const rc_arguments *a, rc_progress *progress) {
    rc_fit_options o;
    rc_fit_options_default(&o);
    o.kind = (rc_fit_kind)chosen(a, "kind");
    o.by = (rc_fit_order)chosen(a, "by");
    o.only = rc_option_get(a, "only")->names;
    o.n_only = rc_option_get(a, "only")->n_names;
    o.lower = rc_option_get(a, "low")->real;
    o.upper = rc_option_get(a, "high")->real;
    o.top = rc_option_get(a, "top")->count;
    if (rc_option_get(a, "bootstrap")->given)
        o.replicates = rc_option_get(a, "bootstrap")->count;
    if (rc_option_get(a, "seed")->given)
        o.seed = rc_option_get(a, "seed")->count;
    o.progress = on_progress;
    o.progress_data = progress;
    return o;
}

/* "data.csv column hours" */
static const char *source_of(const char *path, const rc_csv *csv, rc_arena *arena) {
    const char *file = strcmp(path, "-") == 0 ? "<stdin>" : path;
    if (csv->name[0] == '\0')
        return rc_arena_strdup(arena, file);
    return rc_arena_printf(arena, "%s column %s", file, csv->name);
}

static rc_status write(const rc_arguments *a, const rc_fit *fit, const rc_fit_show *show,
                       rc_error *err) {
    const char *file = rc_option_get(a, "output")->text;
    rc_text text = {0};
    bool json = chosen(a, "format") == 1;
    if (!rc_option_get(a, "format")->given && file != NULL) {
        const char *dot = strrchr(file, '.');
        json = dot != NULL && strcmp(dot, ".json") == 0;
    }
    rc_status status = (json ? rc_fit_json : rc_fit_text)(fit, show, &text, err);
    if (status == RC_OK)
        status = rc_output_write(file, &text, err);
    rc_text_free(&text);
    return status;
}

static rc_status fit_column(const rc_arguments *a, const rc_csv *csv, rc_arena *arena,
                            rc_diags *diags) {
    rc_progress progress;
    rc_progress_start(&progress, !rc_option_get(a, "quiet")->given);
    rc_fit_options o = options_of(a, &progress);
    if (rc_option_get(a, "threads")->given)
        omp_set_num_threads((int)rc_option_get(a, "threads")->count);
    rc_fit *fit;
    rc_error err = {0};
    rc_interrupt_watch();
    rc_status status = rc_fit_run(csv->values, csv->n, &o, arena, &fit, &err);
    rc_progress_end(&progress);
    rc_fit_show show = {source_of(a->operands[0], csv, arena), rc_option_get(a, "family")->text};
    if (status == RC_INPUT) {
        rc_diag_error(diags, csv->mark, NULL, "%s", err.message);
        return status;
    }
    if (status == RC_OK)
        status = write(a, fit, &show, &err);
    if (status == RC_INTERRUPTED)
        rc_terminal_say("interrupted; nothing was written");
    else if (status != RC_OK)
        rc_terminal_error(&err);
    return status;
}

static rc_status fit(const rc_arguments *a) {
    rc_arena *arena = rc_arena_new();
    rc_diags *diags = RC_NEW(arena, rc_diags, 1);
    diags->arena = arena;
    rc_csv csv;
    rc_status status = RC_INPUT;
    if (rc_csv_read(a->operands[0], rc_option_get(a, "column")->text, diags, &csv))
        status = fit_column(a, &csv, arena, diags);
    if (diags->n_errors > 0) {
        rc_text text = {0};
        rc_diags_print(diags, rc_terminal_color(a, 2), &text);
        fputs(text.bytes, stderr);
        rc_text_free(&text);
    }
    rc_arena_free(arena);
    return status;
}

const rc_command_type rc_command_fit = {
    .name = "fit",
    .summary = RC_TR("fit distributions to a column of data"),
    .operands = "DATA",
    .least = 1,
    .most = 1,
    .run = fit,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .details = RC_TR(
        "DATA is a CSV file, or - for standard input. Every family that may have made the data is\n"
        "fitted by maximum likelihood (metalog: least squares on quantiles). KS is Kolmogorov and\n"
        "Smirnov's distance, AD Anderson and Darling's; their p-values and the intervals of the\n"
        "parameters come from samples drawn from the fit and fitted again. The last line is ready\n"
        "for a model.\n"),
    .examples = "  roicast fit survey.csv --column hours\n"
                "  roicast fit tickets.csv --kind counts --by bic\n"
                "  roicast fit share.csv --low 0 --high 1 --only beta,metalog\n"
                "  roicast fit data.csv --format json | jq .families[0].value\n",
};
