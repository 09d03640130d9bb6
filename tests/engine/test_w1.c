/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference workload W1 at full size: figures on which eight independent programs agree, and
 * memory that does not grow with the number of trials but for the samples that are kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "harness.h"

#include "engine/run.h"

#include <math.h>
#include <sys/resource.h>

static rc_result *run_w1(uint64_t trials, int threads, const char *const *outputs, size_t n,
                         const char *sampler) {
    rc_arena *arena = rc_arena_new();
    rc_source *source = NULL;
    assert_int_equal(rc_source_read(RC_TEST_DATA "/good/w1.yaml", arena, &source, NULL), RC_OK);
    const rc_model *model = harness_model(source->bytes, arena);
    rc_run_options options;
    rc_run_options_default(&options);
    options.trials = trials;
    options.threads = threads;
    options.outputs = outputs;
    options.n_outputs = n;
    options.sampler = sampler;
    rc_result *result = NULL;
    rc_error err = {0};
    if (rc_run(model, &options, &result, &err) != RC_OK)
        fail_msg("%s", err.message);
    rc_arena_free(arena); /* a result outlives its model */
    return result;
}

/* The published value, its standard error, and half a unit of its last digit. */
static void expect(const rc_result *r, const char *output, const char *key, const char *sub,
                   double value, double se_published, double rounding) {
    const rc_row *row = rc_output_row(rc_result_find(r, output), key, sub);
    assert_non_null(row);
    double se = (row->estimate.high - row->estimate.low) / 2 / 1.96; /* t15 is wider: none missed */
    double error = fabs(row->estimate.value - value);
    if (!(error <= 4 * sqrt(se * se + se_published * se_published) + rounding))
        fail_msg("%s %s %s: %.7f, not %.7f", output, key, sub ? sub : "", row->estimate.value,
                 value);
}

static void figures(void **state) {
    (void)state;
    static const char *const samplers[] = {"sobol", "random"};
    static const char *const outputs[] = {"roi", "npv"};
    const double sd = 0.21399, n = 1e8; /* of the published run */
    for (int s = 0; s < 2; s++) {
        rc_result *r = run_w1(UINT64_C(1) << 20, 2, outputs, 2, samplers[s]);
        expect(r, "roi", "mean", NULL, -0.17266, sd / sqrt(n), 0.5e-5);
        expect(r, "npv", "mean", NULL, -159.17, 0.02, 0.5e-2);
        expect(r, "roi", "below_zero", NULL, 0.80351, sqrt(0.8 * 0.2 / n), 0.5e-5);
        /* se of a quantile: sqrt(p (1 - p) / n) / density, the density at least that of a normal
         * distribution there */
        expect(r, "roi", "percentiles", "50", -0.19383, 0.5 / sqrt(n) * sd * 2.51, 0.5e-5);
        expect(r, "roi", "percentiles", "5", -0.48425, 0.218 / sqrt(n) * sd / 0.103, 0.5e-5);
        expect(r, "roi", "percentiles", "95", 0.21121, 0.218 / sqrt(n) * sd / 0.06, 0.5e-5);
        rc_result_free(r);
    }
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { OWN_MEMORY = false }; /* a sanitizer keeps memory of its own */
#elif defined(__has_feature)
enum { OWN_MEMORY = !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer) };
#else
enum { OWN_MEMORY = true };
#endif

static double peak_mb(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static void memory_is_flat(void **state) {
    (void)state;
    static const char *const roi[] = {"roi"};
    if (!OWN_MEMORY)
        skip();
    rc_result_free(run_w1(UINT64_C(1) << 20, 1, roi, 1, NULL));
    double small = peak_mb();
    rc_result_free(run_w1(UINT64_C(1) << 22, 1, roi, 1, NULL));
    double grown = peak_mb() - small;
    /* 3 * 2^20 more values of 8 bytes, and as much working room for one thread's summaries */
    double samples = 2 * 3 * 8;
    if (!(grown <= samples + 2))
        fail_msg("2^22 trials take %.1f MB more than 2^20; samples account for %.1f", grown,
                 samples);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_flat), /* first: the peak is of the whole program */
        cmocka_unit_test(figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
