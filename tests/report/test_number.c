/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/number.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

static const rc_quantity plain = {.unit = RC_UNIT_NUMBER};
static const rc_quantity percent = {.unit = RC_UNIT_RATIO};
static const rc_quantity years = {.unit = RC_UNIT_YEARS};
static const rc_quantity dollars = {.unit = RC_UNIT_MONEY, .currency = "USD"};
static const rc_quantity francs = {.unit = RC_UNIT_MONEY, .currency = "CHF"};
static const rc_quantity no_currency = {.unit = RC_UNIT_MONEY, .currency = ""};
static const rc_quantity users = {.unit = RC_UNIT_NUMBER, .suffix = "users"};

static void numbers_as_people_read_them(void **state) {
    (void)state;
    const struct {
        const rc_quantity *q;
        double value;
        rc_rounding r;
        const char *text;
    } cases[] = {
        {&dollars, 1234567, {3, 1, false}, "$1.23M"},
        {&dollars, 1234567, {6, 3000, false}, "$1.235M"},
        {&dollars, -412345, {3, 10, false}, "−$412k"},
        {&dollars, 999960, {3, 1, false}, "$1.00M"},
        {&dollars, 9876.54, {3, 1, false}, "$9,880"},
        {&dollars, 1.005, {6, 0, false}, "$1"},
        {&dollars, 0, {3, 1, true}, "$0"},
        {&dollars, 7.3e12, {2, 0, false}, "$7.3T"},
        {&dollars, 1.29e15, {3, 0, false}, "$1,290T"},
        {&dollars, -1.234e18, {3, 0, false}, "−$1.23e18"},
        {&dollars, 5e300, {3, 0, false}, "$5.00e300"},
        {&francs, 84000, {3, 0, false}, "CHF 84k"},
        {&no_currency, 84000, {3, 0, false}, "84k"},
        {&no_currency, 0.00123, {3, 0, false}, "0.00123"},
        {&percent, 0.5231, {4, 0.004, true}, "+52.3%"},
        {&percent, 3.2868, {5, 0, true}, "+328.68%"},
        {&percent, 1.4, {5, 0, false}, "140%"},
        {&percent, -0.0049, {3, 0.001, false}, "−0.5%"},
        {&percent, 0, {3, 0, true}, "0%"},
        {&percent, 0.003, {3, 0.6, true}, "0%"},
        {&percent, 0.0049, {3, 0.01, true}, "0%"},
        {&percent, -0.006, {3, 0.01, true}, "−1%"},
        {&plain, 0.4, {3, 5, false}, "0"},
        {&plain, 0.6, {3, 5, false}, "1"},
        {&plain, 0.06, {3, 5, false}, "0"},
        {&years, 2.4137, {2, 0.001, false}, "2.4"},
        {&years, 2.4137, {9, 0, false}, "2.41"},
        {&plain, 1432.4, {4, 0.4, false}, "1,432"},
        {&plain, 123456, {3, 1, false}, "123,000"},
        {&plain, 12345678, {4, 1, false}, "12.35M"},
        {&plain, 0.000012345, {3, 0, false}, "0.0000123"},
        {&plain, 1.2345e-9, {3, 0, false}, "1.23e-9"},
        {&plain, -9.619, {3, 0.01, false}, "−9.62"},
        {&users, 1432, {4, 0, false}, "1,432 users"},
        {&plain, NAN, {3, 0, false}, "–"},
        {&plain, INFINITY, {3, 0, false}, "∞"},
        {&dollars, DBL_MIN, {3, 0, false}, "$0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[RC_NUMBER_TEXT];
        assert_string_equal(rc_number_text(text, cases[i].q, cases[i].value, cases[i].r),
                            cases[i].text);
    }
}

static void myriads(void **state) {
    (void)state;
    const struct {
        const char *language, *currency;
        bool in_words;
        double value;
        rc_rounding r;
        const char *text;
    } cases[] = {
        {"zh-CN", "CNY", false, 12340000, {4, 0, false}, "¥1,234万"},
        {"zh-CN", "CNY", true, 12340000, {4, 0, false}, "1,234万元"},
        {"zh-CN", "CNY", true, 1.29e15, {3, 0, false}, "1,290万亿元"},
        {"zh-CN", "CNY", true, 120000000, {4, 0, false}, "1.2亿元"},
        {"zh-CN", "CNY", false, 99999960, {3, 1, false}, "¥1.00亿"},
        {"zh-CN", "CNY", false, 99994000, {5, 1, false}, "¥9,999.4万"},
        {"zh-CN", "CNY", true, 9999.6, {4, 0.01, false}, "1.000万元"},
        {"zh-CN", "CNY", true, 9876.54, {3, 1, false}, "9,880元"},
        {"zh-CN", "CNY", true, 3.4e12, {2, 0, false}, "3.4万亿元"},
        {"zh-TW", "TWD", true, 3.4e12, {2, 0, false}, "3.4兆元"},
        {"zh-TW", "TWD", false, 500000, {6, 0, false}, "NT$50萬"},
        {"zh-TW", "TWD", false, 1.5e8, {6, 0, false}, "NT$1.5億"},
        {"zh-TW", "USD", true, -412345, {3, 10, false}, "−41.2萬美元"},
        {"zh-CN", "USD", false, 1200000, {6, 0, true}, "+$120万"},
        {"zh-CN", "SEK", true, 84000, {3, 0, false}, "SEK 8.4万"},
        {"zh-CN", "", true, 84000, {3, 0, false}, "8.4万"},
    };
    char text[RC_NUMBER_TEXT];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const rc_quantity q = {.unit = RC_UNIT_MONEY,
                               .currency = cases[i].currency,
                               .language = cases[i].language,
                               .in_words = cases[i].in_words};
        assert_string_equal(rc_number_text(text, &q, cases[i].value, cases[i].r), cases[i].text);
    }
    const rc_quantity number = {.unit = RC_UNIT_NUMBER, .language = "zh-CN"};
    assert_string_equal(rc_number_text(text, &number, 123456, (rc_rounding){6, 0, false}),
                        "123,456");
    assert_string_equal(rc_number_text(text, &number, 1234567, (rc_rounding){4, 0, false}),
                        "123.5万");
    assert_string_equal(rc_currency_name("CNY", "zh-TW"), "人民幣");
    assert_string_equal(rc_currency_name("SEK", "zh-TW"), "SEK");
    assert_string_equal(rc_currency_name("USD", "en"), "USD");
    assert_string_equal(rc_share_text(text, 0.0003, "zh-CN"), "不到0.1%");
}

static void shares_are_honest_at_the_ends(void **state) {
    (void)state;
    const struct {
        double share;
        const char *text;
    } cases[] = {{0, "0%"},
                 {1e-9, "under 0.1%"},
                 {0.004, "0.4%"},
                 {0.0131, "1%"},
                 {0.4951, "50%"},
                 {0.123, "12%"},
                 {0.986, "99%"},
                 {0.9949, "99.5%"},
                 {0.9990001, "over 99.9%"},
                 {1 - 1e-9, "over 99.9%"},
                 {1, "100%"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[RC_NUMBER_TEXT];
        assert_string_equal(rc_share_text(text, cases[i].share, "en"), cases[i].text);
    }
}

static void exact_texts_read_back(void **state) {
    (void)state;
    char text[RC_NUMBER_TEXT];
    assert_string_equal(rc_exact_text(text, 0.1), "0.1");
    assert_string_equal(rc_exact_text(text, 1e22), "1e+22");
    const double values[] = {1.0 / 3, -2.0 / 3e-7, DBL_MIN, DBL_MAX, 4.9e-324, 0.1 + 0.2, -0.0};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        assert_true(strtod(rc_exact_text(text, values[i]), NULL) == values[i]);
}

static void counts(void **state) {
    (void)state;
    char text[RC_NUMBER_TEXT];
    assert_string_equal(rc_count_text(text, 7), "7");
    assert_string_equal(rc_count_text(text, 1048576), "1,048,576");
    assert_string_equal(rc_count_text(text, UINT64_MAX), "18,446,744,073,709,551,615");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_as_people_read_them),
        cmocka_unit_test(myriads),
        cmocka_unit_test(shares_are_honest_at_the_ends),
        cmocka_unit_test(exact_texts_read_back),
        cmocka_unit_test(counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
