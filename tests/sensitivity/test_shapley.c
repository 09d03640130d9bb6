/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shapley effects against closed forms and quadrature, within four of their own standard errors;
 * that they add up; players that are no bars; the same bytes however they are computed. */
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
    o.trials = 4096;
    return o;
}

static double sum_of(const rc_ranking *r) {
    double sum = 0;
    for (size_t i = 0; i < r->n_entries; i++)
        sum += r->rows[i].score[0].value;
    return sum;
}

typedef struct known {
    const char *text;
    struct {
        const char *name;
        double share;
    } shares[3];
} known;

#define LINEAR(rho)                                                                                \
    "roicast: 1\ninputs: {x1: \"normal(0, 1)\", x2: \"normal(0, 1)\", x3: \"normal(0, 2)\"}\n"     \
    "outputs: {y: x1 + x2 + x3}\ncorrelations: [[x2, x3, " rho "]]\n"
#define PAIR(copula)                                                                               \
    "roicast: 1\ninputs: {a: \"uniform(0, 1)\", b: \"uniform(0, 1)\"}\noutputs: {y: 2 * a + b}\n"  \
    "correlations: {copula: " copula ", pairs: [[a, b, 0.6]]}\n"

/* Spearman's rho 6/pi asin(r/2) of Pearson's r = 0.5 and 0.9; the closed forms and Ishigami are
 * those of cases/truth.md. Pairs: the effect of a is (V(E[y|a]) + V(y) - V(E[y|b])) / 2 / V(y), by
 * Gauss-Legendre quadrature of the conditional distributions in numpy, 1,500 and 3,000 nodes. */
static const known all[] = {
    {"roicast: 1\ninputs: {x1: \"uniform(-pi, pi)\", x2: \"uniform(-pi, pi)\", x3: "
     "\"uniform(-pi, pi)\"}\noutputs: {y: sin(x1) + 7 * sin(x2)^2 + 0.1 * x3^4 * sin(x1)}\n",
     {{"x1", .435747023178885319}, {"x2", .442411144790040815}, {"x3", .121841832031073866}}},
    {LINEAR("0.4825837395309974"), {{"x1", .125}, {"x2", .296875}, {"x3", .578125}}},
    {LINEAR("0.8914561316801003"),
     {{"x1", .10416666666666667}, {"x2", .41822916666666667}, {"x3", .47760416666666667}}},
    {PAIR("clayton"), {{"a", .62218208900}, {"b", .37781791100}}},
    {PAIR("gumbel"), {{"a", .6266664}, {"b", .3733336}}},
    {PAIR("frank"), {{"a", .62967392262}, {"b", .37032607738}}},
};

static void known_effects(void **state) {
    (void)state;
    static const char *const samplers[] = {"sobol", "random"};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        for (int s = 0; s < 2; s++) {
            studied t;
            assert_int_equal(study_text(&t, all[k].text, "y", options(samplers[s], 1, 2)), RC_OK);
            rc_ranking r = study_rank(&t, "shapley");
            for (int i = 0; i < 3 && all[k].shares[i].name != NULL; i++)
                assert_near(&r, all[k].shares[i].name, all[k].shares[i].share, 5e-8);
            assert_true(fabs(sum_of(&r) - 1) < 1e-12);
            study_end(&t);
        }
}

/* An input of no effect has none, exactly; groups and what is in none of them add up too. */
static void groups_and_nothing(void **state) {
    (void)state;
    studied t;
    assert_int_equal(study_text(&t,
                                "roicast: 1\n"
                                "inputs:\n"
                                "  a: {value: \"normal(0, 1)\", group: g}\n"
                                "  b: {value: \"normal(0, 2)\", group: g}\n"
                                "  c: normal(0, 2)\n"
                                "  idle: normal(0, 1)\n"
                                "outputs: {y: a + b + c + 0 * idle}\n",
                                "y", options("sobol", 1, 2)),
                     RC_OK);
    rc_ranking r = study_rank(&t, "shapley");
    assert_near(&r, "a", 1 / 9.0, 0);
    assert_near(&r, "g", 5 / 9.0, 0);
    assert_true(study_row(&r, "idle")->score[0].value == 0);
    assert_true(fabs(sum_of(&r) - 1) < 1e-12);
    study_end(&t);
}

/* Rows of one file: two inputs that are one. The scale of a Student group belongs to no input. */
static void players_that_are_no_bars(void **state) {
    (void)state;
    studied t;
    assert_int_equal(study_text(&t,
                                "roicast: 1\ninputs: {x: \"normal(0, 1)\", z: \"normal(0, 1)\"}\n"
                                "outputs: {y: x * z}\n"
                                "correlations: {copula: student(3), pairs: [[x, z, 0.0]]}\n",
                                "y", options("sobol", 1, 2)),
                     RC_OK);
    rc_ranking r = study_rank(&t, "shapley");
    const rc_estimate x = study_row(&r, "x")->score[0], z = study_row(&r, "z")->score[0];
    double se = ((x.high - x.value) + (z.high - z.value)) / 2.1314495455597742;
    assert_true(fabs(x.value - z.value) <= 4 * se); /* alike */
    assert_true(sum_of(&r) < 0.99);
    assert_true(study_notes(&r, "belongs to what is no input"));
    study_end(&t);
}

/* z goes away but for the last digits: it does nothing. */
static void rounding_is_no_effect(void **state) {
    (void)state;
    static const char *const methods[] = {"shapley", "sobol"};
    studied t;
    assert_int_equal(study_text(&t,
                                "roicast: 1\ninputs: {x: \"uniform(1, 2)\", z: \"uniform(1, 2)\"}\n"
                                "outputs: {y: x * z / z - 1.5}\n",
                                "y", options("sobol", 1, 2)),
                     RC_OK);
    for (size_t i = 0; i < 2; i++) {
        rc_ranking r = study_rank(&t, methods[i]);
        const rc_ranked *z = study_row(&r, "z");
        assert_true(z->score[0].value == 0 && z->score[0].low == 0 && z->score[0].high == 0);
        assert_true(z->chance);
        assert_false(study_row(&r, "x")->chance);
    }
    study_end(&t);
}

static void same_bytes(void **state) {
    (void)state;
    rc_estimate first[3] = {{0}};
    for (int run = 0; run < 3; run++) {
        studied t;
        rc_run_options o = options("sobol", 3, run == 0 ? 1 : 7);
        o.isa = run == 2 ? "sse2" : NULL;
        assert_int_equal(study_text(&t, LINEAR("0.5"), "y", o), RC_OK);
        rc_ranking r = study_rank(&t, "shapley");
        for (size_t i = 0; i < 3; i++) {
            if (run == 0)
                first[i] = r.rows[i].score[0];
            assert_memory_equal(&first[i], &r.rows[i].score[0], sizeof first[i]);
        }
        study_end(&t);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_effects),
        cmocka_unit_test(groups_and_nothing),
        cmocka_unit_test(players_that_are_no_bars),
        cmocka_unit_test(rounding_is_no_effect),
        cmocka_unit_test(same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
