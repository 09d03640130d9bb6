/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports in Chinese: what the sentences say, and that nothing English is left in any of the cases
 * that a report can meet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/language.h"
#include "report/document.h"
#include "report/format.h"
#include "report/made.h"

#include <stdlib.h>

static const char *const languages[] = {"zh-CN", "zh-TW"};

static const made_output typical[] = {
    ROI(.52, .45, .124, .79, .15),
    MONEY("npv", "Net present value", 412345.678, 340000, .124),
    IRR(.31, .2, .02),
    PAYBACK(2.4, .9, .06),
    PEAK(412000, 60000),
    MONEY("benefits_pv", "Present value of benefits", 1.61e6, 3e5, 0),
    MONEY("costs_pv", "Present value of costs", 1.2e6, 1.2e5, 0),
    {.name = "customers",
     .label = "客户",
     .kind = RC_OUTPUT_USER,
     .centre = 1432,
     .sd = 210,
     .error = .4,
     .hurdle = NAN},
    LINE("sales_growth", "增长", 1.2e6, 3e5, false),
    LINE("licences", "许可费", 4e5, 3e4, true),
    RISK("cancelled", "取消", -4e4, 2e4),
    {.name = "left_out",
     .label = "其他",
     .kind = RC_OUTPUT_LEFT_OUT,
     .unit = RC_UNIT_MONEY,
     .centre = 1e4,
     .sd = 1e3,
     .error = 5,
     .hurdle = NAN},
    {.name = "left_cost",
     .label = "其他",
     .kind = RC_OUTPUT_LEFT_OUT,
     .unit = RC_UNIT_MONEY,
     .centre = 1e4,
     .sd = 1e3,
     .error = 5,
     .hurdle = NAN,
     .is_cost = true},
};
enum { N_TYPICAL = sizeof typical / sizeof *typical };

/** Labels as an engine gives them: of financial outputs in every language. */
static rc_result *result_of(const made_output *m, size_t n, const char *language) {
    rc_result *r = made_result(m, n);
    rc_output *outputs = RC_NEW(r->arena, rc_output, n);
    memcpy(outputs, r->outputs, n * sizeof *outputs);
    for (size_t i = 0; i < n; i++)
        outputs[i].label.text = rc_tr(language, m[i].label);
    r->outputs = outputs;
    r->title.text = "客户系统";
    r->hurdle = 0.15;
    made_cash(r);
    return r;
}

/* ---- Nothing English is left ---- */

/** What is written in Latin letters in Chinese too. */
static const char *const allowed[] = {"roicast", "SHA-256", "CVaR", "JSON", "P10", "P25", "P50",
                                      "P75",     "P90",     "P95",  "P99",  "P5",  "P1"};

/** The first text with letters that are not allowed, or NULL. */
static const char *english_in(const char *text) {
    for (const char *c = text; c != NULL && *c != '\0';) {
        size_t skip = 0;
        for (size_t i = 0; skip == 0 && i < sizeof allowed / sizeof *allowed; i++)
            if (strncmp(c, allowed[i], strlen(allowed[i])) == 0)
                skip = strlen(allowed[i]);
        if (skip == 0 && ((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || *c == '{'))
            return text;
        c += skip > 0 ? skip : 1;
    }
    return NULL;
}

static const char *english_in_section(const rc_section *s) {
    const char *found = english_in(s->title);
    for (size_t i = 0; found == NULL && i < s->n_sentences; i++)
        if ((found = english_in(s->sentences[i].topic)) == NULL)
            found = english_in(s->sentences[i].text);
    for (size_t i = 0; found == NULL && i < s->n_notes; i++)
        found = english_in(s->notes[i]);
    const rc_table *t = s->table;
    for (size_t i = 0; found == NULL && t != NULL && i < t->n_columns; i++)
        found = english_in(t->columns[i]);
    for (size_t i = 0; found == NULL && t != NULL && i < t->n_rows * t->n_columns; i++)
        found = english_in(t->cells[i].text);
    if (found == NULL && s->picture != NULL && s->picture->bad != NULL &&
        (found = english_in(s->picture->bad)) == NULL)
        found = english_in(s->picture->good);
    return found;
}

static const char *english_in_document(const rc_result *r, const char *language, rc_arena *arena) {
    const rc_document *d = rc_document_new(r, language, arena);
    const char *found = english_in(d->subtitle);
    for (size_t i = 0; found == NULL && i < d->n_sections; i++)
        found = english_in_section(&d->sections[i]);
    for (size_t i = 0; found == NULL && i < d->n_figures; i++)
        if ((found = english_in(d->figures[i].topic)) == NULL &&
            (found = english_in(d->figures[i].value)) == NULL)
            found = english_in(d->figures[i].more);
    return found;
}

static void all_chinese(const rc_result *r, const char *language) {
    rc_arena *arena = rc_arena_new();
    const char *found = english_in_document(r, language, arena);
    if (found != NULL)
        fail_msg("%s: English in \"%s\"", language, found);
    assert_non_null(english_in_document(r, "en", arena)); /* the scan does find it */
    rc_arena_free(arena);
}

static void every_kind_of_result(const char *language) {
    static const made_output loss[] = {ROI(-.62, .1, 1, 0, .15),
                                       MONEY("npv", "Net present value", -612345, 1e5, 1),
                                       IRR(0, 0, 1), PAYBACK(9, 1, 1), PEAK(812000, 60000)};
    static const made_output gain[] = {ROI(1.62, .1, 0, 1, .15),
                                       MONEY("npv", "Net present value", 612345, 1e5, 0),
                                       PAYBACK(1, .1, 0), PEAK(-1, 0)};
    static const made_output fixed[] = {ROI(1.4, 0, 0, 1, .15),
                                        MONEY("npv", "Net present value", 84000, 0, 0),
                                        IRR(.5, 0, 0), PAYBACK(.4, 0, 0), PEAK(60000, 0)};
    static const made_output sunk[] = {
        ROI(-.3286, 0, 1, 0, .15), MONEY("npv", "Net present value", -1, 0, 1), PAYBACK(9, 0, 1)};
    static const made_output user[] = {{.name = "y",
                                        .label = "石桥",
                                        .kind = RC_OUTPUT_USER,
                                        .centre = 3.5,
                                        .sd = 3.72,
                                        .error = .002,
                                        .below_zero = .16,
                                        .undefined = .1,
                                        .hurdle = NAN}};
    static const made_output one[] = {
        {.name = "y", .label = "石桥", .kind = RC_OUTPUT_USER, .centre = 3.5, .hurdle = NAN}};
    const struct {
        const made_output *m;
        size_t n;
    } cases[] = {
        {typical, N_TYPICAL}, {loss, 5}, {gain, 4}, {fixed, 5}, {sunk, 3}, {user, 1}, {one, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rc_result *r = result_of(cases[i].m, cases[i].n, language);
        all_chinese(r, language);
        r->discount_rate = 0;
        r->hurdle_is_irr = true;
        all_chinese(r, language);
        r->discount_rate = NAN;
        r->years = 1.25;
        r->per_year = 4;
        r->n_periods = 5;
        all_chinese(r, language);
        r->years = 1;
        r->trials = 16;
        all_chinese(r, language);
        r->trials = 1;
        r->n_inputs = 3;
        all_chinese(r, language);
        rc_result_free(r);
    }
}

static void nothing_english_is_left(void **state) {
    (void)state;
    for (size_t i = 0; i < 2; i++)
        every_kind_of_result(languages[i]);
}

static void nothing_english_in_any_odds(void **state) {
    (void)state;
    for (size_t i = 0; i < 2; i++)
        for (double p = 0.0002; p < 1; p = p < 0.02 ? p * 1.5 : p + 0.007) {
            rc_text t = {0};
            rc_words_chance(&t, p, languages[i]);
            if (english_in(t.bytes) != NULL)
                fail_msg("%s", t.bytes);
            rc_text_free(&t);
        }
}

static void nothing_english_about_precision(void **state) {
    (void)state;
    static const char *const ended[] = {"precision", "time", "memory", "trials"};
    for (size_t i = 0; i < 4 * 2 * 2; i++) {
        const char *language = languages[i % 2];
        rc_result *r = result_of(typical, N_TYPICAL, language);
        rc_growth g = {.ended = ended[i / 4],
                       .share = .005,
                       .probability = .001,
                       .n_outputs = 2,
                       .reached = .004,
                       .reached_probability = .0009};
        if (i / 2 % 2 == 1) {
            g.output = "npv";
            g.row = rc_output_row(rc_result_find(r, "npv"), "percentiles", "99");
            g.output_probability = "roi";
            g.row_probability = rc_output_row(rc_result_find(r, "roi"), "at_least_hurdle", NULL);
        }
        r->growth = &g;
        all_chinese(r, language);
        rc_result_free(r);
    }
}

/* ---- What it says ---- */

static char *written(const rc_result *r, const char *language) {
    rc_text out = {0};
    const rc_report_style style = {.language = language};
    assert_int_equal(rc_format_find("text")->write(r, &style, &out, NULL), RC_OK);
    char *to = out.bytes; /* one line, no blanks */
    for (const char *from = out.bytes; *from != '\0'; from++)
        if (*from != ' ' && *from != '\n')
            *to++ = *from;
    *to = '\0';
    return out.bytes;
}

static void says(const rc_result *r, const char *language, const char *const *parts, size_t n) {
    char *text = written(r, language);
    for (size_t i = 0; i < n; i++)
        if (strstr(text, parts[i]) == NULL)
            fail_msg("\"%s\" is not in:\n%s", parts[i], text);
    free(text);
}

static void simplified(void **state) {
    (void)state;
    rc_result *r = result_of(typical, N_TYPICAL, "zh-CN");
    static const char *const parts[] = {
        "九成情形介于−22%与+126%之间，半数情形高于+52%。按现值计算，收益平均比成本多41.2万美元。",
        "亏钱的可能性约为八分之一（12%）。",
        "达到15%回报的可能性很大，约为五分之四（79%）。",
        "每20次里最差的1次，按现值计算，平均回报率为−41%，平均亏损28.9万美元。",
        "投入最多时累计净支出41.2万美元；20次里有1次超过51.1万美元。",
        "半数情形在2.4年内回本。5年内回不了本的可能性约为十五分之一（6%）。",
        "◄亏损12%│盈利88%►",
        "币种：美元·模拟1,048,576次",
        "第5年$60.0万$13.0万$47.0万",
    };
    says(r, "zh-CN", parts, sizeof parts / sizeof *parts);
    r->currency = "CNY";
    static const char *const yuan[] = {"收益平均比成本多41.2万元。", "币种：人民币", "¥41.2万"};
    says(r, "zh-CN", yuan, 3);
    rc_result_free(r);
}

static void traditional(void **state) {
    (void)state;
    rc_result *r = result_of(typical, N_TYPICAL, "zh-TW");
    r->currency = "TWD";
    static const char *const parts[] = {
        "九成情況介於−22%與+126%之間，半數情況高於+52%。以現值計算，效益平均比成本多41.2萬元。",
        "虧錢的機率約為八分之一（12%）。",
        "達到15%報酬的機率很高，約為五分之四（79%）。",
        "每20次裡最差的1次，以現值計算，平均報酬率為−41%，平均虧損28.9萬元。",
        "投入最多時累計淨支出41.2萬元；20次裡有1次超過51.1萬元。",
        "半數情況在2.4年內回本。5年內無法回本的機率約為十五分之一（6%）。",
        "內部報酬率",
        "NT$41.2萬",
        "幣別：新臺幣",
    };
    says(r, "zh-TW", parts, sizeof parts / sizeof *parts);
    rc_result_free(r);
}

static void lines_fit_the_terminal(void **state) {
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        rc_result *r = result_of(typical, N_TYPICAL, languages[i]);
        rc_text out = {0};
        const rc_report_style style = {.language = languages[i]};
        assert_int_equal(rc_format_find("text")->write(r, &style, &out, NULL), RC_OK);
        for (char *line = strtok(out.bytes, "\n"); line != NULL; line = strtok(NULL, "\n")) {
            if (strstr(line, "--trials") == NULL)
                assert_in_range(rc_text_width(line), 1, 80);
            static const char *const never_first[] = {"，", "。", "；", "）", "、", "”"};
            line += strspn(line, " ");
            for (size_t k = 0; k < 6; k++)
                assert_int_not_equal(strncmp(line, never_first[k], 3), 0);
        }
        rc_text_free(&out);
        rc_result_free(r);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_english_is_left),
        cmocka_unit_test(nothing_english_in_any_odds),
        cmocka_unit_test(nothing_english_about_precision),
        cmocka_unit_test(simplified),
        cmocka_unit_test(traditional),
        cmocka_unit_test(lines_fit_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
