/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scrambling of Sobol points: a random linear map of the digits plus a digital shift. A
 * coordinate's binary digits x_1 x_2 ... (1 = the first after the point) become y_j = x_j ^ (XOR
 * over l < j of L_jl x_l) ^ e_j, with fair random bits L and e, drawn separately for every
 * replicate and dimension. Two points that first differ in digit j keep that, and their later
 * digits become independent: pairs of points have the same law as under nested uniform (Owen)
 * scrambling, and so has the variance of a mean.
 *
 * Because the map is linear, it is applied to the direction numbers once. The random bits come from
 * Philox by (seed, replicate, dimension) alone, so more trials or dimensions change no point.
 *
 * J. Matousek: On the L2-discrepancy for anchored boxes. J. Complexity 14, 527 (1998).
 * A. B. Owen: Randomly permuted (t,m,s)-nets and (t,s)-sequences. MCQMC, 299 (1995). */
#include "sample/philox.h"
#include "sample/sobol.h"

enum { DIGITS = 53, WORDS = DIGITS + 1 };

/* What digit l of a coordinate contributes to the scrambled one, and the shift behind them */
static void random_map(uint64_t seed, uint32_t replicate, uint32_t dim, uint64_t map[WORDS]) {
    const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    for (uint32_t i = 0; i < WORDS; i += 2) {
        const uint32_t counter[4] = {i / 2, dim, 0, RC_PHILOX_SCRAMBLE | replicate};
        uint32_t out[4];
        rc_philox4x32(counter, key, out);
        map[i] = (uint64_t)out[1] << 32 | out[0];
        map[i + 1] = (uint64_t)out[3] << 32 | out[2];
    }
    for (uint32_t l = 0; l < DIGITS; l++) /* itself, and random bits below it */
        map[l] = UINT64_C(1) << (63 - l) | map[l] >> (l + 1);
}

static uint64_t apply(const uint64_t map[WORDS], uint64_t digits) {
    uint64_t y = 0;
    digits &= ~UINT64_C(0) << (64 - DIGITS);
    while (digits != 0) {
        uint64_t l = (uint64_t)__builtin_clzll(digits);
        y ^= map[l];
        digits ^= UINT64_C(1) << (63 - l);
    }
    return y;
}

static uint32_t bits_for(uint64_t indices) {
    uint32_t bits = 3; /* points are made by eights */
    while (bits < RC_SOBOL_BITS - 1 && UINT64_C(1) << bits < indices)
        bits++;
    return bits;
}

const void *rc_sobol_prepare(const rc_sampler *sampler, rc_arena *arena) {
    rc_sobol_state *state = RC_NEW(arena, rc_sobol_state, 1);
    state->dims = sampler->dimensions < RC_SOBOL_DIMENSIONS ? sampler->dimensions
                                                            : (uint32_t)RC_SOBOL_DIMENSIONS;
    state->bits = bits_for(rc_replicate_indices(sampler->trials, 0));
    state->row = RC_NEW(arena, uint64_t, (size_t)RC_REPLICATES * state->dims * (1 + state->bits));
    for (uint32_t dim = 0; dim < state->dims; dim++) {
        uint64_t v[RC_SOBOL_BITS], map[WORDS];
        rc_sobol_directions(dim, v);
        for (uint32_t replicate = 0; replicate < RC_REPLICATES; replicate++) {
            uint64_t *row = (uint64_t *)rc_sobol_row(state, replicate, dim);
            random_map(sampler->seed, replicate, dim, map);
            *row++ = map[DIGITS];
            for (uint32_t b = 0; b < state->bits; b++)
                *row++ = apply(map, v[b]);
        }
    }
    return state;
}

uint64_t rc_sobol_round(uint64_t trials) {
    uint64_t rounded = RC_REPLICATES;
    while (rounded < trials)
        rounded *= 2;
    return rounded;
}
