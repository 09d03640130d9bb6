/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of samplers, the setting up of one, and the hash that names a stream. */
#include "sample/sampler.h"

#include <inttypes.h>
#include <string.h>

#define RC_SAMPLER(name)                                                                           \
    extern const rc_sampler_type rc_sampler_##name##_sse2, rc_sampler_##name##_avx2,               \
        rc_sampler_##name##_avx512;
#include "sample/sampler.def"
#undef RC_SAMPLER

static const rc_sampler_type *const table[][RC_ISA_COUNT] = {
#define RC_SAMPLER(name)                                                                           \
    {&rc_sampler_##name##_sse2, &rc_sampler_##name##_avx2, &rc_sampler_##name##_avx512},
#include "sample/sampler.def"
#undef RC_SAMPLER
};

size_t rc_sampler_count(void) {
    return sizeof table / sizeof *table;
}

const rc_sampler_type *rc_sampler_at(size_t index, rc_isa isa) {
    return index < rc_sampler_count() ? table[index][isa] : NULL;
}

const rc_sampler_type *rc_sampler_find(const char *name, rc_isa isa) {
    for (size_t i = 0; i < rc_sampler_count(); i++)
        if (strcmp(table[i][isa]->name, name) == 0)
            return table[i][isa];
    return NULL;
}

static uint32_t fnv1a(uint32_t hash, unsigned char byte) {
    return (hash ^ byte) * UINT32_C(16777619);
}

uint32_t rc_stream_hash(const char *name, uint32_t salt) {
    uint32_t hash = UINT32_C(2166136261);
    for (const char *p = name; *p; p++)
        hash = fnv1a(hash, (unsigned char)*p);
    if (salt > 0)
        for (int byte = 0; byte < 4; byte++)
            hash = fnv1a(hash, (unsigned char)(salt >> 8 * byte));
    return hash;
}

void rc_hdr_ids(const rc_stream *s, uint64_t seed, uint32_t ids[4]) {
    const uint32_t own[4] = {1 + s->hash / 100000, 1 + s->hash % 100000, 0, 0};
    memcpy(ids, s->hdr != NULL ? s->hdr : own, sizeof own);
    ids[3] += (uint32_t)((seed - 1) % 100000007); /* an id stays below 2^28 */
}

rc_status rc_sampler_init(rc_sampler *sampler, const rc_sampler_type *type, uint64_t seed,
                          uint64_t trials, uint32_t dimensions, rc_arena *arena, rc_error *err) {
    if (trials == 0 || trials > RC_SAMPLER_MAX_TRIALS)
        return rc_fail(err, RC_INPUT, "trials: %" PRIu64 " is out of range; give 1 to %" PRIu64,
                       trials, (uint64_t)RC_SAMPLER_MAX_TRIALS);
    *sampler = (rc_sampler){.type = type, .seed = seed, .dimensions = dimensions};
    sampler->trials = type->round(trials);
    sampler->state = type->prepare ? type->prepare(sampler, arena) : NULL;
    return RC_OK;
}
