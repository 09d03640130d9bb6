/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drivers of a run rest on its first 2^16 trials, evaluated again with everything kept that
 * rankings read: the trials of a run are those that a larger one begins with, so the figures are
 * those of `roicast sensitivity`, and do not change when a run grows. */
#include "cli/drivers.h"

#include "sensitivity/cases.h"
#include "sensitivity/sensitivity.h"

#include <math.h>
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

/* Where inputs are correlated the indices of single ones count twice what they have in common: only
 * shares that add up are fair. Both need a number in every trial. */
static const char *shares_method(const rc_study *s) {
    if (s->undefined + s->infinite > 0)
        return NULL;
    return s->rerun->model->n_correlated > 0 ? "shapley" : "sobol";
}

enum { MOST_METHODS = 6 };

/* The one that orders what is told comes first */
static size_t methods_of(const rc_study *s, bool all, const rc_method_type **methods) {
    const rc_method_type *usual[2];
    size_t n_usual = rc_usual_methods(s, usual), n = 0;
    methods[n++] = usual[0];
    if (all) {
        const char *const more[] = {"tornado", "oat", shares_method(s)};
        for (size_t i = 0; i < sizeof more / sizeof *more; i++)
            if (more[i] != NULL)
                methods[n++] = rc_method_find(more[i]);
    }
    for (size_t i = 1; i < n_usual; i++)
        methods[n++] = usual[i];
    return n;
}

/* A method that has no answer for this model is left out. */
static rc_status rank_by(const rc_study *s, const rc_method_type *const *methods, size_t n,
                         rc_ranking *rankings, size_t *n_rankings, rc_error *err) {
    *n_rankings = 0;
    for (size_t i = 0; i < n; i++) {
        rc_error own = {0};
        rc_status status = rc_rank(s, methods[i], &rankings[*n_rankings], &own);
        if (status == RC_OK)
            ++*n_rankings;
        else if (i == 0 || (status != RC_INPUT && status != RC_USAGE)) {
            *err = own;
            return status;
        }
    }
    return RC_OK;
}

static rc_status rank_all(const rc_result *kept, const char *target, const rc_rerun *rerun,
                          size_t swings, bool all, rc_result *result, rc_error *err) {
    rc_arena *arena = rc_arena_new();
    const rc_study *study = NULL;
    const rc_method_type *methods[MOST_METHODS];
    rc_ranking rankings[MOST_METHODS];
    size_t n = 0;
    rc_status status =
        rc_study_new(kept, target, NULL, rerun, rerun->options->threads, arena, &study, err);
    if (status == RC_OK)
        status = rank_by(study, methods, methods_of(study, all, methods), rankings, &n, err);
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
                          bool all, rc_result *result, rc_error *err) {
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
    /* a page shows shares to a percent or so: a quarter of what `roicast sensitivity` takes */
    const rc_rerun rerun = {
        .model = model, .options = &o, .low = NAN, .high = NAN, .most = 1 << 12};
    rc_result *kept = NULL;
    rc_error own = {0}, *into = err != NULL ? err : &own;
    rc_status status = rc_run(model, &o, &kept, into);
    if (status == RC_OK && kept->n_bars > 0)
        status = rank_all(kept, target->name, &rerun, swings, all, result, into);
    rc_result_free(kept);
    if (status == RC_INPUT) { /* too few trials with a value: nothing to say */
        *into = (rc_error){0};
        return RC_OK;
    }
    return status;
}
