/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The models whose answers are known from outside: the worked examples, a published study, the
 * Ishigami function. Asserted here apart from the expected files, which only say that nothing
 * moved.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_errno.h>
#include <math.h>
#include <roicast/roicast.h>
#include <stdio.h>

#include "models/model_run.h"

static void near(const rc_result *result, const char *output, double expected, double tolerance) {
    double value = read_value(result, output, "mean");
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%s is %.17g, not %.17g within %g", output, value, expected, tolerance);
    double low = read_value(result, output, "min"), high = read_value(result, output, "max");
    assert_true(low == high); /* nothing is left to chance in these */
}

/* 50,000 spent; 100,000 of sales and 20,000 of savings in a year: 140 %, gross 240 %; at a margin
 * of 40 % on the sales 20 %; nothing is left at 30 %. */
static void test_seed_one_year(void **state) {
    (void)state;
    rc_result *result = run_model("seed-one-year.yaml", 16, 1, "sobol");
    near(result, "roi", 1.40, 1e-12);
    near(result, "gross_roi", 2.40, 1e-12);
    near(result, "npv", 70000, 1e-6);
    near(result, "roi_at_40_margin", 20, 1e-10);
    near(result, "margin_to_break_even", 30, 1e-10);
    rc_result_free(result);
}

/* A month: sales +50万, savings 10万, against all of the cost of 20万: 200 %, gross 300 %. */
static void test_seed_one_month(void **state) {
    (void)state;
    rc_result *result = run_model("seed-one-month.yaml", 16, 1, "sobol");
    near(result, "roi", 2.00, 1e-12);
    near(result, "gross_roi", 3.00, 1e-12);
    near(result, "npv", 400000, 1e-6);
    near(result, "margin_to_break_even", 20, 1e-10);
    rc_result_free(result);
}

/* Printed: PV of costs 1,672,201, of benefits 7,168,371, NPV 5,496,170, ROI 329 % (328.68), payback
 * in less than six months. */
static void test_tei(void **state) {
    (void)state;
    rc_result *result = run_model("tei-salesloft.yaml", 16, 1, "sobol");
    near(result, "costs_pv", 1672201, 0.5);
    near(result, "benefits_pv", 7168371, 0.5);
    near(result, "npv", 5496170, 0.5);
    near(result, "roi", 3.2868, 0.00005);
    near(result, "gross_roi", 4.2868, 0.00005);
    assert_true(read_value(result, "payback", "mean") < 0.5);
    rc_result_free(result);
}

/* Mean a/2 and sd sqrt(a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2), within four of the standard errors
 * that the run states (its intervals are t15 of them under replicates, 1.96 under independent
 * trials). */
static void test_ishigami(void **state) {
    (void)state;
    const double pi = 3.14159265358979323846, p4 = pi * pi * pi * pi;
    const double variance = 49.0 / 8 + 0.1 * p4 / 5 + 0.01 * p4 * p4 / 18 + 0.5;
    assert_true(fabs(variance - 13.8445879407192565) < 1e-12);
    const char *const samplers[] = {"sobol", "random"}, *const keys[] = {"mean", "sd"};
    const double t[] = {2.1314, 1.9600}, expected[] = {3.5, sqrt(variance)};
    for (int i = 0; i < 4; i++) {
        rc_result *result = run_model("ishigami.yaml", 1048576, 1, samplers[i / 2]);
        double value, low, high;
        assert_true(rc_result_read(result, "ishigami", keys[i % 2], &value, &low, &high));
        double se = (high - low) / 2 / t[i / 2];
        if (!(fabs(value - expected[i % 2]) <= 4 * se))
            fail_msg("%s (%s) is %.8g, not %.8g within %.2g", keys[i % 2], samplers[i / 2], value,
                     expected[i % 2], 4 * se);
        rc_result_free(result);
    }
}

int main(void) {
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seed_one_year),
        cmocka_unit_test(test_seed_one_month),
        cmocka_unit_test(test_tei),
        cmocka_unit_test(test_ishigami),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
