/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/format.h"
#include "report/made.h"

#include <jansson.h>
#include <stdio.h>

static json_t *parsed(const rc_result *r) {
    rc_text out = {0};
    rc_error err = {0};
    rc_report_style style = {0};
    assert_int_equal(rc_format_find("json")->write(r, &style, &out, &err), RC_OK);
    assert_int_equal(out.bytes[out.length - 1], '\n');
    json_error_t where;
    json_t *root = json_loads(out.bytes, JSON_REJECT_DUPLICATES, &where);
    if (root == NULL)
        fail_msg("line %d: %s\n%s", where.line, where.text, out.bytes);
    rc_text_free(&out);
    return root;
}

/** Follow keys parted by '/'. */
static json_t *at(json_t *o, const char *path) {
    char key[64];
    while (o != NULL && *path != '\0') {
        size_t n = strcspn(path, "/");
        assert_true(n < sizeof key);
        memcpy(key, path, n);
        key[n] = '\0';
        o = json_object_get(o, key);
        path += n + (path[n] == '/');
    }
    if (o == NULL)
        fail_msg("no such key: %s", path);
    return o;
}

static void same_number(const json_t *json, double x) {
    if (isnan(x)) {
        assert_true(json_is_null(json));
        return;
    }
    double read = json_real_value(json);
    assert_true(json_is_real(json));
    assert_memory_equal(&read, &x, sizeof x); /* every bit */
}

static const made_output outputs[] = {
    ROI(1. / 3, .45, .124, .79, .15),
    MONEY("npv", "Net present value", 412345.678, 340000, .124),
    IRR(0, 0, 1),
    PAYBACK(2.4, .9, .06),
    {.name = "客户数",
     .label = "Customers",
     .kind = RC_OUTPUT_USER,
     .centre = 1e-300,
     .sd = 1e-301,
     .error = 1e-303,
     .hurdle = NAN,
     .unit_text = "customers"},
    LINE("licences", "Licences", 4e5, 3e4, true),
    RISK("cancelled", "Cancelled", -4e4, 2e4),
};
enum { N = sizeof outputs / sizeof *outputs };

static void every_number_reads_back(void **state) {
    (void)state;
    rc_result *r = made_result(outputs, N);
    r->hurdle = 0.15;
    made_cash(r);
    json_t *root = parsed(r);
    static const char *const homes[] = {"outputs", "lines", "risks"};
    for (size_t i = 0; i < r->n_outputs; i++) {
        const rc_output *o = &r->outputs[i];
        const char *home = homes[o->kind == RC_OUTPUT_LINE ? 1 : o->kind == RC_OUTPUT_RISK ? 2 : 0];
        json_t *json = at(at(root, home), o->name);
        for (size_t k = 0; k < o->n_rows; k++) {
            json_t *row = at(json, o->rows[k].key);
            if (o->rows[k].sub != NULL)
                row = at(row, o->rows[k].sub);
            same_number(at(row, "value"), o->rows[k].estimate.value);
            same_number(at(row, "low"), o->rows[k].estimate.low);
            same_number(at(row, "high"), o->rows[k].estimate.high);
        }
        same_number(at(json, "undefined"), o->undefined);
        same_number(at(json, "infinite"), o->infinite);
        if (o->histogram.n_bins == 0) {
            assert_true(json_is_null(at(json, "histogram")));
            continue;
        }
        same_number(at(json, "histogram/first"), o->histogram.first);
        same_number(at(json, "histogram/width"), o->histogram.width);
        json_t *counts = at(json, "histogram/counts");
        assert_int_equal(json_array_size(counts), o->histogram.n_bins);
        for (size_t k = 0; k < o->histogram.n_bins; k++)
            assert_int_equal(json_integer_value(json_array_get(counts, k)), o->histogram.counts[k]);
    }
    json_t *cash = at(root, "cash");
    assert_int_equal(json_array_size(cash), 6);
    for (size_t k = 0; k < 6; k++) {
        json_t *row = json_array_get(cash, k);
        same_number(at(row, "t"), r->cash[k].t);
        same_number(at(row, "cumulative/mean"), r->cash[k].cumulative.mean);
        same_number(at(row, "costs/percentiles/95"), r->cash[k].costs.percentile[7]);
    }
    json_decref(root);
    rc_result_free(r);
}

static void group_of_an_output(void **state) {
    (void)state;
    rc_result *r = made_result(outputs, N);
    static const char *const languages[] = {"en", "zh"}, *const texts[] = {"Service", "服务"};
    rc_output *o = &((rc_output *)(uintptr_t)r->outputs)[4];
    o->group = "service";
    o->group_label = (rc_label){"Service", 2, languages, texts};
    json_t *root = parsed(r);
    assert_string_equal(json_string_value(at(root, "outputs/客户数/group")), "service");
    assert_string_equal(json_string_value(at(root, "outputs/客户数/group_label")), "Service");
    assert_string_equal(json_string_value(at(root, "outputs/客户数/group_labels/zh")), "服务");
    assert_null(json_object_get(at(root, "outputs/roi"), "group")); /* only where there is one */
    json_decref(root);
    rc_result_free(r);
}

static void files_scenarios_and_settings(void **state) {
    (void)state;
    static const rc_result_file files[] = {{"m.yaml", "ab"}, {"base.yaml", "cd"}};
    static const char *const scenarios[] = {"growth"}, *const sets[] = {"a=1", "b=2"};
    rc_result *r = made_result(outputs, N);
    r->files = files;
    r->n_files = 2;
    r->scenarios = scenarios;
    r->n_scenarios = 1;
    r->sets = sets;
    r->n_sets = 2;
    json_t *root = parsed(r);
    assert_int_equal(json_array_size(at(root, "model/files")), 2);
    assert_string_equal(
        json_string_value(json_object_get(json_array_get(at(root, "model/files"), 1), "sha256")),
        "cd");
    assert_string_equal(json_string_value(json_array_get(at(root, "model/scenarios"), 0)),
                        "growth");
    assert_string_equal(json_string_value(json_array_get(at(root, "model/set"), 1)), "b=2");
    json_decref(root);
    rc_result_free(r);
}

static void keys_in_order_and_machine_last(void **state) {
    (void)state;
    rc_result *r = made_result(outputs, N);
    json_t *root = parsed(r), *value;
    static const char *const keys[] = {
        "roicast",    "model",       "assumptions", "run",   "outputs",    "lines",
        "risks",      "not_counted", "inputs",      "cash",  "cash_years", "cash_total",
        "cash_lines", "drivers",     "cases",       "notes", "machine"};
    const char *key;
    size_t i = 0;
    json_object_foreach(root, key, value) assert_string_equal(key, keys[i++]);
    assert_int_equal(i, sizeof keys / sizeof *keys);
    assert_true(json_is_null(at(root, "cash")));
    assert_true(json_is_null(at(root, "drivers")));
    assert_true(json_is_null(at(root, "model/hurdle")));
    assert_int_equal(json_integer_value(at(root, "run/trials")), 1048576);
    assert_int_equal(json_integer_value(at(root, "machine/threads")), 2);
    assert_true(json_is_null(at(root, "outputs/npv/at_least_hurdle")));
    assert_true(json_is_null(at(root, "outputs/irr/mean/value")));
    assert_string_equal(json_string_value(at(root, "lines/licences/side")), "costs");
    json_decref(root);
    rc_result_free(r);
}

static void machine_is_all_that_differs(void **state) {
    (void)state;
    rc_result *a = made_result(outputs, N), *b = made_result(outputs, N);
    b->threads = 64;
    b->isa = "avx512";
    b->seconds = 7;
    b->simulate_seconds = 6;
    json_t *x = parsed(a), *y = parsed(b);
    assert_false(json_equal(x, y));
    json_object_del(x, "machine");
    json_object_del(y, "machine");
    assert_true(json_equal(x, y));
    json_decref(x);
    json_decref(y);
    rc_result_free(a);
    rc_result_free(b);
}

/** Every key of a fixed name must stand in the documentation as `key`. */
static void find_keys(json_t *json, const char *docs, bool names) {
    const char *key;
    json_t *value;
    size_t i;
    if (json_is_array(json))
        json_array_foreach(json, i, value) find_keys(value, docs, false);
    if (!json_is_object(json))
        return;
    json_object_foreach(json, key, value) {
        char quoted[80];
        snprintf(quoted, sizeof quoted, "`%s`", key);
        if (!names && strstr(docs, quoted) == NULL)
            fail_msg("docs/json.md does not document %s", quoted);
        bool named = strcmp(key, "outputs") == 0 || strcmp(key, "lines") == 0 ||
                     strcmp(key, "risks") == 0 || strcmp(key, "not_counted") == 0 ||
                     strcmp(key, "labels") == 0 || strcmp(key, "written") == 0 ||
                     strcmp(key, "bars") == 0 || strcmp(key, "meaning") == 0 ||
                     strcmp(key, "cash_lines") == 0;
        for (size_t m = 0; m < 3; m++) /* in these stand targets, in those methods, in those bars */
            named |= strcmp(key, (const char *[]){"sensitivity", "rank", "evppi"}[m]) == 0;
        find_keys(value, docs, named);
    }
}

static void every_key_is_documented(void **state) {
    (void)state;
    static char docs[65536];
    FILE *file = fopen(RC_SOURCE_DIR "/docs/json.md", "rb");
    assert_non_null(file);
    docs[fread(docs, 1, sizeof docs - 1, file)] = '\0';
    fclose(file);
    rc_result *r = made_result(outputs, N);
    made_cash(r);
    made_cash_lines(r);
    made_assumptions(r);
    made_drivers(r);
    json_t *root = parsed(r);
    find_keys(root, docs, false);
    json_decref(root);
    rc_result_free(r);
}

static void lines_by_year(void **state) {
    (void)state;
    rc_result *r = made_result(outputs, N);
    made_cash(r);
    made_cash_lines(r);
    json_t *root = parsed(r);
    assert_int_equal(json_object_size(at(root, "cash_lines")), r->n_cash_lines);
    for (size_t i = 0; i < r->n_cash_lines; i++) {
        const rc_cash_line *line = &r->cash_lines[i];
        json_t *o = json_object_get(at(root, "cash_lines"), line->name);
        assert_string_equal(json_string_value(at(o, "side")), line->is_cost ? "costs" : "benefits");
        assert_int_equal(json_object_size(at(o, "percentiles")), 3);
        assert_int_equal(json_array_size(at(o, "mean")), r->n_cash_years + 2);
        for (size_t k = 0; k < r->n_cash_years + 2; k++) {
            const rc_cash_cell *c = rc_cash_line_cell(r, line, k);
            same_number(json_array_get(at(o, "mean"), k), c->mean);
            same_number(json_array_get(at(o, "percentiles/5"), k), c->percentile[1]);
            same_number(json_array_get(at(o, "percentiles/50"), k), c->percentile[4]);
            same_number(json_array_get(at(o, "percentiles/95"), k), c->percentile[7]);
        }
    }
    json_decref(root);
    r->n_cash_lines = 0;
    root = parsed(r);
    assert_true(json_is_null(at(root, "cash_lines")));
    json_decref(root);
    rc_result_free(r);
}

static void assumptions(void **state) {
    (void)state;
    rc_result *r = made_result(outputs, N);
    made_assumptions(r);
    json_t *root = parsed(r), *list = at(root, "assumptions");
    assert_int_equal(json_array_size(list), r->n_assumptions);
    for (size_t i = 0; i < r->n_assumptions; i++) {
        const rc_assumption *a = &r->assumptions[i];
        json_t *o = json_array_get(list, i), *sketch = at(o, "sketch");
        assert_string_equal(json_string_value(at(o, "name")), a->name);
        assert_string_equal(json_string_value(at(o, "section")), rc_assumed_name[a->section]);
        same_number(at(o, "value"), a->value);
        assert_int_equal(json_array_size(sketch), a->sketch != NULL ? RC_SKETCH : 0);
        for (size_t k = 0; a->sketch != NULL && k < RC_SKETCH; k++)
            same_number(json_array_get(sketch, k), a->sketch[k]);
        for (size_t k = 0; k < a->n_written; k++)
            assert_string_equal(
                json_string_value(json_object_get(at(o, "written"), a->written[k].key)),
                a->written[k].text);
    }
    json_decref(root);
    rc_result_free(r);
}

static void odd_texts(void **state) {
    (void)state;
    rc_result *r = made_result(outputs, N);
    static const char *const notes[] = {"a \"quote\" and a \x1b"};
    r->notes = notes;
    r->n_notes = 1;
    r->file = "not utf-8: \xff.yaml";
    static const char *const languages[] = {"en", "zh"}, *const texts[] = {"CRM", "客户关系"};
    r->title = (rc_label){"客户关系", 2, languages, texts};
    json_t *root = parsed(r);
    assert_string_equal(json_string_value(at(root, "model/file")), "not utf-8: \uFFFD.yaml");
    assert_string_equal(json_string_value(at(root, "model/title")), "CRM");
    assert_string_equal(json_string_value(at(root, "model/titles/zh")), "客户关系");
    assert_string_equal(json_string_value(json_array_get(at(root, "notes"), 0)), notes[0]);
    json_decref(root);
    rc_result_free(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_reads_back),
        cmocka_unit_test(keys_in_order_and_machine_last),
        cmocka_unit_test(group_of_an_output),
        cmocka_unit_test(files_scenarios_and_settings),
        cmocka_unit_test(machine_is_all_that_differs),
        cmocka_unit_test(every_key_is_documented),
        cmocka_unit_test(lines_by_year),
        cmocka_unit_test(assumptions),
        cmocka_unit_test(odd_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
