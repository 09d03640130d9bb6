/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money by whole years and in all, of the model (years.c) and of each line (line_years.c). Private
 * to run.c and wanted.c. */
#ifndef RC_ENGINE_YEARS_H
#define RC_ENGINE_YEARS_H

#include "engine/running.h"

/** Years of the horizon, the last maybe a part. */
unsigned rc_years_of(const rc_graph *g);
/** Sum of an amount over the periods of year y (from 1); y = 0: all periods and time 0. */
rc_node_id rc_years_sum(rc_lower *l, rc_node_id amount, rc_node_id zero, unsigned y);

/** Nodes of the sums, in wanted->years. */
void rc_wanted_years(rc_lower *l, rc_arena *arena, rc_wanted *wanted);
/** What is to be collected for them: fills columns, at most 3 * (wanted.n_years + 1); makes
 * r->result->cash_years and total. */
size_t rc_years_columns(rc_running *r, rc_collected *columns);
/** After the passes: what the rows share with the table by period. */
void rc_years_finish(rc_running *r, const rc_cash_row *cash);

/** The lines that have money, and the nodes of their cells, in wanted->lines. */
void rc_wanted_line_years(rc_lower *l, rc_arena *arena, rc_wanted *wanted);
/** What is to be collected for them: fills columns, at most rc_line_years_most(); what never varies
 * is known without. */
size_t rc_line_years_columns(rc_running *r, rc_collected *columns);
size_t rc_line_years_most(const rc_wanted *wanted);
/** After the passes: cells that equal others; makes r->result->cash_lines. */
void rc_line_years_finish(rc_running *r);

#endif
