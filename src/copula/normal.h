/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of points to standard normal values and back (normal_kernel.c), a function for each
 * instruction set. */
#ifndef RC_COPULA_NORMAL_H
#define RC_COPULA_NORMAL_H

#include <stddef.h>

#define RC_COPULA_NORMAL_(isa)                                                                     \
    void rc_copula_normal_latent_##isa(const double *w, double *z, size_t n);                      \
    void rc_copula_normal_tail_##isa(const double *z, double *w, size_t n);
RC_COPULA_NORMAL_(sse2)
RC_COPULA_NORMAL_(avx2)
RC_COPULA_NORMAL_(avx512)
#undef RC_COPULA_NORMAL_

#endif
