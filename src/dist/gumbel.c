/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gumbel, the form for largest values: P(X <= x) = e^-e^-z, z = (x - location) / scale;
 * z = -ln(-ln u). -ln u is the standard exponential quantile of the other tail. */
#include "core/simd.h"
#include "dist/dist.h"
#include "dist/exponential_quantile.h"
#include "dist/fit.h"
#include "dist/location_scale.h"

#define EULER 0.57721566490153286061
#define SD    1.28254983016186409554 /* pi / sqrt(6) */

static const rc_dist_slot parameters[] = {
    {.name = "location", .help = RC_TR("most likely value")},
    {.name = "scale", .help = RC_TR("scale, above 0: the sd is 1.28 times as large")},
};
static const rc_dist_slot by_moments[] = {
    {.name = "mean", .help = RC_TR("mean")},
    {.name = "sd", .help = RC_TR("standard deviation, above 0")},
};
static const rc_dist_slot percentiles[] = {
    {.name = "p*", .help = RC_TR("a percentile")},
    {.name = "p*", .help = RC_TR("a higher percentile")},
};

static double standard(double w) {
    return -rc_log(rc_exponential_quantile(-w));
}

static rc_status solve_moments(const double *x, const double *p, double widen, double *out,
                               rc_error *err) {
    (void)p, (void)widen;
    return rc_ls_solve_moments("gumbel", EULER, SD, x, out, err);
}

static rc_status solve_percentiles(const double *x, const double *p, double widen, double *out,
                                   rc_error *err) {
    (void)err;
    return rc_ls_solve_percentiles(standard, x, p, widen, out);
}

static const rc_dist_form forms[] = {
    {parameters, 2, NULL},
    {by_moments, 2, solve_moments},
    {percentiles, 2, solve_percentiles},
};

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    return rc_ls_init("gumbel", values, d, err);
}

static double quantile(const rc_dist *d, double w) {
    return d->p[RC_LS_LOCATION] + d->p[RC_LS_SCALE] * standard(w);
}

static void quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    double location = d->p[RC_LS_LOCATION], scale = d->p[RC_LS_SCALE];
    for (RC_EACH_LANE(i, n))
        x[i] = -w[i];
    rc_vmap_exponential_quantile(x, x, n);
    rc_fast_vmap_log(x, x, n);
    for (RC_EACH_LANE(i, n))
        x[i] = location - scale * x[i];
}

static double cdf(const rc_dist *d, double x, bool upper) {
    double y = -rc_exp(-rc_ls_standard(d, x));
    return upper ? -rc_expm1(y) : rc_exp(y);
}

static double density(const rc_dist *d, double x) {
    double z = rc_ls_standard(d, x), e = rc_exp(-z);
    return e < INFINITY ? rc_exp(-z - e) / d->p[RC_LS_SCALE] : 0;
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    *mean = d->p[RC_LS_LOCATION] + EULER * d->p[RC_LS_SCALE];
    *sd = SD * d->p[RC_LS_SCALE];
}

static double log_density(const rc_dist *d, double x) {
    double z = rc_ls_standard(d, x);
    return -z - rc_exp(-z) - rc_log(d->p[RC_LS_SCALE]);
}

static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant, (void)err;
    out->slot[0] = rc_fit_closed(data->mean - EULER / SD * data->sd, -INFINITY, INFINITY);
    out->slot[1] = rc_fit_positive(data->sd / SD);
    return RC_OK;
}

/* e^(-location / scale) is the mean of e^(-x / scale), counted from the smallest x. */
static void profile(const rc_dist_data *data, rc_fit_values *v) {
    double scale = v->slot[1].value, first = data->x[0], sum = 0;
    for (size_t i = 0; i < data->n_values; i++)
        sum += data->count[i] * rc_exp((first - data->value[i]) / scale);
    v->slot[0].value = first - scale * rc_log(sum / (double)data->n);
}

static const rc_dist_fit fit = {.start = start, .profile = profile};

static const rc_dist_oracle oracles[] = {
    {"gumbel(0, 1)", 1e-12, -3.3189390950359563, "mpmath, 50 digits"},
    {"gumbel(0, 1)", 0.001, -1.9326447339160655, "mpmath, 50 digits"},
    {"gumbel(0, 1)", 0.05, -1.0971887003649488, "mpmath, 50 digits"},
    {"gumbel(0, 1)", 0.5, 0.36651292058166435, "mpmath, 50 digits"},
    {"gumbel(0, 1)", 0.95, 2.9701952490421637, "mpmath, 50 digits"},
    {"gumbel(0, 1)", 0.999, 6.907255070523716, "mpmath, 50 digits"},
    {"gumbel(location=100, scale=8)", 0.01, 87.78256299353679, "mpmath, 50 digits"},
    {"gumbel(location=100, scale=8)", 0.3, 98.51498592910107, "mpmath, 50 digits"},
    {"gumbel(location=100, scale=8)", 0.99, 136.80119381421264, "mpmath, 50 digits"},
    {"gumbel(mean=50, sd=10)", 0.01, 33.59209723302642, "mpmath, 50 digits"},
    {"gumbel(mean=50, sd=10)", 0.99, 81.36668429769573, "mpmath, 50 digits"},
    {"gumbel(p10=5, p90=20)", 0.1, 5.0, "mpmath, 50 digits"},
    {"gumbel(p10=5, p90=20)", 0.9, 20.0, "mpmath, 50 digits"},
    {"gumbel(p10=5, p90=20)", 0.999, 42.64729649171998, "mpmath, 50 digits"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_gumbel) = {
    .name = "gumbel",
    .summary = RC_TR("the largest of many: peak load or worst loss of a year"),
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .size = rc_ls_size,
    .init = init,
    .quantile = quantile,
    .cdf = cdf,
    .oracles = oracles,
    .quantile_block = quantile_block,
    .moments = moments,
    .density = density,
    .log_density = log_density,
    .fit = &fit,
};
