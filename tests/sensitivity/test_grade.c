/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranks against their definition, by counting: in the sample and within replicates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sensitivity/grade.h"
#include "stats/shapes.h"

enum { N = 1603 };

static bool below(double a, double b) { /* NaN above all */
    return a < b || (a == a && b != b);
}

static double mid_rank(const double *x, size_t from, size_t to, double v) {
    size_t less = 0, equal = 0;
    for (size_t i = from; i < to; i++) {
        less += below(x[i], v);
        equal += !below(x[i], v) && !below(v, x[i]);
    }
    return ((double)less + 0.5 * (double)equal) / (double)(to - from);
}

static void check(const double *x, size_t n) {
    size_t start[RC_STAT_REPLICATES + 1];
    static double grade[N], own[N];
    rc_grader g;
    assert_true(rc_grader_init(&g, n));
    for (size_t r = 0; r <= RC_STAT_REPLICATES; r++)
        start[r] = n * r / RC_STAT_REPLICATES;
    rc_grade(&g, x, n, start, grade, own);
    for (size_t r = 0; r < RC_STAT_REPLICATES; r++)
        for (size_t i = start[r]; i < start[r + 1]; i++) {
            assert_true(grade[i] == mid_rank(x, 0, n, x[i]));
            assert_true(own[i] == mid_rank(x, start[r], start[r + 1], x[i]));
        }
    rc_grader_free(&g);
}

static void ranks_by_definition(void **state) {
    (void)state;
    static double x[N];
    for (int shape = 0; shape < SHAPES; shape++) {
        uint64_t seed = (uint64_t)shape + 5;
        for (size_t i = 0; i < N; i++)
            x[i] = draw(shape, &seed, i, N);
        check(x, N);
    }
}

/* Values that only their last bits tell apart, in any order and in the worst. */
static void ranks_of_neighbours(void **state) {
    (void)state;
    static double x[N];
    uint64_t seed = 9;
    for (size_t i = 0; i < N; i++)
        x[i] = 1 + floor(N * random_uniform(&seed)) * 0x1p-52;
    check(x, N);
    for (size_t i = 0; i < N; i++)
        x[i] = (i % 3 == 0 ? -1 : 1) - (double)i * 0x1p-52;
    check(x, N);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_by_definition),
        cmocka_unit_test(ranks_of_neighbours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
