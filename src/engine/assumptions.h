/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a model assumes, as rows of a result. */
#ifndef RC_ENGINE_ASSUMPTIONS_H
#define RC_ENGINE_ASSUMPTIONS_H

#include "model/model.h"
#include "result/result.h"

/** [*n] rows in `arena` that hold nothing of the model's memory. */
const rc_assumption *rc_assumptions_of(const rc_model *model, rc_arena *arena, size_t *n);

#endif
