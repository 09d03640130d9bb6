/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Binomial: successes in n trials of probability p. P(X <= k) = I_{1-p}(n - k, k + 1). The quantile
 * is searched from the Cornish-Fisher value np + s z + (z^2 - 1)(1 - 2p)/6. */
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/fit.h"
#include "dist/normal_quantile.h"
#include "dist/special.h"
#include "dist/step_quantile.h"

static const rc_dist_slot parameters[] = {
    {.name = "n", .help = RC_TR("trials, a whole number from 0 to 1e9")},
    {.name = "p", .help = RC_TR("probability of success in each, from 0 to 1")},
};
static const rc_dist_form forms[] = {{parameters, 2, NULL}};

enum { N, P, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    double n = values[0].number, p = values[1].number;
    if (!(n >= 0 && n <= 1e9 && n == floor(n)))
        return rc_fail(err, RC_INPUT,
                       "binomial: n is %.10g; it must be a whole number from 0 to 1e9", n);
    if (!(p >= 0 && p <= 1))
        return rc_fail(err, RC_INPUT, "binomial: p is %.10g; it must be from 0 to 1", p);
    d->p[N] = n;
    d->p[P] = p;
    return RC_OK;
}

static double cdf(const rc_dist *d, double x, bool upper) {
    double n = d->p[N], p = d->p[P], k = floor(x);
    if (k < 0 || k >= n || p == 0 || p == 1) {
        bool below = k < (p == 1 ? n : 0); /* all the probability lies above x */
        return below == upper ? 1 : 0;
    }
    rc_beta_shape shape = rc_beta_shape_of(k + 1, n - k);
    return rc_beta_cdf(&shape, p, 1 - p, !upper);
}

static double quantile(const rc_dist *d, double w) {
    double n = d->p[N], p = d->p[P], z = rc_normal_quantile(w);
    double start = n * p + z * sqrt(n * p * (1 - p)) + (z * z - 1) * (1 - 2 * p) / 6;
    return rc_step_quantile(d, w, start, 0, n);
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    *mean = d->p[N] * d->p[P];
    *sd = sqrt(d->p[N] * d->p[P] * (1 - d->p[P]));
}

static void support(const rc_dist *d, double *low, double *high) {
    *low = d->p[P] < 1 ? 0 : d->p[N];
    *high = d->p[P] > 0 ? d->p[N] : 0;
}

/* P(X = k) = p^(k+1) q^(n-k+1) / B(k + 1, n - k + 1) / ((n + 1) p q), as in rc_beta_density(). */
static double log_density(const rc_dist *d, double x) {
    double n = d->p[N], p = d->p[P], q = 1 - p;
    if (!(x >= 0 && x <= n && x == floor(x)))
        return -INFINITY;
    if (p == 0 || q == 0)
        return x == (p == 0 ? 0 : n) ? 0 : -INFINITY;
    return rc_beta_shape_of(x + 1, n - x + 1).log_scale - rc_deviance(x + 1, (n + 2) * p) -
           rc_deviance(n - x + 1, (n + 2) * q) - rc_log((n + 1) * p * q);
}

/* Log-likelihood of n with its best p */
static double likelihood(const rc_dist_data *data, double n) {
    double p[SIZE] = {n, data->mean / n}, sum = 0;
    rc_dist d = {.p = p};
    for (size_t i = 0; i < data->n_values; i++)
        sum += data->count[i] * log_density(&d, data->value[i]);
    return sum;
}

/* The n that is best, from the largest value on: steps that double while it gets better, then
 * halving. The likelihood of n has one peak where the variance lies below the mean (B. Levin, J.
 * Reeds: Compound multinomial likelihood functions are unimodal, Annals of Statistics 5, 1977). */
static double best_trials(const rc_dist_data *data) {
    double low = data->x[data->n - 1], step = 1;
    while (low + step < 1e9 && likelihood(data, low + step) > likelihood(data, low + step - 1)) {
        low += step;
        step *= 2;
    }
    for (; step >= 1; step = floor(0.5 * step))
        if (likelihood(data, low + step) > likelihood(data, low + step - 1))
            low += step;
    return low;
}

/* --high is the number of trials, where it is known. */
static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant;
    double n = data->upper, mean = data->mean, variance = data->sd * data->sd;
    bool known = !isnan(n);
    if (known && !(n == floor(n) && n <= 1e9))
        return rc_fail(err, RC_INPUT, "needs a whole number of trials up to 1e9 as --high, not %g",
                       n);
    if (!known && !(variance < mean && data->x[data->n - 1] < 1e8))
        return rc_fail(err, RC_INPUT,
                       "needs a variance below the mean, or the number of trials as --high; "
                       "variance %.6g, mean %.6g",
                       variance, mean);
    n = known ? n : best_trials(data);
    out->slot[0] = known ? rc_fit_known(n) : rc_fit_closed(n, 0, INFINITY);
    out->slot[1] = rc_fit_closed(mean / n, 0, 1);
    return RC_OK;
}

static const rc_dist_fit fit = {.start = start};

static const rc_dist_oracle oracles[] = {
    {"binomial(10, 0.3)", 0.001, 0, "mpmath, 50 digits: sum of the probabilities"},
    {"binomial(10, 0.3)", 0.5, 3, "mpmath, 50 digits: sum of the probabilities"},
    {"binomial(10, 0.3)", 0.999, 8, "mpmath, 50 digits: sum of the probabilities"},
    {"binomial(10, 0.3)", 0.999999, 10, "mpmath, 50 digits: sum of the probabilities"},
    {"binomial(1000, 0.02)", 0.001, 8, "mpmath, 50 digits: sum of the probabilities"},
    {"binomial(1000, 0.02)", 0.5, 20, "mpmath, 50 digits: sum of the probabilities"},
    {"binomial(1000, 0.02)", 0.999, 35, "mpmath, 50 digits: sum of the probabilities"},
    {"binomial(1000, 0.02)", 0.999999, 44, "mpmath, 50 digits: sum of the probabilities"},
    {"binomial(100000, 0.7)", 0.001, 69552, "mpmath, 50 digits: sum of the probabilities"},
    {"binomial(100000, 0.7)", 0.5, 70000, "mpmath, 50 digits: sum of the probabilities"},
    {"binomial(100000, 0.7)", 0.999, 70447, "mpmath, 50 digits: sum of the probabilities"},
    {"binomial(100000, 0.7)", 0.999999, 70687, "mpmath, 50 digits: sum of the probabilities"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_binomial) = {
    .name = "binomial",
    .summary = RC_TR("how many of n independent attempts succeed: won deals, renewals"),
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
