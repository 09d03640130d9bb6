/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stochastic dominance on two sorted samples of equal size, quantile by quantile.
 *
 * First order: at every probability p the quantile of x is at least that of y. Whoever prefers more
 * to less then prefers x. Second order: at every p the mean of the lowest share p of x is at least
 * that of y; whoever is averse to risk, too, then prefers x (Levy 1992). Both are statements about
 * the two samples; `share` says over how much of the probabilities they fail, `area` how badly. */
#include "decide/dominance.h"

#include "stats/order.h"

#include <math.h>

/* The same from the other side: x and y changed places. */
static void look(const double *x, const double *y, size_t n, rc_dominance *d) {
    double lower = 0, worse_area = 0, area = 0;
    size_t worse = 0, worse_lower = 0, from = n, to = 0;
    for (size_t i = 0; i < n; i++) {
        double gap = x[i] - y[i];
        lower += gap;
        area += fabs(gap);
        if (gap < 0) {
            worse++;
            worse_area -= gap;
            from = i < from ? i : from;
            to = i + 1;
        }
        worse_lower += lower < 0;
    }
    *d = (rc_dominance){.first = worse == 0 && area > 0,
                        .second = worse_lower == 0 && area > 0,
                        .first_share = (double)worse / (double)n,
                        .second_share = (double)worse_lower / (double)n,
                        .first_from = worse > 0 ? (double)from / (double)n : NAN,
                        .first_to = worse > 0 ? (double)to / (double)n : NAN,
                        .area = area > 0 ? worse_area / area : 0};
}

void rc_dominance_of(const double *x, const double *y, size_t n, double sign, double *room,
                     rc_dominance *x_over_y, rc_dominance *y_over_x) {
    double *a = room, *b = room + n;
    for (size_t i = 0; i < n; i++) {
        a[i] = sign * x[i];
        b[i] = sign * y[i];
    }
    rc_order_sort(a, n);
    rc_order_sort(b, n);
    look(a, b, n, x_over_y);
    look(b, a, n, y_over_x);
}
