/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which instruction set a run uses.
 *
 * Vector code (family members and every *_kernel.c) is compiled once per instruction set, with
 * suffixed symbols: RC_MEMBER(rc_dist_pert) is rc_dist_pert_avx2 in the AVX2 object. Tables hold
 * one pointer per set, and a run chooses a column. All columns compute the same bits: no fused
 * multiply-add, no reassociation, SLEEF's deterministic functions. */
#ifndef RC_CORE_ISA_H
#define RC_CORE_ISA_H

#include <stdbool.h>

typedef enum rc_isa {
#define RC_ISA_ROW(name, lanes, description) RC_ISA_##name,
#include "core/isa.def"
#undef RC_ISA_ROW
    RC_ISA_COUNT
} rc_isa;

rc_isa rc_isa_best(void); /**< the widest that this processor and system support */
bool rc_isa_supported(rc_isa isa);
const char *rc_isa_name(rc_isa isa);
bool rc_isa_parse(const char *name, rc_isa *isa);

#define RC_PASTE_(a, b) a##_##b
#define RC_PASTE(a, b)  RC_PASTE_(a, b)
#define RC_MEMBER(name) RC_PASTE(name, RC_ISA)
#define RC_PADDED(lanes)                                                                           \
    (((lanes) + 7u) & ~(size_t)7u) /**< room that a column of lanes must have */

#endif
