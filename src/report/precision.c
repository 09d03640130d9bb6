/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentence about a run that found its own number of cases: whether what was asked for was
 * reached, in which number of cases, and which figure is the least precise. */
#include "core/language.h"
#include "report/document.h"

#include <math.h>
#include <string.h>

typedef struct words {
    const rc_result *result;
    const rc_growth *growth;
    const char *language;
    rc_arena *arena;
} words;

/** Half a width: an amount, or a share of something that `of` names with a part {share}. */
static const char *size_text(const words *w, double half, const char *of) {
    char number[RC_NUMBER_TEXT];
    const rc_growth *g = w->growth;
    const rc_output *o = g->output != NULL ? rc_result_find(w->result, g->output) : NULL;
    const rc_quantity percent = {.unit = RC_UNIT_RATIO};
    if (g->amount > 0 && o != NULL) {
        rc_quantity q = rc_output_quantity(w->result, o, w->language);
        q.in_words = true;
        return rc_arena_strdup(w->arena,
                               rc_number_text(number, &q, half, (rc_rounding){.digits = 2}));
    }
    return RC_TEXT(w->arena, w->language, of, "share",
                   rc_number_text(number, &percent, half, (rc_rounding){.digits = 2}));
}

/** "0.1 points" */
static const char *points_text(const words *w, double half) {
    char number[RC_NUMBER_TEXT];
    const rc_quantity plain = {.unit = RC_UNIT_NUMBER};
    return RC_TEXT(w->arena, w->language, "{n} points", "n",
                   rc_number_text(number, &plain, 100 * half, (rc_rounding){.digits = 2}));
}

/** "the P99 of “Net present value”" */
static const char *name_text(const words *w, const char *output, const rc_row *row) {
    static const struct {
        const char *key, *message;
    } names[] = {
        {"mean", RC_TR("the mean of “{output}”")},
        {"cvar_5", RC_TR("the mean of the worst 5% of “{output}”")},
        {"below_zero", RC_TR("the chance of being below zero of “{output}”")},
        {"at_least_hurdle", RC_TR("the chance of reaching the hurdle of “{output}”")},
    };
    const rc_output *o = rc_result_find(w->result, output);
    const char *label = rc_clean_text(rc_label_text(&o->label, w->language, output), w->arena);
    const char *message = "“{output}”";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].key, row->key) == 0)
            message = names[i].message;
    if (row->sub != NULL)
        message = RC_TR("the P{percentile} of “{output}”");
    return RC_TEXT(w->arena, w->language, message, "output", label, "percentile",
                   row->sub != NULL ? row->sub : "");
}

/** The least precise figures, or NULL when there are none to judge. */
static const char *worst_text(const words *w) {
    const rc_growth *g = w->growth;
    const char *figure = NULL, *chance = NULL;
    if (g->output != NULL && isfinite(g->reached))
        figure = RC_TEXT(w->arena, w->language, "{figure} is known to ±{size}", "figure",
                         name_text(w, g->output, g->row), "size",
                         size_text(w, g->reached, RC_TR("{share} of its range")));
    else if (g->output != NULL)
        figure = RC_TEXT(w->arena, w->language, "{figure} is not known yet", "figure",
                         name_text(w, g->output, g->row));
    if (g->output_probability != NULL)
        chance = RC_TEXT(w->arena, w->language, "{figure} is known to ±{size}", "figure",
                         name_text(w, g->output_probability, g->row_probability), "size",
                         points_text(w, g->reached_probability));
    if (figure == NULL || chance == NULL)
        return figure != NULL ? figure : chance;
    return rc_arena_printf(w->arena, "%s%s%s", figure,
                           rc_tr_in(w->language, "between items of a list", ", "), chance);
}

static const char *asked_text(const words *w) {
    const rc_growth *g = w->growth;
    return RC_TEXT(w->arena, w->language,
                   "means, percentiles and CVaR to ±{size}, probabilities to ±{points}", "size",
                   size_text(w, g->amount > 0 ? g->amount : g->share,
                             RC_TR("{share} of the range from P5 to P95")),
                   "points", points_text(w, g->probability));
}

static const char *missed_message(const rc_growth *g) {
    if (strcmp(g->ended, "time") == 0)
        return RC_TR("Not as asked in the time allowed: {asked}.");
    return strcmp(g->ended, "memory") == 0
               ? RC_TR("Not as asked in this machine's memory: {asked}.")
               : RC_TR("Not as asked with the trials allowed: {asked}.");
}

const char *rc_words_precision(const rc_result *result, const char *language, rc_arena *arena) {
    const words w = {result, result->growth, language, arena};
    char cases[RC_NUMBER_TEXT];
    const rc_growth *g = result->growth;
    if (g == NULL)
        return NULL;
    rc_count_text(cases, result->trials);
    const bool asked = g->share > 0 || g->amount > 0;
    if (asked && strcmp(g->ended, "precision") == 0)
        return RC_TEXT(arena, language, "As asked: {asked}, 95% sure of each, after {cases} cases.",
                       "asked", asked_text(&w), "cases", cases);
    rc_text t = {0};
    if (asked)
        RC_SAY(&t, language, missed_message(g), "asked", asked_text(&w));
    rc_next_sentence(&t);
    const char *worst = worst_text(&w);
    if (worst == NULL)
        RC_SAY(&t, language, "After {cases} cases there is no figure to judge.", "cases", cases);
    else
        RC_SAY(&t, language, "After {cases} cases the least precise: {figures}.", "cases", cases,
               "figures", worst);
    const char *kept = rc_arena_strdup(arena, t.bytes);
    rc_text_free(&t);
    return kept;
}
