/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money by whole years and in all. Private to run.c and wanted.c. */
#ifndef RC_ENGINE_YEARS_H
#define RC_ENGINE_YEARS_H

#include "engine/running.h"

/** Nodes of the sums, in wanted->years. */
void rc_wanted_years(rc_lower *l, rc_arena *arena, rc_wanted *wanted);
/** What is to be collected for them: fills columns, at most 3 * (wanted.n_years + 1); makes
 * r->result->cash_years and total. */
size_t rc_years_columns(rc_running *r, rc_collected *columns);
/** After the passes: what the rows share with the table by period. */
void rc_years_finish(rc_running *r, const rc_cash_row *cash);

#endif
