/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pieces of a model file, written so that they read back. */
#include "core/math.h"
#include "interop/importer.h"
#include "model/model.h"
#include "model/syntax.h"

#include <stdlib.h>
#include <string.h>

static bool taken(const rc_import *im, const char *name) {
    for (size_t i = 0; i < im->n_names; i++)
        if (strcmp(im->names[i], name) == 0)
            return true;
    return false;
}

/* Letters, digits and _ stay; of what stands between them one _ is left. */
static const char *plain(const char *written, rc_arena *arena) {
    rc_text text = {0};
    rc_text_add(&text, "");
    size_t n = strlen(written);
    for (size_t i = 0, bytes; i < n; i += bytes) {
        rc_utf8_decode(written + i, n - i, &bytes);
        const char *one = rc_arena_printf(arena, "a%.*s", (int)bytes, written + i);
        if (rc_name_valid(one))
            rc_text_add(&text, one + 1);
        else if (text.length > 0 && text.bytes[text.length - 1] != '_')
            rc_text_add(&text, "_");
    }
    while (text.length > 0 && text.bytes[text.length - 1] == '_')
        text.bytes[--text.length] = '\0';
    const char *name = rc_arena_strdup(arena, text.length > 0 ? text.bytes : "input");
    rc_text_free(&text);
    return name;
}

const char *rc_import_name(rc_import *im, const char *written) {
    rc_arena *arena = im->diags->arena;
    const char *base = plain(written, arena);
    if (!rc_name_valid(base)) /* a digit first, or a reserved word */
        base = rc_arena_printf(arena, "%s%s", rc_name_reserved(base) ? "" : "x",
                               rc_name_reserved(base) ? rc_arena_printf(arena, "%s_", base) : base);
    const char *name = base;
    for (int i = 2; taken(im, name); i++)
        name = rc_arena_printf(arena, "%s_%d", base, i);
    im->names =
        rc_arena_grow(arena, im->names, &im->names_capacity, im->n_names + 1, sizeof *im->names);
    return im->names[im->n_names++] = name;
}

void rc_import_quoted(rc_text *out, const char *text) {
    rc_text_add(out, "\"");
    for (const char *c = text; *c != '\0'; c++)
        if (*c == '"' || *c == '\\')
            rc_text_addf(out, "\\%c", *c);
        else if ((unsigned char)*c < 0x20)
            rc_text_addf(out, "\\x%02x", (unsigned)(unsigned char)*c);
        else
            rc_text_add_n(out, c, 1);
    rc_text_add(out, "\"");
}

void rc_import_line(rc_text *out, int indent, const char *key, const char *text) {
    if (text == NULL || *text == '\0')
        return;
    rc_text_addf(out, "%*s%s: ", indent, "", key);
    rc_import_quoted(out, text);
    rc_text_add(out, "\n");
}

void rc_import_number(rc_text *out, double x) {
    char number[RC_EXACT_TEXT];
    rc_text_add(out, rc_exact_text(number, x));
}

double rc_import_rank_correlation(double normal) {
    static const double pi = 3.14159265358979323846;
    return 6 / pi * rc_asin(normal / 2);
}

const char *rc_import_refused(rc_import *im, const char *value) {
    rc_arena *arena = im->diags->arena;
    const char *text =
        rc_arena_printf(arena, "roicast: 1\ninputs:\n  x: %s\noutputs:\n  y: x\n", value);
    rc_diags unheard = {.arena = arena};
    const rc_model *model;
    rc_source *source = rc_source_text("value", text, strlen(text), arena);
    return rc_model_load(source, arena, &unheard, &model) == RC_OK ? NULL
                                                                   : unheard.errors[0].message;
}
