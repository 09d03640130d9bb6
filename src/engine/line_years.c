/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every line by years: what tables in the shape of Forrester's Total Economic Impact list. Beside
 * the benefit and cost lines, after risks, stands what the impact of a risk adds to its side, so
 * that the rows of a side add up to it.
 *
 * A line has a cell for now, each year, the total and the present value. A cell that never varies
 * is known without trials; one that equals another, or an output, is not collected twice. */
#include "engine/years.h"

#include <math.h>
#include <string.h>

enum { MOST_YEARS = 40 }; /* more are no table */

/* ---- Before the run ---- */

typedef struct money {
    rc_node_id period, zero;
} money;

/* What an entry adds to a side; false: nothing. */
static bool money_of(rc_lower *l, const rc_entry *e, bool cost, money *m) {
    if (e->section == (cost ? RC_COSTS : RC_BENEFITS)) {
        const rc_line_nodes *line = &l->lines[e->index];
        *m = (money){line->paid, line->paid_zero};
        return e->flow->enabled;
    }
    const rc_risk_nodes *r = &l->risks[e->index];
    if (e->section != RC_RISKS || r->impact == RC_NO_NODE || e->risk->impact_is_benefit == cost)
        return false;
    *m = (money){r->impact, r->impact_zero};
    if (!cost)
        *m = (money){rc_minus(l, rc_num(l, 0), m->period), rc_minus(l, rc_num(l, 0), m->zero)};
    return true;
}

static void add(rc_lower *l, rc_arena *arena, const rc_entry *e, bool cost, money m,
                rc_wanted *wanted) {
    rc_wanted_line *w = &wanted->lines[wanted->n_lines++];
    const size_t n = wanted->n_line_cells;
    rc_node_id *nodes = RC_NEW(arena, rc_node_id, n);
    w->cells = RC_NEW(arena, rc_cash_cell, n);
    w->nodes = nodes;
    w->line = (rc_cash_line){.name = rc_arena_strdup(arena, e->name),
                             .label = rc_label_copy(&e->label, arena),
                             .is_cost = cost,
                             .is_impact = e->section == RC_RISKS,
                             .years = w->cells,
                             .total = &w->cells[n - 2],
                             .present_value = &w->cells[n - 1]};
    nodes[0] = m.zero;
    for (size_t y = 1; y < n - 2; y++)
        nodes[y] = rc_years_sum(l, m.period, m.zero, (unsigned)y);
    nodes[n - 2] = rc_years_sum(l, m.period, m.zero, 0);
    nodes[n - 1] = rc_lower_present_value(l, m.period, m.zero);
}

void rc_wanted_line_years(rc_lower *l, rc_arena *arena, rc_wanted *wanted) {
    const unsigned years = rc_years_of(l->g);
    if (years > MOST_YEARS)
        return;
    wanted->n_line_cells = years + 3;
    wanted->lines = RC_NEW(arena, rc_wanted_line, l->model->n_entries);
    for (int cost = 0; cost < 2; cost++)
        for (size_t i = 0; i < l->model->n_entries; i++) {
            money m;
            if (money_of(l, l->model->entries[i], cost, &m))
                add(l, arena, l->model->entries[i], cost, m, wanted);
        }
}

/* ---- The run ---- */

size_t rc_line_years_most(const rc_wanted *wanted) {
    return wanted->n_lines * wanted->n_line_cells;
}

/* The output that has this node, or NULL. */
static const rc_output *output_of(const rc_wanted *w, rc_node_id node) {
    for (size_t i = 0; i < w->n_outputs; i++)
        if (w->nodes[i] == node && w->outputs[i].kind != RC_OUTPUT_DRAWN)
            return &w->outputs[i];
    return NULL;
}

/* An earlier cell of the line that has the same node; `cell` where there is none. */
static size_t twin_of(const rc_wanted_line *line, size_t cell) {
    size_t i = 0;
    while (line->nodes[i] != line->nodes[cell])
        i++;
    return i;
}

size_t rc_line_years_columns(rc_running *r, rc_collected *columns) {
    const rc_wanted *w = &r->wanted;
    size_t n = 0;
    double x;
    for (size_t i = 0; i < w->n_lines; i++)
        for (size_t c = 0; c < w->n_line_cells; c++) {
            const rc_node_id node = w->lines[i].nodes[c];
            if (twin_of(&w->lines[i], c) == c && !rc_graph_is_const(&r->graph, node, &x) &&
                output_of(w, node) == NULL)
                columns[n++] = (rc_collected){node, 0, SIZE_MAX, &w->lines[i].cells[c], true};
        }
    return n;
}

static rc_cash_cell cell_of_number(double x) {
    rc_cash_cell cell = {.mean = isfinite(x) ? x : NAN};
    for (int i = 0; i < RC_CASH_PERCENTILES; i++)
        cell.percentile[i] = cell.mean;
    return cell;
}

/* Percentiles stand in the order of rc_cash_percentiles. */
static rc_cash_cell cell_of_output(const rc_output *o) {
    rc_cash_cell cell = cell_of_number(NAN);
    size_t n = 0;
    for (size_t i = 0; i < o->n_rows; i++)
        if (strcmp(o->rows[i].key, "mean") == 0)
            cell.mean = o->rows[i].estimate.value;
        else if (strcmp(o->rows[i].key, "percentiles") == 0 && n < RC_CASH_PERCENTILES)
            cell.percentile[n++] = o->rows[i].estimate.value;
    return cell;
}

static void finish_line(const rc_running *r, rc_wanted_line *line) {
    for (size_t c = 0; c < r->wanted.n_line_cells; c++) {
        const rc_output *o = output_of(&r->wanted, line->nodes[c]);
        const size_t twin = twin_of(line, c);
        double x;
        if (twin < c)
            line->cells[c] = line->cells[twin];
        else if (rc_graph_is_const(&r->graph, line->nodes[c], &x))
            line->cells[c] = cell_of_number(x);
        else if (o != NULL)
            line->cells[c] = cell_of_output(o);
    }
}

void rc_line_years_finish(rc_running *r) {
    rc_cash_line *lines = RC_NEW(r->result->arena, rc_cash_line, r->wanted.n_lines);
    for (size_t i = 0; i < r->wanted.n_lines; i++) {
        finish_line(r, &r->wanted.lines[i]);
        lines[i] = r->wanted.lines[i].line;
    }
    r->result->cash_lines = lines;
    r->result->n_cash_lines = r->wanted.n_lines;
}
