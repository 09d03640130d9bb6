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
#include "dist/table_kernels.h"

#include <stdint.h>
#include <string.h>

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
    m->kernels = rc_table_kernels_for(rc_isa_best());
}

/* ---- The series in one point ----------------------------------------------------------------- */

/* Two series are made at a time, each in its lane: few operations wait for others then. */
typedef double two __attribute__((vector_size(16)));

typedef struct points {
    two num[3], den[3]; /* of the scores */
    two slope;          /* dx/ds */
    bool bent;
} points;

static two size_of(two x) {
    typedef long long bits __attribute__((vector_size(16)));
    return (two)((bits)x & INT64_MAX);
}

static void put(points *p, int lane, const double *num, const double *den, double slope) {
    for (int i = 0; i < 3; i++) {
        p->num[i][lane] = num[i];
        p->den[i][lane] = den[i];
    }
    p->slope[lane] = slope;
    p->bent |= num[2] != 0 || den[2] != 0;
}

/* Terms 1, 2, ... for |s| <= 1 as ln v moves by s half. n: how many make the rest small enough, 0:
 * none do. */
static void expand(const points *at, double half, two *term, int n[2]) {
    /* series of dx/ds, its square, w' - h w, x, x^2 (less their constants) */
    two w[RC_SERIES_TERMS + 1], ww[RC_SERIES_TERMS], r[RC_SERIES_TERMS];
    two p[RC_SERIES_TERMS], q[RC_SERIES_TERMS];
    const two zero = {0, 0}, most = 1e6 * size_of(at->slope), least = ENOUGH * size_of(at->slope);
    bool open[2] = {true, true};
    n[0] = n[1] = 0;
    w[0] = at->slope;
    term[0] = at->slope;
    for (int k = 0; k + 1 < RC_SERIES_TERMS && (open[0] || open[1]); k++) {
        two square = zero, xx = zero, sum = zero, x = k > 0 ? term[k - 1] : zero;
        for (int j = 0; 2 * j < k; j++)
            square += w[j] * w[k - j];
        ww[k] = 2 * square + (k % 2 == 0 ? w[k / 2] * w[k / 2] : zero);
        for (int j = 1; at->bent && j < k; j++)
            xx += term[j - 1] * term[k - j - 1];
        p[k] = (k == 0 ? at->num[0] : zero) + at->num[1] * x + at->num[2] * xx;
        q[k] = (k == 0 ? at->den[0] : zero) + at->den[1] * x + at->den[2] * xx;
        for (int j = 0; j <= k; j++)
            sum += p[j] * ww[k - j];
        for (int j = 1; j <= k; j++)
            sum += q[j] * r[k - j];
        r[k] = -sum / at->den[0];
        w[k + 1] = (r[k] + half * w[k]) / (double)(k + 1);
        term[k + 1] = w[k + 1] / (double)(k + 2);
        two size = size_of(term[k + 1]) + size_of(term[k]);
        for (int lane = 0; lane < 2; lane++) {
            bool fine = size[lane] < most[lane];
            bool small = fine && k > 4 && size[lane] <= least[lane];
            n[lane] = open[lane] && small ? k + 2 : n[lane];
            open[lane] = open[lane] && fine && !small;
        }
    }
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

/* The quantile of the tail v, near the guess *x, and what its series needs. */
static bool find_point(const rc_dist *d, bool upper, double v, double half, double *x, int lane,
                       points *at) {
    double f, num[3], den[3];
    if (!settle(d, upper, v, x, &f, num, den)) {
        *x = d->type->quantile(d, upper ? -v : v);
        f = d->type->density(d, *x);
        if (!(f > 0 && f < INFINITY && isfinite(*x) && d->type->score(d, *x, num, den)))
            return false;
    }
    put(at, lane, num, den, half * v / (upper ? -f : f));
    return true;
}

static void keep(double v, double half, double centre, const two *term, int lane, int n,
                 rc_series *out) {
    out->v = v;
    out->half = half;
    out->centre = centre;
    out->n = n;
    for (int i = 0; i < n; i++)
        out->term[i] = term[i][lane];
}

bool rc_series_at(const rc_dist *d, bool upper, double v, double half, double *x, rc_series *out) {
    points at = {0};
    two term[RC_SERIES_TERMS];
    int n[2];
    if (!find_point(d, upper, v, half, x, 0, &at))
        return false;
    expand(&at, half, term, n);
    keep(v, half, *x, term, 0, n[0], out);
    return n[0] > 0;
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

/* Octave k of a side: its point, from that of the octave before; false: there is none. */
static bool begin(const rc_dist *d, bool upper, int k, double *x, rc_series_side *side,
                  points *at) {
    rc_series *now = &side->octave[k];
    now->v = ldexp(0.35355339059327376220, k + 1 - RC_TABLE_OCTAVES);
    if (k < RC_TABLE_OCTAVES - 1 && side->found[k + 1])
        *x = rc_series_value(now + 1, -2);
    return find_point(d, upper, now->v, HALF, x, upper, at);
}

static void end(int k, double x, const two *term, int lane, int n, rc_series_side *side) {
    rc_series *now = &side->octave[k];
    keep(now->v, HALF, x, term, lane, n, now);
    side->found[k] = n > 0;
    if (k < RC_TABLE_OCTAVES - 1 && side->found[k + 1] && side->found[k] && !meet(now + 1, now))
        side->found[k] = side->found[k + 1] = false; /* one of them is wrong */
}

/* The upper side is one octave behind: it begins where the lower one's first octave ends. */
void rc_series_of_sides(const rc_dist *d, double start, rc_series_side out[2]) {
    double x[2] = {start, start};
    memset(out[0].found, 0, sizeof out[0].found);
    memset(out[1].found, 0, sizeof out[1].found);
    for (int step = 0; step <= RC_TABLE_OCTAVES; step++) {
        points at = {0};
        two term[RC_SERIES_TERMS];
        bool given[2] = {false, false};
        int n[2], k[2] = {RC_TABLE_OCTAVES - 1 - step, RC_TABLE_OCTAVES - step};
        for (int side = 0; side < 2; side++)
            if (k[side] >= 0 && k[side] < RC_TABLE_OCTAVES)
                given[side] = begin(d, side == 1, k[side], &x[side], &out[side], &at);
        expand(&at, HALF, term, n);
        for (int side = 0; side < 2; side++)
            if (given[side])
                end(k[side], x[side], term, side, n[side], &out[side]);
        if (step == 0 && out[0].found[RC_TABLE_OCTAVES - 1])
            x[1] = 2 * rc_series_value(&out[0].octave[RC_TABLE_OCTAVES - 1], 1) - start;
    }
}

void rc_series_rows(const rc_series_maker *m, const rc_series *series, double *rows,
                    double error[RC_SERIES_PARTS]) {
    double edge[RC_TABLE_ROW];
    m->kernels->series(m->row, m->edge, series->term, series->n, rows, edge);
    for (int p = 0; p < RC_SERIES_PARTS; p++) {
        double *c = rows + RC_TABLE_ROW * p;
        error[p] = rc_series_error(c, edge[p], edge[p + 1], 2 * (RC_SERIES_PARTS + p));
        c[0] += series->centre;
    }
}
