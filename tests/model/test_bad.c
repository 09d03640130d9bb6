/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every file of tests/data/bad is refused, or warned about, in the very words of the .expected file
 * beside it; its scenarios are looked at, too. With ROICAST_WRITE_EXPECTED set, the .expected files
 * that are missing are written: read them before you commit them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lint/lint.h"
#include "model/model.h"
#include "overlay_options.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER RC_TEST_DATA "/bad"

/* What a user sees who stands in the folder. */
static char *diagnostics_of(const char *name, rc_arena *arena) {
    rc_diags diags = {.arena = arena};
    rc_source *source = NULL;
    rc_error err = {0};
    rc_text text = {0};
    const rc_model *model = NULL;
    if (rc_source_read(name, arena, &source, &err) != RC_OK)
        return rc_arena_printf(arena, "%s\n", err.message);
    rc_load_options options = options_in(source, arena);
    rc_status status = rc_model_load_with(source, &options, arena, &diags, &model);
    assert_true((status == RC_OK) == (model != NULL));
    assert_true((status == RC_OK) == (diags.n_errors == 0));
    const rc_model *const *scenarios =
        model != NULL ? rc_model_scenarios(model, &options, arena, &diags) : NULL;
    if (model != NULL && diags.n_errors == 0 && rc_lint_model(model, false, &diags) == RC_OK)
        rc_lint_scenarios(model, scenarios, false, &diags);
    rc_diags_print(&diags, false, &text);
    char *copy = rc_arena_strdup(arena, text.bytes != NULL ? text.bytes : "");
    rc_text_free(&text);
    return copy;
}

static char *expected_of(const char *name, const char *actual, rc_arena *arena) {
    const char *stem = rc_arena_strndup(arena, name, strlen(name) - strlen(".yaml"));
    const char *path = rc_arena_printf(arena, "%s.expected", stem);
    FILE *file = fopen(path, "rb");
    if (file == NULL && getenv("ROICAST_WRITE_EXPECTED") != NULL) {
        file = fopen(path, "wb");
        assert_non_null(file);
        fputs(actual, file);
        fclose(file);
        return rc_arena_strdup(arena, actual);
    }
    if (file == NULL)
        fail_msg("%s is missing", path);
    char *text = rc_arena_alloc(arena, 1 << 16);
    size_t n = fread(text, 1, (1 << 16) - 1, file);
    text[n] = '\0';
    fclose(file);
    return text;
}

static void every_bad_file_is_answered_as_expected(void **state) {
    (void)state;
    assert_int_equal(chdir(FOLDER), 0);
    DIR *folder = opendir(".");
    assert_non_null(folder);
    size_t n_files = 0, n_wrong = 0;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        const char *ending = strrchr(entry->d_name, '.');
        if (ending == NULL || strcmp(ending, ".yaml") != 0)
            continue;
        rc_arena *arena = rc_arena_new();
        const char *actual = diagnostics_of(entry->d_name, arena);
        const char *expected = expected_of(entry->d_name, actual, arena);
        if (strcmp(actual, expected) != 0) {
            print_error("%s\n--- expected\n%s--- got\n%s", entry->d_name, expected, actual);
            n_wrong++;
        }
        if (actual[0] == '\0') {
            print_error("%s was accepted without a word\n", entry->d_name);
            n_wrong++;
        }
        n_files++;
        rc_arena_free(arena);
    }
    closedir(folder);
    assert_int_equal(n_wrong, 0);
    assert_true(n_files >= 70);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_bad_file_is_answered_as_expected)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
