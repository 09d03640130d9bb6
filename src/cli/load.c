/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a model for a command: its mistakes and warnings go to stderr. */
#include "cli/command.h"
#include "cli/terminal.h"

#include "model/model.h"

#include <stdio.h>
#include <string.h>

static bool has_quiet(const rc_arguments *a) {
    for (size_t i = 0; i < a->n_values; i++)
        if (strcmp(a->values[i].option->name, "quiet") == 0)
            return a->values[i].given;
    return false;
}

const rc_model *rc_command_model(const rc_arguments *arguments, const char *path, rc_arena *arena,
                                 size_t *warnings, rc_status *status) {
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
    *status = rc_model_load(source, arena, diags, &model);
    *warnings = diags->n_warnings;
    if (diags->n_errors > 0 || !has_quiet(arguments)) {
        rc_text text = {0};
        rc_diags_print(diags, rc_terminal_color(arguments, 2), &text);
        if (text.length > 0)
            fputs(text.bytes, stderr);
        rc_text_free(&text);
    }
    return *status == RC_OK ? model : NULL;
}
