/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A function of the model's own means what its body means where it is called: every output of a
 * model with functions equals, bit for bit, that of the same model written out by hand. The draws
 * of both have the same names, so they are the same draws. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harness.h"

#include <string.h>

static const struct {
    const char *title, *with, *without;
} pairs[] = {
    {"an argument is drawn once, a body afresh for every call",
     "roicast: 1\nfunctions:\n  twice(x): x + x\n  noisy(m, sd=1): normal(m, sd)\n"
     "outputs:\n  a: twice(uniform(0, 1))\n  b: noisy(3) + noisy(4, sd=2)\n"
     "  c: twice(noisy(5))\n",
     "roicast: 1\n"
     "outputs:\n  a: uniform(0, 1) * 2\n  b: normal(3, 1) + normal(4, 2)\n"
     "  c: normal(5, 1) * 2\n"},
    {"names, defaults and other functions",
     "roicast: 1\nfunctions:\n  cost(n, price=list * (1 - rebate(n)), fee=price / 10): n * price + fee\n"
     "  rebate(n): if(n > limit, 20%, 0)\ninputs:\n  list: uniform(80, 120)\n  limit: 50\n"
     "outputs:\n  a: cost(100)\n  b: cost(10)\n  c: cost(10, 3)\n  d: cost(fee=0, n=60)\n",
     "roicast: 1\ninputs:\n  list: uniform(80, 120)\n  limit: 50\n"
     "outputs:\n  a: 100 * (list * (1 - 20%)) + list * (1 - 20%) / 10\n  b: 10 * (list * (1 - 0)) + list * (1 - 0) / 10\n"
     "  c: 10 * 3 + 3 / 10\n  d: 60 * (list * (1 - 20%)) + 0\n"},
    {"a parameter hides a name of the model",
     "roicast: 1\nfunctions:\n  f(x): x * 10\n  g(y): f(y + x)\ninputs:\n  x: uniform(0, 1)\n"
     "  y: uniform(5, 6)\noutputs:\n  a: f(y)\n  b: g(1)\n  c: f(f(x))\n",
     "roicast: 1\ninputs:\n  x: uniform(0, 1)\n  y: uniform(5, 6)\n"
     "outputs:\n  a: y * 10\n  b: (1 + x) * 10\n  c: x * 10 * 10\n"},
    {"series, their past and lines",
     "roicast: 1\ntimeline: {years: 2, step: quarter}\ndiscount_rate: 8%\n"
     "functions:\n  grow(s, rate): prev(s) * (1 + rate * dt)\n  ramp(from, to_year): during(from, to_year) * t\n"
     "  jitter(sd): each(normal(1, sd))\n  before(s, n=2): lag(s, n, initial=7)\n"
     "  excess(x): roi - x\n"
     "series:\n  users: {initial: 100, value: \"grow(users, 20%)\"}\n  noise: jitter(0.1) + before(users)\n"
     "benefits:\n  gain: {value: \"users * ramp(0.5, 1.5) * noise\"}\n"
     "costs:\n  spend: {value: \"uniform(80, 120)\", per: once}\n"
     "outputs:\n  end: at(users, 1.3) + last(noise)\n  hurdle: excess(0.1)\n",
     "roicast: 1\ntimeline: {years: 2, step: quarter}\ndiscount_rate: 8%\n"
     "series:\n  users: {initial: 100, value: \"prev(users) * (1 + 20% * dt)\"}\n"
     "  noise: each(normal(1, 0.1)) + lag(users, 2, initial=7)\n"
     "benefits:\n  gain: {value: \"users * (during(0.5, 1.5) * t) * noise\"}\n"
     "costs:\n  spend: {value: \"uniform(80, 120)\", per: once}\n"
     "outputs:\n  end: at(users, 1.3) + last(noise)\n  hurdle: roi - 0.1\n"},
    {"the confidence of the entry that calls",
     "roicast: 1\nfunctions:\n  range(m): 0.5 * m to 2 * m\n"
     "inputs:\n  a: {value: range(10), confidence: 50%}\n  b: range(10)\noutputs:\n  o: a - b\n",
     "roicast: 1\ninputs:\n  a: {value: 5 to 20, confidence: 50%}\n  b: 5 to 20\n"
     "outputs:\n  o: a - b\n"},
};

static void prepare(harness *h, const char *text, rc_arena *arena) {
    const rc_model *model = harness_model(text, arena);
    assert_non_null(model);
    assert_int_equal(
        harness_prepare(h, model, "random", 2 * RC_BLOCK, 11, rc_isa_best(), arena, NULL), RC_OK);
    harness_run(h);
}

static void a_call_is_its_body(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        rc_arena *arena = rc_arena_new();
        harness with, without;
        prepare(&without, pairs[i].without, arena);
        prepare(&with, pairs[i].with, arena);
        assert_int_equal(with.n, without.n);
        for (size_t c = 0; c < with.n; c++)
            if (memcmp(with.x[c], without.x[c], with.sampler.trials * sizeof(double)) != 0)
                fail_msg("%s: output %zu (%s) differs", pairs[i].title, c,
                         with.names[c] != NULL ? with.names[c] : "cash");
        rc_arena_free(arena);
    }
}

/* Sixty calls within one another, each with its argument twice: 2^60 when the argument were written
 * out, 60 steps as a tree that shares its branches. */
static void arguments_are_shared(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    rc_text text = {0};
    rc_text_add(&text, "roicast: 1\nfunctions:\n  twice(x): x + x\noutputs:\n  y: ");
    for (int i = 0; i < 60; i++)
        rc_text_add(&text, "twice(");
    rc_text_add(&text, "uniform(0, 1)");
    for (int i = 0; i < 60; i++)
        rc_text_add(&text, ")");
    rc_text_add(&text, "\n  x: uniform(0, 1)\n");
    harness h;
    prepare(&h, text.bytes, arena);
    assert_true(h.graph.n_nodes < 200);
    const double *y = harness_find(&h, "y");
    for (size_t i = 0; i < h.sampler.trials; i++)
        assert_true(y[i] > 0 && y[i] < 0x1p60 && y[i] / 0x1p60 * 0x1p60 == y[i]);
    rc_text_free(&text);
    rc_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_is_its_body),
        cmocka_unit_test(arguments_are_shared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
