/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A yearly rate over 100 %, a hurdle over 1000 %, a volatility over 300 %: most likely 5 was
 * written for 5%. */
#include "lint/lint.h"

#include <string.h>

typedef struct site {
    rc_lint *l;
    const rc_formula *f;
} site;

/* gbm(100, 5, 20) */
static bool see(void *data, const rc_syn *syn) {
    static const char *const names[] = {"drift", "volatility"};
    static const double most[] = {1, 3};
    const site *s = data;
    for (size_t i = 0; rc_lint_is_call(syn, "gbm") && i < syn->n; i++) {
        const char *given = syn->arg_names != NULL ? syn->arg_names[i] : NULL;
        for (size_t k = 0; k < 2; k++) {
            bool here = given != NULL ? strcmp(given, names[k]) == 0 : i == k + 1;
            double x = syn->args[i]->number;
            if (here && syn->args[i]->kind == RC_SYN_NUMBER && x > most[k])
                rc_lint_warn(s->l, s->f->entry, syn->args[i]->mark,
                             rc_arena_printf(s->l->arena, "%g %% is written %g%%", x, x),
                             "`%s` of %g is %g %% a year", names[k], x, 100 * x);
        }
    }
    return true;
}

static void check_formula(rc_lint *l, const rc_formula *f) {
    static const char *const rates[] = {"discount_rate", "finance_rate", "reinvest_rate"};
    bool top = f->entry == NULL || f->entry->body == NULL, is_rate = false;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
        is_rate = is_rate || (top && strcmp(f->key, rates[i]) == 0);
    if (f->entry != NULL && f->entry->flow != NULL && strcmp(f->key, "growth") == 0)
        is_rate = true;
    double x;
    if (is_rate && rc_expr_constant(f->value, &x) && x > 1)
        rc_lint_warn(l, f->entry, f->value->mark,
                     rc_arena_printf(l->arena, "%g %% is written %g%%", x, x),
                     "`%s` of %g is %g %% a year", f->key, x, 100 * x);
}

static void check(rc_lint *l) {
    const rc_model *m = l->model;
    for (size_t i = 0; i < m->n_formulas; i++) {
        site here = {l, &m->formulas[i]};
        check_formula(l, &m->formulas[i]);
        rc_lint_each_syn(m->formulas[i].syn, see, &here);
    }
    const rc_yaml *hurdle = rc_yaml_get(m->tree, "hurdle");
    if (hurdle != NULL && m->hurdle >= 10)
        rc_lint_warn(l, NULL, hurdle->mark,
                     rc_arena_printf(l->arena, "%g %% is written %g%%", m->hurdle, m->hurdle),
                     "`hurdle` of %g is %g %%", m->hurdle, 100 * m->hurdle);
}

const rc_lint_rule rc_lint_missing_percent = {
    .name = "missing-percent",
    .summary = RC_TR("a rate, growth, volatility or hurdle that looks like a forgotten %"),
    .advice = RC_TR("Write 5% for five percent."),
    .check = check,
};
