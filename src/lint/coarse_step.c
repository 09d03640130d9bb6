/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A period takes a curve's value at one moment: where the curve moves over a fifth of its range
 * from one period to the next, the year in which money comes in is a matter of luck. scurve and
 * bass run from 0 to 1 and tanh is used from 0 to 1, so a fifth is 0.2. Their course is looked at
 * with every draw at its median. `during` is exact at any step (it is pro rata), so it is not
 * looked at. */
#include "lint/lint.h"

#include <math.h>

enum { MOST_CURVES = 32 }; /* in one formula; more are not looked at */
static const double largest = 0.2;

typedef struct walk {
    rc_lint *l;
    const rc_formula *formula;
    const rc_syn *calls[MOST_CURVES];
    bool done[MOST_CURVES];
    size_t n;
} walk;

static bool see_call(void *data, const rc_syn *syn) {
    walk *w = data;
    if (w->n < MOST_CURVES && (rc_lint_is_call(syn, "scurve") || rc_lint_is_call(syn, "bass") ||
                               rc_lint_is_call(syn, "tanh")))
        w->calls[w->n++] = syn;
    return true;
}

static void check_curve(const walk *w, const rc_syn *call, const rc_expr *e) {
    rc_lint *l = w->l;
    unsigned worst = 0;
    double most = largest, before = NAN;
    for (unsigned k = 1; k <= l->model->n_periods; k++) {
        double now = rc_lint_median(l, e, k), move = fabs(now - before);
        if (move > most) {
            most = move;
            worst = k;
        }
        before = now;
    }
    if (worst > 0)
        rc_lint_warn(
            l, w->formula->entry, call->mark,
            l->model->per_year == 1 ? "use step: quarter or step: month" : "use step: month",
            "this %s moves over %.0f %% of its range in one %s, up to year %g", call->name,
            100 * most, l->model->per_year == 1 ? "year" : "quarter", worst * l->model->dt);
}

/* What a call became has the call's place; the outermost part comes first. */
static bool see_expr(void *data, const rc_expr *e) {
    walk *w = data;
    for (size_t i = 0; i < w->n; i++) {
        const rc_mark *a = &w->calls[i]->mark, *b = &e->mark;
        if (w->done[i] || e->kind != RC_EXPR_OP || e->shape != RC_SHAPE_PERIOD ||
            a->source != b->source || a->line != b->line || a->column != b->column)
            continue;
        w->done[i] = true;
        check_curve(w, w->calls[i], e);
    }
    return true;
}

static void check(rc_lint *l) {
    for (size_t i = 0; l->model->per_year < 12 && i < l->model->n_formulas; i++) {
        walk w = {.l = l, .formula = &l->model->formulas[i]};
        rc_lint_each_syn(w.formula->syn, see_call, &w);
        if (w.n > 0)
            rc_lint_each_expr(l, w.formula->value, see_expr, &w);
    }
}

const rc_lint_rule rc_lint_coarse_step = {
    .name = "coarse-step",
    .summary = RC_TR("a curve that moves over 20 % of its range in one period"),
    .advice = RC_TR("Use a finer step of the timeline."),
    .check = check,
};
