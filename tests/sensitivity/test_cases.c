/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of single cases, against closed forms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sensitivity/cases.h"
#include "sensitivity/study.h"

#include <stdio.h>

/* npv = 100 x + 10 y - 60 with x, y uniform on (0, 1). */
static const char text[] = "roicast: 1\n"
                           "timeline: {years: 1}\n"
                           "discount_rate: 0%\n"
                           "inputs:\n"
                           "  x: uniform(0, 1)\n"
                           "  y: uniform(0, 1)\n"
                           "benefits:\n"
                           "  gain: {value: 100 * x + 10 * y, kind: saving}\n"
                           "costs:\n"
                           "  start: {value: 60, per: once}\n";

typedef struct fixture {
    studied t;
    const rc_cases *cases;
    rc_histogram histogram;
} fixture;

static void made(fixture *f, const char *model, uint64_t trials) {
    static uint64_t bins[RC_HISTOGRAM_BINS];
    const rc_run_options o = {.seed = 1, .threads = 2, .trials = trials};
    assert_int_equal(study_text(&f->t, model, "npv", o), RC_OK);
    rc_ranking r = study_rank(&f->t, "rank");
    f->histogram =
        (rc_histogram){.first = -60, .width = 10, .n_bins = 12, .counts = bins}; /* all of it */
    f->cases = rc_cases_of(f->t.study, &r, &f->histogram, f->t.arena);
}

static void cases_are_those_of_the_run(void **state) {
    (void)state;
    fixture f;
    made(&f, text, 1 << 12);
    const rc_cases *c = f.cases;
    const rc_result *r = f.t.result;
    assert_int_equal(c->n, 1 << 12);
    assert_int_equal(c->n_shown, 512);
    assert_int_equal(c->n_inputs, 2);
    assert_string_equal(c->inputs[0].of.name, "x");
    const rc_output *npv = rc_result_find(r, "npv");
    for (size_t i = 0; i < c->n_shown; i++) {
        double x = c->inputs[0].low + c->inputs[0].step * c->inputs[0].at[i];
        double y = c->inputs[1].low + c->inputs[1].step * c->inputs[1].at[i];
        double z = c->target->low + c->target->step * c->target->at[i];
        assert_true(fabs(z - rc_output_sample(r, npv, i)) <= 0.5001 * c->target->step);
        assert_true(fabs(z - (100 * x + 10 * y - 60)) <=
                    0.51 * (c->target->step + 100 * c->inputs[0].step + 10 * c->inputs[1].step));
    }
    study_end(&f.t);
}

static void thirds_and_bins_hold_every_case_once(void **state) {
    (void)state;
    fixture f;
    made(&f, text, 1 << 12);
    const rc_split *s = f.cases->split;
    assert_non_null(s);
    size_t all = 0;
    for (unsigned a = 0; a < 3; a++)
        for (unsigned b = 0; b < 3; b++) {
            double n = 0, sum = 0;
            for (size_t i = 0; i < s->n_bins; i++) {
                uint32_t k = s->counts[(a * 3 + b) * s->n_bins + i];
                n += k;
                sum += k * (s->first + ((double)i + 0.5) * s->width);
            }
            all += (size_t)n;
            assert_true(fabs(n / f.cases->n - 1.0 / 9) < 0.01);
            /* mean of 100 x + 10 y - 60 over the cell; bins are 10 wide */
            assert_true(fabs(sum / n - (100 * (a + 0.5) / 3 + 10 * (b + 0.5) / 3 - 60)) < 1);
        }
    assert_int_equal(all, f.cases->n);
    assert_true(fabs(s->borders[0][0] - 1.0 / 3) < 0.002);
    assert_true(fabs(s->borders[0][1] - 2.0 / 3) < 0.002);
    study_end(&f.t);
}

static void estimates_settle_at_those_of_all_cases(void **state) {
    (void)state;
    fixture f;
    made(&f, text, 1 << 12);
    const rc_cases *c = f.cases;
    const rc_output *npv = rc_result_find(f.t.result, "npv");
    assert_int_equal(c->n_settling, 7); /* 64 ... 4096 */
    for (size_t i = 0; i < c->n_settling; i++)
        assert_int_equal(c->settling[i].cases, UINT64_C(64) << i);
    const rc_settling *last = &c->settling[6];
    assert_true(fabs(last->mean - rc_output_row(npv, "mean", NULL)->estimate.value) < 1e-9);
    assert_true(last->p5 == rc_output_row(npv, "percentiles", "5")->estimate.value);
    assert_true(last->p50 == rc_output_row(npv, "percentiles", "50")->estimate.value);
    assert_true(last->p95 == rc_output_row(npv, "percentiles", "95")->estimate.value);
    study_end(&f.t);
}

/* A risk has two states: without it, with it. */
static void risks_have_two_states(void **state) {
    (void)state;
    fixture f;
    char model[1024];
    snprintf(model, sizeof model, "%srisks:\n  late: {probability: 30%%, impact: 80, at: 1}\n",
             text);
    made(&f, model, 1 << 12);
    const rc_split *s = f.cases->split;
    assert_string_equal(s->of[0].name, "late");
    assert_int_equal(s->states[0], 2);
    assert_int_equal(s->states[1], 3);
    assert_true(isnan(s->borders[0][0]));
    study_end(&f.t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_are_those_of_the_run),
        cmocka_unit_test(thirds_and_bins_hold_every_case_once),
        cmocka_unit_test(estimates_settle_at_those_of_all_cases),
        cmocka_unit_test(risks_have_two_states),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
