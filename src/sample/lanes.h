/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vectors of 64-bit words, for the samplers' files that are compiled once per instruction set. */
#ifndef RC_SAMPLE_LANES_H
#define RC_SAMPLE_LANES_H

#include "core/simd.h"

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
static inline rc_vu rc_vu_of_double(rc_vd x) {
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
static inline rc_vu rc_vu_of_double(rc_vd x) {
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
static inline rc_vu rc_vu_of_double(rc_vd x) {
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

/* rc_tail_from_bits(z >> 11) in every lane. The 52 bits below the top one (mirrored where it is
 * set) become the fraction of a number in [1/2, 1); less 1/2 - 2^-54 that is exactly (k + 1/2) *
 * 2^-53. The top bit becomes the sign. */
static inline rc_vd rc_vu_tail(rc_vu z) {
    rc_vu mirror = RC_VU(sub_epi64)(rc_vu_splat(0), rc_vu_right(z, 63));
    rc_vu k = rc_vu_right(rc_vu_xor(z, mirror), 11);
    rc_vd d = rc_vu_as_double(rc_vu_or(k, rc_vu_splat(UINT64_C(0x3FE) << 52)));
    rc_vd v = rc_vd_sub(d, rc_splat(0.5 - 0x1p-54));
    rc_vu sign = rc_vu_and(z, rc_vu_splat(UINT64_C(1) << 63));
    return rc_vu_as_double(rc_vu_or(rc_vu_of_double(v), sign));
}

#endif
