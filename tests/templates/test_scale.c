/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amounts for another number of seats, as text: against what was worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "templates/scale.h"

static const struct {
    const char *formula;
    double factor;
    const char *scaled; /* NULL: left as it is */
} rows[] = {
    {"pert(100, 180, 280)", 0.5, "pert(50, 90, 140)"},
    {"600k to 1.1M", 0.5, "300k to 550k"},
    {"600k to 1.1M", 3, "1.8M to 3.3M"},
    {"(30k to 250k) * (1 - happened(cancelled))", 0.5, "(15k to 125k) * (1 - happened(cancelled))"},
    {"pert(10, 25, 60) * pert(900, 1200, 1800) * 2^(0.5 - x)", 0.1,
     "pert(1, 2.5, 6) * pert(900, 1200, 1800) * 2^(0.5 - x)"},
    {"pert(0, 1k, 4k)", 0.25, "pert(0, 250, 1k)"},
    {"pert(18k, 28k, 50k) * hygiene / 25%", 0.5, "pert(9k, 14k, 25k) * hygiene / 25%"},
    {"12k to 40k", 0.001, "12 to 40"},
    {"pert(1.5, 3, 5)", 1. / 3, "pert(0.5, 1, 1.67)"},
    {"pert(123456, 234567, 999999)", 1, "pert(123000, 230000, 1000000)"}, /* rounded */
    {"(12k to 45k) * seats / 120 * 2.5", 0.5, NULL},                      /* goes by seats */
    {"hygiene * pert(1, 2, 3)", 0.5, NULL},                               /* no range at first */
    {"4711", 0.5, NULL},
    {"", 0.5, NULL},
};

static void test_texts(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *got = rc_scale_text(rows[i].formula, rows[i].factor, arena);
        if (rows[i].scaled == NULL)
            assert_null(got);
        else {
            assert_non_null(got);
            assert_string_equal(got, rows[i].scaled);
        }
    }
    rc_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_texts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
