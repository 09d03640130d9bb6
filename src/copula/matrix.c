/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cholesky factor, eigenvalues by Jacobi's rotations (cyclic, with Rutishauser's formulas), and the
 * nearest correlation matrix by alternating projections with Dykstra's correction.
 *
 * H. Rutishauser: The Jacobi method for real symmetric matrices. Numer. Math. 9, 1 (1966).
 * N. J. Higham: Computing the nearest correlation matrix, a problem from finance. IMA J. Numer.
 * Anal. 22, 329 (2002), algorithm 3.3. */
#include "copula/matrix.h"

#include <math.h>
#include <string.h>

bool rc_matrix_cholesky(const double *a, double *lower, size_t n) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double sum = a[i * n + j];
            for (size_t k = 0; k < j && j <= i; k++)
                sum -= lower[i * n + k] * lower[j * n + k];
            if (i == j && !(sum > 0.5 * RC_MATRIX_FLOOR))
                return false;
            lower[i * n + j] = j > i ? 0 : i == j ? sqrt(sum) : sum / lower[j * n + j];
        }
    return true;
}

/* Turn rows and columns p and q so that a_pq is 0. */
static void rotate(double *a, double *vectors, size_t n, size_t p, size_t q) {
    double apq = a[p * n + q], theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
    double t = 1 / (fabs(theta) + sqrt(theta * theta + 1));
    t = theta < 0 ? -t : t;
    double c = 1 / sqrt(t * t + 1), s = t * c, tau = s / (1 + c);
    for (size_t k = 0; k < n; k++) {
        double kp = a[k * n + p], kq = a[k * n + q];
        if (k != p && k != q) {
            a[k * n + p] = a[p * n + k] = kp - s * (kq + tau * kp);
            a[k * n + q] = a[q * n + k] = kq + s * (kp - tau * kq);
        }
        double vp = vectors[k * n + p], vq = vectors[k * n + q];
        vectors[k * n + p] = vp - s * (vq + tau * vp);
        vectors[k * n + q] = vq + s * (vp - tau * vq);
    }
    a[p * n + p] -= t * apq;
    a[q * n + q] += t * apq;
    a[p * n + q] = a[q * n + p] = 0;
}

void rc_matrix_eigen(double *a, double *values, double *vectors, size_t n) {
    enum { MOST_SWEEPS = 60 };
    double size = 0;
    for (size_t i = 0; i < n * n; i++) {
        size += a[i] * a[i];
        vectors[i] = i % (n + 1) == 0;
    }
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
        bool done = true;
        for (size_t p = 0; p < n; p++)
            for (size_t q = p + 1; q < n; q++)
                if (a[p * n + q] * a[p * n + q] > 0x1p-108 * size) {
                    rotate(a, vectors, n, p, q);
                    done = false;
                }
        if (done)
            break;
    }
    for (size_t i = 0; i < n; i++)
        values[i] = a[i * n + i];
}

/* ---- The nearest correlation matrix ---- */

typedef struct work {
    size_t n;
    double *r, *values, *vectors, *copy;
} work;

/* x = the nearest matrix to r whose eigenvalues are at least the floor. */
static void project(work *w, double *x) {
    size_t n = w->n;
    memcpy(w->copy, w->r, n * n * sizeof *x);
    rc_matrix_eigen(w->copy, w->values, w->vectors, n);
    memcpy(x, w->r, n * n * sizeof *x);
    for (size_t k = 0; k < n; k++) {
        double lift = RC_MATRIX_FLOOR - w->values[k];
        for (size_t i = 0; lift > 0 && i < n; i++)
            for (size_t j = 0; j <= i; j++) {
                x[i * n + j] += lift * w->vectors[i * n + k] * w->vectors[j * n + k];
                x[j * n + i] = x[i * n + j];
            }
    }
}

/* Ones on the diagonal without making an eigenvalue negative. */
static void rescale(double *x, size_t n) {
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            x[i * n + j] = x[j * n + i] = x[i * n + j] / sqrt(x[i * n + i] * x[j * n + j]);
    for (size_t i = 0; i < n; i++)
        x[i * n + i] = 1;
}

void rc_matrix_nearest(double *a, size_t n, rc_arena *arena) {
    enum { MOST_STEPS = 1000 };
    work w = {.n = n};
    w.r = RC_NEW(arena, double, n *n);
    w.copy = RC_NEW(arena, double, n *n);
    w.vectors = RC_NEW(arena, double, n *n);
    w.values = RC_NEW(arena, double, n);
    double *x = RC_NEW(arena, double, n *n), *correction = RC_NEW(arena, double, n *n);
    for (int step = 0; step < MOST_STEPS; step++) {
        double change = 0;
        for (size_t i = 0; i < n * n; i++)
            w.r[i] = a[i] - correction[i];
        project(&w, x);
        for (size_t i = 0; i < n * n; i++) {
            double next = i % (n + 1) == 0 ? 1 : x[i];
            correction[i] = x[i] - w.r[i];
            change = fabs(next - a[i]) > change ? fabs(next - a[i]) : change;
            a[i] = next;
        }
        if (change < 1e-11)
            break;
    }
    memcpy(w.r, a, n * n * sizeof *a);
    project(&w, a);
    rescale(a, n);
}
