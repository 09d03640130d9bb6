/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws from a table (dist/table.h). In tiles of 64 lanes: row and argument from the bits of w; the
 * rows of a vector of lanes are loaded whole and transposed, which is faster than gathering; Horner
 * in fixed order. Lanes that met a NaN row are done again by the exact quantile. */
#include "core/simd.h"
#include "dist/table.h"

enum { TILE = 64 };

/* Row and argument of each lane. v outside [2^-18, 1/2) gives the last row, which holds NaN. */
static void locate(const rc_dist_table *t, const double *w, int64_t *row, double *argument,
                   size_t n) {
    const int64_t half = (int64_t)t->half, split = t->split;
    const int64_t base = (int64_t)(1023 - 1 - RC_TABLE_OCTAVES) << split;
    for (size_t i = 0; i < n; i++) {
        int64_t bits, part, local;
        memcpy(&bits, w + i, sizeof bits);
        uint64_t size = (uint64_t)bits & 0x7fffffffffffffff;
        part = (int64_t)(size >> (52 - split)) - base;
        local = (int64_t)(((size << split) & 0x000fffffffffffff) | 0x4000000000000000);
        memcpy(argument + i, &local, sizeof local); /* in [2, 4) */
        argument[i] -= 3;
        int64_t side = bits < 0 ? half : 0;
        row[i] = (part >= 0) & (part < half) ? part + side : 2 * half;
    }
}

#if RC_LANES == 2
static inline rc_vd evaluate(const double *rows, const int64_t *row, rc_vd u) {
    const double *a = rows + RC_TABLE_ROW * row[0], *b = rows + RC_TABLE_ROW * row[1];
    rc_vd a3 = rc_load(a + 6), b3 = rc_load(b + 6), sum = _mm_unpackhi_pd(a3, b3);
    sum = _mm_add_pd(_mm_mul_pd(sum, u), _mm_unpacklo_pd(a3, b3));
    for (int k = 4; k >= 0; k -= 2) {
        rc_vd ak = rc_load(a + k), bk = rc_load(b + k);
        sum = _mm_add_pd(_mm_mul_pd(sum, u), _mm_unpackhi_pd(ak, bk));
        sum = _mm_add_pd(_mm_mul_pd(sum, u), _mm_unpacklo_pd(ak, bk));
    }
    return sum;
}
#elif RC_LANES == 4
/* Columns k ... k + 3 of four rows. */
static inline void columns(const double *const *r, int k, rc_vd *c) {
    rc_vd r0 = rc_load(r[0] + k), r1 = rc_load(r[1] + k);
    rc_vd r2 = rc_load(r[2] + k), r3 = rc_load(r[3] + k);
    rc_vd e0 = _mm256_unpacklo_pd(r0, r1), o0 = _mm256_unpackhi_pd(r0, r1);
    rc_vd e1 = _mm256_unpacklo_pd(r2, r3), o1 = _mm256_unpackhi_pd(r2, r3);
    c[0] = _mm256_permute2f128_pd(e0, e1, 0x20);
    c[1] = _mm256_permute2f128_pd(o0, o1, 0x20);
    c[2] = _mm256_permute2f128_pd(e0, e1, 0x31);
    c[3] = _mm256_permute2f128_pd(o0, o1, 0x31);
}

static inline rc_vd evaluate(const double *rows, const int64_t *row, rc_vd u) {
    const double *r[4];
    for (int j = 0; j < 4; j++)
        r[j] = rows + RC_TABLE_ROW * row[j];
    rc_vd c[RC_TABLE_ROW];
    columns(r, 4, c + 4);
    columns(r, 0, c);
    rc_vd sum = c[7];
    for (int k = 6; k >= 0; k--)
        sum = _mm256_add_pd(_mm256_mul_pd(sum, u), c[k]);
    return sum;
}
#else
/* Of eight rows, with neighbours interleaved, the 128-bit quarters 0 ... 3. */
static inline void quarters(rc_vd a, rc_vd b, rc_vd c, rc_vd d, rc_vd *q) {
    rc_vd ab = _mm512_shuffle_f64x2(a, b, 0x44), cd = _mm512_shuffle_f64x2(c, d, 0x44);
    q[0] = _mm512_shuffle_f64x2(ab, cd, 0x88);
    q[2] = _mm512_shuffle_f64x2(ab, cd, 0xdd);
    ab = _mm512_shuffle_f64x2(a, b, 0xee);
    cd = _mm512_shuffle_f64x2(c, d, 0xee);
    q[4] = _mm512_shuffle_f64x2(ab, cd, 0x88);
    q[6] = _mm512_shuffle_f64x2(ab, cd, 0xdd);
}

static inline rc_vd evaluate(const double *rows, const int64_t *row, rc_vd u) {
    rc_vd r[8], even[4], odd[4], c[8];
    for (int j = 0; j < 8; j++)
        r[j] = rc_load(rows + RC_TABLE_ROW * row[j]);
    for (int j = 0; j < 4; j++) {
        even[j] = _mm512_unpacklo_pd(r[2 * j], r[2 * j + 1]);
        odd[j] = _mm512_unpackhi_pd(r[2 * j], r[2 * j + 1]);
    }
    quarters(even[0], even[1], even[2], even[3], c);
    quarters(odd[0], odd[1], odd[2], odd[3], c + 1);
    rc_vd sum = c[7];
    for (int k = 6; k >= 0; k--)
        sum = _mm512_add_pd(_mm512_mul_pd(sum, u), c[k]);
    return sum;
}
#endif

/* A lane whose row is NaN: one of the fine rows, else the exact quantile. */
static double draw_rarely(const rc_dist_table *t, double w, int64_t row, double argument) {
    const double *fine = row < (int64_t)(2 * t->half) ? t->fine[row] : NULL;
    if (fine != NULL) {
        double place = (argument + 1) * (RC_TABLE_FINE / 2), part = floor(place);
        const double *c = fine + RC_TABLE_ROW * (size_t)part;
        double u = 2 * (place - part) - 1, sum = c[RC_TABLE_ROW - 1];
        for (int k = RC_TABLE_ROW - 2; k >= 0; k--)
            sum = sum * u + c[k];
        if (sum == sum)
            return sum;
    }
    return t->dist->type->quantile(t->dist, w);
}

static void draw_smooth(const rc_dist_table *t, const double *w, double *x, size_t n) {
    _Alignas(64) double argument[TILE], value[TILE];
    _Alignas(64) int64_t row[TILE];
    for (size_t i = n; i < RC_PADDED(n); i++) {
        row[i] = 0;
        argument[i] = 0;
    }
    locate(t, w, row, argument, n);
    const double *rows = t->rows;
    for (size_t i = 0; i < n; i += 8) { /* two or four vectors at once hide Horner's latency */
        rc_vd sum[8 / RC_LANES];
        for (size_t j = 0; j < 8 / RC_LANES; j++)
            sum[j] = evaluate(rows, row + i + RC_LANES * j, rc_load(argument + i + RC_LANES * j));
        for (size_t j = 0; j < 8 / RC_LANES; j++)
            rc_store(value + i + RC_LANES * j, sum[j]);
    }
    int64_t missing = 0; /* as wide as a lane: the loop vectorises without narrowing */
    for (size_t i = 0; i < n; i++)
        missing |= (int64_t)(value[i] != value[i]);
    if (missing)
        for (size_t i = 0; i < n; i++)
            if (value[i] != value[i])
                value[i] = draw_rarely(t, w[i], row[i], argument[i]);
    memcpy(x, value, n * sizeof *x);
}

static void draw_steps(const rc_dist_table *t, const double *w, double *x, size_t n) {
    _Alignas(64) double argument[TILE];
    _Alignas(64) int64_t row[TILE];
    locate(t, w, row, argument, n);
    for (size_t i = 0; i < n; i++) {
        double v = fabs(w[i]);
        if (row[i] == (int64_t)(2 * t->half)) {
            x[i] = t->dist->type->quantile(t->dist, w[i]);
            continue;
        }
        unsigned k = t->first[row[i]];
        if (w[i] > 0) {
            while (t->below[k] < v)
                k++;
            x[i] = t->low_atom[k];
        } else {
            while (t->above[k] > v)
                k++;
            x[i] = t->high_atom[k];
        }
    }
}

void RC_MEMBER(rc_dist_table_draw)(const rc_dist_table *t, const double *w, double *x, size_t n) {
    for (size_t start = 0; start < n; start += TILE) {
        size_t m = n - start < TILE ? n - start : TILE;
        if (t->rows != NULL)
            draw_smooth(t, w + start, x + start, m);
        else
            draw_steps(t, w + start, x + start, m);
    }
}
