/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money by years: sums over the periods of a year, which outputs of the model spell out a second
 * time, percentiles and all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/harness.h"
#include "engine/run.h"

#include <math.h>
#include <stdio.h>

static rc_result *ran(const char *text, rc_arena *arena) {
    const rc_model *model = harness_model(text, arena);
    assert_non_null(model);
    rc_run_options o;
    rc_run_options_default(&o);
    o.trials = 8192;
    o.cash = true;
    rc_result *r = NULL;
    rc_error err = {0};
    if (rc_run(model, &o, &r, &err) != RC_OK)
        fail_msg("%s", err.message);
    return r;
}

static void same_as(const rc_result *r, const rc_cash_cell *cell, const char *output) {
    const rc_output *o = rc_result_find(r, output);
    assert_non_null(o);
    double mean = rc_output_row(o, "mean", NULL)->estimate.value;
    assert_true(fabs(cell->mean - mean) <= 1e-12 * fabs(mean));
    for (int i = 0; i < RC_CASH_PERCENTILES; i++) {
        char p[8];
        snprintf(p, sizeof p, "%d", rc_cash_percentiles[i]);
        double x = rc_output_row(o, "percentiles", p)->estimate.value;
        assert_true(fabs(cell->percentile[i] - x) <= 1e-12 * fabs(x));
    }
}

/* Nine quarters: the third year is one quarter long. */
static void quarters_add_up_to_years(void **state) {
    (void)state;
    static const char text[] = "roicast: 1\n"
                               "timeline: {years: 2.25, step: quarter}\n"
                               "discount_rate: 10%\n"
                               "series:\n"
                               "  noise: {value: 'each(uniform(1, 3))'}\n"
                               "benefits:\n"
                               "  gain: {value: 100 * noise * (1 + t), kind: saving}\n"
                               "costs:\n"
                               "  start: {value: 'uniform(50, 80)', per: once}\n"
                               "  running: 40\n"
                               "outputs:\n"
                               "  gain_1: sum(if(t <= 1, gain, 0))\n"
                               "  gain_2: sum(if(t > 1 and t <= 2, gain, 0))\n"
                               "  gain_3: sum(if(t > 2, gain, 0))\n"
                               "  gain_all: sum(gain)\n"
                               "  net_2: sum(if(t > 1 and t <= 2, gain - running, 0))\n";
    rc_arena *arena = rc_arena_new();
    rc_result *r = ran(text, arena);
    assert_int_equal(r->n_cash, 10);
    assert_int_equal(r->n_cash_years, 4);
    static const double t[] = {0, 1, 2, 2.25};
    static const size_t last[] = {0, 4, 8, 9};
    for (int y = 0; y < 4; y++) {
        assert_true(r->cash_years[y].t == t[y]);
        assert_memory_equal(&r->cash_years[y].cumulative, &r->cash[last[y]].cumulative,
                            sizeof r->cash[0].cumulative);
    }
    assert_memory_equal(&r->cash_years[0], &r->cash[0], sizeof r->cash[0]);
    same_as(r, &r->cash_years[1].benefits, "gain_1");
    same_as(r, &r->cash_years[2].benefits, "gain_2");
    same_as(r, &r->cash_years[3].benefits, "gain_3");
    same_as(r, &r->cash_years[2].net, "net_2");
    same_as(r, &r->cash_total->benefits, "gain_all");
    assert_true(fabs(r->cash_years[2].costs.mean - 40) < 1e-9); /* 40 a year */
    double sum = 0;
    for (int y = 0; y < 4; y++)
        sum += r->cash_years[y].net.mean;
    assert_true(fabs(sum - r->cash_total->net.mean) < 1e-9 * fabs(sum));
    assert_true(fabs(sum - r->cash_total->cumulative.mean) < 1e-9 * fabs(sum));
    rc_result_free(r);
    rc_arena_free(arena);
}

static void a_period_that_is_a_year_stands_for_itself(void **state) {
    (void)state;
    static const char text[] = "roicast: 1\n"
                               "timeline: {years: 3}\n"
                               "discount_rate: 10%\n"
                               "benefits:\n"
                               "  gain: {value: 'uniform(100, 200)', kind: saving}\n"
                               "costs:\n"
                               "  start: {value: 150, per: once}\n"
                               "outputs:\n"
                               "  all: sum(gain)\n";
    rc_arena *arena = rc_arena_new();
    rc_result *r = ran(text, arena);
    assert_int_equal(r->n_cash_years, 4);
    assert_memory_equal(r->cash_years, r->cash, 4 * sizeof *r->cash);
    same_as(r, &r->cash_total->benefits, "all");
    assert_true(r->cash_total->costs.mean == 150);
    rc_result_free(r);
    rc_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quarters_add_up_to_years),
        cmocka_unit_test(a_period_that_is_a_year_stands_for_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
