/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Common random numbers: dimensions are given to the union of names, so that a difference between
 * models is one between models and not between their draws. */
#include "model/streams.h"

#include <string.h>

typedef struct joined {
    rc_dimension *rows;
    size_t n, capacity;
} joined;

static rc_dimension *find(const joined *j, const char *name) {
    for (size_t i = 0; i < j->n; i++)
        if (j->rows[i].name != NULL && strcmp(j->rows[i].name, name) == 0)
            return &j->rows[i];
    return NULL;
}

static void join(joined *j, const rc_model *m, bool first, rc_arena *arena) {
    size_t n;
    const rc_dimension *own = rc_model_dimensions(m, arena, &n);
    for (size_t i = 0; i < n; i++) {
        if (own[i].name == NULL && !first)
            continue; /* what a model leaves free is its own affair */
        rc_dimension *same = own[i].name != NULL ? find(j, own[i].name) : NULL;
        if (same != NULL) {
            same->dims = own[i].dims > same->dims ? own[i].dims : same->dims;
            continue;
        }
        j->rows = rc_arena_grow(arena, j->rows, &j->capacity, j->n + 1, sizeof *j->rows);
        j->rows[j->n++] = own[i];
    }
}

const rc_model *const *rc_models_align(const rc_model *const *models, size_t n, rc_arena *arena) {
    joined j = {0};
    const rc_model **out = RC_NEW(arena, const rc_model *, n);
    for (size_t i = 0; i < n; i++)
        join(&j, models[i], i == 0, arena);
    for (size_t i = 0; i < n; i++) {
        rc_model *copy = RC_NEW(arena, rc_model, 1);
        *copy = *models[i];
        copy->dimensions = j.rows;
        copy->n_dimensions = j.n;
        out[i] = copy;
    }
    return out;
}
