/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparisons against closed forms: two normals that share a draw, that share none, that differ in
 * spread; and which numbers alternatives draw. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "decide/compared.h"

#include <math.h>
#include <string.h>

/* b - a ~ N(0.05, 0.1): P(b > a) = Phi(1/2), E max(b - a, 0) = 0.1 (phi(1/2) + Phi(1/2) / 2) */
static void shared_draw(void **state) {
    (void)state;
    static const char *const samplers[] = {"sobol", "random"};
    for (int s = 0; s < 2; s++)
        for (uint64_t seed = 1; seed <= 3; seed++) {
            compared t;
            const char *const texts[] = {
                FIRST,
                MODEL(
                    "inputs: {x: \"normal(0, 1)\", z: \"normal(0.05, 0.1)\"}\noutputs: {y: x + z}\n"),
                NULL};
            assert_int_equal(compare(&t, texts, samplers[s], seed), RC_OK);
            const rc_pair *p = &t.c.pairs[0];
            near(p->difference, 0.05);
            near(p->better, 0.69146246127401312);
            near(t.alternatives[1].best, 0.69146246127401312);
            near(t.alternatives[0].regret, 0.069779655740130597);
            near(t.c.knowing, 0.069779655740130597 - 0.05);
            /* (1 + 1.01) / 0.01; each variance is known to 4 sqrt(2 / n) */
            assert_true(fabs(p->variance_cut / 201 - 1) < 3 * 4 * sqrt(2.0 / 65536));
            near(p->percentile[0], 0.05 - 0.1 * 1.6448536269514727);
            near(p->percentile[2], 0.05 + 0.1 * 1.6448536269514727);
            assert_int_equal(t.c.leader, 1);
            end(&t);
        }
}

/* Two independent normals: E max = 1/sqrt(pi) */
static void nothing_shared(void **state) {
    (void)state;
    compared t;
    const char *const texts[] = {
        FIRST, MODEL("inputs: {other: \"normal(0, 1)\"}\noutputs: {y: other}\n"), NULL};
    assert_int_equal(compare(&t, texts, "random", 1), RC_OK);
    near(t.c.pairs[0].better, 0.5);
    near(t.alternatives[0].regret, 0.56418958354775628);
    assert_true(fabs(t.c.pairs[0].variance_cut - 1) < 4 * 2.0 / sqrt(65536));
    end(&t);
}

/* Higher at every level; the same middle with more spread; neither. */
static void dominance(void **state) {
    (void)state;
    compared t;
    const char *const texts[] = {FIRST, MODEL("inputs: {x: \"normal(0.5, 1)\"}\noutputs: {y: x}\n"),
                                 MODEL("inputs: {x: \"normal(0, 2)\"}\noutputs: {y: x}\n"),
                                 MODEL("inputs: {x: \"normal(0.5, 2)\"}\noutputs: {y: x}\n")};
    const char *const four[] = {texts[0], texts[1], texts[2], texts[3], NULL};
    assert_int_equal(compare(&t, four, "sobol", 1), RC_OK);
    const rc_dominance *shift = &t.c.pairs[0].b_over_a, *wide = &t.c.pairs[1].a_over_b;
    assert_true(shift->first && shift->second);
    assert_true(shift->first_share == 0 && shift->area == 0);
    assert_false(t.c.pairs[0].a_over_b.second);
    /* N(0, 1) over N(0, 2): worse above the middle only; lower tails are better throughout. At the
     * very top the means of "lower tails" are the means themselves, which agree to rounding. */
    assert_false(wide->first);
    assert_true(wide->second || wide->second_share < 1e-3);
    assert_true(fabs(wide->first_share - 0.5) < 1e-3);
    assert_true(fabs(wide->area - 0.5) < 1e-2);
    assert_true(fabs(wide->first_from - 0.5) < 1e-3 && wide->first_to == 1);
    /* N(0.5, 2) under N(0, 1) where 0.5 + 2 z < z: z < -1/2, probability 0.3085 */
    assert_true(fabs(t.c.pairs[2].b_over_a.first_share - 0.30853753872598690) < 1e-3);
    end(&t);
}

/* What decides is the input that only one has; knowing it is worth what knowing everything is. */
static void factors(void **state) {
    (void)state;
    compared t;
    const char *const texts[] = {
        FIRST,
        MODEL("inputs: {x: \"normal(0, 1)\", z: \"normal(0.05, 0.1)\"}\noutputs: {y: x + z}\n"),
        NULL};
    assert_int_equal(compare(&t, texts, "sobol", 1), RC_OK);
    const rc_ranking *worth = &t.c.factors->rankings[0];
    assert_string_equal(worth->method->name, "evppi");
    assert_string_equal(worth->rows[0].bar->name, "z");
    near(worth->rows[0].score[0], 0.019779655740130597);
    assert_int_equal(worth->n_entries, 2);
    assert_true(worth->rows[1].chance);
    end(&t);
}

/* Alike names, alike draws; others get places of their own; the first keeps its figures. */
static void aligned_draws(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    const rc_model *models[] = {
        model_of(
            arena,
            MODEL("inputs: {x: \"normal(0, 1)\", p: \"normal(0, 1)\"}\noutputs: {y: x + p}\n")),
        model_of(
            arena,
            MODEL("inputs: {q: \"normal(0, 1)\", x: \"normal(0, 1)\"}\noutputs: {y: x + q}\n"))};
    const rc_model *const *aligned = rc_models_align(models, 2, arena);
    size_t n;
    uint32_t total;
    const rc_stream_row *a = rc_model_streams(aligned[0], arena, &n, &total);
    assert_int_equal(n, 2);
    assert_true(a[0].first == 0 && a[1].first == 1);
    const rc_stream_row *b = rc_model_streams(aligned[1], arena, &n, &total);
    assert_string_equal(b[0].name, "q");
    assert_true(b[0].first == 2 && b[1].first == 0);
    rc_arena_free(arena);
}

static void refusals(void **state) {
    (void)state;
    compared t;
    const char *const texts[] = {
        FIRST, MODEL("inputs: {x: \"normal(0, 1)\"}\noutputs: {y: sqrt(x)}\n"), NULL};
    assert_int_equal(compare(&t, texts, "sobol", 1), RC_INPUT);
    assert_non_null(strstr(t.err.message, "`y` of b has no number in 50% of trials"));
    end(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shared_draw),   cmocka_unit_test(nothing_shared),
        cmocka_unit_test(dominance),     cmocka_unit_test(factors),
        cmocka_unit_test(aligned_draws), cmocka_unit_test(refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
