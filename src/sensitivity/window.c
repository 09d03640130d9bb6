/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Windows of probability around the quartiles, by grades alone: the value at probability p is that
 * of the trials whose span of ranks covers p. */
#include "sensitivity/window.h"

#include "sensitivity/sensitivity.h"
#include "stats/order.h"

#include <math.h>
#include <stdlib.h>

enum { POINTS = 6 };
static const double points[POINTS] = {0.2, 0.25, 0.3, 0.7, 0.75, 0.8};

/* Grades of the values at `points` */
static void cover(const double *grade, rc_slice slice, double *out) {
    double below[POINTS], above[POINTS];
    size_t shared[POINTS] = {0}, end = slice.first + slice.n;
    for (int p = 0; p < POINTS; p++) {
        below[p] = -1;
        above[p] = 2;
    }
    for (size_t i = slice.first; i < end; i++)
        for (int p = 0; p < POINTS; p++) {
            double g = grade[i];
            below[p] = g <= points[p] && g > below[p] ? g : below[p];
            above[p] = g > points[p] && g < above[p] ? g : above[p];
        }
    for (size_t i = slice.first; i < end; i++)
        for (int p = 0; p < POINTS; p++)
            shared[p] += grade[i] == below[p];
    for (int p = 0; p < POINTS; p++) {
        double reach = below[p] + 0.5 * (double)shared[p] / (double)slice.n;
        out[p] = below[p] >= 0 && (reach >= points[p] || above[p] > 1) ? below[p] : above[p];
    }
}

rc_window rc_window_of(const rc_study *s, const rc_study_bar *b, rc_slice slice) {
    (void)s;
    rc_window w = {.event = b->bar->kind == RC_BAR_RISK && !b->index,
                   .x = b->one.x,
                   .grade = slice.whole ? b->one.grade : b->own_grade};
    double at[POINTS];
    if (w.event)
        return w;
    cover(w.grade, slice, at);
    for (int side = 0; side < 2; side++) {
        w.from[side] = at[3 * side];
        w.middle[side] = at[3 * side + 1];
        w.to[side] = at[3 * side + 2];
    }
    return w;
}

/* ---- What a bar does to the odds ---- */

static double median(double *y, size_t n) {
    if (n == 0)
        return NAN;
    uint64_t ranks[2] = {(n - 1) / 2, n / 2};
    rc_order_select(y, n, ranks, 2);
    return ranks[0] == ranks[1] ? y[ranks[0]] : 0.5 * (y[ranks[0]] + y[ranks[1]]);
}

rc_swing rc_swing_of(const rc_study *s, const rc_study_bar *b) {
    rc_window w = rc_window_of(s, b, rc_study_slice(s, -1));
    rc_swing swing = {.bar = b->bar,
                      .from = NAN,
                      .to = NAN,
                      .loss = {NAN, NAN},
                      .median = {NAN, NAN},
                      .event = w.event};
    double *y = malloc((s->n + 1) * sizeof *y);
    for (int side = 0; side < 2 && y != NULL; side++) {
        size_t n = 0, lost = 0;
        for (size_t i = 0; i < s->n; i++)
            if (rc_window_holds(&w, side, i)) {
                lost += rc_study_loss(s, i);
                y[n++] = s->y[i];
            }
        swing.loss[side] = n > 0 ? (double)lost / (double)n : NAN;
        swing.median[side] = median(y, n);
    }
    free(y);
    for (size_t i = 0; i < s->n && !w.event && !b->index; i++) {
        swing.from = w.grade[i] == w.middle[0] ? w.x[i] : swing.from;
        swing.to = w.grade[i] == w.middle[1] ? w.x[i] : swing.to;
    }
    return swing;
}
