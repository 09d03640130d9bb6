/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trials in which a bar is low, and those in which it is high. */
#ifndef RC_SENSITIVITY_WINDOW_H
#define RC_SENSITIVITY_WINDOW_H

#include "sensitivity/method.h"

/** Low: the tenth of the trials around the bar's P25, high: around its P75; with values that many
 * trials share, all trials with the values that stand there. Of a risk: those in which it did
 * nothing, and the others. */
typedef struct rc_window {
    bool event;
    const double *x, *grade;
    double from[2], to[2]; /**< grades, [0] low, [1] high */
    double middle[2];      /**< grade of the value at P25, P75 */
} rc_window;
rc_window rc_window_of(const rc_study *study, const rc_study_bar *bar, rc_slice slice);

/** Is trial i in the low (0) or high (1) part? */
static inline bool rc_window_holds(const rc_window *w, int side, size_t i) {
    if (w->event)
        return (w->x[i] != 0) == side;
    return w->grade[i] >= w->from[side] && w->grade[i] <= w->to[side];
}

/** Does trial i count as a loss? */
static inline bool rc_study_loss(const rc_study *s, size_t i) {
    return s->statistic == RC_STATISTIC_BELOW_ZERO ? s->y[i] > 0 : s->y[i] < 0;
}

#endif
