/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One at a time, without noise: closed forms, effects that turn back, risks, groups, outputs
 * without a value, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "study.h"

static const double z90 = 1.2815515655446004, z95 = 1.6448536269514727;

static void assert_row(const rc_ranking *r, const char *name, double swing, double low,
                       double high) {
    const rc_ranked *row = study_row(r, name);
    const double truth[3] = {swing, low, high};
    for (int c = 0; c < 3; c++) {
        double x = row->score[c].value;
        if (!(fabs(x - truth[c]) <= 1e-9 * (1 + fabs(truth[c])))) {
            print_error("%s %s: %.17g, not %.17g\n", name, r->method->scores[c], x, truth[c]);
            fail();
        }
        assert_true(row->score[c].low == x && row->score[c].high == x); /* exact */
    }
    assert_true(row->probability == 1 && row->best == row->rank && row->worst == row->rank);
}

static const char linear[] = "roicast: 1\n"
                             "inputs:\n"
                             "  x1: normal(3, 1)\n"
                             "  x2: normal(5, 2)\n"
                             "  x3: uniform(0, 10)\n"
                             "  x4: normal(0, 1)\n"
                             "outputs:\n"
                             "  y: 100 + 2 * x1 - 3 * x2 + x3\n"
                             "  square: x1^2 + (x2 - 5)^2 + 0 * x3\n";

static void linear_model(void **state) {
    (void)state;
    studied x;
    assert_int_equal(study_outline(&x, linear, "y"), RC_OK);
    rc_ranking r = study_rank(&x, "oat");
    double base = 100 + 6 - 15 + 5;
    assert_true(fabs(r.base - base) < 1e-9 && r.fact.value == r.base);
    assert_row(&r, "x1", 4 * z90, base - 2 * z90, base + 2 * z90);
    assert_row(&r, "x2", 12 * z90, base + 6 * z90, base - 6 * z90);
    assert_row(&r, "x3", 8, base - 4, base + 4);
    assert_row(&r, "x4", 0, base, base);
    assert_true(study_row(&r, "x4")->chance && !study_row(&r, "x1")->chance);
    assert_string_equal(r.rows[0].bar->name, "x2");
    assert_true(fabs(study_row(&r, "x3")->input[0] - 1) < 1e-12);
    x.rerun.low = 5;
    x.rerun.high = 95;
    r = study_rank(&x, "oat");
    assert_row(&r, "x2", 12 * z95, base + 6 * z95, base - 6 * z95);
    study_end(&x);
}

/* x2 turns back at its median: both ends lie above the base, and neither says how far it goes */
static void squares(void **state) {
    (void)state;
    studied x;
    assert_int_equal(study_outline(&x, linear, "square"), RC_OK);
    rc_ranking r = study_rank(&x, "oat");
    double a = (3 - z90) * (3 - z90), b = (3 + z90) * (3 + z90);
    assert_row(&r, "x1", b - a, a, b);
    assert_row(&r, "x2", 4 * z90 * z90, 9 + 4 * z90 * z90, 9 + 4 * z90 * z90);
    assert_true(study_row(&r, "x2")->same_side && !study_row(&r, "x1")->same_side);
    study_end(&x);
}

static const char project[] =
    "roicast: 1\n"
    "timeline: {years: 2}\n"
    "inputs:\n"
    "  gain: {value: \"normal(100, 10)\", group: both}\n"
    "  fee: {value: \"normal(20, 2) + uniform(0, 2)\", group: both}\n"
    "benefits:\n"
    "  sales: {value: gain, kind: saving}\n"
    "costs:\n"
    "  fees: {value: fee}\n"
    "  start: {value: 100, per: once}\n"
    "risks:\n"
    "  rare: {probability: 3%, impact: \"uniform(20, 60)\", at: 1, group: both}\n"
    "  likely: {probability: 60%, stop: [sales], at: 1}\n"
    "outputs: {none: log(gain - 110)}\n";

static void risks_and_groups(void **state) {
    (void)state;
    studied x;
    assert_int_equal(study_outline(&x, project, "npv"), RC_OK);
    rc_ranking r = study_rank(&x, "oat");
    double g = 10 * z90, f = 2 * z90, base = 100 - 2 * 21 - 100; /* one year of sales: it stops */
    assert_true(fabs(r.base - base) < 1e-9);
    assert_row(&r, "gain", 2 * g, base - g, base + g);
    assert_row(&r, "fee", 4 * (f + 0.8), base + 2 * (f + 0.8), base - 2 * (f + 0.8));
    assert_row(&r, "rare", 40, base, base - 40);
    assert_row(&r, "likely", 100, base + 100, base); /* it happens in the base case */
    /* together: fees with the same sign as gains, the risk at the high end */
    double low = base - g + 2 * (f + 0.8), high = base + g - 2 * (f + 0.8) - 40;
    double span = fmax(fmax(low, high), base) - fmin(fmin(low, high), base);
    assert_row(&r, "both", span, low, high);
    study_end(&x);
}

/* A payback that is never reached is infinite, a logarithm of what is negative has no value */
static void without_value(void **state) {
    (void)state;
    studied x;
    assert_int_equal(study_outline(&x, project, "payback"), RC_OK);
    rc_ranking r = study_rank(&x, "oat");
    assert_true(isinf(r.base));
    assert_true(isinf(study_row(&r, "likely")->score[0].value));
    assert_true(fabs(study_row(&r, "likely")->score[1].value - (1 + 21.0 / 79)) < 1e-9);
    assert_true(study_row(&r, "gain")->score[0].value == 0); /* never, at both ends */
    study_end(&x);
    assert_int_equal(study_outline(&x, project, "none"), RC_OK);
    r = study_rank(&x, "oat");
    assert_true(isnan(r.base) && isnan(study_row(&r, "gain")->score[0].value));
    assert_false(study_row(&r, "gain")->chance);
    assert_true(fabs(study_row(&r, "gain")->score[2].value - log(10 * z90 - 10)) < 1e-9);
    study_end(&x);
}

static void refused(void **state) {
    (void)state;
    studied x;
    rc_ranking r;
    const rc_method_type *oat = rc_method_find("oat");
    static const char *const targets[] = {"y.p5", "y.mean", "below_zero(y)"};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(study_outline(&x, linear, targets[i]), RC_OK);
        assert_int_equal(rc_rank(x.study, oat, &r, &x.err), RC_USAGE);
        assert_non_null(strstr(x.err.message, "take --target y"));
        study_end(&x);
    }
    assert_int_equal(study_outline(&x, linear, "y"), RC_OK);
    assert_int_equal(rc_rank(x.study, rc_method_find("rank"), &r, &x.err), RC_USAGE);
    study_end(&x);
    studied t;
    assert_int_equal(study_text(&t, linear, "y", (rc_run_options){.trials = 4096, .seed = 1}),
                     RC_OK);
    assert_int_equal(rc_study_new(t.result, "y", NULL, NULL, 1, t.arena, &t.study, &t.err), RC_OK);
    assert_int_equal(rc_rank(t.study, oat, &r, &t.err), RC_USAGE);
    assert_non_null(strstr(t.err.message, "only the result"));
    study_end(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linear_model),     cmocka_unit_test(squares),
        cmocka_unit_test(risks_and_groups), cmocka_unit_test(without_value),
        cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
