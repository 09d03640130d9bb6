/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Languages: look-ups in the catalogs, plural forms, parts of sentences, names of locales, and laws
 * that every translation keeps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/label.h"
#include "core/language.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void texts(void **state) {
    (void)state;
    assert_string_equal(rc_tr("zh-CN", "Return on investment"), "投资回报率");
    assert_string_equal(rc_tr("zh-TW", "Return on investment"), "投資報酬率");
    static const char *const english[] = {"en", "tlh", "", NULL};
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(rc_tr(english[i], "Return on investment"), "Return on investment");
    assert_string_equal(rc_tr("zh-CN", "no such message"), "no such message");
    assert_string_equal(rc_tr_in("zh-CN", "no such context", "Payback"), "Payback");
    assert_string_equal(rc_tr("zh-CN", ""), "");
}

static void parts(void **state) {
    (void)state;
    static const struct {
        const char *pattern, *text;
    } cases[] = {
        {"{a} before {b}", "1 before two {a}"},
        {"{b}，{a}", "two {a}，1"},
        {"{a}{a}", "11"},
        {"{c} {", "{c} {"},
        {"{a", "{a"},
        {"", ""},
        {"}{{a}}", "}{1}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rc_text out = {0};
        rc_text_add(&out, "");
        rc_fill(&out, cases[i].pattern, RC_PAIRS("a", "1", "b", "two {a}"));
        assert_string_equal(out.bytes, cases[i].text);
        rc_text_free(&out);
    }
}

static void one_and_many(void **state) {
    (void)state;
    assert_string_equal(rc_tr_n("en", "one", "many", 1), "one");
    assert_string_equal(rc_tr_n("en", "one", "many", 0), "many");
    assert_string_equal(rc_tr_n("zh-CN", "one", "many", 1), "one"); /* not in the catalog */
    assert_string_equal(rc_tr_n("zh-CN", "one", "many", 2), "many");
}

static void locales(void **state) {
    (void)state;
    static const struct {
        const char *locale, *code; /* NULL: none */
    } cases[] = {
        {"zh_CN.UTF-8", "zh-CN"},
        {"zh_SG", "zh-CN"},
        {"zh", "zh-CN"},
        {"zh-Hans", "zh-CN"},
        {"zh-Hans-HK", "zh-CN"},
        {"zh_TW.Big5", "zh-TW"},
        {"zh_HK.utf8", "zh-TW"},
        {"zh-Hant", "zh-TW"},
        {"zh-hant-tw", "zh-TW"},
        {"zh_MO", "zh-TW"},
        {"en_GB.UTF-8", "en"},
        {"C", "en"},
        {"C.UTF-8", "en"},
        {"POSIX", "en"},
        {"de_DE", NULL},
        {"zha", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const rc_language *l = rc_language_match(cases[i].locale);
        if (cases[i].code == NULL)
            assert_null(l);
        else
            assert_string_equal(l->code, cases[i].code);
    }
}

static void labels_fall_back_to_what_is_near(void **state) {
    (void)state;
    static const char *const two[] = {"en", "zh"}, *const words[] = {"Training", "培训"};
    const rc_label both = {"Training", 2, two, words};
    assert_string_equal(rc_label_text(&both, "zh-CN", "x"), "培训");
    assert_string_equal(rc_label_text(&both, "zh-TW", "x"), "培训");
    assert_string_equal(rc_label_text(&both, "en", "x"), "Training");
    static const char *const three[] = {"zh", "zh-Hant", "en"}, *const more[] = {"培训", "訓練",
                                                                                 "Training"};
    const rc_label all = {"培训", 3, three, more};
    assert_string_equal(rc_label_text(&all, "zh-TW", "x"), "訓練");
    assert_string_equal(rc_label_text(&all, "zh-CN", "x"), "培训");
    assert_string_equal(rc_label_text(&all, "de", "x"), "培训");
    assert_string_equal(rc_label_text(&(rc_label){0}, "zh-CN", "x"), "x");
}

/* ---- Laws of every catalog ---- */

/** "{a}{b}" of a text: its parts, sorted, each once. */
static void part_names(const char *text, char names[16][40], size_t *n) {
    *n = 0;
    for (const char *c = strchr(text, '{'); c != NULL; c = strchr(c + 1, '{')) {
        size_t length = strcspn(c, "}") + 1;
        assert_true(length < 40 && *n < 16);
        char name[40] = "";
        memcpy(name, c, length);
        size_t at = 0;
        while (at < *n && strcmp(names[at], name) < 0)
            at++;
        if (at < *n && strcmp(names[at], name) == 0)
            continue;
        memmove(names[at + 1], names[at], (*n - at) * sizeof names[0]);
        strcpy(names[at], name);
        ++*n;
    }
}

static void same_parts(const char *original, const char *translation) {
    char a[17][40], b[17][40];
    size_t na, nb;
    part_names(original, a, &na);
    part_names(translation, b, &nb);
    bool same = na == nb;
    for (size_t i = 0; same && i < na; i++)
        same = strcmp(a[i], b[i]) == 0;
    if (!same)
        fail_msg("parts differ:\n%s\n%s", original, translation);
    if ((original[0] != '\0' && original[strlen(original) - 1] == '\n') !=
        (translation[0] != '\0' && translation[strlen(translation) - 1] == '\n'))
        fail_msg("the end of the line differs:\n%s\n%s", original, translation);
}

static void catalogs_keep_the_parts_and_the_rule(void **state) {
    (void)state;
    for (size_t i = 1; i < rc_language_count(); i++) {
        const rc_language *l = rc_language_at(i);
        assert_true(rc_mo_valid(l->catalog));
        char rule[160], code[40];
        snprintf(rule, sizeof rule, "plural=%s;", l->plural_rule);
        snprintf(code, sizeof code, "Language: %.2s_%s\n", l->code, l->code + 3);
        const char *header = rc_mo_find(l->catalog, NULL, "", 0);
        assert_non_null(strstr(header, rule));
        assert_non_null(strstr(header, code));
        for (size_t k = 0; k < rc_mo_count(l->catalog); k++) {
            const char *original = rc_mo_original(l->catalog, k), *context_end;
            if (*original == '\0')
                continue;
            if ((context_end = strchr(original, '\4')) != NULL)
                original = context_end + 1;
            char context[64] = "";
            if (context_end != NULL)
                snprintf(context, sizeof context, "%.*s",
                         (int)(context_end - rc_mo_original(l->catalog, k)),
                         rc_mo_original(l->catalog, k));
            const char *text =
                rc_mo_find(l->catalog, context_end != NULL ? context : NULL, original, 0);
            assert_non_null(text);
            same_parts(original, text);
        }
    }
}

static void damaged_files_are_refused(void **state) {
    (void)state;
    const rc_mo *whole = rc_language_find("zh-CN")->catalog;
    for (size_t length = 0; length < whole->length; length += 1 + length / 50) {
        unsigned char *part = malloc(length + 1);
        memcpy(part, whole->bytes, length);
        assert_false(rc_mo_valid(&(rc_mo){part, length}));
        free(part);
    }
    unsigned char *copy = malloc(whole->length);
    memcpy(copy, whole->bytes, whole->length);
    copy[0] ^= 1;
    assert_false(rc_mo_valid(&(rc_mo){copy, whole->length}));
    free(copy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts),
        cmocka_unit_test(parts),
        cmocka_unit_test(one_and_many),
        cmocka_unit_test(locales),
        cmocka_unit_test(labels_fall_back_to_what_is_near),
        cmocka_unit_test(catalogs_keep_the_parts_and_the_rule),
        cmocka_unit_test(damaged_files_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
