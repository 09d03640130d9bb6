/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Uniform on [min, max]: x = min + u (max - min), counted from the nearer end. */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/fit.h"

static const rc_dist_slot ends[] = {
    {.name = "min", .help = RC_TR("smallest value")},
    {.name = "max", .help = RC_TR("largest value, above min")},
};
static const rc_dist_slot percentiles[] = {
    {.name = "p*", .help = RC_TR("a percentile")},
    {.name = "p*", .help = RC_TR("a higher percentile")},
};

static rc_status solve_percentiles(const double *x, const double *p, double widen, double *out,
                                   rc_error *err) {
    (void)err;
    double range = (x[1] - x[0]) / (p[1] - p[0]);
    double median = x[0] + (0.5 - p[0]) * range;
    out[0] = median - 0.5 * widen * range;
    out[1] = median + 0.5 * widen * range;
    return RC_OK;
}

static const rc_dist_form forms[] = {
    {ends, 2, NULL},
    {percentiles, 2, solve_percentiles},
};

enum { LOW, HIGH, RANGE, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    double low = values[0].number, high = values[1].number;
    if (rc_check_finite("uniform", "min", low, err) || rc_check_finite("uniform", "max", high, err))
        return RC_INPUT;
    if (!(low < high))
        return rc_fail(err, RC_INPUT, "uniform: max %.10g must lie above min %.10g", high, low);
    d->p[LOW] = low;
    d->p[HIGH] = high;
    d->p[RANGE] = high - low;
    return rc_check_finite("uniform", "max - min", d->p[RANGE], err);
}

static inline double inverse(double low, double high, double range, double w) {
    return (w > 0 ? low : high) + range * w;
}

static double quantile(const rc_dist *d, double w) {
    return inverse(d->p[LOW], d->p[HIGH], d->p[RANGE], w);
}

static void quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    double low = d->p[LOW], high = d->p[HIGH], range = d->p[RANGE];
    for (RC_EACH_LANE(i, n))
        x[i] = inverse(low, high, range, w[i]);
}

static double cdf(const rc_dist *d, double x, bool upper) {
    x = x < d->p[LOW] ? d->p[LOW] : x > d->p[HIGH] ? d->p[HIGH] : x;
    return (upper ? d->p[HIGH] - x : x - d->p[LOW]) / d->p[RANGE];
}

static double density(const rc_dist *d, double x) {
    return x >= d->p[LOW] && x <= d->p[HIGH] ? 1 / d->p[RANGE] : 0;
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    *mean = d->p[LOW] + 0.5 * d->p[RANGE];
    *sd = d->p[RANGE] / sqrt(12);
}

static void support(const rc_dist *d, double *low, double *high) {
    *low = d->p[LOW];
    *high = d->p[HIGH];
}

static double log_density(const rc_dist *d, double x) {
    return x >= d->p[LOW] && x <= d->p[HIGH] ? -rc_log(d->p[RANGE]) : -INFINITY;
}

/* The most likely ends are the extremes. */
static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant, (void)err;
    double first = data->x[0], last = data->x[data->n - 1];
    out->slot[0] =
        isnan(data->lower) ? rc_fit_closed(first, -INFINITY, INFINITY) : rc_fit_known(data->lower);
    out->slot[1] =
        isnan(data->upper) ? rc_fit_closed(last, -INFINITY, INFINITY) : rc_fit_known(data->upper);
    return RC_OK;
}

static const rc_dist_fit fit = {.start = start};

static const rc_dist_oracle oracles[] = {
    {"uniform(10, 30)", 0.001, 10.02, "closed form"},
    {"uniform(10, 30)", 0.25, 15.0, "closed form"},
    {"uniform(10, 30)", 0.5, 20.0, "closed form"},
    {"uniform(10, 30)", 0.999, 29.98, "closed form"},
    {"uniform(p10=12, p90=28)", 0.05, 11.0, "closed form"},
    {"uniform(p10=12, p90=28)", 0.95, 28.999999999999999, "closed form"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_uniform) = {
    .name = "uniform",
    .summary = RC_TR("only the two ends are known: every value between them equally likely"),
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
