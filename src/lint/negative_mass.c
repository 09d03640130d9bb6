/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A normal distribution has no end: with a large sd a visible part (over 0.1 %) lies below zero,
 * where a price, a cost, a count or a share cannot be. Looked for by name, and in lines that are
 * nothing but one draw. */
#include "lint/lint.h"

static const char things[] =
    "price cost fee wage salary pay spend budget licence license rent count number quantity volume "
    "user seat customer client lead deal order employee head headcount hour minute day week month "
    "share rate percentage fraction probability margin duration time age size revenue sales";
static const char things_zh[] =
    "价 價 成本 费 費 工资 工資 薪 支出 预算 預算 数 數 人 客户 客戶 用户 用戶 席位 订单 訂單 小时 小時 "
    "天 周 月 份额 份額 占比 比例 率 概率 利润率 时间 時間 时长 收入 销售额 銷售額";
static const char changes[] =
    "growth change drift delta difference gain uplift effect shift return interest inflation net "
    "profit variation trend error";
static const char changes_zh[] =
    "增长 增長 变化 變化 变动 變動 差 利率 收益率 回报 回報 通胀 通脹 净 淨 利润 利潤 趋势 趨勢 误差 "
    "誤差 提升";

static void check(rc_lint *l) {
    for (size_t i = 0; i < l->model->n_entries; i++) {
        const rc_entry *entry = l->model->entries[i];
        const rc_expr *e = entry->value;
        if (e == NULL || e->kind != RC_EXPR_DRAW || e->draw->constant == NULL ||
            e->draw->type != rc_dist_find("normal"))
            continue;
        double below = rc_dist_cdf(e->draw->constant, 0, false);
        bool named =
            rc_lint_says(entry, things, things_zh) && !rc_lint_says(entry, changes, changes_zh);
        if (below > 0.001 && (named || entry->flow != NULL))
            rc_lint_warn(l, entry, e->mark,
                         "take a lognormal or pert, or truncate(normal(...), lower=0)",
                         "`%s` is below zero in %.2g %% of all trials", entry->name, 100 * below);
    }
}

const rc_lint_rule rc_lint_negative_mass = {
    .name = "negative-mass",
    .summary = RC_TR("a normal price, cost, count or share that can be negative"),
    .advice =
        RC_TR("Take a distribution that ends at zero: lognormal, pert, or truncate(..., lower=0)."),
    .check = check,
};
