/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "interop/importer.h"

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
