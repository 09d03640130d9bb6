/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenarios and settings: what they change, what they leave, and which dimensions draws take. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/overlay.h"
#include "model/streams.h"
#include "model/yaml_write.h"

#include <string.h>

static const char text[] = "roicast: 1\n"
                           "title: {en: Base, zh: 基础}\n"
                           "timeline: {years: 3}\n"
                           "discount_rate: 10%\n"
                           "hurdle: {irr: 12%}\n"
                           "factors:\n"
                           "  quality: {value: \"uniform(0, 1)\", source: survey, label: Quality}\n"
                           "inputs:\n"
                           "  seats: 120\n"
                           "  price: pert(1, 2, 3)\n"
                           "benefits:\n"
                           "  sales: {value: seats * price, kind: saving}\n"
                           "costs:\n"
                           "  support: {value: 20k, growth: 3%, from: 1, source: quote}\n"
                           "  yearly: {yearly: [1, 2, 3]}\n"
                           "  training: normal(10, 1) + normal(20, 1)\n"
                           "risks:\n"
                           "  fire: {probability: 10%, multiply: [support], by: 2}\n"
                           "  flood: {rate: 0.1, impact: 5}\n"
                           "scenarios:\n"
                           "  growth: {seats: 150, quality: 0.7}\n"
                           "  more:\n"
                           "    inputs: {added: \"uniform(0, 1)\"}\n"
                           "    costs: {extra: {value: added * 5}}\n"
                           "  twice:\n"
                           "    - {training: {value: 3, source: a}}\n"
                           "    - {training: 4}\n";

static int setup(void **state) {
    *state = rc_arena_new();
    return 0;
}

static int teardown(void **state) {
    rc_arena_free(*state);
    return 0;
}

enum { MOST = 4 };

/* scenarios and sets end with NULL. */
static const rc_model *load(rc_arena *arena, const char *file, const char *const *scenarios,
                            const char *const *sets) {
    rc_load_options options = {.scenarios = scenarios, .sets = sets};
    while (scenarios[options.n_scenarios] != NULL)
        options.n_scenarios++;
    while (sets[options.n_sets] != NULL)
        options.n_sets++;
    rc_diags *diags = RC_NEW(arena, rc_diags, 1);
    diags->arena = arena;
    const rc_model *model = NULL;
    rc_model_load_with(rc_source_text("m.yaml", file, strlen(file), arena), &options, arena, diags,
                       &model);
    rc_text out = {0};
    rc_diags_print(diags, false, &out);
    if (out.length > 0)
        print_error("%s", out.bytes);
    rc_text_free(&out);
    assert_non_null(model);
    return model;
}

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})
#define NONE      ((const char *const[]){NULL})

static const char *at(const rc_model *m, const char *section, const char *name, const char *key) {
    const rc_yaml *entry = rc_yaml_get(rc_yaml_get(m->tree, section), name);
    if (key != NULL && entry->kind == RC_YAML_MAP)
        entry = rc_yaml_get(entry, key);
    return entry != NULL && entry->kind == RC_YAML_SCALAR ? entry->text : NULL;
}

static void a_scalar_replaces_the_value_and_drops_the_source(void **state) {
    const rc_model *m = load(*state, text, LIST("growth"), LIST("support=30k"));
    assert_string_equal(at(m, "inputs", "seats", NULL), "150");
    assert_string_equal(at(m, "factors", "quality", "value"), "0.7");
    assert_null(at(m, "factors", "quality", "source"));
    assert_string_equal(rc_model_find(m, "quality")->label.text, "Quality");
    assert_string_equal(at(m, "costs", "support", "growth"), "3%");
    assert_null(at(m, "costs", "support", "source"));
}

static void a_mapping_merges_key_by_key(void **state) {
    const rc_model *m =
        load(*state, text, NONE,
             LIST("support.value=30k", "seats.unit=people", "title.fr=Base de départ"));
    assert_string_equal(at(m, "costs", "support", "value"), "30k");
    assert_string_equal(at(m, "costs", "support", "source"), "quote");
    assert_string_equal(at(m, "inputs", "seats", "value"), "120");
    assert_string_equal(rc_model_find(m, "seats")->unit, "people");
    assert_string_equal(rc_label_text(&m->title, "zh", ""), "基础");
    assert_string_equal(rc_label_text(&m->title, "fr", ""), "Base de départ");
}

/* Else the checker would refuse both together. */
static void of_keys_that_exclude_each_other_the_later_stays(void **state) {
    const rc_model *m = load(*state, text, NONE,
                             LIST("support.yearly=[1, 2, 3]", "yearly=7", "fire.rate=0.2",
                                  "fire.multiply={support: 3}", "flood.probability=5%"));
    assert_int_equal(rc_model_find(m, "support")->flow->n_yearly, 3);
    assert_int_equal(rc_model_find(m, "yearly")->flow->n_yearly, 0);
    assert_int_equal(rc_model_find(m, "fire")->risk->trigger, RC_RATE);
    assert_int_equal(rc_model_find(m, "flood")->risk->trigger, RC_PROBABILITY);
}

static void the_later_wins(void **state) {
    const rc_model *m = load(*state, text, LIST("growth"), LIST("seats=1", "seats = 2 "));
    assert_string_equal(at(m, "inputs", "seats", NULL), "2");
    m = load(*state, text, LIST("twice"), NONE);
    assert_string_equal(at(m, "costs", "training", "value"), "4");
    assert_null(at(m, "costs", "training", "source"));
}

static void top_keys_and_new_entries(void **state) {
    const rc_model *m =
        load(*state, text, LIST("more"),
             LIST("timeline.years=3.5", "yearly=1", "timeline.step=quarter", "hurdle=20%",
                  "discount_rate=normal(0.1, 0.01)", "outputs.o={value: seats}"));
    assert_true(m->years == 3.5 && m->per_year == 4);
    assert_true(m->hurdle == 0.2 && !m->hurdle_is_irr);
    assert_non_null(rc_model_find(m, "o"));
    assert_int_equal(rc_model_find(m, "added")->section, RC_INPUTS);
    assert_int_equal(m->n_scenarios, 3);
    assert_int_equal(m->n_applied, 1);
    assert_int_equal(m->n_sets, 6);
}

static void every_scenario_is_a_model(void **state) {
    const rc_model *m = load(*state, text, NONE, NONE);
    rc_diags diags = {.arena = *state};
    const rc_model *const *models = rc_model_scenarios(m, NULL, *state, &diags);
    assert_int_equal(diags.n_errors + diags.n_warnings, 0);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(models[i]->applied[0], m->scenarios[i]);
}

/* ---- Correlations -----------------------------------------------------------------------------
 */

static const rc_yaml *tree_of(const char *yaml, rc_arena *arena) {
    rc_diags diags = {.arena = arena};
    const rc_yaml *root = rc_yaml_parse(rc_source_text("c", yaml, strlen(yaml), arena), &diags);
    assert_non_null(root);
    return root;
}

static void correlations_merge_by_pair(void **state) {
    static const struct {
        const char *base, *over, *both;
    } cases[] = {
        {"[[a, b, 0.1], [c, d, 0.2]]", "[[b, a, 0.3], [a, c, 0.4]]",
         "correlations: [[b, a, 0.3], [c, d, 0.2], [a, c, 0.4]]\n"},
        {"[[a, b, 0.1]]", "[]", "correlations: []\n"},
        {"[[a, b, 0.1]]", "{copula: student(4), pairs: [[b, a, 0.3]]}",
         "correlations:\n  pairs: [[b, a, 0.3]]\n  copula: student(4)\n"},
        {"{copula: student(4), pairs: [[a, b, 0.1]]}", "[[a, b, 0.3], [a, c, 0.4]]",
         "correlations:\n  copula: student(4)\n  pairs: [[a, b, 0.3], [a, c, 0.4]]\n"},
        {"{matrix: {names: [a, b, c], rows: [[1, 0.1, 0.2], [0.1, 1, 0.3], [0.2, 0.3, 1]]}}",
         "[[c, a, 0.5], [a, d, 0.6]]",
         "correlations:\n  matrix:\n    names: [a, b, c]\n"
         "    rows: [[1, 0.1, 0.5], [0.1, 1, 0.3], [0.5, 0.3, 1]]\n  pairs: [[a, d, 0.6]]\n"},
        {"{matrix: {names: [a, b], rows: [[1], [0.1, 1]]}}", "[[a, b, 0.5]]",
         "correlations:\n  matrix:\n    names: [a, b]\n    rows: [[1], [0.5, 1]]\n"},
        {"[{copula: clayton, pairs: [[a, b, 0.1]]}, {pairs: [[c, d, 0.2]]}]",
         "[[d, c, 0.5], [a, c, 0.6]]",
         "correlations:\n  - copula: clayton\n    pairs: [[a, b, 0.1]]\n"
         "  - pairs: [[d, c, 0.5]]\n  - pairs: [[a, c, 0.6]]\n"},
        {"[[a, b, 0.1]]", "[{copula: clayton, pairs: [[a, c, 0.2]]}]",
         "correlations:\n  - copula: clayton\n    pairs: [[a, c, 0.2]]\n"},
        {"[{pairs: [[a, b, 0.1]]}]", "{pairs: [[a, c, 0.2]]}",
         "correlations:\n  pairs: [[a, c, 0.2]]\n"},
        {"[[a, b, 0.1]]", "nonsense", "correlations: nonsense\n"},
        {"nonsense", "[[a, b, 0.1]]", "correlations: [[a, b, 0.1]]\n"},
        {"[[a], x, [[b], a, 1]]", "[[a, b, 0.1]]",
         "correlations: [[a], x, [[b], a, 1], [a, b, 0.1]]\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rc_arena *arena = *state;
        rc_overlay o = {.arena = arena};
        const rc_yaml *base =
            tree_of(rc_arena_printf(arena, "correlations: %s\n", cases[i].base), arena);
        const rc_yaml *over =
            tree_of(rc_arena_printf(arena, "correlations: %s\n", cases[i].over), arena);
        rc_text written = {0};
        rc_yaml_write(rc_overlay_join(&o, base, over), NULL, NULL, &written);
        assert_string_equal(written.bytes, cases[i].both);
        rc_text_free(&written);
    }
}

/* ---- Dimensions ------------------------------------------------------------------------------
 */

static const rc_stream_row *row(rc_arena *arena, const rc_model *m, const char *name) {
    size_t n;
    uint32_t total;
    const rc_stream_row *rows = rc_model_streams(m, arena, &n, &total);
    for (size_t i = 0; i < n; i++) {
        assert_true(rows[i].first + rows[i].dims <= total);
        for (size_t k = 0; k < i; k++) /* none is given twice */
            assert_true(rows[i].first + rows[i].dims <= rows[k].first ||
                        rows[k].first + rows[k].dims <= rows[i].first);
    }
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

static void what_is_left_alone_keeps_its_dimension(void **state) {
    static const char *const names[] = {"quality",    "price",       "training",  "training#2",
                                        "fire.event", "flood.event", "flood.time"};
    static const struct {
        const char *scenarios[MOST], *sets[MOST];
    } cases[] = {
        {{"more"}, {NULL}},                                      /* adds one in front */
        {{"growth"}, {NULL}},                                    /* takes the first away */
        {{"more", "growth"}, {"price=2", "seats=normal(1, 1)"}}, /* both, and more */
        {{NULL}, {"series.a=each(normal(0, 1))", "timeline.years=4", "yearly=1"}},
        {{NULL}, {"discount_rate=uniform(0, 1)"}},
        {{NULL}, {"training=uniform(0, 1)"}},
    };
    const rc_model *m = load(*state, text, NONE, NONE);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        const rc_model *with = load(*state, text, cases[c].scenarios, cases[c].sets);
        size_t same = 0;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            const rc_stream_row *before = row(*state, m, names[i]);
            const rc_stream_row *after = row(*state, with, names[i]);
            assert_non_null(before);
            assert_int_equal(before->first, i); /* section order, then file order */
            if (after != NULL) {
                assert_int_equal(after->first, before->first);
                same++;
            }
        }
        assert_true(same >= 5);
    }
    const rc_model *with = load(*state, text, LIST("more"), NONE);
    assert_int_equal(row(*state, with, "added")->first, 7);
}

/* A model that is whole only with its overlay: what that adds comes last all the same. */
static void additions_come_last_without_a_model_before(void **state) {
    static const char part[] = "roicast: 1\n"
                               "outputs: {y: \"a + b + uniform(0, 1)\"}\n"
                               "inputs: {b: \"uniform(0, 1)\"}\n"
                               "scenarios: {whole: {factors: {a: \"uniform(0, 1)\"}}}\n";
    const rc_model *m = load(*state, part, LIST("whole"), NONE);
    assert_int_equal(row(*state, m, "b")->first, 0);
    assert_int_equal(row(*state, m, "y")->first, 1);
    assert_int_equal(row(*state, m, "a")->first, 2);
}

/* What explain --merged writes about dimensions reads back as the same dimensions. */
static void dimensions_read_back(void **state) {
    static const char given[] = "roicast: 1\n"
                                "inputs: {a: \"uniform(0, 1)\", b: \"uniform(0, 1)\", c: 1}\n"
                                "outputs: {y: \"a + b + uniform(0, 1)\"}\n"
                                "dimensions: [3, b, gone, y]\n";
    const rc_model *m = load(*state, given, NONE, NONE);
    assert_int_equal(row(*state, m, "b")->first, 3);
    assert_int_equal(row(*state, m, "y")->first, 5);
    assert_int_equal(row(*state, m, "a")->first, 6);
    assert_false(rc_model_dimensions_plain(m));
    assert_true(rc_model_dimensions_plain(load(*state, text, NONE, NONE)));
    size_t n;
    const rc_dimension *list = rc_model_dimensions(m, *state, &n);
    assert_int_equal(n, 5);
    assert_true(list[0].name == NULL && list[0].dims == 3);
    assert_string_equal(list[1].name, "b");
    assert_true(list[2].name == NULL && list[2].dims == 1);
    assert_string_equal(list[3].name, "y");
    assert_string_equal(list[4].name, "a");
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        T(a_scalar_replaces_the_value_and_drops_the_source),
        T(a_mapping_merges_key_by_key),
        T(of_keys_that_exclude_each_other_the_later_stays),
        T(the_later_wins),
        T(top_keys_and_new_entries),
        T(every_scenario_is_a_model),
        T(correlations_merge_by_pair),
        T(what_is_left_alone_keeps_its_dimension),
        T(additions_come_last_without_a_model_before),
        T(dimensions_read_back),
#undef T
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
