/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libFuzzer: any bytes as a model file. Whatever comes, there is a tree or an error, every mark
 * lies in the file, and printing the list works.
 *
 *     clang -std=c17 -g -O1 -fsanitize=fuzzer,address,undefined -Isrc tests/fuzz/fuzz_model.c
 *         src/core/arena.c src/core/text.c src/core/error.c src/model/(reader files) -lfyaml -lm
 *
 * With RC_FUZZ_WHOLE_MODEL the checker reads on from there (link the whole library). */
#include "model/syntax.h"

#ifdef RC_FUZZ_WHOLE_MODEL
#    include "lint/lint.h"
#    include "model/model.h"
#endif

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool truth) {
    if (!truth)
        abort();
}

static void check_mark(const rc_mark *mark, const rc_source *source) {
    expect(mark->source == source || mark->source == NULL);
    expect(mark->line <= source->length + 1);
    expect(mark->column <= source->length + 2);
}

static void check_syn(const rc_syn *s, const rc_source *source) {
    check_mark(&s->mark, source);
    for (size_t i = 0; i < s->n; i++)
        check_syn(s->args[i], source);
}

static void walk(const rc_yaml *node, const rc_source *source, rc_diags *d) {
    check_mark(&node->mark, source);
    if (node->kind == RC_YAML_SCALAR) {
        size_t errors = d->n_errors;
        const rc_syn *s = rc_formula_parse(node, d);
        expect((s == NULL) == (d->n_errors > errors));
        if (s != NULL)
            check_syn(s, source);
        return;
    }
    for (size_t i = 0; i < node->n; i++)
        walk(node->items[i], source, d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    rc_arena *arena = rc_arena_new();
    rc_source *source = rc_source_text("fuzz.yaml", (const char *)data, size, arena);
    rc_diags *d = RC_NEW(arena, rc_diags, 1);
    d->arena = arena;
    const rc_yaml *root = rc_yaml_parse(source, d);
    expect((root == NULL) == (d->n_errors > 0));
    if (root != NULL)
        walk(root, source, d);
    for (size_t i = 0; i < d->n_errors && i < RC_DIAG_LIMIT; i++)
        check_mark(&d->errors[i].mark, source);
    rc_text out = {0};
    rc_diags_print(d, true, &out);
    rc_text_free(&out);
#ifdef RC_FUZZ_WHOLE_MODEL
    rc_diags *whole = RC_NEW(arena, rc_diags, 1);
    whole->arena = arena;
    const rc_model *model;
    rc_status status = rc_model_load(source, arena, whole, &model);
    expect((status == RC_OK) == (model != NULL));
    expect((status == RC_OK) == (whole->n_errors == 0));
    if (status == RC_OK) {
        rc_lint_model(model, true, whole);
        expect(rc_lint_scenarios(model, rc_model_scenarios(model, NULL, arena, whole), true,
                                 whole) == RC_OK ||
               whole->n_errors > 0);
    }
    rc_diags_print(whole, true, &out);
    rc_text_free(&out);
#endif
    rc_arena_free(arena);
    return 0;
}
