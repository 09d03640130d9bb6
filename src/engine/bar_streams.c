/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which streams a bar of bars.c draws from: of an entry its draws, and of a risk also whether and
 * when it happens. For whoever moves bars (moves.h) or places them (points.h). */
#include "engine/moves.h"

#include <string.h>

/* Draws come in the order of entries, those of settings last. */
static size_t first_draw(const rc_model *m, const rc_entry *e) {
    size_t low = 0, high = m->n_draws;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const rc_entry *of = m->draws[middle]->entry;
        if (of != NULL && of->index < e->index)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t count_draws(const rc_model *m, const rc_entry *e) {
    size_t first = first_draw(m, e), end = first;
    while (end < m->n_draws && m->draws[end]->entry == e)
        end++;
    return end - first;
}

size_t rc_entry_streams_most(const rc_lower *l, const rc_entry *e) {
    return count_draws(l->model, e) + (e->risk != NULL ? 2 : 0);
}

static void add(uint32_t *streams, size_t *n, uint32_t stream) {
    for (size_t i = 0; i < *n; i++)
        if (streams[i] == stream)
            return;
    streams[(*n)++] = stream;
}

void rc_entry_streams(const rc_lower *l, const rc_entry *e, uint32_t *streams, size_t *n) {
    size_t first = first_draw(l->model, e), draws = count_draws(l->model, e);
    if (e->flow != NULL && !e->flow->enabled)
        return;
    for (size_t i = first; i < first + draws; i++)
        add(streams, n, rc_lower_stream_of(l, l->model->draws[i]));
    if (e->risk != NULL && e->risk->trigger != RC_WHEN)
        add(streams, n, l->event_stream[e->index]);
    if (e->risk != NULL && (e->risk->anytime || e->risk->trigger == RC_RATE))
        add(streams, n, l->time_stream[e->index]);
}

const uint32_t *rc_moves_streams(const rc_moves *m, const char *name, bool group, rc_arena *arena,
                                 size_t *n) {
    uint32_t *streams = RC_NEW(arena, uint32_t, m->n_streams);
    const rc_lower *l = &m->running.lower;
    *n = 0;
    for (size_t i = 0; !group && i < m->model->n_entries; i++)
        if (strcmp(m->model->entries[i]->name, name) == 0)
            rc_entry_streams(l, m->model->entries[i], streams, n);
    for (size_t i = 0; group && i < m->model->n_groups; i++)
        for (size_t k = 0; k < m->model->groups[i].n_members; k++)
            if (strcmp(m->model->groups[i].name, name) == 0)
                rc_entry_streams(l, m->model->groups[i].members[k], streams, n);
    return streams;
}
