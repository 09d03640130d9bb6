/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scrambled Sobol points, the default sampler: each of the 16 replicates scrambles the same indices
 * afresh (scramble.c). Point i is the XOR of the direction numbers of the bits set in i and of the
 * replicate's shift. Eight neighbours share all bits but the lowest three: one XOR with a pattern
 * of eight gives them, and from one eight to the next a carry flips bits 3 ... 3 + t, one more XOR.
 *
 * Draws beyond a stream's dimensions, or beyond the table of directions, are the random sampler's.
 *
 * I. M. Sobol: On the distribution of points in a cube. USSR Comput. Math. Math. Phys. 7, 86
 * (1967). A. B. Owen: On dropping the first Sobol' point (2020): the first point stays. */
#include "sample/sobol.h"
#include "sample/lanes.h"

#include <assert.h>
#include <stdalign.h>

extern const rc_sampler_type RC_MEMBER(rc_sampler_random);

static void fill(const rc_sampler *sampler, const rc_stream *s, uint32_t replicate, uint64_t first,
                 uint32_t draw, double *w, size_t n) {
    const rc_sobol_state *state = sampler->state;
    uint64_t dim = (uint64_t)s->dim + draw;
    if (draw >= s->dims || dim >= state->dims) {
        RC_MEMBER(rc_sampler_random).fill(sampler, s, replicate, first, draw, w, n);
        return;
    }
    if (n == 0)
        return;
    assert(first % 8 == 0 && replicate < RC_REPLICATES);
    assert(first + n <= UINT64_C(1) << state->bits);
    const uint64_t *row = rc_sobol_row(state, replicate, (uint32_t)dim), *v = row + 1;
    alignas(64) uint64_t pattern[8];
    for (unsigned j = 0; j < 8; j++)
        pattern[j] =
            rc_vu_tail_pattern((j & 1 ? v[0] : 0) ^ (j & 2 ? v[1] : 0) ^ (j & 4 ? v[2] : 0));
    /* only bits in which the eights of this column differ are carried into */
    uint64_t carry[RC_SOBOL_BITS], base = row[0], sum = 0, eight = first / 8;
    const uint64_t changed = eight ^ (eight + (n - 1) / 8);
    for (uint32_t b = 3; changed >> (b - 3) != 0; b++)
        carry[b - 3] = rc_vu_tail_change(sum ^= v[b]);
    for (uint64_t rest = eight; rest != 0; rest &= rest - 1)
        base ^= v[3 + __builtin_ctzll(rest)];
    rc_vu now = rc_vu_splat(rc_vu_tail_change(base));
    for (size_t i = 0;;) {
        for (size_t j = 0; j < 8; j += RC_LANES)
            rc_store(w + i + j, rc_vu_tail_of(rc_vu_xor(rc_vu_load(pattern + j), now)));
        if ((i += 8) >= n)
            break;
        now = rc_vu_xor(now, rc_vu_splat(carry[__builtin_ctzll(++eight)]));
    }
}

const rc_sampler_type RC_MEMBER(rc_sampler_sobol) = {
    .name = "sobol",
    .summary = "Sobol points (Joe-Kuo), 16 independent scrambles; the default",
    .replicated = true,
    .round = rc_sobol_round,
    .fill = fill,
    .prepare = rc_sobol_prepare,
};
