/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the contract does not ask of single families: moments that do not exist, and what forms by
 * two percentiles promise, also when they are widened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parse_dist.h"

/* ---- Moments that do not exist, or are too large for a number ---------------------------------
 */

static void moments_of(const char *text, double *mean, double *sd) {
    rc_arena *arena = rc_arena_new();
    rc_error err = {0};
    parsed_dist made;
    const char *s = text;
    if (parse_dist(&s, arena, &made, &err) != RC_OK)
        fail_msg("%s: %s", text, err.message);
    made.type->moments(made.dist, mean, sd);
    rc_arena_free(arena);
}

static void heavy_tails_have_no_moments(void **state) {
    (void)state;
    double mean, sd;
    moments_of("cauchy(5, 1)", &mean, &sd);
    assert_true(isnan(mean) && isnan(sd));
    moments_of("f_ratio(5, 2)", &mean, &sd);
    assert_true(isinf(mean) && isinf(sd));
    moments_of("f_ratio(5, 3)", &mean, &sd);
    assert_true(fabs(mean - 3) <= 1e-15 && isinf(sd));
    moments_of("f_ratio(5, 4)", &mean, &sd);
    assert_true(fabs(mean - 2) <= 1e-15 && isinf(sd));
    moments_of("f_ratio(5, 4.5)", &mean, &sd);
    assert_true(isfinite(mean) && isfinite(sd));
    moments_of("johnson_su(0, 0.1)", &mean, &sd); /* e^100: large, but there */
    assert_true(mean == 0 && isfinite(sd) && sd > 1e40);
    moments_of("johnson_su(0, 0.03)", &mean, &sd); /* e^1111 */
    assert_true(mean == 0 && isinf(sd));
    moments_of("johnson_su(-8, 0.03)", &mean, &sd); /* e^822 */
    assert_true(isinf(mean) && mean > 0 && isinf(sd));
}

/* ---- Forms by two percentiles -----------------------------------------------------------------
 */

static bool is_by_two_percentiles(const rc_dist_form *form) {
    return form->n_slots == 2 && strcmp(form->slots[0].name, "p*") == 0 &&
           strcmp(form->slots[1].name, "p*") == 0;
}

static const rc_dist *solve(const rc_dist_type *type, size_t form, const double *x, const double *p,
                            double widen, rc_arena *arena) {
    double out[RC_DIST_MAX_SLOTS];
    rc_dist_value values[RC_DIST_MAX_SLOTS];
    rc_dist *d;
    rc_error err = {0};
    for (size_t i = 0; i < RC_DIST_MAX_SLOTS; i++)
        out[i] = NAN;
    if (rc_dist_solve(type, form, x, p, widen, out, &err) != RC_OK)
        fail_msg("%s: %s", type->name, err.message);
    for (size_t i = 0; i < RC_DIST_MAX_SLOTS; i++)
        values[i] = (rc_dist_value){.number = out[i]};
    if (rc_dist_build(type, values, arena, &d, &err) != RC_OK)
        fail_msg("%s: %s", type->name, err.message);
    return d;
}

static void assert_close(const rc_dist_type *type, double x, double wanted) {
    if (!(fabs(x - wanted) <= 1e-12 * fabs(wanted)))
        fail_msg("%s: %.17g instead of %.17g", type->name, x, wanted);
}

static void check_percentiles(const rc_dist_type *type, size_t form, const double *p) {
    static const double x[] = {12, 15};
    rc_arena *arena = rc_arena_new();
    const rc_dist *d = solve(type, form, x, p, 1, arena);
    const rc_dist *wide = solve(type, form, x, p, 1.5, arena);
    for (int i = 0; i < 2; i++)
        assert_close(type, rc_dist_quantile(d, rc_tail_of(p[i])), x[i]);
    assert_close(type, rc_dist_quantile(wide, 0.5), rc_dist_quantile(d, 0.5));
    for (double v = 0.01; v < 0.4; v *= 3)
        assert_true(rc_dist_quantile(wide, v) < rc_dist_quantile(d, v) &&
                    rc_dist_quantile(wide, -v) > rc_dist_quantile(d, -v));
    rc_arena_free(arena);
}

static void two_percentiles_are_met_and_widened(void **state) {
    (void)state;
    static const double p[][2] = {{0.1, 0.9}, {0.01, 0.5}, {0.5, 0.95}, {0.6, 0.7}, {0.2, 0.3}};
    int forms = 0;
    for (size_t t = 0; t < rc_dist_count(); t++) {
        const rc_dist_type *type = rc_dist_at(t, RC_ISA_sse2);
        for (size_t f = 1; f < type->n_forms; f++) {
            if (!is_by_two_percentiles(&type->forms[f]))
                continue;
            for (size_t i = 0; i < sizeof p / sizeof *p; i++)
                check_percentiles(type, f, p[i]);
            forms++;
        }
    }
    assert_true(forms >= 9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heavy_tails_have_no_moments),
        cmocka_unit_test(two_percentiles_are_met_and_widened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
