/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenario analysis as @RISK users know it: how do the inputs lie in the worst and in the best
 * tenth of outcomes? Of each bar the median in that part less its median in all cases, in standard
 * deviations of the bar, and the percentile of the bar at which the part's median lies. @RISK calls
 * half a standard deviation significant; so does the note here. The rank goes by the worst part:
 * what comes together with bad outcomes. Of a bar of several columns the sum that predicts the
 * target's ranks best is looked at. */
#include "sensitivity/method.h"

#include "core/text.h"
#include "stats/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double part = 0.1, significant = 0.5;

enum { WORST, BEST };

static double median(double *x, size_t n) {
    if (n == 0)
        return NAN;
    uint64_t ranks[2] = {(n - 1) / 2, n / 2};
    rc_order_select(x, n, ranks, 2);
    return ranks[0] == ranks[1] ? x[ranks[0]] : 0.5 * (x[ranks[0]] + x[ranks[1]]);
}

static double sd_of(const double *x, rc_slice slice) {
    double sum = 0, square = 0, n = (double)slice.n;
    for (size_t i = slice.first; i < slice.first + slice.n; i++)
        sum += x[i] - x[slice.first];
    double mean = x[slice.first] + sum / n;
    for (size_t i = slice.first; i < slice.first + slice.n; i++)
        square += (x[i] - mean) * (x[i] - mean);
    return sqrt(square / n);
}

/* Of the cases in the worst or best part: column values, or their grades, into `out` */
static size_t gather(const rc_study *s, rc_slice slice, int which, const double *x, double *out) {
    const double *y = slice.whole ? s->y_grade : s->y_own;
    bool low = (which == WORST) == s->output->higher_is_better;
    size_t n = 0;
    for (size_t i = slice.first; i < slice.first + slice.n; i++)
        if (low ? y[i] <= part : y[i] >= 1 - part)
            out[n++] = x[i];
    return n;
}

static void score(const rc_study *s, const rc_study_bar *b, rc_slice slice, double *out) {
    const double *x = b->one.x, *grade = slice.whole ? b->one.grade : b->own_grade;
    double *room = malloc(slice.n * sizeof *room), sd = sd_of(x, slice);
    for (int c = 0; c < 4; c++)
        out[c] = NAN;
    if (room == NULL)
        return;
    memcpy(room, x + slice.first, slice.n * sizeof *room);
    double all = median(room, slice.n);
    for (int which = WORST; which <= BEST; which++) {
        double here = median(room, gather(s, slice, which, x, room));
        out[which] = sd > 0 ? (here - all) / sd : 0;
        out[2 + which] = median(room, gather(s, slice, which, grade, room));
    }
    free(room);
}

/* Whose median in that tenth lies apart */
static void add_note(const rc_study *s, const rc_study_bar *bars, size_t n, int which,
                     rc_scores *out) {
    rc_text names = {0};
    for (size_t i = 0; i < n; i++)
        if (fabs(out->all[i][which]) >= significant)
            rc_text_addf(&names, "%s%s", names.length > 0 ? ", " : "", bars[i].bar->name);
    if (names.length > 0)
        rc_scores_note(
            s, out,
            RC_PHRASE(which == WORST
                          ? RC_TR("In the worst tenth, half a standard deviation or more from the "
                                  "median of all cases: {inputs}.")
                          : RC_TR("In the best tenth, half a standard deviation or more from the "
                                  "median of all cases: {inputs}."),
                      "inputs", names.bytes));
    rc_text_free(&names);
}

static rc_status compute(const rc_study *s, const rc_study_bar *bars, size_t n, rc_scores *out,
                         rc_error *err) {
    if (s->statistic == RC_STATISTIC_BELOW_ZERO)
        return rc_fail(err, RC_USAGE,
                       "scenario looks at the worst and the best tenth of values, and `%s` has two "
                       "values: take --target %s, or --method loss",
                       s->target, s->output->name);
    rc_score_all(s, bars, n, score, out);
    out->null_band = rc_null_band(s, score);
    add_note(s, bars, n, WORST, out);
    add_note(s, bars, n, BEST, out);
    if (out->n_notes == 0)
        rc_scores_note(s, out,
                       RC_SENTENCE("In neither does the median of an input lie half a standard "
                                   "deviation or more from its median of all cases."));
    return RC_OK;
}

static const char *const scores[] = {RC_TR_IN("score", "in worst"), RC_TR_IN("score", "in_best"),
                                     RC_TR_IN("score", "percentile_worst"),
                                     RC_TR_IN("score", "percentile_best")};

const rc_method_type rc_method_scenario = {
    .name = "scenario",
    .title = RC_TR("Scenario analysis"),
    .summary = RC_TR(
        "how the inputs lie in the worst and the best tenth of outcomes, in standard deviations"),
    .unit = RC_SCORE_PLAIN,
    .n_scores = 4,
    .scores = scores,
    .compute = compute,
};
