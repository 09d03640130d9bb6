/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same model, seed and options give the same bytes: over threads, instruction sets and numbers
 * of trials; and an input's draws are its own, whatever else stands in the file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harness.h"
#include "sanitized.h"

#include "engine/run.h"

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

/* Draws that depend on each other in every way. */
static const char dependent[] =
    "roicast: 1\ntimeline: {years: 2, step: quarter}\n"
    "inputs:\n  a: normal(1, 1)\n  b: lognormal(mu=0, sigma=0.5)\n  c: normal(a, 1)\n"
    "  d: uniform(0, 1)\n  e: pert(1, 2, 4)\n  f: poisson(20)\n  g: exponential(mean=1)\n"
    "  h: uniform(-1, 1)\n  i: beta(2, 3)\n  j: 1 to 5\n"
    "series:\n  s: each(normal(0, 1))\n  u: each(uniform(0, d))\n"
    "correlations:\n  - {copula: student(3), pairs: [[a, b, 0.5], [h, a, -0.3]]}\n"
    "  - {copula: clayton, pairs: [[d, e, 0.4]]}\n  - {copula: gumbel, pairs: [[f, g, 0.6]]}\n"
    "  - {copula: frank, pairs: [[s, u, -0.5]]}\n  - [i, j, 0.7]\n"
    "outputs:\n  o1: a + b + h\n  o2: d * e - f * g\n  o3: sum(s * u)\n  o4: i * j\n";

/* NaN is one value, however its bits lie. */
static bool same_bits(double a, double b) {
    return memcmp(&a, &b, sizeof a) == 0 || (a != a && b != b);
}

static bool same_estimates(const rc_output *a, const rc_output *b) {
    bool same = a->n_rows == b->n_rows && strcmp(a->name, b->name) == 0 &&
                same_bits(a->undefined, b->undefined) && same_bits(a->infinite, b->infinite) &&
                a->histogram.n_bins == b->histogram.n_bins &&
                same_bits(a->histogram.first, b->histogram.first) &&
                a->histogram.below == b->histogram.below &&
                a->histogram.above == b->histogram.above;
    for (size_t i = 0; same && i < a->n_rows; i++) {
        const rc_estimate *x = &a->rows[i].estimate, *y = &b->rows[i].estimate;
        same = same_bits(x->value, y->value) && same_bits(x->low, y->low) &&
               same_bits(x->high, y->high);
    }
    return same && memcmp(a->histogram.counts, b->histogram.counts,
                          a->histogram.n_bins * sizeof *a->histogram.counts) == 0;
}

static bool same_cells(const rc_cash_cell *a, const rc_cash_cell *b) {
    bool same = same_bits(a->mean, b->mean);
    for (int i = 0; i < RC_CASH_PERCENTILES; i++)
        same = same && same_bits(a->percentile[i], b->percentile[i]);
    return same;
}

static bool same_results(const rc_result *a, const rc_result *b) {
    bool same = a->n_outputs == b->n_outputs && a->n_cash == b->n_cash && a->n_notes == b->n_notes;
    for (size_t i = 0; same && i < a->n_outputs; i++)
        same = same_estimates(&a->outputs[i], &b->outputs[i]);
    for (size_t i = 0; same && i < a->n_cash; i++)
        same = same_cells(&a->cash[i].benefits, &b->cash[i].benefits) &&
               same_cells(&a->cash[i].costs, &b->cash[i].costs) &&
               same_cells(&a->cash[i].net, &b->cash[i].net) &&
               same_cells(&a->cash[i].cumulative, &b->cash[i].cumulative);
    same = same && a->n_cash_lines == b->n_cash_lines;
    for (size_t i = 0; same && i < a->n_cash_lines; i++)
        for (size_t k = 0; same && k < a->n_cash_years + 2; k++)
            same = same_cells(rc_cash_line_cell(a, &a->cash_lines[i], k),
                              rc_cash_line_cell(b, &b->cash_lines[i], k));
    for (size_t i = 0; same && i < a->n_notes; i++)
        same = strcmp(a->notes[i], b->notes[i]) == 0;
    return same;
}

static rc_result *run(const rc_model *model, const char *sampler, uint64_t trials, uint64_t seed,
                      int threads, const char *isa) {
    rc_run_options options;
    rc_run_options_default(&options);
    options.trials = trials;
    options.seed = seed;
    options.threads = threads;
    options.sampler = sampler;
    options.isa = isa;
    options.cash = options.cash_lines = true;
    rc_result *result = NULL;
    rc_error err = {0};
    if (rc_run(model, &options, &result, &err) != RC_OK)
        fail_msg("%s", err.message);
    return result;
}

/* Odd numbers of trials: blocks that are not full, replicates that differ in length. */
static const struct {
    const char *sampler;
    uint64_t trials;
} sizes[] = {{"random", 1},     {"random", 15},    {"random", 17},
             {"random", 40001}, {"sobol", 131072}, {"random", 16 * 512 * 3 + 16 * 7 + 3}};
enum { SIZES = SANITIZED ? 4 : sizeof sizes / sizeof *sizes };

static void threads_change_nothing_in(const char *text) {
    static const int threads[] = {2, 7, 3};
    rc_arena *arena = rc_arena_new();
    const rc_model *model = harness_model(text, arena);
    for (size_t s = 0; s < SIZES; s++) {
        rc_result *one = run(model, sizes[s].sampler, sizes[s].trials, 1, 1, NULL);
        for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
            rc_result *many = run(model, sizes[s].sampler, sizes[s].trials, 1, threads[t], NULL);
            assert_true(same_results(one, many));
            rc_result_free(many);
        }
        rc_result *other = run(model, sizes[s].sampler, sizes[s].trials, 2, 1, NULL);
        assert_false(same_results(one, other)); /* the comparison sees another seed */
        rc_result_free(other);
        rc_result_free(one);
    }
    rc_arena_free(arena);
}

static void threads_change_nothing(void **state) {
    (void)state;
    threads_change_nothing_in(rich);
    threads_change_nothing_in(dependent);
}

static void instruction_sets_change_nothing_in(const char *text) {
    rc_arena *arena = rc_arena_new();
    const rc_model *model = harness_model(text, arena);
    for (size_t s = 0; s < SIZES; s++) {
        rc_result *one = run(model, sizes[s].sampler, sizes[s].trials, 1, 2, "sse2");
        for (rc_isa isa = 1; isa < RC_ISA_COUNT; isa++) {
            if (!rc_isa_supported(isa))
                continue;
            rc_result *wide = run(model, sizes[s].sampler, sizes[s].trials, 1, 2, rc_isa_name(isa));
            assert_true(same_results(one, wide));
            rc_result_free(wide);
        }
        rc_result_free(one);
    }
    rc_arena_free(arena);
}

static void instruction_sets_change_nothing(void **state) {
    (void)state;
    instruction_sets_change_nothing_in(rich);
    instruction_sets_change_nothing_in(dependent);
}

static void collect(harness *h, const char *text, const char *sampler, uint64_t trials,
                    uint64_t seed, rc_isa isa, rc_arena *arena) {
    rc_error err = {0};
    if (harness_prepare(h, harness_model(text, arena), sampler, trials, seed, isa, arena, &err) !=
        RC_OK)
        fail_msg("%s", err.message);
    harness_run(h);
}

/* Every value of every trial, not only what the summaries say. */
static void same_samples(const char *text) {
    rc_arena *arena = rc_arena_new();
    harness one, wide;
    collect(&one, text, "random", 16 * 600 + 5, 3, RC_ISA_sse2, arena);
    for (rc_isa isa = 1; isa < RC_ISA_COUNT; isa++) {
        if (!rc_isa_supported(isa))
            continue;
        collect(&wide, text, "random", 16 * 600 + 5, 3, isa, arena);
        for (size_t c = 0; c < one.n; c++)
            for (uint64_t i = 0; i < one.sampler.trials; i++)
                assert_true(same_bits(one.x[c][i], wide.x[c][i]));
    }
    rc_arena_free(arena);
}

static void samples_are_the_same_bits(void **state) {
    (void)state;
    same_samples(rich);
    same_samples(dependent);
}

static bool same_column(const harness *a, const harness *b, const char *name) {
    const double *x = harness_find(a, name), *y = harness_find(b, name);
    for (uint64_t i = 0; i < a->sampler.trials; i++)
        if (!same_bits(x[i], y[i]))
            return false;
    return true;
}

static void an_input_keeps_its_draws(void **state) {
    (void)state;
    static const char *const variants[] = {
        /* one more in front, in the middle and at the end */
        "roicast: 1\ninputs:\n  zero: uniform(0, 1)\n  a: normal(0, 1)\n  mid: 1 to 2\n"
        "  b: uniform(0, 1) + gamma(2, 1)\n  c: pert(1, 2, 4)\n  last: normal(3, 1)\n"
        "outputs:\n  oz: zero + mid + last\n  oa: a\n  ob: b\n  oc: c\n",
        /* reordered, in another section, outputs first */
        "roicast: 1\noutputs:\n  oc: c\n  oa: a\n  ob: b\nfactors:\n  c: pert(1, 2, 4)\n"
        "inputs:\n  b: uniform(0, 1) + gamma(2, 1)\n  a: normal(0, 1)\n",
        /* with risks and lines around them */
        "roicast: 1\ntimeline: {years: 2, step: year}\n"
        "inputs:\n  a: normal(0, 1)\n  b: uniform(0, 1) + gamma(2, 1)\n  c: pert(1, 2, 4)\n"
        "series:\n  s: each(normal(0, 1))\ncosts:\n  x: {value: 1 to 2}\n"
        "risks:\n  r: {rate: 2, impact: 1 to 3}\n"
        "outputs:\n  oa: a\n  ob: b\n  oc: c\n  os: sum(s)\n"};
    static const char base[] =
        "roicast: 1\ninputs:\n  a: normal(0, 1)\n  b: uniform(0, 1) + gamma(2, 1)\n"
        "  c: pert(1, 2, 4)\noutputs:\n  oa: a\n  ob: b\n  oc: c\n";
    static const char without[] = "roicast: 1\ninputs:\n  a: normal(0, 1)\n  c: pert(1, 2, 4)\n"
                                  "outputs:\n  oa: a\n  oc: c\n";
    static const char renamed[] = "roicast: 1\ninputs:\n  a2: normal(0, 1)\noutputs:\n  oa: a2\n";
    rc_arena *arena = rc_arena_new();
    harness first, other;
    collect(&first, base, "random", 16 * 70 + 9, 1, RC_ISA_sse2, arena);
    for (size_t v = 0; v < sizeof variants / sizeof *variants; v++) {
        collect(&other, variants[v], "random", 16 * 70 + 9, 1, RC_ISA_sse2, arena);
        assert_true(same_column(&first, &other, "oa"));
        assert_true(same_column(&first, &other, "ob"));
        assert_true(same_column(&first, &other, "oc"));
    }
    collect(&other, without, "random", 16 * 70 + 9, 1, RC_ISA_sse2, arena);
    assert_true(same_column(&first, &other, "oa"));
    assert_true(same_column(&first, &other, "oc"));
    collect(&other, renamed, "random", 16 * 70 + 9, 1, RC_ISA_sse2, arena);
    assert_false(same_column(&first, &other, "oa")); /* the name is what a stream is known by */
    rc_arena_free(arena);
}

static void growing_keeps_earlier_trials(void **state) {
    (void)state;
    static const struct {
        const char *sampler;
        uint64_t small, large;
    } runs[] = {{"random", 16 * 30 + 5, 16 * 1200 + 1}, {"sobol", 1024, 32768}};
    rc_arena *arena = rc_arena_new();
    for (size_t s = 0; s < 2; s++) {
        harness small, large;
        collect(&small, rich, runs[s].sampler, runs[s].small, 5, rc_isa_best(), arena);
        collect(&large, rich, runs[s].sampler, runs[s].large, 5, rc_isa_best(), arena);
        for (size_t c = 0; c < small.n; c++)
            for (uint32_t r = 0; r < RC_REPLICATES; r++)
                for (uint64_t i = 0; i < small.start[r + 1] - small.start[r]; i++)
                    assert_true(
                        same_bits(small.x[c][small.start[r] + i], large.x[c][large.start[r] + i]));
    }
    rc_arena_free(arena);
}

static void seeds_differ(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    harness one, two;
    for (int s = 0; s < 2; s++) {
        const char *sampler = s == 0 ? "random" : "sobol";
        collect(&one, rich, sampler, 1024, 1, rc_isa_best(), arena);
        collect(&two, rich, sampler, 1024, 2, rc_isa_best(), arena);
        const double *x = harness_find(&one, "npv"), *y = harness_find(&two, "npv");
        size_t equal = 0;
        for (size_t i = 0; i < 1024; i++)
            equal += same_bits(x[i], y[i]);
        assert_int_equal(equal, 0);
    }
    rc_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(instruction_sets_change_nothing),
        cmocka_unit_test(samples_are_the_same_bits),
        cmocka_unit_test(an_input_keeps_its_draws),
        cmocka_unit_test(growing_keeps_earlier_trials),
        cmocka_unit_test(seeds_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
