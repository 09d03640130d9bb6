/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods against closed forms, under both samplers; tolerances are the methods' own standard
 * errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "study.h"

static const char *const samplers[] = {"sobol", "random"};
#define EACH_SAMPLER(i) for (int i = 0; i < 2; i++)

static rc_run_options with(int sampler, uint64_t seed) {
    return (rc_run_options){.sampler = samplers[sampler], .seed = seed, .threads = 2};
}

static const char ishigami[] = "roicast: 1\n"
                               "inputs:\n"
                               "  x1: uniform(-pi, pi)\n"
                               "  x2: uniform(-pi, pi)\n"
                               "  x3: uniform(-pi, pi)\n"
                               "outputs:\n"
                               "  y: sin(x1) + 7 * sin(x2)^2 + 0.1 * x3^4 * sin(x1)\n";

/* S of the closed form, a = 7, b = 0.1 (Ishigami and Homma 1990) */
static void first_order_of_ishigami(void **state) {
    (void)state;
    EACH_SAMPLER(i) {
        studied t;
        assert_int_equal(study_text(&t, ishigami, "y", with(i, 3)), RC_OK);
        rc_ranking r = study_rank(&t, "first_order");
        assert_near(&r, "x1", 0.313905191147811450, 0);
        assert_near(&r, "x2", 0.442411144790040815, 0);
        assert_near(&r, "x3", 0, 0);
        assert_string_equal(r.rows[0].bar->name, "x2");
        assert_true(r.rows[0].probability > 0.99);
        assert_true(study_row(&r, "x3")->chance);
        study_end(&t);
    }
}

static const char linear[] = "roicast: 1\n"
                             "inputs:\n"
                             "  x1: normal(0, 1)\n"
                             "  x2: normal(5, 1)\n"
                             "  x3: normal(0, 2)\n"
                             "outputs:\n"
                             "  y: x1 - x2 + x3\n";

/* Y normal: Spearman = 6/pi asin(rho/2), S = rho^2, rho = sd_i / sqrt(6) */
static void linear_normals(void **state) {
    (void)state;
    double pi = 3.14159265358979323846, small = 1 / sqrt(6.0), large = 2 / sqrt(6.0);
    EACH_SAMPLER(i) {
        studied t;
        assert_int_equal(study_text(&t, linear, "y", with(i, 1)), RC_OK);
        rc_ranking rank = study_rank(&t, "rank"), first = study_rank(&t, "first_order");
        assert_near(&rank, "x1", 6 / pi * asin(small / 2), 0);
        assert_near(&rank, "x2", -6 / pi * asin(small / 2), 0);
        assert_near(&rank, "x3", 6 / pi * asin(large / 2), 0);
        /* straight pieces of the normal quantile miss 6.5e-5 of its variance (quadrature) */
        assert_near(&first, "x1", 1.0 / 6, 6.5e-5 / 6);
        assert_near(&first, "x3", 4.0 / 6, 4 * 6.5e-5 / 6);
        rc_ranking variance = study_rank(&t, "variance");
        double sum = 0;
        for (size_t k = 0; k < variance.n_rows; k++)
            sum += fabs(variance.rows[k].score[0].value);
        assert_true(fabs(sum - 1) < 1e-12);
        assert_true(study_row(&variance, "x2")->score[0].value < 0);
        study_end(&t);
    }
}

/* Correlated normals: Spearman of x2 with Y = x1 + x2 + x3 counts what it has in common with x3,
 * rank regression does not. sd 1, 1, 2, normal correlation r of x2 and x3. */
static void correlated_normals(void **state) {
    (void)state;
    studied t;
    assert_int_equal(study_text(&t,
                                "roicast: 1\n"
                                "inputs:\n"
                                "  x1: normal(0, 1)\n"
                                "  x2: normal(0, 1)\n"
                                "  x3: normal(0, 2)\n"
                                "correlations: [[x2, x3, 0.482583957]]\n" /* normal: 0.5 */
                                "outputs:\n"
                                "  y: x1 + x2 + x3\n",
                                "y", with(0, 1)),
                     RC_OK);
    double pi = 3.14159265358979323846;
    rc_ranking rank = study_rank(&t, "rank"), regression = study_rank(&t, "regression");
    assert_near(&rank, "x1", 6 / pi * asin(1 / sqrt(8.0) / 2), 0);
    assert_near(&rank, "x2", 6 / pi * asin(2 / sqrt(8.0) / 2), 0); /* cov = 1 + .5 * 2 */
    assert_near(&rank, "x3", 6 / pi * asin(5 / (2 * sqrt(8.0)) / 2), 0);
    /* the normal equations of ranks: S b = c with the Spearman correlations of all pairs */
    double s23 = 6 / pi * asin(0.25), c2 = 6 / pi * asin(1 / sqrt(8.0)),
           c3 = 6 / pi * asin(5 / (4 * sqrt(8.0)));
    assert_near(&regression, "x1", 6 / pi * asin(1 / sqrt(8.0) / 2), 0);
    assert_near(&regression, "x2", (c2 - s23 * c3) / (1 - s23 * s23), 0);
    assert_near(&regression, "x3", (c3 - s23 * c2) / (1 - s23 * s23), 0);
    assert_string_equal(regression.fact_name, "r_squared");
    assert_true(regression.fact.value > 0.9 && regression.fact.value < 1);
    study_end(&t);
}

/* NB = p1 - p2 against nothing: unit normal loss integrals (shared cases; R package voi) */
static void value_of_information(void **state) {
    (void)state;
    EACH_SAMPLER(i) {
        studied t;
        assert_int_equal(study_text(&t,
                                    "roicast: 1\n"
                                    "inputs:\n"
                                    "  p1: normal(1, 1)\n"
                                    "  p2: normal(0, 2)\n"
                                    "  nothing: normal(0, 2)\n"
                                    "outputs:\n"
                                    "  nb: p1 - p2\n",
                                    "nb", with(i, 5)),
                         RC_OK);
        rc_ranking r = study_rank(&t, "evppi");
        assert_string_equal(r.about, "nb");
        assert_near(&r, "p1", 0.083315470587686298, 0);
        assert_near(&r, "p2", 0.39559311480261206, 0);
        assert_true(study_row(&r, "nothing")->score[0].value < 1e-3);
        assert_string_equal(r.fact_name, "evpi");
        double se = (r.fact.high - r.fact.value) / 2.1314495455597742;
        assert_true(fabs(r.fact.value - 0.47981070634839241) <= 4 * se);
        for (size_t k = 0; k < r.n_rows; k++) {
            assert_true(r.rows[k].score[0].value >= 0);
            assert_true(r.rows[k].score[0].value <= r.fact.value);
        }
        study_end(&t);
    }
}

/* A risk is one bar: probability 0.3 of a harm of 10, npv = 4 - harm. Knowing whether it happens:
 * E max(W, 0) - max(E W, 0) = 0.7 * 4 - 1 = 1.8 */
static void one_bar_a_risk(void **state) {
    (void)state;
    studied t;
    assert_int_equal(study_text(&t,
                                "roicast: 1\n"
                                "timeline: {years: 1}\n"
                                "inputs: {noise: \"normal(0, 0.1)\"}\n"
                                "benefits: {gain: {value: 4 + noise, kind: saving}}\n"
                                "costs: {spent: {value: 0.001, per: once}}\n"
                                "risks: {harm: {probability: 30%, impact: \"uniform(9, 11)\", "
                                "at: 1}}\n",
                                "npv", with(0, 1)),
                     RC_OK);
    assert_int_equal(t.study->n_entries, 2);
    rc_ranking worth = study_rank(&t, "evppi"), loss = study_rank(&t, "loss");
    assert_near(&worth, "harm", 0.7 * 3.999 - (3.999 - 3), 0.002); /* noise beside the decision */
    const rc_ranked *row = study_row(&loss, "harm");
    assert_true(row->score[1].value == 0 && row->score[2].value == 1);
    assert_int_equal(study_row(&worth, "harm")->bar->kind, RC_BAR_RISK);
    study_end(&t);
}

/* Change of the mean between tenths: E[X | tenth] of a uniform runs from .05 to .95 */
static void tornado_of_a_line(void **state) {
    (void)state;
    static const char text[] = "roicast: 1\n"
                               "inputs:\n"
                               "  a: uniform(0, 1)\n"
                               "  b: uniform(0, 2)\n"
                               "outputs:\n"
                               "  y: a + b\n";
    studied t;
    assert_int_equal(study_text(&t, text, "y.mean", with(0, 1)), RC_OK);
    rc_ranking r = study_rank(&t, "tornado");
    assert_near(&r, "a", 0.9, 0);
    assert_near(&r, "b", 1.8, 0);
    assert_true(fabs(study_row(&r, "b")->score[1].value - 0.6) < 1e-3);
    study_end(&t);
    assert_int_equal(study_text(&t, text, "y.p50", with(0, 1)), RC_OK);
    r = study_rank(&t, "tornado");
    assert_near(&r, "b", 1.8, 0.01); /* given b's tenth the sum is symmetric: median = mean */
    rc_ranking none;
    assert_int_equal(rc_rank(t.study, rc_method_find("rank"), &none, &t.err), RC_USAGE);
    study_end(&t);
}

/* Entries are bars: two draws in one are one, a group is one, an own value counts, not its draw */
static void bars(void **state) {
    (void)state;
    studied t;
    assert_int_equal(study_text(&t,
                                "roicast: 1\n"
                                "factors: {f: \"max(normal(0, 1), 0)\"}\n"
                                "inputs:\n"
                                "  both: uniform(0, 1) * uniform(0, 1)\n"
                                "  mixed: f * normal(0, 1) * uniform(1, 2)\n"
                                "  g1: {value: \"normal(0, 1)\", group: g}\n"
                                "  g2: {value: \"normal(0, 1)\", group: g}\n"
                                "outputs: {y: both + mixed + (g1 + g2) / sqrt(2) + f}\n",
                                "y", with(0, 1)),
                     RC_OK);
    const rc_study *s = t.study;
    assert_int_equal(s->n_entries, 5);
    assert_int_equal(s->n_groups, 1);
    assert_int_equal(s->entries[0].bar->kind, RC_BAR_FACTOR);
    double least = INFINITY;
    for (size_t i = 0; i < s->n; i++)
        least = fmin(least, s->entries[0].one.x[i]);
    assert_true(least == 0);
    assert_int_equal(s->entries[1].bar->n_columns, 1);
    assert_int_equal(s->entries[2].bar->n_columns, 2);
    assert_true(s->entries[2].index && !s->entries[1].index);
    assert_int_equal(s->groups[0].bar->n_columns, 2);
    rc_ranking r = study_rank(&t, "first_order");
    double one = study_row(&r, "g1")->score[0].value, group = study_row(&r, "g")->score[0].value;
    assert_true(fabs(group - 2 * one) < 0.01); /* independent and additive */
    study_end(&t);
}

/* E[Ishigami | x2] = 7 sin^2(x2) touches 0 and never falls below: knowing x2 changes no decision,
 * but a fit dips below 0 where it touches. No dummy does that, so their band is 0; its own interval
 * tells. */
static void touches_zero(void **state) {
    (void)state;
    studied t;
    assert_int_equal(study_text(&t, ishigami, "y", with(0, 1)), RC_OK);
    rc_ranking r = study_rank(&t, "evppi");
    const rc_ranked *x2 = study_row(&r, "x2");
    assert_true(r.null_band == 0 && x2->score[0].value > 0 && x2->score[0].low == 0);
    assert_true(x2->chance);
    study_end(&t);
}

/* Trials without a value: rank leaves them out, what needs numbers refuses and names npv, if there
 * is one */
static void undefined(void **state) {
    (void)state;
    studied t;
    assert_int_equal(study_text(&t,
                                "roicast: 1\n"
                                "inputs: {a: \"uniform(-1, 3)\", b: \"uniform(0, 1)\"}\n"
                                "outputs: {y: sqrt(a) + b}\n",
                                "y", with(0, 1)),
                     RC_OK);
    assert_int_equal(t.study->n, 3 * 65536 / 4);
    rc_ranking r = study_rank(&t, "rank");
    assert_true(study_row(&r, "a")->score[0].value > 0.5);
    rc_ranking none;
    rc_error err = {0};
    assert_int_equal(rc_rank(t.study, rc_method_find("first_order"), &none, &err), RC_INPUT);
    assert_non_null(strstr(err.message, "take --method rank"));
    assert_null(strstr(err.message, "npv")); /* there is none */
    err = (rc_error){0};
    assert_int_equal(rc_rank(t.study, rc_method_find("evppi"), &none, &err), RC_INPUT);
    assert_non_null(strstr(err.message, "take a target that has one"));
    study_end(&t);
    assert_int_equal(study_text(&t,
                                "roicast: 1\ncurrency: USD\ntimeline: {years: 2}\n"
                                "inputs: {a: \"uniform(0, 3)\"}\n"
                                "benefits: {b: {value: a, kind: saving}}\n"
                                "costs: {c: {value: 2, per: once}}\n",
                                "payback", with(0, 1)),
                     RC_OK);
    err = (rc_error){0};
    assert_int_equal(rc_rank(t.study, rc_method_find("first_order"), &none, &err), RC_INPUT);
    assert_non_null(strstr(err.message, "take --target npv, or --method rank"));
    study_end(&t);
}

/* Given x2 > 5, Y = x1 - x2 + x3 has the variance of a half normal from it: 1 - 2 / pi instead of 1
 */
static void given(void **state) {
    (void)state;
    EACH_SAMPLER(i) {
        studied t;
        assert_int_equal(study_text(&t, linear, "y", with(i, 4)), RC_OK);
        rc_condition above = {"x2", RC_MORE, 5};
        rc_given half = {"x2 > 5", &above, 1};
        const rc_study *s;
        assert_int_equal(rc_study_new(t.result, "y", &half, NULL, 2, t.arena, &s, &t.err), RC_OK);
        assert_true(fabs((double)s->n / (double)t.study->n - 0.5) < 0.01);
        t.study = s;
        rc_ranking r = study_rank(&t, "first_order");
        double half_normal = 1 - 2 / 3.14159265358979323846, all = 1 + 4 + half_normal;
        assert_near(&r, "x1", 1 / all, 2e-4 / all); /* pieces miss 1.4e-4 with one halving less */
        assert_near(&r, "x2", half_normal / all, 2e-4 / all);
        assert_near(&r, "x3", 4 / all, 4 * 2e-4 / all);
        above.name = "x4";
        assert_int_equal(rc_study_new(t.result, "y", &half, NULL, 2, t.arena, &s, NULL), RC_USAGE);
        above = (rc_condition){"x2", RC_MORE, 50};
        assert_int_equal(rc_study_new(t.result, "y", &half, NULL, 2, t.arena, &s, NULL), RC_INPUT);
        study_end(&t);
    }
}

/* Every method gives the same bits on any number of threads */
static void same_bits(void **state) {
    (void)state;
    studied a, b;
    rc_run_options one = {.seed = 1, .threads = 1, .isa = "sse2", .trials = 4096};
    rc_run_options three = {.seed = 1, .threads = 3, .trials = 4096};
    assert_int_equal(study_text(&a, ishigami, "y", one), RC_OK);
    assert_int_equal(study_text(&b, ishigami, "y", three), RC_OK);
    for (size_t m = 0; m < rc_method_count(); m++) {
        rc_ranking x = study_rank(&a, rc_method_at(m)->name);
        rc_ranking y = study_rank(&b, rc_method_at(m)->name);
        assert_int_equal(x.n_rows, y.n_rows);
        assert_memory_equal(&x.null_band, &y.null_band, sizeof x.null_band);
        for (size_t i = 0; i < x.n_rows; i++) {
            assert_memory_equal(&x.rows[i].score[0], &y.rows[i].score[0], sizeof(rc_estimate));
            assert_true(x.rows[i].probability == y.rows[i].probability);
            assert_int_equal(x.rows[i].rank, y.rows[i].rank);
        }
    }
    study_end(&a);
    study_end(&b);
}

/* A risk that happens in one case of two hundred and does nothing to the target: its few cases
 * scatter more than tenths do, and still it is never told from chance. Four standard deviations:
 * six in 100,000. */
static void a_rare_event_without_effect(void **state) {
    (void)state;
    static const char text[] =
        "roicast: 1\ntimeline: {years: 1}\n"
        "inputs: {x: \"normal(0, 1)\", other: \"uniform(0, 1)\"}\n"
        "benefits: {b: 100 + other}\ncosts: {c: 10}\n"
        "risks: {rare: {probability: 0.5%, at: 0.5, impact: 50}}\noutputs: {y: x + 0 * other}\n";
    for (uint64_t seed = 1; seed <= 40; seed++) {
        studied t;
        rc_run_options o = {.trials = 8192, .sampler = "random", .seed = seed, .threads = 2};
        assert_int_equal(study_text(&t, text, "y", o), RC_OK);
        rc_ranking r = study_rank(&t, "loss");
        assert_true(study_row(&r, "rare")->chance);
        assert_true(study_row(&r, "other")->chance);
        assert_false(study_row(&r, "x")->chance);
        study_end(&t);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_order_of_ishigami),
        cmocka_unit_test(linear_normals),
        cmocka_unit_test(correlated_normals),
        cmocka_unit_test(value_of_information),
        cmocka_unit_test(one_bar_a_risk),
        cmocka_unit_test(tornado_of_a_line),
        cmocka_unit_test(bars),
        cmocka_unit_test(touches_zero),
        cmocka_unit_test(undefined),
        cmocka_unit_test(same_bits),
        cmocka_unit_test(given),
        cmocka_unit_test(a_rare_event_without_effect),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
