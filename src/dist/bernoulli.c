/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bernoulli: 1 with probability p, else 0; 1 lies at the upper end of u. */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/fit.h"

static const rc_dist_slot slots[] = {{.name = "p", .help = RC_TR("probability of 1, from 0 to 1")}};
static const rc_dist_form forms[] = {{slots, 1, NULL}};

static size_t size(const rc_dist_value *values) {
    (void)values;
    return 1;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    d->p[0] = values[0].number;
    if (!(d->p[0] >= 0 && d->p[0] <= 1))
        return rc_fail(err, RC_INPUT, "bernoulli: p is %.10g; a probability lies from 0 to 1",
                       d->p[0]);
    return RC_OK;
}

static inline double inverse(double p, double w) {
    bool one = w > 0 ? w > 1 - p : -w < p;
    return one ? 1 : 0;
}

static double quantile(const rc_dist *d, double w) {
    return inverse(d->p[0], w);
}

static void quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    double p = d->p[0];
    for (RC_EACH_LANE(i, n))
        x[i] = inverse(p, w[i]);
}

static double cdf(const rc_dist *d, double x, bool upper) {
    if (x < 0 || x >= 1)
        return (x < 0) == upper ? 1 : 0;
    return upper ? d->p[0] : 1 - d->p[0];
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    *mean = d->p[0];
    *sd = sqrt(d->p[0] * (1 - d->p[0]));
}

static void support(const rc_dist *d, double *low, double *high) {
    *low = d->p[0] < 1 ? 0 : 1;
    *high = d->p[0] > 0 ? 1 : 0;
}

static double log_density(const rc_dist *d, double x) {
    return x == 1 ? rc_log(d->p[0]) : x == 0 ? rc_log1p(-d->p[0]) : (double)-INFINITY;
}

static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant;
    double most = data->x[data->n - 1];
    out->slot[0] = rc_fit_closed(data->mean, 0, 1);
    return most <= 1 ? RC_OK
                     : rc_fail(err, RC_INPUT, "knows only 0 and 1; the largest is %.10g", most);
}

static const rc_dist_fit fit = {.start = start};

static const rc_dist_oracle oracles[] = {
    {"bernoulli(0.3)", 0.001, 0, "closed form"},
    {"bernoulli(0.3)", 0.69, 0, "closed form"},
    {"bernoulli(0.3)", 0.71, 1, "closed form"},
    {"bernoulli(1e-15)", 0.999999999999998, 0, "closed form"},
    {"bernoulli(1e-15)", 0.9999999999999996, 1, "closed form"},
    {"bernoulli(0)", 0.9999999999999998, 0, "closed form"},
    {"bernoulli(1)", 0.000000000000001, 1, "closed form"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_bernoulli) = {
    .name = "bernoulli",
    .summary = RC_TR("yes or no: 1 with a probability, else 0"),
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .discrete = true,
    .size = size,
    .init = init,
    .quantile = quantile,
    .cdf = cdf,
    .oracles = oracles,
    .quantile_block = quantile_block,
    .moments = moments,
    .support = support,
    .log_density = log_density,
    .fit = &fit,
};
