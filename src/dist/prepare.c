/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables for many instances: one for equal ones, several at a time. A table depends on nothing but
 * its instance, so that threads cannot be seen in it; each builds in an arena of its own. */
#include "dist/table.h"

#include <omp.h>
#include <stdint.h>
#include <string.h>

static bool equal(const rc_dist *a, const rc_dist *b) {
    if (a->type != b->type || a->n_p != b->n_p || a->n_shapes != b->n_shapes ||
        (a->n_p == 0 && a->p != b->p) || /* made by hand: its size is not known */
        (a->n_p > 0 && memcmp(a->p, b->p, a->n_p * sizeof *a->p) != 0))
        return false;
    for (size_t i = 0; i < a->n_shapes; i++)
        if (!equal(a->shapes[i], b->shapes[i]))
            return false;
    return true;
}

static uint64_t hash(const rc_dist *d) {
    uint64_t h = (uint64_t)(uintptr_t)d->type;
    for (size_t i = 0; i < d->n_p; i++) {
        uint64_t bits;
        memcpy(&bits, &d->p[i], sizeof bits);
        h = (h ^ bits) * 0x9e3779b97f4a7c15u;
        h ^= h >> 29;
    }
    for (size_t i = 0; i < d->n_shapes; i++)
        h = (h ^ hash(d->shapes[i])) * 0x9e3779b97f4a7c15u;
    return h;
}

bool rc_dist_wants_table(const rc_dist *d) {
    return d->type->quantile_block == NULL || d->type->tabulate;
}

/* Which instances are the first of their kind, in all[0 ... return); first[i]: the place there of
 * instance i, SIZE_MAX where it needs no table. */
static size_t list_distinct(rc_dist *const *d, size_t n, size_t *all, size_t *first,
                            rc_arena *arena) {
    size_t slots = 16, n_all = 0;
    while (slots < 2 * n)
        slots *= 2;
    size_t *slot = RC_NEW(arena, size_t, slots); /* 1 + place in all */
    for (size_t i = 0; i < n; i++) {
        first[i] = SIZE_MAX;
        if (!rc_dist_wants_table(d[i]) || d[i]->table != NULL)
            continue;
        size_t at = (size_t)hash(d[i]) & (slots - 1);
        while (slot[at] != 0 && !equal(d[all[slot[at] - 1]], d[i]))
            at = (at + 1) & (slots - 1);
        if (slot[at] == 0) {
            all[n_all++] = i;
            slot[at] = n_all;
        }
        first[i] = slot[at] - 1;
    }
    return n_all;
}

void rc_dist_prepare(rc_dist *const *d, size_t n, int threads, rc_arena *arena) {
    size_t *all = RC_NEW(arena, size_t, n), *first = RC_NEW(arena, size_t, n);
    size_t n_all = list_distinct(d, n, all, first, arena);
    if (n_all == 0)
        return;
    if ((size_t)threads > n_all)
        threads = (int)n_all;
    const rc_table_maker *maker = rc_table_maker_new(arena);
    const rc_dist_table **tables = RC_NEW(arena, const rc_dist_table *, n_all);
    rc_arena **own = RC_NEW(arena, rc_arena *, (size_t)threads);
    for (int t = 0; t < threads; t++)
        own[t] = rc_arena_child(arena);
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (size_t k = 0; k < n_all; k++)
        tables[k] = rc_dist_table_build(maker, d[all[k]], own[omp_get_thread_num()]);
    for (size_t i = 0; i < n; i++)
        if (first[i] != SIZE_MAX)
            d[i]->table = tables[first[i]];
}
