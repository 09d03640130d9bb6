/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast explain: what will be computed, in order. */
#include "cli/command.h"
#include "cli/option_rows.h"
#include "cli/terminal.h"

#include "engine/run.h"
#include "model/merged.h"

static rc_status explain(const rc_arguments *a) {
    rc_arena *arena = rc_arena_new();
    size_t warnings;
    rc_status status;
    const rc_model *model = rc_command_model(a, a->operands[0], arena, &warnings, &status);
    if (model != NULL) {
        rc_text text = {0};
        rc_error err = {0};
        if (rc_option_get(a, "merged")->given)
            rc_model_merged(model, &text);
        else
            status = rc_explain(model, &text, &err);
        if (status == RC_OK)
            status = rc_output_write(NULL, &text, &err);
        if (status != RC_OK)
            rc_terminal_error(&err);
        rc_text_free(&text);
    }
    rc_arena_free(arena);
    return status;
}

static const rc_option options[] = {
    {.name = "merged",
     .type = RC_OPTION_FLAG,
     .help = RC_TR("print the model instead, with all that is laid over it, as one file")},
    RC_ROW_QUIET("no warnings"),
};

const rc_command_type rc_command_explain = {
    .name = "explain",
    .summary = RC_TR("print the plan: what is computed, in which order"),
    .operands = "MODEL",
    .least = 1,
    .most = 1,
    .run = explain,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .reads_models = true,
    .details = RC_TR(
        "With --merged: the files that the model extends, the scenarios and settings given, as one\n"
        "model file that gives the same numbers. Comments say where each entry comes from.\n"),
    .examples = "  roicast explain model.yaml\n"
                "  roicast explain model.yaml --scenario growth --merged > growth.yaml\n",
};
