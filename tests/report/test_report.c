/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/document.h"
#include "report/format.h"
#include "report/made.h"

#include <jansson.h>
#include <stdlib.h>

static char *written(const rc_result *r, const char *format, bool color) {
    rc_text out = {0};
    rc_error err = {0};
    rc_report_style style = {.color = color};
    const rc_format_type *type = rc_format_find(format);
    assert_non_null(type);
    assert_int_equal(type->write(r, &style, &out, &err), RC_OK);
    return out.bytes;
}

/** The text with every run of blanks as one space, so that line breaks do not matter. */
static char *flat(const rc_result *r) {
    char *text = written(r, "text", false), *to = text;
    for (const char *from = text; *from != '\0'; from++)
        if (*from != ' ' && *from != '\n')
            *to++ = *from;
        else if (to > text && to[-1] != ' ')
            *to++ = ' ';
    *to = '\0';
    return text;
}

static void assert_says(const char *text, const char *part) {
    if (strstr(text, part) == NULL)
        fail_msg("\"%s\" is not in:\n%s", part, text);
}

static void assert_silent(const char *text, const char *part) {
    if (strstr(text, part) != NULL)
        fail_msg("\"%s\" should not be in:\n%s", part, text);
}

static const made_output typical[] = {
    ROI(.52, .45, .124, .79, .15),
    MONEY("npv", "Net present value", 412345.678, 340000, .124),
    IRR(.31, .2, .02),
    PAYBACK(2.4, .9, .06),
    PEAK(412000, 60000),
    MONEY("benefits_pv", "Present value of benefits", 1.61e6, 3e5, 0),
    MONEY("costs_pv", "Present value of costs", 1.2e6, 1.2e5, 0),
    {.name = "customers_at_end",
     .label = "Customers at the end",
     .kind = RC_OUTPUT_USER,
     .centre = 1432,
     .sd = 210,
     .error = .4,
     .hurdle = NAN,
     .unit_text = "customers"},
    LINE("sales_growth", "Sales growth", 1.2e6, 3e5, false),
    LINE("licences", "Licences", 4e5, 3e4, true),
    RISK("cancelled", "Cancelled before go-live", -4e4, 2e4),
};
enum { N_TYPICAL = sizeof typical / sizeof *typical };

static void typical_page(void **state) {
    (void)state;
    rc_result *r = made_result(typical, N_TYPICAL);
    r->hurdle = 0.15;
    made_cash(r);
    char *text = flat(r);
    assert_says(text, "Nine times in ten between −22% and +126%; half the time above +52%.");
    assert_says(text, "On average it brings in $412k more than it costs, in today's money.");
    assert_says(text, "Losing money About one in eight (12%).");
    assert_says(text, "Reaching a return of 15% is likely: about four in five (79%).");
    assert_says(text, "The worst one in twenty average a return of −41%, a loss of $289k");
    assert_says(text,
                "$412k out of pocket at the deepest point; one time in twenty more than $511k.");
    assert_says(text,
                "After 2.4 years in the middle case. Not back within the 5 years: about one in "
                "fifteen (6%).");
    assert_says(text, "◄ loss 12% │ gain 88% ►");
    assert_says(text, "Payback 0.92 2.40 never –");
    assert_says(text, "Customers at the end (customers) 1,087 1,432 1,777 1,432 ±0.4");
    assert_says(text, "Year 5 $600k $130k $470k $1.06M $1.14M $1.22M");
    assert_says(text, "Present value $1.61M $1.20M $412k");
    assert_says(text, "--trials 1048576 --seed 1 --sampler sobol");
    assert_silent(text, "\x1b");
    assert_silent(text, "nan");
    const char *table = strstr(text, "Results");
    assert_non_null(table);
    *(char *)(uintptr_t)table = '\0'; /* the part for executives */
    static const char *const jargon[] = {"P5", "P95", "VaR", "sigma", "percentile", "Sobol"};
    for (size_t i = 0; i < sizeof jargon / sizeof *jargon; i++)
        assert_silent(text, jargon[i]);
    free(text);
    rc_result_free(r);
}

static void all_loss(void **state) {
    (void)state;
    static const made_output m[] = {ROI(-.62, .1, 1, 0, .15),
                                    MONEY("npv", "Net present value", -612345, 1e5, 1),
                                    IRR(0, 0, 1), PAYBACK(9, 1, 1), PEAK(812000, 60000)};
    rc_result *r = made_result(m, 5);
    r->hurdle = 0.15;
    char *text = flat(r);
    assert_says(text, "It happened in every one of the 1,048,576 simulated cases.");
    assert_says(text, "Reaching a return of 15% did not happen in any of the");
    assert_says(text, "brings in $612k less than it costs");
    assert_says(text, "Money back Never within the 5 years");
    assert_says(text, "Internal rate of return has no value in any case.");
    assert_says(text, "Payback never never never –");
    assert_silent(text, "nan");
    free(text);
    rc_result_free(r);
}

static void no_loss_seen(void **state) {
    (void)state;
    static const made_output m[] = {ROI(1.62, .1, 0, 1, .15),
                                    MONEY("npv", "Net present value", 612345, 1e5, 0),
                                    PAYBACK(1, .1, 0), PEAK(-1, 0)};
    rc_result *r = made_result(m, 4);
    r->hurdle = 0.15;
    char *text = flat(r);
    assert_says(text, "It did not happen in any of the 1,048,576 simulated cases.");
    assert_says(text, "Reaching a return of 15% happened in every one of the");
    assert_says(text,
                "Even the worst one in twenty still average a return of +141%, a gain of $406k");
    assert_says(text, "After 1 year in the middle case. In every simulated case it was back within "
                      "the 5 years.");
    assert_says(text, "Cash needed None");
    free(text);
    rc_result_free(r);
}

static void nothing_uncertain(void **state) {
    (void)state;
    static const made_output gain[] = {ROI(1.4, 0, 0, 1, .15),
                                       MONEY("npv", "Net present value", 84000, 0, 0),
                                       IRR(.5, 0, 0), PAYBACK(.4, 0, 0), PEAK(60000, 0)};
    rc_result *r = made_result(gain, 5);
    r->hurdle = 0.15;
    char *text = flat(r);
    assert_says(text, "Return +140%. It brings in $84k more than it costs, in today's money.");
    assert_says(text, "nothing in it is left to chance, and it does not lose.");
    assert_says(text, "Reaching a return of 15% is certain in this model.");
    assert_says(text, "Money back After 5 months.");
    assert_says(text, "Return on investment 140% Net present value $84k");
    assert_silent(text, "P95");
    assert_silent(text, "worst one in twenty");
    free(text);
    rc_result_free(r);
    static const made_output loss[] = {ROI(-.3286, 0, 1, 0, NAN), MONEY("npv", "NPV", -1, 0, 1),
                                       PAYBACK(9, 0, 1)};
    r = made_result(loss, 3);
    text = flat(r);
    assert_says(text, "Return −32.86%. It brings in $1 less than it costs");
    assert_says(text, "Certain: nothing in this model is left to chance, and it loses.");
    assert_says(text, "Money back Never within the 5 years. ");
    assert_silent(text, "hurdle");
    free(text);
    rc_result_free(r);
}

static void outputs_only(void **state) {
    (void)state;
    static const made_output m[] = {{.name = "y",
                                     .label = "Ishigami",
                                     .kind = RC_OUTPUT_USER,
                                     .centre = 3.5,
                                     .sd = 3.72,
                                     .error = .002,
                                     .below_zero = .16,
                                     .hurdle = NAN}};
    rc_result *r = made_result(m, 1);
    r->years = r->discount_rate = 0;
    r->n_periods = r->per_year = 0;
    r->currency = "";
    char *text = flat(r);
    assert_says(text,
                "Ishigami Nine times in ten between −2.62 and 9.62; half the time above 3.50.");
    assert_says(text, "Below zero: about one in six (16%).");
    assert_silent(text, "Losing money");
    assert_silent(text, "Amounts");
    assert_silent(text, "loss");
    free(text);
    rc_result_free(r);
    r = made_result(m, 1);
    r->n_outputs = 0;
    free(flat(r)); /* nothing at all: a page all the same */
    rc_result_free(r);
}

static void outputs_in_groups(void **state) {
    (void)state;
    made_output m[6] = {ROI(.5, .1, 0, 1, NAN)};
    static const char *const names[] = {"wait", "won", "plain", "order", "share"};
    static const char *const groups[] = {"service", "market", NULL, "service", "market"};
    for (size_t i = 0; i < 5; i++)
        m[1 + i] = (made_output){.name = names[i],
                                 .label = names[i],
                                 .kind = RC_OUTPUT_USER,
                                 .centre = 10 + (double)i,
                                 .sd = 1,
                                 .hurdle = NAN};
    rc_result *r = made_result(m, 6);
    static const char *const languages[] = {"en", "zh"}, *const texts[] = {"Service", "服务"};
    for (size_t i = 0; i < 5; i++) {
        rc_output *o = &((rc_output *)(uintptr_t)r->outputs)[1 + i];
        o->group = groups[i];
        if (i == 0 || i == 3)
            o->group_label = (rc_label){"Service", 2, languages, texts};
    }
    char *text = flat(r);
    const char *table = strstr(text, "Outputs of the model");
    assert_non_null(table);
    assert_says(table, "─ plain 10.36 12.00 13.64 12 Service wait 8.36 10.00 11.64 10 "
                       "order 11.36 13.00 14.64 13 market won 9.36 11.00 12.64 11 "
                       "share 12.36 14.00 15.64 14 ");
    free(text);
    char *page = written(r, "markdown", false);
    assert_says(page, "| **Service** |");
    free(page);
    rc_text out = {0};
    rc_error err = {0};
    rc_report_style style = {.language = "zh"};
    assert_int_equal(rc_format_find("html")->write(r, &style, &out, &err), RC_OK);
    assert_says(out.bytes, ">服务</");
    rc_text_free(&out);
    rc_result_free(r);
}

static void chinese_labels_and_hostile_ones(void **state) {
    (void)state;
    static const made_output m[] = {
        ROI(.52, .45, .5, .79, NAN), MONEY("npv", "净现值", 4e9, 3e9, .5),
        LINE("培训", "为一百二十人的销售团队准备的非常全面的培训课程和持续的辅导以及资料", 1e5, 2e4,
             true),
        LINE("evil", "a\x1b[31mred\x1b[0m\nb\xff", 1e5, 2e4, true)};
    rc_result *r = made_result(m, 4);
    r->title.text = "客户关系管理系统";
    r->file = "models/it's mine.yaml";
    char *text = written(r, "text", false);
    assert_says(text, "净现值");
    assert_says(text, "$4.00");
    assert_says(text, "'models/it'\\''s mine.yaml'");
    assert_silent(text, "\x1b");
    assert_silent(text, "\xff");
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n"))
        if (strncmp(line, "Redo", 4) != 0)
            assert_in_range(rc_text_width(line), 0, 80);
    free(text);
    text = flat(r);
    assert_says(text, "As likely as not (50%).");
    free(text);
    rc_result_free(r);
}

static void colours_only_when_asked(void **state) {
    (void)state;
    rc_result *r = made_result(typical, N_TYPICAL);
    char *text = written(r, "text", true);
    assert_says(text, "\x1b[38;5;208m");
    free(text);
    rc_result_free(r);
}

/** Of many cases that may come, one was simulated, or a handful. */
static void few_cases(void **state) {
    (void)state;
    static const made_output one[] = {
        ROI(1.4, 0, 0, 1, .15), MONEY("npv", "Net present value", 84000, 0, 0), PAYBACK(.4, 0, 0)};
    rc_result *r = made_result(one, 3);
    r->hurdle = 0.15;
    r->trials = 1;
    r->n_inputs = 7;
    char *text = flat(r);
    assert_says(text, "Losing money It did not happen in the one simulated case.");
    assert_says(text, "Reaching a return of 15% happened in the one simulated case.");
    assert_says(text, "One simulated case shows what may happen, not how likely it is.");
    assert_silent(text, "certain");
    assert_silent(text, "left to chance");
    free(text);
    r->n_inputs = 0; /* nothing random: one case is all that may come */
    text = flat(r);
    assert_says(text, "nothing in it is left to chance, and it does not lose.");
    assert_silent(text, "simulated case.");
    free(text);
    rc_result_free(r);
    r = made_result(typical, 5);
    r->trials = 16;
    text = flat(r);
    assert_says(text, "Only 16 cases were simulated: too few to speak of odds.");
    free(text);
    r->trials = 100;
    text = flat(r);
    assert_silent(text, "too few");
    free(text);
    rc_result_free(r);
}

static void within_one_year(void **state) {
    (void)state;
    static const made_output m[] = {ROI(.5, .1, 0, 1, .15), PAYBACK(.4, .1, .3)};
    rc_result *r = made_result(m, 2);
    r->years = 1;
    char *text = flat(r);
    assert_says(text, "After 5 months in the middle case. Not back within the year: about three");
    free(text);
    rc_arena *arena = rc_arena_new();
    const rc_document *d = rc_document_new(r, "en", arena);
    assert_string_equal(d->figures[d->n_figures - 1].value, "5 months");
    assert_string_equal(d->figures[d->n_figures - 1].more, "Later than 1 year, or never: 30%");
    r->years = 1.5;
    d = rc_document_new(r, "zh-CN", arena);
    assert_string_equal(d->figures[d->n_figures - 1].value, "5个月");
    assert_string_equal(d->figures[d->n_figures - 1].more, "18个月内回不了本：30%");
    rc_arena_free(arena);
    rc_result_free(r);
}

/** Costs below 0 in some cases: a return of −370 may be a gain. */
static void return_and_money_of_two_minds(void **state) {
    (void)state;
    static const made_output m[] = {ROI(-5, 370, .9, .1, .15),
                                    MONEY("npv", "Net present value", 412345.678, 3e4, 0)};
    rc_result *r = made_result(m, 2);
    char *text = flat(r);
    assert_says(text, "A bad case Even the worst one in twenty still average a gain of $3");
    free(text);
    rc_result_free(r);
}

static void payback_late(void **state) {
    (void)state;
    static const struct {
        double never;
        const char *words;
    } cases[] = {
        {0.6,
         "Money back Not being back within the 5 years is more likely than not: three in five (60%)."},
        {0.002,
         "in the middle case. Not being back within the 5 years is very unlikely: about one in 500 "
         "(0.2%)."},
        {0.25, "in the middle case. Not back within the 5 years: about one in four (25%)."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const made_output m[] = {PAYBACK(2.4, .9, cases[i].never)};
        rc_result *r = made_result(m, 1);
        char *text = flat(r);
        assert_says(text, cases[i].words);
        free(text);
        rc_result_free(r);
    }
}

static void chances_in_words(void **state) {
    (void)state;
    static const struct {
        double p;
        const char *words;
    } cases[] = {
        {0.0002, "very unlikely: fewer than one in 1,000"},
        {0.0011, "very unlikely: about one in 900 (0.1%)"},
        {0.0131, "very unlikely: about one in 80 (1%)"},
        {0.031, "unlikely: about one in 30 (3%)"},
        {0.052, "about one in twenty (5%)"},
        {0.243, "about one in four (24%)"},
        {0.44, "a little less likely than not (44%)"},
        {0.5, "as likely as not (50%)"},
        {0.55, "a little more likely than not (55%)"},
        {0.6, "more likely than not: three in five (60%)"},
        {0.75, "likely: about three in four (75%)"},
        {0.91, "very likely: about nine in ten (91%)"},
        {0.995, "almost certain: 99.5%"},
        {0.99996, "almost certain: over 99.9%"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        rc_text t = {0};
        rc_words_chance(&t, cases[i].p, "en");
        assert_string_equal(t.bytes, cases[i].words);
        rc_text_free(&t);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typical_page),
        cmocka_unit_test(all_loss),
        cmocka_unit_test(no_loss_seen),
        cmocka_unit_test(nothing_uncertain),
        cmocka_unit_test(outputs_only),
        cmocka_unit_test(outputs_in_groups),
        cmocka_unit_test(chinese_labels_and_hostile_ones),
        cmocka_unit_test(colours_only_when_asked),
        cmocka_unit_test(few_cases),
        cmocka_unit_test(within_one_year),
        cmocka_unit_test(return_and_money_of_two_minds),
        cmocka_unit_test(payback_late),
        cmocka_unit_test(chances_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
