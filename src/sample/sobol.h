/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the Sobol sampler: direction numbers (joe_kuo.c) and their scrambling (scramble.c). */
#ifndef RC_SAMPLE_SOBOL_H
#define RC_SAMPLE_SOBOL_H

#include "sample/sampler.h"

enum { RC_SOBOL_DIMENSIONS = 2048, RC_SOBOL_BITS = 64 };

/** Direction numbers of a dimension, from 0: coordinate digits, first one in the top bit, that bit
 * b of an index contributes. */
void rc_sobol_directions(uint32_t dim, uint64_t v[RC_SOBOL_BITS]);

/** Unscrambled coordinate, in [0, 1), of the point with this number in Gray-code order: the order
 * of published tables. The sampler itself counts in natural order: the same points by blocks of
 * 2^m. */
double rc_sobol_point(uint32_t dim, uint64_t gray_index);

/** The sampler's state: for each replicate and dimension a row of 1 + bits words, the digital shift
 * and the scrambled direction numbers. */
typedef struct rc_sobol_state {
    uint32_t dims; /**< of the points: later ones are Philox's */
    uint32_t bits; /**< indices are below 2^bits; at least 3 */
    uint64_t *row; /**< [RC_REPLICATES][dims][1 + bits] */
} rc_sobol_state;

const void *rc_sobol_prepare(const rc_sampler *sampler, rc_arena *arena);
uint64_t rc_sobol_round(uint64_t trials);

static inline const uint64_t *rc_sobol_row(const rc_sobol_state *state, uint32_t replicate,
                                           uint32_t dim) {
    return state->row + ((size_t)replicate * state->dims + dim) * (1 + state->bits);
}

#endif
