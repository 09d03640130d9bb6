/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trees as text: what is written reads back as the same tree, whatever its texts are; and a model
 * with its overlays, written as one file, gives the same result to the byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/run.h"
#include "model/merged.h"
#include "model/yaml_write.h"
#include "overlay_options.h"
#include "report/format.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int setup(void **state) {
    *state = rc_arena_new();
    return 0;
}

static int teardown(void **state) {
    rc_arena_free(*state);
    return 0;
}

/* ---- Trees ------------------------------------------------------------------------------------
 */

static bool same_tree(const rc_yaml *a, const rc_yaml *b) {
    if (a->kind != b->kind || a->n != b->n || a->null != b->null || strcmp(a->text, b->text) != 0)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if ((a->kind == RC_YAML_MAP && strcmp(a->keys[i]->text, b->keys[i]->text) != 0) ||
            !same_tree(a->items[i], b->items[i]))
            return false;
    return true;
}

static bool reads_back(const rc_yaml *tree, rc_arena *arena) {
    rc_text text = {0}, messages = {0};
    rc_yaml_write(tree, NULL, NULL, &text);
    rc_diags diags = {.arena = arena};
    const rc_yaml *again =
        rc_yaml_parse(rc_source_text("written.yaml", text.bytes, text.length, arena), &diags);
    bool same = again != NULL && same_tree(tree, again);
    rc_diags_print(&diags, false, &messages);
    if (!same)
        print_error("%s%s", text.bytes, messages.length > 0 ? messages.bytes : "");
    rc_text_free(&text);
    rc_text_free(&messages);
    return same;
}

static size_t files_of(const char *path, rc_arena *arena) {
    DIR *folder = opendir(path);
    assert_non_null(folder);
    size_t n = 0;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const char *ending = strrchr(entry->d_name, '.');
        if (ending == NULL || strcmp(ending, ".yaml") != 0)
            continue;
        rc_source *source = NULL;
        rc_diags diags = {.arena = arena};
        const char *name = rc_arena_printf(arena, "%s/%s", path, entry->d_name);
        assert_int_equal(rc_source_read(name, arena, &source, NULL), RC_OK);
        const rc_yaml *tree = rc_yaml_parse(source, &diags);
        if (tree == NULL)
            continue; /* not YAML */
        if (!reads_back(tree, arena))
            fail_msg("%s", name);
        n++;
    }
    closedir(folder);
    return n;
}

static void every_file_reads_back(void **state) {
    assert_true(files_of(RC_SOURCE_DIR "/models", *state) >= 6);
    assert_true(files_of(RC_TEST_DATA "/good", *state) >= 8);
    assert_true(files_of(RC_TEST_DATA "/good/parts/vendor", *state) >= 1);
    assert_true(files_of(RC_TEST_DATA "/bad", *state) >= 70); /* wrong only in what they say */
}

static rc_yaml *node(rc_arena *arena, rc_yaml_kind kind, const char *text, size_t room) {
    rc_yaml *y = RC_NEW(arena, rc_yaml, 1);
    y->kind = kind;
    y->text = text;
    y->keys = RC_NEW(arena, const rc_yaml *, room);
    y->items = RC_NEW(arena, const rc_yaml *, room);
    return y;
}

/* The text as a value, a key, an item in brackets and one of a list of mappings. */
static const rc_yaml *tree_with(const char *text, rc_arena *arena) {
    rc_yaml *root = node(arena, RC_YAML_MAP, "", 4), *leaf = node(arena, RC_YAML_SCALAR, text, 0);
    rc_yaml *list = node(arena, RC_YAML_LIST, "", 3), *rows = node(arena, RC_YAML_LIST, "", 2);
    rc_yaml *map = node(arena, RC_YAML_MAP, "", 1), *deep = node(arena, RC_YAML_MAP, "", 2);
    list->items[list->n++] = leaf;
    list->items[list->n++] = node(arena, RC_YAML_SCALAR, "x", 0);
    map->keys[0] = node(arena, RC_YAML_SCALAR, "in_list", 0);
    map->items[map->n++] = leaf;
    rows->items[rows->n++] = map;
    rows->items[rows->n++] = leaf;
    deep->keys[0] = leaf;
    deep->items[deep->n++] = leaf;
    const rc_yaml *parts[] = {leaf, list, rows, deep};
    static const char *const names[] = {"value", "list", "rows", "deep"};
    for (size_t i = 0; i < 4; i++) {
        root->keys[i] = node(arena, RC_YAML_SCALAR, names[i], 0);
        root->items[root->n++] = parts[i];
    }
    return root;
}

static void odd_texts_read_back(void **state) {
    static const char *const texts[] = {
        "",
        " ",
        "~",
        "null",
        "true",
        "yes",
        "-",
        "- a",
        "--- ",
        "...",
        "? a",
        ": a",
        "a: b",
        "a:",
        "a:5",
        "a #2",
        "#",
        "a#2",
        "training #2",
        "&b + 1",
        "*b",
        "!x",
        "%5",
        "@x",
        "`x`",
        "|",
        ">",
        "> 3",
        "[a",
        "{a",
        "a, b",
        "1,200",
        "'",
        "\"",
        "'a' \"b\"",
        "\\",
        "a\\q",
        "a\nb",
        "a\nb\n",
        "a\n\nb\n\n",
        "\na",
        " a\nb",
        "a \nb",
        "\t",
        "a\tb",
        "<<",
        "a：5",
        "（，）",
        "培训质量",
        "a b",
        "\u00A0x",
        "\u200B",
        "\uFEFFa",
        "\u2028",
        "a\rb",
        "\xC2\x85",
        "1e3",
        "-2^2",
        "+1",
        ".5",
        "(1 + 2) * 3",
        "pert(1, 2, 3)",
        "a = b",
        "\x7F",
        "\x01",
        "\U0001F600",
        "a\n# b",
        "a\n- b",
        "a\n---\nb",
        "a: b\nc: d",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i], "<<") != 0 && !reads_back(tree_with(texts[i], *state), *state))
            fail_msg("text %zu: `%s`", i, texts[i]);
}

static void random_texts_read_back(void **state) {
    static const char *const pieces[] = {
        "a", "1", " ", "  ", ":", ": ", " #", "#",  "-",  ",",  ", ", "[", "]",
        "{", "}", "(", ")",  "'", "\"", "\\", "\n", "\t", "&",  "*",  "!", "%",
        "|", ">", "?", "=",  "~", "@",  "`",  ".",  "é",  "质", "：", "k", "\u200B",
    };
    uint32_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        rc_text text = {0};
        for (int k = 0, n = 1 + i % 7; k < n; k++) {
            seed = seed * 1664525 + 1013904223;
            rc_text_add(&text, pieces[(seed >> 8) % (sizeof pieces / sizeof *pieces)]);
        }
        rc_arena *arena = rc_arena_new();
        if (!reads_back(tree_with(text.bytes, arena), arena))
            fail_msg("text %d: `%s`", i, text.bytes);
        rc_arena_free(arena);
        rc_text_free(&text);
    }
    (void)state;
}

/* ---- Models -----------------------------------------------------------------------------------
 */

static const rc_model *load(const rc_source *source, const rc_load_options *options,
                            rc_arena *arena) {
    rc_diags *diags = RC_NEW(arena, rc_diags, 1);
    diags->arena = arena;
    const rc_model *model = NULL;
    rc_text out = {0};
    rc_model_load_with(source, options, arena, diags, &model);
    rc_diags_print(diags, false, &out);
    if (model == NULL)
        print_error("%s\n%s", source->bytes, out.bytes);
    rc_text_free(&out);
    assert_non_null(model);
    return model;
}

/* The result without what names files, overlays and machines. */
static char *figures(const rc_model *model, const char *sampler, rc_arena *arena) {
    rc_run_options options;
    rc_run_options_default(&options);
    options.trials = 2048;
    options.sampler = sampler;
    rc_result *r = NULL;
    rc_error err = {0};
    if (rc_run(model, &options, &r, &err) != RC_OK)
        fail_msg("%s", err.message);
    r->file = r->sha256 = "";
    r->n_files = r->n_scenarios = r->n_sets = 0;
    r->seconds = r->simulate_seconds = 0;
    rc_text text = {0};
    rc_report_style style = {0};
    assert_int_equal(rc_format_find("json")->write(r, &style, &text, NULL), RC_OK);
    char *copy = rc_arena_strdup(arena, text.bytes);
    rc_text_free(&text);
    rc_result_free(r);
    return copy;
}

static const rc_model *merged(const rc_model *model, const char *name, rc_arena *arena) {
    static const rc_load_options outside = {.allow_outside = true};
    rc_text text = {0};
    rc_model_merged(model, &text);
    const rc_source *source = rc_source_text(name, text.bytes, text.length, arena);
    rc_text_free(&text);
    return load(source, &outside, arena);
}

static void check_merged(const rc_source *source, const rc_load_options *options,
                         const char *const *samplers, rc_arena *arena) {
    const rc_model *model = load(source, options, arena);
    const rc_model *once = merged(model, source->name, arena);
    assert_int_equal(once->n_files, 1);
    for (size_t i = 0; samplers[i] != NULL; i++)
        assert_string_equal(figures(model, samplers[i], arena), figures(once, samplers[i], arena));
    /* the second time nothing changes but where things come from */
    assert_true(same_tree(once->tree, merged(once, source->name, arena)->tree));
    if (options->n_scenarios + options->n_sets > 0) {
        assert_int_equal(once->n_scenarios, 0);
        return;
    }
    assert_int_equal(once->n_scenarios, model->n_scenarios);
    for (size_t i = 0; i < model->n_scenarios; i++) {
        rc_load_options with = *options;
        with.scenarios = &model->scenarios[i];
        with.n_scenarios = 1;
        check_merged(source, &with, samplers, arena);
        rc_text text = {0};
        rc_model_merged(model, &text);
        const rc_source *flat = rc_source_text(source->name, text.bytes, text.length, arena);
        rc_text_free(&text);
        assert_string_equal(figures(load(source, &with, arena), samplers[0], arena),
                            figures(load(flat, &with, arena), samplers[0], arena));
    }
}

static void merged_models_of(const char *folder, size_t least) {
    static const char *const samplers[] = {"sobol", "random", NULL};
    static const rc_load_options plain = {.allow_outside = true};
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    assert_int_equal(chdir(folder), 0);
    size_t n = 0;
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL; n++) {
        const char *ending = strrchr(entry->d_name, '.');
        if (ending == NULL || strcmp(ending, ".yaml") != 0)
            continue;
        rc_arena *arena = rc_arena_new();
        rc_source *source = NULL;
        assert_int_equal(rc_source_read(entry->d_name, arena, &source, NULL), RC_OK);
        rc_load_options options = options_in(source, arena);
        check_merged(source, &options, samplers, arena);
        check_merged(source, &plain, samplers, arena);
        rc_arena_free(arena);
    }
    closedir(dir);
    assert_true(n >= least);
}

static void every_good_file_as_one_file(void **state) {
    (void)state;
    merged_models_of(RC_TEST_DATA "/good", 9);
}

static void every_model_as_one_file(void **state) {
    (void)state;
    merged_models_of(RC_SOURCE_DIR "/models", 6);
}

static void comments_say_where_it_comes_from(void **state) {
    static const char text[] = "roicast: 1\n"
                               "inputs: {a: 1, b: {value: 2, unit: m}}\n"
                               "outputs: {y: a + b}\n"
                               "scenarios:\n"
                               "  \"odd\\nname\": {a: 3}\n";
    static const char *const scenario = "odd\nname", *const set = "b=4";
    const rc_load_options options = {
        .scenarios = &scenario, .n_scenarios = 1, .sets = &set, .n_sets = 1};
    const rc_model *m =
        load(rc_source_text("x/m.yaml", text, sizeof text - 1, *state), &options, *state);
    rc_text out = {0};
    rc_model_merged(m, &out);
    assert_string_equal(out.bytes, "roicast: 1  # m.yaml:1\n"
                                   "inputs:\n"
                                   "  a: 3  # scenario odd?name\n"
                                   "  b:  # m.yaml:2\n"
                                   "    value: 4  # --set\n"
                                   "    unit: m\n"
                                   "outputs:\n"
                                   "  y: a + b  # m.yaml:3\n");
    rc_text_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        T(every_file_reads_back),       T(odd_texts_read_back),
        T(random_texts_read_back),      T(comments_say_where_it_comes_from),
        T(every_good_file_as_one_file), T(every_model_as_one_file),
#undef T
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
