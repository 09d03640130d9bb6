/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/fixture.h"

static bool is_round(double width) {
    const double power = pow(10, floor(log10(width) + 1e-9)), digit = width / power;
    static const double digits[] = {1, 2, 2.5, 5};
    for (int i = 0; i < 4; i++)
        if (fabs(digit - digits[i]) < 1e-9)
            return true;
    return false;
}

static uint64_t total(const rc_histogram *h) {
    uint64_t sum = h->below + h->above;
    for (size_t i = 0; i < h->n_bins; i++)
        sum += h->counts[i];
    return sum;
}

/* Any location and size: 20 to 40 round bins, zero an edge, nothing lost, about 1 % outside. */
static void bins(void **state) {
    (void)state;
    enum { N = 20000 };
    double *x = malloc(N * sizeof *x);
    uint64_t seed = 1;
    for (int round = 0; round < 300; round++) {
        const double size = pow(10, 16 * random_uniform(&seed) - 8);
        const double centre = round % 3 ? size * 10 * (random_uniform(&seed) - .5) : 0;
        for (int i = 0; i < N; i++)
            x[i] = centre + size * (random_uniform(&seed) + random_uniform(&seed) - 1);
        uint64_t counts[RC_HISTOGRAM_BINS];
        rc_histogram h = {.counts = counts};
        fixture f = fixture_of(x, N);
        rc_histogram_fill(&f.sample, &h);
        assert_true(h.n_bins >= 18 && h.n_bins <= 40);
        assert_true(is_round(h.width));
        const double edge = h.first / h.width;
        assert_true(fabs(edge - rint(edge)) <= 0x1p-50 * fabs(edge));
        assert_int_equal(total(&h), N);
        /* the pilot's P0.5 of 2048 is off by .16 points (1 sd); the bins reach past it */
        assert_true(h.below + h.above < (.01 + 4 * .0023) * N);
        uint64_t negative = 0, left = h.below;
        for (int i = 0; i < N; i++)
            negative += x[i] < 0;
        for (size_t i = 0; i < h.n_bins && h.first + ((double)i + .5) * h.width < 0; i++)
            left += counts[i];
        if (h.first <= 0 && h.first + (double)h.n_bins * h.width >= 0)
            assert_int_equal(left, negative);
        fixture_free(&f);
    }
    free(x);
}

static void tenths_fall_on_their_edges(void **state) {
    (void)state;
    double x[40];
    for (int i = 0; i < 40; i++)
        x[i] = (i - 10) / 10.0;
    uint64_t counts[RC_HISTOGRAM_BINS];
    rc_histogram h = {.counts = counts};
    fixture f = fixture_of(x, 40);
    rc_histogram_fill(&f.sample, &h);
    assert_true(h.first == -1 && h.width == .1);
    assert_int_equal(h.n_bins, 40);
    for (size_t i = 0; i < 40; i++)
        assert_int_equal(counts[i], 1);
    fixture_free(&f);
}

static void odd_samples(void **state) {
    (void)state;
    double x[100] = {0};
    uint64_t counts[RC_HISTOGRAM_BINS];
    rc_histogram h = {.counts = counts};
    fixture f = fixture_of(x, 100);
    static const double values[] = {0, 1.4, -1.4, 1e300, -1e-300, 123456};
    for (int k = 0; k < 6; k++) {
        for (int i = 0; i < 100; i++)
            x[i] = values[k];
        rc_histogram_fill(&f.sample, &h);
        assert_int_equal(h.n_bins, 1);
        assert_int_equal(counts[0], 100);
        assert_true(h.first <= values[k] && values[k] <= h.first + h.width);
    }
    x[3] = 5, x[4] = INFINITY, x[5] = -INFINITY, x[6] = NAN; /* a spike, and one other value */
    rc_histogram_fill(&f.sample, &h);
    assert_true(h.n_bins >= 18 && h.below == 1 && h.above == 1);
    assert_int_equal(total(&h), 99);
    for (int i = 0; i < 100; i++)
        x[i] = i % 2 ? NAN : INFINITY;
    rc_histogram_fill(&f.sample, &h);
    assert_int_equal(h.n_bins, 0);
    fixture_free(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bins),
        cmocka_unit_test(tenths_fall_on_their_edges),
        cmocka_unit_test(odd_samples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
