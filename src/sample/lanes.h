/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vectors of 64-bit words, for the samplers' files that are compiled once per instruction set. */
#ifndef RC_SAMPLE_LANES_H
#define RC_SAMPLE_LANES_H

#include "core/simd.h"

#include <immintrin.h>

#if RC_LANES == 2
typedef __m128i rc_vu;
#    define RC_VU(f)  _mm_##f
#    define RC_VUB(f) _mm_##f##_si128
/* Words of a vector in the order in which low_pair, high_pair give neighbours back */
static inline rc_vu rc_vu_order(void) {
    return _mm_set_epi64x(1, 0);
}
static inline rc_vu rc_vu_splat(uint64_t x) {
    return _mm_set1_epi64x((long long)x);
}
static inline rc_vu rc_vu_load(const uint64_t *p) {
    return _mm_load_si128((const __m128i *)p);
}
static inline rc_vd rc_vu_as_double(rc_vu x) {
    return _mm_castsi128_pd(x);
}
static inline rc_vu rc_vu_as_words(rc_vd x) {
    return _mm_castpd_si128(x);
}
static inline rc_vd rc_vd_sub(rc_vd x, rc_vd y) {
    return _mm_sub_pd(x, y);
}
#elif RC_LANES == 4
typedef __m256i rc_vu;
#    define RC_VU(f)  _mm256_##f
#    define RC_VUB(f) _mm256_##f##_si256
static inline rc_vu rc_vu_order(void) {
    return _mm256_set_epi64x(3, 1, 2, 0);
}
static inline rc_vu rc_vu_splat(uint64_t x) {
    return _mm256_set1_epi64x((long long)x);
}
static inline rc_vu rc_vu_load(const uint64_t *p) {
    return _mm256_load_si256((const __m256i *)p);
}
static inline rc_vd rc_vu_as_double(rc_vu x) {
    return _mm256_castsi256_pd(x);
}
static inline rc_vu rc_vu_as_words(rc_vd x) {
    return _mm256_castpd_si256(x);
}
static inline rc_vd rc_vd_sub(rc_vd x, rc_vd y) {
    return _mm256_sub_pd(x, y);
}
#else
typedef __m512i rc_vu;
#    define RC_VU(f)  _mm512_##f
#    define RC_VUB(f) _mm512_##f##_si512
static inline rc_vu rc_vu_order(void) {
    return _mm512_set_epi64(7, 3, 6, 2, 5, 1, 4, 0);
}
static inline rc_vu rc_vu_splat(uint64_t x) {
    return _mm512_set1_epi64((long long)x);
}
static inline rc_vu rc_vu_load(const uint64_t *p) {
    return _mm512_load_si512(p);
}
static inline rc_vd rc_vu_as_double(rc_vu x) {
    return _mm512_castsi512_pd(x);
}
static inline rc_vu rc_vu_as_words(rc_vd x) {
    return _mm512_castpd_si512(x);
}
static inline rc_vd rc_vd_sub(rc_vd x, rc_vd y) {
    return _mm512_sub_pd(x, y);
}
#endif

static inline rc_vu rc_vu_add(rc_vu x, rc_vu y) {
    return RC_VU(add_epi64)(x, y);
}
static inline rc_vu rc_vu_mul(rc_vu x, rc_vu y) {
    return RC_VU(mul_epu32)(x, y);
} /* low halves */
static inline rc_vu rc_vu_xor(rc_vu x, rc_vu y) {
    return RC_VUB(xor)(x, y);
}
static inline rc_vu rc_vu_and(rc_vu x, rc_vu y) {
    return RC_VUB(and)(x, y);
}
static inline rc_vu rc_vu_or(rc_vu x, rc_vu y) {
    return RC_VUB(or)(x, y);
}
static inline rc_vu rc_vu_low_pair(rc_vu x, rc_vu y) {
    return RC_VU(unpacklo_epi64)(x, y);
}
static inline rc_vu rc_vu_high_pair(rc_vu x, rc_vu y) {
    return RC_VU(unpackhi_epi64)(x, y);
}
#define rc_vu_right(x, bits) RC_VU(srli_epi64)(x, bits)
#define rc_vu_left(x, bits)  RC_VU(slli_epi64)(x, bits)

/* rc_tail_from_bits(z >> 11) in every lane. With s the top bit of z and f the 52 bits below it the
 * wanted tail is (f + 1/2) 2^-53 - s/2. z >> 11 under the exponent of 1/2 has s as the lowest bit
 * of the exponent: without it that is 1/2 + f 2^-53, and its exponent alone 1/2 or 1. Both steps of
 * their difference plus 2^-54 are exact. */
static inline rc_vd rc_vu_tail(rc_vu z) {
    rc_vu e = rc_vu_or(rc_vu_right(z, 11), rc_vu_splat(UINT64_C(0x3FE) << 52));
    rc_vu fraction = rc_vu_and(e, rc_vu_splat(~(UINT64_C(1) << 52)));
    rc_vu size = rc_vu_and(e, rc_vu_splat(UINT64_C(0xFFF) << 52));
    return rc_vd_sub(rc_vd_sub(rc_vu_as_double(fraction), rc_vu_as_double(size)),
                     rc_splat(-0x1p-54));
}

/* The same tail is (-1)^s (g + 1/2) 2^-53, where g is f with all bits turned where s is 1. That
 * is linear over XOR: with s as the sign of a double and g under the exponent of 1/2,
 *     rc_vu_tail(x ^ y) = rc_vu_tail_of(rc_vu_tail_pattern(x) ^ rc_vu_tail_change(y)),
 * and what is left to do is to take 1/2 - 2^-54 from the size of that double, which is exact. */
static inline uint64_t rc_vu_tail_change(uint64_t z) {
    const uint64_t sign = z & UINT64_C(1) << 63, all = (UINT64_C(1) << 52) - 1;
    return sign | ((z >> 11 ^ (0 - (z >> 63))) & all);
}
static inline uint64_t rc_vu_tail_pattern(uint64_t z) {
    return rc_vu_tail_change(z) | UINT64_C(0x3FE) << 52;
}
static inline rc_vd rc_vu_tail_of(rc_vu e) {
    const rc_vd half = rc_splat(0x1.fffffffffffffp-2); /* 1/2 - 2^-54 */
    rc_vd x = rc_vu_as_double(e);
#if RC_LANES == 4
    return rc_vd_sub(x, _mm256_blendv_pd(half, -half, x));
#else
    rc_vu sign = rc_vu_and(e, rc_vu_splat(UINT64_C(1) << 63));
    return rc_vd_sub(x, rc_vu_as_double(rc_vu_or(sign, rc_vu_as_words(half))));
#endif
}

#endif
