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

static inline rc_vd load_any(const double *x) { /* anywhere */
    rc_vd v;
    memcpy(&v, x, sizeof v);
    return v;
}

static void add_up(const double (*row)[ROW], const double *term, int n, double *out) {
    rc_vd sum[ROW / RC_LANES];
    for (int v = 0; v < ROW / RC_LANES; v++)
        sum[v] = rc_splat(0);
    for (int i = 0; i < n; i++)
        for (int v = 0; v < ROW / RC_LANES; v++)
            sum[v] += load_any(row[i] + v * RC_LANES) * rc_splat(term[i]);
    memcpy(out, sum, sizeof sum);
}

static void series(const double (*row)[RC_SERIES_TERMS][ROW], const double (*edge)[ROW],
                   const double *term, int n, double *rows, double *edges) {
    for (int p = 0; p < RC_SERIES_PARTS; p++)
        add_up(row[p], term, n, rows + ROW * p);
    add_up(edge, term, n, edges);
}

/* ---- Short rows ------------------------------------------------------------------------------ */

/* What comparing two vectors gives: -1 in a lane where it holds, else 0. */
typedef long long mask __attribute__((vector_size(sizeof(rc_vd))));
typedef unsigned long long word __attribute__((vector_size(sizeof(rc_vd))));

static inline rc_vd size_of(rc_vd x) {
    return (rc_vd)((mask)x & INT64_MAX);
}

static inline rc_vd pick(mask m, rc_vd yes, rc_vd no) {
    return (rc_vd)((m & (mask)yes) | (~m & (mask)no));
}

static inline int any_lane(mask m) {
#if RC_LANES == 2
    return _mm_movemask_pd((__m128d)m);
#elif RC_LANES == 4
    return _mm256_movemask_pd((__m256d)m);
#else
    return _mm512_movepi64_mask((__m512i)m);
#endif
}

/* Coefficients of the rows that the lanes lie in: part first + lane of parts, 2^finer to a row. */
static inline void take_rows(const double *whole, size_t first, unsigned finer, rc_vd *c) {
    if (RC_LANES <= 1 << finer) {
        for (int k = 0; k < ROW; k++)
            c[k] = rc_splat(whole[ROW * (first >> finer) + (size_t)k]);
        return;
    }
    for (int k = 0; k < ROW; k++) {
        _Alignas(64) double x[RC_LANES];
        for (size_t l = 0; l < RC_LANES; l++)
            x[l] = whole[ROW * ((first + l) >> finer) + (size_t)k];
        c[k] = rc_load(x);
    }
}

/* c(middle + half u) as coefficients of u, in place. */
static inline void shift(rc_vd *c, rc_vd middle, double half) {
    for (int i = 0; i < ROW - 1; i++)
        for (int k = ROW - 2; k >= i; k--)
            c[k] += middle * c[k + 1];
    double power = half;
    for (int k = 1; k < ROW; k++, power *= half)
        c[k] *= rc_splat(power);
}

/* To degree 4; returns a bound of the error for |u| <= 1. */
static inline rc_vd economize(rc_vd *c) {
    rc_vd error = size_of(c[7]) / 64;
    c[5] += c[7] * (112.0 / 64);
    c[3] -= c[7] * (56.0 / 64);
    c[1] += c[7] * (7.0 / 64);
    error += size_of(c[6]) / 32;
    c[4] += c[6] * (48.0 / 32);
    c[2] -= c[6] * (18.0 / 32);
    c[0] += c[6] * (1.0 / 32);
    error += size_of(c[5]) / 16;
    c[3] += c[5] * (20.0 / 16);
    c[1] -= c[5] * (5.0 / 16);
    return error;
}

/* Both coefficients in a word; returns a bound of the error that is left, after c0, c1, c2. */
static inline rc_vd pack(rc_vd *c, rc_vd *both) {
    const unsigned long long high = ~(unsigned long long)UINT32_MAX, step = 1ULL << 32;
    word four = ((word)c[4] + (1ULL << 31)) & high;
    rc_vd lost4 = c[4] - (rc_vd)four;
    c[2] += lost4;
    c[0] -= lost4 / 8;
    word three = ((word)c[3] & high) | four >> 32; /* below or above: what comes nearer */
    rc_vd best = (rc_vd)three, below = (rc_vd)(three - step), above = (rc_vd)(three + step);
    best = pick(size_of(below - c[3]) < size_of(best - c[3]), below, best);
    best = pick(size_of(above - c[3]) < size_of(best - c[3]), above, best);
    rc_vd lost3 = c[3] - best;
    c[1] += 0.75 * lost3;
    *both = best;
    return size_of(lost4) / 8 + size_of(lost3) / 4;
}

static inline void write_rows(const rc_vd *c, rc_vd both, double *rows) {
    _Alignas(64) double x[4][RC_LANES];
    for (int k = 0; k < 3; k++)
        rc_store(x[k], c[k]);
    rc_store(x[3], both);
    for (int l = 0; l < RC_LANES; l++)
        for (int k = 0; k < 4; k++)
            rows[4 * l + k] = x[k][l];
}

static size_t quick(const double *whole, unsigned finer, double octave, unsigned split,
                    double *rows) {
    const double half = 1.0 / (1 << finer), width = octave / (1 << split);
    const rc_vd widest = rc_splat(DBL_MAX), zero = rc_splat(0);
    size_t bad = 0;
    for (size_t first = 0; first < (size_t)1 << split; first += RC_LANES) {
        rc_vd c[ROW], both, middle, from;
        _Alignas(64) double place[RC_LANES], start[RC_LANES];
        for (size_t l = 0; l < RC_LANES; l++) {
            size_t in = (first + l) & (((size_t)1 << finer) - 1);
            place[l] = (double)(2 * in + 1) * half - 1;
            start[l] = octave + width * (double)(first + l);
        }
        middle = rc_load(place);
        from = rc_load(start);
        take_rows(whole, first, finer, c);
        shift(c, middle, half);
        /* the least slope: the error in x over it is one in tails */
        rc_vd slope = size_of(c[1]), bend = zero;
        for (int k = 2; k < ROW; k++)
            bend += rc_splat(k) * size_of(c[k]);
        rc_vd error = economize(c);
        error += pack(c, &both);
        error *= rc_splat(0.5 * width);
        slope -= bend;
        mask atom = (bend == zero) & (slope == zero) & (error == zero);
        mask good =
            (error <= 5e-11 * slope) & (error <= 5e-10 * from * slope) & (size_of(both) <= widest);
        write_rows(c, both, rows + 4 * first);
        const int none = any_lane(~(good | atom));
        for (size_t l = 0; none != 0 && l < RC_LANES; l++) {
            if (!(none >> l & 1))
                continue;
            bad++;
            for (int k = 0; k < 4; k++)
                rows[4 * (first + l) + (size_t)k] = NAN;
        }
    }
    return bad;
}

extern const rc_table_kernels RC_MEMBER(rc_table_kernels);
const rc_table_kernels RC_MEMBER(rc_table_kernels) = {normal, interpolate, quick, series};
