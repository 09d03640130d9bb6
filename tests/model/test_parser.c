/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formulas: the shape of the tree, the place of each word, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/syntax.h"

#include <stdlib.h>
#include <string.h>

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

static const rc_syn *parse_text(const char *text) {
    diags = (rc_diags){.arena = arena};
    rc_yaml scalar = {.kind = RC_YAML_SCALAR, .text = text};
    scalar.mark = (rc_mark){rc_source_text("f", text, strlen(text), arena), 1, 1, 1};
    return rc_formula_parse(&scalar, &diags);
}

/* Lisp-like: every operator before its values. */
static void write(const rc_syn *s, rc_text *out) {
    switch (s->kind) {
    case RC_SYN_NUMBER: rc_text_addf(out, "%.15g", s->number); return;
    case RC_SYN_TEXT: rc_text_addf(out, "'%s'", s->name); return;
    case RC_SYN_NAME: rc_text_add(out, s->name); return;
    case RC_SYN_CALL:
    case RC_SYN_LIST:
    case RC_SYN_OP: break;
    }
    rc_text_add(out, s->kind == RC_SYN_LIST ? "[" : "(");
    if (s->kind != RC_SYN_LIST)
        rc_text_add(out, s->name);
    for (size_t i = 0; i < s->n; i++) {
        if (i > 0 || s->kind != RC_SYN_LIST)
            rc_text_add(out, " ");
        if (s->arg_names != NULL && s->arg_names[i] != NULL)
            rc_text_addf(out, "%s=", s->arg_names[i]);
        write(s->args[i], out);
    }
    rc_text_add(out, s->kind == RC_SYN_LIST ? "]" : ")");
}

static void tree(const char *formula, const char *expected) {
    const rc_syn *s = parse_text(formula);
    if (s == NULL)
        fail_msg("`%s`: %s", formula, diags.errors[0].message);
    rc_text out = {0};
    write(s, &out);
    assert_string_equal(out.bytes, expected);
    rc_text_free(&out);
    assert_int_equal(diags.n_errors, 0);
}

static void precedence(void **state) {
    (void)state;
    tree("a + b * c", "(+ a (* b c))");
    tree("a * b + c", "(+ (* a b) c)");
    tree("a - b - c", "(- (- a b) c)");
    tree("a / b / c * d", "(* (/ (/ a b) c) d)");
    tree("a ^ b ^ c", "(^ a (^ b c))");
    tree("-2^2", "(- (^ 2 2))");
    tree("(-2)^2", "(^ -2 2)");
    tree("2^-3", "(^ 2 -3)");
    tree("a^-b^c", "(^ a (- (^ b c)))");
    tree("-a * b", "(* (- a) b)");
    tree("a * -b", "(* a (- b))");
    tree("a - -3", "(- a -3)");
    tree("a-3", "(- a 3)");
    tree("--a", "(- (- a))");
    tree("+a", "a");
    tree("3 * 10 to 40", "(to (* 3 10) 40)");
    tree("3 * (10 to 40)", "(* 3 (to 10 40))");
    tree("50k to 2 * 1M", "(to 50000 (* 2 1000000))");
    tree("-5 to 5", "(to -5 5)");
    tree("a to b < c", "(< (to a b) c)");
    tree("a < b + 1", "(< a (+ b 1))");
    tree("not a < b", "(not (< a b))");
    tree("not a and b", "(and (not a) b)");
    tree("not not a", "(not (not a))");
    tree("a or b and c", "(or a (and b c))");
    tree("a and b or c and d", "(or (and a b) (and c d))");
    tree("a >= b and c != d or e == f", "(or (and (>= a b) (!= c d)) (== e f))");
    tree("a<=b", "(<= a b)");
}

static void values(void **state) {
    (void)state;
    tree("1200", "1200");
    tree("-10%", "-0.1");
    tree(" 50万 ", "500000");
    tree("true", "1");
    tree("false or a", "(or 0 a)");
    tree("培训质量 * 2", "(* 培训质量 2)");
    tree("toto + andy", "(+ toto andy)");
    tree("f()", "(f)");
    tree("f(a, b + 1)", "(f a (+ b 1))");
    tree("saturate(x, half=0.3)", "(saturate x half=0.3)");
    tree("f(half = 1, x == 2)", "(f half=1 (== x 2))");
    tree("f (1)", "(f 1)");
    tree("if(a<b, 1, -1)", "(if (< a b) 1 -1)");
    tree("lookup(x, [[0, 1], [2, 3]])", "(lookup x [[0 1] [2 3]])");
    tree("[]", "[]");
    tree("empirical(file=\"x y.csv\", column='c')", "(empirical file='x y.csv' column='c')");
    tree("discrete([1,2,3],[4,5,6])", "(discrete [1 2 3] [4 5 6])");
    tree("f(10,20)", "(f 10 20)");
    tree("f(100,200)", "(f 100 200)");
    tree("a *\n  b", "(* a b)");
    tree("mean + sd(mean)", "(+ mean (sd mean))");
}

static void parentheses_are_remembered(void **state) {
    (void)state;
    const rc_syn *s = parse_text("3 * (10 to 40)");
    assert_false(s->parenthesised);
    assert_true(s->args[1]->parenthesised);
    s = parse_text("(3)");
    assert_true(s->kind == RC_SYN_NUMBER && s->parenthesised);
}

/* ---- Places ---- */

static const rc_yaml *yaml_value(const char *file, const char *key) {
    diags = (rc_diags){.arena = arena};
    const rc_yaml *root =
        rc_yaml_parse(rc_source_text("m.yaml", file, strlen(file), arena), &diags);
    assert_non_null(root);
    return rc_yaml_get(root, key);
}

static void at(const rc_syn *s, unsigned line, unsigned column, unsigned length) {
    assert_non_null(s);
    assert_int_equal(s->mark.line, line);
    assert_int_equal(s->mark.column, column);
    assert_int_equal(s->mark.length, length);
}

static void places_of_words(void **state) {
    (void)state;
    const rc_yaml *y = yaml_value("b: 1\na: 培训 + max(b, -10%)\n", "a");
    const rc_syn *s = rc_formula_parse(y, &diags);
    at(s, 2, 7, 1);
    at(s->args[0], 2, 4, 2);
    at(s->args[1], 2, 9, 3);
    at(s->args[1]->args[0], 2, 13, 1);
    at(s->args[1]->args[1], 2, 16, 4); /* the sign belongs to the number */
}

static void places_in_quotes(void **state) {
    (void)state;
    const rc_syn *s = rc_formula_parse(yaml_value("a: \"b * cd\"\n", "a"), &diags);
    at(s->args[0], 1, 5, 1);
    at(s->args[1], 1, 9, 2);
    /* escapes are longer in the file than in the text */
    s = rc_formula_parse(yaml_value("a: \"\\x62 \\u002a \\\"t\\\" * cd\"\n", "a"), &diags);
    at(s, 1, 23, 1);
    at(s->args[0]->args[0], 1, 5, 4);
    at(s->args[0]->args[1], 1, 17, 5);
    at(s->args[1], 1, 25, 2);
    s = rc_formula_parse(yaml_value("a: 'f(''x'') + b'\n", "a"), &diags);
    at(s->args[0]->args[0], 1, 7, 5);
    at(s->args[1], 1, 16, 1);
}

static void places_over_lines(void **state) {
    (void)state;
    const rc_syn *s = rc_formula_parse(yaml_value("a: b *\n    c +\n\n   d\n", "a"), &diags);
    at(s, 2, 7, 1);
    at(s->args[0]->args[1], 2, 5, 1);
    at(s->args[1], 4, 4, 1);
    s = rc_formula_parse(yaml_value("a: >-\n    b *\n    cc\n  \n      + d\nz: 1\n", "a"), &diags);
    at(s->args[0]->args[0], 2, 5, 1);
    at(s->args[0]->args[1], 3, 5, 2);
    at(s->args[1], 5, 9, 1);
    s = rc_formula_parse(yaml_value("a: |\r\n  b +\r\n  c\r\n", "a"), &diags);
    at(s->args[1], 3, 3, 1);
    s = rc_formula_parse(yaml_value("a: \"b +\n   c \\\n   * d\"\n", "a"), &diags);
    at(s->args[1]->args[0], 2, 4, 1);
    at(s->args[1]->args[1], 3, 6, 1);
}

/* ---- Refusals ---- */

static void refused(const char *formula, unsigned column, const char *message) {
    const rc_syn *s = parse_text(formula);
    if (s != NULL)
        fail_msg("`%s` was accepted", formula);
    assert_int_equal(diags.n_errors, 1);
    if (strstr(diags.errors[0].message, message) == NULL)
        fail_msg("`%s`: %s", formula, diags.errors[0].message);
    assert_int_equal(diags.errors[0].mark.column, column);
}

static void refusals(void **state) {
    (void)state;
    refused("", 1, "a formula is missing");
    refused("   ", 1, "a formula is missing");
    refused("(a + b", 1, "`(` is never closed");
    refused("f(a, (b)", 2, "`(` is never closed");
    refused("[a, b", 1, "`[` is never closed");
    refused("a)", 2, "`)` was never opened");
    refused("(a]", 3, "`]` closes `(` of column 1");
    refused("a +", 3, "nothing stands after `+`");
    refused("a to", 3, "nothing stands after `to`");
    refused("* a", 1, "a value is missing before `*`");
    refused("a < b < c", 7, "two comparisons in a row");
    refused("1 to 2 to 3", 8, "a second `to`");
    refused("a = b", 3, "`=` has no meaning here");
    refused("a b", 3, "an operator is missing between `a` and `b`");
    refused("f(a b)", 5, "an operator is missing");
    refused("a + not b", 5, "`not` needs parentheses");
    refused("\"x", 1, "is never closed");
    refused("1,200", 1, "`1,200` is not a number");
    refused("f(1,200, b)", 3, "`1,200` is two values");
    refused("f(a,,b)", 5, "a value is missing before `,`");
    refused("f(,a)", 3, "a value is missing before `,`");
    refused("f(a=)", 5, "a value is missing");
    refused("（a）", 1, "full-width `（`");
    refused("１２％", 1, "full-width `１２％`");
    refused("a\u00a0+ b", 2, "invisible U+00A0");
    refused("a\xff", 2, "not UTF-8");
    refused("a\x01", 2, "control character U+0001");
    refused("a#2", 2, "`#` has no meaning");
    refused("a\\b", 2, "`\\` has no meaning");
}

static void a_list_is_no_formula(void **state) {
    (void)state;
    const rc_yaml *y = yaml_value("a: [1, 2]\n", "a");
    assert_null(rc_formula_parse(y, &diags));
    assert_int_equal(diags.n_errors, 1);
}

static char *repeated(const char *unit, size_t times, const char *tail) {
    size_t n = strlen(unit);
    char *text = RC_NEW(arena, char, n *times + strlen(tail) + 1);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * n, unit, n);
    strcpy(text + n * times, tail);
    return text;
}

static void deep_and_long_formulas(void **state) {
    (void)state;
    static const char *const nested[] = {"(", "[", "f(", "-(", "- ", "not ", "2^"};
    for (size_t i = 0; i < sizeof nested / sizeof *nested; i++) {
        assert_null(parse_text(repeated(nested[i], 100000, "a")));
        assert_int_equal(diags.n_errors, 1);
        assert_non_null(strstr(diags.errors[0].message, "nested more than 200 deep"));
    }
    assert_non_null(parse_text(repeated("- ", 199, "a")));
    assert_non_null(parse_text(repeated("a + ", 1900, "a")));
    assert_null(parse_text(repeated("a + ", 2100, "a")));
    assert_non_null(strstr(diags.errors[0].message, "more than 2000 operations"));
    /* wide is no trouble: a table of 200,000 points */
    char *wide = repeated("[1, 2], ", 200000, "[1, 2]]");
    const rc_syn *s = parse_text(rc_arena_printf(arena, "[%s", wide));
    assert_non_null(s);
    assert_int_equal(s->n, 200001);
    /* a name of 5 MB, and a million words without an operator */
    assert_non_null(parse_text(repeated("name_", 1000000, "")));
    assert_null(parse_text(repeated("a ", 1000000, "")));
    assert_int_equal(diags.n_errors, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(precedence),
        cmocka_unit_test(values),
        cmocka_unit_test(parentheses_are_remembered),
        cmocka_unit_test(places_of_words),
        cmocka_unit_test(places_in_quotes),
        cmocka_unit_test(places_over_lines),
        cmocka_unit_test(refusals),
        cmocka_unit_test(a_list_is_no_formula),
        cmocka_unit_test(deep_and_long_formulas),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
