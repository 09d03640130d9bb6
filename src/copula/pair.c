/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Integrals over (0, 1) by the double exponential formula, x = 1 / (1 + e^(-pi sinh s)) with even
 * steps in s (H. Takahasi, M. Mori: Publ. RIMS 9, 721 (1974)), and a root by false position with
 * the Illinois weights, which always keeps it bracketed (M. Dowell, P. Jarratt: BIT 11, 168
 * (1971)). */
#include "copula/pair.h"

void rc_pair_grid_make(rc_pair_grid *grid) {
    const double step = 0.055;
    for (int i = 0; i < RC_PAIR_NODES; i++) {
        double s = step * (i - RC_PAIR_NODES / 2);
        double e = rc_exp(-fabs(RC_PI * rc_sinh(s))), small = e / (1 + e), large = 1 / (1 + e);
        grid->x[i] = s < 0 ? small : large;
        grid->rest[i] = s < 0 ? large : small;
        grid->weight[i] = step * RC_PI * rc_cosh(s) * small * large;
    }
}

double rc_pair_search(double (*spearman)(double parameter, double df), double rho, double low,
                      double high) {
    double a = rc_log(low), b = rc_log(high);
    double fa = spearman(low, 0) - rho, fb = spearman(high, 0) - rho, x = a;
    int kept = 0; /* the end that stood still last time: -1 low, 1 high */
    for (int i = 0; i < 200 && b - a > 1e-14; i++) {
        x = b - fb * (b - a) / (fb - fa);
        if (!(x > a && x < b))
            x = 0.5 * (a + b);
        double f = spearman(rc_exp(x), 0) - rho;
        if (fabs(f) < 1e-13)
            break;
        if (f < 0) {
            a = x;
            fa = f;
            fb *= kept == 1 ? 0.5 : 1;
            kept = 1;
        } else {
            b = x;
            fb = f;
            fa *= kept == -1 ? 0.5 : 1;
            kept = -1;
        }
    }
    return rc_exp(x);
}
