/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pareto: P(X > x) = (scale / x)^shape for x >= scale. A cap truncates: what lay beyond it is
 * spread over the rest in proportion, not piled up at the cap. With B = (scale / cap)^shape the
 * mass beyond and M = 1 - B, the survival at u is S = 1 - u M = B + (1 - u) M, and x = scale
 * S^(-1/shape). */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/exponential_quantile.h"
#include "dist/fast.h"
#include "dist/fit.h"

static const rc_dist_slot slots[] = {
    {.name = "scale", .help = RC_TR("smallest value, above 0")},
    {.name = "shape", .help = RC_TR("tail index, above 0: smaller is heavier")},
    {.name = "cap", .optional = true, .fallback = NAN, .help = RC_TR("largest value, above scale")},
};
static const rc_dist_slot percentiles[] = {
    {.name = "p*", .help = RC_TR("a percentile, above 0")},
    {.name = "p*", .help = RC_TR("a higher percentile")},
};

/* ln x = ln scale + e / shape with e a standard exponential: a straight line, whose slope is
 * widened about the median. */
static rc_status solve_percentiles(const double *x, const double *p, double widen, double *out,
                                   rc_error *err) {
    if (!(x[0] > 0))
        return rc_fail(err, RC_INPUT, "pareto: p%.0f %.10g must be above 0", 100 * p[0], x[0]);
    double e0 = rc_exponential_quantile(rc_tail_of(p[0]));
    double e1 = rc_exponential_quantile(rc_tail_of(p[1])), em = rc_exponential_quantile(0.5);
    double slope = rc_log(x[1] / x[0]) / (e1 - e0);
    double log_median = rc_log(x[0]) + (em - e0) * slope;
    out[0] = rc_exp(log_median - em * widen * slope);
    out[1] = 1 / (widen * slope);
    out[2] = NAN;
    return RC_OK;
}

static const rc_dist_form forms[] = {
    {slots, 3, NULL},
    {percentiles, 2, solve_percentiles},
};

enum { SCALE, SHAPE, CAP, BEYOND, MASS, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    double scale = values[0].number, shape = values[1].number, cap = values[2].number;
    if (rc_check_positive("pareto", "scale", scale, err) ||
        rc_check_positive("pareto", "shape", shape, err))
        return RC_INPUT;
    if (isinf(cap) || cap <= scale)
        return rc_fail(err, RC_INPUT, "pareto: cap %.10g must be a finite number above scale %.10g",
                       cap, scale);
    d->p[SCALE] = scale;
    d->p[SHAPE] = shape;
    d->p[CAP] = isnan(cap) ? INFINITY : cap;
    d->p[BEYOND] = isnan(cap) ? 0 : rc_exp(-shape * rc_log(cap / scale));
    d->p[MASS] = isnan(cap) ? 1 : -rc_expm1(-shape * rc_log1p((cap - scale) / scale));
    return RC_OK;
}

/* S and what its rounding lost, relative to it: ln(true S) = ln(S) + rest. */
static inline double survival(double beyond, double mass, double w, double *rest) {
    double part = w * mass, s = w > 0 ? 1 - part : beyond - part;
    *rest = w > 0 ? ((1 - s) - part) / s : 0;
    return s;
}

static inline double within(double x, double low, double high) {
    x = x < low ? low : x;
    return x > high ? high : x;
}

static double quantile(const rc_dist *d, double w) {
    double rest, s = survival(d->p[BEYOND], d->p[MASS], w, &rest);
    double x = d->p[SCALE] * rc_exp(-(rc_log(s) + rest) / d->p[SHAPE]);
    return within(x, d->p[SCALE], d->p[CAP]);
}

static void quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    enum { TILE = 64 };
    double scale = d->p[SCALE], shape = d->p[SHAPE], cap = d->p[CAP];
    double beyond = d->p[BEYOND], mass = d->p[MASS];
    _Alignas(64) double log_s[TILE];
    size_t room = RC_PADDED(n);
    for (size_t from = 0; from < room; from += TILE) {
        size_t m = room - from < TILE ? room - from : TILE;
        double rest;
        for (size_t i = 0; i < m; i++)
            log_s[i] = survival(beyond, mass, w[from + i], &rest);
        rc_fast_vmap_log(log_s, log_s, m);
        for (size_t i = 0; i < m; i++) {
            double lost;
            survival(beyond, mass, w[from + i], &lost);
            log_s[i] = -(log_s[i] + lost) / shape;
        }
        rc_fast_vmap_exp(log_s, log_s, m);
        for (size_t i = 0; i < m; i++)
            x[from + i] = within(scale * log_s[i], scale, cap);
    }
}

static double cdf(const rc_dist *d, double x, bool upper) {
    double scale = d->p[SCALE], shape = d->p[SHAPE], cap = d->p[CAP];
    if (x <= scale || x >= cap)
        return (x <= scale) == upper ? 1 : 0;
    double log_ratio = rc_log1p((x - scale) / scale);
    if (!upper)
        return -rc_expm1(-shape * log_ratio) / d->p[MASS];
    if (isinf(cap))
        return rc_exp(-shape * log_ratio);
    return d->p[BEYOND] * rc_expm1(shape * rc_log1p((cap - x) / x)) / d->p[MASS];
}

/* E (X / scale)^r: shape / (shape - r) without a cap; with one, at L = ln(cap / scale),
 * shape / M * (e^((r - shape) L) - 1) / (r - shape). */
static double raw_moment(const rc_dist *d, double r) {
    double shape = d->p[SHAPE], gap = r - shape;
    if (isinf(d->p[CAP]))
        return gap < 0 ? shape / -gap : INFINITY;
    double log_cap = rc_log1p((d->p[CAP] - d->p[SCALE]) / d->p[SCALE]), y = gap * log_cap;
    double integral = y == 0 ? log_cap : rc_expm1(y) / gap;
    return shape / d->p[MASS] * integral;
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    double m1 = raw_moment(d, 1), m2 = raw_moment(d, 2);
    *mean = d->p[SCALE] * m1;
    *sd = d->p[SCALE] * (isinf(m2) ? m2 : sqrt(m2 - m1 * m1));
}

static void support(const rc_dist *d, double *low, double *high) {
    *low = d->p[SCALE];
    *high = d->p[CAP];
}

static double log_density(const rc_dist *d, double x) {
    double scale = d->p[SCALE], shape = d->p[SHAPE];
    if (!(x >= scale && x <= d->p[CAP]))
        return -INFINITY;
    return rc_log(shape / d->p[MASS]) - shape * rc_log(x / scale) - rc_log(x);
}

/* The smallest value, and the mean of ln(x / smallest). */
static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant;
    double first = data->x[0];
    out->slot[0] = rc_fit_closed(first, 0, INFINITY);
    out->slot[1] = rc_fit_closed(1 / (data->mean_log - rc_log(first)), 0, INFINITY);
    out->slot[2] = rc_fit_known(NAN);
    return rc_fit_above(data, 0, err);
}

static const rc_dist_fit fit = {.start = start};

static const rc_dist_oracle oracles[] = {
    {"pareto(1.5, 1.38)", 0.001, 1.5010878946768906, "mpmath, 50 digits"},
    {"pareto(1.5, 1.38)", 0.05, 1.5568026925853576, "mpmath, 50 digits"},
    {"pareto(1.5, 1.38)", 0.5, 2.4787283677443169, "mpmath, 50 digits"},
    {"pareto(1.5, 1.38)", 0.95, 13.148209585902288, "mpmath, 50 digits"},
    {"pareto(1.5, 1.38)", 0.999, 223.87433175777437, "mpmath, 50 digits"},
    {"pareto(1.5, 1.38, cap=5)", 0.001, 1.5008812055107303, "mpmath, 50 digits"},
    {"pareto(1.5, 1.38, cap=5)", 0.05, 1.5456262458883284, "mpmath, 50 digits"},
    {"pareto(1.5, 1.38, cap=5)", 0.5, 2.185357531588895, "mpmath, 50 digits"},
    {"pareto(1.5, 1.38, cap=5)", 0.95, 4.3461933704467759, "mpmath, 50 digits"},
    {"pareto(1.5, 1.38, cap=5)", 0.999, 4.9845961134677162, "mpmath, 50 digits"},
    {"pareto(scale=2, shape=3)", 0.001, 2.0006671114570784, "mpmath, 50 digits"},
    {"pareto(scale=2, shape=3)", 0.999, 19.999999999999994, "mpmath, 50 digits"},
    {"pareto(p50=4, p75=8)", 0.25, 2.6666666666666667, "closed form: scale 2, shape 1"},
    {"pareto(p50=4, p75=8)", 0.9, 20, "closed form: scale 2, shape 1"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_pareto) = {
    .name = "pareto",
    .summary = RC_TR("a smallest value and a heavy tail above it: overruns, fines, large claims"),
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
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
