/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quantiles of an octave of tails from one point of it, by a power series (table_series.c). */
#ifndef RC_DIST_TABLE_SERIES_H
#define RC_DIST_TABLE_SERIES_H

#include "dist/table.h"

enum {
    RC_SERIES_SPLIT = 2, /**< an octave is cut into four parts */
    RC_SERIES_PARTS = 1 << RC_SERIES_SPLIT,
    RC_SERIES_TERMS = 28 /**< the most terms beyond the first */
};

/** Numbers that all tables share. */
typedef struct rc_series_maker {
    /** From terms 1, 2, ... to the row of each part, its first coefficient less the centre. */
    double row[RC_SERIES_PARTS][RC_SERIES_TERMS][RC_TABLE_ROW];
    double edge[RC_SERIES_TERMS][RC_TABLE_ROW]; /**< powers of s where parts meet: 5 of them */
    const struct rc_table_kernels *kernels;
} rc_series_maker;

/** Fill it. matrix: from values in the points (-1 < point < 1) to coefficients. */
void rc_series_maker_init(rc_series_maker *m, const double *points,
                          const double (*matrix)[RC_TABLE_ROW]);

/** x = centre + term[0] s + term[1] s^2 + ..., |s| <= 1, for the tail v e^(s half). */
typedef struct rc_series {
    double v, half;
    double centre;
    int n;
    double term[RC_SERIES_TERMS];
} rc_series;

/** The series at the tail v; *x: a guess, then the quantile. For types with density and score.
 * False: there is none, or it takes too many terms. */
bool rc_series_at(const rc_dist *d, bool upper, double v, double half, double *x, rc_series *out);

double rc_series_value(const rc_series *series, double s);

/** One side of a distribution: by octave, from small to large tails, the series at 2^(k - 17.5)
 * with half = ln2 / 2. */
typedef struct rc_series_side {
    bool found[RC_TABLE_OCTAVES];
    rc_series octave[RC_TABLE_OCTAVES];
} rc_series_side;

/** Find them from the median outwards, on the lower side [0] and the upper one [1]; start: a guess
 * of the quantile of the tail 2^-1.5. */
void rc_series_of_sides(const rc_dist *d, double start, rc_series_side out[2]);

/** Error of a row against its values at the ends of its part (where that of an interpolation in
 * Chebyshev points is largest), relative to the tail; place: twice the part's lower end over its
 * width. */
double rc_series_error(const double *row, double low, double high, double place);

/** Rows of an octave; error[p]: the largest at the ends of part p, relative to the tail: that of
 * the polynomial against the series. */
void rc_series_rows(const rc_series_maker *m, const rc_series *series, double *rows,
                    double error[RC_SERIES_PARTS]);

#endif
