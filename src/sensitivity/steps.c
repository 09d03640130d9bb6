/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points are numbered: 0 is the base case, then the steps of the first bar, of the second, ... */
#include "sensitivity/steps.h"

#include <assert.h>
#include <math.h>
#include <string.h>

rc_status rc_steps_open(const rc_study *s, rc_points **out, rc_error *err) {
    rc_run_options *o = RC_NEW(s->arena, rc_run_options, 1);
    const char **names = RC_NEW(s->arena, const char *, 1);
    *o = *s->rerun->options;
    names[0] = s->output->name;
    o->outputs = names;
    o->n_outputs = 1;
    o->bars = true;
    o->samples = false;
    rc_status status = rc_points_new(s->rerun->model, o, out, err);
    /* bars are found by their place */
    assert(status != RC_OK || rc_points_result(*out)->n_bars == s->result->n_bars);
    return status;
}

void rc_steps_note(const rc_study *s, rc_scores *out) {
    const rc_model *m = s->rerun->model;
    bool each = false;
    for (size_t i = 0; i < m->n_draws; i++)
        each |= m->draws[i]->each;
    if (m->n_correlated > 0)
        rc_scores_note(s, out,
                       RC_SENTENCE("The model has correlations; here each input moves as if there "
                                   "were none."));
    if (each)
        rc_scores_note(
            s, out,
            RC_SENTENCE("What is drawn afresh every period stands at the same percentile "
                        "in all of them."));
}

/* ---- Who moves a stream ---- */

static rc_points_bar bar_at(const rc_study *s, const rc_points *p, const rc_study_bar *b) {
    return rc_points_of_bar(p, (size_t)(b->bar - s->result->bars));
}

typedef void stream_visit(rc_stream_bars *x, size_t *at, uint32_t stream, size_t bar,
                          enum rc_stream_role role);

static void count(rc_stream_bars *x, size_t *at, uint32_t stream, size_t bar,
                  enum rc_stream_role role) {
    (void)bar;
    (void)role;
    (void)at;
    x->first[stream + 1]++;
}

static void put(rc_stream_bars *x, size_t *at, uint32_t stream, size_t bar,
                enum rc_stream_role role) {
    x->bar[at[stream]] = bar;
    x->role[at[stream]++] = role;
    x->switches[stream] |= role == RC_ROLE_SWITCH;
}

static void visit(const rc_study *s, const rc_points *p, const rc_study_bar *bars, size_t n,
                  stream_visit *f, rc_stream_bars *x, size_t *at) {
    for (size_t i = 0; i < n; i++) {
        rc_points_bar b = bar_at(s, p, &bars[i]);
        for (size_t k = 0; k < b.n_streams; k++)
            f(x, at, b.streams[k], i, RC_ROLE_DRAW);
        for (size_t k = 0; k < b.n_events; k++)
            f(x, at, b.events[k], i, RC_ROLE_EVENT);
        for (size_t k = 0; k < b.n_switches; k++)
            f(x, at, b.switches[k], i, RC_ROLE_SWITCH);
    }
}

rc_stream_bars rc_stream_bars_of(const rc_study *s, const rc_points *p, const rc_study_bar *bars,
                                 size_t n) {
    size_t n_streams = rc_points_streams(p);
    rc_stream_bars x = {.n_streams = n_streams,
                        .first = RC_NEW(s->arena, size_t, n_streams + 1),
                        .switches = RC_NEW(s->arena, bool, n_streams)};
    visit(s, p, bars, n, count, &x, NULL);
    for (size_t i = 0; i < n_streams; i++)
        x.first[i + 1] += x.first[i];
    x.bar = RC_NEW(s->arena, size_t, x.first[n_streams]);
    x.role = RC_NEW(s->arena, enum rc_stream_role, x.first[n_streams]);
    size_t *at = RC_NEW(s->arena, size_t, n_streams + 1);
    memcpy(at, x.first, (n_streams + 1) * sizeof *at);
    visit(s, p, bars, n, put, &x, at);
    /* also those of risks that are not among the bars */
    for (size_t i = 0; i < s->n_entries; i++) {
        rc_points_bar b = bar_at(s, p, &s->entries[i]);
        for (size_t k = 0; k < b.n_switches; k++)
            x.switches[b.switches[k]] = true;
    }
    return x;
}

/* ---- Steps ---- */

typedef struct walk {
    rc_stream_bars by;
    const double *percent;
    size_t n_steps, n_bars;
} walk;

static double base_of(const walk *k, size_t stream) {
    return k->by.switches[stream] ? 0 : 0.5;
}

/* Where a stream stands at a step of a bar that moves it */
static double step_of(double percent, enum rc_stream_role role) {
    switch (role) {
    case RC_ROLE_DRAW: return rc_tail_of(percent / 100);
    case RC_ROLE_SWITCH: return percent < 50 ? -1 : percent > 50 ? 1 : 0;
    default: return 0.5;
    }
}

static void place(void *data, size_t stream, uint64_t first, size_t n, double *w) {
    const walk *k = data;
    for (size_t j = 0; j < n; j++)
        w[j] = base_of(k, stream);
    for (size_t b = k->by.first[stream]; b < k->by.first[stream + 1]; b++) {
        uint64_t from = 1 + k->by.bar[b] * k->n_steps;
        for (size_t step = 0; step < k->n_steps; step++)
            if (from + step >= first && from + step < first + n)
                w[from + step - first] = step_of(k->percent[step], k->by.role[b]);
    }
}

/* All bars at the same step: an entry's own value depends on nothing else */
static void place_all(void *data, size_t stream, uint64_t first, size_t n, double *w) {
    const walk *k = data;
    for (size_t j = 0; j < n; j++)
        w[j] = base_of(k, stream);
    size_t b = k->by.first[stream];
    if (b < k->by.first[stream + 1])
        for (size_t j = 0; j < n; j++)
            w[j] = step_of(k->percent[first + j], k->by.role[b]);
}

static rc_status read_inputs(const rc_study *s, const rc_points *p, walk *k,
                             const rc_study_bar *bars, rc_series *out, rc_error *err) {
    const rc_result *r = rc_points_result(p);
    double **y = RC_NEW(s->arena, double *, r->n_outputs);
    for (size_t i = 0; i < r->n_outputs; i++)
        if (r->outputs[i].kind == RC_OUTPUT_DRAWN)
            y[i] = RC_NEW(s->arena, double, k->n_steps);
    rc_status status = rc_points_run(p, k->n_steps, place_all, k, y, err);
    for (size_t i = 0; i < k->n_bars && status == RC_OK; i++) {
        const rc_bar *b = &r->bars[bars[i].bar - s->result->bars];
        bool one = b->n_columns == 1 && b->kind != RC_BAR_RISK && b->kind != RC_BAR_GROUP;
        for (size_t step = 0; step < k->n_steps; step++)
            out->input[i * k->n_steps + step] = one ? y[b->columns[0]][step] : NAN;
    }
    return status;
}

static rc_status run_all(const rc_study *s, const rc_points *p, walk *k, const rc_study_bar *bars,
                         rc_series *out, rc_error *err) {
    const rc_result *r = rc_points_result(p);
    size_t n = 1 + k->n_bars * k->n_steps;
    double **y = RC_NEW(s->arena, double *, r->n_outputs), *x = RC_NEW(s->arena, double, n);
    for (size_t i = 0; i < r->n_outputs; i++) /* the target is the one that is no bar's */
        y[i] = r->outputs[i].kind == s->output->kind ? x : NULL;
    rc_status status = rc_points_run(p, n, place, k, y, err);
    if (status == RC_OK)
        status = read_inputs(s, p, k, bars, out, err);
    out->base = x[0];
    memcpy(out->output, x + 1, k->n_bars * k->n_steps * sizeof *x);
    return status;
}

rc_status rc_steps_run(const rc_study *s, const rc_study_bar *bars, size_t n, const double *percent,
                       size_t n_steps, rc_series *out, rc_error *err) {
    rc_points *p = NULL;
    rc_status status = rc_steps_open(s, &p, err);
    if (status != RC_OK)
        return status;
    walk k = {.by = rc_stream_bars_of(s, p, bars, n),
              .percent = percent,
              .n_steps = n_steps,
              .n_bars = n};
    *out = (rc_series){.n_steps = n_steps, .percent = percent};
    out->input = RC_NEW(s->arena, double, n *n_steps);
    out->output = RC_NEW(s->arena, double, n *n_steps);
    status = run_all(s, p, &k, bars, out, err);
    rc_points_free(p);
    return status;
}
