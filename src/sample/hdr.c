/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Hubbard Decision Research generator HDR 2.0, which SIPmath 3.0 libraries name: a trial's
 * number is a function of (trial, entity, variable, seed3, seed4), so two tools that share a
 * library share its trials. It has 2^32 values; for everything but interchange `random` and `sobol`
 * are better. (D. W. Hubbard 2019, "A multi-dimensional, counter-based pseudo random number
 * generator as a standard for Monte Carlo simulations".)
 *
 *   a = ((999999999999989 mod ((i 2499997 + v 1800451 + e 2000371 + s3 1796777 + s4 2299603)
 *                               mod 7450589 * 4658 + 7450581)) * 383) mod 99991
 *   b = ((999999999999989 mod ((i 2246527 + v 2399993 + e 2100869 + s3 1918303 + s4 1624729)
 *                               mod 7450987 * 7580 + 7560584)) * 17669) mod 7440893
 *   u = (((a 7440893 + b) 1343) mod 2^32 + 1/2) / 2^32
 *
 * i counts trials from 1. A draw in a later period adds its number to seed3, which the standard
 * calls the time; another --seed than 1 adds to seed4. */
#include "core/isa.h"
#include "sample/sampler.h"

#include <assert.h>

enum { ENTITY, VARIABLE, SEED3, SEED4 };

/* Which part of the generator's space belongs to a stream: sums that do not depend on the trial */
typedef struct sums {
    uint64_t a, b;
} sums;

static sums sums_of(const rc_sampler *sampler, const rc_stream *s, uint32_t draw) {
    uint32_t ids[4];
    rc_hdr_ids(s, sampler->seed, ids);
    uint64_t id[4] = {ids[ENTITY], ids[VARIABLE], (uint64_t)ids[SEED3] + draw, ids[SEED4]};
    return (sums){
        id[VARIABLE] * 1800451 + id[ENTITY] * 2000371 + id[SEED3] * 1796777 + id[SEED4] * 2299603,
        id[VARIABLE] * 2399993 + id[ENTITY] * 2100869 + id[SEED3] * 1918303 + id[SEED4] * 1624729};
}

static double tail(sums s, uint64_t trial) {
    const uint64_t m = UINT64_C(999999999999989);
    uint64_t a = m % ((trial % 7450589 * 2499997 + s.a) % 7450589 * 4658 + 7450581) * 383 % 99991;
    uint64_t b =
        m % ((trial % 7450987 * 2246527 + s.b) % 7450987 * 7580 + 7560584) * 17669 % 7440893;
    uint64_t k = (a * 7440893 + b) * 1343 & UINT32_MAX;
    double u = ((double)k + 0.5) * 0x1p-32;
    return u < 0.5 ? u : u - 1; /* signed tail probability, exact */
}

static void fill(const rc_sampler *sampler, const rc_stream *s, uint32_t replicate, uint64_t first,
                 uint32_t draw, double *w, size_t n) {
    assert(replicate < RC_REPLICATES);
    sums at = sums_of(sampler, s, draw);
    for (size_t j = 0; j < RC_PADDED(n); j++)
        w[j] = tail(at, (first + j) * RC_REPLICATES + replicate + 1);
}

static uint64_t any_number(uint64_t trials) {
    return trials;
}

const rc_sampler_type RC_MEMBER(rc_sampler_hdr) = {
    .name = "hdr",
    .summary = RC_TR("SIPmath's generator HDR 2.0, for the same trials as in other tools"),
    .replicated = false,
    .round = any_number,
    .fill = fill,
};
