/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points to standard normal values and back. The tail that is kept is the smaller one, erfc(|z| /
 * sqrt(2)) / 2, so digits are lost on neither side: the rounding of the argument costs z^2 2^-53,
 * at worst 8e-15 of w, where |w| = 2^-54. */
#include "copula/copula.h"
#include "copula/normal.h"
#include "core/simd.h"
#include "dist/normal_quantile.h"

void RC_MEMBER(rc_copula_normal_latent)(const double *w, double *z, size_t n) {
    rc_vmap_normal_quantile(z, w, n);
}

void RC_MEMBER(rc_copula_normal_tail)(const double *z, double *w, size_t n) {
    for (RC_EACH_VECTOR(i, n)) {
        rc_vd x = rc_load(z + i);
        rc_vd size = rc_rows_size_(x) / rc_splat(RC_SQRT2);
        size = rc_splat(0.5) * RC_SLEEF1(erfc, u15)(size);
        size = RC_ROWS_(max_pd)(size, rc_splat(0x1p-54));
        size = RC_ROWS_(min_pd)(size, rc_splat(0.5 - 0x1p-54));
        /* the upper half is the negative one */
        rc_store(w + i, rc_rows_pick(x, size, rc_splat(0) - size));
    }
}
