/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money over time: all money in less all money out until then, and how far cases lie apart. */
#include "report/document_make.h"

#include "core/language.h"

static const int shown[] = {5, 25, 50, 75, 95};

static void row(const rc_maker *m, rc_table_maker *t, const rc_cash_row *cash, const char *label) {
    rc_table_cell *cells = rc_table_row(t, label, RC_ROW_BODY);
    for (int i = 0; i < 5; i++)
        cells[1 + i] = rc_make_money(m, rc_cash_percentile(&cash->cumulative, shown[i]));
}

static const char *money(const rc_maker *m, const rc_cash_row *cash, int which) {
    return rc_make_money(m, rc_cash_percentile(&cash->cumulative, which)).text;
}

void rc_section_fan(rc_maker *m) {
    const rc_result *r = m->result;
    const char *language = m->language;
    rc_arena *arena = m->arena;
    if (r->n_cash < 2)
        return;
    static const char *const titles[] = {"",
                                         RC_TR("low"),
                                         RC_TR("one in four lower"),
                                         RC_TR("middle"),
                                         RC_TR("one in four higher"),
                                         RC_TR("high")};
    rc_table_maker t = rc_make_table(m, titles, 6);
    unsigned per_year = r->per_year > 0 ? r->per_year : 1;
    for (size_t k = 0; k < r->n_cash; k++) {
        if (k % per_year != 0 && k + 1 != r->n_cash)
            continue;
        rc_quantity years = {.unit = RC_UNIT_YEARS};
        const char *label = rc_make_cell(m, years, r->cash[k].t, (rc_rounding){.digits = 4}).text;
        row(m, &t, &r->cash[k],
            k == 0 ? rc_tr(language, "Now")
                   : RC_TEXT(arena, language, "After year {n}", "n", label));
    }
    const rc_cash_row *last = &r->cash[r->n_cash - 1];
    rc_section *s = rc_add_section(m, (rc_section){.id = "fan",
                                                   .title = rc_tr(language, "Money over time"),
                                                   .part = RC_PART_EXECUTIVE,
                                                   .chart = "fan",
                                                   .folded = true,
                                                   .wide = true,
                                                   .table = t.table});
    s->alt =
        RC_TEXT(arena, language,
                "Chart of all money in less all money out, over time. At the end it lies nine "
                "times in ten between {low} and {high}, in the middle case at {middle}.",
                "low", money(m, last, 5), "high", money(m, last, 95), "middle", money(m, last, 50));
    const char **notes = RC_NEW(arena, const char *, 1);
    notes[0] = rc_tr(language, "All money in less all money out until then. One case in twenty "
                               "lies below low, one in twenty above high.");
    s->notes = notes;
    s->n_notes = 1;
}
