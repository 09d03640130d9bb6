/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stochastic dominance of one sample over another, and what decides between alternatives. Private
 * to decide/. */
#ifndef RC_DECIDE_DOMINANCE_H
#define RC_DECIDE_DOMINANCE_H

#include "decide/compare.h"

/** Of x over y and of y over x; n values each, sign -1 where less is better; room [2][n]. */
void rc_dominance_of(const double *x, const double *y, size_t n, double sign, double *room,
                     rc_dominance *x_over_y, rc_dominance *y_over_x);

/** What decides between alternatives; *out NULL where nothing varies. */
rc_status rc_comparison_factors(const rc_comparison *c, int threads, rc_arena *arena,
                                const rc_drivers **out, rc_error *err);

#endif
