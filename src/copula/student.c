/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Student: the dependence of a multivariate t distribution: normals over one scale sqrt(chi^2 / df)
 * that they share. Extremes come together, more so for small df; uncorrelated is not independent.
 *
 * Spearman's rho and the correlation r of the normals: with W, W1, W2 independent, each df / chi^2,
 *     rho = (6 / pi) E[asin(r W / sqrt((W + W1) (W + W2)))]
 * (W1 and W2 belong to the two independent copies in rho's definition by concordance). Gaussian's
 * sine is the limit df -> infinity: at df = 3 it would give .782 where .8 is asked.
 *
 * The expectation is a sum over a grid of ln chi^2, where the trapezoidal rule converges
 * exponentially: the steps are even in s, ln chi^2 = s - e^-s, which ends the long lower tail of a
 * small df as fast as the upper one.
 *
 * H. Joe: Dependence Modeling with Copulas (2014), 4.13. H. Takahasi, M. Mori: Double exponential
 * formulas for numerical integration. Publ. RIMS 9, 721 (1974). */
#include "copula/copula.h"
#include "core/math.h"
#include "dist/special.h"

enum { MOST_NODES = 128 };

/* Values of chi^2 / 2, a gamma variable of shape df / 2, and their probabilities. */
typedef struct grid {
    double x[MOST_NODES], p[MOST_NODES];
    size_t n;
} grid;

/* ln of the density of s at s, up to a constant: 0 at the peak of ln x. */
static double log_weight(double a, double s) {
    double y = s - rc_exp(-s), y0 = rc_log(a);
    return a * (y - y0 + 1) - rc_exp(y) + rc_log1p(rc_exp(-s));
}

static void add_node(grid *g, double s, double weight) {
    g->x[g->n] = rc_exp(s - rc_exp(-s));
    g->p[g->n++] = weight;
}

static grid make_grid(double df) {
    double a = 0.5 * df, step = 0.35 / (a > 1 ? sqrt(a) : 1), s0 = rc_log(a);
    for (int i = 0; i < 50; i++) /* s - e^-s = ln a: where the density has its peak */
        s0 -= (s0 - rc_exp(-s0) - rc_log(a)) / (1 + rc_exp(-s0));
    grid g = {.n = 0};
    double sum = 0, top = log_weight(a, s0);
    for (int side = -1; side <= 1; side += 2)
        for (int i = side > 0; g.n < MOST_NODES; i++) {
            double s = s0 + side * i * step, weight = rc_exp(log_weight(a, s) - top);
            if (weight < 1e-18)
                break;
            add_node(&g, s, weight);
        }
    for (size_t i = 0; i < g.n; i++)
        sum += g.p[i];
    for (size_t i = 0; i < g.n; i++)
        g.p[i] /= sum;
    return g;
}

/* rho(r), and its slope. W / (W + W1) = chi1^2 / (chi^2 + chi1^2). */
static double concordance(const grid *g, double r, double *slope) {
    double rho = 0, d_rho = 0;
    for (size_t i = 0; i < g->n; i++) {
        double part[MOST_NODES], row = 0, d_row = 0;
        for (size_t j = 0; j < g->n; j++)
            part[j] = sqrt(g->x[j] / (g->x[i] + g->x[j]));
        for (size_t j = 0; j < g->n; j++) {
            double inner = 0, d_inner = 0; /* over l < j, which stand for l > j too */
            for (size_t l = 0; l <= j; l++) {
                double c = part[j] * part[l], p = l < j ? 2 * g->p[l] : g->p[l];
                inner += p * rc_asin(r * c);
                d_inner += p * (c / sqrt(1 - r * c * (r * c)));
            }
            row += g->p[j] * inner;
            d_row += g->p[j] * d_inner;
        }
        rho += g->p[i] * row;
        d_rho += g->p[i] * d_row;
    }
    *slope = 6 / RC_PI * d_rho;
    return 6 / RC_PI * rho;
}

static double spearman(double r, double df) {
    double slope;
    if (!(fabs(r) < 1))
        return r;
    grid g = make_grid(df);
    return concordance(&g, r, &slope);
}

/* rho(r) is odd, and convex above 0: Newton's method from the right of the root comes down to it.
 */
static double solve(double rho, double df) {
    double size = fabs(rho), slope, r = 2 * rc_sin(RC_PI / 6 * size), low = 0, high = 1;
    if (!(size > 0 && size < 1))
        return rho;
    grid g = make_grid(df);
    for (int i = 0; i < 60; i++) {
        double error = concordance(&g, r, &slope) - size;
        if (error < 0)
            low = r;
        else
            high = r;
        if (fabs(error) < 1e-13)
            break;
        double next = r - error / slope;
        r = next > low && next < high ? next : 0.5 * (low + high);
    }
    return rho < 0 ? -r : r;
}

static void tail(const rc_copula *c, rc_isa isa, const double *x, double *w, size_t n) {
    const rc_beta_shape shape = {0.5 * c->df, 0.5, c->log_scale};
    (void)isa; /* lane by lane, by scalar functions: the same everywhere */
    for (size_t i = 0; i < n; i++) {
        bool upper = x[i] > 0;
        double size = rc_student_cdf(c->df, &shape, x[i], upper);
        w[i] = rc_copula_hold(upper ? -size : size);
    }
}

const rc_copula_type rc_copula_student = {
    .name = "student",
    .summary = "extremes come together, at both ends; student(4): 4 degrees of freedom",
    .takes_df = true,
    .elliptical = true,
    .least = -1,
    .most = 1,
    .solve = solve,
    .spearman = spearman,
    .tail = tail,
};
