/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a model says for those who work on it later: levers, groups, evidence, notes; and how far
 * `confidence` and `overconfidence` reach. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/model.h"

#include <math.h>
#include <string.h>

static const rc_model *load(const char *text, rc_arena *arena) {
    rc_diags *diags = RC_NEW(arena, rc_diags, 1);
    diags->arena = arena;
    const rc_source *source = rc_source_text("test.yaml", text, strlen(text), arena);
    const rc_model *model = NULL;
    rc_status status = rc_model_load(source, arena, diags, &model);
    rc_text out = {0};
    rc_diags_print(diags, false, &out);
    if (out.length > 0)
        print_error("%s", out.bytes);
    rc_text_free(&out);
    assert_int_equal(status, RC_OK);
    return model;
}

static int setup(void **state) {
    *state = rc_arena_new();
    return 0;
}

static int teardown(void **state) {
    rc_arena_free(*state);
    return 0;
}

static void levers_are_constants_with_a_range(void **state) {
    const rc_model *m = load("roicast: 1\n"
                             "levers:\n"
                             "  hours: {range: [4, 60], start: 16, step: 1, unit: h, source: us,\n"
                             "          label: {en: Training hours, zh: 培训时间}}\n"
                             "  seats: {choices: [50, 10, 20], start: 10, note: of the vendor}\n"
                             "  share: {range: [0%, 100%], start: 30%}\n"
                             "inputs:\n  u: uniform(0, hours)\n  cost: hours * seats\n"
                             "outputs:\n  o: u * share\n",
                             *state);
    const rc_entry *hours = rc_model_find(m, "hours"), *seats = rc_model_find(m, "seats");
    const rc_lever *share = rc_model_find(m, "share")->lever;
    assert_int_equal(hours->section, RC_LEVERS);
    assert_true(hours->lever->low == 4 && hours->lever->high == 60 && hours->lever->step == 1);
    assert_true(hours->lever->start == 16 && hours->lever->n_choices == 0);
    assert_string_equal(hours->text, "16");
    assert_string_equal(hours->unit, "h");
    assert_string_equal(rc_label_text(&hours->label, "zh", "?"), "培训时间");
    assert_int_equal(seats->lever->n_choices, 3);
    assert_true(seats->lever->choices[0] == 50 && seats->lever->choices[2] == 20);
    assert_true(seats->lever->low == 10 && seats->lever->high == 50);
    assert_true(share->step == 0 && share->start == 0.3);
    double x;
    assert_true(rc_expr_constant(rc_model_find(m, "cost")->value, &x) && x == 160);
    assert_int_equal(m->n_draws, 1); /* a lever is not drawn; a draw may depend on it */
    assert_non_null(m->draws[0]->constant);
    assert_true(rc_dist_quantile(m->draws[0]->constant, 0.5) == 8);
    assert_null(rc_model_find(m, "u")->lever);
}

/* A number laid over a lever is another start, checked like the first. */
static void a_setting_moves_the_start(void **state) {
    static const char text[] = "roicast: 1\nlevers:\n"
                               "  hours: {range: [4, 60], start: 16, step: 1}\n"
                               "inputs:\n  u: uniform(0, hours)\noutputs:\n  o: u\n";
    static const char *const sets[] = {"hours=20", "hours=20.5"};
    rc_arena *arena = *state;
    const rc_source *source = rc_source_text("test.yaml", text, strlen(text), arena);
    for (size_t i = 0; i < 2; i++) {
        rc_diags *diags = RC_NEW(arena, rc_diags, 1);
        diags->arena = arena;
        const rc_model *m = NULL;
        rc_load_options options = {.sets = &sets[i], .n_sets = 1};
        rc_status status = rc_model_load_with(source, &options, arena, diags, &m);
        assert_int_equal(status, i == 0 ? RC_OK : RC_INPUT);
        assert_int_equal(diags->n_errors, i);
        if (i == 0)
            assert_true(rc_model_find(m, "hours")->lever->start == 20 &&
                        rc_dist_quantile(m->draws[0]->constant, 0.5) == 10);
    }
}

static void groups_are_gathered_from_both_places(void **state) {
    const rc_model *m =
        load("roicast: 1\ntimeline: {years: 1, step: year}\n"
             "groups:\n  people: [adoption, quality]\n"
             "  money: {members: [flood, spend], label: {en: Money}, note: all of it}\n"
             "factors:\n  quality: uniform(0, 1)\n"
             "inputs:\n  adoption: uniform(0, 1)\n"
             "  price: {value: \"uniform(1, 2)\", group: money}\n"
             "  hours: {value: \"uniform(1, 2)\", group: effort}\n"
             "  shown: {value: 2 * hours, group: effort}\n"
             "  again: {value: \"uniform(1, 2)\", group: people}\n"
             "  alone: uniform(3, 4)\n"
             "costs:\n  spend: 100 * uniform(1, 2)\n"
             "risks:\n  flood: {probability: 10%, impact: 5, at: 1}\n"
             "outputs:\n  o: quality + adoption + price + shown + again + alone\n",
             *state);
    static const struct {
        const char *name;
        size_t n;
        const char *members[3];
    } groups[] = {{"people", 3, {"quality", "adoption", "again"}},
                  {"money", 3, {"price", "spend", "flood"}},
                  {"effort", 1, {"hours"}}};
    assert_int_equal(m->n_groups, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(m->groups[i].name, groups[i].name);
        assert_int_equal(m->groups[i].n_members, groups[i].n);
        for (size_t k = 0; k < groups[i].n; k++) {
            const rc_entry *member = m->groups[i].members[k];
            assert_string_equal(member->name, groups[i].members[k]);
            assert_string_equal(member->group, groups[i].name);
            assert_ptr_equal(m->entries[member->index], member);
        }
    }
    assert_string_equal(m->groups[1].label.text, "Money");
    assert_string_equal(m->groups[1].note, "all of it");
    assert_string_equal(rc_model_find(m, "shown")->group, "effort"); /* kept as a text */
    assert_null(rc_model_find(m, "alone")->group);
}

static void an_output_names_a_heading(void **state) {
    const rc_model *m = load("roicast: 1\n"
                             "groups:\n  service: {label: {en: Service, zh: 服务}}\n"
                             "inputs:\n  u: {value: \"uniform(0, 1)\", group: people}\n"
                             "outputs:\n  o: {value: \"u * uniform(1, 2)\", group: service}\n"
                             "  p: {value: u, group: people}\n",
                             *state);
    assert_int_equal(m->n_groups, 2);
    assert_string_equal(m->groups[0].name, "service");
    assert_string_equal(rc_label_text(&m->groups[0].label, "zh", NULL), "服务");
    assert_int_equal(m->groups[0].n_members, 0); /* although `o` is drawn */
    assert_int_equal(m->groups[1].n_members, 1);
    assert_string_equal(rc_model_find(m, "o")->group, "service");
}

static void evidence_is_kept_apart(void **state) {
    const rc_model *m = load("roicast: 1\ntimeline: {years: 2, step: quarter}\n"
                             "inputs:\n  ceiling: uniform(0, 1)\n"
                             "series:\n  adoption: ceiling * t\n"
                             "costs:\n  spend: 10\nbenefits:\n  gain: 40 * adoption\n"
                             "evidence:\n"
                             "  - {measure: \"at(adoption, 0.5)\", observed: 0.2, sd: 5%, label: "
                             "Pilot, source: survey}\n"
                             "  - {measure: ceiling, successes: 7, of: 20, note: trial}\n"
                             "  - {measure: roi, observed: -0.5, sd: 0.1}\n",
                             *state);
    assert_int_equal(m->n_evidence, 3);
    const rc_evidence *e = m->evidence;
    assert_int_equal(e[0].measure->kind, RC_EXPR_AT);
    assert_true(!e[0].counts && e[0].observed == 0.2 && e[0].sd == 0.05);
    assert_string_equal(e[0].label.text, "Pilot");
    assert_string_equal(e[0].source, "survey");
    assert_string_equal(e[0].text, "at(adoption, 0.5)");
    assert_true(e[1].counts && e[1].successes == 7 && e[1].of == 20);
    assert_ptr_equal(e[1].measure->entry, rc_model_find(m, "ceiling"));
    assert_int_equal(e[2].measure->kind, RC_EXPR_METRIC);
    assert_int_equal(m->n_entries, 4); /* no item is an entry */
    assert_int_equal(m->n_draws, 1);
}

static void notes_are_no_warnings(void **state) {
    const rc_model *m = load("roicast: 1\nlevers:\n  a: {range: [0, 1], start: 0}\n"
                             "  b: {choices: [1, 2], start: 2}\n"
                             "inputs:\n  u: {value: \"uniform(0, 1)\", group: g}\n"
                             "outputs:\n  o: a + b + u\n",
                             *state);
    assert_int_equal(m->diags->n_warnings, 0);
    assert_int_equal(m->diags->n_notes, 1);
    rc_text out = {0};
    rc_diags_print_notes(m->diags, false, &out);
    assert_non_null(strstr(out.bytes, "test.yaml:3:3: note: 2 levers are fixed"));
    rc_text_free(&out);
    m = load("roicast: 1\noutputs:\n  o: uniform(0, 1)\n", *state);
    assert_int_equal(m->diags->n_notes, 0);
}

/* ---- Confidence, overconfidence ---------------------------------------------------------------
 */

static double quantile(const rc_model *m, const char *name, double p) {
    const rc_expr *e = rc_model_find(m, name)->value;
    assert_int_equal(e->kind, RC_EXPR_DRAW);
    return rc_dist_quantile(e->draw->constant, rc_tail_of(p));
}

static void close_to(double x, double y) {
    if (!(fabs(x - y) <= 1e-12 * (fabs(y) + 1)))
        fail_msg("%.17g is not %.17g", x, y);
}

/* A normal whose p5 and p95 are -10 and 10 widened by f has them at -10 f and 10 f; a lognormal
 * likewise on the scale of logarithms; a distribution with bounds stays within them. */
static void overconfidence_widens_about_the_median(void **state) {
    const rc_model *m =
        load("roicast: 1\noverconfidence: 1.5\n"
             "functions:\n  range(a): -a to a\n"
             "inputs:\n"
             "  n: -10 to 10\n"
             "  own: {value: -10 to 10, overconfidence: 2}\n"
             "  none: {overconfidence: 1, value: -10 to 10}\n"
             "  both: {value: -10 to 10, confidence: 80%, overconfidence: 3}\n"
             "  log: 10 to 40\n"
             "  p: {value: \"normal(p5=-10, p95=10)\", overconfidence: 2}\n"
             "  plain: {value: \"normal(3, 2)\", overconfidence: 2}\n"
             "  bounded: {value: \"metalog(p10=0.1, p50=0.2, p90=0.3, lower=0, upper=1)\", "
             "overconfidence: 2}\n"
             "  called: {value: range(10), overconfidence: 2}\n"
             "  named: {value: \"interval(-10, 10)\", overconfidence: 2}\n"
             "outputs:\n  o: n + own + none + both + log + p + plain + bounded + called + named\n",
             *state);
    close_to(quantile(m, "n", 0.95), 15);
    close_to(quantile(m, "own", 0.05), -20);
    close_to(quantile(m, "none", 0.95), 10);
    close_to(quantile(m, "both", 0.9), 30);
    close_to(quantile(m, "log", 0.5), 20);
    close_to(log(quantile(m, "log", 0.95) / 20), 1.5 * log(2));
    close_to(quantile(m, "p", 0.95), 20);
    close_to(quantile(m, "plain", 0.5), 3);
    close_to(quantile(m, "plain", 0.95), 3 + 2 * 1.6448536269514722);
    close_to(quantile(m, "bounded", 0.5), 0.2);
    assert_true(quantile(m, "bounded", 0.1) < 0.1 && quantile(m, "bounded", 1e-9) >= 0);
    assert_true(quantile(m, "bounded", 0.9) > 0.3 && quantile(m, "bounded", 1 - 1e-9) <= 1);
    close_to(quantile(m, "called", 0.95), 20);
    close_to(quantile(m, "named", 0.95), 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        T(levers_are_constants_with_a_range),
        T(a_setting_moves_the_start),
        T(groups_are_gathered_from_both_places),
        T(an_output_names_a_heading),
        T(evidence_is_kept_apart),
        T(notes_are_no_warnings),
        T(overconfidence_widens_about_the_median),
#undef T
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
