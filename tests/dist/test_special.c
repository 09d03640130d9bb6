/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Incomplete gamma and beta functions: against GSL in ordinary ranges, against figures with 20
 * digits in deep tails and for large parameters, and inverse against cdf. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dist/special.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <math.h>

static const double tails[] = {1e-12, 1e-6, 0.001, 0.05, 0.3, 0.4999};
enum { TAILS = sizeof tails / sizeof *tails };

static void close_to(const char *what, double a, double b, double p, double got, double want,
                     double tolerance) {
    if (!(fabs(got - want) <= tolerance * fabs(want)))
        fail_msg("%s(%g, %g) at %g: %.17g, expected %.17g", what, a, b, p, got, want);
}

static void gamma_equals_gsl(void **state) {
    (void)state;
    gsl_set_error_handler_off();
    static const double shapes[] = {0.2, 0.5, 1, 2.5, 17, 90, 180, 1500};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        double a = shapes[i];
        rc_gamma_shape shape = rc_gamma_shape_of(a);
        for (int t = 0; t < TAILS; t++) {
            double p = tails[t], x = rc_gamma_inverse(&shape, p), z = rc_gamma_inverse(&shape, -p);
            close_to("P", a, 0, p, gsl_cdf_gamma_P(x, a, 1), p, 1e-11);
            close_to("Q", a, 0, p, gsl_cdf_gamma_Q(z, a, 1), p, 1e-11);
            close_to("own P", a, 0, p, rc_gamma_cdf(&shape, x, false), p, 1e-12);
            close_to("own Q", a, 0, p, rc_gamma_cdf(&shape, z, true), p, 1e-12);
            close_to("density", a, 0, p, rc_gamma_density(&shape, x), gsl_ran_gamma_pdf(x, a, 1),
                     1e-11);
            if (p >= 0.001 && a < 100) {
                close_to("Pinv", a, 0, p, x, gsl_cdf_gamma_Pinv(p, a, 1), 1e-11);
                close_to("Qinv", a, 0, p, z, gsl_cdf_gamma_Qinv(p, a, 1), 1e-11);
            }
        }
    }
}

static void beta_equals_gsl(void **state) {
    (void)state;
    gsl_set_error_handler_off();
    static const double shapes[][2] = {{2, 5},     {0.5, 0.5},   {1, 1},     {3, 3},   {0.2, 4},
                                       {30, 1.25}, {120, 130.5}, {700, 150}, {5, 2000}};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        double a = shapes[i][0], b = shapes[i][1];
        rc_beta_shape shape = rc_beta_shape_of(a, b);
        for (int t = 0; t < TAILS; t++) {
            double p = tails[t], y, rest, x = rc_beta_inverse(&shape, p, &y);
            double z = rc_beta_inverse(&shape, -p, &rest);
            close_to("x + y", a, b, p, x + y, 1, 3e-16);
            /* GSL sees x only: its rounding moves P by f(x) ulp(x) */
            double moved = gsl_ran_beta_pdf(x, a, b) * x * 2e-16 / p;
            close_to("P", a, b, p, gsl_cdf_beta_P(x, a, b), p, 1e-11 + moved);
            close_to("own P", a, b, p, rc_beta_cdf(&shape, x, y, false), p, 1e-12);
            close_to("own Q", a, b, p, rc_beta_cdf(&shape, z, rest, true), p, 1e-12);
            close_to("mirror", a, b, p, rc_beta_cdf(&shape, z, rest, false), 1 - p, 1e-12);
            close_to("density", a, b, p, rc_beta_density(&shape, x, y), gsl_ran_beta_pdf(x, a, b),
                     1e-10);
            if (p >= 0.001 && a < 50 && b < 50)
                close_to("Pinv", a, b, p, x, gsl_cdf_beta_Pinv(p, a, b), 1e-11);
        }
    }
}

static void student_equals_gsl(void **state) {
    (void)state;
    static const double shapes[] = {0.5, 1, 2, 3, 7.5, 60, 1e4};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        double df = shapes[i];
        rc_beta_shape shape = rc_beta_shape_of(0.5 * df, 0.5);
        for (int t = 0; t < TAILS; t++) {
            double p = tails[t], x = rc_student_inverse(df, &shape, p);
            assert_true(x < 0 && rc_student_inverse(df, &shape, -p) == -x);
            close_to("P", df, 0, p, gsl_cdf_tdist_P(x, df), p, 1e-11);
            close_to("own P", df, 0, p, rc_student_cdf(df, &shape, x, false), p, 1e-12);
            close_to("own Q", df, 0, p, rc_student_cdf(df, &shape, x, true), 1 - p, 1e-12);
            close_to("density", df, 0, p, rc_student_density(df, &shape, x),
                     gsl_ran_tdist_pdf(x, df), 1e-11);
        }
        close_to("density", df, 0, 0.5, rc_student_density(df, &shape, 0), gsl_ran_tdist_pdf(0, df),
                 1e-11);
        assert_true(rc_student_inverse(df, &shape, 0.5) == 0);
    }
}

/* Closed forms reach where no library does: P(X <= x) = x^a for beta(a, 1), 1 - e^-x for gamma(1),
 * Cauchy for t(1). */
static void closed_forms_hold_in_deep_tails(void **state) {
    (void)state;
    for (int k = 2; k <= 54; k++) {
        double v = ldexp(1, -k), y, x;
        rc_beta_shape power = rc_beta_shape_of(3, 1);
        x = rc_beta_inverse(&power, v, &y);
        close_to("beta(3, 1)", 3, 1, v, x, cbrt(v), 1e-14);
        rc_beta_inverse(&power, -v, &y);
        close_to("1 - beta(3, 1)", 3, 1, v, y, -expm1(log1p(-v) / 3), 1e-14);
        rc_gamma_shape one = rc_gamma_shape_of(1);
        close_to("gamma(1)", 1, 0, v, rc_gamma_inverse(&one, v), -log1p(-v), 2e-14);
        close_to("gamma(1)", 1, 0, v, rc_gamma_inverse(&one, -v), -log(v), 1e-14);
        rc_beta_shape cauchy = rc_beta_shape_of(0.5, 0.5);
        x = rc_student_inverse(1, &cauchy, -v);
        if (v < 0.25) /* there both answers are 1 */
            close_to("t(1)", 1, 0, v, x, 1 / tan(3.14159265358979323846 * v), 1e-14);
    }
}

/* mpmath with 60 digits, series for P; b = 0 marks a gamma. */
static const struct {
    double a, b, x, p, q;
} figures[] = {
    {2, 5, 9.094947017729282e-13, 1.2407709188265322468e-23, 1.0},
    {0.5, 0.5, 8.881784197001252e-16, 1.8972747694479865948e-8, 0.99999998102725230552},
    {150, 250, 0.375, 0.50343484424162143933, 0.49656515575837856067},
    {150, 250, 0.25, 1.807943455308118016e-8, 0.99999998192056544692},
    {20000, 30000, 0.40625, 0.99780366181476740662, 0.002196338185232593376},
    {20000, 30000, 0.390625, 8.9319538598038313136e-6, 0.99999106804614019617},
    {50, 100000, 0.00048828125, 0.45368540674358944949, 0.54631459325641055051},
    {0.25, 900, 0.000244140625, 0.72404089663511888009, 0.27595910336488111991},
    {1000, 0.5, 0.99, 7.3663977380150529208e-6, 0.99999263360226198495},
    {2.5, 0, 9.313225746154785e-10, 7.9647860907454541676e-24, 1.0},
    {0.05, 0, 3.0, 0.99928409456879741385, 0.00071590543120258615153},
    {0.01, 0, 0.5, 0.99437324380603281585, 0.005626756193967184147},
    {150, 0, 120.0, 0.0045634413041512429748, 0.99543655869584875703},
    {150, 0, 200.0, 0.99990321378005066423, 0.00009678621994933577085},
    {10000, 0, 9700.0, 0.0012341755844684919966, 0.998765824415531508},
    {10000, 0, 10400.0, 0.99996111982942601179, 0.000038880170573988205046},
    {90, 0, 30.0, 8.1797985972624947086e-19, 0.99999999999999999918},
};

/* A rounding of x is no issue: x is exact here. What is lost is 2e-16 times the exponent of the
 * kernel (up to 700) and of the deviances that add up to it. */
static void figures_with_many_digits(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        double a = figures[i].a, b = figures[i].b, x = figures[i].x, p, q;
        if (b > 0) {
            rc_beta_shape shape = rc_beta_shape_of(a, b);
            p = rc_beta_cdf(&shape, x, 1 - x, false);
            q = rc_beta_cdf(&shape, x, 1 - x, true);
        } else {
            rc_gamma_shape shape = rc_gamma_shape_of(a);
            p = rc_gamma_cdf(&shape, x, false);
            q = rc_gamma_cdf(&shape, x, true);
        }
        close_to("lower", a, b, x, p, figures[i].p, 2e-13);
        close_to("upper", a, b, x, q, figures[i].q, 2e-13);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gamma_equals_gsl),
        cmocka_unit_test(beta_equals_gsl),
        cmocka_unit_test(student_equals_gsl),
        cmocka_unit_test(closed_forms_hold_in_deep_tails),
        cmocka_unit_test(figures_with_many_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
