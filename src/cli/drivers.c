/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drivers of a run rest on its first 2^16 trials, evaluated again with everything kept that
 * rankings read: the trials of a run are those that a larger one begins with, so the figures are
 * those of `roicast sensitivity`, and do not change when a run grows. */
#include "cli/drivers.h"

#include "sensitivity/cases.h"
#include "sensitivity/sensitivity.h"

#include <string.h>

enum { MOST_TRIALS = 1 << 16, LEAST_TRIALS = 1 << 12, MOST_VALUES = 1 << 22 };

/* Many columns: fewer trials, for it costs in proportion to both */
static uint64_t trials_for(const rc_model *model, const rc_result *result) {
    uint64_t trials = MOST_TRIALS, columns = model->n_draws + model->n_entries;
    while (trials > LEAST_TRIALS && trials * columns > MOST_VALUES)
        trials /= 2;
    return trials < result->trials ? trials : result->trials;
}

/* What the report is about, if rankings can speak of it: NULL else */
static const rc_output *target_of(const rc_result *r) {
    const rc_output *o = r->target != NULL ? rc_result_find(r, r->target) : NULL;
    if (o == NULL)
        o = r->n_outputs > 0 ? &r->outputs[0] : NULL;
    return o == NULL || o->kind == RC_OUTPUT_INPUT || !(o->undefined < 1) ? NULL : o;
}

static rc_status rank_all(const rc_result *kept, const char *target, int threads, size_t swings,
                          rc_result *result, rc_error *err) {
    rc_arena *arena = rc_arena_new();
    const rc_study *study = NULL;
    const rc_method_type *methods[2];
    rc_ranking rankings[2];
    rc_status status = rc_study_new(kept, target, NULL, NULL, threads, arena, &study, err);
    size_t n = status == RC_OK ? rc_usual_methods(study, methods) : 0;
    for (size_t i = 0; i < n && status == RC_OK; i++)
        status = rc_rank(study, methods[i], &rankings[i], err);
    if (status == RC_OK)
        result->drivers =
            rc_drivers_copy(rc_drivers_of(study, rankings, n, swings, arena), result->arena);
    const rc_output *full = rc_result_find(result, target);
    if (status == RC_OK && n > 0 && full != NULL)
        result->cases = rc_cases_of(study, &rankings[0], &full->histogram, result->arena);
    rc_arena_free(arena);
    return status;
}

rc_status rc_drivers_fill(const rc_model *model, const rc_run_options *options, size_t swings,
                          rc_result *result, rc_error *err) {
    const rc_output *target = target_of(result);
    if (target == NULL)
        return RC_OK;
    rc_run_options o = *options;
    const char *outputs[2] = {target->name, "npv"};
    o.trials = trials_for(model, result);
    o.outputs = outputs;
    o.n_outputs = model->has_flows ? 2 : 1;
    o.cash = o.cash_lines = o.inputs = o.assumptions = false;
    o.alpha = 0;
    o.samples = o.bars = true;
    o.keeping = NULL;
    rc_result *kept = NULL;
    rc_error own = {0}, *into = err != NULL ? err : &own;
    rc_status status = rc_run(model, &o, &kept, into);
    if (status == RC_OK && kept->n_bars > 0)
        status = rank_all(kept, target->name, o.threads, swings, result, into);
    rc_result_free(kept);
    if (status == RC_INPUT) { /* too few trials with a value: nothing to say */
        *into = (rc_error){0};
        return RC_OK;
    }
    return status;
}
