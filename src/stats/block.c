/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/block.h"

extern const rc_block_kernels rc_block_kernels_sse2, rc_block_kernels_avx2, rc_block_kernels_avx512;

const rc_block_kernels *rc_block_kernels_for(rc_isa isa) {
    static const rc_block_kernels *const table[RC_ISA_COUNT] = {
        [RC_ISA_sse2] = &rc_block_kernels_sse2,
        [RC_ISA_avx2] = &rc_block_kernels_avx2,
        [RC_ISA_avx512] = &rc_block_kernels_avx512,
    };
    return table[isa];
}
