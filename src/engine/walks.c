/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/walks.h"

#include "copula/copula.h"

#include <math.h>
#include <string.h>

/* A group of correlated draws. Columns are of moves->lanes. */
typedef struct joint {
    size_t first, n;        /* correlated[first ... first + n - 1] */
    unsigned points;        /* of each: 1, or one a period */
    const uint32_t *shares; /* player of the scale that all share; NULL: none */
    size_t *order;          /* [n] places, who goes last first */
    double *lower;          /* [n][n] factor in that order; elliptical */
    double *kept, *fresh;   /* [points][n][lanes] e of A and of B in that order; pairs: points w */
    double *scale;          /* [2][points][lanes] 1 / scale of A and B */
} joint;

struct rc_walker {
    const rc_walks *walks;
    joint *joints;
    size_t n_joints;
    rc_move *move[2];
    uint8_t *side;         /* [n_streams] */
    bool *gone;            /* [n_players] */
    uint32_t *when;        /* [n_players] */
    bool *given, *renewed; /* [n_correlated] */
    double *z, *w;         /* [lanes] */
};

static rc_isa isa_of(const rc_walker *k) {
    return k->walks->moves->running.isa;
}

static size_t lanes_of(const rc_walker *k) {
    return k->walks->moves->lanes;
}

/* ---- Made ---- */

static void make_joint(rc_walker *k, size_t first, rc_arena *arena) {
    const rc_moves *m = k->walks->moves;
    const rc_moves_draw *d = &m->correlated[first];
    joint *j = &k->joints[k->n_joints++];
    size_t lanes = m->lanes;
    *j = (joint){.first = first, .n = d->group->n, .points = d->points};
    for (size_t i = 0; i < j->n; i++)
        j->points = m->correlated[first + i].points;
    j->order = RC_NEW(arena, size_t, j->n);
    j->lower = RC_NEW(arena, double, j->n * j->n);
    j->kept = RC_NEW(arena, double, j->points * j->n * lanes);
    j->fresh = RC_NEW(arena, double, j->points * j->n * lanes);
    if (d->shared != UINT32_MAX) {
        j->shares = &k->walks->player_of[d->shared];
        j->scale = RC_NEW(arena, double, 2 * j->points * lanes);
    }
}

rc_walker *rc_walker_new(const rc_walks *walks, rc_arena *arena) {
    const rc_moves *m = walks->moves;
    rc_walker *k = RC_NEW(arena, rc_walker, 1);
    k->walks = walks;
    k->joints = RC_NEW(arena, joint, m->n_correlated);
    k->move[0] = rc_move_new(m, arena);
    k->move[1] = rc_move_new(m, arena);
    k->side = RC_NEW(arena, uint8_t, m->n_streams);
    k->gone = RC_NEW(arena, bool, walks->n_players);
    k->when = RC_NEW(arena, uint32_t, walks->n_players);
    k->given = RC_NEW(arena, bool, m->n_correlated);
    k->renewed = RC_NEW(arena, bool, m->n_correlated);
    k->z = RC_NEW(arena, double, m->lanes);
    k->w = RC_NEW(arena, double, m->lanes);
    for (size_t i = 0; i < m->n_correlated; i += m->correlated[i].group->n)
        make_joint(k, i, arena);
    for (size_t i = 0; i < m->n_correlated; i++)
        k->given[i] = true;
    return k;
}

/* ---- A group at the start of a walk ---- */

static uint32_t player_at(const rc_walker *k, const joint *j, size_t place) {
    const rc_moves *m = k->walks->moves;
    return k->walks->player_of[m->correlated[j->first + place].stream];
}

static void sort_places(const rc_walker *k, const joint *j) {
    for (size_t i = 0; i < j->n; i++) { /* who goes last first; of one player in their own order */
        size_t at = i;
        uint32_t when = k->when[player_at(k, j, i)];
        for (; at > 0 && k->when[player_at(k, j, j->order[at - 1])] < when; at--)
            j->order[at] = j->order[at - 1];
        j->order[at] = i;
    }
}

/* Of the latent correlations in that order. What the ones before it determine gets a row whose
 * last number is 0. */
static void factorise(const joint *j, const double *latent) {
    for (size_t a = 0; a < j->n; a++)
        for (size_t b = 0; b <= a; b++) {
            double sum = latent[j->order[a] * j->n + j->order[b]];
            for (size_t c = 0; c < b; c++)
                sum -= j->lower[a * j->n + c] * j->lower[b * j->n + c];
            double pivot = j->lower[b * j->n + b];
            if (a == b)
                j->lower[a * j->n + a] = sum > 1e-14 ? sqrt(sum) : 0;
            else
                j->lower[a * j->n + b] = pivot > 0 ? sum / pivot : 0;
        }
}

static double *column(const rc_walker *k, double *of, const joint *j, unsigned point, size_t i) {
    return of + ((size_t)point * j->n + i) * lanes_of(k);
}

/* Latent values of half A as the model mixes them: row of the group's factor times own values. */
static void mixed(rc_walker *k, rc_moves_block *b, const joint *j, unsigned point, size_t place,
                  double *z) {
    const rc_moves_draw *d = &k->walks->moves->correlated[j->first];
    const double *row = d->group->lower + place * j->n;
    for (size_t i = 0; i < b->n; i++)
        z[i] = 0;
    for (size_t c = 0; c <= place; c++) {
        if (row[c] == 0)
            continue;
        rc_moves_point(b, 0, d[c].stream, point, k->w);
        rc_copula_latent(isa_of(k), k->w, k->w, b->n);
        for (size_t i = 0; i < b->n; i++)
            z[i] += row[c] * k->w[i];
    }
}

static void start_elliptical(rc_walker *k, rc_moves_block *b, joint *j, unsigned point) {
    const rc_moves_draw *d = &k->walks->moves->correlated[j->first];
    for (size_t a = 0; a < j->n; a++) {
        double *e = column(k, j->kept, j, point, a), pivot = j->lower[a * j->n + a];
        mixed(k, b, j, point, j->order[a], e);
        for (size_t c = 0; c < a; c++)
            for (size_t i = 0; i < b->n; i++)
                e[i] -= j->lower[a * j->n + c] * column(k, j->kept, j, point, c)[i];
        for (size_t i = 0; i < b->n; i++)
            e[i] = pivot > 0 ? e[i] / pivot : 0;
        double *fresh = column(k, j->fresh, j, point, a);
        rc_moves_point(b, 1, d[j->order[a]].stream, point, k->w);
        rc_copula_latent(isa_of(k), k->w, fresh, b->n);
    }
}

/* Both members of a pair: `kept` is the joint point of A, `fresh` own points of B. */
static void start_pair(rc_walker *k, rc_moves_block *b, joint *j, unsigned point) {
    const rc_moves_draw *d = &k->walks->moves->correlated[j->first];
    double *first = column(k, j->kept, j, point, 0), *second = column(k, j->kept, j, point, 1);
    rc_moves_point(b, 0, d[0].stream, point, first);
    rc_moves_point(b, 0, d[1].stream, point, k->w);
    d->group->copula.type->second(&d->group->copula, first, k->w, second, b->n);
    for (size_t i = 0; i < 2; i++)
        rc_moves_point(b, 1, d[i].stream, point, column(k, j->fresh, j, point, i));
}

static void start_scale(rc_walker *k, rc_moves_block *b, joint *j, unsigned point) {
    const rc_moves *m = k->walks->moves;
    const rc_moves_draw *d = &m->correlated[j->first];
    size_t group = (size_t)(d->group - m->model->correlated);
    for (int side = 0; side < 2; side++) {
        double *scale = j->scale + ((size_t)side * j->points + point) * m->lanes;
        rc_moves_point(b, side, d->shared, point, k->w);
        rc_dist_draw(m->running.lower.shared_ratio[group], isa_of(k), k->w, scale, b->n);
        for (size_t i = 0; i < b->n; i++)
            scale[i] = sqrt(scale[i]);
    }
}

static bool elliptical(const rc_walker *k, const joint *j) {
    return k->walks->moves->correlated[j->first].group->lower != NULL;
}

static void start(rc_walker *k, rc_moves_block *b, joint *j) {
    sort_places(k, j);
    if (elliptical(k, j))
        factorise(j, k->walks->moves->correlated[j->first].group->latent);
    for (unsigned p = 0; p < j->points; p++) {
        if (elliptical(k, j))
            start_elliptical(k, b, j, p);
        else
            start_pair(k, b, j, p);
        if (j->shares != NULL)
            start_scale(k, b, j, p);
    }
}

/* ---- A group on the way ---- */

static double *given_column(rc_walker *k, rc_moves_block *b, const joint *j, size_t place,
                            unsigned point) {
    const rc_moves_draw *d = &k->walks->moves->correlated[j->first + place];
    bool by_period = k->walks->moves->running.graph.nodes[d->live ? d->node : 0].period;
    return rc_moves_given(b, j->first + place, d->live && by_period ? point + 1 : 0);
}

static void go_elliptical(rc_walker *k, rc_moves_block *b, joint *j, unsigned point) {
    const rc_moves *m = k->walks->moves;
    const rc_copula *copula = &m->correlated[j->first].group->copula;
    for (size_t a = 0; a < j->n; a++) {
        double *out = given_column(k, b, j, j->order[a], point);
        if (out == NULL)
            continue;
        memset(k->z, 0, b->n * sizeof *k->z);
        for (size_t c = 0; c <= a; c++) {
            const double weight = j->lower[a * j->n + c];
            bool anew = k->gone[player_at(k, j, j->order[c])];
            const double *e = column(k, anew ? j->fresh : j->kept, j, point, c);
            for (size_t i = 0; weight != 0 && i < b->n; i++)
                k->z[i] += weight * e[i];
        }
        if (j->shares != NULL) {
            size_t side = k->gone[*j->shares];
            const double *scale = j->scale + (side * j->points + point) * m->lanes;
            for (size_t i = 0; i < b->n; i++)
                k->z[i] /= scale[i];
        }
        copula->type->tail(copula, isa_of(k), k->z, out, b->n);
    }
}

/* Who went first is drawn given what the other keeps; who follows, from its own point, with the
 * first one given it. */
static void go_pair(rc_walker *k, rc_moves_block *b, joint *j, unsigned point) {
    const rc_copula *copula = &k->walks->moves->correlated[j->first].group->copula;
    size_t stays = j->order[0], goes = j->order[1];
    double *out[2] = {given_column(k, b, j, 0, point), given_column(k, b, j, 1, point)};
    bool last = k->gone[player_at(k, j, stays)], first = k->gone[player_at(k, j, goes)];
    const double *w = column(k, last ? j->fresh : j->kept, j, point, stays);
    if (out[stays] != NULL)
        memcpy(out[stays], w, b->n * sizeof *w);
    if (out[goes] == NULL)
        return;
    if (first)
        copula->type->second(copula, w, column(k, j->fresh, j, point, goes), out[goes], b->n);
    else
        memcpy(out[goes], column(k, j->kept, j, point, goes), b->n * sizeof *w);
}

static bool touches(const rc_walker *k, const joint *j, uint32_t player) {
    bool touched = j->shares != NULL && *j->shares == player;
    for (size_t i = 0; i < j->n; i++)
        touched |= player_at(k, j, i) == player;
    return touched;
}

/* `player` goes, or nobody does yet: renew the given columns of groups that it touches. */
static void renew(rc_walker *k, rc_moves_block *b, bool all, uint32_t player) {
    for (size_t g = 0; g < k->n_joints; g++) {
        joint *j = &k->joints[g];
        bool touched = all || touches(k, j, player);
        for (size_t i = 0; i < j->n; i++)
            k->renewed[j->first + i] = touched;
        for (unsigned p = 0; touched && p < j->points; p++)
            (elliptical(k, j) ? go_elliptical : go_pair)(k, b, j, p);
    }
}

/* ---- The walk ---- */

void rc_walk(rc_walker *k, rc_moves_block *b, const uint32_t *order, rc_walk_step *step,
             void *data) {
    const rc_moves *m = k->walks->moves;
    const rc_move *before = NULL;
    memset(k->side, 0, m->n_streams);
    for (size_t i = 0; i < k->walks->n_players; i++) {
        k->gone[i] = false;
        k->when[order[i]] = (uint32_t)i;
    }
    for (size_t g = 0; g < k->n_joints; g++)
        start(k, b, &k->joints[g]);
    for (size_t i = 0; i < k->walks->n_players; i++) {
        rc_move *move = k->move[i % 2];
        k->gone[order[i]] = true;
        for (size_t s = 0; s < m->n_streams; s++)
            k->side[s] = k->walks->player_of[s] != UINT32_MAX && k->gone[k->walks->player_of[s]];
        renew(k, b, before == NULL, order[i]);
        const rc_move_choice choice = {
            .side = k->side, .given = k->given, .after = before, .fresh = k->renewed};
        rc_move_choose(m, move, &choice);
        rc_moves_go(b, move);
        step(data, order[i], rc_moves_value(b, move, 0), b->n);
        before = move;
    }
}
