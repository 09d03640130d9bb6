/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dist/table_kernels.h"

extern const rc_table_kernels rc_table_kernels_sse2, rc_table_kernels_avx2, rc_table_kernels_avx512;

const rc_table_kernels *rc_table_kernels_for(rc_isa isa) {
    static const rc_table_kernels *const table[RC_ISA_COUNT] = {
        [RC_ISA_sse2] = &rc_table_kernels_sse2,
        [RC_ISA_avx2] = &rc_table_kernels_avx2,
        [RC_ISA_avx512] = &rc_table_kernels_avx512,
    };
    return table[isa];
}
