/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "interop/importer.h"
#include "model/model.h"

#include <string.h>

#define RC_IMPORTER(name) extern const rc_importer_type rc_importer_##name;
#include "interop/importer.def"
#undef RC_IMPORTER

static const rc_importer_type *const table[] = {
#define RC_IMPORTER(name) &rc_importer_##name,
#include "interop/importer.def"
#undef RC_IMPORTER
};

size_t rc_importer_count(void) {
    return sizeof table / sizeof *table;
}

const rc_importer_type *rc_importer_at(size_t index) {
    return index < rc_importer_count() ? table[index] : NULL;
}

const rc_importer_type *rc_importer_find(const char *name) {
    for (size_t i = 0; i < rc_importer_count(); i++)
        if (strcmp(table[i]->name, name) == 0)
            return table[i];
    return NULL;
}

/* Each value read well by itself: what is left are names and correlations. Constants alone are no
 * model, but may be extended to one. */
static bool is_model(rc_import *im, const rc_source *source) {
    rc_arena *arena = im->diags->arena;
    rc_diags said = {.arena = arena};
    const rc_model *model;
    const char *bytes = rc_arena_printf(arena, "%s\noutputs:\n  %s: 1\n", im->model.bytes,
                                        rc_import_name(im, "nothing"));
    rc_source *text = rc_source_text("model", bytes, strlen(bytes), arena);
    if (im->data.length > 0 || rc_model_load(text, arena, &said, &model) == RC_OK)
        return true;
    rc_mark whole = {.source = im->correlations != NULL ? im->correlations : source};
    for (size_t i = 0; i < said.n_errors && i < RC_DIAG_LIMIT; i++)
        rc_diag_error(im->diags, whole, said.errors[i].hint, "%s", said.errors[i].message);
    return false;
}

bool rc_import_read(const rc_importer_type *type, rc_import *im, const rc_source *source) {
    return type->read(im, source) && is_model(im, source);
}
