/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Traps give the percentiles of the sorted values, whatever shape these have, or say that they have
 * missed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/math.h"
#include "stats/trap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N = 1 << 16, PILOT = 1 << 12, BLOCK = 512 };

static double even(uint64_t *state) { /* of Knuth's MMIX generator, in (0, 1) */
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return ((double)(*state >> 11) + 0.5) * 0x1p-53;
}

static double smooth(double u) {
    return rc_log(u / (1 - u));
}
static double whole(double u) {
    return floor(12 * u * u);
}
static double mostly_zero(double u) {
    return u < 0.93 ? 0 : u;
}
static double zero_below(double u) {
    return u < 0.3 ? 0 : smooth(u);
}
static double two_values(double u) {
    return u < 0.5 ? -3 : 7;
}
static double same(double u) {
    return 0 * u + 5;
}
static double steps(double u) { /* atoms at the percentiles, values between */
    return fmod(20 * u, 1) < 0.3 ? floor(20 * u) : 20 * u;
}
static double wide(double u) {
    return rc_exp(600 * (u - 0.5));
}

static double (*const shapes[])(double) = {smooth,     whole, mostly_zero, zero_below,
                                           two_values, same,  steps,       wide};
enum { SHAPES = sizeof shapes / sizeof *shapes };

static int ascending(const void *a_, const void *b_) {
    const double a = *(const double *)a_, b = *(const double *)b_;
    return (a > b) - (a < b);
}

static void fill(double *x, size_t n, double (*shape)(double), uint64_t seed) {
    for (size_t i = 0; i < n; i++)
        x[i] = shape(even(&seed));
}

static void pass(rc_trap *trap, const double *x, rc_isa isa) {
    double caught[BLOCK];
    uint64_t at_least[RC_MAX_WINDOWS] = {0};
    for (size_t i = 0; i < N; i += BLOCK) {
        size_t n = rc_block_kernels_for(isa)->sift(&trap->edges, x + i, BLOCK, caught, at_least);
        assert_true(rc_trap_add(trap, caught, n, at_least));
    }
    assert_true(rc_trap_close(trap, N));
}

static void as_sorted(double (*shape)(double), bool few) {
    static double x[N], sorted[N], pilot[PILOT];
    fill(x, N, shape, 1);
    fill(pilot, PILOT, shape, 2);
    memcpy(sorted, x, sizeof x);
    qsort(sorted, N, sizeof *sorted, ascending);
    rc_trap *trap = rc_trap_new(pilot, PILOT, few, 4.5);
    assert_non_null(trap);
    pass(trap, x, rc_isa_best());
    for (size_t i = 0; i < RC_PERCENTILES; i++) {
        const uint64_t k = rc_percents[i] * (uint64_t)(N - 1) / 100, ranks[2] = {k, k + 1};
        double values[2];
        if (few && !rc_is_few(rc_percents[i]))
            continue;
        rc_trap_values(trap, ranks, 2, values);
        assert_false(trap->missed);
        assert_true(values[0] == sorted[k] && values[1] == sorted[k + 1]);
    }
    assert_true(trap->n_values <= N / 2);
    rc_trap_free(trap);
}

static void every_shape(void **state) {
    (void)state;
    for (size_t i = 0; i < SHAPES; i++) {
        as_sorted(shapes[i], true);
        as_sorted(shapes[i], false);
    }
}

/* Another distribution than the pilot's: what is told is right, or it has missed. */
static void misses_are_noticed(void **state) {
    (void)state;
    static double x[N], sorted[N], pilot[PILOT];
    size_t misses = 0, told = 0;
    for (size_t a = 0; a < SHAPES; a++)
        for (size_t b = 0; b < SHAPES; b++) {
            fill(pilot, PILOT, shapes[a], 3);
            fill(x, N, shapes[b], 4);
            memcpy(sorted, x, sizeof x);
            qsort(sorted, N, sizeof *sorted, ascending);
            rc_trap *trap = rc_trap_new(pilot, PILOT, true, 0.01);
            pass(trap, x, RC_ISA_sse2);
            for (size_t i = 0; i < RC_PERCENTILES; i++) {
                const uint64_t k = rc_percents[i] * (uint64_t)(N - 1) / 100;
                double value;
                trap->missed = false;
                rc_trap_values(trap, &k, 1, &value);
                assert_true(trap->missed || value == sorted[k]);
                misses += trap->missed;
                told += !trap->missed;
            }
            rc_trap_free(trap);
        }
    assert_true(misses > 100 && told > 30);
}

static void what_cannot_be_trapped(void **state) {
    (void)state;
    double few[100], endless[PILOT];
    fill(few, 100, smooth, 5);
    fill(endless, PILOT, smooth, 5);
    endless[7] = INFINITY;
    assert_null(rc_trap_new(few, 100, true, 4.5));
    assert_null(rc_trap_new(endless, PILOT, true, 4.5));
    endless[7] = 0;
    assert_null(rc_trap_new(endless, PILOT, false, 40)); /* nearly all would be kept */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape),
        cmocka_unit_test(misses_are_noticed),
        cmocka_unit_test(what_cannot_be_trapped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
