/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Metalog (T. W. Keelin, The metalog distributions, Decision Analysis 13, 2016): the quantile is
 *     M(y) = a1 + a2 L + a3 f L + a4 f + a5 f^2 + a6 f^2 L + a7 f^3 + a8 f^3 L + ...
 * with L = ln(y / (1 - y)), f = y - 1/2. Bounded below: lower + e^M; above: upper - e^-M; both:
 * (lower + upper e^M) / (1 + e^M). So M = A(f) + L B(f) with two polynomials of degree below 8; in
 * the upper tail f and L change their signs, so the tail probability keeps its digits.
 *
 * Feasible means M' > 0 on all of (0, 1). g = y (1 - y) M' = B + y (1 - y) (A' + L B') is smooth in
 * L and tends to B(-1/2), B(1/2) in the tails: it is looked at on a grid in L down to y = 2^-57,
 * and every smallest point between is refined. */
#include "core/simd.h"
#include "dist/check.h"
#include "dist/dist.h"
#include "dist/fit.h"

#define BOUND_SLOTS                                                                                \
    {.name = "lower",                                                                              \
     .optional = true,                                                                             \
     .fallback = NAN,                                                                              \
     .help = RC_TR("smallest value possible")},                                                    \
    {                                                                                              \
        .name = "upper", .optional = true, .fallback = NAN,                                        \
        .help = RC_TR("largest value possible")                                                    \
    }

static const rc_dist_slot coefficients[] = {
    {.name = "a",
     .kind = RC_SLOT_LIST,
     .optional = true,
     .fallback = NAN,
     .help = RC_TR("2 to 16 coefficients, in Keelin's order")},
    BOUND_SLOTS,
    {.name = "a1",
     .optional = true,
     .fallback = NAN,
     .help = RC_TR("first coefficient, instead of a")},
    {.name = "a2", .optional = true, .fallback = NAN, .help = RC_TR("second coefficient")},
    {.name = "a3", .optional = true, .fallback = NAN, .help = RC_TR("third coefficient")},
};
static const rc_dist_slot percentiles[] = {
    {.name = "p*", .help = RC_TR("a low percentile")},
    {.name = "p*", .help = RC_TR("a middle percentile")},
    {.name = "p*", .help = RC_TR("a high percentile")},
    BOUND_SLOTS,
};

enum { N_TERMS, LOWER, UPPER, PLAIN, LOGIT = PLAIN + 8, SIZE = LOGIT + 8, MOST_TERMS = 16 };

/* ---- Percentiles -> a1, a2, a3 --------------------------------------------------------------- */

static bool has(double bound) {
    return isfinite(bound);
}

static rc_status check_bounds(double lower, double upper, rc_error *err) {
    if (has(lower) && has(upper) && !(upper > lower))
        return rc_fail(err, RC_INPUT, "metalog: upper %.10g must lie above lower %.10g", upper,
                       lower);
    return RC_OK;
}

/* x on the unbounded scale */
static double unbounded(double x, double lower, double upper) {
    if (has(lower) && has(upper))
        return rc_log((x - lower) / (upper - x));
    return has(lower) ? rc_log(x - lower) : has(upper) ? -rc_log(upper - x) : x;
}

/* a1 + a2 L + a3 f L = z in three points: with s = (z - z_0) and so on, Cramer's rule. Widening
 * multiplies a2 and a3: the spread about the median on the unbounded scale, so bounds hold. */
static rc_status solve(const double *x, const double *p, double widen, double *out, rc_error *err) {
    double lower = x[3], upper = x[4], z[3], l[3], fl[3];
    if (check_bounds(lower, upper, err))
        return RC_INPUT;
    for (int i = 0; i < 3; i++) {
        if (i > 0 && !(x[i] > x[i - 1]))
            return rc_fail(err, RC_INPUT, "metalog: p%g %.10g must lie above p%g %.10g", 100 * p[i],
                           x[i], 100 * p[i - 1], x[i - 1]);
        if (has(lower) && !(x[i] > lower))
            return rc_fail(err, RC_INPUT, "metalog: p%g %.10g must lie above lower %.10g",
                           100 * p[i], x[i], lower);
        if (has(upper) && !(x[i] < upper))
            return rc_fail(err, RC_INPUT, "metalog: p%g %.10g must lie below upper %.10g",
                           100 * p[i], x[i], upper);
        z[i] = unbounded(x[i], lower, upper);
        l[i] = rc_log(p[i] / (1 - p[i]));
        fl[i] = (p[i] - 0.5) * l[i];
    }
    double l1 = l[1] - l[0], l2 = l[2] - l[0], g1 = fl[1] - fl[0], g2 = fl[2] - fl[0];
    double z1 = z[1] - z[0], z2 = z[2] - z[0], determinant = l1 * g2 - l2 * g1;
    double a2 = (z1 * g2 - z2 * g1) / determinant, a3 = (l1 * z2 - l2 * z1) / determinant;
    out[0] = NAN;
    out[1] = lower;
    out[2] = upper;
    out[3] = z[0] - a2 * l[0] - a3 * fl[0];
    out[4] = widen * a2;
    out[5] = widen * a3;
    return RC_OK;
}

static const rc_dist_form forms[] = {
    {coefficients, 6, NULL},
    {percentiles, 5, solve},
};

/* ---- The quantile function ------------------------------------------------------------------- */

static size_t size(const rc_dist_value *values) {
    (void)values;
    return SIZE;
}

static double polynomial(const double *c, double f) {
    double sum = c[7];
    for (int i = 6; i >= 0; i--)
        sum = sum * f + c[i];
    return sum;
}

static double slope(const double *c, double f) {
    double sum = 7 * c[7];
    for (int i = 6; i >= 1; i--)
        sum = sum * f + i * c[i];
    return sum;
}

/* M at f and L */
static double value(const double *p, double f, double l) {
    return polynomial(p + PLAIN, f) + l * polynomial(p + LOGIT, f);
}

/* g = y (1 - y) M'(y) = dM/dL, at L = l; *v is the smaller of y and 1 - y. */
static double growth(const double *p, double l, double *f) {
    double e = rc_exp(-fabs(l)), v = e / (1 + e), spread = e / ((1 + e) * (1 + e));
    *f = l < 0 ? v - 0.5 : 0.5 - v;
    return polynomial(p + LOGIT, *f) + spread * (slope(p + PLAIN, *f) + l * slope(p + LOGIT, *f));
}

static double bounded(const double *p, double m) {
    double lower = p[LOWER], upper = p[UPPER];
    if (has(lower) && has(upper)) {
        double e = rc_exp(-fabs(m)), part = (upper - lower) * (e / (1 + e));
        return m < 0 ? lower + part : upper - part;
    }
    return has(lower) ? lower + rc_exp(m) : has(upper) ? upper - rc_exp(-m) : m;
}

static double quantile(const rc_dist *d, double w) {
    double v = fabs(w), f = v - 0.5, l = rc_log(v) - rc_log1p(-v);
    return bounded(d->p, w > 0 ? value(d->p, f, l) : value(d->p, -f, -l));
}

enum { TILE = 64 };

static void bounded_block(const double *p, double *x, size_t n) {
    _Alignas(64) double e[TILE] = {0}; /* gcc 12 warns otherwise, wrongly */
    double lower = p[LOWER], upper = p[UPPER], width = upper - lower;
    if (has(lower) && has(upper)) {
        for (RC_EACH_LANE(i, n))
            e[i] = -fabs(x[i]);
        rc_vmap_exp(e, e, n);
        for (RC_EACH_LANE(i, n)) {
            double part = width * (e[i] / (1 + e[i]));
            x[i] = x[i] < 0 ? lower + part : upper - part;
        }
    } else if (has(lower)) {
        rc_vmap_exp(x, x, n);
        for (RC_EACH_LANE(i, n))
            x[i] = lower + x[i];
    } else if (has(upper)) {
        for (RC_EACH_LANE(i, n))
            x[i] = -x[i];
        rc_vmap_exp(x, x, n);
        for (RC_EACH_LANE(i, n))
            x[i] = upper - x[i];
    }
}

static void quantile_block(const rc_dist *d, const double *w, double *x, size_t n) {
    _Alignas(64) double f[TILE], l[TILE], rest[TILE];
    double p[SIZE];
    memcpy(p, d->p, sizeof p);
    int degree = (int)p[N_TERMS] / 2; /* polynomials above this degree are zero */
    degree = degree < 7 ? degree : 7;
    for (size_t start = 0; start < n; start += TILE) {
        size_t m = n - start < TILE ? n - start : TILE;
        for (RC_EACH_LANE(i, m)) {
            l[i] = fabs(w[start + i]);
            rest[i] = -l[i];
            f[i] = w[start + i] > 0 ? l[i] - 0.5 : 0.5 - l[i];
        }
        /* in place would destroy the sign: f carries it, and is never 0 */
        rc_vmap_log(l, l, m);
        rc_vmap_log1p(rest, rest, m);
        double *y = x + start;
        for (RC_EACH_LANE(i, m)) {
            double logit = l[i] - rest[i], a = p[PLAIN + 7], b = p[LOGIT + 7];
            l[i] = f[i] < 0 ? logit : -logit;
            rest[i] = a;
            y[i] = b;
        }
        for (int k = 6; k >= 0; k--)
            if (k <= degree)
                for (RC_EACH_LANE(i, m)) {
                    rest[i] = rest[i] * f[i] + p[PLAIN + k];
                    y[i] = y[i] * f[i] + p[LOGIT + k];
                }
        for (RC_EACH_LANE(i, m))
            y[i] = rest[i] + l[i] * y[i];
        bounded_block(p, y, m);
    }
}

/* ---- cdf: M(L) = m by Newton in a bracket ---------------------------------------------------- */

/* L with M(L) = m */
static double logit_of(const double *p, double m) {
    double low = -745, high = 745, l = 0, f;
    for (int i = 0; i < 200 && high - low > 1e-15 * (1 + fabs(l)); i++) {
        double g = growth(p, l, &f), excess = value(p, f, l) - m;
        if (excess >= 0)
            high = l;
        if (excess <= 0)
            low = l;
        double next = l - excess / g;
        if (fabs(next - l) <= 1e-15 * (1 + fabs(l)))
            break;
        l = g > 0 && next > low && next < high ? next : 0.5 * (low + high);
    }
    return l;
}

static double cdf(const rc_dist *d, double x, bool upper) {
    const double *p = d->p;
    if ((has(p[LOWER]) && x <= p[LOWER]) || x == -INFINITY)
        return upper ? 1 : 0;
    if ((has(p[UPPER]) && x >= p[UPPER]) || x == INFINITY)
        return upper ? 0 : 1;
    double l = logit_of(p, unbounded(x, p[LOWER], p[UPPER]));
    double e = rc_exp(-fabs(l)), v = e / (1 + e);
    return (l > 0) == upper ? v : 1 / (1 + e);
}

/* dy/dm = y (1 - y) / g, and dm/dx of the bounds */
static double log_density(const rc_dist *d, double x) {
    const double *p = d->p;
    double lower = p[LOWER], upper = p[UPPER], f, slope_of_m = 1;
    if ((has(lower) && x <= lower) || (has(upper) && x >= upper))
        return -INFINITY;
    double l = logit_of(p, unbounded(x, lower, upper)), size = fabs(l);
    if (has(lower) || has(upper))
        slope_of_m = (has(lower) ? 1 / (x - lower) : 0) + (has(upper) ? 1 / (upper - x) : 0);
    return -size - 2 * rc_log1p(rc_exp(-size)) + rc_log(slope_of_m / growth(p, l, &f));
}

static void support(const rc_dist *d, double *low, double *high) {
    *low = has(d->p[LOWER]) ? d->p[LOWER] : -INFINITY;
    *high = has(d->p[UPPER]) ? d->p[UPPER] : INFINITY;
}

/* ---- Checking -------------------------------------------------------------------------------- */

/* Smallest g between two points of L, by golden section. */
static double smallest_growth(const double *p, double a, double b, double *where) {
    const double section = 0.61803398874989485;
    double f, c = b - section * (b - a), e = a + section * (b - a);
    double gc = growth(p, c, &f), ge = growth(p, e, &f);
    for (int i = 0; i < 40; i++)
        if (gc < ge) {
            b = e;
            e = c;
            ge = gc;
            c = b - section * (b - a);
            gc = growth(p, c, &f);
        } else {
            a = c;
            c = e;
            gc = ge;
            e = a + section * (b - a);
            ge = growth(p, e, &f);
        }
    *where = 0.5 * (a + b);
    return gc < ge ? gc : ge;
}

static rc_status check_feasible(const double *p, rc_error *err) {
    enum { POINTS = 641 };
    double g[POINTS], f, worst = INFINITY, at = 0;
    for (int i = 0; i < POINTS; i++) {
        double l = (i - POINTS / 2) * (40.0 / (POINTS / 2));
        g[i] = growth(p, l, &f);
        if (!(g[i] >= worst)) {
            worst = g[i];
            at = l;
        }
    }
    for (int i = 1; i + 1 < POINTS && worst > 0; i++) {
        double around = g[i - 1] > g[i + 1] ? g[i - 1] : g[i + 1];
        /* a smallest point between, and a parabola might dip below zero there */
        if (g[i] <= g[i - 1] && g[i] <= g[i + 1] && 2 * g[i] <= around) {
            double step = 40.0 / (POINTS / 2), l = (i - POINTS / 2) * step, where;
            double least = smallest_growth(p, l - step, l + step, &where);
            worst = least < worst ? least : worst;
            at = least <= worst ? where : at;
        }
    }
    if (worst > 0)
        return RC_OK;
    double y = 1 / (1 + rc_exp(-at));
    return rc_fail(err, RC_INPUT,
                   "metalog: not feasible: values would fall instead of rise near probability "
                   "%.3g; make the percentiles more even, or give bounds (lower=, upper=)",
                   y);
}

static rc_status init(const rc_dist_value *values, rc_dist *d, rc_error *err) {
    double few[3] = {values[3].number, values[4].number, values[5].number};
    const double *a = values[0].list;
    size_t n = values[0].n;
    if (a == NULL || n == 0) {
        a = few;
        n = isnan(few[2]) ? 2 : 3;
        if (isnan(few[0]) && isnan(few[1]) && isnan(few[2]))
            return rc_fail(err, RC_INPUT, "metalog: a, a list of 2 to 16 coefficients, is needed");
        if (isnan(few[0]) || isnan(few[1]))
            return rc_fail(err, RC_INPUT, "metalog: a%d is missing; a1 and a2 are needed at least",
                           isnan(few[0]) ? 1 : 2);
    } else if (!isnan(few[0]) || !isnan(few[1]) || !isnan(few[2])) {
        return rc_fail(err, RC_INPUT, "metalog: give either the list a or a1, a2, a3, not both");
    }
    if (n < 2 || n > MOST_TERMS)
        return rc_fail(err, RC_INPUT, "metalog: a has %zu coefficients; it must have 2 to 16", n);
    for (int i = 0; i < SIZE; i++)
        d->p[i] = 0;
    d->p[N_TERMS] = (double)n;
    d->p[LOWER] = values[1].number;
    d->p[UPPER] = values[2].number;
    if (check_bounds(d->p[LOWER], d->p[UPPER], err))
        return RC_INPUT;
    for (size_t k = 0; k < n; k++) {
        if (!isfinite(a[k]))
            return rc_fail(err, RC_INPUT, "metalog: coefficient %zu of a is %g; it must be finite",
                           k + 1, a[k]);
        size_t at; /* 1 | L | fL | f, then alternating f^j and f^j L */
        if (k < 4)
            at = k == 0 ? PLAIN : k == 1 ? LOGIT : k == 2 ? LOGIT + 1 : PLAIN + 1;
        else
            at = k / 2 + (k % 2 == 0 ? PLAIN : LOGIT);
        d->p[at] = a[k];
    }
    return check_feasible(d->p, err);
}

/* ---- Fitting: least squares on the quantiles (Keelin 2016, 3.1) --------------------------------
 */

enum { FEWEST = 3, VARIANTS = 3, MOST_FITTED = FEWEST + VARIANTS - 1 };

/* The first five basis functions at y = (i + 1/2) / n */
static void basis(size_t i, size_t n, double *b) {
    double y = ((double)i + 0.5) / (double)n, f = y - 0.5;
    double l = rc_log(((double)i + 0.5) / ((double)(n - i) - 0.5));
    b[0] = 1;
    b[1] = l;
    b[2] = f * l;
    b[3] = f;
    b[4] = f * f;
}

/* m a = v for a symmetric, positive definite m: elimination without pivots. */
static void solve_normal(double m[MOST_FITTED][MOST_FITTED], double *v, size_t k, double *a) {
    for (size_t i = 0; i < k; i++)
        for (size_t j = i + 1; j < k; j++) {
            double factor = m[j][i] / m[i][i];
            for (size_t c = i; c < k; c++)
                m[j][c] -= factor * m[i][c];
            v[j] -= factor * v[i];
        }
    for (size_t i = k; i-- > 0;) {
        a[i] = v[i];
        for (size_t c = i + 1; c < k; c++)
            a[i] -= m[i][c] * a[c];
        a[i] /= m[i][i];
    }
}

static void least_squares(const rc_dist_data *data, size_t k, double *a) {
    double m[MOST_FITTED][MOST_FITTED] = {{0}}, v[MOST_FITTED] = {0}, b[MOST_FITTED];
    double shift = unbounded(data->median, data->lower, data->upper);
    for (size_t i = 0; i < data->n; i++) {
        double z = unbounded(data->x[i], data->lower, data->upper) - shift;
        basis(i, data->n, b);
        for (size_t r = 0; r < k; r++) {
            v[r] += b[r] * z;
            for (size_t c = 0; c < k; c++)
                m[r][c] += b[r] * b[c];
        }
    }
    solve_normal(m, v, k, a);
    a[0] += shift;
}

static rc_status start(const rc_dist_data *data, size_t variant, rc_fit_values *out,
                       rc_error *err) {
    double lower = data->lower, upper = data->upper, p[SIZE];
    out->n_list = FEWEST + variant;
    for (size_t i = 0; i < 6; i++)
        out->slot[i] = rc_fit_known(NAN);
    out->slot[1].value = lower;
    out->slot[2].value = upper;
    if (rc_fit_within(data, has(lower) ? lower : -INFINITY, has(upper) ? upper : INFINITY, err))
        return RC_INPUT;
    least_squares(data, out->n_list, out->list);
    rc_dist_value values[6] = {{.list = out->list, .n = out->n_list},
                               {.number = lower},
                               {.number = upper},
                               {.number = NAN},
                               {.number = NAN},
                               {.number = NAN}};
    rc_dist d = {.p = p};
    if (init(values, &d, NULL) == RC_OK)
        return RC_OK;
    return rc_fail(err, RC_INPUT, "least squares gives %zu terms whose quantile does not rise",
                   out->n_list);
}

static const rc_dist_fit fit = {
    .start = start, .n_variants = VARIANTS, .method = "least squares on quantiles"};

static const rc_dist_oracle oracles[] = {
    {"metalog(p10=10, p50=20, p90=40)", 0.001, -7.5440386805063079, "shared cases"},
    {"metalog(p10=10, p50=20, p90=40)", 0.05, 7.4368256597826156, "shared cases"},
    {"metalog(p10=10, p50=20, p90=40)", 0.5, 20, "shared cases"},
    {"metalog(p10=10, p50=20, p90=40)", 0.95, 47.638983548478246, "shared cases"},
    {"metalog(p10=10, p50=20, p90=40)", 0.999, 86.757948242767785, "shared cases"},
    {"metalog(p10=10, p50=20, p90=40, lower=0)", 0.001, 2.2634579907907066, "shared cases"},
    {"metalog(p10=10, p50=20, p90=40, lower=0)", 0.05, 7.9000192311133071, "shared cases"},
    {"metalog(p10=10, p50=20, p90=40, lower=0)", 0.95, 50.632788136090418, "shared cases"},
    {"metalog(p10=10, p50=20, p90=40, lower=0)", 0.999, 176.72075277185318, "shared cases"},
    {"metalog([20, 6.8267941997012805, 5.6889951664177337])", 0.9, 40, "shared cases"},
    {"metalog([0, 1])", 0.9, 2.1972245773362196, "closed form (logistic)"},
    {"metalog([0, 1], lower=0, upper=2)", 0.9, 1.8, "closed form (uniform)"},
    {0},
};

const rc_dist_type RC_MEMBER(rc_dist_metalog) = {
    .name = "metalog",
    .summary = RC_TR("a smooth curve through three percentiles from an expert, or by coefficients"),
    .forms = forms,
    .n_forms = sizeof forms / sizeof *forms,
    .size = size,
    .init = init,
    .quantile = quantile,
    .cdf = cdf,
    .oracles = oracles,
    .quantile_block = quantile_block,
    .support = support,
    .log_density = log_density,
    .fit = &fit,
};
