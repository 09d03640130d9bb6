/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the files that make sections of a document. Everything lives in the document's arena. */
#ifndef RC_REPORT_DOCUMENT_MAKE_H
#define RC_REPORT_DOCUMENT_MAKE_H

#include "report/document.h"

typedef struct rc_table_maker {
    const rc_result *result;
    const char *language;
    rc_arena *arena;
    rc_table *table;
    rc_table_cell *cells;
    rc_row_role *roles;
    size_t capacity_cells, capacity_roles;
} rc_table_maker;

/** columns: already in the language of the page. */
rc_table_maker rc_make_table(const rc_result *result, const char *language, rc_arena *arena,
                             const char *const *columns, size_t n);
/** Cells of a new last row; the first holds the label. */
rc_table_cell *rc_make_row(rc_table_maker *t, const char *label, rc_row_role role);
/** Code of a currency without a sign left out: the subtitle names it. */
rc_table_cell rc_make_cell(const rc_table_maker *t, rc_quantity quantity, double value,
                           rc_rounding rounding);
/** Money with three digits that keeps its zeros ($1.20M); "–" for 0. */
rc_table_cell rc_make_money(const rc_table_maker *t, double value);
/** A cell of words; NULL: an empty one. */
rc_table_cell rc_make_words(const rc_table_maker *t, const char *text);

/** Value of a percentile of a cash cell, or NaN. */
double rc_cash_percentile(const rc_cash_cell *cell, int which);

/* ---- Sections, each in a file of its own. They fill *s and return true, or false where the result
 * has nothing for them. ---- */
bool rc_section_money(const rc_result *r, const char *language, rc_arena *arena, rc_section *s);
size_t rc_section_cases(const rc_result *r, const char *language, rc_arena *arena, rc_section *s,
                        size_t most);
bool rc_section_assumptions(const rc_result *r, const char *language, rc_arena *arena,
                            rc_section *s);
/** Several: the rankings of what drives the target; returns how many, at most `most`. */
size_t rc_section_rankings(const rc_result *r, const char *language, rc_arena *arena, rc_section *s,
                           size_t most);
bool rc_section_fan(const rc_result *r, const char *language, rc_arena *arena, rc_section *s);

/** The few numbers to see first (figures.c); returns how many. */
size_t rc_figures(const rc_result *r, const char *language, rc_arena *arena, const rc_figure **out);

#endif
