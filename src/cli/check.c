/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast check: are these models right? */
#include "cli/command.h"
#include "cli/option_rows.h"
#include "cli/terminal.h"

#include "core/language.h"
#include "engine/run.h"
#include "model/model.h"

#include <stdio.h>

/** "model.yaml: ok (34 entries, 24 uncertain inputs, 2 risks; scenarios: growth, crisis)" */
static void add_summary(rc_text *out, const char *path, const rc_model *model, size_t warnings,
                        const char *language) {
    size_t risks = 0;
    for (size_t i = 0; i < model->n_entries; i++)
        risks += model->entries[i]->risk != NULL;
    const struct {
        size_t n;
        bool always;
        const char *one, *many;
    } counts[] = {
        {model->n_entries, true, RC_TR_PAIR("{n} entry", "{n} entries")},
        {model->n_draws, true, RC_TR_PAIR("{n} uncertain input", "{n} uncertain inputs")},
        {risks, false, RC_TR_PAIR("{n} risk", "{n} risks")},
        {warnings, false, RC_TR_PAIR("{n} warning", "{n} warnings")},
    };
    rc_text list = {0};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        char n[24];
        if (counts[i].n == 0 && !counts[i].always)
            continue;
        snprintf(n, sizeof n, "%zu", counts[i].n);
        rc_text_add(&list,
                    list.length > 0 ? rc_tr_in(language, "between items of a list", ", ") : "");
        RC_SAY_N(&list, language, counts[i].one, counts[i].many, counts[i].n, "n", n);
    }
    if (model->n_scenarios > 0)
        rc_text_add(&list, rc_tr(language, "; scenarios: "));
    for (size_t i = 0; i < model->n_scenarios; i++)
        rc_text_addf(&list, "%s%s", i > 0 ? ", " : "", model->scenarios[i]);
    RC_SAY(out, language, "{file}: ok ({counts})", "file", path, "counts", list.bytes);
    rc_text_add(out, "\n");
    rc_text_free(&list);
}

/* What only the plan shows: a series that needs its own future, say. */
static rc_status check_plan(const char *path, const rc_model *model, const char *scenario) {
    rc_text plan = {0};
    rc_error err = {0};
    rc_status status = rc_explain(model, &plan, &err);
    rc_text_free(&plan);
    if (status != RC_OK) {
        rc_error named = {0};
        rc_fail(&named, status, "%.80s: %s%.40s%s%.160s", path, scenario != NULL ? "scenario " : "",
                scenario != NULL ? scenario : "", scenario != NULL ? ": " : "", err.message);
        rc_terminal_error(&named);
    }
    return status;
}

/* What is no fault: `run` does not repeat it. */
static void print_notes(const rc_arguments *a, const rc_model *model) {
    rc_text text = {0};
    rc_diags_print_notes(model->diags, rc_terminal_color(a, 2), &text);
    if (text.length > 0)
        fputs(text.bytes, stderr);
    rc_text_free(&text);
}

static rc_status check(const rc_arguments *a) {
    rc_status worst = RC_OK;
    bool strict = rc_option_get(a, "strict")->given;
    for (size_t i = 0; i < a->n_operands; i++) {
        rc_arena *arena = rc_arena_new();
        size_t warnings;
        rc_status status;
        const rc_model *const *scenarios = NULL;
        const rc_model *model =
            rc_command_model_all(a, a->operands[i], arena, &warnings, &status, &scenarios);
        if (model != NULL)
            status = check_plan(a->operands[i], model, NULL);
        for (size_t s = 0; model != NULL && status == RC_OK && s < model->n_scenarios; s++)
            status = check_plan(a->operands[i], scenarios[s], model->scenarios[s]);
        if (model != NULL && status == RC_OK && !rc_option_get(a, "quiet")->given)
            print_notes(a, model);
        if (model != NULL && status == RC_OK) {
            rc_text line = {0};
            rc_error err = {0};
            if (!rc_option_get(a, "quiet")->given)
                add_summary(&line, a->operands[i], model, warnings, a->language);
            status = rc_output_write(NULL, &line, &err);
            if (status != RC_OK)
                rc_terminal_error(&err);
            else if (strict && warnings > 0)
                status = RC_WARNED;
            rc_text_free(&line);
        }
        if (rc_status_exit_code(status) > rc_status_exit_code(worst))
            worst = status;
        rc_arena_free(arena);
    }
    return worst;
}

static const rc_option options[] = {
    {.name = "strict",
     .type = RC_OPTION_FLAG,
     .help = RC_TR("exit with code 1 when there are warnings")},
    RC_ROW_QUIET("print errors only"),
};

const rc_command_type rc_command_check = {
    .name = "check",
    .summary = RC_TR("look for mistakes in models without running them"),
    .operands = "MODEL...",
    .least = 1,
    .most = 1000000,
    .run = check,
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .reads_models = true,
    .lints = true,
    .details = RC_TR(
        "Every mistake is shown with its place, the line and what would be right (20 at most).\n"
        "The scenarios of a model are looked at one by one, too.\n"
        "Warnings carry the name of their rule: `roicast list lint` says what to do about them,\n"
        "`allow: [rule]` in an entry or at the top of the file silences them.\n"
        "Exit code 2 when there are errors, 1 when there are warnings and --strict, else 0.\n"),
    .examples = "  roicast check model.yaml\n"
                "  roicast check --strict models/*.yaml\n",
};
