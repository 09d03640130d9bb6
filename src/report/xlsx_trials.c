/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every trial, as the CSV format has them: inputs, then outputs. Where the run kept its values and
 * the style asks. */
#include "report/xlsx_book.h"

#include <math.h>

static size_t add_column(rc_book *b, lxw_worksheet *sheet, size_t column, const rc_output *o) {
    const char *name = o->name;
    if (o->kind == RC_OUTPUT_LEFT_OUT)
        name = rc_arena_printf(b->arena, "%s (not counted)", name);
    rc_book_text(b, sheet, 0, column, name, RC_LOOK_HEAD);
    for (uint64_t trial = 0; trial < b->result->trials; trial++) {
        double x = rc_output_sample(b->result, o, trial);
        if (isinf(x))
            rc_book_number(b, sheet, (size_t)trial + 1, column, x, NULL, 0);
        else if (!isnan(x))
            worksheet_write_number(sheet, (lxw_row_t)(trial + 1), (lxw_col_t)column, x, NULL);
    }
    return column + 1;
}

void rc_book_trials(rc_book *b) {
    const rc_result *r = b->result;
    if (!b->style->trials_sheet)
        return;
    lxw_worksheet *sheet = rc_book_sheet(b, RC_TR("Trials"));
    size_t column = 1;
    rc_book_text(b, sheet, 0, 0, "trial", RC_LOOK_HEAD);
    for (uint64_t trial = 0; trial < r->trials; trial++)
        worksheet_write_number(sheet, (lxw_row_t)(trial + 1), 0, (double)(trial + 1), NULL);
    for (int input = 1; input >= 0; input--)
        for (size_t i = 0; i < r->n_outputs; i++)
            if (r->outputs[i].samples != NULL && r->outputs[i].kind != RC_OUTPUT_DRAWN &&
                (r->outputs[i].kind == RC_OUTPUT_INPUT) == input)
                column = add_column(b, sheet, column, &r->outputs[i]);
    worksheet_set_column(sheet, 0, (lxw_col_t)(column - 1), 12, NULL);
    worksheet_freeze_panes(sheet, 1, 1);
}
