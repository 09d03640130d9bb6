/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The standard normal distribution: quantile of a signed tail probability, and cdf.
 *
 * Quantile: M. J. Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988) 477-484,
 * relative accuracy better than 1e-15: with q = 1/2 - |w|, |z| is q times a rational function of
 * q^2 where q <= 0.425, else a rational function of r = sqrt(-ln|w|), another one where r > 5.
 * Whole blocks are done by piecewise polynomials instead, made from these values. */
#ifndef RC_DIST_NORMAL_QUANTILE_H
#define RC_DIST_NORMAL_QUANTILE_H

#include "core/math.h"

#include <stdbool.h>
#include <stddef.h>

/* a0 + x (a1 + x (a2 + ... x a7)) */
static inline double rc_poly7_(double x, double a0, double a1, double a2, double a3, double a4,
                               double a5, double a6, double a7) {
    return ((((((a7 * x + a6) * x + a5) * x + a4) * x + a3) * x + a2) * x + a1) * x + a0;
}

/* Numerators and denominators of the three regions. */
static inline double rc_as241_central_n_(double r) {
    return rc_poly7_(r, 3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                     1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                     3.3430575583588128105e4, 2.5090809287301226727e3);
}
static inline double rc_as241_central_d_(double r) {
    return rc_poly7_(r, 1.0, 4.2313330701600911252e1, 6.8718700749205790830e2,
                     5.3941960214247511077e3, 2.1213794301586595867e4, 3.9307895800092710610e4,
                     2.8729085735721942674e4, 5.2264952788528545610e3);
}
static inline double rc_as241_near_n_(double r) {
    return rc_poly7_(r, 1.42343711074968357734e0, 4.63033784615654529590e0,
                     5.76949722146069140550e0, 3.64784832476320460504e0, 1.27045825245236838258e0,
                     2.41780725177450611770e-1, 2.27238449892691845833e-2,
                     7.74545014278341407640e-4);
}
static inline double rc_as241_near_d_(double r) {
    return rc_poly7_(r, 1.0, 2.05319162663775882187e0, 1.67638483018380384940e0,
                     6.89767334985100004550e-1, 1.48103976427480074590e-1,
                     1.51986665636164571966e-2, 5.47593808499534494600e-4,
                     1.05075007164441684324e-9);
}
static inline double rc_as241_far_n_(double r) {
    return rc_poly7_(r, 6.65790464350110377720e0, 5.46378491116411436990e0,
                     1.78482653991729133580e0, 2.96560571828504891230e-1, 2.65321895265761230930e-2,
                     1.24266094738807843860e-3, 2.71155556874348757815e-5,
                     2.01033439929228813265e-7);
}
static inline double rc_as241_far_d_(double r) {
    return rc_poly7_(r, 1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1,
                     1.48753612908506148525e-2, 7.86869131145613259100e-4,
                     1.84631831751005468180e-5, 1.42151175831644588870e-7,
                     2.04426310338993978564e-15);
}

#define RC_AS241_CENTRAL_ 0.425
#define RC_AS241_FAR_     5.0

/** z with P(Z <= z) = w for w > 0, P(Z > z) = -w for w < 0; |w| <= 1/2, down to 1e-300. */
static inline double rc_normal_quantile(double w) {
    double v = w > 0 ? w : -w, q = 0.5 - v, size;
    if (q <= RC_AS241_CENTRAL_) {
        double r = 0.180625 - q * q;
        size = q * rc_as241_central_n_(r) / rc_as241_central_d_(r);
    } else {
        double r = sqrt(-rc_log(v));
        size = r <= RC_AS241_FAR_ ? rc_as241_near_n_(r - 1.6) / rc_as241_near_d_(r - 1.6)
                                  : rc_as241_far_n_(r - 5.0) / rc_as241_far_d_(r - 5.0);
    }
    return w > 0 ? -size : size;
}

/** P(Z <= x), or P(Z > x) when upper, with relative accuracy far into both tails: erfc(y) at the
 * rounded y = |x|/sqrt(2) is corrected by the slope times the rounding error of y. */
static inline double rc_normal_cdf(double x, bool upper) {
    const double sqrt2_low = -9.667293313452913e-17; /* sqrt(2) = RC_SQRT2 + sqrt2_low */
    double t = upper ? x : -x;                       /* wanted: P(Z > t) */
    double y = t / RC_SQRT2;
    if (!(fabs(y) < 27))
        return 0.5 * rc_erfc(y);
    double error = (fma(-y, RC_SQRT2, t) - y * sqrt2_low) / RC_SQRT2;
    return 0.5 * (rc_erfc(y) - error * (1.12837916709551257390 * rc_exp(-y * y)));
}

static inline double rc_normal_density(double x) {
    return 0.39894228040143267794 * rc_exp(-0.5 * x * x); /* 1 / sqrt(2 pi) */
}

/** z in the lower half as piecewise polynomials (dist/rows.h), made by
 * tests/dist/test_normal_rows.c: a row of NaN for v < 2^-18, RC_TABLE_OCTAVES << RC_NORMAL_SPLIT
 * rows, a row of zeros for 1/2. */
extern const double rc_normal_rows[][8];
enum { RC_NORMAL_SPLIT = 4 };

#ifdef RC_ISA
#    include "dist/rows.h"

/* Lanes in the deep tail, 7 in a million: exactly, by AS 241. */
static inline void rc_normal_rescue_(double *x, const double *w, size_t n, double mean, double sd) {
    for (size_t i = 0; i < n; i++)
        if (x[i] != x[i])
            x[i] = mean + sd * rc_normal_quantile(w[i]);
}

/** x[i] = mean + sd rc_normal_quantile(w[i]), z within 1e-15 or so; x may be w. Each lane depends
 * on itself alone. */
static inline void rc_normal_block(double *x, const double *w, size_t n, double mean, double sd) {
    enum { GROUP = 8, VECTORS = GROUP / RC_LANES };
    const rc_vd centre = rc_splat(mean), spread = rc_splat(sd);
    for (size_t i = 0; i < RC_PADDED(n); i += GROUP) {
        _Alignas(64) int64_t address[GROUP];
        rc_vd point[VECTORS], u[VECTORS], value[VECTORS];
        bool deep = false;
        for (size_t j = 0; j < VECTORS; j++) {
            rc_rows_int_ at;
            point[j] = rc_load(w + i + RC_LANES * j);
            u[j] = rc_rows_locate(rc_rows_size_(point[j]), rc_normal_rows[0], RC_NORMAL_SPLIT, &at);
            RC_ROWSI_(store)((rc_rows_int_ *)(address + RC_LANES * j), at);
        }
        for (size_t j = 0; j < VECTORS; j++) {
            rc_vd z = rc_rows_value(address + RC_LANES * j, u[j]);
            z = RC_ROWS_FLOAT_(RC_ROWSI_(xor)(RC_ROWS_INT_(z), rc_rows_sign_(point[j])));
            value[j] = centre + spread * z;
            deep |= rc_rows_any_nan(value[j]);
        }
        if (deep) {
            _Alignas(64) double points[GROUP];
            for (size_t j = 0; j < VECTORS; j++)
                rc_store(points + RC_LANES * j, point[j]);
            for (size_t j = 0; j < VECTORS; j++)
                rc_store(x + i + RC_LANES * j, value[j]);
            rc_normal_rescue_(x + i, points, GROUP, mean, sd);
        } else
            for (size_t j = 0; j < VECTORS; j++)
                rc_store(x + i + RC_LANES * j, value[j]);
    }
}

/** z[i] = rc_normal_quantile(w[i]), within 1e-15 or so; z may be w. */
static inline void rc_vmap_normal_quantile(double *z, const double *w, size_t n) {
    rc_normal_block(z, w, n, 0, 1);
}
#endif

#endif
