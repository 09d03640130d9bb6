/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All numbers of all outputs: one row an output, and once more one by one with their intervals.
 * Which numbers there are is read from the result. */
#include "report/xlsx_book.h"

#include <math.h>
#include <string.h>

enum { HEAD = 3, NAME = 0, LABEL, KIND, UNIT, FIRST };

typedef struct number_key {
    const char *key, *sub, *title;
    rc_row_unit unit;
} number_key;

typedef struct keys {
    number_key *list;
    size_t n, capacity;
} keys;

/* ---- Which numbers ---- */

static bool same(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void add_key(rc_book *b, keys *k, const rc_row *row) {
    for (size_t i = 0; i < k->n; i++)
        if (same(k->list[i].key, row->key) && same(k->list[i].sub, row->sub))
            return;
    k->list = rc_arena_grow(b->arena, k->list, &k->capacity, k->n + 1, sizeof *k->list);
    k->list[k->n++] =
        (number_key){row->key, row->sub, rc_row_title(row, b->language, b->arena), row->unit};
}

static keys keys_of(rc_book *b) {
    keys k = {0};
    for (size_t i = 0; i < b->result->n_outputs; i++)
        for (size_t j = 0; j < b->result->outputs[i].n_rows; j++)
            add_key(b, &k, &b->result->outputs[i].rows[j]);
    return k;
}

static const char *format_of(rc_row_unit unit, const char *values) {
    return unit == RC_ROW_PROBABILITY ? "0.00%" : unit == RC_ROW_VALUE ? values : "0.000";
}

static const char *unit_of(rc_book *b, const rc_output *o) {
    if (o->unit_text != NULL)
        return o->unit_text;
    switch (o->unit) {
    case RC_UNIT_RATIO: return rc_tr(b->language, "ratio");
    case RC_UNIT_YEARS: return rc_tr(b->language, "years");
    case RC_UNIT_MONEY: return b->result->currency;
    case RC_UNIT_NUMBER: break;
    }
    return "";
}

static void who(rc_book *b, lxw_worksheet *sheet, size_t row, const rc_output *o) {
    rc_book_text(b, sheet, row, NAME, o->name, 0);
    rc_book_text(b, sheet, row, LABEL, rc_book_label(b, &o->label, o->name), 0);
    rc_book_text(b, sheet, row, KIND, rc_book_kind(b, o), 0);
    rc_book_text(b, sheet, row, UNIT, unit_of(b, o), 0);
}

static void widths(lxw_worksheet *sheet, size_t n) {
    worksheet_set_column(sheet, NAME, NAME, 22, NULL);
    worksheet_set_column(sheet, LABEL, LABEL, 34, NULL);
    worksheet_set_column(sheet, KIND, KIND, 18, NULL);
    worksheet_set_column(sheet, UNIT, UNIT, 10, NULL);
    worksheet_set_column(sheet, FIRST, (lxw_col_t)(FIRST + n - 1), 13, NULL);
}

static void who_heads(rc_book *b, lxw_worksheet *sheet) {
    static const char *const heads[] = {RC_TR("Name"), RC_TR("Label"), RC_TR("What"),
                                        RC_TR("Unit")};
    rc_book_head(b, sheet, HEAD, 0, heads, 4, 0);
}

/* ---- One row an output ---- */

static void name_cells(rc_book *b, const lxw_worksheet *sheet, size_t row, const rc_output *o,
                       const keys *k) {
    static const struct {
        const char *key, *sub, *what;
    } named[] = {
        {"mean", NULL, "mean"},
        {"percentiles", "5", "P5"},
        {"percentiles", "50", "median"},
        {"percentiles", "95", "P95"},
        {"below_zero", NULL, "below_zero"},
        {"at_least_hurdle", NULL, "at_least_hurdle"},
        {"cvar_5", NULL, "cvar_5"},
    };
    if (o->kind != RC_OUTPUT_METRIC && o->kind != RC_OUTPUT_USER)
        return;
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        for (size_t c = 0; c < k->n; c++)
            if (same(k->list[c].key, named[i].key) && same(k->list[c].sub, named[i].sub) &&
                rc_output_row(o, named[i].key, named[i].sub) != NULL)
                rc_book_name(b, o->name, named[i].what, sheet, row, FIRST + c);
}

void rc_book_percentiles(rc_book *b) {
    const rc_result *r = b->result;
    lxw_worksheet *sheet = rc_book_sheet(b, RC_TR("Percentiles"));
    keys k = keys_of(b);
    widths(sheet, k.n + 2);
    rc_book_text(b, sheet, 0, 0, rc_tr(b->language, "All outputs"), RC_LOOK_TITLE);
    rc_book_text(
        b, sheet, 1, 0,
        rc_tr(b->language,
              "P5: one case in twenty is lower. Lines and risks: present values. An empty cell "
              "has no value: a share of cases without one, or a time that is never reached, "
              "stands in the last two columns."),
        RC_LOOK_QUIET);
    who_heads(b, sheet);
    for (size_t c = 0; c < k.n; c++)
        rc_book_text(b, sheet, HEAD, FIRST + c, k.list[c].title, RC_LOOK_HEAD | RC_LOOK_RIGHT);
    rc_book_text(b, sheet, HEAD, FIRST + k.n, rc_tr(b->language, "Share without a value"),
                 RC_LOOK_HEAD | RC_LOOK_RIGHT);
    rc_book_text(b, sheet, HEAD, FIRST + k.n + 1, rc_tr(b->language, "Share that is never reached"),
                 RC_LOOK_HEAD | RC_LOOK_RIGHT);
    size_t row = HEAD + 1;
    for (size_t i = 0; i < r->n_outputs; i++) {
        const rc_output *o = &r->outputs[i];
        if (o->kind == RC_OUTPUT_DRAWN)
            continue;
        const char *values = rc_book_output_format(b, o);
        who(b, sheet, row, o);
        for (size_t c = 0; c < k.n; c++)
            rc_book_number(b, sheet, row, FIRST + c,
                           rc_output_value(o, k.list[c].key, k.list[c].sub),
                           format_of(k.list[c].unit, values), 0);
        rc_book_number(b, sheet, row, FIRST + k.n, o->undefined, "0.00%", 0);
        rc_book_number(b, sheet, row, FIRST + k.n + 1, o->infinite, "0.00%", 0);
        name_cells(b, sheet, row++, o, &k);
    }
    worksheet_freeze_panes(sheet, HEAD + 1, LABEL);
    worksheet_repeat_rows(sheet, HEAD, HEAD);
    worksheet_repeat_columns(sheet, NAME, LABEL);
    worksheet_fit_to_pages(sheet, 2, 0);
    rc_book_lines(sheet, HEAD, 3);
}

/* ---- One row a number ---- */

static size_t add_intervals(rc_book *b, lxw_worksheet *sheet, size_t row, const rc_output *o) {
    const char *values = rc_book_output_format(b, o);
    for (size_t i = 0; i < o->n_rows; i++, row++) {
        const rc_row *n = &o->rows[i];
        const char *format = format_of(n->unit, values);
        who(b, sheet, row, o);
        rc_book_text(b, sheet, row, FIRST, rc_row_title(n, b->language, b->arena), 0);
        rc_book_number(b, sheet, row, FIRST + 1, n->estimate.value, format, 0);
        rc_book_number(b, sheet, row, FIRST + 2, n->estimate.low, format, 0);
        rc_book_number(b, sheet, row, FIRST + 3, n->estimate.high, format, 0);
        rc_book_number(b, sheet, row, FIRST + 4, (n->estimate.high - n->estimate.low) / 2,
                       "0.00E+00", 0);
    }
    return row;
}

void rc_book_intervals(rc_book *b) {
    static const char *const heads[] = {RC_TR("Number"), RC_TR("Value"), RC_TR("From"), RC_TR("To"),
                                        RC_TR("Half of the interval")};
    const rc_result *r = b->result;
    lxw_worksheet *sheet = rc_book_sheet(b, RC_TR("Intervals"));
    widths(sheet, 5);
    worksheet_set_column(sheet, FIRST, FIRST, 26, NULL);
    worksheet_set_column(sheet, FIRST + 4, FIRST + 4, 20, NULL);
    rc_book_text(b, sheet, 0, 0, rc_tr(b->language, "How sure each number is"), RC_LOOK_TITLE);
    rc_book_text(
        b, sheet, 1, 0,
        rc_tr(b->language,
              "Because the number of simulated cases is finite, each number may be off: it lies "
              "within its interval with 95% certainty. That the model may be wrong is not in it."),
        RC_LOOK_QUIET);
    who_heads(b, sheet);
    rc_book_head(b, sheet, HEAD, FIRST, heads, 1, 0);
    rc_book_head(b, sheet, HEAD, FIRST + 1, heads + 1, 4, RC_LOOK_RIGHT);
    size_t row = HEAD + 1;
    for (size_t i = 0; i < r->n_outputs; i++)
        if (r->outputs[i].kind != RC_OUTPUT_DRAWN)
            row = add_intervals(b, sheet, row, &r->outputs[i]);
    worksheet_freeze_panes(sheet, HEAD + 1, LABEL);
    worksheet_repeat_rows(sheet, HEAD, HEAD);
    worksheet_autofilter(sheet, HEAD, 0, (lxw_row_t)(row - 1), FIRST + 4);
}
