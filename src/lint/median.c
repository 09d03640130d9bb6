/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A formula with every draw at its median: one typical course of a curve, for rules that ask how it
 * moves. Not the median of the formula, and no simulation: what only a run knows (the past, events,
 * sums over time) has no value here. Work is bounded, however entries name each other. */
#include "lint/lint.h"

#include <math.h>
#include <string.h>

enum { DEEPEST = 300, MOST_STEPS = 2000000 };

typedef struct rc_lint_course {
    double *trial; /* [n_entries] values of those that do not change over time */
    bool *known;   /* [n_entries] */
    size_t steps;  /* taken so far, in the whole model */
    unsigned depth;
} course;

static double value(rc_lint *l, const rc_expr *e, unsigned k);

const rc_dist *rc_lint_typical(rc_lint *l, const rc_draw *draw) {
    if (draw->constant != NULL)
        return draw->constant;
    const rc_dist_form *form = &draw->type->forms[draw->form];
    double x[RC_DIST_MAX_SLOTS] = {0}, out[RC_DIST_MAX_SLOTS] = {0};
    rc_dist_value values[RC_DIST_MAX_SLOTS] = {0};
    for (size_t i = 0; i < form->n_slots; i++) {
        if (form->slots[i].kind != RC_SLOT_NUMBER)
            return NULL;
        x[i] = draw->numbers[i] != NULL ? rc_lint_median(l, draw->numbers[i], 1)
                                        : form->slots[i].fallback;
    }
    if (rc_dist_solve(draw->type, draw->form, x, draw->prob, draw->widen, out, NULL) != RC_OK)
        return NULL;
    for (size_t i = 0; i < draw->type->forms[0].n_slots; i++)
        values[i].number = out[i];
    rc_dist *made = NULL;
    return rc_dist_build(draw->type, values, l->arena, &made, NULL) == RC_OK ? made : NULL;
}

static double draw_value(rc_lint *l, const rc_draw *draw) {
    const rc_dist *d = rc_lint_typical(l, draw);
    return d != NULL ? rc_dist_quantile(d, 0.5) : (double)NAN;
}

static double entry_value(rc_lint *l, const rc_entry *entry, unsigned k) {
    course *c = l->course;
    if (entry->value == NULL || entry->flow != NULL || entry->index >= l->model->n_entries)
        return NAN;
    if (entry->value->shape == RC_SHAPE_PERIOD)
        return value(l, entry->value, k);
    if (!c->known[entry->index]) {
        c->trial[entry->index] = value(l, entry->value, k);
        c->known[entry->index] = true;
    }
    return c->trial[entry->index];
}

static double lookup(rc_lint *l, const rc_expr *e, unsigned k) {
    double x = value(l, e->args[0], k), x0 = 0, y0 = 0;
    for (size_t i = 1; i + 1 < e->n_args; i += 2) {
        double x1 = value(l, e->args[i], k), y1 = value(l, e->args[i + 1], k);
        if (!(x > x1))
            return i == 1 ? y1 : y0 + (y1 - y0) * ((x - x0) / (x1 - x0));
        x0 = x1;
        y0 = y1;
    }
    return y0;
}

static double operate(rc_lint *l, const rc_expr *e, unsigned k) {
    double x[3] = {0};
    for (size_t i = 0; i < e->n_args && i < 3; i++)
        x[i] = value(l, e->args[i], k);
    return rc_op_eval(e->op, x[0], x[1], x[2]);
}

static double value(rc_lint *l, const rc_expr *e, unsigned k) {
    course *c = l->course;
    double x = NAN, dt = l->model->dt;
    if (e->shape == RC_SHAPE_CONSTANT)
        return e->number;
    if (++c->steps > MOST_STEPS || c->depth >= DEEPEST)
        return NAN;
    c->depth++;
    switch (e->kind) {
    case RC_EXPR_NUMBER: x = e->number; break;
    case RC_EXPR_ENTRY: x = entry_value(l, e->entry, k); break;
    case RC_EXPR_T: x = k * dt; break;
    case RC_EXPR_TM: x = k * dt - dt / 2; break;
    case RC_EXPR_K: x = k; break;
    case RC_EXPR_OP: x = operate(l, e, k); break;
    case RC_EXPR_DRAW: x = draw_value(l, e->draw); break;
    case RC_EXPR_LOOKUP: x = lookup(l, e, k); break;
    default: break;
    }
    c->depth--;
    return x;
}

double rc_lint_median(rc_lint *l, const rc_expr *e, unsigned k) {
    if (l->course == NULL) {
        l->course = RC_NEW(l->arena, course, 1);
        l->course->trial = RC_NEW(l->arena, double, l->model->n_entries);
        l->course->known = RC_NEW(l->arena, bool, l->model->n_entries);
    }
    return value(l, e, k);
}
