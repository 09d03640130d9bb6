/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Beta on [lower, upper]: density proportional to z^(alpha-1) (1-z)^(beta-1), z = (x - lower) /
 * (upper - lower). From mean and sd: with m and s on the unit interval, alpha + beta =
 * m (1 - m) / s^2 - 1. */
#include "dist/check.h"
#include "dist/fit.h"
#include "dist/percentiles.h"
#include "dist/scaled_beta.h"

#include "core/math.h"

#define BOUND_SLOTS                                                                                \
    {.name = "lower", .optional = true, .fallback = 0, .help = RC_TR("smallest value")}, {         \
        .name = "upper", .optional = true, .fallback = 1,                                          \
        .help = RC_TR("largest value, above lower")                                                \
    }

static const rc_dist_slot parameters[] = {
    {.name = "alpha", .help = RC_TR("first shape, above 0")},
    {.name = "beta", .help = RC_TR("second shape, above 0")},
    BOUND_SLOTS,
};
static const rc_dist_slot moment_slots[] = {
    {.name = "mean", .help = RC_TR("mean, between lower and upper")},
    {.name = "sd", .help = RC_TR("standard deviation, above 0")},
    BOUND_SLOTS,
};

static const rc_dist_slot percentiles[] = {
    {.name = "p*", .help = RC_TR("a percentile, above lower")},
    {.name = "p*", .help = RC_TR("a higher percentile, below upper")},
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

/* ---- Two percentiles --------------------------------------------------------------------------
 *
 * With alpha = n s and beta = n (1 - s): for each n one s has the first percentile, and along that
 * curve the second one's probability grows with n. (Two of these have densities whose ratio turns
 * once, so their cdfs cross once inside, in the first percentile.) So n is sought on ln n, and for
 * each n the logit of s. */

typedef struct curve {
    double z[2], rest[2], p[2]; /* places in (0, 1), 1 - z, probabilities */
    double n, logit; /* the member looked at; the logit is where the next search begins */
} curve;

static rc_beta_shape member(double n, double logit) {
    double e = rc_exp(-fabs(logit)), small = n * e / (1 + e), large = n / (1 + e);
    return logit < 0 ? rc_beta_shape_of(small, large) : rc_beta_shape_of(large, small);
}

static double first_missed(const void *context, double logit) {
    const curve *c = context;
    rc_beta_shape shape = member(c->n, logit);
    return c->p[0] - rc_beta_cdf(&shape, c->z[0], c->rest[0], false);
}

static double second_missed(const void *context, double log_n) {
    curve c = *(const curve *)context;
    c.n = rc_exp(log_n);
    rc_root(first_missed, &c, c.logit, 0.2, -40, 40, &c.logit);
    rc_beta_shape shape = member(c.n, c.logit);
    return rc_beta_cdf(&shape, c.z[1], c.rest[1], false) - c.p[1];
}

static rc_status solve_curve(const double *x, const double *p, double lower, double upper,
                             double *out, rc_error *err) {
    curve c = {.p = {p[0], p[1]}};
    double logits[2], range = upper - lower, log_n;
    for (int i = 0; i < 2; i++) {
        c.z[i] = (x[i] - lower) / range;
        c.rest[i] = (upper - x[i]) / range;
        logits[i] = rc_log(c.z[i] / c.rest[i]);
    }
    double middle = 0.5 * (logits[0] + logits[1]), e = rc_exp(-fabs(middle));
    double slope = (logits[1] - logits[0]) / 2.5; /* about the sd of the logit, by 1/a + 1/b */
    double guess = -rc_log(slope * slope * (e / ((1 + e) * (1 + e))));
    c.logit = middle;
    if (!rc_root(second_missed, &c, guess, 0.7, -4, 27, &log_n))
        return rc_fail(
            err, RC_INPUT,
            "beta: p%.0f %.10g and p%.0f %.10g lie too %s for a beta from %.10g to %.10g",
            100 * p[0], x[0], 100 * p[1], x[1], log_n < 0 ? "far apart" : "close together", lower,
            upper);
    c.n = rc_exp(log_n);
    rc_root(first_missed, &c, c.logit, 0.2, -40, 40, &c.logit);
    rc_beta_shape shape = member(c.n, c.logit);
    out[0] = shape.a;
    out[1] = shape.b;
    return RC_OK;
}

/* Widening keeps the median and moves the percentile that lies further from 50 % away from it, on
 * the scale of the logit, so that it stays within the bounds. */
static rc_status solve_percentiles(const double *x, const double *p, double widen, double *out,
                                   rc_error *err) {
    double lower = out[2] = x[2], upper = out[3] = x[3];
    if (check_bounds(lower, upper, err))
        return RC_INPUT;
    for (int i = 0; i < 2; i++)
        if (!(x[i] > lower && x[i] < upper))
            return rc_fail(err, RC_INPUT,
                           "beta: p%.0f %.10g must lie between lower %.10g and upper %.10g",
                           100 * p[i], x[i], lower, upper);
    rc_status status = solve_curve(x, p, lower, upper, out, err);
    if (status != RC_OK || widen == 1)
        return status;
    bool high = p[1] - 0.5 >= 0.5 - p[0];
    double far = high ? x[1] : x[0], rest, range = upper - lower;
    rc_beta_shape shape = rc_beta_shape_of(out[0], out[1]);
    double median = rc_beta_inverse(&shape, 0.5, &rest), centre = rc_log(median / rest);
    double logit = centre + widen * (rc_log((far - lower) / (upper - far)) - centre);
    double e = rc_exp(-fabs(logit)), share = e / (1 + e);
    double moved = logit < 0 ? lower + range * share : upper - range * share;
    median = lower + range * median;
    double x2[2] = {high ? median : moved, high ? moved : median};
    double p2[2] = {high ? 0.5 : p[0], high ? p[1] : 0.5};
    return solve_curve(x2, p2, lower, upper, out, err);
}

static const rc_dist_form forms[] = {
    {parameters, 4, NULL},
    {moment_slots, 4, solve_moments},
    {percentiles, 4, solve_percentiles},
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

/* The ends are known: 0 and 1 if not given. Starts from the moments. */
static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant;
    double low = isnan(data->lower) ? 0 : data->lower, high = isnan(data->upper) ? 1 : data->upper;
    if (rc_fit_within(data, low, high, err))
        return RC_INPUT;
    double width = high - low, m = (data->mean - low) / width, s = data->sd / width;
    double sum = m * (1 - m) / (s * s) - 1, least = 0.05, a = m * sum, b = (1 - m) * sum;
    out->slot[0] = rc_fit_positive(a > least ? a : least);
    out->slot[1] = rc_fit_positive(b > least ? b : least);
    out->slot[2] = rc_fit_known(low);
    out->slot[3] = rc_fit_known(high);
    return RC_OK;
}

static const rc_dist_fit fit = {.start = start};

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
    {"beta(p10=0.092595258913128749, p90=0.51031630655149164)", 0.001, 0.0082554927877466775,
     "shared cases"},
    {"beta(p5=-9.3715009170, p50=-7.3555001670434, lower=-10, upper=0)", 0.5, -7.3555001670434,
     "as given"},
    {"beta(mean=0.5, sd=0.25)", 0.5, 0.5, "symmetry"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_beta) = {
    .name = "beta",
    .summary = RC_TR("a share or rate between two bounds: conversion, churn, utilisation"),
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .size = rc_sb_size,
    .init = init,
    .quantile = rc_sb_quantile,
    .cdf = rc_sb_cdf,
    .oracles = oracles,
    .moments = rc_sb_moments,
    .density = rc_sb_density,
    .score = rc_sb_score,
    .support = rc_sb_support,
    .log_density = rc_sb_log_density,
    .fit = &fit,
};
