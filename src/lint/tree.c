/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks over formulas: as written (trees), and as resolved (branches may be shared, so what was
 * seen is kept in a hash of pointers). */
#include "lint/lint.h"

#include "model/func.h"

#include <string.h>

/* ---- As written ---- */

void rc_lint_each_syn(const rc_syn *syn, rc_lint_see_syn *see, void *data) {
    if (!see(data, syn))
        return;
    for (size_t i = 0; i < syn->n; i++)
        rc_lint_each_syn(syn->args[i], see, data);
}

bool rc_lint_is_op(const rc_syn *syn, const char *symbol) {
    return syn->kind == RC_SYN_OP && syn->n == 2 && strcmp(syn->name, symbol) == 0;
}

bool rc_lint_is_call(const rc_syn *syn, const char *name) {
    return syn->kind == RC_SYN_CALL && strcmp(syn->name, name) == 0;
}

/* A function may have the name of a distribution: calls.c tells them apart in the same way. */
bool rc_lint_is_draw(const rc_syn *syn) {
    if (syn->kind != RC_SYN_CALL)
        return rc_lint_is_op(syn, "to");
    bool table = syn->n > 0 && syn->args[0]->kind == RC_SYN_LIST;
    return rc_dist_find(syn->name) != NULL && (rc_func_find(syn->name) == NULL || table);
}

bool rc_lint_is_past(const rc_syn *syn) {
    return rc_lint_is_call(syn, "prev") || rc_lint_is_call(syn, "lag");
}

/* ---- As resolved ---- */

struct rc_seen {
    const void **rows; /* hash, open addressing */
    uint32_t *walks;   /* a row counts when this is the walk under way */
    size_t size, n;    /* size is a power of two */
    uint32_t walk;
};

static size_t slot_of(const struct rc_seen *s, const void *p) {
    size_t i = (size_t)(((uintptr_t)p >> 4) * 0x9E3779B97F4A7C15u >> 20) & (s->size - 1);
    while (s->walks[i] == s->walk && s->rows[i] != p)
        i = (i + 1) & (s->size - 1);
    return i;
}

static void grow(rc_lint *l, struct rc_seen *s) {
    struct rc_seen old = *s;
    s->size = old.size == 0 ? 256 : 2 * old.size;
    s->rows = RC_NEW(l->arena, const void *, s->size);
    s->walks = RC_NEW(l->arena, uint32_t, s->size);
    for (size_t i = 0; i < old.size; i++)
        if (old.walks[i] == s->walk) {
            size_t to = slot_of(s, old.rows[i]);
            s->rows[to] = old.rows[i];
            s->walks[to] = s->walk;
        }
}

/* True the first time in this walk. */
static bool is_new(rc_lint *l, const void *p) {
    struct rc_seen *s = l->seen;
    if (2 * s->n >= s->size)
        grow(l, s);
    size_t i = slot_of(s, p);
    if (s->walks[i] == s->walk)
        return false;
    s->rows[i] = p;
    s->walks[i] = s->walk;
    s->n++;
    return true;
}

static void walk(rc_lint *l, const rc_expr *e, rc_lint_see_expr *see, void *data);

static void walk_draw(rc_lint *l, const rc_draw *draw, rc_lint_see_expr *see, void *data) {
    const rc_dist_form *form = &draw->type->forms[draw->form];
    for (size_t i = 0; i < form->n_slots; i++) {
        if (draw->numbers[i] != NULL)
            walk(l, draw->numbers[i], see, data);
        for (size_t k = 0; draw->lists[i] != NULL && k < draw->list_n[i]; k++)
            walk(l, draw->lists[i][k], see, data);
        for (size_t k = 0; draw->lists2[i] != NULL && k < draw->list_n[i]; k++)
            walk(l, draw->lists2[i][k], see, data);
        for (size_t k = 0; draw->shapes[i] != NULL && k < draw->shapes_n[i]; k++)
            walk_draw(l, draw->shapes[i][k], see, data);
    }
}

static void walk(rc_lint *l, const rc_expr *e, rc_lint_see_expr *see, void *data) {
    if (!is_new(l, e) || !see(data, e))
        return;
    if (e->kind == RC_EXPR_DRAW)
        walk_draw(l, e->draw, see, data);
    for (size_t i = 0; i < e->n_args; i++)
        if (e->args[i] != NULL)
            walk(l, e->args[i], see, data);
}

void rc_lint_each_expr(rc_lint *l, const rc_expr *e, rc_lint_see_expr *see, void *data) {
    if (l->seen == NULL)
        l->seen = RC_NEW(l->arena, struct rc_seen, 1);
    l->seen->walk++;
    l->seen->n = 0;
    if (e != NULL)
        walk(l, e, see, data);
}
