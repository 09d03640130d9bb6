/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Beta on [lower, upper]: density proportional to z^(alpha-1) (1-z)^(beta-1), z = (x - lower) /
 * (upper - lower). From mean and sd: with m and s on the unit interval, alpha + beta =
 * m (1 - m) / s^2 - 1. */
#include "dist/check.h"
#include "dist/scaled_beta.h"

#include "core/math.h"

#define BOUND_SLOTS                                                                                \
    {.name = "lower", .optional = true, .fallback = 0, .help = "smallest value"}, {                \
        .name = "upper", .optional = true, .fallback = 1, .help = "largest value, above lower"     \
    }

static const rc_dist_slot parameters[] = {
    {.name = "alpha", .help = "first shape, above 0"},
    {.name = "beta", .help = "second shape, above 0"},
    BOUND_SLOTS,
};
static const rc_dist_slot moment_slots[] = {
    {.name = "mean", .help = "mean, between lower and upper"},
    {.name = "sd", .help = "standard deviation, above 0"},
    BOUND_SLOTS,
};

static rc_status check_bounds(double lower, double upper, rc_error *err) {
    if (rc_check_finite("beta", "lower", lower, err) ||
        rc_check_finite("beta", "upper", upper, err))
        return RC_INPUT;
    if (!(upper > lower) || isinf(upper - lower))
        return rc_fail(err, RC_INPUT, "beta: upper %.10g must lie above lower %.10g", upper, lower);
    return RC_OK;
}

/* Widening multiplies sd; a spread that the bounds forbid is refused like any other. */
static rc_status solve_moments(const double *x, const double *p, double widen, double *out,
                               rc_error *err) {
    (void)p;
    if (check_bounds(x[2], x[3], err) || rc_check_positive("beta", "sd", x[1], err))
        return RC_INPUT;
    double width = x[3] - x[2], m = (x[0] - x[2]) / width, rest = (x[3] - x[0]) / width;
    double s = widen * x[1] / width, sum = m * rest / (s * s) - 1;
    if (!(m > 0 && rest > 0))
        return rc_fail(err, RC_INPUT,
                       "beta: mean %.10g must lie between lower %.10g and upper %.10g", x[0], x[2],
                       x[3]);
    if (!(sum > 0))
        return rc_fail(err, RC_INPUT,
                       "beta: sd %.10g is too large for mean %.10g; it must be below %.6g",
                       widen * x[1], x[0], width * sqrt(m * rest));
    out[0] = m * sum;
    out[1] = rest * sum;
    out[2] = x[2];
    out[3] = x[3];
    return RC_OK;
}

static const rc_dist_form forms[] = {
    {parameters, 4, NULL},
    {moment_slots, 4, solve_moments},
};

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    static const char *const names[] = {"alpha", "beta"};
    for (int i = 0; i < 2; i++)
        if (!(values[i].number >= 1e-3 && values[i].number <= 1e12))
            return rc_fail(err, RC_INPUT, "beta: %s is %.10g; it must be from 0.001 to 1e12",
                           names[i], values[i].number);
    if (check_bounds(values[2].number, values[3].number, err))
        return RC_INPUT;
    rc_sb_set(values[2].number, values[3].number, values[0].number, values[1].number, d);
    return RC_OK;
}

static const rc_dist_oracle oracles[] = {
    {"beta(2, 5)", 0.001, 0.0082554927877466775, "shared cases"},
    {"beta(2, 5)", 0.05, 0.06284989170835438, "shared cases"},
    {"beta(2, 5)", 0.1, 0.092595258913128749, "shared cases"},
    {"beta(2, 5)", 0.5, 0.26444998329565996, "shared cases"},
    {"beta(2, 5)", 0.9, 0.51031630655149164, "shared cases"},
    {"beta(2, 5)", 0.95, 0.58180340925202591, "shared cases"},
    {"beta(2, 5)", 0.999, 0.81861386691913397, "shared cases"},
    {"beta(0.5, 0.5)", 0.001, 2.4673990709169441e-6, "shared cases"},
    {"beta(0.5, 0.5)", 0.1, 0.024471741852423214, "shared cases"},
    {"beta(0.5, 0.5)", 0.5, 0.5, "shared cases"},
    {"beta(0.5, 0.5)", 0.999, 0.99999753260092908, "shared cases"},
    {"beta(2, 1, lower=-3, upper=7)", 0.36, 3, "closed form"},
    {"beta(mean=0.5, sd=0.25)", 0.5, 0.5, "symmetry"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_beta) = {
    .name = "beta",
    .summary = "a share or another quantity between two bounds",
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .size = rc_sb_size,
    .init = init,
    .quantile = rc_sb_quantile,
    .cdf = rc_sb_cdf,
    .oracles = oracles,
    .moments = rc_sb_moments,
    .density = rc_sb_density,
    .support = rc_sb_support,
};
