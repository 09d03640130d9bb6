/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "result/result.h"

static void look_up(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    rc_result *result = RC_NEW(arena, rc_result, 1);
    rc_output *outputs = RC_NEW(arena, rc_output, 2);
    static const rc_row rows[] = {{"mean", NULL, RC_ROW_VALUE, {1, 0, 2}},
                                  {"percentiles", "5", RC_ROW_VALUE, {3, 2, 4}},
                                  {"percentiles", "50", RC_ROW_VALUE, {5, 4, 6}}};
    outputs[0].name = "roi";
    outputs[1].name = "npv";
    outputs[1].rows = rows;
    outputs[1].n_rows = 3;
    result->arena = arena;
    result->outputs = outputs;
    result->n_outputs = 2;
    assert_ptr_equal(rc_result_find(result, "npv"), &outputs[1]);
    assert_null(rc_result_find(result, "irr"));
    assert_ptr_equal(rc_output_row(&outputs[1], "percentiles", "50"), &rows[2]);
    assert_ptr_equal(rc_output_row(&outputs[1], "mean", NULL), &rows[0]);
    assert_null(rc_output_row(&outputs[1], "percentiles", NULL));
    assert_null(rc_output_row(&outputs[1], "mean", "5"));
    assert_null(rc_output_row(&outputs[0], "mean", NULL));
    rc_result_free(result); /* the leak sanitizer checks that everything went */
    rc_result_free(NULL);
}

static void cash_percentiles_ascend(void **state) {
    (void)state;
    for (int i = 1; i < RC_CASH_PERCENTILES; i++)
        assert_true(rc_cash_percentiles[i] > rc_cash_percentiles[i - 1]);
    assert_int_equal(rc_cash_percentiles[0], 1);
    assert_int_equal(rc_cash_percentiles[RC_CASH_PERCENTILES - 1], 99);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(look_up),
        cmocka_unit_test(cash_percentiles_ascend),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
