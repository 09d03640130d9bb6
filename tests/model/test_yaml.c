/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YAML as a tree with places. What is refused, and how that reads, is in tests/data/bad. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static rc_arena *arena;
static rc_diags diags;

static int begin(void **state) {
    (void)state;
    arena = rc_arena_new();
    return 0;
}

static int end(void **state) {
    (void)state;
    rc_arena_free(arena);
    return 0;
}

static const rc_yaml *parse_n(const char *text, size_t n) {
    diags = (rc_diags){.arena = arena};
    return rc_yaml_parse(rc_source_text("m.yaml", text, n, arena), &diags);
}

static const rc_yaml *parse(const char *text) {
    return parse_n(text, strlen(text));
}

static const rc_yaml *good(const char *text) {
    const rc_yaml *root = parse(text);
    if (root == NULL)
        fail_msg("`%s`: %s", text, diags.errors[0].message);
    return root;
}

static void at(const rc_yaml *y, unsigned line, unsigned column, unsigned length) {
    assert_int_equal(y->mark.line, line);
    assert_int_equal(y->mark.column, column);
    assert_int_equal(y->mark.length, length);
}

static void a_tree_with_places(void **state) {
    (void)state;
    const rc_yaml *root = good("title: {en: CRM, zh: \"客户\"}\n"
                               "# a comment\n"
                               "inputs:\n"
                               "  培训: pert(1, 2, 3)   # training\n"
                               "  b:\n"
                               "  c: >-\n"
                               "    1 +\n"
                               "    2\n"
                               "list:\n"
                               "- 1\n"
                               "- [a, 'it''s']\n");
    assert_int_equal(root->kind, RC_YAML_MAP);
    assert_int_equal(root->n, 3);
    assert_string_equal(root->keys[0]->text, "title");
    assert_string_equal(root->keys[2]->text, "list");
    const rc_yaml *title = rc_yaml_get(root, "title"), *inputs = rc_yaml_get(root, "inputs");
    assert_true(title->flow);
    assert_false(inputs->flow);
    assert_string_equal(rc_yaml_get(title, "zh")->text, "客户");
    at(rc_yaml_get(title, "zh"), 1, 22, 4);
    assert_int_equal(rc_yaml_get(title, "zh")->style, RC_YAML_QUOTED);
    at(inputs->keys[0], 4, 3, 2);
    at(inputs->items[0], 4, 7, 13);
    assert_string_equal(inputs->items[0]->text, "pert(1, 2, 3)");
    assert_memory_equal(inputs->items[0]->raw, "pert(1, 2, 3)", 13);
    assert_int_equal(inputs->items[0]->raw_length, 13);
    assert_true(inputs->items[1]->null);
    assert_string_equal(inputs->items[1]->text, "");
    at(inputs->items[1], 5, 3, 1); /* its key */
    assert_string_equal(inputs->items[2]->text, "1 + 2");
    assert_int_equal(inputs->items[2]->style, RC_YAML_BLOCK);
    at(inputs->items[2], 7, 5, 3);
    const rc_yaml *list = rc_yaml_get(root, "list");
    assert_int_equal(list->kind, RC_YAML_LIST);
    assert_string_equal(list->items[1]->items[1]->text, "it's");
    assert_null(rc_yaml_get(root, "absent"));
    assert_null(rc_yaml_get(list, "absent"));
}

static void json_is_yaml(void **state) {
    (void)state;
    const rc_yaml *root = good("{\n\t\"a\": [1, 2.5, {\"b\":\"x\\u0041\"}],\n\t\"c\": null\n}\n");
    assert_string_equal(rc_yaml_get(root, "a")->items[2]->items[0]->text, "xA");
}

static void what_is_fine_stays_fine(void **state) {
    (void)state;
    static const char *const texts[] = {
        "\xEF\xBB\xBF"
        "a: 1\n",      /* byte order mark */
        "---\na: 1\n", /* one document, marked */
        "a: 1\n...\n# the end\n",
        "a: 5 #1 priority\n", /* comments */
        "a: 5 # 2 * 3\n",
        "a: 5 #percent\n",
        "a: training#2\n",                                     /* the formula will say */
        "x:\n  y:\n    label: 培训\u3000质量（小时）：全部\n", /* words may look as they like */
        "x:\n  y:\n    source: https://example.com/a?b=c#d\n",
        "x:\n  y:\n    note: Cost\u00a0(net)\n",
        "title: a:b\n",
        "a: \"b\u00a0c\"\n",
        "a: [10,20,30]\n", /* commas without blanks */
        "a: [1, 200]\n",
        "a: {b: 1, c: 200}\n",
        "a: [[a, b, 0.3], [c, d, -0.2]]\n",
        "a: {b: base * (1 + x), c: f(x)}\n",
        "a: {b: \"pert(1, 2, 3)\"}\n",
        "a: yes\nb: no\n",
        "a: -5\n",
        "functions:\n  f(x, y=1): x + y\n",
        "a: b\n\n\n",
        "a: 1\r\nb: 2\r\n",
        "at: 10:30\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        good(texts[i]);
}

static bool says(const char *words) {
    for (size_t i = 0; i < diags.n_errors && i < RC_DIAG_LIMIT; i++)
        if (strstr(diags.errors[i].message, words) != NULL)
            return true;
    return false;
}

static void null_and_empty(void **state) {
    (void)state;
    assert_null(parse(""));
    assert_true(says("the file is empty"));
    assert_null(parse("# only\n"));
    assert_true(says("the file is empty"));
    assert_null(parse_n("a: 1\0b: 2\n", 10));
    assert_true(says("a NUL byte"));
    assert_int_equal(diags.errors[0].mark.column, 5);
}

/* Every byte of a valid file replaced by every kind of mischief: an answer, never a crash, and
 * never a refusal without words. */
static void broken_files_get_an_answer(void **state) {
    (void)state;
    const char *model = "a: {b: 1, c: [x, 'y']}\nd:\n  - \"e\\n\"\n  - >-\n    f\n";
    static const char *const mischief[] = {"\t", "\n", "{",  "}",   "[",       "]",       ",",
                                           ":",  "#",  "&",  "*",   "!",       "|",       ">",
                                           "'",  "\"", "%",  "@",   "`",       "\xC3",    "\x01",
                                           "? ", "- ", ": ", " #1", "\n---\n", "\n...\n", "\\"};
    size_t n = strlen(model);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < sizeof mischief / sizeof *mischief; k++) {
            rc_arena *own = rc_arena_new();
            char *text =
                rc_arena_printf(own, "%.*s%s%s", (int)i, model, mischief[k], model + i + 1);
            rc_diags d = {.arena = own};
            const rc_yaml *root = rc_yaml_parse(rc_source_text("m", text, strlen(text), own), &d);
            if ((root == NULL) != (d.n_errors > 0))
                fail_msg("no tree and no words: %s", text);
            for (size_t j = 0; j < d.n_errors && j < RC_DIAG_LIMIT; j++)
                assert_true(d.errors[j].message[0] != '\0');
            rc_text out = {0};
            rc_diags_print(&d, true, &out);
            rc_text_free(&out);
            rc_arena_free(own);
        }
}

/* ---- Size ---- */

static double seconds_of(const rc_text *text, const rc_yaml **root) {
    clock_t start = clock();
    *root = parse_n(text->bytes, text->length);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void many_keys(void **state) {
    (void)state;
    rc_text text = {0};
    rc_text_add(&text, "inputs:\n");
    for (int i = 0; i < 300000; i++)
        rc_text_addf(&text, "  a_key_of_some_length_%06d: %d * 3\n", i, i);
    assert_true(text.length > 10000000);
    const rc_yaml *root;
    double seconds = seconds_of(&text, &root);
    print_message("300,000 keys, %zu bytes: %.2f s\n", text.length, seconds);
    assert_non_null(root);
    assert_int_equal(root->items[0]->n, 300000);
    at(root->items[0]->items[299999], 300001, 32, 10);
    assert_true(seconds < 60); /* a quadratic check takes minutes */
    rc_text_add(&text, "  a_key_of_some_length_000007: 1\n");
    root = parse_n(text.bytes, text.length);
    assert_null(root);
    assert_int_equal(diags.n_errors, 1);
    assert_string_equal(diags.errors[0].message, "`a_key_of_some_length_000007` stands twice");
    assert_string_equal(diags.errors[0].hint, "rename or delete one; the first is at line 9");
    rc_text_free(&text);
}

static void one_long_line(void **state) {
    (void)state;
    rc_text text = {0};
    rc_text_add(&text, "{\"a\": [");
    for (int i = 0; i < 1000000; i++)
        rc_text_add(&text, "\"x\", 1234, ");
    rc_text_add(&text, "5]}");
    const rc_yaml *root;
    double seconds = seconds_of(&text, &root);
    print_message("one line of %zu bytes: %.2f s\n", text.length, seconds);
    assert_non_null(root);
    const rc_yaml *list = root->items[0];
    assert_int_equal(list->n, 2000001);
    at(list->items[2000000], 1, (unsigned)text.length - 2, 1);
    assert_true(seconds < 120);
    rc_text_free(&text);
}

static void nesting_is_bounded(void **state) {
    (void)state;
    static const char *const open[] = {"[", "{a: ", "- ", "? "};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        rc_text text = {0};
        for (int k = 0; k < 100000; k++)
            rc_text_add(&text, open[i]);
        assert_null(parse_n(text.bytes, text.length));
        assert_true(i == 3 || says("nested more than 64 deep"));
        rc_text_free(&text);
    }
    rc_text text = {0};
    for (int k = 0; k < 60; k++)
        rc_text_add(&text, "[");
    for (int k = 0; k < 60; k++)
        rc_text_add(&text, "]");
    assert_non_null(parse_n(text.bytes, text.length));
    rc_text_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tree_with_places),
        cmocka_unit_test(json_is_yaml),
        cmocka_unit_test(what_is_fine_stays_fine),
        cmocka_unit_test(null_and_empty),
        cmocka_unit_test(broken_files_get_an_answer),
        cmocka_unit_test(many_keys),
        cmocka_unit_test(one_long_line),
        cmocka_unit_test(nesting_is_bounded),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
