/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Normal: x = mean + sd z. */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/fit.h"
#include "dist/normal_quantile.h"

static const rc_dist_slot parameters[] = {
    {.name = "mean", .help = RC_TR("mean")},
    {.name = "sd", .help = RC_TR("standard deviation, above 0")},
};
static const rc_dist_slot percentiles[] = {
    {.name = "p*", .help = RC_TR("a percentile")},
    {.name = "p*", .help = RC_TR("a higher percentile")},
};

static rc_status solve_percentiles(const double *x, const double *p, double widen, double *out,
                                   rc_error *err) {
    (void)err;
    double z0 = rc_normal_quantile(rc_tail_of(p[0])), z1 = rc_normal_quantile(rc_tail_of(p[1]));
    double sd = (x[1] - x[0]) / (z1 - z0);
    out[0] = x[0] - z0 * sd;
    out[1] = widen * sd;
    return RC_OK;
}

static const rc_dist_form forms[] = {
    {parameters, 2, NULL},
    {percentiles, 2, solve_percentiles},
};

enum { MEAN, SD, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    d->p[MEAN] = values[0].number;
    d->p[SD] = values[1].number;
    if (rc_check_finite("normal", "mean", d->p[MEAN], err))
        return RC_INPUT;
    return rc_check_positive("normal", "sd", d->p[SD], err);
}

static double quantile(const rc_dist *d, double w) {
    return d->p[MEAN] + d->p[SD] * rc_normal_quantile(w);
}

static void quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    rc_normal_block(x, w, n, d->p[MEAN], d->p[SD]);
}

static void from_normal(const rc_dist *d, const double *z, double *x, size_t n) {
    for (RC_EACH_LANE(i, n))
        x[i] = d->p[MEAN] + d->p[SD] * z[i];
}

static double cdf(const rc_dist *d, double x, bool upper) {
    return rc_normal_cdf((x - d->p[MEAN]) / d->p[SD], upper);
}

static double density(const rc_dist *d, double x) {
    return rc_normal_density((x - d->p[MEAN]) / d->p[SD]) / d->p[SD];
}

static bool score(const rc_dist *d, double x, double num[3], double den[3]) {
    double sd = d->p[SD];
    num[0] = (d->p[MEAN] - x) / sd;
    num[1] = -1 / sd;
    den[0] = sd;
    num[2] = den[1] = den[2] = 0;
    return true;
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    *mean = d->p[MEAN];
    *sd = d->p[SD];
}

static double log_density(const rc_dist *d, double x) {
    double z = (x - d->p[MEAN]) / d->p[SD];
    return -0.5 * (z * z + RC_LN_2PI) - rc_log(d->p[SD]);
}

static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant, (void)err;
    out->slot[0] = rc_fit_closed(data->mean, -INFINITY, INFINITY);
    out->slot[1] = rc_fit_closed(data->sd, 0, INFINITY);
    return RC_OK;
}

static const rc_dist_fit fit = {.start = start};

static const rc_dist_oracle oracles[] = {
    {"normal(0, 1)", 1e-300, -37.047096299361199, "mpmath, 50 digits"},
    {"normal(0, 1)", 1e-10, -6.3613409024040562, "shared cases"},
    {"normal(0, 1)", 0.001, -3.0902323061678135, "shared cases"},
    {"normal(0, 1)", 0.05, -1.6448536269514727, "shared cases"},
    {"normal(0, 1)", 0.5, 0, "shared cases"},
    {"normal(0, 1)", 0.95, 1.6448536269514727, "shared cases"},
    {"normal(0, 1)", 0.999, 3.0902323061678135, "shared cases"},
    {"normal(mean=100, sd=15)", 0.01, 65.104781889387384, "mpmath, 50 digits"},
    {"normal(mean=100, sd=15)", 0.99, 134.89521811061261, "mpmath, 50 digits"},
    {"normal(p10=5, p90=20)", 0.1, 5.0, "mpmath, 50 digits"},
    {"normal(p10=5, p90=20)", 0.9, 20.0, "mpmath, 50 digits"},
    {"normal(p10=5, p90=20)", 0.999, 30.584908106221655, "mpmath, 50 digits"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_normal) = {
    .name = "normal",
    .summary = RC_TR("symmetric, also below 0: errors, sums of many small effects"),
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .size = size,
    .init = init,
    .quantile = quantile,
    .cdf = cdf,
    .oracles = oracles,
    .quantile_block = quantile_block,
    .tabulate = true,
    .from_normal = from_normal,
    .moments = moments,
    .density = density,
    .log_density = log_density,
    .fit = &fit,
    .score = score,
};
