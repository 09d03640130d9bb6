/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line that is a constant where nearly all lines beside it are uncertain is most often a figure
 * that somebody was too sure of. Nearly all: at least three, and at least three in four. */
#include "lint/lint.h"

static void check_section(rc_lint *l, rc_model_section section) {
    const rc_model *m = l->model;
    size_t n = 0, n_random = 0;
    for (size_t i = 0; i < m->n_entries; i++)
        if (m->entries[i]->section == section && m->entries[i]->flow->enabled) {
            n++;
            n_random += l->random[i];
        }
    if (n_random < 3 || 4 * n_random < 3 * n)
        return;
    for (size_t i = 0; i < m->n_entries; i++)
        if (m->entries[i]->section == section && m->entries[i]->flow->enabled && !l->random[i])
            rc_lint_warn(l, m->entries[i], m->entries[i]->mark, "10k to 20k",
                         "`%s` is certain, while %zu of the %zu %s are not", m->entries[i]->name,
                         n_random, n, section == RC_BENEFITS ? "benefits" : "costs");
}

static void check(rc_lint *l) {
    check_section(l, RC_BENEFITS);
    check_section(l, RC_COSTS);
}

const rc_lint_rule rc_lint_certain_line = {
    .name = "certain-line",
    .summary = RC_TR("a constant line where nearly all lines beside it are uncertain"),
    .advice = RC_TR("Give it a range, or allow it where a contract fixes the amount."),
    .style = true,
    .check = check,
};
