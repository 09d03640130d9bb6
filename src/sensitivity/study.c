/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run's kept trials made ready for methods: the trials in which the target has a value, the
 * grades of every column, and each bar as one column. */
#include "sensitivity/study.h"

#include "core/math.h"
#include "sensitivity/grade.h"
#include "sensitivity/spline.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_A_REPLICATE = 8 };

typedef struct maker {
    rc_study *s;
    const rc_result *result;
    const uint32_t *kept;     /* [n] trials with a value; NULL: all */
    rc_study_column *columns; /* [outputs] of kind DRAWN */
    double **own;             /* [outputs] grades in replicates */
} maker;

/* ---- Trials ---- */

static const double *values_of(const maker *m, const rc_output *o) {
    if (m->kept == NULL)
        return o->samples;
    double *x = RC_NEW(m->s->arena, double, m->s->n);
    for (size_t i = 0; i < m->s->n; i++)
        x[i] = o->samples[m->kept[i]];
    return x;
}

/* The kept values that a condition speaks of */
static const double *spoken_of(const rc_result *r, const char *name, rc_error *err) {
    for (size_t i = 0; i < r->n_bars; i++)
        if (strcmp(r->bars[i].name, name) == 0 && r->bars[i].kind != RC_BAR_GROUP) {
            if (r->bars[i].n_columns == 1)
                return r->outputs[r->bars[i].columns[0]].samples;
            rc_fail(err, RC_USAGE, "given `%s`: it is drawn %zu times, so it has no one value",
                    name, r->bars[i].n_columns);
            return NULL;
        }
    const rc_output *o = rc_result_find(r, name);
    if (o != NULL && o->samples != NULL)
        return o->samples;
    const char **names = malloc((r->n_bars + 1) * sizeof *names), *near = NULL;
    for (size_t i = 0; names != NULL && i < r->n_bars; i++)
        names[i] = r->bars[i].name;
    if (names != NULL)
        near = rc_nearest_name(name, names, r->n_bars);
    rc_fail(err, RC_USAGE, "given `%s`: no such input, risk, target or npv%s%s%s", name,
            near != NULL ? "; did you mean `" : "", near != NULL ? near : "",
            near != NULL ? "`?" : "");
    free(names);
    return NULL;
}

static bool holds(const rc_condition *c, double x) {
    switch (c->compare) {
    case RC_LESS: return x < c->value;
    case RC_AT_MOST: return x <= c->value;
    case RC_MORE: return x > c->value;
    case RC_AT_LEAST: return x >= c->value;
    default: return x == c->value;
    }
}

/* met[i]: all conditions hold in trial i */
static rc_status meet(const maker *m, const rc_given *given, bool *met, rc_error *err) {
    for (uint64_t i = 0; i < m->result->trials; i++)
        met[i] = true;
    for (size_t c = 0; given != NULL && c < given->n; c++) {
        const double *x = spoken_of(m->result, given->conditions[c].name, err);
        if (x == NULL)
            return RC_USAGE;
        for (uint64_t i = 0; i < m->result->trials; i++)
            met[i] = met[i] && holds(&given->conditions[c], x[i]);
    }
    return RC_OK;
}

static rc_status keep_defined(maker *m, const rc_given *given, rc_error *err) {
    rc_study *s = m->s;
    bool *met = RC_NEW(s->arena, bool, m->result->trials);
    rc_status status = meet(m, given, met, err);
    if (status != RC_OK)
        return status;
    s->given = given != NULL && given->n > 0 ? rc_arena_strdup(s->arena, given->text) : NULL;
    const double *y = s->output->samples;
    uint32_t *kept = RC_NEW(s->arena, uint32_t, m->result->trials);
    uint32_t *all = RC_NEW(s->arena, uint32_t, s->given != NULL ? m->result->trials : 0);
    s->met = all;
    for (int r = 0; r < RC_STAT_REPLICATES; r++) {
        for (uint64_t i = m->result->start[r]; i < m->result->start[r + 1]; i++)
            if (met[i] && !isnan(y[i]))
                kept[s->n++] = (uint32_t)i;
        s->start[r + 1] = s->n;
        s->met_start[r + 1] = s->met_start[r];
        for (uint64_t i = m->result->start[r]; i < m->result->start[r + 1]; i++)
            if (s->given != NULL && met[i])
                all[s->met_start[r + 1]++] = (uint32_t)i;
        if (s->n - s->start[r] < LEAST_A_REPLICATE && s->given != NULL)
            return rc_fail(
                err, RC_INPUT,
                "too few of %llu trials to rank by meet `%.80s`: ask for more trials, or "
                "for less",
                (unsigned long long)m->result->trials, s->given);
        if (s->n - s->start[r] < LEAST_A_REPLICATE)
            return rc_fail(err, RC_INPUT,
                           "`%s` has a value in %.2g%% of %llu trials: too few to rank by; ask for "
                           "more trials, or rank by another output",
                           s->output->name, 100 * (1 - s->undefined),
                           (unsigned long long)m->result->trials);
    }
    m->kept = s->n < m->result->trials ? kept : NULL;
    return RC_OK;
}

/* What investing earns: npv, or in a model without money the target itself */
static void find_worth(maker *m) {
    rc_study *s = m->s;
    const rc_output *npv = rc_result_find(m->result, "npv");
    bool money = npv != NULL && npv->kind == RC_OUTPUT_METRIC;
    const rc_output *o = money ? npv : s->output;
    s->worth_name = o->name;
    if (s->undefined > 0 || o->undefined > 0 || o->infinite > 0)
        return;
    s->worth = values_of(m, o);
    s->choices = &s->worth;
    s->n_choices = 1;
}

static void fill_target(maker *m) {
    rc_study *s = m->s;
    s->y = values_of(m, s->output);
    if (s->statistic != RC_STATISTIC_BELOW_ZERO)
        return;
    double *below = RC_NEW(s->arena, double, s->n);
    for (size_t i = 0; i < s->n; i++)
        below[i] = s->y[i] < 0;
    s->y = below;
}

/* ---- Grades ---- */

static rc_status grade_all(maker *m, rc_error *err) {
    rc_study *s = m->s;
    size_t n_outputs = m->result->n_outputs;
    double *y_grade = RC_NEW_RAW(s->arena, double, s->n);
    double *y_own = RC_NEW_RAW(s->arena, double, s->n);
    double **grades = RC_NEW(s->arena, double *, n_outputs);
    bool failed = false;
    for (size_t i = 0; i < n_outputs; i++)
        if (m->result->outputs[i].kind == RC_OUTPUT_DRAWN) {
            m->columns[i].x = values_of(m, &m->result->outputs[i]);
            m->columns[i].grade = grades[i] = RC_NEW_RAW(s->arena, double, s->n);
            m->own[i] = RC_NEW_RAW(s->arena, double, s->n);
        }
#pragma omp parallel num_threads(s->threads)
    {
        rc_grader g;
        bool ready = rc_grader_init(&g, s->n);
#pragma omp for schedule(dynamic, 1)
        for (size_t i = 0; i <= n_outputs; i++) {
            if (!ready)
                continue;
            if (i == n_outputs)
                rc_grade(&g, s->y, s->n, s->start, y_grade, y_own);
            else if (grades[i] != NULL)
                m->columns[i].atom =
                    rc_grade(&g, m->columns[i].x, s->n, s->start, grades[i], m->own[i]);
        }
#pragma omp atomic
        failed |= !ready;
        rc_grader_free(&g);
    }
    s->y_grade = y_grade;
    s->y_own = y_own;
    return failed ? rc_fail(err, RC_MEMORY, "not enough memory to rank %zu trials", s->n) : RC_OK;
}

/* ---- Bars of several columns ---- */

/* Too many columns for a joint fit: each with the weight of its own correlation */
static void add_up(const rc_study *s, const rc_study_bar *b, double *x) {
    for (size_t c = 0; c < b->bar->n_columns; c++) {
        const double *g = b->columns[c].grade;
        double xy = 0;
        for (size_t i = 0; i < s->n; i++)
            xy += (g[i] - 0.5) * (s->y_grade[i] - 0.5);
        for (size_t i = 0; i < s->n; i++)
            x[i] += xy / (double)s->n * (g[i] - 0.5);
    }
}

static void fit_index(const rc_study *s, const rc_study_bar *b, double *x) {
    if (b->bar->n_columns > RC_SPLINE_COLUMNS) {
        add_up(s, b, x);
        return;
    }
    rc_spline spline = rc_spline_of(b->columns, b->bar->n_columns);
    double *sums = calloc(spline.p * spline.p + 2 * spline.p, sizeof *sums);
    if (sums == NULL)
        return;
    double *coefficients = sums + spline.p * spline.p + spline.p;
    rc_spline_add(&spline, &s->y_grade, 1, 0, s->n, sums);
    rc_spline_solve(&spline, sums, 1, coefficients);
    rc_spline_values(&spline, coefficients, 0, s->n, x);
    free(sums);
}

static void make_one(const maker *m, rc_study_bar *b, rc_grader *g, double *room) {
    const rc_study *s = m->s;
    if (!b->index) {
        b->one = b->columns[0];
        b->own_grade = m->own[b->bar->columns[0]];
        return;
    }
    double *x = room, *grade = room + s->n, *own = room + 2 * s->n;
    fit_index(s, b, x);
    double atom = rc_grade(g, x, s->n, s->start, grade, own);
    b->one = (rc_study_column){x, grade, atom};
    b->own_grade = own;
}

static rc_status make_bars(maker *m, rc_error *err) {
    rc_study *s = m->s;
    const rc_result *r = m->result;
    rc_study_bar *bars = RC_NEW(s->arena, rc_study_bar, r->n_bars);
    double **room = RC_NEW(s->arena, double *, r->n_bars);
    for (size_t i = 0; i < r->n_bars; i++) {
        size_t n = r->bars[i].n_columns;
        rc_study_column *columns = RC_NEW(s->arena, rc_study_column, n);
        for (size_t c = 0; c < n; c++)
            columns[c] = m->columns[r->bars[i].columns[c]];
        bars[i] = (rc_study_bar){&r->bars[i],
                                 columns,
                                 {NULL, NULL, NAN},
                                 NULL,
                                 n > 1 || r->bars[i].kind == RC_BAR_GROUP};
        if (bars[i].index)
            room[i] = RC_NEW(s->arena, double, 3 * s->n);
        *(r->bars[i].kind == RC_BAR_GROUP ? &s->n_groups : &s->n_entries) += 1;
    }
    bool failed = false;
#pragma omp parallel num_threads(s->threads)
    {
        rc_grader g;
        bool ready = rc_grader_init(&g, s->n);
#pragma omp for schedule(dynamic, 1)
        for (size_t i = 0; i < r->n_bars; i++)
            if (ready)
                make_one(m, &bars[i], &g, room[i]);
#pragma omp atomic
        failed |= !ready;
        rc_grader_free(&g);
    }
    s->entries = bars; /* groups stand behind entries */
    s->groups = bars + s->n_entries;
    return failed ? rc_fail(err, RC_MEMORY, "not enough memory to rank %zu trials", s->n) : RC_OK;
}

/* ---- The whole ---- */

static rc_status find_output(rc_study *s, const char *target, rc_error *err) {
    rc_target t;
    rc_status status = rc_target_parse(target, s->arena, &t, err);
    if (status != RC_OK)
        return status;
    const rc_output *o = rc_result_find(s->result, t.output);
    bool kept = s->result->trials == 0 || (o != NULL && o->samples != NULL);
    if (o == NULL || o->kind == RC_OUTPUT_DRAWN || !kept)
        return rc_fail(err, RC_USAGE, "unknown target `%s`", t.output);
    s->output = o;
    s->target = rc_arena_strdup(s->arena, t.text);
    s->statistic = t.statistic;
    s->percentile = t.percentile;
    s->undefined = o->undefined;
    s->infinite = o->infinite;
    return RC_OK;
}

/* Of an outline: which bars there are */
static void name_bars(rc_study *s) {
    const rc_result *r = s->result;
    rc_study_bar *bars = RC_NEW(s->arena, rc_study_bar, r->n_bars);
    for (size_t i = 0; i < r->n_bars; i++) {
        bars[i].bar = &r->bars[i];
        bars[i].index = r->bars[i].n_columns > 1 || r->bars[i].kind == RC_BAR_GROUP;
        *(r->bars[i].kind == RC_BAR_GROUP ? &s->n_groups : &s->n_entries) += 1;
    }
    s->entries = bars; /* groups stand behind entries */
    s->groups = bars + s->n_entries;
}

rc_status rc_study_new(const rc_result *result, const char *target, const rc_given *given,
                       const rc_rerun *rerun, int threads, rc_arena *arena, const rc_study **out,
                       rc_error *err) {
    rc_study *s = RC_NEW(arena, rc_study, 1);
    s->arena = arena;
    s->result = result;
    s->rerun = rerun;
    s->threads = threads > 0 ? threads : omp_get_max_threads();
    maker m = {s, result, NULL, RC_NEW(arena, rc_study_column, result->n_outputs),
               RC_NEW(arena, double *, result->n_outputs)};
    if (result->n_bars == 0)
        return rc_fail(err, RC_INPUT, "nothing to rank: no input of the model varies");
    rc_status status = find_output(s, target != NULL ? target : result->target, err);
    if (status == RC_OK && result->trials == 0) {
        name_bars(s);
        *out = s;
        return RC_OK;
    }
    if (status == RC_OK)
        status = keep_defined(&m, given, err);
    if (status != RC_OK)
        return status;
    find_worth(&m);
    fill_target(&m);
    status = grade_all(&m, err);
    if (status == RC_OK)
        status = make_bars(&m, err);
    *out = s;
    return status;
}

const rc_study *rc_study_among(const rc_study *study, const double *const *choices, size_t n,
                               rc_arena *arena) {
    rc_study *s = RC_NEW(arena, rc_study, 1);
    *s = *study;
    s->choices = choices;
    s->n_choices = n;
    return s;
}

rc_slice rc_study_slice(const rc_study *s, int replicate) {
    if (replicate < 0)
        return (rc_slice){0, s->n, true};
    return (rc_slice){s->start[replicate], s->start[replicate + 1] - s->start[replicate], false};
}

/* splitmix64 (Steele, Lea and Flood 2014) of a counter: tells nothing of any stream of the run */
void rc_study_dummy(const rc_study *s, unsigned which, double *grade) {
    for (size_t i = 0; i < s->n; i++) {
        uint64_t z = (((uint64_t)which << 40) + i + 1) * UINT64_C(0x9E3779B97F4A7C15);
        z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
        z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
        z ^= z >> 31;
        grade[i] = ((double)(z >> 11) + 0.5) * 0x1p-53;
    }
}
