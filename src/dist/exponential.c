/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exponential: P(X > x) = e^(-rate x). By position: exponential(rate). */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/exponential_quantile.h"
#include "dist/fit.h"

static const rc_dist_slot by_rate[] = {{.name = "rate", .help = RC_TR("events per unit, above 0")}};
static const rc_dist_slot by_mean[] = {{.name = "mean", .help = RC_TR("mean, above 0")}};
static const rc_dist_slot percentile[] = {{.name = "p*", .help = RC_TR("a percentile, above 0")}};

static rc_status solve_mean(const double *x, const double *p, double widen, double *out,
                            rc_error *err) {
    (void)p, (void)widen;
    if (rc_check_positive("exponential", "mean", x[0], err))
        return RC_INPUT;
    out[0] = 1 / x[0];
    return RC_OK;
}

/* One percentile fixes the only parameter; there is no spread beside the median to widen. */
static rc_status solve_percentile(const double *x, const double *p, double widen, double *out,
                                  rc_error *err) {
    if (!(x[0] > 0))
        return rc_fail(err, RC_INPUT, "exponential: p%.0f %.10g must be above 0", 100 * p[0], x[0]);
    if (widen != 1)
        return rc_fail(err, RC_INPUT,
                       "exponential: one percentile p%.0f has no spread that could be widened by "
                       "%.10g; give rate or mean, or weibull with two percentiles",
                       100 * p[0], widen);
    out[0] = rc_exponential_quantile(rc_tail_of(p[0])) / x[0];
    return RC_OK;
}

static const rc_dist_form forms[] = {
    {by_rate, 1, NULL},
    {by_mean, 1, solve_mean},
    {percentile, 1, solve_percentile},
};

enum { RATE, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    d->p[RATE] = values[0].number;
    return rc_check_positive("exponential", "rate", d->p[RATE], err);
}

static double quantile(const rc_dist *d, double w) {
    return rc_exponential_quantile(w) / d->p[RATE];
}

static void quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    double rate = d->p[RATE];
    rc_vmap_exponential_quantile(x, w, n);
    for (RC_EACH_LANE(i, n))
        x[i] = x[i] / rate;
}

static double cdf(const rc_dist *d, double x, bool upper) {
    double y = x > 0 ? -d->p[RATE] * x : 0;
    return upper ? rc_exp(y) : -rc_expm1(y);
}

static double density(const rc_dist *d, double x) {
    return x >= 0 ? d->p[RATE] * rc_exp(-d->p[RATE] * x) : 0;
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    *mean = *sd = 1 / d->p[RATE];
}

static void support(const rc_dist *d, double *low, double *high) {
    (void)d;
    *low = 0;
    *high = INFINITY;
}

static double log_density(const rc_dist *d, double x) {
    return x >= 0 ? rc_log(d->p[RATE]) - d->p[RATE] * x : -INFINITY;
}

static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant;
    out->slot[0] = rc_fit_closed(1 / data->mean, 0, INFINITY);
    return rc_fit_from(data, 0, err);
}

static const rc_dist_fit fit = {.start = start};

static const rc_dist_oracle oracles[] = {
    {"exponential(2)", 1e-12, 5.0000000000024999e-13, "mpmath, 50 digits"},
    {"exponential(2)", 0.001, 0.00050025016679176676, "mpmath, 50 digits"},
    {"exponential(2)", 0.5, 0.34657359027997265, "mpmath, 50 digits"},
    {"exponential(2)", 0.999, 3.4538776394910681, "mpmath, 50 digits"},
    {"exponential(2)", 0.999999, 6.9077552789677592, "mpmath, 50 digits"},
    {"exponential(p50=3)", 0.25, 1.2451124978365314, "closed form: 3 lb(4/3)"},
    {"exponential(p50=3)", 0.875, 9, "closed form"},
    {"exponential(mean=3)", 0.1, 0.31608154697347892, "mpmath, 50 digits"},
    {"exponential(mean=3)", 0.9, 6.9077552789821377, "mpmath, 50 digits"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_exponential) = {
    .name = "exponential",
    .summary = RC_TR("time until an event that comes at a constant rate: next outage, next order"),
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
