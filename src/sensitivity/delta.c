/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Borgonovo's delta (2007): half the average area between the target's density in all cases and its
 * density where the bar is known, 0 for an input without effect, 1 for one that says all. It does
 * not change when the target is transformed, so ranks serve: on them the density of all cases is 1.
 * Both bar and target are cut into 16 parts of equal probability (given data, as Plischke,
 * Borgonovo and Smith 2013): delta = 1/2 sum over cells |share of the cell - product of its
 * margins|. Parts hide what happens within them (a little too small) and noise is never negative (a
 * little too large: the null band). */
#include "sensitivity/method.h"

#include <math.h>
#include <string.h>

enum { PARTS = 16 };

static int part_of(double grade) {
    int k = (int)(grade * PARTS);
    return k < PARTS ? k : PARTS - 1;
}

static void score(const rc_study *s, const rc_study_bar *b, rc_slice slice, double *out) {
    const double *x = slice.whole ? b->one.grade : b->own_grade;
    const double *y = slice.whole ? s->y_grade : s->y_own;
    double cell[PARTS][PARTS], row[PARTS] = {0}, column[PARTS] = {0}, sum = 0;
    memset(cell, 0, sizeof cell);
    for (size_t i = slice.first; i < slice.first + slice.n; i++)
        cell[part_of(x[i])][part_of(y[i])]++;
    for (int j = 0; j < PARTS; j++)
        for (int k = 0; k < PARTS; k++) {
            row[j] += cell[j][k];
            column[k] += cell[j][k];
        }
    double n = (double)slice.n;
    for (int j = 0; j < PARTS; j++)
        for (int k = 0; k < PARTS; k++)
            sum += fabs(cell[j][k] / n - row[j] / n * (column[k] / n));
    out[0] = 0.5 * sum;
}

static rc_status compute(const rc_study *s, const rc_study_bar *bars, size_t n, rc_scores *out,
                         rc_error *err) {
    (void)err;
    rc_score_all(s, bars, n, score, out);
    out->null_band = rc_null_band(s, score);
    return RC_OK;
}

static const char *const scores[] = {RC_TR_IN("score", "delta")};

const rc_method_type rc_method_delta = {
    .name = "delta",
    .title = RC_TR("Delta (density, independent of moments)"),
    .summary = RC_TR("what share of the target's probability moves when an input is known"),
    .unit = RC_SCORE_PLAIN,
    .n_scores = 1,
    .scores = scores,
    .compute = compute,
    .nonnegative = true,
};
