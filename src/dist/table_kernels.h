/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of building tables, once for each instruction set (table_build_kernel.c): the same
 * bits from all of them. */
#ifndef RC_DIST_TABLE_KERNELS_H
#define RC_DIST_TABLE_KERNELS_H

#include "core/isa.h"
#include "dist/table.h"
#include "dist/table_series.h"

enum {
    RC_TABLE_GROUP = 8,  /**< short rows that are made at a time */
    RC_TABLE_CHECKS = 2, /**< where a polynomial is checked: u = -1, 1/sqrt(2) */
    RC_TABLE_ASKED = RC_TABLE_ROW + RC_TABLE_CHECKS /**< values that a part takes */
};

/** A row of degree 7 and what it is worth. */
typedef struct rc_table_fit {
    bool constant;                 /**< all values are equal, or something is not finite */
    double error[RC_TABLE_CHECKS]; /**< |row - value| / |row's slope| in the points of checking */
} rc_table_fit;

typedef struct rc_table_kernels {
    /** z[i] = rc_normal_quantile(v[i]), bit for bit, 2^-18 <= v < 1/2; n lanes of columns. */
    void (*normal)(const double *v, double *z, size_t n);
    /** Row of the polynomial through RC_TABLE_ROW values (columns[j][i]: coefficient i of value
     * j), held against the RC_TABLE_CHECKS values that follow them. */
    void (*interpolate)(const double (*columns)[RC_TABLE_ROW], const double *values, double *row,
                        rc_table_fit *fit);
    /** The short rows (table_quick.c) of an octave of tails, which begins at `octave`: 2^split
     * parts, 2^finer to each of the rows of degree 7 `whole`; rows: [2^split][4]. NaN where one
     * would be too far off; returns how many are. split >= 3. */
    size_t (*quick)(const double *whole, unsigned finer, double octave, unsigned split,
                    double *rows);
    /** Sums over the n terms of a series: row[part][i] times term i, into rows [parts][8], and
     * edge[i] times term i, into `edges` [8]. */
    void (*series)(const double (*row)[RC_SERIES_TERMS][RC_TABLE_ROW],
                   const double (*edge)[RC_TABLE_ROW], const double *term, int n, double *rows,
                   double *edges);
} rc_table_kernels;

const rc_table_kernels *rc_table_kernels_for(rc_isa isa);

#endif
