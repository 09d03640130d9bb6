/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the normal quantile (src/dist/normal_rows.inc): how they are made, that they are the
 * ones in the library bit for bit, and how far they are from AS 241. To write them anew:
 *
 *     test_dist_test_normal_rows --print > src/dist/normal_rows.inc
 *
 * In each part the polynomial that equals the quantile in the eight Chebyshev points. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dist/normal_quantile.h"
#include "dist/table.h"

#include <gsl/gsl_cdf.h>
#include <stdio.h>
#include <string.h>

enum { N = 8, PARTS = 1 << RC_NORMAL_SPLIT, HALF = RC_TABLE_OCTAVES * PARTS };

/* Values in the eight points, the one next to u = 1 first -> coefficients of 1, u, ..., u^7. */
static void interpolate(const double *value, double *row) {
    double before[N] = {1}, now[N] = {0, 1}; /* T_0 and T_1 as polynomials in u */
    for (int k = 0; k < N; k++)
        row[k] = 0;
    for (int n = 0; n < N; n++) {
        double sum = 0; /* coefficient of T_n */
        for (int j = 0; j < N; j++)
            sum += value[j] * rc_cos(n * (2 * j + 1) * (RC_PI / (2 * N)));
        sum *= n == 0 ? 1.0 / N : 2.0 / N;
        for (int k = N - 1; k >= 0; k--) {
            row[k] += sum * before[k];
            double next = (k > 0 ? 2 * now[k - 1] : 0) - before[k]; /* T_n+2 = 2 u T_n+1 - T_n */
            before[k] = now[k];
            now[k] = next;
        }
    }
}

/* Part `at` of a side, counted from small v. */
static void make_row(int at, double *row) {
    double octave = ldexp(1, at / PARTS - RC_TABLE_OCTAVES - 1), half = 0.5 * octave / PARTS;
    double from = octave + 2 * half * (at % PARTS), value[N];
    for (int j = 0; j < N; j++)
        value[j] = rc_normal_quantile(from + half * (1 + rc_cos((2 * j + 1) * (RC_PI / (2 * N)))));
    interpolate(value, row);
}

static void make_rows(double rows[HALF + 2][N]) {
    for (int k = 0; k < N; k++) {
        rows[0][k] = NAN;
        rows[HALF + 1][k] = 0;
    }
    for (int at = 0; at < HALF; at++)
        make_row(at, rows[at + 1]);
}

static void print_rows(void) {
    static double rows[HALF + 2][N];
    make_rows(rows);
    for (int at = 0; at < HALF + 2; at++) {
        printf("{");
        for (int k = 0; k < N; k++)
            if (rows[at][k] == rows[at][k])
                printf(k < N - 1 ? "%a, " : "%a},\n", rows[at][k]);
            else
                printf(k < N - 1 ? "NAN, " : "NAN},\n");
    }
}

static void library_has_these_rows(void **state) {
    (void)state;
    static double rows[HALF + 2][N];
    make_rows(rows);
    for (int at = 0; at < HALF + 2; at++)
        for (int k = 0; k < N; k++)
            if (at == 0)
                assert_true(rc_normal_rows[at][k] != rc_normal_rows[at][k]);
            else
                assert_memory_equal(&rc_normal_rows[at][k], &rows[at][k], sizeof(double));
}

/* Interpolation leaves 5e-16 of z or 3e-16 (evaluated with 40 digits); the values, the sums for the
 * coefficients and Horner's rule add roundings of a few units in the last place of 1. */
static void rows_are_close_to_as241(void **state) {
    (void)state;
    for (int at = 0; at < HALF; at++)
        for (int j = 0; j <= 64; j++) {
            double octave = ldexp(1, at / PARTS - RC_TABLE_OCTAVES - 1), u = j / 32.0 - 1;
            double v = octave * (1 + (at % PARTS + 0.5 * (u + 1)) / PARTS);
            const double *row = rc_normal_rows[at + 1];
            double z = row[N - 1], exact = rc_normal_quantile(v);
            for (int k = N - 2; k >= 0; k--)
                z = z * u + row[k];
            if (!(fabs(z - exact) <= 2e-15 * (0.25 + fabs(exact))))
                fail_msg("at %.17g: %.17g, but AS 241 has %.17g", v, z, exact);
            double gsl = gsl_cdf_ugaussian_Pinv(v);
            if (!(fabs(z - gsl) <= 4e-15 * (0.25 + fabs(gsl))))
                fail_msg("at %.17g: %.17g, but GSL has %.17g", v, z, gsl);
        }
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--print") == 0) {
        print_rows();
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(library_has_these_rows),
        cmocka_unit_test(rows_are_close_to_as241),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
