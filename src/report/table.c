/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/table.h"

#include <math.h>

rc_table_maker rc_table_begin(const char *const *columns, size_t n, rc_arena *arena) {
    rc_table_maker t = {.arena = arena, .table = RC_NEW(arena, rc_table, 1)};
    t.table->n_columns = n;
    t.table->columns = columns;
    return t;
}

rc_table_cell *rc_table_row(rc_table_maker *t, const char *label, rc_row_role role) {
    size_t row = t->table->n_rows++, n = t->table->n_columns;
    t->cells = rc_arena_grow(t->arena, t->cells, &t->room_cells, (row + 1) * n, sizeof *t->cells);
    t->roles = rc_arena_grow(t->arena, t->roles, &t->room_roles, row + 1, sizeof *t->roles);
    t->roles[row] = role;
    t->table->cells = t->cells;
    t->table->roles = t->roles;
    rc_table_cell *cells = t->cells + row * n;
    for (size_t i = 0; i < n; i++)
        cells[i] = (rc_table_cell){.value = NAN};
    cells[0].text = rc_clean_text(label, t->arena);
    return cells;
}

rc_table_cell rc_cell_number(rc_quantity q, double value, rc_rounding rounding, rc_arena *arena) {
    char text[RC_NUMBER_TEXT];
    q.suffix = NULL;
    if (q.currency != NULL && rc_currency_sign(q.currency) == NULL)
        q.currency = NULL;
    rc_number_text(text, &q, value, rounding);
    return (rc_table_cell){.text = rc_arena_strdup(arena, text), .value = value, .unit = q.unit};
}

rc_table_cell rc_cell_share(double share, const char *language, rc_arena *arena) {
    char text[RC_NUMBER_TEXT];
    rc_share_text(text, share, language);
    return (rc_table_cell){
        .text = rc_arena_strdup(arena, text), .value = share, .unit = RC_UNIT_RATIO};
}

rc_table_cell rc_cell_text(const char *text) {
    return (rc_table_cell){.text = text, .value = NAN};
}
