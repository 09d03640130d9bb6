/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workbook while it is filled: cells with looks and number formats, and the
 * sheets that fill it. Nothing that a result can hold breaks a cell: texts are
 * cleaned and cut to what a cell takes, a number that is none becomes an empty
 * cell. */
#ifndef RC_REPORT_XLSX_BOOK_H
#define RC_REPORT_XLSX_BOOK_H

#include "core/language.h"
#include "report/document.h"
#include "report/format.h"

#include <xlsxwriter.h>

/** How a cell looks: a sum of these. */
typedef enum rc_look {
    RC_LOOK_PLAIN = 0,
    RC_LOOK_BOLD = 1,
    RC_LOOK_TITLE = 2,  /**< of the sheet */
    RC_LOOK_HEAD = 4,   /**< of a table's columns */
    RC_LOOK_WRAP = 8,   /**< text over several lines, at the top of the cell */
    RC_LOOK_TOTAL = 16, /**< a line above */
    RC_LOOK_QUIET = 32,
    RC_LOOK_RIGHT = 64, /**< text that stands for a number */
    RC_LOOK_INDENT = 128,
    RC_LOOK_LEFT = 256, /**< a number among texts */
} rc_look;

typedef struct rc_book_look {
    int look;
    const char *number; /**< format of numbers, or NULL */
    lxw_format *format;
} rc_book_look;

typedef struct rc_book {
    const rc_result *result;
    const rc_document *document;
    const rc_report_style *style;
    const char *language;
    rc_arena *arena;
    lxw_workbook *workbook;
    lxw_worksheet *summary, *cash; /**< sheets that take charts of others, at these rows */
    size_t below_summary, below_cash;
    rc_book_look *looks; /**< made so far */
    size_t n_looks, capacity_looks;
    const char **names; /**< defined so far: spreadsheets take a and A for one */
    size_t n_names, capacity_names;
} rc_book;

/** A sheet of its own: landscape A4, as wide as a page. title: at most 31
 * characters in every language, marked by RC_TR. */
lxw_worksheet *rc_book_sheet(rc_book *b, const char *title);

lxw_format *rc_book_format(rc_book *b, int look, const char *number);
/** The text in the workbook's language; of tables it is marked by RC_TR. */
const char *rc_book_tr(const rc_book *b, const char *text);
/** `text` NULL or "": an empty cell with the look. */
void rc_book_text(rc_book *b, lxw_worksheet *sheet, size_t row, size_t column, const char *text,
                  int look);
/** NaN: an empty cell; infinite: "never" for times, else the sign of infinity
 * as text. */
void rc_book_number(rc_book *b, lxw_worksheet *sheet, size_t row, size_t column, double value,
                    const char *number, int look);
/** Text over several columns of one row, whose height is set to what the text
 * takes when the columns are `wide` characters wide in all. */
void rc_book_paragraph(rc_book *b, lxw_worksheet *sheet, size_t row, size_t first, size_t last,
                       int wide, const char *text, int look);
/** Heading of a table; `columns` texts, marked by RC_TR, from column `first`
 * on, to the right with RC_LOOK_RIGHT: over numbers. */
void rc_book_head(rc_book *b, lxw_worksheet *sheet, size_t row, size_t first,
                  const char *const *columns, size_t n, int look);
/** Height of a row for so many lines. */
void rc_book_lines(lxw_worksheet *sheet, size_t row, int lines);

/** The format of numbers of this quantity, of which `size` is a typical one. */
const char *rc_book_number_format(rc_book *b, const rc_quantity *quantity, double size);
/** The same for an axis whose marks are `step` apart. */
const char *rc_book_axis_format(rc_book *b, const rc_quantity *quantity, double step);
/** The same for the values of an output, in their own size. */
const char *rc_book_output_format(rc_book *b, const rc_output *output);
/** The same for all money of the cash flow (xlsx_cash.c). */
const char *rc_book_cash_format(rc_book *b);
extern const char rc_book_share[]; /**< format of shares of cases */

/** "'Cash flow'!$B$3:$F$3", after "=" */
const char *rc_book_range(rc_book *b, const lxw_worksheet *sheet, size_t row, size_t column,
                          size_t last_row, size_t last_column);
/** Name a cell, "roi" and "median" giving ROI_median; left out where that is no
 * name, or taken. */
void rc_book_name(rc_book *b, const char *output, const char *what, const lxw_worksheet *sheet,
                  size_t row, size_t column);

const char *rc_book_label(rc_book *b, const rc_label *label, const char *name); /**< cleaned */
/** "Benefit", "Risk": what an output is. */
const char *rc_book_kind(const rc_book *b, const rc_output *output);

enum { RC_BOOK_GAIN = 0x0072B2, RC_BOOK_LOSS = 0xD55E00, RC_BOOK_GREY = 0x7F7F7F };

/* ---- The sheets, each in a file of its own. Those without anything to say
 * make none. ---- */

void rc_book_summary(rc_book *b);
void rc_book_cash(rc_book *b);         /**< by year line by line, with room for the fan */
void rc_book_periods(rc_book *b);      /**< by period, all percentiles; the fan by year */
void rc_book_percentiles(rc_book *b);  /**< all outputs, all numbers */
void rc_book_intervals(rc_book *b);    /**< the same one by one, with their intervals */
void rc_book_distribution(rc_book *b); /**< histogram and cumulative chances */
void rc_book_drivers(rc_book *b);      /**< what the first drivers do, with a tornado */
void rc_book_rankings(rc_book *b);
void rc_book_inputs(rc_book *b);
void rc_book_trials(rc_book *b);
void rc_book_about(rc_book *b); /**< how to redo it */

#endif
