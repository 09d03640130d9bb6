/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ranks against their definition, by counting: in the sample and within replicates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sensitivity/grade.h"
#include "sensitivity/spline_kernel.h"
#include "stats/shapes.h"

#include <string.h>

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
        check(x, 1024); /* replicates of 64 */
    }
}

/* Ascending, equal values by place. */
static void order_by_definition(void **state) {
    (void)state;
    static double x[N];
    rc_grader g;
    assert_true(rc_grader_init(&g, N));
    for (int shape = 0; shape < SHAPES; shape++) {
        uint64_t seed = (uint64_t)shape + 50;
        for (size_t i = 0; i < N; i++)
            x[i] = draw(shape, &seed, i, N);
        const uint32_t *order = rc_grader_order(&g, x, N);
        for (size_t i = 1; i < N; i++) {
            const uint32_t a = order[i - 1], b = order[i];
            assert_true(a < N && b < N && !below(x[b], x[a]));
            assert_true(a < b || below(x[a], x[b]));
        }
    }
    rc_grader_free(&g);
}

/* Against the definition, one trial after another: bits. */
static void spline_sums_by_definition(void **state) {
    (void)state;
    enum { PIECES = 5, MOST = 700 };
    static double grade[MOST], y[MOST], out[MOST];
    double poly[PIECES][4];
    uint64_t seed = 3;
    for (size_t i = 0; i < MOST; i++) {
        grade[i] = i == 17 ? 1 : random_uniform(&seed);
        y[i] = random_uniform(&seed) - 0.3;
    }
    for (size_t i = 0; i < PIECES; i++)
        for (size_t j = 0; j < 4; j++)
            poly[i][j] = random_uniform(&seed) - 0.5;
    for (int isa = 0; isa < RC_ISA_COUNT; isa++)
        for (size_t n = MOST; n > 0; n = n * 2 / 3) {
            if (!rc_isa_supported((rc_isa)isa))
                continue;
            const rc_spline_kernels *k = rc_spline_kernels_for((rc_isa)isa);
            rc_spline_powers sum[PIECES] = {0}, right[PIECES] = {0};
            k->add(grade, y, n, PIECES, sum);
            k->values((const double(*)[4])poly, grade, n, PIECES, out);
            for (size_t i = 0; i < n; i++) {
                double u = grade[i] * PIECES;
                size_t p = u >= PIECES ? PIECES - 1 : (size_t)u;
                double t = u - (double)p, t2 = t * t, t3 = t2 * t;
                const double of_t[8] = {1, t, t2, t3, t2 * t2, t2 * t3, t3 * t3, 0};
                const double of_y[4] = {y[i], y[i] * t, y[i] * t2, y[i] * t3}, *c = poly[p];
                for (int j = 0; j < 8; j++)
                    right[p].t[j] += of_t[j];
                for (int j = 0; j < 4; j++)
                    right[p].ty[j] += of_y[j];
                assert_true(out[i] == c[0] + t * (c[1] + t * (c[2] + t * c[3])));
            }
            assert_memory_equal(sum, right, sizeof sum);
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
        cmocka_unit_test(order_by_definition),
        cmocka_unit_test(spline_sums_by_definition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
