/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scrambled Sobol points, the default sampler: each of the 16 replicates scrambles the same indices
 * afresh (scramble.c). Point i is the XOR of the direction numbers of the bits set in i and of the
 * replicate's shift. Sixteen neighbours share all bits but the lowest four: one XOR with a pattern
 * of sixteen gives them, and from one sixteen to the next a carry flips bits 4 ... 4 + t, one more
 * XOR. A column may begin or end in the middle of a sixteen.
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

enum { LOW = 4, GROUP = 1 << LOW };

static void make_pattern(const uint64_t *v, uint64_t v3, uint64_t *pattern) {
    const uint64_t v0 = rc_vu_tail_change(v[0]), v1 = rc_vu_tail_change(v[1]);
    const uint64_t v2 = rc_vu_tail_change(v[2]), v8 = rc_vu_tail_change(v3);
    const uint64_t four[4] = {rc_vu_tail_pattern(0), rc_vu_tail_pattern(0) ^ v0,
                              rc_vu_tail_pattern(0) ^ v1, rc_vu_tail_pattern(0) ^ v0 ^ v1};
    for (int j = 0; j < 4; j++) {
        pattern[j] = four[j];
        pattern[4 + j] = four[j] ^ v2;
        pattern[8 + j] = four[j] ^ v8;
        pattern[12 + j] = four[j] ^ v2 ^ v8;
    }
}

/* Points of the eights of a group that lie in the column [0, padded); w is where the group begins,
 * which may be half a group before it. */
static void fill_part(const uint64_t *pattern, rc_vu now, double *w, bool first, bool second) {
    for (size_t j = first ? 0 : 8; j < (second ? GROUP : 8); j += RC_LANES)
        rc_store(w + j, rc_vu_tail_of(rc_vu_xor(rc_vu_load(pattern + j), now)));
}

/* Points base ^ pattern; from one group to the next carry[number of zeros that end its number]. */
static void fill_groups(const uint64_t *pattern, const uint64_t *carry, uint64_t base,
                        uint64_t first, double *w, size_t n) {
    const size_t skip = first % GROUP, end = RC_PADDED(n) + skip;
    uint64_t group = first / GROUP;
    rc_vu now = rc_vu_splat(rc_vu_tail_change(base));
    w -= skip;
    for (size_t i = 0;;) {
        if ((i == 0 && skip > 0) || i + GROUP > end)
            fill_part(pattern, now, w + i, i > 0 || skip == 0, i + GROUP <= end);
        else
            for (size_t j = 0; j < GROUP; j += RC_LANES)
                rc_store(w + i + j, rc_vu_tail_of(rc_vu_xor(rc_vu_load(pattern + j), now)));
        if ((i += GROUP) >= end)
            break;
        now = rc_vu_xor(now, rc_vu_splat(carry[__builtin_ctzll(++group)]));
    }
}

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
    alignas(64) uint64_t pattern[GROUP];
    make_pattern(v, state->bits > 3 ? v[3] : 0, pattern);
    /* only bits in which the groups of this column differ are carried into */
    uint64_t carry[RC_SOBOL_BITS], base = row[0], sum = 0;
    const uint64_t changed = first / GROUP ^ (first + n - 1) / GROUP;
    for (uint32_t b = LOW; changed >> (b - LOW) != 0; b++)
        carry[b - LOW] = rc_vu_tail_change(sum ^= v[b]);
    for (uint64_t rest = first / GROUP; rest != 0; rest &= rest - 1)
        base ^= v[LOW + __builtin_ctzll(rest)];
    fill_groups(pattern, carry, base, first, w, n);
}

const rc_sampler_type RC_MEMBER(rc_sampler_sobol) = {
    .name = "sobol",
    .summary = RC_TR("Sobol points (Joe-Kuo), 16 independent scrambles; the default"),
    .replicated = true,
    .round = rc_sobol_round,
    .fill = fill,
    .prepare = rc_sobol_prepare,
};
