/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What models mean: the engine against the plain interpreter in reference.c, trial by trial, on
 * models that cover the functions, the keys of lines and of risks, and time; all outputs and every
 * cell of the cash table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harness.h"
#include "reference.h"
#include "sanitized.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "models.h"

/* Both do the same arithmetic in another order: sums of money agree to some 1e-15 of the sum of
 * their terms' sizes, a ratio or a rate to that divided by its denominator's share, powers and
 * logarithms to a few units in the last place. 1e-9 relative leaves room for the growth of such
 * errors through a root search; a wrong rule is off by far more. */
static bool agree(double a, double b, double scale) {
    if (a != a || b != b)
        return a != a && b != b;
    if (isinf(a) || isinf(b))
        return a == b;
    double size = fmax(fabs(a), fabs(b));
    return fabs(a - b) <= 1e-9 * size + 1e-13 * scale;
}

static size_t compare_trial(const harness *h, reference *f, uint32_t r, uint64_t i,
                            const char *title) {
    size_t wrong = 0;
    reference_trial(f, r, i);
    double scale = reference_scale(f);
    for (size_t c = 0; c < h->n; c++) {
        double engine = h->x[c][h->start[r] + i];
        bool cell = h->names[c] == NULL;
        bool left_out = !cell && h->wanted.outputs[c].kind == RC_OUTPUT_LEFT_OUT;
        double other = cell       ? reference_cash(f, h->row[c], h->k[c])
                       : left_out ? reference_left_out(f, h->names[c])
                                  : reference_output(f, h->names[c]);
        if (agree(engine, other, scale))
            continue;
        if (wrong++ < 4)
            print_error("%s: trial (%u, %llu), %s %d[%u]: engine %.17g, reference %.17g\n", title,
                        r, (unsigned long long)i, h->names[c] ? h->names[c] : "cash", h->row[c],
                        h->k[c], engine, other);
    }
    return wrong;
}

/* Four blocks' worth of trials; with `full`, whole blocks and a rest in every replicate. */
static size_t compare(const char *title, const char *text, const char *sampler, bool full) {
    rc_arena *arena = rc_arena_new();
    const rc_model *model = harness_model(text, arena);
    harness h;
    rc_error err = {0};
    if (model == NULL) {
        rc_arena_free(arena);
        return 1;
    }
    uint64_t trials = full ? 16 * (RC_BLOCK + 13) + 5 : 4 * RC_BLOCK;
    if (harness_prepare(&h, model, sampler, trials, 7, rc_isa_best(), arena, &err) != RC_OK) {
        print_error("%s: %s\n", title, err.message);
        rc_arena_free(arena);
        return 1;
    }
    harness_run(&h);
    reference *f = reference_new(model, &h.lower, &h.sampler, arena);
    size_t wrong = 0, step = full ? 7 : SANITIZED ? 8 : 1;
    for (uint32_t r = 0; r < RC_REPLICATES && wrong < 5; r++)
        for (uint64_t i = 0; i < h.start[r + 1] - h.start[r] && wrong < 5; i += step)
            wrong += compare_trial(&h, f, r, i, title);
    reference_free(f);
    rc_arena_free(arena);
    return wrong;
}

static void engine_equals_reference(void **state) {
    (void)state;
    const char *only = getenv("RC_MODEL");
    size_t bad = 0, n = sizeof models / sizeof *models;
    assert_true(n >= 60);
    for (size_t i = 0; i < n; i++) {
        if (only != NULL && strcmp(only, models[i].title) != 0)
            continue;
        bool full = i % 8 == 0;
        size_t wrong = compare(models[i].title, models[i].text, i % 2 ? "sobol" : "random", full);
        bad += wrong > 0;
        if (only != NULL)
            print_message("%s: %zu wrong\n", models[i].title, wrong);
    }
    assert_int_equal(bad, 0);
}

/* The comparison must see a difference: a model against the reference of one that differs from it
 * in a single number. */
static void comparison_sees_a_difference(void **state) {
    (void)state;
    static const char *const texts[2] = {
        "roicast: 1\ntimeline: {years: 2, step: year}\ncosts:\n  c: {value: 100, growth: 5%}\n",
        "roicast: 1\ntimeline: {years: 2, step: year}\ncosts:\n  c: {value: 100, growth: 6%}\n"};
    rc_arena *arena = rc_arena_new();
    harness h;
    const rc_model *one = harness_model(texts[0], arena), *two = harness_model(texts[1], arena);
    assert_int_equal(harness_prepare(&h, one, "random", 16, 1, rc_isa_best(), arena, NULL), RC_OK);
    harness_run(&h);
    reference *f = reference_new(two, &h.lower, &h.sampler, arena);
    reference_trial(f, 0, 0);
    assert_false(agree(harness_find(&h, "costs_pv")[0], reference_output(f, "costs_pv"), 200));
    reference_free(f);
    rc_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(engine_equals_reference),
        cmocka_unit_test(comparison_sees_a_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
