/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sample_check.h"

#include <Random123/philox.h>

static void known_answers(void **state) {
    (void)state;
    static const struct {
        uint32_t counter[4], key[2], out[4];
    } rows[] = {
        {{0}, {0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX},
         {UINT32_MAX, UINT32_MAX},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t out[4];
        rc_philox4x32(rows[i].counter, rows[i].key, out);
        assert_memory_equal(out, rows[i].out, sizeof out);
    }
}

static void agrees_with_random123(void **state) {
    (void)state;
    uint64_t x = 88172645463325252u;
    for (int i = 0; i < 10000; i++) {
        uint32_t word[6], out[4];
        for (int j = 0; j < 6; j++) {
            x ^= x << 13, x ^= x >> 7, x ^= x << 17;
            word[j] = (uint32_t)(x >> 16);
        }
        rc_philox4x32(word, word + 4, out);
        philox4x32_ctr_t c = {{word[0], word[1], word[2], word[3]}};
        philox4x32_key_t k = {{word[4], word[5]}};
        philox4x32_ctr_t r = philox4x32_R(10, c, k);
        assert_memory_equal(out, r.v, sizeof out);
    }
}

static void stream_hashes(void **state) {
    (void)state; /* published values of FNV-1a, 32 bits */
    assert_int_equal(rc_stream_hash("", 0), 0x811c9dc5);
    assert_int_equal(rc_stream_hash("a", 0), 0xe40c292c);
    assert_int_equal(rc_stream_hash("foobar", 0), 0xbf9cf968);
    /* a salt is four more bytes */
    assert_int_equal(rc_stream_hash("foo", 0x01626162u), rc_stream_hash("foobab\x01", 0));
    assert_int_not_equal(rc_stream_hash("foo", 1), rc_stream_hash("foo", 2));
}

static void every_lane_is_the_definition(void **state) {
    (void)state;
    static const size_t sizes[] = {0, 1, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65, 511, 512};
    static const uint64_t firsts[] = {0, 8, 4096, (UINT64_C(1) << 33) - 16, UINT64_C(1) << 60};
    rc_stream s = {.hash = rc_stream_hash("uplift", 0)};
    alignas(64) double w[BLOCK + 8];
    for (int isa = 0; isa < RC_ISA_COUNT; isa++) {
        if (!rc_isa_supported((rc_isa)isa))
            continue;
        rc_sampler sampler = sampler_of("random", (rc_isa)isa, 0x123456789abcdef0u, 100, 0, NULL);
        assert_int_equal(sampler.trials, 100);
        for (size_t f = 0; f < 5; f++)
            for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
                for (size_t i = 0; i < BLOCK + 8; i++)
                    w[i] = 99;
                uint32_t replicate = (uint32_t)k, draw = f == 4 ? RC_PHILOX_DRAWS - 1 : 3;
                sampler.type->fill(&sampler, &s, replicate, firsts[f], draw, w, sizes[k]);
                for (size_t i = 0; i < sizes[k]; i++)
                    assert_true(w[i] ==
                                philox_draw(sampler.seed, s.hash, replicate, firsts[f] + i, draw));
                for (size_t i = RC_PADDED(sizes[k]); i < BLOCK + 8; i++)
                    assert_true(w[i] == 99); /* nothing behind the padding */
            }
    }
}

static void tails_are_exact(void **state) {
    (void)state;
    assert_true(rc_tail_from_bits(0) == 0x1p-54);
    assert_true(rc_tail_from_bits((UINT64_C(1) << 52) - 1) == 0.5 - 0x1p-54);
    assert_true(rc_tail_from_bits(UINT64_C(1) << 52) == -(0.5 - 0x1p-54));
    assert_true(rc_tail_from_bits((UINT64_C(1) << 53) - 1) == -0x1p-54);
}

/* Chi-square with 1023 degrees of freedom: 3e-7 of samples lie above 1023 + 5 sqrt(2 * 1023) =
 * 1249 by the normal law (the chi-square's own tail: about 1e-6); and none should lie below
 * 1023 - 5 sqrt(2046) = 797. Three checks: marginal, pairs of neighbours, pairs of streams. */
enum { CELLS = 1024, DRAWS = 1 << 20 };

static void assert_even(const uint32_t count[CELLS], double n) {
    double chi = 0, expected = n / CELLS;
    for (int i = 0; i < CELLS; i++)
        chi += (count[i] - expected) * (count[i] - expected) / expected;
    assert_true(chi > 797 && chi < 1249);
}

static void uniform_and_independent(void **state) {
    (void)state;
    static uint32_t one[CELLS], neighbours[CELLS], streams[CELLS], replicates[CELLS], draws[CELLS];
    alignas(64) double x[BLOCK], y[BLOCK], z[BLOCK], v[BLOCK];
    rc_sampler sampler = sampler_of("random", rc_isa_best(), 1, DRAWS, 0, NULL);
    rc_stream a = {.hash = rc_stream_hash("data_quality", 0)};
    rc_stream b = {.hash = rc_stream_hash("data_qualitz", 0)};
    for (uint64_t first = 0; first < DRAWS; first += BLOCK) {
        sampler.type->fill(&sampler, &a, 3, first, 0, x, BLOCK);
        sampler.type->fill(&sampler, &b, 3, first, 0, y, BLOCK);
        sampler.type->fill(&sampler, &a, 4, first, 0, z, BLOCK);
        sampler.type->fill(&sampler, &a, 3, first, 1, v, BLOCK);
        for (size_t i = 0; i < BLOCK; i++) {
            one[cell_of(x[i], CELLS)]++;
            if (i % 2 == 0)
                neighbours[cell_of(x[i], 32) * 32 + cell_of(x[i + 1], 32)]++;
            streams[cell_of(x[i], 32) * 32 + cell_of(y[i], 32)]++;
            replicates[cell_of(x[i], 32) * 32 + cell_of(z[i], 32)]++;
            draws[cell_of(x[i], 32) * 32 + cell_of(v[i], 32)]++;
        }
    }
    assert_even(one, DRAWS);
    assert_even(neighbours, DRAWS / 2);
    assert_even(streams, DRAWS);
    assert_even(replicates, DRAWS);
    assert_even(draws, DRAWS);
}

static void setting_up(void **state) {
    (void)state;
    rc_sampler s;
    rc_error err = {0};
    const rc_sampler_type *type = rc_sampler_find("random", RC_ISA_sse2);
    assert_int_equal(rc_sampler_init(&s, type, 1, 0, 3, NULL, &err), RC_INPUT);
    assert_non_null(strstr(err.message, "trials: 0 is out of range"));
    assert_int_equal(rc_sampler_init(&s, type, 1, UINT64_MAX, 3, NULL, NULL), RC_INPUT);
    assert_null(rc_sampler_find("halton", RC_ISA_sse2));
    assert_null(rc_sampler_at(rc_sampler_count(), RC_ISA_sse2));
    assert_string_equal(rc_sampler_at(0, rc_isa_best())->name, "sobol"); /* the default */
    assert_int_equal(rc_replicate_indices(35, 2), 3);
    assert_int_equal(rc_replicate_indices(35, 3), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),
        cmocka_unit_test(agrees_with_random123),
        cmocka_unit_test(stream_hashes),
        cmocka_unit_test(tails_are_exact),
        cmocka_unit_test(every_lane_is_the_definition),
        cmocka_unit_test(uniform_and_independent),
        cmocka_unit_test(setting_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
