/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/isa.h"

#include <string.h>

static const char *const names[] = {
#define RC_ISA_ROW(name, lanes, description) #name,
#include "core/isa.def"
#undef RC_ISA_ROW
};

bool rc_isa_supported(rc_isa isa) {
    switch (isa) {
    case RC_ISA_sse2: return true;
    case RC_ISA_avx2:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") &&
               __builtin_cpu_supports("fma");
    case RC_ISA_avx512:
        return rc_isa_supported(RC_ISA_avx2) && __builtin_cpu_supports("avx512f") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    default: return false;
    }
}

rc_isa rc_isa_best(void) {
    int best = RC_ISA_COUNT - 1;
    while (best > 0 && !rc_isa_supported((rc_isa)best))
        best--;
    return (rc_isa)best;
}

const char *rc_isa_name(rc_isa isa) {
    return names[isa];
}

bool rc_isa_parse(const char *name, rc_isa *isa) {
    for (int i = 0; i < RC_ISA_COUNT; i++)
        if (strcmp(name, names[i]) == 0) {
            *isa = (rc_isa)i;
            return true;
        }
    return false;
}
