/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mixture: one of several distributions, chosen with given weights. F = sum of weight_i F_i. The
 * quantile lies between the smallest and the largest of the children's quantiles: an Illinois false
 * position with bisection on that bracket until it cannot shrink, so that atoms (a constant is a
 * one-point discrete child) are met exactly: the smallest x with F(x) >= u. */
#include "dist/check.h"
#include "dist/dist.h"

#include "core/math.h"

static const rc_dist_slot parameters[] = {
    {.name = "shapes",
     .kind = RC_SLOT_SHAPES,
     .help = RC_TR("distributions; a number is a constant")},
    {.name = "weights",
     .kind = RC_SLOT_LIST,
     .optional = true,
     .fallback = NAN,
     .help = RC_TR("a weight for each, 0 or more; all equal when left out")},
};
static const rc_dist_form forms[] = {{parameters, 2, NULL}};

static size_t size(const rc_dist_value *values) {
    return values[0].n + 1;
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    size_t n = values[0].n;
    const double *weights = values[1].list;
    if (n == 0)
        return rc_fail(err, RC_INPUT, "mixture: shapes is empty; at least one is needed");
    if (weights != NULL && values[1].n != n)
        return rc_fail(err, RC_INPUT, "mixture: %zu shapes but %zu weights", n, values[1].n);
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double weight = weights != NULL ? weights[i] : 1;
        if (!(weight >= 0 && isfinite(weight)))
            return rc_fail(err, RC_INPUT,
                           "mixture: number %zu of weights is %.10g; it must be finite and not "
                           "below 0",
                           i + 1, weight);
        sum += weight;
        d->p[i] = weight;
    }
    if (!(sum > 0 && isfinite(sum)))
        return rc_fail(err, RC_INPUT, "mixture: weights add up to %.10g; they must be above 0",
                       sum);
    for (size_t i = 0; i < n; i++)
        d->p[i] /= sum;
    return RC_OK;
}

static double cdf(const rc_dist *d, double x, bool upper) {
    double sum = 0;
    for (size_t i = 0; i < d->n_shapes; i++)
        if (d->p[i] > 0)
            sum += d->p[i] * rc_dist_cdf(d->shapes[i], x, upper);
    return sum < 1 ? sum : 1;
}

static double density(const rc_dist *d, double x) {
    double sum = 0;
    for (size_t i = 0; i < d->n_shapes; i++) {
        const rc_dist *child = d->shapes[i];
        if (d->p[i] > 0) {
            if (child->type->density == NULL || child->type->discrete)
                return NAN;
            sum += d->p[i] * child->type->density(child, x);
        }
    }
    return sum;
}

/* The bracket: at its low end F has at most reached u, at its high end it surely has. */
static void bracket(const rc_dist *d, double w, double *low, double *high) {
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < d->n_shapes; i++)
        if (d->p[i] > 0) {
            double x = rc_dist_quantile(d->shapes[i], w);
            *low = x < *low ? x : *low;
            *high = x > *high ? x : *high;
        }
}

/* F(x) - u, or (1 - u) - S(x): rises with x, reached when >= 0 */
static double excess(const rc_dist *d, double w, double x) {
    return w > 0 ? cdf(d, x, false) - w : -w - cdf(d, x, true);
}

static double quantile(const rc_dist *d, double w) {
    double low, high;
    bracket(d, w, &low, &high);
    double f_low = excess(d, w, low), f_high = excess(d, w, high);
    if (f_low >= 0 || low >= high)
        return low;
    for (int i = 0, kept = 0; i < 400; i++) {
        double width = high - low, middle = low + 0.5 * width;
        if (middle <= low || middle >= high)
            break;
        double x = i % 3 == 2 ? middle : low + width * (f_low / (f_low - f_high));
        /* towards the far end by a trifle: the bracket closes from both sides */
        double least = 2e-16 * (fabs(low) + fabs(high)) + 5e-324;
        x = x - low < least ? low + least : high - x < least ? high - least : x;
        if (!(x > low && x < high))
            x = middle;
        double f = excess(d, w, x);
        if (f >= 0) {
            high = x;
            f_high = f;
            f_low *= kept == 1 ? 0.5 : 1;
            kept = 1;
        } else {
            low = x;
            f_low = f;
            f_high *= kept == -1 ? 0.5 : 1;
            kept = -1;
        }
    }
    return high;
}

/* mean = sum w m, variance = sum w (s^2 + (m - mean)^2); NaN where a child does not know its own.
 */
static void moments(const rc_dist *d, double *mean, double *sd) {
    double sum = 0, variance = 0, m, s;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < d->n_shapes; i++) {
            if (!(d->p[i] > 0))
                continue;
            rc_dist_moments(d->shapes[i], &m, &s);
            if (pass == 0)
                sum += d->p[i] * m;
            else
                variance += d->p[i] * (s * s + (m - sum) * (m - sum));
        }
    *mean = sum;
    *sd = sqrt(variance);
}

static void support(const rc_dist *d, double *low, double *high) {
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < d->n_shapes; i++)
        if (d->p[i] > 0) {
            double a, b;
            rc_dist_support(d->shapes[i], &a, &b);
            *low = a < *low ? a : *low;
            *high = b > *high ? b : *high;
        }
}

static const rc_dist_oracle oracles[] = {
    {"mixture([uniform(0, 1), uniform(0, 4)], [1, 1])", 0.25, 0.4, "closed form"},
    {"mixture([uniform(0, 1), uniform(0, 4)], [1, 1])", 0.75, 2, "closed form"},
    {"mixture([uniform(0, 1), uniform(0, 4)], [1, 1])", 0.999, 3.992, "closed form"},
    {"mixture([uniform(0, 2), 1], [3, 1])", 0.3, 0.8, "closed form"},
    {"mixture([uniform(0, 2), 1], [3, 1])", 0.5, 1, "closed form (atom)"},
    {"mixture([uniform(0, 2), 1], [3, 1])", 0.7, 1.2, "closed form"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_mixture) = {
    .name = "mixture",
    .summary = RC_TR("one of several distributions by weight: a good case and a bad case"),
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .size = size,
    .init = init,
    .quantile = quantile,
    .cdf = cdf,
    .oracles = oracles,
    .moments = moments,
    .density = density,
    .support = support,
};
