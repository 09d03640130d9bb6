/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vector mathematics for files that are compiled once per instruction set (CMake defines RC_ISA and
 * RC_LANES there). Most kernels are plain loops that the compiler vectorises; only mathematical
 * functions need these wrappers.
 *
 * A column is an array of doubles, 64-byte aligned, with room for its lanes rounded up to 8
 * (RC_PADDED). Kernels may read and write the padding; what stands there never matters. */
#ifndef RC_CORE_SIMD_H
#define RC_CORE_SIMD_H

#include "core/isa.h"
#include "core/math.h"

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifndef RC_ISA
#    error "simd.h belongs to files that are compiled once per instruction set"
#endif

#if RC_LANES == 2
typedef __m128d rc_vd;
#    define RC_SLEEF1(f, ulp) Sleef_cinz_##f##d2_##ulp##sse2
static inline rc_vd rc_load(const double *p) {
    return _mm_load_pd(p);
}
static inline void rc_store(double *p, rc_vd v) {
    _mm_store_pd(p, v);
}
static inline rc_vd rc_splat(double x) {
    return _mm_set1_pd(x);
}
static inline rc_vd rc_lesser(rc_vd a, rc_vd b) {
    return _mm_min_pd(a, b);
}
static inline rc_vd rc_greater(rc_vd a, rc_vd b) {
    return _mm_max_pd(a, b);
}
#elif RC_LANES == 4
typedef __m256d rc_vd;
#    define RC_SLEEF1(f, ulp) Sleef_cinz_##f##d4_##ulp##avx
static inline rc_vd rc_load(const double *p) {
    return _mm256_load_pd(p);
}
static inline void rc_store(double *p, rc_vd v) {
    _mm256_store_pd(p, v);
}
static inline rc_vd rc_splat(double x) {
    return _mm256_set1_pd(x);
}
static inline rc_vd rc_lesser(rc_vd a, rc_vd b) {
    return _mm256_min_pd(a, b);
}
static inline rc_vd rc_greater(rc_vd a, rc_vd b) {
    return _mm256_max_pd(a, b);
}
#else
typedef __m512d rc_vd;
#    define RC_SLEEF1(f, ulp) Sleef_cinz_##f##d8_##ulp##avx512fnofma
static inline rc_vd rc_load(const double *p) {
    return _mm512_load_pd(p);
}
static inline void rc_store(double *p, rc_vd v) {
    _mm512_store_pd(p, v);
}
static inline rc_vd rc_splat(double x) {
    return _mm512_set1_pd(x);
}
static inline rc_vd rc_lesser(rc_vd a, rc_vd b) {
    return _mm512_min_pd(a, b);
}
static inline rc_vd rc_greater(rc_vd a, rc_vd b) {
    return _mm512_max_pd(a, b);
}
#endif

/* rc_lesser(a, b) is a < b ? a : b in every lane, rc_greater the other way: b when a is NaN. */

/* Loops over a column: `for (RC_EACH_VECTOR(i, n))` steps over whole vectors, padding included. */
#define RC_EACH_VECTOR(i, n)                                                                       \
    size_t i = 0;                                                                                  \
    i < RC_PADDED(n);                                                                              \
    i += RC_LANES
#define RC_EACH_LANE(i, n)                                                                         \
    size_t i = 0;                                                                                  \
    i < RC_PADDED(n);                                                                              \
    i++

/* y[i] = f(x[i]); x may be y. rc_vmap_log gives the one canonical NaN below zero. */
#define RC_VMAP(name, f, ulp)                                                                      \
    static inline void rc_vmap_##name(double *y, const double *x, size_t n) {                      \
        for (RC_EACH_VECTOR(i, n))                                                                 \
            rc_store(y + i, RC_SLEEF1(f, ulp)(rc_load(x + i)));                                    \
    }
RC_VMAP(exp, exp, u10)
RC_VMAP(expm1, expm1, u10)
RC_VMAP(log1p, log1p, u10)
RC_VMAP(sin, sin, u10)
RC_VMAP(cos, cos, u10)
RC_VMAP(tan, tan, u10)
RC_VMAP(tanh, tanh, u10)
RC_VMAP(erf, erf, u10)
RC_VMAP(log_raw, log, u10)
RC_VMAP(log10_raw, log10, u10)

static inline void rc_vmap_log(double *y, const double *x, size_t n) {
    for (RC_EACH_VECTOR(i, n)) {
        rc_vd v = rc_load(x + i);
        rc_store(y + i, RC_SLEEF1(log, u10)(v));
    }
    for (RC_EACH_LANE(i, n)) /* the sign of log's NaN differs between instruction sets */
        y[i] = y[i] != y[i] ? (double)NAN : y[i];
}

static inline void rc_vmap_log10(double *y, const double *x, size_t n) {
    rc_vmap_log10_raw(y, x, n);
    for (RC_EACH_LANE(i, n))
        y[i] = y[i] != y[i] ? (double)NAN : y[i];
}

/* z[i] = x[i] ^ y[i] */
static inline void rc_vmap_pow(double *z, const double *x, const double *y, size_t n) {
    for (RC_EACH_VECTOR(i, n))
        rc_store(z + i, RC_SLEEF1(pow, u10)(rc_load(x + i), rc_load(y + i)));
}

#endif
