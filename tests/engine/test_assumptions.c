/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a result says of the model's assumptions: every entry but outputs, as written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/assumptions.h"
#include "engine/harness.h"

#include <math.h>

static const char text[] =
    "roicast: 1\n"
    "title: t\n"
    "currency: EUR\n"
    "timeline: {years: 3}\n"
    "discount_rate: uniform(0.05, 0.15)\n"
    "factors:\n"
    "  skill: {value: 0.2 to 0.8, label: {en: Skill, zh: 技能}, source: survey, owner: Ann}\n"
    "inputs:\n"
    "  seats: 120\n"
    "  price: {note: list price, unit: EUR, value: 'uniform(100, 300)'}\n"
    "  twice: 2 * price\n"
    "  mixed: 1 + uniform(0, 1)\n"
    "levers:\n"
    "  share: {range: [0, 1], start: 0.5}\n"
    "series:\n"
    "  noise: {value: 'each(normal(0, 1))'}\n"
    "benefits:\n"
    "  more: {value: seats * price * skill + noise, growth: 3%, group: g}\n"
    "  off: {value: 1, enabled: false}\n"
    "costs:\n"
    "  licences: {yearly: [10, 2 * seats, 30]}\n"
    "risks:\n"
    "  late: {probability: 10%, multiply: {more: 0.5}}\n"
    "  when: {when: seats > 100, at: 1, impact: 5}\n"
    "outputs:\n"
    "  o: {value: price * share + mixed + twice}\n";

typedef struct fixture {
    rc_arena *arena;
    const rc_assumption *rows;
    size_t n;
} fixture;

static fixture made(void) {
    fixture f = {.arena = rc_arena_new()};
    rc_arena *other = rc_arena_new();
    const rc_model *model = harness_model(text, other);
    assert_non_null(model);
    f.rows = rc_assumptions_of(model, f.arena, &f.n);
    rc_arena_free(other); /* rows must not need the model */
    return f;
}

static const rc_assumption *row(const fixture *f, const char *name) {
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->rows[i].name, name) == 0)
            return &f->rows[i];
    fail_msg("no assumption %s", name);
    return NULL;
}

static void in_order(void **state) {
    (void)state;
    static const char *const names[] = {"currency", "timeline", "discount_rate", "skill", "seats",
                                        "price",    "twice",    "mixed",         "share", "noise",
                                        "more",     "licences", "late",          "when"};
    fixture f = made();
    assert_int_equal(f.n, sizeof names / sizeof *names);
    for (size_t i = 0; i < f.n; i++)
        assert_string_equal(f.rows[i].name, names[i]);
    rc_arena_free(f.arena);
}

static void as_written(void **state) {
    (void)state;
    static const char *const written[][3] = {
        {"timeline", "value", "{years: 3}"},
        {"discount_rate", "value", "uniform(0.05, 0.15)"},
        {"skill", "value", "0.2 to 0.8"},
        {"seats", "value", "120"},
        {"price", "value", "uniform(100, 300)"},
        {"share", "range", "[0, 1]"},
        {"more", "value", "seats * price * skill + noise"},
        {"more", "growth", "3%"},
        {"licences", "yearly", "[10, 2 * seats, 30]"},
        {"late", "multiply", "{more: 0.5}"},
        {"when", "when", "seats > 100"},
    };
    fixture f = made();
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        const rc_assumption *a = row(&f, written[i][0]);
        const char *found = NULL;
        for (size_t k = 0; k < a->n_written; k++)
            if (strcmp(a->written[k].key, written[i][1]) == 0)
                found = a->written[k].text;
        assert_non_null(found);
        assert_string_equal(found, written[i][2]);
    }
    const rc_assumption *skill = row(&f, "skill"), *price = row(&f, "price");
    assert_int_equal(skill->section, RC_ASSUMED_FACTOR);
    assert_string_equal(skill->source, "survey");
    assert_string_equal(skill->owner, "Ann");
    assert_string_equal(rc_label_text(&skill->label, "zh", ""), "技能");
    assert_int_equal(skill->n_written, 1);
    assert_string_equal(price->unit_text, "EUR");
    assert_string_equal(price->note, "list price");
    assert_int_equal(price->n_written, 1);
    assert_string_equal(row(&f, "more")->group, "g");
    rc_arena_free(f.arena);
}

static void chance_and_values(void **state) {
    (void)state;
    static const struct {
        const char *name;
        bool drawn, each, sketch;
        double value;
    } rows[] = {
        {"discount_rate", true, false, true, NAN}, {"skill", true, false, true, NAN},
        {"seats", false, false, false, 120},       {"price", true, false, true, NAN},
        {"twice", false, false, false, NAN},       {"mixed", true, false, false, NAN},
        {"share", false, false, false, 0.5},       {"noise", true, true, true, NAN},
        {"late", true, false, false, NAN},         {"when", false, false, false, NAN},
    };
    fixture f = made();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const rc_assumption *a = row(&f, rows[i].name);
        assert_int_equal(a->drawn, rows[i].drawn);
        assert_int_equal(a->each, rows[i].each);
        assert_int_equal(a->sketch != NULL, rows[i].sketch);
        assert_true(isnan(rows[i].value) ? isnan(a->value) : a->value == rows[i].value);
    }
    for (size_t i = 0; i < RC_SKETCH; i++) { /* uniform: low + p (high - low) */
        assert_true(fabs(row(&f, "price")->sketch[i] - (100 + 200 * rc_sketch_points[i])) < 1e-10);
        assert_true(i == 0 || rc_sketch_points[i] > rc_sketch_points[i - 1]);
    }
    rc_arena_free(f.arena);
}

static void sketches_of_what_follows_from_others(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    const rc_model *model = harness_model(text, arena);
    assert_non_null(model);
    rc_run_options o;
    rc_run_options_default(&o);
    o.trials = 16;
    o.assumptions = true;
    rc_result *result = NULL;
    rc_error err = {0};
    assert_int_equal(rc_run(model, &o, &result, &err), RC_OK);
    fixture f = {.rows = result->assumptions, .n = result->n_assumptions};
    for (size_t i = 0; i < RC_SKETCH; i++) { /* Sobol: each quantile within a few of 4,096 steps */
        double p = rc_sketch_points[i];
        assert_true(fabs(row(&f, "twice")->sketch[i] - 2 * (100 + 200 * p)) < 400 * 0.005);
        assert_true(fabs(row(&f, "mixed")->sketch[i] - (1 + p)) < 0.005);
    }
    assert_null(row(&f, "seats")->sketch);
    assert_null(row(&f, "more")->sketch);
    rc_result_free(result);
    rc_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_order),
        cmocka_unit_test(as_written),
        cmocka_unit_test(chance_and_values),
        cmocka_unit_test(sketches_of_what_follows_from_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
