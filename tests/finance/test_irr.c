/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cash_check.h"
#include "finance/rates.h"

#include <float.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_poly.h>
#include <gsl/gsl_roots.h>

static void known_answers(void **state) {
    (void)state;
    static const double a[] = {-70000, 12000, 15000, 18000, 21000, 26000};
    static const double b[] = {-100000, 30000, 30000, 30000, 30000, 30000};
    assert_close(metric_of("irr", a, 5, 1, .1), .086630948036531614, 1e-15);
    assert_close(metric_of("irr", b, 5, 1, .1), .15238237116630654, 1e-15);
    static const double loss[] = {-100, 10, 20, 0, 0, 0}; /* 100 x^2 = 10 x + 20 */
    assert_close(metric_of("irr", loss, 5, 1, .1), (10 + sqrt(100 + 8000)) / 200 - 1, 1e-15);
    static const double later[] = {0, 0, -100, 0, 121}; /* nothing at time 0 */
    assert_close(metric_of("irr", later, 4, 1, .1), .1, 1e-15);
    static const double even[] = {-100, 50, 50};
    assert_close(metric_of("irr", even, 2, 1, .1), 0, 1e-15);
    static const double tenths[] = {-.3, .1, .2}; /* sums to 5e-17, not to 0 */
    assert_close(metric_of("irr", tenths, 2, 1, .1), 0, 1e-15);
    static const double loan[] = {100, -55, -60.5}; /* paid first, repaid later */
    assert_close(metric_of("irr", loan, 2, 1, .1), .1, 1e-15);
}

/* Rates per year from quarters and months: (1 + i)^4 - 1, (1 + i)^12 - 1 */
static void shorter_periods(void **state) {
    (void)state;
    double net[61] = {-1000};
    for (int k = 1; k <= 4; k++)
        net[k] = k == 4 ? 1000 * pow(1.03, 4) : 0;
    assert_close(metric_of("irr", net, 4, 4, .1), pow(1.03, 4) - 1, 4e-15);
    for (int k = 1; k <= 60; k++) /* an annuity at 1 % a month */
        net[k] = 1000 * .01 / (1 - pow(1.01, -60));
    assert_close(metric_of("irr", net, 60, 12, .1), pow(1.01, 12) - 1, 1e-14);
}

static void no_rate(void **state) {
    (void)state;
    static const double none[] = {1000, -3000, 2500}, gain[] = {1, 0, 3}, loss[] = {-1, -2, 0};
    static const double zero[] = {0, 0, 0}, nan[] = {-1, NAN, 3}, inf[] = {-1, 1, INFINITY};
    assert_true(isnan(metric_of("irr", none, 2, 1, .1)));
    assert_true(isnan(metric_of("irr", gain, 2, 1, .1)));
    assert_true(isnan(metric_of("irr", loss, 2, 1, .1)));
    assert_true(isnan(metric_of("irr", zero, 2, 1, .1)));
    assert_true(isnan(metric_of("irr", nan, 2, 1, .1)));
    assert_true(isnan(metric_of("irr", inf, 2, 1, .1)));
    assert_true(isnan(metric_of("irr", loss, 0, 1, .1)));
}

/* The root nearest the discount rate, the lower of two equally near; lanes with several counted */
static void several_rates(void **state) {
    (void)state;
    static const double a[] = {-100, 230, -132}, b[] = {-1600, 10000, -10000};
    /* the roots' condition: |P|/(d |P'|) is 23 and 1.7; times a few roundings */
    assert_close(metric_of("irr", a, 2, 1, .12), .1, 2e-14);
    assert_close(metric_of("irr", a, 2, 1, .19), .2, 2e-14);
    assert_close(metric_of("irr", a, 2, 1, .15), .1, 2e-14);
    assert_close(metric_of("irr", b, 2, 1, .1), .25, 2e-14);
    assert_close(metric_of("irr", b, 2, 1, 3), 4, 2e-14);
    /* one above 0 and one below: -100, 300, -x: growth 1.5 and .5 for x = -75, solved in lanes */
    static const double c[] = {-100, 200, -75};
    assert_close(metric_of("irr", c, 2, 1, .1), .5, 2e-15);
    assert_close(metric_of("irr", c, 2, 1, -.2), -.5, 2e-15);
    assert_close(metric_of("irr", c, 2, 1, 0), -.5, 2e-15);

    static const double one[] = {-100, 60, 60}, twice[] = {-1, 2.2, -1.21};
    book *k = new_book(5, 2, 1, .1);
    const double *const rows[] = {a, b, c, one, twice};
    for (size_t i = 0; i < 5; i++)
        set_net(k, i, rows[i]);
    assert_int_equal(rc_metric_find("irr")->eval_counting(&k->cash, k->x), 3);
    metric(k, "irr"); /* a double root counts once and is found to half the digits */
    assert_close(k->x[4], .1, 1e-7);
    free(k);
}

typedef struct flows {
    const double *a;
    unsigned K;
} flows;

/* How far rounding in coefficients and in evaluating P can move a root d, relative to d: twice K +
 * 1 roundings of the terms over the slope */
static double slack(const flows *f, double d) {
    double size = 0, slope = 0, power = 1;
    for (unsigned k = 0; k <= f->K; k++, power *= d) {
        size += fabs(f->a[k]) * power;
        slope += k * f->a[k] * power;
    }
    return 2 * (f->K + 1) * DBL_EPSILON * size / fabs(slope);
}

static void all_rates(void **state) {
    (void)state; /* growth factors multiplied out, highest power first: that is net_0 ... net_7 */
    static const double growth[] = {.2, .7, .95, 1, 1.05, 1.3, 6};
    double a[8] = {1}, spread[24] = {0}, found[RC_RATES_MAX], again[RC_RATES_MAX];
    for (unsigned n = 0; n < 7; n++)
        for (unsigned k = n + 1; k > 0; k--)
            a[k] -= growth[n] * a[k - 1];
    flows f = {a, 7};
    assert_int_equal(rc_rates(a, 1, 7, found), 7);
    for (int i = 0; i < 7; i++)
        assert_close(found[i], growth[i], 2 * slack(&f, 1 / growth[i]) * growth[i]);
    for (int k = 0; k < 8; k++)
        spread[3 * k] = a[k];
    assert_int_equal(rc_rates(spread, 3, 7, again), 7);
    assert_memory_equal(again, found, 7 * sizeof *found);
}

/* Rates of a million percent and of -99.99 %, over one and over many periods */
static void extreme_rates(void **state) {
    (void)state;
    for (unsigned K = 1; K <= 120; K += 7)
        for (int sign = -1; sign <= 1; sign += 2) {
            double growth = pow(1e4, sign / sqrt(K)), net[ROWS] = {-1};
            net[K] = pow(growth, K);
            /* pow's own rounding of net[K] is divided by K on the way back */
            assert_close((1 + metric_of("irr", net, K, 1, .1)) / growth, 1, 1e-15 + 2e-16 / growth);
        }
    /* long before the first flow: d^100 of a small d would underflow */
    double late[ROWS] = {[100] = -1, [101] = 1e4};
    assert_close(metric_of("irr", late, 101, 1, .1), 9999, 1e-11);
    double early[ROWS] = {-1e4, 1}; /* and after the last one */
    assert_close(metric_of("irr", early, 120, 1, .1), -.9999, 1e-15);
}

/* ---- Against GSL ------------------------------------------------------------------------------
 */

static uint64_t seed = 42;

static double uniform(void) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(seed >> 11) * 0x1p-53;
}

static double value(double d, void *p) {
    const flows *f = p;
    return gsl_poly_eval(f->a, (int)f->K + 1, d);
}

static double gsl_growth(flows *f, gsl_root_fsolver *solver) {
    double lo = 1, hi = 1;
    while (value(lo, f) * f->a[0] < 0)
        lo /= 2;
    while (value(hi, f) * f->a[0] > 0)
        hi *= 2;
    gsl_function g = {value, f};
    if (lo == hi)
        return 1;
    gsl_root_fsolver_set(solver, &g, lo, hi);
    do {
        gsl_root_fsolver_iterate(solver);
        lo = gsl_root_fsolver_x_lower(solver);
        hi = gsl_root_fsolver_x_upper(solver);
    } while (gsl_root_test_interval(lo, hi, 0, 4 * DBL_EPSILON) == GSL_CONTINUE);
    return 1 / gsl_root_fsolver_root(solver);
}

static void random_projects(void **state) {
    (void)state;
    static const unsigned per_year[] = {1, 4, 12};
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    for (int round = 0; round < 20; round++) {
        unsigned K = 1 + (unsigned)(uniform() * (round % 2 ? 100 : 8)), m = per_year[round % 3];
        book *b = new_book(STRIDE, K, m, .1);
        for (size_t i = 0; i < STRIDE; i++) {
            double a[ROWS], scale = exp(12 * (uniform() - .4)) / K;
            unsigned outlay = (unsigned)(uniform() * uniform() * K);
            for (unsigned k = 0; k <= K; k++)
                a[k] = k <= outlay ? -uniform() - .01 : scale * uniform();
            a[K] += 1e-6;
            set_net(b, i, a);
        }
        metric(b, "irr");
        assert_int_equal(rc_metric_find("irr")->eval_counting(&b->cash, b->x), 0);
        for (size_t i = 0; i < STRIDE; i++) {
            double a[ROWS];
            for (unsigned k = 0; k <= K; k++)
                a[k] = b->net[k][i];
            flows f = {a, K};
            double g = gsl_growth(&f, solver), error = slack(&f, 1 / g) + 8 * DBL_EPSILON;
            /* the power multiplies the relative error and adds a rounding a factor */
            double expected = pow(g, m), tolerance = (error * m + 8 * m * DBL_EPSILON) * expected;
            assert_close(b->x[i], expected - 1, tolerance + DBL_EPSILON);
        }
        free(b);
    }
    gsl_root_fsolver_free(solver);
}

/* Flows of any sign: all real positive roots by the eigenvalues of the companion matrix. Lanes
 * where that is in doubt (a root whose imaginary part is small but not 0, roots close together) are
 * left out; nine tenths must remain. */
static void random_signs(void **state) {
    (void)state;
    unsigned compared = 0, several = 0, total = 0;
    book *b = new_book(STRIDE, 7, 1, .1);
    gsl_poly_complex_workspace *work = gsl_poly_complex_workspace_alloc(8);
    for (int round = 0; round < 8; round++) {
        for (unsigned k = 0; k < 8; k++)
            for (size_t i = 0; i < STRIDE; i++)
                b->net[k][i] = uniform() - .5 - (k == 0) * uniform();
        metric(b, "irr");
        for (size_t i = 0; i < STRIDE; i++, total++) {
            double a[8], z[14], real[8], best = NAN;
            unsigned n = 0;
            for (unsigned k = 0; k < 8; k++)
                a[7 - k] = b->net[k][i]; /* in terms of growth 1/d */
            if (gsl_poly_complex_solve(a, 8, work, z) != GSL_SUCCESS)
                continue;
            int doubt = 0;
            for (int k = 0; k < 7; k++) {
                double re = z[2 * k], im = fabs(z[2 * k + 1]);
                doubt |= re > 0 && im > 0 && im < 1e-4;
                if (im == 0 && re > 0)
                    real[n++] = re;
            }
            for (unsigned k = 0; k < n; k++) {
                for (unsigned j = 0; j < k; j++)
                    doubt |= fabs(real[k] - real[j]) < 1e-3 * real[k] ||
                             fabs(fabs(real[k] - 1.1) - fabs(real[j] - 1.1)) < 1e-6;
                if (k == 0 || fabs(real[k] - 1.1) < fabs(best - 1.1))
                    best = real[k];
            }
            if (doubt)
                continue;
            compared++;
            several += n > 1;
            double found[RC_RATES_MAX];
            assert_int_equal(rc_rates(&b->net[0][i], STRIDE, 7, found), n);
            if (n == 0)
                assert_true(isnan(b->x[i]));
            else
                assert_close(b->x[i], best - 1, 1e-8 * best);
        }
    }
    assert_true(compared > total * 9 / 10 && several > total / 10);
    gsl_poly_complex_workspace_free(work);
    free(b);
}

int main(void) {
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),   cmocka_unit_test(shorter_periods),
        cmocka_unit_test(no_rate),         cmocka_unit_test(several_rates),
        cmocka_unit_test(all_rates),       cmocka_unit_test(extreme_rates),
        cmocka_unit_test(random_projects), cmocka_unit_test(random_signs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
