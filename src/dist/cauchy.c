/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cauchy: density 1 / (pi scale (1 + z^2)), z = (x - location) / scale; |z| = 1 / tan(pi |w|), near
 * the median tan(pi (1/2 - |w|)). It has neither mean nor standard deviation. */
#include "core/simd.h"
#include "dist/dist.h"
#include "dist/fit.h"
#include "dist/location_scale.h"

static const rc_dist_slot parameters[] = {
    {.name = "location", .help = RC_TR("median")},
    {.name = "scale", .help = RC_TR("scale, above 0: from the median to either quartile")},
};
static const rc_dist_slot percentiles[] = {
    {.name = "p*", .help = RC_TR("a percentile")},
    {.name = "p*", .help = RC_TR("a higher percentile")},
};

static double standard(double w) {
    double v = fabs(w), z = v < 0.25 ? 1 / rc_tan(RC_PI * v) : rc_tan(RC_PI * (0.5 - v));
    return w > 0 ? -z : z;
}

static rc_status solve_percentiles(const double *x, const double *p, double widen, double *out,
                                   rc_error *err) {
    (void)err;
    return rc_ls_solve_percentiles(standard, x, p, widen, out);
}

static const rc_dist_form forms[] = {
    {parameters, 2, NULL},
    {percentiles, 2, solve_percentiles},
};

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    return rc_ls_init("cauchy", values, d, err);
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
            z[i] = RC_PI * (v < 0.25 ? v : 0.5 - v);
        }
        rc_vmap_tan(z, z, m);
        for (size_t i = 0; i < m; i++) {
            double inverse = 1 / z[i], size = fabs(w[from + i]) < 0.25 ? inverse : z[i];
            x[from + i] = location + scale * (w[from + i] > 0 ? -size : size);
        }
    }
}

static double cdf(const rc_dist *d, double x, bool upper) {
    double z = rc_ls_standard(d, x), size = fabs(z);
    double tail = size > 1 ? rc_atan(1 / size) / RC_PI : 0.5 - rc_atan(size) / RC_PI;
    return (z > 0) == upper ? tail : 1 - tail;
}

static double density(const rc_dist *d, double x) {
    double z = rc_ls_standard(d, x);
    return 1 / (RC_PI * d->p[RC_LS_SCALE] * (1 + z * z));
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    (void)d;
    *mean = *sd = NAN;
}

static double log_density(const rc_dist *d, double x) {
    double size = fabs(rc_ls_standard(d, x));
    double square = size < 1e150 ? rc_log1p(size * size) : 2 * rc_log(size);
    return -square - rc_log(RC_PI * d->p[RC_LS_SCALE]);
}

static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant, (void)err;
    out->slot[0] = rc_fit_real(data->median);
    out->slot[1] = rc_fit_positive(0.6745 * data->spread);
    return RC_OK;
}

static const rc_dist_fit fit = {.start = start};

static const rc_dist_oracle oracles[] = {
    {"cauchy(0, 1)", 1e-12, -318309886183.79065, "mpmath, 50 digits"},
    {"cauchy(0, 1)", 0.001, -318.30883898555044, "mpmath, 50 digits"},
    {"cauchy(0, 1)", 0.05, -6.313751514675043, "mpmath, 50 digits"},
    {"cauchy(0, 1)", 0.5, 0.0, "mpmath, 50 digits"},
    {"cauchy(0, 1)", 0.95, 6.313751514675038, "mpmath, 50 digits"},
    {"cauchy(0, 1)", 0.999, 318.30883898555015, "mpmath, 50 digits"},
    {"cauchy(0, 1)", 0.25, -1.0, "mpmath, 50 digits"},
    {"cauchy(0, 1)", 0.4999, -0.0003141592756943707, "mpmath, 50 digits"},
    {"cauchy(location=100, scale=8)", 0.01, -154.56412763019165, "mpmath, 50 digits"},
    {"cauchy(location=100, scale=8)", 0.3, 94.18765977595712, "mpmath, 50 digits"},
    {"cauchy(location=100, scale=8)", 0.99, 354.5641276301914, "mpmath, 50 digits"},
    {"cauchy(p25=5, p75=20)", 0.25, 5.0, "mpmath, 50 digits"},
    {"cauchy(p25=5, p75=20)", 0.75, 20.0, "mpmath, 50 digits"},
    {"cauchy(p25=5, p75=20)", 0.999, 2399.816292391626, "mpmath, 50 digits"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_cauchy) = {
    .name = "cauchy",
    .summary = RC_TR("tails so heavy that it has no mean: a stress test, hardly a forecast"),
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
