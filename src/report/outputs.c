/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared questions about a result. */
#include "report/document_make.h"

#include "core/language.h"
#include "core/text.h"

#include <math.h>
#include <string.h>

rc_quantity rc_output_quantity(const rc_result *result, const rc_output *o, const char *language) {
    return (rc_quantity){.unit = o->unit,
                         .currency = result->currency,
                         .suffix = o->unit_text,
                         .language = language};
}

double rc_output_value(const rc_output *o, const char *key, const char *sub) {
    const rc_row *row = rc_output_row(o, key, sub);
    return row != NULL ? row->estimate.value : NAN;
}

double rc_output_error(const rc_output *o, const char *key, const char *sub) {
    const rc_row *row = rc_output_row(o, key, sub);
    if (row == NULL || !isfinite(row->estimate.low) || !isfinite(row->estimate.high))
        return 0;
    return 0.5 * (row->estimate.high - row->estimate.low);
}

const rc_output *rc_result_target(const rc_result *r) {
    const rc_output *o = r->target != NULL ? rc_result_find(r, r->target) : NULL;
    return o != NULL ? o : r->n_outputs > 0 ? &r->outputs[0] : NULL;
}

const char *rc_clean_text(const char *s, rc_arena *arena) {
    rc_text out = {0};
    for (size_t n = strlen(s), step; n > 0; s += step, n -= step) {
        int32_t c = rc_utf8_decode(s, n, &step);
        if (c < 0)
            rc_text_add(&out, "\uFFFD");
        else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
                 (c >= 0x2066 && c <= 0x2069))
            rc_text_add(&out, " ");
        else
            rc_text_add_n(&out, s, step);
    }
    const char *kept = rc_arena_strdup(arena, out.bytes != NULL ? out.bytes : "");
    rc_text_free(&out);
    return kept;
}

bool rc_output_constant(const rc_output *o) {
    return rc_output_value(o, "min", NULL) == rc_output_value(o, "max", NULL);
}

bool rc_one_of_many(const rc_result *r) {
    return r->trials == 1 && r->n_inputs > 0;
}

bool rc_has_outputs(const rc_result *r, rc_output_kind kind) {
    for (size_t i = 0; i < r->n_outputs; i++)
        if (r->outputs[i].kind == kind)
            return true;
    return false;
}

bool rc_nothing_varies(const rc_result *r) {
    for (size_t i = 0; i < r->n_outputs; i++)
        if (!rc_output_constant(&r->outputs[i]) && r->outputs[i].undefined < 1 &&
            r->outputs[i].infinite < 1)
            return false;
    return true;
}

double rc_cash_percentile(const rc_cash_cell *c, int which) {
    for (int i = 0; i < RC_CASH_PERCENTILES; i++)
        if (rc_cash_percentiles[i] == which)
            return c->percentile[i];
    return NAN;
}

const char *rc_row_title(const rc_row *row, const char *language, rc_arena *arena) {
    static const struct {
        const char *key, *title;
    } titles[] = {
        {"mean", RC_TR("Mean")},
        {"sd", RC_TR("Standard deviation")},
        {"skewness", RC_TR("Skewness")},
        {"kurtosis", RC_TR("Kurtosis")},
        {"min", RC_TR("Smallest")},
        {"max", RC_TR("Largest")},
        {"below_zero", RC_TR("Chance below zero")},
        {"at_least_hurdle", RC_TR("Chance to reach the hurdle")},
        {"cvar_5", RC_TR("Mean of the worst 5%")},
    };
    if (row->sub != NULL && strcmp(row->key, "percentiles") == 0)
        return rc_arena_printf(arena, "P%s", row->sub);
    for (size_t i = 0; row->sub == NULL && i < sizeof titles / sizeof *titles; i++)
        if (strcmp(row->key, titles[i].key) == 0)
            return rc_tr(language, titles[i].title);
    return row->sub != NULL ? rc_arena_printf(arena, "%s %s", row->key, row->sub) : row->key;
}

bool rc_output_same_group(const rc_output *a, const rc_output *b) {
    return a->group == b->group ||
           (a->group != NULL && b->group != NULL && strcmp(a->group, b->group) == 0);
}

const rc_output **rc_outputs_in_groups(const rc_result *r, rc_output_kind kind, rc_arena *arena,
                                       size_t *n) {
    const rc_output **list = RC_NEW(arena, const rc_output *, r->n_outputs);
    *n = 0;
    for (size_t i = 0; i < r->n_outputs; i++)
        if (r->outputs[i].kind == kind && r->outputs[i].group == NULL)
            list[(*n)++] = &r->outputs[i];
    for (size_t i = 0; i < r->n_outputs; i++) {
        const rc_output *first = &r->outputs[i];
        bool listed = first->kind != kind || first->group == NULL;
        for (size_t k = 0; k < *n && !listed; k++)
            listed = rc_output_same_group(list[k], first);
        for (size_t k = i; k < r->n_outputs && !listed; k++)
            if (r->outputs[k].kind == kind && rc_output_same_group(&r->outputs[k], first))
                list[(*n)++] = &r->outputs[k];
    }
    return list;
}

const char *rc_files_hash(const rc_result *r, int digits, rc_arena *arena) {
    if (r->n_files < 2)
        return rc_arena_printf(arena, "%.*s", digits, r->sha256 != NULL ? r->sha256 : "");
    rc_text t = {0};
    for (size_t i = 0; i < r->n_files; i++)
        rc_text_addf(&t, "%s%.*s %s", i > 0 ? ", " : "", digits, r->files[i].sha256,
                     rc_clean_text(r->files[i].name, arena));
    const char *kept = rc_arena_strdup(arena, t.bytes);
    rc_text_free(&t);
    return kept;
}
