/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grade correlations: closed forms, the exact ranks of the same trials, values that repeat, and the
 * same bytes however they are computed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sensitivity/study.h"

static rc_run_options options(const char *sampler, uint64_t seed, int threads) {
    rc_run_options o;
    rc_run_options_default(&o);
    o.sampler = sampler;
    o.seed = seed;
    o.threads = threads;
    o.trials = 1 << 15;
    return o;
}

/* Of normals with correlation r it is 6/pi asin(r/2); here r = 1/sqrt(5) and 2/sqrt(5). The grid of
 * 1,024 knots adds less than 1e-4. */
static void closed_form(void **state) {
    (void)state;
    static const char *const samplers[] = {"sobol", "random"};
    for (int s = 0; s < 2; s++)
        for (uint64_t seed = 1; seed <= 3; seed++) {
            studied t;
            const char *text = "roicast: 1\ninputs: {a: \"normal(3, 1)\", b: \"normal(0, 2)\"}\n"
                               "outputs: {y: b - a}\n";
            assert_int_equal(study_text(&t, text, "y", options(samplers[s], seed, 2)), RC_OK);
            rc_ranking r = study_rank(&t, "grade");
            assert_near(&r, "a", -0.43069887938611877, 1e-4);
            assert_near(&r, "b", 0.88550170590259959, 1e-4);
            study_end(&t);
        }
}

/* Against ranks that are sorted: draws of every kind of column, values that repeat, a formula. */
static void as_ranks(void **state) {
    (void)state;
    studied t;
    const char *text = "roicast: 1\n"
                       "inputs:\n"
                       "  yes: bernoulli(0.3)\n"
                       "  count: poisson(3)\n"
                       "  cut: \"max(normal(0, 1), 0)\"\n"
                       "  mixed: \"mixture([normal(0, 1), 5], [0.7, 0.3])\"\n"
                       "  long: \"lognormal(0, 2)\"\n"
                       "  idle: uniform(0, 1)\n"
                       "outputs: {y: \"max(yes + 0.3 * count + cut + 0.2 * mixed + long^0.2, 3) + "
                       "0 * idle\"}\n";
    assert_int_equal(study_text(&t, text, "y", options("random", 5, 2)), RC_OK);
    rc_ranking grade = study_rank(&t, "grade"), rank = study_rank(&t, "rank");
    for (size_t i = 0; i < rank.n_entries; i++) {
        const char *name = rank.rows[i].bar->name;
        double a = rank.rows[i].score[0].value, b = study_row(&grade, name)->score[0].value;
        /* a grid from a pilot of 2^14.6 random trials: 4 / sqrt(24576) in a grade, and it enters
         * twice, in the second order of what it leaves */
        if (!(fabs(a - b) < 2e-3)) {
            print_error("%s: rank %g, grade %g\n", name, a, b);
            fail();
        }
    }
    assert_true(study_row(&grade, "idle")->chance);
    study_end(&t);
}

static void same_bytes(void **state) {
    (void)state;
    rc_estimate first = {0};
    for (int run = 0; run < 3; run++) {
        studied t;
        rc_run_options o = options("sobol", 3, run == 0 ? 1 : 7);
        o.isa = run == 2 ? "sse2" : NULL;
        const char *text = "roicast: 1\ninputs: {a: \"normal(0, 1)\", b: \"poisson(2)\"}\n"
                           "outputs: {y: a * b}\n";
        assert_int_equal(study_text(&t, text, "below_zero(y)", o), RC_OK);
        rc_ranking r = study_rank(&t, "grade");
        const rc_estimate *a = &study_row(&r, "a")->score[0];
        if (run == 0)
            first = *a;
        assert_true(a->value < -0.5);
        assert_memory_equal(&first, a, sizeof first);
        study_end(&t);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_form),
        cmocka_unit_test(as_ranks),
        cmocka_unit_test(same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
