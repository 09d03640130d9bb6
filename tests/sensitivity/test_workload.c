/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rankings of the reference workload W1 (models/w1.yaml): against figures of other programs, and
 * with inputs that do nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "study.h"

static char *read_model(rc_arena *arena) {
    FILE *f = fopen(RC_SOURCE_DIR "/models/w1.yaml", "rb");
    assert_non_null(f);
    char *text = rc_arena_alloc(arena, 1 << 16);
    size_t n = fread(text, 1, (1 << 16) - 1, f);
    fclose(f);
    assert_true(n > 1000);
    return text;
}

static void study_w1(studied *t, const char *more_inputs, rc_run_options o) {
    rc_arena *arena = rc_arena_new();
    char *text = read_model(arena), *inputs = strstr(text, "\ninputs:\n");
    assert_non_null(inputs);
    inputs += strlen("\ninputs:\n");
    text = rc_arena_printf(arena, "%.*s%s%s", (int)(inputs - text), text, more_inputs, inputs);
    assert_int_equal(study_text(t, text, "roi", o), RC_OK);
    rc_arena_free(arena);
}

/* Spearman of 10^6 plain trials by independent programs, +-.001 (their standard error); the bar of
 * a risk is its realised harm */
static void published(void **state) {
    (void)state;
    static const struct {
        const char *name;
        double rho;
    } known[] = {{"midpoint", -.369}, {"training_quality", .358}, {"ceiling", .352}, {"up1", -.248},
                 {"admin", -.219},    {"data_quality", .206},     {"base1", .205},   {"up2", -.200},
                 {"drv2", .181},      {"event1", -.1886},         {"drv1", .176}};
    studied t;
    study_w1(&t, "", (rc_run_options){.seed = 1, .threads = 2});
    rc_ranking r = study_rank(&t, "rank");
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_near(&r, known[i].name, known[i].rho, 4 * .001 + .0005);
    assert_int_equal(t.study->n_entries, 24);
    study_end(&t);
}

/* R 4.2: cor(method = "spearman") of the CSV of `roicast run models/w1.yaml -f csv -n 16384`; a
 * risk with the sign of its harm */
static void equals_r(void **state) {
    (void)state;
    static const struct {
        const char *name;
        double rho;
    } known[] = {{"midpoint", -0.3716661645924838}, {"training_quality", 0.35517874128692},
                 {"up1", -0.2505234166875597},      {"drv2", 0.1793002336957341},
                 {"growth", -0.07215388981683474},  {"up5", -0.03010365128402969},
                 {"event1", -0.1917959929202797},   {"event2", -0.1703687613413138}};
    studied t;
    study_w1(&t, "", (rc_run_options){.seed = 1, .trials = 16384});
    rc_ranking r = study_rank(&t, "rank");
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_true(fabs(study_row(&r, known[i].name)->score[0].value - known[i].rho) < 1e-12);
    study_end(&t);
}

/* Three inputs that do nothing, two samplers, several seeds: none above its null band, so none
 * above an input that is; no rank of theirs is claimed against one. */
static void dummies(void **state) {
    (void)state;
    static const char *const methods[] = {"rank", "first_order", "tornado", "evppi"};
    for (uint64_t seed = 1; seed <= 3; seed++)
        for (int random = 0; random < 2; random++) {
            studied t;
            study_w1(&t,
                     "  dummy1: uniform(0, 1)\n"
                     "  dummy2: lognormal(median=1, sigma=2)\n"
                     "  dummy3: bernoulli(0.2)\n",
                     (rc_run_options){.seed = seed,
                                      .trials = 1 << 14,
                                      .sampler = random ? "random" : "sobol",
                                      .threads = 2});
            for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
                rc_ranking r = study_rank(&t, methods[m]);
                bool below_band = false;
                for (size_t i = 0; i < r.n_rows; i++) {
                    bool dummy = strncmp(r.rows[i].bar->name, "dummy", 5) == 0;
                    if (dummy && !r.rows[i].chance)
                        print_error("%s, seed %d, random %d: %s %g, band %g\n", methods[m],
                                    (int)seed, random, r.rows[i].bar->name,
                                    r.rows[i].score[0].value, r.null_band);
                    assert_true(!dummy || r.rows[i].chance);
                    assert_true(!below_band || r.rows[i].chance); /* sorted: the band splits them */
                    below_band |= r.rows[i].chance;
                }
            }
            study_end(&t);
        }
}

/* EVPPI <= EVPI, and 0 <= it; every interval holds its value; probabilities are some */
static void invariants(void **state) {
    (void)state;
    studied t;
    study_w1(&t, "", (rc_run_options){.seed = 2, .trials = 1 << 14});
    for (size_t m = 0; m < rc_method_count(); m++) {
        rc_ranking r = study_rank(&t, rc_method_at(m)->name);
        for (size_t i = 0; i < r.n_rows; i++) {
            const rc_ranked *row = &r.rows[i];
            if (isnan(row->score[0].value)) { /* no break-even */
                assert_string_equal(r.method->name, "break_even");
                continue;
            }
            assert_true(row->score[0].low <= row->score[0].value);
            assert_true(row->score[0].high >= row->score[0].value);
            assert_true(row->probability >= 0 && row->probability <= 1);
            assert_true(row->best <= row->rank && row->rank <= row->worst);
            if (r.method->unit == RC_SCORE_WORTH)
                assert_true(row->score[0].value >= 0 && row->score[0].value <= r.fact.value);
        }
    }
    study_end(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published),
        cmocka_unit_test(equals_r),
        cmocka_unit_test(dummies),
        cmocka_unit_test(invariants),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
