/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page as text: what is escaped, what lies in it, what it asks for. How it looks and whether
 * its charts are drawn is seen by tests/browser. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/format.h"
#include "report/html.h"
#include "report/made.h"

#include <jansson.h>

static const made_output outputs[] = {
    ROI(1. / 3, .45, .124, .79, .15),
    MONEY("npv", "Net present value", 412345.678, 340000, .124),
    IRR(0, 0, 1),
    PAYBACK(2.4, .9, .06),
    LINE("licences", "Licences", 4e5, 3e4, true),
    RISK("cancelled", "Cancelled", -4e4, 2e4),
};
enum { N = sizeof outputs / sizeof *outputs };

static rc_text written(const char *format, const rc_result *r) {
    rc_text out = {0};
    rc_error err = {0};
    rc_report_style style = {0};
    assert_int_equal(rc_format_find(format)->write(r, &style, &out, &err), RC_OK);
    assert_int_equal(strlen(out.bytes), out.length);
    return out;
}

/** What stands between the first `from` and the next `to`. */
static char *between(const char *text, const char *from, const char *to) {
    const char *start = strstr(text, from);
    assert_non_null(start);
    start += strlen(from);
    const char *end = strstr(start, to);
    assert_non_null(end);
    char *copy = test_malloc((size_t)(end - start) + 1);
    memcpy(copy, start, (size_t)(end - start));
    copy[end - start] = '\0';
    return copy;
}

static size_t count(const char *text, const char *what) {
    size_t n = 0;
    while ((text = strstr(text, what)) != NULL) {
        n++;
        text += strlen(what);
    }
    return n;
}

static const char start_of_data[] = "<script type=\"application/json\" id=\"roicast-result\">";

static void the_data_is_the_json_result(void **state) {
    (void)state;
    made_output hostile[N];
    memcpy(hostile, outputs, sizeof outputs);
    hostile[4].label = "</script><script>alert(1)</script><!-- \" ' & \xE2\x80\xAE\xF0\x9F\x92\xA3";
    const rc_result *all[] = {made_result(outputs, N), made_result(hostile, N)};
    for (int i = 0; i < 2; i++) {
        rc_text page = written("html", all[i]), json = written("json", all[i]);
        char *data = between(page.bytes, start_of_data, "</script>");
        assert_null(strchr(data, '<'));
        json_t *a = json_loads(data, 0, NULL), *b = json_loads(json.bytes, 0, NULL);
        assert_non_null(a);
        assert_true(json_equal(a, b));
        json_decref(a);
        json_decref(b);
        test_free(data);
        rc_text_free(&page);
        rc_text_free(&json);
        rc_result_free((rc_result *)all[i]);
    }
}

static void texts_are_escaped(void **state) {
    (void)state;
    rc_text out = {0};
    rc_html_text(&out, "<b a=\"1\" c='2'>&amp;</b>");
    assert_string_equal(out.bytes, "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;&lt;/b&gt;");
    rc_text_free(&out);
    rc_html_text(&out, "");
    assert_string_equal(out.bytes, "");
    rc_text_free(&out);
    rc_html_json(&out, "{\"a\": [1,\n 2],\n \"b c\": \"</script> \\\" <!--\"}\n");
    assert_string_equal(out.bytes, "{\"a\":[1,2],\"b c\":\"\\u003c/script> \\\" \\u003c!--\"}\n");
    rc_text_free(&out);
}

static void hostile_labels_stay_text(void **state) {
    (void)state;
    static const char evil[] = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"
                               "\xE2\x80\xAE\xE2\x81\xA6 \xD7\xA9\xD7\x9C \xF0\x9F\x92\xA3";
    made_output hostile[N];
    memcpy(hostile, outputs, sizeof outputs);
    for (int i = 0; i < N; i++)
        hostile[i].label = evil;
    hostile[3].kind = RC_OUTPUT_USER;
    hostile[3].unit_text = "<i>\"&";
    rc_result *r = made_result(hostile, N), *plain = made_result(outputs, N);
    r->title.text = evil;
    r->file = "<b>.yaml";
    const char *const note = "<u>note</u>";
    r->notes = &note;
    r->n_notes = 1;
    rc_text page = written("html", r), usual = written("html", plain);
    /* both pieces of data too, but not the charts' own script, where there is one */
    bool charts = strstr(page.bytes, "<script>\n") != NULL;
    char *markup = between(page.bytes, "</style>", charts ? "<script>\n" : "</body>");
    static const char *const alive[] = {"<script>alert", "<img", "<b>", "<i>", "<u>"};
    for (size_t i = 0; i < sizeof alive / sizeof *alive; i++)
        assert_null(strstr(markup, alive[i]));
    char *text = between(page.bytes, "<body>", "<script");
    assert_null(strstr(text, "\xE2\x80\xAE")); /* nothing turns the direction of what follows */
    assert_null(strstr(text, "\xE2\x81\xA6"));
    test_free(markup);
    test_free(text);
    assert_int_equal(count(page.bytes, "<script"), count(usual.bytes, "<script"));
    assert_int_equal(count(page.bytes, "</script"), count(usual.bytes, "</script"));
    assert_non_null(strstr(page.bytes, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    rc_text_free(&page);
    rc_text_free(&usual);
    rc_result_free(r);
    rc_result_free(plain);
}

/* No address stands where a browser would follow it. */
static void it_asks_for_nothing(void **state) {
    (void)state;
    rc_result *r = made_result(outputs, N);
    made_cash(r);
    rc_text page = written("html", r);
    char *markup = between(page.bytes, "<body>", start_of_data);
    static const char *const loads[] = {"src=",  "http:", "https:",  "//",     "url(",
                                        "<link", "<base", "<iframe", "<object"};
    for (size_t i = 0; i < sizeof loads / sizeof *loads; i++)
        assert_null(strstr(markup, loads[i]));
    char *head = between(page.bytes, "<head>", "</head>");
    assert_null(strstr(head, "url("));
    assert_null(strstr(head, "@import"));
    assert_null(strstr(head, "<link"));
    assert_non_null(strstr(head, "default-src 'none'"));
    test_free(markup);
    test_free(head);
    rc_text_free(&page);
    rc_result_free(r);
}

/* The words of the trade stand in the analysts' part only. */
static void the_first_part_is_in_plain_words(void **state) {
    (void)state;
    rc_result *r = made_result(outputs, N);
    made_cash(r);
    rc_text page = written("html", r);
    char *first = between(page.bytes, "<div id=\"page\">", "<details id=\"more\"");
    static const char *const words[] = {"P5",       "P50",        "P95",     "VaR",
                                        "Sobol",    "sobol",      "ariance", "sigma",
                                        "quantile", "percentile", "95%"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(first, words[i]) != NULL)
            fail_msg("\"%s\" stands on the first page", words[i]);
    assert_non_null(strstr(first, "Losing money"));
    assert_non_null(strstr(page.bytes, "P50"));
    test_free(first);
    rc_text_free(&page);
    rc_result_free(r);
}

/* Elements close in the order in which they were opened. */
static void elements_are_closed(void **state) {
    (void)state;
    rc_result *r = made_result(outputs, N);
    made_cash(r);
    rc_text page = written("html", r);
    char *markup = between(page.bytes, "<body>", start_of_data);
    char stack[64][24];
    int depth = 0;
    for (const char *c = markup; (c = strchr(c, '<')) != NULL; c++) {
        bool closing = c[1] == '/';
        const char *name = c + 1 + closing;
        size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789");
        assert_in_range(n, 1, 23);
        if (!closing) {
            assert_in_range(depth, 0, 63);
            snprintf(stack[depth++], sizeof stack[0], "%.*s", (int)n, name);
        } else {
            assert_true(depth > 0);
            if (strlen(stack[depth - 1]) != n || strncmp(stack[depth - 1], name, n) != 0)
                fail_msg("</%.*s> closes <%s>", (int)n, name, stack[depth - 1]);
            depth--;
        }
    }
    assert_int_equal(depth, 0);
    test_free(markup);
    rc_text_free(&page);
    rc_result_free(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_data_is_the_json_result),      cmocka_unit_test(texts_are_escaped),
        cmocka_unit_test(hostile_labels_stay_text),         cmocka_unit_test(it_asks_for_nothing),
        cmocka_unit_test(the_first_part_is_in_plain_words), cmocka_unit_test(elements_are_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
