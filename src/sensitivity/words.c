/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a bar means in money and odds, in words. */
#include "sensitivity/words.h"

#include "report/document.h"

#include <math.h>
#include <string.h>

rc_quantity rc_target_quantity(const rc_study *s) {
    if (s->statistic == RC_STATISTIC_BELOW_ZERO)
        return (rc_quantity){.unit = RC_UNIT_RATIO};
    return rc_output_quantity(s->result, s->output, "en");
}

rc_quantity rc_score_quantity(const rc_study *s, const rc_method_type *m) {
    switch (m->unit) {
    case RC_SCORE_TARGET: return rc_target_quantity(s);
    case RC_SCORE_WORTH:
        return rc_output_quantity(s->result, rc_result_find(s->result, s->worth_name), "en");
    case RC_SCORE_SHARE: return (rc_quantity){.unit = RC_UNIT_RATIO};
    default: return (rc_quantity){.unit = RC_UNIT_NUMBER};
    }
}

const char *rc_bar_kind_name(rc_bar_kind kind) {
    static const char *const names[] = {[RC_BAR_FACTOR] = "factor",
                                        [RC_BAR_INPUT] = "input",
                                        [RC_BAR_RISK] = "risk",
                                        [RC_BAR_GROUP] = "group"};
    return names[kind];
}

static const char *spoken(char *out, rc_quantity q, double x, int digits) {
    bool sign = q.unit == RC_UNIT_RATIO;
    double error = !sign ? fabs(x) * 1e-3 : fabs(x) >= 0.095 ? 0.01 : 0.001;
    return rc_number_text(out, &q, x,
                          (rc_rounding){.digits = digits, .error = error, .sign = sign});
}

static void add_where(rc_text *t, const rc_study_bar *b, const rc_swing *w) {
    char from[RC_NUMBER_TEXT], to[RC_NUMBER_TEXT];
    rc_quantity q = {.unit = b->bar->unit, .suffix = b->bar->unit_text};
    if (w->event)
        rc_text_add(t, ", from cases without it to cases with it");
    else if (isnan(w->from))
        rc_text_add(t, ", from its P25 to its P75");
    else
        rc_text_addf(t, ", from its P25 (%s) to its P75 (%s)", spoken(from, q, w->from, 3),
                     spoken(to, q, w->to, 3));
}

static const rc_ranked *worth_row(const rc_sensitivity *s, const rc_study_bar *b) {
    for (size_t i = 0; i < s->n_rankings; i++)
        for (size_t k = 0; s->rankings[i].method->about_worth && k < s->rankings[i].n_rows; k++)
            if (s->rankings[i].rows[k].bar == b)
                return &s->rankings[i].rows[k];
    return NULL;
}

static void add_worth(rc_text *t, const rc_sensitivity *s, const rc_study_bar *b) {
    char worth[RC_NUMBER_TEXT];
    const rc_ranked *row = worth_row(s, b);
    if (row == NULL)
        return;
    rc_quantity q = rc_score_quantity(s->study, rc_method_find("evppi"));
    if (row->chance || !(row->score[0].value > 0))
        rc_text_add(t, "; knowing it beforehand would not change the decision");
    else
        rc_text_addf(t, "; knowing it beforehand is worth up to %s",
                     spoken(worth, q, row->score[0].value, 2));
}

/* Below 0 the money is not back */
static bool is_balance(const rc_output *o) {
    return o->kind == RC_OUTPUT_METRIC &&
           (strcmp(o->name, "npv") == 0 || strcmp(o->name, "roi") == 0);
}

const char *rc_swing_sentence(const rc_sensitivity *s, const rc_study_bar *b) {
    const rc_study *study = s->study;
    rc_swing w = rc_swing_of(study, b);
    rc_text t = {0};
    char a[RC_NUMBER_TEXT], c[RC_NUMBER_TEXT];
    rc_quantity q = rc_target_quantity(study);
    bool chance = study->statistic == RC_STATISTIC_BELOW_ZERO;
    rc_text_add(&t, rc_clean_text(rc_label_text(&b->bar->label, "en", b->bar->name), study->arena));
    add_where(&t, b, &w);
    const char *glue = ": ";
    if (w.loss[0] > 0 || w.loss[1] > 0) {
        rc_text_addf(&t, "%schance %s %s → %s", glue,
                     is_balance(study->output) ? "of loss" : "of a value below 0",
                     rc_share_text(a, w.loss[0], "en"), rc_share_text(c, w.loss[1], "en"));
        glue = ", ";
    }
    if (!chance)
        rc_text_addf(&t, "%smedian %s %s → %s", glue, study->output->name,
                     spoken(a, q, w.median[0], 3), spoken(c, q, w.median[1], 3));
    add_worth(&t, s, b);
    rc_text_add(&t, ".");
    const char *copy = rc_arena_strdup(study->arena, t.bytes);
    rc_text_free(&t);
    return copy;
}
