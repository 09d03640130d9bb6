/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money by year in the shape of a Forrester TEI table: Initial, Year 1 ...,
 * Total, Present value; low, middle and high beside the averages where they are
 * known. A year of quarters or months has sums of averages; the percentiles of
 * such sums are not known from those of their parts, so only what is so far has
 * them. A second sheet has every period with all percentiles. */
#include "report/xlsx_book.h"

#include <math.h>
#include <stdio.h>

enum { HEAD = 3, FIRST_COLUMN = 1 };
typedef enum series { BENEFITS, COSTS, NET, SO_FAR, N_SERIES } series;
static const char *const series_name[N_SERIES] = {RC_TR("Benefits"), RC_TR("Costs"), RC_TR("Net"),
                                                  RC_TR("So far")};

static const rc_cash_cell *cell_of(const rc_cash_row *row, series s) {
    const rc_cash_cell *cells[] = {&row->benefits, &row->costs, &row->net, &row->cumulative};
    return cells[s];
}

static double percentile(const rc_cash_cell *c, int which) {
    for (int i = 0; i < RC_CASH_PERCENTILES; i++)
        if (rc_cash_percentiles[i] == which)
            return c->percentile[i];
    return NAN;
}

/* ---- By year ---- */

typedef struct years {
    rc_book *b;
    lxw_worksheet *sheet;
    const char *format;
    unsigned per_year;
    size_t n; /* columns of time: Initial and the years */
} years;

static size_t year_end(const years *y, size_t column) {
    size_t k = column * y->per_year, last = y->b->result->n_cash - 1;
    return k < last ? k : last;
}

static double mean_of_year(const years *y, series s, size_t column) {
    const rc_cash_row *cash = y->b->result->cash;
    if (column == 0 || s == SO_FAR)
        return cell_of(&cash[year_end(y, column)], s)->mean;
    double sum = 0;
    for (size_t k = year_end(y, column - 1) + 1; k <= year_end(y, column); k++)
        sum += cell_of(&cash[k], s)->mean;
    return sum;
}

static void total(years *y, size_t row, double sum, int look) {
    lxw_row_t r = (lxw_row_t)row;
    char cells[LXW_MAX_CELL_RANGE_LENGTH], formula[LXW_MAX_CELL_RANGE_LENGTH + 8];
    lxw_rowcol_to_range(cells, r, FIRST_COLUMN, r, (lxw_col_t)(FIRST_COLUMN + y->n - 1));
    snprintf(formula, sizeof formula, "=SUM(%s)", cells);
    worksheet_write_formula_num(y->sheet, r, (lxw_col_t)(FIRST_COLUMN + y->n), formula,
                                rc_book_format(y->b, look, y->format), sum);
}

static void present_value(years *y, size_t row, series s, const char *key, const char *sub,
                          int look) {
    static const char *const outputs[] = {"benefits_pv", "costs_pv", "npv"};
    const rc_output *o = s == SO_FAR ? NULL : rc_result_find(y->b->result, outputs[s]);
    rc_book_number(y->b, y->sheet, row, FIRST_COLUMN + y->n + 1,
                   o != NULL && o->kind == RC_OUTPUT_METRIC ? rc_output_value(o, key, sub) : NAN,
                   y->format, look);
}

static size_t average_row(years *y, size_t row, series s) {
    int look = RC_LOOK_BOLD | RC_LOOK_TOTAL;
    double sum = 0;
    rc_book_text(y->b, y->sheet, row, 0,
                 RC_TEXT(y->b->arena, y->b->language, "{what}: average", "what",
                         rc_tr(y->b->language, series_name[s])),
                 look);
    for (size_t c = 0; c < y->n; c++) {
        double x = mean_of_year(y, s, c);
        sum += x;
        rc_book_number(y->b, y->sheet, row, FIRST_COLUMN + c, x, y->format, look);
    }
    if (s == SO_FAR)
        rc_book_text(y->b, y->sheet, row, FIRST_COLUMN + y->n, NULL, look);
    else
        total(y, row, sum, look);
    present_value(y, row, s, "mean", NULL, look);
    return row + 1;
}

static size_t percentile_rows(years *y, size_t row, series s) {
    static const struct {
        int which;
        const char *sub, *name;
    } rows[] = {{5, "5", RC_TR("low")}, {50, "50", RC_TR("middle")}, {95, "95", RC_TR("high")}};
    bool known = s == SO_FAR || y->per_year == 1;
    for (size_t i = 0; i < 3; i++, row++) {
        rc_book_text(y->b, y->sheet, row, 0, rc_tr(y->b->language, rows[i].name), RC_LOOK_INDENT);
        for (size_t c = 0; c < y->n; c++)
            if (known || c == 0)
                rc_book_number(
                    y->b, y->sheet, row, FIRST_COLUMN + c,
                    percentile(cell_of(&y->b->result->cash[year_end(y, c)], s), rows[i].which),
                    y->format, 0);
        present_value(y, row, s, "percentiles", rows[i].sub, 0);
    }
    return row;
}

static void year_heads(years *y) {
    rc_book_text(y->b, y->sheet, HEAD, 0, "", RC_LOOK_HEAD);
    for (size_t c = 0; c < y->n; c++) {
        bool part = c > 0 && c * y->per_year != year_end(y, c);
        char n[RC_NUMBER_TEXT];
        rc_count_text(n, c);
        const char *language = y->b->language, *head = rc_tr(language, "Initial");
        if (c > 0)
            head = part ? RC_TEXT(y->b->arena, language, "Year {n} (part)", "n", n)
                        : RC_TEXT(y->b->arena, language, "Year {n}", "n", n);
        rc_book_text(y->b, y->sheet, HEAD, FIRST_COLUMN + c, head, RC_LOOK_HEAD | RC_LOOK_RIGHT);
    }
    rc_book_text(y->b, y->sheet, HEAD, FIRST_COLUMN + y->n, rc_tr(y->b->language, "Total"),
                 RC_LOOK_HEAD | RC_LOOK_RIGHT);
    rc_book_text(y->b, y->sheet, HEAD, FIRST_COLUMN + y->n + 1,
                 rc_tr(y->b->language, "Present value"), RC_LOOK_HEAD | RC_LOOK_RIGHT);
}

static const char *format_of(rc_book *b) {
    rc_quantity q = {.unit = RC_UNIT_MONEY, .currency = b->result->currency};
    double size = 0;
    for (size_t k = 0; k < b->result->n_cash; k++)
        size = fmax(size, fmax(fabs(b->result->cash[k].benefits.mean),
                               fabs(b->result->cash[k].costs.mean)));
    return rc_book_number_format(b, &q, size);
}

void rc_book_cash(rc_book *b) {
    const rc_result *r = b->result;
    if (r->n_cash == 0)
        return;
    years y = {b, rc_book_sheet(b, RC_TR("Cash flow")), format_of(b),
               r->per_year > 0 ? r->per_year : 1, 0};
    y.n = 1 + (r->n_cash - 1 + y.per_year - 1) / y.per_year;
    worksheet_set_column(y.sheet, 0, 0, 22, NULL);
    worksheet_set_column(y.sheet, 1, (lxw_col_t)(y.n + 2), 14, NULL);
    rc_book_text(b, y.sheet, 0, 0, rc_tr(b->language, "Money by year"), RC_LOOK_TITLE);
    rc_book_text(b, y.sheet, 1, 0,
                 rc_tr(b->language, "Low and high: one time in twenty it is lower, one time "
                                    "in twenty higher. So far: "
                                    "all money in less all money out until then."),
                 RC_LOOK_QUIET);
    year_heads(&y);
    size_t row = HEAD + 1;
    for (series s = BENEFITS; s < N_SERIES; s++) {
        row = average_row(&y, row, s);
        row = percentile_rows(&y, row, s);
    }
    worksheet_freeze_panes(y.sheet, HEAD + 1, 1);
    if (y.per_year > 1) {
        rc_book_text(b, y.sheet, row++, 0,
                     rc_tr(b->language,
                           "Low, middle and high of a year's benefits, costs and net are "
                           "not known from "
                           "those of its periods; the sheet Cash by period has them."),
                     RC_LOOK_QUIET);
    }
    b->cash = y.sheet;
    b->below_cash = row + 1;
}

/* ---- By period ---- */

enum { PERIOD_HEAD = 3, WHAT = 0, TIME, AVERAGE };

static size_t row_of(const rc_result *r, series s, size_t k) {
    return PERIOD_HEAD + 1 + (size_t)s * r->n_cash + k;
}

static const char *so_far(rc_book *b, const lxw_worksheet *sheet, size_t column) {
    const rc_result *r = b->result;
    return rc_book_range(b, sheet, row_of(r, SO_FAR, 0), column, row_of(r, SO_FAR, r->n_cash - 1),
                         column);
}

static void fan_axes(rc_book *b, lxw_chart *chart, const char *format) {
    lxw_chart_font small = {.size = 9, .bold = LXW_FALSE};
    lxw_chart_line light = {.color = 0xD9D9D9, .width = 0.5f};
    double last = b->result->cash[b->result->n_cash - 1].t;
    chart_axis_set_name(chart->x_axis, rc_tr(b->language, "Years"));
    chart_axis_set_name_font(chart->x_axis, &small);
    chart_axis_set_num_font(chart->x_axis, &small);
    chart_axis_set_min(chart->x_axis, 0);
    chart_axis_set_max(chart->x_axis, last);
    if (last >= 2 && last <= 20)
        chart_axis_set_major_unit(chart->x_axis, 1);
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    rc_quantity q = {.unit = RC_UNIT_MONEY, .currency = b->result->currency};
    double size = fabs(b->result->cash[b->result->n_cash - 1].cumulative.percentile[7]);
    chart_axis_set_num_format(chart->y_axis, size >= 20 ? rc_book_axis_format(b, &q, 1) : format);
    chart_axis_set_num_font(chart->y_axis, &small);
    chart_axis_major_gridlines_set_line(chart->y_axis, &light);
}

/* Money so far over time: the middle, half of the cases, nine cases in ten. */
static lxw_chart *fan(rc_book *b, const lxw_worksheet *sheet, const char *format) {
    static const struct {
        size_t percentile; /* in rc_cash_percentiles */
        const char *name;
        float width;
        uint8_t dash;
        lxw_color_t color;
    } lines[] = {
        {7, RC_TR("High (P95)"), 1.0f, LXW_CHART_LINE_DASH_DASH, RC_BOOK_GAIN},
        {5, "P75", 1.25f, LXW_CHART_LINE_DASH_SOLID, RC_BOOK_GAIN},
        {4, RC_TR("Middle (P50)"), 2.5f, LXW_CHART_LINE_DASH_SOLID, 0x262626},
        {3, "P25", 1.25f, LXW_CHART_LINE_DASH_SOLID, RC_BOOK_LOSS},
        {1, RC_TR("Low (P5)"), 1.0f, LXW_CHART_LINE_DASH_DASH, RC_BOOK_LOSS},
    };
    lxw_chart *chart = workbook_add_chart(b->workbook, LXW_CHART_SCATTER_STRAIGHT);
    lxw_chart_font heading = {.size = 12, .bold = LXW_TRUE};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        lxw_chart_line line = {
            .color = lines[i].color, .width = lines[i].width, .dash_type = lines[i].dash};
        lxw_chart_series *s = chart_add_series(chart, so_far(b, sheet, TIME),
                                               so_far(b, sheet, AVERAGE + 1 + lines[i].percentile));
        chart_series_set_name(s, rc_tr(b->language, lines[i].name));
        chart_series_set_line(s, &line);
        chart_series_set_marker_type(s, LXW_CHART_MARKER_NONE);
    }
    chart_title_set_name(chart,
                         rc_tr(b->language, "Money so far: all money in less all money out"));
    chart_title_set_name_font(chart, &heading);
    fan_axes(b, chart, format);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_RIGHT);
    return chart;
}

static void period_heads(rc_book *b, lxw_worksheet *sheet) {
    rc_book_text(b, sheet, PERIOD_HEAD, WHAT, rc_tr(b->language, "What"), RC_LOOK_HEAD);
    rc_book_text(b, sheet, PERIOD_HEAD, TIME, rc_tr(b->language, "Years"),
                 RC_LOOK_HEAD | RC_LOOK_RIGHT);
    rc_book_text(b, sheet, PERIOD_HEAD, AVERAGE, rc_tr(b->language, "Average"),
                 RC_LOOK_HEAD | RC_LOOK_RIGHT);
    for (size_t i = 0; i < RC_CASH_PERCENTILES; i++)
        rc_book_text(b, sheet, PERIOD_HEAD, AVERAGE + 1 + i,
                     rc_arena_printf(b->arena, "P%d", rc_cash_percentiles[i]),
                     RC_LOOK_HEAD | RC_LOOK_RIGHT);
}

static void period_row(rc_book *b, lxw_worksheet *sheet, series s, size_t k, const char *format) {
    const rc_result *r = b->result;
    const rc_cash_cell *c = cell_of(&r->cash[k], s);
    size_t row = row_of(r, s, k);
    rc_book_text(b, sheet, row, WHAT, rc_tr(b->language, series_name[s]), 0);
    rc_book_number(b, sheet, row, TIME, r->cash[k].t, "0.00", 0);
    rc_book_number(b, sheet, row, AVERAGE, c->mean, format, 0);
    for (size_t i = 0; i < RC_CASH_PERCENTILES; i++)
        rc_book_number(b, sheet, row, AVERAGE + 1 + i, c->percentile[i], format, 0);
}

void rc_book_periods(rc_book *b) {
    const rc_result *r = b->result;
    if (r->n_cash == 0)
        return;
    lxw_worksheet *sheet = rc_book_sheet(b, RC_TR("Cash by period"));
    const char *format = format_of(b);
    worksheet_set_column(sheet, 0, AVERAGE + RC_CASH_PERCENTILES, 13, NULL);
    rc_book_text(b, sheet, 0, 0, rc_tr(b->language, "Money by period"), RC_LOOK_TITLE);
    rc_book_text(b, sheet, 1, 0,
                 rc_tr(b->language, "Undiscounted. P5: one case in twenty is "
                                    "lower. Percentiles do not add up: "
                                    "they are of different cases."),
                 RC_LOOK_QUIET);
    period_heads(b, sheet);
    for (series s = BENEFITS; s < N_SERIES; s++)
        for (size_t k = 0; k < r->n_cash; k++)
            period_row(b, sheet, s, k, format);
    worksheet_freeze_panes(sheet, PERIOD_HEAD + 1, AVERAGE);
    worksheet_repeat_rows(sheet, PERIOD_HEAD, PERIOD_HEAD);
    worksheet_autofilter(sheet, PERIOD_HEAD, 0, (lxw_row_t)row_of(r, SO_FAR, r->n_cash - 1),
                         AVERAGE + RC_CASH_PERCENTILES);
    lxw_chart_options options = {.x_scale = 1.9, .y_scale = 1.3};
    options.description =
        (char *)rc_tr(b->language, "Money so far over the years: low, middle and high");
    worksheet_insert_chart_opt(b->cash, (lxw_row_t)b->below_cash, 0, fan(b, sheet, format),
                               &options);
}
