/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was assumed: every entry as written, with who says so. */
#include "report/xlsx_book.h"

#include <math.h>
#include <string.h>

enum {
    HEAD = 3,
    SECTION = 0,
    NAME,
    LABEL,
    FORMULA,
    MORE,
    CHANCE,
    VALUE,
    LOW,
    MIDDLE,
    HIGH,
    UNIT,
    SOURCE,
    OWNER,
    NOTE,
    GROUP,
    COLUMNS
};

static const struct {
    const char *title;
    int width;
} columns[COLUMNS] = {
    [SECTION] = {RC_TR("Section"), 10},     [NAME] = {RC_TR("Name"), 22},
    [LABEL] = {RC_TR("Label"), 28},         [FORMULA] = {RC_TR("Formula"), 38},
    [MORE] = {RC_TR("More"), 30},           [CHANCE] = {RC_TR("Left to chance"), 14},
    [VALUE] = {RC_TR("Value"), 12},         [LOW] = {RC_TR("Low (P5)"), 12},
    [MIDDLE] = {RC_TR("Middle (P50)"), 12}, [HIGH] = {RC_TR("High (P95)"), 12},
    [UNIT] = {RC_TR("Unit"), 12},           [SOURCE] = {RC_TR("Source"), 44},
    [OWNER] = {RC_TR("Owner"), 14},         [NOTE] = {RC_TR("Note"), 30},
    [GROUP] = {RC_TR("Group"), 14},
};

static double quantile(const rc_assumption *a, double p) {
    for (size_t i = 0; a->sketch != NULL && i < RC_SKETCH; i++)
        if (rc_sketch_points[i] == p)
            return a->sketch[i];
    return NAN;
}

static const char *number_format(double x) {
    return x == rint(x) && fabs(x) < 1e15 ? "#,##0" : fabs(x) >= 1e4 ? "#,##0" : "General";
}

/* Every cell of a row as text; numbers stand in cells of their own. */
typedef struct row_texts {
    const char *text[COLUMNS];
    double number[COLUMNS];
} row_texts;

static row_texts texts_of(rc_book *b, const rc_assumption *a) {
    row_texts t = {.text = {[SECTION] = rc_assumed_name[a->section],
                            [NAME] = a->name,
                            [LABEL] = rc_label_text(&a->label, b->language, ""),
                            [UNIT] = a->unit_text,
                            [SOURCE] = a->source,
                            [OWNER] = a->owner,
                            [NOTE] = a->note,
                            [GROUP] = a->group}};
    for (size_t c = 0; c < COLUMNS; c++)
        t.number[c] = NAN;
    t.number[VALUE] = a->value;
    t.number[LOW] = quantile(a, 0.05);
    t.number[MIDDLE] = quantile(a, 0.50);
    t.number[HIGH] = quantile(a, 0.95);
    if (a->drawn)
        t.text[CHANCE] = a->each ? rc_tr(b->language, "every period") : rc_tr(b->language, "yes");
    rc_text more = {0};
    for (size_t i = 0; i < a->n_written; i++) {
        const rc_written *w = &a->written[i];
        if (strcmp(w->key, "value") == 0)
            t.text[FORMULA] = w->text;
        else
            rc_text_addf(&more, "%s%s: %s", more.length > 0 ? "; " : "", w->key, w->text);
    }
    t.text[MORE] = rc_arena_strdup(b->arena, more.bytes != NULL ? more.bytes : "");
    rc_text_free(&more);
    return t;
}

static bool has_text(const row_texts *t, size_t c) {
    return t->text[c] != NULL && t->text[c][0] != '\0';
}

/* Columns that no entry has anything for are left out. */
static size_t places(const row_texts *rows, size_t n, size_t *place) {
    size_t next = 0;
    for (size_t c = 0; c < COLUMNS; c++) {
        bool any = c <= FORMULA;
        for (size_t i = 0; i < n && !any; i++)
            any = has_text(&rows[i], c) || !isnan(rows[i].number[c]);
        place[c] = any ? next++ : SIZE_MAX;
    }
    return next;
}

static void add_row(rc_book *b, lxw_worksheet *sheet, size_t row, const row_texts *t,
                    const size_t *place) {
    static const rc_quantity plain = {.unit = RC_UNIT_NUMBER};
    double size = fmax(fabs(t->number[LOW]), fmax(fabs(t->number[MIDDLE]), fabs(t->number[HIGH])));
    int lines = 1;
    for (size_t c = 0; c < COLUMNS; c++) {
        if (place[c] == SIZE_MAX)
            continue;
        if (has_text(t, c)) {
            int wide = rc_text_width(t->text[c]), room = columns[c].width - (c > HIGH ? 3 : 1);
            lines = (wide + room - 1) / room > lines ? (wide + room - 1) / room : lines;
            rc_book_text(b, sheet, row, place[c], t->text[c],
                         RC_LOOK_WRAP | (c > HIGH ? RC_LOOK_INDENT : 0));
        } else if (!isnan(t->number[c])) {
            rc_book_number(b, sheet, row, place[c], t->number[c],
                           c == VALUE ? number_format(t->number[c])
                                      : rc_book_number_format(b, &plain, size),
                           RC_LOOK_WRAP);
        }
    }
    rc_book_lines(sheet, row, lines);
}

void rc_book_inputs(rc_book *b) {
    const rc_result *r = b->result;
    if (r->n_assumptions == 0)
        return;
    lxw_worksheet *sheet = rc_book_sheet(b, RC_TR("Inputs"));
    row_texts *rows = RC_NEW(b->arena, row_texts, r->n_assumptions);
    size_t place[COLUMNS];
    for (size_t i = 0; i < r->n_assumptions; i++)
        rows[i] = texts_of(b, &r->assumptions[i]);
    size_t n = places(rows, r->n_assumptions, place);
    rc_book_text(b, sheet, 0, 0, rc_tr(b->language, "What was assumed"), RC_LOOK_TITLE);
    rc_book_text(b, sheet, 1, 0,
                 rc_tr(b->language,
                       "As the model file says it. A formula is text here: to change it, change "
                       "the file and run again."),
                 RC_LOOK_QUIET);
    for (size_t c = 0; c < COLUMNS; c++) {
        if (place[c] == SIZE_MAX)
            continue;
        lxw_col_t column = (lxw_col_t)place[c];
        worksheet_set_column(sheet, column, column, columns[c].width, NULL);
        rc_book_text(b, sheet, HEAD, place[c], rc_tr(b->language, columns[c].title),
                     RC_LOOK_HEAD | (c >= VALUE && c <= HIGH ? RC_LOOK_RIGHT : 0) |
                         (c > HIGH ? RC_LOOK_INDENT : 0));
    }
    for (size_t i = 0; i < r->n_assumptions; i++)
        add_row(b, sheet, HEAD + 1 + i, &rows[i], place);
    worksheet_freeze_panes(sheet, HEAD + 1, LABEL);
    worksheet_repeat_rows(sheet, HEAD, HEAD);
    worksheet_autofilter(sheet, HEAD, 0, (lxw_row_t)(HEAD + r->n_assumptions), (lxw_col_t)(n - 1));
}
