/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws from a table (dist/table.h): polynomials by whole vectors (dist/rows.h), where lanes that
 * met a row of NaN are done again alone; atoms of discrete instances lane by lane. */
#include "core/simd.h"
#include "dist/rows.h"
#include "dist/table.h"

enum { GROUP = 8, VECTORS = GROUP / RC_LANES };

static double polynomial(const double *c, double u) {
    double sum = c[RC_TABLE_ROW - 1];
    for (int k = RC_TABLE_ROW - 2; k >= 0; k--)
        sum = sum * u + c[k];
    return sum;
}

/* Part of its side that v lies in, and the argument there; false outside of [2^-18, 1/2). */
static inline bool find_part(const rc_dist_table *t, double v, size_t *part, double *argument) {
    if (!(v >= 0x1p-18 && v < 0.5))
        return false;
    uint64_t bits, local;
    memcpy(&bits, &v, sizeof bits);
    *part =
        (size_t)((bits >> (52 - t->split)) - ((uint64_t)(1023 - 1 - RC_TABLE_OCTAVES) << t->split));
    local = ((bits << t->split) & 0x000fffffffffffff) | 0x4000000000000000;
    memcpy(argument, &local, sizeof local); /* in [2, 4) */
    *argument -= 3;
    return true;
}

/* A lane whose row is NaN: where that was a short one the part's own, then one of the fine rows,
 * else the exact quantile. */
static double draw_rarely(const rc_dist_table *t, double w) {
    size_t part;
    double argument, v = fabs(w);
    bool found = find_part(t, v, &part, &argument);
    if (found && t->quick != NULL) {
        double x =
            polynomial(t->rows + RC_TABLE_ROW * (1 + part + (w < 0 ? t->half + 2 : 0)), argument);
        if (x == x)
            return x;
    }
    if (found && t->fine[part + (w < 0 ? t->half : 0)] != NULL) {
        double place = (argument + 1) * (RC_TABLE_FINE / 2);
        size_t fine = (size_t)place;
        const double *row = t->fine[part + (w < 0 ? t->half : 0)] + RC_TABLE_ROW * fine;
        double x = polynomial(row, 2 * (place - (double)fine) - 1);
        if (x == x)
            return x;
    }
    return t->dist->type->quantile(t->dist, w);
}

static void rescue(const rc_dist_table *t, const rc_vd *point, rc_vd *value, size_t n) {
    _Alignas(64) double w[GROUP], x[GROUP];
    for (size_t j = 0; j < VECTORS; j++) {
        rc_store(w + RC_LANES * j, point[j]);
        rc_store(x + RC_LANES * j, value[j]);
    }
    for (size_t i = 0; i < n && i < GROUP; i++) /* what pads a column is left alone */
        if (x[i] != x[i])
            x[i] = draw_rarely(t, w[i]);
    for (size_t j = 0; j < VECTORS; j++)
        value[j] = rc_load(x + RC_LANES * j);
}

static void draw_smooth(const rc_dist_table *t, const double *w, double *x, size_t n) {
    const rc_rows_int_ side =
        rc_rows_splat_((int64_t)((t->half + 2) * sizeof(double[RC_TABLE_ROW])));
    const double *rows = t->rows;
    const unsigned split = t->split;
    for (size_t i = 0; i < n; i += GROUP) {
        _Alignas(64) int64_t address[GROUP];
        rc_vd point[VECTORS], u[VECTORS], value[VECTORS];
        bool rare = false;
        for (size_t j = 0; j < VECTORS; j++) {
            rc_rows_int_ at;
            point[j] = rc_load(w + i + RC_LANES * j);
            u[j] = rc_rows_locate(rc_rows_size_(point[j]), rows, split, &at);
            rc_rows_int_ upper = RC_ROWS_(srli_epi64)(RC_ROWS_INT_(point[j]), 63);
            at = RC_ROWS_(add_epi64)(at, RC_ROWS_(mul_epu32)(upper, side));
            RC_ROWSI_(store)((rc_rows_int_ *)(address + RC_LANES * j), at);
        }
        for (size_t j = 0; j < VECTORS; j++) {
            value[j] = rc_rows_value(address + RC_LANES * j, u[j]);
            rare |= rc_rows_any_nan(value[j]);
        }
        if (rare)
            rescue(t, point, value, n - i);
        for (size_t j = 0; j < VECTORS; j++)
            rc_store(x + i + RC_LANES * j, value[j]);
    }
}

/* By short rows: all that most tables do. */
static void draw_quick(const rc_dist_table *t, const double *w, double *x, size_t n) {
    const unsigned split = t->quick_split;
    const size_t side = (((size_t)RC_TABLE_OCTAVES << split) + 2) * RC_QUICK_BYTES;
    const double *rows = t->quick;
    for (size_t i = 0; i < n; i += GROUP) {
        _Alignas(64) int64_t address[GROUP];
        rc_vd point[VECTORS], u[VECTORS], value[VECTORS];
        bool rare = false;
        for (size_t j = 0; j < VECTORS; j++) {
            rc_rows_int_ at;
            point[j] = rc_load(w + i + RC_LANES * j);
            u[j] = rc_quick_locate(point[j], rows, split, side, &at);
            RC_ROWSI_(store)((rc_rows_int_ *)(address + RC_LANES * j), at);
        }
        for (size_t j = 0; j < VECTORS; j++)
            value[j] = rc_quick_value(address + RC_LANES * j, u[j]);
        for (size_t j = 0; j < VECTORS; j += 2)
            rare |= rc_rows_either_nan(value[j], value[j + 1 < VECTORS ? j + 1 : j]);
        if (rare)
            rescue(t, point, value, n - i);
        for (size_t j = 0; j < VECTORS; j++)
            rc_store(x + i + RC_LANES * j, value[j]);
    }
}

/* The first atom of the part is the draw, or one of the few after it. */
static void draw_steps(const rc_dist_table *t, const double *w, double *x, size_t n) {
    for (size_t i = 0; i < n; i++) {
        size_t part;
        double argument, v = fabs(w[i]);
        if (!find_part(t, v, &part, &argument)) {
            x[i] = t->dist->type->quantile(t->dist, w[i]);
            continue;
        }
        if (w[i] > 0) {
            unsigned k = t->first[part];
            while (t->below[k] < v)
                k++;
            x[i] = t->low_atom[k];
        } else {
            unsigned k = t->first[part + t->half];
            while (t->above[k] > v)
                k++;
            x[i] = t->high_atom[k];
        }
    }
}

void RC_MEMBER(rc_dist_table_draw)(const rc_dist_table *t, const double *w, double *x, size_t n) {
    if (t->quick != NULL)
        draw_quick(t, w, x, n);
    else if (t->rows != NULL)
        draw_smooth(t, w, x, n);
    else
        draw_steps(t, w, x, n);
}
