/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correlations that cannot hold together: what is drawn is the nearest that can, which the reader
 * of the model has worked out. */
#include "lint/lint.h"

static void check(rc_lint *l) {
    for (size_t i = 0; i < l->model->n_correlated; i++) {
        const rc_correlated *c = &l->model->correlated[i];
        size_t a = c->change_of[0], b = c->change_of[1];
        if (c->change > 0)
            rc_lint_warn(l, NULL, c->change_mark, "these correlations cannot hold together",
                         "the nearest possible correlations are used: largest change between `%s` "
                         "and `%s`, asked %.3g, used %.3g",
                         c->draws[a]->entry->name, c->draws[b]->entry->name, c->asked[a * c->n + b],
                         c->used[a * c->n + b]);
    }
}

const rc_lint_rule rc_lint_impossible_correlation = {
    .name = "impossible-correlation",
    .summary = RC_TR("correlations that cannot hold together, and what is used instead"),
    .advice =
        RC_TR("Look for the pair that contradicts the others, or write the correlations used."),
    .check = check,
};
