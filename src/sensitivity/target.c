/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a target's text says: NAME, NAME.mean, NAME.p5, below_zero(NAME). */
#include "sensitivity/study.h"

#include <stdlib.h>
#include <string.h>

rc_status rc_target_parse(const char *text, rc_arena *arena, rc_target *out, rc_error *err) {
    static const char below[] = "below_zero(";
    size_t length = strlen(text), head = sizeof below - 1;
    *out = (rc_target){.text = text, .statistic = RC_STATISTIC_NONE};
    if (strncmp(text, below, head) == 0) {
        if (length < head + 2 || text[length - 1] != ')')
            return rc_fail(err, RC_USAGE, "target `%s`: write below_zero(roi)", text);
        out->output = rc_arena_strndup(arena, text + head, length - head - 1);
        out->statistic = RC_STATISTIC_BELOW_ZERO;
        return RC_OK;
    }
    const char *dot = strchr(text, '.');
    out->output = dot != NULL ? rc_arena_strndup(arena, text, (size_t)(dot - text)) : text;
    if (dot == NULL)
        return RC_OK;
    char *end = NULL;
    double p = dot[1] == 'p' && dot[2] != '\0' ? strtod(dot + 2, &end) : 0;
    if (strcmp(dot, ".mean") == 0) {
        out->statistic = RC_STATISTIC_MEAN;
    } else if (end != NULL && *end == '\0' && p > 0 && p < 100) {
        out->statistic = RC_STATISTIC_PERCENTILE;
        out->percentile = p;
    } else {
        return rc_fail(err, RC_USAGE,
                       "target `%s`: after the dot stands mean, or p and a number between 0 and "
                       "100, as in roi.p5",
                       text);
    }
    return RC_OK;
}

const char *rc_target_output(const char *target, rc_arena *arena, rc_error *err) {
    rc_target t;
    return rc_target_parse(target, arena, &t, err) == RC_OK ? t.output : NULL;
}
