/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See table_kernels.h. Loops over the eight lanes of a group, for the compiler to make vectors of:
 * each lane does what it would do alone. */
#include "core/simd.h"
#include "dist/normal_quantile.h"
#include "dist/table_kernels.h"

#include <float.h>

enum { ROW = RC_TABLE_ROW, GROUP = RC_TABLE_GROUP };

#define EACH(i)                                                                                    \
    int i = 0;                                                                                     \
    i < GROUP;                                                                                     \
    i++

typedef struct lanes {
    _Alignas(64) double x[GROUP];
} lanes;

/* ---- The normal quantile ----------------------------------------------------------------------
 */

static void normal(const double *v, double *z, size_t n) {
    lanes log_v, r, near;
    for (size_t at = 0; at < RC_PADDED(n); at += GROUP) {
        rc_vmap_log(log_v.x, v + at, GROUP);
        for (EACH(i)) {
            r.x[i] = sqrt(-log_v.x[i]) - 1.6;
            near.x[i] = rc_as241_near_n_(r.x[i]) / rc_as241_near_d_(r.x[i]);
        }
        for (EACH(i)) {
            double q = 0.5 - v[at + (size_t)i], square = 0.180625 - q * q;
            double central = q * rc_as241_central_n_(square) / rc_as241_central_d_(square);
            z[at + (size_t)i] = -(q <= RC_AS241_CENTRAL_ ? central : near.x[i]);
        }
    }
}

/* ---- Rows of degree 7 -------------------------------------------------------------------------
 */

/* |P(u) - x| / |P'(u)| */
static double off(const double *c, double u, double x) {
    double sum = c[ROW - 1], slope = 0;
    for (int k = ROW - 2; k >= 0; k--) {
        slope = slope * u + sum;
        sum = sum * u + c[k];
    }
    return fabs((sum - x) / slope);
}

static void interpolate(const double (*columns)[ROW], const double *values, double *row,
                        rc_table_fit *fit) {
    double sum[ROW] = {0};
    fit->constant = true;
    for (int j = 0; j < ROW; j++) {
        double data = values[j] - values[0];
        fit->constant = fit->constant && !(fabs(data) > 0);
        for (int i = 0; i < ROW; i++)
            sum[i] += columns[j][i] * data;
    }
    for (int i = 0; i < ROW; i++)
        row[i] = sum[i];
    row[0] += values[0];
    fit->error[0] = off(row, -1, values[ROW]);
    fit->error[1] = off(row, 0.70710678118654752, values[ROW + 1]);
}

/* ---- Short rows ------------------------------------------------------------------------------ */

/* c(middle + half u) as coefficients of u, in place. */
static void shift(lanes *c, const double *middle, double half) {
    for (int i = 0; i < ROW - 1; i++)
        for (int k = ROW - 2; k >= i; k--)
            for (EACH(l))
                c[k].x[l] += middle[l] * c[k + 1].x[l];
    double power = half;
    for (int k = 1; k < ROW; k++, power *= half)
        for (EACH(l))
            c[k].x[l] *= power;
}

/* To degree 4; a bound of the error for |u| <= 1. */
static void economize(lanes *c, lanes *error) {
    for (EACH(l)) {
        double c0 = c[0].x[l], c1 = c[1].x[l], c2 = c[2].x[l], c3 = c[3].x[l];
        double c4 = c[4].x[l], c5 = c[5].x[l], c6 = c[6].x[l], c7 = c[7].x[l];
        double off7 = fabs(c7) / 64;
        c5 += c7 * (112.0 / 64);
        c3 -= c7 * (56.0 / 64);
        c1 += c7 * (7.0 / 64);
        double off6 = off7 + fabs(c6) / 32;
        c4 += c6 * (48.0 / 32);
        c2 -= c6 * (18.0 / 32);
        c0 += c6 * (1.0 / 32);
        error->x[l] = off6 + fabs(c5) / 16;
        c3 += c5 * (20.0 / 16);
        c1 -= c5 * (5.0 / 16);
        c[0].x[l] = c0;
        c[1].x[l] = c1;
        c[2].x[l] = c2;
        c[3].x[l] = c3;
        c[4].x[l] = c4;
    }
}

/* c3 and c4 in a word; what is lost goes to c0, c1, c2, the rest of it to the error. */
static void pack(lanes *c, lanes *word, lanes *error) {
    const uint64_t high = ~(uint64_t)UINT32_MAX, step = UINT64_C(1) << 32;
    uint64_t three[GROUP], four[GROUP], below[GROUP], above[GROUP];
    lanes shorter, other[2];
    memcpy(four, c[4].x, sizeof four);
    memcpy(three, c[3].x, sizeof three);
    for (EACH(l)) {
        four[l] = (four[l] + (UINT64_C(1) << 31)) & high;
        three[l] = (three[l] & high) | four[l] >> 32;
        below[l] = three[l] - step; /* below or above: what comes nearer */
        above[l] = three[l] + step;
    }
    memcpy(shorter.x, four, sizeof four);
    memcpy(word->x, three, sizeof three);
    memcpy(other[0].x, below, sizeof below);
    memcpy(other[1].x, above, sizeof above);
    for (EACH(l)) {
        double lost4 = c[4].x[l] - shorter.x[l], best = word->x[l], c3 = c[3].x[l];
        c[2].x[l] += lost4;
        c[0].x[l] -= lost4 / 8;
        best = fabs(other[0].x[l] - c3) < fabs(best - c3) ? other[0].x[l] : best;
        best = fabs(other[1].x[l] - c3) < fabs(best - c3) ? other[1].x[l] : best;
        double lost3 = c3 - best;
        c[1].x[l] += 0.75 * lost3;
        word->x[l] = best;
        error->x[l] += fabs(lost4) / 8 + fabs(lost3) / 4;
    }
}

static unsigned quick(const double *const *whole, const double *middle, double half,
                      const double *from, double width, double *rows) {
    lanes c[ROW], word, error, slope, bend;
    for (EACH(l))
        for (int k = 0; k < ROW; k++)
            c[k].x[l] = whole[l][k];
    shift(c, middle, half);
    /* the least slope: the error in x over it is one in tails */
    for (EACH(l)) {
        bend.x[l] = 0;
        slope.x[l] = fabs(c[1].x[l]);
    }
    for (int k = 2; k < ROW; k++)
        for (EACH(l))
            bend.x[l] += k * fabs(c[k].x[l]);
    economize(c, &error);
    pack(c, &word, &error);
    unsigned bad = 0;
    for (EACH(l)) {
        double most = error.x[l] * (0.5 * width), least = slope.x[l] - bend.x[l];
        bool atom = bend.x[l] == 0 && least == 0 && error.x[l] == 0;
        bool good =
            most <= 5e-11 * least && most <= 5e-10 * from[l] * least && fabs(word.x[l]) <= DBL_MAX;
        double *row = rows + 4 * l;
        row[0] = c[0].x[l];
        row[1] = c[1].x[l];
        row[2] = c[2].x[l];
        row[3] = word.x[l];
        if (good || atom)
            continue;
        bad++;
        for (int k = 0; k < 4; k++)
            row[k] = NAN;
    }
    return bad;
}

extern const rc_table_kernels RC_MEMBER(rc_table_kernels);
const rc_table_kernels RC_MEMBER(rc_table_kernels) = {normal, interpolate, quick};
