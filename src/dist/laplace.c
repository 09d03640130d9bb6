/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laplace: density e^-|z| / (2 scale), z = (x - location) / scale; |z| = -ln(2 |w|). */
#include "core/simd.h"
#include "dist/dist.h"
#include "dist/fast.h"
#include "dist/fit.h"
#include "dist/location_scale.h"

static const rc_dist_slot parameters[] = {
    {.name = "location", .help = RC_TR("mean and median: the peak")},
    {.name = "scale", .help = RC_TR("mean distance from the peak, above 0")},
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
    double z = rc_log(2 * fabs(w));
    return w > 0 ? z : -z;
}

static rc_status solve_moments(const double *x, const double *p, double widen, double *out,
                               rc_error *err) {
    (void)p, (void)widen;
    return rc_ls_solve_moments("laplace", 0, RC_SQRT2, x, out, err);
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
    return rc_ls_init("laplace", values, d, err);
}

static double quantile(const rc_dist *d, double w) {
    return d->p[RC_LS_LOCATION] + d->p[RC_LS_SCALE] * standard(w);
}

static void quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    enum { TILE = 64 };
    double location = d->p[RC_LS_LOCATION], scale = d->p[RC_LS_SCALE];
    _Alignas(64) double z[TILE];
    size_t room = RC_PADDED(n);
    for (size_t from = 0; from < room; from += TILE) {
        size_t m = room - from < TILE ? room - from : TILE;
        for (size_t i = 0; i < m; i++)
            z[i] = 2 * fabs(w[from + i]);
        rc_fast_vmap_log(z, z, m);
        for (size_t i = 0; i < m; i++)
            x[from + i] = location + scale * (w[from + i] > 0 ? z[i] : -z[i]);
    }
}

static double cdf(const rc_dist *d, double x, bool upper) {
    double z = rc_ls_standard(d, x), tail = 0.5 * rc_exp(-fabs(z));
    return (z > 0) == upper ? tail : 1 - tail;
}

static double density(const rc_dist *d, double x) {
    return 0.5 * rc_exp(-fabs(rc_ls_standard(d, x))) / d->p[RC_LS_SCALE];
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    *mean = d->p[RC_LS_LOCATION];
    *sd = RC_SQRT2 * d->p[RC_LS_SCALE];
}

static double log_density(const rc_dist *d, double x) {
    return -fabs(rc_ls_standard(d, x)) - rc_log(2 * d->p[RC_LS_SCALE]);
}

/* The median, and the mean distance from it. */
static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant, (void)err;
    double sum = 0;
    for (size_t i = 0; i < data->n_values; i++)
        sum += data->count[i] * fabs(data->value[i] - data->median);
    out->slot[0] = rc_fit_closed(data->median, -INFINITY, INFINITY);
    out->slot[1] = rc_fit_closed(sum / (double)data->n, 0, INFINITY);
    return RC_OK;
}

static const rc_dist_fit fit = {.start = start};

static const rc_dist_oracle oracles[] = {
    {"laplace(0, 1)", 1e-12, -26.937873935368604, "mpmath, 50 digits"},
    {"laplace(0, 1)", 0.001, -6.214608098422191, "mpmath, 50 digits"},
    {"laplace(0, 1)", 0.05, -2.3025850929940455, "mpmath, 50 digits"},
    {"laplace(0, 1)", 0.5, 0.0, "mpmath, 50 digits"},
    {"laplace(0, 1)", 0.95, 2.302585092994045, "mpmath, 50 digits"},
    {"laplace(0, 1)", 0.999, 6.2146080984221905, "mpmath, 50 digits"},
    {"laplace(0, 1)", 0.4999, -0.0002000200026670447, "mpmath, 50 digits"},
    {"laplace(location=100, scale=8)", 0.01, 68.70381595657483, "mpmath, 50 digits"},
    {"laplace(location=100, scale=8)", 0.3, 95.91339500987208, "mpmath, 50 digits"},
    {"laplace(location=100, scale=8)", 0.99, 131.29618404342517, "mpmath, 50 digits"},
    {"laplace(mean=50, sd=10)", 0.01, 22.3378200470398, "mpmath, 50 digits"},
    {"laplace(mean=50, sd=10)", 0.99, 77.6621799529602, "mpmath, 50 digits"},
    {"laplace(p5=5, p50=8)", 0.05, 5.0, "mpmath, 50 digits"},
    {"laplace(p5=5, p50=8)", 0.5, 8.0, "mpmath, 50 digits"},
    {"laplace(p5=5, p50=8)", 0.999, 16.096910013008056, "mpmath, 50 digits"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_laplace) = {
    .name = "laplace",
    .summary = RC_TR("a sharp peak with long tails: forecast errors, daily price changes"),
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
