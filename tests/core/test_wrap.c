/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/wrap.h"

#include <string.h>

static void lines(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int indent, width;
        const char *wrapped;
    } cases[] = {
        {"one two three", 0, 7, "one two\nthree\n"},
        {"one two three", 2, 8, "one\n  two\n  three\n"},
        {"enormously long", 0, 5, "enormously\nlong\n"},
        {"收益平均比成本多", 0, 8, "收益平均\n比成本多\n"},
        {"收益平均，比成本", 0, 8, "收益平\n均，比成\n本\n"}, /* no comma in front */
        {"一二三（四五）", 0, 8, "一二三\n（四五）\n"},       /* no bracket at the end */
        {"多出41.2万美元了", 0, 9, "多出\n41.2万美\n元了\n"}, /* a number stays whole */
        {"用 CRM 系统", 0, 6, "用 CRM\n系统\n"},
        {"概率12%左右", 0, 7, "概率\n12%左右\n"},
        {"", 0, 8, "\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rc_text out = {0};
        rc_text_wrap(&out, cases[i].text, cases[i].indent, cases[i].width);
        assert_string_equal(out.bytes, cases[i].wrapped);
        rc_text_free(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(lines)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
