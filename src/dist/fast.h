/* SPDX-License-Identifier: GPL-3.0-or-later */
/* exp and log for blocks of draws, inline and in plain operations: within 1e-15 (relative;
 * log near 1: absolute) of core/math.h, several times faster than the double-double steps there
 * without fused multiply-add, and the same bits on every instruction set. Files of one instruction
 * set only.
 *
 * exp: x = n ln 2 + r, |r| <= ln 2 / 2, a polynomial of degree 11 ((e^r - 1 - r) / r^2
 * interpolated in ten Chebyshev points: error 2e-17 before rounding), times 2^n by adding to the
 * exponent. log: v = 2^k m, m from sqrt(1/2) to sqrt(2); for ln m the series of s = (m - 1) / (m +
 * 1) as in FDLIBM's e_log.c (Sun Microsystems, 1993). */
#ifndef RC_DIST_FAST_H
#define RC_DIST_FAST_H

#include "dist/rows.h"

/* Are all lanes equal? NaN is not. */
static inline bool rc_fast_same_(rc_vd x, rc_vd y) {
    const int every = (1 << RC_LANES) - 1;
#if RC_LANES == 2
    return _mm_movemask_pd(_mm_cmpeq_pd(x, y)) == every;
#elif RC_LANES == 4
    return _mm256_movemask_pd(_mm256_cmp_pd(x, y, _CMP_EQ_OQ)) == every;
#else
    return _mm512_cmp_pd_mask(x, y, _CMP_EQ_OQ) == every;
#endif
}

/* e^x where |x| <= 708. */
static inline rc_vd rc_fast_exp_inside_(rc_vd x) {
    const rc_vd shift = rc_splat(0x1.8p52);
    rc_vd t = x * rc_splat(0x1.71547652b82fep+0) + shift; /* its low bits: n */
    rc_vd n = t - shift;
    rc_vd r = (x - n * rc_splat(0x1.62e42feep-1)) - n * rc_splat(0x1.a39ef35793c76p-33);
    rc_vd r2 = r * r, r4 = r2 * r2;
    rc_vd p2 = rc_splat(0x1.0000000000001p-1) + rc_splat(0x1.5555555555556p-3) * r;
    rc_vd p4 = rc_splat(0x1.5555555553d68p-5) + rc_splat(0x1.11111111109b5p-7) * r;
    rc_vd p6 = rc_splat(0x1.6c16c17889ef1p-10) + rc_splat(0x1.a01a01a7c2efep-13) * r;
    rc_vd p8 = rc_splat(0x1.a019b9149a3cep-16) + rc_splat(0x1.71de0db2f6ae9p-19) * r;
    rc_vd p10 = rc_splat(0x1.28917c89aa05dp-22) + rc_splat(0x1.af389ecfcbdafp-26) * r;
    p8 = p8 + p10 * r2;
    rc_vd q = (p2 + p4 * r2) + (p6 + p8 * r2) * r4;
    rc_vd p = rc_splat(1) + (r + q * r2);
    rc_rows_int_ power = RC_ROWS_(slli_epi64)(RC_ROWS_INT_(t), 52);
    return RC_ROWS_FLOAT_(RC_ROWS_(add_epi64)(RC_ROWS_INT_(p), power));
}

/* Where a lane lies outside: that one by core/math.h. */
static inline rc_vd rc_fast_exp_outside_(rc_vd x, rc_vd inside) {
    _Alignas(64) double arguments[RC_LANES], values[RC_LANES];
    rc_store(arguments, x);
    rc_store(values, inside);
    for (int i = 0; i < RC_LANES; i++)
        if (!(fabs(arguments[i]) <= 708))
            values[i] = rc_exp(arguments[i]);
    return rc_load(values);
}

/** y[i] = e^x[i]; y may be x. */
static inline void rc_fast_vmap_exp(double *y, const double *x, size_t n) {
    for (RC_EACH_VECTOR(i, n)) {
        rc_vd v = rc_load(x + i), held = RC_ROWS_(max_pd)(v, rc_splat(-708));
        held = RC_ROWS_(min_pd)(held, rc_splat(708));
        rc_vd value = rc_fast_exp_inside_(held);
        if (!rc_fast_same_(held, v))
            value = rc_fast_exp_outside_(v, value);
        rc_store(y + i, value);
    }
}

/** ln v where v is a normal number above 0. */
static inline rc_vd rc_fast_log(rc_vd v) {
    const rc_rows_int_ root_half = rc_rows_splat_(0x3fe6a09e667f3bcd);
    const rc_rows_int_ fraction = rc_rows_splat_(0x000fffffffffffff);
    rc_rows_int_ bits = RC_ROWS_(sub_epi64)(RC_ROWS_INT_(v), root_half);
    rc_rows_int_ m_bits = RC_ROWS_(add_epi64)(RC_ROWSI_(and)(bits, fraction), root_half);
    /* k + 1024 in the low bits of 2^52 */
    bits = RC_ROWS_(add_epi64)(bits, rc_rows_splat_((int64_t)1024 << 52));
    bits = RC_ROWSI_(or)(RC_ROWS_(srli_epi64)(bits, 52), rc_rows_splat_(0x4330000000000000));
    rc_vd k = RC_ROWS_FLOAT_(bits) - rc_splat(0x1p52 + 1024);
    rc_vd f = RC_ROWS_FLOAT_(m_bits) - rc_splat(1), s = f / (f + rc_splat(2));
    rc_vd z = s * s, z2 = z * z, half = rc_splat(0.5) * f * f;
    rc_vd odd =
        rc_splat(6.666666666666735130e-01) +
        z2 * (rc_splat(2.857142874366239149e-01) +
              z2 * (rc_splat(1.818357216161805012e-01) + z2 * rc_splat(1.479819860511658591e-01)));
    rc_vd even =
        rc_splat(3.999999999940941908e-01) +
        z2 * (rc_splat(2.222219843214978396e-01) + z2 * rc_splat(1.531383769920937332e-01));
    rc_vd tail = s * (half + (z * odd + z2 * even)) + k * rc_splat(1.90821492927058770002e-10);
    return k * rc_splat(6.93147180369123816490e-01) - ((half - tail) - f);
}

/** y[i] = ln x[i] of any numbers; y may be x. */
static inline void rc_fast_vmap_log_of_any(double *y, const double *x, size_t n) {
    for (RC_EACH_VECTOR(i, n)) {
        rc_vd v = rc_load(x + i), held = RC_ROWS_(max_pd)(v, rc_splat(0x1p-1022));
        held = RC_ROWS_(min_pd)(held, rc_splat(0x1.fffffffffffffp1023));
        rc_vd value = rc_fast_log(held);
        if (!rc_fast_same_(held, v)) {
            _Alignas(64) double arguments[RC_LANES], values[RC_LANES];
            rc_store(arguments, v);
            rc_store(values, value);
            for (int j = 0; j < RC_LANES; j++)
                if (!(arguments[j] >= 0x1p-1022 && arguments[j] <= 0x1.fffffffffffffp1023))
                    values[j] = rc_log(arguments[j]);
            value = rc_load(values);
        }
        rc_store(y + i, value);
    }
}

/** y[i] = ln x[i] of normal numbers above 0; y may be x. */
static inline void rc_fast_vmap_log(double *y, const double *x, size_t n) {
    for (RC_EACH_VECTOR(i, n))
        rc_store(y + i, rc_fast_log(rc_load(x + i)));
}

#endif
