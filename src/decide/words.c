/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison in plain words: its title, and what one who has to choose asks first. */
#include "decide/words.h"

#include "core/language.h"
#include "decide/page.h"

#include <math.h>
#include <string.h>

enum { SENTENCES = 6 };

const char *rc_alternative_name(const rc_alternative *a, const char *language, rc_arena *arena) {
    return a->nothing ? rc_tr(language, a->name) : rc_clean_text(a->name, arena);
}

const char *rc_comparison_name_of(const rc_comparison_page *p, size_t alternative) {
    return rc_alternative_name(&p->c->alternatives[alternative], p->language, p->arena);
}

const char *rc_comparison_measure(const rc_comparison_page *p) {
    const rc_output *o = p->c->alternatives[0].measure;
    return rc_clean_text(rc_label_text(&o->label, p->language, o->name), p->arena);
}

/* No finer than its interval, four digits at most. */
const char *rc_comparison_amount(const rc_comparison_page *p, rc_estimate e, bool sign) {
    char text[RC_NUMBER_TEXT];
    double error = isfinite(e.high - e.low) ? 0.5 * (e.high - e.low) : 0;
    rc_rounding rounding = {.digits = 4, .error = error, .sign = sign};
    rc_quantity unit = p->unit;
    unit.in_words = true;
    return rc_arena_strdup(p->arena, rc_number_text(text, &unit, e.value, rounding));
}

static const char *best_text(const rc_comparison_page *p) {
    const rc_comparison *c = p->c;
    const rc_estimate d = c->rivals->difference;
    const char *lead = rc_comparison_name_of(p, c->leader),
               *other = rc_comparison_name_of(p, c->second);
    double ahead = c->higher_is_better ? d.value : -d.value;
    bool told_apart = d.low > 0 || d.high < 0;
    if (!(ahead > 0))
        return RC_TEXT(p->arena, p->language, "{one} and {other} come out alike.", "one", lead,
                       "other", other);
    const char *by = rc_comparison_amount(p, (rc_estimate){fabs(d.value), d.low, d.high}, false);
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

static const char *odds_text(const rc_comparison_page *p) {
    const rc_comparison *c = p->c;
    const char *lead = rc_comparison_name_of(p, c->leader),
               *other = rc_comparison_name_of(p, c->second);
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

static const char *risk_text(const rc_comparison_page *p) {
    const rc_comparison *c = p->c;
    const rc_dominance *d = &c->rivals->b_over_a;
    const char *lead = rc_comparison_name_of(p, c->leader),
               *other = rc_comparison_name_of(p, c->second);
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
static bool nothing_is_better(const rc_comparison_page *p) {
    const rc_alternative *lead = &p->c->alternatives[p->c->leader];
    bool asked = false;
    for (size_t i = 0; i < p->c->n; i++)
        asked |= p->c->alternatives[i].nothing;
    return !asked && strcmp(lead->measure->name, "npv") == 0 &&
           rc_output_value(lead->measure, "mean", NULL) < 0;
}

static const char *nothing_text(const rc_comparison_page *p) {
    return RC_TEXT(p->arena, p->language,
                   "Even {one} loses on average: to do none of them earns more, and --or-nothing "
                   "sets that beside them.",
                   "one", rc_comparison_name_of(p, p->c->leader));
}

static const char *knowing_text(const rc_comparison_page *p) {
    if (!(p->c->knowing.value > 0))
        return RC_TEXT(p->arena, p->language,
                       "Nothing: {one} is the best choice in every simulated case.", "one",
                       rc_comparison_name_of(p, p->c->leader));
    return RC_TEXT(p->arena, p->language,
                   "Knowing everything before choosing would be worth up to {amount} on average.",
                   "amount", rc_comparison_amount(p, p->c->knowing, false));
}

const rc_ranking *rc_comparison_ranking(const rc_comparison_page *p, const char *method) {
    return p->c->factors != NULL ? rc_drivers_ranking(p->c->factors, method) : NULL;
}

const char *rc_comparison_bar(const rc_comparison_page *p, const rc_bar *bar) {
    return rc_clean_text(rc_label_text(&bar->label, p->language, bar->name), p->arena);
}

static const char *factor_text(const rc_comparison_page *p) {
    const rc_ranking *worth = rc_comparison_ranking(p, "evppi");
    if (worth == NULL || worth->n_entries == 0 || worth->rows[0].chance ||
        !(worth->rows[0].score[0].value > 0))
        return rc_tr(p->language, "No single input would change which one to choose.");
    return RC_TEXT(p->arena, p->language,
                   "{input}; knowing it before choosing is worth up to {amount}.", "input",
                   rc_comparison_bar(p, worth->rows[0].bar), "amount",
                   rc_comparison_amount(p, worth->rows[0].score[0], false));
}

const char *rc_comparison_subtitle(const rc_comparison_page *p) {
    const rc_result *r = p->c->alternatives[0].result;
    char cases[RC_NUMBER_TEXT];
    const char *n = rc_arena_printf(p->arena, "%zu", p->c->n);
    const char *seed = rc_arena_printf(p->arena, "%llu", (unsigned long long)r->seed);
    rc_count_text(cases, r->trials);
    if (*r->currency == '\0' || p->unit.unit != RC_UNIT_MONEY)
        return RC_TEXT(p->arena, p->language,
                       "{n} alternatives by {measure} · {cases} simulated cases each · seed {seed}",
                       "n", n, "measure", rc_comparison_measure(p), "cases", cases, "seed", seed);
    return RC_TEXT(
        p->arena, p->language,
        "{n} alternatives by {measure} in {currency} · {cases} simulated cases each · seed {seed}",
        "n", n, "measure", rc_comparison_measure(p), "currency",
        rc_currency_name(rc_clean_text(r->currency, p->arena), p->language), "cases", cases, "seed",
        seed);
}

const char *rc_comparison_title(const rc_comparison_page *p) {
    const char *text = rc_comparison_name_of(p, 0);
    for (size_t i = 1; i < p->c->n; i++)
        text = i + 1 < p->c->n ? RC_TEXT(p->arena, p->language, "{some}, {next}", "some", text,
                                         "next", rc_comparison_name_of(p, i))
                               : RC_TEXT(p->arena, p->language, "{some} or {last}?", "some", text,
                                         "last", rc_comparison_name_of(p, i));
    return text;
}

size_t rc_comparison_words(const rc_comparison_page *p, const rc_sentence **out) {
    rc_sentence *list = RC_NEW(p->arena, rc_sentence, SENTENCES);
    size_t n = 0;
    list[n++] = (rc_sentence){rc_tr(p->language, "Best on average"), best_text(p)};
    list[n++] = (rc_sentence){rc_tr(p->language, "How sure"), odds_text(p)};
    list[n++] = (rc_sentence){rc_tr(p->language, "Risk"), risk_text(p)};
    list[n++] = (rc_sentence){rc_tr(p->language, "What decides"), factor_text(p)};
    list[n++] = (rc_sentence){rc_tr(p->language, "Worth knowing"), knowing_text(p)};
    if (nothing_is_better(p))
        list[n++] = (rc_sentence){rc_tr(p->language, "Doing nothing"), nothing_text(p)};
    *out = list;
    return n;
}
