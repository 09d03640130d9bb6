/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spider and Morris: closed forms on their grids, hundreds of inputs, correlated models. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "study.h"

#define PI 3.14159265358979323846

static const char ishigami[] = "roicast: 1\n"
                               "inputs:\n"
                               "  x1: uniform(-pi, pi)\n"
                               "  x2: uniform(-pi, pi)\n"
                               "  x3: uniform(-pi, pi)\n"
                               "  x4: normal(0, 1)\n"
                               "outputs:\n"
                               "  y: sin(x1) + 7 * sin(x2)^2 + 0.1 * x3^4 * sin(x1) + 0 * x4\n"
                               "  z: 3 * x1 - 2 * x2\n"
                               "  w: log(x1)\n";

/* With the others at 0, y is sin(x1), 7 sin(x2)^2 and 0 along the percentiles 5, 10, ... 95 */
static void lines(void **state) {
    (void)state;
    studied t;
    assert_int_equal(study_outline(&t, ishigami, "y"), RC_OK);
    rc_ranking r = study_rank(&t, "spider");
    assert_int_equal(r.n_steps, 19);
    assert_true(fabs(r.base) < 1e-12);
    const rc_ranked *x1 = study_row(&r, "x1"), *x2 = study_row(&r, "x2");
    for (size_t k = 0; k < r.n_steps; k++) {
        double x = PI * (2 * (0.05 + 0.05 * (double)k) - 1);
        assert_true(fabs(r.percent[k] - (5 + 5 * (double)k)) < 1e-12);
        assert_true(fabs(x1->input[k] - x) < 1e-12);
        assert_true(fabs(x1->output[k] - sin(x)) < 1e-12);
        assert_true(fabs(x2->output[k] - 7 * sin(x) * sin(x)) < 1e-12);
        assert_true(study_row(&r, "x3")->output[k] == r.base);
    }
    assert_true(fabs(x1->score[0].value - 2) < 1e-12); /* 25 and 75 are among them */
    assert_true(fabs(x2->score[0].value - 7) < 1e-12);
    assert_string_equal(r.rows[0].bar->name, "x2");
    assert_true(study_row(&r, "x3")->chance && study_row(&r, "x4")->chance);
    study_end(&t);
}

/* Levels at 5, 35, 65 and 95 %: x = -+.9 pi, -+.3 pi; a move is 2/3 of the way. x1 goes up by
 * sin(.3 pi) + sin(.9 pi) from either level, x2 changes 7 sin^2 by one number, up or down, x3 one
 * of two by the level of x1. */
static void effects_of_ishigami(void **state) {
    (void)state;
    studied t;
    double near = sin(.3 * PI), far = sin(.9 * PI); /* far is the smaller sine */
    double low = pow(.3 * PI, 4), high = pow(.9 * PI, 4);
    assert_int_equal(study_outline(&t, ishigami, "y"), RC_OK);
    t.rerun.trajectories = 1024;
    rc_ranking r = study_rank(&t, "morris");
    assert_near(&r, "x1", 1.5 * (near + far) * (1 + .05 * (low + high)), 0);
    assert_near(&r, "x2", 1.5 * 7 * (near * near - far * far), 1e-9); /* no spread at all */
    assert_near(&r, "x3", 1.5 * .1 * (high - low) * (near + far) / 2, 0);
    const rc_ranked *x1 = study_row(&r, "x1"), *x2 = study_row(&r, "x2");
    assert_true(fabs(x1->score[1].value - x1->score[0].value) < 1e-9); /* never negative */
    assert_true(x1->score[2].value > 1);                               /* interacts with x3 */
    assert_true(fabs(x2->score[1].value) < 0.2 * x2->score[0].value);
    assert_true(study_row(&r, "x4")->score[0].value == 0 && study_row(&r, "x4")->chance);
    study_end(&t);
}

/* Linear: every effect is the coefficient times the way from P5 to P95 */
static void effects_of_a_line(void **state) {
    (void)state;
    studied t;
    assert_int_equal(study_outline(&t, ishigami, "z"), RC_OK);
    rc_ranking r = study_rank(&t, "morris");
    const double truth[] = {3 * 1.8 * PI, -2 * 1.8 * PI};
    const char *const names[] = {"x1", "x2"};
    for (int i = 0; i < 2; i++) {
        const rc_ranked *row = study_row(&r, names[i]);
        assert_true(fabs(row->score[0].value - fabs(truth[i])) < 1e-9);
        assert_true(fabs(row->score[1].value - truth[i]) < 1e-9);
        assert_true(row->score[2].value < 1e-6);
        assert_true(row->probability == 1);
    }
    t.rerun.levels = 8;
    t.rerun.low = 20;
    r = study_rank(&t, "morris");
    assert_true(fabs(study_row(&r, "x1")->score[0].value - 3 * 1.5 * PI) < 1e-9);
    study_end(&t);
    assert_int_equal(study_outline(&t, ishigami, "w"), RC_OK);
    assert_int_equal(rc_rank(t.study, rc_method_find("morris"), &r, &t.err), RC_INPUT);
    assert_non_null(strstr(t.err.message, "take --method oat"));
    assert_null(strstr(t.err.message, "npv")); /* there is none */
    study_end(&t);
}

/* Of 300 inputs five matter (one by a square, two through each other), the others hardly: found by
 * 64 * 301 runs, whatever the seed */
static void hundreds(void **state) {
    (void)state;
    enum { INPUTS = 300 };
    rc_text text = {0};
    rc_text_add(&text, "roicast: 1\ninputs:\n");
    for (int i = 0; i < INPUTS; i++)
        rc_text_addf(&text,
                     i % 3 == 0   ? "  x%d: normal(0, 1)\n"
                     : i % 3 == 1 ? "  x%d: pert(-3, 0, 4)\n"
                                  : "  x%d: uniform(-2, 2)\n",
                     i);
    rc_text_add(&text, "outputs:\n  y: >-\n    10 * x7 - 8 * x100 + 3 * x201^2 + 4 * x150 * x299");
    for (int i = 0; i < INPUTS; i++)
        rc_text_addf(&text, " + 0.%02d * x%d", 1 + i % 20, i);
    rc_text_add(&text, "\n");
    for (uint64_t seed = 1; seed <= 3; seed++) {
        studied t;
        assert_int_equal(study_outline(&t, text.bytes, "y"), RC_OK);
        t.result->seed = seed;
        rc_ranking r = study_rank(&t, "morris");
        assert_int_equal(r.n_rows, INPUTS);
        for (int i = 0; i < 5; i++) {
            const char *name = r.rows[i].bar->name;
            assert_true(strcmp(name, "x7") == 0 || strcmp(name, "x100") == 0 ||
                        strcmp(name, "x201") == 0 || strcmp(name, "x150") == 0 ||
                        strcmp(name, "x299") == 0);
            assert_true(r.rows[i].worst <= 5);
        }
        study_end(&t);
    }
    rc_text_free(&text);
}

/* A risk: effects of it being there, with severities of P5, P35, P65, P95. A correlated partner and
 * what is drawn every period move apart, with a note. */
static void risks_and_notes(void **state) {
    (void)state;
    studied t;
    assert_int_equal(study_outline(&t,
                                   "roicast: 1\n"
                                   "timeline: {years: 1}\n"
                                   "inputs: {a: \"normal(0, 1)\", b: \"normal(0, 1)\"}\n"
                                   "series: {s: \"each(normal(0, 1))\"}\n"
                                   "correlations: [[a, b, 0.9]]\n"
                                   "benefits: {gain: {value: 100 + a + 2 * b + s, kind: saving}}\n"
                                   "risks: {fire: {probability: 1%, impact: \"uniform(0, 10)\"}}\n",
                                   "npv"),
                     RC_OK);
    t.rerun.trajectories = 512;
    rc_ranking r = study_rank(&t, "morris");
    double way = 1.5 * (1.6448536269514727 + 0.38532046640756773); /* P5 to P65, P35 to P95 */
    assert_near(&r, "fire", 5, 0);
    assert_near(&r, "a", way, 1e-9);
    assert_near(&r, "b", 2 * way, 1e-9);
    assert_true(study_notes(&r, "correlations"));
    assert_true(study_notes(&r, "every period"));
    rc_ranking spider = study_rank(&t, "spider");
    const double *y = study_row(&spider, "fire")->output;
    for (int k = 0; k < 19; k++)
        assert_true(fabs(y[k] - (k > 9 ? 95 : 100)) < 1e-9);
    study_end(&t);
}

/* a and b do the same but for rounding: they share a rank, for sure */
static void ties(void **state) {
    (void)state;
    static const char *const methods[] = {"morris", "oat", "spider"};
    studied t;
    assert_int_equal(study_outline(&t,
                                   "roicast: 1\ninputs: {a: \"normal(0, 1)\", b: \"normal(0, 1)\", "
                                   "c: \"normal(0, 3)\"}\noutputs: {y: c + a + b}\n",
                                   "y"),
                     RC_OK);
    for (size_t i = 0; i < 3; i++) {
        rc_ranking r = study_rank(&t, methods[i]);
        assert_int_equal(study_row(&r, "c")->rank, 1);
        assert_int_equal(study_row(&r, "a")->rank, 2);
        assert_int_equal(study_row(&r, "b")->rank, 2);
        assert_true(study_row(&r, "a")->probability == 1);
        assert_true(i > 0 || study_row(&r, "a")->score[2].value < 1e-12); /* sigma */
        assert_true(study_row(&r, "b")->probability == 1);
    }
    study_end(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines),
        cmocka_unit_test(effects_of_ishigami),
        cmocka_unit_test(effects_of_a_line),
        cmocka_unit_test(hundreds),
        cmocka_unit_test(risks_and_notes),
        cmocka_unit_test(ties),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
