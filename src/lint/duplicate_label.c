/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two rows of a report with the same words cannot be told apart. Looked at are entries that get a
 * row: lines, risks, outputs, factors, and whatever is drawn. */
#include "lint/lint.h"

#include <stdlib.h>
#include <string.h>

typedef struct shown {
    const char *text, *language;
    const rc_entry *entry;
} shown;

static int compare(const void *a, const void *b) {
    const shown *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    order = order != 0 ? order : strcmp(x->language, y->language);
    return order != 0 ? order
                      : (x->entry->index > y->entry->index) - (x->entry->index < y->entry->index);
}

static void check(rc_lint *l) {
    const rc_model *m = l->model;
    bool *rows = RC_NEW(l->arena, bool, m->n_entries + 1);
    size_t n = 0, n_labels = 0;
    for (size_t i = 0; i < m->n_entries; i++) {
        rc_model_section s = m->entries[i]->section;
        rows[i] = s == RC_BENEFITS || s == RC_COSTS || s == RC_RISKS || s == RC_OUTPUTS ||
                  s == RC_FACTORS;
        n_labels += m->entries[i]->label.n + 1;
    }
    for (size_t i = 0; i < m->n_draws; i++)
        if (m->draws[i]->entry != NULL && m->draws[i]->entry->index < m->n_entries)
            rows[m->draws[i]->entry->index] = true;
    shown *labels = RC_NEW(l->arena, shown, n_labels);
    for (size_t i = 0; i < m->n_entries; i++) {
        const rc_label *label = &m->entries[i]->label;
        for (size_t k = 0; rows[i] && k < label->n; k++)
            labels[n++] = (shown){label->texts[k], label->languages[k], m->entries[i]};
        if (rows[i] && label->n == 0 && label->text != NULL)
            labels[n++] = (shown){label->text, "", m->entries[i]};
    }
    qsort(labels, n, sizeof *labels, compare);
    for (size_t i = 1; i < n; i++) {
        const shown *a = &labels[i - 1], *b = &labels[i];
        if (a->entry != b->entry && strcmp(a->text, b->text) == 0 &&
            strcmp(a->language, b->language) == 0)
            rc_lint_warn(l, b->entry, rc_lint_key_mark(l, b->entry, "label"), NULL,
                         "`%s` and `%s` are both labelled \"%.60s\"", b->entry->name,
                         a->entry->name, b->text);
    }
}

const rc_lint_rule rc_lint_duplicate_label = {
    .name = "duplicate-label",
    .summary = RC_TR("two rows of a report with the same label"),
    .advice = RC_TR("Reword one of the labels."),
    .style = true,
    .check = check,
};
