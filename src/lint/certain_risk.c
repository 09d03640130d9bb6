/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A risk with probability 0 or 1 is no risk. */
#include "lint/lint.h"

static void check(rc_lint *l) {
    for (size_t i = 0; i < l->model->n_entries; i++) {
        const rc_entry *entry = l->model->entries[i];
        double x;
        if (entry->risk == NULL || entry->risk->trigger != RC_PROBABILITY ||
            !rc_expr_constant(entry->risk->chance, &x) || (x != 0 && x != 1))
            continue;
        rc_lint_warn(l, entry, entry->risk->chance->mark,
                     x == 0 ? "give it a small probability, or remove it"
                            : "write it as an ordinary line of costs",
                     "the risk `%s` has probability %g: it %s happens", entry->name, x,
                     x == 0 ? "never" : "always");
    }
}

const rc_lint_rule rc_lint_certain_risk = {
    .name = "certain-risk",
    .summary = RC_TR("a risk with probability 0 or 1"),
    .advice = RC_TR("Give it a probability between the two, or write it as an ordinary line."),
    .check = check,
};
