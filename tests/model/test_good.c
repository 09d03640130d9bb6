/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole models: the files of tests/data/good are read without a word, and large ones are read at
 * all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/func.h"
#include "model/model.h"
#include "model/syntax.h"
#include "overlay_options.h"

#include <dirent.h>
#include <string.h>

#define FOLDER RC_TEST_DATA "/good"

static const rc_model *load(const rc_source *source, rc_arena *arena) {
    rc_diags *diags = RC_NEW(arena, rc_diags, 1);
    diags->arena = arena;
    const rc_model *model = NULL;
    rc_load_options options = options_in(source, arena);
    rc_status status = rc_model_load_with(source, &options, arena, diags, &model);
    if (status == RC_OK)
        rc_model_scenarios(model, &options, arena, diags);
    if (status != RC_OK || diags->n_warnings > 0) {
        rc_text out = {0};
        rc_diags_print(diags, false, &out);
        print_error("%s", out.bytes);
        rc_text_free(&out);
    }
    assert_int_equal(status, RC_OK);
    assert_int_equal(diags->n_warnings, 0);
    return model;
}

static const rc_model *load_file(const char *name, rc_arena *arena) {
    rc_source *source = NULL;
    assert_int_equal(
        rc_source_read(rc_arena_printf(arena, "%s/%s", FOLDER, name), arena, &source, NULL), RC_OK);
    return load(source, arena);
}

static const rc_model *load_text(const rc_text *text, rc_arena *arena) {
    return load(rc_source_text("test.yaml", text->bytes, text->length, arena), arena);
}

static int setup(void **state) {
    *state = rc_arena_new();
    return 0;
}

static int teardown(void **state) {
    rc_arena_free(*state);
    return 0;
}

/* What must hold for every model, whatever is in it. */
static void check_expr(const rc_expr *e, const rc_model *m) {
    assert_non_null(e);
    for (size_t i = 0; i < e->n_args; i++)
        check_expr(e->args[i], m);
    if (e->kind == RC_EXPR_PREV)
        assert_true((e->entry == NULL) == (e->of != NULL));
    if (e->kind == RC_EXPR_ENTRY || (e->kind == RC_EXPR_PREV && e->entry != NULL) ||
        e->kind == RC_EXPR_HAPPENED)
        assert_ptr_equal(m->entries[e->entry->index], e->entry);
    if (e->kind == RC_EXPR_DRAW)
        assert_non_null(e->draw->stream);
}

static void check_model(const rc_model *m) {
    for (size_t i = 0; i < m->n_entries; i++) {
        const rc_entry *entry = m->entries[i];
        assert_int_equal(entry->index, i);
        assert_true(i == 0 || m->entries[i - 1]->section <= entry->section);
        if (entry->value != NULL) {
            check_expr(entry->value, m);
            bool trial = entry->section == RC_FACTORS || entry->section == RC_INPUTS ||
                         entry->section == RC_OUTPUTS;
            assert_true(!trial || entry->value->shape != RC_SHAPE_PERIOD);
        }
        bool line = entry->section == RC_BENEFITS || entry->section == RC_COSTS;
        assert_true((entry->flow != NULL) == line);
        assert_true((entry->risk != NULL) == (entry->section == RC_RISKS));
        if (entry->risk != NULL)
            check_expr(entry->risk->chance, m);
    }
    for (size_t i = 0; i < m->n_draws; i++)
        for (size_t k = 0; k < i; k++)
            assert_true(m->draws[i]->tagged ||
                        strcmp(m->draws[i]->stream, m->draws[k]->stream) != 0);
    check_expr(m->discount_rate, m);
}

static void every_good_file_is_read(void **state) {
    DIR *folder = opendir(FOLDER);
    assert_non_null(folder);
    size_t n = 0;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const char *ending = strrchr(entry->d_name, '.');
        if (ending == NULL || strcmp(ending, ".yaml") != 0)
            continue;
        check_model(load_file(entry->d_name, *state));
        n++;
    }
    closedir(folder);
    assert_true(n >= 5);
}

static void the_reference_workload(void **state) {
    const rc_model *m = load_file("w1.yaml", *state);
    assert_string_equal(m->title.text, "Reference workload W1");
    assert_int_equal(m->n_periods, 5);
    assert_true(m->dt == 1 && m->per_year == 1 && m->years == 5);
    assert_int_equal(m->n_entries, 33);
    assert_int_equal(m->n_draws, 24);
    double rate;
    assert_true(rc_expr_constant(m->discount_rate, &rate) && rate == 0.1);
    for (size_t i = 0; i < m->n_draws; i++)
        assert_non_null(m->draws[i]->constant);
    const rc_entry *running = rc_model_find(m, "running");
    assert_ptr_equal(running->flow->growth->entry, rc_model_find(m, "growth"));
    assert_true(rc_model_find(m, "event2")->risk->at->number == 3);
}

static void the_crm_model(void **state) {
    const rc_model *m = load_file("crm.yaml", *state);
    assert_string_equal(rc_label_text(&m->title, "zh", "?"), "120 席位销售团队的 CRM");
    assert_string_equal(rc_label_text(&m->title, "fr", "?"), "CRM for a 120-seat sales team");
    assert_string_equal(m->currency, "USD");
    assert_int_equal(m->n_periods, 20);
    assert_true(m->hurdle == 0.15 && !m->hurdle_is_irr);
    const rc_entry *quality = rc_model_find(m, "training_quality");
    assert_int_equal(quality->section, RC_FACTORS);
    assert_string_equal(quality->source, "where the range comes from");
    assert_string_equal(rc_label_text(&quality->label, "zh", quality->name), "培训质量");
    assert_string_equal(rc_label_text(&rc_model_find(m, "dip")->label, "zh", "dip"), "dip");
    const rc_risk *cancelled = rc_model_find(m, "cancelled")->risk;
    assert_int_equal(cancelled->n_effects, 5); /* 2 benefits and 4 costs, but for maintenance */
    assert_int_equal(rc_model_find(m, "sponsor_leaves")->risk->trigger, RC_RATE);
}

static void names_in_chinese(void **state) {
    const rc_model *m = load_file("chinese.yaml", *state);
    assert_string_equal(m->draws[0]->stream, "培训质量");
    double x;
    assert_true(rc_expr_constant(rc_model_find(m, "许可")->value, &x) && x == 300000);
    assert_string_equal(rc_model_find(m, "许可")->text, "3亿 / 1000");
}

static void columns_of_a_file(void **state) {
    const rc_model *m = load_file("survey.yaml", *state);
    assert_int_equal(m->n_draws, 3);
    assert_string_equal(m->draws[0]->stream, "rows:person");
    assert_string_equal(m->draws[1]->stream, "rows:person");
    assert_string_equal(m->draws[2]->stream, "alone");
    assert_true(m->draws[0]->tagged && !m->draws[2]->tagged);
    assert_int_equal(m->draws[0]->n_data, 4);
    assert_true(m->draws[0]->data[3] == 45);
    /* tagged: the row, whatever its value; else the order of the values */
    assert_true(rc_dist_quantile(m->draws[1]->constant, rc_tail_of(0.99)) == 0.6);
    assert_true(rc_dist_quantile(m->draws[2]->constant, rc_tail_of(0.99)) == 0.9);
}

static void collect_calls(const rc_syn *syn, bool *seen) {
    for (size_t i = 0; syn->kind == RC_SYN_CALL && i < rc_func_count(); i++)
        seen[i] = seen[i] || strcmp(rc_func_at(i)->name, syn->name) == 0;
    for (size_t i = 0; i < syn->n; i++)
        collect_calls(syn->args[i], seen);
}

static void collect_scalars(const rc_yaml *y, bool *seen, rc_diags *diags) {
    for (size_t i = 0; i < y->n; i++)
        collect_scalars(y->items[i], seen, diags);
    const rc_syn *syn = y->kind == RC_YAML_SCALAR ? rc_formula_parse(y, diags) : NULL;
    if (syn != NULL)
        collect_calls(syn, seen);
}

/* functions.yaml must keep up with func.def. */
static void every_function_is_in_a_good_file(void **state) {
    rc_source *source = NULL;
    assert_int_equal(rc_source_read(FOLDER "/functions.yaml", *state, &source, NULL), RC_OK);
    rc_diags diags = {.arena = *state};
    bool seen[256] = {false};
    assert_true(rc_func_count() <= 256);
    collect_scalars(rc_yaml_parse(source, &diags), seen, &diags);
    for (size_t i = 0; i < rc_func_count(); i++)
        if (!seen[i])
            fail_msg("functions.yaml does not use %s", rc_func_at(i)->name);
}

/* ---- Size -------------------------------------------------------------------------------------
 */

static void a_thousand_inputs(void **state) {
    rc_text text = {0};
    rc_text_add(&text, "roicast: 1\ninputs:\n");
    for (int i = 0; i < 1000; i++)
        rc_text_addf(&text, "  x%d: normal(%d, 1)\n", i, i);
    rc_text_add(&text, "outputs:\n  total: x0");
    for (int i = 1; i < 1000; i++)
        rc_text_addf(&text, " + x%d", i);
    rc_text_add(&text, "\n");
    const rc_model *m = load_text(&text, *state);
    assert_int_equal(m->n_draws, 1000);
    assert_string_equal(m->draws[999]->stream, "x999");
    rc_text_free(&text);
}

/* Each entry needs the one after it, so the whole chain is under way before the first is done; and
 * a value used twice must not be worked out twice. */
static void a_chain_of_a_hundred_thousand(void **state) {
    enum { N = 100000 };
    rc_text text = {0};
    rc_text_add(&text, "roicast: 1\ninputs:\n");
    for (int i = 0; i < N; i++)
        rc_text_addf(&text, "  x%d: (x%d + x%d) / 2\n", i, i + 1, i + 1);
    rc_text_addf(&text, "  x%d: 7\noutputs:\n  y: x0\n", N);
    const rc_model *m = load_text(&text, *state);
    double y = 0;
    assert_true(rc_expr_constant(rc_model_find(m, "y")->value, &y) && y == 7);
    rc_text_free(&text);
}

static void a_file_of_ten_megabytes(void **state) {
    rc_text text = {0};
    rc_text_add(&text, "roicast: 1\ntimeline: {years: 5, step: month}\ninputs:\n");
    size_t n = 0;
    for (; text.length < 10u << 20; n++)
        rc_text_addf(&text, "  input_%zu: {value: \"pert(%zu, %zu, %zu)\", unit: EUR}\n", n, n,
                     n + 1, n + 5);
    rc_text_add(&text, "outputs:\n  y: input_0 + input_1\n");
    const rc_model *m = load_text(&text, *state);
    assert_int_equal(m->n_draws, n);
    assert_int_equal(m->n_entries, n + 1);
    rc_text_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        T(every_good_file_is_read), T(the_reference_workload),
        T(the_crm_model),           T(names_in_chinese),
        T(columns_of_a_file),       T(every_function_is_in_a_good_file),
        T(a_thousand_inputs),       T(a_chain_of_a_hundred_thousand),
        T(a_file_of_ten_megabytes),
#undef T
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
