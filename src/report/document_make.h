/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the files that make sections of a document. Everything lives in the document's arena. */
#ifndef RC_REPORT_DOCUMENT_MAKE_H
#define RC_REPORT_DOCUMENT_MAKE_H

#include "report/document.h"
#include "report/table.h"

/** A document in the making. */
typedef struct rc_maker {
    const rc_result *result;
    const char *language;
    rc_arena *arena;
    rc_section *sections; /**< [n], in the order shown */
    size_t n, room;
} rc_maker;

/** Adds it at the end; good until the next is added. */
rc_section *rc_add_section(rc_maker *m, rc_section section);

/** columns: [n] messages, or "". */
rc_table_maker rc_make_table(const rc_maker *m, const char *const *columns, size_t n);
/** Code of a currency without a sign left out: the subtitle names it. */
rc_table_cell rc_make_cell(const rc_maker *m, rc_quantity quantity, double value,
                           rc_rounding rounding);
/** Money with three digits that keeps its zeros ($1.20M); "–" for 0. */
rc_table_cell rc_make_money(const rc_maker *m, double value);
/** A cell of words; NULL: an empty one. */
rc_table_cell rc_make_words(const rc_maker *m, const char *text);

/** A row of P5, P50, P95 and the mean, or of its one value in a table of two columns. */
rc_table_cell *rc_make_output_row(const rc_maker *m, rc_table_maker *t, const rc_output *o,
                                  const char *label, rc_row_role role);
/** "Hours saved (h)" */
const char *rc_make_output_label(const rc_maker *m, const rc_output *o);

/* ---- Questions about a result (outputs.c) ---- */

/** The same in every case? */
bool rc_output_constant(const rc_output *o);
/** Is nothing that it has left to chance? */
bool rc_nothing_varies(const rc_result *r);
/** Was a single case simulated of the many that may come? */
bool rc_one_of_many(const rc_result *r);
bool rc_has_outputs(const rc_result *r, rc_output_kind kind);
/** Value of a percentile of a cash cell, or NaN. */
double rc_cash_percentile(const rc_cash_cell *cell, int which);

/* ---- Money by year (section_money.c): now, each year, the total, the present value ---- */

/** Does it differ between cases? */
bool rc_cash_varies(const rc_result *r);
/** The middle, with "low to high". */
rc_table_cell rc_make_money_range(const rc_maker *m, double low, double middle, double high);
/** "Initial", "Year 1" ... */
const char *rc_money_place(const rc_maker *m, size_t place);
/** Of a very long horizon only some years are shown. */
bool rc_money_place_shown(const rc_result *r, size_t place);

/* ---- Time in words (time.c) ---- */

/** "5 years", "18 months", "1 year": how long the model looks ahead. */
const char *rc_horizon_text(const rc_result *r, const char *language, rc_arena *arena);
/** The same after "within the": "5 years", "year". */
const char *rc_horizon_within(const rc_result *r, const char *language, rc_arena *arena);
/** "2.4 years", "10 months" within the first year; NULL when it is under half a month. `digits` is
 * the number of years as text. */
const char *rc_time_text(double years, const char *digits, const char *language, rc_arena *arena);

/* ---- The makers: one a row of section.def ---- */

#define RC_SECTION(name) void rc_section_##name(rc_maker *m);
#include "report/section.def"
#undef RC_SECTION

/* ---- What stands beside the sections ---- */

/** The few numbers to see first (figures.c); returns how many. */
size_t rc_figures(const rc_result *r, const char *language, rc_arena *arena, const rc_figure **out);
/** What it is about, and how to redo it (about.c). */
const char *rc_subtitle(const rc_maker *m);
void rc_add_footer(const rc_maker *m, rc_document *d);

#endif
