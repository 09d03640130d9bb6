/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What falls after the horizon is not counted. */
#include "lint/lint.h"

#include <string.h>

static void check(rc_lint *l) {
    const rc_model *m = l->model;
    for (size_t i = 0; i < m->n_formulas; i++) {
        const rc_formula *f = &m->formulas[i];
        double x;
        if (f->entry == NULL || (f->entry->flow == NULL && f->entry->risk == NULL) ||
            (strcmp(f->key, "at") != 0 && strcmp(f->key, "from") != 0))
            continue;
        if (rc_expr_constant(f->value, &x) && x > m->years)
            rc_lint_warn(l, f->entry, f->value->mark, NULL,
                         "`%s` is %g, after the horizon of %g year%s", f->key, x, m->years,
                         m->years == 1 ? "" : "s");
    }
}

const rc_lint_rule rc_lint_after_horizon = {
    .name = "after-horizon",
    .summary = RC_TR("a line or risk that begins after the horizon"),
    .advice = RC_TR("Lengthen `timeline`, or remove what is never counted."),
    .check = check,
};
