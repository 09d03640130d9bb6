/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain random points: Philox4x32-10 (philox.c) over many counters at once. A counter serves two
 * neighbouring indices: the even one takes words 0 and 1, the odd one words 2 and 3. The word
 * (w1 << 32 | w0) >> 11 gives the 53 bits of rc_tail_from_bits().
 *
 * A lane is 64 bits wide and holds a 32-bit word in its low half. What stands in the high half does
 * not matter until the end, because the multiplication reads low halves only. */
#include "sample/lanes.h"
#include "sample/philox.h"
#include "sample/sampler.h"

#include <assert.h>
#include <stdalign.h>

/* Vectors that are worked on together, to hide the latency of the multiplications; and the number
 * of points that they give. */
enum { VECTORS = RC_LANES == 8 ? 4 : 2, GROUP = 2 * RC_LANES * VECTORS };

/* The key of each round, in every lane */
typedef struct keys {
    rc_vu k0[RC_PHILOX_ROUNDS], k1[RC_PHILOX_ROUNDS];
} keys;

static void make_keys(uint64_t seed, keys *k) {
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
    for (int round = 0; round < RC_PHILOX_ROUNDS; round++) {
        k->k0[round] = rc_vu_splat(k0);
        k->k1[round] = rc_vu_splat(k1);
        k0 += RC_PHILOX_W0;
        k1 += RC_PHILOX_W1;
    }
}

/* GROUP points from the counters pair, pair + 1, ... */
static inline void group(const keys *k, uint64_t pair, uint32_t word2, uint32_t word3, double *w) {
    const rc_vu m0 = rc_vu_splat(RC_PHILOX_M0), m1 = rc_vu_splat(RC_PHILOX_M1);
    const rc_vu low = rc_vu_splat(UINT32_MAX);
    rc_vu x0[VECTORS], x1[VECTORS], x2[VECTORS], x3[VECTORS];
    for (int g = 0; g < VECTORS; g++) {
        x0[g] = rc_vu_add(rc_vu_splat(pair + (uint64_t)g * RC_LANES), rc_vu_order());
        x1[g] = rc_vu_right(x0[g], 32);
        x2[g] = rc_vu_splat(word2);
        x3[g] = rc_vu_splat(word3);
    }
    for (int round = 0; round < RC_PHILOX_ROUNDS; round++) {
        rc_vu k0 = k->k0[round], k1 = k->k1[round];
        for (int g = 0; g < VECTORS; g++) {
            rc_vu p0 = rc_vu_mul(x0[g], m0), p1 = rc_vu_mul(x2[g], m1);
            x0[g] = rc_vu_xor(rc_vu_xor(rc_vu_right(p1, 32), k0), x1[g]);
            x1[g] = p1;
            x2[g] = rc_vu_xor(rc_vu_xor(rc_vu_right(p0, 32), k1), x3[g]);
            x3[g] = p0;
        }
    }
    for (int g = 0; g < VECTORS; g++) {
        rc_vu even = rc_vu_or(rc_vu_left(x1[g], 32), rc_vu_and(x0[g], low));
        rc_vu odd = rc_vu_or(rc_vu_left(x3[g], 32), rc_vu_and(x2[g], low));
        rc_store(w + g * 2 * RC_LANES, rc_vu_tail(rc_vu_low_pair(even, odd)));
        rc_store(w + g * 2 * RC_LANES + RC_LANES, rc_vu_tail(rc_vu_high_pair(even, odd)));
    }
}

static void fill(const rc_sampler *sampler, const rc_stream *s, uint32_t replicate, uint64_t first,
                 uint32_t draw, double *w, size_t n) {
    assert(first % 8 == 0 && replicate < RC_REPLICATES && draw < RC_PHILOX_DRAWS);
    keys k;
    make_keys(sampler->seed, &k);
    uint32_t word3 = replicate << 24 | draw;
    size_t padded = RC_PADDED(n), i = 0;
    for (; i + GROUP <= padded; i += GROUP)
        group(&k, (first + i) / 2, s->hash, word3, w + i);
    if (i < padded) {
        alignas(64) double rest[GROUP];
        group(&k, (first + i) / 2, s->hash, word3, rest);
        memcpy(w + i, rest, (padded - i) * sizeof *w);
    }
}

static uint64_t any_number(uint64_t trials) {
    return trials;
}

const rc_sampler_type RC_MEMBER(rc_sampler_random) = {
    .name = "random",
    .summary = RC_TR("independent random points (Philox4x32-10)"),
    .replicated = false,
    .round = any_number,
    .fill = fill,
};
