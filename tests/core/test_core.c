/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/isa.h"
#include "core/text.h"

#include <string.h>

static void first_failure_wins(void **state) {
    (void)state;
    rc_error err = {0};
    assert_int_equal(rc_fail(&err, RC_INPUT, "mode %d below %d", 2, 3), RC_INPUT);
    assert_int_equal(rc_fail(&err, RC_IO, "later"), RC_IO);
    assert_int_equal(err.status, RC_INPUT);
    assert_string_equal(err.message, "mode 2 below 3");
    assert_int_equal(rc_fail(NULL, RC_IO, "nobody listens"), RC_IO);
    assert_int_equal(rc_status_exit_code(RC_INPUT), 2);
    assert_int_equal(rc_status_exit_code(RC_INTERRUPTED), 130);
}

static void arena_blocks_are_zero_aligned_and_kept(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    double *first = RC_NEW(arena, double, 100);
    for (int i = 0; i < 100; i++) {
        assert_true(first[i] == 0);
        first[i] = i;
    }
    for (size_t bytes = 1; bytes < 1000000; bytes *= 3)
        assert_int_equal((uintptr_t)rc_arena_alloc(arena, bytes) % 64, 0);
    size_t capacity = 0;
    int *grown = NULL;
    for (int i = 0; i < 1000; i++) {
        grown = rc_arena_grow(arena, grown, &capacity, (size_t)i + 1, sizeof *grown);
        grown[i] = i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(grown[i], i);
    assert_true(first[99] == 99);
    assert_string_equal(rc_arena_printf(arena, "%s-%d", "a", 7), "a-7");
    rc_arena_free(arena);
}

static void utf8(void **state) {
    (void)state;
    size_t n;
    assert_int_equal(rc_utf8_decode("\xE5\x9F\xB9", 3, &n), 0x57F9);
    assert_int_equal(n, 3);
    static const char *const bad[] = {"\x80",         "\xC0\x80",         "\xE5\x9F",
                                      "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(rc_utf8_decode(bad[i], strlen(bad[i]), &n), -1);
        assert_int_equal(n, 1);
    }
    assert_int_equal(rc_text_width("ab\xE5\x9F\xB9"), 4);
}

static void nearest_names(void **state) {
    (void)state;
    static const char *const names[] = {"training_quality", "data_quality", "uplift",
                                        "\xE5\x9F\xB9\xE8\xAE\xAD"};
    assert_string_equal(rc_nearest_name("trainig_quality", names, 4), "training_quality");
    assert_string_equal(rc_nearest_name("upilft", names, 4), "uplift");
    assert_null(rc_nearest_name("revenue", names, 4));
    assert_string_equal(rc_nearest_name("\xE5\x9F\xB9\xE4\xBA\x86", names, 4), names[3]);
}

static void instruction_sets(void **state) {
    (void)state;
    rc_isa isa;
    assert_true(rc_isa_supported(RC_ISA_sse2));
    assert_true(rc_isa_supported(rc_isa_best()));
    assert_true(rc_isa_parse("avx2", &isa) && isa == RC_ISA_avx2);
    assert_false(rc_isa_parse("mmx", &isa));
    assert_string_equal(rc_isa_name(RC_ISA_avx512), "avx512");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_failure_wins),
        cmocka_unit_test(arena_blocks_are_zero_aligned_and_kept),
        cmocka_unit_test(utf8),
        cmocka_unit_test(nearest_names),
        cmocka_unit_test(instruction_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
