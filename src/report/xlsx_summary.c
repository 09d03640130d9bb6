/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first sheet, one page for whoever decides: the sentences, the headline
 * numbers, the picture.
 */
#include "report/xlsx_book.h"

#include <math.h>

enum { LOW = 1, AVERAGE = 4, CHANCE, HURDLE, LAST, FIRST_WIDTH = 40, WIDTH = 15 };

/* Those of every section for who decides; what stands on top has no heading. */
static size_t sentences(rc_book *b, lxw_worksheet *sheet, size_t row) {
    const rc_document *d = b->document;
    for (size_t i = 0; i < d->n_sections; i++) {
        const rc_section *s = &d->sections[i];
        if (s->part != RC_PART_EXECUTIVE || s->n_sentences == 0)
            continue;
        if (s->title != NULL)
            rc_book_text(b, sheet, ++row, 0, s->title, RC_LOOK_BOLD);
        row += s->title != NULL;
        for (size_t k = 0; k < s->n_sentences; k++) {
            rc_book_text(b, sheet, row, 0, s->sentences[k].topic, RC_LOOK_BOLD | RC_LOOK_WRAP);
            rc_book_paragraph(b, sheet, row++, 1, LAST, LAST * WIDTH - 8, s->sentences[k].text, 0);
        }
    }
    return row;
}

static bool fixed(const rc_output *o) {
    return rc_output_value(o, "min", NULL) == rc_output_value(o, "max", NULL);
}

/* "never" where a time is not reached, "–" where there is no value */
static void cell(rc_book *b, lxw_worksheet *sheet, size_t row, size_t column, const rc_output *o,
                 double value, const char *format) {
    if (!isnan(value))
        rc_book_number(b, sheet, row, column, value, format, 0);
    else
        rc_book_text(b, sheet, row, column,
                     o->undefined < 1 && o->infinite > 0 ? rc_tr(b->language, "never") : "–",
                     RC_LOOK_RIGHT);
}

static bool told(const rc_result *r, const rc_output *o) {
    return o->kind == RC_OUTPUT_METRIC || o->kind == RC_OUTPUT_USER || rc_result_target(r) == o;
}

/* What a table of this result needs columns for. */
typedef struct shape {
    bool varies, hurdle;
} shape;

static shape shape_of(const rc_result *r) {
    shape s = {false, false};
    for (size_t i = 0; i < r->n_outputs; i++) {
        const rc_output *o = &r->outputs[i];
        s.varies = s.varies || (told(r, o) && !fixed(o) && o->undefined < 1 && o->infinite < 1);
        s.hurdle = s.hurdle || (told(r, o) && !isnan(o->hurdle));
    }
    return s;
}

static void headline(rc_book *b, lxw_worksheet *sheet, size_t row, const rc_output *o, shape s) {
    static const char *const points[] = {"5", "50", "95"};
    const char *format = rc_book_output_format(b, o);
    const char *label = rc_book_label(b, &o->label, o->name);
    if (o->unit_text != NULL)
        label = rc_arena_printf(b->arena, "%s (%s)", label, o->unit_text);
    rc_book_text(b, sheet, row, 0, label, 0);
    if (!s.varies) {
        cell(b, sheet, row, LOW, o, rc_output_value(o, "mean", NULL), format);
        return;
    }
    for (size_t i = 0; i < 3; i++)
        if (!fixed(o))
            cell(b, sheet, row, LOW + i, o, rc_output_value(o, "percentiles", points[i]), format);
    cell(b, sheet, row, AVERAGE, o, rc_output_value(o, "mean", NULL), format);
    rc_book_number(b, sheet, row, CHANCE, rc_output_value(o, "below_zero", NULL), rc_book_share, 0);
    if (s.hurdle)
        rc_book_number(b, sheet, row, HURDLE, rc_output_value(o, "at_least_hurdle", NULL),
                       rc_book_share, 0);
}

/* Those of a kind, under the headings of their groups. */
static size_t kind_rows(rc_book *b, lxw_worksheet *sheet, size_t row, rc_output_kind kind,
                        shape s) {
    size_t n;
    const rc_output **list = rc_outputs_in_groups(b->result, kind, b->arena, &n);
    for (size_t i = 0; i < n; i++) {
        const rc_output *o = list[i];
        if (o->group != NULL && (i == 0 || !rc_output_same_group(list[i - 1], o)))
            rc_book_text(b, sheet, row++, 0, rc_book_label(b, &o->group_label, o->group),
                         RC_LOOK_BOLD);
        headline(b, sheet, row++, o, s);
    }
    return row;
}

static size_t headlines(rc_book *b, lxw_worksheet *sheet, size_t row) {
    static const char *const columns[] = {
        "",
        RC_TR("Low: one time in twenty it is lower"),
        RC_TR("Middle: half the time it is higher"),
        RC_TR("High: one time in twenty it is higher"),
        RC_TR("Average"),
        RC_TR("Chance that it is below zero"),
        RC_TR("Chance to reach the hurdle"),
    };
    static const char *const value[] = {"", RC_TR("Value")};
    const rc_result *r = b->result;
    shape s = shape_of(r);
    if (s.varies) {
        rc_book_head(b, sheet, row, 0, columns, HURDLE + s.hurdle, RC_LOOK_RIGHT);
        rc_book_lines(sheet, row++, 3);
    } else {
        rc_book_head(b, sheet, row++, 0, value, 2, RC_LOOK_RIGHT);
    }
    const rc_output *target = rc_result_target(r);
    if (target != NULL && target->kind != RC_OUTPUT_METRIC && target->kind != RC_OUTPUT_USER)
        headline(b, sheet, row++, target, s);
    row = kind_rows(b, sheet, row, RC_OUTPUT_METRIC, s);
    return kind_rows(b, sheet, row, RC_OUTPUT_USER, s);
}

void rc_book_summary(rc_book *b) {
    const rc_document *d = b->document;
    lxw_worksheet *sheet = rc_book_sheet(b, RC_TR("Summary"));
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_column(sheet, 0, 0, FIRST_WIDTH, NULL);
    worksheet_set_column(sheet, 1, LAST, WIDTH, NULL);
    rc_book_text(b, sheet, 0, 0, d->title, RC_LOOK_TITLE);
    rc_book_text(b, sheet, 1, 0, d->subtitle, RC_LOOK_QUIET);
    size_t row = sentences(b, sheet, 3);
    row = headlines(b, sheet, row + 1);
    if (row < 60)
        worksheet_fit_to_pages(sheet, 1, 1); /* with the charts below */
    b->summary = sheet;
    b->below_summary = row + 1;
}
