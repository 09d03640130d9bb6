/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What it is worth to know before one chooses among several: closed forms of normals, a risk as one
 * factor, groups, and what must hold whatever the models: 0 <= EVPPI <= EVPI, copies change
 * nothing, order changes nothing. Quadratures by scipy 1.10 (Debian 12): E max of independent
 * normals is the integral of 1 - prod Phi((t - m) / s) over t > 0 less that of the product over t <
 * 0. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COMPARED_TRIALS (1 << 13)
#include "decide/compared.h"

#include <stdio.h>

static const rc_ranked *row_of(const compared *t, const char *name) {
    const rc_ranking *worth = rc_drivers_ranking(t->c.factors, "evppi");
    for (size_t i = 0; i < worth->n_rows; i++)
        if (strcmp(worth->rows[i].bar->name, name) == 0)
            return &worth->rows[i];
    fail_msg("no bar `%s`", name);
    return NULL;
}

static rc_estimate worth_of(const compared *t, const char *name) {
    return row_of(t, name)->score[0];
}

static bool alike(rc_estimate a, rc_estimate b) {
    return memcmp(&a, &b, sizeof a) == 0;
}

#define ONE(name) MODEL("inputs: {" name ": \"normal(0, 1)\"}\noutputs: {y: " name "}\n")

/* Three that share nothing: E max = 3 / (2 sqrt pi), E max of one and two zeros = 1 / sqrt(2 pi) */
static void three_alike(void **state) {
    (void)state;
    static const char *const texts[] = {ONE("p"), ONE("q"), ONE("r"), NULL};
    static const char *const samplers[] = {"sobol", "random"};
    for (int s = 0; s < 2; s++) {
        compared t;
        assert_int_equal(compare(&t, texts, samplers[s], 1), RC_OK);
        near(t.c.knowing, 0.84628437532163443);
        near(rc_drivers_ranking(t.c.factors, "evppi")->fact, 0.84628437532163443);
        near(worth_of(&t, "p"), 0.39894228040143268);
        near(worth_of(&t, "q"), 0.39894228040143268);
        near(worth_of(&t, "r"), 0.39894228040143268);
        end(&t);
    }
}

/* Means and spreads that differ: quadrature */
static void three_unlike(void **state) {
    (void)state;
    static const char *const texts[] = {MODEL("inputs: {p: \"normal(1, 2)\"}\noutputs: {y: p}\n"),
                                        MODEL("inputs: {q: \"normal(1.5, 1)\"}\noutputs: {y: q}\n"),
                                        MODEL("inputs: {r: \"normal(0.5, 3)\"}\noutputs: {y: r}\n"),
                                        NULL};
    compared t;
    assert_int_equal(compare(&t, texts, "sobol", 1), RC_OK);
    assert_int_equal(t.c.leader, 1);
    near(t.c.knowing, 1.28592088248437);
    end(&t);
}

/* a = x + e, b = f - x, c = 0.3 + g: E max(x, -x, c) = c (2 Phi(c) - 1) + 2 phi(c);
 * E max(e, c) - c = s phi(c / s) - c (1 - Phi(c / s)); all, and {x, e}, by quadrature over x */
static const char *const crossing[] = {
    MODEL("inputs: {x: {value: \"normal(0, 1)\", group: both}, e: {value: \"normal(0, 0.5)\", "
          "group: both}}\noutputs: {y: x + e}\n"),
    MODEL("inputs: {x: \"normal(0, 1)\", f: \"normal(0, 0.8)\"}\noutputs: {y: f - x}\n"),
    MODEL("inputs: {g: \"normal(0, 0.4)\", idle: \"normal(0, 1)\"}\noutputs: {y: 0.3 + g, z: "
          "idle}\n"),
    NULL};

static void shared_input(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        compared t;
        assert_int_equal(compare(&t, crossing, "sobol", seed), RC_OK);
        near(t.c.knowing, 0.7098313128082734);
        near(worth_of(&t, "x"), 0.5335224842344197);
        near(worth_of(&t, "e"), 0.08433636612087778);
        near(worth_of(&t, "f"), 0.1913350050976323);
        near(worth_of(&t, "g"), 0.052466767148861296);
        near(worth_of(&t, "both"), 0.5777614326478946);
        assert_true(row_of(&t, "idle")->chance);
        assert_string_equal(rc_drivers_ranking(t.c.factors, "evppi")->rows[0].bar->name, "x");
        end(&t);
    }
}

/* Copies of the leader, and of another one, change no bit of what knowing is worth. */
static void copies(void **state) {
    (void)state;
    compared t, u;
    static const char *const names[] = {"x", "e", "f", "g", "both"};
    assert_int_equal(compare(&t, crossing, "sobol", 1), RC_OK);
    for (int k = 0; k < 3; k++) {
        const char *const texts[] = {crossing[0], crossing[1], crossing[2], crossing[k], NULL};
        assert_int_equal(compare(&u, texts, "sobol", 1), RC_OK);
        assert_true(alike(t.c.knowing, u.c.knowing));
        for (size_t i = 0; i < 5; i++)
            assert_true(alike(worth_of(&t, names[i]), worth_of(&u, names[i])));
        end(&u);
    }
    end(&t);
}

/* The sampler `random` draws by name, so that the order changes no draw; Sobol points change
 * places. */
static void any_order(void **state) {
    (void)state;
    static const int orders[][3] = {{0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    static const char *const names[] = {"x", "e", "f", "g", "both"};
    compared t, u;
    assert_int_equal(compare(&t, crossing, "random", 1), RC_OK);
    for (int k = 0; k < 5; k++) {
        const char *const texts[] = {crossing[orders[k][0]], crossing[orders[k][1]],
                                     crossing[orders[k][2]], NULL};
        assert_int_equal(compare(&u, texts, "random", 1), RC_OK);
        assert_true(alike(t.c.knowing, u.c.knowing));
        for (size_t i = 0; i < 5; i++)
            assert_true(alike(worth_of(&t, names[i]), worth_of(&u, names[i])));
        end(&u);
    }
    end(&t);
}

/* 0 <= each <= its group <= all, on sums of five inputs with random weights, four alternatives */
static void inequalities(void **state) {
    (void)state;
    uint32_t random = 1;
    for (int m = 0; m < 4; m++) {
        static char text[4][800];
        const char *const texts[] = {text[0], text[1], text[2], text[3], NULL};
        for (int a = 0; a < 4; a++) {
            double w[6];
            for (int i = 0; i < 6; i++)
                w[i] = (double)((random = random * 1664525u + 1013904223u) >> 16) / 32768 - 1;
            snprintf(text[a], sizeof text[a],
                     "roicast: 1\ninputs:\n  p: {value: \"normal(0, 1)\", group: g}\n"
                     "  q: {value: \"uniform(0, 3)\", group: g}\n  r: {value: \"bernoulli(0.3)\", "
                     "group: h}\n  s: {value: \"lognormal(0, 0.5)\", group: h}\n  u: \"normal(0, "
                     "1)\"\noutputs: {y: %g * p + %g * q + %g * r + %g * s + %g * u + %g}\n",
                     w[0], w[1], 2 * w[2], w[3], w[4], w[5] / 2);
        }
        compared t;
        assert_int_equal(compare(&t, texts, "sobol", 1), RC_OK);
        double all = t.c.knowing.value * (1 + 1e-12);
        double p = worth_of(&t, "p").value, q = worth_of(&t, "q").value;
        double r = worth_of(&t, "r").value, s = worth_of(&t, "s").value;
        double g = worth_of(&t, "g").value, h = worth_of(&t, "h").value;
        assert_true(p >= 0 && q >= 0 && r >= 0 && s >= 0 && worth_of(&t, "u").value >= 0);
        assert_true(worth_of(&t, "u").value <= all && g <= all && h <= all);
        assert_true(p <= g && q <= g && r <= h && s <= h);
        assert_true(all > 0);
        end(&t);
    }
}

/* A risk of one alternative, event and harm together: 15 less a harm of U(0, 40) in 30% of cases
 * against 10: 0.7 * 5 + 0.3 * E max(5 - U, 0) = 3.5 + 0.3 * 12.5 / 40; a third costs 3 more. */
#define RISKY(gain, risk)                                                                          \
    MODEL("timeline: {years: 1}\ncurrency: USD\ncosts: {c: {value: 1, per: once}}\nbenefits: {b: " \
          "{value: " gain ", per: once, kind: saving}}\n" risk)

static void risk_is_one(void **state) {
    (void)state;
    const char *const texts[] = {
        RISKY("11", ""),
        RISKY("16", "risks: {blow: {probability: 30%, impact: \"uniform(0, 40)\", at: 0}}\n"),
        RISKY("8", ""), NULL};
    compared t;
    assert_int_equal(compare_by(&t, texts, "npv", "sobol", 1), RC_OK);
    near(t.c.knowing, 3.59375);
    near(worth_of(&t, "blow"), 3.59375);
    assert_int_equal(rc_drivers_ranking(t.c.factors, "evppi")->n_rows, 1);
    end(&t);
}

/* One or two against nothing: E max(x, 0) - m = phi(m) - m Phi(-m) for N(m, 1); of two that share
 * nothing with means 0, E max(p, q, 0) = (1 + sqrt 2) / (2 sqrt pi), of one known 1 / sqrt(2 pi) */
static void nothing_beside_them(void **state) {
    (void)state;
    compared t;
    static const char *const texts[] = {MODEL("inputs: {x: \"normal(0.2, 1)\"}\noutputs: {y: x}\n"),
                                        ONE("p"), ONE("q"), NULL};
    assert_int_equal(compare(&t, texts, "sobol", 1), RC_OK);
    t.c = (rc_comparison){.alternatives = t.alternatives, .n = 1};
    assert_int_equal(rc_comparison_add_nothing(&t.c, "y", t.arena, &t.err), RC_OK);
    assert_int_equal(rc_comparison_make(&t.c, "y", 2, t.arena, &t.err), RC_OK);
    assert_true(t.c.n == 2 && t.c.leader == 0 && t.c.alternatives[1].nothing);
    near(t.c.knowing, 0.3068946358632765);
    near(worth_of(&t, "x"), 0.3068946358632765);
    near(t.c.alternatives[1].best, 0.42074029056089697); /* Phi(-0.2) */
    end(&t);
    assert_int_equal(compare(&t, texts + 1, "sobol", 1), RC_OK);
    t.c = (rc_comparison){.alternatives = t.alternatives, .n = 2};
    assert_int_equal(rc_comparison_add_nothing(&t.c, "y", t.arena, &t.err), RC_OK);
    assert_int_equal(rc_comparison_make(&t.c, "y", 2, t.arena, &t.err), RC_OK);
    near(t.c.knowing, 0.68103707217531076);
    near(worth_of(&t, "p"), 0.39894228040143268);
    end(&t);
}

/* An input that one alternative draws by itself, or with another correlation, is two draws under
 * one name: to know it is to know both. y = x against y = x drawn anew: E max(x, z) = 1 / sqrt(pi)
 */
static void two_draws_of_one_name(void **state) {
    (void)state;
    static const char *const texts[] = {
        MODEL("inputs: {x: \"normal(0, 1)\"}\noutputs: {y: x}\n"),
        MODEL("inputs: {x: \"if(1 > 2, normal(5, 1), normal(0, 1))\"}\noutputs: {y: x}\n"), NULL};
    compared t;
    assert_int_equal(compare(&t, texts, "random", 1), RC_OK);
    assert_int_equal(row_of(&t, "x")->bar->n_columns, 2);
    near(worth_of(&t, "x"), 0.56418958354775628);
    end(&t);
}

/* Another range is the same draw: one column. */
static void another_range(void **state) {
    (void)state;
    static const char *const texts[] = {
        MODEL("inputs: {x: \"normal(0, 1)\"}\noutputs: {y: x}\n"),
        MODEL("inputs: {x: \"lognormal(0, 1)\"}\noutputs: {y: x}\n"),
        MODEL("inputs: {x: \"bernoulli(0.5)\"}\noutputs: {y: -x}\n"), NULL};
    compared t;
    assert_int_equal(compare(&t, texts, "sobol", 1), RC_OK);
    assert_int_equal(row_of(&t, "x")->bar->n_columns, 1);
    near(worth_of(&t, "x"), t.c.knowing.value); /* it says all */
    end(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_alike),
        cmocka_unit_test(three_unlike),
        cmocka_unit_test(shared_input),
        cmocka_unit_test(copies),
        cmocka_unit_test(any_order),
        cmocka_unit_test(inequalities),
        cmocka_unit_test(risk_is_one),
        cmocka_unit_test(nothing_beside_them),
        cmocka_unit_test(two_draws_of_one_name),
        cmocka_unit_test(another_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
