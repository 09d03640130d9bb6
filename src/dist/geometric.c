/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Geometric: failures before the first success, 0, 1, 2, ... (not the trials up to it, which are
 * one more). P(X > k) = (1 - p)^(k + 1); the same convention as R's dgeom. */
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/exponential_quantile.h"
#include "dist/fit.h"
#include "dist/step_quantile.h"

static const rc_dist_slot by_chance[] = {
    {.name = "p", .help = RC_TR("probability of success in each trial, from 1e-9 to 1")},
};
static const rc_dist_slot by_mean[] = {
    {.name = "mean", .help = RC_TR("mean number of failures, from 0 to 1e9")},
};

static rc_status solve_mean(const double *x, const double *p, double widen, double *out,
                            rc_error *err) {
    (void)p, (void)widen;
    if (!(x[0] >= 0 && x[0] < 1e9))
        return rc_fail(err, RC_INPUT, "geometric: mean is %.10g; it must be from 0 to 1e9", x[0]);
    out[0] = 1 / (1 + x[0]);
    return RC_OK;
}

static const rc_dist_form forms[] = {
    {by_chance, 1, NULL},
    {by_mean, 1, solve_mean},
};

enum { P, LOG_FAILURE, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    double p = values[0].number;
    if (!(p >= 1e-9 && p <= 1))
        return rc_fail(err, RC_INPUT, "geometric: p is %.10g; it must be from 1e-9 to 1", p);
    d->p[P] = p;
    d->p[LOG_FAILURE] = p < 1 ? rc_log1p(-p) : -INFINITY;
    return RC_OK;
}

static double cdf(const rc_dist *d, double x, bool upper) {
    double k = floor(x);
    if (k < 0)
        return upper ? 1 : 0;
    double y = (k + 1) * d->p[LOG_FAILURE];
    return upper ? rc_exp(y) : -rc_expm1(y);
}

/* The whole part of an exponential quantile, put right by the cdf where rounding matters. */
static double quantile(const rc_dist *d, double w) {
    double start = floor(rc_exponential_quantile(w) / -d->p[LOG_FAILURE]);
    return rc_step_quantile(d, w, start, 0, 1e12);
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    *mean = (1 - d->p[P]) / d->p[P];
    *sd = sqrt(1 - d->p[P]) / d->p[P];
}

static void support(const rc_dist *d, double *low, double *high) {
    *low = 0;
    *high = d->p[P] < 1 ? (double)INFINITY : 0;
}

static double log_density(const rc_dist *d, double x) {
    if (!(x >= 0 && x == floor(x)))
        return -INFINITY;
    return rc_log(d->p[P]) + (x > 0 ? x * d->p[LOG_FAILURE] : 0);
}

static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant;
    if (data->mean >= 1e9)
        return rc_fail(err, RC_INPUT, "needs a mean below 1e9, not %.10g", data->mean);
    out->slot[0] = rc_fit_closed(1 / (1 + data->mean), 0, 1);
    return RC_OK;
}

static const rc_dist_fit fit = {.start = start};

static const rc_dist_oracle oracles[] = {
    {"geometric(0.3)", 0.001, 0, "SciPy 1.10.1"},
    {"geometric(0.3)", 0.05, 0, "SciPy 1.10.1"},
    {"geometric(0.3)", 0.5, 1, "SciPy 1.10.1"},
    {"geometric(0.3)", 0.95, 8, "SciPy 1.10.1"},
    {"geometric(0.3)", 0.999, 19, "SciPy 1.10.1"},
    {"geometric(0.3)", 0.999999, 38, "SciPy 1.10.1"},
    {"geometric(mean=20)", 0.001, 0, "SciPy 1.10.1"},
    {"geometric(mean=20)", 0.05, 1, "SciPy 1.10.1"},
    {"geometric(mean=20)", 0.5, 14, "SciPy 1.10.1"},
    {"geometric(mean=20)", 0.95, 61, "SciPy 1.10.1"},
    {"geometric(mean=20)", 0.999, 141, "SciPy 1.10.1"},
    {"geometric(mean=20)", 0.999999, 283, "SciPy 1.10.1"},
    {"geometric(1e-4)", 0.001, 10, "SciPy 1.10.1"},
    {"geometric(1e-4)", 0.05, 512, "SciPy 1.10.1"},
    {"geometric(1e-4)", 0.5, 6931, "SciPy 1.10.1"},
    {"geometric(1e-4)", 0.95, 29955, "SciPy 1.10.1"},
    {"geometric(1e-4)", 0.999, 69074, "SciPy 1.10.1"},
    {"geometric(1e-4)", 0.999999, 138148, "SciPy 1.10.1"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_geometric) = {
    .name = "geometric",
    .summary = RC_TR("failures before the first success: lost pitches before the first won"),
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
