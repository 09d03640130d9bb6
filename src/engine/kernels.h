/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vector kernels of elementwise operators, one table per instruction set. v is a column, s one
 * number for all lanes; the output may be one of the inputs. */
#ifndef RC_ENGINE_KERNELS_H
#define RC_ENGINE_KERNELS_H

#include "core/isa.h"
#include "core/op.h"

#include <stddef.h>
#include <stdint.h>

typedef struct rc_kernels {
    void (*v[RC_OP_COUNT])(double *d, const double *a, size_t n);
    void (*vv[RC_OP_COUNT])(double *d, const double *a, const double *b, size_t n);
    void (*vs[RC_OP_COUNT])(double *d, const double *a, double b, size_t n);
    void (*sv[RC_OP_COUNT])(double *d, double a, const double *b, size_t n);
    void (*vvv[RC_OP_COUNT])(double *d, const double *a, const double *b, const double *c,
                             size_t n);
    void (*vvs[RC_OP_COUNT])(double *d, const double *a, const double *b, double c, size_t n);
    void (*vsv[RC_OP_COUNT])(double *d, const double *a, double b, const double *c, size_t n);
    void (*vss[RC_OP_COUNT])(double *d, const double *a, double b, double c, size_t n);
    void (*fill)(double *d, double a, size_t n);
    void (*add_scaled)(double *d, const double *a, double w, size_t n); /**< d += a * w */
    /** 1 where the point w lies in the upper share p of chances (p: column, or NULL and ps). */
    void (*event)(double *d, const double *w, const double *p, double ps, size_t n);
    /** d = a held in [0, 1]; returns how many of the n lanes were outside (NaN becomes 0). */
    uint64_t (*clamp01)(double *d, const double *a, size_t n);
} rc_kernels;

const rc_kernels *rc_kernels_for(rc_isa isa);

#endif
