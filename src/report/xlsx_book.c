/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells, looks, formats of numbers, names. */
#include "report/xlsx_book.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_UNITS = 32000, LINE_HEIGHT = 15 }; /* a cell takes 32,767 UTF-16 units of text */

const char rc_book_share[] = "0.0%";

/* ---- Looks ---- */

lxw_format *rc_book_format(rc_book *b, int look, const char *number) {
    for (size_t i = 0; i < b->n_looks; i++) {
        const char *other = b->looks[i].number;
        if (b->looks[i].look == look &&
            (other == number || (other && number && strcmp(other, number) == 0)))
            return b->looks[i].format;
    }
    lxw_format *f = workbook_add_format(b->workbook);
    if (number != NULL)
        format_set_num_format(f, number);
    if (look & (RC_LOOK_BOLD | RC_LOOK_TITLE | RC_LOOK_HEAD))
        format_set_bold(f);
    if (look & RC_LOOK_TITLE)
        format_set_font_size(f, 16);
    if (look & RC_LOOK_HEAD) {
        format_set_bg_color(f, 0xE7EEF4);
        format_set_bottom(f, LXW_BORDER_THIN);
        format_set_text_wrap(f);
        format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
    }
    if (look & RC_LOOK_WRAP) {
        format_set_text_wrap(f);
        format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    }
    if (look & RC_LOOK_TOTAL)
        format_set_top(f, LXW_BORDER_THIN);
    if (look & RC_LOOK_QUIET)
        format_set_font_color(f, 0x595959);
    if (look & RC_LOOK_RIGHT)
        format_set_align(f, LXW_ALIGN_RIGHT);
    if (look & RC_LOOK_LEFT)
        format_set_align(f, LXW_ALIGN_LEFT);
    if (look & RC_LOOK_INDENT)
        format_set_indent(f, 1);
    b->looks =
        rc_arena_grow(b->arena, b->looks, &b->capacity_looks, b->n_looks + 1, sizeof *b->looks);
    b->looks[b->n_looks++] =
        (rc_book_look){look, number != NULL ? rc_arena_strdup(b->arena, number) : NULL, f};
    return f;
}

/* ---- Cells ---- */

const char *rc_book_tr(const rc_book *b, const char *text) {
    return *text == '\0' ? text : rc_tr(b->language, text);
}

/* Clean, without what XML does not take, and no longer than a cell holds. */
static const char *cell_text(rc_book *b, const char *text) {
    const char *clean = rc_clean_text(text, b->arena);
    rc_text out = {0};
    size_t units = 0;
    for (size_t n = strlen(clean), step; n > 0; clean += step, n -= step) {
        int32_t c = rc_utf8_decode(clean, n, &step);
        units += c > 0xFFFF ? 2 : 1;
        if (units > MOST_UNITS) {
            rc_text_add(&out, "…");
            break;
        }
        if (c == 0xFFFE || c == 0xFFFF)
            rc_text_add(&out, "\uFFFD");
        else
            rc_text_add_n(&out, clean, step);
    }
    const char *kept = rc_arena_strdup(b->arena, out.bytes != NULL ? out.bytes : "");
    rc_text_free(&out);
    return kept;
}

void rc_book_text(rc_book *b, lxw_worksheet *sheet, size_t row, size_t column, const char *text,
                  int look) {
    lxw_format *f = rc_book_format(b, look, NULL);
    if (text == NULL || *text == '\0')
        worksheet_write_blank(sheet, (lxw_row_t)row, (lxw_col_t)column, f);
    else
        worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column, cell_text(b, text), f);
}

void rc_book_number(rc_book *b, lxw_worksheet *sheet, size_t row, size_t column, double value,
                    const char *number, int look) {
    if (isnan(value))
        rc_book_text(b, sheet, row, column, NULL, look);
    else if (isinf(value))
        rc_book_text(b, sheet, row, column, value > 0 ? "∞" : "\u2212∞", look | RC_LOOK_RIGHT);
    else
        worksheet_write_number(sheet, (lxw_row_t)row, (lxw_col_t)column, value,
                               rc_book_format(b, look, number));
}

void rc_book_paragraph(rc_book *b, lxw_worksheet *sheet, size_t row, size_t first, size_t last,
                       int wide, const char *text, int look) {
    lxw_format *f = rc_book_format(b, look | RC_LOOK_WRAP, NULL);
    int lines = (rc_text_width(text) + wide - 1) / wide;
    worksheet_merge_range(sheet, (lxw_row_t)row, (lxw_col_t)first, (lxw_row_t)row, (lxw_col_t)last,
                          cell_text(b, text), f);
    rc_book_lines(sheet, row, lines);
}

void rc_book_lines(lxw_worksheet *sheet, size_t row, int lines) {
    if (lines > 1) /* a row is at most 409 points high */
        worksheet_set_row(sheet, (lxw_row_t)row, LINE_HEIGHT * (lines > 27 ? 27 : lines), NULL);
}

void rc_book_head(rc_book *b, lxw_worksheet *sheet, size_t row, size_t first,
                  const char *const *columns, size_t n, int look) {
    for (size_t i = 0; i < n; i++)
        rc_book_text(b, sheet, row, first + i, rc_book_tr(b, columns[i]), look | RC_LOOK_HEAD);
}

lxw_worksheet *rc_book_sheet(rc_book *b, const char *title) {
    lxw_worksheet *sheet = workbook_add_worksheet(b->workbook, rc_tr(b->language, title));
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9); /* A4 */
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_set_footer(sheet, "&L&F · &A&R&P / &N");
    return sheet;
}

/* ---- Formats of numbers ---- */

static const char *decimals(double size, bool cents) {
    if (!(size > 0) || size >= 1e15 || size < 1e-6)
        return size > 0 ? "0.00E+00" : "#,##0";
    if (cents)
        return size >= 1000 ? "#,##0" : "#,##0.00";
    return size >= 1000   ? "#,##0"
           : size >= 100  ? "#,##0.0"
           : size >= 1    ? "#,##0.00"
           : size >= 0.01 ? "0.0000"
                          : "0.00000000";
}

static const char *format_of(rc_book *b, const rc_quantity *q, const char *digits) {
    if (q->unit != RC_UNIT_MONEY || q->currency == NULL || *q->currency == '\0')
        return digits;
    const char *sign = rc_currency_sign(q->currency);
    char before[32];
    size_t n = 0;
    for (const char *c = sign != NULL ? sign : rc_clean_text(q->currency, b->arena);
         *c != '\0' && n < sizeof before - 2; c++)
        if (*c != '"')
            before[n++] = *c;
    if (sign == NULL)
        before[n++] = ' ';
    before[n] = '\0';
    return rc_arena_printf(b->arena, "\"%s\"%s;-\"%s\"%s", before, digits, before, digits);
}

const char *rc_book_number_format(rc_book *b, const rc_quantity *q, double size) {
    if (q->unit == RC_UNIT_RATIO)
        return size < 0.1 ? "0.00%" : "0.0%";
    if (q->unit == RC_UNIT_YEARS)
        return "0.00";
    bool cents = q->unit == RC_UNIT_MONEY && q->currency != NULL && *q->currency != '\0';
    return format_of(b, q, decimals(size, cents));
}

const char *rc_book_axis_format(rc_book *b, const rc_quantity *q, double step) {
    double unit = q->unit == RC_UNIT_RATIO ? 0.01 : 1;
    if (step >= 1e12 * unit || step < 1e-5 * unit)
        return "0.0E+00";
    int n = 0; /* decimals that whole steps need */
    for (double x = step / unit; n < 6 && fabs(x - rint(x)) > 1e-6; x *= 10)
        n++;
    const char *digits = rc_arena_printf(b->arena, "#,##0%.*s", n > 0 ? n + 1 : 0, ".000000");
    return q->unit == RC_UNIT_RATIO ? rc_arena_printf(b->arena, "%s%%", digits)
                                    : format_of(b, q, digits);
}

const char *rc_book_output_format(rc_book *b, const rc_output *o) {
    static const char *const points[] = {"5", "50", "95"};
    rc_quantity q = rc_output_quantity(b->result, o, b->language);
    double size = 0;
    for (int i = 0; i < 3; i++) {
        double x = fabs(rc_output_value(o, "percentiles", points[i]));
        size = isfinite(x) && x > size ? x : size;
    }
    return rc_book_number_format(b, &q, size);
}

/* ---- Places and names ---- */

const char *rc_book_range(rc_book *b, const lxw_worksheet *sheet, size_t row, size_t column,
                          size_t last_row, size_t last_column) {
    char range[LXW_MAX_CELL_RANGE_LENGTH];
    lxw_rowcol_to_range_abs(range, (lxw_row_t)row, (lxw_col_t)column, (lxw_row_t)last_row,
                            (lxw_col_t)last_column);
    return rc_arena_printf(b->arena, "='%s'!%s", sheet->name, range);
}

/* Letters, digits, _ and what is not ASCII; it begins with a letter or _, and
 * cannot be taken for a cell because it holds a _. */
static bool is_name(const char *name) {
    if (strlen(name) > 100 || isdigit((unsigned char)name[0]))
        return false;
    for (const char *c = name; *c != '\0'; c++)
        if (!isalnum((unsigned char)*c) && *c != '_' && (unsigned char)*c < 0x80)
            return false;
    return true;
}

static bool same_name(const char *a, const char *b) {
    while (*a != '\0' && tolower((unsigned char)*a) == tolower((unsigned char)*b))
        a++, b++;
    return *a == '\0' && *b == '\0';
}

void rc_book_name(rc_book *b, const char *output, const char *what, const lxw_worksheet *sheet,
                  size_t row, size_t column) {
    char *name = rc_arena_printf(b->arena, "%s_%s", output, what);
    const rc_output *o = rc_result_find(b->result, output);
    for (size_t i = 0; o != NULL && o->kind == RC_OUTPUT_METRIC && output[i] != '\0'; i++)
        name[i] = (char)toupper((unsigned char)name[i]);
    if (!is_name(name))
        return;
    for (size_t i = 0; i < b->n_names; i++)
        if (same_name(b->names[i], name))
            return;
    b->names =
        rc_arena_grow(b->arena, b->names, &b->capacity_names, b->n_names + 1, sizeof *b->names);
    b->names[b->n_names++] = name;
    workbook_define_name(b->workbook, name, rc_book_range(b, sheet, row, column, row, column));
}

/* ---- Words ---- */

const char *rc_book_label(rc_book *b, const rc_label *label, const char *name) {
    return rc_clean_text(rc_label_text(label, b->language, name), b->arena);
}

const char *rc_book_kind(const rc_book *b, const rc_output *o) {
    switch (o->kind) {
    case RC_OUTPUT_METRIC: return rc_tr(b->language, "Result");
    case RC_OUTPUT_USER: return rc_tr(b->language, "Output of the model");
    case RC_OUTPUT_LINE: return rc_tr(b->language, o->is_cost ? RC_TR("Cost") : RC_TR("Benefit"));
    case RC_OUTPUT_LEFT_OUT:
        return rc_tr(b->language,
                     o->is_cost ? RC_TR("Cost not counted") : RC_TR("Benefit not counted"));
    case RC_OUTPUT_RISK: return rc_tr(b->language, "Risk");
    case RC_OUTPUT_INPUT: return rc_tr(b->language, "Input");
    case RC_OUTPUT_DRAWN: break;
    }
    return "";
}
