/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Percentiles and tail means against a plain sort and closed forms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/fixture.h"
#include "stats/order.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>

static const char *const keys[] = {"1", "5", "10", "25", "50", "75", "90", "95", "99"};
static const double percents[] = {1, 5, 10, 25, 50, 75, 90, 95, 99};

static int by_value(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

enum { SHAPES = 8 };

/* Smooth, heavy-tailed, whole numbers, few atoms, one huge atom, infinite, ascending, descending */
static double draw(int shape, uint64_t *seed, size_t i, size_t n) {
    const double u = random_uniform(seed);
    switch (shape) {
    case 0: return u - .5;
    case 1: return exp(20 * (u - .5));
    case 2: return floor(100 * u);
    case 3: return floor(3 * u) - 1;
    case 4: return u < .9 ? 0 : u;
    case 5: return u < .2 ? -INFINITY : u > .6 ? INFINITY : random_uniform(seed);
    case 6: return (double)i;
    default: return -(double)i / (double)n;
    }
}

static size_t fill(double *x, size_t n, int shape, double undefined, uint64_t *seed) {
    size_t defined = 0;
    for (size_t i = 0; i < n; i++) {
        x[i] = random_uniform(seed) < undefined ? NAN : draw(shape, seed, i, n);
        defined += x[i] == x[i];
    }
    return defined;
}

static size_t sorted_copy(double *out, const double *x, size_t n) {
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (x[i] == x[i])
            out[m++] = x[i];
    qsort(out, m, sizeof *out, by_value);
    return m;
}

static void any_ranks(void **state) {
    (void)state;
    uint64_t seed = 1;
    static const size_t sizes[] = {1, 2, 15, 16, 17, 25, 100, 5000, 16383, 16384, 50000, 200003};
    enum { MAX = 200003 };
    double *x = malloc(MAX * sizeof *x), *sorted = malloc(MAX * sizeof *sorted);
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        for (int shape = 0; shape < SHAPES; shape++) {
            const size_t n = sizes[k];
            fill(x, n, shape, shape % 2 * .3, &seed);
            const size_t m = sorted_copy(sorted, x, n);
            fixture f = fixture_of(x, n);
            rc_order *order = malloc(sizeof *order);
            rc_order_open(order, &f.sample, RC_ORDER_LEVELS, .01, .99);
            assert_int_equal(order->n, m);
            if (m > 0) {
                uint64_t ranks[12];
                double values[12];
                rc_rank_range ranges[3];
                for (int i = 0; i < 3; i++) {
                    ranges[i].low = random_bits(&seed) % m;
                    ranges[i].high = ranges[i].low + random_bits(&seed) % 100;
                }
                rc_order_keep(order, ranges, 3);
                for (int again = 0; again < 3; again++) { /* at last ranks that were not kept */
                    for (int i = 0; i < 12; i++) {
                        const rc_rank_range *g = &ranges[i % 3];
                        const uint64_t inside =
                            g->low + random_bits(&seed) % (g->high - g->low + 1);
                        ranks[i] =
                            again < 2 ? (inside < m ? inside : m - 1) : random_bits(&seed) % m;
                    }
                    rc_order_values(order, ranks, 12, values);
                    for (int i = 0; i < 12; i++)
                        assert_true(values[i] == sorted[ranks[i]]);
                    for (int i = 0; i < 12; i += 5) {
                        uint64_t below[RC_STAT_REPLICATES];
                        rc_order_below(order, values[i], below);
                        for (int r = 0; r < RC_STAT_REPLICATES; r++) {
                            uint64_t want = 0;
                            for (uint64_t j = f.sample.start[r]; j < f.sample.start[r + 1]; j++)
                                want += x[j] < values[i];
                            assert_int_equal(below[r], want);
                        }
                    }
                }
            }
            free(order);
            fixture_free(&f);
        }
    free(x);
    free(sorted);
}

static double type7(const double *sorted, size_t n, double percent) {
    const double at = percent * (double)(n - 1) / 100;
    const size_t k = (size_t)floor(at);
    const double a = sorted[k], b = sorted[k + 1 < n ? k + 1 : k];
    if (!isfinite(a) || (at > (double)k && !isfinite(b)))
        return NAN;
    if (at == (double)k) /* GSL would compute 0 * infinity here */
        return a;
    return gsl_stats_quantile_from_sorted_data(sorted, 1, n, percent / 100);
}

static void percentiles_against_a_sort(void **state) {
    (void)state;
    uint64_t seed = 2;
    enum { MAX = 100000 };
    double *x = malloc(MAX * sizeof *x), *sorted = malloc(MAX * sizeof *sorted);
    for (int round = 0; round < 200; round++) {
        const size_t n = round < 40 ? (size_t)round + 1 : 1 + random_bits(&seed) % MAX;
        const int shape = round % SHAPES;
        fill(x, n, shape, round % 3 * .2, &seed);
        const size_t m = sorted_copy(sorted, x, n);
        fixture f = fixture_of(x, n);
        f.replicated = round % 2;
        fixture_run(&f, "percentiles");
        assert_int_equal(f.n_rows, 9);
        for (int i = 0; i < 9; i++) {
            const rc_estimate e = row(&f, "percentiles", keys[i]);
            const double want = m > 0 ? type7(sorted, m, percents[i]) : NAN;
            if (isnan(want)) {
                assert_true(isnan(e.value) && isnan(e.low) && isnan(e.high));
                continue;
            }
            /* the position is exact here and rounded there: p (n - 1) is off by a rounding */
            const size_t k = (size_t)(percents[i] * (double)(m - 1) / 100);
            const double gap = sorted[k + 1 < m ? k + 1 : k] - sorted[k];
            assert_true(fabs(e.value - want) <=
                        4 * 0x1p-53 * (fabs(want) + (isfinite(gap) ? gap : 0) * (double)m));
            if (!isnan(e.low))
                assert_true(e.low <= e.value && e.value <= e.high && isfinite(e.high - e.low));
        }
        fixture_free(&f);
    }
    free(x);
    free(sorted);
}

static void published_quantiles(void **state) {
    (void)state;
    const double x[] = {37, 1, 46, 2, 29, 4, 22, 7, 16, 11};
    fixture f = fixture_of(x, 10);
    fixture_run(&f, "percentiles");
    assert_true(fabs(row(&f, "percentiles", "5").value - 1.45) <= 0x1p-52);
    assert_true(row(&f, "percentiles", "25").value == 4.75);
    assert_true(row(&f, "percentiles", "50").value == 13.5);
    assert_true(fabs(row(&f, "percentiles", "90").value - 37.9) <= 0x1p-47);
    assert_true(fabs(row(&f, "percentiles", "95").value - 41.95) <= 0x1p-47);
    fixture_free(&f);
}

/* The integral of the quantile function over the tail by the midpoint rule is short by about
 * h * .4 for the log singularity at the end (h = 1/N, in a tail of 5 %: / .05). */
static void cvar_of_the_normal(void **state) {
    (void)state;
    enum { N = 200000 };
    double *x = malloc(N * sizeof *x);
    for (int i = 0; i < N; i++) /* 7919 is prime to N: the grid out of order */
        x[i] = gsl_cdf_ugaussian_Pinv(((double)((long)i * 7919 % N) + .5) / N);
    fixture f = fixture_of(x, N);
    fixture_run(&f, "cvar");
    assert_true(fabs(row(&f, "cvar_5", NULL).value + 2.062712807507426) < .4 / N / .05);
    f.higher_is_better = false;
    fixture_run(&f, "cvar");
    assert_true(fabs(row(&f, "cvar_5", NULL).value - 2.062712807507426) < .4 / N / .05);
    fixture_free(&f);
    free(x);
}

static double plain_cvar(const double *sorted, size_t n, bool lower) {
    const double want = (double)n / 20;
    double sum = 0, left = want;
    for (size_t i = 0; left > 0; i++) {
        const double weight = left < 1 ? left : 1;
        sum += weight * sorted[lower ? i : n - 1 - i];
        left -= weight;
    }
    return sum / want;
}

static void cvar_against_a_sort(void **state) {
    (void)state;
    uint64_t seed = 3;
    enum { MAX = 60000 };
    double *x = malloc(MAX * sizeof *x), *sorted = malloc(MAX * sizeof *sorted);
    for (int round = 0; round < 160; round++) {
        const size_t n = round < 60 ? (size_t)round + 1 : 1 + random_bits(&seed) % MAX;
        fill(x, n, round % SHAPES, round % 3 * .2, &seed);
        const size_t m = sorted_copy(sorted, x, n);
        fixture f = fixture_of(x, n);
        f.replicated = round % 2;
        for (int lower = 0; lower < 2; lower++) {
            f.higher_is_better = lower;
            fixture_run(&f, "cvar");
            const double value = row(&f, "cvar_5", NULL).value;
            const double want = m > 0 ? plain_cvar(sorted, m, lower) : NAN;
            if (isfinite(want)) /* sums of up to MAX/20 positive terms, one after the other */
                assert_true(fabs(value - want) <= 0x1p-53 * (MAX / 20) * fabs(want) + 1e-15);
            else
                assert_true(isnan(value));
        }
        fixture_free(&f);
    }
    free(x);
    free(sorted);
}

static void all_equal_and_nothing(void **state) {
    (void)state;
    static const size_t sizes[] = {1, 2, 15, 16, 17, 40000};
    static double x[40000];
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        for (int replicated = 0; replicated < 2; replicated++) {
            fixture f = fixture_of(x, sizes[k]);
            f.replicated = replicated;
            for (size_t i = 0; i < sizes[k]; i++)
                x[i] = -3.7;
            fixture_run(&f, "percentiles");
            for (int i = 0; i < 9 && (sizes[k] > 15 || !replicated); i++) {
                const rc_estimate e = row(&f, "percentiles", keys[i]);
                assert_true(e.value == -3.7 && e.low == -3.7 && e.high == -3.7);
            }
            fixture_run(&f, "cvar");
            assert_true(row(&f, "cvar_5", NULL).value == -3.7);
            if (sizes[k] > 15)
                assert_true(row(&f, "cvar_5", NULL).low == -3.7);
            for (int what = 0; what < 2; what++) {
                for (size_t i = 0; i < sizes[k]; i++)
                    x[i] = what == 0 ? NAN : INFINITY;
                f.hurdle = 0;
                static const char *const names[] = {"percentiles", "cvar", "moments", "range"};
                for (int j = 0; j < 4; j++) {
                    fixture_run(&f, names[j]);
                    for (size_t i = 0; i < f.n_rows; i++)
                        assert_true(isnan(f.rows[i].estimate.value));
                }
                fixture_run(&f, "probability");
                assert_true(what == 0 ? isnan(row(&f, "below_zero", NULL).value)
                                      : row(&f, "at_least_hurdle", NULL).value == 1);
            }
            fixture_free(&f);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_ranks),           cmocka_unit_test(percentiles_against_a_sort),
        cmocka_unit_test(published_quantiles), cmocka_unit_test(cvar_of_the_normal),
        cmocka_unit_test(cvar_against_a_sort), cmocka_unit_test(all_equal_and_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
