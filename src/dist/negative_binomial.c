/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Negative binomial: failures before success number r, 0, 1, 2, ...; r need not be whole (a Poisson
 * whose mean is gamma-distributed with shape r). P(X <= k) = I_p(r, k + 1). The same convention as
 * R's dnbinom and SciPy's nbinom. From the mean m: p = r / (r + m); the variance is m + m^2 / r, so
 * r = m^2 / (sd^2 - m). The quantile is searched from the Cornish-Fisher value
 * m + s z + (z^2 - 1)(2 - p)/(6 p). */
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/fit.h"
#include "dist/normal_quantile.h"
#include "dist/special.h"
#include "dist/step_quantile.h"

static const rc_dist_slot by_chance[] = {
    {.name = "r",
     .help = RC_TR("successes that are waited for, from 0.001 to 1e9, need not be whole")},
    {.name = "p", .help = RC_TR("probability of success in each trial, above 0, at most 1")},
};
static const rc_dist_slot by_mean[] = {
    {.name = "mean", .help = RC_TR("mean number of failures, from 0 to 1e9")},
    {.name = "r", .help = RC_TR("from 0.001 to 1e9: variance = mean + mean^2 / r")},
};
static const rc_dist_slot by_sd[] = {
    {.name = "mean", .help = RC_TR("mean number of failures, above 0, at most 1e9")},
    {.name = "sd", .help = RC_TR("standard deviation, above sqrt(mean)")},
};

static rc_status check_size(double r, rc_error *err) {
    if (r >= 1e-3 && r <= 1e9)
        return RC_OK;
    return rc_fail(err, RC_INPUT, "negative_binomial: r is %.10g; it must be from 0.001 to 1e9", r);
}

static rc_status check_mean(double mean, rc_error *err) {
    if (mean >= 0 && mean <= 1e9)
        return RC_OK;
    return rc_fail(err, RC_INPUT, "negative_binomial: mean is %.10g; it must be from 0 to 1e9",
                   mean);
}

static rc_status solve_mean(const double *x, const double *p, double widen, double *out,
                            rc_error *err) {
    (void)p, (void)widen;
    if (check_mean(x[0], err) || check_size(x[1], err))
        return RC_INPUT;
    out[0] = x[1];
    out[1] = x[1] / (x[1] + x[0]);
    return RC_OK;
}

static rc_status solve_sd(const double *x, const double *p, double widen, double *out,
                          rc_error *err) {
    (void)p, (void)widen;
    double mean = x[0], sd = x[1], excess = sd * sd - mean;
    if (check_mean(mean, err))
        return RC_INPUT;
    if (!(mean > 0))
        return rc_fail(err, RC_INPUT, "negative_binomial: mean is 0; with sd it must be above 0");
    if (!(sd > 0 && excess > 0))
        return rc_fail(err, RC_INPUT,
                       "negative_binomial: sd %.10g is too small for mean %.10g; it must exceed "
                       "sqrt(mean) = %.6g",
                       sd, mean, sqrt(mean));
    out[0] = mean * mean / excess;
    out[1] = mean / (sd * sd);
    if (out[0] >= 1e-3 && out[0] <= 1e9)
        return RC_OK;
    return rc_fail(err, RC_INPUT,
                   "negative_binomial: mean %.10g and sd %.10g give r = %.6g; it must be from "
                   "0.001 to 1e9",
                   mean, sd, out[0]);
}

static const rc_dist_form forms[] = {
    {by_chance, 2, NULL},
    {by_mean, 2, solve_mean},
    {by_sd, 2, solve_sd},
};

enum { R, P, MEAN, SD, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    double r = values[0].number, p = values[1].number;
    if (check_size(r, err))
        return RC_INPUT;
    if (!(p > 0 && p <= 1))
        return rc_fail(err, RC_INPUT,
                       "negative_binomial: p is %.10g; it must be above 0 and at most 1", p);
    d->p[R] = r;
    d->p[P] = p;
    d->p[MEAN] = r * (1 - p) / p;
    d->p[SD] = sqrt(r * (1 - p)) / p;
    if (d->p[MEAN] <= 1.000001e9) /* a given mean of 1e9 may come back rounded */
        return RC_OK;
    return rc_fail(err, RC_INPUT,
                   "negative_binomial: p %.10g with r %.10g gives the mean %.6g; it must be at "
                   "most 1e9",
                   p, r, d->p[MEAN]);
}

static double cdf(const rc_dist *d, double x, bool upper) {
    double k = floor(x), p = d->p[P];
    if (k < 0 || p == 1 || isinf(k))
        return (k < 0) == upper ? 1 : 0;
    rc_beta_shape shape = rc_beta_shape_of(d->p[R], k + 1);
    return rc_beta_cdf(&shape, p, 1 - p, upper);
}

static double quantile(const rc_dist *d, double w) {
    double p = d->p[P], z = rc_normal_quantile(w);
    double start = d->p[MEAN] + z * d->p[SD] + (z * z - 1) * (2 - p) / (6 * p);
    return p < 1 ? rc_step_quantile(d, w, start, 0, 1e15) : 0;
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    *mean = d->p[MEAN];
    *sd = d->p[SD];
}

static void support(const rc_dist *d, double *low, double *high) {
    *low = 0;
    *high = d->p[P] < 1 ? (double)INFINITY : 0;
}

/* P(X = k) = p^r (1-p)^(k+1) / B(r, k + 1) / ((1 - p) (r + k)), as in rc_beta_density(). */
static double log_density(const rc_dist *d, double x) {
    double r = d->p[R], p = d->p[P], n = r + x + 1;
    if (!(x >= 0 && x == floor(x)))
        return -INFINITY;
    if (p == 1)
        return x == 0 ? 0 : -INFINITY;
    return rc_beta_shape_of(r, x + 1).log_scale - rc_deviance(r, n * p) -
           rc_deviance(x + 1, n * (1 - p)) - rc_log((1 - p) * (r + x));
}

static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant;
    double mean = data->mean, excess = data->sd * data->sd - mean;
    if (!(excess > 0 && mean < 1e9))
        return rc_fail(err, RC_INPUT,
                       "needs a variance above the mean (up to 1e9); they are %.6g and %.6g",
                       data->sd * data->sd, mean);
    double r = mean * mean / excess;
    out->slot[0] = rc_fit_free(r < 0.0011 ? 0.0011 : r < 1e8 ? r : 1e8, 0.001, 1e9);
    out->slot[1] = rc_fit_closed(0.5, 0, 1);
    return RC_OK;
}

/* The mean is that of the data. */
static void profile(const rc_dist_data *data, rc_fit_values *v) {
    double r = v->slot[0].value;
    v->slot[1].value = r / (r + data->mean);
}

static const rc_dist_fit fit = {.start = start, .profile = profile};

static const rc_dist_oracle oracles[] = {
    {"negative_binomial(5, 0.4)", 0.001, 0, "SciPy 1.10.1"},
    {"negative_binomial(5, 0.4)", 0.05, 2, "SciPy 1.10.1"},
    {"negative_binomial(5, 0.4)", 0.5, 7, "SciPy 1.10.1"},
    {"negative_binomial(5, 0.4)", 0.95, 16, "SciPy 1.10.1"},
    {"negative_binomial(5, 0.4)", 0.999, 27, "SciPy 1.10.1"},
    {"negative_binomial(5, 0.4)", 0.999999, 43, "SciPy 1.10.1"},
    {"negative_binomial(0.5, 0.1)", 0.001, 0, "SciPy 1.10.1"},
    {"negative_binomial(0.5, 0.1)", 0.05, 0, "SciPy 1.10.1"},
    {"negative_binomial(0.5, 0.1)", 0.5, 2, "SciPy 1.10.1"},
    {"negative_binomial(0.5, 0.1)", 0.95, 18, "SciPy 1.10.1"},
    {"negative_binomial(0.5, 0.1)", 0.999, 51, "SciPy 1.10.1"},
    {"negative_binomial(0.5, 0.1)", 0.999999, 113, "SciPy 1.10.1"},
    {"negative_binomial(mean=12, sd=6)", 0.001, 0, "SciPy 1.10.1"},
    {"negative_binomial(mean=12, sd=6)", 0.05, 4, "SciPy 1.10.1"},
    {"negative_binomial(mean=12, sd=6)", 0.5, 11, "SciPy 1.10.1"},
    {"negative_binomial(mean=12, sd=6)", 0.95, 23, "SciPy 1.10.1"},
    {"negative_binomial(mean=12, sd=6)", 0.999, 38, "SciPy 1.10.1"},
    {"negative_binomial(mean=12, sd=6)", 0.999999, 60, "SciPy 1.10.1"},
    {"negative_binomial(mean=12, r=2.5)", 0.001, 0, "SciPy 1.10.1"},
    {"negative_binomial(mean=12, r=2.5)", 0.05, 2, "SciPy 1.10.1"},
    {"negative_binomial(mean=12, r=2.5)", 0.5, 10, "SciPy 1.10.1"},
    {"negative_binomial(mean=12, r=2.5)", 0.95, 28, "SciPy 1.10.1"},
    {"negative_binomial(mean=12, r=2.5)", 0.999, 53, "SciPy 1.10.1"},
    {"negative_binomial(mean=12, r=2.5)", 0.999999, 94, "SciPy 1.10.1"},
    {"negative_binomial(2000, 0.02)", 0.001, 91300, "SciPy 1.10.1"},
    {"negative_binomial(2000, 0.02)", 0.05, 94387, "SciPy 1.10.1"},
    {"negative_binomial(2000, 0.02)", 0.5, 97984, "SciPy 1.10.1"},
    {"negative_binomial(2000, 0.02)", 0.95, 101669, "SciPy 1.10.1"},
    {"negative_binomial(2000, 0.02)", 0.999, 104982, "SciPy 1.10.1"},
    {"negative_binomial(2000, 0.02)", 0.999999, 108881, "SciPy 1.10.1"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_negative_binomial) = {
    .name = "negative_binomial",
    .summary = RC_TR("counts that vary more than poisson: claims, calls, defects"),
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
