/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models without chance, against numbers worked by hand. The sum that gives each number stands
 * beside it; figures are exact or given to at least 13 digits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harness.h"

#include <math.h>

#define MODEL(years, step, rest) "roicast: 1\ntimeline: {years: " #years ", step: " #step "}\n" rest
#define TWO_YEARS                "roicast: 1\ntimeline: {years: 2, step: year}\ndiscount_rate: 10%\n"

static const struct {
    const char *text, *output;
    double value;
} cases[] = {
    /* 100000 + 20000 against 50000: (120000 - 50000) / 50000 */
    {MODEL(1, year, "benefits:\n  sales: 100000\n  savings: 20000\ncosts:\n  crm: 50000\n"), "roi",
     1.4},
    /* 40 % of the sales: (40000 + 20000 - 50000) / 50000 */
    {MODEL(1, year,
           "benefits:\n  sales: {value: 100000, kind: revenue, margin: 40%}\n  savings: 20000\n"
           "costs:\n  crm: 50000\n"),
     "roi", 0.2},
    /* 110/1.1 + 121/1.21 = 200 */
    {TWO_YEARS "benefits:\n  b: {yearly: [110, 121]}\ncosts:\n  c: {value: 50, per: once}\n",
     "benefits_pv", 200},
    {TWO_YEARS "benefits:\n  b: {yearly: [110, 121]}\ncosts:\n  c: {value: 50, per: once}\n", "npv",
     150},
    /* (200 - 50)/50, and 231/50 undiscounted */
    {TWO_YEARS "benefits:\n  b: {yearly: [110, 121]}\ncosts:\n  c: {value: 50, per: once}\n", "roi",
     3},
    {TWO_YEARS "benefits:\n  b: {yearly: [110, 121]}\ncosts:\n  c: {value: 50, per: once}\n",
     "gross_nominal", 4.62},
    /* Forrester TEI of SalesLoft, as printed to the dollar: 5,496,170 */
    {MODEL(3, year,
           "discount_rate: 10%\nbenefits:\n  b: {yearly: [1606511, 3061331, 4229760]}\n"
           "costs:\n  c: {yearly: [666715, 636772, 647783], initial: 53150}\n"
           "outputs:\n  o: round(npv)\n"),
     "o", 5496170},
    /* -100 + 60 (1+i)^-1 + 72 (1+i)^-2 = 0 at i = 0.2: 50 + 50 */
    {MODEL(2, year, "benefits:\n  b: {yearly: [60, 72]}\ncosts:\n  c: {value: 100, per: once}\n"),
     "irr", 0.2},
    /* inflows at 10 % to the end: 60*1.1 + 66 = 132; (132/100)^(1/2) - 1 */
    {MODEL(2, year,
           "discount_rate: 10%\n"
           "benefits:\n  b: {yearly: [60, 66]}\ncosts:\n  c: {value: 100, per: once}\n"),
     "mirr", 0.14891252930760573},
    /* -100, then 50 a year in quarters of 12.5: back to 0 at the end of quarter 8 */
    {MODEL(3, quarter, "benefits:\n  b: 50\ncosts:\n  c: {value: 100, per: once}\n"), "payback", 2},
    /* -100 + 80 = -20, then 20/80 of the second year */
    {MODEL(3, year, "benefits:\n  b: 80\ncosts:\n  c: {value: 100, per: once}\n"), "payback", 1.25},
    /* 88/1.1 = 80, 96.8/1.21 = 80: the same with discounting */
    {TWO_YEARS "benefits:\n  b: {yearly: [88, 96.8]}\ncosts:\n  c: {value: 100, per: once}\n",
     "discounted_payback", 1.25},
    /* never: 2 * 10 < 100 */
    {MODEL(2, year, "benefits:\n  b: 10\ncosts:\n  c: {value: 100, per: once}\n"), "payback",
     INFINITY},
    /* -100 at 0, -100 + 30 - 60 = -130 after year 1, +30 - 0 after */
    {MODEL(2, year,
           "benefits:\n  b: 30\ncosts:\n  c: {value: 100, per: once}\n  d: {yearly: [60, 0]}\n"),
     "peak_cash", 130},
    /* 10 a month, 20 a quarter, 30 a year for 2 years: 240 + 160 + 60 */
    {MODEL(2, quarter,
           "costs:\n  a: {value: 10, per: month}\n  b: {value: 20, per: quarter}\n  c: 30\n"),
     "costs_pv", 460},
    /* from 0.3 until 1.75, 100 a year: 145 */
    {MODEL(3, year, "costs:\n  a: {value: 100, from: 0.3, until: 1.75}\n"), "costs_pv", 145},
    /* the second period holds 0.75 of a year */
    {MODEL(3, year, "costs:\n  a: {value: 100, from: 0.3, until: 1.75}\noutputs:\n  o: at(a, 2)\n"),
     "o", 75},
    /* 100, 105, 110.25 */
    {MODEL(3, year, "costs:\n  a: {value: 100, growth: 5%}\n"), "costs_pv", 315.25},
    /* quarters grow with the year: 25*4 + 26.25*4 */
    {MODEL(2, quarter, "costs:\n  a: {value: 100, growth: 5%}\noutputs:\n  o: last(a)\n"), "o",
     26.25},
    /* from 0.5: 100 a year until 1.5, 110 until 2.5, 121 until 3: 100 + 110 + 60.5 */
    {MODEL(3, year, "costs:\n  a: {value: 100, growth: 10%, from: 0.5}\n"), "costs_pv", 270.5},
    /* the same in months: the step does not matter */
    {MODEL(3, month, "costs:\n  a: {value: 100, growth: 10%, from: 0.5}\n"), "costs_pv", 270.5},
    /* once at 0.3: the quarter that ends at 0.5; 1.21^-0.5 = 1/1.1 */
    {MODEL(1, quarter, "discount_rate: 21%\ncosts:\n  a: {value: 110, per: once, at: 0.3}\n"),
     "costs_pv", 100},
    /* once after the horizon falls away */
    {MODEL(2, year,
           "inputs:\n  late: 1 + 1.5\ncosts:\n  a: {value: 7, per: once, at: late}\n  b: 1\n"),
     "costs_pv", 2},
    /* margin on what flows and on what falls at time 0: 0.4 * (50 + 2*100) */
    {MODEL(2, year,
           "benefits:\n  a: {value: 100, initial: 50, kind: revenue, margin: 40%}\n"
           "costs:\n  c: 1\n"),
     "benefits_pv", 100},
    /* 100*0.9 direct, 50*0.5 indirect, nothing strategic */
    {MODEL(1, year,
           "realisation: {direct: 0.9, indirect: 0.5}\n"
           "benefits:\n  a: 100\n  b: {value: 50, tier: indirect}\n"
           "  c: {value: 70, tier: strategic}\ncosts:\n  d: 1\n"),
     "benefits_pv", 115},
    /* 30 - 10 % of 100 = 20; 5 - 10 % of 100 floored at 0; 100 */
    {MODEL(1, year,
           "benefits:\n  a: 100\n  b: {value: 30, net_of: {a: 10%}}\n"
           "  c: {value: 5, net_of: {a: 10%}}\ncosts:\n  d: 1\n"),
     "benefits_pv", 120},
    /* year_end: 121 a year in quarters of 30.25: 121/1.1 + 121/1.21 */
    {MODEL(2, quarter, "discount_rate: 10%\ndiscounting: year_end\ncosts:\n  a: 121\n"), "costs_pv",
     210},
    /* mid: 1.21^-0.5 = 1/1.1, 1.21^-1.5 = 1/1.331: 133.1/1.1 + 133.1/1.331 */
    {MODEL(2, year, "discount_rate: 21%\ndiscounting: mid\ncosts:\n  a: 133.1\n"), "costs_pv", 221},
    /* continuous: 100 (1 - e^(-2 ln 1.1)) / ln 1.1 = 100 (1 - 1/1.21) / 0.09531017980432487 */
    {MODEL(2, month, "discount_rate: 10%\ndiscounting: continuous\ncosts:\n  a: 100\n"), "costs_pv",
     182.09358052264332},
    /* a rate of 10 %, then 20 %: 110/1.1 + 132/(1.1*1.2) */
    {MODEL(2, year, "discount_rate: r\nseries:\n  r: 0.1 * t\ncosts:\n  a: {yearly: [110, 132]}\n"),
     "costs_pv", 200},
    /* the same at year ends in half the periods' money: 30*4/1.1 + 33*4/(1.1*1.2) = 100 + 100 */
    {MODEL(2, quarter,
           "discount_rate: r\ndiscounting: year_end\n"
           "series:\n  r: lookup(t, [[1, 0.1], [1.25, 0.2]])\n"
           "costs:\n  a: {yearly: [110, 132]}\n"),
     "costs_pv", 200},
    /* a sure event at 0.5: 100 at 0.5 of year 1, then 2 years at 200 = 50 + 100 + 400 */
    {MODEL(3, year, "costs:\n  a: 100\nrisks:\n  r: {when: true, at: 0.5, multiply: {a: 2}}\n"),
     "costs_pv", 550},
    /* stopped after 1.25 years: 125 */
    {MODEL(3, year, "costs:\n  a: 100\nrisks:\n  r: {when: true, at: 1.25, stop: all}\n"),
     "costs_pv", 125},
    /* stopped at 0.5 before it starts at 0.6: only the money of time 0 */
    {MODEL(3, year,
           "costs:\n  a: {value: 100, from: 0.6, initial: 7}\n"
           "risks:\n  r: {when: true, at: 0.5, stop: all}\n"),
     "costs_pv", 7},
    /* once at 1.2 is before 1.5 in the same year and is paid; once at 1.6 is not */
    {MODEL(2, year,
           "costs:\n  a: {value: 10, per: once, at: 1.2}\n"
           "  b: {value: 5, per: once, at: 1.6}\n"
           "risks:\n  r: {when: true, at: 1.5, stop: all}\n"),
     "costs_pv", 10},
    /* two factors on one line, from the start and from year 1: 100*0.5 + 100*0.5*0.8 */
    {MODEL(2, year,
           "costs:\n  a: 100\nrisks:\n  r: {when: true, at: 0, multiply: {a: 0.5}}\n"
           "  s: {when: true, at: 1, multiply: {a: 0.8}}\n"),
     "costs_pv", 90},
    /* the second is charged with what it changes: 40 - 50 = -10, a saving of 10 in net cash */
    {MODEL(2, year,
           "costs:\n  a: 100\nrisks:\n  r: {when: true, at: 0, multiply: {a: 0.5}}\n"
           "  s: {when: true, at: 1, multiply: {a: 0.8}}\n"),
     "s", 10},
    /* at 0.5 in years: the end of year 1; 22/1.1 */
    {MODEL(2, year,
           "discount_rate: 10%\ncosts:\n  a: 0\n"
           "risks:\n  r: {when: true, at: 0.5, impact: 22}\n"),
     "costs_pv", 20},
    /* 1200 -> 1200*0.88^0.25... : over 4 quarters 0.88 exactly; with growth 0: 1200*0.88 */
    {MODEL(1, quarter,
           "series:\n  s: {initial: 1200, value: prev(s) * (1 - per_period(12%))}\n"
           "outputs:\n  o: last(s)\n"),
     "o", 1056},
    /* 1, 1, 2, 3, 5, 8 */
    {MODEL(6, year,
           "series:\n  f:\n    initial: 0\n"
           "    value: if(period == 1, 1, prev(f) + lag(f, 2, initial=0))\n"
           "outputs:\n  o: last(f)\n"),
     "o", 8},
    /* t^2 at 1.5: half way between 1 and 4 */
    {MODEL(3, year, "series:\n  s: t^2\noutputs:\n  o: at(s, 1.5)\n"), "o", 2.5},
    /* during(0.5, 1.75) over years: 0.5, 0.75, 0 */
    {MODEL(3, year, "series:\n  s: during(0.5, 1.75)\noutputs:\n  o: sum(s * t)\n"), "o", 2},
    /* cumulative of 1, 2, 3, 4: 1 + 3 + 6 + 10 */
    {MODEL(4, year, "series:\n  s: cumulative(t)\noutputs:\n  o: sum(s)\n"), "o", 20},
    /* tm of quarters 1 ... 4: (0.125 + 0.375 + 0.625 + 0.875) / 4 */
    {MODEL(1, quarter, "outputs:\n  o: mean(tm)\n"), "o", 0.5},
    /* lookup: 3 + (2 - 1) / (2.5 - 1) * (-1 - 3) */
    {MODEL(1, year, "outputs:\n  o: \"lookup(2, [[0, 1], [1, 3], [2.5, -1]])\"\n"), "o",
     3 - 8.0 / 3},
};

static void closed_forms(void **state) {
    (void)state;
    size_t bad = 0, n = sizeof cases / sizeof *cases;
    assert_true(n >= 25);
    for (size_t i = 0; i < n; i++) {
        rc_arena *arena = rc_arena_new();
        rc_error err = {0};
        harness h;
        const rc_model *model = harness_model(cases[i].text, arena);
        if (model == NULL ||
            harness_prepare(&h, model, "random", 17, 1, RC_ISA_sse2, arena, &err) != RC_OK) {
            print_error("%s\n%s\n", cases[i].text, err.message);
            bad++;
        } else {
            harness_run(&h);
            const double *x = harness_find(&h, cases[i].output);
            for (uint64_t t = 0; t < 17; t++) {
                /* tens of operations and a root search, each good to an ulp or two */
                bool same = x[t] == cases[i].value ||
                            fabs(x[t] - cases[i].value) <= 1e-13 * fabs(cases[i].value);
                if (!same)
                    print_error("%s%s is %.17g, not %.17g\n", cases[i].text, cases[i].output, x[t],
                                cases[i].value);
                bad += !same;
                if (!same)
                    break;
            }
        }
        rc_arena_free(arena);
    }
    assert_int_equal(bad, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(closed_forms)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
