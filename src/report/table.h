/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of a document, row by row. */
#ifndef RC_REPORT_TABLE_H
#define RC_REPORT_TABLE_H

#include "report/document.h"

typedef struct rc_table_maker {
    rc_arena *arena;
    rc_table *table; /**< always whole: may be shown after any row */
    rc_table_cell *cells;
    rc_row_role *roles;
    size_t room_cells, room_roles;
} rc_table_maker;

/** columns: [n] headings, which must outlive the table; the first is that of the row labels. */
rc_table_maker rc_table_begin(const char *const *columns, size_t n, rc_arena *arena);

/** A row of empty cells under a label; they are good until the next row. */
rc_table_cell *rc_table_row(rc_table_maker *t, const char *label, rc_row_role role);

/** A number as `rc_number_text` writes it; a currency that has no sign is left to the subtitle. */
rc_table_cell rc_cell_number(rc_quantity q, double value, rc_rounding rounding, rc_arena *arena);
/** A share of cases. */
rc_table_cell rc_cell_share(double share, const char *language, rc_arena *arena);
rc_table_cell rc_cell_text(const char *text);

#endif
