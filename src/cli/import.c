/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast import: another tool's file as a model. */
#include "cli/command.h"
#include "cli/option_rows.h"
#include "cli/terminal.h"

#include "interop/importer.h"
#include "model/csv.h"

#include <stdio.h>
#include <string.h>

static const char *format_choice(size_t i) {
    return i < rc_importer_count() ? rc_importer_at(i)->name : NULL;
}

static const rc_option options[] = {
    RC_ROW_OUTPUT("write the model to FILE instead of standard output"),
    {.name = "from",
     .type = RC_OPTION_CHOICE,
     .unit = "NAME",
     .choices = format_choice,
     .help = RC_TR("decisionsupport or sipmath; found out from the content if not given")},
    {.name = "correlations",
     .type = RC_OPTION_TEXT,
     .unit = "FILE",
     .help = RC_TR("decisionSupport's matrix; NAME_cor.csv beside NAME.csv if there is one")},
    {.name = "compat",
     .type = RC_OPTION_FLAG,
     .help = RC_TR("repeat decisionSupport's uniform, which holds 90.9% between its ends")},
    RC_ROW_QUIET("no warnings"),
};

/* "a/b.csv" -> "a/b" + ending */
static const char *with_ending(const char *path, const char *ending, rc_arena *arena) {
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    size_t n =
        dot != NULL && (slash == NULL || dot > slash + 1) ? (size_t)(dot - path) : strlen(path);
    return rc_arena_printf(arena, "%.*s%s", (int)n, path, ending);
}

static const rc_importer_type *choose(const rc_arguments *a, const rc_source *source,
                                      rc_error *err) {
    const char *name = rc_option_get(a, "from")->text;
    if (name != NULL)
        return rc_importer_find(name);
    for (size_t i = 0; i < rc_importer_count(); i++)
        if (rc_importer_at(i)->recognises(source))
            return rc_importer_at(i);
    rc_fail(err, RC_INPUT,
            "%.100s: neither a decisionSupport table (its first line names variable and "
            "distribution) nor a SIPmath library (JSON with \"sips\")",
            source->name);
    return NULL;
}

/* The matrix that was named, or the one that lies beside the table. */
static rc_status find_correlations(const rc_arguments *a, const char *path, rc_import *im,
                                   rc_error *err) {
    rc_source *source = NULL;
    rc_arena *arena = im->diags->arena;
    const char *file = rc_option_get(a, "correlations")->text;
    bool named = file != NULL;
    if (!named)
        file = with_ending(path, "_cor.csv", arena);
    rc_status status = rc_source_read(file, arena, &source, named ? err : NULL);
    im->correlations = source;
    return named ? status : RC_OK;
}

static rc_status write_files(const rc_arguments *a, rc_import *im, const char *data_path,
                             rc_error *err) {
    const char *path = rc_option_get(a, "output")->text;
    bool to_file = path != NULL && strcmp(path, "-") != 0;
    if (im->data.length > 0 && !to_file)
        return rc_fail(err, RC_USAGE, "the model needs a file of data beside it: give -o FILE");
    rc_status status = im->data.length > 0 ? rc_output_write(data_path, &im->data, err) : RC_OK;
    return status == RC_OK ? rc_output_write(path, &im->model, err) : status;
}

static void print_diags(const rc_arguments *a, const rc_diags *diags) {
    rc_text text = {0};
    if (diags->n_errors > 0 || !rc_option_get(a, "quiet")->given)
        rc_diags_print(diags, rc_terminal_color(a, 2), &text);
    if (text.length > 0)
        fputs(text.bytes, stderr);
    rc_text_free(&text);
}

static rc_status convert(const rc_arguments *a, rc_arena *arena, rc_error *err) {
    const char *path = a->operands[0], *output = rc_option_get(a, "output")->text;
    rc_diags *diags = RC_NEW(arena, rc_diags, 1);
    diags->arena = arena;
    rc_import im = {.diags = diags, .compat = rc_option_get(a, "compat")->given};
    rc_source *source;
    rc_status status = rc_source_read(path, arena, &source, err);
    const rc_importer_type *type = status == RC_OK ? choose(a, source, err) : NULL;
    if (type == NULL)
        return status != RC_OK ? status : RC_INPUT;
    const char *data_path = with_ending(output != NULL ? output : path, ".csv", arena);
    const char *slash = strrchr(data_path, '/');
    im.data_name = slash != NULL ? slash + 1 : data_path;
    status = find_correlations(a, path, &im, err);
    if (status != RC_OK)
        return status;
    status = rc_import_read(type, &im, source) ? RC_OK : RC_INPUT;
    print_diags(a, diags);
    if (status == RC_OK)
        status = write_files(a, &im, data_path, err);
    rc_text_free(&im.model);
    rc_text_free(&im.data);
    return status;
}

static rc_status import(const rc_arguments *a) {
    rc_arena *arena = rc_arena_new();
    rc_error err = {0};
    rc_status status = convert(a, arena, &err);
    if (err.status != RC_OK)
        rc_terminal_error(&err);
    rc_arena_free(arena);
    return status;
}

const rc_command_type rc_command_import = {
    .name = "import",
    .summary = RC_TR("turn a decisionSupport table or a SIPmath library into a model"),
    .operands = "FILE",
    .least = 1,
    .most = 1,
    .run = import,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .details = RC_TR(
        "The model goes to standard output or to -o FILE. It holds inputs: it can be run as it\n"
        "is, and extended by benefits and costs. What cannot be taken over is a warning.\n"),
    .examples = "  roicast import estimates.csv | roicast run -\n"
                "  roicast import library.json -o model.yaml\n",
};
