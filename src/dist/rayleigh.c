/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rayleigh: P(X > x) = e^-(x / scale)^2 / 2; x = scale sqrt(2 e) with e standard exponential. */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/exponential_quantile.h"
#include "dist/fit.h"

#define MEAN 1.25331413731550025121 /* sqrt(pi / 2) */
#define SD   0.65513637756203355309 /* sqrt(2 - pi / 2) */

static const rc_dist_slot parameters[] = {
    {.name = "scale", .help = RC_TR("most likely value, above 0")}};
static const rc_dist_slot by_mean[] = {{.name = "mean", .help = RC_TR("mean, above 0")}};
static const rc_dist_slot percentiles[] = {{.name = "p*", .help = RC_TR("a percentile, above 0")}};

static double standard(double w) {
    return sqrt(2 * rc_exponential_quantile(w));
}

static rc_status solve_mean(const double *x, const double *p, double widen, double *out,
                            rc_error *err) {
    (void)p, (void)widen;
    if (rc_check_positive("rayleigh", "mean", x[0], err))
        return RC_INPUT;
    out[0] = x[0] / MEAN;
    return RC_OK;
}

/* One number gives all of it: its spread cannot be widened about a median that stays. */
static rc_status solve_percentile(const double *x, const double *p, double widen, double *out,
                                  rc_error *err) {
    if (!(x[0] > 0))
        return rc_fail(err, RC_INPUT, "rayleigh: p%.0f %.10g must be above 0", 100 * p[0], x[0]);
    if (widen != 1)
        return rc_fail(err, RC_INPUT,
                       "rayleigh: one percentile p%.0f has no spread that could be widened by "
                       "%.10g; give scale or mean, or weibull with two percentiles",
                       100 * p[0], widen);
    out[0] = x[0] / standard(rc_tail_of(p[0]));
    return RC_OK;
}

static const rc_dist_form forms[] = {
    {parameters, 1, NULL},
    {by_mean, 1, solve_mean},
    {percentiles, 1, solve_percentile},
};

enum { SCALE, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    d->p[SCALE] = values[0].number;
    return rc_check_positive("rayleigh", "scale", d->p[SCALE], err);
}

static double quantile(const rc_dist *d, double w) {
    return d->p[SCALE] * standard(w);
}

static void quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    rc_vd scale = rc_splat(d->p[SCALE]), two = rc_splat(2);
    rc_vmap_exponential_quantile(x, w, n);
    for (RC_EACH_VECTOR(i, n))
        rc_store(x + i, scale * rc_rows_sqrt(two * rc_load(x + i)));
}

static double cdf(const rc_dist *d, double x, bool upper) {
    double z = x > 0 ? x / d->p[SCALE] : 0, y = -0.5 * z * z;
    return upper ? rc_exp(y) : -rc_expm1(y);
}

static double density(const rc_dist *d, double x) {
    double z = x > 0 ? x / d->p[SCALE] : 0;
    return z * rc_exp(-0.5 * z * z) / d->p[SCALE];
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    *mean = MEAN * d->p[SCALE];
    *sd = SD * d->p[SCALE];
}

static void support(const rc_dist *d, double *low, double *high) {
    (void)d;
    *low = 0;
    *high = INFINITY;
}

static double log_density(const rc_dist *d, double x) {
    double z = x / d->p[SCALE];
    return x > 0 ? rc_log(z / d->p[SCALE]) - 0.5 * z * z : -INFINITY;
}

/* 2 scale^2 is the mean square. */
static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant;
    double square = data->mean * data->mean + data->sd * data->sd;
    out->slot[0] = rc_fit_closed(sqrt(0.5 * square), 0, INFINITY);
    return rc_fit_above(data, 0, err);
}

static const rc_dist_fit fit = {.start = start};

static const rc_dist_oracle oracles[] = {
    {"rayleigh(2)", 1e-12, 2.828427124746897e-06, "mpmath, 50 digits"},
    {"rayleigh(2)", 0.001, 0.08946509189995988, "mpmath, 50 digits"},
    {"rayleigh(2)", 0.05, 0.6405828245437153, "mpmath, 50 digits"},
    {"rayleigh(2)", 0.5, 2.3548200450309493, "mpmath, 50 digits"},
    {"rayleigh(2)", 0.95, 4.895493661361632, "mpmath, 50 digits"},
    {"rayleigh(2)", 0.999, 7.4338443776996765, "mpmath, 50 digits"},
    {"rayleigh(mean=10)", 0.01, 1.1312154987688092, "mpmath, 50 digits"},
    {"rayleigh(mean=10)", 0.99, 24.2146335735964, "mpmath, 50 digits"},
    {"rayleigh(p90=30)", 0.001, 0.625348380197728, "mpmath, 50 digits"},
    {"rayleigh(p90=30)", 0.9, 30.0, "mpmath, 50 digits"},
    {"rayleigh(p90=30)", 0.999, 51.96152422706631, "mpmath, 50 digits"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_rayleigh) = {
    .name = "rayleigh",
    .summary = RC_TR("a delay or distance above 0 from one number: its most likely value"),
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .size = size,
    .init = init,
    .quantile = quantile,
    .cdf = cdf,
    .oracles = oracles,
    .quantile_block = quantile_block,
    .moments = moments,
    .density = density,
    .support = support,
    .log_density = log_density,
    .fit = &fit,
};
