/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frank: symmetric, without extremes that come together; either sign.
 *     C(u, v) = -ln(1 + (e^-au - 1)(e^-av - 1) / (e^-a - 1)) / a.
 * The second point given the first and t, a point of its own, for a > 0:
 *     v = -ln(1 + t (e^-a - 1) / (t + (1 - t) e^-au)) / a,
 * and 1 - v is the same of 1 - u and 1 - t: the smaller one is computed, with its digits. For a < 0
 * it is 1 - v of -a and 1 - t. Spearman's rho = 1 + 12 (D2(a) - D1(a)) / a with Debye's functions,
 * here as (12 / a) times the integral of (2 x - 1) R(a x), R(z) = z / (e^z - 1) - 1 + z / 2, in
 * which nothing cancels.
 *
 * M. J. Frank: Aequationes Math. 19, 194 (1979). C. Genest: Biometrika 74, 549 (1987). */
#include "copula/pair.h"

static double remainder_of(double z) {
    if (z > 0.5)
        return z / rc_expm1(z) - 1 + 0.5 * z;
    double q = z * z; /* Bernoulli numbers over factorials */
    return q * (1.0 / 12 -
                q * (1.0 / 720 - q * (1.0 / 30240 -
                                      q * (1.0 / 1209600 -
                                           q * (1.0 / 47900160 - q * (691.0 / 1307674368000.0))))));
}

static double spearman(double a, double df) {
    rc_pair_grid g;
    if (a < 0)
        return -spearman(-a, df);
    if (a == 0)
        return 0;
    rc_pair_grid_make(&g);
    double sum = 0;
    for (int i = 0; i < RC_PAIR_NODES; i++)
        sum += g.weight[i] * (g.x[i] - g.rest[i]) * remainder_of(a * g.x[i]);
    return 12 / a * sum;
}

static double solve(double rho, double df) {
    (void)df;
    double size = fabs(rho);
    if (size == 0)
        return 0;
    double a = rc_pair_search(spearman, size, 5 * size, 1000); /* rho <= a / 6 */
    return rho < 0 ? -a : a;
}

/* v, where it is at most about 1/2, of u and t, both with their complements. */
static double lower(double a, double u, double t, double t_rest) {
    double e = rc_exp(-a * u), below = t + t_rest * e, part = t * rc_expm1(-a) / below;
    if (part > -0.5)
        return -rc_log1p(part) / a;
    return (rc_log(below) - rc_log(t * rc_exp(-a) + t_rest * e)) / a;
}

static void second(const rc_copula *c, const double *first, const double *own, double *w,
                   size_t n) {
    const double a = fabs(c->parameter);
    for (size_t i = 0; i < n; i++) {
        double u = first[i], t = c->parameter < 0 ? -own[i] : own[i], v = t;
        double u_low = u > 0 ? u : 1 + u, u_high = u > 0 ? 1 - u : -u;
        double t_low = t > 0 ? t : 1 + t, t_high = t > 0 ? 1 - t : -t;
        if (a > 0) {
            v = lower(a, u_low, t_low, t_high);
            if (!(v <= 0.5))
                v = -lower(a, u_high, t_high, t_low);
        }
        w[i] = rc_copula_hold(c->parameter < 0 ? -v : v);
    }
}

const rc_copula_type rc_copula_frank = {
    .name = "frank",
    .summary = "a pair: symmetric, without extremes that come together; either sign",
    .least = -0.99,
    .most = 0.99,
    .solve = solve,
    .spearman = spearman,
    .second = second,
};
