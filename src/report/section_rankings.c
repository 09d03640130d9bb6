/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which inputs matter, by each method that the run ranked them with: scores with intervals, ranks
 * with theirs. */
#include "report/document_make.h"

#include "core/language.h"
#include "report/drivers.h"

#include <math.h>

static rc_table_cell score(const rc_maker *m, const rc_ranking *ranking, double x, double error) {
    rc_quantity q = {.unit = ranking->unit, .currency = m->result->currency};
    return rc_make_cell(m, q, x, (rc_rounding){.digits = 3, .error = error});
}

static void row(const rc_maker *m, rc_table_maker *t, const rc_ranking *ranking,
                const rc_ranked *ranked) {
    rc_table_cell *cells =
        rc_table_row(t, rc_words_bar(ranked->bar, m->language, m->arena), RC_ROW_BODY);
    const rc_estimate *e = &ranked->score[0];
    double error = 0.5 * (e->high - e->low);
    if (!isfinite(error))
        error = 0;
    cells[1] = score(m, ranking, e->value, error);
    cells[2] = score(m, ranking, e->low, error);
    cells[3] = score(m, ranking, e->high, error);
    cells[4] = rc_make_cell(m, (rc_quantity){.unit = RC_UNIT_NUMBER}, ranked->rank,
                            (rc_rounding){.digits = 6});
    cells[5].text = ranked->best == ranked->worst
                        ? rc_arena_printf(m->arena, "%u", ranked->best)
                        : rc_arena_printf(m->arena, "%u–%u", ranked->best, ranked->worst);
}

static const rc_table *table(const rc_maker *m, const rc_ranking *ranking) {
    static const char *const heads[] = {"",          RC_TR("Score"), RC_TR("from"),
                                        RC_TR("to"), RC_TR("Rank"),  RC_TR("Rank, 95%")};
    rc_table_maker t = rc_make_table(m, heads, 6);
    for (size_t i = 0; i < ranking->n_rows; i++) {
        if (i == ranking->n_entries)
            rc_table_row(&t, rc_tr(m->language, "Groups"), RC_ROW_GROUP);
        row(m, &t, ranking, &ranking->rows[i]);
    }
    return t.table;
}

void rc_section_rankings(rc_maker *m) {
    const rc_drivers *d = m->result->drivers;
    for (size_t i = 0; d != NULL && i < d->n_rankings; i++) {
        const rc_ranking *ranking = &d->rankings[i];
        if (ranking->n_rows == 0)
            continue;
        const char **notes = RC_NEW(m->arena, const char *, 1 + ranking->n_notes);
        rc_section *out = rc_add_section(
            m, (rc_section){.id = rc_arena_printf(m->arena, "ranking-%s", ranking->method->name),
                            .title = rc_tr(m->language, ranking->method->title),
                            .part = RC_PART_ANALYST,
                            .chart = "ranking",
                            .of = ranking->method->name,
                            .alt = rc_tr(m->language, ranking->method->title),
                            .folded = true,
                            .wide = true,
                            .table = table(m, ranking),
                            .notes = notes});
        notes[out->n_notes++] = rc_tr(m->language, ranking->method->summary);
        for (size_t k = 0; k < ranking->n_notes; k++)
            notes[out->n_notes++] = rc_phrase_text(&ranking->notes[k], m->language, m->arena);
    }
}
