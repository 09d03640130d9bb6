/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kumaraswamy (P. Kumaraswamy, A generalized probability density function for double-bounded random
 * processes, J. Hydrology 46, 1980): on [low, high], with z = (x - low) / (high - low),
 * P(X > x) = (1 - z^a)^b. Like beta, but with a quantile in closed form: with e standard
 * exponential, z^a = 1 - s, s = e^(-e / b). Values near high are counted from high. */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/exponential_quantile.h"
#include "dist/fit.h"
#include "dist/special.h"

static const rc_dist_slot parameters[] = {
    {.name = "a", .help = RC_TR("shape at the lower end, 0.05 to 10,000; 1 is level there")},
    {.name = "b", .help = RC_TR("shape at the upper end, likewise; a = b = 1 is uniform")},
    {.name = "low", .optional = true, .fallback = 0, .help = RC_TR("smallest value")},
    {.name = "high", .optional = true, .fallback = 1, .help = RC_TR("largest value, above low")},
};
static const rc_dist_form forms[] = {{parameters, 4, NULL}};

enum { A, B, LOW, HIGH, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    for (int i = 0; i < SIZE; i++)
        d->p[i] = values[i].number;
    for (int i = 0; i < 2; i++)
        if (!(d->p[i] >= 0.05 && d->p[i] <= 1e4)) /* below, quantiles leave the range of numbers */
            return rc_fail(err, RC_INPUT, "kumaraswamy: %s is %.10g; it must be from 0.05 to 1e4",
                           parameters[i].name, d->p[i]);
    double low = d->p[LOW], high = d->p[HIGH];
    if (rc_check_finite("kumaraswamy", "low", low, err) ||
        rc_check_finite("kumaraswamy", "high", high, err))
        return RC_INPUT;
    if (!(low < high))
        return rc_fail(err, RC_INPUT, "kumaraswamy: high %.10g must lie above low %.10g", high,
                       low);
    return rc_check_finite("kumaraswamy", "high - low", high - low, err);
}

/* ln(1 - s) from s and its complement, which has the digits that s loses near 1. */
static inline double log_of(double complement, double s) {
    double rest = complement > 0.5 ? ((1 - complement) - s) / complement : 0;
    return rc_log(complement) + rest;
}

static double quantile(const rc_dist *d, double w) {
    double y = -rc_exponential_quantile(w) / d->p[B];
    double log_z = log_of(-rc_expm1(y), rc_exp(y)) / d->p[A];
    double z = rc_exp(log_z), width = d->p[HIGH] - d->p[LOW];
    return z < 0.5 ? d->p[LOW] + width * z : d->p[HIGH] + width * rc_expm1(log_z);
}

static void quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    enum { TILE = 64 };
    double a = d->p[A], b = d->p[B], low = d->p[LOW], high = d->p[HIGH], width = high - low;
    _Alignas(64) double s[TILE], c[TILE], rest[TILE];
    size_t room = RC_PADDED(n);
    rc_vmap_exponential_quantile(x, w, n);
    for (size_t from = 0; from < room; from += TILE) {
        size_t m = room - from < TILE ? room - from : TILE;
        for (size_t i = 0; i < m; i++)
            s[i] = -x[from + i] / b;
        rc_vmap_expm1(c, s, m);
        rc_fast_vmap_exp(s, s, m);
        for (size_t i = 0; i < m; i++) {
            c[i] = -c[i];
            double lost = ((1 - c[i]) - s[i]) / c[i];
            rest[i] = c[i] > 0.5 ? lost : 0;
        }
        rc_fast_vmap_log(c, c, m);
        for (size_t i = 0; i < m; i++)
            s[i] = (c[i] + rest[i]) / a;
        rc_vmap_expm1(c, s, m);
        rc_fast_vmap_exp(s, s, m);
        for (size_t i = 0; i < m; i++) {
            double from_low = low + width * s[i], from_high = high + width * c[i];
            x[from + i] = s[i] < 0.5 ? from_low : from_high;
        }
    }
}

/* ln z, from the nearer end; x strictly between low and high */
static double log_place(const rc_dist *d, double x) {
    double low = d->p[LOW], high = d->p[HIGH], width = high - low, z = (x - low) / width;
    return z < 0.5 ? rc_log(z) : rc_log1p(-(high - x) / width);
}

/* ln P(X > x) = b ln(1 - z^a) */
static double log_upper(const rc_dist *d, double log_z) {
    double y = d->p[A] * log_z;
    return d->p[B] * log_of(-rc_expm1(y), rc_exp(y));
}

static double cdf(const rc_dist *d, double x, bool upper) {
    if (x <= d->p[LOW] || x >= d->p[HIGH])
        return (x <= d->p[LOW]) == upper ? 1 : 0;
    double y = log_upper(d, log_place(d, x));
    return upper ? rc_exp(y) : -rc_expm1(y);
}

static double density(const rc_dist *d, double x) {
    double a = d->p[A], b = d->p[B];
    if (!(x > d->p[LOW] && x < d->p[HIGH]))
        return 0;
    double log_z = log_place(d, x), y = log_upper(d, log_z) / b;
    return a * b * rc_exp((a - 1) * log_z + (b - 1) * y) / (d->p[HIGH] - d->p[LOW]);
}

/* ln(x / (x + y)) */
static double log_share(double x, double y) {
    return y < x ? rc_log1p(-y / (x + y)) : rc_log(x / (x + y));
}

/* ln E z^r = ln(b B(p, b)) with p = 1 + r/a */
static double log_raw_moment(const rc_dist *d, double r) {
    double p = 1 + r / d->p[A], b = d->p[B];
    return rc_log(b) + p * log_share(p, b) + b * log_share(b, p) - rc_beta_shape_of(p, b).log_scale;
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    double m1 = log_raw_moment(d, 1), m2 = log_raw_moment(d, 2), width = d->p[HIGH] - d->p[LOW];
    *mean = d->p[LOW] + width * rc_exp(m1);
    *sd = width * rc_exp(m1) * sqrt(rc_expm1(m2 - 2 * m1));
}

static void support(const rc_dist *d, double *low, double *high) {
    *low = d->p[LOW];
    *high = d->p[HIGH];
}

static double log_density(const rc_dist *d, double x) {
    double a = d->p[A], b = d->p[B];
    if (!(x > d->p[LOW] && x < d->p[HIGH]))
        return -INFINITY;
    double log_z = log_place(d, x), y = log_upper(d, log_z) / b;
    return rc_log(a * b / (d->p[HIGH] - d->p[LOW])) + (a - 1) * log_z + (b - 1) * y;
}

/* -1/b is the mean of ln(1 - z^a). */
static void profile(const rc_dist_data *data, rc_fit_values *v) {
    double p[SIZE] = {v->slot[A].value, 1, v->slot[LOW].value, v->slot[HIGH].value}, sum = 0;
    rc_dist unit = {.p = p};
    for (size_t i = 0; i < data->n_values; i++)
        sum -= data->count[i] * log_upper(&unit, log_place(&unit, data->value[i]));
    double b = (double)data->n / sum;
    v->slot[B].value = b < 0.05 ? 0.05 : b < 1e4 ? b : 1e4;
}

static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant;
    double low = isnan(data->lower) ? 0 : data->lower, high = isnan(data->upper) ? 1 : data->upper;
    out->slot[A] = rc_fit_free(1.5, 0.05, 1e4);
    out->slot[B] = rc_fit_closed(1.5, 0, INFINITY);
    out->slot[LOW] = rc_fit_known(low);
    out->slot[HIGH] = rc_fit_known(high);
    return rc_fit_within(data, low, high, err);
}

static const rc_dist_fit fit = {.start = start, .profile = profile};

static const rc_dist_oracle oracles[] = {
    {"kumaraswamy(2, 5)", 1e-12, 4.472135955000474e-07, "mpmath, 50 digits"},
    {"kumaraswamy(2, 5)", 0.001, 0.014144965465975008, "mpmath, 50 digits"},
    {"kumaraswamy(2, 5)", 0.05, 0.10102582992983278, "mpmath, 50 digits"},
    {"kumaraswamy(2, 5)", 0.5, 0.35979082354039527, "mpmath, 50 digits"},
    {"kumaraswamy(2, 5)", 0.95, 0.6713566327570921, "mpmath, 50 digits"},
    {"kumaraswamy(2, 5)", 0.999, 0.8653388682181345, "mpmath, 50 digits"},
    {"kumaraswamy(a=0.5, b=0.3)", 1e-12, 1.1111111111085184e-23, "mpmath, 50 digits"},
    {"kumaraswamy(a=0.5, b=0.3)", 0.001, 1.1085211816876408e-05, "mpmath, 50 digits"},
    {"kumaraswamy(a=0.5, b=0.3)", 0.05, 0.024699135954187056, "mpmath, 50 digits"},
    {"kumaraswamy(a=0.5, b=0.3)", 0.5, 0.8114180017062788, "mpmath, 50 digits"},
    {"kumaraswamy(a=0.5, b=0.3)", 0.95, 0.9999079013331728, "mpmath, 50 digits"},
    {"kumaraswamy(a=0.5, b=0.3)", 0.999, 0.9999999998, "mpmath, 50 digits"},
    {"kumaraswamy(3, 2, low=-10, high=0)", 1e-12, -9.999206299474016, "mpmath, 50 digits"},
    {"kumaraswamy(3, 2, low=-10, high=0)", 0.001, -9.206233304730421, "mpmath, 50 digits"},
    {"kumaraswamy(3, 2, low=-10, high=0)", 0.05, -7.063537446045505, "mpmath, 50 digits"},
    {"kumaraswamy(3, 2, low=-10, high=0)", 0.5, -3.3589547569112983, "mpmath, 50 digits"},
    {"kumaraswamy(3, 2, low=-10, high=0)", 0.95, -0.8090463756633607, "mpmath, 50 digits"},
    {"kumaraswamy(3, 2, low=-10, high=0)", 0.999, -0.10654030798927756, "mpmath, 50 digits"},
    {"kumaraswamy(1, 1, low=10, high=30)", 0.25, 15.0, "mpmath, 50 digits"},
    {"kumaraswamy(1, 1, low=10, high=30)", 0.999, 29.98, "mpmath, 50 digits"},
    {"kumaraswamy(200, 10000)", 0.01, 0.9332777279050385, "mpmath, 50 digits"},
    {"kumaraswamy(200, 10000)", 0.5, 0.9532439378219744, "mpmath, 50 digits"},
    {"kumaraswamy(200, 10000)", 0.99, 0.9623116166098423, "mpmath, 50 digits"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_kumaraswamy) = {
    .name = "kumaraswamy",
    .summary = RC_TR("a share between two bounds: like beta, with a formula for its percentiles"),
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
