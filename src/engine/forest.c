/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/forest.h"

#include "stats/summary.h"

enum { LEVELS = 64 };

size_t rc_states_size(void) {
    size_t bytes = 0;
    for (size_t i = 0; i < rc_summary_count(); i++)
        bytes += (rc_summary_at(i)->state_size + 15) / 16 * 16;
    return bytes;
}

void rc_states_add(unsigned char *state, const rc_summary_context *how, const double *x, size_t n) {
    for (size_t i = 0; i < rc_summary_count(); i++) {
        const rc_summary_type *s = rc_summary_at(i);
        if (s->state_size > 0)
            s->add(state, how, x, n);
        state += (s->state_size + 15) / 16 * 16;
    }
}

static void merge_states(unsigned char *into, const unsigned char *from, size_t n_columns) {
    for (size_t c = 0; c < n_columns; c++)
        for (size_t i = 0; i < rc_summary_count(); i++) {
            const rc_summary_type *s = rc_summary_at(i);
            if (s->state_size > 0)
                s->merge(into, from);
            into += (s->state_size + 15) / 16 * 16;
            from += (s->state_size + 15) / 16 * 16;
        }
}

unsigned char *rc_forest_top(rc_forest *f) {
    return f->trees + f->depth * f->bytes;
}

/* The caller has filled rc_forest_top(). */
void rc_forest_push(rc_forest *f) {
    f->depth++;
    for (uint64_t n = ++f->leaves; n % 2 == 0; n /= 2) {
        f->depth--;
        merge_states(rc_forest_top(f) - f->bytes, rc_forest_top(f), f->n_columns);
    }
}

const unsigned char *rc_forest_close(rc_forest *f) {
    for (; f->depth > 1; f->depth--)
        merge_states(f->trees + (f->depth - 2) * f->bytes, f->trees + (f->depth - 1) * f->bytes,
                     f->n_columns);
    return f->trees;
}

rc_forest rc_forest_new(rc_arena *arena, size_t n_columns, size_t state_bytes) {
    size_t bytes = n_columns * state_bytes;
    return (rc_forest){RC_NEW(arena, unsigned char, LEVELS *bytes), bytes, n_columns, 0, 0};
}
