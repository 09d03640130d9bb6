/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Probability times impact inside a line: 10 % of 200k is 20k in every trial, which nobody will
 * ever pay; as a risk it is 200k in one trial of ten, and a bar of its own. bernoulli(p) * impact
 * does vary, but has no time and no bar. Looked for in lines and in what they are made of: a
 * product with bernoulli(...), or with an input that is one, or whose name or label says
 * probability. */
#include "lint/lint.h"

#include <string.h>

static const char chances[] = "probability prob chance likelihood odds";
static const char chances_zh[] = "概率 機率 几率 幾率 可能性";
/* shares of many cases, not of one event */
static const char shares[] = "conversion convert win close closing response reply hit";
static const char shares_zh[] = "转化 轉化 成交 赢单 回复 响应";

typedef struct walk {
    rc_lint *l;
    const rc_formula *formula;
} walk;

static bool is_chance(const rc_lint *l, const rc_syn *syn) {
    if (rc_lint_is_call(syn, "bernoulli"))
        return true;
    const rc_entry *entry = syn->kind == RC_SYN_NAME ? rc_lint_find(l, syn->name) : NULL;
    if (entry == NULL || (entry->section != RC_INPUTS && entry->section != RC_FACTORS))
        return false;
    bool drawn = entry->value != NULL && entry->value->kind == RC_EXPR_DRAW &&
                 strcmp(entry->value->draw->type->name, "bernoulli") == 0;
    return drawn ||
           (rc_lint_says(entry, chances, chances_zh) && !rc_lint_says(entry, shares, shares_zh));
}

/* Factors of a * b * c: those that are chances, and all; `first` is a chance. */
static void count(const rc_lint *l, const rc_syn *syn, size_t *n_chances, size_t *n,
                  const rc_syn **first) {
    if (rc_lint_is_op(syn, "*")) {
        count(l, syn->args[0], n_chances, n, first);
        count(l, syn->args[1], n_chances, n, first);
        return;
    }
    ++*n;
    if (!is_chance(l, syn))
        return;
    ++*n_chances;
    if (*first == NULL)
        *first = syn;
}

static bool see(void *data, const rc_syn *syn) {
    const walk *w = data;
    if (!rc_lint_is_op(syn, "*"))
        return true;
    size_t n_chances = 0, n = 0;
    const rc_syn *first = NULL;
    count(w->l, syn, &n_chances, &n, &first);
    if (n_chances == 0)
        return true;
    if (n_chances < n)
        rc_lint_warn(w->l, w->formula->entry, first->mark,
                     "risks: name: {probability: 10%, impact: 200k}",
                     "`%s` times an amount: an event that happens or not is a risk", first->name);
    return false;
}

static void check(rc_lint *l) {
    static const char *const amounts[] = {"value", "yearly", "initial"};
    for (size_t i = 0; i < l->model->n_formulas; i++) {
        const rc_formula *f = &l->model->formulas[i];
        bool amount = false;
        for (size_t k = 0; k < sizeof amounts / sizeof *amounts; k++)
            amount = amount || strcmp(f->key, amounts[k]) == 0;
        if (!amount || f->entry == NULL || f->entry->risk != NULL || f->value == NULL ||
            !l->money[f->entry->index])
            continue;
        walk w = {l, f};
        rc_lint_each_syn(f->syn, see, &w);
    }
}

const rc_lint_rule rc_lint_risk_as_product = {
    .name = "risk-as-product",
    .summary = RC_TR("probability times impact inside a line, instead of a risk"),
    .advice = RC_TR("Write the event under `risks`, with its `probability` and `impact`."),
    .check = check,
};
