/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sampler tests share. Include after cmocka.h. */
#ifndef SAMPLE_CHECK_H
#define SAMPLE_CHECK_H

#include "sample/philox.h"
#include "sample/sobol.h"

#include <math.h>
#include <stdalign.h>
#include <string.h>

enum { BLOCK = 512 };

/* The definition of a random draw, one counter at a time */
static inline double philox_draw(uint64_t seed, uint32_t hash, uint32_t replicate, uint64_t index,
                                 uint32_t draw) {
    const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    const uint32_t counter[4] = {(uint32_t)(index >> 1), (uint32_t)(index >> 33), hash,
                                 replicate << 24 | draw};
    uint32_t out[4];
    rc_philox4x32(counter, key, out);
    unsigned at = index & 1 ? 2 : 0;
    return rc_tail_from_bits(((uint64_t)out[at + 1] << 32 | out[at]) >> 11);
}

/* Which of `cells` equal parts of (0, 1) a signed tail probability lies in; exact for powers of 2
 */
static inline uint32_t cell_of(double w, uint32_t cells) {
    return w > 0 ? (uint32_t)(w * cells) : cells - 1 - (uint32_t)(-w * cells);
}

static inline double uniform_of(double w) {
    return w > 0 ? w : 1 + w;
}

static inline rc_sampler sampler_of(const char *name, rc_isa isa, uint64_t seed, uint64_t trials,
                                    uint32_t dims, rc_arena *arena) {
    rc_sampler s;
    const rc_sampler_type *type = rc_sampler_find(name, isa);
    assert_non_null(type);
    assert_int_equal(rc_sampler_init(&s, type, seed, trials, dims, arena, NULL), RC_OK);
    return s;
}

#endif
