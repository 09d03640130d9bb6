/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cash_check.h"

static void table_is_filled_in(void **state) {
    (void)state;
    assert_int_equal(rc_metric_count(), 12);
    assert_null(rc_metric_at(12, RC_ISA_sse2));
    assert_null(rc_metric_find("revenue"));
    for (size_t i = 0; i < rc_metric_count(); i++) {
        const rc_metric_type *m = rc_metric_at(i, RC_ISA_sse2);
        assert_ptr_equal(rc_metric_find(m->name), m);
        assert_true(*m->label && *m->help && m->needs && m->eval);
        assert_true((unsigned char)rc_tr("zh-TW", m->label)[0] >= 0xE4); /* Chinese */
        assert_int_equal(m->eval_counting != NULL, m->several != NULL);
        for (int isa = 0; isa < RC_ISA_COUNT; isa++)
            assert_string_equal(rc_metric_at(i, (rc_isa)isa)->name, m->name);
    }
}

/* Forrester's TEI of SalesLoft, as printed. Its amounts are rounded to 1, so that a PV of up to
 * four of them is off by up to half the sum of their factors, 1.75, and half of its own last digit.
 */
static void salesloft(void **state) {
    (void)state;
    static const double costs[] = {53150, 666715, 636772, 647783};
    static const double benefits[] = {0, 1606511, 3061331, 4229760};
    book *b = new_book(1, 3, 1, .10);
    set_benefits_costs(b, 0, benefits, costs);
    assert_close(metric(b, "costs_pv"), 1672201, 1.75 + .5);
    assert_close(metric(b, "benefits_pv"), 7168371, 1.25 + .5);
    assert_close(metric(b, "npv"), 5496170, 3 + .5);
    assert_close(metric(b, "roi"), 3.2868, .00005);
    assert_close(metric(b, "gross_roi"), 4.2868, .00005);
    assert_true(metric(b, "payback") < .5);
    assert_close(metric(b, "payback"), 53150. / (1606511 - 666715), 1e-15);
    assert_close(metric(b, "peak_cash"), 53150, 0);
    free(b);
}

static void worked_examples(void **state) {
    (void)state;
    static const double costs[] = {50000, 0}, benefits[] = {0, 120000}, margin[] = {0, 60000};
    book *b = new_book(1, 1, 1, 0);
    set_benefits_costs(b, 0, benefits, costs);
    static const char *const roi[] = {"roi", "roi_nominal"}, *const gross[] = {"gross_roi",
                                                                               "gross_nominal"};
    for (int i = 0; i < 2; i++) {
        assert_close(metric(b, roi[i]), 1.4, 1e-15);
        assert_close(metric(b, gross[i]), 2.4, 1e-15);
    }
    free(b);
    b = new_book(1, 1, 1, 0);
    set_benefits_costs(b, 0, margin, costs);
    assert_close(metric(b, "roi"), .2, 1e-15);
    free(b);
    /* without costs there is no return on them */
    b = new_book(1, 1, 1, 0);
    for (int i = 0; i < 2; i++) {
        assert_true(isnan(metric(b, roi[i])));
        assert_true(isnan(metric(b, gross[i])));
    }
    free(b);
}

static void present_values(void **state) {
    (void)state;
    static const double a[] = {0, -10000, 3000, 4200, 6800};
    static const double c[] = {-40000, 8000, 9200, 10000, 12000, 14500};
    static const double d[] = {-100000, 30000, 30000, 30000, 30000, 30000};
    /* rounding of six products and sums of up to 40000 and 100000: a few times 1e-11 */
    assert_close(metric_of("npv", a, 4, 1, .10), 1188.4434123352230, 1e-11);
    assert_close(metric_of("npv", c, 5, 1, .08), 1922.0615549323722, 5e-11);
    assert_close(metric_of("npv", d, 5, 1, .10), 13723.603082253448, 1e-10);
}

static void modified_rate(void **state) {
    (void)state;
    static const double a[] = {-120000, 39000, 30000, 21000, 37000, 46000};
    book *b = new_book(1, 5, 1, .10);
    set_net(b, 0, a);
    b->rate[2][0] = .12;
    assert_close(metric(b, "mirr"), .12609413036590515, 1e-15);
    b->rate[2][0] = -1;
    assert_true(isnan(metric(b, "mirr")));
    free(b);
    /* quarters: -100, then 30 a quarter: FV = 30 (q^4 - 1)/(q - 1) with q^4 = 1.12, one year */
    static const double quarters[] = {-100, 30, 30, 30, 30};
    double q = pow(1.12, .25);
    assert_close(metric_of("mirr", quarters, 4, 4, .12), .3 * .12 / (q - 1) - 1, 1e-14);
    /* financed outflows: -100 now and -100 in a year at 25 % are 180 now; 405 after two years is 50
     * % */
    static const double two[] = {-100, -100, 405};
    assert_close(metric_of("mirr", two, 2, 1, .25), .5, 1e-15);
    static const double gain[] = {1, 2, 3}, loss[] = {-1, -2, -3}, none[] = {0, 0, 0};
    assert_true(isnan(metric_of("mirr", gain, 2, 1, .1)));
    assert_true(isnan(metric_of("mirr", loss, 2, 1, .1)));
    assert_true(isnan(metric_of("mirr", none, 2, 1, .1)));
    assert_true(isnan(metric_of("mirr", loss, 0, 1, .1)));
}

static void paybacks(void **state) {
    (void)state;
    static const double plain[] = {-100, 40, 40, 40}, exact[] = {-100, 60, 40, 9};
    static const double never[] = {-100, 10, 10, 10}, free_lunch[] = {5, 0, 1, 2};
    static const double late[] = {10, -30, 10, 40}, again[] = {-10, 20, -30, 40};
    static const double zero[] = {0, 0, 0, 0}, nan[] = {-1, 2, NAN, 3};
    assert_close(metric_of("payback", plain, 3, 1, .1), 2.5, 1e-15);
    assert_close(metric_of("payback", plain, 3, 12, .1), 2.5 / 12, 1e-16);
    assert_close(metric_of("payback", exact, 3, 4, .1), .5, 0);
    assert_true(metric_of("payback", never, 3, 1, .1) == INFINITY);
    assert_true(metric_of("discounted_payback", never, 3, 1, .1) == INFINITY);
    assert_close(metric_of("payback", free_lunch, 3, 1, .1), 0, 0);
    assert_close(metric_of("payback", zero, 3, 1, .1), 0, 0);
    assert_close(metric_of("payback", late, 3, 1, .1), 2.25, 1e-15); /* -20 in 1, -10 in 2 */
    assert_close(metric_of("payback", again, 3, 1, .1), .5, 1e-15);  /* the first time */
    assert_true(isnan(metric_of("payback", nan, 3, 1, .1)));
    /* discounted: -100, 50, 50/1.25, 0 at r = 25 % a year on 62.5, 78.125: 50 + 50 */
    static const double disc[] = {-100, 62.5, 78.125, 10};
    assert_close(metric_of("discounted_payback", disc, 3, 1, .25), 2, 1e-14);
    static const double disc2[] = {-75, 62.5, 78.125, 10};
    assert_close(metric_of("discounted_payback", disc2, 3, 1, .25), 1.5, 1e-14);
}

static void peaks(void **state) {
    (void)state;
    static const double deep[] = {-100, -20, 50, -90, 400}, none[] = {5, -5, 1, 0, 0};
    assert_close(metric_of("peak_cash", deep, 4, 1, .1), 160, 0);
    assert_close(metric_of("peak_cash", none, 4, 1, .1), 0, 0);
}

static void random_flows(book *b, uint64_t x) {
    for (unsigned k = 0; k <= b->cash.n_periods; k++)
        for (size_t i = 0; i < STRIDE; i++) {
            x = x * 6364136223846793005u + 1442695040888963407u;
            double u = (double)(x >> 11) * 0x1p-53;
            b->net[k][i] = k == 0 ? -300 * u : 200 * u - 60;
            if (i % 37 == 5)
                b->net[k][i] = k % 3 == 0 ? 0 : -b->net[k][i];
            if (i % 101 == 7 && k == 2)
                b->net[k][i] = NAN;
        }
    for (size_t i = 0; i < STRIDE; i++)
        for (int j = 0; j < 2; j++) {
            b->pv[j][i] = i % 29 == 3 ? 0 : b->net[1][i] + 70;
            b->total[j][i] = i % 31 == 3 ? 0 : b->net[2][i] + 70;
        }
}

/* Every set gives the same bits, and a lane's number does not depend on its neighbours. */
static void lanes_and_instruction_sets_agree(void **state) {
    (void)state;
    static const size_t sizes[] = {1, 7, 8, 9, 512};
    static const unsigned shapes[][2] = {{5, 1}, {20, 4}, {60, 12}, {0, 1}, {1, 1}};
    for (size_t shape = 0; shape < 5; shape++) {
        book *b = new_book(STRIDE, shapes[shape][0], shapes[shape][1], .1);
        random_flows(b, shape + 1);
        for (size_t m = 0; m < rc_metric_count(); m++) {
            double expected[STRIDE];
            const rc_metric_type *base = rc_metric_at(m, RC_ISA_sse2);
            base->eval(&b->cash, b->x);
            memcpy(expected, b->x, sizeof expected);
            size_t several = base->eval_counting ? base->eval_counting(&b->cash, b->x) : 0;
            assert_memory_equal(b->x, expected, sizeof expected);
            for (int isa = 0; isa < RC_ISA_COUNT; isa++) {
                if (!rc_isa_supported((rc_isa)isa))
                    continue;
                const rc_metric_type *type = rc_metric_at(m, (rc_isa)isa);
                for (size_t s = 0; s < 5; s++) {
                    rc_cash part = b->cash;
                    part.n_lanes = sizes[s];
                    type->eval(&part, b->x);
                    assert_memory_equal(b->x, expected, sizes[s] * sizeof *expected);
                }
                if (type->eval_counting)
                    assert_int_equal(type->eval_counting(&b->cash, b->x), several);
            }
        }
        free(b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_is_filled_in),
        cmocka_unit_test(salesloft),
        cmocka_unit_test(worked_examples),
        cmocka_unit_test(present_values),
        cmocka_unit_test(modified_rate),
        cmocka_unit_test(paybacks),
        cmocka_unit_test(peaks),
        cmocka_unit_test(lanes_and_instruction_sets_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
