/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building a table (dist/table.h).
 *
 * With a density and its score: a power series gives an octave from one point of it
 * (dist/table_series.c), and its values in eight Chebyshev points the polynomial of each part; the
 * interpolation is checked at the ends of every part, the series where octaves meet and, a few
 * times a side, by the cdf. All else is for octaves that have no such series.
 *
 * With a density: in each part the polynomial of degree 7 that has the quantile's value and slope
 * 1/f in four Chebyshev points (Hermite interpolation; G. Derflinger, W. Hormann, J. Leydold,
 * Random variate generation by numerical inversion when only the density is known, ACM TOMACS 20,
 * 2010, has the u-error criterion). Points are found from the median outwards: the polynomial of
 * the part before predicts, Newton's method on the cdf corrects. Without a density: values of the
 * exact quantile in eight Chebyshev points. Each part is checked by the cdf where Hermite's error
 * is largest; a part that fails calls the exact quantile for its draws; if too much probability
 * lies in such parts, all parts are halved. */
#include "dist/table.h"

#include "core/math.h"
#include "dist/table_kernels.h"
#include "dist/table_quick.h"
#include "dist/table_series.h"
#include "dist/table_steps.h"

#include <float.h>
#include <string.h>

enum { ROW = RC_TABLE_ROW, OCTAVES = RC_TABLE_OCTAVES, FIRST_SPLIT = 2, LAST_SPLIT = 4 };

static const double WORTH_HALVING = 0.1; /* probability in fine parts */
static const double WORTH_A_TABLE = 0.1; /* probability of exact draws */

/* ---- Interpolation ----------------------------------------------------------------------------
 */

/* Points in (-1, 1), from large to small, and the matrix from values there (hermite: four values
 * minus the first one, four slopes; else eight values) to coefficients. */
typedef struct basis {
    bool hermite;
    int n; /* points */
    double point[ROW];
    double matrix[ROW][ROW];
} basis;

/* Invert by Gauss-Jordan elimination with row pivoting. */
static void invert(double (*a)[ROW], double (*inverse)[ROW]) {
    for (int i = 0; i < ROW; i++)
        for (int j = 0; j < ROW; j++)
            inverse[i][j] = i == j;
    for (int k = 0; k < ROW; k++) {
        int pivot = k;
        for (int i = k + 1; i < ROW; i++)
            pivot = fabs(a[i][k]) > fabs(a[pivot][k]) ? i : pivot;
        for (int j = 0; j < ROW; j++) {
            double swap = a[k][j];
            a[k][j] = a[pivot][j];
            a[pivot][j] = swap;
            swap = inverse[k][j];
            inverse[k][j] = inverse[pivot][j];
            inverse[pivot][j] = swap;
        }
        double scale = 1 / a[k][k];
        for (int j = 0; j < ROW; j++) {
            a[k][j] *= scale;
            inverse[k][j] *= scale;
        }
        for (int i = 0; i < ROW; i++) {
            double factor = i == k ? 0 : a[i][k];
            for (int j = 0; j < ROW; j++) {
                a[i][j] -= factor * a[k][j];
                inverse[i][j] -= factor * inverse[k][j];
            }
        }
    }
}

static void make_basis(bool hermite, basis *b) {
    double a[ROW][ROW];
    b->hermite = hermite;
    b->n = hermite ? 4 : 8;
    for (int i = 0; i < b->n; i++) {
        double u = rc_cos((2 * i + 1) * (RC_PI / (2 * b->n))), power = 1;
        b->point[i] = u;
        for (int j = 0; j < ROW; j++) {
            a[i][j] = power;
            if (hermite)
                a[i + 4][j] = j == 0 ? 0 : j == 1 ? 1 : a[i + 4][j - 1] * u * j / (j - 1);
            power *= u;
        }
    }
    invert(a, b->matrix);
}

static double polynomial(const double *c, double u) {
    double sum = c[ROW - 1];
    for (int k = ROW - 2; k >= 0; k--)
        sum = sum * u + c[k];
    return sum;
}

/* Data minus the first value -> row of coefficients. */
static void interpolate(const basis *b, double *data, double *row) {
    double first = data[0];
    for (int i = 0; i < b->n; i++)
        data[i] -= first;
    for (int i = 0; i < ROW; i++) {
        double sum = 0;
        for (int j = 0; j < ROW; j++)
            sum += b->matrix[i][j] * data[j];
        row[i] = sum;
    }
    row[0] += first;
}

enum { ASKED = RC_TABLE_ASKED, NORMALS = (OCTAVES << FIRST_SPLIT) * ASKED };

struct rc_table_maker {
    basis hermite, values;
    rc_series_maker series;
    const rc_table_kernels *kernels;
    double columns[ROW][ROW]; /* of values.matrix */
    /* The normal quantile, lower and upper half, where a table of FIRST_SPLIT asks: in each part
     * the points of `values`, then where rows are checked. */
    _Alignas(64) double normal[2][RC_PADDED(NORMALS)];
};

/* Where rows are checked: Hermite's error is largest there. */
static const double check_point[RC_TABLE_CHECKS] = {-1, 0.70710678118654752};

static void ask_normal(rc_table_maker *m) {
    double *v = m->normal[1], *z = m->normal[0];
    for (int part = 0; part < OCTAVES << FIRST_SPLIT; part++) {
        double octave = ldexp(1, (part >> FIRST_SPLIT) - OCTAVES - 1);
        double width = ldexp(octave, -FIRST_SPLIT);
        double from = octave + width * (part & ((1 << FIRST_SPLIT) - 1));
        for (int i = 0; i < ASKED; i++) {
            double u = i < ROW ? m->values.point[i] : check_point[i - ROW];
            v[ASKED * part + i] = from + 0.5 * width * (1 + u);
        }
    }
    m->kernels->normal(v, z, NORMALS);
    for (int i = 0; i < NORMALS; i++)
        m->normal[1][i] = -z[i];
}

const rc_table_maker *rc_table_maker_new(rc_arena *arena) {
    rc_table_maker *m = RC_NEW(arena, rc_table_maker, 1);
    m->kernels = rc_table_kernels_for(rc_isa_best());
    make_basis(true, &m->hermite);
    make_basis(false, &m->values);
    for (int i = 0; i < ROW; i++)
        for (int j = 0; j < ROW; j++)
            m->columns[j][i] = m->values.matrix[i][j];
    rc_series_maker_init(&m->series, m->values.point, m->values.matrix);
    ask_normal(m);
    return m;
}

/* ---- One side: from the median outwards -------------------------------------------------------
 */

typedef struct builder {
    const rc_dist *d;
    const rc_table_maker *maker;
    const basis *basis;
    unsigned split;
    bool upper, scored;
    double low, high;    /* support */
    double median;       /* nearly */
    double x, f;         /* the point before */
    const double *last;  /* row before, NULL at the start */
    double error;        /* largest relative u-error met */
    double rare, exact;  /* probability in fine parts, and of exact draws */
    const double *asked; /* values where a part asks, [parts of a side][ASKED], or NULL */
} builder;

/* The point with tail v, starting from x: its density too. False: Newton's method gave up. */
static bool polish(builder *b, double v, double x, double *out, double *slope) {
    const rc_dist_type *type = b->d->type;
    double before = INFINITY;
    for (int i = 0; i < 6; i++) {
        if (!(x > b->low && x < b->high))
            return false;
        double f = type->density(b->d, x), miss = v - type->cdf(b->d, x, b->upper);
        double relative = fabs(miss) / v, step = (b->upper ? -miss : miss) / f;
        if (!(f > 0 && f < INFINITY) || !(relative < before))
            return false;
        before = relative;
        double bend = x != b->x ? (f - b->f) / (f * (x - b->x)) : 0; /* f'/f, roughly */
        double curved = 0.5 * bend * step;
        x += fabs(curved) < 0.3 ? step * (1 - curved) : step;
        if (relative < 1e-5) {
            *out = x;
            *slope = relative < 1e-10 ? f : type->density(b->d, x);
            return *slope > 0 && *slope < INFINITY;
        }
    }
    return false;
}

/* Value at the tail v, and, for Hermite, the slope dx/dv. */
static bool point_at(builder *b, double v, double guess, double *x, double *slope) {
    const rc_dist_type *type = b->d->type;
    double w = b->upper ? -v : v, f = NAN;
    if (!b->basis->hermite) {
        *x = type->quantile(b->d, w);
        return isfinite(*x);
    }
    if (!polish(b, v, guess, x, &f)) {
        *x = type->quantile(b->d, w);
        f = type->density(b->d, *x);
    }
    b->x = *x;
    b->f = f;
    *slope = b->upper ? -1 / f : 1 / f;
    return isfinite(*x) && f > 0 && f < INFINITY;
}

/* Does the row give the tail v at u? */
static bool close_enough(builder *b, const double *row, double u, double v) {
    double x = polynomial(row, u);
    if (!(x >= b->low && x <= b->high))
        return false;
    double error = fabs(b->d->type->cdf(b->d, x, b->upper) - v);
    if (!(error <= 5e-10 * v && error <= 5e-11))
        return false;
    b->error = error / v > b->error ? error / v : b->error;
    return true;
}

/* Fill the row for tails from `from` to from + width; `ratio` is its width against the last one's.
 */
static bool fill_row(builder *b, double from, double width, double ratio, double *row) {
    double data[ROW] = {0}, half = 0.5 * width;
    bool constant = !b->basis->hermite;
    for (int i = 0; i < b->basis->n; i++) {
        double u = b->basis->point[i], v = from + half * (1 + u), slope = 0, guess = b->x;
        if (b->last != NULL)
            guess = polynomial(b->last, -1 - ratio * (1 - u));
        if (!point_at(b, v, guess, &data[i], &slope))
            return false;
        if (b->basis->hermite)
            data[i + 4] = slope * half;
        constant = constant && data[i] == data[0];
    }
    double only = data[0];
    interpolate(b->basis, data, row);
    if (constant) { /* inside an atom; does it reach both ends? */
        double side = b->upper ? -1 : 1, top = from + width < 0.5 ? from + width : from + half;
        return b->d->type->quantile(b->d, side * from) == only &&
               b->d->type->quantile(b->d, side * top) == only;
    }
    return close_enough(b, row, check_point[0], from) &&
           close_enough(b, row, check_point[1], from + half * (1 + check_point[1]));
}

static void mark(double *row) {
    for (int i = 0; i < ROW; i++)
        row[i] = NAN;
}

/* A row, or NaN and false. */
static bool fill_or_mark(builder *b, double from, double width, double ratio, double *row) {
    if (fill_row(b, from, width, ratio, row)) {
        b->last = row;
        return true;
    }
    mark(row);
    b->last = NULL;
    return false;
}

/* Cut a part that failed into fine ones. */
static const double *fill_fine(builder *b, double from, double width, rc_arena *arena) {
    double *rows = RC_NEW(arena, double, ROW *RC_TABLE_FINE), fine = width / RC_TABLE_FINE;
    int good = 0;
    b->rare += width;
    for (int j = RC_TABLE_FINE - 1; j >= 0; j--)
        if (fill_or_mark(b, from + fine * j, fine, 1, rows + ROW * j))
            good++;
        else
            b->exact += fine;
    b->last = NULL; /* of another width than the parts that follow */
    return good > 0 ? rows : NULL;
}

/* Are finer parts needed, or is there nothing to be had? */
static bool too_coarse(const builder *b) {
    return (b->rare > WORTH_HALVING || b->exact > WORTH_A_TABLE) && b->split < LAST_SPLIT;
}
static bool hopeless(const builder *b) {
    return too_coarse(b) || b->exact > WORTH_A_TABLE;
}

/* ---- The same by series -----------------------------------------------------------------------
 */

/* Is the relative error good enough for tails up to `to`? */
static bool small_enough(builder *b, double error, double to) {
    if (!(error <= 5e-10 && error * to <= 5e-11))
        return false;
    b->error = error > b->error ? error : b->error;
    return true;
}

static double value_at(const rc_series *series, double v) {
    return rc_series_value(series, rc_log(v / series->v) / series->half);
}

static bool inside(const builder *b, const double *row) {
    double first = polynomial(row, -1), last = polynomial(row, 1);
    return first >= b->low && first <= b->high && last >= b->low && last <= b->high;
}

static bool row_of_series(builder *b, const rc_series *series, double from, double width,
                          double *row) {
    const basis *values = &b->maker->values;
    double data[ROW] = {0}, to = from + width;
    for (int i = 0; i < values->n; i++)
        data[i] = value_at(series, from + 0.5 * width * (1 + values->point[i]));
    interpolate(values, data, row);
    double error =
        rc_series_error(row, value_at(series, from), value_at(series, to), 2 * from / width);
    return small_enough(b, error, to) && inside(b, row);
}

/* Fine rows for a part that one row does not fit. */
static const double *fine_of_series(builder *b, const rc_series *series, double from, double width,
                                    rc_arena *arena) {
    double *rows = RC_NEW(arena, double, ROW *RC_TABLE_FINE), fine = width / RC_TABLE_FINE;
    b->rare += width;
    for (int j = 0; j < RC_TABLE_FINE; j++)
        if (!row_of_series(b, series, from + fine * j, fine, rows + ROW * j)) {
            mark(rows + ROW * j);
            b->exact += fine;
        }
    return rows;
}

/* A series that holds at the lower end of its part, where it comes to `from`. */
static bool find_part(builder *b, double from, double width, rc_series *series) {
    double x = b->x;
    if (!rc_series_at(b->d, b->upper, sqrt(from * (from + width)), 0.5 * rc_log1p(width / from), &x,
                      series))
        return false;
    b->x = rc_series_value(series, -1);
    return fabs(b->d->type->cdf(b->d, b->x, b->upper) - from) <= 1e-10 * from;
}

/* A part by a series of its own, or by sixteen. */
static const double *fill_part(builder *b, double from, double width, double *row,
                               rc_arena *arena) {
    rc_series series;
    if (find_part(b, from, width, &series)) {
        if (row_of_series(b, &series, from, width, row))
            return NULL;
        mark(row);
        return fine_of_series(b, &series, from, width, arena);
    }
    double *rows = RC_NEW(arena, double, ROW *RC_TABLE_FINE), fine = width / RC_TABLE_FINE;
    mark(row);
    b->rare += width;
    for (int j = RC_TABLE_FINE - 1; j >= 0; j--)
        if (!find_part(b, from + fine * j, fine, &series) ||
            !row_of_series(b, &series, from + fine * j, fine, rows + ROW * j)) {
            mark(rows + ROW * j);
            b->exact += fine;
        }
    return rows;
}

/* An octave by its series; false where that does not hold. */
static bool fill_octave(builder *b, const rc_series *series, double octave, bool check,
                        double *rows, const double **fine, rc_arena *arena) {
    size_t parts = (size_t)1 << b->split;
    double error[RC_SERIES_PARTS], width = octave / (double)parts,
                                   x = rc_series_value(series, -0.5);
    double v = octave * 1.18920711500272107; /* at s = -1/2 */
    if (check && !(fabs(b->d->type->cdf(b->d, x, b->upper) - v) <= 1e-10 * v))
        return false;
    b->x = rc_series_value(series, -1);
    if (b->split == RC_SERIES_SPLIT)
        rc_series_rows(&b->maker->series, series, rows, error);
    for (size_t p = parts; p-- > 0 && !hopeless(b);) {
        double from = octave + width * (double)p, *row = rows + ROW * p;
        bool good = b->split == RC_SERIES_SPLIT
                        ? small_enough(b, error[p], from + width) && inside(b, row)
                        : row_of_series(b, series, from, width, row);
        if (good)
            continue;
        mark(row);
        fine[p] = fine_of_series(b, series, from, width, arena);
    }
    return true;
}

/* ---- A table ----------------------------------------------------------------------------------
 */

/* A row through values that are known already, and checked by them; a few by the cdf too. False:
 * try otherwise. */
static bool row_of_values(builder *b, size_t part, double from, double width, double *row) {
    rc_table_fit fit;
    double half = 0.5 * width;
    b->maker->kernels->interpolate(b->maker->columns, b->asked + ASKED * part, row, &fit);
    double error = half * fit.error[0] / from, other = half * fit.error[1] / (from + 1.7 * half);
    return !fit.constant && inside(b, row) && small_enough(b, error, from) &&
           small_enough(b, other, from + width) &&
           (part % 32 != 0 || close_enough(b, row, 0, from + half));
}

static void begin_side(builder *b) {
    b->x = b->upper ? b->d->type->quantile(b->d, -0.499) : b->median;
    b->f = b->d->type->density(b->d, b->x);
}

/* From the median outwards; no further than it is of use, as exact values may be dear. */
static void fill_side(builder *b, double *rows, const double **fine, const rc_series_side *series,
                      rc_arena *arena) {
    size_t parts = (size_t)1 << b->split;
    double octave = 0.25;
    b->last = NULL;
    bool begun = !b->basis->hermite; /* is there a point before, or none needed? */
    for (int k = OCTAVES - 1; k >= 0 && !hopeless(b); k--, octave *= 0.5) {
        double *first = rows + ROW * parts * (size_t)k;
        const double **finer = fine + parts * (size_t)k;
        if (series != NULL && series->found[k] &&
            fill_octave(b, &series->octave[k], octave, k % 8 == 0, first, finer, arena)) {
            begun = true;
            continue;
        }
        if (!begun)
            begin_side(b);
        begun = true;
        for (size_t j = parts; j-- > 0 && !hopeless(b);) {
            double width = octave / (double)parts, from = octave + width * (double)j;
            double *row = first + ROW * j;
            if (b->asked != NULL && row_of_values(b, parts * (size_t)k + j, from, width, row))
                b->last = NULL;
            else if (b->scored)
                finer[j] = fill_part(b, from, width, row, arena);
            else if (!fill_or_mark(b, from, width, j == parts - 1 ? 0.5 : 1, row))
                finer[j] = fill_fine(b, from, width, arena);
        }
    }
}

static const rc_dist_table *build_smooth(const rc_table_maker *maker, const rc_dist *d,
                                         rc_arena *arena) {
    builder b = {.d = d, .maker = maker, .basis = &maker->values};
    bool hermite = false;
    if (d->type->density != NULL && !d->type->tabulate) {
        b.median = d->type->quantile(d, 0.499);
        hermite = d->type->density(d, b.median) > 0; /* NaN: a child has none */
    }
    if (hermite)
        b.basis = &maker->hermite;
    rc_series_side series[2];
    double num[3], den[3];
    b.scored = hermite && d->type->score != NULL && d->type->score(d, b.median, num, den);
    if (b.scored)
        rc_series_of_sides(d, d->type->quantile(d, 0.35355339059327376), series);
    rc_dist_support(d, &b.low, &b.high);
    const double *asked[2] = {NULL, NULL};
    _Alignas(64) double values[2][RC_PADDED(NORMALS)];
    for (int side = 0; side < 2 && !hermite && d->type->from_normal != NULL; side++) {
        rc_dist_type_for(d->type, rc_isa_best())
            ->from_normal(d, maker->normal[side], values[side], NORMALS);
        asked[side] = values[side];
    }
    for (unsigned split = FIRST_SPLIT;; split++) {
        size_t half = (size_t)OCTAVES << split;
        double *rows = RC_NEW(arena, double, 2 * (half + 2) * ROW),
               *upper = rows + (half + 2) * ROW;
        const double **fine = RC_NEW(arena, const double *, 2 * half);
        b.split = split;
        b.error = 0;
        b.rare = 0;
        b.exact = 0x1p-17;
        b.upper = false;
        b.asked = split == FIRST_SPLIT ? asked[0] : NULL;
        fill_side(&b, rows + ROW, fine, b.scored ? &series[0] : NULL, arena);
        b.upper = true;
        b.asked = split == FIRST_SPLIT ? asked[1] : NULL;
        fill_side(&b, upper + ROW, fine + half, b.scored ? &series[1] : NULL, arena);
        for (int i = 0; i < ROW; i++)
            rows[i] = rows[(half + 1) * ROW + i] = upper[i] = upper[(half + 1) * ROW + i] = NAN;
        if (too_coarse(&b))
            continue;
        if (hopeless(&b))
            return NULL;
        rc_dist_table *t = RC_NEW(arena, rc_dist_table, 1);
        *t = (rc_dist_table){.dist = d, .split = split, .half = half, .rows = rows, .fine = fine};
        t->error = b.error;
        t->exact = b.exact;
        rc_table_quick(t, arena);
        return t;
    }
}

const rc_dist_table *rc_dist_table_build(const rc_table_maker *maker, const rc_dist *d,
                                         rc_arena *arena) {
    if (d->type->discrete)
        return rc_table_steps(d, arena);
    return build_smooth(maker, d, arena);
}
