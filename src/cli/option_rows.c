/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/option_rows.h"

#include "core/isa.h"
#include "sample/sampler.h"

const char *rc_sampler_choice(size_t index) {
    return index < rc_sampler_count() ? rc_sampler_at(index, RC_ISA_sse2)->name : NULL;
}

const char *rc_isa_choice(size_t index) {
    return index < RC_ISA_COUNT ? rc_isa_name((rc_isa)index) : NULL;
}
