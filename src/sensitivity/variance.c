/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contribution to variance as spreadsheet tools print it (Crystal Ball): each squared rank
 * correlation as a share of their sum, with the correlation's sign. It adds up to 100 % by
 * construction, whether or not ranks explain the target: it is no share of any variance where
 * effects bend back, interact, or inputs are correlated. first_order is. */
#include "sensitivity/method.h"

#include <math.h>

static double share_out(double (*score)[RC_SCORES], size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += score[i][0] * score[i][0];
    for (size_t i = 0; i < n && sum > 0; i++)
        score[i][0] = copysign(score[i][0] * score[i][0] / sum, score[i][0]);
    return sum;
}

static rc_status compute(const rc_study *s, const rc_study_bar *bars, size_t n, rc_scores *out,
                         rc_error *err) {
    const rc_method_type *rank = rc_method_find("rank");
    rc_status status = rank->compute(s, bars, n, out, err);
    if (status != RC_OK)
        return status;
    double sum = share_out(out->all, n);
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        share_out(out->replicate[r], n);
    out->null_band = sum > 0 ? out->null_band * out->null_band / sum : NAN;
    rc_scores_note(s, out,
                   RC_SENTENCE("Shares of the sum of squared rank correlations, not of the "
                               "variance: they make 100% even where ranks explain little."));
    return RC_OK;
}

static const char *const scores[] = {RC_TR_IN("score", "share")};

const rc_method_type rc_method_variance = {
    .name = "variance",
    .title = RC_TR("Contribution to variance (squared rank correlations)"),
    .summary =
        RC_TR("squared rank correlations as shares of their sum, as Crystal Ball prints them"),
    .unit = RC_SCORE_SHARE,
    .n_scores = 1,
    .scores = scores,
    .compute = compute,
    .entries_only = true,
};
