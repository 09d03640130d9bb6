/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentences at the top of a report: what a decision maker asks first, in words without
 * statistics. Each changes with the odds and says what is so at the edges: certain loss, no loss
 * seen, money never back, nothing uncertain. */
#include "report/document.h"

#include "core/text.h"

#include <math.h>
#include <string.h>

enum { MAX_SENTENCES = 12 };

typedef struct page {
    const rc_result *result;
    rc_arena *arena;
    const char *language;
    rc_sentence *sentences;
    size_t n;
    const char *money_of; /* ", in today's money" or "" */
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
    rc_rounding r = {.digits = q->unit == RC_UNIT_YEARS ? 2 : 3, .error = error, .sign = sign};
    if (q->unit == RC_UNIT_RATIO && fabs(value) >= 0.095 && r.error > 0 && r.error < 0.01)
        r.error = 0.01; /* whole per cents are enough, unless the value is exact */
    if (q->unit == RC_UNIT_RATIO && !(r.error > 0))
        r.digits = 5;
    spoken s;
    rc_number_text(s.text, q, value, r);
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

/* ---- Chances -----------------------------------------------------------------------------------
 */

/** The nearest everyday fraction, "one in four". */
static const char *fraction(double p) {
    static const struct {
        double value;
        const char *words;
    } fractions[] = {
        {1 / 20., "one in twenty"},       {1 / 15., "one in fifteen"}, {1 / 12., "one in twelve"},
        {1 / 10., "one in ten"},          {1 / 8., "one in eight"},    {1 / 7., "one in seven"},
        {1 / 6., "one in six"},           {1 / 5., "one in five"},     {1 / 4., "one in four"},
        {3 / 10., "three in ten"},        {1 / 3., "one in three"},    {2 / 5., "two in five"},
        {1 / 2., "one in two"},           {3 / 5., "three in five"},   {2 / 3., "two in three"},
        {7 / 10., "seven in ten"},        {3 / 4., "three in four"},   {4 / 5., "four in five"},
        {5 / 6., "five in six"},          {7 / 8., "seven in eight"},  {9 / 10., "nine in ten"},
        {19 / 20., "nineteen in twenty"},
    };
    size_t best = 0;
    for (size_t i = 1; i < sizeof fractions / sizeof *fractions; i++)
        if (fabs(fractions[i].value - p) < fabs(fractions[best].value - p))
            best = i;
    return fractions[best].words;
}

void rc_words_chance(rc_text *out, double p, const char *language) {
    char share[RC_NUMBER_TEXT], one_in[RC_NUMBER_TEXT];
    rc_share_text(share, p, language);
    static const rc_quantity plain = {.unit = RC_UNIT_NUMBER};
    if (p < 0.001)
        rc_text_addf(out, "very unlikely: %s", share);
    else if (p < 0.04)
        rc_text_addf(out, "%s: about one in %s (%s)", p < 0.02 ? "very unlikely" : "unlikely",
                     rc_number_text(one_in, &plain, 1 / p, (rc_rounding){.digits = 1}), share);
    else if (p < 0.42)
        rc_text_addf(out, "about %s (%s)", fraction(p), share);
    else if (p < 0.48)
        rc_text_addf(out, "a little less likely than not (%s)", share);
    else if (p < 0.52)
        rc_text_addf(out, "as likely as not (%s)", share);
    else if (p < 0.58)
        rc_text_addf(out, "a little more likely than not (%s)", share);
    else if (p < 0.72)
        rc_text_addf(out, "more likely than not: %s (%s)", fraction(p), share);
    else if (p < 0.88)
        rc_text_addf(out, "likely: about %s (%s)", fraction(p), share);
    else if (p < 0.97)
        rc_text_addf(out, "very likely: about %s (%s)", fraction(p), share);
    else
        rc_text_addf(out, "almost certain: %s", share);
}

static void capital(rc_text *t, size_t at) {
    if (t->length > at && t->bytes[at] >= 'a' && t->bytes[at] <= 'z')
        t->bytes[at] = (char)(t->bytes[at] - 'a' + 'A');
}

/* ---- Time ---- */

static void add_horizon(rc_text *t, const rc_result *r) {
    double months = r->years * 12;
    char n[RC_NUMBER_TEXT];
    static const rc_quantity plain = {.unit = RC_UNIT_NUMBER};
    bool whole = r->years == floor(r->years);
    double shown = whole || months != floor(months) ? r->years : months;
    const char *unit = shown == r->years ? "year" : "month";
    rc_text_addf(t, "%s %s%s", rc_number_text(n, &plain, shown, (rc_rounding){.digits = 4}), unit,
                 shown == 1 ? "" : "s");
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
        rc_text_addf(
            t, "%s in at least nine cases in ten, though it can be as low as %s and as high as %s.",
            a.text, row(p, o, "min", NULL).text, row(p, o, "max", NULL).text);
    else if (middle == low || middle == high)
        rc_text_addf(t, "Nine times in ten from %s to %s; in the middle case %s.", a.text, b.text,
                     m.text);
    else
        rc_text_addf(t, "Nine times in ten between %s and %s; half the time above %s.", a.text,
                     b.text, m.text);
}

static bool constant(const rc_output *o) {
    double low = rc_output_value(o, "min", NULL), high = rc_output_value(o, "max", NULL);
    return low == high;
}

static void add_undefined(rc_text *t, const page *p, const rc_output *o) {
    char share[RC_NUMBER_TEXT];
    if (o->undefined > 0 && o->undefined < 1)
        rc_text_addf(t, " (In %s of cases it has no value; these are left out.)",
                     rc_share_text(share, o->undefined, p->language));
}

static void say_worth(page *p, rc_text *t, const rc_output *npv) {
    rc_quantity q = rc_output_quantity(p->result, npv, p->language);
    double mean = rc_output_value(npv, "mean", NULL);
    double error = rc_output_error(npv, "mean", NULL);
    if (isnan(mean))
        return;
    bool always = constant(npv);
    rc_text_add(t, always ? " It " : " On average it ");
    if (fabs(mean) <= error || mean == 0)
        rc_text_addf(t, "just about breaks even%s.", p->money_of);
    else
        rc_text_addf(t, "brings in %s %s than it costs%s.",
                     speak(&q, fabs(mean), error, false).text, mean > 0 ? "more" : "less",
                     p->money_of);
}

static void say_return(page *p, const rc_output *roi, const rc_output *npv) {
    rc_text t = {0};
    if (roi != NULL && !(roi->undefined < 1)) {
        rc_text_add(&t, "It has no value here: there are no costs to set the benefits against.");
    } else if (roi != NULL && constant(roi)) {
        rc_text_addf(&t, "%s.", row(p, roi, "mean", NULL).text);
    } else if (roi != NULL) {
        add_range(&t, p, roi);
        add_undefined(&t, p, roi);
    }
    if (npv != NULL)
        say_worth(p, &t, npv);
    say(p, "Return", &t);
}

static void say_loss(page *p, const rc_output *roi, const rc_output *npv) {
    const rc_output *o = npv != NULL ? npv : roi;
    if (o == NULL)
        return;
    double chance = rc_output_value(o, "below_zero", NULL);
    if (isnan(chance))
        return;
    rc_text t = {0};
    if (constant(o)) {
        double x = rc_output_value(o, "mean", NULL);
        rc_text_add(
            &t, x < 0
                    ? "Certain: nothing in this model is left to chance, and it loses."
                    : "Not in this model: nothing in it is left to chance, and it does not lose.");
    } else if (chance <= 0) {
        rc_text_addf(&t, "It did not happen in any of the %s simulated cases.", p->cases);
    } else if (chance >= 1) {
        rc_text_addf(&t, "It happened in every one of the %s simulated cases.", p->cases);
    } else {
        rc_words_chance(&t, chance, p->language);
        capital(&t, 0);
        rc_text_add(&t, ".");
    }
    say(p, "Losing money", &t);
}

static void say_hurdle(page *p) {
    const rc_output *o = rc_result_find(p->result, p->result->hurdle_is_irr ? "irr" : "roi");
    if (o == NULL || isnan(p->result->hurdle))
        return;
    double chance = rc_output_value(o, "at_least_hurdle", NULL);
    if (isnan(chance))
        return;
    rc_quantity q = {.unit = RC_UNIT_RATIO};
    spoken hurdle = speak(&q, p->result->hurdle, 0, false);
    rc_text t = {0};
    rc_text_addf(&t, "Reaching a return of %s%s ", hurdle.text,
                 p->result->hurdle_is_irr ? " a year" : "");
    if (constant(o) && o->undefined == 0)
        rc_text_add(&t,
                    chance >= 1 ? "is certain in this model." : "is out of reach in this model.");
    else if (chance <= 0)
        rc_text_addf(&t, "did not happen in any of the %s simulated cases.", p->cases);
    else if (chance >= 1)
        rc_text_addf(&t, "happened in every one of the %s simulated cases.", p->cases);
    else {
        rc_text_add(&t, "is ");
        rc_words_chance(&t, chance, p->language);
        rc_text_add(&t, ".");
    }
    say(p, "The hurdle", &t);
}

static void say_worst(page *p, const rc_output *roi, const rc_output *npv) {
    rc_text t = {0};
    double r = roi != NULL ? rc_output_value(roi, "cvar_5", NULL) : NAN;
    double money = npv != NULL ? rc_output_value(npv, "cvar_5", NULL) : NAN;
    const rc_output *o = isnan(r) ? npv : roi;
    if (o == NULL || constant(o) || (isnan(r) && isnan(money)))
        return;
    bool even = (isnan(r) ? money : r) >= 0;
    rc_text_add(&t, even ? "Even the worst one in twenty still average"
                         : "The worst one in twenty average");
    if (!isnan(r))
        rc_text_addf(&t, " a return of %s", row(p, roi, "cvar_5", NULL).text);
    if (!isnan(money)) {
        rc_quantity q = rc_output_quantity(p->result, npv, p->language);
        rc_text_addf(&t, "%sa %s of %s", isnan(r) ? " " : ", ", money < 0 ? "loss" : "gain",
                     speak(&q, fabs(money), rc_output_error(npv, "cvar_5", NULL), false).text);
    }
    rc_text_addf(&t, "%s.", p->money_of);
    say(p, "A bad case", &t);
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
    if (rc_output_value(o, "max", NULL) <= 0)
        rc_text_add(&t, "None: it pays for itself at every moment.");
    else if (high <= 0)
        rc_text_addf(&t, "Rarely any; at worst %s.", row(p, o, "max", NULL).text);
    else if (middle == high)
        rc_text_addf(&t, "%s out of pocket at the deepest point.", m.text);
    else if (middle <= 0)
        rc_text_addf(&t, "More often than not none; one time in twenty more than %s.", h.text);
    else
        rc_text_addf(&t, "%s out of pocket at the deepest point; one time in twenty more than %s.",
                     m.text, h.text);
    say(p, "Cash needed", &t);
}

static void add_never(rc_text *t, double never, const page *p) {
    bool plain = never >= 0.04 && never < 0.42; /* "about one in ten", after a colon */
    rc_text_add(t, plain ? "Not back within the " : "Not being back within the ");
    add_horizon(t, p->result);
    rc_text_add(t, plain ? ": " : " is ");
    rc_words_chance(t, never, p->language);
    rc_text_add(t, ".");
}

/** "After 2.4 years", or months within the first year. */
static void add_after(rc_text *t, const page *p, const rc_output *payback, double middle,
                      const char *when) {
    double months = rint(12 * middle);
    if (middle < 1 && months > 0 && months < 12) {
        rc_text_addf(t, "After %g month%s%s.", months, months == 1 ? "" : "s", when);
    } else if (middle < 1 && months <= 0) {
        rc_text_addf(t, "Within a month%s.", when);
    } else {
        spoken m = row(p, payback, "percentiles", "50");
        bool one = strcmp(m.text, "1") == 0 || strcmp(m.text, "1.0") == 0;
        rc_text_addf(t, "After %s year%s%s.", one ? "1" : m.text, one ? "" : "s", when);
    }
}

static void say_payback(page *p) {
    const rc_output *o = rc_result_find(p->result, "payback");
    if (o == NULL || !(o->undefined < 1))
        return;
    double middle = rc_output_value(o, "percentiles", "50");
    double last = rc_output_value(o, "max", NULL);
    double never = o->infinite;
    rc_text t = {0};
    if (never >= 1) {
        rc_text_addf(&t, "Never within the ");
        add_horizon(&t, p->result);
        rc_text_add(&t, never >= 1 && p->result->trials > 1 && !constant(o)
                            ? ", in any of the simulated cases."
                            : ".");
    } else if (isnan(middle) || isinf(middle)) {
        add_never(&t, never, p);
    } else if (never <= 0 && last == 0) {
        rc_text_add(&t, "At once: it is never out of pocket.");
    } else {
        bool fixed = never <= 0 && last == rc_output_value(o, "min", NULL);
        const char *when = fixed ? "" : " in the middle case";
        if (middle == 0)
            rc_text_addf(&t, "At once%s.", when);
        else
            add_after(&t, p, o, middle, when);
        if (never > 0)
            rc_text_add(&t, " ");
        if (never > 0)
            add_never(&t, never, p);
        else if (!fixed && !isnan(last)) {
            rc_text_addf(&t, " In every simulated case it was back within the ");
            add_horizon(&t, p->result);
            rc_text_add(&t, ".");
        }
    }
    say(p, "Money back", &t);
}

/** For a target that the model itself defines. */
static void say_output(page *p, const rc_output *o) {
    rc_text t = {0};
    const char *topic = rc_clean_text(rc_label_text(&o->label, p->language, o->name), p->arena);
    if (!(o->undefined < 1)) {
        rc_text_add(&t, "It has no value in any simulated case.");
    } else if (constant(o)) {
        rc_text_addf(&t, "%s. Nothing about it is left to chance.", row(p, o, "mean", NULL).text);
    } else {
        add_range(&t, p, o);
        if (!isnan(rc_output_value(o, "mean", NULL)))
            rc_text_addf(&t, " On average %s.", row(p, o, "mean", NULL).text);
        double below = rc_output_value(o, "below_zero", NULL);
        if (below > 0 && below < 1) {
            rc_text_add(&t, " Below zero: ");
            rc_words_chance(&t, below, p->language);
            rc_text_add(&t, ".");
        }
        if (!isnan(rc_output_value(o, "cvar_5", NULL)))
            rc_text_addf(&t, " The %s one in twenty average %s.",
                         o->higher_is_better ? "lowest" : "highest",
                         row(p, o, "cvar_5", NULL).text);
        add_undefined(&t, p, o);
    }
    say(p, topic, &t);
}

size_t rc_words(const rc_result *result, const char *language, rc_arena *arena,
                const rc_sentence **out) {
    page p = {.result = result, .arena = arena, .language = language};
    p.sentences = RC_NEW(arena, rc_sentence, MAX_SENTENCES);
    p.money_of = result->discount_rate == 0 ? "" : ", in today's money";
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
    if (precision != NULL && p.n < MAX_SENTENCES)
        p.sentences[p.n++] = (rc_sentence){.topic = "Precision", .text = precision};
    *out = p.sentences;
    return p.n;
}
