/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/format.h"

#include <string.h>

#define RC_FORMAT(name) extern const rc_format_type rc_format_##name;
#include "report/format.def"
#undef RC_FORMAT

static const rc_format_type *const table[] = {
#define RC_FORMAT(name) &rc_format_##name,
#include "report/format.def"
#undef RC_FORMAT
};

size_t rc_format_count(void) {
    return sizeof table / sizeof *table;
}

const rc_format_type *rc_format_at(size_t index) {
    return table[index];
}

const rc_format_type *rc_format_find(const char *name) {
    for (size_t i = 0; i < rc_format_count(); i++)
        if (strcmp(table[i]->name, name) == 0)
            return table[i];
    return NULL;
}
