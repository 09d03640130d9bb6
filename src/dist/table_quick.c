/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short rows from a table's rows (dist/table_quick.h): the polynomial of degree 7 of the part that
 * holds a smaller one, in that one's own argument, is brought to degree 4 by Chebyshev's
 * polynomials T7, T6, T5 (C. Lanczos, Trigonometric interpolation of empirical and analytical
 * functions, 1938: "economization"), which costs at most |c5|/16 + |c6|/32 + |c7|/64 of what is
 * left; the same way lower coefficients take what c3 and c4 lose when they are shortened. */
#include "dist/table_quick.h"

#include "dist/table_kernels.h"

#include <math.h>

enum { ROW = RC_TABLE_ROW, OCTAVES = RC_TABLE_OCTAVES, FIRST_SPLIT = 5, LAST_SPLIT = 6 };

static const double WORTH = 1.0 / 1024; /* probability without a quick row */

/* One side; the probability of the parts that have no row. */
static double fill_side(const rc_dist_table *t, const double *whole, unsigned split, double *rows) {
    const rc_table_kernels *kernels = rc_table_kernels_for(rc_isa_best());
    const unsigned finer = split - t->split;
    const size_t parts = (size_t)1 << split, whole_parts = (size_t)1 << t->split;
    double without = 0, octave = ldexp(1, -OCTAVES - 1);
    for (size_t k = 0; k < OCTAVES; k++, octave *= 2)
        without += ldexp(octave, -(int)split) *
                   (double)kernels->quick(whole + ROW * whole_parts * k, finer, octave, split,
                                          rows + RC_QUICK_ROW * parts * k);
    for (int k = 0; k < RC_QUICK_ROW; k++) /* the rows around */
        rows[-1 - k] = rows[RC_QUICK_ROW * (t->half << finer) + (size_t)k] = NAN;
    return without;
}

void rc_table_quick(rc_dist_table *t, rc_arena *arena) {
    for (unsigned split = FIRST_SPLIT; split <= LAST_SPLIT; split++) {
        if (split < t->split)
            continue;
        const size_t side = RC_QUICK_ROW * (((size_t)OCTAVES << split) + 2);
        double *rows = RC_NEW_RAW(arena, double, 2 * side);
        double without = fill_side(t, t->rows + ROW, split, rows + RC_QUICK_ROW);
        without += fill_side(t, t->rows + ROW * (t->half + 3), split, rows + side + RC_QUICK_ROW);
        if (without <= WORTH) {
            t->quick = rows;
            t->quick_split = split;
            return;
        }
    }
}
