/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evidence about what is the same in every trial cannot change what is believed. */
#include "lint/lint.h"

static void check(rc_lint *l) {
    for (size_t i = 0; i < l->model->n_evidence; i++) {
        const rc_expr *measure = l->model->evidence[i].measure;
        double x;
        if (rc_expr_constant(measure, &x))
            rc_lint_warn(l, NULL, measure->mark, NULL,
                         "`measure` is %g in every trial: this evidence says nothing", x);
    }
}

const rc_lint_rule rc_lint_certain_evidence = {
    .name = "certain-evidence",
    .summary = RC_TR("evidence about something that is the same in every trial"),
    .advice = RC_TR("Measure what depends on an uncertain input."),
    .style = true,
    .check = check,
};
