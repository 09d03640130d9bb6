/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentences at the top of a report: what a decision maker asks first, in words without
 * statistics. Each changes with the odds and says what is so at the edges: certain loss, no loss
 * seen, money never back, nothing uncertain. */
#include "report/document_make.h"

#include "core/language.h"
#include "core/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MAX_SENTENCES = 12 };

typedef struct page {
    const rc_result *result;
    rc_arena *arena;
    const char *language;
    rc_sentence *sentences;
    size_t n;
    const char *today; /* ", in today's money" or "" */
    char cases[RC_NUMBER_TEXT];
} page;

static void say(page *p, const char *topic, rc_text *text) {
    if (text->length > 0 && p->n < MAX_SENTENCES)
        p->sentences[p->n++] =
            (rc_sentence){.topic = topic, .text = rc_arena_strdup(p->arena, text->bytes)};
    rc_text_free(text);
}

/* ---- Numbers in sentences: few digits ----------------------------------------------------------
 */

typedef struct spoken {
    char text[RC_NUMBER_TEXT];
} spoken;

static spoken speak(const rc_quantity *q, double value, double error, bool sign) {
    rc_quantity in_words = *q;
    in_words.in_words = true;
    rc_rounding r = {.digits = q->unit == RC_UNIT_YEARS ? 2 : 3, .error = error, .sign = sign};
    if (q->unit == RC_UNIT_RATIO && fabs(value) >= 0.095 && r.error > 0 && r.error < 0.01)
        r.error = 0.01; /* whole per cents are enough, unless the value is exact */
    if (q->unit == RC_UNIT_RATIO && !(r.error > 0))
        r.digits = 5;
    spoken s;
    rc_number_text(s.text, &in_words, value, r);
    return s;
}

static spoken row(const page *p, const rc_output *o, const char *key, const char *sub) {
    rc_quantity q = rc_output_quantity(p->result, o, p->language);
    double error = rc_output_error(o, key, sub);
    bool varies = rc_output_value(o, "min", NULL) < rc_output_value(o, "max", NULL);
    if (varies && !(error > 0))
        error = fabs(rc_output_value(o, key, sub)) * 1e-3;
    return speak(&q, rc_output_value(o, key, sub), error, q.unit == RC_UNIT_RATIO);
}

static const char *chance_of(const page *p, double chance) {
    rc_text t = {0};
    rc_words_chance(&t, chance, p->language);
    const char *kept = rc_arena_strdup(p->arena, t.bytes);
    rc_text_free(&t);
    return kept;
}

static void capital(rc_text *t, size_t at) {
    if (t->length > at && t->bytes[at] >= 'a' && t->bytes[at] <= 'z')
        t->bytes[at] = (char)(t->bytes[at] - 'a' + 'A');
}

static const char *horizon(const page *p) {
    return rc_horizon_within(p->result, p->language, p->arena);
}

/* ---- The sentences ---- */

/** "Nine times in ten between A and B; half the time above C." for any output that varies. */
static void add_range(rc_text *t, const page *p, const rc_output *o) {
    double low = rc_output_value(o, "percentiles", "5");
    double middle = rc_output_value(o, "percentiles", "50");
    double high = rc_output_value(o, "percentiles", "95");
    if (isnan(low) || isnan(middle) || isnan(high))
        return;
    rc_quantity q = rc_output_quantity(p->result, o, p->language);
    double largest = fmax(fabs(middle), fmax(fabs(low), fabs(high)));
    double error = rc_output_error(o, "percentiles", "50"); /* one rounding for all three */
    error = fmax(error, q.unit == RC_UNIT_RATIO && largest >= 0.095 ? 0.01 : largest * 1.0001e-3);
    bool sign = q.unit == RC_UNIT_RATIO;
    spoken a = speak(&q, low, error, sign), b = speak(&q, high, error, sign);
    spoken m = speak(&q, middle, error, sign);
    if (low == high)
        RC_SAY(t, p->language,
               "{value} in at least nine cases in ten, though it can be as low as {low} and as "
               "high as {high}.",
               "value", a.text, "low", row(p, o, "min", NULL).text, "high",
               row(p, o, "max", NULL).text);
    else if (middle == low || middle == high)
        RC_SAY(t, p->language,
               "Nine times in ten from {low} to {high}; in the middle case {middle}.", "low",
               a.text, "high", b.text, "middle", m.text);
    else
        RC_SAY(t, p->language,
               "Nine times in ten between {low} and {high}; half the time above {middle}.", "low",
               a.text, "high", b.text, "middle", m.text);
}

static void add_undefined(rc_text *t, const page *p, const rc_output *o) {
    char share[RC_NUMBER_TEXT];
    if (!(o->undefined > 0 && o->undefined < 1))
        return;
    rc_next_sentence(t);
    RC_SAY(t, p->language, "(In {share} of cases it has no value; these are left out.)", "share",
           rc_share_text(share, o->undefined, p->language));
}

static void say_worth(page *p, rc_text *t, const rc_output *npv) {
    /* TRANSLATORS: {today} is nothing, or ", in today's money" */
    static const char *const even[] = {RC_TR("On average it just about breaks even{today}."),
                                       RC_TR("It just about breaks even{today}.")};
    static const char *const more[] = {
        RC_TR("On average it brings in {amount} more than it costs{today}."),
        RC_TR("It brings in {amount} more than it costs{today}.")};
    static const char *const less[] = {
        RC_TR("On average it brings in {amount} less than it costs{today}."),
        RC_TR("It brings in {amount} less than it costs{today}.")};
    rc_quantity q = rc_output_quantity(p->result, npv, p->language);
    double mean = rc_output_value(npv, "mean", NULL);
    double error = rc_output_error(npv, "mean", NULL);
    if (isnan(mean))
        return;
    bool none = fabs(mean) <= error || mean == 0;
    rc_next_sentence(t);
    RC_SAY(t, p->language,
           (none       ? even
            : mean > 0 ? more
                       : less)[rc_output_constant(npv)],
           "amount", speak(&q, fabs(mean), error, false).text, "today", p->today);
}

static void say_return(page *p, const rc_output *roi, const rc_output *npv) {
    rc_text t = {0};
    if (roi != NULL && !(roi->undefined < 1)) {
        rc_text_add(&t, rc_tr(p->language, "It has no value here: there are no costs to set the "
                                           "benefits against."));
    } else if (roi != NULL && rc_output_constant(roi)) {
        RC_SAY(&t, p->language, "{value}.", "value", row(p, roi, "mean", NULL).text);
    } else if (roi != NULL) {
        add_range(&t, p, roi);
        add_undefined(&t, p, roi);
    }
    if (npv != NULL)
        say_worth(p, &t, npv);
    say(p, rc_tr(p->language, "Return"), &t);
}

static void say_loss(page *p, const rc_output *roi, const rc_output *npv) {
    const rc_output *o = npv != NULL ? npv : roi;
    if (o == NULL)
        return;
    double chance = rc_output_value(o, "below_zero", NULL);
    if (isnan(chance))
        return;
    rc_text t = {0};
    const char *l = p->language;
    if (rc_one_of_many(p->result)) {
        rc_text_add(&t, chance > 0 ? rc_tr(l, "It happened in the one simulated case.")
                                   : rc_tr(l, "It did not happen in the one simulated case."));
    } else if (rc_output_constant(o) && rc_output_value(o, "mean", NULL) < 0) {
        rc_text_add(&t,
                    rc_tr(l, "Certain: nothing in this model is left to chance, and it loses."));
    } else if (rc_output_constant(o)) {
        rc_text_add(&t, rc_tr(l, "Not in this model: nothing in it is left to chance, and it does "
                                 "not lose."));
    } else if (chance <= 0) {
        RC_SAY(&t, l, "It did not happen in any of the {cases} simulated cases.", "cases",
               p->cases);
    } else if (chance >= 1) {
        RC_SAY(&t, l, "It happened in every one of the {cases} simulated cases.", "cases",
               p->cases);
    } else {
        RC_SAY(&t, l, "{chance}.", "chance", chance_of(p, chance));
        capital(&t, 0);
    }
    say(p, rc_tr(l, "Losing money"), &t);
}

static void say_hurdle(page *p) {
    const rc_output *o = rc_result_find(p->result, p->result->hurdle_is_irr ? "irr" : "roi");
    if (o == NULL || isnan(p->result->hurdle))
        return;
    double chance = rc_output_value(o, "at_least_hurdle", NULL);
    if (isnan(chance))
        return;
    const char *l = p->language, *message = RC_TR("Reaching a return of {hurdle} is {chance}.");
    rc_quantity q = {.unit = RC_UNIT_RATIO, .language = l};
    spoken size = speak(&q, p->result->hurdle, 0, false);
    const char *hurdle = p->result->hurdle_is_irr
                             ? RC_TEXT(p->arena, l, "{percent} a year", "percent", size.text)
                             : size.text;
    if (rc_one_of_many(p->result))
        message = chance > 0
                      ? RC_TR("Reaching a return of {hurdle} happened in the one simulated case.")
                      : RC_TR("Reaching a return of {hurdle} did not happen in the one simulated "
                              "case.");
    else if (rc_output_constant(o) && o->undefined == 0)
        message = chance >= 1 ? RC_TR("Reaching a return of {hurdle} is certain in this model.")
                              : RC_TR("Reaching a return of {hurdle} is out of reach in this "
                                      "model.");
    else if (chance <= 0)
        message = RC_TR("Reaching a return of {hurdle} did not happen in any of the {cases} "
                        "simulated cases.");
    else if (chance >= 1)
        message = RC_TR("Reaching a return of {hurdle} happened in every one of the {cases} "
                        "simulated cases.");
    rc_text t = {0};
    RC_SAY(&t, l, message, "hurdle", hurdle, "cases", p->cases, "chance",
           chance > 0 && chance < 1 ? chance_of(p, chance) : "");
    say(p, rc_tr(l, "The hurdle"), &t);
}

/** What the worst one in twenty bring: a return, money, or both. */
enum { ONLY_RETURN, ONLY_LOSS, ONLY_GAIN, RETURN_AND_LOSS, RETURN_AND_GAIN };

static const char *worst_message(bool even, int what) {
    static const char *const plain[] = {
        [ONLY_RETURN] = RC_TR("The worst one in twenty average a return of {return}{today}."),
        [ONLY_LOSS] = RC_TR("The worst one in twenty average a loss of {amount}{today}."),
        [ONLY_GAIN] = RC_TR("The worst one in twenty average a gain of {amount}{today}."),
        [RETURN_AND_LOSS] = RC_TR("The worst one in twenty average a return of {return}, a loss "
                                  "of {amount}{today}."),
        [RETURN_AND_GAIN] = RC_TR("The worst one in twenty average a return of {return}, a gain "
                                  "of {amount}{today}."),
    };
    static const char *const still[] = {
        [ONLY_RETURN] =
            RC_TR("Even the worst one in twenty still average a return of {return}{today}."),
        [ONLY_LOSS] = RC_TR("Even the worst one in twenty still average a loss of "
                            "{amount}{today}."),
        [ONLY_GAIN] = RC_TR("Even the worst one in twenty still average a gain of "
                            "{amount}{today}."),
        [RETURN_AND_LOSS] = RC_TR("Even the worst one in twenty still average a return of "
                                  "{return}, a loss of {amount}{today}."),
        [RETURN_AND_GAIN] = RC_TR("Even the worst one in twenty still average a return of "
                                  "{return}, a gain of {amount}{today}."),
    };
    return (even ? still : plain)[what];
}

static void say_worst(page *p, const rc_output *roi, const rc_output *npv) {
    rc_text t = {0};
    double r = roi != NULL ? rc_output_value(roi, "cvar_5", NULL) : NAN;
    double money = npv != NULL ? rc_output_value(npv, "cvar_5", NULL) : NAN;
    if (!isnan(r) && !isnan(money) && (r < 0) != (money < 0))
        r = NAN; /* costs below 0 in some cases: then the return says nothing of gain or loss */
    const rc_output *o = isnan(r) ? npv : roi;
    if (o == NULL || rc_output_constant(o) || (isnan(r) && isnan(money)))
        return;
    bool even = (isnan(r) ? money : r) >= 0;
    int what = isnan(money) ? ONLY_RETURN
               : isnan(r)   ? (money < 0 ? ONLY_LOSS : ONLY_GAIN)
                            : (money < 0 ? RETURN_AND_LOSS : RETURN_AND_GAIN);
    spoken a = {""}, b = {""};
    if (!isnan(r))
        a = row(p, roi, "cvar_5", NULL);
    if (!isnan(money)) {
        rc_quantity q = rc_output_quantity(p->result, npv, p->language);
        b = speak(&q, fabs(money), rc_output_error(npv, "cvar_5", NULL), false);
    }
    RC_SAY(&t, p->language, worst_message(even, what), "return", a.text, "amount", b.text, "today",
           p->today);
    say(p, rc_tr(p->language, "A bad case"), &t);
}

static void say_cash(page *p) {
    const rc_output *o = rc_result_find(p->result, "peak_cash");
    if (o == NULL)
        return;
    rc_quantity q = rc_output_quantity(p->result, o, p->language);
    double middle = rc_output_value(o, "percentiles", "50");
    double high = rc_output_value(o, "percentiles", "95");
    if (isnan(middle) || isnan(high))
        return;
    rc_text t = {0};
    spoken m = speak(&q, fabs(middle), rc_output_error(o, "percentiles", "50"), false);
    spoken h = speak(&q, fabs(high), rc_output_error(o, "percentiles", "95"), false);
    const char *message =
        RC_TR("{amount} out of pocket at the deepest point; one time in twenty more than {more}.");
    if (rc_output_value(o, "max", NULL) <= 0)
        message = RC_TR("None: it pays for itself at every moment.");
    else if (high <= 0)
        message = RC_TR("Rarely any; at worst {worst}.");
    else if (middle == high)
        message = RC_TR("{amount} out of pocket at the deepest point.");
    else if (middle <= 0)
        message = RC_TR("More often than not none; one time in twenty more than {more}.");
    RC_SAY(&t, p->language, message, "amount", m.text, "more", h.text, "worst",
           row(p, o, "max", NULL).text);
    say(p, rc_tr(p->language, "Cash needed"), &t);
}

static void add_never(rc_text *t, double never, const page *p) {
    bool plain = never >= 0.04 && never < 0.42; /* "about one in ten", after a colon */
    rc_next_sentence(t);
    RC_SAY(t, p->language,
           plain ? RC_TR("Not back within the {horizon}: {chance}.")
                 : RC_TR("Not being back within the {horizon} is {chance}."),
           "horizon", horizon(p), "chance", chance_of(p, never));
}

/** "After 2.4 years", or months within the first year. */
static void add_after(rc_text *t, const page *p, const rc_output *payback, double middle,
                      bool fixed) {
    const char *l = p->language;
    const char *time = rc_time_text(middle, row(p, payback, "percentiles", "50").text, l, p->arena);
    const char *message =
        fixed ? RC_TR("After {time}.") : RC_TR("After {time} in the middle case.");
    if (time == NULL)
        message = fixed ? RC_TR("Within a month.") : RC_TR("Within a month in the middle case.");
    RC_SAY(t, l, message, "time", time != NULL ? time : "");
}

static void say_payback(page *p) {
    const rc_output *o = rc_result_find(p->result, "payback");
    if (o == NULL || !(o->undefined < 1))
        return;
    const char *l = p->language;
    double middle = rc_output_value(o, "percentiles", "50");
    double last = rc_output_value(o, "max", NULL);
    double never = o->infinite;
    rc_text t = {0};
    if (never >= 1) {
        RC_SAY(&t, l,
               p->result->trials > 1 && !rc_nothing_varies(p->result)
                   ? RC_TR("Never within the {horizon}, in any of the simulated cases.")
                   : RC_TR("Never within the {horizon}."),
               "horizon", horizon(p));
    } else if (isnan(middle) || isinf(middle)) {
        add_never(&t, never, p);
    } else if (never <= 0 && last == 0) {
        rc_text_add(&t, rc_tr(l, "At once: it is never out of pocket."));
    } else {
        bool fixed = never <= 0 && last == rc_output_value(o, "min", NULL);
        if (middle == 0)
            rc_text_add(&t, fixed ? rc_tr(l, "At once.") : rc_tr(l, "At once in the middle case."));
        else
            add_after(&t, p, o, middle, fixed);
        if (never > 0) {
            add_never(&t, never, p);
        } else if (!fixed && !isnan(last)) {
            rc_next_sentence(&t);
            RC_SAY(&t, l, "In every simulated case it was back within the {horizon}.", "horizon",
                   horizon(p));
        }
    }
    say(p, rc_tr(l, "Money back"), &t);
}

/** What else there is to say of a target that the model defines and that varies. */
static void add_more(rc_text *t, const page *p, const rc_output *o) {
    if (!isnan(rc_output_value(o, "mean", NULL))) {
        rc_next_sentence(t);
        RC_SAY(t, p->language, "On average {mean}.", "mean", row(p, o, "mean", NULL).text);
    }
    double below = rc_output_value(o, "below_zero", NULL);
    if (below > 0 && below < 1) {
        rc_next_sentence(t);
        RC_SAY(t, p->language, "Below zero: {chance}.", "chance", chance_of(p, below));
    }
    if (!isnan(rc_output_value(o, "cvar_5", NULL))) {
        rc_next_sentence(t);
        RC_SAY(t, p->language,
               o->higher_is_better ? RC_TR("The lowest one in twenty average {mean}.")
                                   : RC_TR("The highest one in twenty average {mean}."),
               "mean", row(p, o, "cvar_5", NULL).text);
    }
    add_undefined(t, p, o);
}

static void say_output(page *p, const rc_output *o) {
    rc_text t = {0};
    const char *topic = rc_clean_text(rc_label_text(&o->label, p->language, o->name), p->arena);
    if (!(o->undefined < 1)) {
        rc_text_add(&t, rc_tr(p->language, "It has no value in any simulated case."));
    } else if (rc_output_constant(o)) {
        RC_SAY(&t, p->language,
               rc_one_of_many(p->result) ? RC_TR("{value}.")
                                         : RC_TR("{value}. Nothing about it is left to chance."),
               "value", row(p, o, "mean", NULL).text);
    } else {
        add_range(&t, p, o);
        add_more(&t, p, o);
    }
    say(p, topic, &t);
}

/** What to think of a run of very few cases; NULL: they are enough to speak of odds. */
static const char *few_cases(const page *p) {
    enum { FEW = 100 };
    if (rc_one_of_many(p->result))
        return rc_tr(p->language,
                     "One simulated case shows what may happen, not how likely it is.");
    if (p->result->trials >= FEW || rc_nothing_varies(p->result))
        return NULL;
    return RC_TEXT(p->arena, p->language,
                   "Only {cases} cases were simulated: too few to speak of odds.", "cases",
                   p->cases);
}

size_t rc_words(const rc_result *result, const char *language, rc_arena *arena,
                const rc_sentence **out) {
    page p = {.result = result, .arena = arena, .language = language};
    p.sentences = RC_NEW(arena, rc_sentence, MAX_SENTENCES);
    p.today = result->discount_rate == 0 ? "" : rc_tr(language, ", in today's money");
    rc_count_text(p.cases, result->trials);
    const rc_output *target = rc_result_target(result);
    if (target != NULL && target->kind != RC_OUTPUT_METRIC)
        say_output(&p, target);
    const rc_output *roi = rc_result_find(result, "roi"), *npv = rc_result_find(result, "npv");
    if (roi != NULL && roi->kind != RC_OUTPUT_METRIC)
        roi = NULL;
    if (npv != NULL && npv->kind != RC_OUTPUT_METRIC)
        npv = NULL;
    say_return(&p, roi, npv);
    say_loss(&p, roi, npv);
    say_hurdle(&p);
    say_worst(&p, roi, npv);
    say_cash(&p);
    say_payback(&p);
    if (p.n == 0 && target != NULL)
        say_output(&p, target);
    const char *precision = rc_words_precision(result, language, arena);
    if (precision == NULL)
        precision = few_cases(&p);
    if (precision != NULL && p.n < MAX_SENTENCES)
        p.sentences[p.n++] =
            (rc_sentence){.topic = rc_tr(language, "Precision"), .text = precision};
    *out = p.sentences;
    return p.n;
}

void rc_section_answers(rc_maker *m) {
    const rc_sentence *sentences;
    size_t n = rc_words(m->result, m->language, m->arena, &sentences);
    rc_add_section(m, (rc_section){.id = "answers",
                                   .part = RC_PART_EXECUTIVE,
                                   .sentences = sentences,
                                   .n_sentences = n});
}
