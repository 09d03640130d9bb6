/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers who stay are worth their lifetime value: a line for retention and a line for lifetime
 * value count the same money twice, unless one is `net_of` the other. Told by names and labels. */
#include "lint/lint.h"

static const char retention[] =
    "retention retained retain churn attrition renewal renewals repurchase loyalty";
static const char retention_zh[] = "留存 保留 挽留 流失 续约 續約 续费 續費 复购 復購 忠诚 忠誠";
static const char lifetime[] = "lifetime clv cltv ltv";
static const char lifetime_zh[] = "终身价值 終身價值 生命周期价值 生命週期價值";

static bool is_net_of(const rc_entry *line, const rc_entry *other) {
    for (size_t i = 0; i < line->flow->n_net_of; i++)
        if (line->flow->net_of[i].line == other)
            return true;
    return false;
}

static void check(rc_lint *l) {
    const rc_entry *keeps = NULL; /* the first line for retention */
    for (size_t i = 0; i < l->model->n_entries; i++) {
        const rc_entry *entry = l->model->entries[i];
        if (entry->section == RC_BENEFITS && entry->flow->enabled && keeps == NULL &&
            rc_lint_says(entry, retention, retention_zh) &&
            !rc_lint_says(entry, lifetime, lifetime_zh))
            keeps = entry;
    }
    for (size_t i = 0; keeps != NULL && i < l->model->n_entries; i++) {
        const rc_entry *entry = l->model->entries[i];
        if (entry->section != RC_BENEFITS || !entry->flow->enabled ||
            !rc_lint_says(entry, lifetime, lifetime_zh) || is_net_of(entry, keeps) ||
            is_net_of(keeps, entry))
            continue;
        rc_lint_warn(
            l, entry, entry->mark,
            rc_arena_printf(l->arena, "keep one of them, or net_of: {%.40s: 100%%}", keeps->name),
            "`%s` and `%s` seem to count the same customers twice", entry->name, keeps->name);
    }
}

const rc_lint_rule rc_lint_double_counted_retention = {
    .name = "double-counted-retention",
    .summary = RC_TR("retention and lifetime value both counted"),
    .advice = RC_TR("Keep one of the two lines, or take the overlap off with `net_of`."),
    .check = check,
};
