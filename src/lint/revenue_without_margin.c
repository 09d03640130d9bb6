/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Revenue is not profit: delivering it costs something. */
#include "lint/lint.h"

static void check(rc_lint *l) {
    for (size_t i = 0; i < l->model->n_entries; i++) {
        const rc_entry *entry = l->model->entries[i];
        if (entry->flow != NULL && entry->flow->kind == RC_KIND_REVENUE &&
            entry->flow->margin == NULL)
            rc_lint_warn(l, entry, rc_lint_key_mark(l, entry, "kind"), "margin: 40%",
                         "the revenue `%s` has no `margin`: all of it counts as profit",
                         entry->name);
    }
}

const rc_lint_rule rc_lint_revenue_without_margin = {
    .name = "revenue-without-margin",
    .summary = RC_TR("revenue that counts as profit in full"),
    .advice = RC_TR("Give the line the `margin` that is left after what it costs to deliver."),
    .check = check,
};
