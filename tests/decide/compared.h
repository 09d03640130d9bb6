/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of comparisons: models as texts, run and compared. cmocka comes before it. */
#ifndef RC_TEST_COMPARED_H
#define RC_TEST_COMPARED_H

#include "decide/compare.h"
#include "engine/run.h"
#include "model/streams.h"

#include <math.h>
#include <string.h>

#ifndef COMPARED_TRIALS
#    define COMPARED_TRIALS (1 << 16)
#endif

enum { MOST = 5 };

typedef struct compared {
    rc_arena *arena;
    rc_result *results[MOST];
    rc_alternative alternatives[MOST];
    rc_comparison c;
    rc_error err;
} compared;

static inline const rc_model *model_of(rc_arena *arena, const char *text) {
    rc_diags *diags = RC_NEW(arena, rc_diags, 1);
    diags->arena = arena;
    const rc_model *model = NULL;
    rc_model_load(rc_source_text("test.yaml", text, strlen(text), arena), arena, diags, &model);
    assert_non_null(model);
    return model;
}

/* texts end with NULL */
static inline rc_status compare_by(compared *t, const char *const *texts, const char *measure,
                                   const char *sampler, uint64_t seed) {
    static const char *const names[MOST] = {"a", "b", "c", "d", "e"};
    const char *const outputs[] = {measure};
    memset(t, 0, sizeof *t);
    t->arena = rc_arena_new();
    const rc_model *models[MOST];
    size_t n = 0;
    for (; texts[n] != NULL; n++)
        models[n] = model_of(t->arena, texts[n]);
    const rc_model *const *aligned = rc_models_align(models, n, t->arena);
    for (size_t i = 0; i < n; i++) {
        rc_run_options o;
        rc_run_options_default(&o);
        o.trials = COMPARED_TRIALS;
        o.seed = seed;
        o.sampler = sampler;
        o.outputs = outputs;
        o.n_outputs = 1;
        o.samples = o.bars = true;
        assert_int_equal(rc_run(aligned[i], &o, &t->results[i], &t->err), RC_OK);
        t->alternatives[i] = (rc_alternative){.name = names[i], .result = t->results[i]};
    }
    t->c = (rc_comparison){.alternatives = t->alternatives, .n = n};
    return rc_comparison_make(&t->c, measure, 2, t->arena, &t->err);
}

static inline rc_status compare(compared *t, const char *const *texts, const char *sampler,
                                uint64_t seed) {
    return compare_by(t, texts, "y", sampler, seed);
}

static inline void end(compared *t) {
    for (int i = 0; i < MOST; i++)
        rc_result_free(t->results[i]);
    rc_arena_free(t->arena);
}

/* Within four standard errors of the replicates' mean */
static inline void near(rc_estimate e, double truth) {
    double se = (e.high - e.value) / 2.1314495455597742;
    if (!(fabs(e.value - truth) <= 4 * se)) {
        print_error("%.17g, truth %.17g, standard error %g\n", e.value, truth, se);
        fail();
    }
}

#define MODEL(y) "roicast: 1\n" y
#define FIRST    MODEL("inputs: {x: \"normal(0, 1)\"}\noutputs: {y: x}\n")

#endif
