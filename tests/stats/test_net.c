/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A net says what a kept sample says, to the bit, or that it missed; it keeps few values; and what
 * it says does not depend on how the values pass by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/fixture.h"
#include "stats/net.h"
#include "stats/order.h"
#include "stats/shapes.h"

enum { N = 70003, EACH = 600, PIECE = 512, PIECES = N / PIECE + 2 * RC_STAT_REPLICATES };

static bool same_bits(double a, double b) {
    return memcmp(&a, &b, sizeof a) == 0 || (a != a && b != b);
}

static size_t defined(double *x, size_t n) {
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        x[m] = x[i];
        m += x[m] == x[m];
    }
    return m;
}

/* From the beginning of every replicate, and the scattered places. */
static rc_net *lay(const fixture *f, double errors) {
    static double pilot[RC_STAT_REPLICATES * EACH], scattered[RC_SCATTER];
    uint64_t places[RC_SCATTER];
    for (size_t r = 0; r < RC_STAT_REPLICATES; r++)
        memcpy(pilot + r * EACH, f->sample.x + f->sample.start[r], EACH * sizeof *pilot);
    rc_order_places(N, places);
    for (size_t i = 0; i < RC_SCATTER; i++)
        scattered[i] = f->sample.x[places[i]];
    const size_t m = defined(pilot, sizeof pilot / sizeof *pilot);
    return rc_net_new(pilot, m, scattered, defined(scattered, RC_SCATTER), f->higher_is_better,
                      errors);
}

typedef struct caught {
    double x[N + 1];
    uint16_t tags[N + 1];
} caught;

/* All values, piece by piece; catches are added from the last to the first, or as they come. */
static size_t fish(rc_net *net, const fixture *f, rc_isa isa, bool backwards, caught *room) {
    static rc_catch catches[PIECES];
    uint32_t counts[RC_NET_SLOTS] = {0};
    size_t n = 0, used = 0;
    for (uint32_t r = 0; r < RC_STAT_REPLICATES; r++) {
        const uint64_t end = f->sample.start[r + 1];
        for (uint64_t at = f->sample.start[r]; at < end; at += PIECE) {
            const size_t many = end - at < PIECE ? (size_t)(end - at) : PIECE;
            const size_t k = rc_block_kernels_for(isa)->cast(
                &net->meshes, f->sample.x + at, many, counts, room->x + used, room->tags + used);
            catches[n++] = (rc_catch){at, room->x + used, room->tags + used, k};
            used += k;
        }
        rc_net_gather(net, counts, r);
    }
    for (size_t i = 0; i < n; i++)
        assert_true(rc_net_add(net, &catches[backwards ? n - 1 - i : i]));
    fixture range = *f;
    fixture_run(&range, "range");
    assert_true(rc_net_close(net, f->sample.start, rc_range_ends(range.state[RC_STAT_REPLICATES])));
    return used;
}

static void compare_rows(const fixture *kept, const fixture *net, int shape) {
    assert_int_equal(kept->n_rows, net->n_rows);
    for (size_t i = 0; i < kept->n_rows; i++) {
        const rc_estimate a = kept->rows[i].estimate, b = net->rows[i].estimate;
        if (!same_bits(a.value, b.value) || !same_bits(a.low, b.low) || !same_bits(a.high, b.high))
            fail_msg("shape %d, %s %s: %.17g (%.17g, %.17g), net %.17g (%.17g, %.17g)", shape,
                     kept->rows[i].key, kept->rows[i].sub ? kept->rows[i].sub : "", a.value, a.low,
                     a.high, b.value, b.low, b.high);
    }
}

static void compare_histograms(const rc_sample *kept, const rc_sample *net) {
    uint64_t a_counts[RC_HISTOGRAM_BINS], b_counts[RC_HISTOGRAM_BINS];
    rc_histogram a = {.counts = a_counts}, b = {.counts = b_counts};
    rc_histogram_fill(kept, &a);
    rc_histogram_fill(net, &b);
    assert_true(a.n_bins == b.n_bins && same_bits(a.first, b.first) && same_bits(a.width, b.width));
    assert_true(a.below == b.below && a.above == b.above);
    assert_memory_equal(a_counts, b_counts, sizeof a_counts);
}

/* The sums behind CVaR, whose last bits its rows mostly hide. */
static void compare_tails(const fixture *f, rc_net *net) {
    const double sign = f->higher_is_better ? 1 : -1;
    const uint64_t from_end = (net->n - 1) / 20, rank = sign > 0 ? from_end : net->n - 1 - from_end;
    rc_beyond beyond[RC_STAT_REPLICATES];
    double v;
    rc_net_values(net, &rank, 1, &v);
    rc_net_beyond(net, v, sign, beyond);
    for (size_t r = 0; r < RC_STAT_REPLICATES && isfinite(v) && !net->missed; r++) {
        const uint64_t begin = f->sample.start[r], n = f->sample.start[r + 1] - begin;
        const rc_beyond b =
            rc_block_kernels_for(RC_ISA_sse2)->beyond(f->sample.x + begin, n, v, sign);
        assert_true(same_bits(b.sum, beyond[r].sum) && same_bits(b.square, beyond[r].square));
        assert_int_equal(b.at_boundary, beyond[r].at_boundary);
    }
}

/* Counts behind the intervals of percentiles, at them and just above. */
static void compare_counts(const fixture *f, rc_net *net) {
    static const unsigned percents[] = {1, 10, 50, 75, 99};
    uint64_t below[RC_STAT_REPLICATES];
    for (size_t i = 0; i < 10 && !net->missed; i++) {
        const uint64_t rank = percents[i / 2] * (net->n - 1) / 100;
        double v;
        rc_net_values(net, &rank, 1, &v);
        v = i % 2 == 0 ? v : nextafter(v, INFINITY);
        rc_net_below(net, v, below);
        for (size_t r = 0; r < RC_STAT_REPLICATES && !net->missed; r++) {
            uint64_t n = 0;
            for (uint64_t at = f->sample.start[r]; at < f->sample.start[r + 1]; at++)
                n += f->sample.x[at] < v;
            assert_int_equal(n, below[r]);
        }
    }
}

typedef struct outcome {
    bool laid, missed;
    double share; /* of the values that were kept */
} outcome;

static outcome try_net(int shape, bool higher_is_better, bool replicated, double errors) {
    static caught room;
    double *x = malloc(N * sizeof *x);
    uint64_t seed = (uint64_t)shape + 77;
    for (size_t i = 0; i < N; i++)
        x[i] = draw(shape, &seed, i, N);
    fixture kept = fixture_of(x, N);
    kept.higher_is_better = higher_is_better;
    kept.replicated = replicated;
    fixture mine = kept;
    outcome o = {.laid = true};
    for (rc_isa isa = 0; isa < RC_ISA_COUNT && o.laid; isa++) {
        if (!rc_isa_supported(isa))
            continue;
        rc_net *net = lay(&kept, errors);
        o.laid = net != NULL;
        if (!o.laid)
            break;
        o.share = (double)fish(net, &kept, isa, isa % 2 == 1, &room) / N;
        mine.sample.net = net;
        static const char *const names[] = {"percentiles", "cvar"};
        fixture k[2];
        for (size_t i = 0; i < 2; i++) {
            k[i] = kept;
            fixture_run(&k[i], names[i]);
            fixture_run(&mine, names[i]);
            if (!net->missed)
                compare_rows(&k[i], &mine, shape);
        }
        compare_histograms(&kept.sample, &mine.sample);
        compare_tails(&kept, net);
        compare_counts(&kept, net);
        o.missed = net->missed;
        rc_net_free(net);
    }
    fixture_free(&kept);
    free(x);
    return o;
}

/* Shapes with nothing finite, or of whose values many lie in few meshes, are not for nets; of the
 * ascending one the beginnings of replicates give a false picture. */
static void says_what_a_sample_says(void **state) {
    static const bool laid[SHAPES] = {1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1};
    (void)state;
    for (int shape = 0; shape < SHAPES; shape++)
        for (int how = 0; how < 4; how++) {
            const outcome o = try_net(shape, how % 2 == 0, how / 2 == 0, 4.5);
            if (o.laid != laid[shape] || o.missed != (shape == 10) || o.share > 0.45)
                fail_msg("shape %d: laid %d, missed %d, kept %g", shape, o.laid, o.missed, o.share);
        }
}

/* Windows that are too narrow: it notices. */
static void says_that_it_missed(void **state) {
    (void)state;
    assert_true(try_net(0, true, false, 0.01).missed);
    assert_true(try_net(9, false, true, 0.01).missed);
    assert_false(try_net(8, true, true, 0.01).missed); /* one value: it needs no window */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_a_sample_says),
        cmocka_unit_test(says_that_it_missed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
