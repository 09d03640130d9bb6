/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the copulas of pairs share: logarithms of points, integrals over (0, 1), and the search for
 * a parameter. */
#ifndef RC_COPULA_PAIR_H
#define RC_COPULA_PAIR_H

#include "core/math.h"

#include "copula/copula.h"

/** ln u of the point w, with the digits of either tail. */
static inline double rc_pair_log(double w) {
    return w > 0 ? rc_log(w) : rc_log1p(w);
}

/** The point whose probability has the logarithm t <= 0. */
static inline double rc_pair_point(double t) {
    return rc_copula_hold(t < -0.69314718055994530942 ? rc_exp(t) : rc_expm1(t));
}

/** Nodes in (0, 1) of the double exponential formula, dense at both ends: the integral of f is
 * about the sum of weight[i] f(x[i]); rest is 1 - x with its digits. Good to 1e-13 for what is
 * smooth inside, whatever happens at the ends. */
enum { RC_PAIR_NODES = 121 };
typedef struct rc_pair_grid {
    double x[RC_PAIR_NODES], rest[RC_PAIR_NODES], weight[RC_PAIR_NODES];
} rc_pair_grid;
void rc_pair_grid_make(rc_pair_grid *grid);

/** The parameter between low and high (above 0) at which the increasing function is rho. */
double rc_pair_search(double (*spearman)(double parameter, double df), double rho, double low,
                      double high);

#endif
