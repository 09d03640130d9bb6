/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sample_check.h"

static void published_points(void **state) {
    (void)state;
    static const double p5[] = {.875, .875, .125, .375, .875, .625};
    static const double p7[] = {.125, .625, .375, .125, .125, .375};
    for (uint32_t d = 0; d < RC_SOBOL_DIMENSIONS; d++) {
        assert_true(rc_sobol_point(d, 0) == 0);
        assert_true(rc_sobol_point(d, 1) == .5);
    }
    for (uint32_t d = 0; d < 6; d++) {
        assert_true(rc_sobol_point(d, 5) == p5[d]);
        assert_true(rc_sobol_point(d, 7) == p7[d]);
    }
    assert_true(rc_sobol_point(0, 1000) == .2197265625);
    assert_true(rc_sobol_point(9, 1000) == .0693359375);
    assert_true(rc_sobol_point(29, 1000) == .3408203125);
    assert_true(rc_sobol_point(59, 1000) == .5712890625);
}

/* All direction numbers have exactly their own lowest digit as the last one set: then every
 * coordinate, unscrambled, is a net in one dimension at every size, up to 2^64 points. */
static void directions_are_triangular(void **state) {
    (void)state;
    for (uint32_t d = 0; d < RC_SOBOL_DIMENSIONS; d++) {
        uint64_t v[RC_SOBOL_BITS];
        rc_sobol_directions(d, v);
        for (uint32_t b = 0; b < RC_SOBOL_BITS; b++)
            assert_int_equal(__builtin_ctzll(v[b]), 63 - b);
    }
}

static void rounds_to_powers_of_two(void **state) {
    (void)state;
    static const uint64_t rows[][2] = {{1, 16},
                                       {16, 16},
                                       {17, 32},
                                       {100000, 131072},
                                       {1 << 20, 1 << 20},
                                       {(1 << 20) + 1, 1 << 21},
                                       {RC_SAMPLER_MAX_TRIALS - 1, RC_SAMPLER_MAX_TRIALS}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(rc_sobol_round(rows[i][0]), rows[i][1]);
}

/* Every dimension, some replicates: each 2^m aligned points hit each of 2^m equal cells once. */
static void one_dimension_is_a_net(void **state) {
    (void)state;
    enum { N = 1024 };
    static alignas(64) double w[N];
    rc_arena *arena = rc_arena_new();
    rc_sampler s = sampler_of("sobol", rc_isa_best(), 7, 16 * 4 * N, RC_SOBOL_DIMENSIONS, arena);
    rc_stream stream = {.dims = RC_SOBOL_DIMENSIONS};
    for (uint32_t d = 0; d < RC_SOBOL_DIMENSIONS; d++) {
        uint32_t replicate = d % 16, first = N * (d % 4);
        s.type->fill(&s, &stream, replicate, first, d, w, N);
        for (uint32_t size = 1; size <= N; size *= 2)
            for (uint32_t start = 0; start < N; start += size) {
                uint32_t seen[N / 32 + 1] = {0};
                for (uint32_t i = start; i < start + size; i++) {
                    uint32_t cell = cell_of(w[i], size);
                    assert_false(seen[cell / 32] >> cell % 32 & 1);
                    seen[cell / 32] |= 1u << cell % 32;
                }
            }
    }
    rc_arena_free(arena);
}

/* The first two dimensions are a (0, m, 2)-net: every dyadic box of area 2^-m holds one point. */
static void two_dimensions_are_a_net(void **state) {
    (void)state;
    enum { M = 10, N = 1 << M };
    static alignas(64) double x[N], y[N];
    rc_arena *arena = rc_arena_new();
    rc_sampler s = sampler_of("sobol", rc_isa_best(), 11, 16 * 2 * N, 2, arena);
    rc_stream stream = {.dim = 0, .dims = 2};
    for (uint32_t replicate = 0; replicate < 16; replicate++)
        for (uint64_t first = 0; first < 2 * N; first += N) {
            s.type->fill(&s, &stream, replicate, first, 0, x, N);
            s.type->fill(&s, &stream, replicate, first, 1, y, N);
            for (uint32_t a = 0; a <= M; a++) {
                unsigned char seen[N] = {0};
                for (size_t i = 0; i < N; i++)
                    seen[cell_of(x[i], 1u << a) << (M - a) | cell_of(y[i], 1u << (M - a))]++;
                for (size_t i = 0; i < N; i++)
                    assert_int_equal(seen[i], 1);
            }
        }
    rc_arena_free(arena);
}

/* Each lane is shift ^ XOR of the directions of the index's bits; every set computes the same. */
static void every_lane_is_the_definition(void **state) {
    (void)state;
    static const size_t sizes[] = {0, 1, 7, 8, 9, 16, 17, 63, 512};
    rc_arena *arena = rc_arena_new();
    rc_stream stream = {.hash = 5, .dim = 3, .dims = 2};
    alignas(64) double w[BLOCK + 8];
    for (int isa = 0; isa < RC_ISA_COUNT; isa++) {
        if (!rc_isa_supported((rc_isa)isa))
            continue;
        rc_sampler s = sampler_of("sobol", (rc_isa)isa, 1, 16 << 12, 5, arena);
        const rc_sobol_state *st = s.state;
        assert_int_equal(st->bits, 12);
        for (uint64_t first = 0; first < 4096; first += first % BLOCK == 0 ? 8 : BLOCK - 8)
            for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
                for (size_t i = 0; i < BLOCK + 8; i++)
                    w[i] = 99;
                if (first + sizes[k] > 4096)
                    continue;
                s.type->fill(&s, &stream, (uint32_t)k, first, 1, w, sizes[k]);
                const uint64_t *row = rc_sobol_row(st, (uint32_t)k, 4);
                for (size_t i = 0; i < sizes[k]; i++) {
                    uint64_t x = row[0];
                    for (uint32_t b = 0; b < 12; b++)
                        x ^= (first + i) >> b & 1 ? row[1 + b] : 0;
                    assert_true(w[i] == rc_tail_from_bits(x >> 11));
                }
                for (size_t i = RC_PADDED(sizes[k]); i < BLOCK + 8; i++)
                    assert_true(w[i] == 99);
            }
    }
    rc_arena_free(arena);
}

static void growing_changes_nothing(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    rc_sampler small = sampler_of("sobol", rc_isa_best(), 9, 16, 2, arena);
    rc_sampler large = sampler_of("sobol", rc_isa_best(), 9, 1 << 20, 100, arena);
    rc_stream stream = {.dim = 1, .dims = 1};
    alignas(64) double a[8], b[8], c[8];
    for (uint32_t replicate = 0; replicate < 16; replicate++) {
        small.type->fill(&small, &stream, replicate, 0, 0, a, 8);
        large.type->fill(&large, &stream, replicate, 0, 0, b, 8);
        assert_memory_equal(a, b, sizeof a);
        large.type->fill(&large, &stream, (replicate + 1) % 16, 0, 0, c, 8);
        assert_memory_not_equal(a, c, sizeof a);
    }
    rc_sampler other = sampler_of("sobol", rc_isa_best(), 10, 16, 2, arena);
    other.type->fill(&other, &stream, 15, 0, 0, b, 8);
    assert_memory_not_equal(a, b, sizeof a);
    rc_arena_free(arena);
}

static void beyond_its_dimensions_it_is_random(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    rc_sampler s = sampler_of("sobol", rc_isa_best(), 3, 1 << 14, 3000, arena);
    rc_stream stream = {.hash = 77, .dim = 2046, .dims = 4};
    alignas(64) double w[64];
    for (uint32_t draw = 0; draw < 6; draw++) {
        s.type->fill(&s, &stream, 5, 128, draw, w, 64);
        for (size_t i = 0; i < 64; i++)
            assert_int_equal(w[i] == philox_draw(3, 77, 5, 128 + i, draw), draw >= 2);
    }
    stream = (rc_stream){.hash = 78, .dim = 10, .dims = 0}; /* owns no dimension */
    s.type->fill(&s, &stream, 5, 128, 0, w, 64);
    assert_true(w[63] == philox_draw(3, 78, 5, 191, 0));
    rc_arena_free(arena);
}

/* ---- Against true nested uniform (Owen) scrambling ---- */

enum { DIMS = 5, POINTS = 64, SCRAMBLES = 16 * 250, INTEGRANDS = 5 };

static uint64_t mix(uint64_t x) { /* splitmix64's finaliser */
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

/* Digit l is flipped by a fair bit of its own for each (scramble, dimension, digits before l). */
static double owen(uint64_t scramble, uint32_t dim, double u) {
    uint64_t digits = (uint64_t)(u * 0x1p32), y = 0;
    uint64_t key = mix(mix(scramble + 0x9e3779b97f4a7c15u) + dim + 1);
    for (uint32_t l = 0; l < 32; l++) {
        uint64_t node = (UINT64_C(1) << l) | (digits >> (32 - l));
        y |= ((digits >> (31 - l) & 1) ^ (mix(key + node * 0x9e3779b97f4a7c15u) >> 63)) << (31 - l);
    }
    return ((double)y + .5) * 0x1p-32;
}

static double integrand(int which, const double *u) {
    double sum = 0, product = 1, alternating = 0;
    for (int d = 0; d < DIMS; d++) {
        sum += u[d];
        product *= .5 + u[d];
        alternating += (d % 2 ? -1 : 1) * u[d] * u[d];
    }
    switch (which) {
    case 0: return exp(sum / DIMS);
    case 1: return product;
    case 2: return alternating * u[0] * u[4];
    case 3: return sum > 2.5 ? sum - 2.5 : 0;
    default: return sum < 2;
    }
}

typedef struct spread {
    double mean, variance, kurtosis;
} spread;

static spread spread_of(const double *x, size_t n) {
    spread s = {0};
    double m4 = 0;
    for (size_t i = 0; i < n; i++)
        s.mean += x[i] / (double)n;
    for (size_t i = 0; i < n; i++) {
        double d = x[i] - s.mean;
        s.variance += d * d / (double)(n - 1);
        m4 += d * d * d * d / (double)n;
    }
    s.kurtosis = m4 / (s.variance * s.variance);
    return s;
}

static double by_sobol[INTEGRANDS][SCRAMBLES], by_owen[INTEGRANDS][SCRAMBLES];

static void estimate_both(void) {
    static alignas(64) double w[DIMS][POINTS];
    static double plain[POINTS][DIMS];
    for (uint32_t i = 0; i < POINTS; i++)
        for (uint32_t d = 0; d < DIMS; d++)
            plain[i][d] = rc_sobol_point(d, i);
    for (uint32_t k = 0; k < SCRAMBLES; k++) {
        rc_arena *arena = rc_arena_new();
        rc_sampler s = sampler_of("sobol", rc_isa_best(), 1000 + k / 16, 16 * POINTS, DIMS, arena);
        rc_stream stream = {.dims = DIMS};
        for (uint32_t d = 0; d < DIMS; d++)
            s.type->fill(&s, &stream, k % 16, 0, d, w[d], POINTS);
        for (int i = 0; i < POINTS; i++) {
            double u[DIMS], v[DIMS];
            for (uint32_t d = 0; d < DIMS; d++) {
                u[d] = uniform_of(w[d][i]);
                v[d] = owen(k, d, plain[i][d]);
            }
            for (int f = 0; f < INTEGRANDS; f++) {
                by_sobol[f][k] += integrand(f, u) / POINTS;
                by_owen[f][k] += integrand(f, v) / POINTS;
            }
        }
        rc_arena_free(arena);
    }
}

/* The variances over scrambles have equal expectations. The logarithm of a sample variance of R
 * values has standard error sqrt((kurtosis - 1) / R); four of the difference's are allowed (five
 * comparisons fail by chance once in 3,000 seeds, and the seeds are fixed). A scramble of .9 or
 * 1.1 times the right standard deviation fails: four standard errors are about .15 of variance. */
static void variance_is_that_of_owen(void **state) {
    (void)state;
    static const double exact[INTEGRANDS] = {0, 1, 0, 0, 0.22499999999999998}; /* 0: not used */
    estimate_both();
    for (int f = 0; f < INTEGRANDS; f++) {
        spread a = spread_of(by_sobol[f], SCRAMBLES), b = spread_of(by_owen[f], SCRAMBLES);
        double se = sqrt((a.kurtosis - 1 + b.kurtosis - 1) / SCRAMBLES);
        double ratio = a.variance / b.variance;
        print_message("integrand %d: variance ratio %.4f, 4 se %.4f\n", f, ratio, 4 * se);
        assert_true(se < .06);
        assert_true(fabs(log(ratio)) <= 4 * se);
        double se_mean = sqrt((a.variance + b.variance) / SCRAMBLES);
        assert_true(fabs(a.mean - b.mean) <= 4 * se_mean);
        if (exact[f] != 0) /* unbiased */
            assert_true(fabs(a.mean - exact[f]) <= 4 * sqrt(a.variance / SCRAMBLES));
    }
}

/* At 1,024 points the smooth product's mean must have under 1/100 of plain Monte Carlo's variance,
 * ((13/12)^5 - 1) / 1024, and the random sampler about all of it (16 replicates: chi-square, 15
 * degrees of freedom: between .2 and 3 with probability .9995). */
static void converges_faster_than_random(void **state) {
    (void)state;
    enum { N = 1024 };
    static alignas(64) double w[DIMS][N];
    static const char *const names[] = {"sobol", "random"};
    double mc = (pow(13. / 12, DIMS) - 1) / N, ratio[2];
    for (int k = 0; k < 2; k++) {
        rc_arena *arena = rc_arena_new();
        rc_sampler s = sampler_of(names[k], rc_isa_best(), 1, 16 * N, DIMS, arena);
        double means[16] = {0};
        for (uint32_t r = 0; r < 16; r++) {
            for (uint32_t d = 0; d < DIMS; d++) {
                rc_stream stream = {.hash = d, .dim = d, .dims = 1};
                s.type->fill(&s, &stream, r, 0, 0, w[d], N);
            }
            for (int i = 0; i < N; i++) {
                double u[DIMS];
                for (int d = 0; d < DIMS; d++)
                    u[d] = uniform_of(w[d][i]);
                means[r] += integrand(1, u) / N;
            }
        }
        ratio[k] = spread_of(means, 16).variance / mc;
        print_message("%s: variance %.6f of plain Monte Carlo's\n", names[k], ratio[k]);
        rc_arena_free(arena);
    }
    assert_true(ratio[0] < .01);
    assert_true(ratio[1] > .2 && ratio[1] < 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_points),
        cmocka_unit_test(directions_are_triangular),
        cmocka_unit_test(rounds_to_powers_of_two),
        cmocka_unit_test(one_dimension_is_a_net),
        cmocka_unit_test(two_dimensions_are_a_net),
        cmocka_unit_test(every_lane_is_the_definition),
        cmocka_unit_test(growing_changes_nothing),
        cmocka_unit_test(beyond_its_dimensions_it_is_random),
        cmocka_unit_test(variance_is_that_of_owen),
        cmocka_unit_test(converges_faster_than_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
