/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samplers: which point of the unit cube belongs to a trial. Stateless: the point is a function of
 * (seed, replicate, index, stream), so any block can be made by any thread in any order, and
 * growing a run never changes the earlier trials.
 *
 * The unit of work is (replicate r, index i); the exported trial number is i * 16 + r. */
#ifndef RC_SAMPLE_SAMPLER_H
#define RC_SAMPLE_SAMPLER_H

#include "core/arena.h"
#include "core/error.h"
#include "core/isa.h"
#include "core/language.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RC_REPLICATES = 16 };
#define RC_SAMPLER_MAX_TRIALS (UINT64_C(1) << 56) /**< a power of two: rounding stays in range */

typedef struct rc_stream {
    uint32_t hash; /**< Philox counter word of this input: see rc_stream_hash() */
    uint32_t dim;  /**< first quasi-random dimension, from 0 */
    uint32_t dims; /**< consecutive dimensions it owns: draw k < dims uses dim + k; others Philox */
    /** entity, variable, seed3, seed4 for the sampler hdr; NULL: from the hash */
    const uint32_t *hdr;
} rc_stream;

/** entity, variable, seed3, seed4 of the generator HDR 2.0 for draw 0 of a stream. */
void rc_hdr_ids(const rc_stream *s, uint64_t seed, uint32_t ids[4]);

/** FNV-1a, 32 bits, of the input's name, followed where `salt` > 0 (for a name that collides) by
 * the salt's four bytes, low byte first. */
uint32_t rc_stream_hash(const char *name, uint32_t salt);

typedef struct rc_sampler_type rc_sampler_type;

typedef struct rc_sampler {
    const rc_sampler_type *type;
    uint64_t seed;
    uint64_t trials;     /**< after rounding */
    uint32_t dimensions; /**< total that streams own */
    const void *state;   /**< the type's own (scrambled direction numbers), immutable */
} rc_sampler;

struct rc_sampler_type {
    /* REQUIRED */
    const char *name;
    const char *summary;                /**< RC_TR: one line */
    bool replicated;                    /**< intervals come from the spread of 16 replicates */
    uint64_t (*round)(uint64_t trials); /**< the number of trials it can do, >= asked */
    /** w[j] = signed tail probability (dist.h) of stream s, draw k, for indices first + j of the
     * replicate, j = 0 ... n-1. first is a multiple of 8. w is a column (padded). */
    void (*fill)(const rc_sampler *sampler, const rc_stream *s, uint32_t replicate, uint64_t first,
                 uint32_t draw, double *w, size_t n);
    /* OPTIONAL */
    const void *(*prepare)(const rc_sampler *sampler, rc_arena *arena); /**< makes `state` */
};

size_t rc_sampler_count(void);
const rc_sampler_type *rc_sampler_at(size_t index, rc_isa isa);
const rc_sampler_type *rc_sampler_find(const char *name, rc_isa isa); /**< NULL when unknown */

/** Set up a sampler; rounds `trials` and keeps the state in the arena. */
rc_status rc_sampler_init(rc_sampler *sampler, const rc_sampler_type *type, uint64_t seed,
                          uint64_t trials, uint32_t dimensions, rc_arena *arena, rc_error *err);

/** Indices of one replicate among `trials`: trial number i * 16 + r < trials. */
static inline uint64_t rc_replicate_indices(uint64_t trials, uint32_t replicate) {
    return trials / RC_REPLICATES + (replicate < trials % RC_REPLICATES);
}

/** The reference generator: Philox4x32-10, one counter (Salmon et al. 2011). */
void rc_philox4x32(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/** 53 bits to a signed tail probability: the top bit is the half, the other 52 the place in it:
 * v = (k + 1/2) * 2^-53, mirrored in the upper half so that w follows u monotonically. */
static inline double rc_tail_from_bits(uint64_t bits53) {
    uint64_t upper = bits53 >> 52;
    uint64_t k = (bits53 ^ (0 - upper)) & ((UINT64_C(1) << 52) - 1);
    double v = ((double)(int64_t)k + 0.5) * 0x1p-53;
    return upper ? -v : v;
}

#endif
