/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doing none of them as one more alternative: a result in which the measure is 0 in every trial and
 * nothing varies. All that is said of alternatives then holds for it: odds, regret, dominance, and
 * what knowing is worth before choosing among them and nothing. */
#include "decide/compare.h"

#include <math.h>
#include <string.h>

rc_status rc_comparison_add_nothing(rc_comparison *c, const char *measure, rc_arena *arena,
                                    rc_error *err) {
    const rc_result *first = c->alternatives[0].result;
    const rc_output *o = rc_result_find(first, measure);
    if (o == NULL)
        return rc_fail(err, RC_USAGE, "unknown output `%s`", measure);
    if (o->kind != RC_OUTPUT_USER && strcmp(o->name, "npv") != 0)
        return rc_fail(err, RC_USAGE,
                       "what doing nothing comes to is known of npv: it earns 0. Compare by that "
                       "instead of `%s`",
                       o->name);
    rc_output *zero = RC_NEW(arena, rc_output, 1);
    rc_row *rows = RC_NEW(arena, rc_row, o->n_rows);
    for (size_t i = 0; i < o->n_rows; i++) {
        rows[i] = o->rows[i];
        rows[i].estimate = (rc_estimate){0, 0, 0};
    }
    *zero = *o;
    zero->rows = rows;
    zero->wide = NULL;
    zero->undefined = zero->infinite = 0;
    zero->histogram = (rc_histogram){0};
    zero->samples = RC_NEW(arena, double, (size_t)first->trials);
    rc_result *r = RC_NEW(arena, rc_result, 1);
    *r = *first;
    r->outputs = zero;
    r->n_outputs = 1;
    r->n_bars = 0;
    c->alternatives[c->n++] =
        (rc_alternative){.name = RC_TR("doing nothing"), .result = r, .nothing = true};
    return RC_OK;
}
