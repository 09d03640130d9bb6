/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logistic: P(X <= x) = 1 / (1 + e^-z), z = (x - location) / scale; z = ln(u / (1 - u)). */
#include "core/simd.h"
#include "dist/dist.h"
#include "dist/fast.h"
#include "dist/fit.h"
#include "dist/location_scale.h"

#define SD 1.81379936423421785059 /* pi / sqrt(3) */

static const rc_dist_slot parameters[] = {
    {.name = "location", .help = RC_TR("mean and median")},
    {.name = "scale", .help = RC_TR("scale, above 0: the sd is 1.81 times as large")},
};
static const rc_dist_slot by_moments[] = {
    {.name = "mean", .help = RC_TR("mean")},
    {.name = "sd", .help = RC_TR("standard deviation, above 0")},
};
static const rc_dist_slot percentiles[] = {
    {.name = "p*", .help = RC_TR("a percentile")},
    {.name = "p*", .help = RC_TR("a higher percentile")},
};

/* ln(v / (1 - v)) for v = |w|; near 1/2 the logarithm of 1 + (2 v - 1) / (1 - v). */
static double standard(double w) {
    double v = fabs(w);
    double z = v < 0.25 ? rc_log(v) - rc_log1p(-v) : rc_log1p((2 * v - 1) / (1 - v));
    return w > 0 ? z : -z;
}

static rc_status solve_moments(const double *x, const double *p, double widen, double *out,
                               rc_error *err) {
    (void)p, (void)widen;
    return rc_ls_solve_moments("logistic", 0, SD, x, out, err);
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
    return rc_ls_init("logistic", values, d, err);
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
        for (size_t i = 0; i < m; i++) {
            double v = fabs(w[from + i]);
            z[i] = v / (1 - v);
        }
        rc_fast_vmap_log(z, z, m);
        for (size_t i = 0; i < m; i++)
            x[from + i] = location + scale * (w[from + i] > 0 ? z[i] : -z[i]);
    }
}

static double cdf(const rc_dist *d, double x, bool upper) {
    double z = rc_ls_standard(d, x);
    return 1 / (1 + rc_exp(upper ? z : -z));
}

static double density(const rc_dist *d, double x) {
    double e = rc_exp(-fabs(rc_ls_standard(d, x)));
    return e / ((1 + e) * (1 + e)) / d->p[RC_LS_SCALE];
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    *mean = d->p[RC_LS_LOCATION];
    *sd = SD * d->p[RC_LS_SCALE];
}

static double log_density(const rc_dist *d, double x) {
    double size = fabs(rc_ls_standard(d, x));
    return -size - 2 * rc_log1p(rc_exp(-size)) - rc_log(d->p[RC_LS_SCALE]);
}

static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant, (void)err;
    out->slot[0] = rc_fit_real(data->median);
    out->slot[1] = rc_fit_positive(0.61 * data->spread);
    return RC_OK;
}

static const rc_dist_fit fit = {.start = start};

static const rc_dist_oracle oracles[] = {
    {"logistic(0, 1)", 1e-12, -27.63102111592755, "mpmath, 50 digits"},
    {"logistic(0, 1)", 0.001, -6.906754778648554, "mpmath, 50 digits"},
    {"logistic(0, 1)", 0.05, -2.9444389791664403, "mpmath, 50 digits"},
    {"logistic(0, 1)", 0.5, 0.0, "mpmath, 50 digits"},
    {"logistic(0, 1)", 0.95, 2.9444389791664394, "mpmath, 50 digits"},
    {"logistic(0, 1)", 0.999, 6.906754778648553, "mpmath, 50 digits"},
    {"logistic(0, 1)", 0.4999, -0.0004000000053332894, "mpmath, 50 digits"},
    {"logistic(location=100, scale=8)", 0.01, 63.23904119892328, "mpmath, 50 digits"},
    {"logistic(location=100, scale=8)", 0.3, 93.22161711690237, "mpmath, 50 digits"},
    {"logistic(location=100, scale=8)", 0.99, 136.76095880107673, "mpmath, 50 digits"},
    {"logistic(mean=50, sd=10)", 0.01, 24.66577648694546, "mpmath, 50 digits"},
    {"logistic(mean=50, sd=10)", 0.99, 75.33422351305454, "mpmath, 50 digits"},
    {"logistic(p10=5, p90=20)", 0.1, 5.0, "mpmath, 50 digits"},
    {"logistic(p10=5, p90=20)", 0.9, 20.0, "mpmath, 50 digits"},
    {"logistic(p10=5, p90=20)", 0.999, 36.07549673081852, "mpmath, 50 digits"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_logistic) = {
    .name = "logistic",
    .summary = RC_TR("bell-shaped, with somewhat more in the tails than normal"),
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
