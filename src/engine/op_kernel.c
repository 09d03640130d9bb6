/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Elementwise kernels, generated from core/op.def. `omp simd` says that lanes do not depend on each
 * other, which lets an output be one of its inputs. */
#include "core/simd.h"
#include "dist/fast.h"
#include "engine/kernels.h"

#define SIMD _Pragma("omp simd")

/* `statement` for every lane i of n, padding included: 32 lanes at a time, which a compiler unrolls
 * into whole vectors, then by eights. */
#define LANES_FROM(at, count, i, statement)                                                        \
    SIMD for (size_t j_ = 0; j_ < (count); j_++) {                                                 \
        const size_t i = (at) + j_;                                                                \
        statement;                                                                                 \
    }
#define EACH(i, n, statement)                                                                      \
    do {                                                                                           \
        size_t at_ = 0, end_ = RC_PADDED(n), wide_ = end_ & ~(size_t)31;                           \
        for (; at_ < wide_; at_ += 32)                                                             \
            LANES_FROM(at_, 32, i, statement)                                                      \
        for (; at_ < end_; at_ += 8)                                                               \
            LANES_FROM(at_, 8, i, statement)                                                       \
    } while (0)

#define RC_OP1(name, expression)                                                                   \
    static void v_##name(double *d, const double *A, size_t n) {                                   \
        EACH(i, n, {                                                                               \
            double a = A[i];                                                                       \
            d[i] = expression;                                                                     \
        });                                                                                        \
    }
#define RC_OP2(name, expression)                                                                   \
    static void vv_##name(double *d, const double *A, const double *B, size_t n) {                 \
        EACH(i, n, {                                                                               \
            double a = A[i];                                                                       \
            double b = B[i];                                                                       \
            d[i] = expression;                                                                     \
        });                                                                                        \
    }                                                                                              \
    static void vs_##name(double *d, const double *A, double b, size_t n) {                        \
        EACH(i, n, {                                                                               \
            double a = A[i];                                                                       \
            d[i] = expression;                                                                     \
        });                                                                                        \
    }                                                                                              \
    static void sv_##name(double *d, double a, const double *B, size_t n) {                        \
        EACH(i, n, {                                                                               \
            double b = B[i];                                                                       \
            d[i] = expression;                                                                     \
        });                                                                                        \
    }
#define RC_OP3(name, expression)                                                                   \
    static void vvv_##name(double *d, const double *A, const double *B, const double *C,           \
                           size_t n) {                                                             \
        EACH(i, n, {                                                                               \
            double a = A[i];                                                                       \
            double b = B[i];                                                                       \
            double c = C[i];                                                                       \
            d[i] = expression;                                                                     \
        });                                                                                        \
    }                                                                                              \
    static void vvs_##name(double *d, const double *A, const double *B, double c, size_t n) {      \
        EACH(i, n, {                                                                               \
            double a = A[i];                                                                       \
            double b = B[i];                                                                       \
            d[i] = expression;                                                                     \
        });                                                                                        \
    }                                                                                              \
    static void vsv_##name(double *d, const double *A, double b, const double *C, size_t n) {      \
        EACH(i, n, {                                                                               \
            double a = A[i];                                                                       \
            double c = C[i];                                                                       \
            d[i] = expression;                                                                     \
        });                                                                                        \
    }                                                                                              \
    static void vss_##name(double *d, const double *A, double b, double c, size_t n) {             \
        EACH(i, n, {                                                                               \
            double a = A[i];                                                                       \
            d[i] = expression;                                                                     \
        });                                                                                        \
    }
#define RC_OPM1(name, expression, vmap)                                                            \
    static void v_##name(double *d, const double *a, size_t n) {                                   \
        vmap(d, a, n);                                                                             \
    }
#define RC_OPM2(name, expression, vmap)                                                            \
    static void vv_##name(double *d, const double *a, const double *b, size_t n) {                 \
        vmap(d, a, b, n);                                                                          \
    }
#include "core/op.def"
#undef RC_OP1
#undef RC_OP2
#undef RC_OP3
#undef RC_OPM1
#undef RC_OPM2

/* a^e for one whole exponent: by squaring, the same products on every instruction set. */
static void power_whole(double *d, const double *a, int e, size_t n) {
    enum { GROUP = 4 }; /* vectors, so that the steps over the bits of e cost little */
    const unsigned bits = (unsigned)(e < 0 ? -e : e);
    for (size_t i = 0; i < RC_PADDED(n);) {
        const size_t left = (RC_PADDED(n) - i) / RC_LANES, m = left < GROUP ? left : GROUP;
        rc_vd square[GROUP], product[GROUP];
        for (size_t j = 0; j < GROUP; j++) {
            square[j] = rc_load(a + i + (j < m ? j : 0) * RC_LANES);
            product[j] = rc_splat(1);
        }
        for (unsigned b = bits; b != 0; b >>= 1) {
            for (size_t j = 0; b & 1 && j < GROUP; j++)
                product[j] = product[j] * square[j];
            for (size_t j = 0; j < GROUP; j++)
                square[j] = square[j] * square[j];
        }
        for (size_t j = 0; j < m; j++) {
            if (e < 0)
                product[j] = rc_splat(1) / product[j];
            rc_store(d + i + j * RC_LANES, product[j]);
        }
        i += m * RC_LANES;
    }
}

/* a^e by exp(e ln a): a third of the work of pow's double-double steps. Where |e ln a| <= 16 that
 * is within 5e-15; the other lanes (and a below 1e-300, NaN, ...) are pow's own. */
static void power_fraction(double *d, const double *a, double e, size_t n) {
    const rc_vd exponent = rc_splat(e), far = rc_splat(16), near = rc_splat(-16);
    for (RC_EACH_VECTOR(i, n)) {
        rc_vd x = rc_load(a + i);
        rc_vd held = RC_ROWS_(max_pd)(x, rc_splat(1e-300));
        held = RC_ROWS_(min_pd)(held, rc_splat(1e300));
        rc_vd power = exponent * rc_fast_log(held);
        rc_vd inside = RC_ROWS_(min_pd)(RC_ROWS_(max_pd)(power, near), far);
        rc_vd value = rc_fast_exp_inside_(inside);
        if (!rc_fast_same_(held, x) || !rc_fast_same_(inside, power)) {
            _Alignas(64) double slow[RC_LANES], fast[RC_LANES], in[RC_LANES], t[RC_LANES];
            rc_store(slow, RC_SLEEF1(pow, u10)(x, exponent));
            rc_store(fast, value);
            rc_store(in, x);
            rc_store(t, power);
            for (int j = 0; j < RC_LANES; j++)
                if (in[j] >= 1e-300 && in[j] <= 1e300 && fabs(t[j]) <= 16)
                    slow[j] = fast[j];
            value = rc_load(slow);
        }
        rc_store(d + i, value);
    }
}

static void vs_pow(double *d, const double *a, double e, size_t n) {
    if (e == floor(e) && fabs(e) <= 64) {
        power_whole(d, a, (int)e, n);
    } else if (2 * e != floor(2 * e) && fabs(e) <= 64) {
        power_fraction(d, a, e, n);
    } else { /* halves by pow itself: roots of perfect squares stay exact */
        rc_vd exponent = rc_splat(e);
        for (RC_EACH_VECTOR(i, n))
            rc_store(d + i, RC_SLEEF1(pow, u10)(rc_load(a + i), exponent));
    }
}

static void sv_pow(double *d, double base, const double *e, size_t n) {
    rc_vd bases = rc_splat(base);
    for (RC_EACH_VECTOR(i, n))
        rc_store(d + i, RC_SLEEF1(pow, u10)(bases, rc_load(e + i)));
}

static void fill(double *d, double a, size_t n) {
    EACH(i, n, d[i] = a);
}

static void add_scaled(double *d, const double *a, double w, size_t n) {
    EACH(i, n, d[i] = d[i] + a[i] * w);
}

static void event(double *d, const double *w, const double *p, double ps, size_t n) {
    if (p == NULL) {
        SIMD for (RC_EACH_LANE(i, n)) {
            double below = -w[i] < ps ? 1.0 : 0.0, above = w[i] > 1 - ps ? 1.0 : 0.0;
            d[i] = w[i] < 0 ? below : above;
        }
        return;
    }
    SIMD for (RC_EACH_LANE(i, n)) {
        double below = -w[i] < p[i] ? 1.0 : 0.0, above = w[i] > 1 - p[i] ? 1.0 : 0.0;
        d[i] = w[i] < 0 ? below : above;
    }
}

static uint64_t clamp01(double *d, const double *a, size_t n) {
    uint64_t outside = 0;
    for (size_t i = 0; i < n; i++) {
        double x = a[i];
        bool inside = x >= 0 && x <= 1;
        outside += !inside;
        d[i] = inside ? x : x > 1 ? 1.0 : 0.0;
    }
    return outside;
}

extern const rc_kernels RC_MEMBER(rc_kernels);
const rc_kernels RC_MEMBER(rc_kernels) = {
#define RC_OP1(name, expression) .v[RC_OP_##name] = v_##name,
#define RC_OP2(name, expression)                                                                   \
    .vv[RC_OP_##name] = vv_##name, .vs[RC_OP_##name] = vs_##name, .sv[RC_OP_##name] = sv_##name,
#define RC_OP3(name, expression)                                                                   \
    .vvv[RC_OP_##name] = vvv_##name, .vvs[RC_OP_##name] = vvs_##name,                              \
    .vsv[RC_OP_##name] = vsv_##name, .vss[RC_OP_##name] = vss_##name,
#define RC_OPM1(name, expression, vmap) .v[RC_OP_##name] = v_##name,
#define RC_OPM2(name, expression, vmap)                                                            \
    .vv[RC_OP_##name] = vv_##name, .vs[RC_OP_##name] = vs_##name, .sv[RC_OP_##name] = sv_##name,
#include "core/op.def"
    .fill = fill,
    .add_scaled = add_scaled,
    .event = event,
    .clamp01 = clamp01,
};
