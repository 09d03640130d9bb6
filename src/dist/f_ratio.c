/* SPDX-License-Identifier: GPL-3.0-or-later */
/* F: the ratio of two chi-squared variables, each divided by its degrees of freedom. With B of a
 * beta(df1/2, df2/2) distribution x = (df2 / df1) B / (1 - B). The mean exists for df2 > 2, the
 * standard deviation for df2 > 4; else they are infinite. */
#include "dist/dist.h"
#include "dist/special.h"

#include "core/math.h"

static const rc_dist_slot parameters[] = {
    {.name = "df1", .help = RC_TR("degrees of freedom of the numerator, from 0.2")},
    {.name = "df2", .help = RC_TR("degrees of freedom of the denominator, from 0.2")},
};
static const rc_dist_form forms[] = {{parameters, 2, NULL}};

enum { A, B, LOG_SCALE, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    for (int i = 0; i < 2; i++) {
        double df = values[i].number;
        if (!(df >= 0.2 && df <= 1e12)) /* below, quantiles leave the range of numbers */
            return rc_fail(err, RC_INPUT, "f_ratio: %s is %.10g; it must be from 0.2 to 1e12",
                           parameters[i].name, df);
    }
    d->p[A] = 0.5 * values[0].number;
    d->p[B] = 0.5 * values[1].number;
    d->p[LOG_SCALE] = rc_beta_shape_of(d->p[A], d->p[B]).log_scale;
    return RC_OK;
}

static rc_beta_shape shape_of(const rc_dist *d) {
    rc_beta_shape shape = {d->p[A], d->p[B], d->p[LOG_SCALE]};
    return shape;
}

/* B at x > 0, and 1 - B; x B' = B (1 - B). */
static double share(const rc_dist *d, double x, double *rest) {
    double odds = x * (d->p[A] / d->p[B]);
    *rest = 1 / (1 + odds);
    return odds > 1 ? 1 / (1 + 1 / odds) : odds / (1 + odds);
}

static double quantile(const rc_dist *d, double w) {
    rc_beta_shape shape = shape_of(d);
    double rest, b = rc_beta_inverse(&shape, w, &rest);
    return b / rest * (d->p[B] / d->p[A]);
}

static double cdf(const rc_dist *d, double x, bool upper) {
    if (!(x > 0))
        return upper ? 1 : 0;
    rc_beta_shape shape = shape_of(d);
    double rest, b = share(d, x, &rest);
    return rc_beta_cdf(&shape, b, rest, upper);
}

static double density(const rc_dist *d, double x) {
    if (!(x > 0))
        return 0;
    rc_beta_shape shape = shape_of(d);
    double rest, b = share(d, x, &rest);
    return rc_beta_density(&shape, b, rest) * (b * rest / x);
}

/* (a - 1) / x - (a + b) / (b / a + x) */
static bool score(const rc_dist *d, double x, double num[3], double den[3]) {
    double a = d->p[A], b = d->p[B], ratio = b / a;
    num[0] = (a - 1) * ratio - (b + 1) * x;
    num[1] = -(b + 1);
    num[2] = 0;
    den[0] = x * (ratio + x);
    den[1] = ratio + 2 * x;
    den[2] = 1;
    return true;
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    double a = d->p[A], b = d->p[B];
    *mean = b > 1 ? b / (b - 1) : (double)INFINITY;
    *sd = b > 2 ? *mean * sqrt((a + b - 1) / (a * (b - 2))) : (double)INFINITY;
}

static void support(const rc_dist *d, double *low, double *high) {
    (void)d;
    *low = 0;
    *high = INFINITY;
}

static const rc_dist_oracle oracles[] = {
    {"f_ratio(5, 12)", 1e-12, 9.154626204752505e-06, "mpmath, 50 digits"},
    {"f_ratio(5, 12)", 0.001, 0.0378530271227652, "mpmath, 50 digits"},
    {"f_ratio(5, 12)", 0.05, 0.21378010333997677, "mpmath, 50 digits"},
    {"f_ratio(5, 12)", 0.5, 0.9212415098174853, "mpmath, 50 digits"},
    {"f_ratio(5, 12)", 0.95, 3.1058752390841233, "mpmath, 50 digits"},
    {"f_ratio(5, 12)", 0.999, 8.892109207464914, "mpmath, 50 digits"},
    {"f_ratio(df1=1, df2=3)", 1e-12, 1.8505508252042546e-24, "mpmath, 50 digits"},
    {"f_ratio(df1=1, df2=3)", 0.001, 1.8505523472226479e-06, "mpmath, 50 digits"},
    {"f_ratio(df1=1, df2=3)", 0.05, 0.004635910744191512, "mpmath, 50 digits"},
    {"f_ratio(df1=1, df2=3)", 0.5, 0.5850602740518208, "mpmath, 50 digits"},
    {"f_ratio(df1=1, df2=3)", 0.95, 10.127964486013926, "mpmath, 50 digits"},
    {"f_ratio(df1=1, df2=3)", 0.999, 167.02922380155437, "mpmath, 50 digits"},
    {"f_ratio(40, 2)", 0.01, 0.19310580469308092, "mpmath, 50 digits"},
    {"f_ratio(40, 2)", 0.5, 1.4178394436608237, "mpmath, 50 digits"},
    {"f_ratio(40, 2)", 0.99, 99.47416456724204, "mpmath, 50 digits"},
    {"f_ratio(0.2, 0.2)", 0.3, 0.005242207686663356, "mpmath, 50 digits"},
    {"f_ratio(0.2, 0.2)", 0.9, 11274871.35327326, "mpmath, 50 digits"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_f_ratio) = {
    .name = "f_ratio",
    .summary = RC_TR("ratio of two sample variances: one noisy spread against another"),
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .size = size,
    .init = init,
    .quantile = quantile,
    .cdf = cdf,
    .oracles = oracles,
    .moments = moments,
    .density = density,
    .score = score,
    .support = support,
};
