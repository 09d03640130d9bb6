/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of copulas. */
#include "copula/copula.h"

#include "copula/normal.h"
#include "dist/special.h"

#include <string.h>

#define RC_COPULA(name) extern const rc_copula_type rc_copula_##name;
#include "copula/copula.def"
#undef RC_COPULA

static const rc_copula_type *const table[] = {
#define RC_COPULA(name) &rc_copula_##name,
#include "copula/copula.def"
#undef RC_COPULA
};

size_t rc_copula_count(void) {
    return sizeof table / sizeof *table;
}

const rc_copula_type *rc_copula_at(size_t index) {
    return table[index];
}

const rc_copula_type *rc_copula_find(const char *name) {
    for (size_t i = 0; i < rc_copula_count(); i++)
        if (strcmp(table[i]->name, name) == 0)
            return table[i];
    return NULL;
}

rc_copula rc_copula_init(const rc_copula_type *type, double df, double parameter) {
    rc_copula c = {.type = type, .parameter = parameter};
    if (type->takes_df) {
        c.df = df;
        c.log_scale = rc_beta_shape_of(0.5 * df, 0.5).log_scale;
    }
    return c;
}

void rc_copula_latent(rc_isa isa, const double *w, double *z, size_t n) {
    static void (*const by_isa[RC_ISA_COUNT])(const double *, double *, size_t) = {
        [RC_ISA_sse2] = rc_copula_normal_latent_sse2,
        [RC_ISA_avx2] = rc_copula_normal_latent_avx2,
        [RC_ISA_avx512] = rc_copula_normal_latent_avx512,
    };
    by_isa[isa](w, z, n);
}
