/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An `allow` that silences nothing hides the next warning of its rule. Stands last in lint.def: it
 * asks what the rules before it left. */
#include "lint/lint.h"

static void look(rc_lint *l, const rc_entry *entry, const rc_allow *rows, size_t n, size_t first) {
    for (size_t i = 0; i < n; i++)
        if (!l->allowed[first + i] && rc_lint_rule_find(rows[i].rule) != l->rule)
            rc_lint_warn(l, entry, rows[i].mark, "remove it",
                         "nothing here would be reported as %s", rows[i].rule);
}

static void check(rc_lint *l) {
    const rc_model *m = l->model;
    for (size_t i = 0; i < m->n_entries; i++)
        look(l, m->entries[i], m->entries[i]->allow, m->entries[i]->n_allow, l->first_allow[i]);
    for (size_t i = 0; i < m->n_functions; i++) {
        const rc_entry *f = m->functions[i].entry;
        look(l, f, f->allow, f->n_allow, l->first_allow[m->n_entries + i]);
    }
    look(l, NULL, m->allow, m->n_allow, l->first_allow[m->n_entries + m->n_functions]);
}

const rc_lint_rule rc_lint_unused_allow = {
    .name = "unused-allow",
    .summary = RC_TR("an `allow` that silences nothing"),
    .advice = RC_TR("Remove it."),
    .style = true,
    .check = check,
};
