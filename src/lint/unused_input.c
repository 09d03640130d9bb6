/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A factor, input or series that no formula names changes nothing. In a list of inputs, without
 * money and outputs, the inputs are what is shown. */
#include "lint/lint.h"

static bool only_inputs(const rc_model *model) {
    const rc_entry *target = model->target;
    return target != NULL && (target->section == RC_FACTORS || target->section == RC_INPUTS);
}

static void check(rc_lint *l) {
    if (only_inputs(l->model))
        return;
    for (size_t i = 0; i < l->model->n_entries; i++) {
        const rc_entry *entry = l->model->entries[i];
        bool input = entry->section == RC_FACTORS || entry->section == RC_INPUTS ||
                     entry->section == RC_SERIES || entry->section == RC_LEVERS;
        if (input && entry->body != NULL && !l->used[i])
            rc_lint_warn(l, entry, entry->mark, NULL, "nothing uses `%s`", entry->name);
    }
}

const rc_lint_rule rc_lint_unused_input = {
    .name = "unused-input",
    .summary = RC_TR("a factor, input or series that nothing uses"),
    .advice = RC_TR("Use it in a formula, or remove it."),
    .style = true,
    .check = check,
};
