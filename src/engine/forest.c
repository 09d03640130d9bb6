/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/forest.h"

#include <string.h>

enum { LEVELS = 64 };

size_t rc_states_size(void) {
    size_t bytes = 0;
    for (size_t i = 0; i < rc_summary_count(); i++)
        bytes += (rc_summary_at(i)->state_size + 15) / 16 * 16;
    return bytes;
}

size_t rc_states_at(const char *name) {
    size_t bytes = 0;
    for (size_t i = 0; strcmp(rc_summary_at(i)->name, name) != 0; i++)
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

void rc_states_merge(unsigned char *into, const unsigned char *from, size_t bytes) {
    for (const unsigned char *end = into + bytes; into < end;)
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
        f->merge(rc_forest_top(f) - f->bytes, rc_forest_top(f), f->bytes);
    }
}

const unsigned char *rc_forest_close(rc_forest *f) {
    for (; f->depth > 1; f->depth--)
        f->merge(f->trees + (f->depth - 2) * f->bytes, f->trees + (f->depth - 1) * f->bytes,
                 f->bytes);
    return f->trees;
}

rc_forest rc_forest_new(rc_arena *arena, size_t bytes, rc_merge *merge) {
    return (rc_forest){RC_NEW(arena, unsigned char, LEVELS *bytes), bytes, merge, 0, 0};
}
