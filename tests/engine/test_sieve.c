/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run that keeps no values gives what one that keeps them gives: to the bit, but for CVaR and its
 * interval, which are summed in another order. And its bytes too do
 * not depend on threads or instruction set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harness.h"
#include "sanitized.h"

#include "engine/run.h"

#include <math.h>

/* Risks, state, undefined lanes, payback that is never reached, uncertain rates. */
static const char rich[] =
    "roicast: 1\ntimeline: {years: 3, step: quarter}\ndiscount_rate: uniform(0.05, 0.1)\n"
    "hurdle: 20%\n"
    "inputs:\n  seats: 100 to 200\n  p: beta(2, 5)\n  m: uniform(1, 2)\n"
    "  sum: normal(uniform(1, 2), 0.3) + gamma(2.5, 3)\n"
    "series:\n  adoption: scurve(tm, midpoint=m / 2, steepness=4)\n"
    "  walk: {initial: 10, value: \"prev(walk) + each(normal(0, 1))\"}\n"
    "benefits:\n  gain: {value: seats * adoption * 2, growth: p / 10, from: m / 4}\n"
    "costs:\n  build: {value: \"pert(90, 120, 200)\", per: once}\n  run: {value: 20 + walk}\n"
    "risks:\n  stop: {probability: p, at: anytime, stop: [gain]}\n"
    "  fail: {rate: 0.8, impact: \"lognormal(median=10, sigma=1)\"}\n"
    "outputs:\n  o: \"log(sum - 7) + at(walk, m)\"\n";

/* Atoms, constants, whole numbers, heavy tails, tiny and huge, nothing but NaN; nothing in time. */
static const char shapes[] =
    "roicast: 1\n"
    "inputs:\n  u: uniform(-1, 1)\n  v: normal(0, 1)\n  w: exponential(1)\n"
    "outputs:\n"
    "  clamped: max(u, 0)\n"
    "  whole: floor(10 * v)\n"
    "  fixed: 3.5\n"
    "  still: 0 * u + 7\n"
    "  heavy: {value: v / abs(u) ^ 3, better: lower}\n"
    "  sparse: if(u > 0.9999, 1e12 * w, if(u < -0.2, 0, w))\n"
    "  never: log(-1 - abs(v))\n"
    "  often: sqrt(v)\n"
    "  far: 1e15 + floor(4 * w)\n"
    "  wide: {value: exp(100 * v), better: lower}\n"
    "  switch: if(u > 0.4, 1, 0)\n";

static bool same_bits(double a, double b) {
    return memcmp(&a, &b, sizeof a) == 0 || (a != a && b != b);
}

static bool near(double a, double b, double tolerance) {
    return (a != a && b != b) || fabs(a - b) <= tolerance;
}

static rc_result *run(const rc_model *model, const char *sampler, uint64_t trials,
                      uint64_t keep_up_to, int threads, const char *isa) {
    rc_run_options options;
    rc_run_options_default(&options);
    options.trials = trials;
    options.keep_up_to = keep_up_to;
    options.threads = threads;
    options.sampler = sampler;
    options.isa = isa;
    options.cash = model->has_flows;
    options.cash_lines = trials == 40001;
    rc_result *result = NULL;
    rc_error err = {0};
    if (rc_run(model, &options, &result, &err) != RC_OK)
        fail_msg("%s", err.message);
    return result;
}

static double largest(const rc_output *o) {
    const double low = rc_output_row(o, "min", NULL)->estimate.value;
    const double high = rc_output_row(o, "max", NULL)->estimate.value;
    return fmax(fabs(low), fabs(high));
}

/* The sums of CVaR have up to n terms, each rounded a few times and at most twice the largest
 * value; the root in the interval of independent trials halves the digits of what cancels. */
static void compare_row(const rc_output *o, const rc_row *a, const rc_row *b, double n,
                        bool exact) {
    const rc_estimate *x = &a->estimate, *y = &b->estimate;
    bool same =
        same_bits(x->value, y->value) && same_bits(x->low, y->low) && same_bits(x->high, y->high);
    if (!exact && strcmp(a->key, "cvar_5") == 0) {
        const double rounding = 40 * n * 0x1p-53 * largest(o);
        const double bound = rounding + 1e-7 * fabs(x->high - x->value) + 1e-9 * largest(o);
        same = near(x->value, y->value, rounding) && near(x->low, y->low, bound) &&
               near(x->high, y->high, bound);
    }
    if (!same)
        fail_msg("%s, %s %s: %.17g (%.17g .. %.17g) and %.17g (%.17g .. %.17g)", o->name, a->key,
                 a->sub != NULL ? a->sub : "", x->value, x->low, x->high, y->value, y->low,
                 y->high);
}

static void compare_output(const rc_output *a, const rc_output *b, double n, bool exact) {
    assert_string_equal(a->name, b->name);
    assert_int_equal(a->n_rows, b->n_rows);
    assert_true(same_bits(a->undefined, b->undefined) && same_bits(a->infinite, b->infinite));
    for (size_t i = 0; i < a->n_rows; i++)
        compare_row(a, &a->rows[i], &b->rows[i], n, exact);
    const rc_histogram *g = &a->histogram, *h = &b->histogram;
    assert_true(g->n_bins == h->n_bins && same_bits(g->first, h->first) &&
                same_bits(g->width, h->width) && g->below == h->below && g->above == h->above);
    assert_memory_equal(g->counts, h->counts, g->n_bins * sizeof *g->counts);
}

static void compare_cell(const rc_cash_cell *a, const rc_cash_cell *b) {
    for (int i = 0; i < RC_CASH_PERCENTILES; i++)
        assert_true(same_bits(a->percentile[i], b->percentile[i]));
    assert_true(same_bits(a->mean, b->mean));
}

static void compare(const rc_result *a, const rc_result *b, bool exact) {
    const double n = (double)a->trials;
    assert_int_equal(a->n_outputs, b->n_outputs);
    assert_int_equal(a->n_cash, b->n_cash);
    assert_int_equal(a->n_notes, b->n_notes);
    for (size_t i = 0; i < a->n_outputs; i++)
        compare_output(&a->outputs[i], &b->outputs[i], n, exact);
    for (size_t i = 0; i < a->n_cash; i++) {
        compare_cell(&a->cash[i].benefits, &b->cash[i].benefits);
        compare_cell(&a->cash[i].costs, &b->cash[i].costs);
        compare_cell(&a->cash[i].net, &b->cash[i].net);
        compare_cell(&a->cash[i].cumulative, &b->cash[i].cumulative);
    }
    assert_int_equal(a->n_cash_lines, b->n_cash_lines);
    for (size_t i = 0; i < a->n_cash_lines; i++)
        for (size_t k = 0; k < a->n_cash_years + 2; k++)
            compare_cell(rc_cash_line_cell(a, &a->cash_lines[i], k),
                         rc_cash_line_cell(b, &b->cash_lines[i], k));
    for (size_t i = 0; i < a->n_notes; i++)
        assert_string_equal(a->notes[i], b->notes[i]);
}

static const struct {
    const char *sampler;
    uint64_t trials;
} sizes[] = {
    {"random", 2}, {"random", 17},   {"random", 2049},   {"random", 40001},
    {"sobol", 16}, {"sobol", 32768}, {"sobol", 1 << 17}, {"random", 16 * 512 * 9 + 16 * 7 + 3}};
enum { SIZES = SANITIZED ? 5 : sizeof sizes / sizeof *sizes };

static void as_if_kept(void **state) {
    (void)state;
    static const char *const texts[] = {rich, shapes};
    rc_arena *arena = rc_arena_new();
    for (size_t t = 0; t < 2; t++) {
        const rc_model *model = harness_model(texts[t], arena);
        assert_non_null(model);
        for (size_t s = 0; s < SIZES; s++) {
            rc_result *kept = run(model, sizes[s].sampler, sizes[s].trials, UINT64_MAX, 2, NULL);
            rc_result *sifted = run(model, sizes[s].sampler, sizes[s].trials, 1, 2, NULL);
            compare(kept, sifted, false);
            rc_result_free(sifted);
            rc_result_free(kept);
        }
    }
    rc_arena_free(arena);
}

static void on_any_machine(void **state) {
    (void)state;
    static const int threads[] = {1, 2, 7};
    static const char *const texts[] = {rich, shapes};
    rc_arena *arena = rc_arena_new();
    for (size_t t = 0; t < 2; t++) {
        const rc_model *model = harness_model(texts[t], arena);
        for (size_t s = 3; s < SIZES; s += 2) {
            rc_result *first = run(model, sizes[s].sampler, sizes[s].trials, 1, 3, "sse2");
            for (rc_isa isa = 0; isa < RC_ISA_COUNT; isa++) {
                if (!rc_isa_supported(isa))
                    continue;
                rc_result *other = run(model, sizes[s].sampler, sizes[s].trials, 1,
                                       threads[isa % 3], rc_isa_name(isa));
                compare(first, other, true);
                rc_result_free(other);
            }
            rc_result_free(first);
        }
    }
    rc_arena_free(arena);
}

static rc_result *run_net(const rc_model *model, size_t size, double errors, bool samples,
                          int threads, const char *isa) {
    rc_run_options options;
    rc_run_options_default(&options);
    options.trials = sizes[size].trials;
    options.sampler = sizes[size].sampler;
    options.net_from = 1;
    options.net_errors = errors;
    options.samples = samples;
    options.threads = threads;
    options.isa = isa;
    options.cash = options.cash_lines = model->has_flows;
    rc_result *result = NULL;
    rc_error err = {0};
    if (rc_run(model, &options, &result, &err) != RC_OK)
        fail_msg("%s", err.message);
    return result;
}

/* Values caught in nets, in nets so narrow that much is missed, and all kept: the same bytes. */
static void nets_as_if_kept(void **state) {
    (void)state;
    static const char *const texts[] = {rich, shapes};
    rc_arena *arena = rc_arena_new();
    for (size_t t = 0; t < 2; t++) {
        const rc_model *model = harness_model(texts[t], arena);
        for (size_t s = 3; s < SIZES && s <= 5; s += 2) {
            rc_result *kept = run_net(model, s, -1, false, 2, NULL);
            rc_result *caught = run_net(model, s, 0, false, 3, NULL);
            rc_result *missed = run_net(model, s, 0.02, s % 2 == 0, 1, "sse2");
            compare(kept, caught, true);
            compare(kept, missed, true);
            rc_result_free(kept);
            rc_result_free(caught);
            rc_result_free(missed);
        }
    }
    rc_arena_free(arena);
}

/* Which way a run goes is a matter of its trials, and those who want all values get them. */
static void keeping_is_as_before(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    const rc_model *model = harness_model(shapes, arena);
    rc_run_options options;
    rc_run_options_default(&options);
    options.trials = 40000;
    options.sampler = "random";
    options.keep_up_to = 1;
    options.samples = true;
    rc_result *kept = NULL;
    rc_error err = {0};
    assert_int_equal(rc_run(model, &options, &kept, &err), RC_OK);
    for (size_t i = 0; i < kept->n_outputs; i++)
        assert_non_null(kept->outputs[i].samples);
    rc_result *usual = run(model, "random", 40000, 0, 2, NULL);
    compare(kept, usual, true);
    rc_result_free(kept);
    rc_result_free(usual);
    options.sample_bytes = 1000000;
    assert_int_equal(rc_run(model, &options, &kept, &err), RC_USAGE);
    assert_non_null(strstr(err.message, "all values of 11 outputs in 40000 trials take"));
    rc_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_if_kept),
        cmocka_unit_test(on_any_machine),
        cmocka_unit_test(nets_as_if_kept),
        cmocka_unit_test(keeping_is_as_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
