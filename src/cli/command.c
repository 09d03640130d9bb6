/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include "core/text.h"

#include <string.h>

#define RC_COMMAND(name) extern const rc_command_type rc_command_##name;
#include "cli/command.def"
#undef RC_COMMAND

static const rc_command_type *const table[] = {
#define RC_COMMAND(name) &rc_command_##name,
#include "cli/command.def"
#undef RC_COMMAND
};

static const char *const names[] = {
#define RC_COMMAND(name) #name,
#include "cli/command.def"
#undef RC_COMMAND
};

size_t rc_command_count(void) {
    return sizeof table / sizeof *table;
}

const rc_command_type *rc_command_at(size_t index) {
    return table[index];
}

const rc_command_type *rc_command_find(const char *name) {
    for (size_t i = 0; i < rc_command_count(); i++)
        if (strcmp(table[i]->name, name) == 0)
            return table[i];
    return NULL;
}

const char *rc_command_nearest(const char *name) {
    return rc_nearest_name(name, names, rc_command_count());
}
