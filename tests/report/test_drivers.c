/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What drives a result, in words, in a section, in JSON; copies of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "made.h"

#include "report/drivers.h"
#include "report/format.h"

#include <jansson.h>

static const made_output outputs[] = {
    ROI(0.2, 0.3, 0.25, NAN, NAN),
    MONEY("npv", "Net present value", 40e3, 60e3, 0.25),
};

static rc_result *driven(void) {
    rc_result *r = made_result(outputs, 2);
    made_drivers(r);
    return r;
}

static const rc_section *section_of(const rc_document *d) {
    for (size_t i = 0; i < d->n_sections; i++)
        if (d->sections[i].title != NULL && strncmp(d->sections[i].title, "What drives", 11) == 0)
            return &d->sections[i];
    return NULL;
}

static void in_words(void **state) {
    (void)state;
    rc_result *r = driven();
    const rc_section *s = section_of(rc_document_new(r, "en", r->arena));
    assert_non_null(s);
    assert_string_equal(s->title, "What drives it · Return on investment");
    assert_int_equal(s->n_sentences, 3);
    assert_string_equal(s->sentences[0].topic, "1");
    assert_string_equal(s->sentences[0].text,
                        "★ Training quality, from 0.487 to 0.683: chance of loss 43% → 29%, middle "
                        "case +8.6% → +29%; knowing it beforehand is worth up to $5,400.");
    assert_string_equal(s->sentences[1].text,
                        "! Cancelled early, from cases without it to cases with it: chance of loss "
                        "28% → 99.7%, middle case +25% → −74%; knowing it beforehand is worth up "
                        "to $860.");
    assert_string_equal(s->sentences[2].text,
                        "project, from its lower to its upper quarter: chance of loss 31% → 43%, "
                        "middle case +26% → +7.1%; knowing it beforehand would not change the "
                        "decision.");
    assert_string_equal(
        rc_words_swing(r, r->drivers, r->drivers->swings, RC_SWING_ANALYST, "zh", r->arena),
        "培训质量, from its P25 (0.487) to its P75 (0.683): chance of loss 43% → "
        "29%, median roi +8.6% → +29%; knowing it beforehand is worth up to "
        "$5,400.");
    rc_result_free(r);
}

static void as_a_table(void **state) {
    (void)state;
    rc_result *r = driven();
    const rc_section *s = section_of(rc_document_new(r, "en", r->arena));
    const rc_table *t = s->table;
    assert_int_equal(t->n_rows, 3);
    assert_int_equal(t->n_columns, 8);
    assert_string_equal(t->cells[0].text, "★ Training quality");
    assert_true(t->cells[1].value == 0.487 && t->cells[4].value == 0.29);
    assert_int_equal(t->cells[3].unit, RC_UNIT_RATIO);
    assert_string_equal(t->cells[8 + 1].text, "without");
    assert_null(t->cells[16 + 1].text); /* several columns: no value */
    assert_string_equal(t->cells[16 + 7].text, "$0");
    rc_text out = {0};
    rc_report_style style = {0};
    assert_int_equal(rc_format_find("text")->write(r, &style, &out, NULL), RC_OK);
    assert_non_null(strstr(out.bytes, "1  ★ Training quality, from 0.487 to 0.683: chance"));
    assert_null(strstr(out.bytes, "Worth knowing")); /* the sentences say it */
    rc_text_free(&out);
    rc_result_free(r);
}

/* Without drivers, and with none that can be told from nothing: no section */
static void nothing_to_say(void **state) {
    (void)state;
    rc_result *r = driven();
    rc_drivers none = *r->drivers;
    none.n_swings = 0;
    r->drivers = &none;
    assert_null(section_of(rc_document_new(r, "en", r->arena)));
    r->drivers = NULL;
    assert_null(section_of(rc_document_new(r, "en", r->arena)));
    rc_result_free(r);
}

/* A target that is no balance of money: no loss; a median that is never reached */
static void other_targets(void **state) {
    (void)state;
    rc_result *r = driven();
    rc_drivers d = *r->drivers;
    rc_swing w = d.swings[0];
    d.balance = false;
    d.unit = RC_UNIT_YEARS;
    w.median[0] = 0.86;
    w.median[1] = INFINITY;
    w.tells = false;
    assert_string_equal(rc_words_swing(r, &d, &w, RC_SWING_PLAIN, "en", r->arena),
                        "★ Training quality, from 0.487 to 0.683: chance of a value below 0 43% → "
                        "29%, middle case 0.86 → ∞.");
    w.loss[0] = w.loss[1] = 0;
    assert_string_equal(rc_words_swing(r, &d, &w, RC_SWING_PLAIN, "en", r->arena),
                        "★ Training quality, from 0.487 to 0.683: middle case 0.86 → ∞.");
    rc_result_free(r);
}

static json_t *json_of(const rc_drivers *d) {
    json_t *o = json_object();
    rc_drivers_json(o, d);
    return o;
}

static void in_json(void **state) {
    (void)state;
    rc_result *r = driven();
    json_t *o = json_of(r->drivers), *row, *x;
    assert_int_equal(json_unpack(o, "{s:{s:{s:o}}}", "sensitivity", "roi", "rank", &row), 0);
    assert_true(json_number_value(json_object_get(json_object_get(row, "training"), "value")) ==
                0.61);
    assert_null(json_object_get(row, "people"));
    assert_int_equal(json_unpack(o, "{s:{s:{s:{s:o}}}}", "groups", "npv", "evppi", "people", &x),
                     0);
    assert_int_equal(json_unpack(o, "{s:{s:{s:o}}}", "sensitivity", "npv", "evpi", &x), 0);
    assert_int_equal(
        json_unpack(o, "{s:{s:{s:[o,o]}}}", "meaning", "cancelled", "below_zero", &x, &row), 0);
    assert_true(json_number_value(row) == 0.997);
    assert_int_equal(json_unpack(o, "{s:{s:{s:o}}}", "meaning", "cancelled", "from", &x), 0);
    assert_true(json_is_null(x));
    assert_int_equal(json_array_size(json_object_get(o, "notes")), 1);
    assert_int_equal(json_unpack(o, "{s:{s:{s:{s:o}}}}", "bars", "training", "labels", "zh", &x),
                     0);
    assert_string_equal(json_string_value(x), "培训质量");
    assert_int_equal(json_unpack(o, "{s:{s:{s:o}}}", "bars", "people", "label", &x), 0);
    assert_string_equal(json_string_value(x), "people");
    json_decref(o);
    rc_result_free(r);
}

/* A copy says the same and shares nothing with what it was made from */
static void copies(void **state) {
    (void)state;
    rc_result *r = driven();
    const rc_drivers *copy = rc_drivers_copy(r->drivers, r->arena);
    json_t *a = json_of(r->drivers), *b = json_of(copy);
    assert_true(json_equal(a, b));
    assert_ptr_not_equal(copy->bars, r->drivers->bars);
    assert_ptr_equal(copy->swings[0].bar, &copy->bars[1]);
    assert_ptr_equal(copy->rankings[1].rows[4].bar, &copy->bars[4]);
    assert_ptr_not_equal(copy->bars[1].label.texts[1], r->drivers->bars[1].label.texts[1]);
    assert_ptr_not_equal(copy->rankings[0].method->scores[0],
                         r->drivers->rankings[0].method->scores[0]);
    assert_ptr_equal(rc_drivers_ranking(copy, "evppi"), &copy->rankings[1]);
    assert_null(rc_drivers_ranking(copy, "tornado"));
    json_decref(a);
    json_decref(b);
    rc_result_free(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_words),       cmocka_unit_test(as_a_table),
        cmocka_unit_test(nothing_to_say), cmocka_unit_test(other_targets),
        cmocka_unit_test(in_json),        cmocka_unit_test(copies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
