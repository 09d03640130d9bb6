/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan in words: a step a line, places as c7 (a column), r3[k] (row of period k), s2 (state
 * that crosses periods). */
#include "engine/plan.h"

#include <math.h>
#include <string.h>

static void add_ref(rc_text *out, const rc_ref *r) {
    switch (r->mode) {
    case RC_REF_SCALAR:
        if (isinf(r->value))
            rc_text_add(out, r->value > 0 ? "inf" : "-inf");
        else
            rc_text_addf(out, "%.10g", r->value);
        break;
    case RC_REF_TIME: rc_text_addf(out, "[%.6g, %.6g, ...]", r->table[1], r->table[2]); break;
    case RC_REF_COLUMN: rc_text_addf(out, "c%u", r->column); break;
    case RC_REF_ROW: rc_text_addf(out, "r%u[k]", r->column); break;
    case RC_REF_RING: rc_text_addf(out, "s%u", r->column); break;
    }
}

static void add_call(const rc_plan *plan, const rc_step *step, rc_text *out) {
    static const char *const folds[] = {"sum", "min", "max", "first", "last"};
    static const char *const scatters[] = {"count", "amount", "factor", "factor on once",
                                           "first time"};
    const rc_node *n = step->node;
    switch (n->kind) {
    case RC_NODE_POINT:
        rc_text_addf(out, "point of %s", plan->graph->streams[n->stream].name);
        return;
    case RC_NODE_QUANTILE:
        rc_text_addf(out, "%s quantile%s", n->dist->type->name,
                     rc_dist_wants_table(n->dist) ? " (table)" : "");
        break;
    case RC_NODE_QUANTILE_V:
        rc_text_addf(out, "%s quantile, parameters vary", n->shape->type->name);
        break;
    case RC_NODE_LATENT: rc_text_add(out, "normal value"); break;
    case RC_NODE_DEPENDENT:
        rc_text_addf(out, "%s copula's point", n->member->copula.type->name);
        break;
    case RC_NODE_OP: rc_text_add(out, rc_op_name((rc_op)n->op)); break;
    case RC_NODE_LOOKUP: rc_text_add(out, "lookup"); break;
    case RC_NODE_EVENT: rc_text_add(out, "event"); break;
    case RC_NODE_CLAMP01: rc_text_add(out, "clamp to 0..1"); break;
    case RC_NODE_CUMULATIVE: rc_text_add(out, "running sum"); break;
    case RC_NODE_FOLD: rc_text_add(out, folds[n->op]); break;
    case RC_NODE_AT: rc_text_add(out, "at"); break;
    case RC_NODE_SCATTER: rc_text_addf(out, "occurrence: %s", scatters[n->op]); break;
    case RC_NODE_METRIC: rc_text_addf(out, "%s of cash", n->metric->name); break;
    default: break;
    }
    uint32_t shown = n->kind == RC_NODE_METRIC ? 0 : step->n_args > 6 ? 6 : step->n_args;
    for (uint32_t i = 0; i < shown; i++) {
        rc_text_add(out, i == 0 ? " " : ", ");
        add_ref(out, &step->args[i]);
    }
    if (shown < step->n_args && n->kind != RC_NODE_METRIC)
        rc_text_add(out, ", ...");
}

static void add_step(const rc_plan *plan, const rc_step *step, rc_text *out) {
    rc_text_add(out, "  ");
    add_ref(out, &step->out);
    rc_text_add(out, " = ");
    if (step->kind == RC_STEP_NODE) {
        add_call(plan, step, out);
    } else {
        const char *word = step->kind == RC_STEP_FILL   ? "start with "
                           : step->kind == RC_STEP_COPY ? ""
                                                        : "carry over ";
        rc_text_add(out, word);
        add_ref(out, &step->args[0]);
    }
    rc_text_add(out, "\n");
}

size_t rc_plan_operations(const rc_plan *plan) {
    size_t operations = 0;
    for (size_t s = 0; s < plan->n_segments; s++) {
        const rc_segment *segment = &plan->segments[s];
        operations += segment->n_steps * (segment->kind == RC_PERIODS ? plan->graph->n_periods : 1);
    }
    return operations;
}

void rc_plan_print(const rc_plan *plan, rc_text *out) {
    static const char *const kinds[] = {"once a block", "for each occurrence", "for each period k"};
    const rc_graph *g = plan->graph;
    size_t steps = 0;
    for (size_t s = 0; s < plan->n_segments; s++)
        steps += plan->segments[s].n_steps;
    rc_text_addf(out,
                 "plan: %zu streams, %u periods; %zu steps, %zu vector operations a block of %d "
                 "trials; %zu columns (%zu KB a thread)\n",
                 g->n_streams, g->n_periods, steps, rc_plan_operations(plan), RC_BLOCK,
                 plan->n_columns, plan->n_columns * RC_BLOCK * sizeof(double) / 1024);
    for (size_t s = 0; s < plan->n_segments; s++) {
        rc_text_addf(out, "\n%s:\n", kinds[plan->segments[s].kind]);
        for (size_t i = 0; i < plan->segments[s].n_steps; i++)
            add_step(plan, &plan->segments[s].steps[i], out);
    }
}
