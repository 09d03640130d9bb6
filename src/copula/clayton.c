/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clayton: what is low comes together. C(u, v) = (u^-a + v^-a - 1)^(-1/a), a > 0; the second point
 * given the first and t, a point of its own: v = (1 + u^-a (t^(-a/(1+a)) - 1))^(-1/a), all in
 * logarithms, so that neither tail loses digits. Lower tail dependence 2^(-1/a), none above.
 * Spearman's rho = 12 integral of C - 3, twice over the triangle v = r u < u.
 *
 * D. G. Clayton: Biometrika 65, 141 (1978). R. B. Nelsen: An Introduction to Copulas (2006), 4.2.
 */
#include "copula/pair.h"

static double spearman(double a, double df) {
    (void)df;
    rc_pair_grid g;
    rc_pair_grid_make(&g);
    double power[RC_PAIR_NODES], sum = 0;
    for (int i = 0; i < RC_PAIR_NODES; i++) /* x^-a - 1 */
        power[i] = rc_expm1(-a * (g.x[i] < 0.5 ? rc_log(g.x[i]) : rc_log1p(-g.rest[i])));
    for (int i = 0; i < RC_PAIR_NODES; i++) {
        double below = power[i] / (1 + power[i]), row = 0; /* 1 - u^a */
        if (!(power[i] < 1e300))
            below = 1;
        for (int j = 0; j < RC_PAIR_NODES; j++)
            row += g.weight[j] * rc_exp(-rc_log1p(power[j] + below) / a);
        sum += g.weight[i] * g.x[i] * g.x[i] * row;
    }
    return 24 * sum - 3;
}

static double solve(double rho, double df) {
    (void)df;
    return rc_pair_search(spearman, rho, 1e-4, 1000);
}

static void second(const rc_copula *c, const double *first, const double *own, double *w,
                   size_t n) {
    const double a = c->parameter;
    for (size_t i = 0; i < n; i++) {
        double rise = rc_expm1(-a / (1 + a) * rc_pair_log(own[i]));
        double q = rc_log(rise) - a * rc_pair_log(first[i]); /* ln of u^-a (...) */
        double sum = q > 40 ? q : rc_log1p(rc_exp(q));
        w[i] = rc_pair_point(-sum / a);
    }
}

const rc_copula_type rc_copula_clayton = {
    .name = "clayton",
    .summary = "a pair: low values come together",
    .least = 0.001,
    .most = 0.99,
    .solve = solve,
    .spearman = spearman,
    .second = second,
};
