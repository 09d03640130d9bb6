/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money by year line by line, in the shape of Forrester's Total Economic Impact tables: once with
 * the middle case and what each is nine times in ten, once with averages, which add up. */
#include "report/document_make.h"

#include "core/language.h"

#include <math.h>

typedef struct grid {
    const rc_maker *m;
    rc_table_maker t;
    bool means; /* averages, without ranges */
    size_t *places, n_places;
} grid;

static rc_table_cell of_cell(const grid *g, const rc_cash_cell *c) {
    const double low = rc_cash_percentile(c, 5), high = rc_cash_percentile(c, 95);
    const double middle = g->means ? c->mean : rc_cash_percentile(c, 50);
    return g->means || low == high ? rc_make_money(g->m, middle)
                                   : rc_make_money_range(g->m, low, middle, high);
}

static rc_table_cell of_output(const grid *g, const char *name) {
    const rc_output *o = name != NULL ? rc_result_find(g->m->result, name) : NULL;
    if (o == NULL)
        return (rc_table_cell){.value = NAN};
    const double low = rc_output_value(o, "percentiles", "5");
    const double high = rc_output_value(o, "percentiles", "95");
    const double middle =
        g->means ? rc_output_value(o, "mean", NULL) : rc_output_value(o, "percentiles", "50");
    return g->means || low == high ? rc_make_money(g->m, middle)
                                   : rc_make_money_range(g->m, low, middle, high);
}

/* The sums: benefits, costs, net, so far. */
typedef enum sum { BENEFITS, COSTS, NET, SO_FAR } sum;

static const rc_cash_cell *part(const rc_cash_row *row, sum which) {
    const rc_cash_cell *const parts[] = {&row->benefits, &row->costs, &row->net, &row->cumulative};
    return parts[which];
}

static rc_table_cell at(const grid *g, sum which, size_t place) {
    static const char *const present[] = {"benefits_pv", "costs_pv", "npv", NULL};
    const rc_result *r = g->m->result;
    if (place < r->n_cash_years)
        return of_cell(g, part(&r->cash_years[place], which));
    if (which == SO_FAR)
        return (rc_table_cell){.value = NAN};
    return place == r->n_cash_years ? of_cell(g, part(r->cash_total, which))
                                    : of_output(g, present[which]);
}

static void sum_row(grid *g, sum which, const char *label, rc_row_role role) {
    rc_table_cell *cells = rc_table_row(&g->t, label, role);
    for (size_t i = 0; i < g->n_places; i++)
        cells[1 + i] = at(g, which, g->places[i]);
}

static void line_row(grid *g, const rc_cash_line *line) {
    const char *label = rc_label_text(&line->label, g->m->language, line->name);
    if (line->is_impact)
        label = RC_TEXT(g->m->arena, g->m->language, "{risk} (risk)", "risk", label);
    rc_table_cell *cells = rc_table_row(&g->t, label, RC_ROW_BODY);
    for (size_t i = 0; i < g->n_places; i++)
        cells[1 + i] = of_cell(g, rc_cash_line_cell(g->m->result, line, g->places[i]));
}

static void side(grid *g, bool costs, const char *heading, const char *all) {
    size_t n = 0;
    for (size_t i = 0; i < g->m->result->n_cash_lines; i++) {
        const rc_cash_line *line = &g->m->result->cash_lines[i];
        if (line->is_cost != costs)
            continue;
        if (n++ == 0)
            rc_table_row(&g->t, rc_tr(g->m->language, heading), RC_ROW_GROUP);
        line_row(g, line);
    }
    sum_row(g, costs ? COSTS : BENEFITS, rc_tr(g->m->language, all), RC_ROW_TOTAL);
}

static const rc_table *table(grid *g, bool means) {
    const size_t most = g->m->result->n_cash_years + 2;
    const char **columns = RC_NEW(g->m->arena, const char *, most + 1);
    g->means = means;
    g->places = RC_NEW(g->m->arena, size_t, most);
    g->n_places = 0;
    columns[0] = "";
    for (size_t i = 0; i < most; i++)
        if (rc_money_place_shown(g->m->result, i)) {
            g->places[g->n_places++] = i;
            columns[g->n_places] = rc_money_place(g->m, i);
        }
    g->t = rc_table_begin(columns, g->n_places + 1, g->m->arena);
    side(g, false, RC_TR("Benefits"), RC_TR("All benefits"));
    side(g, true, RC_TR("Costs"), RC_TR("All costs"));
    sum_row(g, NET, rc_tr(g->m->language, "Net"), RC_ROW_TOTAL);
    sum_row(g, SO_FAR, rc_tr(g->m->language, "So far"), RC_ROW_BODY);
    return g->t.table;
}

static const char *const *notes(const grid *g, const char *text, size_t *n) {
    const char **list = RC_NEW(g->m->arena, const char *, 2);
    *n = 0;
    if (text != NULL)
        list[(*n)++] = rc_tr(g->m->language, text);
    if (g->n_places < g->m->result->n_cash_years + 2)
        list[(*n)++] = rc_tr(g->m->language, "Not all years are shown.");
    return list;
}

void rc_section_line_years(rc_maker *m) {
    const rc_result *r = m->result;
    if (r->n_cash_lines == 0 || r->n_cash_years < 2 || r->cash_total == NULL)
        return;
    grid g = {.m = m};
    const bool constant = !rc_cash_varies(r);
    rc_section *s =
        rc_add_section(m, (rc_section){.id = "line_years",
                                       .title = rc_tr(m->language, "Money by year, line by line"),
                                       .part = RC_PART_ANALYST,
                                       .wide = true,
                                       .table = table(&g, constant)});
    s->notes = notes(&g,
                     constant ? NULL
                              : RC_TR("The middle case, and from low to high: one case in twenty "
                                      "is lower, one in twenty higher. Middle cases need not add "
                                      "up; averages do, in the next table."),
                     &s->n_notes);
    if (constant)
        return;
    s = rc_add_section(
        m, (rc_section){.id = "line_means",
                        .title = rc_tr(m->language, "Money by year, line by line, on average"),
                        .part = RC_PART_ANALYST,
                        .wide = true,
                        .table = table(&g, true)});
    s->notes = notes(&g, NULL, &s->n_notes);
}
