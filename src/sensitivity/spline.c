/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Additive cubic B-splines on grades by normal equations. de Boor, A Practical Guide to Splines
 * (1978); on uniform knots the four functions that are not zero have closed forms. One column, as
 * in most bars, has a short way: within a piece they are polynomials of t, so that sums of powers
 * of t say all that the normal equations ask. */
#include "sensitivity/spline.h"

#include "sensitivity/spline_kernel.h"

#include <math.h>

enum { ORDER = 4, MOST_ACTIVE = 1 + 5 * RC_SPLINE_COLUMNS };

rc_spline rc_spline_of(const rc_study_column *columns, size_t n_columns) {
    rc_spline s = {n_columns, columns,
                   n_columns == 1    ? RC_SPLINE_PIECES
                   : n_columns <= 12 ? 8
                                     : 4,
                   1};
    for (size_t c = 0; c < n_columns; c++)
        s.p += s.pieces + ORDER - 1 + !isnan(columns[c].atom);
    return s;
}

typedef struct active {
    size_t n;
    size_t at[MOST_ACTIVE];
    double value[MOST_ACTIVE];
} active;

static void put(active *a, size_t at, double value) {
    a->at[a->n] = at;
    a->value[a->n++] = value;
}

/* Where a grade lies: which piece, and where in it, 0 ... 1 */
static size_t piece_of(const rc_spline *s, double grade, double *t) {
    double u = grade * (double)s->pieces;
    size_t piece = u >= (double)s->pieces ? s->pieces - 1 : (size_t)u;
    *t = u - (double)piece;
    return piece;
}

/* The functions that are not zero in a trial, in ascending order */
static void basis(const rc_spline *s, size_t trial, active *a) {
    size_t base = 1;
    a->n = 0;
    put(a, 0, 1);
    for (size_t c = 0; c < s->n_columns; c++) {
        double t;
        size_t piece = piece_of(s, s->columns[c].grade[trial], &t);
        double m = 1 - t;
        put(a, base + piece, m * m * m / 6);
        put(a, base + piece + 1, (3 * t * t * t - 6 * t * t + 4) / 6);
        put(a, base + piece + 2, (3 * m * m * m - 6 * m * m + 4) / 6);
        put(a, base + piece + 3, t * t * t / 6);
        base += s->pieces + ORDER - 1;
        if (!isnan(s->columns[c].atom))
            put(a, base++, s->columns[c].grade[trial] == s->columns[c].atom);
    }
}

/* ---- One column: powers of t instead of basis functions ---- */

/* The four functions of a piece as polynomials of t */
static const double monomials[ORDER][ORDER] = {{1 / 6., -3 / 6., 3 / 6., -1 / 6.},
                                               {4 / 6., 0, -6 / 6., 3 / 6.},
                                               {1 / 6., 3 / 6., 3 / 6., -3 / 6.},
                                               {0, 0, 0, 1 / 6.}};

extern const rc_spline_kernels rc_spline_kernels_sse2, rc_spline_kernels_avx2,
    rc_spline_kernels_avx512;

const rc_spline_kernels *rc_spline_kernels_for(rc_isa isa) {
    static const rc_spline_kernels *const table[RC_ISA_COUNT] = {
        [RC_ISA_sse2] = &rc_spline_kernels_sse2,
        [RC_ISA_avx2] = &rc_spline_kernels_avx2,
        [RC_ISA_avx512] = &rc_spline_kernels_avx512,
    };
    return table[isa];
}

/* The right side that a piece adds to */
static void add_right(const rc_spline_powers *k, size_t piece, double *right) {
    right[0] += k->ty[0];
    for (size_t a = 0; a < ORDER; a++) {
        double with_y = 0;
        for (int i = 0; i < ORDER; i++)
            with_y += monomials[a][i] * k->ty[i];
        right[1 + piece + a] += with_y;
    }
}

static void add_piece(const rc_spline *s, const rc_spline_powers *k, size_t piece, double *sums) {
    double *constant = sums;
    constant[0] += k->t[0];
    add_right(k, piece, sums + s->p * s->p);
    for (size_t a = 0; a < ORDER; a++) {
        size_t row = 1 + piece + a;
        double with_one = 0;
        for (int i = 0; i < ORDER; i++)
            with_one += monomials[a][i] * k->t[i];
        sums[row * s->p] += with_one;
        for (size_t b = 0; b <= a; b++) {
            double both = 0;
            for (int i = 0; i < ORDER; i++)
                for (int j = 0; j < ORDER; j++)
                    both += monomials[a][i] * monomials[b][j] * k->t[i + j];
            sums[row * s->p + 1 + piece + b] += both;
        }
    }
}

/* The step at the value that many trials share: all have the same basis functions */
static void add_atom(const rc_spline *s, double n, double *sums) {
    double t;
    size_t piece = piece_of(s, s->columns[0].atom, &t), row = s->p - 1;
    double *at = sums + row * s->p;
    at[0] += n;
    at[row] += n;
    for (size_t a = 0; a < ORDER; a++) {
        const double *m = monomials[a];
        at[1 + piece + a] += n * (m[0] + t * (m[1] + t * (m[2] + t * m[3])));
    }
}

static void add_one(const rc_spline *s, const double *y, size_t first, size_t end, double *sums) {
    rc_spline_powers sum[RC_SPLINE_PIECES] = {0};
    const double *grade = s->columns[0].grade, atom = s->columns[0].atom;
    rc_spline_kernels_for(rc_isa_best())
        ->add(grade + first, y + first, end - first, s->pieces, sum);
    for (size_t piece = 0; piece < s->pieces; piece++)
        add_piece(s, &sum[piece], piece, sums);
    if (isnan(atom))
        return;
    double atom_n = 0, atom_y = 0;
    for (size_t i = first; i < end; i++) {
        atom_n += grade[i] == atom;
        atom_y += grade[i] == atom ? y[i] : 0;
    }
    add_atom(s, atom_n, sums);
    sums[s->p * s->p + s->p - 1] += atom_y;
}

/* One more right side: the matrix is there already */
static void add_one_right(const rc_spline *s, const double *y, size_t first, size_t end,
                          double *right) {
    const double *grade = s->columns[0].grade, atom = s->columns[0].atom;
    rc_spline_powers sum[RC_SPLINE_PIECES] = {0};
    double atom_y = 0;
    for (size_t i = first; i < end; i++) {
        double t, *k = sum[piece_of(s, grade[i], &t)].ty;
        const double of_y[ORDER] = {y[i], y[i] * t, y[i] * (t * t), y[i] * (t * t * t)};
        for (int j = 0; j < ORDER; j++)
            k[j] += of_y[j];
        atom_y += grade[i] == atom ? y[i] : 0;
    }
    for (size_t piece = 0; piece < s->pieces; piece++)
        add_right(&sum[piece], piece, right);
    if (!isnan(atom))
        right[s->p - 1] += atom_y;
}

static void values_one(const rc_spline *s, const double *coefficients, size_t first, size_t end,
                       double *out) {
    const double *grade = s->columns[0].grade, atom = s->columns[0].atom;
    double poly[RC_SPLINE_PIECES][ORDER] = {{0}}, step = isnan(atom) ? 0 : coefficients[s->p - 1];
    for (size_t piece = 0; piece < s->pieces; piece++) {
        poly[piece][0] = coefficients[0];
        for (size_t a = 0; a < ORDER; a++)
            for (int i = 0; i < ORDER; i++)
                poly[piece][i] += coefficients[1 + piece + a] * monomials[a][i];
    }
    rc_spline_kernels_for(rc_isa_best())
        ->values((const double(*)[ORDER])poly, grade + first, end - first, s->pieces, out);
    for (size_t i = first; i < end && !isnan(atom); i++)
        out[i - first] = grade[i] == atom ? out[i - first] + step : out[i - first];
}

/* ---- Any number ---- */

/* Cholesky's factor in the lower triangle; rows that depend on earlier ones become 0 */
static void factorise(double *a, size_t p) {
    static const double least = 1e-10; /* of the diagonal: below it a row is taken for dependent */
    for (size_t i = 0; i < p; i++) {
        for (size_t j = 0; j <= i; j++) {
            double sum = a[i * p + j];
            for (size_t k = 0; k < j; k++)
                sum -= a[i * p + k] * a[j * p + k];
            if (j < i)
                a[i * p + j] = a[j * p + j] > 0 ? sum / a[j * p + j] : 0;
            else
                a[i * p + i] = sum > least * a[i * p + i] ? sqrt(sum) : 0;
        }
    }
}

static void substitute(const double *a, const double *b, double *x, size_t p) {
    for (size_t i = 0; i < p; i++) {
        double sum = b[i];
        for (size_t k = 0; k < i; k++)
            sum -= a[i * p + k] * x[k];
        x[i] = a[i * p + i] > 0 ? sum / a[i * p + i] : 0;
    }
    for (size_t i = p; i-- > 0;) {
        double sum = x[i];
        for (size_t k = i + 1; k < p; k++)
            sum -= a[k * p + i] * x[k];
        x[i] = a[i * p + i] > 0 ? sum / a[i * p + i] : 0;
    }
}

void rc_spline_add(const rc_spline *s, const double *const *y, size_t n_y, size_t first, size_t end,
                   double *sums) {
    double *right = sums + s->p * s->p;
    active a;
    if (s->n_columns == 1) {
        add_one(s, y[0], first, end, sums);
        for (size_t r = 1; r < n_y; r++)
            add_one_right(s, y[r], first, end, right + r * s->p);
        return;
    }
    for (size_t i = first; i < end; i++) {
        basis(s, i, &a);
        for (size_t j = 0; j < a.n; j++) {
            double *row = sums + a.at[j] * s->p;
            for (size_t k = 0; k <= j; k++)
                row[a.at[k]] += a.value[j] * a.value[k];
            for (size_t r = 0; r < n_y; r++)
                right[r * s->p + a.at[j]] += a.value[j] * y[r][i];
        }
    }
}

void rc_spline_solve(const rc_spline *s, double *sums, size_t n_y, double *coefficients) {
    const double *right = sums + s->p * s->p;
    factorise(sums, s->p);
    for (size_t r = 0; r < n_y; r++)
        substitute(sums, right + r * s->p, coefficients + r * s->p, s->p);
}

void rc_spline_values(const rc_spline *s, const double *coefficients, size_t first, size_t end,
                      double *out) {
    active a;
    if (s->n_columns == 1) {
        values_one(s, coefficients, first, end, out);
        return;
    }
    for (size_t i = first; i < end; i++) {
        double sum = 0;
        basis(s, i, &a);
        for (size_t j = 0; j < a.n; j++)
            sum += a.value[j] * coefficients[a.at[j]];
        out[i - first] = sum;
    }
}

void rc_solve(double *a, const double *b, double *x, size_t p) {
    factorise(a, p);
    substitute(a, b, x, p);
}
