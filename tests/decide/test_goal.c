/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search for a goal, on functions whose answers are known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "decide/goal.h"

#include <math.h>

typedef struct function {
    double (*f)(double x);
    double error;
    int asked;
} function;

static rc_status number(void *data, double x, rc_estimate *y, rc_error *err) {
    function *f = data;
    (void)err;
    f->asked++;
    double value = f->f(x);
    *y = (rc_estimate){value, value - f->error, value + f->error};
    return RC_OK;
}

static double cube(double x) {
    return x * x * x;
}
static double falling(double x) {
    return 1 - 2 * x;
}
static double hill(double x) {
    return x * (1 - x);
}
static double holed(double x) {
    return x < 0.5 ? NAN : x;
}

/* Time to get the money back: never below 0.4 */
static double payback(double x) {
    return x < 0.4 ? INFINITY : 1 / x;
}

static rc_goal seek(function f, double from, double to, double bound, bool at_most) {
    rc_goal g = {.from = from, .to = to, .bound = bound, .at_most = at_most};
    assert_int_equal(rc_goal_seek(&g, number, &f, NULL), RC_OK);
    assert_true(f.asked <= RC_GOAL_GRID + RC_GOAL_BISECTIONS);
    return g;
}

/* The place is right to a bisected step of the grid, on the side where the goal is met; the
 * interval is the number's over the slope. */
static void found(void **state) {
    (void)state;
    rc_goal g = seek((function){cube, 0, 0}, -1, 3, 2, false);
    double step = 0.5 / (1 << RC_GOAL_BISECTIONS);
    assert_true(g.upwards && g.monotone && g.crossings == 1);
    assert_true(g.x.value >= cbrt(2) && g.x.value <= cbrt(2) + step);
    assert_true(g.x.high - g.x.low <= 2.1 * step);
    g = seek((function){falling, 0.01, 0}, 0, 1, 0.3, true);
    assert_true(g.upwards && fabs(g.x.value - 0.35) <= step);
    assert_true(fabs((g.x.high - g.x.low) / 2 - 0.005) <= 2 * step);
    g = seek((function){falling, 0, 0}, 0, 1, 0.3, false);
    assert_true(!g.upwards && fabs(g.x.value - 0.35) <= step && g.x.value <= 0.35);
}

static void always_and_never(void **state) {
    (void)state;
    rc_goal g = seek((function){cube, 0, 0}, 0, 1, -1, false);
    assert_true(g.always && !g.never && isnan(g.x.value));
    g = seek((function){cube, 0, 0}, 0, 1, 2, false);
    assert_true(g.never && !g.always && isnan(g.x.value));
    assert_int_equal(g.best, RC_GOAL_GRID - 1);
}

static void shapes(void **state) {
    (void)state;
    rc_goal g = seek((function){hill, 0, 0}, 0, 1, 0.1, false);
    assert_true(!g.monotone && g.crossings == 2);
    assert_true(fabs(g.x.value - (0.5 - sqrt(0.15))) < 1e-4);
    g = seek((function){hill, 0.3, 0}, 0, 1, 0.1, false); /* all within the error */
    assert_true(g.monotone);
}

/* "Never" is more than any bound, in both directions; the slope is that of the finite part. */
static void never_as_a_number(void **state) {
    (void)state;
    double step = 0.1 / (1 << RC_GOAL_BISECTIONS);
    rc_goal g = seek((function){payback, 0.01, 0}, 0, 0.8, 2, true);
    assert_true(g.upwards && g.monotone && g.crossings == 1 && !g.never);
    assert_true(fabs(g.x.value - 0.5) <= step);
    assert_true(isfinite(g.x.low) && g.x.high - g.x.low > 0.004);
    g = seek((function){payback, 0, 0}, 0, 0.8, 2, false); /* met where it is never, too */
    assert_true(!g.upwards && g.monotone && fabs(g.x.value - 0.5) <= step);
    g = seek((function){payback, 0.01, 0}, 0, 0.8, 3, true); /* met from the first finite one on */
    assert_true(g.upwards && fabs(g.x.value - 0.4) <= step && isfinite(g.x.high));
    g = seek((function){payback, 0, 0}, 0, 0.3, 2, true);
    assert_true(g.never && g.monotone && isinf(g.grid[g.best].y.value) && isnan(g.x.value));
}

static void without_a_value(void **state) {
    (void)state;
    function f = {holed, 0, 0};
    rc_goal g = {.from = 0, .to = 1, .bound = 0.7};
    rc_error err = {0};
    assert_int_equal(rc_goal_seek(&g, number, &f, &err), RC_INPUT);
    assert_string_equal(
        err.message,
        "the target has no value where the input is 0: say where to look by --from and --to");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(found),           cmocka_unit_test(always_and_never),
        cmocka_unit_test(shapes),          cmocka_unit_test(never_as_a_number),
        cmocka_unit_test(without_a_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
