/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Triangular on [min, max] with its peak at mode. The mass left of the mode is
 * F = (mode - min) / (max - min), right of it G = (max - mode) / (max - min);
 *     x = min + sqrt(u (max - min) (mode - min)) up to u = F,
 *     x = max - sqrt(v (max - min) (max - mode)) above, v = 1 - u. */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/rows.h"

static const rc_dist_slot ends[] = {
    {.name = "min", .help = "smallest value"},
    {.name = "mode", .help = "most likely value, from min to max"},
    {.name = "max", .help = "largest value, above min"},
};
static const rc_dist_slot percentiles[] = {
    {.name = "p*", .help = "a percentile, not above mode"},
    {.name = "mode", .help = "most likely value"},
    {.name = "p*", .help = "a higher percentile, not below mode"},
};

/* The share s of the range that lies left of the mode, found by bisection: with a = mode - x[0],
 * c = x[2] - mode and D the range,  D (s - sqrt(p s)) = a  and  D (1-s - sqrt(q (1-s))) = c. Their
 * quotient is monotone in s between p (where a = 0) and 1 - q (where c = 0). */
static rc_status solve_percentiles(const double *x, const double *prob, double widen, double *out,
                                   rc_error *err) {
    double p = prob[0], q = 1 - prob[2], a = x[1] - x[0], c = x[2] - x[1];
    if (!(a >= 0 && c >= 0))
        return rc_fail(err, RC_INPUT,
                       "triangular: mode %.10g must lie from p%.0f %.10g to p%.0f %.10g", x[1],
                       100 * p, x[0], 100 * prob[2], x[2]);
    double low = p, high = 1 - q, s = p, left = 0, right = 0;
    for (int i = 0; i < 100; i++) {
        s = 0.5 * (low + high);
        left = s - sqrt(p * s);
        right = (1 - s) - sqrt(q * (1 - s));
        if (a * right > c * left)
            low = s;
        else
            high = s;
    }
    double range = (a + c) / (left + right), mode = x[1];
    double min = mode - s * range, max = mode + (1 - s) * range;
    double median = s >= 0.5 ? min + range * sqrt(0.5 * s) : max - range * sqrt(0.5 * (1 - s));
    out[0] = median + widen * (min - median);
    out[1] = median + widen * (mode - median);
    out[2] = median + widen * (max - median);
    return RC_OK;
}

static const rc_dist_form forms[] = {
    {ends, 3, NULL},
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
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_triangular) = {
    .name = "triangular",
    .summary = "a most likely value between two ends, straight sides",
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
