/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Standardised rank regression: least squares of the target's ranks on the ranks of all bars at
 * once; a coefficient says by how many standard deviations the target's rank moves when the bar's
 * moves by one and all others stay. Correlated inputs share out what they have in common, so a bar
 * that moves with another is not credited with it (Iman and Conover 1979; Saltelli et al. 2008,
 * section 1.2). R squared says how much of the target's ranks such a sum explains at all. */
#include "sensitivity/method.h"

#include "sensitivity/spline.h"
#include "stats/interval.h"

#include <math.h>
#include <stdlib.h>

enum { MOST = 300, STRIP = 2048 };

static const double *grade_of(const rc_study *s, const rc_study_bar *bars, size_t n, size_t i,
                              bool whole) {
    if (i == n)
        return whole ? s->y_grade : s->y_own;
    return whole ? bars[i].one.grade : bars[i].own_grade;
}

/* Products of the grades less 1/2, lower triangle of [(n + 1)^2], the target last */
static void products(const rc_study *s, const rc_study_bar *bars, size_t n, rc_slice slice,
                     double *a) {
    size_t end = slice.first + slice.n, size = n + 1;
    for (size_t first = slice.first; first < end; first += STRIP) {
        size_t last = end - first < STRIP ? end : first + STRIP;
        for (size_t i = 0; i < size; i++) {
            const double *x = grade_of(s, bars, n, i, slice.whole);
            for (size_t j = 0; j <= i; j++) {
                const double *z = grade_of(s, bars, n, j, slice.whole);
                double sum[4] = {0};
                size_t k = first;
                for (; k + 4 <= last; k += 4)
                    for (size_t l = 0; l < 4; l++)
                        sum[l] += (x[k + l] - 0.5) * (z[k + l] - 0.5);
                for (; k < last; k++)
                    sum[0] += (x[k] - 0.5) * (z[k] - 0.5);
                a[i * size + j] += (sum[0] + sum[1]) + (sum[2] + sum[3]);
            }
        }
    }
}

/* Coefficients into score[i][0]; returns R squared, NaN without memory */
static double fit(const rc_study *s, const rc_study_bar *bars, size_t n, rc_slice slice,
                  double (*score)[RC_SCORES]) {
    size_t size = n + 1;
    double *a = calloc(2 * size * size + 3 * size, sizeof *a), explained = 0;
    if (a == NULL)
        return NAN;
    double *corr = a + size * size, *b = corr + size * size, *x = b + size;
    products(s, bars, n, slice, a);
    double yy = a[n * size + n];
    for (size_t i = 0; i < n; i++) {
        double xx = a[i * size + i];
        for (size_t j = 0; j <= i; j++) {
            double both = xx * a[j * size + j];
            corr[i * n + j] = both > 0 ? a[i * size + j] / sqrt(both) : 0;
        }
        b[i] = xx > 0 && yy > 0 ? a[n * size + i] / sqrt(xx * yy) : 0;
    }
    rc_solve(corr, b, x, n);
    for (size_t i = 0; i < n; i++) {
        score[i][0] = x[i];
        explained += x[i] * b[i];
    }
    free(a);
    return explained;
}

static rc_status compute(const rc_study *s, const rc_study_bar *bars, size_t n, rc_scores *out,
                         rc_error *err) {
    double all = 0, replicate[RC_STAT_REPLICATES];
    if (n > MOST)
        return rc_fail(err, RC_UNSUPPORTED,
                       "regression takes at most %d inputs together, and %zu vary: take --method "
                       "rank",
                       MOST, n);
#pragma omp parallel for schedule(dynamic, 1) num_threads(s->threads)
    for (int r = -1; r < RC_STAT_REPLICATES; r++) {
        double explained =
            fit(s, bars, n, rc_study_slice(s, r), r < 0 ? out->all : out->replicate[r]);
        *(r < 0 ? &all : &replicate[r]) = explained;
    }
    if (isnan(all))
        return rc_fail(err, RC_MEMORY, "not enough memory for a regression on %zu inputs", n);
    out->fact_name = "r_squared";
    out->fact = rc_estimate_around(all, rc_replicate_half(replicate));
    if (s->n > n + 1)
        out->null_band = 4 * sqrt((1 - all) / (double)(s->n - n - 1));
    return RC_OK;
}

static const char *const scores[] = {RC_TR_IN("score", "coefficient")};

const rc_method_type rc_method_regression = {
    .name = "regression",
    .title = RC_TR("Rank regression"),
    .summary =
        RC_TR("what one input does while all others stay, and how well a sum describes the model"),
    .unit = RC_SCORE_PLAIN,
    .n_scores = 1,
    .scores = scores,
    .compute = compute,
    .entries_only = true,
};
