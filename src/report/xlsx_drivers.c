/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What drives the target: what each of the first bars does to it, with a tornado of the middle
 * cases, and every ranking with intervals, row by row. */
#include "report/xlsx_book.h"

#include "report/drivers.h"

#include <math.h>

enum { HEAD = 3 };
enum { RANK, NAME, LABEL, KIND, FROM, TO, LOSS, LOSS_THEN, MIDDLE, MIDDLE_THEN, WORTH, COLUMNS };

static const char *kind_of(rc_book *b, const rc_bar *bar) {
    static const char *const kinds[] = {[RC_BAR_FACTOR] = RC_TR("Factor"),
                                        [RC_BAR_INPUT] = RC_TR("Input"),
                                        [RC_BAR_RISK] = RC_TR("Risk"),
                                        [RC_BAR_GROUP] = RC_TR("Group")};
    return rc_tr(b->language, kinds[bar->kind]);
}

static const char *format_of(rc_book *b, rc_unit unit, double x) {
    rc_quantity q = {.unit = unit, .currency = b->result->currency};
    return rc_book_number_format(b, &q, fabs(x));
}

/* ---- What it means ---- */

/* The first numbers of a pair share their format with the second. */
static void pair(rc_book *b, lxw_worksheet *sheet, size_t row, size_t column, const double *x,
                 rc_unit unit) {
    double size = fmax(isfinite(x[0]) ? fabs(x[0]) : 0, isfinite(x[1]) ? fabs(x[1]) : 0);
    for (size_t i = 0; i < 2; i++)
        rc_book_number(b, sheet, row, column + i, x[i], format_of(b, unit, size), 0);
}

static void swing_row(rc_book *b, lxw_worksheet *sheet, size_t row, const rc_drivers *d,
                      const rc_swing *w) {
    const double ends[] = {w->from, w->to};
    rc_book_number(b, sheet, row, RANK, (double)(row - HEAD), "0", 0);
    rc_book_text(b, sheet, row, NAME, w->bar->name, RC_LOOK_INDENT);
    rc_book_text(b, sheet, row, LABEL, rc_book_label(b, &w->bar->label, w->bar->name), 0);
    rc_book_text(b, sheet, row, KIND, kind_of(b, w->bar), 0);
    if (w->event) {
        rc_book_text(b, sheet, row, FROM, rc_tr(b->language, "without it"), RC_LOOK_RIGHT);
        rc_book_text(b, sheet, row, TO, rc_tr(b->language, "with it"), RC_LOOK_RIGHT);
    } else {
        pair(b, sheet, row, FROM, ends, w->bar->unit);
    }
    for (size_t i = 0; i < 2; i++)
        rc_book_number(b, sheet, row, LOSS + i, w->loss[i], rc_book_share, 0);
    if (!d->event)
        pair(b, sheet, row, MIDDLE, w->median, d->unit);
    if (w->tells)
        rc_book_number(b, sheet, row, WORTH, w->worth, format_of(b, d->worth_unit, w->worth), 0);
}

static lxw_chart_series *bars(rc_book *b, lxw_chart *chart, const lxw_worksheet *sheet,
                              size_t column, size_t last, const char *name, lxw_color_t color) {
    lxw_chart_fill fill = {.color = color};
    lxw_chart_series *s =
        chart_add_series(chart, rc_book_range(b, sheet, HEAD + 1, LABEL, last, LABEL),
                         rc_book_range(b, sheet, HEAD + 1, column, last, column));
    chart_series_set_name(s, name);
    chart_series_set_fill(s, &fill);
    return s;
}

/* Middle cases at both ends of each bar, from the middle case of all on; the strongest on top. */
static void tornado(rc_book *b, lxw_worksheet *sheet, const rc_drivers *d, size_t last) {
    const rc_output *o = rc_result_find(b->result, d->output);
    double middle = o != NULL ? rc_output_value(o, "percentiles", "50") : NAN;
    lxw_chart *chart = workbook_add_chart(b->workbook, LXW_CHART_BAR);
    lxw_chart_font small = {.size = 9, .bold = LXW_FALSE}, heading = {.size = 12, .bold = LXW_TRUE};
    bars(b, chart, sheet, MIDDLE, last, rc_tr(b->language, "at its lower quarter, or without it"),
         RC_BOOK_LOSS);
    bars(b, chart, sheet, MIDDLE_THEN, last, rc_tr(b->language, "at its upper quarter, or with it"),
         RC_BOOK_GAIN);
    chart_set_series_overlap(chart, 100);
    chart_set_series_gap(chart, 40);
    chart_title_set_name(chart, RC_TEXT(b->arena, b->language, "Middle case of {output}", "output",
                                        rc_book_label(b, &d->label, d->output)));
    chart_title_set_name_font(chart, &heading);
    lxw_chart_line light = {.color = 0xD9D9D9, .width = 0.5f};
    chart_axis_major_gridlines_set_line(chart->x_axis, &light);
    /* of a bar chart, x_axis is that of the values */
    chart_axis_set_reverse(chart->y_axis);
    chart_axis_set_label_position(chart->y_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_axis_set_num_font(chart->y_axis, &small);
    chart_axis_set_num_font(chart->x_axis, &small);
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_HIGH);
    chart_axis_set_num_format(chart->x_axis,
                              d->unit == RC_UNIT_RATIO ? "0%" : format_of(b, d->unit, middle));
    if (isfinite(middle))
        chart_axis_set_crossing(chart->x_axis, middle);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    lxw_chart_options options = {.x_scale = 2, .y_scale = 0.7 + 0.09 * (double)d->n_swings};
    options.description = (char *)rc_tr(b->language, "What each driver does to the middle case");
    worksheet_insert_chart_opt(sheet, (lxw_row_t)(last + 4), 0, chart, &options);
}

static bool finite_medians(const rc_drivers *d) {
    for (size_t i = 0; i < d->n_swings; i++)
        if (!isfinite(d->swings[i].median[0]) || !isfinite(d->swings[i].median[1]))
            return false;
    return !d->event;
}

void rc_book_drivers(rc_book *b) {
    static const char *const columns[COLUMNS] = {"",
                                                 RC_TR("Name"),
                                                 RC_TR("Label"),
                                                 RC_TR("What"),
                                                 RC_TR("From (P25)"),
                                                 RC_TR("to (P75)"),
                                                 "",
                                                 RC_TR("then"),
                                                 RC_TR("Middle case"),
                                                 RC_TR("then"),
                                                 RC_TR("Worth knowing beforehand")};
    const rc_drivers *d = b->result->drivers;
    if (d == NULL || d->n_swings == 0)
        return;
    lxw_worksheet *sheet = rc_book_sheet(b, RC_TR("Drivers"));
    worksheet_set_column(sheet, RANK, RANK, 5, NULL);
    worksheet_set_column(sheet, NAME, NAME, 24, NULL);
    worksheet_set_column(sheet, LABEL, LABEL, 40, NULL);
    worksheet_set_column(sheet, KIND, COLUMNS - 1, 13, NULL);
    rc_book_text(b, sheet, 0, 0,
                 RC_TEXT(b->arena, b->language, "What drives {output}", "output",
                         rc_book_label(b, &d->label, d->output)),
                 RC_LOOK_TITLE);
    rc_book_text(b, sheet, 1, 0,
                 rc_tr(b->language,
                       "From and to: in one case of four it is lower than the first value, in one "
                       "of four higher than the second; all else varies as it does."),
                 RC_LOOK_QUIET);
    rc_book_head(b, sheet, HEAD, 0, columns, KIND + 1, 0);
    rc_book_head(b, sheet, HEAD, FROM, columns + FROM, COLUMNS - FROM, RC_LOOK_RIGHT);
    rc_book_text(b, sheet, HEAD, LOSS,
                 rc_tr(b->language, d->balance ? RC_TR("Chance of loss") : RC_TR("Chance below 0")),
                 RC_LOOK_HEAD | RC_LOOK_RIGHT);
    rc_book_lines(sheet, HEAD, 3);
    for (size_t i = 0; i < d->n_swings; i++)
        swing_row(b, sheet, HEAD + 1 + i, d, &d->swings[i]);
    worksheet_freeze_panes(sheet, HEAD + 1, 0);
    if (finite_medians(d))
        tornado(b, sheet, d, HEAD + d->n_swings);
}

/* ---- Rankings ---- */

enum {
    R_METHOD,
    R_RANK,
    R_NAME,
    R_LABEL,
    R_KIND,
    R_NUMBER,
    R_VALUE,
    R_LOW,
    R_HIGH,
    R_BEST,
    R_WORST,
    R_CHANCE,
    R_COLUMNS
};

static const char *score_format(rc_book *b, const rc_ranking *k, double x) {
    switch (k->method->unit) {
    case RC_SCORE_SHARE: return "0.0%";
    case RC_SCORE_PLAIN: return "0.000";
    case RC_SCORE_TARGET:
    case RC_SCORE_WORTH: break;
    }
    return format_of(b, k->unit, x);
}

static size_t ranked_rows(rc_book *b, lxw_worksheet *sheet, size_t row, const rc_ranking *k,
                          const rc_ranked *w) {
    for (size_t s = 0; s < k->method->n_scores; s++) {
        const rc_estimate *e = &w->score[s];
        const char *format = score_format(b, k, e->value);
        if (isnan(e->value))
            continue;
        rc_book_text(b, sheet, row, R_METHOD, rc_tr(b->language, k->method->title), 0);
        rc_book_number(b, sheet, row, R_RANK, w->rank, "0", 0);
        rc_book_text(b, sheet, row, R_NAME, w->bar->name, RC_LOOK_INDENT);
        rc_book_text(b, sheet, row, R_LABEL, rc_book_label(b, &w->bar->label, w->bar->name), 0);
        rc_book_text(b, sheet, row, R_KIND, kind_of(b, w->bar), 0);
        rc_book_text(b, sheet, row, R_NUMBER, rc_tr_in(b->language, "score", k->method->scores[s]),
                     0);
        rc_book_number(b, sheet, row, R_VALUE, e->value, format, 0);
        rc_book_number(b, sheet, row, R_LOW, e->low, format, 0);
        rc_book_number(b, sheet, row, R_HIGH, e->high, format, 0);
        if (s == 0) {
            rc_book_number(b, sheet, row, R_BEST, w->best, "0", 0);
            rc_book_number(b, sheet, row, R_WORST, w->worst, "0", 0);
            rc_book_text(b, sheet, row, R_CHANCE, w->chance ? rc_tr(b->language, "none") : NULL,
                         RC_LOOK_INDENT);
        }
        row++;
    }
    return row;
}

void rc_book_rankings(rc_book *b) {
    static const char *const columns[R_COLUMNS] = {
        RC_TR("Method"), RC_TR("Rank"),      RC_TR("Name"),       RC_TR("Label"),
        RC_TR("What"),   RC_TR("Number"),    RC_TR("Value"),      RC_TR("From"),
        RC_TR("To"),     RC_TR("Best rank"), RC_TR("Worst rank"), RC_TR("Effect that can be told")};
    const rc_drivers *d = b->result->drivers;
    if (d == NULL || d->n_rankings == 0)
        return;
    lxw_worksheet *sheet = rc_book_sheet(b, RC_TR("Rankings"));
    worksheet_set_column(sheet, 0, R_COLUMNS - 1, 12, NULL);
    worksheet_set_column(sheet, R_METHOD, R_METHOD, 26, NULL);
    worksheet_set_column(sheet, R_NAME, R_NAME, 24, NULL);
    worksheet_set_column(sheet, R_LABEL, R_LABEL, 40, NULL);
    worksheet_set_column(sheet, R_NUMBER, R_NUMBER, 24, NULL);
    rc_book_text(b, sheet, 0, 0, rc_tr(b->language, "Rankings"), RC_LOOK_TITLE);
    rc_book_text(b, sheet, 1, 0,
                 rc_tr(b->language, "From and to: 95% interval of simulation error; best and worst "
                                    "rank: the same of the rank."),
                 RC_LOOK_QUIET);
    rc_book_head(b, sheet, HEAD, 0, columns, R_COLUMNS, 0);
    rc_book_head(b, sheet, HEAD, R_VALUE, columns + R_VALUE, R_CHANCE - R_VALUE, RC_LOOK_RIGHT);
    rc_book_lines(sheet, HEAD, 3);
    size_t row = HEAD + 1;
    for (size_t i = 0; i < d->n_rankings; i++)
        for (size_t k = 0; k < d->rankings[i].n_rows; k++)
            row = ranked_rows(b, sheet, row, &d->rankings[i], &d->rankings[i].rows[k]);
    worksheet_freeze_panes(sheet, HEAD + 1, 0);
    worksheet_repeat_rows(sheet, HEAD, HEAD);
    if (row > HEAD + 1)
        worksheet_autofilter(sheet, HEAD, 0, (lxw_row_t)(row - 1), R_COLUMNS - 1);
}
