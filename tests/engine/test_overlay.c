/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An overlay moves no draw of what it leaves alone: what depends on those alone has the same bits,
 * whichever the sampler. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/run.h"
#include "model/model.h"

#include <string.h>

static const char text[] =
    "roicast: 1\n"
    "timeline: {years: 3, step: quarter}\n"
    "discount_rate: 10%\n"
    "factors: {quality: \"uniform(0, 1)\"}\n"
    "inputs: {price: \"pert(1, 2, 3)\", left: \"normal(5, 1) * normal(3, 1)\"}\n"
    "series: {noise: \"each(normal(0, 1))\"}\n"
    "benefits: {sales: {value: price * quality, kind: saving}}\n"
    "costs: {support: \"pert(1, 2, 3)\"}\n"
    "risks: {fire: {probability: 10%, impact: \"uniform(0, 1)\"}, flood: {rate: 0.4, impact: 1}}\n"
    "outputs:\n"
    "  watched: left + sum(noise) + last(happened(fire)) + sum(count(flood))\n"
    "scenarios:\n"
    "  growth:\n"
    "    quality: 0.7\n"
    "    price: pert(1, 2, 3) + pert(2, 3, 4)\n"
    "    factors: {new: \"uniform(0, 1)\"}\n"
    "    series: {first: \"each(uniform(0, 1))\"}\n"
    "    costs: {more: new * 5 + first}\n"
    "    risks: {quake: {probability: 20%, impact: new}}\n";

static rc_result *run(rc_arena *arena, const char *sampler, const char *scenario,
                      const char *setting) {
    rc_diags diags = {.arena = arena};
    rc_load_options with = {.scenarios = &scenario,
                            .n_scenarios = scenario != NULL,
                            .sets = &setting,
                            .n_sets = setting != NULL};
    const rc_model *model = NULL;
    assert_int_equal(rc_model_load_with(rc_source_text("m.yaml", text, strlen(text), arena), &with,
                                        arena, &diags, &model),
                     RC_OK);
    rc_run_options options;
    rc_run_options_default(&options);
    options.trials = 4096;
    options.sampler = sampler;
    rc_result *result = NULL;
    assert_int_equal(rc_run(model, &options, &result, NULL), RC_OK);
    return result;
}

static bool same(const rc_result *a, const rc_result *b, const char *name) {
    const rc_output *x = rc_result_find(a, name), *y = rc_result_find(b, name);
    assert_int_equal(x->n_rows, y->n_rows);
    for (size_t i = 0; i < x->n_rows; i++)
        if (memcmp(&x->rows[i].estimate.value, &y->rows[i].estimate.value, sizeof(double)) != 0)
            return false;
    return true;
}

static void check(const char *sampler) {
    rc_arena *arena = rc_arena_new();
    rc_result *plain = run(arena, sampler, NULL, NULL);
    rc_result *growth = run(arena, sampler, "growth", NULL);
    rc_result *set = run(arena, sampler, NULL, "price=2");
    assert_true(same(plain, growth, "watched"));
    assert_true(same(plain, growth, "support"));
    assert_true(same(plain, growth, "fire"));
    assert_false(same(plain, growth, "sales")); /* the test sees a difference where there is one */
    assert_true(same(plain, set, "watched"));
    assert_true(same(plain, set, "support"));
    assert_false(same(plain, set, "roi"));
    assert_int_equal(growth->n_scenarios, 1);
    assert_string_equal(growth->scenarios[0], "growth");
    assert_string_equal(set->sets[0], "price=2");
    rc_result_free(plain);
    rc_result_free(growth);
    rc_result_free(set);
    rc_arena_free(arena);
}

static void draws_stay_with_random_numbers(void **state) {
    (void)state;
    check("random");
}

static void draws_stay_with_sobol_points(void **state) {
    (void)state;
    check("sobol");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(draws_stay_with_random_numbers),
                                       cmocka_unit_test(draws_stay_with_sobol_points)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
