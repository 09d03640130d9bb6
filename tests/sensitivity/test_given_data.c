/* SPDX-License-Identifier: GPL-3.0-or-later */
/* break_even, scenario, pawn and delta against closed forms and integrals by R 4.2 (integrate,
 * pnorm), under both samplers; what holds for every input set: dummies stay within their null band,
 * and 0 <= EVPPI <= EVPI, a group no less than its parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "study.h"

static const char *const samplers[] = {"sobol", "random"};
#define EACH_SAMPLER(i) for (int i = 0; i < 2; i++)

static rc_run_options with(int sampler, uint64_t seed) {
    return (rc_run_options){
        .sampler = samplers[sampler], .seed = seed, .trials = 1 << 14, .threads = 2};
}

static double se_of(const rc_estimate *e) {
    return (e->high - e->value) / 2.1314495455597742;
}

/* A part of a row: `more` is what the method itself says that it is off by */
static void part_near(const rc_ranking *r, const char *name, size_t c, double truth, double more) {
    const rc_estimate *e = &study_row(r, name)->score[c];
    if (!(fabs(e->value - truth) <= 4 * se_of(e) + more)) {
        print_error("%s %zu of %s: %.17g, truth %.17g, standard error %g\n", r->method->name, c,
                    name, e->value, truth, se_of(e));
        fail();
    }
}

/* ---- break_even ---- */

/* E[y | x] = 0.5 - x, E[y | z] = 0.5 + z: crossings at 0.5 and -0.5; E[y] = 0.5 pays. Within a
 * cell of 1/1024 the crossing is drawn straight: far below a tenth of a cell. */
static void crossings(void **state) {
    (void)state;
    EACH_SAMPLER(i) {
        studied t;
        assert_int_equal(study_text(&t,
                                    "roicast: 1\n"
                                    "inputs:\n"
                                    "  x: normal(0, 1)\n"
                                    "  z: normal(0, 1)\n"
                                    "  small: normal(0, 0.01)\n"
                                    "outputs:\n"
                                    "  y: 0.5 - x + z + small\n",
                                    "y", with(i, 3)),
                         RC_OK);
        rc_ranking r = study_rank(&t, "break_even");
        part_near(&r, "x", 1, 0.691462461274013, 1e-4);
        part_near(&r, "x", 2, 0.5, 1e-3);
        part_near(&r, "z", 1, 0.308537538725987, 1e-4);
        part_near(&r, "z", 2, -0.5, 1e-3);
        part_near(&r, "z", 0, 2 * 0.308537538725987, 2e-4);
        assert_true(isnan(study_row(&r, "small")->score[0].value)); /* 50 sd away */
        assert_true(se_of(&study_row(&r, "x")->score[1]) < 0.05);
        const rc_drivers *d = rc_drivers_of(t.study, &r, 1, 2, t.arena);
        assert_true(d->pays);
        assert_int_equal(d->n_break_evens, 2);
        for (size_t k = 0; k < 2; k++) {
            const rc_break_even *e = &d->break_evens[k];
            assert_true(e->rising == (strcmp(e->bar->name, "z") == 0));
            assert_true(fabs(e->median) < 0.02 && !e->whether);
        }
        study_end(&t);
    }
}

/* With the harm it loses, without it it pays: 30% of cases. A group or several draws have no value
 */
static void whether_it_happens(void **state) {
    (void)state;
    studied t;
    assert_int_equal(study_text(&t,
                                "roicast: 1\n"
                                "timeline: {years: 1}\n"
                                "inputs: {both: \"normal(0, 2) + noise * 0 + normal(0, 2)\", "
                                "noise: \"normal(0, 0.1)\"}\n"
                                "benefits: {gain: {value: 4 + both, kind: saving}}\n"
                                "costs: {spent: {value: 0.001, per: once}}\n"
                                "risks: {harm: {probability: 30%, impact: \"uniform(9, 11)\", "
                                "at: 1}}\n",
                                "npv", with(0, 1)),
                     RC_OK);
    rc_ranking r = study_rank(&t, "evppi");
    const rc_drivers *d = rc_drivers_of(t.study, &r, 1, 0, t.arena);
    assert_int_equal(d->n_break_evens, 2);
    for (size_t k = 0; k < 2; k++) {
        const rc_break_even *e = &d->break_evens[k];
        bool harm = strcmp(e->bar->name, "harm") == 0;
        assert_true(e->whether == harm);
        if (harm)
            assert_true(!e->rising && fabs(e->share.value - 0.7) < 2. / 1024);
        else
            assert_true(isnan(e->at.value) && isnan(e->median));
    }
    study_end(&t);
}

/* ---- scenario, pawn, delta ---- */

static const char pair[] = "roicast: 1\n"
                           "inputs:\n"
                           "  x: normal(0, 1)\n"
                           "  w: normal(0, 1)\n"
                           "  nothing: normal(0, 1)\n"
                           "outputs:\n"
                           "  y: 3 * x + 4 * w\n";

static void same(void **state) { /* y is x: what each method says of it, exactly */
    (void)state;
    EACH_SAMPLER(i) {
        studied t;
        assert_int_equal(study_text(&t,
                                    "roicast: 1\ninputs: {x: \"normal(0, 1)\"}\n"
                                    "outputs: {y: x}\n",
                                    "y", with(i, 4)),
                         RC_OK);
        rc_ranking r = study_rank(&t, "pawn");
        assert_true(fabs(study_row(&r, "x")->score[0].value - 0.7) < 1e-3);
        assert_true(fabs(study_row(&r, "x")->score[1].value - 0.9) < 1e-3);
        r = study_rank(&t, "delta");
        assert_true(fabs(study_row(&r, "x")->score[0].value - 15. / 16) < 1e-3);
        r = study_rank(&t, "scenario");
        part_near(&r, "x", 0, -1.64485362695147, 1e-3);
        part_near(&r, "x", 1, 1.64485362695147, 1e-3);
        part_near(&r, "x", 2, 0.05, 1e-4);
        part_near(&r, "x", 3, 0.95, 1e-4);
        assert_true(study_notes(&r, "In the worst tenth") && study_notes(&r, "all cases: x."));
        assert_true(study_notes(&r, "In the best tenth"));
        study_end(&t);
    }
}

/* Correlation 0.6 of x and y. Noise lifts distances and areas by at most what it makes of an input
 * without effect, which the null band is above. */
static void correlated(void **state) {
    (void)state;
    EACH_SAMPLER(i) {
        studied t;
        assert_int_equal(study_text(&t, pair, "y", with(i, 5)), RC_OK);
        rc_ranking r = study_rank(&t, "scenario");
        part_near(&r, "x", 0, -1.04817548765, 0);
        part_near(&r, "x", 1, 1.04817548765, 0);
        part_near(&r, "x", 2, 0.147278880956, 0);
        r = study_rank(&t, "pawn");
        part_near(&r, "x", 0, 0.196515156971, r.null_band);
        part_near(&r, "x", 1, 0.437572632553, r.null_band);
        r = study_rank(&t, "delta");
        part_near(&r, "x", 0, 0.233921637882, r.null_band);
        static const char *const all[] = {"scenario", "pawn", "delta"};
        for (size_t m = 0; m < 3; m++) {
            r = study_rank(&t, all[m]);
            assert_true(study_row(&r, "nothing")->chance);
            assert_false(study_row(&r, "x")->chance);
        }
        study_end(&t);
    }
}

static void refused(void **state) {
    (void)state;
    studied t;
    assert_int_equal(study_text(&t, pair, "below_zero(y)", with(0, 5)), RC_OK);
    rc_ranking r;
    assert_int_equal(rc_rank(t.study, rc_method_find("scenario"), &r, &t.err), RC_USAGE);
    assert_non_null(strstr(t.err.message, "--target y"));
    study_end(&t);
}

/* ---- Dummies, a hundred seeds ---- */

/* The score of an input without effect lies above its band with a probability of at most 1 in
 * 1,000: 4 sd of the rank correlation, which is normal, is 6e-5 (two sides); for the others mean +
 * 4 sd of 20 dummies is a prediction bound: t with 19 degrees of freedom above 4 / sqrt(1 + 1/20)
 * = 3.90 has 4.8e-4, and a half-normal tail no more than double that. Of 100 seeds and 3 dummies
 * 300 scores a method, so at most 0.3 are expected above; more than 3 happen once in 3,700
 * (Poisson). */
static void hundred_seeds(void **state) {
    (void)state;
    static const char *const methods[] = {"rank", "loss", "evppi"};
    enum { M = sizeof methods / sizeof *methods };
    unsigned above[M] = {0};
    for (uint64_t seed = 1; seed <= 100; seed++) {
        studied t;
        rc_run_options o = with(1, seed);
        o.trials = 1 << 10;
        o.threads = 1; /* so small that threads would wait for each other */
        assert_int_equal(study_text(&t,
                                    "roicast: 1\n"
                                    "inputs:\n"
                                    "  x: uniform(-1, 3)\n"
                                    "  z: exp(uniform(-1, 1))\n"
                                    "  dummy1: uniform(0, 1)\n"
                                    "  dummy2: exp(uniform(-5, 5))\n"
                                    "  dummy3: bernoulli(0.2)\n"
                                    "outputs:\n"
                                    "  y: x - 0.5 * z\n",
                                    "y", o),
                         RC_OK);
        for (size_t m = 0; m < M; m++) {
            rc_ranking r = study_rank(&t, methods[m]);
            for (size_t k = 0; k < r.n_rows; k++)
                above[m] += strncmp(r.rows[k].bar->name, "dummy", 5) == 0 && !r.rows[k].chance;
            assert_false(study_row(&r, "x")->chance);
        }
        study_end(&t);
    }
    for (size_t m = 0; m < M; m++) {
        if (above[m] > 3)
            print_error("%s: %u of 300 dummies above their null band\n", methods[m], above[m]);
        assert_true(above[m] <= 3);
    }
}

/* ---- Inequalities of what knowing is worth ---- */

static uint64_t next(uint64_t *state) { /* splitmix64 */
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* Models made at random: five inputs of random weight, products across groups, groups of two and of
 * four. 0 <= EVPPI(S) <= EVPPI(T) <= EVPI for S in T: the last holds case by case, the others
 * within four standard errors of the difference (of both, added up: they go together). A group is
 * fitted as the sum of functions of its members, of which a member's own is one. */
static void inequalities(void **state) {
    (void)state;
    uint64_t random = 7;
    for (int model = 0; model < 12; model++) {
        char text[1024];
        double w[6];
        for (int k = 0; k < 6; k++)
            w[k] = (double)(next(&random) % 200) / 100 - 1;
        snprintf(
            text, sizeof text,
            "roicast: 1\n"
            "inputs:\n"
            "  a: {value: \"normal(0, 1)\", group: two}\n"
            "  b: {value: \"uniform(-2, 2)\", group: two}\n"
            "  c: {value: \"lognormal(median=1, sigma=0.5)\"}\n"
            "  d: {value: \"normal(0, 1)\"}\n"
            "  e: {value: \"bernoulli(0.3)\"}\n"
            "groups: {four: [c, d, e]}\n"
            "outputs:\n"
            "  y: %.2f * a + %.2f * b + %.2f * c + %.2f * d + %.2f * e + %.2f * a * d + %.2f * a * b\n",
            w[0], w[1], w[2], w[3], 2 * w[4], w[5], 2 * w[(model + 1) % 6]);
        studied t;
        rc_run_options o = with(model % 2, (uint64_t)model + 1);
        o.trials = 1 << 13;
        o.threads = 1;
        assert_int_equal(study_text(&t, text, "y", o), RC_OK);
        rc_ranking r = study_rank(&t, "evppi");
        for (size_t k = 0; k < r.n_rows; k++) {
            assert_true(r.rows[k].score[0].value >= 0);
            assert_true(r.rows[k].score[0].value <= r.fact.value);
        }
        for (size_t k = 0; k < r.n_entries; k++) {
            const char *name = r.rows[k].bar->name;
            const char *group = strcmp(name, "a") == 0 || strcmp(name, "b") == 0 ? "two" : "four";
            const rc_estimate *one = &r.rows[k].score[0], *all = &study_row(&r, group)->score[0];
            if (!(one->value <= all->value)) {
                print_error("model %d: %s %g, its group %g\n%s", model, name, one->value,
                            all->value, text);
                fail();
            }
        }
        study_end(&t);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crossings),    cmocka_unit_test(whether_it_happens),
        cmocka_unit_test(same),         cmocka_unit_test(correlated),
        cmocka_unit_test(refused),      cmocka_unit_test(hundred_seeds),
        cmocka_unit_test(inequalities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
