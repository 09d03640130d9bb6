/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What decides between alternatives: the rankings of sensitivity/ on all of them together. `evppi`
 * is what knowing an input is worth before choosing among all; the others than the leader earn what
 * they have more than it, trial by trial. `rank` goes by what the leader has more than the second.
 *
 * An input, a risk or a group that several alternatives have is one bar: who knows it knows it for
 * all of them. Common random numbers make its columns in the alternatives say the same (the larger
 * here, the larger there), even where its range is another; then one of them stands for it. Where
 * they do not (it is correlated with another input in one alternative only), the bar has both. */
#include "decide/dominance.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LOOKED = 128 }; /* trials that tell whether two columns say the same */

typedef struct joiner {
    const rc_comparison *c;
    rc_arena *arena;
    rc_result *joint;
    rc_output *outputs;
    rc_bar *bars;
    size_t **columns;  /* [joint bars] */
    size_t **joint_of; /* [n][outputs of the alternative] its column in the joint result */
} joiner;

static const rc_result *result_of(const joiner *j, size_t alternative) {
    return j->c->alternatives[alternative].result;
}

/* ---- Columns ---- */

static double size_of(double x) {
    return x < 0 ? -x : x;
}

/* Do they put trials in the same order, or in the opposite one? All but: means of several draws do
 * not quite where these have other shapes. *finer: b tells more apart. */
static bool say_the_same(const double *a, const double *b, size_t n, bool *finer) {
    size_t along = 0, against = 0, ties_a = 0, ties_b = 0;
    *finer = false;
    if (memcmp(a, b, n * sizeof *a) == 0)
        return true;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++) {
            /* what differs by rounding alone is a tie */
            double x = a[i] - a[k], y = b[i] - b[k];
            bool tie_a = size_of(x) <= 1e-12 * size_of(a[i]);
            bool tie_b = size_of(y) <= 1e-12 * size_of(b[i]);
            ties_a += tie_a;
            ties_b += tie_b;
            along += !tie_a && !tie_b && (x > 0) == (y > 0);
            against += !tie_a && !tie_b && (x > 0) != (y > 0);
        }
    *finer = ties_b < ties_a;
    return 20 * (along < against ? along : against) <= along + against;
}

static size_t looked(const joiner *j) {
    return j->joint->trials < LOOKED ? (size_t)j->joint->trials : LOOKED;
}

/* Column `at` of a bar that alternatives before this one had, n_known columns: the one that says
 * the same, if there is one; `taken` by another column of this alternative. SIZE_MAX: none. */
static size_t find_column(joiner *j, const rc_bar *bar, size_t n_known, size_t at, const double *x,
                          bool *taken) {
    for (size_t k = 0; k < n_known; k++) {
        size_t i = (at + k) % n_known; /* its own place first: rare events may look alike */
        rc_output *known = &j->outputs[bar->columns[i]];
        bool finer, same = say_the_same(known->samples, x, looked(j), &finer);
        if (taken[i] || (!same && bar->kind != RC_BAR_RISK))
            continue; /* the harm of a risk also goes by what it hits, so it is one in any case */
        if (finer)
            known->samples = x;
        taken[i] = true;
        return bar->columns[i];
    }
    return SIZE_MAX;
}

/* ---- Bars ---- */

static size_t find_bar(const joiner *j, const rc_bar *bar) {
    for (size_t i = 0; i < j->joint->n_bars; i++)
        if (strcmp(j->bars[i].name, bar->name) == 0 &&
            (j->bars[i].kind == RC_BAR_GROUP) == (bar->kind == RC_BAR_GROUP))
            return i;
    return SIZE_MAX;
}

/* Columns that all alternatives have under its name */
static size_t columns_most(const joiner *j, const rc_bar *bar) {
    size_t n = 0;
    for (size_t a = 0; a < j->c->n; a++)
        for (size_t i = 0; i < result_of(j, a)->n_bars; i++)
            if (strcmp(result_of(j, a)->bars[i].name, bar->name) == 0)
                n += result_of(j, a)->bars[i].n_columns;
    return n;
}

static size_t place_of(joiner *j, const rc_bar *bar) {
    size_t at = find_bar(j, bar);
    if (at != SIZE_MAX)
        return at;
    at = j->joint->n_bars++;
    j->columns[at] = RC_NEW(j->arena, size_t, columns_most(j, bar));
    j->bars[at] = *bar;
    j->bars[at].columns = j->columns[at];
    j->bars[at].n_columns = 0;
    return at;
}

static void take_entry(joiner *j, size_t alternative, const rc_bar *bar) {
    const rc_output *outputs = result_of(j, alternative)->outputs;
    size_t at = place_of(j, bar), n_known = j->bars[at].n_columns;
    rc_bar *known = &j->bars[at];
    bool *taken = RC_NEW(j->arena, bool, n_known + 1);
    for (size_t c = 0; c < bar->n_columns; c++) {
        const rc_output *o = &outputs[bar->columns[c]];
        size_t column = find_column(j, known, n_known, c, o->samples, taken);
        if (column == SIZE_MAX) {
            column = j->joint->n_outputs++;
            j->outputs[column] = *o;
            j->columns[at][known->n_columns++] = column;
        }
        j->joint_of[alternative][bar->columns[c]] = column;
    }
}

static void take_group(joiner *j, size_t alternative, const rc_bar *bar) {
    size_t at = place_of(j, bar);
    rc_bar *known = &j->bars[at];
    for (size_t c = 0; c < bar->n_columns; c++) {
        size_t column = j->joint_of[alternative][bar->columns[c]], i = 0;
        while (i < known->n_columns && known->columns[i] != column)
            i++;
        if (i == known->n_columns)
            j->columns[at][known->n_columns++] = column;
    }
}

static void take_bars(joiner *j) {
    for (int groups = 0; groups < 2; groups++) /* groups stand behind entries */
        for (size_t o = 0; o < j->c->n; o++) {
            const rc_result *r = result_of(j, j->c->order[o]);
            for (size_t i = 0; i < r->n_bars; i++)
                if ((r->bars[i].kind == RC_BAR_GROUP) == groups)
                    (groups ? take_group : take_entry)(j, j->c->order[o], &r->bars[i]);
        }
}

/* ---- The joint result ---- */

/* What alternative a has more than b: above 0 it is better */
static double *difference(const rc_comparison *c, size_t a, size_t b, rc_arena *arena) {
    const double *x = c->alternatives[a].measure->samples, *y = c->alternatives[b].measure->samples;
    size_t n = (size_t)c->alternatives[a].result->trials;
    double *d = RC_NEW(arena, double, n);
    for (size_t i = 0; i < n; i++)
        d[i] = c->higher_is_better ? x[i] - y[i] : y[i] - x[i];
    return d;
}

/* A result of its own: one output, the difference in favour of the leader, and the bars of all. */
static rc_result *join(const rc_comparison *c, rc_arena *arena) {
    const rc_alternative *lead = &c->alternatives[c->leader];
    rc_result *joint = RC_NEW(arena, rc_result, 1);
    joiner j = {.c = c, .arena = arena, .joint = joint};
    size_t n_bars = 0, n_columns = 0;
    j.joint_of = RC_NEW(arena, size_t *, c->n);
    for (size_t a = 0; a < c->n; a++) {
        const rc_result *r = c->alternatives[a].result;
        j.joint_of[a] = RC_NEW(arena, size_t, r->n_outputs);
        n_bars += r->n_bars;
        for (size_t i = 0; i < r->n_bars; i++)
            n_columns += r->bars[i].n_columns;
    }
    *joint = *lead->result;
    j.outputs = RC_NEW(arena, rc_output, n_columns + 1);
    j.bars = RC_NEW(arena, rc_bar, n_bars);
    j.columns = RC_NEW(arena, size_t *, n_bars);
    j.outputs[0] = *lead->measure;
    j.outputs[0].kind = RC_OUTPUT_USER; /* `npv` would be taken for what investing earns */
    j.outputs[0].name = "difference";
    j.outputs[0].samples = difference(c, c->leader, c->second, arena);
    j.outputs[0].higher_is_better = true;
    joint->n_outputs = 1;
    joint->n_bars = 0;
    take_bars(&j);
    joint->outputs = j.outputs;
    joint->bars = j.bars;
    joint->target = "difference";
    return joint;
}

rc_status rc_comparison_factors(const rc_comparison *c, int threads, rc_arena *arena,
                                const rc_drivers **out, rc_error *err) {
    static const char *const methods[] = {"evppi", "rank"};
    enum { N = sizeof methods / sizeof *methods };
    static const rc_given all = {0};
    *out = NULL;
    const rc_result *joint = join(c, arena);
    if (joint->n_bars == 0)
        return RC_OK;
    const double **others = RC_NEW(arena, const double *, c->n);
    for (size_t i = 1; i < c->n; i++)
        others[i - 1] = difference(c, c->order[i], c->leader, arena);
    const rc_study *study = NULL;
    rc_status status = rc_study_new(joint, "difference", &all, NULL, threads, arena, &study, err);
    if (status == RC_OK)
        study = rc_study_among(study, others, c->n - 1, arena);
    rc_ranking *rankings = RC_NEW(arena, rc_ranking, N);
    for (size_t i = 0; i < N && status == RC_OK; i++)
        status = rc_rank(study, rc_method_find(methods[i]), &rankings[i], err);
    if (status == RC_OK)
        *out = rc_drivers_of(study, rankings, N, 0, arena);
    return status;
}
