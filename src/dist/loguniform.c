/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Log-uniform: ln x is uniform between ln min and ln max; x = min e^(u L), counted from the nearer
 * end, with L = ln(max / min). Each doubling is equally likely: "between 10 k and 1 M". */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/fast.h"
#include "dist/fit.h"

static const rc_dist_slot ends[] = {
    {.name = "min", .help = RC_TR("smallest value, above 0")},
    {.name = "max", .help = RC_TR("largest value, above min")},
};
static const rc_dist_slot percentiles[] = {
    {.name = "p*", .help = RC_TR("a percentile, above 0")},
    {.name = "p*", .help = RC_TR("a higher percentile")},
};

/* ln(b / a), with all digits where b is near a */
static double log_ratio(double a, double b) {
    return b < 2 * a ? rc_log1p((b - a) / a) : rc_log(b) - rc_log(a);
}

static rc_status solve_percentiles(const double *x, const double *p, double widen, double *out,
                                   rc_error *err) {
    if (!(x[0] > 0))
        return rc_fail(err, RC_INPUT, "loguniform: p%.0f %.10g must be above 0", 100 * p[0], x[0]);
    double range = log_ratio(x[0], x[1]) / (p[1] - p[0]);
    double to_median = (0.5 - p[0]) * range, half = 0.5 * widen * range;
    out[0] = x[0] * rc_exp(to_median - half);
    out[1] = x[0] * rc_exp(to_median + half);
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
    if (rc_check_positive("loguniform", "min", low, err) ||
        rc_check_positive("loguniform", "max", high, err))
        return RC_INPUT;
    if (!(low < high))
        return rc_fail(err, RC_INPUT, "loguniform: max %.10g must lie above min %.10g", high, low);
    d->p[LOW] = low;
    d->p[HIGH] = high;
    d->p[RANGE] = log_ratio(low, high);
    return RC_OK;
}

static double quantile(const rc_dist *d, double w) {
    return d->p[w > 0 ? LOW : HIGH] * rc_exp(w * d->p[RANGE]);
}

static void quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    enum { TILE = 64 };
    double low = d->p[LOW], high = d->p[HIGH], range = d->p[RANGE];
    _Alignas(64) double e[TILE];
    size_t room = RC_PADDED(n);
    for (size_t from = 0; from < room; from += TILE) {
        size_t m = room - from < TILE ? room - from : TILE;
        for (size_t i = 0; i < m; i++)
            e[i] = w[from + i] * range;
        rc_fast_vmap_exp(e, e, m);
        for (size_t i = 0; i < m; i++)
            x[from + i] = (w[from + i] > 0 ? low : high) * e[i];
    }
}

static double cdf(const rc_dist *d, double x, bool upper) {
    if (x <= d->p[LOW] || x >= d->p[HIGH])
        return (x <= d->p[LOW]) == upper ? 1 : 0;
    return (upper ? log_ratio(x, d->p[HIGH]) : log_ratio(d->p[LOW], x)) / d->p[RANGE];
}

static double density(const rc_dist *d, double x) {
    return x >= d->p[LOW] && x <= d->p[HIGH] ? 1 / (x * d->p[RANGE]) : 0;
}

/* variance / (min max) = sinh(L)/L - (sinh(L/2) / (L/2))^2, for small L as its series, the sum of
 * L^2k k / ((k + 1) (2k + 1)!), which has no cancellation. */
static void moments(const rc_dist *d, double *mean, double *sd) {
    double range = d->p[RANGE], high = d->p[HIGH];
    double share = -rc_expm1(-range) / range; /* of max */
    *mean = high * share;
    if (range > 2) {
        *sd = high * sqrt(-0.5 * rc_expm1(-2 * range) / range - share * share);
        return;
    }
    double square = range * range, term = 1, sum = 0;
    for (int k = 1; k < 20; k++) {
        term *= square / (2 * k * (2 * k + 1));
        sum += term * k / (k + 1);
    }
    *sd = high * rc_exp(-0.5 * range) * sqrt(sum);
}

static void support(const rc_dist *d, double *low, double *high) {
    *low = d->p[LOW];
    *high = d->p[HIGH];
}

static double log_density(const rc_dist *d, double x) {
    return x >= d->p[LOW] && x <= d->p[HIGH] ? -rc_log(x * d->p[RANGE]) : -INFINITY;
}

static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant;
    out->slot[0] = rc_fit_closed(data->x[0], 0, INFINITY);
    out->slot[1] = rc_fit_closed(data->x[data->n - 1], 0, INFINITY);
    return rc_fit_above(data, 0, err);
}

static const rc_dist_fit fit = {.start = start};

static const rc_dist_oracle oracles[] = {
    {"loguniform(10, 1000)", 1e-12, 10.000000000046052, "mpmath, 50 digits"},
    {"loguniform(10, 1000)", 0.001, 10.046157902783952, "mpmath, 50 digits"},
    {"loguniform(10, 1000)", 0.05, 12.589254117941673, "mpmath, 50 digits"},
    {"loguniform(10, 1000)", 0.5, 100.0, "mpmath, 50 digits"},
    {"loguniform(10, 1000)", 0.95, 794.3282347242813, "mpmath, 50 digits"},
    {"loguniform(10, 1000)", 0.999, 995.4054173515269, "mpmath, 50 digits"},
    {"loguniform(min=99, max=101)", 0.01, 99.01980264030364, "mpmath, 50 digits"},
    {"loguniform(min=99, max=101)", 0.5, 99.99499987499375, "mpmath, 50 digits"},
    {"loguniform(min=99, max=101)", 0.99, 100.97980134662626, "mpmath, 50 digits"},
    {"loguniform(p10=5, p90=80)", 0.1, 5.0, "mpmath, 50 digits"},
    {"loguniform(p10=5, p90=80)", 0.5, 20.0, "mpmath, 50 digits"},
    {"loguniform(p10=5, p90=80)", 0.999, 112.74566041136156, "mpmath, 50 digits"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_loguniform) = {
    .name = "loguniform",
    .summary = RC_TR("only the order of magnitude is known: each doubling equally likely"),
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
