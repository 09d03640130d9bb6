/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lognormal: ln x is normal with mean mu and standard deviation sigma; x = e^(mu + sigma z).
 * By position: lognormal(mu, sigma). mean and sd, by name, are those of x itself. A shift is added
 * to x; three percentiles fix it too (of g = (e^(sigma z) - 1) / sigma their places give sigma). */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/fast.h"
#include "dist/fit.h"
#include "dist/normal_quantile.h"
#include "dist/percentiles.h"

static const rc_dist_slot of_logarithm[] = {
    {.name = "mu", .help = RC_TR("mean of the logarithm")},
    {.name = "sigma", .help = RC_TR("standard deviation of the logarithm, above 0")},
    {.name = "shift", .optional = true, .fallback = 0, .help = RC_TR("smallest value: is added")},
};
static const rc_dist_slot by_median[] = {
    {.name = "median", .help = RC_TR("median, above 0")},
    {.name = "sigma", .help = RC_TR("standard deviation of the logarithm, above 0")},
};
static const rc_dist_slot by_mean[] = {
    {.name = "mean", .help = RC_TR("mean, above 0")},
    {.name = "sd", .help = RC_TR("standard deviation, above 0")},
};
static const rc_dist_slot percentiles[] = {
    {.name = "p*", .help = RC_TR("a percentile, above 0")},
    {.name = "p*", .help = RC_TR("a higher percentile")},
};

static const rc_dist_slot three_percentiles[] = {
    {.name = "p*", .help = RC_TR("a low percentile")},
    {.name = "p*", .help = RC_TR("a middle percentile, nearer to the low one")},
    {.name = "p*", .help = RC_TR("a high percentile")},
};

static rc_status solve_median(const double *x, const double *p, double widen, double *out,
                              rc_error *err) {
    (void)p, (void)widen;
    if (rc_check_positive("lognormal", "median", x[0], err))
        return RC_INPUT;
    out[0] = rc_log(x[0]);
    out[1] = x[1];
    out[2] = 0;
    return RC_OK;
}

static rc_status solve_mean(const double *x, const double *p, double widen, double *out,
                            rc_error *err) {
    (void)p, (void)widen;
    if (rc_check_positive("lognormal", "mean", x[0], err) ||
        rc_check_positive("lognormal", "sd", x[1], err))
        return RC_INPUT;
    double ratio = x[1] / x[0], variance = rc_log1p(ratio * ratio);
    out[0] = rc_log(x[0]) - 0.5 * variance;
    out[1] = sqrt(variance);
    out[2] = 0;
    return RC_OK;
}

static rc_status solve_percentiles(const double *x, const double *p, double widen, double *out,
                                   rc_error *err) {
    if (!(x[0] > 0))
        return rc_fail(err, RC_INPUT, "lognormal: p%.0f %.10g must be above 0", 100 * p[0], x[0]);
    double z0 = rc_normal_quantile(rc_tail_of(p[0])), z1 = rc_normal_quantile(rc_tail_of(p[1]));
    double log0 = rc_log(x[0]), sigma = (rc_log(x[1]) - log0) / (z1 - z0);
    out[0] = log0 - z0 * sigma;
    out[1] = widen * sigma;
    out[2] = 0;
    return RC_OK;
}

/* Moved by -1 for small sigma, where e^(sigma z) is near 1, and not for large ones, where it is
 * near 0: only differences count. */
static double unit(double sigma, double fixed, double w) {
    (void)fixed;
    double y = sigma * rc_normal_quantile(w);
    return (sigma < 1 ? rc_expm1(y) : rc_exp(y)) / sigma;
}

/* The spread is widened about the median, the distance of the shift with it. */
static rc_status solve_shifted(const double *x, const double *p, double widen, double *out,
                               rc_error *err) {
    static const rc_place_family family = {"lognormal", unit, NULL, 1e-5, 50, 0.5, 0.5};
    double z0 = rc_normal_quantile(rc_tail_of(p[0])), z1 = rc_normal_quantile(rc_tail_of(p[1]));
    double z2 = rc_normal_quantile(rc_tail_of(p[2]));
    double symmetric = x[0] + (z1 - z0) / (z2 - z0) * (x[2] - x[0]);
    if (!(x[1] < symmetric - 1e-5 * (x[2] - x[0])))
        return rc_fail(
            err, RC_INPUT,
            "lognormal: p%.0f %.10g must lie below %.6g, where a normal has it: the long "
            "tail is the upper one",
            100 * p[1], x[1], symmetric);
    rc_placed at;
    if (rc_percentiles_of_place(&family, 0, x, p, &at, err))
        return RC_INPUT;
    double scale = widen * at.scale / at.shape;
    out[0] = rc_log(scale);
    out[1] = at.shape;
    out[2] = at.median - scale;
    return RC_OK;
}

static const rc_dist_form forms[] = {
    {of_logarithm, 3, NULL},
    {by_median, 2, solve_median},
    {by_mean, 2, solve_mean},
    {percentiles, 2, solve_percentiles},
    {three_percentiles, 3, solve_shifted},
};

enum { MU, SIGMA, SHIFT, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    d->p[MU] = values[0].number;
    d->p[SIGMA] = values[1].number;
    d->p[SHIFT] = values[2].number;
    if (rc_check_finite("lognormal", "mu", d->p[MU], err) ||
        rc_check_finite("lognormal", "shift", d->p[SHIFT], err))
        return RC_INPUT;
    return rc_check_positive("lognormal", "sigma", d->p[SIGMA], err);
}

static double quantile(const rc_dist *d, double w) {
    return d->p[SHIFT] + rc_exp(d->p[MU] + d->p[SIGMA] * rc_normal_quantile(w));
}

static void quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    rc_normal_block(x, w, n, d->p[MU], d->p[SIGMA]);
    rc_fast_vmap_exp(x, x, n);
    double shift = d->p[SHIFT];
    if (shift != 0)
        for (RC_EACH_LANE(i, n))
            x[i] = shift + x[i];
}

static void from_normal(const rc_dist *d, const double *z, double *x, size_t n) {
    double mu = d->p[MU], sigma = d->p[SIGMA], shift = d->p[SHIFT];
    for (RC_EACH_LANE(i, n))
        x[i] = mu + sigma * z[i];
    rc_vmap_exp(x, x, n);
    for (RC_EACH_LANE(i, n))
        x[i] = shift + x[i];
}

static double cdf(const rc_dist *d, double x, bool upper) {
    x -= d->p[SHIFT];
    if (!(x > 0))
        return upper ? 1 : 0;
    return rc_normal_cdf((rc_log(x) - d->p[MU]) / d->p[SIGMA], upper);
}

static double density(const rc_dist *d, double x) {
    x -= d->p[SHIFT];
    if (!(x > 0))
        return 0;
    return rc_normal_density((rc_log(x) - d->p[MU]) / d->p[SIGMA]) / (x * d->p[SIGMA]);
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    double variance = d->p[SIGMA] * d->p[SIGMA];
    *mean = rc_exp(d->p[MU] + 0.5 * variance);
    *sd = *mean * sqrt(rc_expm1(variance));
    *mean += d->p[SHIFT];
}

static void support(const rc_dist *d, double *low, double *high) {
    *low = d->p[SHIFT];
    *high = INFINITY;
}

static double log_density(const rc_dist *d, double x) {
    x -= d->p[SHIFT];
    if (!(x > 0))
        return -INFINITY;
    double log_x = rc_log(x), z = (log_x - d->p[MU]) / d->p[SIGMA];
    return -0.5 * (z * z + RC_LN_2PI) - log_x - rc_log(d->p[SIGMA]);
}

/* The moments of ln(x - shift). The shift is the lower bound that the user knows, or 0: its
 * likelihood has no maximum (B. M. Hill, J. American Statistical Association 58, 1963). */
static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant;
    double shift = isnan(data->lower) ? 0 : data->lower, sum = 0, squares = 0;
    out->slot[SHIFT] = rc_fit_known(shift);
    if (rc_fit_above(data, shift, err))
        return RC_INPUT;
    for (size_t i = 0; i < data->n_values; i++)
        sum += data->count[i] * rc_log(data->value[i] - shift);
    double mean = sum / (double)data->n;
    for (size_t i = 0; i < data->n_values; i++) {
        double gap = rc_log(data->value[i] - shift) - mean;
        squares += data->count[i] * gap * gap;
    }
    out->slot[MU] = rc_fit_closed(mean, -INFINITY, INFINITY);
    out->slot[SIGMA] = rc_fit_closed(sqrt(squares / (double)data->n), 0, INFINITY);
    return RC_OK;
}

static const rc_dist_fit fit = {.start = start};

static const rc_dist_oracle oracles[] = {
    {"lognormal(0, 0.5)", 0.001, 0.21328709583013575, "shared cases"},
    {"lognormal(0, 0.5)", 0.05, 0.43936410492749241, "shared cases"},
    {"lognormal(0, 0.5)", 0.5, 1, "shared cases"},
    {"lognormal(0, 0.5)", 0.95, 2.2760166085143175, "shared cases"},
    {"lognormal(0, 0.5)", 0.999, 4.6885161810089594, "shared cases"},
    {"lognormal(median=120, sigma=0.25)", 0.01, 67.081263619114356, "mpmath, 50 digits"},
    {"lognormal(median=120, sigma=0.25)", 0.99, 214.6650081274977, "mpmath, 50 digits"},
    {"lognormal(mean=100, sd=40)", 0.01, 37.891518094375234, "mpmath, 50 digits"},
    {"lognormal(mean=100, sd=40)", 0.99, 227.50974594633889, "mpmath, 50 digits"},
    {"lognormal(p10=50, p90=400)", 0.1, 50.0, "mpmath, 50 digits"},
    {"lognormal(p10=50, p90=400)", 0.5, 141.4213562373095, "mpmath, 50 digits"},
    {"lognormal(p10=50, p90=400)", 0.99, 933.6542148426445, "mpmath, 50 digits"},
    {"lognormal(mu=2, sigma=0.6, shift=-3)", 0.1, 0.424888993983670031, "mpmath, 50 digits"},
    {"lognormal(mu=2, sigma=0.6, shift=-3)", 0.999, 44.1879887089082442, "mpmath, 50 digits"},
    {"lognormal(p10=0.424888993983670031, p50=4.38905609893065023, p90=12.94158237801402)", 0.999,
     44.1879887089082442, "mpmath, 50 digits"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_lognormal) = {
    .name = "lognormal",
    .summary = RC_TR("above 0 with a long upper tail: revenues, project costs, market sizes"),
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
    .support = support,
    .log_density = log_density,
    .fit = &fit,
};
