/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a lever that do not reach the end of its range: the end can never be chosen. */
#include "lint/lint.h"

#include <math.h>

/* 0.1 + 3 * 0.1 is not 0.4: within this share of a step the end is reached. */
static const double tolerance = 1e-6;

static void check(rc_lint *l) {
    for (size_t i = 0; i < l->model->n_entries; i++) {
        const rc_entry *entry = l->model->entries[i];
        const rc_lever *lever = entry->lever;
        const rc_yaml *step = lever != NULL && lever->n_choices == 0 && lever->step > 0
                                  ? rc_yaml_get(entry->body, "step")
                                  : NULL;
        if (step == NULL)
            continue;
        double steps = (lever->high - lever->low) / lever->step;
        if (fabs(steps - rint(steps)) > tolerance)
            rc_lint_warn(l, entry, step->mark, NULL,
                         "steps of %.10g from %.10g end at %.10g, before the %.10g of `range`",
                         lever->step, lever->low, lever->low + floor(steps) * lever->step,
                         lever->high);
    }
}

const rc_lint_rule rc_lint_uneven_step = {
    .name = "uneven-step",
    .summary = RC_TR("a lever whose steps do not reach the end of its range"),
    .advice = RC_TR("Choose a `step` that divides the range, or another end."),
    .style = true,
    .check = check,
};
