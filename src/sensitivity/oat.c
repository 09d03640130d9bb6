/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One at a time, the classic tornado (Howard 1988): the base case has every input at its median;
 * each bar goes to its P10 and to its P90 while all others stay. Of a risk: without it and with it.
 * The bar's length is the largest less the smallest of the target's three values, so that an input
 * that lowers (or raises) the target to both sides shows too. Nothing is drawn: no error. */
#include "sensitivity/steps.h"

#include <math.h>

static double length(double base, double low, double high) {
    double least = low < high ? low : high, most = low < high ? high : low;
    if (isnan(low) || isnan(high))
        return NAN;
    least = base < least ? base : least;
    most = base > most ? base : most;
    return most == least ? 0 : most - least; /* also of two infinities */
}

static rc_status compute(const rc_study *s, const rc_study_bar *bars, size_t n, rc_scores *out,
                         rc_error *err) {
    double *percent = RC_NEW(s->arena, double, 2);
    percent[0] = isnan(s->rerun->low) ? 10 : s->rerun->low;
    percent[1] = isnan(s->rerun->high) ? 90 : s->rerun->high;
    rc_status status = rc_steps_run(s, bars, n, percent, 2, &out->series, err);
    if (status != RC_OK)
        return status;
    double base = out->series.base;
    out->same_side = RC_NEW(s->arena, bool, n);
    for (size_t i = 0; i < n; i++) {
        double low = out->series.output[2 * i], high = out->series.output[2 * i + 1];
        out->all[i][0] = length(base, low, high);
        out->all[i][1] = low;
        out->all[i][2] = high;
        out->same_side[i] = (low > base && high > base) || (low < base && high < base);
    }
    out->exact = true;
    out->null_band = 0;
    rc_steps_note(s, out);
    out->fact_name = "base_case";
    out->fact = (rc_estimate){base, base, base};
    return RC_OK;
}

static const char *const scores[] = {RC_TR_IN("score", "swing"), RC_TR_IN("score", "at_low"),
                                     RC_TR_IN("score", "at_high")};

const rc_method_type rc_method_oat = {
    .name = "oat",
    .title = RC_TR("One at a time"),
    .summary =
        RC_TR("what each input does alone, from low to high, with all others at their medians"),
    .unit = RC_SCORE_TARGET,
    .n_scores = 3,
    .scores = scores,
    .compute = compute,
    .runs = true,
    .single = true,
    .table = RC_TABLE_ENDS,
};
