/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison as a document: what to choose, how sure that is, and what it hangs on. */
#include "decide/page.h"

#include "report/table.h"

#include <math.h>
#include <string.h>

enum { SECTIONS = 6, SENTENCES = 6 };

typedef struct page {
    const rc_comparison *c;
    const char *language;
    rc_arena *arena;
    rc_quantity unit;
    rc_section *sections;
    size_t n;
} page;

/* ---- Words ---- */

static const char *name_of(const page *p, size_t alternative) {
    return rc_clean_text(p->c->alternatives[alternative].name, p->arena);
}

static const char *measure_label(const page *p) {
    const rc_output *o = p->c->alternatives[0].measure;
    return rc_clean_text(rc_label_text(&o->label, p->language, o->name), p->arena);
}

static const char *kept(const page *p, rc_text *t) {
    const char *text = rc_arena_strdup(p->arena, t->bytes != NULL ? t->bytes : "");
    rc_text_free(t);
    return text;
}

/* No finer than its interval, four digits at most. */
static const char *amount(const page *p, rc_estimate e, bool sign) {
    char text[RC_NUMBER_TEXT];
    double error = isfinite(e.high - e.low) ? 0.5 * (e.high - e.low) : 0;
    rc_rounding rounding = {.digits = 4, .error = error, .sign = sign};
    return rc_arena_strdup(p->arena, rc_number_text(text, &p->unit, e.value, rounding));
}

static const char *best_text(const page *p) {
    const rc_comparison *c = p->c;
    const rc_estimate d = c->rivals->difference;
    double lead = c->higher_is_better ? d.value : -d.value;
    bool told_apart = d.low > 0 || d.high < 0;
    rc_text t = {0};
    if (!(lead > 0))
        rc_text_addf(&t, "%s and %s come out alike.", name_of(p, c->leader), name_of(p, c->second));
    else
        rc_text_addf(&t, "%s: its mean is %s %s than that of %s%s.", name_of(p, c->leader),
                     amount(p, (rc_estimate){fabs(d.value), d.low, d.high}, false),
                     c->higher_is_better ? "more" : "less", name_of(p, c->second),
                     told_apart ? "" : ", which the simulated cases cannot tell from nothing");
    return kept(p, &t);
}

static const char *odds_text(const page *p) {
    const rc_comparison *c = p->c;
    const char *lead = name_of(p, c->leader), *other = name_of(p, c->second);
    double odds = c->rivals->better.value;
    char share[RC_NUMBER_TEXT];
    if (odds <= 0 || odds >= 1)
        return rc_arena_printf(p->arena, "%s does better than %s in %s simulated case.", lead,
                               other, odds <= 0 ? "no" : "every");
    return rc_arena_printf(p->arena, "%s does better than %s in %s of cases.", lead, other,
                           rc_share_text(share, odds, p->language));
}

static const char *risk_text(const page *p) {
    const rc_comparison *c = p->c;
    const rc_dominance *d = &c->rivals->b_over_a;
    const char *lead = name_of(p, c->leader), *other = name_of(p, c->second);
    char share[RC_NUMBER_TEXT];
    if (d->first)
        return rc_arena_printf(p->arena,
                               "%s is the better bet at every level: whatever amount is asked for, "
                               "its chance of reaching it is at least that of %s.",
                               lead, other);
    if (d->second)
        return rc_arena_printf(p->arena,
                               "Who shuns risk prefers %s too: its bad cases are on average never "
                               "worse than those of %s.",
                               lead, other);
    return rc_arena_printf(
        p->arena, "No rule settles it for everyone: %s has the worse outcomes in %s of its range.",
        lead, rc_share_text(share, d->first_share, p->language));
}

static const char *knowing_text(const page *p) {
    return rc_arena_printf(p->arena,
                           "Knowing everything before choosing would be worth up to %s on average.",
                           amount(p, p->c->knowing, false));
}

static const rc_ranking *ranking(const page *p, const char *method) {
    return p->c->factors != NULL ? rc_drivers_ranking(p->c->factors, method) : NULL;
}

static const char *bar_label(const page *p, const rc_bar *bar) {
    return rc_clean_text(rc_label_text(&bar->label, p->language, bar->name), p->arena);
}

static const char *factor_text(const page *p) {
    const rc_ranking *worth = ranking(p, "evppi");
    if (worth == NULL || worth->n_entries == 0 || worth->rows[0].chance ||
        !(worth->rows[0].score[0].value > 0))
        return "No single input would change the choice between the two best.";
    return rc_arena_printf(p->arena, "%s; knowing it before choosing is worth up to %s.",
                           bar_label(p, worth->rows[0].bar),
                           amount(p, worth->rows[0].score[0], false));
}

/* ---- Sections ---- */

static rc_section *section(page *p, const char *title) {
    rc_section *s = &p->sections[p->n++];
    s->title = title;
    return s;
}

static void add_words(page *p) {
    rc_sentence *list = RC_NEW(p->arena, rc_sentence, SENTENCES);
    size_t n = 0;
    list[n++] = (rc_sentence){"Best on average", best_text(p)};
    list[n++] = (rc_sentence){"How sure", odds_text(p)};
    list[n++] = (rc_sentence){"Risk", risk_text(p)};
    list[n++] = (rc_sentence){"What decides", factor_text(p)};
    list[n++] = (rc_sentence){"Worth knowing", knowing_text(p)};
    rc_section *s = section(p, NULL);
    s->sentences = list;
    s->n_sentences = n;
}

static rc_table_cell number(const page *p, double value, double error) {
    rc_rounding rounding = {.digits = 4, .error = error};
    return rc_cell_number(p->unit, value, rounding, p->arena);
}

static double half(rc_estimate e) {
    return isfinite(e.high - e.low) ? 0.5 * (e.high - e.low) : 0;
}

static void add_alternatives(page *p) {
    static const char *const columns[] = {"",     "P5",   "Median",  "P95",
                                          "Mean", "Loss", "Best in", "Regret"};
    static const char *const points[] = {"5", "50", "95"};
    rc_table_maker t = rc_table_begin(columns, 8, p->arena);
    for (size_t i = 0; i < p->c->n; i++) {
        const rc_alternative *a = &p->c->alternatives[i];
        rc_table_cell *cells = rc_table_row(&t, a->name, RC_ROW_BODY);
        for (int k = 0; k < 3; k++)
            cells[1 + k] = number(p, rc_output_value(a->measure, "percentiles", points[k]),
                                  rc_output_error(a->measure, "percentiles", points[k]));
        cells[4] = number(p, rc_output_value(a->measure, "mean", NULL),
                          rc_output_error(a->measure, "mean", NULL));
        cells[5] =
            rc_cell_share(rc_output_value(a->measure, "below_zero", NULL), p->language, p->arena);
        cells[6] = rc_cell_share(a->best.value, p->language, p->arena);
        cells[7] = number(p, a->regret.value, half(a->regret));
    }
    section(p, measure_label(p))->table = t.table;
}

static const char *dominance_word(const rc_pair *pair) {
    const rc_dominance *over = &pair->b_over_a, *under = &pair->a_over_b;
    return over->first     ? "yes"
           : under->first  ? "under"
           : over->second  ? "2nd order"
           : under->second ? "under, 2nd"
                           : "no";
}

static void add_pairs(page *p) {
    static const char *const columns[] = {"",    "Difference", "±95%",      "P5",
                                          "P95", "Better in",  "Dominates", "Pairs save"};
    rc_table_maker t = rc_table_begin(columns, 8, p->arena);
    for (size_t i = 0; i + 1 < p->c->n; i++) {
        const rc_pair *pair = &p->c->pairs[i];
        rc_table_cell *cells = rc_table_row(&t, p->c->alternatives[pair->b].name, RC_ROW_BODY);
        cells[1] = rc_cell_number(p->unit, pair->difference.value,
                                  (rc_rounding){4, half(pair->difference), true}, p->arena);
        cells[2] = number(p, half(pair->difference), half(pair->difference) / 10);
        cells[3] = number(p, pair->percentile[0].value, half(pair->percentile[0]));
        cells[4] = number(p, pair->percentile[2].value, half(pair->percentile[2]));
        cells[5] = rc_cell_share(pair->better.value, p->language, p->arena);
        cells[6] = rc_cell_text(dominance_word(pair));
        if (isfinite(pair->variance_cut))
            cells[7] = rc_cell_text(rc_arena_printf(p->arena, "%.3gx", pair->variance_cut));
    }
    rc_section *s =
        section(p, rc_arena_printf(p->arena, "Against %s, case by case", name_of(p, 0)));
    const char **notes = RC_NEW(p->arena, const char *, 2);
    notes[0] = "Every case is simulated for all alternatives with the same luck. Pairs save: how "
               "many times the cases would be needed for the same precision without that.";
    notes[1] =
        "Dominates: at every level (yes), or for who shuns risk (2nd order); under: the other way round.";
    s->table = t.table;
    s->notes = notes;
    s->n_notes = 2;
}

static void add_matrix(page *p) {
    const rc_comparison *c = p->c;
    const char **columns = RC_NEW(p->arena, const char *, c->n + 1);
    columns[0] = "";
    for (size_t i = 0; i < c->n; i++)
        columns[i + 1] = name_of(p, i);
    rc_table_maker t = rc_table_begin(columns, c->n + 1, p->arena);
    for (size_t a = 0; a < c->n; a++) {
        rc_table_cell *cells = rc_table_row(&t, c->alternatives[a].name, RC_ROW_BODY);
        for (size_t b = 0; b < c->n; b++)
            if (a != b)
                cells[b + 1] = rc_cell_share(c->beats[a * c->n + b].value, p->language, p->arena);
    }
    section(p, "How often each does better than the others")->table = t.table;
}

static const rc_ranked *row_of(const rc_ranking *r, const rc_bar *bar) {
    for (size_t i = 0; r != NULL && i < r->n_entries; i++)
        if (r->rows[i].bar == bar)
            return &r->rows[i];
    return NULL;
}

static void add_factors(page *p) {
    static const char *const columns[] = {"", "Worth knowing", "Correlation"};
    const rc_ranking *worth = ranking(p, "evppi"), *rank = ranking(p, "rank");
    if (worth == NULL)
        return;
    rc_table_maker t = rc_table_begin(columns, 3, p->arena);
    size_t top = 5;
    for (size_t i = 0; i < worth->n_entries && t.table->n_rows < top; i++) {
        const rc_ranked *w = &worth->rows[i], *r = row_of(rank, w->bar);
        if (w->chance)
            continue;
        rc_table_cell *cells = rc_table_row(&t, bar_label(p, w->bar), RC_ROW_BODY);
        cells[1] = number(p, w->score[0].value, half(w->score[0]));
        if (r != NULL)
            cells[2] = rc_cell_text(rc_arena_printf(p->arena, "%+.2f", r->score[0].value));
    }
    if (t.table->n_rows == 0)
        return;
    rc_section *s = section(p, rc_arena_printf(p->arena, "What decides between %s and %s",
                                               name_of(p, p->c->leader), name_of(p, p->c->second)));
    const char **notes = RC_NEW(p->arena, const char *, 1);
    notes[0] = rc_arena_printf(p->arena,
                               "Worth knowing: before choosing between the two. Correlation: with "
                               "what %s has more; above 0, more of it speaks for %s.",
                               name_of(p, p->c->leader), name_of(p, p->c->leader));
    s->table = t.table;
    s->notes = notes;
    s->n_notes = 1;
}

static const char *subtitle(const page *p) {
    const rc_result *r = p->c->alternatives[0].result;
    char cases[RC_NUMBER_TEXT];
    return rc_arena_printf(
        p->arena, "%zu alternatives by %s%s%s · %s simulated cases each · seed %llu", p->c->n,
        measure_label(p), *r->currency != '\0' ? " in " : "", rc_clean_text(r->currency, p->arena),
        rc_count_text(cases, r->trials), (unsigned long long)r->seed);
}

const rc_document *rc_comparison_document(const rc_comparison *c, const char *language,
                                          rc_arena *arena) {
    page p = {.c = c, .language = language, .arena = arena};
    rc_document *d = RC_NEW(arena, rc_document, 1);
    p.unit = rc_output_quantity(c->alternatives[0].result, c->alternatives[0].measure, language);
    p.sections = RC_NEW(arena, rc_section, SECTIONS);
    rc_text title = {0};
    for (size_t i = 0; i < c->n; i++)
        rc_text_addf(&title, "%s%s", i == 0 ? "" : i + 1 < c->n ? ", " : " or ", name_of(&p, i));
    rc_text_add(&title, "?");
    d->title = kept(&p, &title);
    d->subtitle = subtitle(&p);
    add_words(&p);
    add_alternatives(&p);
    add_pairs(&p);
    if (c->n > 2)
        add_matrix(&p);
    add_factors(&p);
    d->sections = p.sections;
    d->n_sections = p.n;
    return d;
}
