/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A distribution is drawn once a trial, also in a series: beside prev the same shock comes in every
 * period. each(d) draws afresh; an input with a name says that once is meant. */
#include "lint/lint.h"

typedef struct walk {
    bool past;
    const rc_syn *draw; /* the first bare one */
} walk;

static bool see(void *data, const rc_syn *syn) {
    walk *w = data;
    w->past = w->past || rc_lint_is_past(syn);
    if (rc_lint_is_call(syn, "each"))
        return false;
    if (rc_lint_is_draw(syn) && w->draw == NULL)
        w->draw = syn;
    return true;
}

static void check(rc_lint *l) {
    for (size_t i = 0; i < l->model->n_formulas; i++) {
        const rc_formula *f = &l->model->formulas[i];
        walk w = {0};
        rc_lint_each_syn(f->syn, see, &w);
        if (w.past && w.draw != NULL)
            rc_lint_warn(l, f->entry, w.draw->mark,
                         "each(...) draws afresh in every period; an input draws once",
                         "drawn once a trial, so `prev` meets the same value in every period");
    }
}

const rc_lint_rule rc_lint_draw_beside_prev = {
    .name = "draw-beside-prev",
    .summary = RC_TR("a distribution beside `prev`, drawn once a trial"),
    .advice = RC_TR(
        "Write each(...) for a fresh draw in every period, or give the draw a name in `inputs`."),
    .check = check,
};
