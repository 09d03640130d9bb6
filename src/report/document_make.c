/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/document_make.h"

#include "core/language.h"

#include <math.h>

rc_section *rc_add_section(rc_maker *m, rc_section section) {
    m->sections = rc_arena_grow(m->arena, m->sections, &m->room, m->n + 1, sizeof *m->sections);
    m->sections[m->n] = section;
    return &m->sections[m->n++];
}

/* ---- Cells ---- */

rc_table_maker rc_make_table(const rc_maker *m, const char *const *columns, size_t n) {
    const char **headings = RC_NEW(m->arena, const char *, n);
    for (size_t i = 0; i < n; i++)
        headings[i] = columns[i][0] == '\0' ? "" : rc_tr(m->language, columns[i]);
    return rc_table_begin(headings, n, m->arena);
}

rc_table_cell rc_make_cell(const rc_maker *m, rc_quantity q, double value, rc_rounding r) {
    q.language = m->language;
    return rc_cell_number(q, value, r, m->arena);
}

rc_table_cell rc_make_money(const rc_maker *m, double value) {
    rc_quantity q = {.unit = RC_UNIT_MONEY, .currency = m->result->currency};
    rc_rounding r = {.digits = 3, .error = fabs(value) * 1e-9};
    rc_table_cell cell = rc_make_cell(m, q, value, r);
    if (value == 0)
        cell.text = "–";
    return cell;
}

rc_table_cell rc_make_words(const rc_maker *m, const char *text) {
    return (rc_table_cell){
        .text = text != NULL ? rc_clean_text(text, m->arena) : NULL, .value = NAN, .words = true};
}

/* ---- Rows of outputs ---- */

static const char *const points[] = {"5", "50", "95"};

/** The rounding that the percentiles of one row share: four digits for the largest of them, none
 * finer than its interval. */
static rc_rounding row_rounding(const rc_output *o) {
    if (rc_output_constant(o))
        return (rc_rounding){.digits = o->unit == RC_UNIT_RATIO ? 5 : 4};
    double largest = 0, error = 0;
    for (int i = 0; i < 3; i++) {
        double size = fabs(rc_output_value(o, "percentiles", points[i]));
        double e = rc_output_error(o, "percentiles", points[i]);
        largest = size > largest ? size : largest;
        error = e > error ? e : error;
    }
    double finest = o->unit == RC_UNIT_RATIO && largest >= 0.1 ? 1e-3 : largest * 1.0001e-3;
    return (rc_rounding){.digits = 15, .error = fmax(error, finest)};
}

/** P5, P50, P95 and the mean; words where there is no number. */
static void stat_cells(const rc_maker *m, const rc_output *o, rc_table_cell *cells) {
    rc_quantity q = rc_output_quantity(m->result, o, m->language);
    for (int i = 0; i < 3; i++) {
        double value = rc_output_value(o, "percentiles", points[i]);
        cells[i] = rc_make_cell(m, q, value, row_rounding(o));
        if (isnan(value) && o->undefined < 1 && o->infinite > 0)
            cells[i].text = rc_tr(m->language, "never");
    }
    rc_rounding mean = {.digits = 4, .error = rc_output_error(o, "mean", NULL)};
    cells[3] = rc_make_cell(m, q, rc_output_value(o, "mean", NULL),
                            rc_output_constant(o) ? row_rounding(o) : mean);
}

const char *rc_make_output_label(const rc_maker *m, const rc_output *o) {
    const char *label = rc_label_text(&o->label, m->language, o->name);
    return o->unit_text == NULL
               ? label
               : rc_arena_printf(m->arena, "%s (%s)", label, rc_clean_text(o->unit_text, m->arena));
}

rc_table_cell *rc_make_output_row(const rc_maker *m, rc_table_maker *t, const rc_output *o,
                                  const char *label, rc_row_role role) {
    rc_table_cell *cells = rc_table_row(t, label, role);
    if (t->table->n_columns == 2)
        cells[1] = rc_make_cell(m, rc_output_quantity(m->result, o, m->language),
                                rc_output_value(o, "mean", NULL), row_rounding(o));
    else
        stat_cells(m, o, cells + 1);
    return cells;
}
