/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/vary.h"

#include <math.h>

struct rc_vary {
    const rc_shape_tree *tree;
    rc_dist dist; /* ready when the tree is constant */
    rc_dist_value values[RC_DIST_MAX_SLOTS];
    double *lists[RC_DIST_MAX_SLOTS]; /* list, then list2 */
    rc_vary **children[RC_DIST_MAX_SLOTS];
    const rc_dist **child_dists; /* all children's instances, slot by slot */
};

static size_t count_children(const rc_shape_tree *tree) {
    size_t n = 0;
    for (size_t s = 0; s < tree->type->forms[tree->form].n_slots; s++)
        n += tree->slots[s].n_children;
    return n;
}

rc_vary *rc_vary_new(const rc_shape_tree *tree, rc_arena *arena) {
    rc_vary *v = RC_NEW(arena, rc_vary, 1);
    v->tree = tree;
    if (tree->constant != NULL) {
        v->dist = *tree->constant;
        return v;
    }
    v->child_dists = RC_NEW(arena, const rc_dist *, count_children(tree));
    size_t n_children = 0;
    const rc_dist_form *form = &tree->type->forms[tree->form];
    for (size_t s = 0; s < form->n_slots; s++) {
        const rc_shape_slot *slot = &tree->slots[s];
        rc_slot_kind kind = form->slots[s].kind;
        if (kind == RC_SLOT_LIST || kind == RC_SLOT_PAIRS) {
            v->lists[s] = RC_NEW(arena, double, 2 * (size_t)slot->n);
            v->values[s].list = slot->present ? v->lists[s] : NULL;
            v->values[s].list2 = kind == RC_SLOT_PAIRS ? v->lists[s] + slot->n : NULL;
            v->values[s].n = slot->n;
        }
        if (slot->n_children == 0)
            continue;
        v->children[s] = RC_NEW(arena, rc_vary *, slot->n_children);
        v->values[s].shapes = v->child_dists + n_children;
        v->values[s].n = slot->n_children;
        for (uint32_t i = 0; i < slot->n_children; i++) {
            v->children[s][i] = rc_vary_new(slot->children[i], arena);
            v->child_dists[n_children++] = &v->children[s][i]->dist;
        }
    }
    v->dist.type = tree->type;
    v->dist.shapes = v->child_dists;
    v->dist.n_shapes = n_children;
    v->dist.p = RC_NEW(arena, double, tree->type->size(v->values));
    return v;
}

/* The numbers of form 0, from those of the form that was written. */
static rc_status numbers(rc_vary *v, const rc_lanes *args, size_t lane, rc_error *err) {
    const rc_shape_tree *tree = v->tree;
    const rc_dist_form *form = &tree->type->forms[tree->form];
    double x[RC_DIST_MAX_SLOTS], p[RC_DIST_MAX_SLOTS], out[RC_DIST_MAX_SLOTS];
    for (size_t s = 0; s < form->n_slots; s++) {
        const rc_shape_slot *slot = &tree->slots[s];
        p[s] = slot->prob;
        x[s] = form->slots[s].fallback;
        if (form->slots[s].kind == RC_SLOT_NUMBER && slot->present)
            x[s] = rc_lane(&args[slot->first], lane);
        else if (form->slots[s].kind != RC_SLOT_NUMBER)
            x[s] = NAN;
    }
    const double *use = x;
    if (form->solve != NULL) {
        rc_status status = rc_dist_solve(tree->type, tree->form, x, p, tree->widen, out, err);
        if (status != RC_OK)
            return status;
        use = out;
    }
    for (size_t s = 0; s < tree->type->forms[0].n_slots; s++)
        v->values[s].number = use[s];
    return RC_OK;
}

static rc_status rebuild(rc_vary *v, const rc_lanes *args, size_t lane, rc_error *err) {
    const rc_shape_tree *tree = v->tree;
    if (tree->constant != NULL)
        return RC_OK;
    for (size_t s = 0; s < tree->type->forms[tree->form].n_slots; s++) {
        const rc_shape_slot *slot = &tree->slots[s];
        size_t n_listed = v->values[s].list2 != NULL ? 2 * (size_t)slot->n : slot->n;
        for (size_t i = 0; v->lists[s] != NULL && i < n_listed; i++)
            v->lists[s][i] = rc_lane(&args[slot->first + i], lane);
        for (uint32_t i = 0; i < slot->n_children; i++) {
            rc_status status = rebuild(v->children[s][i], args, lane, err);
            if (status != RC_OK)
                return status;
        }
    }
    rc_status status = numbers(v, args, lane, err);
    return status == RC_OK ? tree->type->init(v->values, &v->dist, err) : status;
}

uint64_t rc_vary_draw(rc_vary *v, const rc_lanes *args, double *x, size_t n) {
    uint64_t impossible = 0;
    for (size_t i = 0; i < n; i++) {
        rc_error err = {0};
        double w = rc_lane(&args[0], i);
        bool built = rebuild(v, args, i, &err) == RC_OK;
        x[i] = built ? rc_dist_quantile(&v->dist, w) : (double)NAN;
        impossible += !built;
    }
    return impossible;
}
