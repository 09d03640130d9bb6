/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What drives a result: the first bars of a ranking, each with what it does to the odds when it
 * moves from its lower to its upper quartile, in words and as a table. */
#include "report/drivers.h"
#include "report/document_make.h"

#include "core/language.h"
#include "core/text.h"

#include <math.h>
#include <string.h>

rc_quantity rc_drivers_quantity(const rc_result *result, rc_unit unit, const char *unit_text,
                                const char *language) {
    return (rc_quantity){
        .unit = unit, .currency = result->currency, .suffix = unit_text, .language = language};
}

const char *rc_words_bar(const rc_bar *bar, const char *language, rc_arena *arena) {
    const char *label = rc_clean_text(rc_label_text(&bar->label, language, bar->name), arena);
    const char *mark = bar->kind == RC_BAR_FACTOR ? "★ " : bar->kind == RC_BAR_RISK ? "! " : "";
    return rc_arena_printf(arena, "%s%s", mark, label);
}

/* ---- Numbers: few digits ---- */

static rc_rounding rounding(rc_quantity q, double x, int digits) {
    bool sign = q.unit == RC_UNIT_RATIO;
    double error = !sign ? fabs(x) * 1e-3 : fabs(x) >= 0.095 ? 0.01 : 0.001;
    return (rc_rounding){.digits = digits, .error = error, .sign = sign};
}

static const char *spoken(char *out, rc_quantity q, double x, int digits) {
    q.in_words = true;
    return rc_number_text(out, &q, x, rounding(q, x, digits));
}

typedef struct speaker {
    const rc_result *result;
    const rc_drivers *drivers;
    const char *language;
    rc_arena *arena;
    bool plain;
} speaker;

static rc_quantity bar_quantity(const speaker *k, const rc_swing *w) {
    return rc_drivers_quantity(k->result, w->bar->unit, w->bar->unit_text, k->language);
}

static rc_quantity target_quantity(const speaker *k) {
    const rc_drivers *d = k->drivers;
    return rc_drivers_quantity(k->result, d->unit, d->unit_text, k->language);
}

static rc_quantity worth_quantity(const speaker *k) {
    const rc_drivers *d = k->drivers;
    return rc_drivers_quantity(k->result, d->worth_unit, d->worth_unit_text, k->language);
}

/* ---- One bar in words ---- */

/** ", from 0.5 to 0.7" */
static const char *change(const speaker *k, const rc_swing *w) {
    char from[RC_NUMBER_TEXT], to[RC_NUMBER_TEXT];
    rc_quantity q = bar_quantity(k, w);
    if (w->event)
        return rc_tr(k->language, ", from cases without it to cases with it");
    if (isnan(w->from) || isnan(w->to))
        return k->plain ? rc_tr(k->language, ", from its lower to its upper quarter")
                        : rc_tr(k->language, ", from its P25 to its P75");
    return RC_TEXT(k->arena, k->language,
                   k->plain ? RC_TR(", from {from} to {to}")
                            : RC_TR(", from its P25 ({from}) to its P75 ({to})"),
                   "from", spoken(from, q, w->from, 3), "to", spoken(to, q, w->to, 3));
}

/** "chance of loss 24% → 11%, middle case +5% → +20%"; "" when there is nothing to say. */
static const char *effects(const speaker *k, const rc_swing *w) {
    char a[RC_NUMBER_TEXT], b[RC_NUMBER_TEXT];
    const rc_drivers *d = k->drivers;
    rc_quantity q = target_quantity(k);
    rc_text t = {0};
    rc_text_add(&t, "");
    if (w->loss[0] > 0 || w->loss[1] > 0)
        RC_SAY(&t, k->language,
               d->balance ? RC_TR("chance of loss {from} → {to}")
                          : RC_TR("chance of a value below 0 {from} → {to}"),
               "from", rc_share_text(a, w->loss[0], k->language), "to",
               rc_share_text(b, w->loss[1], k->language));
    if (!d->event) {
        rc_text_add(&t, t.length > 0 ? rc_tr_in(k->language, "between items of a list", ", ") : "");
        RC_SAY(&t, k->language,
               k->plain ? RC_TR("middle case {from} → {to}")
                        : RC_TR("median {output} {from} → {to}"),
               "from", spoken(a, q, w->median[0], 3), "to", spoken(b, q, w->median[1], 3), "output",
               d->output);
    }
    const char *kept = rc_arena_strdup(k->arena, t.bytes);
    rc_text_free(&t);
    return kept;
}

static const char *worth(const speaker *k, const rc_swing *w) {
    char amount[RC_NUMBER_TEXT];
    if (!w->tells)
        return "";
    if (!(w->worth > 0))
        return rc_tr(k->language, "; knowing it beforehand would not change the decision");
    return RC_TEXT(k->arena, k->language, "; knowing it beforehand is worth up to {amount}",
                   "amount", spoken(amount, worth_quantity(k), w->worth, 2));
}

const char *rc_words_swing(const rc_result *r, const rc_drivers *d, const rc_swing *w,
                           rc_swing_style style, const char *language, rc_arena *arena) {
    const speaker k = {r, d, language, arena, style == RC_SWING_PLAIN};
    const char *label = rc_label_text(&w->bar->label, language, w->bar->name);
    const char *effect = effects(&k, w);
    /* TRANSLATORS: "Training quality, from 0.5 to 0.7: chance of loss 24% → 11%; knowing ..." */
    return RC_TEXT(arena, language,
                   *effect != '\0' ? RC_TR("{factor}{change}: {effects}{worth}.")
                                   : RC_TR("{factor}{change}{worth}."),
                   "factor",
                   k.plain ? rc_words_bar(w->bar, language, arena) : rc_clean_text(label, arena),
                   "change", change(&k, w), "effects", effect, "worth", worth(&k, w));
}

/* ---- The section ---- */

enum { COLUMNS = 8 };

static rc_table_cell cell(const speaker *k, rc_quantity q, double x, int digits) {
    char text[RC_NUMBER_TEXT];
    if (isnan(x))
        return (rc_table_cell){.value = NAN, .unit = q.unit};
    if (q.currency != NULL && rc_currency_sign(q.currency) == NULL)
        q.currency = NULL;
    rc_number_text(text, &q, x, rounding(q, x, digits));
    return (rc_table_cell){.text = rc_arena_strdup(k->arena, text), .value = x, .unit = q.unit};
}

static rc_table_cell share(const speaker *k, double x) {
    char text[RC_NUMBER_TEXT];
    if (isnan(x))
        return (rc_table_cell){.value = NAN, .unit = RC_UNIT_RATIO};
    return (rc_table_cell){.text = rc_arena_strdup(k->arena, rc_share_text(text, x, k->language)),
                           .value = x,
                           .unit = RC_UNIT_RATIO};
}

static void fill_row(const speaker *k, const rc_swing *w, rc_table_cell *cells) {
    cells[0] = (rc_table_cell){.text = rc_words_bar(w->bar, k->language, k->arena), .value = NAN};
    for (int side = 0; side < 2; side++) {
        cells[1 + side] = cell(k, bar_quantity(k, w), side == 0 ? w->from : w->to, 3);
        if (w->event)
            cells[1 + side] = (rc_table_cell){
                .text = side == 0 ? rc_tr_in(k->language, "column of drivers", "without")
                                  : rc_tr_in(k->language, "column of drivers", "with"),
                .value = NAN};
        cells[3 + side] = share(k, w->loss[side]);
        cells[5 + side] = cell(k, target_quantity(k), w->median[side], 3);
    }
    cells[7] = cell(k, worth_quantity(k), w->tells ? w->worth : NAN, 2);
}

static const rc_table *make_table(const speaker *k) {
    static const char *const loss[] = {
        "",
        RC_TR_IN("column of drivers", "From"),
        RC_TR_IN("column of drivers", "to"),
        RC_TR_IN("column of drivers", "Chance of loss"),
        RC_TR_IN("column of drivers", "then"),
        RC_TR_IN("column of drivers", "Middle case"),
        RC_TR_IN("column of drivers", "then"),
        RC_TR_IN("column of drivers", "Worth knowing"),
    };
    static const char below[] = RC_TR_IN("column of drivers", "Chance below 0");
    const char **columns = RC_NEW(k->arena, const char *, COLUMNS);
    for (int i = 0; i < COLUMNS; i++)
        columns[i] = rc_tr_in(k->language, "column of drivers",
                              i == 3 && !k->drivers->balance ? below : loss[i]);
    const rc_drivers *d = k->drivers;
    rc_table *table = RC_NEW(k->arena, rc_table, 1);
    rc_table_cell *cells = RC_NEW(k->arena, rc_table_cell, d->n_swings * COLUMNS);
    for (size_t i = 0; i < d->n_swings; i++)
        fill_row(k, &d->swings[i], cells + i * COLUMNS);
    *table = (rc_table){.columns = columns,
                        .n_columns = COLUMNS,
                        .n_rows = d->n_swings,
                        .cells = cells,
                        .roles = RC_NEW(k->arena, rc_row_role, d->n_swings)};
    return table;
}

static void add_notes(const rc_drivers *d, const char *language, rc_arena *arena, rc_section *out) {
    bool values = false, factors = false, risks = false;
    for (size_t i = 0; i < d->n_swings; i++) {
        values |= !isnan(d->swings[i].from);
        factors |= d->swings[i].bar->kind == RC_BAR_FACTOR;
        risks |= d->swings[i].bar->kind == RC_BAR_RISK;
    }
    const char **notes = RC_NEW(arena, const char *, 2);
    if (values)
        notes[out->n_notes++] =
            rc_tr(language,
                  "The closest first. From and to: in one case of four it is lower than the first "
                  "value, in one of four higher than the second; all else varies as it does.");
    if (factors || risks)
        notes[out->n_notes++] = factors && risks ? rc_tr(language, "★ key factor, ! risk.")
                                : factors        ? rc_tr(language, "★ key factor.")
                                                 : rc_tr(language, "! risk.");
    out->notes = notes;
}

void rc_section_drivers(rc_maker *m) {
    const rc_result *r = m->result;
    const char *language = m->language;
    rc_arena *arena = m->arena;
    const rc_drivers *d = r->drivers;
    if (d == NULL || d->n_swings == 0)
        return;
    speaker k = {r, d, language, arena, true};
    rc_sentence *sentences = RC_NEW(arena, rc_sentence, d->n_swings);
    const rc_ranked *rows = d->rankings[0].rows;
    for (size_t i = 0; i < d->n_swings; i++)
        sentences[i] = (rc_sentence){
            .topic = rc_arena_printf(arena, "%u", rows[i].rank),
            .text = rc_words_swing(r, d, &d->swings[i], RC_SWING_PLAIN, language, arena)};
    const char *label = rc_clean_text(rc_label_text(&d->label, language, d->output), arena);
    rc_section *out = rc_add_section(
        m, (rc_section){.id = "drivers",
                        .part = RC_PART_EXECUTIVE,
                        .title =
                            RC_TEXT(arena, language, "What drives it · {output}", "output", label),
                        .told = true,
                        .sentences = sentences,
                        .n_sentences = d->n_swings,
                        .table = make_table(&k)});
    add_notes(d, language, arena, out);
}

/* ---- What would change the decision ---- */

enum { SHOWN = 2 };

const char *rc_words_break_even(const rc_result *r, const rc_drivers *d, const rc_break_even *e,
                                const char *language, rc_arena *arena) {
    char at[RC_NUMBER_TEXT], share[RC_NUMBER_TEXT];
    rc_quantity q = rc_drivers_quantity(r, e->bar->unit, e->bar->unit_text, language);
    bool above = e->rising != d->pays; /* where the decision is another one */
    const char *label = rc_words_bar(e->bar, language, arena);
    rc_share_text(share, above ? 1 - e->share.value : e->share.value, language);
    const char *where = above ? RC_TR("{factor} above {value} (in {share} of cases)")
                              : RC_TR("{factor} below {value} (in {share} of cases)");
    if (e->whether)
        where = above ? RC_TR("{factor}, when it happens (in {share} of cases)")
                      : RC_TR("{factor}, when it does not happen (in {share} of cases)");
    else if (isnan(e->at.value))
        where = above ? RC_TR("{factor} in its upper {share} of cases")
                      : RC_TR("{factor} in its lower {share} of cases");
    const char *condition = RC_TEXT(arena, language, where, "factor", label, "share", share,
                                    "value", spoken(at, q, e->at.value, 3));
    return RC_TEXT(arena, language,
                   d->pays ? RC_TR("{condition}: then it loses money on average.")
                           : RC_TR("{condition}: then it pays on average."),
                   "condition", condition);
}

void rc_section_break_even(rc_maker *m) {
    const rc_result *r = m->result;
    const char *language = m->language;
    rc_arena *arena = m->arena;
    const rc_drivers *d = r->drivers;
    size_t n = d == NULL ? 0 : d->n_break_evens < SHOWN ? d->n_break_evens : SHOWN;
    if (n == 0)
        return;
    rc_sentence *sentences = RC_NEW(arena, rc_sentence, n);
    for (size_t i = 0; i < n; i++)
        sentences[i] =
            (rc_sentence){.topic = rc_arena_printf(arena, "%zu", i + 1),
                          .text = rc_words_break_even(r, d, &d->break_evens[i], language, arena)};
    rc_add_section(m, (rc_section){.id = "break_even",
                                   .part = RC_PART_EXECUTIVE,
                                   .title = rc_tr(language, "What would change the decision"),
                                   .sentences = sentences,
                                   .n_sentences = n});
}
