/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A search for a goal as a page to read and as JSON. */
#include "decide/goal.h"

#include "core/json.h"
#include "core/language.h"
#include "report/table.h"
#include "report/text.h"

#include <math.h>

typedef struct page {
    const rc_goal *g;
    const rc_goal_names *names;
    rc_quantity unit;
    const char *language;
    rc_arena *arena;
} page;

static const char *input_value(const page *p, double x) {
    char text[RC_NUMBER_TEXT];
    const rc_quantity plain = {.unit = RC_UNIT_NUMBER, .language = p->language};
    double finest = (p->g->to - p->g->from) / 1000;
    return rc_arena_strdup(p->arena,
                           rc_number_text(text, &plain, x, (rc_rounding){6, finest, false}));
}

static double half(rc_estimate e) {
    return isfinite(e.high - e.low) ? 0.5 * (e.high - e.low) : 0;
}

static rc_table_cell number(const page *p, rc_estimate y) {
    if (isinf(y.value))
        return rc_cell_text(rc_tr(p->language, "never"));
    return rc_cell_number(p->unit, y.value, (rc_rounding){4, half(y), false}, p->arena);
}

static const char *answer(const page *p) {
    const rc_goal *g = p->g;
    const char *label = rc_clean_text(p->names->label, p->arena);
    const char *goal = rc_clean_text(p->names->target, p->arena);
    if (g->never && isinf(g->grid[g->best].y.value))
        return RC_TEXT(
            p->arena, p->language,
            "Not reachable: {number} is “{never}” for every {input} from {from} to {to}.", "never",
            rc_tr(p->language, "never"), "number", rc_clean_text(p->names->number, p->arena),
            "input", label, "from", input_value(p, g->from), "to", input_value(p, g->to));
    if (g->never)
        return RC_TEXT(p->arena, p->language,
                       "Not reachable: {goal} is not met for {input} between {from} and {to}. It "
                       "comes nearest at {x}, with {y}.",
                       "goal", goal, "input", label, "from", input_value(p, g->from), "to",
                       input_value(p, g->to), "x", input_value(p, g->grid[g->best].x), "y",
                       number(p, g->grid[g->best].y).text);
    if (g->always)
        return RC_TEXT(
            p->arena, p->language, "{goal} is met for every {input} from {from} to {to}.", "goal",
            goal, "input", label, "from", input_value(p, g->from), "to", input_value(p, g->to));
    const char *x = input_value(p, g->x.value);
    const char *error = input_value(p, 0.5 * (g->x.high - g->x.low));
    return RC_TEXT(p->arena, p->language,
                   g->upwards ? RC_TR("{goal} is met where {input} is at least {x} (±{error}).")
                              : RC_TR("{goal} is met where {input} is at most {x} (±{error})."),
                   "goal", goal, "input", label, "x", x, "error", error);
}

static const char *warning(const page *p) {
    const rc_goal *g = p->g;
    if (g->crossings > 1)
        return RC_TEXT(p->arena, p->language,
                       "The goal is met and missed in turn ({n} changes): the first is shown.", "n",
                       rc_arena_printf(p->arena, "%zu", g->crossings));
    return g->monotone ? NULL
                       : rc_tr(p->language,
                               "More is not always better, or worse: the number turns on the way.");
}

static rc_status write_text(const rc_goal *g, const rc_goal_names *names,
                            const rc_report_style *style, rc_text *out, rc_error *err) {
    (void)err;
    rc_arena *arena = rc_arena_new();
    const char *language = style->language != NULL ? style->language : "en";
    const char *const columns[] = {"", rc_tr(language, "Value"), "±95%",
                                   rc_tr_in(language, "a goal", "Met")};
    page p = {g, names, {names->unit, names->currency, NULL, language, false}, language, arena};
    rc_table_maker t = rc_table_begin(columns, 4, arena);
    for (size_t i = 0; i < RC_GOAL_GRID; i++) {
        const rc_goal_point *at = &g->grid[i];
        rc_table_cell *cells = rc_table_row(&t, input_value(&p, at->x), RC_ROW_BODY);
        bool met = g->at_most ? at->y.value <= g->bound : at->y.value >= g->bound;
        cells[1] = number(&p, at->y);
        if (half(at->y) > 0)
            cells[2] = rc_cell_number(p.unit, half(at->y), (rc_rounding){2, 0, false}, arena);
        cells[3] = rc_cell_text(met ? rc_tr_in(language, "a goal is met", "yes")
                                    : rc_tr_in(language, "a goal is met", "no"));
    }
    char cases[RC_NUMBER_TEXT];
    const char *note = warning(&p);
    const rc_sentence sentence = {rc_tr(language, "Answer"), answer(&p)};
    const rc_section sections[] = {
        {.sentences = &sentence, .n_sentences = 1, .notes = &note, .n_notes = note != NULL},
        {.title = RC_TEXT(arena, language, "{number} by {input}", "number",
                          rc_clean_text(names->number, arena), "input",
                          rc_clean_text(names->label, arena)),
         .table = t.table}};
    const rc_document d = {
        .title = rc_clean_text(names->title, arena),
        .subtitle = RC_TEXT(arena, language, "{cases} simulated cases a point · seed {seed}",
                            "cases", rc_count_text(cases, names->run->trials), "seed",
                            rc_arena_printf(arena, "%llu", (unsigned long long)names->run->seed)),
        .sections = sections,
        .n_sections = 2};
    rc_text_document(&d, style, out);
    rc_arena_free(arena);
    return RC_OK;
}

static json_t *estimate(rc_estimate e) {
    json_t *o = json_object();
    json_object_set_new(o, "value", rc_json_number(e.value));
    json_object_set_new(o, "low", rc_json_number(e.low));
    json_object_set_new(o, "high", rc_json_number(e.high));
    return o;
}

static rc_status write_json(const rc_goal *g, const rc_goal_names *names,
                            const rc_report_style *style, rc_text *out, rc_error *err) {
    (void)style;
    json_t *o = json_object(), *grid = json_array();
    json_object_set_new(o, "roicast", rc_json_text(ROICAST_VERSION));
    json_object_set_new(o, "file", rc_json_text(names->run->file));
    json_object_set_new(o, "sha256", rc_json_text(names->run->sha256));
    json_object_set_new(o, "trials", rc_json_count(names->run->trials));
    json_object_set_new(o, "seed", rc_json_count(names->run->seed));
    json_object_set_new(o, "sampler", rc_json_text(names->run->sampler));
    json_object_set_new(o, "find", rc_json_text(names->input));
    json_object_set_new(o, "target", rc_json_text(names->target));
    json_object_set_new(o, "from", rc_json_number(g->from));
    json_object_set_new(o, "to", rc_json_number(g->to));
    json_object_set_new(o, "reachable", json_boolean(!g->never));
    json_object_set_new(o, "always", json_boolean(g->always));
    json_object_set_new(o, "monotone", json_boolean(g->monotone));
    json_object_set_new(o, "met",
                        g->never || g->always ? json_null()
                                              : json_string(g->upwards ? "at_least" : "at_most"));
    json_object_set_new(o, "x", estimate(g->x));
    json_object_set_new(o, "y", estimate(g->y));
    for (size_t i = 0; i < RC_GOAL_GRID; i++) {
        json_t *point = estimate(g->grid[i].y);
        json_object_set_new(point, "x", rc_json_number(g->grid[i].x));
        json_array_append_new(grid, point);
    }
    json_object_set_new(o, "grid", grid);
    return rc_json_write(o, 17, out, err);
}

const rc_goal_format rc_goal_formats[RC_GOAL_FORMATS] = {{"text", write_text},
                                                         {"json", write_json}};
