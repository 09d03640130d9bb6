/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands behind `a to b`: the central interval of a lognormal when both ends are above 0, else
 * of a normal distribution. confidence is the probability between the ends; widen multiplies the
 * spread about the median (`overconfidence`). */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/fast.h"
#include "dist/normal_quantile.h"

static const rc_dist_slot slots[] = {
    {.name = "low", .help = RC_TR("lower end")},
    {.name = "high", .help = RC_TR("upper end, above low")},
    {.name = "confidence",
     .optional = true,
     .fallback = 0.9,
     .help = RC_TR("probability between the ends")},
    {.name = "widen",
     .optional = true,
     .fallback = 1,
     .help = RC_TR("factor on the spread, above 0")},
};
static const rc_dist_form forms[] = {{slots, 4, NULL}};

enum { IS_LOG, CENTRE, SPREAD, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    double low = values[0].number, high = values[1].number;
    double confidence = values[2].number, widen = values[3].number;
    if (rc_check_finite("interval", "low", low, err) ||
        rc_check_finite("interval", "high", high, err) ||
        rc_check_positive("interval", "widen", widen, err))
        return RC_INPUT;
    if (low == high)
        return rc_fail(err, RC_INPUT, "interval: low and high are both %.10g; write just %.10g",
                       low, low);
    if (low > high)
        return rc_fail(err, RC_INPUT,
                       "interval: low %.10g lies above high %.10g; write %.10g to %.10g", low, high,
                       high, low);
    if (!(confidence > 0 && confidence < 1))
        return rc_fail(err, RC_INPUT, "interval: confidence %.10g must lie between 0 and 1",
                       confidence);
    bool is_log = low > 0;
    double a = is_log ? rc_log(low) : low, b = is_log ? rc_log(high) : high;
    d->p[IS_LOG] = is_log;
    d->p[CENTRE] = 0.5 * a + 0.5 * b;
    d->p[SPREAD] = widen * (0.5 * b - 0.5 * a) / -rc_normal_quantile(0.5 * (1 - confidence));
    return rc_check_positive("interval", "high - low", d->p[SPREAD], err);
}

static double quantile(const rc_dist *d, double w) {
    double y = d->p[CENTRE] + d->p[SPREAD] * rc_normal_quantile(w);
    return d->p[IS_LOG] != 0 ? rc_exp(y) : y;
}

static void quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    rc_normal_block(x, w, n, d->p[CENTRE], d->p[SPREAD]);
    if (d->p[IS_LOG] != 0)
        rc_fast_vmap_exp(x, x, n);
}

static double cdf(const rc_dist *d, double x, bool upper) {
    if (d->p[IS_LOG] != 0 && !(x > 0))
        return upper ? 1 : 0;
    double y = d->p[IS_LOG] != 0 ? rc_log(x) : x;
    return rc_normal_cdf((y - d->p[CENTRE]) / d->p[SPREAD], upper);
}

static double density(const rc_dist *d, double x) {
    if (d->p[IS_LOG] == 0)
        return rc_normal_density((x - d->p[CENTRE]) / d->p[SPREAD]) / d->p[SPREAD];
    if (!(x > 0))
        return 0;
    return rc_normal_density((rc_log(x) - d->p[CENTRE]) / d->p[SPREAD]) / (x * d->p[SPREAD]);
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    *mean = d->p[CENTRE];
    *sd = d->p[SPREAD];
    if (d->p[IS_LOG] != 0) {
        double variance = d->p[SPREAD] * d->p[SPREAD];
        *mean = rc_exp(d->p[CENTRE] + 0.5 * variance);
        *sd = *mean * sqrt(rc_expm1(variance));
    }
}

static void support(const rc_dist *d, double *low, double *high) {
    *low = d->p[IS_LOG] != 0 ? 0 : -INFINITY;
    *high = INFINITY;
}

static const rc_dist_oracle oracles[] = {
    {"interval(10, 40)", 0.05, 10.0, "mpmath, 50 digits"},
    {"interval(10, 40)", 0.5, 20.000000000000002, "mpmath, 50 digits"},
    {"interval(10, 40)", 0.95, 40.0, "mpmath, 50 digits"},
    {"interval(10, 40)", 0.999, 73.550127516227597, "mpmath, 50 digits"},
    {"interval(-10, 40)", 0.001, -31.968196068229592, "mpmath, 50 digits"},
    {"interval(-10, 40)", 0.05, -10.0, "mpmath, 50 digits"},
    {"interval(-10, 40)", 0.95, 40.0, "mpmath, 50 digits"},
    {"interval(10, 40, confidence=0.8)", 0.1, 10.0, "mpmath, 50 digits"},
    {"interval(10, 40, confidence=0.8)", 0.9, 40.0, "mpmath, 50 digits"},
    {"interval(0, 10, widen=2)", 0.05, -5.0, "mpmath, 50 digits"},
    {"interval(0, 10, widen=2)", 0.95, 15.0, "mpmath, 50 digits"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_interval) = {
    .name = "interval",
    .summary =
        RC_TR("a range you are 90 % sure of: lognormal when both ends are above 0, else normal"),
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
};
