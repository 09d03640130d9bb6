/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options in a model file for tests: its first lines may be "# --set TEXT", "# --scenario NAME",
 * "# --allow-outside". */
#ifndef RC_TEST_MODEL_OVERLAY_OPTIONS_H
#define RC_TEST_MODEL_OVERLAY_OPTIONS_H

#include "model/model.h"

#include <string.h>

static inline rc_load_options options_in(const rc_source *source, rc_arena *arena) {
    enum { MOST = 8 };
    const char **scenarios = RC_NEW(arena, const char *, MOST);
    const char **sets = RC_NEW(arena, const char *, MOST);
    rc_load_options options = {.scenarios = scenarios, .sets = sets};
    for (const char *line = source->bytes; strncmp(line, "# --", 4) == 0;) {
        size_t length = strcspn(line, "\n");
        const char *text = strchr(line, ' ') + 1, *value = strchr(text, ' ');
        const char *copy =
            value == NULL || value > line + length
                ? ""
                : rc_arena_strndup(arena, value + 1, (size_t)(line + length - value - 1));
        if (strncmp(text, "--set ", 6) == 0 && options.n_sets < MOST)
            sets[options.n_sets++] = copy;
        else if (strncmp(text, "--scenario ", 11) == 0 && options.n_scenarios < MOST)
            scenarios[options.n_scenarios++] = copy;
        else
            options.allow_outside |= strncmp(text, "--allow-outside", 15) == 0;
        line += length + (line[length] == '\n');
    }
    return options;
}

#endif
