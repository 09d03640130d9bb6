/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money by year line by line in the shape of a Forrester TEI table: Initial, Year 1 ..., Total,
 * Present value. First averages, whose sums are formulas; then low, middle and high of the same
 * rows, which need not add up. */
#include "report/document_make.h"
#include "report/xlsx_book.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { HEAD = 3, LABEL = 0, CASE, FIRST, LABEL_WIDTH = 38, CASE_WIDTH = 9, WIDTH = 14 };
enum { ROWS_WITH_CHART = 24 }; /* of a page that has room for a chart below */
enum { AVERAGE = -1 };         /* else a percentile */
typedef enum sum { BENEFITS, COSTS, NET, SO_FAR, N_SUMS } sum;

typedef struct flow {
    rc_book *b;
    const rc_maker *m;
    lxw_worksheet *sheet;
    const char *format;
    size_t n; /* columns of money: Initial, the years, Total, Present value */
    size_t row;
    size_t sums[N_SUMS]; /* rows of averages */
} flow;

/* ---- What stands in a cell ---- */

static double of_cell(const rc_cash_cell *c, int what) {
    return what == AVERAGE ? c->mean : rc_cash_percentile(c, what);
}

static double of_output(const flow *f, const char *name, int what) {
    const rc_output *o = name != NULL ? rc_result_find(f->b->result, name) : NULL;
    char p[16];
    snprintf(p, sizeof p, "%d", what);
    return o == NULL || o->kind != RC_OUTPUT_METRIC ? NAN
           : what == AVERAGE                        ? rc_output_value(o, "mean", NULL)
                                                    : rc_output_value(o, "percentiles", p);
}

static const rc_cash_cell *part(const rc_cash_row *row, sum which) {
    const rc_cash_cell *const parts[] = {&row->benefits, &row->costs, &row->net, &row->cumulative};
    return parts[which];
}

static double of_sum(const flow *f, sum which, size_t place, int what) {
    static const char *const present[N_SUMS] = {"benefits_pv", "costs_pv", "npv", NULL};
    const rc_result *r = f->b->result;
    if (place < r->n_cash_years)
        return of_cell(part(&r->cash_years[place], which), what);
    if (which == SO_FAR)
        return NAN;
    return place == r->n_cash_years ? of_cell(part(r->cash_total, which), what)
                                    : of_output(f, present[which], what);
}

static const char *sum_name(const flow *f, sum which) {
    static const char *const names[N_SUMS] = {RC_TR("All benefits"), RC_TR("All costs"),
                                              RC_TR("Net"), RC_TR("So far")};
    return rc_tr(f->b->language, names[which]);
}

static const char *line_name(const flow *f, const rc_cash_line *line) {
    const char *label = rc_book_label(f->b, &line->label, line->name);
    return line->is_impact ? RC_TEXT(f->b->arena, f->b->language, "{risk} (risk)", "risk", label)
                           : label;
}

/* ---- Averages ---- */

static void formula(const flow *f, size_t place, const char *text, double value, int look) {
    worksheet_write_formula_num(f->sheet, (lxw_row_t)f->row, (lxw_col_t)(FIRST + place), text,
                                rc_book_format(f->b, look, f->format), value);
}

static const char *cell_name(const flow *f, size_t row, size_t place) {
    char name[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell(name, (lxw_row_t)row, (lxw_col_t)(FIRST + place));
    return rc_arena_strdup(f->b->arena, name);
}

static const char *sum_of(const flow *f, size_t row, size_t place, size_t to_row, size_t to_place) {
    return rc_arena_printf(f->b->arena, "=SUM(%s:%s)", cell_name(f, row, place),
                           cell_name(f, to_row, to_place));
}

/* `which` of its cases; NULL: the average. */
static void labels(const flow *f, const char *label, const char *which, int look) {
    rc_book_text(f->b, f->sheet, f->row, LABEL, label, look);
    rc_book_text(f->b, f->sheet, f->row, CASE, which != NULL ? rc_tr(f->b->language, which) : NULL,
                 (look & ~(RC_LOOK_INDENT | RC_LOOK_BOLD)) | RC_LOOK_QUIET);
}

static void average_line(flow *f, const rc_cash_line *line) {
    const size_t total = f->n - 2;
    labels(f, line_name(f, line), NULL, RC_LOOK_INDENT);
    for (size_t i = 0; i < f->n; i++) {
        const double x = rc_cash_line_cell(f->b->result, line, i)->mean;
        if (i == total)
            formula(f, i, sum_of(f, f->row, 0, f->row, total - 1), x, 0);
        else
            rc_book_number(f->b, f->sheet, f->row, FIRST + i, x, f->format, 0);
    }
    f->row++;
}

/* A sum of the lines above it, or, where these are not known, a number. */
static void average_side(flow *f, sum which, size_t first) {
    const int look = RC_LOOK_BOLD | RC_LOOK_TOTAL;
    labels(f, sum_name(f, which), NULL, look);
    for (size_t i = 0; i < f->n; i++) {
        const double x = of_sum(f, which, i, AVERAGE);
        if (f->row > first && !isnan(x))
            formula(f, i, sum_of(f, first, i, f->row - 1, i), x, look);
        else
            rc_book_number(f->b, f->sheet, f->row, FIRST + i, x, f->format, look);
    }
    f->sums[which] = f->row++;
}

static void average_net(flow *f) {
    const int look = RC_LOOK_BOLD | RC_LOOK_TOTAL;
    labels(f, sum_name(f, NET), NULL, look);
    for (size_t i = 0; i < f->n; i++) {
        const double x = of_sum(f, NET, i, AVERAGE);
        const char *text =
            rc_arena_printf(f->b->arena, "=%s-%s", cell_name(f, f->sums[BENEFITS], i),
                            cell_name(f, f->sums[COSTS], i));
        if (isnan(x))
            rc_book_text(f->b, f->sheet, f->row, FIRST + i, NULL, look);
        else
            formula(f, i, text, x, look);
    }
    f->sums[NET] = f->row++;
}

static void average_so_far(flow *f) {
    labels(f, sum_name(f, SO_FAR), NULL, 0);
    for (size_t i = 0; i + 2 < f->n; i++)
        formula(f, i, sum_of(f, f->sums[NET], 0, f->sums[NET], i), of_sum(f, SO_FAR, i, AVERAGE),
                0);
    f->sums[SO_FAR] = f->row++;
}

static void heading(flow *f, const char *text) {
    rc_book_text(f->b, f->sheet, f->row++, LABEL, rc_tr(f->b->language, text), RC_LOOK_BOLD);
}

static void averages(flow *f) {
    const rc_result *r = f->b->result;
    for (int costs = 0; costs < 2; costs++) {
        size_t first = f->row, n = 0;
        for (size_t i = 0; i < r->n_cash_lines; i++) {
            if (r->cash_lines[i].is_cost != costs)
                continue;
            if (n++ == 0) {
                heading(f, costs ? RC_TR("Costs") : RC_TR("Benefits"));
                first = f->row;
            }
            average_line(f, &r->cash_lines[i]);
        }
        average_side(f, costs ? COSTS : BENEFITS, first);
    }
    average_net(f);
    average_so_far(f);
}

/* ---- Low, middle, high ---- */

static const struct {
    int percentile;
    const char *name;
} cases[] = {{5, RC_TR("low")}, {50, RC_TR("middle")}, {95, RC_TR("high")}};
enum { N_CASES = sizeof cases / sizeof *cases };

/* Rows of a line, or (NULL) of a sum. */
static void range_rows(flow *f, const rc_cash_line *line, sum which) {
    const int look = line != NULL ? RC_LOOK_INDENT : RC_LOOK_BOLD;
    const char *label = line != NULL ? line_name(f, line) : sum_name(f, which);
    for (int k = 0; k < N_CASES; k++, f->row++) {
        const int above = line == NULL && k == 0 ? RC_LOOK_TOTAL : 0;
        labels(f, k == 0 ? label : NULL, cases[k].name, look | above);
        for (size_t i = 0; i < f->n; i++) {
            const double x = line != NULL ? of_cell(rc_cash_line_cell(f->b->result, line, i),
                                                    cases[k].percentile)
                                          : of_sum(f, which, i, cases[k].percentile);
            rc_book_number(f->b, f->sheet, f->row, FIRST + i, x, f->format, above);
        }
    }
}

static void ranges(flow *f) {
    const rc_result *r = f->b->result;
    for (int costs = 0; costs < 2; costs++) {
        size_t n = 0;
        for (size_t i = 0; i < r->n_cash_lines; i++) {
            if (r->cash_lines[i].is_cost != costs)
                continue;
            if (n++ == 0)
                heading(f, costs ? RC_TR("Costs") : RC_TR("Benefits"));
            range_rows(f, &r->cash_lines[i], N_SUMS);
        }
        range_rows(f, NULL, costs ? COSTS : BENEFITS);
    }
    range_rows(f, NULL, NET);
    range_rows(f, NULL, SO_FAR);
}

/* ---- The sheet ---- */

static void heads(flow *f) {
    const rc_result *r = f->b->result;
    const unsigned per_year = r->per_year > 0 ? r->per_year : 1;
    rc_book_text(f->b, f->sheet, f->row, LABEL, "", RC_LOOK_HEAD);
    rc_book_text(f->b, f->sheet, f->row, CASE, "", RC_LOOK_HEAD);
    for (size_t i = 0; i < f->n; i++) {
        const bool part = i > 0 && i + 1 == r->n_cash_years && i * per_year != r->n_cash - 1;
        char n[RC_NUMBER_TEXT];
        rc_book_text(
            f->b, f->sheet, f->row, FIRST + i,
            part ? RC_TEXT(f->b->arena, f->b->language, "Year {n} (part)", "n", rc_count_text(n, i))
                 : rc_money_place(f->m, i),
            RC_LOOK_HEAD | RC_LOOK_RIGHT);
    }
    f->row++;
}

const char *rc_book_cash_format(rc_book *b) {
    rc_quantity q = {.unit = RC_UNIT_MONEY, .currency = b->result->currency};
    double size = 0;
    for (size_t k = 0; k < b->result->n_cash; k++)
        size = fmax(size, fmax(fabs(b->result->cash[k].benefits.mean),
                               fabs(b->result->cash[k].costs.mean)));
    return rc_book_number_format(b, &q, size);
}

/* What is nothing is a dash. */
static const char *with_dash(rc_book *b, const char *format) {
    return strchr(format, ';') != NULL ? rc_arena_printf(b->arena, "%s;\"–\"", format)
                                       : rc_arena_printf(b->arena, "%s;-%s;\"–\"", format, format);
}

void rc_book_cash(rc_book *b) {
    const rc_result *r = b->result;
    if (r->n_cash == 0)
        return;
    const rc_maker m = {.result = r, .language = b->language, .arena = b->arena};
    flow f = {.b = b, .m = &m, .sheet = rc_book_sheet(b, RC_TR("Cash flow")), .row = HEAD};
    f.n = r->n_cash_years + 2;
    f.format = with_dash(b, rc_book_cash_format(b));
    worksheet_set_column(f.sheet, LABEL, LABEL, LABEL_WIDTH, NULL);
    worksheet_set_column(f.sheet, CASE, CASE, CASE_WIDTH, NULL);
    worksheet_set_column(f.sheet, FIRST, (lxw_col_t)(FIRST + f.n - 1), WIDTH, NULL);
    rc_book_text(b, f.sheet, 0, 0, rc_tr(b->language, "Money by year"), RC_LOOK_TITLE);
    rc_book_text(b, f.sheet, 1, 0,
                 rc_tr(b->language, "On average: lines add up to sums, and years to totals. So "
                                    "far: all money in less all money out until then."),
                 RC_LOOK_QUIET);
    heads(&f);
    averages(&f);
    lxw_row_t breaks[3] = {0};
    if (rc_cash_varies(r)) {
        breaks[0] = (lxw_row_t)(f.row + 1);
        f.row += 2;
        rc_book_text(b, f.sheet, f.row - 1, 0,
                     rc_tr(b->language,
                           "Low, middle and high: one time in twenty it is lower than low, one "
                           "time in twenty higher than high. These need not add up: they are of "
                           "different cases."),
                     RC_LOOK_QUIET);
        ranges(&f);
        breaks[1] = f.row - breaks[0] > ROWS_WITH_CHART ? (lxw_row_t)f.row : 0;
        worksheet_set_h_pagebreaks(f.sheet, breaks);
    }
    worksheet_freeze_panes(f.sheet, HEAD + 1, FIRST);
    worksheet_repeat_rows(f.sheet, HEAD, HEAD);
    b->cash = f.sheet;
    b->below_cash = f.row + 1;
}
