/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Truncate: another distribution, given that lower <= X <= upper (nothing piles up at the ends).
 * With B = P(X < lower), A = P(X > upper) and inside mass M = 1 - A - B of the child: the lower
 * tail of probability v is the child's lower tail B + v M, its upper tail A + v M. Both sums keep
 * their digits, and whichever side of the child's median they fall is the side that it is asked
 * for. */
#include "dist/check.h"
#include "dist/dist.h"

static const rc_dist_slot parameters[] = {
    {.name = "shape", .kind = RC_SLOT_SHAPE, .help = RC_TR("the distribution to cut")},
    {.name = "lower",
     .optional = true,
     .fallback = NAN,
     .help = RC_TR("smallest value that is kept")},
    {.name = "upper",
     .optional = true,
     .fallback = NAN,
     .help = RC_TR("largest value that is kept")},
};
static const rc_dist_form forms[] = {{parameters, 3, NULL}};

enum { LOWER, UPPER, BELOW, BELOW_REST, ABOVE, ABOVE_REST, MASS, SIZE };

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

/* P(X < x), or P(X >= x) when upper: differs from the cdf at an atom. */
static double cdf_before(const rc_dist *d, double x, bool upper) {
    return rc_dist_cdf(d, nextafter(x, -INFINITY), upper);
}

static rc_status fail_empty(const rc_dist *child, double lower, double upper, rc_error *err) {
    const char *name = child->type->name;
    if (lower == -INFINITY)
        return rc_fail(err, RC_INPUT, "truncate: %s has (almost) no probability up to upper %.10g",
                       name, upper);
    if (upper == INFINITY)
        return rc_fail(err, RC_INPUT, "truncate: %s has (almost) no probability from lower %.10g",
                       name, lower);
    return rc_fail(err, RC_INPUT,
                   "truncate: %s has (almost) no probability from lower %.10g to upper %.10g", name,
                   lower, upper);
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    const rc_dist *child = values[0].shapes[0];
    double lower = values[1].number, upper = values[2].number;
    if (isnan(lower) && isnan(upper))
        return rc_fail(err, RC_INPUT, "truncate: lower or upper is needed");
    if (lower >= upper)
        return rc_fail(err, RC_INPUT, "truncate: upper %.10g must lie above lower %.10g", upper,
                       lower);
    bool cut_low = lower > -INFINITY, cut_high = upper < INFINITY;
    d->p[LOWER] = cut_low ? lower : -INFINITY;
    d->p[UPPER] = cut_high ? upper : INFINITY;
    d->p[BELOW] = cut_low ? cdf_before(child, lower, false) : 0;
    d->p[BELOW_REST] = cut_low ? cdf_before(child, lower, true) : 1;
    d->p[ABOVE] = cut_high ? rc_dist_cdf(child, upper, true) : 0;
    d->p[ABOVE_REST] = cut_high ? rc_dist_cdf(child, upper, false) : 1;
    /* the mass as a difference of small numbers, when there are such */
    double below = d->p[BELOW], above = d->p[ABOVE];
    d->p[MASS] = below > 0.5   ? d->p[BELOW_REST] - above
                 : above > 0.5 ? d->p[ABOVE_REST] - below
                               : 1 - above - below;
    return d->p[MASS] >= 1e-12 ? RC_OK : fail_empty(child, d->p[LOWER], d->p[UPPER], err);
}

static double clamp(const rc_dist *d, double x) {
    return x < d->p[LOWER] ? d->p[LOWER] : x > d->p[UPPER] ? d->p[UPPER] : x;
}

static double quantile(const rc_dist *d, double w) {
    double part = fabs(w) * d->p[MASS], tail, rest;
    bool upper = w < 0;
    if (upper) {
        tail = d->p[ABOVE] + part;
        rest = d->p[ABOVE_REST] - part;
    } else {
        tail = d->p[BELOW] + part;
        rest = d->p[BELOW_REST] - part;
    }
    double child = tail <= 0.5 ? (upper ? -tail : tail) : (upper ? rest : -rest);
    return clamp(d, rc_dist_quantile(d->shapes[0], child));
}

static double cdf(const rc_dist *d, double x, bool upper) {
    if (x < d->p[LOWER])
        return upper ? 1 : 0;
    if (x >= d->p[UPPER])
        return upper ? 0 : 1;
    const rc_dist *child = d->shapes[0];
    double low = rc_dist_cdf(child, x, false), high = rc_dist_cdf(child, x, true), part;
    if (upper) /* P(x < X <= upper), by the tail that is smaller at x */
        part = high <= 0.5 ? high - d->p[ABOVE] : d->p[ABOVE_REST] - low;
    else
        part = low <= 0.5 ? low - d->p[BELOW] : d->p[BELOW_REST] - high;
    part /= d->p[MASS];
    return part < 0 ? 0 : part > 1 ? 1 : part;
}

static double density(const rc_dist *d, double x) {
    const rc_dist *child = d->shapes[0];
    if (child->type->density == NULL || !(x >= d->p[LOWER] && x <= d->p[UPPER]))
        return child->type->density == NULL ? (double)NAN : 0;
    return child->type->density(child, x) / d->p[MASS];
}

static bool score(const rc_dist *d, double x, double num[3], double den[3]) {
    const rc_dist *child = d->shapes[0];
    return child->type->score != NULL && child->type->score(child, x, num, den);
}

static void support(const rc_dist *d, double *low, double *high) {
    rc_dist_support(d->shapes[0], low, high);
    *low = *low > d->p[LOWER] ? *low : d->p[LOWER];
    *high = *high < d->p[UPPER] ? *high : d->p[UPPER];
}

static const rc_dist_oracle oracles[] = {
    {"truncate(normal(10, 4), lower=0, upper=25)", 0.001, 0.21216518522738783, "shared cases"},
    {"truncate(normal(10, 4), lower=0, upper=25)", 0.05, 3.6391963053777211, "shared cases"},
    {"truncate(normal(10, 4), lower=0, upper=25)", 0.1, 4.9984684656641892, "shared cases"},
    {"truncate(normal(10, 4), lower=0, upper=25)", 0.5, 10.03068768786438, "shared cases"},
    {"truncate(normal(10, 4), lower=0, upper=25)", 0.9, 15.138570250812227, "shared cases"},
    {"truncate(normal(10, 4), lower=0, upper=25)", 0.95, 16.588214455664229, "shared cases"},
    {"truncate(normal(10, 4), lower=0, upper=25)", 0.999, 22.26686696598003, "shared cases"},
    {"truncate(uniform(0, 10), lower=4)", 0.25, 5.5, "closed form"},
    {"truncate(uniform(0, 10), upper=5)", 0.75, 3.75, "closed form"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_truncate) = {
    .name = "truncate",
    .summary = RC_TR("another distribution, kept within bounds without piling up at them"),
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .size = size,
    .init = init,
    .quantile = quantile,
    .cdf = cdf,
    .oracles = oracles,
    .density = density,
    .score = score,
    .support = support,
};
