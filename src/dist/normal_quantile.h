/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The standard normal distribution: quantile of a signed tail probability, and cdf.
 *
 * Quantile: M. J. Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988) 477-484,
 * relative accuracy better than 1e-15: with q = 1/2 - |w|, |z| is q times a rational function of
 * q^2 where q <= 0.425, else a rational function of r = sqrt(-ln|w|), another one where r > 5. The
 * scalar and the vector form do the same operations in the same order: the same bits. */
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

#ifdef RC_ISA
#    include "core/simd.h"

enum { RC_NORMAL_TILE_ = 64 };

/* One tile of at most 64 lanes (n a multiple of 8). The far region has 3 points in 10^11: it is
 * worked out only for tiles that hold one, and every lane's result depends on that lane alone. */
static inline void rc_normal_tile_(double *z, const double *w, size_t n) {
    _Alignas(64) double r[RC_NORMAL_TILE_], size[RC_NORMAL_TILE_];
    double far_lanes = 0;
    for (size_t i = 0; i < n; i++)
        r[i] = w[i] > 0 ? w[i] : -w[i];
    rc_vmap_log(r, r, n);
    for (size_t i = 0; i < n; i++) {
        double v = w[i] > 0 ? w[i] : -w[i], q = 0.5 - v;
        double rc = 0.180625 - q * q, rt = sqrt(-r[i]);
        double cn = q * rc_as241_central_n_(rc), cd = rc_as241_central_d_(rc);
        double tn = rc_as241_near_n_(rt - 1.6), td = rc_as241_near_d_(rt - 1.6);
        bool central = q <= RC_AS241_CENTRAL_;
        double top = central ? cn : tn, bottom = central ? cd : td;
        size[i] = top / bottom;
        r[i] = rt;
    }
    for (size_t i = 0; i < n; i++)
        far_lanes = r[i] > RC_AS241_FAR_ ? 1 : far_lanes;
    if (far_lanes > 0)
        for (size_t i = 0; i < n; i++) {
            double x = rc_as241_far_n_(r[i] - 5.0) / rc_as241_far_d_(r[i] - 5.0);
            size[i] = r[i] > RC_AS241_FAR_ ? x : size[i];
        }
    for (size_t i = 0; i < n; i++)
        z[i] = w[i] > 0 ? -size[i] : size[i];
}

/** z[i] = rc_normal_quantile(w[i]), bit for bit; z may be w. */
static inline void rc_vmap_normal_quantile(double *z, const double *w, size_t n) {
    size_t room = RC_PADDED(n);
    for (size_t i = 0; i < room; i += RC_NORMAL_TILE_)
        rc_normal_tile_(z + i, w + i, room - i < RC_NORMAL_TILE_ ? room - i : RC_NORMAL_TILE_);
}
#endif

#endif
