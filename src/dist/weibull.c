/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weibull: P(X > x) = e^(-(x / scale)^shape); x = scale e^(1/shape) with e standard exponential. */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/exponential_quantile.h"
#include "dist/fit.h"

static const rc_dist_slot parameters[] = {
    {.name = "shape", .help = RC_TR("shape, above 0; 1 is exponential")},
    {.name = "scale", .help = RC_TR("scale, above 0: the 63rd percentile")},
};
static const rc_dist_slot percentiles[] = {
    {.name = "p*", .help = RC_TR("a percentile, above 0")},
    {.name = "p*", .help = RC_TR("a higher percentile")},
};

/* ln x = ln scale + ln(e) / shape is a straight line in ln(e); widening keeps the median. */
static rc_status solve_percentiles(const double *x, const double *p, double widen, double *out,
                                   rc_error *err) {
    if (!(x[0] > 0))
        return rc_fail(err, RC_INPUT, "weibull: p%.0f %.10g must be above 0", 100 * p[0], x[0]);
    double e0 = rc_log(rc_exponential_quantile(rc_tail_of(p[0])));
    double e1 = rc_log(rc_exponential_quantile(rc_tail_of(p[1])));
    double em = rc_log(rc_exponential_quantile(0.5));
    double log0 = rc_log(x[0]), slope = (rc_log(x[1]) - log0) / (e1 - e0);
    double log_median = log0 + (em - e0) * slope;
    out[0] = 1 / (widen * slope);
    out[1] = rc_exp(log_median - em * widen * slope);
    return RC_OK;
}

static const rc_dist_form forms[] = {
    {parameters, 2, NULL},
    {percentiles, 2, solve_percentiles},
};

enum { SHAPE, SCALE, INVERSE_SHAPE, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    d->p[SHAPE] = values[0].number;
    d->p[SCALE] = values[1].number;
    d->p[INVERSE_SHAPE] = 1 / values[0].number;
    if (rc_check_positive("weibull", "shape", d->p[SHAPE], err))
        return RC_INPUT;
    return rc_check_positive("weibull", "scale", d->p[SCALE], err);
}

static double quantile(const rc_dist *d, double w) {
    return d->p[SCALE] * rc_pow(rc_exponential_quantile(w), d->p[INVERSE_SHAPE]);
}

static void quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    double scale = d->p[SCALE];
    rc_vd power = rc_splat(d->p[INVERSE_SHAPE]);
    rc_vmap_exponential_quantile(x, w, n);
    for (RC_EACH_VECTOR(i, n))
        rc_store(x + i, rc_fast_log(rc_load(x + i)) * power);
    rc_fast_vmap_exp(x, x, n);
    for (RC_EACH_LANE(i, n))
        x[i] = scale * x[i];
}

static double cdf(const rc_dist *d, double x, bool upper) {
    double y = x > 0 ? -rc_pow(x / d->p[SCALE], d->p[SHAPE]) : 0;
    return upper ? rc_exp(y) : -rc_expm1(y);
}

/* mean = scale G(1 + 1/shape); (sd/mean)^2 = G(1 + 2/shape) / G(1 + 1/shape)^2 - 1 */
static double density(const rc_dist *d, double x) {
    if (!(x > 0))
        return 0;
    double y = rc_pow(x / d->p[SCALE], d->p[SHAPE]);
    return d->p[SHAPE] * (y / x) * rc_exp(-y);
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    double g1 = rc_lgamma(1 + d->p[INVERSE_SHAPE]), g2 = rc_lgamma(1 + 2 * d->p[INVERSE_SHAPE]);
    *mean = d->p[SCALE] * rc_exp(g1);
    *sd = *mean * sqrt(rc_expm1(g2 - 2 * g1));
}

static void support(const rc_dist *d, double *low, double *high) {
    (void)d;
    *low = 0;
    *high = INFINITY;
}

static double log_density(const rc_dist *d, double x) {
    if (!(x > 0))
        return -INFINITY;
    double k = d->p[SHAPE], log_z = rc_log(x / d->p[SCALE]);
    return rc_log(k / d->p[SCALE]) + (k - 1) * log_z - rc_exp(k * log_z);
}

/* The sd of ln x is pi / (sqrt(6) shape). */
static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant;
    out->slot[0] = rc_fit_positive(1.2825498301618641 / data->sd_log);
    out->slot[1] = rc_fit_closed(data->mean, 0, INFINITY);
    return rc_fit_above(data, 0, err);
}

/* scale^shape is the mean of x^shape; powers of x / largest cannot overflow. */
static void profile(const rc_dist_data *data, rc_fit_values *v) {
    double k = v->slot[0].value, most = data->x[data->n - 1], sum = 0;
    for (size_t i = 0; i < data->n_values; i++)
        sum += data->count[i] * rc_exp(k * rc_log(data->value[i] / most));
    v->slot[1].value = most * rc_exp(rc_log(sum / (double)data->n) / k);
}

static const rc_dist_fit fit = {.start = start, .profile = profile};

static const rc_dist_oracle oracles[] = {
    {"weibull(1.5, 2)", 0.001, 0.020006670558273682, "shared cases"},
    {"weibull(1.5, 2)", 0.05, 0.27610253311256833, "shared cases"},
    {"weibull(1.5, 2)", 0.5, 1.5664395375493027, "shared cases"},
    {"weibull(1.5, 2)", 0.95, 4.156221275069114, "shared cases"},
    {"weibull(1.5, 2)", 0.999, 7.2541738246789532, "shared cases"},
    {"weibull(shape=0.7, scale=10)", 0.001, 0.00051831771691495347, "mpmath, 50 digits"},
    {"weibull(shape=0.7, scale=10)", 0.999, 158.14402072942562, "mpmath, 50 digits"},
    {"weibull(p10=3, p90=12)", 0.1, 3.0, "mpmath, 50 digits"},
    {"weibull(p10=3, p90=12)", 0.5, 6.9958512793562864, "mpmath, 50 digits"},
    {"weibull(p10=3, p90=12)", 0.9, 12.0, "mpmath, 50 digits"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_weibull) = {
    .name = "weibull",
    .summary =
        RC_TR("life of equipment or customers whose failure rate grows (shape > 1) or falls"),
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
