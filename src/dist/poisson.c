/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Poisson: a number of independent events. P(X <= k) = Q(k + 1, mean). The quantile is searched
 * from the Cornish-Fisher value mean + s z + (z^2 - 1)/6. */
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/fit.h"
#include "dist/normal_quantile.h"
#include "dist/special.h"
#include "dist/step_quantile.h"

static const rc_dist_slot parameters[] = {
    {.name = "mean", .help = RC_TR("mean number of events, from 0 to 1e9")},
};
static const rc_dist_slot by_rate[] = {
    {.name = "rate", .help = RC_TR("the same as mean: events in the time considered")},
};

static rc_status solve_rate(const double *x, const double *p, double widen, double *out,
                            rc_error *err) {
    (void)p;
    (void)widen;
    if (!(x[0] >= 0 && x[0] <= 1e9))
        return rc_fail(err, RC_INPUT, "poisson: rate is %.10g; it must be from 0 to 1e9", x[0]);
    out[0] = x[0];
    return RC_OK;
}

static const rc_dist_form forms[] = {
    {parameters, 1, NULL},
    {by_rate, 1, solve_rate},
};

static size_t size(const rc_dist_value *values) {
    (void)values;
    return 1;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    double mean = values[0].number;
    if (!(mean >= 0 && mean <= 1e9))
        return rc_fail(err, RC_INPUT, "poisson: mean is %.10g; it must be from 0 to 1e9", mean);
    d->p[0] = mean;
    return RC_OK;
}

static double cdf(const rc_dist *d, double x, bool upper) {
    double mean = d->p[0], k = floor(x);
    if (k < 0 || mean == 0 || isinf(k))
        return (k < 0) == upper ? 1 : 0;
    rc_gamma_shape shape = rc_gamma_shape_of(k + 1);
    return rc_gamma_cdf(&shape, mean, !upper);
}

static double quantile(const rc_dist *d, double w) {
    double mean = d->p[0], z = rc_normal_quantile(w);
    double start = mean + z * sqrt(mean) + (z * z - 1) / 6;
    return mean > 0 ? rc_step_quantile(d, w, start, 0, 1e10) : 0;
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    *mean = d->p[0];
    *sd = sqrt(d->p[0]);
}

static void support(const rc_dist *d, double *low, double *high) {
    *low = 0;
    *high = d->p[0] > 0 ? (double)INFINITY : 0;
}

/* The density of Q(k + 1, mean) in k; ln of mean^k e^-mean / k! as in rc_gamma_density(). */
static double log_density(const rc_dist *d, double x) {
    double mean = d->p[0];
    if (!(x >= 0 && x == floor(x)))
        return -INFINITY;
    if (x == 0 || mean == 0)
        return x == 0 ? -mean : -INFINITY;
    return rc_gamma_shape_of(x).log_scale - rc_deviance(x, mean);
}

static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant;
    if (data->mean > 1e9)
        return rc_fail(err, RC_INPUT, "needs a mean up to 1e9, not %.10g", data->mean);
    out->slot[0] = rc_fit_closed(data->mean, 0, INFINITY);
    return RC_OK;
}

static const rc_dist_fit fit = {.start = start};

static const rc_dist_oracle oracles[] = {
    {"poisson(3.5)", 0.001, 0, "mpmath, 50 digits: sum of the probabilities"},
    {"poisson(3.5)", 0.5, 3, "mpmath, 50 digits: sum of the probabilities"},
    {"poisson(3.5)", 0.999, 11, "mpmath, 50 digits: sum of the probabilities"},
    {"poisson(3.5)", 0.999999, 15, "mpmath, 50 digits: sum of the probabilities"},
    {"poisson(rate=0.05)", 0.001, 0, "mpmath, 50 digits: sum of the probabilities"},
    {"poisson(rate=0.05)", 0.5, 0, "mpmath, 50 digits: sum of the probabilities"},
    {"poisson(rate=0.05)", 0.999, 2, "mpmath, 50 digits: sum of the probabilities"},
    {"poisson(rate=0.05)", 0.999999, 3, "mpmath, 50 digits: sum of the probabilities"},
    {"poisson(mean=100000)", 0.001, 99024, "mpmath, 50 digits: sum of the probabilities"},
    {"poisson(mean=100000)", 0.5, 100000, "mpmath, 50 digits: sum of the probabilities"},
    {"poisson(mean=100000)", 0.999, 100979, "mpmath, 50 digits: sum of the probabilities"},
    {"poisson(mean=100000)", 0.999999, 101507, "mpmath, 50 digits: sum of the probabilities"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_poisson) = {
    .name = "poisson",
    .summary = RC_TR("how many independent events happen: outages, claims, new customers"),
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .discrete = true,
    .size = size,
    .init = init,
    .quantile = quantile,
    .cdf = cdf,
    .oracles = oracles,
    .moments = moments,
    .support = support,
    .log_density = log_density,
    .fit = &fit,
};
