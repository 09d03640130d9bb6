/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which inputs matter, by each method that the run ranked them with: scores with intervals, ranks
 * with theirs. */
#include "report/document_make.h"

#include "core/language.h"
#include "report/drivers.h"

#include <math.h>

static rc_table_cell score(const rc_table_maker *t, const rc_ranking *ranking, double x,
                           double error) {
    rc_quantity q = {.unit = ranking->unit, .currency = t->result->currency};
    return rc_make_cell(t, q, x, (rc_rounding){.digits = 3, .error = error});
}

static void row(rc_table_maker *t, const rc_ranking *ranking, const rc_ranked *ranked) {
    rc_table_cell *cells =
        rc_make_row(t, rc_words_bar(ranked->bar, t->language, t->arena), RC_ROW_BODY);
    const rc_estimate *e = &ranked->score[0];
    double error = 0.5 * (e->high - e->low);
    if (!isfinite(error))
        error = 0;
    cells[1] = score(t, ranking, e->value, error);
    cells[2] = score(t, ranking, e->low, error);
    cells[3] = score(t, ranking, e->high, error);
    cells[4] = rc_make_cell(t, (rc_quantity){.unit = RC_UNIT_NUMBER}, ranked->rank,
                            (rc_rounding){.digits = 6});
    cells[5].text = ranked->best == ranked->worst
                        ? rc_arena_printf(t->arena, "%u", ranked->best)
                        : rc_arena_printf(t->arena, "%u–%u", ranked->best, ranked->worst);
}

static const rc_table *table(const rc_result *r, const rc_ranking *ranking, const char *language,
                             rc_arena *arena) {
    static const char *const heads[] = {"",          RC_TR("Score"), RC_TR("from"),
                                        RC_TR("to"), RC_TR("Rank"),  RC_TR("Rank, 95%")};
    const char **columns = RC_NEW(arena, const char *, 6);
    columns[0] = "";
    for (int i = 1; i < 6; i++)
        columns[i] = rc_tr(language, heads[i]);
    rc_table_maker t = rc_make_table(r, language, arena, columns, 6);
    for (size_t i = 0; i < ranking->n_rows; i++) {
        if (i == ranking->n_entries)
            rc_make_row(&t, rc_tr(language, "Groups"), RC_ROW_GROUP);
        row(&t, ranking, &ranking->rows[i]);
    }
    return t.table;
}

size_t rc_section_rankings(const rc_result *r, const char *language, rc_arena *arena, rc_section *s,
                           size_t most) {
    const rc_drivers *d = r->drivers;
    size_t n = 0;
    for (size_t i = 0; d != NULL && i < d->n_rankings && n < most; i++) {
        const rc_ranking *ranking = &d->rankings[i];
        if (ranking->n_rows == 0)
            continue;
        const char **notes = RC_NEW(arena, const char *, 2);
        rc_section *out = &s[n++];
        *out = (rc_section){.id = rc_arena_printf(arena, "ranking-%s", ranking->method->name),
                            .title = ranking->method->title,
                            .part = RC_PART_ANALYST,
                            .chart = "ranking",
                            .of = ranking->method->name,
                            .alt = ranking->method->title,
                            .folded = true,
                            .wide = true,
                            .table = table(r, ranking, language, arena),
                            .notes = notes};
        notes[out->n_notes++] = ranking->method->summary;
        if (ranking->note != NULL)
            notes[out->n_notes++] = ranking->note;
    }
    return n;
}
