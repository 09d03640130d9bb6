/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inner loops of splines of one column (sensitivity/spline.h), once for each instruction set.
 */
#ifndef RC_SENSITIVITY_SPLINE_KERNEL_H
#define RC_SENSITIVITY_SPLINE_KERNEL_H

#include "core/isa.h"

#include <stddef.h>

/** Of the trials in a piece, at t from 0 to 1 in it. */
typedef struct rc_spline_powers {
    double t[8];  /**< sums of t^0 ... t^6, 0 */
    double ty[4]; /**< of y t^0 ... y t^3 */
} rc_spline_powers;

typedef struct rc_spline_kernels {
    /** Add n trials to the sums of their pieces: [pieces]. */
    void (*add)(const double *grade, const double *y, size_t n, size_t pieces,
                rc_spline_powers *sum);
    /** poly[piece][0] + poly[piece][1] t + ... of n trials. */
    void (*values)(const double (*poly)[4], const double *grade, size_t n, size_t pieces,
                   double *out);
} rc_spline_kernels;

/** All give the same bits. */
const rc_spline_kernels *rc_spline_kernels_for(rc_isa isa);

#endif
