/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentence about a run that found its own number of cases: whether what was asked for was
 * reached, in which number of cases, and which figure is the least precise. */
#include "report/document.h"

#include <math.h>
#include <string.h>

typedef struct words {
    const rc_result *result;
    const rc_growth *growth;
    const char *language;
    rc_arena *arena;
    rc_text text;
} words;

static void add_size(words *w, double half, const char *range) {
    char number[RC_NUMBER_TEXT];
    const rc_growth *g = w->growth;
    const rc_output *o = g->output != NULL ? rc_result_find(w->result, g->output) : NULL;
    const rc_quantity percent = {.unit = RC_UNIT_RATIO};
    if (g->amount > 0 && o != NULL) {
        const rc_quantity q = rc_output_quantity(w->result, o, w->language);
        rc_text_add(&w->text, rc_number_text(number, &q, half, (rc_rounding){.digits = 2}));
    } else {
        rc_text_addf(&w->text, "%s of %s",
                     rc_number_text(number, &percent, half, (rc_rounding){.digits = 2}), range);
    }
}

/** "0.1 points" */
static void add_points(words *w, double half) {
    char number[RC_NUMBER_TEXT];
    const rc_quantity plain = {.unit = RC_UNIT_NUMBER};
    rc_text_addf(&w->text, "%s points",
                 rc_number_text(number, &plain, 100 * half, (rc_rounding){.digits = 2}));
}

/** "the P99 of Net present value" */
static void add_name(words *w, const char *output, const rc_row *row) {
    static const struct {
        const char *key, *name;
    } names[] = {{"mean", "mean"},
                 {"cvar_5", "mean of the worst 5%"},
                 {"below_zero", "chance of being below zero"},
                 {"at_least_hurdle", "chance of reaching the hurdle"}};
    const rc_output *o = rc_result_find(w->result, output);
    rc_text_add(&w->text, "the ");
    if (row->sub != NULL)
        rc_text_addf(&w->text, "P%s", row->sub);
    for (size_t i = 0; row->sub == NULL && i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].key, row->key) == 0)
            rc_text_add(&w->text, names[i].name);
    rc_text_addf(&w->text, " of “%s”",
                 rc_clean_text(rc_label_text(&o->label, w->language, output), w->arena));
}

static void add_worst(words *w, const char *verb) {
    const rc_growth *g = w->growth;
    if (g->output != NULL) {
        add_name(w, g->output, g->row);
        if (isfinite(g->reached)) {
            rc_text_addf(&w->text, " %s ±", verb);
            add_size(w, g->reached, "its range");
        } else {
            rc_text_add(&w->text, " is not known yet");
        }
    }
    if (g->output_probability != NULL) {
        rc_text_add(&w->text, g->output != NULL ? ", " : "");
        add_name(w, g->output_probability, g->row_probability);
        rc_text_addf(&w->text, " %s ±", verb);
        add_points(w, g->reached_probability);
    }
}

static const char *why(const rc_growth *g) {
    if (strcmp(g->ended, "time") == 0)
        return "in the time allowed";
    return strcmp(g->ended, "memory") == 0 ? "in this machine's memory" : "with the trials allowed";
}

static void add_asked(words *w) {
    const rc_growth *g = w->growth;
    rc_text_add(&w->text, "means, percentiles and CVaR to ±");
    add_size(w, g->amount > 0 ? g->amount : g->share, "the range from P5 to P95");
    rc_text_add(&w->text, ", probabilities to ±");
    add_points(w, g->probability);
}

const char *rc_words_precision(const rc_result *result, const char *language, rc_arena *arena) {
    words w = {.result = result, .growth = result->growth, .language = language, .arena = arena};
    char cases[RC_NUMBER_TEXT];
    const rc_growth *g = result->growth;
    if (g == NULL)
        return NULL;
    rc_count_text(cases, result->trials);
    const bool asked = g->share > 0 || g->amount > 0;
    if (asked && strcmp(g->ended, "precision") == 0) {
        rc_text_add(&w.text, "As asked: ");
        add_asked(&w);
        rc_text_addf(&w.text, ", 95%% sure of each, after %s cases.", cases);
    } else {
        if (asked) {
            rc_text_addf(&w.text, "Not as asked %s: ", why(g));
            add_asked(&w);
            rc_text_add(&w.text, ". ");
        }
        rc_text_addf(&w.text, "After %s cases", cases);
        if (g->output == NULL && g->output_probability == NULL) {
            rc_text_add(&w.text, " there is no figure to judge");
        } else {
            rc_text_add(&w.text, " the least precise: ");
            add_worst(&w, "is known to");
        }
        rc_text_add(&w.text, ".");
    }
    const char *kept = rc_arena_strdup(arena, w.text.bytes);
    rc_text_free(&w.text);
    return kept;
}
