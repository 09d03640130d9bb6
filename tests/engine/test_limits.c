/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large and odd models: a thousand inputs, monthly periods for ten years, long chains, a model that
 * needs its own future, many occurrences, few trials. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harness.h"

#include "engine/run.h"

#include <math.h>
#include <omp.h>

static rc_status try_run(const char *text, uint64_t trials, const char *sampler, rc_result **result,
                         rc_error *err, rc_arena *arena) {
    const rc_model *model = harness_model(text, arena);
    assert_non_null(model);
    rc_run_options options;
    rc_run_options_default(&options);
    options.trials = trials;
    options.sampler = sampler;
    options.threads = 2;
    return rc_run(model, &options, result, err);
}

static double mean_of(const rc_result *result, const char *name) {
    const rc_row *row = rc_output_row(rc_result_find(result, name), "mean", NULL);
    assert_non_null(row);
    return row->estimate.value;
}

/* The sum of a thousand uniform(0, 1): mean 500, standard deviation sqrt(1000/12) = 9.13. */
static void a_thousand_inputs(void **state) {
    (void)state;
    static const char *const samplers[] = {"random", "sobol"};
    rc_arena *arena = rc_arena_new();
    rc_text text = {0};
    rc_text_add(&text, "roicast: 1\ninputs:\n");
    for (int i = 0; i < 1000; i++)
        rc_text_addf(&text, "  x%d: uniform(0, 1)\n", i);
    rc_text_add(&text, "outputs:\n  y: x0");
    for (int i = 1; i < 1000; i++)
        rc_text_addf(&text, " + x%d", i);
    rc_text_add(&text, "\n");
    for (int s = 0; s < 2; s++) {
        rc_result *result = NULL;
        assert_int_equal(try_run(text.bytes, 16384, samplers[s], &result, NULL, arena), RC_OK);
        assert_int_equal(result->n_inputs, 1000);
        assert_true(fabs(mean_of(result, "y") - 500) < 4 * 9.13 / sqrt(16384));
        rc_result_free(result);
    }
    rc_text_free(&text);
    rc_arena_free(arena);
}

/* Ten years of months at 1 a month: 120; with each() noise of mean 0 and sd 0.1: sd of the sum
 * 0.1 * sqrt(120) = 1.095. */
static void ten_years_of_months(void **state) {
    (void)state;
    static const char text[] =
        "roicast: 1\ntimeline: {years: 10, step: month}\ndiscount_rate: 8%\n"
        "series:\n  s: each(normal(0, 0.1))\n"
        "  left: {initial: 1000, value: \"prev(left) * (1 - per_period(10%)) + s\"}\n"
        "benefits:\n  b: {value: 12 + 12 * s, growth: 0%}\ncosts:\n  c: {value: 500, per: once}\n"
        "risks:\n  r: {rate: 3, impact: \"0 * uniform(0, 1)\"}\n"
        "outputs:\n  o: sum(b)\n  end: last(left)\n";
    rc_arena *arena = rc_arena_new();
    rc_result *result = NULL;
    assert_int_equal(try_run(text, 4096, "random", &result, NULL, arena), RC_OK);
    assert_true(fabs(mean_of(result, "o") - 120) < 4 * 1.0955 / sqrt(4096));
    assert_true(isfinite(mean_of(result, "irr")));
    rc_result_free(result);
    rc_arena_free(arena);
}

/* 1,200 periods, the most there can be: 1,000 a month for what makes 1 % a month, 1.01^12 - 1 =
 * 12.68 % a year, whatever both are multiplied by. */
static void a_hundred_years_of_months(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    rc_text text = {0};
    rc_text_addf(&text,
                 "roicast: 1\ntimeline: {years: 100, step: month}\ndiscount_rate: 8%%\n"
                 "inputs: {x: \"uniform(1, 2)\"}\nbenefits: {b: 12000 * x}\n"
                 "costs: {c: {value: %.17g * x, per: once}}\n",
                 1000 * (1 - pow(1.01, -1200)) / 0.01);
    rc_result *result = NULL;
    assert_int_equal(try_run(text.bytes, 1024, "random", &result, NULL, arena), RC_OK);
    assert_true(fabs(mean_of(result, "irr") - (pow(1.01, 12) - 1)) < 1e-12);
    assert_true(fabs(mean_of(result, "payback") - 100.0 / 12) < 0.1);
    rc_result_free(result);
    rc_text_free(&text);
    rc_arena_free(arena);
}

static void a_long_chain(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    for (int kind = 0; kind < 2; kind++) { /* names above; names below */
        rc_text text = {0};
        rc_text_add(&text, "roicast: 1\ninputs:\n");
        for (int i = 0; i < 20000; i++) {
            int at = kind == 0 ? i : 19999 - i;
            if (at == 0)
                rc_text_add(&text, "  x0: uniform(1, 2)\n");
            else
                rc_text_addf(&text, "  x%d: x%d + 1\n", at, at - 1);
        }
        rc_text_add(&text, "outputs:\n  y: x19999 - x0\n");
        rc_result *result = NULL;
        assert_int_equal(try_run(text.bytes, 1024, "random", &result, NULL, arena), RC_OK);
        /* 19999 roundings of numbers up to 2e4, half an ulp of 2^-39 each at most */
        assert_true(fabs(mean_of(result, "y") - 19999) < 19999 * 0x1p-39);
        rc_result_free(result);
        rc_text_free(&text);
    }
    rc_arena_free(arena);
}

/* A series over series: 2,000 of them, each with prev, in one loop. */
static void many_series(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    rc_text text = {0};
    rc_text_add(&text, "roicast: 1\ntimeline: {years: 5, step: quarter}\n"
                       "series:\n  s0: {initial: 0, value: prev(s0) + 1}\n");
    for (int i = 1; i < 2000; i++)
        rc_text_addf(&text, "  s%d: {initial: 0, value: prev(s%d) + s%d - prev(s%d)}\n", i, i,
                     i - 1, i - 1);
    rc_text_add(&text, "outputs:\n  y: last(s1999)\n");
    rc_result *result = NULL;
    assert_int_equal(try_run(text.bytes, 1024, "random", &result, NULL, arena), RC_OK);
    assert_true(mean_of(result, "y") == 20); /* each is the one before: 1, 2, ... 20 */
    rc_result_free(result);
    rc_text_free(&text);
    rc_arena_free(arena);
}

static void its_own_future_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {
        /* share needs the sum of a series that prev makes out of share */
        "roicast: 1\ntimeline: {years: 3, step: quarter}\n"
        "series:\n  s: {initial: 1, value: prev(s) + share}\n  share: {initial: 0, value: t / sum(s)}\n"
        "outputs:\n  o: last(s)\n",
        "roicast: 1\ntimeline: {years: 3, step: quarter}\n"
        "series:\n  a: {initial: 1, value: prev(b) + 1}\n"
        "  b: {initial: 1, value: prev(a) * at(a, 2)}\noutputs:\n  o: last(b)\n",
        "roicast: 1\ntimeline: {years: 3, step: quarter}\ndiscount_rate: r\n"
        "inputs:\n  r: 0.1 + npv(s) / 1000\nseries:\n  s: t\noutputs:\n  o: npv(s)\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        rc_arena *arena = rc_arena_new();
        const rc_model *model = NULL;
        rc_text messages = {0};
        rc_error err = {0};
        rc_status status = harness_load(texts[i], arena, &model, &messages);
        double began = omp_get_wtime();
        if (status == RC_OK) { /* the checker may see it first */
            rc_run_options options;
            rc_run_options_default(&options);
            rc_result *result = NULL;
            status = rc_run(model, &options, &result, &err);
            assert_null(result);
            assert_true(strlen(err.message) > 20);
        }
        assert_int_equal(status, RC_INPUT);
        assert_true(omp_get_wtime() - began < 5);
        rc_text_free(&messages);
        rc_arena_free(arena);
    }
}

/* Poisson with mean 200 a year for 5 years: 1000 occurrences, sd sqrt(1000); each costs 2. */
static void many_occurrences(void **state) {
    (void)state;
    static const char text[] = "roicast: 1\ntimeline: {years: 5, step: month}\n"
                               "costs:\n  c: {value: 1, per: once}\n"
                               "risks:\n  r: {rate: 200, impact: \"2 + 0 * uniform(0, 1)\"}\n"
                               "outputs:\n  n: sum(count(r))\n  most: max(count(r))\n";
    rc_arena *arena = rc_arena_new();
    rc_result *result = NULL;
    assert_int_equal(try_run(text, 2048, "random", &result, NULL, arena), RC_OK);
    double n = mean_of(result, "n");
    assert_true(fabs(n - 1000) < 4 * sqrt(1000) / sqrt(2048));
    assert_true(fabs(mean_of(result, "costs_pv") - (1 + 2 * n)) < 1e-9 * n);
    rc_result_free(result);
    rc_error err = {0};
    static const char endless[] = "roicast: 1\ntimeline: {years: 5, step: month}\n"
                                  "costs:\n  c: {value: 1, per: once}\n"
                                  "risks:\n  r: {rate: 1e9, impact: 2}\n";
    assert_int_equal(try_run(endless, 16, "random", &result, &err, arena), RC_INPUT);
    assert_non_null(strstr(err.message, "`r`"));
    rc_arena_free(arena);
}

static void rates_of_nothing(void **state) {
    (void)state;
    static const char text[] = "roicast: 1\ntimeline: {years: 5, step: year}\n"
                               "inputs:\n  z: 0 * uniform(0, 1)\n"
                               "costs:\n  c: {value: 1, per: once}\n"
                               "risks:\n  r: {rate: 0, impact: 2}\n  s: {rate: z, stop: [c]}\n"
                               "outputs:\n  n: sum(count(r)) + sum(happened(s))\n";
    rc_arena *arena = rc_arena_new();
    rc_result *result = NULL;
    assert_int_equal(try_run(text, 100, "random", &result, NULL, arena), RC_OK);
    assert_true(mean_of(result, "n") == 0 && mean_of(result, "costs_pv") == 1);
    rc_result_free(result);
    rc_arena_free(arena);
}

/* Fewer trials than replicates: some replicates are empty, blocks have one lane. */
static void few_trials(void **state) {
    (void)state;
    static const uint64_t trials[] = {1, 2, 15, 16, 17, 129};
    static const char text[] =
        "roicast: 1\ntimeline: {years: 3, step: quarter}\ndiscount_rate: 10%\n"
        "benefits:\n  b: {value: \"uniform(40, 60)\"}\ncosts:\n  c: {value: 100, per: once}\n"
        "risks:\n  r: {rate: 1, impact: 1 to 2}\n";
    rc_arena *arena = rc_arena_new();
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        rc_result *result = NULL;
        assert_int_equal(try_run(text, trials[i], "random", &result, NULL, arena), RC_OK);
        assert_int_equal(result->trials, trials[i]);
        harness h; /* the mean is that of the trials */
        const rc_model *model = harness_model(text, arena);
        assert_int_equal(
            harness_prepare(&h, model, "random", trials[i], 1, RC_ISA_sse2, arena, NULL), RC_OK);
        harness_run(&h);
        double sum = 0;
        for (uint64_t t = 0; t < trials[i]; t++)
            sum += harness_find(&h, "npv")[t];
        assert_true(fabs(mean_of(result, "npv") - sum / (double)trials[i]) < 1e-11 * 100);
        rc_result_free(result);
    }
    rc_arena_free(arena);
}

static bool stop_at_once(void *data, double share) {
    *(double *)data = share;
    return false;
}

static void a_run_can_be_stopped(void **state) {
    (void)state;
    static const char text[] = "roicast: 1\ninputs:\n  a: uniform(0, 1)\noutputs:\n  y: a^1.5\n";
    rc_arena *arena = rc_arena_new();
    double share = -1;
    rc_run_options options;
    rc_run_options_default(&options);
    options.trials = UINT64_C(1) << 26;
    options.threads = 1;
    options.progress = stop_at_once;
    options.progress_data = &share;
    rc_result *result = NULL;
    rc_error err = {0};
    assert_int_equal(rc_run(harness_model(text, arena), &options, &result, &err), RC_INTERRUPTED);
    assert_true(share > 0 && share < 1);
    rc_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thousand_inputs),
        cmocka_unit_test(ten_years_of_months),
        cmocka_unit_test(a_hundred_years_of_months),
        cmocka_unit_test(a_long_chain),
        cmocka_unit_test(many_series),
        cmocka_unit_test(its_own_future_is_refused),
        cmocka_unit_test(many_occurrences),
        cmocka_unit_test(rates_of_nothing),
        cmocka_unit_test(few_trials),
        cmocka_unit_test(a_run_can_be_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
