/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Philox4x32-10, one counter at a time: a keyed bijection of 128-bit counters whose outputs pass
 * for random. Each of ten rounds multiplies two words by constants and mixes the halves of the
 * products with the other words and the key, which grows by a Weyl step.
 *
 * J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw: Parallel random numbers: as easy as 1, 2, 3.
 * SC '11, 2011. */
#include "sample/philox.h"
#include "sample/sampler.h"

void rc_philox4x32(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]) {
    uint32_t x0 = counter[0], x1 = counter[1], x2 = counter[2], x3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < RC_PHILOX_ROUNDS; round++) {
        uint64_t p0 = (uint64_t)RC_PHILOX_M0 * x0, p1 = (uint64_t)RC_PHILOX_M1 * x2;
        x0 = (uint32_t)(p1 >> 32) ^ x1 ^ k0;
        x1 = (uint32_t)p1;
        x2 = (uint32_t)(p0 >> 32) ^ x3 ^ k1;
        x3 = (uint32_t)p0;
        k0 += RC_PHILOX_W0;
        k1 += RC_PHILOX_W1;
    }
    out[0] = x0;
    out[1] = x1;
    out[2] = x2;
    out[3] = x3;
}
