/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money by whole years and in all: sums over the periods of a year have percentiles of their own,
 * which those of its quarters or months do not tell. */
#include "engine/years.h"

unsigned rc_years_of(const rc_graph *g) {
    return (g->n_periods + g->per_year - 1) / g->per_year;
}

rc_node_id rc_years_sum(rc_lower *l, rc_node_id amount, rc_node_id zero, unsigned y) {
    double weight[RC_MAX_PERIODS + 1] = {0};
    if (y == 0)
        return rc_plus(l, rc_graph_fold(l->g, RC_FOLD_SUM, amount), zero);
    for (unsigned k = 1; k <= l->g->n_periods; k++)
        weight[k] = (k - 1) / l->g->per_year + 1 == y;
    rc_node_id part = rc_times(l, amount, rc_graph_time(l->g, weight));
    return rc_graph_fold(l->g, RC_FOLD_SUM, part);
}

void rc_wanted_years(rc_lower *l, rc_arena *arena, rc_wanted *wanted) {
    const rc_node_id rows[3][2] = {
        {l->benefits, l->benefits_zero}, {l->costs, l->costs_zero}, {l->net, l->net_zero}};
    /* where a period is a year the table of cash has its row */
    wanted->n_years = l->g->per_year > 1 ? rc_years_of(l->g) : 0;
    wanted->years = rc_arena_array(arena, wanted->n_years + 1, sizeof *wanted->years);
    for (unsigned y = 0; y <= wanted->n_years; y++)
        for (int i = 0; i < 3; i++)
            wanted->years[y][i] = rc_years_sum(l, rows[i][0], rows[i][1], y);
}

size_t rc_years_columns(rc_running *r, rc_collected *columns) {
    rc_arena *arena = r->result->arena;
    unsigned n_years = rc_years_of(&r->graph);
    rc_cash_row *years = RC_NEW(arena, rc_cash_row, n_years + 1);
    rc_cash_row *total = RC_NEW(arena, rc_cash_row, 1);
    size_t n = 0;
    for (unsigned y = 0; y <= r->wanted.n_years; y++) {
        rc_cash_row *row = y == 0 ? total : &years[y];
        rc_cash_cell *cells[3] = {&row->benefits, &row->costs, &row->net};
        for (int i = 0; i < 3; i++)
            columns[n++] = (rc_collected){r->wanted.years[y][i], 0, SIZE_MAX, cells[i], false};
    }
    r->result->cash_years = years;
    r->result->n_cash_years = n_years + 1;
    r->result->cash_total = total;
    return n;
}

void rc_years_finish(rc_running *r, const rc_cash_row *cash) {
    /* the only place that writes them, before anybody else sees the result */
    rc_cash_row *years = (rc_cash_row *)r->result->cash_years,
                *total = (rc_cash_row *)r->result->cash_total;
    unsigned K = r->graph.n_periods, per_year = r->graph.per_year;
    years[0] = cash[0];
    for (size_t y = 1; y < r->result->n_cash_years; y++) {
        unsigned k = (unsigned)y * per_year < K ? (unsigned)y * per_year : K;
        if (per_year == 1)
            years[y] = cash[k];
        years[y].t = cash[k].t;
        years[y].cumulative = cash[k].cumulative;
    }
    total->t = cash[K].t;
    total->cumulative = cash[K].cumulative;
}
