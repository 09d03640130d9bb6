/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See block.h. Value i goes into accumulator i mod 8; a vector holds RC_LANES neighbouring ones. */
#include "core/simd.h"
#include "stats/block.h"

#include <immintrin.h>

enum { PLACES = 8, VECTORS = PLACES / RC_LANES };

#if RC_LANES == 2
#    define VECTOR(f) _mm_##f
#elif RC_LANES == 4
#    define VECTOR(f) _mm256_##f
#else
#    define VECTOR(f) _mm512_##f
#endif
#define LESSER  VECTOR(min_pd) /* of a and b: a < b ? a : b in every lane; b when a is NaN */
#define GREATER VECTOR(max_pd)

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
            lowest[j] = LESSER(v, lowest[j]);
            highest[j] = GREATER(v, highest[j]);
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

/* ---- Counting ---- */

/* What comparing two vectors gives: -1 in a lane where it holds, else 0. */
typedef long long mask __attribute__((vector_size(sizeof(rc_vd))));

static mask mask_at(const long long *m) {
    mask v;
    memcpy(&v, m, sizeof v);
    return v;
}

/* Bit j: is lane j negative? */
static unsigned signs(mask m) {
#if RC_LANES == 2
    return (unsigned)_mm_movemask_pd((__m128d)m);
#elif RC_LANES == 4
    return (unsigned)_mm256_movemask_pd((__m256d)m);
#else
    return (unsigned)_mm512_movepi64_mask((__m512i)m);
#endif
}

static uint64_t total(mask negative) {
    long long lanes[RC_LANES], sum = 0;
    memcpy(lanes, &negative, sizeof lanes);
    for (size_t j = 0; j < RC_LANES; j++)
        sum -= lanes[j];
    return (uint64_t)sum;
}

static rc_tally tally(const double *x, size_t n, double hurdle) {
    const rc_vd zero = rc_splat(0), high = rc_splat(hurdle);
    mask defined = {0}, below = {0}, reached = {0};
    size_t i = 0;
    for (; i + RC_LANES <= n; i += RC_LANES) {
        const rc_vd v = value(x + i);
        defined += v == v;
        below += v < zero;
        reached += v >= high;
    }
    rc_tally t = {total(defined), total(below), total(reached)};
    for (; i < n; i++) {
        t.defined += x[i] == x[i];
        t.below_zero += x[i] < 0;
        t.at_least += x[i] >= hurdle;
    }
    return t;
}

static rc_beyond beyond(const double *x, size_t n, double v, double sign) {
    const rc_vd edge = rc_splat(v), side = rc_splat(sign), zero = rc_splat(0);
    rc_vd sum[VECTORS], square[VECTORS];
    mask same = {0};
    for (size_t j = 0; j < VECTORS; j++)
        sum[j] = square[j] = zero;
    size_t i = 0;
    for (; i + PLACES <= n; i += PLACES)
        for (size_t j = 0; j < VECTORS; j++) {
            const rc_vd y = value(x + i + j * RC_LANES);
            const rc_vd e = GREATER(side * (edge - y), zero); /* 0 for NaN */
            sum[j] = sum[j] + e;
            square[j] = square[j] + e * e;
            same += y == edge;
        }
    _Alignas(64) double s[PLACES], q[PLACES];
    unpack(s, sum);
    unpack(q, square);
    rc_beyond b = {.at_boundary = total(same)};
    for (size_t j = 0; i + j < n; j++) {
        const double d = sign * (v - x[i + j]), e = d > 0 ? d : 0;
        s[j] += e;
        q[j] += e * e;
        b.at_boundary += x[i + j] == v;
    }
    b.sum = rc_fold8(s);
    b.square = rc_fold8(q);
    return b;
}

/* A value lies in a window if an odd number of the sorted edges is at most the value. Three windows
 * at a time, so that their edges and counts stay in registers. */
enum { TOGETHER = 3 };

static void sift_some(const double *start, const double *end, const double *x, size_t n,
                      long long *odd, uint64_t *at_least) {
    rc_vd from[TOGETHER], to[TOGETHER];
    mask count[TOGETHER];
    for (size_t w = 0; w < TOGETHER; w++) {
        from[w] = rc_splat(start[w]);
        to[w] = rc_splat(end[w]);
        count[w] = (mask){0};
    }
    for (size_t i = 0; i + RC_LANES <= n; i += RC_LANES) {
        const rc_vd v = value(x + i);
        mask m = mask_at(odd + i);
        for (size_t w = 0; w < TOGETHER; w++) {
            const mask above = v >= from[w];
            count[w] += above;
            m ^= above ^ (v >= to[w]);
        }
        memcpy(odd + i, &m, sizeof m);
    }
    for (size_t w = 0; w < TOGETHER; w++)
        at_least[w] += total(count[w]);
    for (size_t i = n / RC_LANES * RC_LANES; i < n; i++)
        for (size_t w = 0; w < TOGETHER; w++) {
            at_least[w] += x[i] >= start[w];
            odd[i] ^= (x[i] >= start[w]) != (x[i] >= end[w]) ? -1 : 0;
        }
}

static size_t sift(const rc_windows *windows, const double *x, size_t n, double *inside,
                   uint64_t *at_least) {
    long long odd[RC_SIFT_MOST + PLACES] = {0};
    for (size_t w = 0; w < windows->n; w += TOGETHER) {
        double start[TOGETHER], end[TOGETHER];
        uint64_t count[TOGETHER] = {0};
        for (size_t j = 0; j < TOGETHER; j++) {
            start[j] = w + j < windows->n ? windows->start[w + j] : (double)NAN;
            end[j] = w + j < windows->n ? windows->end[w + j] : (double)NAN;
        }
        sift_some(start, end, x, n, odd, count);
        for (size_t j = 0; w + j < windows->n && j < TOGETHER; j++)
            at_least[w + j] += count[j];
    }
    size_t k = 0;
    for (size_t i = 0; i < n; i += RC_LANES) /* behind the last value all is 0 */
        for (unsigned left = signs(mask_at(odd + i)); left != 0; left &= left - 1)
            inside[k++] = x[i + (size_t)__builtin_ctz(left)];
    return k;
}

enum { PART = 64 };

/* Slots of up to PART values: bins of which each is `parts` wide in slots. */
static void find_slots(const rc_bins *bins, double parts, const double *x, size_t n, int *slot) {
    const double most = (double)bins->n * parts, first = bins->first, times = bins->times,
                 over = bins->over;
    for (size_t j = 0; j < n; j++) {
        const double k = (x[j] * times / over - first) * parts; /* exact: a power of two */
        const double up = k < most ? k : most, in = k < 0 ? -1 : up;
        slot[j] = (int)(k == k ? in : most + 1) + 1;
    }
}

static void bin(const rc_bins *bins, const double *x, size_t n, uint64_t *counts) {
    int slot[PART];
    for (size_t i = 0; i < n; i += PART) {
        const size_t m = n - i < PART ? n - i : PART;
        find_slots(bins, 1, x + i, m, slot);
        for (size_t j = 0; j < m; j++)
            counts[slot[j]]++;
    }
}

/* Writes every value and moves on behind those that are kept: no branch depends on the values. */
static size_t cast(const rc_meshes *meshes, const double *x, size_t n, uint32_t *counts,
                   double *kept, uint16_t *tags) {
    const unsigned char *const keep = meshes->keep;
    const double *const atom = meshes->atom;
    int slot[PART];
    size_t k = 0;
    for (size_t i = 0; i < n; i += PART) {
        const size_t m = n - i < PART ? n - i : PART;
        find_slots(&meshes->bins, RC_MESHES, x + i, m, slot);
        for (size_t j = 0; j < m; j++) {
            const unsigned s = (unsigned)slot[j];
            const double v = x[i + j];
            counts[s]++;
            kept[k] = v;
            tags[k] = (uint16_t)(s * RC_MESH_TAG + j % RC_MESH_TAG);
            k += atom == NULL ? keep[s] : keep[s] & (v != atom[s]);
        }
    }
    return k;
}

static void change_sums(const double *x, const double *a, const double *b, size_t n, double mean,
                        double sum[3]) {
    const rc_vd from = rc_splat(mean);
    rc_vd v1[VECTORS], v2[VECTORS], v3[VECTORS];
    for (size_t j = 0; j < VECTORS; j++)
        v1[j] = v2[j] = v3[j] = rc_splat(0);
    size_t i = 0;
    for (; i + PLACES <= n; i += PLACES)
        for (size_t j = 0; j < VECTORS; j++) {
            const size_t at = i + j * RC_LANES;
            const rc_vd d = value(x + at) - value(a + at);
            v1[j] = v1[j] + d;
            v2[j] = v2[j] + (value(b + at) - from) * d;
            v3[j] = v3[j] + d * d;
        }
    _Alignas(64) double s[3][PLACES];
    unpack(s[0], v1);
    unpack(s[1], v2);
    unpack(s[2], v3);
    for (size_t j = 0; i + j < n; j++) {
        const double d = x[i + j] - a[i + j];
        s[0][j] += d;
        s[1][j] += (b[i + j] - mean) * d;
        s[2][j] += d * d;
    }
    for (size_t k = 0; k < 3; k++)
        sum[k] = rc_fold8(s[k]);
}

extern const rc_block_kernels RC_MEMBER(rc_block_kernels);
const rc_block_kernels RC_MEMBER(rc_block_kernels) = {
    .sum_from = sum_from,
    .power_sums = power_sums,
    .range = range,
    .tally = tally,
    .beyond = beyond,
    .sift = sift,
    .bin = bin,
    .cast = cast,
    .change_sums = change_sums,
};
