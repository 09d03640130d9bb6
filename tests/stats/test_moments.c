/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/fixture.h"

static size_t read_numbers(const char *name, double *x, size_t room) {
    char path[512];
    snprintf(path, sizeof path, "%s/nist/%s", RC_TEST_DATA, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t n = 0;
    while (n < room && fscanf(file, "%lf", &x[n]) == 1)
        n++;
    fclose(file);
    return n;
}

static void check(const double *x, size_t n, double mean, double sd, double half_mean,
                  double half_sd) {
    fixture f = fixture_of(x, n);
    fixture_run(&f, "moments");
    assert_true(fabs(row(&f, "mean", NULL).value - mean) <= half_mean);
    assert_true(fabs(row(&f, "sd", NULL).value - sd) <= half_sd);
    fixture_free(&f);
}

/* Half of the last digit that NIST certifies, and never below one rounding of the answer. */
static void nist(void **state) {
    (void)state;
    static double x[5000];
    assert_int_equal(read_numbers("lottery.txt", x, 5000), 218);
    check(x, 218, 518.958715596330, 291.699727470969, 5e-13, 5e-13);
    assert_int_equal(read_numbers("lew.txt", x, 5000), 200);
    check(x, 200, -177.435, 277.332168044316, 5e-13, 5e-13);
    assert_int_equal(read_numbers("pidigits.txt", x, 5000), 5000);
    check(x, 5000, 4.5348, 2.86733906028871, 9e-16, 5e-15);
    check((double[]){10000001, 10000003, 10000002}, 3, 10000002, 1, 0, 0);
    /* 1.1 and 1.3 are off by up to 1.1e-16 in binary, and sd by as much times a few roundings */
    x[0] = 1.2;
    for (int i = 1; i <= 1000; i++)
        x[i] = i % 2 ? 1.1 : 1.3;
    check(x, 1001, 1.2, .1, 3e-16, 4e-16);
    /* what the best two-pass gives for the rounded data, to the digits that truth.md prints */
    x[0] = 1000000.2;
    for (int i = 1; i <= 1000; i++)
        x[i] = i % 2 ? 1000000.1 : 1000000.3;
    check(x, 1001, 1000000.2, .1000000000349, 1.2e-10, 5e-14);
}

static void long_double_reference(const double *x, size_t n, double *skewness, double *kurtosis) {
    long double mean = 0, m2 = 0, m3 = 0, m4 = 0;
    for (size_t i = 0; i < n; i++)
        mean += x[i];
    mean /= n;
    for (size_t i = 0; i < n; i++) {
        const long double d = x[i] - mean;
        m2 += d * d, m3 += d * d * d, m4 += d * d * d * d;
    }
    m2 /= n, m3 /= n, m4 /= n;
    *skewness = (double)(m3 / (m2 * sqrtl(m2)));
    *kurtosis = (double)(m4 / (m2 * m2));
}

/* Blocks whose levels differ a million times their spread, merged in a tree. A sum of n rounded
 * terms in a tree of depth log2 n with lanes of 64 is good to about 100 roundings. */
static void shape(void **state) {
    (void)state;
    enum { N = 16 * 512 * 4 + 77 };
    double *x = malloc(N * sizeof *x);
    uint64_t seed = 5;
    for (int i = 0; i < N; i++)
        x[i] = -log(random_uniform(&seed)) + (i / 512 % 3) * 1e6;
    double skewness, kurtosis;
    long_double_reference(x, N, &skewness, &kurtosis);
    fixture f = fixture_of(x, N);
    fixture_run(&f, "moments");
    assert_true(fabs(row(&f, "skewness", NULL).value - skewness) < 100 * 0x1p-53);
    assert_true(fabs(row(&f, "kurtosis", NULL).value - kurtosis) < 100 * 0x1p-53 * kurtosis);
    for (int i = 0; i < N; i++)
        x[i] -= (i / 512 % 3) * 1e6;
    long_double_reference(x, N, &skewness, &kurtosis);
    fixture_run(&f, "moments");
    assert_true(fabs(row(&f, "skewness", NULL).value - skewness) < 100 * 0x1p-53 * skewness);
    assert_true(fabs(row(&f, "kurtosis", NULL).value - kurtosis) < 100 * 0x1p-53 * kurtosis);
    fixture_free(&f);
    free(x);
}

/* Columns cut elsewhere than at a block's end are still the same blocks, to the bit. */
static void chunks_do_not_matter(void **state) {
    (void)state;
    static double x[512 * 8];
    uint64_t seed = 6;
    for (size_t i = 0; i < 512 * 8; i++)
        x[i] = random_uniform(&seed) < .01 ? (i % 2 ? NAN : INFINITY) : random_uniform(&seed);
    for (size_t k = 0; k < rc_summary_count(); k++) {
        const rc_summary_type *type = rc_summary_at(k);
        if (!type->add)
            continue;
        _Alignas(64) unsigned char whole[RC_SUMMARY_MAX_STATE] = {0}, parts[RC_SUMMARY_MAX_STATE];
        _Alignas(64) unsigned char one[RC_SUMMARY_MAX_STATE];
        memset(parts, 0, sizeof parts);
        type->add(whole, &(rc_summary_context){RC_ISA_sse2, NAN}, x, 512 * 8);
        for (size_t i = 0; i < 8; i++) {
            memset(one, 0, sizeof one);
            type->add(one, &(rc_summary_context){RC_ISA_sse2, NAN}, x + 512 * i, 512);
            type->merge(parts, one);
        }
        assert_memory_equal(whole, parts, type->state_size);
        memset(parts, 0, sizeof parts);
        for (size_t i = 0; i < 512 * 8; i += 1024)
            type->add(parts, &(rc_summary_context){RC_ISA_sse2, NAN}, x + i, 1024);
        assert_memory_equal(whole, parts, type->state_size);
    }
}

static void undefined_and_infinite(void **state) {
    (void)state;
    static double x[1000];
    for (int i = 0; i < 1000; i++)
        x[i] = i < 10 ? NAN : i;
    fixture f = fixture_of(x, 1000);
    fixture_run(&f, "moments");
    rc_counts c = rc_moments_counts(f.state[RC_STAT_REPLICATES]);
    assert_true(c.n == 1000 && c.undefined == 10 && c.infinite == 0);
    assert_true(fabs(row(&f, "mean", NULL).value - (10 + 999) / 2.0) < 1e-12);
    fixture_run(&f, "range");
    assert_true(row(&f, "min", NULL).value == 10 && row(&f, "max", NULL).value == 999);
    assert_true(isnan(row(&f, "min", NULL).low));
    x[20] = INFINITY, x[21] = -INFINITY;
    fixture_run(&f, "moments");
    c = rc_moments_counts(f.state[RC_STAT_REPLICATES]);
    assert_true(c.n == 1000 && c.undefined == 10 && c.infinite == 2);
    for (size_t i = 0; i < f.n_rows; i++)
        assert_true(isnan(f.rows[i].estimate.value) && isnan(f.rows[i].estimate.low));
    fixture_run(&f, "range");
    assert_true(isnan(row(&f, "min", NULL).value) && isnan(row(&f, "max", NULL).value));
    fixture_free(&f);
}

static void constant(void **state) {
    (void)state;
    static double x[3001];
    for (int i = 0; i < 3001; i++)
        x[i] = .1;
    for (int replicated = 0; replicated < 2; replicated++) {
        fixture f = fixture_of(x, 3001);
        f.replicated = replicated;
        fixture_run(&f, "moments");
        const rc_estimate mean = row(&f, "mean", NULL), sd = row(&f, "sd", NULL);
        assert_true(mean.value == .1 && mean.low == .1 && mean.high == .1);
        assert_true(sd.value == 0 && sd.low == 0 && sd.high == 0);
        assert_true(isnan(row(&f, "skewness", NULL).value));
        assert_true(isnan(row(&f, "kurtosis", NULL).value));
        fixture_free(&f);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nist),
        cmocka_unit_test(shape),
        cmocka_unit_test(chunks_do_not_matter),
        cmocka_unit_test(undefined_and_infinite),
        cmocka_unit_test(constant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
