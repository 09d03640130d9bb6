/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gumbel: what is high comes together. With x = -ln u, y = -ln v: C = e^-z, z = (x^a + y^a)^(1/a),
 * a >= 1. The second point given the first and t, a point of its own, follows from
 *     P(V <= v | u) = e^(x - z) (x / z)^(a - 1) = t,
 * in r = ln(z / x): x (e^r - 1) + (a - 1) r = -ln t, where the left side rises and is convex: from
 * the right of its root Newton's method comes down to it. Either term alone bounds r. Upper tail
 * dependence 2 - 2^(1/a), none below.
 *
 * Spearman's rho of an extreme value copula: 12 integral of (1 + A(s))^-2 - 3, here with A(s) =
 * (s^a + (1 - s)^a)^(1/a).
 *
 * E. J. Gumbel: J. Amer. Statist. Assoc. 55, 698 (1960). R. B. Nelsen: An Introduction to Copulas
 * (2006), 4.2. */
#include "copula/pair.h"

static double spearman(double a, double df) {
    (void)df;
    rc_pair_grid g;
    rc_pair_grid_make(&g);
    double sum = 0;
    for (int i = 0; i < RC_PAIR_NODES; i++) { /* s = x / 2: the other half is the same */
        double s = 0.5 * g.x[i], ratio = rc_exp(a * (rc_log(s) - rc_log1p(-s)));
        double big = 1 + (1 - s) * rc_exp(rc_log1p(ratio) / a);
        sum += g.weight[i] / (big * big);
    }
    return 12 * sum - 3;
}

/* Of a - 1, which the search can take by its logarithm. */
static double spearman_above_1(double rest, double df) {
    return spearman(1 + rest, df);
}

static double solve(double rho, double df) {
    (void)df;
    return 1 + rc_pair_search(spearman_above_1, rho, 1e-4, 1000);
}

static double root(double a, double x, double t) {
    double r = rc_log1p(t / x);
    r = t / (a - 1) < r ? t / (a - 1) : r;
    for (int i = 0; i < 100; i++) {
        double rise = x * rc_expm1(r);
        double step = (rise + (a - 1) * r - t) / (rise + x + (a - 1));
        r -= step;
        if (!(step > 1e-15 * r))
            break;
    }
    return r > 0 ? r : 0;
}

static void second(const rc_copula *c, const double *first, const double *own, double *w,
                   size_t n) {
    const double a = c->parameter;
    for (size_t i = 0; i < n; i++) {
        double x = -rc_pair_log(first[i]), t = -rc_pair_log(own[i]), ar = a * root(a, x, t);
        /* y = x (e^(a r) - 1)^(1/a) */
        double log_power = ar > 1 ? ar + rc_log1p(-rc_exp(-ar)) : rc_log(rc_expm1(ar));
        w[i] = rc_pair_point(-x * rc_exp(log_power / a));
    }
}

const rc_copula_type rc_copula_gumbel = {
    .name = "gumbel",
    .summary = "a pair: high values come together",
    .least = 0.001,
    .most = 0.99,
    .solve = solve,
    .spearman = spearman,
    .second = second,
};
