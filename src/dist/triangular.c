/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Triangular on [min, max] with its peak at mode. The mass left of the mode is
 * F = (mode - min) / (max - min), right of it G = (max - mode) / (max - min);
 *     x = min + sqrt(u (max - min) (mode - min)) up to u = F,
 *     x = max - sqrt(v (max - min) (max - mode)) above, v = 1 - u. */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/fit.h"
#include "dist/percentiles.h"
#include "dist/rows.h"

static const rc_dist_slot ends[] = {
    {.name = "min", .help = RC_TR("smallest value")},
    {.name = "mode", .help = RC_TR("most likely value, from min to max")},
    {.name = "max", .help = RC_TR("largest value, above min")},
};
static const rc_dist_slot around_mode[] = {
    {.name = "p*", .help = RC_TR("a low percentile")},
    {.name = "mode", .help = RC_TR("most likely value")},
    {.name = "p*", .help = RC_TR("a high percentile")},
};
static const rc_dist_slot percentiles[] = {
    {.name = "p*", .help = RC_TR("a low percentile")},
    {.name = "p*", .help = RC_TR("a middle percentile")},
    {.name = "p*", .help = RC_TR("a high percentile")},
};

/* A family of location and scale with one shape, s = (mode - min) / (max - min): solved for the
 * place of the mode, or of the middle percentile, between the outer percentiles. */
static double unit(double s, double fixed, double w) {
    (void)fixed;
    double u = w > 0 ? w : 1 + w, v = w > 0 ? 1 - w : -w;
    return u <= s ? sqrt(u * s) : 1 - sqrt(v * (1 - s));
}

static double unit_mode(double s, double fixed) {
    (void)fixed;
    return s;
}

static rc_status solve_percentiles(const double *x, const double *p, double widen, double *out,
                                   rc_error *err) {
    static const rc_place_family family = {"triangular", unit, unit_mode, 0, 1, 0.5, 0.1};
    rc_placed at;
    if (rc_percentiles_of_place(&family, 0, x, p, &at, err))
        return RC_INPUT;
    out[0] = at.median + widen * (at.location - at.median);
    out[1] = at.median + widen * (at.location + at.shape * at.scale - at.median);
    out[2] = at.median + widen * (at.location + at.scale - at.median);
    return RC_OK;
}

static const rc_dist_form forms[] = {
    {ends, 3, NULL},
    {around_mode, 3, solve_percentiles},
    {percentiles, 3, solve_percentiles},
};

enum { MIN, MODE, MAX, LEFT, RIGHT, LEFT_AREA, RIGHT_AREA, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    double min = values[0].number, mode = values[1].number, max = values[2].number;
    if (rc_check_finite("triangular", "min", min, err) ||
        rc_check_finite("triangular", "mode", mode, err) ||
        rc_check_finite("triangular", "max", max, err))
        return RC_INPUT;
    if (mode < min)
        return rc_fail(err, RC_INPUT, "triangular: mode %.10g lies below min %.10g", mode, min);
    if (mode > max)
        return rc_fail(err, RC_INPUT, "triangular: mode %.10g lies above max %.10g", mode, max);
    if (!(min < max))
        return rc_fail(err, RC_INPUT, "triangular: max %.10g must lie above min %.10g", max, min);
    double range = max - min;
    d->p[MIN] = min;
    d->p[MODE] = mode;
    d->p[MAX] = max;
    d->p[LEFT] = (mode - min) / range;
    d->p[RIGHT] = (max - mode) / range;
    d->p[LEFT_AREA] = range * (mode - min);
    d->p[RIGHT_AREA] = range * (max - mode);
    return rc_check_finite("triangular", "(max - min)^2", range * range, err);
}

static inline double inverse(const double *p, double w) {
    double u = w > 0 ? w : 1 + w, v = w > 0 ? 1 - w : -w;
    double gap = w > 0 ? p[LEFT] - w : v - p[RIGHT]; /* one comparison, so that it vectorises */
    bool left = gap >= 0;
    double root = sqrt(left ? u * p[LEFT_AREA] : v * p[RIGHT_AREA]);
    return left ? p[MIN] + root : p[MAX] - root;
}

static double quantile(const rc_dist *d, double w) {
    return inverse(d->p, w);
}

/* The same in every lane. */
static void quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    const rc_vd min = rc_splat(d->p[MIN]), max = rc_splat(d->p[MAX]);
    const rc_vd left = rc_splat(d->p[LEFT]), right = rc_splat(d->p[RIGHT]);
    const rc_vd left_area = rc_splat(d->p[LEFT_AREA]), right_area = rc_splat(d->p[RIGHT_AREA]);
    for (RC_EACH_VECTOR(i, n)) {
        rc_vd v = rc_load(w + i), size = rc_rows_size_(v), rest = rc_splat(1) - size;
        rc_vd p = rc_rows_pick(v, rest, size), q = rc_rows_pick(v, size, rest); /* q = 1 - p */
        rc_vd gap = rc_rows_pick(v, q - right, left - p);
        rc_vd area = rc_rows_pick(gap, q * right_area, p * left_area);
        rc_vd root = rc_rows_sqrt(area);
        rc_store(x + i, rc_rows_pick(gap, max - root, min + root));
    }
}

static double cdf(const rc_dist *d, double x, bool upper) {
    const double *p = d->p;
    if (x <= p[MIN] || x >= p[MAX])
        return (x <= p[MIN]) == upper ? 1 : 0;
    double from_min = x - p[MIN], to_max = p[MAX] - x, to_mode = p[MODE] - x;
    if (x <= p[MODE]) /* the other tail: the other side's mass and a difference of squares */
        return upper ? p[RIGHT] + to_mode * (p[MODE] - p[MIN] + from_min) / p[LEFT_AREA]
                     : from_min * from_min / p[LEFT_AREA];
    return upper ? to_max * to_max / p[RIGHT_AREA]
                 : p[LEFT] - to_mode * (p[MAX] - p[MODE] + to_max) / p[RIGHT_AREA];
}

static double density(const rc_dist *d, double x) {
    const double *p = d->p;
    if (!(x >= p[MIN] && x <= p[MAX]))
        return 0;
    if (x == p[MODE])
        return 2 / (p[MAX] - p[MIN]);
    return x < p[MODE] ? 2 * (x - p[MIN]) / p[LEFT_AREA] : 2 * (p[MAX] - x) / p[RIGHT_AREA];
}

static void moments(const rc_dist *d, double *mean, double *sd) {
    double left = d->p[MODE] - d->p[MIN], right = d->p[MAX] - d->p[MODE];
    *mean = d->p[MODE] + (right - left) / 3;
    *sd = sqrt((left * left + left * right + right * right) / 18);
}

static void support(const rc_dist *d, double *low, double *high) {
    *low = d->p[MIN];
    *high = d->p[MAX];
}

static double log_density(const rc_dist *d, double x) {
    return rc_log(density(d, x));
}

static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    (void)variant, (void)err;
    double first = data->x[0], last = data->x[data->n - 1], beyond = 0.2 * data->sd;
    out->slot[0] = isnan(data->lower) ? rc_fit_free(first - beyond, -INFINITY, first)
                                      : rc_fit_known(data->lower);
    out->slot[1] = rc_fit_closed(data->median, -INFINITY, INFINITY);
    out->slot[2] =
        isnan(data->upper) ? rc_fit_free(last + beyond, last, INFINITY) : rc_fit_known(data->upper);
    return RC_OK;
}

/* With the ends a, b fixed the most likely mode is one of the values (E. R. Oliver, A maximum
 * likelihood oddity, American Statistician 26, 1972): the value c = x[r] of rank r with the largest
 * sum of ln((x[i] - a)/(c - a)) below and ln((b - x[i])/(b - c)) above it. */
static void profile(const rc_dist_data *data, rc_fit_values *v) {
    double a = v->slot[0].value, b = v->slot[2].value, above = 0, below = 0, best = -INFINITY;
    for (size_t i = 0; i < data->n_values; i++)
        above += data->value[i] < b ? data->count[i] * rc_log(b - data->value[i]) : 0;
    double n_below = 0, n = (double)data->n;
    for (size_t r = 0; r < data->n_values; r++) {
        double c = data->value[r], left = c - a, right = b - c;
        double log_left = left > 0 ? rc_log(left) : 0, log_right = right > 0 ? rc_log(right) : 0;
        n_below += data->count[r];
        above -= right > 0 ? data->count[r] * log_right : 0;
        below += left > 0 ? data->count[r] * log_left : 0;
        double sum = below - n_below * log_left + above - (n - n_below) * log_right;
        if (sum > best) {
            best = sum;
            v->slot[1].value = c;
        }
    }
}

static const rc_dist_fit fit = {.start = start, .profile = profile};

static const rc_dist_oracle oracles[] = {
    {"triangular(12, 16, 18)", 0.001, 12.154919333848297, "shared cases"},
    {"triangular(12, 16, 18)", 0.05, 13.095445115010332, "shared cases"},
    {"triangular(12, 16, 18)", 0.5, 15.464101615137755, "shared cases"},
    {"triangular(12, 16, 18)", 0.95, 17.225403330758517, "shared cases"},
    {"triangular(12, 16, 18)", 0.999, 17.890455488498967, "shared cases"},
    {"triangular(-1, -1, 4)", 1e-06, -0.999997499999375, "mpmath, 50 digits"},
    {"triangular(-1, -1, 4)", 0.3, -0.18330013267037777, "mpmath, 50 digits"},
    {"triangular(-1, -1, 4)", 0.9, 2.4188611699158105, "mpmath, 50 digits"},
    {"triangular(p10=12, mode=16, p90=25)", 0.05, 10.700514746998573, "mpmath, 50 digits"},
    {"triangular(p10=12, mode=16, p90=25)", 0.1, 12.0, "mpmath, 50 digits"},
    {"triangular(p10=12, mode=16, p90=25)", 0.5, 17.713135363589318, "mpmath, 50 digits"},
    {"triangular(p10=12, mode=16, p90=25)", 0.9, 25.0, "mpmath, 50 digits"},
    {"triangular(p10=12, mode=16, p90=25)", 0.95, 26.726663320518392, "mpmath, 50 digits"},
    {"triangular(p10=4.41421356237309505, p50=6.67544467966324134, p90=10.1715728752538099)", 0.32,
     5.62436443416569015, "mpmath, 50 digits: triangular(3, 5, 13)"},
    {"triangular(p32=5.62436443416569015, mode=5, p90=10.1715728752538099)", 0.05, 4,
     "mpmath, 50 digits: triangular(3, 5, 13)"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_triangular) = {
    .name = "triangular",
    .summary = RC_TR("a quick estimate: smallest, most likely and largest value"),
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
