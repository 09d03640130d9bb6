/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gamma: density proportional to x^(shape-1) e^(-x/scale); mean shape scale, variance shape
 * scale^2. Also by rate = 1/scale, and by mean and sd: shape = (mean/sd)^2. */
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/fit.h"
#include "dist/percentiles.h"
#include "dist/special.h"

#include "core/math.h"

static const rc_dist_slot by_scale[] = {
    {.name = "shape", .help = RC_TR("shape, above 0; 1 is exponential")},
    {.name = "scale", .optional = true, .fallback = 1, .help = RC_TR("scale, above 0")},
};
static const rc_dist_slot by_rate[] = {
    {.name = "shape", .help = RC_TR("shape, above 0")},
    {.name = "rate", .help = RC_TR("1 / scale, above 0")},
};
static const rc_dist_slot by_moments[] = {
    {.name = "mean", .help = RC_TR("mean, above 0")},
    {.name = "sd", .help = RC_TR("standard deviation, above 0")},
};

static const rc_dist_slot percentiles[] = {
    {.name = "p*", .help = RC_TR("a percentile, above 0")},
    {.name = "p*", .help = RC_TR("a higher percentile")},
};

static rc_status solve_rate(const double *x, const double *p, double widen, double *out,
                            rc_error *err) {
    (void)p;
    (void)widen;
    if (rc_check_positive("gamma", "rate", x[1], err))
        return RC_INPUT;
    out[0] = x[0];
    out[1] = 1 / x[1];
    return RC_OK;
}

static rc_status solve_moments(const double *x, const double *p, double widen, double *out,
                               rc_error *err) {
    (void)p;
    (void)widen;
    if (rc_check_positive("gamma", "mean", x[0], err) ||
        rc_check_positive("gamma", "sd", x[1], err))
        return RC_INPUT;
    double ratio = x[0] / x[1];
    out[0] = ratio * ratio;
    out[1] = x[1] / ratio;
    return RC_OK;
}

static double unit(double shape, double w) {
    rc_gamma_shape gamma = rc_gamma_shape_of(shape);
    return rc_gamma_inverse(&gamma, w);
}

static rc_status solve_percentiles(const double *x, const double *p, double widen, double *out,
                                   rc_error *err) {
    static const rc_ratio_family family = {"gamma", unit, 0.01, 1e12};
    return rc_percentiles_of_ratio(&family, x, p, widen, &out[0], &out[1], err);
}

static const rc_dist_form forms[] = {
    {by_scale, 2, NULL},
    {by_rate, 2, solve_rate},
    {by_moments, 2, solve_moments},
    {percentiles, 2, solve_percentiles},
};

enum { SHAPE, LOG_SCALE, SCALE, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    double shape = values[0].number;
    if (!(shape >= 1e-3 && shape <= 1e12))
        return rc_fail(err, RC_INPUT, "gamma: shape is %.10g; it must be from 0.001 to 1e12",
                       shape);
    d->p[SHAPE] = shape;
    d->p[LOG_SCALE] = rc_gamma_shape_of(shape).log_scale;
    d->p[SCALE] = values[1].number;
    return rc_check_positive("gamma", "scale", d->p[SCALE], err);
}

static double quantile(const rc_dist *d, double w) {
    rc_gamma_shape shape = {d->p[SHAPE], d->p[LOG_SCALE]};
    return d->p[SCALE] * rc_gamma_inverse(&shape, w);
}

static double cdf(const rc_dist *d, double x, bool upper) {
    rc_gamma_shape shape = {d->p[SHAPE], d->p[LOG_SCALE]};
    return rc_gamma_cdf(&shape, x / d->p[SCALE], upper);
}

static double density(const rc_dist *d, double x) {
    rc_gamma_shape shape = {d->p[SHAPE], d->p[LOG_SCALE]};
    return rc_gamma_density(&shape, x / d->p[SCALE]) / d->p[SCALE];
}

static bool score(const rc_dist *d, double x, double num[3], double den[3]) {
    num[0] = d->p[SHAPE] - 1 - x / d->p[SCALE];
    num[1] = -1 / d->p[SCALE];
    den[0] = x;
    den[1] = 1;
    num[2] = den[2] = 0;
    return true;
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    *mean = d->p[SHAPE] * d->p[SCALE];
    *sd = sqrt(d->p[SHAPE]) * d->p[SCALE];
}

static void support(const rc_dist *d, double *low, double *high) {
    (void)d;
    *low = 0;
    *high = INFINITY;
}

static double log_density(const rc_dist *d, double x) {
    double a = d->p[SHAPE];
    if (!(x > 0))
        return -INFINITY;
    return d->p[LOG_SCALE] - rc_deviance(a, x / d->p[SCALE]) + rc_log(a / x);
}

/* T. P. Minka, Estimating a gamma distribution, 2002: a start that is within 1.5 % */
static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant;
    if (rc_fit_above(data, 0, err))
        return RC_INPUT;
    double s = rc_log(data->mean) - data->mean_log;
    double shape = (3 - s + sqrt((s - 3) * (s - 3) + 24 * s)) / (12 * s);
    out->slot[0] = rc_fit_positive(shape > 0.0015 && shape < 1e11 ? shape : 1);
    out->slot[1] = rc_fit_closed(data->mean / out->slot[0].value, 0, INFINITY);
    return RC_OK;
}

static void profile(const rc_dist_data *data, rc_fit_values *v) {
    v->slot[1].value = data->mean / v->slot[0].value;
}

static const rc_dist_fit fit = {.start = start, .profile = profile};

static const rc_dist_oracle oracles[] = {
    {"gamma(2.5)", 0.001, 0.10510630131460958, "shared cases"},
    {"gamma(2.5)", 0.05, 0.57273811303088462, "shared cases"},
    {"gamma(2.5)", 0.1, 0.8051539934811615, "shared cases"},
    {"gamma(2.5)", 0.5, 2.1757300955477637, "shared cases"},
    {"gamma(2.5)", 0.9, 4.6181784498905592, "shared cases"},
    {"gamma(2.5)", 0.95, 5.5352488467581771, "shared cases"},
    {"gamma(2.5)", 0.999, 10.257502826216439, "shared cases"},
    {"gamma(0.5)", 0.001, 7.8539857463124494e-7, "shared cases"},
    {"gamma(0.5)", 0.5, 0.22746821155978638, "shared cases"},
    {"gamma(0.5)", 0.999, 5.4137830853313661, "shared cases"},
    {"gamma(shape=2.5, rate=0.5)", 0.9, 9.2363568997811184, "shared cases, times 2"},
    {"gamma(mean=5, sd=3.1622776601683795)", 0.5, 4.3514601910955274, "shared cases, times 2"},
    {"gamma(p10=1.610307986962323, p90=9.2363568997811184)", 0.5, 4.3514601910955274,
     "shared cases, times 2"},
    {"gamma(p5=0.57273811303088462, p50=2.1757300955477637)", 0.999, 10.257502826216439,
     "shared cases"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_gamma) = {
    .name = "gamma",
    .summary =
        RC_TR("above 0, skewed to the right: total of many claims, time until several events"),
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
    .log_density = log_density,
    .fit = &fit,
};
