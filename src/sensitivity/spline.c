/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Additive cubic B-splines on grades by normal equations. de Boor, A Practical Guide to Splines
 * (1978); on uniform knots the four functions that are not zero have closed forms. */
#include "sensitivity/spline.h"

#include <math.h>

enum { ORDER = 4, MOST_ACTIVE = 1 + 5 * RC_SPLINE_COLUMNS };

rc_spline rc_spline_of(const rc_study_column *columns, size_t n_columns) {
    rc_spline s = {n_columns, columns, n_columns == 1 ? 16 : n_columns <= 12 ? 8 : 4, 1};
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

/* The functions that are not zero in a trial, in ascending order */
static void basis(const rc_spline *s, size_t trial, active *a) {
    size_t base = 1;
    a->n = 0;
    put(a, 0, 1);
    for (size_t c = 0; c < s->n_columns; c++) {
        double u = s->columns[c].grade[trial] * (double)s->pieces;
        size_t piece = u >= (double)s->pieces ? s->pieces - 1 : (size_t)u;
        double t = u - (double)piece, m = 1 - t;
        put(a, base + piece, m * m * m / 6);
        put(a, base + piece + 1, (3 * t * t * t - 6 * t * t + 4) / 6);
        put(a, base + piece + 2, (3 * m * m * m - 6 * m * m + 4) / 6);
        put(a, base + piece + 3, t * t * t / 6);
        base += s->pieces + ORDER - 1;
        if (!isnan(s->columns[c].atom))
            put(a, base++, s->columns[c].grade[trial] == s->columns[c].atom);
    }
}

void rc_spline_add(const rc_spline *s, const double *y, size_t first, size_t end, double *sums) {
    double *right = sums + s->p * s->p;
    active a;
    for (size_t i = first; i < end; i++) {
        basis(s, i, &a);
        for (size_t j = 0; j < a.n; j++) {
            double *row = sums + a.at[j] * s->p;
            for (size_t k = 0; k <= j; k++)
                row[a.at[k]] += a.value[j] * a.value[k];
            right[a.at[j]] += a.value[j] * y[i];
        }
    }
}

void rc_spline_solve(const rc_spline *s, double *sums, double *coefficients) {
    rc_solve(sums, sums + s->p * s->p, coefficients, s->p);
}

double rc_spline_value(const rc_spline *s, const double *coefficients, size_t trial) {
    active a;
    double sum = 0;
    basis(s, trial, &a);
    for (size_t j = 0; j < a.n; j++)
        sum += a.value[j] * coefficients[a.at[j]];
    return sum;
}

void rc_solve(double *a, const double *b, double *x, size_t p) {
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
