/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money by period with all percentiles, and the fan of what is so far, which stands on the sheet of
 * money by year. */
#include "report/xlsx_book.h"

#include <math.h>

typedef enum series { BENEFITS, COSTS, NET, SO_FAR, N_SERIES } series;
static const char *const series_name[N_SERIES] = {RC_TR("Benefits"), RC_TR("Costs"), RC_TR("Net"),
                                                  RC_TR("So far")};

static const rc_cash_cell *cell_of(const rc_cash_row *row, series s) {
    const rc_cash_cell *cells[] = {&row->benefits, &row->costs, &row->net, &row->cumulative};
    return cells[s];
}

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
    const char *format = rc_book_cash_format(b);
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
