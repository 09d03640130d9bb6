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

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifndef RC_ISA
#    error "simd.h belongs to files that are compiled once per instruction set"
#endif

/* One vector. Made of the compiler's vectors and not of <immintrin.h>, which takes a third of a
 * second to read: files that need its instructions (dist/rows.h) include it themselves. */
typedef double rc_vd __attribute__((vector_size(8 * RC_LANES), may_alias));
#if RC_LANES == 2
#    define RC_SLEEF1(f, ulp) Sleef_cinz_##f##d2_##ulp##sse2
#elif RC_LANES == 4
#    define RC_SLEEF1(f, ulp) Sleef_cinz_##f##d4_##ulp##avx
#else
#    define RC_SLEEF1(f, ulp) Sleef_cinz_##f##d8_##ulp##avx512fnofma
#endif

static inline rc_vd rc_load(const double *p) { /* of a whole vector's alignment */
    return *(const rc_vd *)p;
}
static inline void rc_store(double *p, rc_vd v) {
    *(rc_vd *)p = v;
}
static inline rc_vd rc_splat(double x) {
#if RC_LANES == 2
    return (rc_vd){x, x};
#elif RC_LANES == 4
    return (rc_vd){x, x, x, x};
#else
    return (rc_vd){x, x, x, x, x, x, x, x};
#endif
}

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
    rc_vd RC_SLEEF1(f, ulp)(rc_vd);                                                                \
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
RC_VMAP(erfc, erfc, u15)
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
rc_vd RC_SLEEF1(pow, u10)(rc_vd, rc_vd);
static inline void rc_vmap_pow(double *z, const double *x, const double *y, size_t n) {
    for (RC_EACH_VECTOR(i, n))
        rc_store(z + i, RC_SLEEF1(pow, u10)(rc_load(x + i), rc_load(y + i)));
}

#endif
