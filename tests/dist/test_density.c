/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A density integrates, from one quantile to the next, to the probability between them. The ends
 * are rounded: the density there times a few units in the last place is allowed for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parse_dist.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>

static double density(double x, void *context) {
    const rc_dist *d = context;
    return d->type->density(d, x);
}

/* Returns how many pieces were compared: none where a child has no density or there are atoms. */
static int compare(const char *text, rc_dist *d) {
    static const double w[] = {1e-9, 1e-4, 0.01, 0.2, 0.4, -0.49, -0.3, -0.05, -1e-3, -1e-7};
    gsl_integration_workspace *work = gsl_integration_workspace_alloc(4000);
    gsl_function f = {density, d};
    int pieces = 0;
    for (size_t i = 0; i + 1 < sizeof w / sizeof *w; i++) {
        double from = rc_dist_quantile(d, w[i]), to = rc_dist_quantile(d, w[i + 1]), sum, error;
        double expected = w[i + 1] - w[i] + (w[i] > 0 && w[i + 1] < 0 ? 1 : 0);
        if (!(density(from, d) >= 0))
            break;
        gsl_integration_qag(&f, from, to, 0, 1e-11, 4000, GSL_INTEG_GAUSS31, work, &sum, &error);
        double rounding = 0x1p-51 * (density(from, d) * fabs(from) + density(to, d) * fabs(to));
        if (!(fabs(sum - expected) <= 1e-10 * expected + error + rounding))
            fail_msg("%s: the density's integral from %.17g to %.17g is %.17g, not %.17g", text,
                     from, to, sum, expected);
        pieces++;
    }
    gsl_integration_workspace_free(work);
    return pieces;
}

static void densities_integrate_to_the_probability(void **state) {
    (void)state;
    gsl_set_error_handler_off();
    for (size_t t = 0; t < rc_dist_count(); t++) {
        const rc_dist_type *type = rc_dist_at(t, RC_ISA_sse2);
        int pieces = 0;
        if (type->density == NULL || type->discrete || strcmp(type->name, "mixture") == 0)
            continue;
        for (const rc_dist_oracle *o = type->oracles; o->text != NULL; o++) {
            rc_arena *arena = rc_arena_new();
            rc_error err = {0};
            parsed_dist made;
            const char *s = o->text;
            if (parse_dist(&s, arena, &made, &err) != RC_OK)
                fail_msg("%s: %s", o->text, err.message);
            double low, high;
            rc_dist_support(made.dist, &low, &high);
            pieces += compare(o->text, made.dist);
            double outside = isfinite(low) ? type->density(made.dist, low - 1) : 0;
            assert_true(outside == 0 || outside != outside);
            rc_arena_free(arena);
        }
        if (pieces == 0)
            fail_msg("%s: nothing was compared", type->name);
    }
}

/* Two points close together: the density's ratio is e^(integral of the score), by Simpson's rule
 * with the score's quadratics as expanded in one of them and as computed in the others. */
static void scores_belong_to_the_densities(void **state) {
    (void)state;
    static const double w[] = {1e-6, 0.01, 0.2, -0.4, -0.1, -1e-4};
    int compared = 0;
    for (size_t t = 0; t < rc_dist_count(); t++) {
        const rc_dist_type *type = rc_dist_at(t, RC_ISA_sse2);
        for (const rc_dist_oracle *o = type->oracles; type->score != NULL && o->text != NULL; o++) {
            rc_arena *arena = rc_arena_new();
            rc_error err = {0};
            parsed_dist made;
            const char *s = o->text;
            assert_int_equal(parse_dist(&s, arena, &made, &err), RC_OK);
            for (size_t i = 0; i < sizeof w / sizeof *w; i++) {
                double x = rc_dist_quantile(made.dist, w[i]), v = fabs(w[i]);
                double h = 0.002 * v / density(x, made.dist) * (w[i] > 0 ? -1 : 1); /* outwards */
                double num[3], den[3], far_num[3], far_den[3], sum = 0, end;
                if (!type->score(made.dist, x, num, den) || x + h == x || 1e6 * fabs(h) < fabs(x))
                    continue;
                for (int k = 0; k <= 4; k++) {
                    double by = h * k / 4, at = x + by;
                    double there = (num[0] + by * (num[1] + by * num[2])) /
                                   (den[0] + by * (den[1] + by * den[2]));
                    assert_true(type->score(made.dist, at, far_num, far_den));
                    end = far_num[0] / far_den[0];
                    if (!(fabs(end - there) <= 1e-8 * (fabs(end) + 1 / fabs(h))))
                        fail_msg("%s: score %.12g at %.12g, %.12g by expansion", o->text, end, at,
                                 there);
                    sum += end * (k % 4 == 0 ? 1 : k % 2 == 1 ? 4 : 2);
                }
                double grown = log(density(x + h, made.dist) / density(x, made.dist));
                if (!(fabs(grown - sum * h / 12) <= 1e-7))
                    fail_msg("%s: ln f grows by %.12g from %.12g, its score says %.12g", o->text,
                             grown, x, sum * h / 12);
                compared++;
            }
            rc_arena_free(arena);
        }
    }
    assert_true(compared > 150);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(densities_integrate_to_the_probability),
                                       cmocka_unit_test(scores_belong_to_the_densities)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
