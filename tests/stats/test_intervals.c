/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Do 95 % intervals hold the truth 95 % of the time? With R repetitions the share seen is within
 * 4 sqrt(.05 .95 / R) of what it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/fixture.h"
#include "stats/interval.h"

#include <gsl/gsl_cdf.h>

static const char *const names[] = {"moments", "percentiles", "probability", "cvar"};

typedef struct truth {
    const char *key, *sub;
    double value;
    double most; /* of the coverage: 1 where the interval is rounded outwards on purpose */
    int hits;
} truth;

static void normal_truths(truth *t, double sd) {
    static const char *const keys[] = {"1", "5", "10", "25", "50", "75", "90", "95", "99"};
    *t++ = (truth){"mean", NULL, 0, .95, 0};
    *t++ = (truth){"sd", NULL, sd, .95, 0};
    *t++ = (truth){"skewness", NULL, 0, .95, 0};
    *t++ = (truth){"below_zero", NULL, .5, .95, 0};
    *t++ = (truth){"at_least_hurdle", NULL, .1, .95, 0};
    *t++ = (truth){"cvar_5", NULL, -2.062712807507426 * sd, .95, 0};
    for (int i = 0; i < 9; i++)
        *t++ =
            (truth){"percentiles", keys[i], sd * gsl_cdf_ugaussian_Pinv(atof(keys[i]) / 100), 1, 0};
}
enum { N_TRUTHS = 15 };

static void tally(fixture *f, truth *t) {
    for (size_t k = 0; k < 4; k++) {
        fixture_run(f, names[k]);
        for (size_t i = 0; i < N_TRUTHS; i++)
            for (size_t j = 0; j < f->n_rows; j++)
                if (strcmp(f->rows[j].key, t[i].key) == 0 &&
                    (!t[i].sub || strcmp(f->rows[j].sub, t[i].sub) == 0)) {
                    const rc_estimate e = f->rows[j].estimate;
                    t[i].hits += e.low <= t[i].value && t[i].value <= e.high;
                }
    }
}

static void judge(const truth *t, int repetitions) {
    const double noise = 4 * sqrt(.05 * .95 / repetitions);
    for (size_t i = 0; i < N_TRUTHS; i++) {
        const double share = (double)t[i].hits / repetitions;
        print_message("  %-16s %-3s %.4f\n", t[i].key, t[i].sub ? t[i].sub : "", share);
        assert_true(share >= .95 - noise);
        assert_true(share <= t[i].most + noise);
    }
}

/* n = 1,000: the plug-in error of a tail of 50 values is short by about 1/100 of itself and the
 * tail mean is skewed, which costs under a point of coverage and stays within the noise. */
static void independent_trials(void **state) {
    (void)state;
    enum { N = 1000, REPETITIONS = 2000 };
    double x[N];
    uint64_t seed = 7;
    truth t[N_TRUTHS];
    normal_truths(t, 1);
    for (int k = 0; k < REPETITIONS; k++) {
        for (int i = 0; i < N; i++)
            x[i] = gsl_cdf_ugaussian_Pinv(random_uniform(&seed));
        fixture f = fixture_of(x, N);
        f.hurdle = 1.2815515655446004;
        tally(&f, t);
        fixture_free(&f);
    }
    judge(t, REPETITIONS);
}

/* Sixteen randomly shifted Fibonacci lattices of 610 points, x the sum of two normals. */
static void shifted_lattices(void **state) {
    (void)state;
    enum { M = 610, STEP = 377, N = 16 * M, REPETITIONS = 1000 };
    double *x = malloc(N * sizeof *x);
    uint64_t seed = 8;
    truth t[N_TRUTHS];
    normal_truths(t, sqrt(2));
    for (int k = 0; k < REPETITIONS; k++) {
        for (int r = 0; r < 16; r++) {
            const double a = random_uniform(&seed), b = random_uniform(&seed);
            for (int i = 0; i < M; i++) {
                const double u = fmod((double)i / M + a, 1),
                             v = fmod((double)(i * STEP) / M + b, 1);
                x[r * M + i] = gsl_cdf_ugaussian_Pinv(u) + gsl_cdf_ugaussian_Pinv(v);
            }
        }
        fixture f = fixture_of(x, N);
        f.replicated = true;
        f.hurdle = 1.2815515655446004 * sqrt(2);
        tally(&f, t);
        fixture_free(&f);
    }
    judge(t, REPETITIONS);
    free(x);
}

/* One stratified point in each of n intervals: a replicate's share below x is nearly exact. */
static void stratified_shares_are_never_certain(void **state) {
    (void)state;
    enum { M = 64, N = 16 * M, REPETITIONS = 1000 };
    double x[N];
    uint64_t seed = 9;
    int median = 0, below = 0;
    for (int k = 0; k < REPETITIONS; k++) {
        const double zero = .5 + 2 * random_uniform(&seed) / M; /* P(x < 0), anywhere in strata */
        for (int i = 0; i < N; i++)
            x[i] = (i % M + random_uniform(&seed)) / M - zero;
        fixture f = fixture_of(x, N);
        f.replicated = true;
        fixture_run(&f, "percentiles");
        const rc_estimate p50 = row(&f, "percentiles", "50");
        assert_true(p50.high > p50.low);
        median += p50.low <= .5 - zero && .5 - zero <= p50.high;
        fixture_run(&f, "probability");
        const rc_estimate p = row(&f, "below_zero", NULL);
        assert_true(p.high - p.low >= 2 * 2 / (double)N);
        below += p.low <= zero && zero <= p.high;
        fixture_free(&f);
    }
    const double least = .95 - 4 * sqrt(.05 * .95 / REPETITIONS);
    print_message("  median %.3f below_zero %.3f\n", median / (double)REPETITIONS,
                  below / (double)REPETITIONS);
    assert_true(median >= least * REPETITIONS);
    assert_true(below >= least * REPETITIONS);
}

/* Replicate r holds r, 16 + r, 32 + r, ...: all 16 shares below the median, at rank 511.5, are
 * exactly one half, and the rule of three takes three ranks to each side, rounded outwards. */
static void replicates_that_agree(void **state) {
    (void)state;
    double x[1024];
    for (int i = 0; i < 1024; i++)
        x[i] = i % 64 * 16 + i / 64;
    fixture f = fixture_of(x, 1024);
    f.replicated = true;
    fixture_run(&f, "percentiles");
    const rc_estimate e = row(&f, "percentiles", "50");
    assert_true(e.value == 511.5 && e.low == 508 && e.high == 515);
    fixture_free(&f);
}

static void never_seen_and_always_seen(void **state) {
    (void)state;
    double x[1600];
    for (int i = 0; i < 1600; i++)
        x[i] = 1 + i;
    fixture f = fixture_of(x, 1600);
    f.hurdle = 1;
    f.replicated = true;
    fixture_run(&f, "probability");
    rc_estimate e = row(&f, "below_zero", NULL);
    assert_true(e.value == 0 && e.low == 0 && e.high == 3 / 1600.0);
    e = row(&f, "at_least_hurdle", NULL);
    assert_true(e.value == 1 && e.low == 1 - 3 / 1600.0 && e.high == 1);
    f.replicated = false; /* Wilson at 0 of n: z^2 / (n + z^2) */
    fixture_run(&f, "probability");
    e = row(&f, "below_zero", NULL);
    const double zz = RC_Z * RC_Z;
    assert_true(e.value == 0 && e.low == 0 && fabs(e.high - zz / (1600 + zz)) < 1e-18);
    e = row(&f, "at_least_hurdle", NULL);
    assert_true(e.value == 1 && e.high == 1 && fabs(e.low - 1600 / (1600 + zz)) < 1e-15);
    f.hurdle = NAN;
    fixture_run(&f, "probability");
    assert_int_equal(f.n_rows, 1);
    fixture_free(&f);
}

/* The formula itself: t15 s / 4 of values whose s is known, and t15 against GSL. */
static void half_width(void **state) {
    (void)state;
    assert_true(fabs(RC_T15 - gsl_cdf_tdist_Pinv(.975, 15)) < 1e-12);
    assert_true(fabs(RC_Z - gsl_cdf_ugaussian_Pinv(.975)) < 1e-14);
    double v[RC_STAT_REPLICATES];
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        v[r] = r % 2 ? 5 : 3;
    assert_true(fabs(rc_replicate_half(v) - RC_T15 * sqrt(16.0 / 15) / 4) < 1e-15);
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        v[r] = .1;
    assert_true(rc_replicate_half(v) == 0);
    v[7] = NAN;
    assert_true(isnan(rc_replicate_half(v)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_width),
        cmocka_unit_test(replicates_that_agree),
        cmocka_unit_test(never_seen_and_always_seen),
        cmocka_unit_test(independent_trials),
        cmocka_unit_test(shifted_lattices),
        cmocka_unit_test(stratified_shares_are_never_certain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
