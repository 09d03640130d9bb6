/* SPDX-License-Identifier: GPL-3.0-or-later */
/* docs/model-language.md against the tables that the program reads models with: every key,
 * function, form of a distribution and always-there output is on the page, the tables of keys hold
 * nothing else, and the models marked `complete`, there and in README.md, are read without a word.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/text.h"
#include "lint/lint.h"
#include "model/func.h"
#include "model/keys.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *page;

static char *read_file(const char *name) {
    FILE *file = fopen(name, "rb");
    assert_non_null(file);
    enum { MOST = 1 << 20 };
    char *text = malloc(MOST);
    assert_non_null(text);
    size_t n = fread(text, 1, MOST - 1, file);
    text[n] = '\0';
    fclose(file);
    assert_true(n > 0 && n < MOST - 1);
    return text;
}

static int read_page(void **state) {
    (void)state;
    page = read_file(RC_SOURCE_DIR "/docs/model-language.md");
    return 0;
}

static int free_page(void **state) {
    (void)state;
    free(page);
    return 0;
}

/* "`text`" stands on the page between from and to. */
static bool quoted(const char *from, const char *to, const char *text) {
    char wanted[512];
    snprintf(wanted, sizeof wanted, "`%s`", text);
    const char *found = strstr(from, wanted);
    return found != NULL && found < to;
}

static const char *end_of_page(void) {
    return page + strlen(page);
}

/* ---- Functions, distributions, outputs --------------------------------------------------------
 */

static void every_function(void **state) {
    (void)state;
    for (size_t i = 0; i < rc_func_count(); i++) {
        char call[128];
        snprintf(call, sizeof call, "%s(%s)", rc_func_at(i)->name, rc_func_at(i)->parameters);
        if (!quoted(page, end_of_page(), call))
            fail_msg("`%s` is missing in \"Functions\"", call);
    }
}

/* "pert(min, mode, max, shape=4)": as `roicast list distributions` prints it, and the parameters of
 * `empirical` and `a to b` likewise. */
static void form_text(const rc_dist_type *d, const rc_dist_form *form, char *out, size_t room) {
    size_t n = (size_t)snprintf(out, room, "%s(", d->name);
    for (size_t i = 0; i < form->n_slots && n < room; i++) {
        const rc_dist_slot *slot = &form->slots[i];
        n += (size_t)snprintf(out + n, room - n, "%s%s", i > 0 ? ", " : "", slot->name);
        if (slot->optional && n < room)
            n += (size_t)snprintf(out + n, room - n, "=");
        if (slot->optional && slot->kind == RC_SLOT_NUMBER && isfinite(slot->fallback) && n < room)
            n += (size_t)snprintf(out + n, room - n, "%g", slot->fallback);
    }
    assert_true(n + 1 < room);
    out[n] = ')';
    out[n + 1] = '\0';
}

static void every_form_of_every_distribution(void **state) {
    (void)state;
    for (size_t i = 0; i < rc_dist_count(); i++) {
        const rc_dist_type *d = rc_dist_at(i, RC_ISA_sse2);
        for (size_t f = 0; f < d->n_forms; f++) {
            char text[256];
            form_text(d, &d->forms[f], text, sizeof text);
            if (!quoted(page, end_of_page(), text))
                fail_msg("`%s` is missing in \"Distributions\"", text);
        }
    }
    assert_true(quoted(page, end_of_page(), "a to b"));
}

/* ---- Tables: rows that begin "| `key` `key` |" ------------------------------------------------
 */

/* The part of the page below the heading ("## ...") that holds `tag`, up to the next one. */
static void section(const char *tag, const char **from, const char **to) {
    for (const char *s = strstr(page, "\n## "); s != NULL; s = strstr(s + 1, "\n## ")) {
        size_t line = strcspn(s + 1, "\n");
        const char *found = strstr(s, tag);
        if (found == NULL || found > s + line)
            continue;
        *from = s + 1 + line;
        *to = strstr(*from, "\n## ");
        if (*to == NULL)
            *to = end_of_page();
        return;
    }
    fail_msg("the page has no heading with %s", tag);
}

/* The next word of the first column; NULL after the last. */
static const char *next_word(const char *s, const char *to, char word[64]) {
    for (; s < to; s++) {
        const char *line = s;
        while (line > page && line[-1] != '\n')
            line--;
        if (*s != '`' || strncmp(line, "| `", 3) != 0)
            continue;
        const char *bar = strchr(line + 1, '|');
        if (bar == NULL || s > bar)
            continue;
        size_t n = strcspn(s + 1, "`");
        assert_true(n < 64);
        memcpy(word, s + 1, n);
        word[n] = '\0';
        return s + n + 2;
    }
    return NULL;
}

static bool in_table(const char *tag, const char *name) {
    const char *from, *to;
    char word[64];
    section(tag, &from, &to);
    for (const char *s = next_word(from, to, word); s != NULL; s = next_word(s, to, word))
        if (strcmp(word, name) == 0)
            return true;
    return false;
}

/* What a choice may be stands in the section as well. */
static void check_choices(const char *tag, const rc_key *key) {
    const char *from, *to;
    section(tag, &from, &to);
    for (const char *s = key->choices; *s != '\0';) {
        char word[32];
        size_t n = strcspn(s, " ");
        assert_true(n < sizeof word);
        memcpy(word, s, n);
        word[n] = '\0';
        if (strcmp(word, "-") != 0 && !quoted(from, to, word))
            fail_msg("`%s` of `%s` is missing below the heading with %s", word, key->name, tag);
        s += n + strspn(s + n, " ");
    }
}

static void check_keys(const char *tag, const rc_keys *keys) {
    for (size_t i = 0; i < keys->n; i++) {
        if (!in_table(tag, keys->rows[i].name))
            fail_msg("the key `%s` of %s is missing below the heading with %s", keys->rows[i].name,
                     keys->title, tag);
        if (keys->rows[i].choices != NULL)
            check_choices(tag, &keys->rows[i]);
    }
    const char *from, *to;
    char word[64];
    section(tag, &from, &to);
    for (const char *s = next_word(from, to, word); s != NULL; s = next_word(s, to, word))
        if (rc_key_find(keys, word) == NULL)
            fail_msg("`%s` below the heading with %s is no key of %s", word, tag, keys->title);
}

static void every_key_and_no_other(void **state) {
    (void)state;
    check_keys("The top of a file", &rc_top_keys);
    check_keys("`timeline`", &rc_timeline_keys);
    check_keys("`hurdle`", &rc_hurdle_keys);
    check_keys("`realisation`", &rc_realisation_keys);
    check_keys("`groups`", &rc_group_keys);
    check_keys("`evidence`", &rc_evidence_keys);
    check_keys("`correlations`", &rc_correlation_keys);
    check_keys("`matrix`", &rc_matrix_keys);
    check_keys("Every entry", &rc_entry_keys);
    for (int s = 0; s <= RC_SECTION_COUNT; s++) { /* the last: functions */
        char tag[32];
        snprintf(tag, sizeof tag, "`%s`", rc_section_name[s]);
        check_keys(tag, &rc_section_keys[s]);
    }
}

static void every_output_and_no_other(void **state) {
    (void)state;
    const char *from, *to;
    char word[64];
    section("Always-there outputs", &from, &to);
    for (size_t i = 0; i < rc_metric_count(); i++)
        if (!in_table("Always-there outputs", rc_metric_at(i, RC_ISA_sse2)->name))
            fail_msg("the output `%s` is missing", rc_metric_at(i, RC_ISA_sse2)->name);
    for (const char *s = next_word(from, to, word); s != NULL; s = next_word(s, to, word))
        if (rc_metric_find(word) == NULL)
            fail_msg("`%s` is no always-there output", word);
}

static void every_lint_rule_and_no_other(void **state) {
    (void)state;
    const char *from, *to;
    char word[64], row[512];
    section("Lint", &from, &to);
    for (size_t i = 0; i < rc_lint_rule_count(); i++) {
        const rc_lint_rule *r = rc_lint_rule_at(i);
        snprintf(row, sizeof row, "\n| `%s`%s | %s | %s |\n", r->name, r->style ? " *" : "",
                 r->summary, r->advice);
        const char *found = strstr(from, row);
        if (found == NULL || found > to)
            fail_msg("below \"Lint\" there is no row%s", row);
    }
    for (const char *s = next_word(from, to, word); s != NULL; s = next_word(s, to, word))
        if (rc_lint_rule_find(word) == NULL)
            fail_msg("`%s` below \"Lint\" is no rule", word);
}

/* ---- Models -----------------------------------------------------------------------------------
 */

static void load_block(const char *from, size_t n) {
    rc_arena *arena = rc_arena_new();
    rc_diags diags = {.arena = arena};
    const rc_model *model = NULL;
    rc_status status =
        rc_model_load(rc_source_text("page.yaml", from, n, arena), arena, &diags, &model);
    if (status == RC_OK)
        status = rc_lint_model(model, true, &diags);
    if (status != RC_OK || diags.n_warnings > 0) {
        rc_text text = {0};
        rc_diags_print(&diags, false, &text);
        print_error("%s", text.bytes);
        rc_text_free(&text);
        fail_msg("a model marked complete is not read without a word");
    }
    rc_arena_free(arena);
}

static int load_blocks(const char *text) {
    static const char open[] = "\n```yaml complete\n";
    int n = 0;
    for (const char *s = strstr(text, open); s != NULL; s = strstr(s, open), n++) {
        s += sizeof open - 1;
        const char *end = strstr(s, "\n```\n");
        assert_non_null(end);
        load_block(s, (size_t)(end + 1 - s));
    }
    return n;
}

static void complete_models_are_read(void **state) {
    (void)state;
    assert_true(load_blocks(page) >= 2);
    char *readme = read_file(RC_SOURCE_DIR "/README.md");
    assert_true(load_blocks(readme) >= 1);
    free(readme);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_function),
        cmocka_unit_test(every_form_of_every_distribution),
        cmocka_unit_test(every_key_and_no_other),
        cmocka_unit_test(every_output_and_no_other),
        cmocka_unit_test(every_lint_rule_and_no_other),
        cmocka_unit_test(complete_models_are_read),
    };
    return cmocka_run_group_tests(tests, read_page, free_page);
}
