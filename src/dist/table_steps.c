/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of discrete distributions: their atoms with both tails, and for each part of (0, 1/2) of
 * either side the first atom that may be the answer. */
#include "dist/table_steps.h"

#include "core/math.h"

#include <string.h>

enum { MOST_ATOMS = 2048, OCTAVES = RC_TABLE_OCTAVES, STEP_SPLIT = 5 };

/* Atoms of one half in ascending order, with their tails; 0 when there are too many. */
static size_t list_atoms(const rc_dist *d, bool upper, double *atom, double *tail) {
    const rc_dist_type *type = d->type;
    double w = upper ? -0.5 : 0x1p-18;
    for (size_t n = 0; n < MOST_ATOMS;) {
        atom[n] = type->quantile(d, w);
        tail[n] = type->cdf(d, atom[n], upper);
        double at = tail[n++];
        if (upper ? at <= 0x1p-18 : at >= 0.5)
            return n;
        w = upper ? -nextafter(at < 0.5 ? at : 0.5, 0) : nextafter(at, 1);
    }
    return 0;
}

const rc_dist_table *rc_table_steps(const rc_dist *d, rc_arena *arena) {
    double atom[MOST_ATOMS], tail[MOST_ATOMS];
    size_t half = (size_t)OCTAVES << STEP_SPLIT;
    unsigned *first = RC_NEW(arena, unsigned, 2 * half);
    double *lists[4];
    for (int side = 0; side < 2; side++) {
        size_t n = list_atoms(d, side == 1, atom, tail);
        if (n == 0)
            return NULL;
        lists[2 * side] = RC_NEW(arena, double, n);
        lists[2 * side + 1] = RC_NEW(arena, double, n);
        memcpy(lists[2 * side], atom, n * sizeof *atom);
        memcpy(lists[2 * side + 1], tail, n * sizeof *tail);
        unsigned k = side == 0 ? 0 : (unsigned)n - 1;
        for (size_t i = 0; i < half; i++) { /* v from small to large */
            double octave = ldexp(1, (int)(i >> STEP_SPLIT) - OCTAVES - 1);
            double share = (double)(i & ((1u << STEP_SPLIT) - 1)) / (1u << STEP_SPLIT);
            double from = octave * (1 + share), to = from + octave / (1u << STEP_SPLIT);
            if (side == 0)
                while (tail[k] < from)
                    k++;
            else
                while (k > 0 && tail[k - 1] <= to)
                    k--;
            first[(side == 0 ? 0 : half) + i] = k;
        }
    }
    rc_dist_table *t = RC_NEW(arena, rc_dist_table, 1);
    *t = (rc_dist_table){.dist = d, .split = STEP_SPLIT, .half = half, .first = first};
    t->low_atom = lists[0];
    t->below = lists[1];
    t->high_atom = lists[2];
    t->above = lists[3];
    t->exact = 0x1p-17;
    return t;
}
