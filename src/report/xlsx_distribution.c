/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How likely is what: the bins of the target's histogram, the chance of at
 * least each bin's start, and both as charts, which stand on the summary too.
 * Losses and gains are columns of their own, so that they differ by more than a
 * colour. */
#include "report/xlsx_book.h"

#include <math.h>

enum { FIRST = 4 }; /* row of the first bin */
enum { FROM, TO, CASES, LOSS, GAIN, AT_LEAST, TICK, COLUMNS };

typedef struct bins {
    rc_book *b;
    lxw_worksheet *sheet;
    const rc_picture *p;
    const char *format; /* of the values */
    size_t last;        /* row of the last bin */
} bins;

static double edge(const rc_histogram *h, size_t i) {
    return (rint(h->first / h->width) + (double)i) * h->width; /* whole multiples of the width */
}

/* The text at the axis below a bin, or "": charts would crowd it. */
static const char *tick(const rc_picture *p, double from) {
    for (size_t i = 0; i < p->n_levels; i++)
        if (p->levels[i] == from)
            return p->ticks[i];
    return "";
}

static void rows(bins *s) {
    const rc_histogram *h = s->p->histogram;
    uint64_t all = h->below + h->above, reached;
    for (size_t i = 0; i < h->n_bins; i++)
        all += h->counts[i];
    reached = all - h->below;
    for (size_t i = 0; i < h->n_bins; i++) {
        size_t row = FIRST + i;
        double share = (double)h->counts[i] / (double)all;
        bool loss = !isnan(s->p->border) && edge(h, i) + 0.5 * h->width < s->p->border;
        rc_book_number(s->b, s->sheet, row, FROM, edge(h, i), s->format, 0);
        rc_book_number(s->b, s->sheet, row, TO, edge(h, i + 1), s->format, 0);
        rc_book_number(s->b, s->sheet, row, CASES, (double)h->counts[i], "#,##0", 0);
        rc_book_number(s->b, s->sheet, row, loss ? LOSS : GAIN, share, "0.00%", 0);
        rc_book_number(s->b, s->sheet, row, AT_LEAST, (double)reached / (double)all, "0.0%", 0);
        rc_book_text(s->b, s->sheet, row, TICK, tick(s->p, edge(h, i)), RC_LOOK_RIGHT);
        reached -= h->counts[i];
        s->last = row;
    }
    static const char *const beyond[] = {RC_TR("Cases below the first bin"),
                                         RC_TR("Cases above the last bin")};
    for (size_t i = 0; i < 2; i++) {
        rc_book_text(s->b, s->sheet, s->last + 2 + i, FROM, rc_book_tr(s->b, beyond[i]),
                     RC_LOOK_QUIET);
        rc_book_number(s->b, s->sheet, s->last + 2 + i, CASES,
                       (double)(i == 0 ? h->below : h->above), "#,##0", RC_LOOK_QUIET);
    }
}

static const char *range(bins *s, size_t column) {
    return rc_book_range(s->b, s->sheet, FIRST, column, s->last, column);
}

static void axes(bins *s, lxw_chart *chart, const char *title, const char *y) {
    lxw_chart_font small = {.size = 9, .bold = LXW_FALSE}, heading = {.size = 12, .bold = LXW_TRUE};
    lxw_chart_line light = {.color = 0xD9D9D9, .width = 0.5f};
    chart_title_set_name(chart, title);
    chart_title_set_name_font(chart, &heading);
    chart_axis_set_num_format(chart->x_axis, s->format);
    chart_axis_set_num_font(chart->x_axis, &small);
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_axis_set_name(chart->y_axis, y);
    chart_axis_set_name_font(chart->y_axis, &small);
    chart_axis_set_num_format(chart->y_axis, "0%");
    chart_axis_set_num_font(chart->y_axis, &small);
    chart_axis_major_gridlines_set_line(chart->y_axis, &light);
}

static void add_columns(bins *s, lxw_chart *chart, size_t column, const char *name,
                        lxw_color_t color) {
    lxw_chart_fill fill = {.color = color};
    lxw_chart_line edge_line = {.color = 0xFFFFFF, .width = 0.25f};
    lxw_chart_series *series = chart_add_series(chart, range(s, TICK), range(s, column));
    chart_series_set_name(series, name);
    chart_series_set_fill(series, &fill);
    chart_series_set_line(series, &edge_line);
}

static lxw_chart *histogram(bins *s, const char *title) {
    lxw_chart *chart = workbook_add_chart(s->b->workbook, LXW_CHART_COLUMN);
    bool sides = !isnan(s->p->border);
    axes(s, chart, title, rc_tr(s->b->language, "Share of cases"));
    if (sides)
        add_columns(s, chart, LOSS, s->p->bad, RC_BOOK_LOSS);
    add_columns(s, chart, GAIN, sides ? s->p->good : rc_tr(s->b->language, "Cases"), RC_BOOK_GAIN);
    chart_set_series_gap(chart, 5);
    chart_set_series_overlap(chart, 100);
    chart_axis_set_interval_unit(chart->x_axis, 1); /* most are empty */
    chart_axis_set_major_tick_mark(chart->x_axis, LXW_CHART_AXIS_TICK_MARK_NONE);
    if (sides)
        chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    else
        chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    return chart;
}

static lxw_chart *cumulative(bins *s) {
    lxw_chart *chart = workbook_add_chart(s->b->workbook, LXW_CHART_SCATTER_STRAIGHT);
    lxw_chart_line line = {.color = RC_BOOK_GAIN, .width = 2.25f};
    axes(s, chart, rc_tr(s->b->language, "Chance of at least"), rc_tr(s->b->language, "Chance"));
    lxw_chart_series *series = chart_add_series(chart, range(s, FROM), range(s, AT_LEAST));
    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, LXW_CHART_MARKER_NONE);
    chart_axis_set_min(chart->y_axis, 0);
    chart_axis_set_max(chart->y_axis, 1);
    double first = edge(s->p->histogram, 0), last = edge(s->p->histogram, s->p->histogram->n_bins);
    if (s->p->n_levels > 1) {
        double step = s->p->levels[1] - s->p->levels[0];
        first = floor(first / step) * step;
        last = ceil(last / step) * step;
        chart_axis_set_major_unit(chart->x_axis, step);
    }
    chart_axis_set_min(chart->x_axis, first);
    chart_axis_set_max(chart->x_axis, last);
    chart_axis_set_crossing(chart->x_axis, first);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    return chart;
}

static void charts(bins *s, lxw_worksheet *on, size_t row, size_t column, size_t second_row,
                   size_t second_column, const char *title) {
    lxw_chart_options options = {.x_scale = 1.06, .y_scale = 1};
    options.description = (char *)title;
    worksheet_insert_chart_opt(on, (lxw_row_t)row, (lxw_col_t)column, histogram(s, title),
                               &options);
    options.description =
        (char *)rc_tr(s->b->language, "How often each value is reached or passed");
    worksheet_insert_chart_opt(on, (lxw_row_t)second_row, (lxw_col_t)second_column, cumulative(s),
                               &options);
}

static const rc_section *section(const rc_document *d) {
    for (size_t i = 0; i < d->n_sections; i++)
        if (d->sections[i].picture != NULL)
            return &d->sections[i];
    return NULL;
}

void rc_book_distribution(rc_book *b) {
    static const char *const columns[COLUMNS] = {[FROM] = RC_TR("From"),
                                                 [TO] = RC_TR("To"),
                                                 [CASES] = RC_TR("Cases"),
                                                 [LOSS] = "",
                                                 [GAIN] = "",
                                                 [AT_LEAST] = RC_TR("Chance of at least this"),
                                                 [TICK] = RC_TR("Mark")};
    const rc_section *found = section(b->document);
    if (found == NULL)
        return;
    const rc_picture *p = found->picture;
    const rc_histogram *h = p->histogram;
    bool sides = !isnan(p->border);
    bins s = {b, rc_book_sheet(b, RC_TR("Distribution")), p,
              rc_book_axis_format(b, &p->quantity, h->width), 0};
    worksheet_set_column(s.sheet, 0, COLUMNS - 1, 13, NULL);
    rc_book_text(b, s.sheet, 0, 0, found->title, RC_LOOK_TITLE);
    rc_book_head(b, s.sheet, FIRST - 1, 0, columns, COLUMNS, RC_LOOK_RIGHT);
    rc_book_lines(s.sheet, FIRST - 1, 2);
    rc_book_text(b, s.sheet, FIRST - 1, LOSS, sides ? p->bad : "", RC_LOOK_HEAD | RC_LOOK_RIGHT);
    rc_book_text(b, s.sheet, FIRST - 1, GAIN, sides ? p->good : rc_tr(b->language, "Share"),
                 RC_LOOK_HEAD | RC_LOOK_RIGHT);
    worksheet_freeze_panes(s.sheet, FIRST, 0);
    worksheet_repeat_rows(s.sheet, FIRST - 1, FIRST - 1);
    rows(&s);
    charts(&s, s.sheet, FIRST - 1, COLUMNS + 1, FIRST + 15, COLUMNS + 1, found->title);
    charts(&s, b->summary, b->below_summary, 0, b->below_summary, 4, found->title);
}
