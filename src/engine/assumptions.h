/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a model assumes, as rows of a result. */
#ifndef RC_ENGINE_ASSUMPTIONS_H
#define RC_ENGINE_ASSUMPTIONS_H

#include "engine/run.h"

/** [*n] rows in `arena` that hold nothing of the model's memory. */
rc_assumption *rc_assumptions_of(const rc_model *model, rc_arena *arena, size_t *n);

/** Sketches of factors and inputs that vary and are not one distribution, from 4,096 trials of
 * their own with the seed of `options`; left NULL where that is not possible. */
void rc_assumptions_sketch(const rc_model *model, const rc_run_options *options,
                           rc_assumption *rows, size_t n, rc_arena *arena);

#endif
