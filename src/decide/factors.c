/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What decides between the two best alternatives: the rankings of sensitivity/ with the difference
 * of the two as their target. An input that both share is one bar. `evppi` is then the worth of
 * knowing that input before choosing between the two. */
#include "decide/dominance.h"

#include <string.h>

typedef struct joiner {
    rc_result *joint;
    rc_output *outputs;
    rc_bar *bars;
} joiner;

static bool known(const joiner *j, const rc_bar *bar) {
    for (size_t i = 0; i < j->joint->n_bars; i++)
        if (strcmp(j->bars[i].name, bar->name) == 0)
            return true;
    return false;
}

/* Bars of r that are not there yet, entries or groups, with copies of their columns. */
static void take(joiner *j, const rc_result *r, bool groups, rc_arena *arena) {
    for (size_t i = 0; i < r->n_bars; i++) {
        const rc_bar *bar = &r->bars[i];
        if ((bar->kind == RC_BAR_GROUP) != groups || known(j, bar))
            continue;
        size_t *columns = RC_NEW(arena, size_t, bar->n_columns);
        for (size_t c = 0; c < bar->n_columns; c++) {
            columns[c] = j->joint->n_outputs;
            j->outputs[j->joint->n_outputs++] = r->outputs[bar->columns[c]];
        }
        j->bars[j->joint->n_bars] = *bar;
        j->bars[j->joint->n_bars++].columns = columns;
    }
}

static size_t columns_of(const rc_result *r) {
    size_t n = 0;
    for (size_t i = 0; i < r->n_bars; i++)
        n += r->bars[i].n_columns;
    return n;
}

/* A result of its own: one output, the difference in favour of the leader, and the bars of both. */
static rc_result *join(const rc_comparison *c, rc_arena *arena) {
    const rc_alternative *lead = &c->alternatives[c->leader], *other = &c->alternatives[c->second];
    const rc_result *a = lead->result, *b = other->result;
    rc_result *joint = RC_NEW(arena, rc_result, 1);
    *joint = *a;
    joiner j = {joint, RC_NEW(arena, rc_output, columns_of(a) + columns_of(b) + 1),
                RC_NEW(arena, rc_bar, a->n_bars + b->n_bars)};
    double *d = RC_NEW(arena, double, (size_t)a->trials);
    for (uint64_t i = 0; i < a->trials; i++)
        d[i] = c->higher_is_better ? lead->measure->samples[i] - other->measure->samples[i]
                                   : other->measure->samples[i] - lead->measure->samples[i];
    j.outputs[0] = *lead->measure;
    j.outputs[0].kind = RC_OUTPUT_USER; /* `npv` would be taken for what investing earns */
    j.outputs[0].name = "difference";
    j.outputs[0].samples = d;
    j.outputs[0].higher_is_better = true;
    joint->n_outputs = 1;
    joint->n_bars = 0;
    for (int groups = 0; groups < 2; groups++) { /* groups stand behind entries */
        take(&j, a, groups, arena);
        take(&j, b, groups, arena);
    }
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
    const rc_study *study = NULL;
    rc_status status = rc_study_new(joint, "difference", &all, NULL, threads, arena, &study, err);
    rc_ranking *rankings = RC_NEW(arena, rc_ranking, N);
    for (size_t i = 0; i < N && status == RC_OK; i++)
        status = rc_rank(study, rc_method_find(methods[i]), &rankings[i], err);
    if (status == RC_OK)
        *out = rc_drivers_of(study, rankings, N, 0, arena);
    return status;
}
