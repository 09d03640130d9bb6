/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What shift and scale share: Y = g(X), g(x) = x + by or x * by in rounded arithmetic. So that
 * atoms are met exactly, the cdf is that of the rounded values: P(Y <= y) = P(X <= the largest x
 * with g(x) <= y), which rc_moved_back finds from a guess and a few steps to the next number. */
#ifndef RC_DIST_MOVED_H
#define RC_DIST_MOVED_H

#include "dist/dist.h"

#include <math.h>

typedef double rc_moved_map(double x, double by);

/** For a rising g the largest x with g(x) <= y; for a falling one the largest x with g(x) > y.
 * `guess` lies within a few numbers of it. */
static inline double rc_moved_back(rc_moved_map *g, double by, double y, bool falling,
                                   double guess) {
    double x = guess;
    if (!isfinite(y) || !isfinite(x))
        return x;
    for (int i = 0; i < 8 && (g(x, by) <= y) == falling; i++)
        x = nextafter(x, -INFINITY);
    for (int i = 0; i < 8; i++) {
        double next = nextafter(x, INFINITY);
        if ((g(next, by) <= y) == falling)
            break;
        x = next;
    }
    return x;
}

#endif
