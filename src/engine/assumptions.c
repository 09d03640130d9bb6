/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a model assumes, for reports: its settings and entries as written, with who says so, and how
 * what is drawn is distributed: exactly where that is one distribution, from a few trials where it
 * follows from several. Outputs follow from these. */
#include "engine/assumptions.h"

#include "model/yaml_write.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct lister {
    const rc_model *model;
    rc_arena *arena;
    rc_assumption *list;
    size_t n;
} lister;

static const char *copy(rc_arena *arena, const char *text) {
    return text != NULL ? rc_arena_strdup(arena, text) : NULL;
}

/* ---- As written ---- */

static bool for_people(const char *key) {
    static const char *const keys[] = {"label", "unit",  "source", "owner",
                                       "note",  "group", "allow"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(key, keys[i]) == 0)
            return true;
    return false;
}

static rc_written written(rc_arena *arena, const char *key, const rc_yaml *item) {
    rc_text text = {0};
    rc_yaml_write_line(item, &text);
    rc_written w = {rc_arena_strdup(arena, key), rc_arena_strdup(arena, text.bytes)};
    rc_text_free(&text);
    return w;
}

static void add_written(lister *a, rc_assumption *row, const rc_yaml *body) {
    size_t most = body->kind == RC_YAML_MAP ? body->n : 1;
    rc_written *list = RC_NEW(a->arena, rc_written, most);
    row->written = list;
    if (body->kind != RC_YAML_MAP) {
        list[row->n_written++] = written(a->arena, "value", body);
        return;
    }
    for (int value = 1; value >= 0; value--)
        for (size_t i = 0; i < body->n; i++) {
            const char *key = body->keys[i]->text;
            if ((strcmp(key, "value") == 0) == value && !for_people(key))
                list[row->n_written++] = written(a->arena, key, body->items[i]);
        }
}

/* ---- What is drawn ---- */

static void add_sketch(lister *a, rc_assumption *row, const rc_expr *e) {
    if (e == NULL || e->kind != RC_EXPR_DRAW || e->draw->constant == NULL)
        return;
    double *x = RC_NEW(a->arena, double, RC_SKETCH);
    for (size_t i = 0; i < RC_SKETCH; i++)
        x[i] = rc_dist_quantile(e->draw->constant, rc_tail_of(rc_sketch_points[i]));
    row->sketch = x;
}

static void add_draws(lister *a, rc_assumption *row, const rc_entry *e) {
    const rc_model *m = a->model;
    for (size_t i = 0; i < m->n_draws; i++)
        if (m->draws[i]->entry == e) {
            row->drawn = true;
            row->each = row->each || m->draws[i]->each;
        }
    if (e->risk != NULL && (e->risk->trigger != RC_WHEN || e->risk->anytime))
        row->drawn = true;
    double x;
    if (e->value != NULL && rc_expr_constant(e->value, &x))
        row->value = x;
    add_sketch(a, row, e->value);
}

/* ---- Rows ---- */

static void add_entry(lister *a, const rc_entry *e, rc_assumed section) {
    rc_assumption *row = &a->list[a->n++];
    *row = (rc_assumption){
        .section = section,
        .name = rc_arena_strdup(a->arena, e->name),
        .label = rc_label_copy(&e->label, a->arena),
        .unit_text = copy(a->arena, e->unit),
        .source = copy(a->arena, e->source),
        .owner = copy(a->arena, e->owner),
        .note = copy(a->arena, e->note),
        .group = copy(a->arena, e->group),
        .value = NAN,
    };
    if (e->body != NULL)
        add_written(a, row, e->body);
    add_draws(a, row, e);
}

/* A value of the top that is drawn has become an entry. */
static const rc_entry *drawn_setting(const rc_model *m, const char *name) {
    const rc_entry *e = rc_model_find(m, name);
    return e != NULL && e->body == NULL ? e : NULL;
}

static void add_settings(lister *a) {
    static const char *const names[] = {
        "currency", "timeline",    "discount_rate", "finance_rate",   "reinvest_rate",
        "hurdle",   "discounting", "confidence",    "overconfidence", "realisation"};
    const rc_model *m = a->model;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const rc_yaml *item = rc_yaml_get(m->tree, names[i]);
        if (item == NULL)
            continue;
        rc_assumption *row = &a->list[a->n++];
        *row = (rc_assumption){.section = RC_ASSUMED_SETTING, .name = names[i], .value = NAN};
        const rc_entry *e = drawn_setting(m, names[i]);
        if (e != NULL)
            add_draws(a, row, e);
        else if (strcmp(names[i], "discount_rate") == 0)
            rc_expr_constant(m->discount_rate, &row->value);
        rc_written *list = RC_NEW(a->arena, rc_written, 1);
        list[0] = written(a->arena, "value", item);
        row->written = list;
        row->n_written = 1;
    }
}

/* ---- What follows from several draws ---- */

enum { PILOT = 4096 };

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Quantiles of a sample: value number ceil(n p), as the percentiles of outputs are. */
static const double *sketch_of(const rc_output *o, uint64_t n, rc_arena *arena) {
    double *sorted = RC_NEW(arena, double, n), *x = RC_NEW(arena, double, RC_SKETCH);
    memcpy(sorted, o->samples, n * sizeof *sorted);
    for (uint64_t i = 0; i < n; i++)
        if (!isfinite(sorted[i]))
            return NULL;
    qsort(sorted, n, sizeof *sorted, by_value);
    for (size_t i = 0; i < RC_SKETCH; i++)
        x[i] = sorted[(size_t)ceil(rc_sketch_points[i] * (double)n) - 1];
    return x;
}

void rc_assumptions_sketch(const rc_model *model, const rc_run_options *options,
                           rc_assumption *rows, size_t n, rc_arena *arena) {
    rc_arena *own = rc_arena_new();
    const char **names = RC_NEW(own, const char *, n);
    rc_run_options pilot;
    rc_run_options_default(&pilot);
    for (size_t i = 0; i < n; i++)
        if ((rows[i].section == RC_ASSUMED_FACTOR || rows[i].section == RC_ASSUMED_INPUT) &&
            isnan(rows[i].value) && rows[i].sketch == NULL)
            names[pilot.n_outputs++] = rows[i].name;
    pilot.outputs = names;
    pilot.trials = PILOT;
    pilot.seed = options->seed;
    pilot.threads = options->threads;
    pilot.isa = options->isa;
    pilot.samples = true;
    rc_result *result = NULL;
    if (pilot.n_outputs > 0 && rc_run(model, &pilot, &result, NULL) == RC_OK) {
        for (size_t i = 0; i < n; i++) {
            const rc_output *o = rc_result_find(result, rows[i].name);
            const double *x = o != NULL && o->kind == RC_OUTPUT_INPUT && rows[i].sketch == NULL
                                  ? sketch_of(o, result->trials, own)
                                  : NULL;
            if (x != NULL)
                rows[i].sketch = memcpy(RC_NEW(arena, double, RC_SKETCH), x, RC_SKETCH * sizeof *x);
        }
        rc_result_free(result);
    }
    rc_arena_free(own);
}

rc_assumption *rc_assumptions_of(const rc_model *model, rc_arena *arena, size_t *n) {
    static const rc_assumed sections[RC_SECTION_COUNT] = {
        [RC_FACTORS] = RC_ASSUMED_FACTOR,   [RC_INPUTS] = RC_ASSUMED_INPUT,
        [RC_LEVERS] = RC_ASSUMED_LEVER,     [RC_SERIES] = RC_ASSUMED_SERIES,
        [RC_BENEFITS] = RC_ASSUMED_BENEFIT, [RC_COSTS] = RC_ASSUMED_COST,
        [RC_RISKS] = RC_ASSUMED_RISK,       [RC_OUTPUTS] = RC_ASSUMED_COUNT,
    };
    lister a = {model, arena, RC_NEW(arena, rc_assumption, model->n_entries + 16), 0};
    add_settings(&a);
    for (size_t i = 0; i < model->n_entries; i++) {
        const rc_entry *e = model->entries[i];
        bool off = e->flow != NULL && !e->flow->enabled;
        if (sections[e->section] != RC_ASSUMED_COUNT && e->body != NULL && !off)
            add_entry(&a, e, sections[e->section]);
    }
    *n = a.n;
    return a.list;
}
