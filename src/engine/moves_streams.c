/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which streams a bar of bars.c draws from. */
#include "engine/moves.h"

#include <string.h>

static void add(uint32_t *streams, size_t *n, uint32_t stream) {
    for (size_t i = 0; i < *n; i++)
        if (streams[i] == stream)
            return;
    streams[(*n)++] = stream;
}

static void add_entry(const rc_moves *m, const rc_entry *e, uint32_t *streams, size_t *n) {
    const rc_lower *l = &m->running.lower;
    if (e->flow != NULL && !e->flow->enabled)
        return;
    if (e->risk != NULL && e->risk->trigger != RC_WHEN)
        add(streams, n, l->event_stream[e->index]);
    if (e->risk != NULL && (e->risk->anytime || e->risk->trigger == RC_RATE))
        add(streams, n, l->time_stream[e->index]);
    for (size_t i = 0; i < m->model->n_draws; i++)
        if (m->model->draws[i]->entry == e)
            add(streams, n, rc_lower_stream_of(l, m->model->draws[i]));
}

const uint32_t *rc_moves_streams(const rc_moves *m, const char *name, bool group, rc_arena *arena,
                                 size_t *n) {
    uint32_t *streams = RC_NEW(arena, uint32_t, m->n_streams);
    *n = 0;
    for (size_t i = 0; !group && i < m->model->n_entries; i++)
        if (strcmp(m->model->entries[i]->name, name) == 0)
            add_entry(m, m->model->entries[i], streams, n);
    for (size_t i = 0; group && i < m->model->n_groups; i++)
        for (size_t k = 0; k < m->model->groups[i].n_members; k++)
            if (strcmp(m->model->groups[i].name, name) == 0)
                add_entry(m, m->model->groups[i].members[k], streams, n);
    return streams;
}
