/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inputs that another tool can draw by itself: one constant metalog, or one list of values. */
#include "engine/wanted.h"

#include <math.h>
#include <string.h>

static double *numbers_of(const rc_expr *const *list, size_t n, rc_arena *arena) {
    double *x = RC_NEW(arena, double, n);
    for (size_t i = 0; i < n; i++)
        x[i] = list[i]->number;
    return x;
}

/* Slots of metalog's form 0: a, lower, upper, a1, a2, a3. */
static bool metalog(const rc_draw *draw, rc_origin *o, rc_arena *arena) {
    const rc_dist_form *form = &draw->type->forms[draw->form];
    double x[RC_DIST_MAX_SLOTS], out[RC_DIST_MAX_SLOTS];
    for (size_t i = 0; i < form->n_slots; i++)
        x[i] = draw->numbers[i] != NULL ? draw->numbers[i]->number : form->slots[i].fallback;
    if (rc_dist_solve(draw->type, draw->form, x, draw->prob, draw->widen, out, NULL) != RC_OK)
        return false;
    o->lower = out[1];
    o->upper = out[2];
    if (draw->form == 0 && draw->lists[0] != NULL) {
        o->n = draw->list_n[0];
        o->a = numbers_of(draw->lists[0], o->n, arena);
        return true;
    }
    double *a = RC_NEW(arena, double, 3);
    memcpy(a, out + 3, 3 * sizeof *a);
    o->n = isnan(a[2]) ? 2 : 3;
    o->a = a;
    return true;
}

/* values and weights, if the values are ascending as written: then the step function is theirs */
static bool discrete(const rc_draw *draw, rc_origin *o, rc_arena *arena) {
    if (draw->form != 0 || draw->lists[0] == NULL)
        return false;
    size_t n = draw->list_n[0];
    double *x = numbers_of(draw->lists[0], n, arena), *below = RC_NEW(arena, double, n);
    double total = 0;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && !(x[i] > x[i - 1]))
            return false;
        total += draw->lists[1] != NULL ? draw->lists[1][i]->number : 1;
        below[i] = total;
    }
    for (size_t i = 0; i < n; i++)
        below[i] = i + 1 < n ? below[i] / total : 1;
    o->n = n;
    o->values = x;
    o->below = below;
    return true;
}

static bool is_gaussian(const rc_correlated *group) {
    return strcmp(group->copula.type->name, "gaussian") == 0;
}

/* A copula that other tools do not have: then the trials say how inputs depend on each other. */
static bool otherwise_joined(const rc_model *model, const rc_draw *draw) {
    for (size_t g = 0; g < model->n_correlated; g++)
        for (size_t i = 0; i < model->correlated[g].n; i++)
            if (model->correlated[g].draws[i] == draw)
                return !is_gaussian(&model->correlated[g]);
    return false;
}

static void hdr_of(const rc_lower *l, const rc_draw *draw, uint64_t seed, uint32_t ids[4]) {
    rc_hdr_ids(&l->g->streams[rc_lower_stream_of(l, draw)].stream, seed, ids);
}

const rc_origin *rc_origin_of(const rc_lower *l, const rc_entry *entry, uint64_t seed,
                              rc_arena *arena) {
    const rc_expr *e = entry->value;
    if (e->kind != RC_EXPR_DRAW || e->draw->constant == NULL || e->draw->each || e->draw->tagged ||
        otherwise_joined(l->model, e->draw))
        return NULL;
    rc_origin *o = RC_NEW(arena, rc_origin, 1);
    bool known = strcmp(e->draw->type->name, "metalog") == 0    ? metalog(e->draw, o, arena)
                 : strcmp(e->draw->type->name, "discrete") == 0 ? discrete(e->draw, o, arena)
                                                                : false;
    if (!known)
        return NULL;
    hdr_of(l, e->draw, seed, o->hdr);
    return o;
}

static void describe_group(const rc_lower *l, const rc_correlated *group, uint64_t seed,
                           rc_dependence *d, rc_arena *arena) {
    const char **names = RC_NEW(arena, const char *, group->n);
    double *latent = RC_NEW(arena, double, group->n * group->n);
    uint32_t(*hdr)[4] = rc_arena_alloc(arena, group->n * sizeof *hdr);
    for (size_t i = 0; i < group->n; i++) {
        names[i] = rc_arena_strdup(arena, group->draws[i]->entry->name);
        hdr_of(l, group->draws[i], seed, hdr[i]);
    }
    memcpy(latent, group->latent, group->n * group->n * sizeof *latent);
    *d = (rc_dependence){group->n, names, latent, (const uint32_t(*)[4])hdr};
}

const rc_dependence *rc_dependence_of(const rc_lower *l, uint64_t seed, rc_arena *arena,
                                      size_t *n) {
    const rc_model *m = l->model;
    rc_dependence *list = RC_NEW(arena, rc_dependence, m->n_correlated);
    *n = 0;
    for (size_t g = 0; g < m->n_correlated; g++)
        if (is_gaussian(&m->correlated[g]) && !m->correlated[g].draws[0]->each)
            describe_group(l, &m->correlated[g], seed, &list[(*n)++], arena);
    return list;
}
