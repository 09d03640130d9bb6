/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spider plot (Eschenbach 1992): the target as a function of each input's percentile, one input at
 * a time, all others at the base case of `oat`. Straight lines, bends, turns and flat parts show as
 * they are. The score is the largest less the smallest value along the line. */
#include "sensitivity/steps.h"

#include <math.h>

enum { STEPS = 19 }; /* the middle one is the median: every line meets the base case there */

static double range(const double *y, size_t n) {
    double low = INFINITY, high = -INFINITY;
    for (size_t k = 0; k < n; k++) {
        if (isnan(y[k]))
            return NAN;
        low = y[k] < low ? y[k] : low;
        high = y[k] > high ? y[k] : high;
    }
    return high == low ? 0 : high - low; /* also of infinities */
}

static rc_status compute(const rc_study *s, const rc_study_bar *bars, size_t n, rc_scores *out,
                         rc_error *err) {
    double low = isnan(s->rerun->low) ? 5 : s->rerun->low;
    double high = isnan(s->rerun->high) ? 95 : s->rerun->high;
    double *percent = RC_NEW(s->arena, double, STEPS);
    for (int k = 0; k < STEPS; k++) {
        double part = (k - STEPS / 2) / (double)(STEPS / 2); /* -1 ... 1 */
        percent[k] = 50 + part * (part < 0 ? 50 - low : high - 50);
    }
    rc_status status = rc_steps_run(s, bars, n, percent, STEPS, &out->series, err);
    if (status != RC_OK)
        return status;
    for (size_t i = 0; i < n; i++)
        out->all[i][0] = range(out->series.output + i * STEPS, STEPS);
    out->exact = true;
    out->null_band = 0;
    rc_steps_note(s, out);
    out->fact_name = "base_case";
    out->fact = (rc_estimate){out->series.base, out->series.base, out->series.base};
    return RC_OK;
}

static const char *const scores[] = {RC_TR_IN("score", "range")};

const rc_method_type rc_method_spider = {
    .name = "spider",
    .title = RC_TR("Spider"),
    .summary = RC_TR("the target along each input's percentiles, with all others at their medians"),
    .unit = RC_SCORE_TARGET,
    .n_scores = 1,
    .scores = scores,
    .compute = compute,
    .runs = true,
    .single = true,
    .table = RC_TABLE_SERIES,
};
