/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A simulation of what is certain says nothing that a calculator would not. */
#include "lint/lint.h"

static void check(rc_lint *l) {
    if (!l->any_random) {
        rc_lint_warn(l, NULL, l->model->tree->mark, "write ranges: 10 to 20, pert(10, 12, 20)",
                     "nothing in this model is uncertain: every trial gives the same");
        return;
    }
    for (size_t i = 0; i < l->model->n_entries; i++) {
        const rc_entry *entry = l->model->entries[i];
        if (entry->section == RC_OUTPUTS && !l->random[i])
            rc_lint_warn(l, entry, entry->mark, NULL,
                         "the output `%s` depends on no distribution and no risk", entry->name);
    }
}

const rc_lint_rule rc_lint_certain_output = {
    .name = "certain-output",
    .summary = RC_TR("an output, or a whole model, without uncertainty"),
    .advice = RC_TR("Make the inputs behind it ranges, or read it as the plain number that it is."),
    .style = true,
    .check = check,
};
