/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In a file of its own: a model has sections, and so has a document. */
#include "report/run_model.h"

#include "engine/run.h"
#include "model/model.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <setjmp.h>

#include <cmocka.h>

rc_result *run_model(const char *name) {
    rc_arena *arena = rc_arena_new();
    rc_diags *diags = RC_NEW(arena, rc_diags, 1);
    diags->arena = arena;
    rc_source *source = NULL;
    const rc_model *model = NULL;
    rc_result *result = NULL;
    rc_error err = {0};
    char path[512];
    snprintf(path, sizeof path, RC_SOURCE_DIR "/models/%s.yaml", name);
    assert_int_equal(rc_source_read(path, arena, &source, &err), RC_OK);
    assert_int_equal(rc_model_load(source, arena, diags, &model), RC_OK);
    rc_run_options o;
    rc_run_options_default(&o);
    o.trials = 256;
    o.cash = o.cash_lines = o.samples = o.inputs = o.assumptions = true;
    assert_int_equal(rc_run(model, &o, &result, &err), RC_OK);
    rc_arena_free(arena);
    return result;
}
