/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Constants of Philox4x32-10 and how its counter words are used: the scalar reference (philox.c,
 * declared in sampler.h) and the vector kernel (random.c) share them.
 *
 *   word 0, 1  draws: index / 2, low and high half      scrambles: number of the counter, dimension
 *   word 2     draws: rc_stream.hash                    scrambles: 0
 *   word 3     draws: replicate << 24 | draw            scrambles: RC_PHILOX_SCRAMBLE | replicate
 *
 * Replicates are below 16, so the two uses can never meet in one counter. */
#ifndef RC_SAMPLE_PHILOX_H
#define RC_SAMPLE_PHILOX_H

#include <stdint.h>

#define RC_PHILOX_M0       UINT32_C(0xD2511F53)
#define RC_PHILOX_M1       UINT32_C(0xCD9E8D57)
#define RC_PHILOX_W0       UINT32_C(0x9E3779B9)
#define RC_PHILOX_W1       UINT32_C(0xBB67AE85)
#define RC_PHILOX_SCRAMBLE UINT32_C(0xFF000000)

enum { RC_PHILOX_ROUNDS = 10, RC_PHILOX_DRAWS = 1 << 24 /**< draws a stream can have */ };

#endif
