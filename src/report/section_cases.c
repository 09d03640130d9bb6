/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For who checks: the first inputs against the target, the target split by two of them, and how
 * estimates settle. */
#include "report/document_make.h"

#include "core/language.h"
#include "result/cases.h"

#include <math.h>
#include <string.h>

static const char *label_of(const rc_case_name *of, const char *language, rc_arena *arena) {
    return rc_clean_text(rc_label_text(&of->label, language, of->name), arena);
}

/** A value with three digits and its unit. */
static const char *spoken(const rc_result *r, const rc_case_name *of, double x,
                          const char *language, rc_arena *arena) {
    char text[RC_NUMBER_TEXT];
    rc_quantity q = {
        .unit = of->unit, .currency = r->currency, .suffix = of->unit_text, .language = language};
    return rc_arena_strdup(
        arena, rc_number_text(text, &q, x, (rc_rounding){.digits = 3, .error = fabs(x) * 1e-6}));
}

/* ---- Sections ---- */

static rc_table_cell number(const rc_maker *m, const rc_case_name *of, double x) {
    rc_quantity q = {.unit = of->unit, .currency = m->result->currency};
    return rc_make_cell(m, q, x, (rc_rounding){.digits = 4});
}

static void settling(rc_maker *m) {
    const rc_result *r = m->result;
    const char *language = m->language;
    const rc_cases *c = r->cases;
    static const char *const titles[] = {RC_TR("Cases"), RC_TR("Mean"), "P5", "P50", "P95"};
    rc_table_maker t = rc_make_table(m, titles, 5);
    for (size_t i = 0; i < c->n_settling; i++) {
        char n[RC_NUMBER_TEXT];
        const rc_settling *x = &c->settling[i];
        rc_table_cell *cells = rc_table_row(&t, rc_count_text(n, x->cases), RC_ROW_BODY);
        const double values[] = {x->mean, x->p5, x->p50, x->p95};
        for (int k = 0; k < 4; k++)
            cells[1 + k] = number(m, &c->target->of, values[k]);
    }
    rc_add_section(
        m,
        (rc_section){.id = "settling",
                     .title = rc_tr(language, "How the estimates settle"),
                     .part = RC_PART_ANALYST,
                     .chart = "settling",
                     .of = r->cases->target->of.name,
                     .alt = rc_tr(language, "Chart of the mean and of P5, P50 and P95 as estimated "
                                            "from more and more cases."),
                     .folded = true,
                     .wide = true,
                     .table = t.table});
}

/** The ranges of the inputs stand in the table; the cases themselves in the JSON. */
static void scatter(rc_maker *m) {
    const rc_result *r = m->result;
    const char *language = m->language;
    rc_arena *arena = m->arena;
    const rc_cases *c = r->cases;
    static const char *const titles[] = {"", RC_TR("Lowest"), RC_TR("Highest")};
    rc_table_maker t = rc_make_table(m, titles, 3);
    for (size_t i = 0; i < c->n_inputs; i++) {
        const rc_case_values *v = &c->inputs[i];
        rc_table_cell *cells = rc_table_row(&t, label_of(&v->of, language, arena), RC_ROW_BODY);
        unsigned most = 0;
        for (size_t k = 0; k < c->n_shown; k++)
            most = v->at[k] > most ? v->at[k] : most;
        cells[1] = number(m, &v->of, v->low);
        cells[2] = number(m, &v->of, v->low + v->step * most);
    }
    char n[RC_NUMBER_TEXT];
    rc_section *s = rc_add_section(
        m, (rc_section){.id = "scatter",
                        .title = rc_tr(language, "The first inputs case by case"),
                        .part = RC_PART_ANALYST,
                        .chart = "scatter",
                        .of = c->target->of.name,
                        .alt = rc_tr(language, "Charts of single cases: an input to the right, the "
                                               "target upwards, for each of the first inputs."),
                        .folded = true,
                        .wide = true,
                        .table = t.table});
    const char **notes = RC_NEW(arena, const char *, 1);
    notes[s->n_notes++] = RC_TEXT(arena, language, "The first {n} cases of the run.", "n",
                                  rc_count_text(n, c->n_shown));
    s->notes = notes;
}

static const char *state_name(const rc_result *r, const rc_split *x, int b, unsigned state,
                              const char *language, rc_arena *arena) {
    if (x->states[b] == 2)
        return state == 0 ? rc_tr(language, "without") : rc_tr(language, "with");
    const char *low = spoken(r, &x->of[b], x->borders[b][0], language, arena);
    const char *high = spoken(r, &x->of[b], x->borders[b][1], language, arena);
    return state == 0   ? RC_TEXT(arena, language, "up to {x}", "x", low)
           : state == 1 ? RC_TEXT(arena, language, "{low} to {high}", "low", low, "high", high)
                        : RC_TEXT(arena, language, "above {x}", "x", high);
}

static void split(rc_maker *m) {
    const rc_result *r = m->result;
    const char *language = m->language;
    rc_arena *arena = m->arena;
    const rc_split *x = r->cases->split;
    const char **columns = RC_NEW(arena, const char *, 4);
    columns[0] = label_of(&x->of[0], language, arena);
    columns[1] = label_of(&x->of[1], language, arena);
    columns[2] = rc_tr(language, "Share of cases");
    columns[3] = rc_tr(language, "Mean");
    rc_table_maker t = rc_table_begin(columns, 4, arena);
    double all = 0;
    for (size_t i = 0; i < x->states[0] * x->states[1] * x->n_bins; i++)
        all += x->counts[i];
    for (unsigned a = 0; a < x->states[0]; a++)
        for (unsigned b = 0; b < x->states[1]; b++) {
            const uint32_t *counts = x->counts + (a * x->states[1] + b) * x->n_bins;
            double n = 0, sum = 0;
            for (size_t i = 0; i < x->n_bins; i++) {
                n += counts[i];
                sum += counts[i] * (x->first + ((double)i + 0.5) * x->width);
            }
            char share[RC_NUMBER_TEXT];
            rc_table_cell *cells =
                rc_table_row(&t, state_name(r, x, 0, a, language, arena), RC_ROW_BODY);
            cells[1] = rc_make_words(m, state_name(r, x, 1, b, language, arena));
            cells[2] = rc_make_words(m, rc_share_text(share, all > 0 ? n / all : 0, language));
            cells[2].words = false;
            if (n > 0)
                cells[3] = rc_make_cell(
                    m,
                    rc_output_quantity(r, rc_result_find(r, r->cases->target->of.name), language),
                    sum / n, (rc_rounding){.digits = 3});
        }
    rc_add_section(
        m,
        (rc_section){
            .id = "split",
            .title = RC_TEXT(arena, language, "By {a} and {b}", "a", columns[0], "b", columns[1]),
            .part = RC_PART_ANALYST,
            .chart = "split",
            .of = r->cases->target->of.name,
            .alt = rc_tr(language, "Histogram of the target in layers: cases by the states "
                                   "of the two inputs that matter most."),
            .folded = true,
            .wide = true,
            .table = t.table});
}

void rc_section_cases(rc_maker *m) {
    const rc_cases *c = m->result->cases;
    if (c == NULL || rc_result_find(m->result, c->target->of.name) == NULL)
        return;
    if (c->n_inputs > 0)
        scatter(m);
    if (c->split != NULL)
        split(m);
    if (c->n_settling > 1)
        settling(m);
}
