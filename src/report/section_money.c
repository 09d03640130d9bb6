/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money by year, laid out as Forrester's Total Economic Impact tables are: Initial, Year 1 ...,
 * Total, Present value; each with its middle case and what it is nine times in ten. Long horizons
 * have years as rows. */
#include "report/document_make.h"

#include "core/language.h"

#include <math.h>

enum { MOST_ACROSS = 6, MOST_DOWN = 12, ROWS = 4 };

typedef struct grid {
    const rc_maker *m;
    rc_table_maker t;
    bool constant; /* nothing varies: no ranges */
} grid;

bool rc_cash_varies(const rc_result *r) {
    for (size_t y = 0; y < r->n_cash_years; y++) {
        const rc_cash_cell *c = &r->cash_years[y].cumulative;
        if (rc_cash_percentile(c, 1) != rc_cash_percentile(c, 99))
            return true;
    }
    return false;
}

rc_table_cell rc_make_money_range(const rc_maker *m, double low, double middle, double high) {
    rc_table_cell cell = rc_make_money(m, middle);
    if (isnan(low) || isnan(high) || (low == 0 && high == 0))
        return cell;
    rc_quantity q = {.unit = RC_UNIT_MONEY, .currency = m->result->currency};
    rc_rounding two = {.digits = 2};
    cell.range =
        RC_TEXT(m->arena, m->language, "{low} to {high}", "low", rc_make_cell(m, q, low, two).text,
                "high", rc_make_cell(m, q, high, two).text);
    return cell;
}

static rc_table_cell of(const grid *g, double low, double middle, double high) {
    return g->constant ? rc_make_money(g->m, middle) : rc_make_money_range(g->m, low, middle, high);
}

static rc_table_cell of_cash(const grid *g, const rc_cash_cell *c) {
    return of(g, rc_cash_percentile(c, 5), rc_cash_percentile(c, 50), rc_cash_percentile(c, 95));
}

static rc_table_cell of_output(const grid *g, const char *name) {
    const rc_output *o = rc_result_find(g->m->result, name);
    if (o == NULL)
        return (rc_table_cell){.value = NAN};
    return of(g, rc_output_value(o, "percentiles", "5"), rc_output_value(o, "percentiles", "50"),
              rc_output_value(o, "percentiles", "95"));
}

static const rc_cash_cell *part(const rc_cash_row *row, int which) {
    return which == 0   ? &row->benefits
           : which == 1 ? &row->costs
           : which == 2 ? &row->net
                        : &row->cumulative;
}

/** Cell of row `which` (benefits, costs, net, so far) in place: now, years, total, present value.
 */
static rc_table_cell at(const grid *g, int which, size_t place) {
    static const char *const present[] = {"benefits_pv", "costs_pv", "npv"};
    const rc_result *r = g->m->result;
    if (place < r->n_cash_years)
        return of_cash(g, part(&r->cash_years[place], which));
    if (which == 3)
        return (rc_table_cell){.value = NAN};
    return place == r->n_cash_years ? of_cash(g, part(r->cash_total, which))
                                    : of_output(g, present[which]);
}

const char *rc_money_place(const rc_maker *m, size_t place) {
    const size_t years = m->result->n_cash_years;
    char n[24];
    if (place == 0)
        return rc_tr(m->language, "Initial");
    if (place == years)
        return rc_tr(m->language, "Total");
    if (place > years)
        return rc_tr(m->language, "Present value");
    return RC_TEXT(m->arena, m->language, "Year {n}", "n", rc_count_text(n, place));
}

/* Of a very long horizon some of the years: the table is to fit a page. */
bool rc_money_place_shown(const rc_result *r, size_t place) {
    size_t years = r->n_cash_years - 1, step = (years + MOST_DOWN - 1) / MOST_DOWN;
    return place == 0 || place >= years || place % step == 0;
}

static const char *row_name(const grid *g, int which) {
    static const char *const names[ROWS] = {RC_TR("Benefits"), RC_TR("Costs"), RC_TR("Net"),
                                            RC_TR("So far")};
    return rc_tr(g->m->language, names[which]);
}

static void fill(grid *g, bool across) {
    size_t places = g->m->result->n_cash_years + 2, n = across ? places : ROWS;
    const char **columns = RC_NEW(g->m->arena, const char *, n + 1);
    columns[0] = "";
    for (size_t i = 0; i < n; i++)
        columns[i + 1] = across ? rc_money_place(g->m, i) : row_name(g, (int)i);
    g->t = rc_table_begin(columns, n + 1, g->m->arena);
    for (size_t i = 0; i < (across ? (size_t)ROWS : places); i++) {
        if (!across && !rc_money_place_shown(g->m->result, i))
            continue;
        bool total = across ? i == 2 : i + 2 == places;
        rc_table_cell *cells =
            rc_table_row(&g->t, across ? row_name(g, (int)i) : rc_money_place(g->m, i),
                         total ? RC_ROW_TOTAL : RC_ROW_BODY);
        for (size_t k = 0; k < n; k++)
            cells[1 + k] = across ? at(g, (int)i, k) : at(g, (int)k, i);
    }
}

void rc_section_money(rc_maker *m) {
    const rc_result *r = m->result;
    const char *language = m->language;
    if (r->n_cash_years < 2 || r->cash_total == NULL)
        return;
    grid g = {.m = m, .constant = !rc_cash_varies(r)};
    fill(&g, r->n_cash_years <= MOST_ACROSS + 1);
    rc_section *s = rc_add_section(m, (rc_section){.id = "money",
                                                   .title = rc_tr(language, "Money by year"),
                                                   .part = RC_PART_EXECUTIVE,
                                                   .wide = true,
                                                   .table = g.t.table});
    const char **notes = RC_NEW(m->arena, const char *, 2);
    if (r->n_cash_years - 1 > MOST_DOWN)
        notes[s->n_notes++] = rc_tr(language, "Not all years are shown.");
    if (!g.constant)
        notes[s->n_notes++] =
            rc_tr(language,
                  "The middle case, and below it from low to high: one case in twenty is lower, "
                  "one in twenty higher. Middle cases of different years need not add up.");
    s->notes = notes;
}
