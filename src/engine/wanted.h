/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run is asked for: outputs, and columns of cash. */
#ifndef RC_ENGINE_WANTED_H
#define RC_ENGINE_WANTED_H

#include "engine/lower.h"
#include "engine/run.h"

/** A line of money by years. Its cells: now, year 1 ..., total, present value. */
typedef struct rc_wanted_line {
    rc_cash_line line;       /**< its name and side; cells without numbers yet */
    const rc_node_id *nodes; /**< [n_line_cells] */
    rc_cash_cell *cells;     /**< [n_line_cells] */
} rc_wanted_line;

typedef struct rc_wanted {
    rc_output *outputs; /**< [n_outputs] names, labels, units; no numbers yet */
    rc_node_id *nodes;  /**< [n_outputs] */
    size_t n_outputs;
    rc_node_id cash[4]; /**< ROWS nodes: benefits, costs, net, cumulative; when cash is set */
    bool cash_table;
    rc_node_id (*years)[3]; /**< [n_years + 1] sums of benefits, costs, net: [0] of all periods and
                                 time 0, [y] of the periods of year y; with cash_table */
    unsigned n_years;       /**< 0 where a period is a year */
    rc_wanted_line *lines;  /**< [n_lines] when asked for */
    size_t n_lines, n_line_cells;
    const rc_bar *bars; /**< [n_bars] when asked for */
    size_t n_bars;
} rc_wanted;

/** How the entry is drawn, if other tools can draw it so (origin.c); NULL else. */
const rc_origin *rc_origin_of(const rc_lower *l, const rc_entry *entry, uint64_t seed,
                              rc_arena *arena);

/** The Gaussian copulas of the model. */
const rc_dependence *rc_dependence_of(const rc_lower *l, uint64_t seed, rc_arena *arena, size_t *n);

/** What rankings rank (bars.c): outputs of kind DRAWN behind the others, at most
 * rc_bar_columns_most() of them, and the bars. */
size_t rc_bar_columns_most(const rc_model *model);
void rc_wanted_bars(rc_lower *l, rc_arena *arena, rc_wanted *wanted);

rc_status rc_wanted_list(rc_lower *l, const rc_run_options *options, rc_arena *arena,
                         rc_wanted *wanted, rc_error *err);

#endif
