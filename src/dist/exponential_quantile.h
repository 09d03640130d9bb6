/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The standard exponential distribution's quantile of a signed tail probability:
 *     w < 0: -ln(-w)      w > 0: -ln(1 - w)
 * with one logarithm for both: at t = 1 - w, rounded, ln(1 - w) = ln t + ((1 - t) - w) / t to the
 * last bits (the usual correction of log1p). Blocks use the fast logarithm: within 1e-15 or so. */
#ifndef RC_DIST_EXPONENTIAL_QUANTILE_H
#define RC_DIST_EXPONENTIAL_QUANTILE_H

#include "core/math.h"

#include <stddef.h>

static inline double rc_exponential_quantile(double w) {
    double t = w > 0 ? 1 - w : -w;
    double rest = w > 0 ? ((1 - t) - w) / t : 0;
    return -(rc_log(t) + rest);
}

#ifdef RC_ISA
#    include "dist/fast.h"

/** x[i] = rc_exponential_quantile(w[i]), nearly; x may be w. */
static inline void rc_vmap_exponential_quantile(double *x, const double *w, size_t n) {
    enum { TILE = 64 };
    _Alignas(64) double log_t[TILE];
    size_t room = RC_PADDED(n);
    for (size_t from = 0; from < room; from += TILE) {
        size_t m = room - from < TILE ? room - from : TILE;
        for (size_t i = 0; i < m; i++)
            log_t[i] = w[from + i] > 0 ? 1 - w[from + i] : -w[from + i];
        rc_fast_vmap_log(log_t, log_t, m);
        for (size_t i = 0; i < m; i++) {
            double v = w[from + i], t = v > 0 ? 1 - v : -v;
            double rest = v > 0 ? ((1 - t) - v) / t : 0;
            x[from + i] = -(log_t[i] + rest);
        }
    }
}
#endif

#endif
