/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Over more than a year, money of different years is added up as if it were the same. */
#include "lint/lint.h"

static void check(rc_lint *l) {
    const rc_model *m = l->model;
    bool absent = m->discount_rate->mark.source == NULL;
    if (m->has_flows && m->years > 1 && absent)
        rc_lint_warn(l, NULL, rc_lint_key_mark(l, NULL, "timeline"), "discount_rate: 10%",
                     "money of %g years is added up without a `discount_rate`", m->years);
}

const rc_lint_rule rc_lint_no_discount_rate = {
    .name = "no-discount-rate",
    .summary = RC_TR("a horizon over one year without a discount rate"),
    .advice = RC_TR(
        "Write the cost of capital as `discount_rate`, or `discount_rate: 0` if plain sums are meant."),
    .check = check,
};
