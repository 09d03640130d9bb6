/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Incomplete gamma and beta functions and their inverses.
 *
 * Kernels x^a e^-x / Gamma(a+1) and x^a y^b / B(a,b) come from Stirling errors and deviances (C.
 * Loader, Fast and accurate computation of binomial probabilities, 2000), so that no large
 * logarithms cancel. Tails: power series and continued fractions (modified Lentz); for parameters
 * above 100 near the mean the uniform expansion BASYM of A. R. DiDonato and A. H. Morris (ACM TOMS
 * 18, 1992, algorithm 708), whose limit b -> infinity serves the gamma function as well.
 *
 * Inverses: the density of ln X (gamma) and of logit X (beta) is log-concave for all parameters, so
 * ln of either tail is concave there and Newton's method converges from anywhere; Halley's term
 * makes it cubic, a bracket guards against rounding. */
#include "dist/special.h"

#include "core/math.h"

#include <float.h>

static const double TINY = 1e-300;

/* ---- Pieces ---------------------------------------------------------------------------------- */

double rc_stirling_error(double a) {
    if (a < 10)
        return rc_lgamma(a + 1) - (a + 0.5) * rc_log(a) + a - 0.5 * RC_LN_2PI;
    const double c[] = {1.0 / 12,   -1.0 / 360,      1.0 / 1260, -1.0 / 1680,
                        1.0 / 1188, -691.0 / 360360, 1.0 / 156,  -3617.0 / 122400};
    double r = 1 / (a * a), sum = c[7];
    for (int i = 6; i >= 0; i--)
        sum = sum * r + c[i];
    return sum / a;
}

double rc_deviance(double a, double x) {
    double difference = a - x, v = difference / (a + x);
    if (fabs(v) > 0.3)
        return a * rc_log(a / x) + (x - a);
    /* a ln(a/x) = 2a atanh(v) */
    double square = v * v, power = 2 * a * v, sum = difference * v;
    for (int j = 3; j < 80; j += 2) {
        power *= square;
        double next = sum + power / j;
        if (next == sum)
            break;
        sum = next;
    }
    return sum;
}

double rc_rough_normal(double p) { /* Abramowitz and Stegun 26.2.23 */
    double t = sqrt(-2 * rc_log(p));
    return t - (2.515517 + t * (0.802853 + t * 0.010328)) /
                   (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}

/* BASYM without its table of special cases: the smaller tail of a beta distribution with large
 * parameters. h: ratio of the smaller to the larger parameter; r1 = (b - a) / max(a, b); w0 =
 * sqrt(1/a + 1/b); f: the deviance; correction: the kernel's Stirling errors. */
static double uniform_expansion(double h, double r1, double w0, double f, double correction) {
    enum { TERMS = 20 };
    const double e0 = 1.12837916709551257390, e1 = 0.35355339059327376220; /* 2/sqrt(pi), 2^-1.5 */
    double a0[TERMS + 1], b0[TERMS + 1], c[TERMS + 1], d[TERMS + 1];
    if (f > 700)
        return 0;
    double z0 = sqrt(f), z = z0 / e1 * 0.5, z2 = f + f, r0 = 1 / (1 + h);
    a0[0] = r1 * (2.0 / 3);
    c[0] = -0.5 * a0[0];
    d[0] = -c[0];
    double j0 = 0.5 / e0 * (rc_exp(f) * rc_erfc(z0)), j1 = e1, sum = j0 + d[0] * w0 * j1;
    double s = 1, hn = 1, w = w0, znm1 = z, zn = z2;
    for (int n = 2; n <= TERMS; n += 2) {
        hn *= h * h;
        a0[n - 1] = r0 * 2 * (h * hn + 1) / (n + 2);
        s += hn;
        a0[n] = r1 * 2 * s / (n + 3);
        for (int i = n; i <= n + 1; i++) {
            double r = -0.5 * (i + 1);
            b0[0] = r * a0[0];
            for (int m = 2; m <= i; m++) {
                double inner = 0;
                for (int j = 1; j < m; j++)
                    inner += (j * r - (m - j)) * a0[j - 1] * b0[m - j - 1];
                b0[m - 1] = r * a0[m - 1] + inner / m;
            }
            c[i - 1] = b0[i - 1] / (i + 1);
            double outer = 0;
            for (int j = 1; j < i; j++)
                outer += d[i - j - 1] * c[j - 1];
            d[i - 1] = -(outer + c[i - 1]);
        }
        j0 = e1 * znm1 + (n - 1) * j0;
        j1 = e1 * zn + n * j1;
        znm1 *= z2;
        zn *= z2;
        w *= w0;
        double t0 = d[n - 1] * w * j0;
        w *= w0;
        double t1 = d[n] * w * j1;
        sum += t0 + t1;
        if (fabs(t0) + fabs(t1) <= 0.5 * DBL_EPSILON * sum)
            break;
    }
    return e0 * rc_exp(-f - correction) * sum;
}

/* ---- Root of a tail on a log-concave scale --------------------------------------------------- */

double rc_solve_tail(rc_tail_function *f, const void *shape, double p, bool upper, double t,
                     double width, double *last) {
    double low = -INFINITY, high = INFINITY;
    *last = 0;
    for (int i = 0; i < 200; i++) {
        rc_tail_point at;
        f(shape, t, upper, &at);
        bool more = at.tail > p; /* too much probability: the root lies further out */
        if (more != upper)
            high = t;
        else
            low = t;
        double limit = 4 + 0.5 * fabs(t), step = more != upper ? -limit : limit;
        if (at.tail > 0 && at.density > 0) {
            double g = rc_log(at.tail / p), slope = (upper ? -at.density : at.density) / at.tail;
            double halley = 1 - 0.5 * g * (at.score - slope) / slope;
            halley = halley > 0.5 ? (halley < 2 ? halley : 2) : (halley <= 0.5 ? 0.5 : 1);
            double newton = -g / slope / halley;
            if (fabs(newton) < limit)
                step = newton;
        }
        if (fabs(step) <= 1e-5 * width) {
            *last = step;
            return t;
        }
        double next = t + step;
        if (!(next > low && next < high))
            next = 0.5 * (low + high); /* a step towards the root leaves only a two-sided bracket */
        if (next == t)
            return t;
        t = next;
    }
    return t;
}

/* ---- Gamma ----------------------------------------------------------------------------------- */

rc_gamma_shape rc_gamma_shape_of(double a) {
    rc_gamma_shape shape = {a, -rc_stirling_error(a) - 0.5 * (RC_LN_2PI + rc_log(a))};
    return shape;
}

/* x^a e^-x / Gamma(a + 1) */
static double gamma_kernel(const rc_gamma_shape *shape, double x) {
    return rc_exp(shape->log_scale - rc_deviance(shape->a, x));
}

static double gamma_series(double a, double x) {
    double term = 1, sum = 1;
    for (int n = 1; n < 20000; n++) {
        term *= x / (a + n);
        sum += term;
        if (term < 0.1 * DBL_EPSILON * sum)
            break;
    }
    return sum;
}

static double gamma_fraction(double a, double x) {
    double b = x + 1 - a, c = 1 / TINY, d = 1 / b, h = d;
    for (int i = 1; i < 20000; i++) {
        double an = -i * (i - a);
        b += 2;
        d = an * d + b;
        d = fabs(d) < TINY ? 1 / TINY : 1 / d;
        c = b + an / c;
        c = fabs(c) < TINY ? TINY : c;
        double ratio = d * c;
        h *= ratio;
        if (fabs(ratio - 1) < DBL_EPSILON)
            break;
    }
    return h;
}

/* Q(a, x) for a < 1 and small x, where 1 - P would lose digits: 1 - x^a / Gamma(1+a) (1 + J). */
static double gamma_small(double a, double x) {
    double term = 1, sum = 0;
    for (int n = 1; n < 60; n++) {
        term *= -x / n;
        sum += term / (a + n);
        if (fabs(term) < 0.1 * DBL_EPSILON * fabs(sum))
            break;
    }
    double j = a * sum, z = rc_expm1(a * rc_log(x) - rc_lgamma(1 + a));
    return -(z + j + z * j);
}

/* Both tails, P in *lower and Q in *upper, from the kernel at x. */
static double gamma_tail(const rc_gamma_shape *shape, double x, bool upper, double kernel) {
    double a = shape->a;
    if (a > 100 && fabs(x - a) <= 0.03 * a) {
        double tail = uniform_expansion(0, x <= a ? 1 : -1, 1 / sqrt(a), rc_deviance(a, x),
                                        rc_stirling_error(a));
        return (x <= a) == upper ? 1 - tail : tail;
    }
    if (a < 1 && x < 1.1 && upper)
        return gamma_small(a, x);
    if (x < a + 1) {
        double p = kernel * gamma_series(a, x);
        return upper ? 1 - p : p;
    }
    double q = kernel * a * gamma_fraction(a, x);
    return upper ? q : 1 - q;
}

double rc_gamma_cdf(const rc_gamma_shape *shape, double x, bool upper) {
    if (!(x > 0))
        return upper ? 1 : 0;
    if (x > DBL_MAX)
        return upper ? 0 : 1;
    return gamma_tail(shape, x, upper, gamma_kernel(shape, x));
}

double rc_gamma_density(const rc_gamma_shape *shape, double x) {
    return x > 0 ? gamma_kernel(shape, x) * shape->a / x : 0;
}

static void gamma_point(const void *context, double t, bool upper, rc_tail_point *out) {
    const rc_gamma_shape *shape = context;
    double x = rc_exp(t), kernel = x > 0 ? gamma_kernel(shape, x) : 0;
    out->tail = x > 0 ? gamma_tail(shape, x, upper, kernel) : upper;
    out->density = kernel * shape->a;
    out->score = shape->a - x;
}

double rc_gamma_inverse(const rc_gamma_shape *shape, double w) {
    double a = shape->a, p = fabs(w);
    bool upper = w < 0;
    double z = rc_rough_normal(p), c = 1 / (9 * a); /* Wilson and Hilferty */
    double root = 1 - c + (upper ? z : -z) * sqrt(c), start = NAN;
    if (root > 0.1)
        start = rc_log(a) + 3 * rc_log(root);
    if (!upper) {
        double left = (rc_log(p) + rc_lgamma(a + 1)) / a; /* P < x^a / Gamma(a + 1) */
        if (left < -708)
            return rc_exp(left);
        start = start > left ? start : left;
    } else if (!(start > -1)) {
        start = rc_log(a < 1 ? 1e-3 - rc_log(p) : a); /* P(X > x) < e^-x for a < 1 */
    }
    double width = sqrt(1 / a);
    double step,
        t = rc_solve_tail(gamma_point, shape, p, upper, start, width < 1 ? width : 1, &step);
    return rc_exp(t) * rc_exp(step);
}

/* ---- Beta ------------------------------------------------------------------------------------ */

rc_beta_shape rc_beta_shape_of(double a, double b) {
    double n = a + b;
    rc_beta_shape shape = {a, b, 0};
    shape.log_scale = rc_stirling_error(n) - rc_stirling_error(a) - rc_stirling_error(b) +
                      0.5 * (rc_log(a) + rc_log(b / n) - RC_LN_2PI);
    return shape;
}

double rc_log_beta(const rc_beta_shape *shape) {
    double a = shape->a, b = shape->b, n = a + b;
    return a * rc_log(a / n) + b * rc_log(b / n) - shape->log_scale;
}

/* x^a y^b / B(a, b) */
static double beta_kernel(const rc_beta_shape *shape, double x, double y) {
    double n = shape->a + shape->b;
    return rc_exp(shape->log_scale - rc_deviance(shape->a, n * x) - rc_deviance(shape->b, n * y));
}

/* I_x(a, b) over the kernel: BFRAC of algorithm 708, free of the cancellation that the usual
 * fraction has where one parameter is much the larger. lambda = a - (a + b) x > -1. */
static double beta_fraction(double a, double b, double x, double y, double lambda) {
    double c = 1 + lambda, c0 = b / a, c1 = 1 / a + 1, p = 1, s = a + 1, inverse = 1 / a;
    double an = 0, bn = 1, an1 = 1, bn1 = c / c1, r = c1 / c;
    for (int n = 1; n < 20000; n++) {
        double t = n * inverse, w = n * (b - n) * x, e = a / s;
        double alpha = p * (p + c0) * e * e * (w * x);
        double beta = n + w / s + (t + 1) / (c1 + t + t) * (c + n * (1 + y));
        p = t + 1;
        s += 2;
        double next_a = alpha * an + beta * an1, next_b = alpha * bn + beta * bn1;
        double scale = 1 / next_b, before = r;
        r = next_a * scale;
        an = an1 * scale;
        bn = bn1 * scale;
        an1 = r;
        bn1 = 1;
        if (fabs(r - before) <= 0.5 * DBL_EPSILON * r)
            break;
    }
    return r;
}

static double beta_tail(const rc_beta_shape *shape, double x, double y, bool upper, double kernel) {
    double a = shape->a, b = shape->b, least = a < b ? a : b, most = a < b ? b : a;
    double lambda = a * y - b * x; /* a - (a + b) x */
    if (least > 100 && fabs(lambda) <= 0.03 * least) {
        double f = rc_deviance(a, (a + b) * x) + rc_deviance(b, (a + b) * y);
        double correction = rc_stirling_error(a) + rc_stirling_error(b) - rc_stirling_error(a + b);
        double r1 = (b - a) / most, w0 = sqrt(1 / a + 1 / b) / (1 + least / most);
        double tail = uniform_expansion(least / most, lambda >= 0 ? r1 : -r1, w0, f, correction);
        return (lambda >= 0) == upper ? 1 - tail : tail;
    }
    bool right = x * (a + b + 2) > a + 1;
    double tail =
        kernel * (right ? beta_fraction(b, a, y, x, -lambda) : beta_fraction(a, b, x, y, lambda));
    return right == upper ? tail : 1 - tail;
}

double rc_beta_cdf(const rc_beta_shape *shape, double x, double y, bool upper) {
    if (!(x > 0))
        return upper ? 1 : 0;
    if (!(y > 0))
        return upper ? 0 : 1;
    return beta_tail(shape, x, y, upper, beta_kernel(shape, x, y));
}

double rc_beta_density(const rc_beta_shape *shape, double x, double y) {
    return x > 0 && y > 0 ? beta_kernel(shape, x, y) / x / y : 0;
}

static void beta_point(const void *context, double t, bool upper, rc_tail_point *out) {
    const rc_beta_shape *shape = context;
    double e = rc_exp(-fabs(t)), small = e / (1 + e), large = 1 / (1 + e);
    double x = t < 0 ? small : large, y = t < 0 ? large : small;
    double kernel = small > 0 ? beta_kernel(shape, x, y) : 0;
    out->tail = small > 0 ? beta_tail(shape, x, y, upper, kernel) : (t < 0) == upper;
    out->density = kernel;
    out->score = shape->a * y - shape->b * x;
}

/* logit of the inverse, its last step apart as in rc_solve_tail */
static double beta_logit(const rc_beta_shape *shape, double w, double *step) {
    double a = shape->a, b = shape->b, p = fabs(w), z = rc_rough_normal(p), near;
    bool upper = w < 0;
    z = upper ? -z : z;
    if (a > 0.6 && b > 0.6) { /* Abramowitz and Stegun 26.5.22 */
        double ra = 1 / (2 * a - 1), rb = 1 / (2 * b - 1), h = 2 / (ra + rb);
        double lambda = (z * z - 3) / 6, root = h + lambda;
        near = rc_log(a / b) - 2 * (z * sqrt(root > 0 ? root : 0) / h -
                                    (rb - ra) * (lambda + 5.0 / 6 - 2 / (3 * h)));
    } else {
        near = rc_log(a / b);
    }
    /* I_x < x^a / (a B) for b >= 1, and likewise on the right: no root lies beyond these */
    double lb = rc_log_beta(shape), edge;
    *step = 0;
    if (!upper) {
        edge = (rc_log(p) + rc_log(a) + lb) / a;
        if (edge < -708)
            return edge;
        near = near > edge && near < edge + 100 ? near : edge;
    } else {
        edge = -(rc_log(p) + rc_log(b) + lb) / b;
        if (edge > 708)
            return edge;
        near = near < edge && near > edge - 100 ? near : edge;
    }
    double width = sqrt(1 / a + 1 / b);
    return rc_solve_tail(beta_point, shape, p, upper, near, width < 1 ? width : 1, step);
}

double rc_beta_inverse(const rc_beta_shape *shape, double w, double *y) {
    double step, t = beta_logit(shape, w, &step), e = rc_exp(-fabs(t));
    double small = e / (1 + e), large = 1 / (1 + e), factor = rc_exp(t < 0 ? step : -step);
    double sum = small * factor + large;
    *y = t < 0 ? large / sum : small * factor / sum;
    return t < 0 ? small * factor / sum : large / sum;
}

/* ---- Student's t: df / (df + T^2) is beta(df/2, 1/2) ----------------------------------------- */

/* x = df / (df + t^2) and y = 1 - x, without overflow */
static double student_split(double df, double t, double *y) {
    double r = fabs(t) / sqrt(df);
    if (r > 1) {
        double s = 1 / (r * r);
        *y = 1 / (1 + s);
        return s / (1 + s);
    }
    *y = r * r / (1 + r * r);
    return 1 / (1 + r * r);
}

double rc_student_cdf(double df, const rc_beta_shape *shape, double t, bool upper) {
    double y, x = student_split(df, t, &y);
    double tail = 0.5 * rc_beta_cdf(shape, x, y, false);
    return (t > 0) == upper ? tail : 1 - tail;
}

double rc_student_density(double df, const rc_beta_shape *shape, double t) {
    double y, x = student_split(df, t, &y), r = sqrt(df);
    if (y < 1e-200)
        return rc_exp(-rc_log_beta(shape)) / r;
    return x > 0 ? beta_kernel(shape, x, y) / fabs(t) : 0;
}

double rc_student_inverse(double df, const rc_beta_shape *shape, double w) {
    double both = 2 * fabs(w), inside = 1 - both; /* exact for |w| > 1/4 */
    if (inside <= 0)
        return 0;
    double step, logit = beta_logit(shape, both <= 0.5 ? both : -inside, &step);
    double t = sqrt(df) * rc_exp(-0.5 * logit) * rc_exp(-0.5 * step);
    return w < 0 ? t : -t;
}
