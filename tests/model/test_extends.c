/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that extend others: the order in which they are laid over one another, where their data
 * files are looked for, what is known about them afterwards. */
#define _XOPEN_SOURCE 700
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/streams.h"
#include "model/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GOOD RC_TEST_DATA "/good"

static int setup(void **state) {
    *state = rc_arena_new();
    return 0;
}

static int teardown(void **state) {
    rc_arena_free(*state);
    return 0;
}

static const rc_model *load(rc_arena *arena, const char *path, const rc_load_options *options,
                            rc_diags *diags) {
    rc_source *source = NULL;
    assert_int_equal(rc_source_read(path, arena, &source, NULL), RC_OK);
    *diags = (rc_diags){.arena = arena};
    const rc_model *model = NULL;
    rc_model_load_with(source, options, arena, diags, &model);
    return model;
}

static const char *value(const rc_model *m, const char *section, const char *name) {
    const rc_yaml *y = rc_yaml_get(rc_yaml_get(m->tree, section), name);
    return (y->kind == RC_YAML_MAP ? rc_yaml_get(y, "value") : y)->text;
}

/* base.yaml is named twice, by the top file and by prices.yaml: it counts at its first place, so
 * the price of prices.yaml stays. */
static void files_in_order_and_each_once(void **state) {
    rc_diags diags;
    const rc_model *m = load(*state, GOOD "/extends.yaml", NULL, &diags);
    assert_non_null(m);
    assert_int_equal(m->n_files, 3);
    assert_string_equal(m->files[0]->name, GOOD "/extends.yaml");
    assert_string_equal(m->files[1]->name, GOOD "/parts/base.yaml");
    assert_string_equal(m->files[2]->name, GOOD "/parts/vendor/prices.yaml");
    assert_int_equal(strlen(m->files[2]->sha256), 64);
    assert_string_equal(value(m, "inputs", "price"), "2 to 4");
    assert_string_equal(value(m, "inputs", "seats"), "150");
    const rc_entry *seats = rc_model_find(m, "seats");
    assert_string_equal(seats->unit, "people");
    assert_null(seats->source);
    assert_string_equal(rc_label_text(&m->title, "en", ""), "Extended");
    assert_string_equal(rc_label_text(&m->title, "zh", ""), "基础");
    assert_true(m->years == 3 && m->per_year == 4);
    assert_string_equal(seats->mark.source->name, GOOD "/parts/base.yaml");
}

/* Three files say something about the scenario: all of it holds, the later over the earlier. */
static void scenarios_of_all_files(void **state) {
    static const char *const growth = "growth";
    const rc_load_options options = {.scenarios = &growth, .n_scenarios = 1};
    rc_diags diags;
    const rc_model *m = load(*state, GOOD "/extends.yaml", &options, &diags);
    assert_non_null(m);
    assert_int_equal(m->n_scenarios, 2);
    assert_string_equal(value(m, "inputs", "seats"), "200");
    assert_string_equal(value(m, "costs", "licence"), "400");
    double growth_rate = 1;
    assert_true(rc_expr_constant(rc_model_find(m, "licence")->flow->growth, &growth_rate) &&
                growth_rate == 0);
}

/* `eager` stands in the first section, but in the last file. */
static void additions_take_the_last_dimensions(void **state) {
    static const char *const order[] = {"price", "minutes", "eager"};
    rc_diags diags;
    const rc_model *m = load(*state, GOOD "/extends.yaml", NULL, &diags);
    size_t n;
    const rc_dimension *list = rc_model_dimensions(m, *state, &n);
    assert_int_equal(n, 3);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(list[i].name, order[i]);
}

/* ---- Chains that are too long ----------------------------------------------------------------
 */

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void long_chains_and_unreadable_files(void **state) {
    char folder[] = "/tmp/roicast-extends-XXXXXX", path[200], text[200];
    assert_non_null(mkdtemp(folder));
    enum { N = 33 };
    for (int i = 0; i < N; i++) {
        snprintf(path, sizeof path, "%s/f%d.yaml", folder, i);
        snprintf(text, sizeof text,
                 i + 1 < N ? "roicast: 1\nextends: f%d.yaml\n" : "outputs: {y: 7}\n", i + 1);
        write_file(path, text);
    }
    rc_diags diags;
    snprintf(path, sizeof path, "%s/f0.yaml", folder);
    assert_null(load(*state, path, NULL, &diags));
    assert_string_equal(diags.errors[0].message, "files extend one another more than 32 deep");
    snprintf(path, sizeof path, "%s/f1.yaml", folder); /* one less is fine */
    const rc_model *m = load(*state, path, NULL, &diags);
    assert_non_null(m);
    assert_int_equal(m->n_files, 32);
    snprintf(path, sizeof path, "%s/f%d.yaml", folder, N - 1);
    if (geteuid() != 0) {
        assert_int_equal(chmod(path, 0), 0);
        snprintf(path, sizeof path, "%s/f1.yaml", folder);
        assert_null(load(*state, path, NULL, &diags));
        assert_non_null(strstr(diags.errors[0].message, "no permission to read it"));
        assert_int_equal(diags.errors[0].mark.line, 2);
    }
    for (int i = 0; i < N; i++) {
        snprintf(path, sizeof path, "%s/f%d.yaml", folder, i);
        assert_int_equal(remove(path), 0);
    }
    assert_int_equal(rmdir(folder), 0);
}

/* 33 MiB twice is more than 64 MiB together. */
static void files_too_large_together(void **state) {
    char folder[] = "/tmp/roicast-extends-XXXXXX", path[200];
    assert_non_null(mkdtemp(folder));
    static const char line[] = "# a comment that fills a file, and says nothing about any model\n";
    const char *const names[] = {"a", "b"};
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s.yaml", folder, names[i]);
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        fputs("outputs: {y: 7}\n", file);
        for (size_t n = 0; n < (33u << 20); n += sizeof line - 1)
            fputs(line, file);
        fclose(file);
    }
    snprintf(path, sizeof path, "%s/top.yaml", folder);
    write_file(path, "roicast: 1\nextends: [a.yaml, b.yaml]\n");
    rc_diags diags;
    assert_null(load(*state, path, NULL, &diags));
    assert_string_equal(diags.errors[0].message, "the files are larger than 64 MiB together");
    remove(path);
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s.yaml", folder, names[i]);
        assert_int_equal(remove(path), 0);
    }
    assert_int_equal(rmdir(folder), 0);
}

/* ---- Paths ---- */

static void paths_that_leave(void **state) {
    static const struct {
        const char *path;
        bool outside;
    } cases[] = {{"parts/base.yaml", false},           {"./parts//base.yaml", false},
                 {"parts/vendor/../base.yaml", false}, {"parts/../../good/parts/base.yaml", true},
                 {"../good/parts/base.yaml", true},    {GOOD "/parts/base.yaml", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int allowed = 0; allowed < 2; allowed++) {
            char text[1000];
            snprintf(text, sizeof text, "roicast: 1\nextends: %s\n", cases[i].path);
            rc_load_options options = {.allow_outside = allowed == 1};
            rc_diags diags = {.arena = *state};
            const rc_model *m = NULL;
            rc_model_load_with(rc_source_text(GOOD "/x.yaml", text, strlen(text), *state), &options,
                               *state, &diags, &m);
            assert_true((m != NULL) == (allowed == 1 || !cases[i].outside));
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        T(files_in_order_and_each_once),       T(scenarios_of_all_files),
        T(additions_take_the_last_dimensions), T(long_chains_and_unreadable_files),
        T(files_too_large_together),           T(paths_that_leave),
#undef T
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
