/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matrices of correlations: eigenvalues against GSL, Cholesky against its definition, the nearest
 * correlation matrix against published examples and another program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "copula/matrix.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 1;

static double noise(void) { /* in (-1, 1) */
    state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (double)(int64_t)state * 0x1p-63;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* A matrix of the given size with values around 1. */
static double *symmetric(rc_arena *arena, size_t n) {
    double *a = RC_NEW(arena, double, n *n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++)
            a[i * n + j] = a[j * n + i] = noise();
    return a;
}

/* Both are backward stable: eigenvalues are off by some n eps times the norm, here below 30. */
static void eigenvalues_are_gsls(void **unused) {
    (void)unused;
    rc_arena *arena = rc_arena_new();
    for (size_t n = 1; n <= 30; n += n < 6 ? 1 : 8) {
        double *a = symmetric(arena, n), *copy = RC_NEW(arena, double, n *n);
        double *values = RC_NEW(arena, double, n), *vectors = RC_NEW(arena, double, n *n);
        memcpy(copy, a, n * n * sizeof *a);
        rc_matrix_eigen(copy, values, vectors, n);
        for (size_t k = 0; k < n; k++) /* a v = value v */
            for (size_t i = 0; i < n; i++) {
                double sum = 0;
                for (size_t j = 0; j < n; j++)
                    sum += a[i * n + j] * vectors[j * n + k];
                assert_true(fabs(sum - values[k] * vectors[i * n + k]) < 1e-13 * (double)n);
            }
        gsl_matrix *m = gsl_matrix_alloc(n, n);
        gsl_vector *truth = gsl_vector_alloc(n);
        gsl_eigen_symm_workspace *space = gsl_eigen_symm_alloc(n);
        for (size_t i = 0; i < n * n; i++)
            gsl_matrix_set(m, i / n, i % n, a[i]);
        gsl_eigen_symm(m, truth, space);
        qsort(truth->data, n, sizeof(double), by_size);
        qsort(values, n, sizeof(double), by_size);
        for (size_t i = 0; i < n; i++)
            assert_true(fabs(values[i] - gsl_vector_get(truth, i)) < 1e-13 * (double)n);
        gsl_eigen_symm_free(space);
        gsl_vector_free(truth);
        gsl_matrix_free(m);
    }
    rc_arena_free(arena);
}

static void cholesky_is_a_square_root(void **unused) {
    (void)unused;
    static const double a[9] = {1, 0.5, 0.2, 0.5, 1, -0.4, 0.2, -0.4, 1};
    double lower[9];
    assert_true(rc_matrix_cholesky(a, lower, 3));
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++) {
            double sum = 0;
            for (size_t k = 0; k < 3; k++)
                sum += lower[i * 3 + k] * lower[j * 3 + k];
            assert_true(fabs(sum - a[i * 3 + j]) < 1e-15);
            assert_true(j <= i || lower[i * 3 + j] == 0);
        }
    static const double impossible[9] = {1, 0.9, -0.5, 0.9, 1, 0.9, -0.5, 0.9, 1};
    assert_false(rc_matrix_cholesky(impossible, lower, 3));
}

#define R2 0.7606898534
#define R3 0.15729810614

/* Eigenvalues are at least 1e-8 here, at least 0 there: the matrices differ by some 1e-8 times the
 * number of negative eigenvalues, which are one or two. */
static const struct {
    size_t n;
    const char *source;
    double a[36], nearest[36];
} known[] = {
    {3,
     "Higham 2002, section 4: 1, 0.7607, 0.1573; digits by numpy",
     {1, 1, 0, 1, 1, 1, 0, 1, 1},
     {1, R2, R3, R2, 1, R2, R3, R2, 1}},
    {4,
     "Higham 2002, section 4: -0.8084, 0.1916, 0.1068, -0.6562; digits by numpy",
     {2, -1, 0, 0, -1, 2, -1, 0, 0, -1, 2, -1, 0, 0, -1, 2},
     {1, -0.80841249815, 0.19158750185, 0.10677504903, -0.80841249815, 1, -0.65623269481,
      0.19158750185, 0.19158750185, -0.65623269481, 1, -0.80841249815, 0.10677504903, 0.19158750185,
      -0.80841249815, 1}},
    {6,
     "Knol and ten Berge 1989; nearest by alternating projections in numpy (LAPACK)",
     {1,    .477, .644, .478, .651, .826, .477, 1,    .516, .233, .682, .75,
      .644, .516, 1,    .599, .581, .742, .478, .233, .599, 1,    .741, .8,
      .651, .682, .581, .741, 1,    .798, .826, .75,  .742, .8,   .798, 1},
     {1, 0.48778612056, 0.64293090788, 0.49045542726, 0.64471508291, 0.80821008328, 0.48778612056,
      1, 0.51451153979, 0.25034126323, 0.67324972597, 0.72523171046, 0.64293090788, 0.51451153979,
      1, 0.59728117924, 0.58186730433, 0.74445496822, 0.49045542726, 0.25034126323, 0.59728117924,
      1, 0.73089549569, 0.77139846276, 0.64471508291, 0.67324972597, 0.58186730433, 0.73089549569,
      1, 0.81243212557, 0.80821008328, 0.72523171046, 0.74445496822, 0.77139846276, 0.81243212557,
      1}},
};

static void nearest_as_published(void **unused) {
    (void)unused;
    rc_arena *arena = rc_arena_new();
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t n = known[i].n;
        double a[36], lower[36];
        memcpy(a, known[i].a, sizeof a);
        rc_matrix_nearest(a, n, arena);
        for (size_t k = 0; k < n * n; k++)
            if (!(fabs(a[k] - known[i].nearest[k]) < 5e-8))
                fail_msg("%s: cell %zu is %.12g, not %.12g", known[i].source, k, a[k],
                         known[i].nearest[k]);
        assert_true(rc_matrix_cholesky(a, lower, n));
    }
    rc_arena_free(arena);
}

/* Of random impossible matrices: possible afterwards, ones on the diagonal, and no possible matrix
 * on the way to the identity is nearer. One that is possible stays. */
static void nearest_of_any(void **unused) {
    (void)unused;
    rc_arena *arena = rc_arena_new();
    for (size_t n = 2; n <= 40; n += n < 8 ? 1 : 16) {
        double *a = symmetric(arena, n), *x = RC_NEW(arena, double, n *n);
        double *lower = RC_NEW(arena, double, n *n), *mixed = RC_NEW(arena, double, n *n);
        for (size_t i = 0; i < n; i++)
            a[i * (n + 1)] = 1;
        memcpy(x, a, n * n * sizeof *a);
        rc_matrix_nearest(x, n, arena);
        assert_true(rc_matrix_cholesky(x, lower, n));
        double distance = 0;
        for (size_t i = 0; i < n * n; i++) {
            assert_true(fabs(x[i]) <= 1 && x[i] == x[i % n * n + i / n]);
            distance += (x[i] - a[i]) * (x[i] - a[i]);
        }
        for (double share = 0.999; share > 0; share -= 0.037) {
            double other = 0;
            for (size_t i = 0; i < n * n; i++) {
                mixed[i] = i % (n + 1) == 0 ? 1 : share * a[i];
                other += (mixed[i] - a[i]) * (mixed[i] - a[i]);
            }
            if (rc_matrix_cholesky(mixed, lower, n))
                assert_true(distance <= other + 1e-6);
        }
        memcpy(mixed, x, n * n * sizeof *x);
        rc_matrix_nearest(mixed, n, arena);
        for (size_t i = 0; i < n * n; i++)
            assert_true(fabs(mixed[i] - x[i]) < 1e-7);
    }
    rc_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eigenvalues_are_gsls),
        cmocka_unit_test(cholesky_is_a_square_root),
        cmocka_unit_test(nearest_as_published),
        cmocka_unit_test(nearest_of_any),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
