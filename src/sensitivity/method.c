/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sensitivity/method.h"

#include <string.h>

#define RC_METHOD(name) extern const rc_method_type rc_method_##name;
#include "sensitivity/method.def"
#undef RC_METHOD

static const rc_method_type *const table[] = {
#define RC_METHOD(name) &rc_method_##name,
#include "sensitivity/method.def"
#undef RC_METHOD
};

size_t rc_method_count(void) {
    return sizeof table / sizeof *table;
}

const rc_method_type *rc_method_at(size_t index) {
    return table[index];
}

const rc_method_type *rc_method_find(const char *name) {
    for (size_t i = 0; i < rc_method_count(); i++)
        if (strcmp(table[i]->name, name) == 0)
            return table[i];
    return NULL;
}
