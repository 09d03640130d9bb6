/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which inputs matter, by each method that the run ranked them with: scores with intervals, ranks
 * with theirs. The strongest come first, and of very many only these. */
#include "report/document_make.h"

#include "core/language.h"
#include "report/drivers.h"

#include <math.h>

enum { MOST = 20 };

/** A column: one number of one score, or of the rank. */
typedef struct column {
    const char *title;
    enum { VALUE, LOW, HIGH, RANK, RANKS } what;
    int score;
} column;

#define FROM_TO(score)                                                                             \
    {RC_TR("from"), LOW, score}, {                                                                 \
        RC_TR("to"), HIGH, score                                                                   \
    }
#define RANK_RANKS                                                                                 \
    {RC_TR("Rank"), RANK, 0}, {                                                                    \
        RC_TR("Rank, 95%"), RANKS, 0                                                               \
    }

static const column usual[] = {{RC_TR("Score"), VALUE, 0}, FROM_TO(0), RANK_RANKS};
static const column ends[] = {{RC_TR("Score"), VALUE, 0},
                              FROM_TO(0),
                              {RC_TR("Input low"), VALUE, 1},
                              {RC_TR("Input high"), VALUE, 2},
                              RANK_RANKS};
static const column exact_ends[] = {{RC_TR("Score"), VALUE, 0},
                                    {RC_TR("Input low"), VALUE, 1},
                                    {RC_TR("Input high"), VALUE, 2},
                                    {RC_TR("Rank"), RANK, 0}};
static const column both[] = {{RC_TR("Alone"), VALUE, 1},
                              FROM_TO(1),
                              {RC_TR("And with others"), VALUE, 0},
                              FROM_TO(0),
                              RANK_RANKS};

static const column *columns_of(const rc_ranking *r, size_t *n) {
    rc_table_kind kind = r->method->table;
    const column *list = kind == RC_TABLE_BOTH               ? both
                         : kind == RC_TABLE_ENDS && r->exact ? exact_ends
                         : kind == RC_TABLE_ENDS             ? ends
                                                             : usual;
    *n = list == both         ? sizeof both / sizeof *both
         : list == exact_ends ? sizeof exact_ends / sizeof *exact_ends
         : list == ends       ? sizeof ends / sizeof *ends
                              : sizeof usual / sizeof *usual;
    return list;
}

static rc_table_cell cell(const rc_maker *m, const rc_ranking *ranking, const rc_ranked *r,
                          const column *c) {
    const rc_estimate *e = &r->score[c->score];
    double half = 0.5 * (e->high - e->low);
    rc_quantity q = {.unit = ranking->unit, .currency = m->result->currency};
    rc_rounding rounding = {.digits = 3, .error = isfinite(half) ? half : 0};
    switch (c->what) {
    case VALUE: return rc_make_cell(m, q, e->value, rounding);
    case LOW: return rc_make_cell(m, q, e->low, rounding);
    case HIGH: return rc_make_cell(m, q, e->high, rounding);
    case RANK:
        return rc_make_cell(m, (rc_quantity){.unit = RC_UNIT_NUMBER}, r->rank,
                            (rc_rounding){.digits = 6});
    case RANKS: break;
    }
    const char *ranks = r->best == r->worst ? rc_arena_printf(m->arena, "%u", r->best)
                                            : rc_arena_printf(m->arena, "%u–%u", r->best, r->worst);
    return (rc_table_cell){.text = ranks, .value = NAN};
}

static const rc_table *table(const rc_maker *m, const rc_ranking *ranking, size_t shown) {
    size_t n;
    const column *list = columns_of(ranking, &n);
    const char **heads = RC_NEW(m->arena, const char *, n + 1);
    heads[0] = "";
    for (size_t c = 0; c < n; c++)
        heads[c + 1] = list[c].title;
    rc_table_maker t = rc_make_table(m, heads, n + 1);
    for (size_t i = 0; i < ranking->n_rows; i++) {
        const rc_ranked *r = &ranking->rows[i];
        if (i >= shown && i < ranking->n_entries)
            continue;
        if (i == ranking->n_entries)
            rc_table_row(&t, rc_tr(m->language, "Groups"), RC_ROW_GROUP);
        rc_table_cell *cells =
            rc_table_row(&t, rc_words_bar(r->bar, m->language, m->arena), RC_ROW_BODY);
        for (size_t c = 0; c < n; c++)
            cells[c + 1] = cell(m, ranking, r, &list[c]);
    }
    return t.table;
}

static const char *shown_note(const rc_maker *m, size_t shown, size_t all) {
    char n[RC_NUMBER_TEXT], total[RC_NUMBER_TEXT];
    return RC_TEXT(m->arena, m->language,
                   "The first {n} of {all}; the result as JSON and as a workbook has them all.",
                   "n", rc_count_text(n, shown), "all", rc_count_text(total, all));
}

void rc_section_rankings(rc_maker *m) {
    const rc_drivers *d = m->result->drivers;
    for (size_t i = 0; d != NULL && i < d->n_rankings; i++) {
        const rc_ranking *ranking = &d->rankings[i];
        const char *title = rc_tr(m->language, ranking->method->title);
        if (ranking->n_rows == 0)
            continue;
        size_t shown = ranking->n_entries > MOST + MOST / 4 ? MOST : ranking->n_entries;
        const char **notes = RC_NEW(m->arena, const char *, 2 + ranking->n_notes);
        rc_section *out = rc_add_section(
            m, (rc_section){.id = rc_arena_printf(m->arena, "ranking-%s", ranking->method->name),
                            .title = title,
                            .part = RC_PART_ANALYST,
                            .chart = "ranking",
                            .of = ranking->method->name,
                            .alt = title,
                            .folded = true,
                            .wide = true,
                            .table = table(m, ranking, shown),
                            .notes = notes});
        notes[out->n_notes++] = rc_tr(m->language, ranking->method->summary);
        for (size_t k = 0; k < ranking->n_notes; k++)
            notes[out->n_notes++] = rc_phrase_text(&ranking->notes[k], m->language, m->arena);
        if (shown < ranking->n_entries)
            notes[out->n_notes++] = shown_note(m, shown, ranking->n_entries);
    }
}
