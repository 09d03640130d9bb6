/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tail probabilities of distributions of counts against exact sums, and shift and scale against the
 * distribution that they move. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parse_dist.h"

static const rc_dist *made_from(const char *text, rc_arena *arena) {
    rc_error err = {0};
    parsed_dist made;
    if (parse_dist(&text, arena, &made, &err) != RC_OK)
        fail_msg("%s", err.message);
    return made.dist;
}

/* mpmath 1.2, 60 digits: sums of exact probabilities (hypergeometric), incomplete beta (negative
 * binomial), powers (geometric). */
static const struct {
    const char *text;
    double k, below, above; /* P(X <= k), P(X > k) */
} known[] = {
    {"hypergeometric(10, 40, 100)", 0, 0.0043554407710458903, 0.99564455922895411},
    {"hypergeometric(10, 40, 100)", 3, 0.37423758246308589, 0.62576241753691411},
    {"hypergeometric(10, 40, 100)", 9, 0.9999510314630635, 4.8968536936504195e-5},
    {"hypergeometric(500, 3000, 100000)", 0, 2.3391286063366595e-7, 0.99999976608713937},
    {"hypergeometric(500, 3000, 100000)", 2, 3.2061719941613642e-5, 0.99996793828005839},
    {"hypergeometric(500, 3000, 100000)", 15, 0.56810553004977698, 0.43189446995022302},
    {"hypergeometric(500, 3000, 100000)", 40, 0.99999998958120349, 1.0418796509107336e-8},
    {"hypergeometric(500, 3000, 100000)", 80, 1.0, 5.3480556865652715e-35},
    {"hypergeometric(90, 40, 100)", 30, 4.8968536936504195e-5, 0.9999510314630635},
    {"hypergeometric(90, 40, 100)", 36, 0.62576241753691411, 0.37423758246308589},
    {"hypergeometric(90, 40, 100)", 39, 0.99564455922895411, 0.0043554407710458903},
    {"hypergeometric(30, 45, 60)", 15, 2.9160668479164216e-6, 0.99999708393315208},
    {"hypergeometric(30, 45, 60)", 22, 0.5, 0.5},
    {"hypergeometric(30, 45, 60)", 29, 0.99999708393315208, 2.9160668479164216e-6},
    {"negative_binomial(5, 0.4)", 0, 0.010240000000000003, 0.98976},
    {"negative_binomial(5, 0.4)", 8, 0.64695815372800006, 0.35304184627199994},
    {"negative_binomial(5, 0.4)", 90, 0.99999999999999944, 5.6451990628682073e-16},
    {"negative_binomial(0.5, 0.1)", 0, 0.31622776601683794, 0.68377223398316206},
    {"negative_binomial(0.5, 0.1)", 8, 0.82563651160112959, 0.17436348839887041},
    {"negative_binomial(0.5, 0.1)", 90, 0.99998774710808835, 1.2252891911646272e-5},
    {"negative_binomial(0.001, 1e-9)", 0, 0.97948998540869887, 0.020510014591301128},
    {"negative_binomial(0.001, 1e-9)", 1000, 0.98684862752920701, 0.01315137247079299},
    {"negative_binomial(0.001, 1e-9)", 30000000, 0.99704446486050041, 0.0029555351394995881},
    {"negative_binomial(2000, 0.02)", 80000, 2.0393519176030824e-18, 1.0},
    {"negative_binomial(2000, 0.02)", 98000, 0.50306380811320386, 0.49693619188679614},
    {"negative_binomial(2000, 0.02)", 115000, 0.99999999999984169, 1.5831286145998967e-13},
    {"geometric(0.3)", 0, 0.29999999999999999, 0.70000000000000001},
    {"geometric(0.3)", 7, 0.94235198999999999, 0.057648010000000007},
    {"geometric(0.3)", 80, 0.99999999999971625, 2.8375350918001107e-13},
    {"geometric(1e-9)", 0, 1.0000000000000001e-9, 0.999999999},
    {"geometric(1e-9)", 80, 8.099999676000009e-8, 0.99999991900000324},
};

/* Stirling errors and deviances grow with the parameters: 1e-12 relative in both tails. */
static void tails_equal_exact_sums(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        rc_arena *arena = rc_arena_new();
        const rc_dist *d = made_from(known[i].text, arena);
        double below = rc_dist_cdf(d, known[i].k, false), above = rc_dist_cdf(d, known[i].k, true);
        if (!(fabs(below - known[i].below) <= 1e-12 * known[i].below &&
              fabs(above - known[i].above) <= 1e-12 * known[i].above))
            fail_msg("%s at %g: %.17g and %.17g, not %.17g and %.17g", known[i].text, known[i].k,
                     below, above, known[i].below, known[i].above);
        assert_true(rc_dist_cdf(d, known[i].k + 0.5, false) == below);
        double just_before = known[i].k - 0x1p-20;
        assert_true(rc_dist_cdf(d, just_before, false) < below ||
                    rc_dist_cdf(d, just_before, true) > above);
        rc_arena_free(arena);
    }
}

static const double tails[] = {0x1p-54, 1e-12, 1e-6, 0.01, 0.2, 0.31, 0.4999};

static void a_negative_scale_mirrors_to_the_last_bit(void **state) {
    (void)state;
    static const char *const shapes[] = {"normal(3, 2)", "lognormal(0, 1)", "pert(1, 2, 7)",
                                         "poisson(3.5)", "mixture([normal(0, 1), 3], [1, 2])"};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        rc_arena *arena = rc_arena_new();
        const rc_dist *d = made_from(shapes[i], arena);
        const rc_dist *mirror =
            made_from(rc_arena_printf(arena, "scale(%s, -1)", shapes[i]), arena);
        for (size_t k = 0; k < sizeof tails / sizeof *tails; k++)
            for (int side = -1; side <= 1; side += 2) {
                double w = side * tails[k], x = rc_dist_quantile(d, w);
                assert_true(rc_dist_quantile(mirror, -w) == -x);
                double before = nextafter(x, -INFINITY); /* P(-X <= -x) = P(X >= x) */
                assert_true(rc_dist_cdf(mirror, -x, false) == rc_dist_cdf(d, before, true));
                assert_true(rc_dist_cdf(mirror, -x, true) == rc_dist_cdf(d, before, false));
            }
        rc_arena_free(arena);
    }
}

/* An atom lies where the rounded sum or product lies, with its whole probability. */
static void atoms_are_moved_whole(void **state) {
    (void)state;
    static const double by[] = {0.1, 1000.1, -7.3, 1e9 / 3, 3e-7, -1e-3};
    for (size_t i = 0; i < sizeof by / sizeof *by; i++)
        for (int scaled = 0; scaled < 2; scaled++) {
            rc_arena *arena = rc_arena_new();
            const rc_dist *d = made_from("binomial(40, 0.4)", arena);
            const rc_dist *moved = made_from(rc_arena_printf(arena, "%s(binomial(40, 0.4), %.17g)",
                                                             scaled ? "scale" : "shift", by[i]),
                                             arena);
            bool falls = scaled && by[i] < 0;
            for (double k = 0; k <= 40; k++) {
                double y = scaled ? k * by[i] : k + by[i];
                double at = falls ? rc_dist_cdf(d, k - 1, true) : rc_dist_cdf(d, k, false);
                double before = falls ? rc_dist_cdf(d, k, true) : rc_dist_cdf(d, k - 1, false);
                assert_true(rc_dist_cdf(moved, y, false) == at);
                assert_true(rc_dist_cdf(moved, nextafter(y, -INFINITY), false) == before);
            }
            rc_arena_free(arena);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tails_equal_exact_sums),
        cmocka_unit_test(a_negative_scale_mirrors_to_the_last_bit),
        cmocka_unit_test(atoms_are_moved_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
