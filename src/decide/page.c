/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison as a document: what to choose, how sure that is, and what it hangs on. */
#include "decide/page.h"

#include "core/language.h"
#include "decide/words.h"
#include "report/table.h"

#include <math.h>
#include <string.h>

enum { SECTIONS = 7 };

/* ---- Sections ---- */

static rc_section *section(rc_comparison_page *p, const char *id, const char *title) {
    rc_section *s = &p->sections[p->n++];
    s->id = id;
    s->title = title;
    return s;
}

static const char *const *in_language(const rc_comparison_page *p, const char *const *columns,
                                      size_t n) {
    const char **out = RC_NEW(p->arena, const char *, n);
    for (size_t i = 0; i < n; i++)
        out[i] = columns[i][0] != '\0' ? rc_tr(p->language, columns[i]) : "";
    return out;
}

static void add_words(rc_comparison_page *p) {
    rc_section *s = section(p, "words", NULL);
    s->n_sentences = rc_comparison_words(p, &s->sentences);
}

static rc_table_cell number(const rc_comparison_page *p, double value, double error) {
    rc_rounding rounding = {.digits = 4, .error = error};
    return rc_cell_number(p->unit, value, rounding, p->arena);
}

static double half(rc_estimate e) {
    return isfinite(e.high - e.low) ? 0.5 * (e.high - e.low) : 0;
}

/* Below zero is a loss where the measure is a balance. */
static bool is_balance(const rc_output *o) {
    return strcmp(o->name, "npv") == 0 || strcmp(o->name, "roi") == 0;
}

/* The first alternative whose years, or rate (where both have one), are not those of the first */
static const rc_alternative *unlike(const rc_comparison_page *p, bool rate) {
    const rc_result *first = p->c->alternatives[0].result;
    for (size_t i = 1; i < p->c->n; i++) {
        const rc_result *r = p->c->alternatives[i].result;
        if (rate ? fabs(r->discount_rate - first->discount_rate) > 1e-12 : r->years != first->years)
            return &p->c->alternatives[i];
    }
    return NULL;
}

/* What makes amounts hard to set against each other */
static void add_unlike(rc_comparison_page *p, rc_section *s) {
    const rc_result *first = p->c->alternatives[0].result;
    const rc_alternative *years = unlike(p, false), *rate = unlike(p, true);
    const rc_quantity plain = {.unit = RC_UNIT_NUMBER, .language = p->language},
                      percent = {.unit = RC_UNIT_RATIO, .language = p->language};
    const rc_rounding four = {.digits = 4};
    const char **notes = RC_NEW(p->arena, const char *, 2);
    char a[RC_NUMBER_TEXT], b[RC_NUMBER_TEXT];
    s->notes = notes;
    if (years != NULL)
        notes[s->n_notes++] = RC_TEXT(
            p->arena, p->language,
            "{one} looks {n} years ahead, {other} {m}: the longer one has more time "
            "to earn, and to cost.",
            "one", rc_comparison_name_of(p, 0), "n", rc_number_text(a, &plain, first->years, four),
            "other", rc_alternative_name(years, p->language, p->arena), "m",
            rc_number_text(b, &plain, years->result->years, four));
    if (rate != NULL)
        notes[s->n_notes++] = RC_TEXT(
            p->arena, p->language, "{one} is discounted at {rate} a year, {other} at {another}.",
            "one", rc_comparison_name_of(p, 0), "rate",
            rc_number_text(a, &percent, first->discount_rate, four), "other",
            rc_alternative_name(rate, p->language, p->arena), "another",
            rc_number_text(b, &percent, rate->result->discount_rate, four));
}

static void add_alternatives(rc_comparison_page *p) {
    static const char *const columns[] = {"",
                                          "P5",
                                          RC_TR("Median"),
                                          "P95",
                                          RC_TR("Mean"),
                                          RC_TR("Best in"),
                                          RC_TR("Regret"),
                                          RC_TR("Loss")};
    static const char *const points[] = {"5", "50", "95"};
    size_t n = is_balance(p->c->alternatives[0].measure) ? 8 : 7;
    rc_table_maker t = rc_table_begin(in_language(p, columns, n), n, p->arena);
    for (size_t i = 0; i < p->c->n; i++) {
        const rc_alternative *a = &p->c->alternatives[i];
        rc_table_cell *cells = rc_table_row(&t, rc_comparison_name_of(p, i), RC_ROW_BODY);
        for (int k = 0; k < 3; k++)
            cells[1 + k] = number(p, rc_output_value(a->measure, "percentiles", points[k]),
                                  rc_output_error(a->measure, "percentiles", points[k]));
        cells[4] = number(p, rc_output_value(a->measure, "mean", NULL),
                          rc_output_error(a->measure, "mean", NULL));
        cells[5] = rc_cell_share(a->best.value, p->language, p->arena);
        cells[6] = number(p, a->regret.value, half(a->regret));
        if (n > 7)
            cells[7] = rc_cell_share(rc_output_value(a->measure, "below_zero", NULL), p->language,
                                     p->arena);
    }
    rc_section *s = section(p, "alternatives", rc_comparison_measure(p));
    s->table = t.table;
    add_unlike(p, s);
}

static const char *dominance_word(const rc_pair *pair) {
    const rc_dominance *over = &pair->b_over_a, *under = &pair->a_over_b;
    return over->area == 0 && under->area == 0 ? RC_TR_IN("dominates", "same")
           : over->first                       ? RC_TR_IN("dominates", "yes")
           : under->first                      ? RC_TR_IN("dominates", "under")
           : over->second                      ? RC_TR_IN("dominates", "2nd order")
           : under->second                     ? RC_TR_IN("dominates", "under, 2nd")
                                               : RC_TR_IN("dominates", "no");
}

static void add_pairs(rc_comparison_page *p) {
    static const char *const columns[] = {"",
                                          RC_TR("Difference"),
                                          "±95%",
                                          "P5",
                                          "P95",
                                          RC_TR("Better in"),
                                          RC_TR("Dominates"),
                                          RC_TR("Pairs save")};
    rc_table_maker t = rc_table_begin(in_language(p, columns, 8), 8, p->arena);
    for (size_t i = 0; i + 1 < p->c->n; i++) {
        const rc_pair *pair = &p->c->pairs[i];
        rc_table_cell *cells = rc_table_row(&t, rc_comparison_name_of(p, pair->b), RC_ROW_BODY);
        cells[1] = rc_cell_number(p->unit, pair->difference.value,
                                  (rc_rounding){4, half(pair->difference), true}, p->arena);
        cells[2] = number(p, half(pair->difference), half(pair->difference) / 10);
        cells[3] = number(p, pair->percentile[0].value, half(pair->percentile[0]));
        cells[4] = number(p, pair->percentile[2].value, half(pair->percentile[2]));
        cells[5] = rc_cell_share(pair->better.value, p->language, p->arena);
        cells[6] = rc_cell_text(rc_tr_in(p->language, "dominates", dominance_word(pair)));
        if (isfinite(pair->variance_cut))
            cells[7] = rc_cell_text(rc_arena_printf(p->arena, "%.3g×", pair->variance_cut));
    }
    rc_section *s = section(p, "pairs",
                            RC_TEXT(p->arena, p->language, "Against {one}, case by case", "one",
                                    rc_comparison_name_of(p, 0)));
    s->part = RC_PART_ANALYST;
    const char **notes = RC_NEW(p->arena, const char *, 2);
    notes[0] =
        rc_tr(p->language,
              "Every case is simulated for all alternatives with the same luck. Pairs save: "
              "how many times the cases would be needed for the same precision without that.");
    notes[1] =
        rc_tr(p->language,
              "Dominates: at every level (yes), or for who shuns risk (2nd order); under: the "
              "other way round.");
    s->table = t.table;
    s->notes = notes;
    s->n_notes = 2;
}

static void add_matrix(rc_comparison_page *p) {
    const rc_comparison *c = p->c;
    const char **columns = RC_NEW(p->arena, const char *, c->n + 1);
    columns[0] = "";
    for (size_t i = 0; i < c->n; i++)
        columns[i + 1] = rc_comparison_name_of(p, i);
    rc_table_maker t = rc_table_begin(columns, c->n + 1, p->arena);
    for (size_t a = 0; a < c->n; a++) {
        rc_table_cell *cells = rc_table_row(&t, rc_comparison_name_of(p, a), RC_ROW_BODY);
        for (size_t b = 0; b < c->n; b++)
            if (a != b)
                cells[b + 1] = rc_cell_share(c->beats[a * c->n + b].value, p->language, p->arena);
    }
    rc_section *s =
        section(p, "matrix", rc_tr(p->language, "How often each does better than the others"));
    s->part = RC_PART_ANALYST;
    s->table = t.table;
}

static const rc_ranked *row_of(const rc_ranking *r, const rc_bar *bar) {
    for (size_t i = 0; r != NULL && i < r->n_entries; i++)
        if (r->rows[i].bar == bar)
            return &r->rows[i];
    return NULL;
}

/* Rows first ... end - 1 of the ranking that can be told from 0 */
static void add_worth_rows(rc_comparison_page *p, rc_table_maker *t, const rc_ranking *worth,
                           size_t first, size_t end, size_t most) {
    const rc_ranking *rank = rc_comparison_ranking(p, "rank");
    for (size_t i = first; i < end && most > 0; i++) {
        const rc_ranked *w = &worth->rows[i], *r = row_of(rank, w->bar);
        if (w->chance || !(w->score[0].value > 0))
            continue;
        rc_table_cell *cells = rc_table_row(t, rc_comparison_bar(p, w->bar), RC_ROW_BODY);
        cells[1] = number(p, w->score[0].value, half(w->score[0]));
        cells[2] = number(p, half(w->score[0]), half(w->score[0]) / 10);
        if (r != NULL && !r->index) /* several draws have no direction */
            cells[3] = rc_cell_text(rc_arena_printf(p->arena, "%+.2f", r->score[0].value));
        most--;
    }
}

/* "P0–P31.2": what lies between them, never less */
static const char *levels(const rc_comparison_page *p, double from, double to) {
    return rc_arena_printf(p->arena, "P%.3g–P%.3g", floor(1000 * from) / 10, ceil(1000 * to) / 10);
}

static void add_dominance_row(rc_comparison_page *p, rc_table_maker *t, const rc_pair *pair) {
    double ahead = p->c->higher_is_better ? pair->difference.value : -pair->difference.value;
    const rc_dominance *d = ahead < 0 ? &pair->a_over_b : &pair->b_over_a;
    size_t better = ahead < 0 ? pair->a : pair->b, other = ahead < 0 ? pair->b : pair->a;
    if (d->first_share == 0)
        return; /* dominates, or the same */
    rc_table_cell *cells = rc_table_row(t,
                                        RC_TEXT(p->arena, p->language, "{one} over {other}", "one",
                                                rc_comparison_name_of(p, better), "other",
                                                rc_comparison_name_of(p, other)),
                                        RC_ROW_BODY);
    cells[1] = rc_cell_share(d->first_share, p->language, p->arena);
    cells[2] = rc_cell_text(levels(p, d->first_from, d->first_to));
    cells[3] = rc_cell_share(d->second_share, p->language, p->arena);
    cells[4] = rc_cell_share(d->area, p->language, p->arena);
}

/* Each against the first, and the best two; the one of the better mean over the other */
static void add_dominance(rc_comparison_page *p) {
    static const char *const columns[] = {"", RC_TR("1st order fails"), RC_TR("Between"),
                                          RC_TR("2nd order fails"), RC_TR("Area")};
    const rc_comparison *c = p->c;
    rc_table_maker t = rc_table_begin(in_language(p, columns, 5), 5, p->arena);
    for (size_t i = 0; i + 1 < c->n; i++)
        add_dominance_row(p, &t, &c->pairs[i]);
    if (c->leader != 0 && c->second != 0)
        add_dominance_row(p, &t, c->rivals);
    if (t.table->n_rows == 0)
        return;
    rc_section *s = section(p, "dominance", rc_tr(p->language, "Where dominance fails"));
    const char **notes = RC_NEW(p->arena, const char *, 2);
    notes[0] = rc_tr(p->language,
                     "At so many of the levels, from P0 to P100, the other one's outcome is better "
                     "(1st order), or its worst cases up to that level are better on average (2nd "
                     "order).");
    notes[1] = rc_tr(p->language,
                     "Area: of all that lies between the two curves. Below 5% many speak of almost "
                     "stochastic dominance (Leshno and Levy 2002).");
    s->part = RC_PART_ANALYST;
    s->table = t.table;
    s->notes = notes;
    s->n_notes = 2;
}

static void add_footer(rc_comparison_page *p, rc_document *d) {
    const char **lines = RC_NEW(p->arena, const char *, 2);
    if (p->c->command != NULL)
        lines[d->n_footer++] =
            RC_TEXT(p->arena, p->language, "Redo: {command}", "command", p->c->command);
    lines[d->n_footer++] = "roicast " ROICAST_VERSION;
    d->footer = lines;
}

static void add_factors(rc_comparison_page *p) {
    static const char *const columns[] = {"", RC_TR("Worth knowing"), "±95%", RC_TR("Correlation")};
    enum { INPUTS = 5, GROUPS = 3 };
    const rc_ranking *worth = rc_comparison_ranking(p, "evppi");
    const rc_estimate all = p->c->knowing;
    if (worth == NULL || !(all.value > 0))
        return;
    rc_table_maker t = rc_table_begin(in_language(p, columns, 4), 4, p->arena);
    add_worth_rows(p, &t, worth, 0, worth->n_entries, INPUTS);
    add_worth_rows(p, &t, worth, worth->n_entries, worth->n_rows, GROUPS);
    rc_table_cell *cells =
        rc_table_row(&t, rc_tr(p->language, "Everything together"), RC_ROW_TOTAL);
    cells[1] = number(p, all.value, half(all));
    cells[2] = number(p, half(all), half(all) / 10);
    rc_section *s =
        section(p, "factors", rc_tr(p->language, "What knowing it before choosing is worth"));
    const char **notes = RC_NEW(p->arena, const char *, 2);
    notes[0] = rc_tr(p->language,
                     "How much more one would earn on average by knowing it before choosing among "
                     "all of them: no survey, trial or quotation that tells it can be worth more. "
                     "Worths do not add up.");
    notes[1] = RC_TEXT(p->arena, p->language,
                       "Correlation: with what {one} has more than {other}; above 0, more of it "
                       "speaks for {one}. None where alternatives draw it each for itself.",
                       "one", rc_comparison_name_of(p, p->c->leader), "other",
                       rc_comparison_name_of(p, p->c->second));
    s->table = t.table;
    s->notes = notes;
    s->n_notes = 2;
}

const rc_document *rc_comparison_document(const rc_comparison *c, const char *language,
                                          rc_arena *arena) {
    rc_comparison_page p = {.c = c, .language = language, .arena = arena};
    rc_document *d = RC_NEW(arena, rc_document, 1);
    p.unit = rc_output_quantity(c->alternatives[0].result, c->alternatives[0].measure, language);
    p.sections = RC_NEW(arena, rc_section, SECTIONS);
    d->title = rc_comparison_title(&p);
    d->subtitle = rc_comparison_subtitle(&p);
    add_words(&p);
    add_alternatives(&p);
    add_pairs(&p);
    if (c->n > 2)
        add_matrix(&p);
    add_dominance(&p);
    add_factors(&p);
    add_footer(&p, d);
    d->currency = c->alternatives[0].result->currency;
    d->sections = p.sections;
    d->n_sections = p.n;
    return d;
}
