/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `to` binds looser than + - * /: 3 * 10 to 40 is 30 to 40. Where both ends are sums or products
 * the reading is plain (price * 0.8 to price * 1.2); where one is, parentheses say what is meant.
 */
#include "lint/lint.h"

typedef struct walk {
    rc_lint *l;
    const rc_entry *entry;
} walk;

static bool is_loose(const rc_syn *end) {
    return !end->parenthesised && (rc_lint_is_op(end, "+") || rc_lint_is_op(end, "-") ||
                                   rc_lint_is_op(end, "*") || rc_lint_is_op(end, "/"));
}

static bool see(void *data, const rc_syn *syn) {
    const walk *w = data;
    if (!rc_lint_is_op(syn, "to") || is_loose(syn->args[0]) == is_loose(syn->args[1]))
        return true;
    bool left = is_loose(syn->args[0]);
    const char *op = syn->args[left ? 0 : 1]->name;
    const char *format =
        left ? "write (a %s b) to c, or a %s (b to c)" : "write a to (b %s c), or (a to b) %s c";
    rc_lint_warn(w->l, w->entry, syn->mark, rc_arena_printf(w->l->arena, format, op, op),
                 left ? "`a %s b to c` is (a %s b) to c" : "`a to b %s c` is a to (b %s c)", op,
                 op);
    return true;
}

static void check(rc_lint *l) {
    for (size_t i = 0; i < l->model->n_formulas; i++) {
        walk w = {l, l->model->formulas[i].entry};
        rc_lint_each_syn(l->model->formulas[i].syn, see, &w);
    }
}

const rc_lint_rule rc_lint_loose_range = {
    .name = "loose-range",
    .summary = RC_TR("`3 * 10 to 40`, which is 30 to 40"),
    .advice = RC_TR("Put parentheses around the range, or around the end that is calculated."),
    .check = check,
};
