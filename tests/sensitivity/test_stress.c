/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outputs under a condition: truncated normals in closed form, shares without a value, and nothing
 * without a condition. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sensitivity/study.h"

static const char model[] = "roicast: 1\ninputs: {x: \"normal(0, 1)\", z: \"normal(0, 1)\"}\n"
                            "outputs: {y: x + z, copy: x, root: sqrt(z)}\n";

static void near(rc_estimate e, double truth) {
    double se = (e.high - e.value) / 2.1314495455597742;
    if (!(fabs(e.value - truth) <= 4 * se)) {
        print_error("%.17g, truth %.17g, standard error %g\n", e.value, truth, se);
        fail();
    }
}

static const rc_study *study_given(studied *t, const char *sampler, const rc_given *given) {
    static const char *const outputs[] = {"y", "copy", "root"};
    memset(t, 0, sizeof *t);
    t->arena = rc_arena_new();
    rc_run_options o;
    rc_run_options_default(&o);
    o.sampler = sampler;
    const rc_source *source = rc_source_text("test.yaml", model, strlen(model), t->arena);
    const rc_model *m = study_load(t, source, "y", &o);
    t->o.outputs = outputs;
    t->o.n_outputs = 3;
    assert_int_equal(rc_run(m, &t->o, &t->result, &t->err), RC_OK);
    assert_int_equal(
        rc_study_new(t->result, "y", given, &t->rerun, 2, t->arena, &t->study, &t->err), RC_OK);
    return t->study;
}

/* Given x < 0: E[y] = -sqrt(2/pi), P(y < 0) = 3/4, median of x = z(1/4), its P5 = z(1/40);
 * sqrt(z) has no value in half of the cases. */
static void under_a_condition(void **state) {
    (void)state;
    static const char *const samplers[] = {"sobol", "random"};
    const rc_condition below = {"x", RC_LESS, 0};
    const rc_given given = {"x < 0", &below, 1};
    for (int s = 0; s < 2; s++) {
        studied t;
        const rc_stressed *rows;
        size_t n;
        const rc_study *study = study_given(&t, samplers[s], &given);
        assert_int_equal(rc_stress(study, &rows, &n, &t.err), RC_OK);
        assert_int_equal(n, 3);
        assert_string_equal(rows[0].output->name, "y");
        near(rows[0].mean, -0.79788456080286536);
        near(rows[0].below_zero, 0.75);
        near(rows[1].percentile[1], -0.67448975019608174);
        near(rows[1].percentile[0], -1.9599639845400542);
        assert_true(rows[1].below_zero.value == 1);
        assert_true(fabs(rows[2].undefined - 0.5) < 4 * 0.5 / sqrt(32768));
        assert_true(rows[2].below_zero.value == 0);
        study_end(&t);
    }
}

static void without_one(void **state) {
    (void)state;
    studied t;
    const rc_stressed *rows;
    size_t n = 7;
    assert_int_equal(rc_stress(study_given(&t, "sobol", NULL), &rows, &n, &t.err), RC_OK);
    assert_int_equal(n, 0);
    study_end(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(under_a_condition),
        cmocka_unit_test(without_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
