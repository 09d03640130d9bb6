/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A quantile's power series from its density's differential equation.
 *
 * Where f'/f = P/Q with quadratic P and Q (Pearson's family, and the inverse Gaussian), the
 * quantile x as a function of t = ln v, v its tail, solves an equation without t itself: with z =
 * dx/dt Q(x) (z' - z) = -P(x) z^2,    z = v / f (lower tail), -v / f (upper tail) so that x and f
 * in one point give all coefficients, one after another (the power series method of G. Steinbrecher
 * and W. T. Shaw, Quantile mechanics, European Journal of Applied Mathematics 19, 2008). In t the
 * nearest singularity is the other end, v = 1: an octave, s = -1 to 1 with t = ln v0 + s ln2/2,
 * takes some 20 terms next to the median and 9 to 15 further out. The series, taken to s = -2, is
 * where the next octave's centre is sought: one step of Halley's method on the cdf then suffices,
 * and that step's size is a check of the series as well. */
#include "dist/table_series.h"

#include "core/math.h"

static const double HALF = 0.34657359027997265471; /* ln2 / 2 */
static const double ENOUGH = 1e-12;                /* of the slope: an error relative to v */

/* ---- Matrices -------------------------------------------------------------------------------- */

void rc_series_maker_init(rc_series_maker *m, const double *points,
                          const double (*matrix)[RC_TABLE_ROW]) {
    for (int p = 0; p < RC_SERIES_PARTS; p++) {
        double s[RC_TABLE_ROW], power[RC_TABLE_ROW];
        for (int j = 0; j < RC_TABLE_ROW; j++) {
            double v = 1 + (p + 0.5 * (1 + points[j])) / RC_SERIES_PARTS;
            power[j] = s[j] = rc_log(v) / HALF - 1;
        }
        for (int k = 0; k < RC_SERIES_TERMS; k++)
            for (int i = 0; i < RC_TABLE_ROW; i++) {
                double sum = 0;
                for (int j = 0; j < RC_TABLE_ROW; j++)
                    sum += matrix[i][j] * power[j];
                m->row[p][k][i] = sum;
                if (i == RC_TABLE_ROW - 1)
                    for (int j = 0; j < RC_TABLE_ROW; j++)
                        power[j] *= s[j];
            }
    }
    for (int p = 0; p <= RC_SERIES_PARTS; p++) {
        double s = rc_log(1 + (double)p / RC_SERIES_PARTS) / HALF - 1, power = s;
        for (int k = 0; k < RC_SERIES_TERMS; k++, power *= s)
            m->edge[k][p] = power;
    }
}

/* ---- The series in one point ----------------------------------------------------------------- */

/* Terms 1, 2, ... at a point with the score num/den and dx/ds = slope, for |s| <= 1 as ln v moves
 * by s half. Returns how many make the rest small enough, 0: none do. */
static int expand(const double *num, const double *den, double slope, double half, double *term) {
    /* series of dx/ds, its square, w' - h w, x, x^2 (less their constants) */
    double w[RC_SERIES_TERMS + 1], ww[RC_SERIES_TERMS], r[RC_SERIES_TERMS];
    double p[RC_SERIES_TERMS], q[RC_SERIES_TERMS];
    bool bent = num[2] != 0 || den[2] != 0;
    w[0] = slope;
    term[0] = slope;
    for (int k = 0; k + 1 < RC_SERIES_TERMS; k++) {
        double square = 0, xx = 0, sum = 0;
        for (int j = 0; 2 * j < k; j++)
            square += w[j] * w[k - j];
        ww[k] = 2 * square + (k % 2 == 0 ? w[k / 2] * w[k / 2] : 0);
        for (int j = 1; bent && j < k; j++)
            xx += term[j - 1] * term[k - j - 1];
        double x = k > 0 ? term[k - 1] : 0;
        p[k] = (k == 0 ? num[0] : 0) + num[1] * x + num[2] * xx;
        q[k] = (k == 0 ? den[0] : 0) + den[1] * x + den[2] * xx;
        for (int j = 0; j <= k; j++)
            sum += p[j] * ww[k - j];
        for (int j = 1; j <= k; j++)
            sum += q[j] * r[k - j];
        r[k] = -sum / den[0];
        w[k + 1] = (r[k] + half * w[k]) / (k + 1);
        term[k + 1] = w[k + 1] / (k + 2);
        double size = fabs(term[k + 1]) + fabs(term[k]);
        if (!(size < 1e6 * fabs(slope)))
            return 0;
        if (k > 4 && size <= ENOUGH * fabs(slope))
            return k + 2;
    }
    return 0;
}

/* The point with tail v from a guess: x, density and score there. */
static bool settle(const rc_dist *d, bool upper, double v, double *x, double *f, double *num,
                   double *den) {
    double low, high, before = INFINITY;
    rc_dist_support(d, &low, &high);
    for (int i = 0; i < 8; i++) {
        if (!(*x > low && *x < high))
            return false;
        double miss = v - d->type->cdf(d, *x, upper), relative = fabs(miss) / v;
        *f = d->type->density(d, *x);
        if (!(*f > 0 && *f < INFINITY && relative < before && d->type->score(d, *x, num, den)))
            return false;
        before = relative;
        double score = num[0] / den[0], step = (upper ? -miss : miss) / *f;
        double curved = 0.5 * score * step;
        step = fabs(curved) < 0.3 ? step * (1 - curved) : step;
        *x += step;
        if (relative < 1e-5) { /* the density there: to its second order */
            double bend = (num[1] * den[0] - num[0] * den[1]) / (den[0] * den[0]);
            *f *= 1 + step * (score + 0.5 * step * (score * score + bend));
            return d->type->score(d, *x, num, den) && fabs(den[0]) > 0 && isfinite(*x);
        }
    }
    return false;
}

bool rc_series_at(const rc_dist *d, bool upper, double v, double half, double *x, rc_series *out) {
    double f, num[3], den[3];
    if (!settle(d, upper, v, x, &f, num, den)) {
        *x = d->type->quantile(d, upper ? -v : v);
        f = d->type->density(d, *x);
        if (!(f > 0 && f < INFINITY && isfinite(*x) && d->type->score(d, *x, num, den)))
            return false;
    }
    out->v = v;
    out->half = half;
    out->centre = *x;
    out->n = expand(num, den, half * v / (upper ? -f : f), half, out->term);
    return out->n > 0;
}

double rc_series_value(const rc_series *series, double s) {
    double sum = 0;
    for (int i = series->n - 1; i >= 0; i--)
        sum = (sum + series->term[i]) * s;
    return series->centre + sum;
}

double rc_series_error(const double *row, double low, double high, double place) {
    const double *c = row;
    double even = (c[0] + c[2]) + (c[4] + c[6]), odd = (c[1] + c[3]) + (c[5] + c[7]);
    double even1 = 2 * c[2] + 4 * c[4] + 6 * c[6], odd1 = c[1] + 3 * c[3] + 5 * c[5] + 7 * c[7];
    double error = fabs((even - odd - low) / ((odd1 - even1) * place));
    double other = fabs((even + odd - high) / ((odd1 + even1) * (place + 2)));
    return error <= other ? other : error; /* NaN too */
}

/* ---- A side ---------------------------------------------------------------------------------- */

/* Do two octaves agree where they meet, relative to the tail? */
static bool meet(const rc_series *near, const rc_series *far) {
    double outer = rc_series_value(far, 1), inner = rc_series_value(near, -1), slope = 0;
    for (int i = far->n - 1; i >= 0; i--)
        slope += (i + 1) * far->term[i];
    return fabs(outer - inner) * HALF <= 1e-11 * fabs(slope) + 0x1p-52 * fabs(outer);
}

void rc_series_of_side(const rc_dist *d, bool upper, double start, rc_series_side *out) {
    double v = 0.35355339059327376220, x = start;
    for (int k = RC_TABLE_OCTAVES - 1; k >= 0; k--, v *= 0.5) {
        rc_series *now = &out->octave[k];
        bool before = k < RC_TABLE_OCTAVES - 1 && out->found[k + 1];
        if (before)
            x = rc_series_value(now + 1, -2);
        out->found[k] = rc_series_at(d, upper, v, HALF, &x, now);
        if (before && out->found[k] && !meet(now + 1, now))
            out->found[k] = out->found[k + 1] = false; /* one of them is wrong */
    }
}

void rc_series_rows(const rc_series_maker *m, const rc_series *series, double *rows,
                    double error[RC_SERIES_PARTS]) {
    const double *term = series->term;
    double edge[RC_SERIES_PARTS + 1] = {0};
    int n = series->n;
    for (int i = 0; i < n; i++)
        for (int p = 0; p <= RC_SERIES_PARTS; p++)
            edge[p] += m->edge[i][p] * term[i];
    for (int p = 0; p < RC_SERIES_PARTS; p++) {
        double c[RC_TABLE_ROW] = {0};
        for (int i = 0; i < n; i++)
            for (int j = 0; j < RC_TABLE_ROW; j++)
                c[j] += m->row[p][i][j] * term[i];
        error[p] = rc_series_error(c, edge[p], edge[p + 1], 2 * (RC_SERIES_PARTS + p));
        c[0] += series->centre;
        for (int j = 0; j < RC_TABLE_ROW; j++)
            rows[RC_TABLE_ROW * p + j] = c[j];
    }
}
