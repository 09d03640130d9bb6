/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scale: another distribution with every value multiplied by a constant. A negative one mirrors it:
 * the lower tail of one is the upper tail of the other, digit for digit. */
#include "dist/check.h"
#include "dist/moved.h"

static const rc_dist_slot parameters[] = {
    {.name = "shape", .kind = RC_SLOT_SHAPE, .help = RC_TR("the distribution to stretch")},
    {.name = "by", .help = RC_TR("what every value is multiplied by; not 0, below 0 mirrors")},
};
static const rc_dist_form forms[] = {{parameters, 2, NULL}};

static size_t size(const rc_dist_value *values) {
    (void)values;
    return 1;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    double by = d->p[0] = values[1].number;
    if (rc_check_finite("scale", "by", by, err))
        return RC_INPUT;
    if (by == 0)
        return rc_fail(err, RC_INPUT,
                       "scale: by is 0, which leaves no distribution; write the constant 0");
    return RC_OK;
}

static double map(double x, double by) {
    return x * by;
}

static double quantile(const rc_dist *d, double w) {
    double by = d->p[0];
    return map(rc_dist_quantile(d->shapes[0], by > 0 ? w : -w), by);
}

static double cdf(const rc_dist *d, double y, bool upper) {
    double by = d->p[0], x = rc_moved_back(map, by, y, by < 0, y / by);
    if (isinf(y) && by < 0) /* all of X lies on one side of it */
        return (y > 0) == upper ? 0 : 1;
    return rc_dist_cdf(d->shapes[0], x, upper == (by > 0));
}

static double density(const rc_dist *d, double y) {
    const rc_dist *child = d->shapes[0];
    double by = d->p[0];
    return child->type->density == NULL ? (double)NAN
                                        : child->type->density(child, y / by) / fabs(by);
}

static bool score(const rc_dist *d, double y, double num[3], double den[3]) {
    const rc_dist *child = d->shapes[0];
    double by = d->p[0], power = 1;
    if (child->type->score == NULL || !child->type->score(child, y / by, num, den))
        return false;
    for (int i = 0; i < 3; i++, power /= by) {
        num[i] *= power / by;
        den[i] *= power;
    }
    return true;
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    rc_dist_moments(d->shapes[0], mean, sd);
    *mean *= d->p[0];
    *sd *= fabs(d->p[0]);
}

static void support(const rc_dist *d, double *low, double *high) {
    double by = d->p[0], a, b;
    rc_dist_support(d->shapes[0], &a, &b);
    *low = by * (by > 0 ? a : b);
    *high = by * (by > 0 ? b : a);
}

static const rc_dist_oracle oracles[] = {
    {"scale(exponential(2), 100)", 0.001, 0.050025016679176676, "exponential's, times 100"},
    {"scale(exponential(2), 100)", 0.999, 345.38776394910681, "exponential's, times 100"},
    {"scale(exponential(2), -100)", 0.001, -345.38776394910681, "exponential's, mirrored"},
    {"scale(exponential(2), -100)", 0.5, -34.657359027997265, "exponential's, mirrored"},
    {"scale(exponential(2), -100)", 0.999, -0.050025016679176676, "exponential's, mirrored"},
    {"scale(poisson(3.5), 0.1)", 0.5, 0.3, "poisson's, times 0.1"},
    {"scale(poisson(3.5), -0.1)", 0.001, -1.1, "poisson's, mirrored"},
    {"scale(shift(uniform(0, 1), 2), -3)", 0.25, -8.25, "closed form"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_scale) = {
    .name = "scale",
    .summary = RC_TR("another distribution with every value multiplied: a unit, a currency"),
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
