/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and names as models write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/lexer.h"
#include "model/syntax.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void is(const char *text, double expected) {
    double value = -77;
    if (!rc_number_parse(text, &value) || value != expected)
        fail_msg("`%s` gave %.17g, not %.17g", text, value, expected);
}

static void is_not(const char *text) {
    double value;
    if (rc_number_parse(text, &value))
        fail_msg("`%s` gave %.17g, but is no number", text, value);
}

/* The compiler's own reading of the literal is the nearest double. */
static void numbers_of_models(void **state) {
    (void)state;
    is("1200", 1200);
    is("0", 0);
    is("1.2e3", 1200);
    is("1.2E+3", 1200);
    is("1_200", 1200);
    is("1_200.000_5", 1200.0005);
    is("50k", 50000);
    is("2.5M", 2500000);
    is("1B", 1e9);
    is("10%", 0.1);
    is("0.7%", 0.007);
    is("12.5%", 0.125);
    is("33.3%", 0.333);
    is("50万", 500000);
    is("3亿", 3e8);
    is("1.15k", 1150);
    is("2.3M", 2300000);
    is("0.1", 0.1);
    is(".5", 0.5);
    is("-3", -3);
    is("+3", 3);
    is("-10%", -0.1);
    is("1e-400", 0);
    is("4.9e-324", 4.9406564584124654e-324);
    is("1.7976931348623157e308", 1.7976931348623157e308);
    is("0.000e99999999999", 0);
    is("9007199254740993", 9007199254740992.0); /* a tie: to even */
    is("123456789012345678901234567890", 123456789012345678901234567890.0);
}

static void texts_that_are_no_numbers(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",    "-",   "k",    "%",     "5.",   "1.2.3", "1,200", "5 ",   " 5",   "10 %",  "3k%",
        "50K", "5m",  "5kg",  "1e",    "1e5k", "_1",    "1_",    "1__2", "0x10", "1e999", "nan",
        "inf", "--5", "５０", "5万元", "5%%",  "1.e3",  "1._5",  "٣",    "5 k",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        is_not(texts[i]);
}

/* 1 + 2^-53 lies between two doubles; 800 digits further on a 1 decides. */
static void long_numbers_are_rounded_once(void **state) {
    (void)state;
    char text[2000] = "1.00000000000000011102230246251565404236316680908203125";
    is(text, 1.0);
    size_t n = strlen(text);
    memset(text + n, '0', 1000);
    strcpy(text + n + 1000, "1");
    is(text, 1.0000000000000002);
    memset(text, '0', 1500);
    strcpy(text + 1500, "7");
    is(text, 7);
    memset(text, '1', 400);
    text[400] = '\0';
    is_not(text); /* too large */
    strcpy(text + 400, "e-399");
    is(text, 1.1111111111111112);
}

/* Every double that printf shows with 17 digits comes back. */
static void numbers_come_back(void **state) {
    (void)state;
    uint64_t x = 88172645463325252u;
    for (int i = 0; i < 200000; i++) {
        x ^= x << 13, x ^= x >> 7, x ^= x << 17;
        double value;
        memcpy(&value, &x, sizeof value);
        if (!(value - value == 0))
            continue;
        char text[64];
        snprintf(text, sizeof text, "%.17g", value);
        is(text, value);
    }
}

static void the_locale_takes_no_part(void **state) {
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "de_DE", "fr_FR.UTF-8", "ru_RU.UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (setlocale(LC_NUMERIC, names[i]) != NULL)
            break;
    is("1.5", 1.5);
    is("2.5M", 2500000);
    is_not("1,5");
    setlocale(LC_NUMERIC, "C");
}

static void hint_is(const char *text, const char *expected) {
    double value;
    const char *problem;
    char hint[RC_HINT];
    assert_int_equal(rc_number_scan(text, &value, &problem, hint), strlen(text));
    assert_non_null(problem);
    assert_string_equal(hint, expected);
}

static void hints_say_what_to_write(void **state) {
    (void)state;
    hint_is("50K", "write 50k");
    hint_is("5m", "write 5M for millions, 5k for thousands");
    hint_is("2.5bn", "write 2.5B");
    hint_is("3千", "write 3k");
    hint_is("3万亿", "write 3e12");
    hint_is("50万元", "write 50万; a unit goes into `unit:`");
    hint_is("5％", "write 5%");
    hint_is("7%3", "for the remainder write mod(7, 3)");
    hint_is("12kg",
            "for a product write 12 * kg; a unit goes into `unit:`; endings are k M B % 万 亿");
}

static void names(void **state) {
    (void)state;
    static const char *const good[] = {"seats", "a1",   "_x",      "培训质量", "données", "Ärger",
                                       "доход", "収益", "데이터1", "mean",     "々",      "ª"};
    static const char *const bad[] = {
        "",      "1a",       "a b", "a-b",    "a.b",    "to",      "t", "dt",   "pi",   "true",
        "a　",   "a\u00a0b", "（a", "ａ",     "５",     "x²",      "€", "💰",    "a：b", "a·b",
        "a\xff", "\u200b",   "a—b", "\u3164", "\u115f", "a\ufe0f", "»", "a，b", "。"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!rc_name_valid(good[i]))
            fail_msg("`%s` is a name", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (rc_name_valid(bad[i]))
            fail_msg("`%s` is no name", bad[i]);
    assert_true(rc_name_reserved("period"));
    assert_false(rc_name_reserved("periods"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_models),
        cmocka_unit_test(texts_that_are_no_numbers),
        cmocka_unit_test(long_numbers_are_rounded_once),
        cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(the_locale_takes_no_part),
        cmocka_unit_test(hints_say_what_to_write),
        cmocka_unit_test(names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
