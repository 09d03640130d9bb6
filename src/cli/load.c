/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a model for a command: its mistakes and warnings go to stderr. */
#include "cli/command.h"
#include "cli/terminal.h"

#include "lint/lint.h"
#include "model/model.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool given(const rc_arguments *a, const char *option) {
    const rc_option_value *value = rc_option_find(a, option);
    return value != NULL && value->given;
}

const char *rc_command_found_from(const char *model, const char *file, rc_arena *arena) {
    char here[4096];
    bool apart = model[0] == '/' || strncmp(model, "..", 2) == 0;
    if (file[0] == '/' || !apart || getcwd(here, sizeof here) == NULL)
        return file;
    return rc_arena_printf(arena, "%s/%s", here, file);
}

void rc_command_load_options(const rc_arguments *a, const char *model, rc_arena *arena,
                             rc_load_options *options) {
    const rc_option_value *scenarios = rc_option_find(a, "scenario");
    const rc_option_value *sets = rc_option_find(a, "set");
    *options = (rc_load_options){.allow_outside = given(a, "allow-outside")};
    const rc_option_value *overs = rc_option_find(a, "over");
    if (overs != NULL) {
        const char **files = RC_NEW(arena, const char *, overs->n_texts);
        for (size_t i = 0; i < overs->n_texts; i++)
            files[i] = rc_command_found_from(model, overs->texts[i], arena);
        options->overs = files;
        options->n_overs = overs->n_texts;
    }
    if (scenarios != NULL) {
        options->scenarios = scenarios->names;
        options->n_scenarios = scenarios->n_names;
    }
    if (sets != NULL) {
        options->sets = sets->texts;
        options->n_sets = sets->n_texts;
    }
}

static void show(const rc_arguments *a, const rc_diags *diags) {
    if (diags->n_errors == 0 && given(a, "quiet"))
        return;
    rc_text text = {0};
    rc_diags_print(diags, rc_terminal_color(a, 2), &text);
    if (text.length > 0)
        fputs(text.bytes, stderr);
    rc_text_free(&text);
}

const rc_model *rc_command_model_again(const rc_arguments *arguments, const rc_model *model,
                                       const rc_load_options *options, rc_arena *arena,
                                       rc_status *status) {
    const rc_model *again = NULL;
    rc_diags *diags = RC_NEW(arena, rc_diags, 1);
    diags->arena = arena;
    *status = rc_model_load_with(model->source, options, arena, diags, &again);
    if (diags->n_errors > 0)
        show(arguments, diags);
    return again;
}

static const rc_model *load(const rc_arguments *arguments, const char *path,
                            const rc_load_options *options, rc_arena *arena, size_t *warnings,
                            rc_status *status, const rc_model *const **scenarios) {
    rc_error err = {0};
    rc_source *source = NULL;
    const rc_model *model = NULL;
    *warnings = 0;
    *status = rc_source_read(path, arena, &source, &err);
    if (*status != RC_OK) {
        rc_terminal_error(&err);
        return NULL;
    }
    rc_diags *diags = RC_NEW(arena, rc_diags, 1);
    diags->arena = arena;
    *status = rc_model_load_with(source, options, arena, diags, &model);
    if (*status == RC_OK && scenarios != NULL) {
        *scenarios = rc_model_scenarios(model, options, arena, diags);
        *status = diags->n_errors > 0 ? RC_INPUT : RC_OK;
    }
    bool style = arguments->command->lints || given(arguments, "strict");
    if (*status == RC_OK)
        *status = rc_lint_model(model, style, diags);
    if (*status == RC_OK && scenarios != NULL)
        *status = rc_lint_scenarios(model, *scenarios, style, diags);
    *warnings = diags->n_warnings;
    show(arguments, diags);
    return *status == RC_OK ? model : NULL;
}

const rc_model *rc_command_model_all(const rc_arguments *arguments, const char *path,
                                     rc_arena *arena, size_t *warnings, rc_status *status,
                                     const rc_model *const **scenarios) {
    rc_load_options options;
    rc_command_load_options(arguments, path, arena, &options);
    return load(arguments, path, &options, arena, warnings, status, scenarios);
}

const rc_model *rc_command_model_with(const rc_arguments *arguments, const char *path,
                                      const rc_load_options *options, rc_arena *arena,
                                      size_t *warnings, rc_status *status) {
    return load(arguments, path, options, arena, warnings, status, NULL);
}

const rc_model *rc_command_model(const rc_arguments *arguments, const char *path, rc_arena *arena,
                                 size_t *warnings, rc_status *status) {
    return rc_command_model_all(arguments, path, arena, warnings, status, NULL);
}
