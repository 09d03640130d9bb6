/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spearman's rank correlation of each bar with the target: Pearson's correlation of the ranks, with
 * mid-ranks for ties (Kendall and Gibbons, Rank Correlation Methods, 1990). A bar of several
 * columns has no direction; its number is the correlation of the target with the additive function
 * of its columns that predicts it best. An input without effect has standard deviation 1 / sqrt(n -
 * 1) exactly (Hotelling and Pabst 1936) in independent trials. */
#include "sensitivity/method.h"

#include <math.h>

static void score(const rc_study *s, const rc_study_bar *b, rc_slice slice, double *out) {
    const double *x = slice.whole ? b->one.grade : b->own_grade;
    const double *y = slice.whole ? s->y_grade : s->y_own;
    double xx = 0, xy = 0, yy = 0; /* the mean grade is 1/2 */
    for (size_t i = slice.first; i < slice.first + slice.n; i++) {
        double dx = x[i] - 0.5, dy = y[i] - 0.5;
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
    }
    out[0] = xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : 0;
}

static rc_status compute(const rc_study *s, const rc_study_bar *bars, size_t n, rc_scores *out,
                         rc_error *err) {
    (void)err;
    rc_score_all(s, bars, n, score, out);
    out->null_band = 4 / sqrt((double)s->n - 1);
    return RC_OK;
}

static const char *const scores[] = {RC_TR_IN("score", "correlation")};

const rc_method_type rc_method_rank = {
    .name = "rank",
    .title = RC_TR("Rank correlation"),
    .summary = RC_TR("which inputs go together with the target, and in which direction"),
    .unit = RC_SCORE_PLAIN,
    .n_scores = 1,
    .scores = scores,
    .compute = compute,
};
