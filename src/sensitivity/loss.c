/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a bar does to the chance that the target lies below zero: P(Y < 0) in the trials near the
 * bar's P75 less that in the trials near its P25; of a risk, with it less without it. The other
 * inputs are as they come with it: nothing is held fixed. */
#include "sensitivity/window.h"

#include <math.h>

static void score(const rc_study *s, const rc_study_bar *b, rc_slice slice, double *out) {
    rc_window w = rc_window_of(s, b, slice);
    for (int side = 0; side < 2; side++) {
        size_t n = 0, lost = 0;
        for (size_t i = slice.first; i < slice.first + slice.n; i++)
            if (rc_window_holds(&w, side, i)) {
                lost += rc_study_loss(s, i);
                n++;
            }
        out[1 + side] = n > 0 ? (double)lost / (double)n : NAN;
    }
    out[0] = out[2] - out[1];
}

/* Four standard deviations of the difference of two shares of `n` trials each of which shows p */
static double band(double p, double n_low, double n_high) {
    return 4 * sqrt(p * (1 - p) * (1 / n_low + 1 / n_high));
}

/* A rare event, or a value that many trials share, has more or fewer trials than a tenth. */
static double own_band(const rc_study *s, const rc_study_bar *b, double p) {
    rc_window w = rc_window_of(s, b, rc_study_slice(s, -1));
    double n[2] = {0};
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < s->n; i++)
            n[side] += rc_window_holds(&w, side, i);
    return n[0] > 0 && n[1] > 0 ? band(p, n[0], n[1]) : INFINITY;
}

static rc_status compute(const rc_study *s, const rc_study_bar *bars, size_t n, rc_scores *out,
                         rc_error *err) {
    (void)err;
    double lost = 0, *bands = RC_NEW(s->arena, double, n);
    for (size_t i = 0; i < s->n; i++)
        lost += rc_study_loss(s, i);
    rc_score_all(s, bars, n, score, out);
#pragma omp parallel for schedule(dynamic, 1) num_threads(s->threads)
    for (size_t i = 0; i < n; i++)
        bands[i] = own_band(s, &bars[i], lost / (double)s->n);
    out->null_band = band(lost / (double)s->n, 0.1 * (double)s->n, 0.1 * (double)s->n);
    out->own_band = bands;
    return RC_OK;
}

static const char *const scores[] = {RC_TR_IN("score", "change"), RC_TR_IN("score", "at_low"),
                                     RC_TR_IN("score", "at_high")};

const rc_method_type rc_method_loss = {
    .name = "loss",
    .title = RC_TR("Chance of loss"),
    .summary = RC_TR("how the chance of a value below zero moves from an input's P25 to its P75"),
    .unit = RC_SCORE_SHARE,
    .n_scores = 3,
    .scores = scores,
    .compute = compute,
};
