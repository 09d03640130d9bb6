/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs summaries on an array as the engine does: 16 replicates, blocks of 512, a tree of merges. */
#ifndef RC_TEST_STATS_FIXTURE_H
#define RC_TEST_STATS_FIXTURE_H

#include "stats/summary.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct fixture {
    rc_sample sample;
    bool replicated, higher_is_better;
    double hurdle;
    _Alignas(64) unsigned char state[RC_STAT_REPLICATES + 1][RC_SUMMARY_MAX_STATE];
    rc_row rows[RC_SUMMARY_MAX_ROWS];
    size_t n_rows;
} fixture;

static inline fixture fixture_of(const double *x, size_t n) {
    fixture f = {.sample = {.x = x}, .higher_is_better = true, .hurdle = NAN};
    f.sample.scratch = malloc((n + 1) * sizeof(double)); /* sanitizers see a write too far */
    for (int r = 0; r <= RC_STAT_REPLICATES; r++)
        f.sample.start[r] = (uint64_t)n * (unsigned)r / RC_STAT_REPLICATES;
    return f;
}

static inline void fixture_free(fixture *f) {
    free(f->sample.scratch);
}

static inline const rc_summary_type *summary(const char *name) {
    for (size_t i = 0; i < rc_summary_count(); i++)
        if (strcmp(rc_summary_at(i)->name, name) == 0)
            return rc_summary_at(i);
    return NULL;
}

/* Blocks [low, high) of 512 values as a balanced tree. */
static inline void add_tree(const rc_summary_type *type, const rc_summary_context *how,
                            const double *x, uint64_t n, uint64_t low, uint64_t high, void *state) {
    if (high - low == 1) {
        const uint64_t at = low * 512;
        type->add(state, how, x + at, n - at < 512 ? (size_t)(n - at) : 512);
        return;
    }
    _Alignas(64) unsigned char right[RC_SUMMARY_MAX_STATE] = {0};
    const uint64_t middle = low + (high - low + 1) / 2;
    add_tree(type, how, x, n, low, middle, state);
    add_tree(type, how, x, n, middle, high, right);
    type->merge(state, right);
}

static inline void fixture_run(fixture *f, const char *name) {
    const rc_summary_type *type = summary(name);
    rc_summary_input in = {.pooled = f->state[RC_STAT_REPLICATES],
                           .sample = type->needs_sample ? &f->sample : NULL,
                           .replicated = f->replicated,
                           .higher_is_better = f->higher_is_better,
                           .hurdle = f->hurdle};
    const rc_summary_context how = {RC_ISA_sse2, f->hurdle};
    memset(f->state, 0, sizeof f->state);
    for (int r = 0; r < RC_STAT_REPLICATES; r++) {
        const uint64_t begin = f->sample.start[r], n = f->sample.start[r + 1] - begin;
        if (type->add && n > 0)
            add_tree(type, &how, f->sample.x + begin, n, 0, (n + 511) / 512, f->state[r]);
        if (type->add)
            type->merge(f->state[RC_STAT_REPLICATES], f->state[r]);
        in.replicate[r] = f->state[r];
    }
    f->n_rows = type->finish(&in, f->rows);
}

static inline rc_estimate row(const fixture *f, const char *key, const char *sub) {
    for (size_t i = 0; i < f->n_rows; i++)
        if (strcmp(f->rows[i].key, key) == 0 && (!sub || strcmp(f->rows[i].sub, sub) == 0))
            return f->rows[i].estimate;
    fprintf(stderr, "no row %s %s\n", key, sub ? sub : "");
    abort();
}

static inline uint64_t random_bits(uint64_t *state) { /* splitmix64 */
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static inline double random_uniform(uint64_t *state) { /* (0, 1) */
    return ((double)(random_bits(state) >> 12) + .5) * 0x1p-52;
}

#endif
