/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A group of correlations as the engine reads it: members in the order of draws, the correlations
 * of latent normals that give the ranks' correlations asked for, their Cholesky factor; and where
 * no such normals exist, the nearest that do, with a note of the largest change. */
#include "model/dependence.h"
#include "copula/matrix.h"

#include <math.h>
#include <stdlib.h>

typedef struct builder {
    rc_check *c;
    const rc_dependence *g;
    size_t n;
    size_t *place; /* [n] of a member of the group: its place in order */
    double *asked, *used, *latent, *lower;
    rc_mark *mark; /* [n * n] where the file speaks of two members */
} builder;

/* Members in the order of model->draws: sections, then the file. */
static int by_node(const void *x, const void *y) {
    const rc_node *a = *(rc_node *const *)x, *b = *(rc_node *const *)y;
    return (a > b) - (a < b);
}

static const rc_draw *const *order(builder *b) {
    const rc_dependence *g = b->g;
    rc_node **sorted = RC_NEW(b->c->arena, rc_node *, b->n);
    const rc_draw **draws = RC_NEW(b->c->arena, const rc_draw *, b->n);
    b->place = RC_NEW(b->c->arena, size_t, b->n);
    for (size_t i = 0; i < b->n; i++)
        sorted[i] = g->members[i];
    qsort(sorted, b->n, sizeof *sorted, by_node);
    for (size_t i = 0; i < b->n; i++) {
        size_t was = g->place_of[sorted[i] - b->c->nodes];
        b->place[was] = i;
        draws[i] = g->draws[was];
    }
    return draws;
}

static void fill(builder *b) {
    enum { REMEMBERED = 64 };
    const rc_dependence *g = b->g;
    double rho[REMEMBERED], r[REMEMBERED];
    size_t n = b->n, known = 0;
    for (size_t i = 0; i < n; i++)
        b->asked[i * n + i] = b->latent[i * n + i] = 1;
    for (size_t i = 0; i < g->n_links; i++) {
        const rc_link *link = &g->links[i];
        size_t p = b->place[link->a], q = b->place[link->b], k = 0;
        while (k < known && rho[k] != link->rho)
            k++;
        double latent = k < known              ? r[k]
                        : !g->type->elliptical ? 0
                                               : g->type->solve(link->rho, g->df);
        if (k == known && known < REMEMBERED) {
            rho[known] = link->rho;
            r[known++] = latent;
        }
        b->asked[p * n + q] = b->asked[q * n + p] = link->rho;
        b->latent[p * n + q] = b->latent[q * n + p] = latent;
        b->mark[p * n + q] = b->mark[q * n + p] = link->mark;
    }
}

/* Members that hang together, to the last through others: their places, in order. */
static size_t component(const builder *b, size_t first, bool *seen, size_t *found) {
    size_t n = b->n, count = 0, n_members = 0;
    size_t *stack = RC_NEW(b->c->arena, size_t, n);
    bool *in = RC_NEW(b->c->arena, bool, n);
    stack[count++] = first;
    in[first] = seen[first] = true;
    while (count > 0) {
        size_t i = stack[--count];
        for (size_t j = 0; j < n; j++)
            if (!in[j] && b->latent[i * n + j] != 0) {
                in[j] = seen[j] = true;
                stack[count++] = j;
            }
    }
    for (size_t i = 0; i < n; i++)
        if (in[i])
            found[n_members++] = i;
    return n_members;
}

/* Repair a component if it needs it; false when it is too large for that. */
static bool repair_component(builder *b, const size_t *at, size_t m) {
    rc_arena *arena = b->c->arena;
    double *a = RC_NEW(arena, double, m *m), *lower = RC_NEW(arena, double, m *m);
    for (size_t i = 0; i < m * m; i++)
        a[i] = b->latent[at[i / m] * b->n + at[i % m]];
    if (rc_matrix_cholesky(a, lower, m))
        return true;
    if (m > RC_DEPENDENCE_MOST_REPAIRED) {
        rc_check_error(
            b->c, b->g->mark, "look for pairs that contradict each other",
            "the correlations of %zu entries cannot hold together; up to %d are repaired", m,
            RC_DEPENDENCE_MOST_REPAIRED);
        return false;
    }
    rc_matrix_nearest(a, m, arena);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < i; j++) {
            size_t p = at[i] * b->n + at[j], q = at[j] * b->n + at[i];
            b->latent[p] = b->latent[q] = a[i * m + j];
            b->used[p] = b->used[q] = b->g->type->spearman(a[i * m + j], b->g->df);
        }
    return true;
}

static bool repair(builder *b) {
    bool *seen = RC_NEW(b->c->arena, bool, b->n);
    size_t *found = RC_NEW(b->c->arena, size_t, b->n);
    for (size_t i = 0; i < b->n; i++)
        if (!seen[i] && !repair_component(b, found, component(b, i, seen, found)))
            return false;
    return rc_matrix_cholesky(b->latent, b->lower, b->n);
}

static void note_change(builder *b, rc_correlated *out) {
    enum { NOISE = 1000000 }; /* a matrix on the border of what is possible moves by less */
    size_t n = b->n;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) {
            double change = fabs(b->used[i * n + j] - b->asked[i * n + j]);
            if (change > out->change && change > 1.0 / NOISE) {
                out->change = change;
                out->change_of[0] = i;
                out->change_of[1] = j;
            }
        }
    const rc_mark *mark = &b->mark[out->change_of[0] * n + out->change_of[1]];
    out->change_mark = mark->line > 0 ? *mark : b->g->mark;
}

void rc_dependence_build(rc_check *c, const rc_dependence *g, rc_correlated *out) {
    builder b = {.c = c, .g = g, .n = g->n};
    size_t cells = g->n * g->n;
    out->mark = g->mark;
    out->n = g->n;
    out->draws = order(&b);
    b.asked = RC_NEW(c->arena, double, cells);
    b.used = RC_NEW(c->arena, double, cells);
    b.latent = RC_NEW(c->arena, double, cells);
    b.lower = RC_NEW(c->arena, double, cells);
    b.mark = RC_NEW(c->arena, rc_mark, cells);
    fill(&b);
    for (size_t i = 0; i < cells; i++)
        b.used[i] = b.asked[i];
    out->asked = b.asked;
    out->used = b.used;
    bool pair = !g->type->elliptical;
    out->copula = rc_copula_init(g->type, g->df, pair ? g->type->solve(b.asked[1], g->df) : 0.0);
    if (g->type->takes_df)
        out->shared = rc_arena_printf(c->arena, "correlation#%zu.W", g->number);
    if (pair)
        return;
    out->latent = b.latent;
    out->lower = b.lower;
    if (!rc_matrix_cholesky(b.latent, b.lower, b.n) && repair(&b))
        note_change(&b, out);
}
