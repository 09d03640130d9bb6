/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fast inverse for one instance of a continuous distribution. */
#ifndef RC_DIST_TABLE_H
#define RC_DIST_TABLE_H

#include "core/arena.h"
#include "dist/dist.h"

#include <stddef.h>

/** A table whose accuracy was verified, or NULL: then draw by the scalar quantile. */
const rc_dist_table *rc_dist_table_build(const rc_dist *d, rc_arena *arena);

/** x[i] = quantile of the signed tail probability w[i]; in place is fine. */
void rc_dist_table_draw_sse2(const rc_dist_table *t, const double *w, double *x, size_t n);
void rc_dist_table_draw_avx2(const rc_dist_table *t, const double *w, double *x, size_t n);
void rc_dist_table_draw_avx512(const rc_dist_table *t, const double *w, double *x, size_t n);

#endif
