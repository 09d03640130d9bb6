/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See spline_kernel.h. Trials by strips: where they lie, for the compiler to make vectors of; then
 * each is added in its turn, so that sums are the same for any number of lanes. */
#include "sensitivity/spline_kernel.h"

#include <string.h>

enum { STRIP = 64 };

typedef double four __attribute__((vector_size(32)));

static inline void add_four(double *sum, const four *x) {
    four s;
    memcpy(&s, sum, sizeof s);
    s += *x;
    memcpy(sum, &s, sizeof s);
}

/* Pieces and places in them, 0 ... 1. A grade is in 0 ... 1. */
static void find(const double *grade, size_t n, double pieces, int *piece, double *t) {
    for (size_t i = 0; i < n; i++) {
        double u = grade[i] * pieces;
        int k = (int)u;
        piece[i] = u >= pieces ? (int)pieces - 1 : k;
        t[i] = u - (double)piece[i];
    }
}

/* Sums of powers of t, and with y, in each piece. */
static void add(const double *grade, const double *y, size_t n, size_t pieces,
                rc_spline_powers *sum) {
    int piece[STRIP];
    double t[STRIP];
    for (size_t i = 0; i < n; i += STRIP) {
        const size_t m = n - i < STRIP ? n - i : STRIP;
        find(grade + i, m, (double)pieces, piece, t);
        for (size_t j = 0; j < m; j++) {
            rc_spline_powers *k = &sum[piece[j]];
            const double t1 = t[j], t2 = t1 * t1, t3 = t2 * t1, v = y[i + j];
            const four low = (four){1, t1, 1, t1} * (four){1, 1, t2, t2};
            const four high = (four){t2, t2, t3, 0} * (four){t2, t3, t3, 0};
            add_four(k->t, &low);
            add_four(k->t + 4, &high);
            const four of_y = (four){v, v, v, v} * low;
            add_four(k->ty, &of_y);
        }
    }
}

/* The polynomial of the piece at each grade. */
static void values(const double (*poly)[4], const double *grade, size_t n, size_t pieces,
                   double *out) {
    int piece[STRIP];
    double t[STRIP];
    for (size_t i = 0; i < n; i += STRIP) {
        const size_t m = n - i < STRIP ? n - i : STRIP;
        find(grade + i, m, (double)pieces, piece, t);
        for (size_t j = 0; j < m; j++) {
            const double *c = poly[piece[j]];
            out[i + j] = c[0] + t[j] * (c[1] + t[j] * (c[2] + t[j] * c[3]));
        }
    }
}

extern const rc_spline_kernels RC_MEMBER(rc_spline_kernels);
const rc_spline_kernels RC_MEMBER(rc_spline_kernels) = {add, values};
