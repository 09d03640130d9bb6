/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The few numbers to see first: the return, the chance of losing, a bad case, when the money is
 * back. Each says what is so at the edges too; what the result does not have is left out. */
#include "report/document_make.h"

#include "core/language.h"

#include <math.h>

enum { MOST = 4 };

typedef struct maker {
    const rc_result *result;
    const char *language;
    rc_arena *arena;
    rc_figure *figures;
    size_t n;
    char cases[RC_NUMBER_TEXT];
} maker;

static const char *number(maker *m, const rc_output *o, const char *key, const char *sub) {
    char text[RC_NUMBER_TEXT];
    rc_quantity q = rc_output_quantity(m->result, o, m->language);
    double value = rc_output_value(o, key, sub);
    rc_rounding r = {.digits = q.unit == RC_UNIT_YEARS ? 2 : 3,
                     .error = rc_output_error(o, key, sub),
                     .sign = q.unit == RC_UNIT_RATIO};
    double largest = fmax(fabs(value), fabs(rc_output_value(o, "percentiles", "95")));
    if (q.unit == RC_UNIT_RATIO && largest >= 0.095) /* as the sentences round */
        r.error = fmax(r.error, 0.01);
    return rc_arena_strdup(m->arena, rc_number_text(text, &q, value, r));
}

static rc_figure *add(maker *m, const char *topic) {
    rc_figure *f = &m->figures[m->n++];
    f->topic = topic;
    return f;
}

static const char *nine_in_ten(maker *m, const rc_output *o) {
    if (rc_one_of_many(m->result))
        return rc_tr(m->language, "in the one simulated case");
    if (rc_output_constant(o))
        return rc_tr(m->language, "Nothing is left to chance.");
    if (isnan(rc_output_value(o, "percentiles", "5")) ||
        isnan(rc_output_value(o, "percentiles", "95")))
        return NULL;
    return RC_TEXT(m->arena, m->language, "Nine times in ten from {low} to {high}", "low",
                   number(m, o, "percentiles", "5"), "high", number(m, o, "percentiles", "95"));
}

static void add_middle(maker *m, const rc_output *o, const char *topic) {
    if (!(o->undefined < 1) || isnan(rc_output_value(o, "percentiles", "50")))
        return;
    rc_figure *f = add(m, topic);
    f->value = number(m, o, "percentiles", "50");
    f->more = nine_in_ten(m, o);
    f->bad = o->higher_is_better && rc_output_value(o, "percentiles", "50") < 0;
}

static void add_loss(maker *m, const rc_output *o) {
    double chance = rc_output_value(o, "below_zero", NULL);
    char share[RC_NUMBER_TEXT];
    if (isnan(chance) || !(o->undefined < 1))
        return;
    rc_figure *f = add(m, rc_tr(m->language, "Chance of losing money"));
    f->value = rc_arena_strdup(m->arena, rc_share_text(share, chance, m->language));
    f->bad = chance > 0;
    if (rc_one_of_many(m->result))
        f->more = rc_tr(m->language, "in the one simulated case");
    else if (rc_output_constant(o))
        f->more = rc_tr(m->language, "Nothing is left to chance.");
    else if (chance <= 0)
        f->more = RC_TEXT(m->arena, m->language, "In none of {n} simulated cases", "n", m->cases);
    else if (chance >= 1)
        f->more = RC_TEXT(m->arena, m->language, "In all of {n} simulated cases", "n", m->cases);
    else {
        rc_text t = {0};
        rc_share_text(share, 1 - chance, m->language);
        RC_SAY(&t, m->language, "It does not lose in {share} of cases", "share", share);
        f->more = rc_arena_strdup(m->arena, t.bytes);
        rc_text_free(&t);
    }
}

static void add_hurdle(maker *m, rc_figure *f) {
    const rc_result *r = m->result;
    const rc_output *o = rc_result_find(r, r->hurdle_is_irr ? "irr" : "roi");
    double chance = o != NULL ? rc_output_value(o, "at_least_hurdle", NULL) : NAN;
    if (isnan(chance) || isnan(r->hurdle) || f == NULL)
        return;
    char share[RC_NUMBER_TEXT], hurdle[RC_NUMBER_TEXT];
    static const rc_quantity ratio = {.unit = RC_UNIT_RATIO};
    rc_share_text(share, chance, m->language);
    rc_number_text(hurdle, &ratio, r->hurdle, (rc_rounding){.digits = 3});
    f->more = r->hurdle_is_irr ? RC_TEXT(m->arena, m->language, "Reaching {hurdle} a year: {share}",
                                         "hurdle", hurdle, "share", share)
                               : RC_TEXT(m->arena, m->language, "Reaching {hurdle}: {share}",
                                         "hurdle", hurdle, "share", share);
}

static void add_bad_case(maker *m, const rc_output *npv, const rc_output *roi) {
    const rc_output *o = npv != NULL ? npv : roi;
    if (o == NULL || rc_output_constant(o) || isnan(rc_output_value(o, "cvar_5", NULL)))
        return;
    rc_figure *f = add(m, rc_tr(m->language, "The worst one in twenty"));
    f->value = number(m, o, "cvar_5", NULL);
    f->bad = rc_output_value(o, "cvar_5", NULL) < 0;
    f->more = npv != NULL && roi != NULL && !isnan(rc_output_value(roi, "cvar_5", NULL))
                  ? RC_TEXT(m->arena, m->language, "on average: a return of {x}", "x",
                            number(m, roi, "cvar_5", NULL))
                  : rc_tr(m->language, "on average");
}

static void add_payback(maker *m, const rc_output *o) {
    char share[RC_NUMBER_TEXT];
    if (o == NULL || !(o->undefined < 1))
        return;
    double middle = rc_output_value(o, "percentiles", "50");
    rc_figure *f = add(m, rc_tr(m->language, "Money back"));
    bool never = isnan(middle) || isinf(middle);
    const char *time =
        never ? NULL
              : rc_time_text(middle, number(m, o, "percentiles", "50"), m->language, m->arena);
    f->value = o->infinite >= 1 ? rc_tr(m->language, "Never")
               : never          ? rc_tr(m->language, "Not likely")
               : time != NULL   ? time
               : middle == 0    ? rc_tr(m->language, "At once")
                                : rc_tr(m->language, "Within a month");
    f->bad = never;
    const char *horizon = rc_horizon_text(m->result, m->language, m->arena);
    f->more =
        o->infinite > 0 && o->infinite < 1
            ? RC_TEXT(m->arena, m->language, "Later than {horizon}, or never: {share}", "horizon",
                      horizon, "share", rc_share_text(share, o->infinite, m->language))
        : o->infinite >= 1      ? RC_TEXT(m->arena, m->language, "within the {horizon}", "horizon",
                                          rc_horizon_within(m->result, m->language, m->arena))
        : rc_output_constant(o) ? NULL
                                : rc_tr(m->language, "in the middle case");
}

size_t rc_figures(const rc_result *r, const char *language, rc_arena *arena,
                  const rc_figure **out) {
    maker m = {.result = r, .language = language, .arena = arena};
    m.figures = RC_NEW(arena, rc_figure, MOST);
    rc_count_text(m.cases, r->trials);
    const rc_output *target = rc_result_target(r);
    const rc_output *roi = rc_result_find(r, "roi"), *npv = rc_result_find(r, "npv");
    roi = roi != NULL && roi->kind == RC_OUTPUT_METRIC && roi->undefined < 1 ? roi : NULL;
    npv = npv != NULL && npv->kind == RC_OUTPUT_METRIC ? npv : NULL;
    *out = m.figures;
    if (target != NULL && target->kind != RC_OUTPUT_METRIC)
        add_middle(&m, target,
                   rc_clean_text(rc_label_text(&target->label, language, target->name), arena));
    else if (roi != NULL)
        add_middle(&m, roi, rc_tr(language, "Likely return"));
    else if (npv != NULL)
        add_middle(&m, npv, rc_tr(language, "Likely gain"));
    if (npv != NULL || roi != NULL) {
        size_t before = m.n;
        add_loss(&m, npv != NULL ? npv : roi);
        if (m.n > before)
            add_hurdle(&m, &m.figures[m.n - 1]);
        add_bad_case(&m, npv, roi);
        const rc_output *payback = rc_result_find(r, "payback");
        if (m.n < MOST && payback != NULL && payback->kind == RC_OUTPUT_METRIC)
            add_payback(&m, payback);
    }
    return m.n;
}
