/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding one's way among drivers, and copying them out of the run that they come from. */
#include "result/drivers.h"

#include <string.h>

const rc_ranking *rc_drivers_ranking(const rc_drivers *d, const char *method) {
    for (size_t i = 0; i < d->n_rankings; i++)
        if (strcmp(d->rankings[i].method->name, method) == 0)
            return &d->rankings[i];
    return NULL;
}

const char *rc_bar_kind_name(rc_bar_kind kind) {
    static const char *const names[] = {[RC_BAR_FACTOR] = "factor",
                                        [RC_BAR_INPUT] = "input",
                                        [RC_BAR_RISK] = "risk",
                                        [RC_BAR_GROUP] = "group"};
    return names[kind];
}

/* ---- Copies ---- */

typedef struct copier {
    rc_arena *arena;
    const rc_drivers *from;
    const rc_bar *bars; /* copies of from->bars */
} copier;

static const char *text(const copier *c, const char *t) {
    return t != NULL ? rc_arena_strdup(c->arena, t) : NULL;
}

static const rc_bar *bar_of(const copier *c, const rc_bar *bar) {
    return c->bars + (bar - c->from->bars);
}

static const double *numbers(const copier *c, const double *x, size_t n) {
    if (x == NULL || n == 0)
        return NULL;
    double *to = RC_NEW(c->arena, double, n);
    memcpy(to, x, n * sizeof *to);
    return to;
}

static const rc_bar *bars(const copier *c) {
    rc_bar *to = RC_NEW(c->arena, rc_bar, c->from->n_bars);
    for (size_t i = 0; i < c->from->n_bars; i++) {
        const rc_bar *b = &c->from->bars[i];
        to[i] = *b;
        to[i].name = text(c, b->name);
        to[i].label = rc_label_copy(&b->label, c->arena);
        to[i].unit_text = text(c, b->unit_text);
        to[i].group = text(c, b->group);
        to[i].columns = NULL; /* of another result */
    }
    return to;
}

static const rc_measure *measure(const copier *c, const rc_measure *m) {
    rc_measure *to = RC_NEW(c->arena, rc_measure, 1);
    const char **scores = RC_NEW(c->arena, const char *, m->n_scores);
    *to = *m;
    to->name = text(c, m->name);
    to->title = text(c, m->title);
    to->summary = text(c, m->summary);
    for (size_t i = 0; i < m->n_scores; i++)
        scores[i] = text(c, m->scores[i]);
    to->scores = scores;
    return to;
}

static rc_ranking ranking(const copier *c, const rc_ranking *r) {
    rc_ranking to = *r;
    rc_ranked *rows = RC_NEW(c->arena, rc_ranked, r->n_rows);
    for (size_t i = 0; i < r->n_rows; i++) {
        rows[i] = r->rows[i];
        rows[i].bar = bar_of(c, r->rows[i].bar);
        rows[i].input = numbers(c, r->rows[i].input, r->n_steps);
        rows[i].output = numbers(c, r->rows[i].output, r->n_steps);
    }
    to.method = measure(c, r->method);
    to.about = text(c, r->about);
    to.unit_text = text(c, r->unit_text);
    to.rows = rows;
    to.fact_name = text(c, r->fact_name);
    rc_phrase *notes = RC_NEW(c->arena, rc_phrase, r->n_notes);
    for (size_t i = 0; i < r->n_notes; i++) {
        notes[i] = rc_phrase_copy(&r->notes[i], NULL, NULL, c->arena);
        notes[i].pattern = text(c, r->notes[i].pattern);
    }
    to.notes = notes;
    rc_pair_score *pairs = RC_NEW(c->arena, rc_pair_score, r->n_pairs);
    for (size_t i = 0; i < r->n_pairs; i++)
        pairs[i] = (rc_pair_score){text(c, r->pairs[i].name), r->pairs[i].share};
    to.pairs = pairs;
    to.percent = numbers(c, r->percent, r->n_steps);
    return to;
}

const rc_drivers *rc_drivers_copy(const rc_drivers *d, rc_arena *arena) {
    copier c = {.arena = arena, .from = d};
    rc_drivers *to = RC_NEW(arena, rc_drivers, 1);
    rc_ranking *rankings = RC_NEW(arena, rc_ranking, d->n_rankings);
    rc_swing *swings = RC_NEW(arena, rc_swing, d->n_swings);
    c.bars = bars(&c);
    for (size_t i = 0; i < d->n_rankings; i++)
        rankings[i] = ranking(&c, &d->rankings[i]);
    for (size_t i = 0; i < d->n_swings; i++) {
        swings[i] = d->swings[i];
        swings[i].bar = bar_of(&c, d->swings[i].bar);
    }
    rc_break_even *evens = RC_NEW(arena, rc_break_even, d->n_break_evens);
    for (size_t i = 0; i < d->n_break_evens; i++) {
        evens[i] = d->break_evens[i];
        evens[i].bar = bar_of(&c, d->break_evens[i].bar);
    }
    *to = *d;
    to->break_evens = evens;
    to->target = text(&c, d->target);
    to->output = text(&c, d->output);
    to->label = rc_label_copy(&d->label, arena);
    to->unit_text = text(&c, d->unit_text);
    to->worth_name = text(&c, d->worth_name);
    to->worth_unit_text = text(&c, d->worth_unit_text);
    to->given = text(&c, d->given);
    to->bars = c.bars;
    to->rankings = rankings;
    to->swings = swings;
    return to;
}
