/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast list: what models, runs and reports can be made of. */
#include "cli/command.h"
#include "cli/show_distribution.h"
#include "cli/terminal.h"

#include "core/language.h"
#include "dist/dist.h"
#include "finance/metric.h"
#include "lint/lint.h"
#include "model/func.h"
#include "model/model.h"
#include "report/format.h"
#include "report/number.h"
#include "sample/sampler.h"
#include "sensitivity/method.h"
#include "templates/templates.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void list_distributions(rc_text *out, const char *language) {
    for (size_t i = 0; i < rc_dist_count(); i++)
        rc_add_distribution(out, rc_dist_at(i, RC_ISA_sse2), language);
}

static void list_functions(rc_text *out, const char *language) {
    for (size_t i = 0; i < rc_func_count(); i++) {
        const rc_func *f = rc_func_at(i);
        char call[64];
        snprintf(call, sizeof call, "%s(%s)", f->name, f->parameters);
        rc_text_addf(out, "%-32s %s\n", call, rc_tr(language, f->help));
    }
}

static void list_metrics(rc_text *out, const char *language) {
    for (size_t i = 0; i < rc_metric_count(); i++) {
        const rc_metric_type *m = rc_metric_at(i, RC_ISA_sse2);
        rc_text_addf(out, "%-18s %s%s%s\n", m->name, rc_tr(language, m->label),
                     rc_tr_in(language, "after a heading", ": "), rc_tr(language, m->help));
    }
}

static void list_formats(rc_text *out, const char *language) {
    for (size_t i = 0; i < rc_format_count(); i++)
        rc_text_addf(out, "%-10s %s\n", rc_format_at(i)->name,
                     rc_tr(language, rc_format_at(i)->summary));
}

static void list_samplers(rc_text *out, const char *language) {
    for (size_t i = 0; i < rc_sampler_count(); i++)
        rc_text_addf(out, "%-10s %s\n", rc_sampler_at(i, RC_ISA_sse2)->name,
                     rc_tr(language, rc_sampler_at(i, RC_ISA_sse2)->summary));
}

static void list_methods(rc_text *out, const char *language) {
    for (size_t i = 0; i < rc_method_count(); i++)
        rc_text_addf(out, "%-12s %s\n", rc_method_at(i)->name,
                     rc_tr(language, rc_method_at(i)->summary));
}

static void list_lint(rc_text *out, const char *language) {
    for (size_t i = 0; i < rc_lint_rule_count(); i++) {
        const rc_lint_rule *r = rc_lint_rule_at(i);
        rc_text_addf(out, "%-24s %s\n%-24s   %s\n", r->name, rc_tr(language, r->summary), "",
                     rc_tr(language, r->advice));
    }
}

static void list_templates(rc_text *out, const char *language) {
    rc_arena *arena = rc_arena_new();
    for (size_t i = 0; i < rc_template_count; i++)
        rc_text_addf(out, "%-8s %-25s %s\n", rc_templates[i].kind, rc_templates[i].name,
                     rc_template_summary(&rc_templates[i], language, arena));
    rc_arena_free(arena);
}

static void list_commands(rc_text *out, const char *language) {
    for (size_t i = 0; i < rc_command_count(); i++)
        rc_text_addf(out, "%-12s %s\n", rc_command_at(i)->name,
                     rc_tr(language, rc_command_at(i)->summary));
}

static const struct {
    const char *name;
    const char *help;
    void (*list)(rc_text *out, const char *language);
    /** More about one of the list, or NULL. */
    rc_status (*describe)(const char *name, const char *language, rc_text *out, rc_error *err);
} subjects[] = {
    {"distributions", RC_TR("what inputs can be drawn from, and how to write it"),
     list_distributions, rc_show_distribution},
    {"distribution", RC_TR("one of them, with a picture: roicast list distribution pert"), NULL,
     rc_show_distribution},
    {"functions", RC_TR("what formulas can call"), list_functions, NULL},
    {"metrics", RC_TR("what every model with benefits and costs reports"), list_metrics, NULL},
    {"formats", RC_TR("of reports"), list_formats, NULL},
    {"samplers", RC_TR("ways to choose the cases"), list_samplers, NULL},
    {"methods", RC_TR("of sensitivity analysis"), list_methods, NULL},
    {"lint", RC_TR("what `check` warns about, and what to do then"), list_lint, NULL},
    {"templates", RC_TR("what `roicast new` makes models of"), list_templates, NULL},
    {"commands", RC_TR("of this program"), list_commands, NULL},
    {"scenarios", RC_TR("of a model: roicast list scenarios MODEL"), NULL, NULL},
};
enum { N_SUBJECTS = sizeof subjects / sizeof *subjects };

static rc_status fill(const char *name, const char *item, const char *language, rc_text *text,
                      rc_error *err) {
    const char *names[N_SUBJECTS];
    for (size_t i = 0; i < N_SUBJECTS; i++) {
        names[i] = subjects[i].name;
        if (name == NULL)
            rc_text_addf(text, "%-14s %s\n", subjects[i].name, rc_tr(language, subjects[i].help));
        else if (strcmp(name, subjects[i].name) != 0)
            continue;
        else if (item == NULL && subjects[i].list != NULL)
            subjects[i].list(text, language);
        else if (item == NULL)
            return rc_fail(err, RC_USAGE, "which one? roicast list %s NAME", name);
        else if (subjects[i].describe != NULL)
            return subjects[i].describe(item, language, text, err);
        else
            return rc_fail(err, RC_USAGE, "unexpected \"%.60s\"", item);
    }
    if (text->length > 0)
        return RC_OK;
    const char *near = rc_nearest_name(name, names, N_SUBJECTS);
    return rc_fail(err, RC_USAGE, "there is no list of %.60s%s%s%s", name,
                   near != NULL ? "; did you mean " : "", near != NULL ? near : "",
                   near != NULL ? "?" : " (roicast list shows which there are)");
}

static rc_status list_scenarios(const rc_arguments *a) {
    rc_arena *arena = rc_arena_new();
    rc_text text = {0};
    rc_error err = {0};
    size_t warnings;
    rc_status status;
    const rc_model *model = rc_command_model(a, a->operands[1], arena, &warnings, &status);
    for (size_t i = 0; model != NULL && i < model->n_scenarios; i++)
        rc_text_addf(&text, "%s\n", model->scenarios[i]);
    if (model != NULL) {
        status = rc_output_write(NULL, &text, &err);
        if (status != RC_OK)
            rc_terminal_error(&err);
    }
    rc_text_free(&text);
    rc_arena_free(arena);
    return status;
}

static rc_status list(const rc_arguments *a) {
    rc_text text = {0};
    rc_error err = {0};
    bool of_model = a->n_operands > 0 && strcmp(a->operands[0], "scenarios") == 0;
    if (of_model && a->n_operands == 2)
        return list_scenarios(a);
    if (of_model) {
        rc_fail(&err, RC_USAGE, "MODEL is missing: roicast list scenarios MODEL");
        rc_terminal_error(&err);
        return RC_USAGE;
    }
    rc_status status = fill(a->n_operands > 0 ? a->operands[0] : NULL,
                            a->n_operands > 1 ? a->operands[1] : NULL, a->language, &text, &err);
    if (status == RC_OK)
        status = rc_output_write(NULL, &text, &err);
    if (err.status != RC_OK) /* else it was told already */
        rc_terminal_error(&err);
    rc_text_free(&text);
    return status;
}

const rc_command_type rc_command_list = {
    .name = "list",
    .summary = RC_TR("list distributions, functions, metrics, formats, methods ..."),
    .operands = "[WHAT [NAME|MODEL]]",
    .most = 2,
    .run = list,
    .details = RC_TR("Without WHAT: which lists there are.\n"),
    .examples = "  roicast list distributions\n"
                "  roicast list distribution gumbel\n"
                "  roicast list distribution \"pert(10, 20, 60)\"\n"
                "  roicast list scenarios model.yaml\n"
                "  roicast list functions\n",
};
