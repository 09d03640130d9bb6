/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sieve says what a kept sample says: order statistics, bounds, probabilities and histogram to
 * the bit, tail sums up to rounding; in any order of passing, and however little it may keep. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/fixture.h"
#include "stats/order.h"
#include "stats/shapes.h"
#include "stats/sieve.h"

static bool same_bits(double a, double b) {
    return memcmp(&a, &b, sizeof a) == 0 || (a != a && b != b);
}

/* ---- A driver ---- */

typedef struct setting {
    rc_isa isa;
    uint64_t room;
    size_t pilot, piece; /* values that pass at a time */
    bool backwards;
} setting;

typedef struct sieveed {
    rc_sieve sieve;
    rc_summary_input in;
    fixture *f;
    rc_row rows[2][RC_SUMMARY_MAX_ROWS];
    size_t n_rows[2];
    unsigned rounds;
} sieveed;

static void pass_by(sieveed *t, const setting *how, rc_tail tails[RC_STAT_REPLICATES]) {
    rc_sieve_counts counts;
    assert_true(rc_sieve_counts_open(&counts, &t->sieve));
    const rc_sample *s = &t->f->sample;
    for (int k = 0; k < RC_STAT_REPLICATES; k++) {
        const int r = how->backwards ? RC_STAT_REPLICATES - 1 - k : k;
        const double *x = s->x + s->start[r];
        const uint64_t n = s->start[r + 1] - s->start[r],
                       pieces = (n + how->piece - 1) / how->piece;
        for (uint64_t i = 0; i < pieces; i++) {
            const uint64_t at = (how->backwards ? pieces - 1 - i : i) * how->piece;
            const size_t m = n - at < how->piece ? (size_t)(n - at) : how->piece;
            rc_tail tail = {0};
            if (t->sieve.sign != 0)
                rc_sieve_tail(&t->sieve, how->isa, x + at, m, &tail);
            tails[r].sum += tail.sum;
            tails[r].square += tail.square;
            rc_sieve_take(&t->sieve, &counts, how->isa, (uint32_t)r, x + at, m);
        }
        rc_sieve_gather(&t->sieve, &counts, (uint32_t)r);
    }
    rc_sieve_counts_close(&counts);
}

static void ends_of(const fixture *f, rc_ends ends[RC_STAT_REPLICATES], rc_ends *pooled) {
    const rc_summary_type *range = summary("range");
    const rc_summary_context how = {RC_ISA_sse2, NAN};
    _Alignas(16) unsigned char all[RC_SUMMARY_MAX_STATE] = {0};
    for (int r = 0; r < RC_STAT_REPLICATES; r++) {
        _Alignas(16) unsigned char one[RC_SUMMARY_MAX_STATE] = {0};
        const uint64_t n = f->sample.start[r + 1] - f->sample.start[r];
        if (n > 0)
            range->add(one, &how, f->sample.x + f->sample.start[r], n);
        range->merge(all, one);
        ends[r] = rc_range_ends(one);
    }
    *pooled = rc_range_ends(all);
}

static size_t make_pilot(const rc_sample *s, size_t each, double *pilot) {
    size_t m = 0;
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        for (uint64_t i = s->start[r]; i < s->start[r + 1] && i < s->start[r] + each; i++)
            if (s->x[i] == s->x[i])
                pilot[m++] = s->x[i];
    return m;
}

static void sieve(sieveed *t, fixture *f, const setting *how) {
    static const char *const names[] = {"percentiles", "cvar"};
    const uint64_t n = f->sample.start[RC_STAT_REPLICATES];
    double *pilot = malloc((n + RC_SCATTER) * sizeof *pilot);
    rc_ends ends[RC_STAT_REPLICATES], pooled;
    rc_sample sample = {.sieve = &t->sieve};
    bool ok = true;
    memcpy(sample.start, f->sample.start, sizeof sample.start);
    t->f = f;
    t->in = (rc_summary_input){.sample = &sample,
                               .replicated = f->replicated,
                               .higher_is_better = f->higher_is_better,
                               .hurdle = f->hurdle};
    t->rounds = 0;
    assert_true(rc_sieve_open(&t->sieve, pilot, make_pilot(&f->sample, how->pilot, pilot)));
    rc_sieve_lay_bins(&t->sieve, pilot,
                      rc_order_pilot(&f->sample, pilot, n < RC_SCATTER ? n : RC_SCATTER));
    free(pilot);
    ends_of(f, ends, &pooled);
    do {
        rc_tail tails[RC_STAT_REPLICATES] = {{0}};
        pass_by(t, how, tails);
        rc_sieve_end_round(&t->sieve, ends, &pooled, tails);
        rc_sieve_ask(&t->sieve);
        for (int k = 0; k < 2; k++)
            t->n_rows[k] = summary(names[k])->finish(&t->in, t->rows[k]);
        assert_true(++t->rounds < 30);
    } while (rc_sieve_next_round(&t->sieve, how->room, &ok));
    assert_true(ok);
}

/* ---- Comparisons ---- */

static void compare_percentiles(sieveed *t, fixture *f) {
    fixture_run(f, "percentiles");
    assert_int_equal(f->n_rows, t->n_rows[0]);
    for (size_t i = 0; i < f->n_rows; i++) {
        const rc_estimate *a = &f->rows[i].estimate, *b = &t->rows[0][i].estimate;
        if (!same_bits(a->value, b->value) || !same_bits(a->low, b->low) ||
            !same_bits(a->high, b->high))
            fail_msg("P%s: %.17g (%.17g .. %.17g), a sieve gives %.17g (%.17g .. %.17g)",
                     f->rows[i].sub, a->value, a->low, a->high, b->value, b->low, b->high);
    }
}

/* Sums of up to n terms, each rounded a few times; values reach `scale`. */
static void compare_cvar(sieveed *t, fixture *f, double n, double scale) {
    fixture_run(f, "cvar");
    const rc_estimate *a = &f->rows[0].estimate, *b = &t->rows[1][0].estimate;
    const double tolerance = 40 * n * 0x1p-53 * scale;
    assert_true(isnan(a->value) == isnan(b->value) && isnan(a->low) == isnan(b->low));
    if (!isnan(a->value) && fabs(a->value - b->value) > tolerance)
        fail_msg("CVaR %.17g, a sieve gives %.17g", a->value, b->value);
    const double half = a->high - a->value; /* the root of a difference of squares */
    if (!isnan(a->low) && fabs(a->low - b->low) > tolerance + 1e-6 * fabs(half) &&
        fabs(half) > 1e-6 * scale)
        fail_msg("CVaR's bound %.17g, a sieve gives %.17g", a->low, b->low);
}

static void compare_histogram(sieveed *t, fixture *f) {
    uint64_t kept[RC_HISTOGRAM_BINS], passed[RC_HISTOGRAM_BINS];
    rc_histogram a = {.counts = kept}, b = {.counts = passed};
    rc_sample sample = {.sieve = &t->sieve};
    rc_histogram_fill(&f->sample, &a);
    rc_histogram_fill(&sample, &b);
    assert_true(a.n_bins == b.n_bins && same_bits(a.first, b.first) && same_bits(a.width, b.width));
    assert_true(a.below == b.below && a.above == b.above);
    assert_memory_equal(kept, passed, sizeof kept);
}

static double largest(const double *x, size_t n) {
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = isfinite(x[i]) && fabs(x[i]) > most ? fabs(x[i]) : most;
    return most;
}

static unsigned check(const double *x, size_t n, bool replicated, bool higher, const setting *how) {
    fixture f = fixture_of(x, n);
    f.replicated = replicated;
    f.higher_is_better = higher;
    sieveed *t = malloc(sizeof *t);
    sieve(t, &f, how);
    compare_percentiles(t, &f);
    compare_cvar(t, &f, (double)n, largest(x, n));
    compare_histogram(t, &f);
    const unsigned rounds = t->rounds;
    rc_sieve_close(&t->sieve);
    free(t);
    fixture_free(&f);
    return rounds;
}

static void as_if_kept(void **state) {
    (void)state;
    static const size_t sizes[] = {1, 2, 16, 17, 37, 100, 1000, 40001, 300007};
    enum { MAX = 300007 };
    uint64_t seed = 7;
    double *x = malloc(MAX * sizeof *x);
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        for (int shape = 0; shape < SHAPES; shape++) {
            const size_t n = sizes[k];
            for (size_t i = 0; i < n; i++)
                x[i] = draw(shape, &seed, i, n);
            const setting wide = {RC_ISA_sse2, 1 << 16, 1024, 512, false};
            check(x, n, false, true, &wide);
            check(x, n, true, false, &wide);
            check(x, n, true, true, &wide);
        }
    free(x);
}

/* With room for next to nothing cells are divided until they hold one value; without a pilot the
 * grid is one cell; with a wrong one the percentiles lie where nobody expected them. */
static void little_room_and_bad_pilots(void **state) {
    (void)state;
    enum { N = 50021 };
    static const setting hard[] = {{RC_ISA_sse2, 0, 512, 512, false},
                                   {RC_ISA_sse2, 40, 64, 512, true},
                                   {RC_ISA_sse2, 4096, 0, 100, false},
                                   {RC_ISA_sse2, 1000, 1, 7, true}};
    uint64_t seed = 8;
    double *x = malloc(N * sizeof *x);
    for (int shape = 0; shape < SHAPES; shape++)
        for (size_t h = 0; h < sizeof hard / sizeof *hard; h++) {
            for (size_t i = 0; i < N; i++)
                x[i] = draw(shape, &seed, i, N);
            check(x, N, h % 2 == 0, true, &hard[h]);
            check(x, N, h % 2 == 1, false, &hard[h]);
        }
    free(x);
}

/* A fair pilot and room: one round to count, one to keep. */
static void two_rounds_do(void **state) {
    (void)state;
    enum { N = 1 << 20 };
    const setting usual = {RC_ISA_sse2, 1 << 16, N / 256, 512, false};
    uint64_t seed = 9;
    double *x = malloc(N * sizeof *x);
    for (int shape = 0; shape < 10; shape++) {
        for (size_t i = 0; i < N; i++)
            x[i] = draw(shape, &seed, i, N);
        const unsigned rounds = check(x, N, shape % 2 == 0, true, &usual);
        if (rounds > 2)
            fail_msg("shape %d took %u rounds", shape, rounds);
    }
    free(x);
}

static void instruction_sets_agree(void **state) {
    (void)state;
    enum { N = 70001 };
    uint64_t seed = 10;
    double *x = malloc(N * sizeof *x);
    for (int shape = 0; shape < SHAPES; shape++) {
        for (size_t i = 0; i < N; i++)
            x[i] = draw(shape, &seed, i, N);
        for (rc_isa isa = 0; isa < RC_ISA_COUNT; isa++) {
            if (!rc_isa_supported(isa))
                continue;
            const setting odd = {isa, 1 << 16, 512, 509, true};
            check(x, N, true, true, &odd);
            const rc_block_kernels *a = rc_block_kernels_for(RC_ISA_sse2),
                                   *b = rc_block_kernels_for(isa);
            for (size_t n = 0; n < 40; n++) {
                const rc_beyond p = a->beyond(x, n, .25, -1), q = b->beyond(x, n, .25, -1);
                const rc_tally v = a->tally(x, n, .5), w = b->tally(x, n, .5);
                assert_true(same_bits(p.sum, q.sum) && same_bits(p.square, q.square) &&
                            p.at_boundary == q.at_boundary);
                assert_memory_equal(&v, &w, sizeof v);
            }
        }
    }
    free(x);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_if_kept),
        cmocka_unit_test(little_room_and_bad_pilots),
        cmocka_unit_test(two_rounds_do),
        cmocka_unit_test(instruction_sets_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
