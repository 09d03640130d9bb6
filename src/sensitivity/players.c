/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which bars depend on each other: draws of one group of correlations do, and so do draws that take
 * the same rows of data. Of such a block a bar must hold all or nothing to stand apart. */
#include "sensitivity/players.h"

#include <string.h>

rc_status rc_players_moves(const rc_study *s, uint64_t base, rc_moves **out, rc_error *err) {
    rc_run_options *o = RC_NEW(s->arena, rc_run_options, 1);
    const char **names = RC_NEW(s->arena, const char *, 1);
    names[0] = s->output->name;
    *o = *s->rerun->options;
    o->outputs = names;
    o->n_outputs = 1;
    o->trials = base;
    o->samples = o->bars = o->cash = o->cash_lines = o->inputs = false;
    return rc_moves_new(s->rerun->model, o, out, err);
}

static bool holds(const rc_player *p, uint32_t stream) {
    for (size_t i = 0; i < p->n; i++)
        if (p->streams[i] == stream)
            return true;
    return false;
}

/* ---- Correlations ---- */

/* Do its members depend on each other at all, and does the target on any? */
static bool matters(const rc_moves *m, const rc_moves_draw *draws) {
    const rc_correlated *g = draws[0].group;
    bool any = g->shared != NULL, live = false;
    for (size_t i = 0; i < g->n; i++) {
        live |= draws[i].live;
        for (size_t j = 0; j < i; j++)
            any |= g->used[i * g->n + j] != 0;
    }
    (void)m;
    return any && live;
}

static void add_stream(rc_player *p, uint32_t stream, rc_arena *arena) {
    uint32_t *more = RC_NEW(arena, uint32_t, p->n + 1);
    memcpy(more, p->streams, p->n * sizeof *more);
    more[p->n++] = stream;
    p->streams = more;
}

static void look_at_group(const rc_moves *m, const rc_moves_draw *draws, rc_player *p,
                          rc_arena *arena) {
    const rc_correlated *g = draws[0].group;
    size_t inside = 0;
    const char *outside = NULL;
    for (size_t i = 0; i < g->n; i++) {
        bool in = holds(p, draws[i].stream);
        inside += in;
        if (!in)
            outside = g->draws[i]->entry->name;
    }
    if (inside == 0 || !matters(m, draws))
        return;
    if (outside == NULL && draws[0].shared != UINT32_MAX)
        add_stream(p, draws[0].shared, arena);
    if (outside != NULL) {
        p->with = outside;
        p->how = "is correlated with";
        p->note = RC_TR("`{one}` is correlated with `{other}`: neither has indices of its own, "
                        "only their group.");
    }
}

/* ---- Shared rows ---- */

static void look_at_rows(const rc_study *s, const rc_moves *m, rc_player *p) {
    const rc_model *model = s->rerun->model;
    for (size_t i = 0; i < model->n_draws; i++) {
        const rc_draw *d = model->draws[i];
        if (!d->tagged || d->entry == NULL || !holds(p, rc_lower_stream_of(&m->running.lower, d)))
            continue;
        bool own = strcmp(d->entry->name, p->bar->bar->name) == 0;
        if (p->bar->bar->kind == RC_BAR_GROUP)
            own = d->entry->group != NULL && strcmp(d->entry->group, p->bar->bar->name) == 0;
        if (!own) {
            p->with = d->entry->name;
            p->how = "takes the same rows as";
            p->note = RC_TR("`{one}` takes the same rows as `{other}`: neither has indices of its "
                            "own, only their group.");
        }
    }
}

rc_player *rc_players_of(const rc_study *s, const rc_moves *m, const rc_study_bar *bars, size_t n) {
    rc_player *players = RC_NEW(s->arena, rc_player, n);
    for (size_t i = 0; i < n; i++) {
        rc_player *p = &players[i];
        p->bar = &bars[i];
        p->streams = rc_moves_streams(m, bars[i].bar->name, bars[i].bar->kind == RC_BAR_GROUP,
                                      s->arena, &p->n);
        for (size_t k = 0; k < m->n_correlated; k += m->correlated[k].group->n)
            look_at_group(m, &m->correlated[k], p, s->arena);
        look_at_rows(s, m, p);
    }
    return players;
}

void rc_player_choose(const rc_player *player, uint8_t *sides) {
    for (size_t i = 0; i < player->n; i++)
        sides[player->streams[i]] = 1;
}
