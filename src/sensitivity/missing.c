/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A target without a number in some cases, for a method that needs one in each. */
#include "sensitivity/method.h"

#include <stdio.h>

/* An output that is there and has a number in each case: npv, which every model with money has */
static const char *other_target(const rc_study *s) {
    const rc_output *npv = rc_result_find(s->result, "npv");
    bool whole = npv != NULL && npv->kind == RC_OUTPUT_METRIC && npv != s->output &&
                 npv->undefined == 0 && npv->infinite == 0;
    return whole ? "npv" : NULL;
}

rc_status rc_refuse_missing(const rc_study *s, const char *method, double share,
                            const char *instead, rc_error *err) {
    const char *other = other_target(s);
    char or_else[80] = "";
    if (instead != NULL)
        snprintf(or_else, sizeof or_else, "%s%.60s", other != NULL ? ", or " : "", instead);
    if (other == NULL && instead == NULL)
        snprintf(or_else, sizeof or_else, "a target that has one");
    return rc_fail(err, RC_INPUT,
                   "%s needs a number in every case, and `%s` has none in %.3g%% of them: take "
                   "%s%s%s",
                   method, s->output->name, 100 * share, other != NULL ? "--target " : "",
                   other != NULL ? other : "", or_else);
}
