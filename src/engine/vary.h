/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distributions whose parameters differ from trial to trial: rebuilt and inverted lane by lane, in
 * memory made once a thread. Right first, fast second. */
#ifndef RC_ENGINE_VARY_H
#define RC_ENGINE_VARY_H

#include "engine/graph.h"

typedef struct rc_vary rc_vary;

/** A value by lane: a column, or one number for all. */
typedef struct rc_lanes {
    const double *column; /**< NULL: number */
    double number;
} rc_lanes;

static inline double rc_lane(const rc_lanes *lanes, size_t i) {
    return lanes->column != NULL ? lanes->column[i] : lanes->number;
}

rc_vary *rc_vary_new(const rc_shape_tree *tree, rc_arena *arena);

/** x[i] = quantile at the point args[0], parameters args[1 ...], in n lanes; NaN where they are
 * impossible. Returns how many lanes that were. */
uint64_t rc_vary_draw(rc_vary *vary, const rc_lanes *args, double *x, size_t n);

#endif
