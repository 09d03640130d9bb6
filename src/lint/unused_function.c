/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A function that nothing calls, or a parameter that its formula does not name. */
#include "lint/lint.h"

static void check(rc_lint *l) {
    for (size_t i = 0; i < l->model->n_functions; i++) {
        const rc_own_function *f = &l->model->functions[i];
        if (!f->used)
            rc_lint_warn(l, f->entry, f->entry->mark, "call it, or delete it",
                         "nothing calls the function `%s`", f->entry->name);
        for (size_t k = 0; k < f->n_unused; k++)
            rc_lint_warn(l, f->entry, f->entry->mark, NULL,
                         "the function `%s` makes no use of its parameter `%s`", f->entry->name,
                         f->unused[k]);
    }
}

const rc_lint_rule rc_lint_unused_function = {
    .name = "unused-function",
    .summary = RC_TR("a function that nothing calls, or a parameter that it does not use"),
    .advice = RC_TR("Call it, or remove it."),
    .style = true,
    .check = check,
};
