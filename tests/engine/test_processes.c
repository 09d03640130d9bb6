/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Processes against their closed forms: at the end of every year the same mean, spread and
 * dependence on the year before, whatever the length of a period; without noise, the exact path. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harness.h"

#include <math.h>

static const char *const steps[] = {"year", "quarter", "month"};
enum { N_STEPS = 3, TRIALS = 1 << 16 };

static void prepare(harness *h, const char *step, const char *rest, uint64_t trials,
                    rc_arena *arena) {
    const char *text =
        rc_arena_printf(arena, "roicast: 1\ntimeline: {years: 3, step: %s}\n%s", step, rest);
    const rc_model *model = harness_model(text, arena);
    assert_non_null(model);
    assert_int_equal(
        harness_prepare(h, model, "random", trials, 20261121, rc_isa_best(), arena, NULL), RC_OK);
    harness_run(h);
}

/* ---- Moments ----------------------------------------------------------------------------------
 */

/* Values at the ends of years 1 and 3, which are normal (a gbm: its logarithm). */
typedef struct expected {
    const char *what, *series;
    double mean[2], variance[2], covariance;
} expected;

/* Five standard errors: that one of the 45 figures lies outside by chance has odds of 1 to 40,000;
 * the seed is fixed. */
static void near(const char *what, const char *step, double x, double wanted, double error) {
    if (!(fabs(x - wanted) <= 5 * error))
        fail_msg("%s, step %s: %.8g is not %.8g within 5 x %.2g", what, step, x, wanted, error);
}

static void check_moments(const expected *e, const char *step) {
    rc_arena *arena = rc_arena_new();
    harness h;
    prepare(&h, step,
            rc_arena_printf(arena,
                            "series:\n  s: \"%s\"\noutputs:\n  x1: %s(at(s, 1))\n  x3: %s(at(s, "
                            "3))\n",
                            e->series, strstr(e->series, "gbm") ? "log" : "0 + ",
                            strstr(e->series, "gbm") ? "log" : "0 + "),
            TRIALS, arena);
    const double *x[2] = {harness_find(&h, "x1"), harness_find(&h, "x3")};
    double n = (double)h.sampler.trials, mean[2] = {0}, variance[2] = {0}, covariance = 0;
    for (int y = 0; y < 2; y++) {
        for (size_t i = 0; i < h.sampler.trials; i++)
            mean[y] += x[y][i] / n;
        for (size_t i = 0; i < h.sampler.trials; i++)
            variance[y] += (x[y][i] - mean[y]) * (x[y][i] - mean[y]) / n;
        near(e->what, step, mean[y], e->mean[y], sqrt(e->variance[y] / n));
        near(e->what, step, variance[y], e->variance[y], e->variance[y] * sqrt(2 / n));
    }
    for (size_t i = 0; i < h.sampler.trials; i++)
        covariance += (x[0][i] - mean[0]) * (x[1][i] - mean[1]) / n;
    double both = e->variance[0] * e->variance[1] + e->covariance * e->covariance;
    near(e->what, step, covariance, e->covariance, sqrt(both / n));
    rc_arena_free(arena);
}

static void moments_are_those_of_the_closed_forms(void **state) {
    (void)state;
    double k = 0.8, v = 0.3, p = 0.6, sd = 50, h = log(2) / 2;
    /* variance of mean reversion after t years, with speed q and volatility w */
#define OU(q, w, t) ((w) * (w) * (1 - exp(-2 * (q) * (t))) / (2 * (q)))
    /* of an autoregression: innovations of each year, carried on */
#define AR(a, s, t) ((s) * (s) * (1 - pow(a, 2.0 * (t))) / (1 - (a) * (a)))
    const expected cases[] = {
        {"gbm",
         "gbm(100, 5%, 30%)",
         {log(100) + (0.05 - v * v / 2), log(100) + 3 * (0.05 - v * v / 2)},
         {v * v, 3 * v * v},
         v * v},
        {"mean_reverting",
         "mean_reverting(2, 5, 0.8, 30%)",
         {5 - 3 * exp(-k), 5 - 3 * exp(-3 * k)},
         {OU(k, v, 1), OU(k, v, 3)},
         OU(k, v, 1) * exp(-2 * k)},
        {"ar1",
         "ar1(500, 1000, persistence=0.6, sd=50)",
         {1000 - 500 * p, 1000 - 500 * p * p * p},
         {AR(p, sd, 1), AR(p, sd, 3)},
         AR(p, sd, 1) * p * p},
        {"a half-life of two years, and an initial value that is drawn",
         "mean_reverting(normal(0, 1), mean=1, half_life=2, volatility=0.3)",
         {1 - exp(-h), 1 - exp(-3 * h)},
         {OU(h, v, 1) + exp(-2 * h), OU(h, v, 3) + exp(-6 * h)},
         (OU(h, v, 1) + exp(-2 * h)) * exp(-2 * h)},
        {"no pull: a random walk",
         "mean_reverting(7, 5, 0, 30%)",
         {7, 7},
         {v * v, 3 * v * v},
         v * v},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t s = 0; s < N_STEPS; s++)
            check_moments(&cases[i], steps[s]);
}

/* ---- Without noise ----------------------------------------------------------------------------
 */

static const double *output(harness *h, const char *name) {
    return harness_find(h, name);
}

static void close_to(double x, double y, double scale) {
    if (!(fabs(x - y) <= 1e-12 * scale))
        fail_msg("%.17g is not %.17g", x, y);
}

static void paths_without_noise_are_exact(void **state) {
    (void)state;
    for (size_t s = 0; s < N_STEPS; s++) {
        rc_arena *arena = rc_arena_new();
        harness h;
        prepare(&h, steps[s],
                "inputs:\n  rate: uniform(-10%, 10%)\n  pull: uniform(0, 3)\n"
                "  start: uniform(50, 60)\n  keep: uniform(0, 1)\n"
                "series:\n  grows: \"gbm(start, rate, 0)\"\n"
                "  falls: mean_reverting(start, 20, pull, 0)\n"
                "  stays: ar1(start, 20, keep, 0)\n  none: ar1(start, 20, 0, 0)\n"
                "  walk: ar1(start, 20, 1, 0)\n"
                "outputs:\n  g0: at(grows, 0)\n  g2: at(grows, 2)\n  f2: at(falls, 2)\n"
                "  a2: at(stays, 2)\n  n1: at(none, 1)\n  w3: last(walk)\n  a0: at(stays, 0)\n"
                "  in1: rate + 0\n  in2: pull + 0\n  in3: start + 0\n  in4: keep + 0\n",
                256, arena);
        for (size_t i = 0; i < h.sampler.trials; i++) {
            double start = output(&h, "in3")[i], keep = output(&h, "in4")[i];
            assert_true(output(&h, "g0")[i] == start && output(&h, "a0")[i] == start);
            assert_true(output(&h, "n1")[i] == 20);
            close_to(output(&h, "w3")[i], start, 60);
            close_to(output(&h, "g2")[i], start * exp(2 * output(&h, "in1")[i]), 100);
            close_to(output(&h, "f2")[i], 20 + (start - 20) * exp(-2 * output(&h, "in2")[i]), 60);
            close_to(output(&h, "a2")[i], 20 + (start - 20) * keep * keep, 60);
        }
        rc_arena_free(arena);
    }
}

/* ---- Under the hood ---------------------------------------------------------------------------
 */

/* What a call is short for, written out: with the same draws, bit for bit or nearly so. */
static void a_process_is_its_recursion(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    harness with, without;
    prepare(&with, "quarter",
            "inputs:\n  k: uniform(0.2, 2)\n"
            "series:\n  x: mean_reverting(uniform(1, 2), 4, k, 0.3)\n"
            "  lagged: prev(x) + lag(x, 3)\n"
            "  mixed: max(gbm(5, 2%, 40%), 5) + 0\n"
            "outputs:\n  o: sum(x)\n  l: sum(lagged)\n  m: last(mixed)\n",
            256, arena);
    prepare(&without, "quarter",
            "inputs:\n  k: uniform(0.2, 2)\n"
            "series:\n  x:\n    value: 4 + exp(-k * dt) * (prev(x) - 4) + 0.3 * sqrt((1 - exp(-2 * "
            "k * dt)) / (2 * k)) * each(normal(0, 1))\n    initial: uniform(1, 2)\n"
            "  lagged: prev(x) + lag(x, 3)\n"
            "  mixed: max(5 * exp(cumulative((2% - 0.4^2 / 2) * dt + 0.4 * sqrt(dt) * "
            "each(normal(0, 1)))), 5) + 0\n"
            "outputs:\n  o: sum(x)\n  l: sum(lagged)\n  m: last(mixed)\n",
            256, arena);
    static const char *const names[] = {"o", "l", "m"};
    for (size_t c = 0; c < 3; c++)
        for (size_t i = 0; i < with.sampler.trials; i++)
            close_to(output(&with, names[c])[i], output(&without, names[c])[i], 100);
    assert_int_equal(with.model->n_draws, 4);
    assert_ptr_equal(with.model->draws[1]->entry, rc_model_find(with.model, "x"));
    assert_string_equal(with.model->draws[1]->stream, "x");   /* its noise */
    assert_string_equal(with.model->draws[2]->stream, "x#2"); /* what its arguments draw */
    assert_true(with.model->draws[1]->each && !with.model->draws[2]->each);
    rc_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_those_of_the_closed_forms),
        cmocka_unit_test(paths_without_noise_are_exact),
        cmocka_unit_test(a_process_is_its_recursion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
