/* SPDX-License-Identifier: GPL-3.0-or-later */
/* W1, the reference workload, against its known answer: 10^8 plain Monte Carlo trials, on which
 * eight independent programs agree.
 *
 * A figure passes when |difference| <= 4 sqrt(se^2 + se_ref^2) + half the reference's last digit.
 * se of means, sd and shares is that of the run's own interval. The reference's errors are those of
 * independent trials: sd / sqrt(N) of a mean, sd sqrt(kurtosis - 1) / (2 sqrt(N)) of an sd,
 * sqrt(p (1 - p) / N) of a share. Percentiles, in both: sqrt(p (1 - p) / N) / f, with the density f
 * from the neighbouring percentiles on the log-odds scale, on which tails are nearly straight.
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
#include <string.h>

#include "models/model_run.h"
#include "sanitized.h"

enum { N_PERCENTILES = 9 };

static const double trials = 1048576, reference_trials = 1e8;
static const int level[N_PERCENTILES] = {1, 5, 10, 25, 50, 75, 90, 95, 99};
static const double reference[N_PERCENTILES] = {-0.57913, -0.48425, -0.42825, -0.32489, -0.19383,
                                                -0.04358, 0.11005,  0.21121,  0.42111};
static const char *const key[N_PERCENTILES] = {
    "percentiles/1",  "percentiles/5",  "percentiles/10", "percentiles/25", "percentiles/50",
    "percentiles/75", "percentiles/90", "percentiles/95", "percentiles/99"};

static void compare(const char *what, double value, double expected, double se, double se_reference,
                    double half_digit) {
    double tolerance = 4 * sqrt(se * se + se_reference * se_reference) + half_digit;
    if (!(fabs(value - expected) <= tolerance))
        fail_msg("%s is %.7g, not %.7g within %.2g", what, value, expected, tolerance);
}

/* A figure that has an interval of 95 %: 16 replicates have 15 degrees of freedom. spread: the
 * standard error of one independent trial. */
static void compare_figure(const rc_result *result, const char *sampler, const char *output,
                           const char *name, double expected, double spread, double half_digit) {
    double value, low, high, t = strcmp(sampler, "sobol") == 0 ? 2.1314 : 1.9600;
    if (!rc_result_read(result, output, name, &value, &low, &high))
        fail_msg("no %s of %s", name, output);
    char what[64];
    snprintf(what, sizeof what, "%s of %s (%s)", name, output, sampler);
    compare(what, value, expected, (high - low) / 2 / t, spread / sqrt(reference_trials),
            half_digit);
}

static double log_odds(int i) {
    return log(level[i] / (100.0 - level[i]));
}

static void compare_percentiles(const rc_result *result) {
    double x[N_PERCENTILES];
    for (int i = 0; i < N_PERCENTILES; i++)
        x[i] = read_value(result, "roi", key[i]);
    for (int i = 0; i < N_PERCENTILES; i++) {
        int below = i > 0 ? i - 1 : i, above = i + 1 < N_PERCENTILES ? i + 1 : i;
        double p = level[i] / 100.0;
        double slope = (x[above] - x[below]) / (log_odds(above) - log_odds(below));
        double density = p * (1 - p) / slope;
        double spread = sqrt(p * (1 - p)) / density;
        compare(key[i], x[i], reference[i], spread / sqrt(trials), spread / sqrt(reference_trials),
                0.000005);
    }
}

static void run(const char *sampler) {
    for (uint64_t seed = 1; seed <= (SANITIZED ? 1 : 3); seed++) {
        rc_result *result = run_model("w1.yaml", (uint64_t)trials, seed, sampler);
        double sd = read_value(result, "roi", "sd");
        double kurtosis = read_value(result, "roi", "kurtosis");
        double payback_sd = read_value(result, "payback_years", "sd");
        double npv_sd = read_value(result, "npv", "sd");
        compare_figure(result, sampler, "roi", "mean", -0.17266, sd, 0.000005);
        compare_figure(result, sampler, "roi", "sd", 0.21399, sd * sqrt(kurtosis - 1) / 2,
                       0.000005);
        compare_figure(result, sampler, "roi", "below_zero", 0.80351, sqrt(0.80351 * 0.19649),
                       0.000005);
        compare_figure(result, sampler, "npv", "mean", -159.17, npv_sd, 0.005);
        compare_figure(result, sampler, "payback_years", "mean", 5.3659, payback_sd, 0.00005);
        compare_percentiles(result);
        rc_result_free(result);
    }
}

static void test_sobol(void **state) {
    (void)state;
    run("sobol");
}

static void test_random(void **state) {
    (void)state;
    run("random");
}

int main(void) {
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sobol),
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
