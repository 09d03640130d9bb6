/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables against the cdf of their instance: u-error on even and random points, both tails; the same
 * bits on every instruction set; discrete tables equal the quantile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/arena.h"
#include "core/isa.h"
#include "dist/dist.h"
#include "dist/normal_quantile.h"
#include "dist/table.h"
#include "dist/table_kernels.h"
#include "parse_dist.h"

#include <math.h>
#include <string.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static const char *const smooth[] = {
    "pert(10, 20, 60)",
    "pert(0, 1, 10)",
    "pert(-5, -5, 3)",
    "pert(1, 4, 9, 20)",
    "beta(2, 5)",
    "beta(0.5, 0.5)",
    "beta(0.1, 3)",
    "beta(300, 40)",
    "beta(1, 1, lower=-2, upper=2)",
    "gamma(2.5)",
    "gamma(0.5)",
    "gamma(0.1, 7)",
    "gamma(1)",
    "gamma(500, 0.01)",
    "student_t(3)",
    "student_t(1)",
    "student_t(40, location=5, scale=2)",
    "truncate(normal(10, 4), lower=0, upper=25)",
    "truncate(gamma(2.5), lower=1)",
    "mixture([gamma(3), gamma(20)], [2, 1])",
    "chi_squared(0.2)",
    "f_ratio(5, 12)",
    "f_ratio(1, 3)",
    "student_t(0.5)",
    "inverse_gaussian(mean=30, sd=10)",
    "inverse_gaussian(1, 0.01)",
    "inverse_gaussian(1, 1e-6)",
    "inverse_gaussian(1, 1e12)",
    "scale(gamma(2.5), -3)",
    "shift(gamma(2.5), 1e6)",
    "truncate(normal(0, 1), lower=-1)",
    "truncate(student_t(3), lower=-9)",
    "truncate(lognormal(mean=10, sd=5), lower=2)",
    "beta(1e6, 3)",
    "gamma(1e12)",
};

static const char *const steps[] = {
    "poisson(0.05)", "poisson(3.5)", "poisson(4000)", "binomial(10, 0.3)", "binomial(1000, 0.9)",
};

static void (*const draw[])(const rc_dist_table *, const double *, double *, size_t) = {
    rc_dist_table_draw_sse2,
    rc_dist_table_draw_avx2,
    rc_dist_table_draw_avx512,
};

enum { POINTS = 20000 };

/* Half evenly spread, a quarter evenly in ln v down to 2^-54, the edges of octaves. */
static void make_points(double *w, size_t n) {
    uint64_t s = 88172645463325252u;
    for (size_t i = 0; i < n; i++) {
        s ^= s << 13, s ^= s >> 7, s ^= s << 17;
        double v = ((double)(s >> 12) + 0.5) * 0x1p-53;
        if (i % 4 == 1)
            v = exp2(-1 - 53 * v * 2);
        if (i % 64 == 2)
            v = exp2(-2 - (double)(i / 64 % 20)); /* an edge */
        w[i] = i & 1 ? v : -v;
        if (i % 128 == 6)
            w[i] = s & 512 ? 0.5 : -0x1p-54;
    }
}

static const rc_dist *made(const char *text, rc_arena *arena) {
    parsed_dist parsed;
    rc_error err = {0};
    const char *s = text;
    if (parse_dist(&s, arena, &parsed, &err) != RC_OK)
        fail_msg("%s: %s", text, err.message);
    return parsed.dist;
}

static void check_bits(const char *text, const rc_dist_table *t, const double *w, double *x,
                       double *other, size_t n) {
    draw[0](t, w, x, n);
    for (int isa = 0; isa < RC_ISA_COUNT; isa++) {
        if (!rc_isa_supported((rc_isa)isa))
            continue;
        memcpy(other, w, n * sizeof *w);
        draw[isa](t, other, other, n); /* in place */
        if (memcmp(x, other, n * sizeof *x) != 0)
            fail_msg("%s differs on %s", text, rc_isa_name((rc_isa)isa));
    }
}

/* The u-error of a draw may be 1e-10, and 1e-9 of the tail; the cdf itself has 1e-12 of the tail,
 * and a rounding of x moves it by f(x) times half an ulp: once in the draw, and in the table's
 * values, of which interpolation can make twice as much. */
static void smooth_tables_hold_the_u_error(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof smooth / sizeof *smooth; i++) {
        rc_arena *arena = rc_arena_new();
        const rc_dist *d = made(smooth[i], arena);
        const rc_table_maker *maker = rc_table_maker_new(arena);
        double start = now();
        const rc_dist_table *t = rc_dist_table_build(maker, d, arena);
        double built = now() - start;
        if (t == NULL)
            fail_msg("%s has no table", smooth[i]);
        double *w = RC_NEW(arena, double, POINTS), *x = RC_NEW(arena, double, POINTS);
        double *other = RC_NEW(arena, double, POINTS), worst = 0;
        make_points(w, POINTS);
        check_bits(smooth[i], t, w, x, other, POINTS);
        for (int j = 0; j < POINTS; j++) {
            double v = fabs(w[j]), at = rc_dist_cdf(d, x[j], w[j] < 0), error = fabs(at - v);
            double nearby = rc_dist_cdf(d, nextafter(x[j], 1e300), w[j] < 0);
            double allowed = (1e-9 * v < 1e-10 ? 1e-9 * v : 1e-10) + 2 * fabs(nearby - at) + 4e-16;
            if (!(error <= allowed))
                fail_msg("%s: the draw %.17g for %.17g has the u-error %.3g", smooth[i], x[j], w[j],
                         error);
            worst = v > 1e-6 && error / v > worst ? error / v : worst;
        }
        double best = INFINITY;
        for (int round = 0; round < 20; round++) {
            rc_isa isa = rc_isa_best();
            uint64_t s = 0x9e3779b97f4a7c15u * (uint64_t)(round + 1);
            for (int k = 0; k < 512; k++) {
                s ^= s << 13, s ^= s >> 7, s ^= s << 17;
                double v = ((double)(s >> 12) + 0.5) * 0x1p-53;
                w[k] = s & 1 ? v : -v;
            }
            start = now();
            for (int again = 0; again < 50; again++)
                draw[isa](t, w, other, 512);
            double took = (now() - start) / (50 * 512) * 1e9;
            best = took < best ? took : best;
        }
        print_message("%-45s built in %6.0f us, split %u, exact %.1e, error %.1e, %.2f ns\n",
                      smooth[i], 1e6 * built, t->split, t->exact, worst, best);
        rc_arena_free(arena);
    }
}

static void step_tables_equal_the_quantile(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        rc_arena *arena = rc_arena_new();
        const rc_dist *d = made(steps[i], arena);
        const rc_table_maker *maker = rc_table_maker_new(arena);
        double start = now();
        const rc_dist_table *t = rc_dist_table_build(maker, d, arena);
        double built = now() - start;
        if (t == NULL)
            fail_msg("%s has no table", steps[i]);
        double *w = RC_NEW(arena, double, POINTS), *x = RC_NEW(arena, double, POINTS);
        double *other = RC_NEW(arena, double, POINTS);
        make_points(w, POINTS);
        for (int j = 0; j < 1000; j++) { /* exactly at the steps, and next to them */
            double at = rc_dist_cdf(d, rc_dist_quantile(d, w[j]), w[j] < 0);
            if (at > 0x1p-54 && at < 0.5)
                w[j] = copysign(j % 2 ? at : nextafter(at, j % 4 ? 0 : 1), w[j]);
        }
        check_bits(steps[i], t, w, x, other, POINTS);
        for (int j = 0; j < POINTS; j++)
            if (x[j] != rc_dist_quantile(d, w[j]))
                fail_msg("%s: %.17g for %.17g, but %.17g is right", steps[i], x[j], w[j],
                         rc_dist_quantile(d, w[j]));
        print_message("%-45s built in %6.0f us\n", steps[i], 1e6 * built);
        rc_arena_free(arena);
    }
}

/* Atoms: draws are the exact quantile next to them. */
static void mixtures_with_atoms_are_met(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    const rc_dist *d = made("mixture([gamma(3), 2, 7], [3, 1, 1])", arena);
    const rc_table_maker *maker = rc_table_maker_new(arena);
    const rc_dist_table *t = rc_dist_table_build(maker, d, arena);
    assert_non_null(t);
    double *w = RC_NEW(arena, double, POINTS), *x = RC_NEW(arena, double, POINTS);
    double *other = RC_NEW(arena, double, POINTS);
    make_points(w, POINTS);
    check_bits("mixture", t, w, x, other, POINTS);
    int at_two = 0;
    for (int j = 0; j < POINTS; j++) {
        double exact = rc_dist_quantile(d, w[j]);
        at_two += x[j] == 2;
        assert_true(fabs(x[j] - exact) <= 1e-8 * (1 + fabs(exact)));
        assert_true((x[j] == 2) == (exact == 2) && (x[j] == 7) == (exact == 7));
    }
    assert_true(at_two > POINTS / 20);
    rc_arena_free(arena);
}

/* ---- What a table costs -----------------------------------------------------------------------
 */

static int asked;
static const rc_dist_type *counted;

static double counted_cdf(const rc_dist *d, double x, bool upper) {
    asked++;
    return counted->cdf(d, x, upper);
}
static double counted_quantile(const rc_dist *d, double w) {
    asked++;
    return counted->quantile(d, w);
}

/* An octave of a side takes one point of the cdf, where the family has a score; a skewed one a few
 * more. Exact values may be dear: no table asks for very many. */
static void tables_take_few_exact_values(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int most;
    } rows[] = {
        {"pert(10, 20, 60)", 50},
        {"beta(2, 5)", 50},
        {"gamma(2.5)", 50},
        {"student_t(3)", 50},
        {"f_ratio(5, 12)", 50},
        {"inverse_gaussian(mean=30, sd=10)", 50},
        {"inverse_gaussian(1, 0.01)", 150},
        {"inverse_gaussian(1, 1e-6)", 150},
        {"gamma(0.001)", 2000},
        {"beta(0.001, 0.001)", 2000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        rc_arena *arena = rc_arena_new();
        rc_dist d = *made(rows[i].text, arena);
        rc_dist_type type = *d.type;
        counted = d.type;
        type.cdf = counted_cdf;
        type.quantile = counted_quantile;
        d.type = &type;
        asked = 0;
        rc_dist_table_build(rc_table_maker_new(arena), &d, arena);
        if (asked > rows[i].most)
            fail_msg("%s: asked %d times, %d are enough", rows[i].text, asked, rows[i].most);
        rc_arena_free(arena);
    }
}

/* Equal instances share a table; threads are not seen in it. */
static void equal_instances_share_a_table(void **state) {
    (void)state;
    static const char *const texts[] = {
        "pert(10, 20, 60)",   "gamma(2.5)",         "uniform(0, 1)",
        "pert(10, 20, 60)",   "pert(10, 20, 61)",   "poisson(3.5)",
        "shift(gamma(2), 1)", "shift(gamma(2), 1)", "shift(gamma(3), 1)"};
    enum { N = sizeof texts / sizeof *texts };
    rc_arena *arena = rc_arena_new();
    rc_dist *one[N], *three[N];
    for (int i = 0; i < N; i++) {
        one[i] = RC_NEW(arena, rc_dist, 1);
        three[i] = RC_NEW(arena, rc_dist, 1);
        *one[i] = *made(texts[i], arena);
        *three[i] = *made(texts[i], arena);
    }
    rc_dist_prepare(one, N, 1, arena);
    rc_dist_prepare(three, N, 3, arena);
    rc_dist_prepare(one, 0, 1, arena); /* none is fine */
    for (int i = 0; i < N; i++)
        for (int j = 0; j < i; j++)
            assert_int_equal(one[i]->table != NULL && one[i]->table == one[j]->table,
                             one[i]->table != NULL && strcmp(texts[i], texts[j]) == 0);
    assert_null(one[2]->table); /* it has a quantile_block */
    for (int i = 0; i < N; i++) {
        const rc_dist_table *a = one[i]->table, *b = three[i]->table;
        assert_int_equal(a != NULL, b != NULL);
        if (a != NULL && a->rows != NULL)
            assert_memory_equal(a->rows, b->rows,
                                2 * (a->half + 2) * RC_TABLE_ROW * sizeof(double));
    }
    rc_arena_free(arena);
}

/* ---- The kernels of building ------------------------------------------------------------------
 */

/* Tables of functions of the normal quantile rest on both being the same bits as one by one. */
static void normal_values_are_those_of_the_quantile(void **state) {
    (void)state;
    enum { N = 4096 };
    static const char *const texts[] = {"normal(10, 3)", "lognormal(1, 0.4)",
                                        "lognormal(mu=1, sigma=2, shift=-7)"};
    _Alignas(64) static double w[N], z[N], x[N];
    make_points(w, N);
    for (int i = 0; i < N; i++)
        w[i] = fabs(w[i]) < 0x1p-18 || fabs(w[i]) >= 0.5 ? 0.3 : fabs(w[i]);
    for (int isa = 0; isa < RC_ISA_COUNT; isa++) {
        if (!rc_isa_supported((rc_isa)isa))
            continue;
        rc_table_kernels_for((rc_isa)isa)->normal(w, z, N);
        for (int i = 0; i < N; i++)
            assert_true(z[i] == rc_normal_quantile(w[i]));
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            rc_arena *arena = rc_arena_new();
            const rc_dist *d = made(texts[k], arena);
            for (size_t t = 0; t < rc_dist_count(); t++)
                if (rc_dist_at(t, RC_ISA_sse2) == d->type)
                    rc_dist_at(t, (rc_isa)isa)->from_normal(d, z, x, N);
            for (int i = 0; i < N; i++)
                assert_true(x[i] == rc_dist_quantile(d, w[i]));
            rc_arena_free(arena);
        }
    }
}

static bool alike(const double *a, const double *b, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (a[i] == a[i] || b[i] == b[i])
            if (memcmp(&a[i], &b[i], sizeof *a) != 0)
                return false;
    return true;
}

/* Rows of a made-up polynomial, some with NaN and some too steep for a short row. */
static void kernels_build_the_same_bits(void **state) {
    (void)state;
    enum { ROUNDS = 300, SPLIT = 5, PARTS = 1 << SPLIT, ROWS = 8 };
    static double shorter[RC_ISA_COUNT][4 * PARTS];
    uint64_t s = 88172645463325252u;
    size_t bad = 0, all = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double columns[RC_TABLE_ROW][RC_TABLE_ROW], values[RC_TABLE_ASKED], size = 1;
        double row[RC_ISA_COUNT][RC_TABLE_ROW], whole[ROWS][RC_TABLE_ROW];
        rc_table_fit fit[RC_ISA_COUNT] = {0};
        unsigned finer = (unsigned)(round % 3 + 2);
        for (int i = 0; i < RC_TABLE_ROW * RC_TABLE_ROW; i++) {
            s ^= s << 13, s ^= s >> 7, s ^= s << 17;
            columns[i / RC_TABLE_ROW][i % RC_TABLE_ROW] = size * ((double)(s >> 12) * 0x1p-52);
            size = i % RC_TABLE_ROW == RC_TABLE_ROW - 1 ? 1 : size * (round % 2 ? 0.02 : 0.3);
        }
        for (int i = 0; i < RC_TABLE_ASKED; i++)
            values[i] = round % 50 == 7 ? 3 : round % 50 == 9 && i == 4 ? NAN : i + 0.1 * i * i;
        for (int isa = 0; isa < RC_ISA_COUNT; isa++) {
            if (!rc_isa_supported((rc_isa)isa))
                continue;
            const rc_table_kernels *k = rc_table_kernels_for((rc_isa)isa);
            k->interpolate((const double(*)[RC_TABLE_ROW])columns, values, row[isa], &fit[isa]);
            for (int i = 0; i < ROWS; i++)
                for (int j = 0; j < RC_TABLE_ROW; j++)
                    whole[i][j] = row[0][j] * (1 + 0.1 * i);
            bad += k->quick(whole[0], finer, 0.25, SPLIT, shorter[isa]);
            all += PARTS;
            assert_true(alike(row[isa], row[0], RC_TABLE_ROW));
            assert_true(alike(shorter[isa], shorter[0], sizeof shorter[0] / sizeof(double)));
            assert_true(alike(fit[isa].error, fit[0].error, RC_TABLE_CHECKS));
            assert_int_equal(fit[isa].constant, round % 50 == 7);
        }
    }
    assert_true(bad > all / 20 && bad < all - all / 20); /* both kinds were met */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_values_are_those_of_the_quantile),
        cmocka_unit_test(kernels_build_the_same_bits),
        cmocka_unit_test(tables_take_few_exact_values),
        cmocka_unit_test(equal_instances_share_a_table),
        cmocka_unit_test(smooth_tables_hold_the_u_error),
        cmocka_unit_test(step_tables_equal_the_quantile),
        cmocka_unit_test(mixtures_with_atoms_are_met),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
