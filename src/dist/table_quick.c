/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short rows from a table's rows (dist/table_quick.h): the polynomial of degree 7 of the part that
 * holds a smaller one, in that one's own argument, is brought to degree 4 by Chebyshev's
 * polynomials T7, T6, T5 (C. Lanczos, Trigonometric interpolation of empirical and analytical
 * functions, 1938: "economization"), which costs at most |c5|/16 + |c6|/32 + |c7|/64 of what is
 * left; the same way lower coefficients take what c3 and c4 lose when they are shortened. */
#include "dist/table_quick.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { ROW = RC_TABLE_ROW, OCTAVES = RC_TABLE_OCTAVES, FIRST_SPLIT = 5, LAST_SPLIT = 6 };

static const double WORTH = 1.0 / 1024; /* probability without a quick row */

/* c(middle + half u) as coefficients of u, in place. */
static void shift(double *c, double middle, double half) {
    for (int i = 0; i < ROW - 1; i++)
        for (int k = ROW - 2; k >= i; k--)
            c[k] += middle * c[k + 1];
    double power = half;
    for (int k = 1; k < ROW; k++, power *= half)
        c[k] *= power;
}

/* To degree 4; returns a bound of the error for |u| <= 1. */
static double economize(double *c) {
    double error = fabs(c[7]) / 64;
    c[5] += c[7] * (112.0 / 64);
    c[3] -= c[7] * (56.0 / 64);
    c[1] += c[7] * (7.0 / 64);
    error += fabs(c[6]) / 32;
    c[4] += c[6] * (48.0 / 32);
    c[2] -= c[6] * (18.0 / 32);
    c[0] += c[6] * (1.0 / 32);
    error += fabs(c[5]) / 16;
    c[3] += c[5] * (20.0 / 16);
    c[1] -= c[5] * (5.0 / 16);
    return error;
}

static uint64_t bits_of(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static double double_of(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* Both coefficients in a word; returns a bound of the error that is left, after c0, c1, c2. */
static double pack(double *c, double *word) {
    const uint64_t high = ~(uint64_t)UINT32_MAX;
    uint64_t four = (bits_of(c[4]) + (UINT64_C(1) << 31)) & high;
    double lost4 = c[4] - double_of(four);
    c[2] += lost4;
    c[0] -= lost4 / 8;
    uint64_t three = bits_of(c[3]) & high; /* below or above: what comes nearer */
    double best = double_of(three | four >> 32);
    for (int step = -1; step <= 1; step += 2) {
        double other = double_of((three + ((uint64_t)step << 32)) | four >> 32);
        best = fabs(other - c[3]) < fabs(best - c[3]) ? other : best;
    }
    double lost3 = c[3] - best;
    c[1] += 0.75 * lost3;
    *word = best;
    return fabs(lost4) / 8 + fabs(lost3) / 4;
}

/* The row of the part from..from + width of tails; false: too far off. */
static bool make_row(const double *whole, double middle, double half, double from, double width,
                     double *row) {
    double c[ROW];
    memcpy(c, whole, sizeof c);
    shift(c, middle, half);
    /* the least slope: the error in x over it is one in tails */
    double slope = fabs(c[1]), bend = 0;
    for (int k = 2; k < ROW; k++)
        bend += k * fabs(c[k]);
    double error = economize(c);
    error += pack(c, &row[3]);
    memcpy(row, c, 3 * sizeof *row);
    error *= 0.5 * width;
    slope -= bend;
    if (bend == 0 && slope == 0 && error == 0)
        return true; /* inside an atom */
    return error <= 5e-11 * slope && error <= 5e-10 * from * slope && isfinite(row[3]);
}

/* One side; the probability of the parts that have no row. */
static double fill_side(const rc_dist_table *t, const double *whole, unsigned split, double *rows) {
    const unsigned finer = split - t->split;
    const double half = ldexp(1, -(int)finer);
    double without = 0;
    for (size_t p = 0; p < t->half << finer; p++) {
        double octave = ldexp(1, (int)(p >> split) - OCTAVES - 1),
               width = ldexp(octave, -(int)split);
        double from = octave + width * (double)(p & (((size_t)1 << split) - 1));
        double place = (double)(p & (((size_t)1 << finer) - 1));
        double middle = (2 * place + 1) * half - 1;
        if (make_row(whole + ROW * (p >> finer), middle, half, from, width,
                     rows + RC_QUICK_ROW * p))
            continue;
        without += width;
        for (int k = 0; k < RC_QUICK_ROW; k++)
            rows[RC_QUICK_ROW * p + (size_t)k] = NAN;
    }
    for (int k = 0; k < RC_QUICK_ROW; k++) /* the rows around */
        rows[-1 - k] = rows[RC_QUICK_ROW * (t->half << finer) + (size_t)k] = NAN;
    return without;
}

void rc_table_quick(rc_dist_table *t, rc_arena *arena) {
    for (unsigned split = FIRST_SPLIT; split <= LAST_SPLIT; split++) {
        if (split < t->split)
            continue;
        const size_t side = RC_QUICK_ROW * (((size_t)OCTAVES << split) + 2);
        double *rows = RC_NEW(arena, double, 2 * side);
        double without = fill_side(t, t->rows + ROW, split, rows + RC_QUICK_ROW);
        without += fill_side(t, t->rows + ROW * (t->half + 3), split, rows + side + RC_QUICK_ROW);
        if (without <= WORTH) {
            t->quick = rows;
            t->quick_split = split;
            return;
        }
    }
}
