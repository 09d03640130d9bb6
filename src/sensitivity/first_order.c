/* SPDX-License-Identifier: GPL-3.0-or-later */
/* First-order index S = Var(E[Y | X]) / Var(Y): the share of the target's variance that knowing the
 * bar alone removes on average, whatever the shape of its effect.
 *
 * Each replicate fits E[Y | X] - E[Y] by a straight line in each of 32 bins of equal probability,
 * of which the outermost are halved towards the ends again and again, at most four times, while
 * eight trials remain: of a normal input's straight effect that misses 6e-5. The mean square of one
 * fit is biased upwards by its noise; the mean product of the fits of two different replicates is
 * not, since their noise is independent. S is the mean over all pairs of replicates: unbiased under
 * scrambled Sobol points too, where the noise is far smaller than that of independent trials and
 * textbook corrections (omega squared) take off too much. The interval comes from leaving out one
 * replicate at a time (jackknife). */
#include "sensitivity/method.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { EQUAL = 32, HALVINGS = 4, BINS = EQUAL + 2 * HALVINGS, LEAST = 8, R = RC_STAT_REPLICATES };

typedef struct bin {
    double n, x, y, xx, xy;
} bin;

/** The fit of one replicate, as coordinates in which the product of two fits is a plain sum. */
typedef struct fit {
    double at[2 * BINS];
    double n, sum, square; /* of y less the mean of all */
} fit;

/* How often the outermost bins are halved: alike in all replicates, whose fits are multiplied */
static int halvings_of(const rc_study *s) {
    int halvings = 0;
    size_t least = s->n;
    for (int r = 0; r < R; r++)
        least = rc_study_slice(s, r).n < least ? rc_study_slice(s, r).n : least;
    for (size_t left = least / EQUAL / 2; left >= LEAST && halvings < HALVINGS; left /= 2)
        halvings++;
    return halvings;
}

/* Which bin, and where in it: -1/2 ... 1/2 */
static int place(double grade, int halvings, double *x) {
    double g = grade * EQUAL, at = floor(g), end;
    *x = g - at - 0.5;
    if (at >= 1 && at < EQUAL - 1)
        return (int)at;
    bool top = at >= 1;
    end = top ? EQUAL - g : g; /* distance from the end: 0 ... 1 */
    int k = 0;
    while (k < halvings && end < 0.5) {
        end *= 2;
        k++;
    }
    /* the pieces hold 1/2 ... 1 of what was halved last, the outermost 0 ... 1 */
    *x = k < halvings ? 2 * end - 1.5 : end - 0.5;
    if (k == 0)
        return top ? EQUAL - 1 : 0;
    return EQUAL + 2 * (k - 1) + top;
}

static void fit_one(const rc_study *s, const double *grade, double mean, rc_slice slice, fit *f) {
    bin bins[BINS];
    int halvings = halvings_of(s);
    memset(bins, 0, sizeof bins);
    memset(f, 0, sizeof *f);
    for (size_t i = slice.first; i < slice.first + slice.n; i++) {
        double x, y = s->y[i] - mean;
        bin *k = &bins[place(grade[i], halvings, &x)];
        k->n++;
        k->x += x;
        k->y += y;
        k->xx += x * x;
        k->xy += x * y;
        f->sum += y;
        f->square += y * y;
    }
    f->n = (double)slice.n;
    for (int k = 0; k < BINS; k++) {
        const bin *b = &bins[k];
        if (b->n == 0)
            continue;
        double xx = b->xx - b->x * b->x / b->n, xy = b->xy - b->x * b->y / b->n;
        f->at[2 * k] = sqrt(b->n / f->n) * (b->y / b->n - f->sum / f->n);
        if (xx > 1e-6 * b->n) /* else it holds one value, or nearly */
            f->at[2 * k + 1] = xy / sqrt(xx * f->n);
    }
}

/* S of all replicates but `without` (-1: of all) */
static double index_of(const fit *fits, int without) {
    double both = 0, n = 0, sum = 0, square = 0, used = without < 0 ? R : R - 1;
    for (int k = 0; k < 2 * BINS; k++) {
        double all = 0, own = 0;
        for (int r = 0; r < R; r++) {
            double c = r == without ? 0 : fits[r].at[k];
            all += c;
            own += c * c;
        }
        both += all * all - own;
    }
    for (int r = 0; r < R; r++) {
        if (r == without)
            continue;
        n += fits[r].n;
        sum += fits[r].sum;
        square += fits[r].square;
    }
    double variance = square / n - sum / n * (sum / n);
    return variance > 0 ? both / (used * (used - 1)) / variance : 0;
}

static void fit_all(const rc_study *s, const double *grade, fit *fits) {
    double mean = 0;
    for (size_t i = 0; i < s->n; i++)
        mean += s->y[i] / (double)s->n;
    for (int r = 0; r < R; r++)
        fit_one(s, grade, mean, rc_study_slice(s, r), &fits[r]);
}

/* Of all trials: for the null band */
static void score(const rc_study *s, const rc_study_bar *b, rc_slice slice, double *out) {
    fit fits[R];
    (void)slice;
    fit_all(s, b->own_grade, fits);
    out[0] = index_of(fits, -1);
}

static rc_status compute(const rc_study *s, const rc_study_bar *bars, size_t n, rc_scores *out,
                         rc_error *err) {
    (void)err;
#pragma omp parallel for schedule(dynamic, 1) num_threads(s->threads)
    for (size_t i = 0; i < n; i++) {
        fit fits[R];
        fit_all(s, bars[i].own_grade, fits);
        double all = out->all[i][0] = index_of(fits, -1);
        for (int r = 0; r < R; r++) /* pseudo-values: their spread is the estimate's */
            out->replicate[r][i][0] = R * all - (R - 1) * index_of(fits, r);
    }
    out->null_band = rc_null_band(s, score);
    return RC_OK;
}

static const char *const scores[] = {RC_TR_IN("score", "share")};

const rc_method_type rc_method_first_order = {
    .name = "first_order",
    .title = RC_TR("First-order index"),
    .summary = RC_TR("what share of the target's variance goes when one input is known"),
    .unit = RC_SCORE_SHARE,
    .n_scores = 1,
    .scores = scores,
    .compute = compute,
    .numbers = true,
    .nonnegative = true,
};
