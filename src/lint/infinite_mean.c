/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pareto with a shape of at most 1, cauchy, student_t with at most one degree of freedom: a few
 * trials decide the mean, and every further run gives another one. Looked for where money comes
 * from it, unless min(...) stands around it. */
#include "lint/lint.h"

#include <math.h>

static bool has_no_mean(const rc_dist *d) {
    double mean = 0, sd = 0, low, high;
    if (rc_dist_knows_moments(d)) {
        rc_dist_moments(d, &mean, &sd);
        return !isfinite(mean);
    }
    rc_dist_support(d, &low, &high);
    bool found = false;
    for (size_t i = 0; i < d->n_shapes; i++)
        found = found || has_no_mean(d->shapes[i]);
    return found && !(isfinite(low) && isfinite(high));
}

typedef struct walk {
    rc_lint *l;
    const rc_formula *formula;
} walk;

static bool see(void *data, const rc_expr *e) {
    const walk *w = data;
    if (e->kind == RC_EXPR_OP && e->op == RC_OP_min)
        return false;
    const rc_dist *d = e->kind == RC_EXPR_DRAW ? rc_lint_typical(w->l, e->draw) : NULL;
    if (d != NULL && has_no_mean(d))
        rc_lint_warn(w->l, w->formula->entry, e->mark,
                     "set a cap: pareto(..., cap=...), truncate(..., upper=...), or min(..., ...)",
                     "this %s has no finite mean: a few trials decide the result", d->type->name);
    return true;
}

static void check(rc_lint *l) {
    for (size_t i = 0; i < l->model->n_formulas; i++) {
        walk w = {l, &l->model->formulas[i]};
        if (w.formula->entry != NULL && w.formula->entry->index < l->model->n_entries &&
            (l->money[w.formula->entry->index] || w.formula->entry->risk != NULL))
            rc_lint_each_expr(l, w.formula->value, see, &w);
    }
}

const rc_lint_rule rc_lint_infinite_mean = {
    .name = "infinite-mean",
    .summary = RC_TR("a tail so heavy that money has no mean"),
    .advice = RC_TR("Set a cap on the distribution: the largest loss or gain that can happen."),
    .check = check,
};
