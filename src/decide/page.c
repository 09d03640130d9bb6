/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison as a document: what to choose, how sure that is, and what it hangs on. */
#include "decide/page.h"

#include "core/language.h"
#include "report/table.h"

#include <math.h>
#include <string.h>

enum { SECTIONS = 7, SENTENCES = 6 };

typedef struct page {
    const rc_comparison *c;
    const char *language;
    rc_arena *arena;
    rc_quantity unit;
    rc_section *sections;
    size_t n;
} page;

/* ---- Words ---- */

const char *rc_alternative_name(const rc_alternative *a, const char *language, rc_arena *arena) {
    return a->nothing ? rc_tr(language, a->name) : rc_clean_text(a->name, arena);
}

static const char *name_of(const page *p, size_t alternative) {
    return rc_alternative_name(&p->c->alternatives[alternative], p->language, p->arena);
}

static const char *measure_label(const page *p) {
    const rc_output *o = p->c->alternatives[0].measure;
    return rc_clean_text(rc_label_text(&o->label, p->language, o->name), p->arena);
}

/* No finer than its interval, four digits at most. */
static const char *amount(const page *p, rc_estimate e, bool sign) {
    char text[RC_NUMBER_TEXT];
    double error = isfinite(e.high - e.low) ? 0.5 * (e.high - e.low) : 0;
    rc_rounding rounding = {.digits = 4, .error = error, .sign = sign};
    rc_quantity unit = p->unit;
    unit.in_words = true;
    return rc_arena_strdup(p->arena, rc_number_text(text, &unit, e.value, rounding));
}

static const char *best_text(const page *p) {
    const rc_comparison *c = p->c;
    const rc_estimate d = c->rivals->difference;
    const char *lead = name_of(p, c->leader), *other = name_of(p, c->second);
    double ahead = c->higher_is_better ? d.value : -d.value;
    bool told_apart = d.low > 0 || d.high < 0;
    if (!(ahead > 0))
        return RC_TEXT(p->arena, p->language, "{one} and {other} come out alike.", "one", lead,
                       "other", other);
    const char *by = amount(p, (rc_estimate){fabs(d.value), d.low, d.high}, false);
    if (c->higher_is_better)
        return RC_TEXT(p->arena, p->language,
                       told_apart
                           ? RC_TR("{one}: its mean is {amount} more than that of {other}.")
                           : RC_TR("{one}: its mean is {amount} more than that of {other}, which "
                                   "the simulated cases cannot tell from nothing."),
                       "one", lead, "amount", by, "other", other);
    return RC_TEXT(p->arena, p->language,
                   told_apart
                       ? RC_TR("{one}: its mean is {amount} less than that of {other}.")
                       : RC_TR("{one}: its mean is {amount} less than that of {other}, which "
                               "the simulated cases cannot tell from nothing."),
                   "one", lead, "amount", by, "other", other);
}

static const char *odds_text(const page *p) {
    const rc_comparison *c = p->c;
    const char *lead = name_of(p, c->leader), *other = name_of(p, c->second);
    double odds = c->rivals->better.value;
    char share[RC_NUMBER_TEXT];
    if (c->rivals->better.value == 0.5 && !isfinite(c->rivals->variance_cut) &&
        c->rivals->difference.value == 0)
        return RC_TEXT(p->arena, p->language, "{one} and {other} never differ.", "one", lead,
                       "other", other);
    if (odds <= 0)
        return RC_TEXT(p->arena, p->language,
                       "{one} does better than {other} in no simulated case.", "one", lead, "other",
                       other);
    if (odds >= 1)
        return RC_TEXT(p->arena, p->language,
                       "{one} does better than {other} in every simulated case.", "one", lead,
                       "other", other);
    return RC_TEXT(p->arena, p->language, "{one} does better than {other} in {share} of cases.",
                   "one", lead, "other", other, "share", rc_share_text(share, odds, p->language));
}

static const char *risk_text(const page *p) {
    const rc_comparison *c = p->c;
    const rc_dominance *d = &c->rivals->b_over_a;
    const char *lead = name_of(p, c->leader), *other = name_of(p, c->second);
    char share[RC_NUMBER_TEXT];
    if (d->first)
        return RC_TEXT(p->arena, p->language,
                       "{one} is the better bet at every level: whatever amount is asked for, its "
                       "chance of reaching it is at least that of {other}.",
                       "one", lead, "other", other);
    if (d->second)
        return RC_TEXT(p->arena, p->language,
                       "Who shuns risk prefers {one} too: its bad cases are on average never worse "
                       "than those of {other}.",
                       "one", lead, "other", other);
    if (d->first_share == 0) /* and the other way round */
        return RC_TEXT(p->arena, p->language,
                       "{one} and {other} have the same outcomes at every level.", "one", lead,
                       "other", other);
    return RC_TEXT(
        p->arena, p->language,
        "No rule settles it for everyone: {one} has the worse outcomes in {share} of its "
        "range.",
        "one", lead, "share", rc_share_text(share, d->first_share, p->language));
}

/* The best one loses on average, and not to choose any was not among the alternatives */
static bool nothing_is_better(const page *p) {
    const rc_alternative *lead = &p->c->alternatives[p->c->leader];
    bool asked = false;
    for (size_t i = 0; i < p->c->n; i++)
        asked |= p->c->alternatives[i].nothing;
    return !asked && strcmp(lead->measure->name, "npv") == 0 &&
           rc_output_value(lead->measure, "mean", NULL) < 0;
}

static const char *nothing_text(const page *p) {
    return RC_TEXT(p->arena, p->language,
                   "Even {one} loses on average: to do none of them earns more, and --or-nothing "
                   "sets that beside them.",
                   "one", name_of(p, p->c->leader));
}

static const char *knowing_text(const page *p) {
    if (!(p->c->knowing.value > 0))
        return RC_TEXT(p->arena, p->language,
                       "Nothing: {one} is the best choice in every simulated case.", "one",
                       name_of(p, p->c->leader));
    return RC_TEXT(p->arena, p->language,
                   "Knowing everything before choosing would be worth up to {amount} on average.",
                   "amount", amount(p, p->c->knowing, false));
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
        return rc_tr(p->language, "No single input would change which one to choose.");
    return RC_TEXT(p->arena, p->language,
                   "{input}; knowing it before choosing is worth up to {amount}.", "input",
                   bar_label(p, worth->rows[0].bar), "amount",
                   amount(p, worth->rows[0].score[0], false));
}

/* ---- Sections ---- */

static rc_section *section(page *p, const char *id, const char *title) {
    rc_section *s = &p->sections[p->n++];
    s->id = id;
    s->title = title;
    return s;
}

static const char *const *in_language(const page *p, const char *const *columns, size_t n) {
    const char **out = RC_NEW(p->arena, const char *, n);
    for (size_t i = 0; i < n; i++)
        out[i] = columns[i][0] != '\0' ? rc_tr(p->language, columns[i]) : "";
    return out;
}

static void add_words(page *p) {
    rc_sentence *list = RC_NEW(p->arena, rc_sentence, SENTENCES);
    size_t n = 0;
    list[n++] = (rc_sentence){rc_tr(p->language, "Best on average"), best_text(p)};
    list[n++] = (rc_sentence){rc_tr(p->language, "How sure"), odds_text(p)};
    list[n++] = (rc_sentence){rc_tr(p->language, "Risk"), risk_text(p)};
    list[n++] = (rc_sentence){rc_tr(p->language, "What decides"), factor_text(p)};
    list[n++] = (rc_sentence){rc_tr(p->language, "Worth knowing"), knowing_text(p)};
    if (nothing_is_better(p))
        list[n++] = (rc_sentence){rc_tr(p->language, "Doing nothing"), nothing_text(p)};
    rc_section *s = section(p, "words", NULL);
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

/* Below zero is a loss where the measure is a balance. */
static bool is_balance(const rc_output *o) {
    return strcmp(o->name, "npv") == 0 || strcmp(o->name, "roi") == 0;
}

/* The first alternative whose years, or rate (where both have one), are not those of the first */
static const rc_alternative *unlike(const page *p, bool rate) {
    const rc_result *first = p->c->alternatives[0].result;
    for (size_t i = 1; i < p->c->n; i++) {
        const rc_result *r = p->c->alternatives[i].result;
        if (rate ? fabs(r->discount_rate - first->discount_rate) > 1e-12 : r->years != first->years)
            return &p->c->alternatives[i];
    }
    return NULL;
}

/* What makes amounts hard to set against each other */
static void add_unlike(page *p, rc_section *s) {
    const rc_result *first = p->c->alternatives[0].result;
    const rc_alternative *years = unlike(p, false), *rate = unlike(p, true);
    const rc_quantity plain = {.unit = RC_UNIT_NUMBER, .language = p->language},
                      percent = {.unit = RC_UNIT_RATIO, .language = p->language};
    const rc_rounding four = {.digits = 4};
    const char **notes = RC_NEW(p->arena, const char *, 2);
    char a[RC_NUMBER_TEXT], b[RC_NUMBER_TEXT];
    s->notes = notes;
    if (years != NULL)
        notes[s->n_notes++] =
            RC_TEXT(p->arena, p->language,
                    "{one} looks {n} years ahead, {other} {m}: the longer one has more time "
                    "to earn, and to cost.",
                    "one", name_of(p, 0), "n", rc_number_text(a, &plain, first->years, four),
                    "other", rc_alternative_name(years, p->language, p->arena), "m",
                    rc_number_text(b, &plain, years->result->years, four));
    if (rate != NULL)
        notes[s->n_notes++] = RC_TEXT(
            p->arena, p->language, "{one} is discounted at {rate} a year, {other} at {another}.",
            "one", name_of(p, 0), "rate", rc_number_text(a, &percent, first->discount_rate, four),
            "other", rc_alternative_name(rate, p->language, p->arena), "another",
            rc_number_text(b, &percent, rate->result->discount_rate, four));
}

static void add_alternatives(page *p) {
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
        rc_table_cell *cells = rc_table_row(&t, name_of(p, i), RC_ROW_BODY);
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
    rc_section *s = section(p, "alternatives", measure_label(p));
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

static void add_pairs(page *p) {
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
        rc_table_cell *cells = rc_table_row(&t, name_of(p, pair->b), RC_ROW_BODY);
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
    rc_section *s = section(
        p, "pairs",
        RC_TEXT(p->arena, p->language, "Against {one}, case by case", "one", name_of(p, 0)));
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

static void add_matrix(page *p) {
    const rc_comparison *c = p->c;
    const char **columns = RC_NEW(p->arena, const char *, c->n + 1);
    columns[0] = "";
    for (size_t i = 0; i < c->n; i++)
        columns[i + 1] = name_of(p, i);
    rc_table_maker t = rc_table_begin(columns, c->n + 1, p->arena);
    for (size_t a = 0; a < c->n; a++) {
        rc_table_cell *cells = rc_table_row(&t, name_of(p, a), RC_ROW_BODY);
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
static void add_worth_rows(page *p, rc_table_maker *t, const rc_ranking *worth, size_t first,
                           size_t end, size_t most) {
    const rc_ranking *rank = ranking(p, "rank");
    for (size_t i = first; i < end && most > 0; i++) {
        const rc_ranked *w = &worth->rows[i], *r = row_of(rank, w->bar);
        if (w->chance || !(w->score[0].value > 0))
            continue;
        rc_table_cell *cells = rc_table_row(t, bar_label(p, w->bar), RC_ROW_BODY);
        cells[1] = number(p, w->score[0].value, half(w->score[0]));
        cells[2] = number(p, half(w->score[0]), half(w->score[0]) / 10);
        if (r != NULL && !r->index) /* several draws have no direction */
            cells[3] = rc_cell_text(rc_arena_printf(p->arena, "%+.2f", r->score[0].value));
        most--;
    }
}

/* "P0–P31.2": what lies between them, never less */
static const char *levels(const page *p, double from, double to) {
    return rc_arena_printf(p->arena, "P%.3g–P%.3g", floor(1000 * from) / 10, ceil(1000 * to) / 10);
}

static void add_dominance_row(page *p, rc_table_maker *t, const rc_pair *pair) {
    double ahead = p->c->higher_is_better ? pair->difference.value : -pair->difference.value;
    const rc_dominance *d = ahead < 0 ? &pair->a_over_b : &pair->b_over_a;
    size_t better = ahead < 0 ? pair->a : pair->b, other = ahead < 0 ? pair->b : pair->a;
    if (d->first_share == 0)
        return; /* dominates, or the same */
    rc_table_cell *cells = rc_table_row(t,
                                        RC_TEXT(p->arena, p->language, "{one} over {other}", "one",
                                                name_of(p, better), "other", name_of(p, other)),
                                        RC_ROW_BODY);
    cells[1] = rc_cell_share(d->first_share, p->language, p->arena);
    cells[2] = rc_cell_text(levels(p, d->first_from, d->first_to));
    cells[3] = rc_cell_share(d->second_share, p->language, p->arena);
    cells[4] = rc_cell_share(d->area, p->language, p->arena);
}

/* Each against the first, and the best two; the one of the better mean over the other */
static void add_dominance(page *p) {
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

static void add_footer(page *p, rc_document *d) {
    const char **lines = RC_NEW(p->arena, const char *, 2);
    if (p->c->command != NULL)
        lines[d->n_footer++] =
            RC_TEXT(p->arena, p->language, "Redo: {command}", "command", p->c->command);
    lines[d->n_footer++] = "roicast " ROICAST_VERSION;
    d->footer = lines;
}

static void add_factors(page *p) {
    static const char *const columns[] = {"", RC_TR("Worth knowing"), "±95%", RC_TR("Correlation")};
    enum { INPUTS = 5, GROUPS = 3 };
    const rc_ranking *worth = ranking(p, "evppi");
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
                       "one", name_of(p, p->c->leader), "other", name_of(p, p->c->second));
    s->table = t.table;
    s->notes = notes;
    s->n_notes = 2;
}

static const char *subtitle(const page *p) {
    const rc_result *r = p->c->alternatives[0].result;
    char cases[RC_NUMBER_TEXT];
    const char *n = rc_arena_printf(p->arena, "%zu", p->c->n);
    const char *seed = rc_arena_printf(p->arena, "%llu", (unsigned long long)r->seed);
    rc_count_text(cases, r->trials);
    if (*r->currency == '\0' || p->unit.unit != RC_UNIT_MONEY)
        return RC_TEXT(p->arena, p->language,
                       "{n} alternatives by {measure} · {cases} simulated cases each · seed {seed}",
                       "n", n, "measure", measure_label(p), "cases", cases, "seed", seed);
    return RC_TEXT(
        p->arena, p->language,
        "{n} alternatives by {measure} in {currency} · {cases} simulated cases each · seed {seed}",
        "n", n, "measure", measure_label(p), "currency",
        rc_currency_name(rc_clean_text(r->currency, p->arena), p->language), "cases", cases, "seed",
        seed);
}

static const char *title(const page *p) {
    const char *text = name_of(p, 0);
    for (size_t i = 1; i < p->c->n; i++)
        text = i + 1 < p->c->n ? RC_TEXT(p->arena, p->language, "{some}, {next}", "some", text,
                                         "next", name_of(p, i))
                               : RC_TEXT(p->arena, p->language, "{some} or {last}?", "some", text,
                                         "last", name_of(p, i));
    return text;
}

const rc_document *rc_comparison_document(const rc_comparison *c, const char *language,
                                          rc_arena *arena) {
    page p = {.c = c, .language = language, .arena = arena};
    rc_document *d = RC_NEW(arena, rc_document, 1);
    p.unit = rc_output_quantity(c->alternatives[0].result, c->alternatives[0].measure, language);
    p.sections = RC_NEW(arena, rc_section, SECTIONS);
    d->title = title(&p);
    d->subtitle = subtitle(&p);
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
