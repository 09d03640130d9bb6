/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A second reading of the model language: an interpreter that does one trial at a time, by walking
 * the formulas of a checked model and looping over its periods, as the language page words it. It
 * shares nothing with the engine's graph, plan and kernels but the scalar operators of core/op.h,
 * the distributions, the sampler, and which random stream belongs to which draw. Slow and plain. */
#ifndef RC_TESTS_ENGINE_REFERENCE_H
#define RC_TESTS_ENGINE_REFERENCE_H

#include "engine/lower.h"

typedef struct reference reference;

/** `streams` has the streams (rc_lower_streams); nothing else is read from it. */
reference *reference_new(const rc_model *model, const rc_lower *streams, const rc_sampler *sampler,
                         rc_arena *arena);
/** Begin a trial: everything below is about it. */
void reference_trial(reference *f, uint32_t replicate, uint64_t index);

double reference_eval(reference *f, const rc_expr *e, unsigned k);
/** Amount of a line in period k (0: time 0), before and after risks. */
double reference_amount(reference *f, const rc_entry *line, unsigned k);
double reference_paid(reference *f, const rc_entry *line, unsigned k);

/** What a result would list: a metric or the name of an output, line (present value) or risk (what
 * it changes in the present value of net cash). */
double reference_output(reference *f, const char *name);
/** Present value of what the realisation of a line's tier leaves out. */
double reference_left_out(reference *f, const char *name);
/** Rows of cash: 0 benefits, 1 costs, 2 net, 3 net so far. */
double reference_cash(reference *f, int row, unsigned k);
/** A size that sums and differences of this trial's money are exact to, relative to rounding. */
double reference_scale(reference *f);

void reference_free(reference *f);

#endif
