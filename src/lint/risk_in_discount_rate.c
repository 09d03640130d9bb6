/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is simulated must not be charged a second time by the rate: a Monte Carlo model is
 * discounted at what money costs, without a premium for the risks that it draws (Brealey, Myers and
 * Allen, Principles of Corporate Finance, on simulation). Looked for: a rate of 20 % or more, far
 * above what capital costs a company in a stable currency, or one made from something that is
 * called a premium or a risk, in a model in which something is uncertain. */
#include "lint/lint.h"

#include <string.h>

static const double high = 0.20;
static const char words[] = "risk premium uncertainty";
static const char words_zh[] = "风险 風險 溢价 溢價 不确定 不確定";

typedef struct walk {
    const rc_lint *l;
    const rc_syn *found;
} walk;

static bool see(void *data, const rc_syn *syn) {
    walk *w = data;
    const rc_entry *entry = syn->kind == RC_SYN_NAME ? rc_lint_find(w->l, syn->name) : NULL;
    if (entry != NULL && w->found == NULL && rc_lint_says(entry, words, words_zh))
        w->found = syn;
    return w->found == NULL;
}

static void check(rc_lint *l) {
    const rc_model *m = l->model;
    const rc_syn *syn = NULL;
    double x;
    for (size_t i = 0; i < m->n_formulas; i++)
        if ((m->formulas[i].entry == NULL || m->formulas[i].entry->body == NULL) &&
            strcmp(m->formulas[i].key, "discount_rate") == 0)
            syn = m->formulas[i].syn;
    if (syn == NULL || !l->any_random)
        return;
    walk w = {.l = l};
    rc_lint_each_syn(syn, see, &w);
    static const char hint[] = "risk is simulated here: take what money costs, without a premium";
    if (w.found != NULL)
        rc_lint_warn(l, NULL, w.found->mark, hint, "`%s` in the discount rate counts risk twice",
                     w.found->name);
    else if (rc_expr_constant(m->discount_rate, &x) && x >= high && x <= 1)
        rc_lint_warn(l, NULL, syn->mark, hint,
                     "a discount rate of %g %% seems to hold a premium for risk", 100 * x);
}

const rc_lint_rule rc_lint_risk_in_discount_rate = {
    .name = "risk-in-discount-rate",
    .summary = RC_TR("a discount rate that carries risk which is simulated as well"),
    .advice =
        RC_TR("Discount at the cost of capital without a premium for the risks of this model."),
    .check = check,
};
