/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outputs of a model, in the order of reports: metrics, user outputs, lines, risks. */
#include "engine/wanted.h"

#include "engine/years.h"

#include <math.h>
#include <string.h>

typedef struct list {
    rc_lower *l;
    rc_arena *arena;
    rc_wanted *wanted;
    const rc_run_options *options;
    bool *found; /* [options->n_outputs] */
} list;

static bool asked(list *a, const char *name) {
    bool any = a->options->n_outputs == 0;
    for (size_t i = 0; i < a->options->n_outputs; i++)
        if (strcmp(a->options->outputs[i], name) == 0)
            any = a->found[i] = true;
    return any;
}

/* The result outlives the model: it takes copies. */
static void add(list *a, rc_output output, rc_node_id node) {
    output.name = rc_arena_strdup(a->arena, output.name);
    output.label = rc_label_copy(&output.label, a->arena);
    output.group_label = rc_label_copy(&output.group_label, a->arena);
    if (output.group != NULL)
        output.group = rc_arena_strdup(a->arena, output.group);
    if (output.unit_text != NULL)
        output.unit_text = rc_arena_strdup(a->arena, output.unit_text);
    a->wanted->nodes[a->wanted->n_outputs] = node;
    a->wanted->outputs[a->wanted->n_outputs++] = output;
}

/** The label in every language there is. */
static rc_label metric_label(const rc_metric_type *m, rc_arena *arena) {
    size_t n = rc_language_count();
    const char **languages = RC_NEW(arena, const char *, n),
               **texts = RC_NEW(arena, const char *, n);
    for (size_t i = 0; i < n; i++) {
        languages[i] = rc_language_at(i)->code;
        texts[i] = rc_tr(languages[i], m->label);
    }
    return (rc_label){m->label, n, languages, texts};
}

static void add_metrics(list *a) {
    const rc_model *model = a->l->model;
    for (size_t i = 0; i < rc_metric_count(); i++) {
        const rc_metric_type *m = rc_metric_at(i, RC_ISA_sse2);
        if (!asked(a, m->name))
            continue;
        bool yearly = strcmp(m->name, "irr") == 0, whole = strcmp(m->name, "roi") == 0;
        rc_label label = metric_label(m, a->arena);
        rc_output output = {
            .kind = RC_OUTPUT_METRIC,
            .name = m->name,
            .label = label,
            .unit = m->unit,
            .higher_is_better = m->higher_is_better,
            .hurdle = (model->hurdle_is_irr ? yearly : whole) ? model->hurdle : NAN,
        };
        add(a, output, rc_lower_metric(a->l, m));
    }
}

static rc_label group_label(const rc_model *m, const char *group) {
    for (size_t i = 0; group != NULL && i < m->n_groups; i++)
        if (strcmp(m->groups[i].name, group) == 0)
            return m->groups[i].label;
    return (rc_label){0};
}

static void add_user_outputs(list *a) {
    const rc_model *model = a->l->model;
    for (size_t i = 0; i < model->n_entries; i++) {
        const rc_entry *e = model->entries[i];
        if (e->section != RC_OUTPUTS || !asked(a, e->name))
            continue;
        rc_output output = {
            .kind = RC_OUTPUT_USER,
            .name = e->name,
            .label = e->label,
            .unit_text = e->unit,
            .group = e->group,
            .group_label = group_label(model, e->group),
            .higher_is_better = !e->lower_is_better,
            .hurdle = NAN,
        };
        add(a, output, a->l->value[i]);
    }
}

static void add_money(list *a, rc_model_section section) {
    const rc_model *model = a->l->model;
    for (size_t i = 0; i < model->n_entries; i++) {
        const rc_entry *e = model->entries[i];
        bool shown = e->section == section && (e->flow == NULL || e->flow->enabled);
        if (!shown || !asked(a, e->name))
            continue;
        bool risk = section == RC_RISKS;
        const rc_line_nodes *line = &a->l->lines[i];
        const rc_risk_nodes *r = &a->l->risks[i];
        rc_output output = {
            .kind = risk ? RC_OUTPUT_RISK : RC_OUTPUT_LINE,
            .name = e->name,
            .label = e->label,
            .unit = RC_UNIT_MONEY,
            .higher_is_better = section != RC_COSTS,
            .is_cost = section == RC_COSTS,
            .hurdle = NAN,
        };
        add(a, output,
            rc_lower_present_value(a->l, risk ? r->effect : line->paid,
                                   risk ? r->effect_zero : line->paid_zero));
    }
}

/* What a tier's realisation leaves out, under the line's name. */
static void add_left_out(list *a) {
    const rc_model *model = a->l->model;
    for (size_t i = 0; i < model->n_entries; i++) {
        const rc_entry *e = model->entries[i];
        const rc_line_nodes *line = &a->l->lines[i];
        bool any = e->flow != NULL && e->flow->enabled && line->left_out != RC_NO_NODE;
        if (!any || !asked(a, e->name))
            continue;
        rc_output output = {
            .kind = RC_OUTPUT_LEFT_OUT,
            .name = e->name,
            .label = e->label,
            .unit = RC_UNIT_MONEY,
            .higher_is_better = e->section != RC_COSTS,
            .is_cost = e->section == RC_COSTS,
            .hurdle = NAN,
        };
        add(a, output, rc_lower_present_value(a->l, line->left_out, line->left_out_zero));
    }
}

static bool is_input(const rc_entry *e) {
    return (e->section == RC_FACTORS || e->section == RC_INPUTS || e->section == RC_LEVERS) &&
           e->value != NULL;
}

/* Inputs that were named, all that vary when the trials are wanted, or when there is nothing else.
 */
static void add_inputs(list *a) {
    const rc_model *model = a->l->model;
    bool nothing = a->options->n_outputs == 0 && a->wanted->n_outputs == 0;
    bool all = a->options->inputs || nothing;
    for (size_t i = 0; i < model->n_entries; i++) {
        const rc_entry *e = model->entries[i];
        double x;
        if (!is_input(e))
            continue;
        bool named = a->options->n_outputs > 0 && asked(a, e->name);
        if (!named && !(all && !rc_expr_constant(e->value, &x)))
            continue;
        rc_output output = {
            .kind = RC_OUTPUT_INPUT,
            .name = e->name,
            .label = e->label,
            .unit_text = e->unit,
            .higher_is_better = true,
            .hurdle = NAN,
        };
        if (a->options->samples)
            output.origin = rc_origin_of(a->l, e, a->options->seed, a->arena);
        add(a, output, a->l->value[i]);
    }
}

static rc_status check_found(list *a, rc_error *err) {
    const rc_model *model = a->l->model;
    for (size_t i = 0; i < a->options->n_outputs; i++) {
        if (a->found[i])
            continue;
        size_t n = 0;
        const char **names = RC_NEW(a->arena, const char *, model->n_entries + rc_metric_count());
        for (size_t j = 0; model->has_flows && j < rc_metric_count(); j++)
            names[n++] = rc_metric_at(j, RC_ISA_sse2)->name;
        for (size_t j = 0; j < model->n_entries; j++) {
            const rc_entry *e = model->entries[j];
            bool off = e->flow != NULL && !e->flow->enabled;
            if (off && strcmp(e->name, a->options->outputs[i]) == 0)
                return rc_fail(err, RC_USAGE, "`%s` has `enabled: false`: it has no value to show",
                               e->name);
            if (e->section != RC_SERIES && !off)
                names[n++] = e->name;
        }
        const char *near = rc_nearest_name(a->options->outputs[i], names, n);
        return rc_fail(err, RC_USAGE, "unknown output `%s`%s%s%s", a->options->outputs[i],
                       near != NULL ? "; did you mean `" : "", near != NULL ? near : "",
                       near != NULL ? "`?" : "");
    }
    return RC_OK;
}

static void add_cash(rc_lower *l, rc_arena *arena, bool lines, rc_wanted *wanted) {
    rc_node_id sum = rc_plus(l, rc_lower_cumulative(l, l->net), l->net_zero);
    wanted->cash_table = true;
    wanted->cash[0] = rc_lower_rows(l, l->benefits, l->benefits_zero);
    wanted->cash[1] = rc_lower_rows(l, l->costs, l->costs_zero);
    wanted->cash[2] = rc_lower_rows(l, l->net, l->net_zero);
    wanted->cash[3] = rc_lower_rows(l, sum, l->net_zero);
    rc_wanted_years(l, arena, wanted);
    if (lines)
        rc_wanted_line_years(l, arena, wanted);
}

rc_status rc_wanted_list(rc_lower *l, const rc_run_options *options, rc_arena *arena,
                         rc_wanted *wanted, rc_error *err) {
    *wanted = (rc_wanted){0};
    size_t most = 2 * l->model->n_entries + rc_metric_count();
    if (options->bars)
        most += rc_bar_columns_most(l->model);
    wanted->outputs = RC_NEW(arena, rc_output, most);
    wanted->nodes = RC_NEW(arena, rc_node_id, most);
    list a = {l, arena, wanted, options, RC_NEW(arena, bool, options->n_outputs)};
    if (l->model->has_flows)
        add_metrics(&a);
    add_user_outputs(&a);
    add_money(&a, RC_BENEFITS);
    add_money(&a, RC_COSTS);
    if (l->model->has_flows)
        add_money(&a, RC_RISKS);
    add_left_out(&a);
    add_inputs(&a);
    if (options->bars)
        rc_wanted_bars(l, arena, wanted);
    if (l->model->has_flows && options->cash)
        add_cash(l, arena, options->cash_lines, wanted);
    return check_found(&a, err);
}
