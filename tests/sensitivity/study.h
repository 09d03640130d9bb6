/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model from text or a file, run, and made a study. Needs cmocka.h first. */
#ifndef RC_TESTS_SENSITIVITY_STUDY_H
#define RC_TESTS_SENSITIVITY_STUDY_H

#include "engine/run.h"
#include "sensitivity/sensitivity.h"

#include <math.h>
#include <string.h>

typedef struct studied {
    rc_arena *arena;
    rc_result *result;
    const rc_study *study;
    rc_error err;
    const char *outputs[2];
    rc_run_options o;
    rc_rerun rerun; /* may be changed after the study was made */
} studied;

static inline const rc_model *study_load(studied *t, const rc_source *source, const char *target,
                                         const rc_run_options *o) {
    rc_diags *diags = RC_NEW(t->arena, rc_diags, 1);
    diags->arena = t->arena;
    const rc_model *model = NULL;
    rc_status status = rc_model_load(source, t->arena, diags, &model);
    assert_int_equal(status, RC_OK);
    t->outputs[0] = rc_target_output(target, t->arena, NULL);
    t->outputs[1] = "npv";
    t->o = *o;
    t->o.outputs = t->outputs;
    t->o.n_outputs = model->has_flows ? 2 : 1;
    t->o.samples = t->o.bars = true;
    t->o.trials = o->trials > 0 ? o->trials : 1 << 16;
    t->rerun = (rc_rerun){.model = model, .options = &t->o, .low = NAN, .high = NAN};
    return model;
}

/** Does any note of a ranking have this part? In English. */
static inline bool study_notes(const rc_ranking *r, const char *part) {
    bool found = false;
    for (size_t i = 0; i < r->n_notes; i++) {
        rc_text t = {0};
        rc_fill(&t, r->notes[i].pattern, r->notes[i].pairs, r->notes[i].n);
        found |= strstr(t.bytes, part) != NULL;
        rc_text_free(&t);
    }
    return found;
}

static inline rc_status study_source(studied *t, const rc_source *source, const char *target,
                                     rc_run_options o) {
    const rc_model *model = study_load(t, source, target, &o);
    rc_status status = rc_run(model, &t->o, &t->result, &t->err);
    if (status != RC_OK)
        print_error("%s\n", t->err.message);
    assert_int_equal(status, RC_OK);
    return rc_study_new(t->result, target, NULL, &t->rerun, o.threads, t->arena, &t->study,
                        &t->err);
}

static inline rc_status study_text(studied *t, const char *text, const char *target,
                                   rc_run_options o) {
    memset(t, 0, sizeof *t);
    t->arena = rc_arena_new();
    return study_source(t, rc_source_text("test.yaml", text, strlen(text), t->arena), target, o);
}

/* The outline of a model, for methods that run it. */
static inline rc_status study_outline(studied *t, const char *text, const char *target) {
    const rc_run_options o = {.seed = 1, .threads = 2};
    memset(t, 0, sizeof *t);
    t->arena = rc_arena_new();
    const rc_source *source = rc_source_text("test.yaml", text, strlen(text), t->arena);
    const rc_model *model = study_load(t, source, target, &o);
    rc_status status = rc_run_outline(model, &t->o, &t->result, &t->err);
    if (status == RC_OK)
        status = rc_study_new(t->result, target, NULL, &t->rerun, 2, t->arena, &t->study, &t->err);
    return status;
}

static inline void study_end(studied *t) {
    rc_result_free(t->result);
    rc_arena_free(t->arena);
}

static inline rc_ranking study_rank(studied *t, const char *method) {
    rc_ranking r;
    rc_status status = rc_rank(t->study, rc_method_find(method), &r, &t->err);
    if (status != RC_OK)
        print_error("%s: %s\n", method, t->err.message);
    assert_int_equal(status, RC_OK);
    return r;
}

static inline const rc_ranked *study_row(const rc_ranking *r, const char *name) {
    for (size_t i = 0; i < r->n_rows; i++)
        if (strcmp(r->rows[i].bar->name, name) == 0)
            return &r->rows[i];
    print_error("no bar `%s`\n", name);
    fail();
    return NULL;
}

/* |value - truth| <= 4 standard errors, as the row's own interval has them, plus `more` */
static inline void assert_near(const rc_ranking *r, const char *name, double truth, double more) {
    const rc_estimate *e = &study_row(r, name)->score[0];
    double se = (e->high - e->value) / 2.1314495455597742;
    if (!(fabs(e->value - truth) <= 4 * se + more)) {
        print_error("%s of %s: %.17g, truth %.17g, standard error %g\n", r->method->name, name,
                    e->value, truth, se);
        fail();
    }
}

#endif
