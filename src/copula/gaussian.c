/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gaussian: the dependence of a multivariate normal distribution. Spearman's rho and the
 * correlation r of the normals: rho = (6 / pi) asin(r / 2), r = 2 sin(pi rho / 6).
 *
 * K. Pearson: On further methods of determining correlation. Drapers' Company Research Memoirs,
 * Biometric Series IV (1907). */
#include "copula/copula.h"
#include "copula/normal.h"
#include "core/math.h"

static double solve(double rho, double df) {
    (void)df;
    return 2 * rc_sin(RC_PI / 6 * rho);
}

static double spearman(double r, double df) {
    (void)df;
    return 6 / RC_PI * rc_asin(0.5 * r);
}

static void tail(const rc_copula *c, rc_isa isa, const double *x, double *w, size_t n) {
    static void (*const by_isa[RC_ISA_COUNT])(const double *, double *, size_t) = {
        [RC_ISA_sse2] = rc_copula_normal_tail_sse2,
        [RC_ISA_avx2] = rc_copula_normal_tail_avx2,
        [RC_ISA_avx512] = rc_copula_normal_tail_avx512,
    };
    (void)c;
    by_isa[isa](x, w, n);
}

const rc_copula_type rc_copula_gaussian = {
    .name = "gaussian",
    .summary = "that of normal distributions; the default",
    .elliptical = true,
    .least = -1,
    .most = 1,
    .solve = solve,
    .spearman = spearman,
    .tail = tail,
};
