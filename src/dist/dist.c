/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of distributions, one column per instruction set, and what works for all of them. An
 * instance points at the baseline column; drawing looks the wanted column up in the same row. */
#include "dist/dist.h"

#include "dist/table.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define RC_DIST(name)                                                                              \
    extern const rc_dist_type rc_dist_##name##_sse2, rc_dist_##name##_avx2, rc_dist_##name##_avx512;
#include "dist/dist.def"
#undef RC_DIST

static const rc_dist_type *const table[][RC_ISA_COUNT] = {
#define RC_DIST(name)                                                                              \
    {[RC_ISA_sse2] = &rc_dist_##name##_sse2,                                                       \
     [RC_ISA_avx2] = &rc_dist_##name##_avx2,                                                       \
     [RC_ISA_avx512] = &rc_dist_##name##_avx512},
#include "dist/dist.def"
#undef RC_DIST
};

static void (*const draw_by_table[RC_ISA_COUNT])(const rc_dist_table *t, const double *w, double *x,
                                                 size_t n) = {
    [RC_ISA_sse2] = rc_dist_table_draw_sse2,
    [RC_ISA_avx2] = rc_dist_table_draw_avx2,
    [RC_ISA_avx512] = rc_dist_table_draw_avx512,
};

static_assert(RC_ISA_COUNT == 3, "a new instruction set needs a column in dist.c");

size_t rc_dist_count(void) {
    return sizeof table / sizeof *table;
}

const rc_dist_type *rc_dist_at(size_t index, rc_isa isa) {
    assert(index < rc_dist_count());
    return table[index][isa];
}

const rc_dist_type *rc_dist_find(const char *name) {
    for (size_t i = 0; i < rc_dist_count(); i++)
        if (strcmp(table[i][RC_ISA_sse2]->name, name) == 0)
            return table[i][RC_ISA_sse2];
    return NULL;
}

const rc_dist_type *rc_dist_type_for(const rc_dist_type *baseline, rc_isa isa) {
    for (size_t i = 0; i < rc_dist_count(); i++)
        if (table[i][RC_ISA_sse2] == baseline)
            return table[i][isa];
    return baseline; /* a type that is not in the table, as a test may make one */
}

static void collect_shapes(const rc_dist_form *form, const rc_dist_value *values, rc_dist *d,
                           rc_arena *arena) {
    size_t n = 0;
    for (size_t i = 0; i < form->n_slots; i++)
        if (values[i].shapes != NULL)
            n += values[i].n;
    const rc_dist **shapes = RC_NEW(arena, const rc_dist *, n);
    size_t k = 0;
    for (size_t i = 0; i < form->n_slots; i++)
        for (size_t j = 0; values[i].shapes != NULL && j < values[i].n; j++)
            shapes[k++] = values[i].shapes[j];
    d->shapes = shapes;
    d->n_shapes = n;
}

/* All but the rarest values must be numbers. */
static rc_status check_range(const rc_dist *d, rc_error *err) {
    static const double tails[] = {0.01, -0.01};
    for (int i = 0; i < 2; i++) {
        double x = d->type->quantile(d, tails[i]);
        if (!isfinite(x))
            return rc_fail(err, RC_INPUT,
                           "%s: with these parameters p%d would be %s; the largest number is about "
                           "1.8e308",
                           d->type->name, i == 0 ? 1 : 99, isnan(x) ? "no number" : "infinite");
    }
    return RC_OK;
}

rc_status rc_dist_build(const rc_dist_type *type, const rc_dist_value *values, rc_arena *arena,
                        rc_dist **out, rc_error *err) {
    rc_dist *d = RC_NEW(arena, rc_dist, 1);
    d->type = type;
    d->n_p = type->size(values);
    d->p = RC_NEW(arena, double, d->n_p);
    collect_shapes(&type->forms[0], values, d, arena);
    rc_status status = type->init(values, d, err);
    if (status == RC_OK)
        status = check_range(d, err);
    *out = status == RC_OK ? d : NULL;
    return status;
}

void rc_dist_draw(const rc_dist *d, rc_isa isa, const double *w, double *x, size_t n) {
    const rc_dist_type *type = rc_dist_type_for(d->type, isa);
    if (d->table != NULL)
        draw_by_table[isa](d->table, w, x, n);
    else if (type->quantile_block != NULL)
        type->quantile_block(d, w, x, n);
    else
        for (size_t i = 0; i < n; i++)
            x[i] = d->type->quantile(d, w[i]);
}

double rc_dist_quantile(const rc_dist *d, double w) {
    return d->type->quantile(d, w);
}

double rc_dist_cdf(const rc_dist *d, double x, bool upper) {
    return d->type->cdf(d, x, upper);
}

void rc_dist_support(const rc_dist *d, double *low, double *high) {
    *low = -INFINITY;
    *high = INFINITY;
    if (d->type->support != NULL)
        d->type->support(d, low, high);
}

bool rc_dist_knows_moments(const rc_dist *d) {
    bool known = d->type->moments != NULL;
    for (size_t i = 0; i < d->n_shapes; i++)
        known = known && rc_dist_knows_moments(d->shapes[i]);
    return known;
}

void rc_dist_moments(const rc_dist *d, double *mean, double *sd) {
    *mean = *sd = NAN;
    if (d->type->moments != NULL)
        d->type->moments(d, mean, sd);
}
