/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inverse Gaussian, or Wald: the time until a drifting random walk reaches a level. With
 * y = x / mean, f = shape / mean, a = sqrt(f / y) (1 - y), b = sqrt(f / y) (1 + y) and Mills' ratio
 * M(t) = P(Z > t) / phi(t) of the normal distribution (J. Shuster, On the inverse Gaussian
 * distribution function, JASA 63, 1968, with e^2f phi(b) = phi(a) put in)
 *     P(X <= x) = P(Z > a) + phi(a) M(b)      P(X > x) = P(Z > -a) - phi(a) M(b)
 * The difference cancels in a far or skewed upper tail. There it is phi(a) times the integral of
 * e^(a s - s^2/2) (1 - e^(-2 s sqrt(f / y))) over s > 0, whose integrand is above 0: the
 * trapezoidal rule after s = e^(v - e^-v) / (1 + sqrt(f y)) (H. Takahasi, M. Mori, Double
 * exponential formulas, 1974). ln y has a log-concave density, so that Newton's method finds
 * quantiles from anywhere. */
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/fit.h"
#include "dist/normal_quantile.h"
#include "dist/percentiles.h"
#include "dist/special.h"

static const rc_dist_slot parameters[] = {
    {.name = "mean", .help = RC_TR("mean, above 0")},
    {.name = "shape", .help = RC_TR("shape, above 0: mean^3 / sd^2")},
};
static const rc_dist_slot by_moments[] = {
    {.name = "mean", .help = RC_TR("mean, above 0")},
    {.name = "sd", .help = RC_TR("standard deviation, above 0")},
};

static const rc_dist_slot percentiles[] = {
    {.name = "p*", .help = RC_TR("a percentile, above 0")},
    {.name = "p*", .help = RC_TR("a higher percentile")},
};

static rc_status solve_moments(const double *x, const double *p, double widen, double *out,
                               rc_error *err) {
    (void)p, (void)widen;
    if (rc_check_positive("inverse_gaussian", "mean", x[0], err) ||
        rc_check_positive("inverse_gaussian", "sd", x[1], err))
        return RC_INPUT;
    double ratio = x[0] / x[1];
    out[0] = x[0];
    out[1] = x[0] * ratio * ratio;
    return RC_OK;
}

enum { MEAN, F, SIZE };

static double quantile(const rc_dist *d, double w);

static double unit(double f, double w) {
    double state[SIZE] = {[MEAN] = 1, [F] = f};
    rc_dist d = {.p = state};
    return quantile(&d, w);
}

static rc_status solve_percentiles(const double *x, const double *p, double widen, double *out,
                                   rc_error *err) {
    static const rc_ratio_family family = {"inverse_gaussian", unit, 1e-6, 1e12};
    double f;
    if (rc_percentiles_of_ratio(&family, x, p, widen, &f, &out[0], err))
        return RC_INPUT;
    out[1] = f * out[0];
    return RC_OK;
}

static const rc_dist_form forms[] = {
    {parameters, 2, NULL},
    {by_moments, 2, solve_moments},
    {percentiles, 2, solve_percentiles},
};

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    double mean = values[0].number, shape = values[1].number;
    if (rc_check_positive("inverse_gaussian", "mean", mean, err) ||
        rc_check_positive("inverse_gaussian", "shape", shape, err))
        return RC_INPUT;
    if (!(shape / mean >= 1e-6 && shape / mean <= 1e12))
        return rc_fail(err, RC_INPUT,
                       "inverse_gaussian: shape %.10g is %.3g times the mean; it must be from 1e-6 "
                       "to 1e12 times (sd from 1e-6 to 1000 means)",
                       shape, shape / mean);
    d->p[MEAN] = mean;
    d->p[F] = shape / mean;
    return RC_OK;
}

/* ---- Tails of y ------------------------------------------------------------------------------ */

/* M(t), t >= 0: by Laplace's continued fraction where the normal tail would lose digits. */
static double mills(double t) {
    if (t < 5)
        return rc_normal_cdf(t, true) / rc_normal_density(t);
    double rest = t;
    for (int k = 60; k > 0; k--)
        rest = t + k / rest;
    return 1 / rest;
}

/* M(-a) - M(b) as the integral above; h = sqrt(f / y), c = sqrt(f y), -a = c - h. */
static double mills_difference(double c, double h) {
    const double step = 0.09375;
    double sum = 0, unit = 1 / (1 + c);
    for (int i = -44; i <= 48; i++) {
        double v = step * i, e = rc_exp(-v), s = unit * rc_exp(v - e);
        sum -= rc_exp(-s * (c - h + 0.5 * s)) * rc_expm1(-2 * h * s) * s * (1 + e);
    }
    return step * sum;
}

/* Either tail at y, whose distance 1 - y is `gap`; *bell = phi(a). */
static double tail_of(double f, double y, double gap, bool upper, double *bell) {
    double h = sqrt(f / y), c = sqrt(f * y), a = h * gap;
    *bell = rc_normal_density(a);
    double second = *bell * mills(c + h), lower = rc_normal_cdf(a, true) + second;
    if (lower <= 0.5)
        return upper ? 1 - lower : lower;
    double first = rc_normal_cdf(-a, true);
    double tail = first > 2 * second ? first - second : *bell * mills_difference(c, h);
    return upper ? tail : 1 - tail;
}

static void point_of(const void *context, double t, bool upper, rc_tail_point *out) {
    double f = *(const double *)context, y = rc_exp(t), gap = -rc_expm1(t), bell;
    out->tail = tail_of(f, y, gap, upper, &bell);
    out->density = sqrt(f / y) * bell;
    out->score = -0.5 + 0.5 * f * gap * (1 + y) / y;
}

static double quantile(const rc_dist *d, double w) {
    double f = d->p[F], p = fabs(w), square = rc_log1p(1 / f), width = sqrt(square), step;
    double z = rc_rough_normal(p), start = (w < 0 ? z : -z) * width - 0.5 * square;
    double far = 5 + fabs(rc_log(f)); /* ln y of the farthest quantile where f is small */
    start = start > far ? far : start < -far ? -far : start;
    double t = rc_solve_tail(point_of, &f, p, w < 0, start, width < 1 ? width : 1, &step);
    return d->p[MEAN] * rc_exp(t) * rc_exp(step);
}

static double cdf(const rc_dist *d, double x, bool upper) {
    double mean = d->p[MEAN], bell;
    if (!(x > 0) || x > 1e300 * mean)
        return (x > 0) == upper ? 0 : 1;
    return tail_of(d->p[F], x / mean, (mean - x) / mean, upper, &bell);
}

static double density(const rc_dist *d, double x) {
    double mean = d->p[MEAN];
    if (!(x > 0))
        return 0;
    double h = sqrt(d->p[F] / (x / mean));
    return h * rc_normal_density(h * ((mean - x) / mean)) / x;
}

/* (f mean - 3 x - f x^2 / mean) / (2 x^2) */
static bool score(const rc_dist *d, double x, double num[3], double den[3]) {
    double mean = d->p[MEAN], f = d->p[F];
    num[0] = f * ((mean - x) * ((mean + x) / mean)) - 3 * x;
    num[1] = -3 - 2 * f * (x / mean);
    num[2] = -f / mean;
    den[0] = 2 * x * x;
    den[1] = 4 * x;
    den[2] = 2;
    return true;
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    *mean = d->p[MEAN];
    *sd = d->p[MEAN] / sqrt(d->p[F]);
}

static void support(const rc_dist *d, double *low, double *high) {
    (void)d;
    *low = 0;
    *high = INFINITY;
}

static double log_density(const rc_dist *d, double x) {
    double mean = d->p[MEAN];
    if (!(x > 0))
        return -INFINITY;
    double h = sqrt(d->p[F] / (x / mean)), a = h * ((mean - x) / mean);
    return rc_log(h / x) - 0.5 * (a * a + RC_LN_2PI);
}

/* The mean, and 1/shape = the mean of 1/x - 1/mean. */
static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant;
    if (rc_fit_above(data, 0, err))
        return RC_INPUT;
    double sum = 0;
    for (size_t i = 0; i < data->n_values; i++)
        sum += data->count[i] * ((data->mean - data->value[i]) / data->value[i]);
    double ratio = sum / (double)data->n; /* mean / shape */
    out->slot[0] = rc_fit_closed(data->mean, 0, INFINITY);
    out->slot[1] = rc_fit_closed(data->mean / ratio, 0, INFINITY);
    return RC_OK;
}

static const rc_dist_fit fit = {.start = start};

static const rc_dist_oracle oracles[] = {
    {"inverse_gaussian(1, 1)", 1e-12, 0.018943118171923866, "mpmath, 50 digits"},
    {"inverse_gaussian(1, 1)", 0.001, 0.07921847779047665, "mpmath, 50 digits"},
    {"inverse_gaussian(1, 1)", 0.05, 0.18411327721423013, "mpmath, 50 digits"},
    {"inverse_gaussian(1, 1)", 0.5, 0.6758413056952391, "mpmath, 50 digits"},
    {"inverse_gaussian(1, 1)", 0.95, 2.922075977269224, "mpmath, 50 digits"},
    {"inverse_gaussian(1, 1)", 0.999, 8.354864929140097, "mpmath, 50 digits"},
    {"inverse_gaussian(1, 1)", 0.999999999, 32.36579226536663, "mpmath, 50 digits"},
    {"inverse_gaussian(mean=10, shape=0.2)", 1e-12, 0.00393055677659457, "mpmath, 50 digits"},
    {"inverse_gaussian(mean=10, shape=0.2)", 0.001, 0.018408457441761925, "mpmath, 50 digits"},
    {"inverse_gaussian(mean=10, shape=0.2)", 0.05, 0.05161358768569355, "mpmath, 50 digits"},
    {"inverse_gaussian(mean=10, shape=0.2)", 0.5, 0.42005924390944416, "mpmath, 50 digits"},
    {"inverse_gaussian(mean=10, shape=0.2)", 0.95, 28.196723789613706, "mpmath, 50 digits"},
    {"inverse_gaussian(mean=10, shape=0.2)", 0.999, 1012.1419195647669, "mpmath, 50 digits"},
    {"inverse_gaussian(mean=10, shape=0.2)", 0.999999999, 11756.612299857476, "mpmath, 50 digits"},
    {"inverse_gaussian(3, 1e6)", 0.01, 2.9879317934813057, "mpmath, 50 digits"},
    {"inverse_gaussian(3, 1e6)", 0.5, 2.999995500007875, "mpmath, 50 digits"},
    {"inverse_gaussian(3, 1e6)", 0.99, 3.012107913499087, "mpmath, 50 digits"},
    {"inverse_gaussian(mean=30, sd=10)", 0.001, 10.771933939382661, "mpmath, 50 digits"},
    {"inverse_gaussian(mean=30, sd=10)", 0.5, 28.433325507095237, "mpmath, 50 digits"},
    {"inverse_gaussian(mean=30, sd=10)", 0.999, 76.16863669606724, "mpmath, 50 digits"},
    {"inverse_gaussian(p5=0.18411327721423013, p95=2.922075977269224)", 0.5, 0.6758413056952391,
     "mpmath, 50 digits"},
    {"inverse_gaussian(1, 1e-6)", 1e-12, 1.9667953851630982e-08, "mpmath, 50 digits"},
    {"inverse_gaussian(1, 1e-6)", 0.001, 9.235684300944312e-08, "mpmath, 50 digits"},
    {"inverse_gaussian(1, 1e-6)", 0.05, 2.603176580010287e-07, "mpmath, 50 digits"},
    {"inverse_gaussian(1, 1e-6)", 0.5, 2.1981042106365978e-06, "mpmath, 50 digits"},
    {"inverse_gaussian(1, 1e-6)", 0.95, 0.0002543047682654795, "mpmath, 50 digits"},
    {"inverse_gaussian(1, 1e-6)", 0.999, 0.6353497799039611, "mpmath, 50 digits"},
    {"inverse_gaussian(1, 1e12)", 0.001, 0.9999969097719686, "mpmath, 50 digits"},
    {"inverse_gaussian(1, 1e12)", 0.5, 0.9999999999995, "mpmath, 50 digits"},
    {"inverse_gaussian(1, 1e12)", 0.999, 1.0000030902365808, "mpmath, 50 digits"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_inverse_gaussian) = {
    .name = "inverse_gaussian",
    .summary = RC_TR("time until steady but noisy progress reaches a goal: length of a project"),
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
    .log_density = log_density,
    .fit = &fit,
};
