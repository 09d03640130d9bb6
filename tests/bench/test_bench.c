/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The benchmark measures what it says: which cases there are, that each has its rounds, and that
 * text and JSON hold them. Nothing is said about how long anything takes. */
#include "bench/bench.h"

#include "engine/run.h"
#include "model/source.h"
#include "sample/sampler.h"

#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const rc_model *w1(rc_arena *arena) {
    rc_source *source =
        rc_source_text(RC_BENCH_W1, (const char *)rc_bench_w1, rc_bench_w1_length, arena);
    rc_diags *diags = RC_NEW(arena, rc_diags, 1);
    diags->arena = arena;
    const rc_model *model = NULL;
    assert_int_equal(rc_model_load(source, arena, diags, &model), RC_OK);
    return model;
}

static const char *const outputs[] = {"roi"};

static rc_bench *bench(rc_arena *arena) {
    rc_bench_options o = {
        .trials = 4096, .rounds = 3, .threads = 5, .outputs = outputs, .n_outputs = 1};
    rc_bench *b = NULL;
    rc_error err = {0};
    assert_int_equal(rc_bench_run(w1(arena), &o, arena, &b, &err), RC_OK);
    return b;
}

static void model_is_the_file(void **state) {
    (void)state;
    static char bytes[1 << 16];
    FILE *f = fopen(RC_SOURCE_DIR "/models/w1.yaml", "rb");
    assert_non_null(f);
    size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    assert_int_equal(n, rc_bench_w1_length);
    assert_memory_equal(bytes, rc_bench_w1, n);
    assert_int_equal(rc_bench_w1[n], 0);
}

static void cases(void **state) {
    (void)state;
    static const int threads[] = {1, 2, 4, 5};
    static const uint64_t trials[] = {64, 256, 1024, 4096, 16384};
    rc_arena *arena = rc_arena_new();
    rc_bench *b = bench(arena);
    const rc_bench_group *g = &b->groups[0];
    assert_string_equal(g->key, "threads");
    assert_int_equal(g->n_cases, 4);
    for (size_t i = 0; i < g->n_cases; i++) {
        const rc_bench_case *c = g->cases[i];
        assert_int_equal(c->threads, threads[i]);
        assert_int_equal(c->trials, 4096);
        assert_true(c->speedup > 0 && c->whole_speedup > 0);
    }
    assert_true(g->cases[0]->speedup == 1 && g->cases[0]->whole_speedup == 1);
    assert_int_equal(b->groups[1].n_cases, rc_sampler_count());
    assert_int_equal(b->groups[2].n_cases, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(b->groups[2].cases[i]->trials, trials[i]);
    assert_true(b->groups[3].n_cases >= 1);
    /* the case that all groups share is measured once */
    for (size_t i = 1; i < RC_BENCH_GROUPS; i++) {
        size_t found = 0;
        for (size_t k = 0; k < b->groups[i].n_cases; k++)
            found += b->groups[i].cases[k] == g->cases[3];
        assert_int_equal(found, 1);
    }
    rc_arena_free(arena);
}

static void times(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    rc_bench *b = bench(arena);
    assert_int_equal(b->n_inputs, 26);
    for (size_t i = 0; i < RC_BENCH_GROUPS; i++)
        for (size_t k = 0; k < b->groups[i].n_cases; k++) {
            const rc_bench_case *c = b->groups[i].cases[k];
            assert_true(c->simulate.low > 0);
            assert_true(c->simulate.low <= c->simulate.median);
            assert_true(c->simulate.median <= c->simulate.high);
            assert_true(c->whole.low <= c->whole.median && c->whole.median <= c->whole.high);
            assert_true(c->whole.median > c->simulate.median);
        }
    rc_arena_free(arena);
}

/** As many operations as `roicast explain` counts, which plans every output. */
static void operations(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    const rc_model *model = w1(arena);
    rc_run_options o;
    rc_run_options_default(&o);
    o.cash = true;
    size_t all, few;
    assert_int_equal(rc_run_operations(model, &o, &all, NULL), RC_OK);
    rc_text text = {0};
    assert_int_equal(rc_explain(model, &text, NULL), RC_OK);
    char wanted[64];
    snprintf(wanted, sizeof wanted, " %zu vector operations", all);
    assert_non_null(strstr(text.bytes, wanted));
    rc_text_free(&text);
    o.cash = false;
    o.outputs = outputs;
    o.n_outputs = 1;
    assert_int_equal(rc_run_operations(model, &o, &few, NULL), RC_OK);
    assert_true(few > 26 && few < all);
    static const char *const none[] = {"nothing"};
    o.outputs = none;
    assert_int_equal(rc_run_operations(model, &o, &few, NULL), RC_USAGE);
    rc_arena_free(arena);
}

static double real(json_t *o, const char *key) {
    json_t *x = json_object_get(o, key);
    assert_true(json_is_number(x));
    return json_number_value(x);
}

static void json_has_all(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    rc_bench *b = bench(arena);
    rc_bench_machine machine = {"a \"processor\"", 8, "close"};
    rc_text text = {0};
    assert_int_equal(rc_bench_json.write(b, &machine, &text, NULL), RC_OK);
    json_t *root = json_loads(text.bytes, 0, NULL);
    assert_non_null(root);
    json_t *m = json_object_get(root, "machine"), *model = json_object_get(root, "model");
    assert_string_equal(json_string_value(json_object_get(m, "processor")), "a \"processor\"");
    assert_string_equal(json_string_value(json_object_get(m, "binding")), "close");
    assert_int_equal(real(m, "processors"), 8);
    assert_int_equal(real(m, "threads"), 5);
    assert_string_equal(json_string_value(json_object_get(model, "outputs")), "roi");
    assert_int_equal(real(model, "operations"), b->operations);
    for (size_t i = 0; i < RC_BENCH_GROUPS; i++) {
        json_t *rows = json_object_get(root, b->groups[i].key);
        assert_int_equal(json_array_size(rows), b->groups[i].n_cases);
        for (size_t k = 0; k < b->groups[i].n_cases; k++) {
            json_t *row = json_array_get(rows, k);
            const rc_bench_case *c = b->groups[i].cases[k];
            double median = real(json_object_get(row, "simulate_seconds"), "median");
            assert_true(fabs(median / c->simulate.median - 1) < 1e-5); /* six digits */
            double rate = real(row, "trials_per_second");
            assert_true(fabs(rate * c->simulate.median / (double)c->trials - 1) < 1e-5);
            assert_true(json_is_number(json_object_get(row, "speedup")) == (i == 0));
            if (i == 0)
                assert_true(fabs(real(row, "efficiency") * c->threads / c->speedup - 1) < 1e-5);
        }
    }
    json_decref(root);
    rc_text_free(&text);
    rc_arena_free(arena);
}

/** The bars of made-up times: 4 threads that are 3 times as fast fill three quarters. */
static void picture(void **state) {
    (void)state;
    rc_arena *arena = rc_arena_new();
    rc_bench *b = bench(arena);
    rc_bench_case made[2] = {*b->groups[0].cases[0], *b->groups[0].cases[0]};
    made[1].threads = 4;
    made[1].speedup = 3;
    const rc_bench_case *both[] = {&made[0], &made[1]};
    b->groups[0].cases = both;
    b->groups[0].n_cases = 2;
    rc_bench_machine machine = {"", 4, "none"};
    rc_text text = {0}, bar = {0};
    assert_int_equal(rc_bench_text.write(b, &machine, &text, NULL), RC_OK);
    rc_text_add(&bar, "        4  ");
    rc_text_repeat(&bar, "█", 36);
    rc_text_repeat(&bar, "░", 12);
    rc_text_add(&bar, " 3.00\n");
    assert_non_null(strstr(text.bytes, bar.bytes));
    bar.length = 0;
    rc_text_add(&bar, "        1  ");
    rc_text_repeat(&bar, "█", 12);
    rc_text_add(&bar, " 1.00\n");
    assert_non_null(strstr(text.bytes, bar.bytes));
    assert_non_null(strstr(text.bytes, "75%"));
    assert_non_null(strstr(text.bytes, "an unknown processor"));
    rc_text_free(&bar);
    rc_text_free(&text);
    rc_arena_free(arena);
}

static bool refuse(void *data, double share) {
    int *calls = data;
    (*calls)++;
    assert_true(share >= 0 && share <= 1.0000001);
    return false;
}

static void can_be_stopped(void **state) {
    (void)state;
    int calls = 0;
    rc_bench_options o = {.trials = 1 << 24,
                          .rounds = 50,
                          .threads = 1,
                          .outputs = outputs,
                          .n_outputs = 1,
                          .progress = refuse,
                          .progress_data = &calls};
    rc_arena *arena = rc_arena_new();
    rc_bench *b = NULL;
    rc_error err = {0};
    assert_int_equal(rc_bench_run(w1(arena), &o, arena, &b, &err), RC_INTERRUPTED);
    assert_int_equal(calls, 1);
    rc_arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(model_is_the_file),
        cmocka_unit_test(cases),
        cmocka_unit_test(times),
        cmocka_unit_test(operations),
        cmocka_unit_test(json_has_all),
        cmocka_unit_test(picture),
        cmocka_unit_test(can_be_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
