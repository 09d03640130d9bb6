/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every rule of lint/ has a file on which it fires, with the text in the .expected file beside it,
 * and one on which nothing fires (tests/data/lint/RULE-fires.yaml, RULE-quiet.yaml; more files
 * RULE-WORD-fires.yaml). Silenced by `allow`, nothing of the rule is left. Models that are shipped
 * are clean. With ROICAST_WRITE_EXPECTED set, .expected files that are missing are written: read
 * them before you commit them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lint/lint.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER RC_TEST_DATA "/lint"

static rc_diags *lint_text(const char *name, const char *text, size_t n, bool style,
                           rc_arena *arena) {
    rc_diags *diags = RC_NEW(arena, rc_diags, 1);
    diags->arena = arena;
    const rc_model *model = NULL;
    rc_source *source = rc_source_text(name, text, n, arena);
    if (rc_model_load(source, arena, diags, &model) == RC_OK)
        assert_true((rc_lint_model(model, style, diags) == RC_OK) == (diags->n_errors == 0));
    return diags;
}

static rc_source *read_source(const char *path, rc_arena *arena) {
    rc_source *source = NULL;
    if (rc_source_read(path, arena, &source, NULL) != RC_OK)
        fail_msg("%s cannot be read", path);
    return source;
}

static rc_diags *lint_file(const char *path, rc_arena *arena) {
    rc_source *source = read_source(path, arena);
    return lint_text(path, source->bytes, source->length, true, arena);
}

static const char *text_of(const rc_diags *diags) {
    rc_text text = {0};
    rc_diags_print(diags, false, &text);
    char *copy = rc_arena_strdup(diags->arena, text.bytes != NULL ? text.bytes : "");
    rc_text_free(&text);
    return copy;
}

static size_t count(const rc_diags *diags, const char *rule) {
    size_t n = 0;
    for (size_t i = 0; i < diags->n_warnings && i < RC_DIAG_LIMIT; i++) {
        assert_non_null(diags->warnings[i].rule);
        n += strcmp(diags->warnings[i].rule, rule) == 0;
    }
    return n;
}

static int setup(void **state) {
    assert_int_equal(chdir(FOLDER), 0);
    *state = rc_arena_new();
    return 0;
}

static int teardown(void **state) {
    rc_arena_free(*state);
    return 0;
}

static void rules_are_well_formed(void **state) {
    (void)state;
    for (size_t i = 0; i < rc_lint_rule_count(); i++) {
        const rc_lint_rule *r = rc_lint_rule_at(i);
        assert_ptr_equal(rc_lint_rule_find(r->name), r); /* unique */
        for (const char *s = r->name; *s != '\0'; s++)
            assert_true(islower((unsigned char)*s) || *s == '-');
        size_t n = strlen(r->advice);
        assert_true(n > 5 && r->advice[n - 1] == '.' && isupper((unsigned char)r->advice[0]));
        assert_true(strlen(r->summary) > 5 && r->check != NULL);
    }
}

static void check_words(const char *path, const char *actual, rc_arena *arena) {
    char *expected = rc_arena_printf(arena, "%.*s.expected", (int)strlen(path) - 5, path);
    if (access(expected, R_OK) != 0 && getenv("ROICAST_WRITE_EXPECTED") != NULL) {
        FILE *file = fopen(expected, "wb");
        assert_non_null(file);
        fputs(actual, file);
        fclose(file);
    }
    assert_string_equal(actual, read_source(expected, arena)->bytes);
}

/* The rule whose name begins the name of a file; the longest. */
static const rc_lint_rule *rule_of(const char *path) {
    const rc_lint_rule *best = NULL;
    for (size_t i = 0; i < rc_lint_rule_count(); i++) {
        const rc_lint_rule *r = rc_lint_rule_at(i);
        if (strncmp(path, r->name, strlen(r->name)) == 0 &&
            (best == NULL || strlen(r->name) > strlen(best->name)))
            best = r;
    }
    return best;
}

/* The same file with `allow: [rule]` at its top. */
static void check_silenced(const char *path, const rc_lint_rule *r, rc_arena *arena) {
    rc_source *source = read_source(path, arena);
    if (strstr(source->bytes, "\nallow:") != NULL)
        return;
    const char *text = rc_arena_printf(arena, "%sallow: [%s]\n", source->bytes, r->name);
    rc_diags *diags = lint_text(path, text, strlen(text), true, arena);
    assert_int_equal(diags->n_errors, 0);
    assert_int_equal(count(diags, r->name), 0);
    assert_int_equal(count(diags, "unused-allow"), 0);
}

static void every_rule_fires_and_is_quiet(void **state) {
    rc_arena *arena = *state;
    for (size_t i = 0; i < rc_lint_rule_count(); i++) {
        const rc_lint_rule *r = rc_lint_rule_at(i);
        rc_diags *fires = lint_file(rc_arena_printf(arena, "%s-fires.yaml", r->name), arena);
        if (fires->n_errors > 0 || count(fires, r->name) == 0)
            fail_msg("%s does not fire:\n%s", r->name, text_of(fires));
        rc_diags *quiet = lint_file(rc_arena_printf(arena, "%s-quiet.yaml", r->name), arena);
        if (quiet->n_errors > 0 || quiet->n_warnings > 0)
            fail_msg("%s-quiet.yaml is not quiet:\n%s", r->name, text_of(quiet));
    }
}

static void every_file_is_answered_as_expected(void **state) {
    rc_arena *arena = *state;
    DIR *folder = opendir(".");
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const char *path = rc_arena_strdup(arena, entry->d_name);
        const char *ending = strstr(path, "-fires.yaml");
        if (ending == NULL)
            continue;
        const rc_lint_rule *r = rule_of(path);
        assert_non_null(r);
        rc_diags *diags = lint_file(path, arena);
        assert_true(count(diags, r->name) > 0);
        check_words(path, text_of(diags), arena);
        check_silenced(path, r, arena);
    }
    closedir(folder);
}

/* What `run` shows: all but style. */
static void style_is_left_out_before_a_run(void **state) {
    rc_arena *arena = *state;
    for (size_t i = 0; i < rc_lint_rule_count(); i++) {
        const rc_lint_rule *r = rc_lint_rule_at(i);
        rc_source *source = read_source(rc_arena_printf(arena, "%s-fires.yaml", r->name), arena);
        rc_diags *diags = lint_text(r->name, source->bytes, source->length, false, arena);
        assert_true((count(diags, r->name) == 0) == r->style);
    }
}

static void an_entry_allows_for_itself_only(void **state) {
    static const char text[] =
        "roicast: 1\n"
        "timeline: {years: 1}\n"
        "benefits:\n"
        "  a: {value: 1 to 2, kind: revenue, allow: [revenue-without-margin]}\n"
        "  b: {value: 1 to 2, kind: revenue}\n";
    rc_diags *diags = lint_text("x", text, sizeof text - 1, true, *state);
    assert_int_equal(diags->n_warnings, 1);
    assert_int_equal(diags->warnings[0].mark.line, 5);
}

static void twenty_are_shown_and_all_are_counted(void **state) {
    rc_text text = {0};
    rc_text_add(&text, "roicast: 1\noutputs:\n  y: 1 to 2\ninputs:\n");
    for (int i = 0; i < 30; i++)
        rc_text_addf(&text, "  x%d: %d\n", i, i);
    rc_diags *diags = lint_text("x", text.bytes, text.length, true, *state);
    assert_int_equal(diags->n_warnings, 30);
    assert_non_null(strstr(text_of(diags), "\n… and 10 more warnings\n"));
    rc_text_free(&text);
}

/* Work stays in proportion to the model, however its names refer to each other. */
static void large_models_are_looked_at_quickly(void **state) {
    enum { N = 20000 };
    rc_text text = {0};
    rc_text_add(&text, "roicast: 1\ntimeline: {years: 1, step: quarter}\ninputs:\n  x0: 1 to 2\n");
    for (int i = 1; i < N; i++)
        rc_text_addf(&text, "  x%d: {value: x%d + x%d, label: %d, allow: [loose-range]}\n", i,
                     i - 1, i / 2, i);
    rc_text_add(&text, "series:\n");
    for (int i = 0; i < 40; i++)
        rc_text_addf(&text,
                     "  s%d: {initial: 1, value: \"scurve(s%d + s%d, x%d, x%d) * (1 - x%d)\"}\n",
                     i + 1, i, i, N - 1, N - 2, N - 3);
    rc_text_addf(&text,
                 "  s0: t * x%d\n  p: {initial: 1, value: prev(p) * (1 - x%d) + s40}\n"
                 "outputs:\n  y: last(p)\n",
                 N - 1, N - 1);
    rc_diags *diags = lint_text("x", text.bytes, text.length, true, *state);
    assert_int_equal(diags->n_errors, 0);
    assert_int_equal(diags->n_warnings, N - 1); /* unused-allow; the rest is out of reach */
    rc_text_free(&text);
}

/* A scenario is looked at by itself; what the model says already is not said again. */
static void scenarios_add_their_own(void **state) {
    static const char text[] = "roicast: 1\n"
                               "timeline: {years: 2}\n"
                               "benefits:\n"
                               "  a: {value: 1 to 2, kind: revenue, margin: 1}\n"
                               "scenarios:\n"
                               "  wild: {a: {growth: 3}}\n";
    rc_diags diags = {.arena = *state};
    const rc_model *model = NULL;
    rc_source *source = rc_source_text("x", text, sizeof text - 1, *state);
    assert_int_equal(rc_model_load(source, *state, &diags, &model), RC_OK);
    assert_int_equal(rc_lint_model(model, true, &diags), RC_OK);
    assert_int_equal(diags.n_warnings, 1); /* no discount rate */
    const rc_model *const *scenarios = rc_model_scenarios(model, NULL, *state, &diags);
    assert_int_equal(rc_lint_scenarios(model, scenarios, true, &diags), RC_OK);
    assert_int_equal(diags.n_warnings, 2);
    assert_string_equal(diags.warnings[1].rule, "missing-percent");
    assert_string_equal(diags.warnings[1].context, "scenario wild");
}

static void shipped_models_are_clean(void **state) {
    DIR *folder = opendir(RC_SOURCE_DIR "/models");
    assert_non_null(folder);
    size_t n = 0;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const char *ending = strrchr(entry->d_name, '.');
        if (ending == NULL || strcmp(ending, ".yaml") != 0)
            continue;
        rc_diags *diags =
            lint_file(rc_arena_printf(*state, RC_SOURCE_DIR "/models/%s", entry->d_name), *state);
        if (diags->n_errors > 0 || diags->n_warnings > 0)
            fail_msg("%s", text_of(diags));
        n++;
    }
    closedir(folder);
    assert_true(n >= 6);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_are_well_formed),
        cmocka_unit_test(every_rule_fires_and_is_quiet),
        cmocka_unit_test(every_file_is_answered_as_expected),
        cmocka_unit_test(style_is_left_out_before_a_run),
        cmocka_unit_test(an_entry_allows_for_itself_only),
        cmocka_unit_test(twenty_are_shown_and_all_are_counted),
        cmocka_unit_test(large_models_are_looked_at_quickly),
        cmocka_unit_test(scenarios_add_their_own),
        cmocka_unit_test(shipped_models_are_clean),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
