/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/document_make.h"

#include <math.h>

rc_table_maker rc_make_table(const rc_result *result, const char *language, rc_arena *arena,
                             const char *const *columns, size_t n) {
    rc_table_maker t = {.result = result, .language = language, .arena = arena};
    t.table = RC_NEW(arena, rc_table, 1);
    t.table->n_columns = n;
    t.table->columns = columns;
    return t;
}

rc_table_cell *rc_make_row(rc_table_maker *t, const char *label, rc_row_role role) {
    size_t row = t->table->n_rows++, columns = t->table->n_columns;
    t->cells = rc_arena_grow(t->arena, t->cells, &t->capacity_cells, (row + 1) * columns,
                             sizeof *t->cells);
    t->roles = rc_arena_grow(t->arena, t->roles, &t->capacity_roles, row + 1, sizeof *t->roles);
    t->roles[row] = role;
    t->table->cells = t->cells;
    t->table->roles = t->roles;
    rc_table_cell *cells = t->cells + row * columns;
    for (size_t i = 0; i < columns; i++)
        cells[i] = (rc_table_cell){.value = NAN};
    cells[0].text = rc_clean_text(label, t->arena);
    return cells;
}

rc_table_cell rc_make_cell(const rc_table_maker *t, rc_quantity q, double value, rc_rounding r) {
    char text[RC_NUMBER_TEXT];
    q.suffix = NULL;
    q.language = t->language;
    if (q.currency != NULL && rc_currency_sign(q.currency) == NULL)
        q.currency = NULL;
    rc_number_text(text, &q, value, r);
    return (rc_table_cell){.text = rc_arena_strdup(t->arena, text), .value = value, .unit = q.unit};
}

rc_table_cell rc_make_money(const rc_table_maker *t, double value) {
    rc_quantity q = {.unit = RC_UNIT_MONEY, .currency = t->result->currency};
    rc_rounding r = {.digits = 3, .error = fabs(value) * 1e-9};
    rc_table_cell cell = rc_make_cell(t, q, value, r);
    if (value == 0)
        cell.text = "–";
    return cell;
}

rc_table_cell rc_make_words(const rc_table_maker *t, const char *text) {
    return (rc_table_cell){
        .text = text != NULL ? rc_clean_text(text, t->arena) : NULL, .value = NAN, .words = true};
}

double rc_cash_percentile(const rc_cash_cell *c, int which) {
    for (int i = 0; i < RC_CASH_PERCENTILES; i++)
        if (rc_cash_percentiles[i] == which)
            return c->percentile[i];
    return NAN;
}
