/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shift: another distribution with a constant added to every value. */
#include "dist/check.h"
#include "dist/moved.h"

static const rc_dist_slot parameters[] = {
    {.name = "shape", .kind = RC_SLOT_SHAPE, .help = RC_TR("the distribution to move")},
    {.name = "by", .help = RC_TR("what is added to every value")},
};
static const rc_dist_form forms[] = {{parameters, 2, NULL}};

static size_t size(const rc_dist_value *values) {
    (void)values;
    return 1;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    d->p[0] = values[1].number;
    return rc_check_finite("shift", "by", d->p[0], err);
}

static double map(double x, double by) {
    return x + by;
}

static double quantile(const rc_dist *d, double w) {
    return map(rc_dist_quantile(d->shapes[0], w), d->p[0]);
}

static double cdf(const rc_dist *d, double y, bool upper) {
    double half_ulp = isfinite(y) ? 0.5 * (nextafter(y, INFINITY) - y) : 0;
    double x = rc_moved_back(map, d->p[0], y, false, (y - d->p[0]) + half_ulp);
    return rc_dist_cdf(d->shapes[0], x, upper);
}

static double density(const rc_dist *d, double y) {
    const rc_dist *child = d->shapes[0];
    return child->type->density == NULL ? (double)NAN : child->type->density(child, y - d->p[0]);
}

static bool score(const rc_dist *d, double y, double num[3], double den[3]) {
    const rc_dist *child = d->shapes[0];
    return child->type->score != NULL && child->type->score(child, y - d->p[0], num, den);
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    rc_dist_moments(d->shapes[0], mean, sd);
    *mean += d->p[0];
}

static void support(const rc_dist *d, double *low, double *high) {
    rc_dist_support(d->shapes[0], low, high);
    *low += d->p[0];
    *high += d->p[0];
}

static const rc_dist_oracle oracles[] = {
    {"shift(exponential(2), 10)", 0.001, 10.000500250166792, "exponential's, plus 10"},
    {"shift(exponential(2), 10)", 0.5, 10.346573590279973, "exponential's, plus 10"},
    {"shift(exponential(2), 10)", 0.999, 13.453877639491068, "exponential's, plus 10"},
    {"shift(normal(0, 1), -3)", 0.05, -4.6448536269514727, "normal's, less 3"},
    {"shift(normal(0, 1), -3)", 0.95, -1.3551463730485273, "normal's, less 3"},
    {"shift(poisson(3.5), 0.1)", 0.5, 3.1, "poisson's, plus 0.1"},
    {"shift(poisson(3.5), 0.1)", 0.999, 11.1, "poisson's, plus 0.1"},
    {"shift(shift(uniform(0, 1), 2), 3)", 0.25, 5.25, "closed form"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_shift) = {
    .name = "shift",
    .summary = RC_TR("another distribution with a constant added: a fixed fee on top"),
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .size = size,
    .init = init,
    .quantile = quantile,
    .cdf = cdf,
    .oracles = oracles,
    .moments = moments,
    .density = density,
    .score = score,
    .support = support,
};
