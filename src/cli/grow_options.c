/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/grow_options.h"

#include "model/syntax.h"
#include "report/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

bool rc_precision_parse(const char *text, double *share, double *amount) {
    const size_t n = strlen(text);
    double x = NAN;
    *share = *amount = 0;
    if (!rc_number_parse(text, &x) || !(x > 0) || isinf(x))
        return false;
    if (text[n - 1] != '%') {
        *amount = x;
        return true;
    }
    *share = x;
    return x < 1;
}

bool rc_time_parse(const char *text, double *seconds) {
    static const struct {
        const char *ending;
        double seconds;
    } units[] = {{"min", 60}, {"s", 1}, {"h", 3600}, {"", 1}};
    char number[32];
    const size_t n = strlen(text);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        const size_t m = strlen(units[i].ending);
        if (n <= m || n - m >= sizeof number || strcmp(text + n - m, units[i].ending) != 0)
            continue;
        memcpy(number, text, n - m);
        number[n - m] = '\0';
        if (strspn(number, "0123456789.") != n - m || !rc_number_parse(number, seconds))
            return false;
        *seconds *= units[i].seconds;
        return *seconds > 0 && isfinite(*seconds);
    }
    return false;
}

/** " · 0.31% of the range" after the bar. */
static void note_round(void *data, const rc_growth *g) {
    rc_progress *p = data;
    const double asked = g->amount > 0 ? g->amount : g->share;
    char reached[RC_NUMBER_TEXT];
    const rc_quantity percent = {.unit = RC_UNIT_RATIO}, plain = {.unit = RC_UNIT_NUMBER};
    const rc_quantity *q = g->amount > 0 ? &plain : &percent;
    if (isfinite(g->reached) &&
        (!(asked > 0) || g->reached / asked >= g->reached_probability / g->probability))
        snprintf(p->note, sizeof p->note, " · ±%s%s",
                 rc_number_text(reached, q, g->reached, (rc_rounding){.digits = 2}),
                 g->amount > 0 ? "" : " of the range");
    else if (isfinite(g->reached_probability))
        snprintf(p->note, sizeof p->note, " · ±%.2g points", 100 * g->reached_probability);
}

rc_status rc_grow_options_read(const rc_arguments *a, const rc_format_type *format,
                               rc_progress *progress, rc_grow_options *out, rc_error *err) {
    const rc_option_value *precision = rc_option_get(a, "precision");
    const rc_option_value *limit = rc_option_get(a, "time-limit");
    *out = (rc_grow_options){.round = note_round, .round_data = progress};
    if (precision->given && !rc_precision_parse(precision->text, &out->share, &out->amount))
        return rc_fail(err, RC_USAGE,
                       "--precision %.60s: must be a share of the range from P5 to P95 between 0%% "
                       "and 100%%, such as 0.5%%, or an amount above 0, such as 5k",
                       precision->text);
    if (limit->given && !rc_time_parse(limit->text, &out->seconds))
        return rc_fail(err, RC_USAGE, "--time-limit %.60s: must be a time such as 30s, 5min or 1h",
                       limit->text);
    if (rc_grow_wanted(out) && rc_option_get(a, "trials-sheet")->given)
        return rc_fail(err, RC_USAGE,
                       "--%s: a sheet of trials holds every one; choose their number by --trials",
                       precision->given ? "precision" : "time-limit");
    if (rc_grow_wanted(out) && format->trials)
        return rc_fail(err, RC_USAGE,
                       "--%s: the format %s holds every trial; choose their number by --trials",
                       precision->given ? "precision" : "time-limit", format->name);
    return RC_OK;
}

bool rc_grow_wanted(const rc_grow_options *options) {
    return options->share > 0 || options->amount > 0 || options->seconds > 0;
}
