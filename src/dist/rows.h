/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Piecewise polynomials of degree 7 in a whole vector of lanes: the inside of table draws
 * (dist/table.h) and of the normal quantile, for files that are compiled once per instruction set.
 *
 * v = |w| in [2^-18, 1/2) lies in one of RC_TABLE_OCTAVES octaves, an octave has 2^split equal
 * parts, each part one row of eight coefficients in a local argument from -1 to 1. Exponent and
 * leading mantissa bits of v number the parts, the rest of the mantissa is the argument. A side's
 * rows begin with one for smaller v and end with one for v = 1/2: the clamp sends v there that lies
 * outside, and NaN. The rows of a vector of lanes are loaded whole and transposed, which is faster
 * than gathering. */
#ifndef RC_DIST_ROWS_H
#define RC_DIST_ROWS_H

#include "core/simd.h"
#include "dist/table.h"

#include <immintrin.h>

#if RC_LANES == 2
typedef __m128i rc_rows_int_;
#    define RC_ROWS_(f)    _mm_##f
#    define RC_ROWSI_(f)   _mm_##f##_si128
#    define RC_ROWS_INT_   _mm_castpd_si128
#    define RC_ROWS_FLOAT_ _mm_castsi128_pd
#elif RC_LANES == 4
typedef __m256i rc_rows_int_;
#    define RC_ROWS_(f)    _mm256_##f
#    define RC_ROWSI_(f)   _mm256_##f##_si256
#    define RC_ROWS_INT_   _mm256_castpd_si256
#    define RC_ROWS_FLOAT_ _mm256_castsi256_pd
#else
typedef __m512i rc_rows_int_;
#    define RC_ROWS_(f)    _mm512_##f
#    define RC_ROWSI_(f)   _mm512_##f##_si512
#    define RC_ROWS_INT_   _mm512_castpd_si512
#    define RC_ROWS_FLOAT_ _mm512_castsi512_pd
#endif

static inline rc_rows_int_ rc_rows_splat_(int64_t x) {
#if RC_LANES == 8
    return _mm512_set1_epi64(x);
#else
    return RC_ROWS_(set1_epi64x)(x);
#endif
}

/* Sign bits of w; the rest of it. */
static inline rc_rows_int_ rc_rows_sign_(rc_vd w) {
    return RC_ROWSI_(and)(RC_ROWS_INT_(w), rc_rows_splat_(INT64_MIN));
}
static inline rc_vd rc_rows_size_(rc_vd w) {
    return RC_ROWS_FLOAT_(RC_ROWSI_(andnot)(rc_rows_splat_(INT64_MIN), RC_ROWS_INT_(w)));
}

/** In each lane `negative` where the sign bit of x is set, else `positive`. */
static inline rc_vd rc_rows_pick(rc_vd x, rc_vd negative, rc_vd positive) {
#if RC_LANES == 2
    rc_rows_int_ set = _mm_srai_epi32(_mm_shuffle_epi32(_mm_castpd_si128(x), 0xf5), 31);
    rc_vd mask = _mm_castsi128_pd(set);
    return _mm_or_pd(_mm_and_pd(mask, negative), _mm_andnot_pd(mask, positive));
#elif RC_LANES == 4
    return _mm256_blendv_pd(positive, negative, x);
#else
    return _mm512_mask_blend_pd(_mm512_movepi64_mask(_mm512_castpd_si512(x)), positive, negative);
#endif
}

static inline rc_vd rc_rows_sqrt(rc_vd x) {
    return RC_ROWS_(sqrt_pd)(x);
}

/** Argument in [-1, 1) of each lane; address: of its row, when its side's rows begin at `rows`.
 * `size` is |w|. */
static inline rc_vd rc_rows_locate(rc_vd size, const double *rows, unsigned split,
                                   rc_rows_int_ *address) {
    const int64_t before = (((int64_t)(1023 - 1 - RC_TABLE_OCTAVES) << split) - 1) * 64;
    const int shift = (int)split;
    rc_vd v = RC_ROWS_(max_pd)(size, rc_splat(0x1.fffffffffffffp-19)); /* also of NaN */
    v = RC_ROWS_(min_pd)(v, rc_splat(0.5));
    rc_rows_int_ bits = RC_ROWS_INT_(v);
    rc_rows_int_ part = RC_ROWS_(srli_epi64)(bits, 52 - 6 - shift); /* times 64 */
    part = RC_ROWSI_(and)(part, rc_rows_splat_(-64));
    *address = RC_ROWS_(add_epi64)(part, rc_rows_splat_((int64_t)(uintptr_t)rows - before));
    rc_rows_int_ rest = RC_ROWS_(slli_epi64)(bits, shift);
    rest = RC_ROWSI_(and)(rest, rc_rows_splat_(0x000fffffffffffff));
    rest = RC_ROWSI_(or)(rest, rc_rows_splat_(0x4000000000000000)); /* in [2, 4) */
    return RC_ROWS_FLOAT_(rest) - rc_splat(3);
}

static inline const double *rc_rows_at_(const int64_t *address, int lane) {
    return (const double *)(uintptr_t)address[lane];
}

/* c0 + c1 u + ... + c7 u^7 by halves: shorter chains than Horner's rule, in a fixed order. */
static inline rc_vd rc_rows_polynomial_(const rc_vd *c, rc_vd u) {
    rc_vd u2 = u * u, u4 = u2 * u2;
    rc_vd low = (c[0] + c[1] * u) + (c[2] + c[3] * u) * u2;
    rc_vd high = (c[4] + c[5] * u) + (c[6] + c[7] * u) * u2;
    return low + high * u4;
}

#if RC_LANES == 2
/** Values of the polynomials of RC_LANES rows. */
static inline rc_vd rc_rows_value(const int64_t *address, rc_vd u) {
    const double *a = rc_rows_at_(address, 0), *b = rc_rows_at_(address, 1);
    rc_vd c[RC_TABLE_ROW];
    for (int k = 0; k < RC_TABLE_ROW; k += 2) {
        rc_vd ak = rc_load(a + k), bk = rc_load(b + k);
        c[k] = _mm_unpacklo_pd(ak, bk);
        c[k + 1] = _mm_unpackhi_pd(ak, bk);
    }
    return rc_rows_polynomial_(c, u);
}
#elif RC_LANES == 4
static inline rc_vd rc_rows_halves_(const double *low, const double *high) {
    return _mm256_insertf128_pd(_mm256_castpd128_pd256(_mm_load_pd(low)), _mm_load_pd(high), 1);
}

/* Columns k ... k + 3 of four rows: halves of rows meet as they are loaded, which saves shuffles.
 */
static inline void rc_rows_columns_(const double *const *r, int k, rc_vd *c) {
    for (int j = 0; j < 4; j += 2) {
        rc_vd even = rc_rows_halves_(r[0] + k + j, r[2] + k + j);
        rc_vd odd = rc_rows_halves_(r[1] + k + j, r[3] + k + j);
        c[j] = _mm256_unpacklo_pd(even, odd);
        c[j + 1] = _mm256_unpackhi_pd(even, odd);
    }
}

static inline rc_vd rc_rows_value(const int64_t *address, rc_vd u) {
    const double *r[4];
    for (int j = 0; j < 4; j++)
        r[j] = rc_rows_at_(address, j);
    rc_vd c[RC_TABLE_ROW];
    rc_rows_columns_(r, 4, c + 4);
    rc_rows_columns_(r, 0, c);
    return rc_rows_polynomial_(c, u);
}
#else
/* Of eight rows, with neighbours interleaved, the 128-bit quarters 0 ... 3. */
static inline void rc_rows_quarters_(rc_vd a, rc_vd b, rc_vd c, rc_vd d, rc_vd *q) {
    rc_vd ab = _mm512_shuffle_f64x2(a, b, 0x44), cd = _mm512_shuffle_f64x2(c, d, 0x44);
    q[0] = _mm512_shuffle_f64x2(ab, cd, 0x88);
    q[2] = _mm512_shuffle_f64x2(ab, cd, 0xdd);
    ab = _mm512_shuffle_f64x2(a, b, 0xee);
    cd = _mm512_shuffle_f64x2(c, d, 0xee);
    q[4] = _mm512_shuffle_f64x2(ab, cd, 0x88);
    q[6] = _mm512_shuffle_f64x2(ab, cd, 0xdd);
}

static inline rc_vd rc_rows_value(const int64_t *address, rc_vd u) {
    rc_vd r[8], even[4], odd[4], c[8];
    for (int j = 0; j < 8; j++)
        r[j] = rc_load(rc_rows_at_(address, j));
    for (int j = 0; j < 4; j++) {
        even[j] = _mm512_unpacklo_pd(r[2 * j], r[2 * j + 1]);
        odd[j] = _mm512_unpackhi_pd(r[2 * j], r[2 * j + 1]);
    }
    rc_rows_quarters_(even[0], even[1], even[2], even[3], c);
    rc_rows_quarters_(odd[0], odd[1], odd[2], odd[3], c + 1);
    return rc_rows_polynomial_(c, u);
}
#endif

/* ---- Short rows (dist/table_quick.h) ----------------------------------------------------------
 */

enum { RC_QUICK_BYTES = 32 };

/** Argument in [-1, 1) of each lane of w; address: of its short row, when a side's rows take
 * `side` bytes and those for w > 0 begin at `rows`. */
static inline rc_vd rc_quick_locate(rc_vd w, const double *rows, unsigned split, size_t side,
                                    rc_rows_int_ *address) {
    const int64_t first = ((int64_t)(1023 - 1 - RC_TABLE_OCTAVES) << split) - 1;
    const int64_t base = (int64_t)(uintptr_t)rows - first * RC_QUICK_BYTES;
    const int shift = (int)split;
    rc_vd v = RC_ROWS_(max_pd)(rc_rows_size_(w), rc_splat(0x1.fffffffffffffp-19)); /* also of NaN */
    v = RC_ROWS_(min_pd)(v, rc_splat(0.5));
    rc_rows_int_ bits = RC_ROWS_INT_(v);
    rc_rows_int_ part = RC_ROWS_(srli_epi64)(bits, 52 - 5 - shift); /* times 32 */
    part = RC_ROWSI_(and)(part, rc_rows_splat_(-RC_QUICK_BYTES));
#if RC_LANES == 4
    rc_rows_int_ lower = rc_rows_splat_(base), upper = rc_rows_splat_(base + (int64_t)side);
    rc_rows_int_ start =
        RC_ROWS_INT_(_mm256_blendv_pd(RC_ROWS_FLOAT_(lower), RC_ROWS_FLOAT_(upper), w));
#else
    rc_rows_int_ upper = RC_ROWS_(srli_epi64)(RC_ROWS_INT_(w), 63);
    rc_rows_int_ start = RC_ROWS_(add_epi64)(
        RC_ROWS_(mul_epu32)(upper, rc_rows_splat_((int64_t)side)), rc_rows_splat_(base));
#endif
    *address = RC_ROWS_(add_epi64)(part, start);
    rc_rows_int_ rest = RC_ROWS_(slli_epi64)(bits, shift);
    rest = RC_ROWSI_(and)(rest, rc_rows_splat_(0x000fffffffffffff));
    rest = RC_ROWSI_(or)(rest, rc_rows_splat_(0x4000000000000000)); /* in [2, 4) */
    return RC_ROWS_FLOAT_(rest) - rc_splat(3);
}

/* c0 + c1 u + ... + c4 u^4, by halves as above; word: c3 and c4 in one. */
static inline rc_vd rc_quick_polynomial_(rc_vd c0, rc_vd c1, rc_vd c2, rc_vd word, rc_vd u) {
    rc_vd c4 = RC_ROWS_FLOAT_(RC_ROWS_(slli_epi64)(RC_ROWS_INT_(word), 32));
    rc_vd u2 = u * u;
    return (c0 + c1 * u) + ((c2 + word * u) + c4 * u2) * u2;
}

/** Values of the polynomials of RC_LANES short rows. */
static inline rc_vd rc_quick_value(const int64_t *address, rc_vd u) {
#if RC_LANES == 2
    const double *a = rc_rows_at_(address, 0), *b = rc_rows_at_(address, 1);
    rc_vd a0 = rc_load(a), a2 = rc_load(a + 2), b0 = rc_load(b), b2 = rc_load(b + 2);
    return rc_quick_polynomial_(_mm_unpacklo_pd(a0, b0), _mm_unpackhi_pd(a0, b0),
                                _mm_unpacklo_pd(a2, b2), _mm_unpackhi_pd(a2, b2), u);
#elif RC_LANES == 4
    const double *r[4];
    rc_vd c[4];
    for (int j = 0; j < 4; j++)
        r[j] = rc_rows_at_(address, j);
    rc_rows_columns_(r, 0, c);
    return rc_quick_polynomial_(c[0], c[1], c[2], c[3], u);
#else
    rc_vd pair[4]; /* rows 0 and 2, 1 and 3, 4 and 6, 5 and 7 */
    for (int j = 0; j < 4; j++) {
        int low = (j & 1) + 2 * (j & 2);
        pair[j] = _mm512_castpd256_pd512(_mm256_load_pd(rc_rows_at_(address, low)));
        pair[j] = _mm512_insertf64x4(pair[j], _mm256_load_pd(rc_rows_at_(address, low + 2)), 1);
    }
    rc_vd even = _mm512_unpacklo_pd(pair[0], pair[1]), odd = _mm512_unpackhi_pd(pair[0], pair[1]);
    rc_vd even4 = _mm512_unpacklo_pd(pair[2], pair[3]), odd4 = _mm512_unpackhi_pd(pair[2], pair[3]);
    return rc_quick_polynomial_(
        _mm512_shuffle_f64x2(even, even4, 0x88), _mm512_shuffle_f64x2(odd, odd4, 0x88),
        _mm512_shuffle_f64x2(even, even4, 0xdd), _mm512_shuffle_f64x2(odd, odd4, 0xdd), u);
#endif
}

/** Is a lane of x or y NaN? */
static inline bool rc_rows_either_nan(rc_vd x, rc_vd y) {
#if RC_LANES == 2
    return _mm_movemask_pd(_mm_cmpunord_pd(x, y)) != 0;
#elif RC_LANES == 4
    return _mm256_movemask_pd(_mm256_cmp_pd(x, y, _CMP_UNORD_Q)) != 0;
#else
    return _mm512_cmp_pd_mask(x, y, _CMP_UNORD_Q) != 0;
#endif
}

/** Is a lane of x NaN? */
static inline bool rc_rows_any_nan(rc_vd x) {
#if RC_LANES == 2
    return _mm_movemask_pd(_mm_cmpunord_pd(x, x)) != 0;
#elif RC_LANES == 4
    return _mm256_movemask_pd(_mm256_cmp_pd(x, x, _CMP_UNORD_Q)) != 0;
#else
    return _mm512_cmp_pd_mask(x, x, _CMP_UNORD_Q) != 0;
#endif
}

#endif
