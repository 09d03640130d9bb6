/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PAWN (Pianosi and Wagener 2015; from given data: Pianosi and Wagener 2018): the largest distance
 * (Kolmogorov and Smirnov's) between the target's distribution function in all cases and in a tenth
 * of the bar; the median over its ten tenths, and the largest of them. It looks at the whole
 * distribution, not at the variance, and the target needs ranks only: infinite values are no
 * obstacle. A distance is never 0, so all scores lie above the truth by what chance makes of an
 * input without effect; the null band says how much that is. */
#include "sensitivity/method.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PARTS = 10 };

static int part_of(double grade) {
    int k = (int)(grade * PARTS);
    return k < PARTS ? k : PARTS - 1;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Part of each case, in the order of the target: counted into cells of one rank each */
static void in_order(const double *y, const double *x, rc_slice slice, unsigned char *part,
                     uint32_t *ends) {
    memset(ends, 0, (slice.n + 1) * sizeof *ends);
    for (size_t i = 0; i < slice.n; i++) {
        size_t cell = (size_t)(y[slice.first + i] * (double)slice.n);
        ends[(cell < slice.n ? cell : slice.n - 1) + 1]++;
    }
    for (size_t k = 0; k < slice.n; k++)
        ends[k + 1] += ends[k];
    for (size_t i = 0; i < slice.n; i++) {
        size_t cell = (size_t)(y[slice.first + i] * (double)slice.n);
        cell = cell < slice.n ? cell : slice.n - 1;
        part[ends[cell]++] = (unsigned char)part_of(x[slice.first + i]);
    }
    /* ends[cell] is now where the cell ends */
}

static void distances(const unsigned char *part, const uint32_t *ends, size_t n, double *d) {
    double seen[PARTS] = {0}, size[PARTS] = {0};
    for (size_t i = 0; i < n; i++)
        size[part[i]]++;
    for (int k = 0; k < PARTS; k++)
        d[k] = size[k] > 0 ? 0 : NAN;
    for (size_t cell = 0, i = 0; cell < n; cell++) {
        if (i == ends[cell])
            continue;
        for (; i < ends[cell]; i++)
            seen[part[i]]++;
        for (int k = 0; k < PARTS; k++) { /* after all that share a value */
            double gap = size[k] > 0 ? fabs(seen[k] / size[k] - (double)i / (double)n) : NAN;
            d[k] = gap > d[k] ? gap : d[k];
        }
    }
}

static void score(const rc_study *s, const rc_study_bar *b, rc_slice slice, double *out) {
    double d[PARTS];
    unsigned char *part = malloc(slice.n + 1);
    uint32_t *ends = malloc((slice.n + 1) * sizeof *ends);
    size_t n = 0;
    out[0] = out[1] = NAN;
    if (part != NULL && ends != NULL) {
        in_order(slice.whole ? s->y_grade : s->y_own, slice.whole ? b->one.grade : b->own_grade,
                 slice, part, ends);
        distances(part, ends, slice.n, d);
        for (int k = 0; k < PARTS; k++)
            if (!isnan(d[k]))
                d[n++] = d[k];
        qsort(d, n, sizeof *d, by_size);
        out[0] = n > 0 ? 0.5 * (d[(n - 1) / 2] + d[n / 2]) : NAN;
        out[1] = n > 0 ? d[n - 1] : NAN;
    }
    free(part);
    free(ends);
}

static rc_status compute(const rc_study *s, const rc_study_bar *bars, size_t n, rc_scores *out,
                         rc_error *err) {
    (void)err;
    rc_score_all(s, bars, n, score, out);
    out->null_band = rc_null_band(s, score);
    return RC_OK;
}

static const char *const scores[] = {RC_TR_IN("score", "distance"), RC_TR_IN("score", "largest")};

const rc_method_type rc_method_pawn = {
    .name = "pawn",
    .title = RC_TR("PAWN (distance of distributions)"),
    .summary =
        RC_TR("how far the target's distribution moves when an input is known, whatever its shape"),
    .unit = RC_SCORE_PLAIN,
    .n_scores = 2,
    .scores = scores,
    .compute = compute,
    .nonnegative = true,
};
