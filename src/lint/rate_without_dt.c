/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prev(x) * (1 - rate) takes the rate once a period: with quarters that is four times a year.
 * Silent with yearly steps, and where the formula, or what it names, holds dt or per_period. */
#include "lint/lint.h"

typedef struct walk {
    rc_lint *l;
    const rc_syn *product;
    bool scaled;
    unsigned depth, seen;
} walk;

enum { DEEPEST = 8, MOST_SEEN = 10000 }; /* what lies beyond gets the benefit of the doubt */

static bool is_one(const rc_syn *syn) {
    return syn->kind == RC_SYN_NUMBER && syn->number == 1;
}

/* (1 + r), (1 - r), (r + 1) */
static bool is_growth(const rc_syn *syn) {
    return (rc_lint_is_op(syn, "+") && (is_one(syn->args[0]) || is_one(syn->args[1]))) ||
           (rc_lint_is_op(syn, "-") && is_one(syn->args[0]));
}

/* One factor of a * b * c ... is like this. */
static bool has_factor(const rc_syn *syn, bool (*like)(const rc_syn *syn)) {
    if (rc_lint_is_op(syn, "*"))
        return has_factor(syn->args[0], like) || has_factor(syn->args[1], like);
    return like(syn);
}

static bool see_product(void *data, const rc_syn *syn) {
    walk *w = data;
    if (w->product == NULL && rc_lint_is_op(syn, "*") && has_factor(syn, rc_lint_is_past) &&
        has_factor(syn, is_growth))
        w->product = syn;
    return w->product == NULL;
}

static const rc_formula *value_of(const rc_lint *l, const rc_entry *entry) {
    for (size_t i = 0; i < l->model->n_formulas; i++)
        if (l->model->formulas[i].entry == entry)
            return &l->model->formulas[i]; /* `value` is read first */
    return NULL;
}

static bool see_scale(void *data, const rc_syn *syn) {
    walk *w = data;
    if (rc_lint_is_call(syn, "per_period") || (syn->kind == RC_SYN_NAME && syn->name[0] == 'd' &&
                                               syn->name[1] == 't' && syn->name[2] == '\0'))
        w->scaled = true;
    if (++w->seen > MOST_SEEN)
        w->scaled = true;
    if (w->scaled || rc_lint_is_past(syn))
        return false;
    const rc_entry *entry = syn->kind == RC_SYN_NAME ? rc_lint_find(w->l, syn->name) : NULL;
    const rc_formula *f = entry != NULL && w->depth < DEEPEST ? value_of(w->l, entry) : NULL;
    if (f != NULL) {
        w->depth++;
        rc_lint_each_syn(f->syn, see_scale, w);
        w->depth--;
    }
    return true;
}

static void check(rc_lint *l) {
    static const char *const steps[] = {[4] = "quarter", [12] = "month"};
    for (size_t i = 0; l->model->per_year > 1 && i < l->model->n_formulas; i++) {
        const rc_formula *f = &l->model->formulas[i];
        walk w = {.l = l};
        rc_lint_each_syn(f->syn, see_product, &w);
        if (w.product == NULL)
            continue;
        rc_lint_each_syn(f->syn, see_scale, &w);
        if (!w.scaled)
            rc_lint_warn(l, f->entry, w.product->mark,
                         "per_period(12%) is a yearly share, per period",
                         "the rate beside `prev` is taken every %s", steps[l->model->per_year]);
    }
}

const rc_lint_rule rc_lint_rate_without_dt = {
    .name = "rate-without-dt",
    .summary =
        RC_TR("`prev(x) * (1 - rate)` with a step below a year and neither `dt` nor `per_period`"),
    .advice = RC_TR("Write per_period(rate) for a yearly share, or rate * dt."),
    .check = check,
};
