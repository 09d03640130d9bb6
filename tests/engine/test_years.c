/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Money by years, of the model and of each line: by hand, and against outputs of the model that
 * spell the sums out a second time, percentiles and all. */
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
    o.cash = o.cash_lines = true;
    rc_result *r = NULL;
    rc_error err = {0};
    if (rc_run(model, &o, &r, &err) != RC_OK)
        fail_msg("%s", err.message);
    return r;
}

/* Of lines P5, P50, P95 alone are known. */
static bool few(int p) {
    return rc_cash_percentiles[p] == 5 || rc_cash_percentiles[p] == 50 ||
           rc_cash_percentiles[p] == 95;
}

static void same_as_but(const rc_result *r, const rc_cash_cell *cell, const char *output,
                        bool line) {
    const rc_output *o = rc_result_find(r, output);
    assert_non_null(o);
    double mean = rc_output_row(o, "mean", NULL)->estimate.value;
    assert_true(fabs(cell->mean - mean) <= 1e-12 * fabs(mean));
    for (int i = 0; i < RC_CASH_PERCENTILES; i++) {
        char p[8];
        snprintf(p, sizeof p, "%d", rc_cash_percentiles[i]);
        double x = rc_output_row(o, "percentiles", p)->estimate.value;
        assert_true((line && !few(i)) || fabs(cell->percentile[i] - x) <= 1e-12 * fabs(x));
    }
}

static void same_as(const rc_result *r, const rc_cash_cell *cell, const char *output) {
    same_as_but(r, cell, output, false);
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

/* ---- Lines ---- */

static const rc_cash_line *line_of(const rc_result *r, const char *name) {
    for (size_t i = 0; i < r->n_cash_lines; i++)
        if (strcmp(r->cash_lines[i].name, name) == 0)
            return &r->cash_lines[i];
    fail_msg("no line %s", name);
    return NULL;
}

/* n numbers: now, each year, total, present value; nothing varies, so all figures are the same. */
static void cells_are(const rc_result *r, const char *name, const double *x) {
    const rc_cash_line *line = line_of(r, name);
    for (size_t i = 0; i < r->n_cash_years + 2; i++) {
        const rc_cash_cell *c = rc_cash_line_cell(r, line, i);
        if (!(fabs(c->mean - x[i]) <= 1e-12 * fabs(x[i])))
            fail_msg("%s, place %zu: %.17g, by hand %.17g", name, i, c->mean, x[i]);
        for (int p = 0; p < RC_CASH_PERCENTILES; p++)
            assert_true(!few(p) || fabs(c->percentile[p] - x[i]) <= 1e-12 * fabs(x[i]));
    }
}

/* Six quarters, 21 % a year. `gain` flows from 0.25 on, 100 a quarter; from 0.5 on a risk that is
 * certain halves it; at 1.25 it grows by a half. */
static void every_cell_by_hand(void **state) {
    (void)state;
    static const char text[] = "roicast: 1\n"
                               "timeline: {years: 1.5, step: quarter}\n"
                               "discount_rate: 21%\n"
                               "benefits:\n"
                               "  gain: {value: 400, from: 0.25, growth: 50%, kind: saving}\n"
                               "  off: {value: 7, enabled: false}\n"
                               "costs:\n"
                               "  start: {value: 90, per: once}\n"
                               "  fee: {yearly: [80, 40], initial: 5}\n"
                               "risks:\n"
                               "  half: {probability: 1, at: 0.5, multiply: {gain: 0.5}}\n"
                               "  fine: {probability: 1, at: 0.75, impact: 40}\n"
                               "  lost: {probability: 1, at: 1.5, impact: 10, side: benefits}\n";
    rc_arena *arena = rc_arena_new();
    rc_result *r = ran(text, arena);
    const double v = pow(1.21, -0.25), v2 = v * v, v3 = v2 * v, v4 = v2 * v2, v6 = v3 * v3;
    assert_int_equal(r->n_cash_years, 3);
    cells_are(
        r, "gain",
        (const double[]){0, 200, 125, 325, 100 * v2 + 50 * v3 + 50 * v4 + 50 * v4 * v + 75 * v6});
    cells_are(r, "lost", (const double[]){0, 0, -10, -10, -10 * v6});
    cells_are(r, "start", (const double[]){90, 0, 0, 90, 90});
    cells_are(r, "fee",
              (const double[]){5, 80, 20, 105, 5 + 20 * (v + v2 + v3 + v4) + 10 * (v4 * v + v6)});
    cells_are(r, "fine", (const double[]){0, 40, 0, 40, 40 * v3});
    static const char *const order[] = {"gain", "lost", "start", "fee", "fine"};
    assert_int_equal(r->n_cash_lines, 5);
    for (size_t i = 0; i < 5; i++) {
        const rc_cash_line *line = &r->cash_lines[i];
        assert_string_equal(line->name, order[i]);
        assert_int_equal(line->is_cost, i > 1);
        assert_int_equal(line->is_impact, i == 1 || i == 4);
    }
    rc_result_free(r);
    rc_arena_free(arena);
}

/* Forrester's study of SalesLoft, to the dollar as printed (truth.md). */
static void a_published_table(void **state) {
    (void)state;
    static const char text[] = "roicast: 1\n"
                               "timeline: {years: 3}\n"
                               "discounting: year_end\n"
                               "discount_rate: 10%\n"
                               "benefits:\n"
                               "  all: {yearly: [1606511, 3061331, 4229760], kind: saving}\n"
                               "costs:\n"
                               "  spent: {initial: 53150, yearly: [666715, 636772, 647783]}\n";
    static const double all[] = {0, 1606511, 3061331, 4229760, 8897602, 7168371},
                        spent[] = {53150, 666715, 636772, 647783, 2004420, 1672201};
    rc_arena *arena = rc_arena_new();
    rc_result *r = ran(text, arena);
    for (size_t i = 0; i < 6; i++) {
        assert_true(fabs(rc_cash_line_cell(r, line_of(r, "all"), i)->mean - all[i]) < 0.5);
        assert_true(fabs(rc_cash_line_cell(r, line_of(r, "spent"), i)->mean - spent[i]) < 0.5);
    }
    rc_result_free(r);
    rc_arena_free(arena);
}

static void lines_are_as_spelled_out(void **state) {
    (void)state;
    static const char text[] = "roicast: 1\n"
                               "timeline: {years: 2.25, step: quarter}\n"
                               "discount_rate: 10%\n"
                               "inputs:\n"
                               "  size: uniform(1, 2)\n"
                               "  when: uniform(0, 2)\n"
                               "benefits:\n"
                               "  gain: {value: 100 * size * (1 + t), from: when, kind: saving}\n"
                               "costs:\n"
                               "  start: {value: 50 * size, per: once, at: when}\n"
                               "outputs:\n"
                               "  gain_2: sum(if(t > 1 and t <= 2, gain, 0))\n"
                               "  gain_3: sum(if(t > 2, gain, 0))\n"
                               "  gain_all: sum(gain)\n"
                               "  start_1: sum(if(t <= 1, start, 0))\n";
    rc_arena *arena = rc_arena_new();
    rc_result *r = ran(text, arena);
    const rc_cash_line *gain = line_of(r, "gain"), *start = line_of(r, "start");
    same_as_but(r, &gain->years[2], "gain_2", true);
    same_as_but(r, &gain->years[3], "gain_3", true);
    same_as_but(r, gain->total, "gain_all", true);
    same_as_but(r, gain->present_value, "gain", true);
    same_as_but(r, &start->years[1], "start_1", true);
    same_as_but(r, start->present_value, "start", true);
    assert_true(gain->years[2].percentile[7] > gain->years[2].percentile[1]);
    rc_result_free(r);
    rc_arena_free(arena);
}

/* Risks of all kinds over two sides. Sums are rounded once a line, relative to what is summed. */
static void means_add_up(void **state) {
    (void)state;
    static const char text[] =
        "roicast: 1\n"
        "timeline: {years: 3, step: quarter}\n"
        "discount_rate: 10%\n"
        "inputs:\n  seats: 100 to 200\n  p: beta(2, 5)\n  m: uniform(1, 2)\n"
        "series:\n  adoption: scurve(tm, midpoint=m / 2, steepness=4)\n"
        "benefits:\n"
        "  gain: {value: seats * adoption * 2, growth: p / 10, from: m / 4}\n"
        "  other: {value: 3 * seats, net_of: {gain: 20%}, kind: saving}\n"
        "costs:\n"
        "  build: {value: 'pert(90, 120, 200)', per: once}\n  run: {value: 20 + seats}\n"
        "risks:\n"
        "  stop: {probability: p, at: anytime, stop: [gain, run]}\n"
        "  lost: {probability: 30%, at: m, impact: 10 to 90, side: benefits}\n"
        "  fail: {rate: 0.8, impact: 'lognormal(median=10, sigma=1)', multiply: {run: 1.1}}\n";
    rc_arena *arena = rc_arena_new();
    rc_result *r = ran(text, arena);
    static const char *const present[] = {"benefits_pv", "costs_pv"};
    assert_int_equal(r->n_cash_lines, 6);
    for (size_t place = 0; place < r->n_cash_years + 2; place++) {
        double sum[2] = {0}, size = 0;
        for (size_t i = 0; i < r->n_cash_lines; i++) {
            double x = rc_cash_line_cell(r, &r->cash_lines[i], place)->mean;
            sum[r->cash_lines[i].is_cost] += x;
            size += fabs(x);
        }
        if (place == r->n_cash_years + 1) {
            for (int side = 0; side < 2; side++) {
                const rc_output *o = rc_result_find(r, present[side]);
                double pv = rc_output_row(o, "mean", NULL)->estimate.value;
                assert_true(fabs(sum[side] - pv) <= 1e-12 * size);
            }
            continue;
        }
        const rc_cash_row *row = place < r->n_cash_years ? &r->cash_years[place] : r->cash_total;
        assert_true(fabs(sum[0] - row->benefits.mean) <= 1e-12 * size);
        assert_true(fabs(sum[1] - row->costs.mean) <= 1e-12 * size);
        assert_true(fabs(sum[0] - sum[1] - row->net.mean) <= 1e-12 * size);
    }
    rc_result_free(r);
    rc_arena_free(arena);
}

/* Year ends: a present value is the sum of the years' money, discounted. */
static void present_values_are_discounted_sums(void **state) {
    (void)state;
    static const char text[] = "roicast: 1\n"
                               "timeline: {years: 4, step: month}\n"
                               "discounting: year_end\n"
                               "discount_rate: 8%\n"
                               "benefits:\n"
                               "  gain: {value: 'uniform(5, 9) * t^2', kind: saving}\n"
                               "costs:\n"
                               "  spent: {value: 'pert(1, 2, 9)', initial: 'uniform(1, 9)'}\n";
    rc_arena *arena = rc_arena_new();
    rc_result *r = ran(text, arena);
    for (size_t i = 0; i < r->n_cash_lines; i++) {
        const rc_cash_line *line = &r->cash_lines[i];
        double sum = 0, factor = 1, total = 0;
        for (size_t y = 0; y < r->n_cash_years; y++, factor /= 1.08) {
            sum += factor * line->years[y].mean;
            total += line->years[y].mean;
        }
        assert_true(fabs(sum - line->present_value->mean) <= 1e-12 * sum);
        assert_true(fabs(total - line->total->mean) <= 1e-12 * total);
    }
    rc_result_free(r);
    rc_arena_free(arena);
}

/* More than 40 years are no table; without money there are no lines. */
static void where_there_are_none(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    rc_result *r = ran("roicast: 1\ntimeline: {years: 41}\ndiscount_rate: 5%\n"
                       "costs:\n  a: 'uniform(1, 2)'\n",
                       arena);
    assert_int_equal(r->n_cash_lines, 0);
    assert_int_equal(r->n_cash_years, 42);
    rc_result_free(r);
    r = ran("roicast: 1\noutputs:\n  a: 'uniform(1, 2)'\n", arena);
    assert_int_equal(r->n_cash_lines, 0);
    rc_result_free(r);
    rc_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_by_hand),
        cmocka_unit_test(a_published_table),
        cmocka_unit_test(lines_are_as_spelled_out),
        cmocka_unit_test(means_add_up),
        cmocka_unit_test(present_values_are_discounted_sums),
        cmocka_unit_test(where_there_are_none),
        cmocka_unit_test(quarters_add_up_to_years),
        cmocka_unit_test(a_period_that_is_a_year_stands_for_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
