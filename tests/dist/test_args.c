/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the arguments of a call find their form and slots, and what wrong ones are told. The types
 * here are made for the test, so that new forms of real distributions change nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dist/dist.h"

#include <math.h>
#include <string.h>

enum { MOST = 12 };

static rc_status difference(const double *x, const double *p, double widen, double *out,
                            rc_error *err) {
    (void)err;
    out[0] = x[0];
    out[1] = widen * (x[1] - x[0]) / (p[1] - p[0]);
    return RC_OK;
}

static rc_status keep(const double *x, const double *p, double widen, double *out, rc_error *err) {
    (void)p, (void)err;
    out[0] = x[0];
    out[1] = widen * x[1];
    return RC_OK;
}

static const rc_dist_slot by_moments[] = {{.name = "mean", .help = "mean"},
                                          {.name = "sd", .help = "spread"}};
static const rc_dist_slot by_median[] = {{.name = "median", .help = "median"},
                                         {.name = "sd", .help = "spread"}};
static const rc_dist_slot two[] = {{.name = "p*", .help = "low"}, {.name = "p*", .help = "high"}};
static const rc_dist_form bell_forms[] = {
    {by_moments, 2, NULL},
    {by_median, 2, keep},
    {two, 2, difference},
};
static const rc_dist_type bell = {.name = "bell", .forms = bell_forms, .n_forms = 3};

static const rc_dist_slot by_ends[] = {
    {.name = "min", .help = "least"},
    {.name = "mode", .help = "most likely"},
    {.name = "max", .help = "most"},
    {.name = "shape", .optional = true, .fallback = 4, .help = "peakedness"}};
static const rc_dist_slot around[] = {{.name = "p*", .help = "low"},
                                      {.name = "mode", .help = "most likely"},
                                      {.name = "p*", .help = "high"}};
static const rc_dist_form hill_forms[] = {{by_ends, 4, NULL}, {around, 3, keep}};
static const rc_dist_type hill = {.name = "hill", .forms = hill_forms, .n_forms = 2};

/* ---- Matching ---------------------------------------------------------------------------------
 */

typedef struct good_call {
    const rc_dist_type *type;
    const char *names[MOST]; /* "" for an unnamed argument; NULL ends */
    size_t form, slot_of[MOST];
    double prob[MOST]; /* 0: not a percentile */
} good_call;

static const good_call good[] = {
    {&bell, {"", ""}, 0, {0, 1}, {0}},
    {&bell, {"mean", "sd"}, 0, {0, 1}, {0}},
    {&bell, {"sd", "mean"}, 0, {1, 0}, {0}},
    {&bell, {"", "sd"}, 0, {0, 1}, {0}},
    {&bell, {"sd", "median"}, 1, {1, 0}, {0}},
    {&bell, {"p10", "p90"}, 2, {0, 1}, {0.1, 0.9}},
    {&bell, {"p99", "p5"}, 2, {1, 0}, {0.99, 0.05}},
    {&bell, {"p1", "p9"}, 2, {0, 1}, {0.01, 0.09}},
    {&hill, {"", "", ""}, 0, {0, 1, 2}, {0}},
    {&hill, {"", "", "", ""}, 0, {0, 1, 2, 3}, {0}},
    {&hill, {"", "", "", "shape"}, 0, {0, 1, 2, 3}, {0}},
    {&hill, {"", "shape", "max", "mode"}, 0, {0, 3, 2, 1}, {0}},
    {&hill, {"p10", "mode", "p90"}, 1, {0, 1, 2}, {0.1, 0, 0.9}},
    {&hill, {"p80", "p20", "mode"}, 1, {2, 0, 1}, {0.8, 0.2, 0}},
};

static size_t given(const char *const *names, const char **out) {
    size_t n = 0;
    for (; names[n] != NULL; n++)
        out[n] = names[n][0] != '\0' ? names[n] : NULL;
    return n;
}

static void calls_find_their_form_and_slots(void **state) {
    (void)state;
    for (size_t c = 0; c < sizeof good / sizeof *good; c++) {
        const char *names[MOST];
        size_t n = given(good[c].names, names), form = 99, slot_of[MOST];
        double prob[MOST];
        rc_error err = {0};
        if (rc_dist_match(good[c].type, names, n, &form, slot_of, prob, &err) != RC_OK)
            fail_msg("call %zu: %s", c, err.message);
        assert_int_equal(form, good[c].form);
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(slot_of[i], good[c].slot_of[i]);
            assert_true(good[c].prob[i] > 0 ? prob[i] == good[c].prob[i] : isnan(prob[i]));
        }
    }
}

static const struct bad_call {
    const rc_dist_type *type;
    const char *names[MOST];
    const char *message;
} bad[] = {
    {&bell,
     {"mean", "p90"},
     "bell takes mean, sd; median, sd or two percentiles such as p10, p90; got mean, p90"},
    {&bell,
     {"p10", "p50", "p90"},
     "bell takes mean, sd; median, sd or two percentiles such as p10, p90; got p10, p50, p90"},
    {&bell,
     {"mean", "sd", "median"},
     "bell takes mean, sd; median, sd or two percentiles such as p10, p90; got mean, sd, median"},
    {&bell, {"sd"}, "bell takes mean, sd; median, sd or two percentiles such as p10, p90; got sd"},
    {&bell, {"maen", "sd"}, "bell has no parameter maen; did you mean mean?"},
    {&bell,
     {"variance"},
     "bell has no parameter variance; it takes mean, sd; median, sd or two percentiles such as "
     "p10, p90"},
    {&bell, {"mean", "mean"}, "bell: mean is given twice"},
    {&bell, {"p10", "p10"}, "bell: p10 is given twice"},
    {&bell, {"", "mean"}, "bell: mean is given twice, by position 1 and by name"},
    {&bell, {"mean", ""}, "bell: unnamed arguments come before named ones"},
    {&bell,
     {"mean"},
     "bell: sd is missing; it takes mean, sd; median, sd or two percentiles such as p10, p90"},
    {&bell,
     {"p10"},
     "bell: a percentile is missing; it takes mean, sd; median, sd or two percentiles such as p10, "
     "p90"},
    {&bell,
     {""},
     "bell: sd is missing; it takes mean, sd; median, sd or two percentiles such as p10, p90"},
    {&bell,
     {"", "", ""},
     "bell: 3 arguments are too many; it takes mean, sd; median, sd or two percentiles such as "
     "p10, p90"},
    {&bell,
     {NULL},
     "bell: no parameters are given; it takes mean, sd; median, sd or two percentiles such as p10, "
     "p90"},
    {&hill,
     {"", "", "p90"},
     "hill: p90 cannot follow unnamed arguments; name them all: min, mode, max, [shape] or with "
     "two percentiles such as p10, mode, p90"},
    {&hill,
     {"", "", "", "", "", "", "", "", "", "", "max"},
     "hill: 11 arguments are too many; it takes min, mode, max, [shape] or with two percentiles "
     "such as p10, mode, p90"},
    {&hill,
     {"min", "max", "shape"},
     "hill: mode is missing; it takes min, mode, max, [shape] or with two percentiles such as p10, "
     "mode, p90"},
    /* not percentages from 1 to 99 without leading zeros */
    {&hill,
     {"p0", "mode", "p100"},
     "hill has no parameter p0; it takes min, mode, max, [shape] or with two percentiles such as "
     "p10, mode, p90"},
    {&hill,
     {"mode", "p05", "p90"},
     "hill has no parameter p05; it takes min, mode, max, [shape] or with two percentiles such as "
     "p10, mode, p90"},
};

static void wrong_calls_are_told_what_is_right(void **state) {
    (void)state;
    for (size_t c = 0; c < sizeof bad / sizeof *bad; c++) {
        const char *names[MOST];
        size_t n = given(bad[c].names, names), form, slot_of[MOST];
        double prob[MOST];
        rc_error err = {0};
        assert_int_equal(rc_dist_match(bad[c].type, names, n, &form, slot_of, prob, &err),
                         RC_INPUT);
        assert_string_equal(err.message, bad[c].message);
    }
}

static void long_names_do_not_overrun(void **state) {
    (void)state;
    char name[2000];
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    const char *names[] = {name};
    size_t form, slot_of[1];
    double prob[1];
    rc_error err = {0};
    assert_int_equal(rc_dist_match(&bell, names, 1, &form, slot_of, prob, &err), RC_INPUT);
    assert_non_null(strstr(err.message, "it takes mean, sd"));
    assert_int_equal(rc_dist_match(&bell, names, 1, &form, slot_of, prob, NULL), RC_INPUT);
}

/* ---- Solving ----------------------------------------------------------------------------------
 */

static void forms_become_form_0(void **state) {
    (void)state;
    double out[RC_DIST_MAX_SLOTS], nan2[] = {NAN, NAN}, p[] = {0.1, 0.9};
    rc_error err = {0};
    assert_int_equal(rc_dist_solve(&bell, 0, (double[]){3, 4}, nan2, 2, out, &err), RC_OK);
    assert_true(out[0] == 3 && out[1] == 4);
    /* only percentiles are widened */
    assert_int_equal(rc_dist_solve(&bell, 1, (double[]){3, 4}, nan2, 2, out, &err), RC_OK);
    assert_true(out[0] == 3 && out[1] == 4);
    assert_int_equal(rc_dist_solve(&bell, 2, (double[]){3, 7}, p, 2, out, &err), RC_OK);
    assert_true(out[0] == 3 && fabs(out[1] - 10) < 1e-14);
}

static void impossible_values_are_refused(void **state) {
    (void)state;
    static const struct {
        const rc_dist_type *type;
        size_t form;
        double x[3], p[3], widen;
        const char *message;
    } rows[] = {
        {&bell, 2, {7, 3}, {0.1, 0.9}, 1, "bell: p90 3 must lie above p10 7"},
        {&bell, 2, {7, 7}, {0.05, 0.5}, 1, "bell: p50 7 must lie above p5 7"},
        {&hill, 1, {9, 5, 8}, {0.1, NAN, 0.9}, 1, "hill: p90 8 must lie above p10 9"},
        {&bell, 2, {NAN, 7}, {0.29, 0.9}, 1, "bell: p29 is nan; it must be a finite number"},
        {&bell, 1, {INFINITY, 7}, {NAN, NAN}, 1, "bell: median is inf; it must be a finite number"},
        {&bell,
         2,
         {1, 2},
         {0.1, 0.9},
         0,
         "bell: a spread cannot be widened by 0, only by a factor above 0"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double out[RC_DIST_MAX_SLOTS];
        rc_error err = {0};
        assert_int_equal(rc_dist_solve(rows[i].type, rows[i].form, rows[i].x, rows[i].p,
                                       rows[i].widen, out, &err),
                         RC_INPUT);
        assert_string_equal(err.message, rows[i].message);
    }
}

/* Widening a real percentile form leaves the median and multiplies the spread about it. */
static void widening_keeps_the_median(void **state) {
    (void)state;
    static const struct {
        const char *name;
        bool by_logarithm;
    } rows[] = {{"uniform", false}, {"normal", false}, {"lognormal", true}, {"weibull", true}};
    static const double ends[] = {5, 20}, p[] = {0.1, 0.8};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const rc_dist_type *type = rc_dist_find(rows[i].name);
        const char *names[] = {"p10", "p80"};
        size_t form, slot_of[2];
        double prob[2], q[2][3];
        assert_int_equal(rc_dist_match(type, names, 2, &form, slot_of, prob, NULL), RC_OK);
        for (int wide = 0; wide < 2; wide++) {
            double out[RC_DIST_MAX_SLOTS];
            rc_arena *arena = rc_arena_new();
            rc_dist_value values[RC_DIST_MAX_SLOTS] = {{0}};
            rc_dist *d;
            assert_int_equal(rc_dist_solve(type, form, ends, p, wide ? 1.5 : 1, out, NULL), RC_OK);
            for (size_t s = 0; s < type->forms[0].n_slots; s++)
                values[s].number = out[s];
            assert_int_equal(rc_dist_build(type, values, arena, &d, NULL), RC_OK);
            for (int k = 0; k < 3; k++) {
                double x = rc_dist_quantile(d, rc_tail_of((double[]){0.1, 0.5, 0.8}[k]));
                q[wide][k] = rows[i].by_logarithm ? log(x) : x;
            }
            rc_arena_free(arena);
        }
        assert_true(fabs(q[1][1] - q[0][1]) <= 1e-13 * fabs(q[0][1]));
        for (int k = 0; k < 3; k += 2) {
            double narrow = q[0][k] - q[0][1], wide = q[1][k] - q[1][1];
            if (!(fabs(wide - 1.5 * narrow) <= 1e-12 * fabs(q[0][1])))
                fail_msg("%s: %.17g from the median became %.17g", rows[i].name, narrow, wide);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_find_their_form_and_slots),
        cmocka_unit_test(wrong_calls_are_told_what_is_right),
        cmocka_unit_test(long_names_do_not_overrun),
        cmocka_unit_test(forms_become_form_0),
        cmocka_unit_test(impossible_values_are_refused),
        cmocka_unit_test(widening_keeps_the_median),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
