/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See block.h. Value i goes into accumulator i mod 8; a vector holds RC_LANES neighbouring ones. */
#include "core/simd.h"
#include "stats/block.h"

enum { PLACES = 8, VECTORS = PLACES / RC_LANES };

static inline rc_vd value(const double *x) { /* anywhere: a piece of a column may begin anywhere */
    rc_vd v;
    memcpy(&v, x, sizeof v);
    return v;
}

static void unpack(double s[PLACES], const rc_vd *v) {
    for (size_t j = 0; j < VECTORS; j++)
        rc_store(s + j * RC_LANES, v[j]);
}

static double sum_from(const double *x, size_t n, double pivot, bool *all_finite) {
    const rc_vd from = rc_splat(pivot);
    rc_vd sum[VECTORS], odd[VECTORS];
    for (size_t j = 0; j < VECTORS; j++)
        sum[j] = odd[j] = rc_splat(0);
    size_t i = 0;
    for (; i + PLACES <= n; i += PLACES)
        for (size_t j = 0; j < VECTORS; j++) {
            const rc_vd v = value(x + i + j * RC_LANES);
            sum[j] = sum[j] + (v - from);
            odd[j] = odd[j] + (v - v); /* 0, or NaN for NaN and infinity */
        }
    _Alignas(64) double s[PLACES], o[PLACES];
    unpack(s, sum);
    unpack(o, odd);
    for (size_t j = 0; i + j < n; j++) {
        s[j] += x[i + j] - pivot;
        o[j] += x[i + j] - x[i + j];
    }
    *all_finite = rc_fold8(o) == 0;
    return rc_fold8(s);
}

static void power_sums(const double *x, size_t n, double mean, double sum[4]) {
    const rc_vd from = rc_splat(mean);
    rc_vd v1[VECTORS], v2[VECTORS], v3[VECTORS], v4[VECTORS];
    for (size_t j = 0; j < VECTORS; j++)
        v1[j] = v2[j] = v3[j] = v4[j] = rc_splat(0);
    size_t i = 0;
    for (; i + PLACES <= n; i += PLACES)
        for (size_t j = 0; j < VECTORS; j++) {
            const rc_vd d = value(x + i + j * RC_LANES) - from, dd = d * d;
            v1[j] = v1[j] + d;
            v2[j] = v2[j] + dd;
            v3[j] = v3[j] + dd * d;
            v4[j] = v4[j] + dd * dd;
        }
    _Alignas(64) double s[4][PLACES];
    unpack(s[0], v1);
    unpack(s[1], v2);
    unpack(s[2], v3);
    unpack(s[3], v4);
    for (size_t j = 0; i + j < n; j++) {
        const double d = x[i + j] - mean, dd = d * d;
        s[0][j] += d;
        s[1][j] += dd;
        s[2][j] += dd * d;
        s[3][j] += dd * dd;
    }
    for (size_t k = 0; k < 4; k++)
        sum[k] = rc_fold8(s[k]);
}

static double lesser(double a, double b) {
    return a < b ? a : b; /* b when a is NaN */
}

static double greater(double a, double b) {
    return a > b ? a : b;
}

static uint64_t range(const double *x, size_t n, double *min, double *max) {
    rc_vd lowest[VECTORS], highest[VECTORS], odd[VECTORS];
    for (size_t j = 0; j < VECTORS; j++)
        lowest[j] = rc_splat(INFINITY), highest[j] = rc_splat(-INFINITY), odd[j] = rc_splat(0);
    size_t i = 0;
    for (; i + PLACES <= n; i += PLACES)
        for (size_t j = 0; j < VECTORS; j++) {
            const rc_vd v = value(x + i + j * RC_LANES);
            lowest[j] = rc_lesser(v, lowest[j]);
            highest[j] = rc_greater(v, highest[j]);
            odd[j] = odd[j] + (v - v);
        }
    _Alignas(64) double low[PLACES], high[PLACES], o[PLACES];
    unpack(low, lowest);
    unpack(high, highest);
    unpack(o, odd);
    for (size_t j = 0; i + j < n; j++) {
        low[j] = lesser(x[i + j], low[j]);
        high[j] = greater(x[i + j], high[j]);
        o[j] += x[i + j] - x[i + j];
    }
    *min = low[0];
    *max = high[0];
    for (size_t j = 1; j < PLACES; j++) {
        *min = lesser(low[j], *min);
        *max = greater(high[j], *max);
    }
    if (rc_fold8(o) == 0)
        return n;
    uint64_t defined = 0;
    for (i = 0; i < n; i++)
        defined += x[i] == x[i];
    return defined;
}

extern const rc_block_kernels RC_MEMBER(rc_block_kernels);
const rc_block_kernels RC_MEMBER(rc_block_kernels) = {
    .sum_from = sum_from,
    .power_sums = power_sums,
    .range = range,
};
