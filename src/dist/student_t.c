/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Student's t with df degrees of freedom, moved by location and stretched by scale. df / (df + t^2)
 * has a beta(df/2, 1/2) distribution. Heavy tails: no mean for df <= 1, infinite sd for df <= 2. */
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/fit.h"
#include "dist/special.h"

#include "core/math.h"

static const rc_dist_slot parameters[] = {
    {.name = "df", .help = RC_TR("degrees of freedom, above 0; a small number gives heavy tails")},
    {.name = "location", .optional = true, .fallback = 0, .help = RC_TR("median")},
    {.name = "scale", .optional = true, .fallback = 1, .help = RC_TR("scale, above 0")},
};
static const rc_dist_slot percentiles[] = {
    {.name = "df", .help = RC_TR("degrees of freedom, above 0")},
    {.name = "p*", .help = RC_TR("a percentile")},
    {.name = "p*", .help = RC_TR("a higher percentile")},
};

static rc_status check_df(double df, rc_error *err) {
    if (df >= 0.1 && df <= 1e12)
        return RC_OK;
    return rc_fail(err, RC_INPUT, "student_t: df is %.10g; it must be from 0.1 to 1e12", df);
}

static rc_status solve_percentiles(const double *x, const double *p, double widen, double *out,
                                   rc_error *err) {
    if (check_df(x[0], err))
        return RC_INPUT;
    rc_beta_shape shape = rc_beta_shape_of(0.5 * x[0], 0.5);
    double t1 = rc_student_inverse(x[0], &shape, rc_tail_of(p[1]));
    double t2 = rc_student_inverse(x[0], &shape, rc_tail_of(p[2]));
    double scale = (x[2] - x[1]) / (t2 - t1);
    out[0] = x[0];
    out[1] = x[1] - t1 * scale;
    out[2] = widen * scale;
    return RC_OK;
}

static const rc_dist_form forms[] = {
    {parameters, 3, NULL},
    {percentiles, 3, solve_percentiles},
};

enum { DF, LOG_SCALE, LOCATION, SCALE, LOG_PEAK, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    double df = values[0].number;
    if (check_df(df, err))
        return RC_INPUT;
    d->p[DF] = df;
    d->p[LOG_SCALE] = rc_beta_shape_of(0.5 * df, 0.5).log_scale;
    d->p[LOCATION] = values[1].number;
    d->p[SCALE] = values[2].number;
    rc_beta_shape shape = {0.5 * df, 0.5, d->p[LOG_SCALE]};
    d->p[LOG_PEAK] = -0.5 * rc_log(df) - rc_log_beta(&shape) - rc_log(d->p[SCALE]);
    if (rc_check_finite("student_t", "location", d->p[LOCATION], err))
        return RC_INPUT;
    return rc_check_positive("student_t", "scale", d->p[SCALE], err);
}

static rc_beta_shape shape_of(const rc_dist *d) {
    rc_beta_shape shape = {0.5 * d->p[DF], 0.5, d->p[LOG_SCALE]};
    return shape;
}

static double quantile(const rc_dist *d, double w) {
    rc_beta_shape shape = shape_of(d);
    return d->p[LOCATION] + d->p[SCALE] * rc_student_inverse(d->p[DF], &shape, w);
}

static double cdf(const rc_dist *d, double x, bool upper) {
    rc_beta_shape shape = shape_of(d);
    return rc_student_cdf(d->p[DF], &shape, (x - d->p[LOCATION]) / d->p[SCALE], upper);
}

static double density(const rc_dist *d, double x) {
    rc_beta_shape shape = shape_of(d);
    return rc_student_density(d->p[DF], &shape, (x - d->p[LOCATION]) / d->p[SCALE]) / d->p[SCALE];
}

/* -(df + 1) y / (df + y^2) in y, the distance from the location in scales */
static bool score(const rc_dist *d, double x, double num[3], double den[3]) {
    double df = d->p[DF], scale = d->p[SCALE], y = (x - d->p[LOCATION]) / scale;
    num[0] = -(df + 1) * y;
    num[1] = -(df + 1) / scale;
    num[2] = 0;
    den[0] = scale * (df + y * y);
    den[1] = 2 * y;
    den[2] = 1 / scale;
    return true;
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    double df = d->p[DF];
    *mean = df > 1 ? d->p[LOCATION] : (double)NAN;
    *sd = df > 2 ? d->p[SCALE] * sqrt(df / (df - 2)) : df > 1 ? (double)INFINITY : (double)NAN;
}

static double log_density(const rc_dist *d, double x) {
    double df = d->p[DF], z = (x - d->p[LOCATION]) / d->p[SCALE], ratio = z * z / df;
    double power = ratio < 1e300 ? rc_log1p(ratio) : 2 * rc_log(fabs(z)) - rc_log(df);
    return d->p[LOG_PEAK] - 0.5 * (df + 1) * power;
}

/* Above 1,000 degrees of freedom it is a normal distribution for every purpose. */
static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant, (void)err;
    out->slot[0] = rc_fit_free(4, 0.1, 1000);
    out->slot[1] = rc_fit_real(data->median);
    out->slot[2] = rc_fit_positive(0.9 * data->spread);
    return RC_OK;
}

static const rc_dist_fit fit = {.start = start};

static const rc_dist_oracle oracles[] = {
    {"student_t(3)", 0.001, -10.214531852407387, "shared cases"},
    {"student_t(3)", 0.05, -2.3533634348018239, "shared cases"},
    {"student_t(3)", 0.1, -1.6377443536962101, "shared cases"},
    {"student_t(3)", 0.5, 0, "symmetry"},
    {"student_t(3)", 0.9, 1.6377443536962101, "shared cases"},
    {"student_t(3)", 0.999, 10.214531852407387, "shared cases"},
    {"student_t(1, location=2, scale=3)", 0.75, 5, "closed form (Cauchy)"},
    {"student_t(df=1, p25=-1, p75=5)", 0.5, 2, "closed form (Cauchy)"},
    {"student_t(df=3, p10=-1.6377443536962101, p50=0)", 0.999, 10.214531852407387, "shared cases"},
    {"student_t(2)", 0.9, 1.8856180831641267, "closed form: 0.8 / sqrt(2 * 0.9 * 0.1)"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_student_t) = {
    .name = "student_t",
    .summary = RC_TR("bell-shaped with heavy tails: returns, a mean known from few observations"),
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .size = size,
    .init = init,
    .quantile = quantile,
    .cdf = cdf,
    .oracles = oracles,
    .moments = moments,
    .density = density,
    .log_density = log_density,
    .fit = &fit,
    .score = score,
};
