/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cash by year, for a terminal. */
#include "report/document_make.h"

#include "core/language.h"

#include <math.h>
#include <stdio.h>

static void cash_row(const rc_maker *m, rc_table_maker *t, const char *label,
                     const rc_cash_row *sum, const rc_cash_cell *end, rc_row_role role) {
    rc_quantity q = {
        .unit = RC_UNIT_MONEY, .currency = m->result->currency, .language = m->language};
    rc_table_cell *cells = rc_table_row(t, label, role);
    double values[] = {sum->benefits.mean,
                       sum->costs.mean,
                       sum->net.mean,
                       end ? rc_cash_percentile(end, 5) : NAN,
                       end ? rc_cash_percentile(end, 50) : NAN,
                       end ? rc_cash_percentile(end, 95) : NAN};
    for (int i = 0; i < (end != NULL ? 6 : 3); i++) {
        rc_rounding r = {.digits = 3, .error = fabs(values[i]) * 1e-9}; /* keeps zeros: $1.20M */
        cells[1 + i] = rc_make_cell(m, q, values[i], r);
        if (values[i] == 0)
            cells[1 + i].text = "–";
    }
}

static void cash_pv(const rc_maker *m, rc_table_maker *t) {
    const rc_result *r = m->result;
    const rc_output *b = rc_result_find(r, "benefits_pv"), *c = rc_result_find(r, "costs_pv");
    const rc_output *n = rc_result_find(r, "npv");
    if (b == NULL || c == NULL || n == NULL)
        return;
    rc_cash_row pv = {.benefits.mean = rc_output_value(b, "mean", NULL),
                      .costs.mean = rc_output_value(c, "mean", NULL),
                      .net.mean = rc_output_value(n, "mean", NULL)};
    cash_row(m, t, rc_tr(m->language, "Present value"), &pv, NULL, RC_ROW_BODY);
}

void rc_section_cash(rc_maker *m) {
    const rc_result *r = m->result;
    static const char *const columns[] = {"", RC_TR("Benefits"), RC_TR("Costs"), RC_TR("Net"),
                                          RC_TR("So far: low"),
                                          /* TRANSLATORS: "So far: low", "middle", "high" are
                                             headings of neighbouring columns */
                                          RC_TR("middle"), RC_TR("high")};
    if (r->n_cash == 0)
        return;
    rc_table_maker t = rc_make_table(m, columns, 7);
    cash_row(m, &t, rc_tr(m->language, "Initial"), &r->cash[0], &r->cash[0].cumulative,
             RC_ROW_BODY);
    rc_cash_row total = r->cash[0], year = {0};
    unsigned per_year = r->per_year > 0 ? r->per_year : 1;
    for (size_t k = 1; k < r->n_cash; k++) {
        const rc_cash_row *row = &r->cash[k];
        rc_cash_row *sums[] = {&year, &total};
        for (int i = 0; i < 2; i++) {
            sums[i]->benefits.mean += row->benefits.mean;
            sums[i]->costs.mean += row->costs.mean;
            sums[i]->net.mean += row->net.mean;
        }
        if (k % per_year != 0 && k + 1 != r->n_cash)
            continue;
        char n[32];
        snprintf(n, sizeof n, "%zu", (k + per_year - 1) / per_year);
        const char *label =
            RC_TEXT(m->arena, m->language,
                    k % per_year != 0 ? RC_TR("Year {n} (part)") : RC_TR("Year {n}"), "n", n);
        cash_row(m, &t, label, &year, &row->cumulative, RC_ROW_BODY);
        year = (rc_cash_row){0};
    }
    cash_row(m, &t, rc_tr(m->language, "Total"), &total, NULL, RC_ROW_TOTAL);
    cash_pv(m, &t);
    const char **notes = RC_NEW(m->arena, const char *, 1);
    notes[0] = rc_tr(
        m->language,
        "Benefits, costs and net are averages over all cases. So far: all money in less all money out "
        "until then; one time in twenty it is lower than low, one time in twenty higher than high.");
    rc_add_section(m, (rc_section){.id = "cash",
                                   .part = RC_PART_EXECUTIVE,
                                   .title = rc_tr(m->language, "Money by year"),
                                   .narrow = true,
                                   .table = t.table,
                                   .notes = notes,
                                   .n_notes = 1});
}
