/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chi-squared with df degrees of freedom: a gamma distribution of shape df / 2 and scale 2. */
#include "dist/dist.h"
#include "dist/fit.h"
#include "dist/special.h"

#include "core/math.h"

static const rc_dist_slot parameters[] = {
    {.name = "df", .help = RC_TR("degrees of freedom, from 0.12; also its mean")},
};
static const rc_dist_form forms[] = {{parameters, 1, NULL}};

enum { SHAPE, LOG_SCALE, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    double df = values[0].number;
    if (!(df >= 0.12 && df <= 1e12)) /* below, quantiles leave the range of numbers */
        return rc_fail(err, RC_INPUT, "chi_squared: df is %.10g; it must be from 0.12 to 1e12", df);
    d->p[SHAPE] = 0.5 * df;
    d->p[LOG_SCALE] = rc_gamma_shape_of(0.5 * df).log_scale;
    return RC_OK;
}

static rc_gamma_shape shape_of(const rc_dist *d) {
    rc_gamma_shape shape = {d->p[SHAPE], d->p[LOG_SCALE]};
    return shape;
}

static double quantile(const rc_dist *d, double w) {
    rc_gamma_shape shape = shape_of(d);
    return 2 * rc_gamma_inverse(&shape, w);
}

static double cdf(const rc_dist *d, double x, bool upper) {
    rc_gamma_shape shape = shape_of(d);
    return rc_gamma_cdf(&shape, 0.5 * x, upper);
}

static double density(const rc_dist *d, double x) {
    rc_gamma_shape shape = shape_of(d);
    return 0.5 * rc_gamma_density(&shape, 0.5 * x);
}

static bool score(const rc_dist *d, double x, double num[3], double den[3]) {
    num[0] = d->p[SHAPE] - 1 - 0.5 * x;
    num[1] = -0.5;
    den[0] = x;
    den[1] = 1;
    num[2] = den[2] = 0;
    return true;
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    *mean = 2 * d->p[SHAPE];
    *sd = 2 * sqrt(d->p[SHAPE]);
}

static void support(const rc_dist *d, double *low, double *high) {
    (void)d;
    *low = 0;
    *high = INFINITY;
}

static double log_density(const rc_dist *d, double x) {
    double a = d->p[SHAPE], z = 0.5 * x;
    if (!(x > 0))
        return -INFINITY;
    return d->p[LOG_SCALE] - rc_deviance(a, z) + rc_log(a / x);
}

static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant;
    out->slot[0] = rc_fit_free(data->mean > 0.13 ? data->mean : 0.13, 0.12, INFINITY);
    return rc_fit_above(data, 0, err);
}

static const rc_dist_fit fit = {.start = start};

static const rc_dist_oracle oracles[] = {
    {"chi_squared(5)", 1e-12, 5.124643496830536e-05, "mpmath, 50 digits"},
    {"chi_squared(5)", 0.001, 0.21021260262921918, "mpmath, 50 digits"},
    {"chi_squared(5)", 0.05, 1.1454762260617692, "mpmath, 50 digits"},
    {"chi_squared(5)", 0.5, 4.351460191095527, "mpmath, 50 digits"},
    {"chi_squared(5)", 0.95, 11.070497693516351, "mpmath, 50 digits"},
    {"chi_squared(5)", 0.999, 20.515005652432876, "mpmath, 50 digits"},
    {"chi_squared(1)", 1e-12, 1.5707963267948966e-24, "mpmath, 50 digits"},
    {"chi_squared(1)", 0.001, 1.57079714926249e-06, "mpmath, 50 digits"},
    {"chi_squared(1)", 0.05, 0.003932140000019523, "mpmath, 50 digits"},
    {"chi_squared(1)", 0.5, 0.4549364231195728, "mpmath, 50 digits"},
    {"chi_squared(1)", 0.95, 3.8414588206941245, "mpmath, 50 digits"},
    {"chi_squared(1)", 0.999, 10.827566170662731, "mpmath, 50 digits"},
    {"chi_squared(df=250)", 0.01, 200.93862345528606, "mpmath, 50 digits"},
    {"chi_squared(df=250)", 0.5, 249.33365030643904, "mpmath, 50 digits"},
    {"chi_squared(df=250)", 0.99, 304.9395557339572, "mpmath, 50 digits"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_chi_squared) = {
    .name = "chi_squared",
    .summary = RC_TR("a sum of squared normal errors: how far a sample's variance may stray"),
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
