/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contract of report formats: every format of the table writes every result, made ones at the
 * edges and the real models; the same result gives the same bytes whatever machine made it; what
 * is text is clean; and a number in a table is the result's, as precisely as it is printed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/document.h"
#include "report/format.h"
#include "report/made.h"
#include "report/run_model.h"
#include "result/drivers.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- Results ---- */

static const made_output usual[] = {
    ROI(.52, .45, .124, .79, .15),
    MONEY("npv", "Net present value", 412345.678, 340000, .124),
    IRR(.31, .2, .02),
    PAYBACK(2.4, .9, .06),
    PEAK(412000, 60000),
    MONEY("benefits_pv", "Present value of benefits", 1.61e6, 3e5, 0),
    MONEY("costs_pv", "Present value of costs", 1.2e6, 1.2e5, 0),
    LINE("licences", "Licences", 4e5, 3e4, true),
    LINE("培训", "培训 | `code` <b>&amp;</b> [x](y) *_~ \"quoted\" =1+1", 1e5, 2e4, true),
    RISK("cancelled", "-1. Cancelled\x1b[31m\nbefore go-live\xff", -4e4, 2e4),
};
static const made_output lost[] = {ROI(-.62, .1, 1, 0, .15),
                                   MONEY("npv", "Net present value", -612345, 1e5, 1), IRR(0, 0, 1),
                                   PAYBACK(9, 1, 1), PEAK(812000, 60000)};
static const made_output fixed[] = {ROI(1.4, 0, 0, 1, .15), MONEY("npv", "NPV", 84000, 0, 0),
                                    PAYBACK(.4, 0, 0)};
static const made_output lone[] = {{.name = "y",
                                    .label = "Ishigami",
                                    .kind = RC_OUTPUT_USER,
                                    .centre = 3.5e-9,
                                    .sd = 3.72e-9,
                                    .error = 2e-12,
                                    .below_zero = .16,
                                    .hurdle = NAN,
                                    .unit_text = "points"}};

static const struct {
    const made_output *outputs;
    size_t n;
    const char *currency;
    bool cash;
} made[] = {{usual, sizeof usual / sizeof *usual, "USD", true},
            {usual, sizeof usual / sizeof *usual, "CNY", true},
            {usual, sizeof usual / sizeof *usual, "X\"F", true},
            {lost, sizeof lost / sizeof *lost, "EUR", true},
            {fixed, sizeof fixed / sizeof *fixed, "", false},
            {lone, 1, "", false},
            {lone, 0, "", false}};
static const char *const models[] = {"crm-midmarket", "ishigami",      "seed-one-month",
                                     "seed-one-year", "tei-salesloft", "w1"};
enum { N_MADE = sizeof made / sizeof *made, N_MODELS = sizeof models / sizeof *models };

static rc_result *make(size_t i) {
    rc_result *r = made_result(made[i].outputs, made[i].n);
    r->currency = made[i].currency;
    if (made[i].cash) {
        r->hurdle = 0.15;
        made_cash(r);
        made_cash_lines(r);
        made_assumptions(r);
    }
    if (made[i].outputs == lone) {
        r->years = r->discount_rate = 0;
        r->n_periods = r->per_year = 0;
    }
    return r;
}

/* Calls `check` with every result. */
static void each_result(void (*check)(rc_result *r)) {
    for (size_t i = 0; i < N_MADE + N_MODELS; i++) {
        rc_result *r = i < N_MADE ? make(i) : run_model(models[i - N_MADE]);
        check(r);
        rc_result_free(r);
    }
}

static rc_text written(const rc_result *r, const rc_format_type *format, const char *language) {
    rc_text out = {0};
    rc_error err = {0};
    rc_report_style style = {.language = language};
    if (format->write(r, &style, &out, &err) != RC_OK)
        fail_msg("%s: %s", format->name, err.message);
    assert_true(out.length > 0);
    return out;
}

/* Formats of trials need them. */
static bool can(const rc_result *r, const rc_format_type *format) {
    return !format->trials || (r->n_outputs > 0 && r->outputs[0].samples != NULL);
}

/* ---- Clean text ---- */

/* The next part of a page that people read: what lies in scripts and style sheets is not. */
static const char *skip_code(const char *c) {
    static const char *const tags[][2] = {{"<script", "</script>"}, {"<style", "</style>"}};
    for (size_t i = 0; i < 2; i++)
        if (strncmp(c, tags[i][0], strlen(tags[i][0])) == 0)
            return strstr(c, tags[i][1]);
    return c;
}

static bool is_word(const char *start, const char *c, const char *word) {
    size_t n = strlen(word);
    for (size_t i = 0; i < n; i++)
        if (tolower((unsigned char)c[i]) != word[i])
            return false;
    return (c == start || !isalnum((unsigned char)c[-1])) && !isalnum((unsigned char)c[n]);
}

static void assert_clean(const rc_format_type *format, const rc_text *text) {
    bool page = strcmp(format->name, "html") == 0, csv = strcmp(format->name, "csv") == 0;
    for (size_t at = 0, step; at < text->length; at += step) {
        int32_t c = rc_utf8_decode(text->bytes + at, text->length - at, &step);
        if (c < 0 || (c < 0x20 && c != '\n' && !(page && c == '\t')) || (c >= 0x7F && c < 0xA0))
            fail_msg("%s: byte %zu is no clean text (%d)", format->name, at, (int)c);
    }
    assert_int_equal(strlen(text->bytes), text->length);
    for (const char *c = text->bytes; *c != '\0'; c++) {
        c = page ? skip_code(c) : c;
        bool number = is_word(text->bytes, c, "nan") || is_word(text->bytes, c, "infinity") ||
                      (!csv && is_word(text->bytes, c, "inf"));
        if (number) /* csv says Inf where a payback is never reached */
            fail_msg("%s: %.60s", format->name, c);
    }
}

/* JSON, and the page that holds it, say what the machine was. */
static bool tells_machine(const rc_format_type *format) {
    return strcmp(format->name, "json") == 0 || strcmp(format->name, "html") == 0;
}

static void clean_and_same(rc_result *r) {
    const char *language = r->n_assumptions % 2 == 0 ? "zh-CN" : NULL;
    for (size_t i = 0; i < rc_format_count(); i++) {
        const rc_format_type *format = rc_format_at(i);
        if (!can(r, format))
            continue;
        rc_result other = *r;
        if (!tells_machine(format)) {
            other.threads = 64;
            other.isa = "other";
            other.seconds = other.simulate_seconds = 7;
        }
        rc_text a = written(r, format, language), b = written(&other, format, language);
        assert_int_equal(a.length, b.length);
        assert_memory_equal(a.bytes, b.bytes, a.length);
        if (!format->binary)
            assert_clean(format, &a);
        else
            assert_memory_equal(a.bytes, "PK\x03\x04", 4);
        rc_text_free(&a);
        rc_text_free(&b);
    }
}

static void clean_text_and_the_same_bytes(void **state) {
    (void)state;
    each_result(clean_and_same);
}

/* ---- Numbers ---- */

/* The number that a cell shows, and half a unit of its last digit. False: it shows none. */
static bool read_cell(const char *text, double *value, double *half) {
    static const struct {
        const char *text;
        double factor;
    } scales[] = {{"%", 0.01}, {"k", 1e3}, {"M", 1e6}, {"B", 1e9}, {"T", 1e12}};
    char digits[RC_NUMBER_TEXT] = "";
    size_t n = 0;
    int decimals = -1;
    double sign = 1;
    for (; *text != '\0' && !isdigit((unsigned char)*text); text++)
        if (strncmp(text, "\u2212", strlen("\u2212")) == 0)
            sign = -1;
    for (; isdigit((unsigned char)*text) || *text == ',' || *text == '.'; text++) {
        if (*text == ',')
            continue;
        decimals = *text == '.' ? 0 : decimals >= 0 ? decimals + 1 : decimals;
        digits[n++] = *text;
    }
    if (n == 0)
        return false;
    double unit = pow(10, -(decimals > 0 ? decimals : 0));
    for (size_t i = n; decimals < 0 && i > 1 && digits[i - 1] == '0'; i--)
        unit *= 10; /* zeros that may be rounded: 170 as 200 */
    if (*text == 'e')
        unit *= pow(10, strtod(text + 1, NULL));
    double x = strtod(digits, NULL) * (*text == 'e' ? pow(10, strtod(text + 1, NULL)) : 1);
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
        if (strncmp(text, scales[i].text, strlen(scales[i].text)) == 0) {
            x *= scales[i].factor;
            unit *= scales[i].factor;
        }
    *value = sign * x;
    *half = unit / 2;
    return true;
}

static bool is_of_cell(const rc_cash_cell *c, double x) {
    bool any = c->mean == x;
    for (size_t p = 0; p < RC_CASH_PERCENTILES; p++)
        any = any || c->percentile[p] == x;
    return any;
}

/* Every number that a result holds, and the sums over years that a table of cash has. */
static bool is_of(const rc_result *r, double x) {
    const double tolerance = 1e-12 * fabs(x);
    for (size_t i = 0; i < r->n_cash_lines; i++)
        for (size_t k = 0; k < r->n_cash_years + 2; k++)
            if (is_of_cell(rc_cash_line_cell(r, &r->cash_lines[i], k), x))
                return true;
    for (size_t k = 0; k < r->n_cash_years + 1; k++) {
        const rc_cash_row *row = k < r->n_cash_years ? &r->cash_years[k] : r->cash_total;
        if (row != NULL && (is_of_cell(&row->benefits, x) || is_of_cell(&row->costs, x) ||
                            is_of_cell(&row->net, x) || is_of_cell(&row->cumulative, x)))
            return true;
    }
    for (size_t i = 0; i < r->n_outputs; i++)
        for (size_t k = 0; k < r->outputs[i].n_rows; k++) {
            const rc_estimate *e = &r->outputs[i].rows[k].estimate;
            if (e->value == x || (e->high - e->low) / 2 == x || e->low == x || e->high == x)
                return true;
        }
    double sum[3] = {0}, year[3] = {0};
    for (size_t k = 0; k < r->n_cash; k++) {
        const rc_cash_cell *cells[] = {&r->cash[k].benefits, &r->cash[k].costs, &r->cash[k].net,
                                       &r->cash[k].cumulative};
        for (size_t c = 0; c < 4; c++) {
            if (cells[c]->mean == x)
                return true;
            for (size_t p = 0; p < RC_CASH_PERCENTILES; p++)
                if (cells[c]->percentile[p] == x)
                    return true;
        }
        for (size_t c = 0; c < 3; c++) {
            sum[c] += cells[c]->mean;
            year[c] = k % r->per_year == 1 || r->per_year == 1 ? cells[c]->mean
                                                               : year[c] + cells[c]->mean;
            if (fabs(sum[c] - x) <= tolerance || fabs(year[c] - x) <= tolerance)
                return true;
        }
    }
    return false;
}

/* Every number of the ranking that a section shows. */
static bool is_ranked(const rc_result *r, const char *method, double x) {
    const rc_ranking *k = r->drivers != NULL ? rc_drivers_ranking(r->drivers, method) : NULL;
    for (size_t i = 0; k != NULL && i < k->n_rows; i++)
        for (size_t c = 0; c < RC_SCORES; c++) {
            const rc_estimate *e = &k->rows[i].score[c];
            if (e->value == x || e->low == x || e->high == x || k->rows[i].rank == x)
                return true;
        }
    return false;
}

/* Numbers of a row share their rounding: beside large ones a small one is 0. */
static double largest_beside(const rc_table *t, size_t cell) {
    double largest = 0;
    for (size_t c = 0; c < t->n_columns; c++) {
        double x = fabs(t->cells[cell / t->n_columns * t->n_columns + c].value);
        largest = x > largest ? x : largest;
    }
    return largest;
}

static void check_cell(const rc_result *r, const rc_section *s, size_t at) {
    const rc_table_cell *cell = &s->table->cells[at];
    double shown, half;
    if (isnan(cell->value))
        return;
    if (!isfinite(cell->value) || cell->text == NULL)
        fail_msg("%s: a cell of %g without a text", s->title, cell->value);
    if (strcmp(s->id, "metrics") == 0 || strcmp(s->id, "outputs") == 0 ||
        strcmp(s->id, "lines") == 0 || strcmp(s->id, "cash") == 0 ||
        strcmp(s->id, "line_years") == 0 || strcmp(s->id, "line_means") == 0 ||
        strncmp(s->id, "spread-", strlen("spread-")) == 0)
        if (!is_of(r, cell->value))
            fail_msg("%s: %.17g (%s) is no number of the result", s->title, cell->value,
                     cell->text);
    if (strncmp(s->id, "ranking-", strlen("ranking-")) == 0)
        if (!is_ranked(r, s->id + strlen("ranking-"), cell->value))
            fail_msg("%s: %.17g (%s) is no number of the ranking", s->title, cell->value,
                     cell->text);
    if (!read_cell(cell->text, &shown, &half))
        return;
    if (shown == 0)
        half = fmax(half, 0.1 * largest_beside(s->table, at));
    if (fabs(shown - cell->value) > half * (1 + 1e-9) + 1e-15 * fabs(shown))
        fail_msg("%s: %s stands for %.17g", s->title, cell->text, cell->value);
}

static void all_cells(rc_result *r) {
    rc_arena *arena = rc_arena_new();
    const rc_document *d = rc_document_new(r, "en", arena);
    for (size_t i = 0; i < d->n_sections; i++) {
        const rc_section *s = &d->sections[i];
        for (size_t c = 0; s->table != NULL && c < s->table->n_rows * s->table->n_columns; c++)
            check_cell(r, s, c);
    }
    rc_arena_free(arena);
}

static void numbers_of_tables_are_the_results(void **state) {
    (void)state;
    each_result(all_cells);
}

/* ---- Rankings, each with the columns that its numbers need ---- */

static const rc_section *section_of(const rc_document *d, const char *id) {
    for (size_t i = 0; i < d->n_sections; i++)
        if (strcmp(d->sections[i].id, id) == 0)
            return &d->sections[i];
    fail_msg("there is no section %s", id);
    return NULL;
}

/* `n` inputs, each half as strong as the one before, of which three numbers are known. */
static const rc_drivers *many(const rc_result *r, size_t n, rc_table_kind kind, bool exact) {
    rc_drivers *d = RC_NEW(r->arena, rc_drivers, 1);
    rc_ranking *k = RC_NEW(r->arena, rc_ranking, 1);
    rc_measure *m = RC_NEW(r->arena, rc_measure, 1);
    rc_bar *bars = RC_NEW(r->arena, rc_bar, n);
    rc_ranked *rows = RC_NEW(r->arena, rc_ranked, n);
    for (size_t i = 0; i < n; i++) {
        double x = pow(0.5, (double)i), half = exact ? 0 : 0.04 * x;
        bars[i] = (rc_bar){.kind = RC_BAR_INPUT, .n_columns = 1};
        bars[i].name = rc_arena_printf(r->arena, "input %zu", i);
        rows[i] = (rc_ranked){.bar = &bars[i],
                              .rank = (unsigned)i + 1,
                              .best = (unsigned)i + 1,
                              .worst = (unsigned)i + 2,
                              .score = {{x, x - half, x + half},
                                        {-x, -x - half, -x + half},
                                        {2 * x, 2 * x - half, 2 * x + half}}};
    }
    *m = (rc_measure){.name = "made", .title = "Made", .summary = "made", .table = kind};
    m->n_scores = 3;
    *k = (rc_ranking){.method = m, .about = "roi", .rows = rows, .n_entries = n, .n_rows = n};
    k->exact = exact;
    *d = (rc_drivers){.target = "roi", .output = "roi", .bars = bars, .n_bars = n, .rankings = k};
    d->n_rankings = 1;
    return d;
}

static void rankings_have_the_columns_of_their_kind(void **state) {
    (void)state;
    static const struct {
        rc_table_kind kind;
        bool exact;
        size_t n, columns, rows;
    } kinds[] = {{RC_TABLE_BARS, false, 3, 6, 3},
                 {RC_TABLE_ENDS, false, 25, 8, 25},
                 {RC_TABLE_ENDS, true, 26, 5, 20}, /* very many: the first ones, and a note */
                 {RC_TABLE_BOTH, false, 87, 9, 20}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        rc_result *r = make(0);
        rc_arena *arena = rc_arena_new();
        r->drivers = many(r, kinds[i].n, kinds[i].kind, kinds[i].exact);
        const rc_section *s = section_of(rc_document_new(r, "en", arena), "ranking-made");
        assert_int_equal(s->table->n_columns, kinds[i].columns);
        assert_int_equal(s->table->n_rows, kinds[i].rows);
        assert_int_equal(s->n_notes, kinds[i].rows < kinds[i].n ? 2 : 1);
        all_cells(r);
        rc_arena_free(arena);
        rc_result_free(r);
    }
}

/* ---- Markdown: what a model says stays text ---- */

static void markdown_is_escaped(void **state) {
    (void)state;
    rc_result *r = make(0);
    rc_text text = written(r, rc_format_find("markdown"), NULL);
    assert_null(strstr(text.bytes, "<b>"));
    assert_non_null(strstr(
        text.bytes, "培训 \\| \\`code\\` &lt;b&gt;&amp;amp;&lt;/b&gt; \\[x\\](y) \\*\\_\\~"));
    assert_non_null(strstr(text.bytes, "# CRM for a 120-seat sales team\n"));
    assert_non_null(strstr(text.bytes, "\n| --- | ---: | ---: | ---: | ---: | ---: |\n"));
    /* every row of a table has as many cells as its head */
    size_t bars = 0;
    for (char *line = strtok(text.bytes, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        size_t n = 0;
        for (char *c = line; *c != '\0'; c++)
            n += *c == '|' && (c == line || c[-1] != '\\');
        if (line[0] == '|' && bars > 0)
            assert_int_equal(n, bars);
        bars = line[0] == '|' ? n : 0;
    }
    rc_text_free(&text);
    rc_result_free(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clean_text_and_the_same_bytes),
        cmocka_unit_test(numbers_of_tables_are_the_results),
        cmocka_unit_test(rankings_have_the_columns_of_their_kind),
        cmocka_unit_test(markdown_is_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
