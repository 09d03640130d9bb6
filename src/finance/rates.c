/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every internal rate of return, by interval bisection that can miss none.
 *
 * With d = 1/(1+i) the rates are the positive roots of P(d) = sum of net_k d^k. Those in (0, 1] are
 * rates of 0 and above; the polynomial read backwards, in e = 1 + i, gives those of 0 and below.
 *
 * The parts of P'' with positive and with negative coefficients both increase, so that on a cell
 * [l, h] of middle m and half-width r
 *
 *     P''+(l) - P''-(h) <= P'' <= P''+(h) - P''-(l),    hence a bound |P''| <= B,
 *     |P - P(m)| <= r |P'(m)| + r^2/2 B    and    |P' - P'(m)| <= r B.
 *
 * A cell where P keeps its sign holds no root; one where P' does holds one if P changes sign, and a
 * safeguarded Newton iteration finds it; others are halved. A cell too small to halve is a root if
 * P vanishes there to rounding: a double one.
 *
 * R. E. Moore: Interval Analysis, 1966, chapter 7. */
#include "finance/rates.h"

#include <float.h>
#include <math.h>

enum { MAX_DEPTH = 48, MAX_CELLS = 20000, MAX_STEPS = 200 };

/* Coefficients a[0], a[step] ... of degree `degree`; a[0] is not 0. */
typedef struct poly {
    const double *a;
    ptrdiff_t step;
    unsigned degree;
} poly;

/* A place x; P = p - n and P'' = 2 (ddp - ddn) there, by the sign of the coefficients; slope = P'.
 */
typedef struct place {
    double x, p, n, slope, ddp, ddn;
} place;

typedef struct roots {
    double *x;
    size_t count;
    unsigned cells;
} roots;

static place at(const poly *f, double x) {
    place r = {.x = x};
    double dp = 0, dn = 0;
    for (unsigned k = f->degree + 1; k-- > 0;) {
        double a = f->a[(ptrdiff_t)k * f->step];
        r.ddp = r.ddp * x + dp;
        r.ddn = r.ddn * x + dn;
        dp = dp * x + r.p;
        dn = dn * x + r.n;
        r.p = r.p * x + (a > 0 ? a : 0);
        r.n = r.n * x - (a < 0 ? a : 0);
    }
    r.slope = dp - dn;
    return r;
}

static double value(const place *at_x) {
    return at_x->p - at_x->n;
}

static void add(roots *found, double x) {
    for (size_t i = 0; i < found->count; i++)
        if (fabs(found->x[i] - x) <= 1e-7 * x)
            return;
    if (found->count < RC_RATES_MAX)
        found->x[found->count++] = x;
}

/* The root in a cell where P is monotone and changes sign */
static double newton(const poly *f, place low, place high) {
    double rising = value(&high) > value(&low) ? 1 : -1, l = low.x, h = high.x, x = (l + h) / 2;
    for (int step = 0; step < MAX_STEPS; step++) {
        place r = at(f, x);
        double p = rising * value(&r), next = x - p / (rising * r.slope);
        if (fabs(next - x) <= 1e-9 * x)
            return next;
        *(p < 0 ? &l : &h) = x;
        x = next > l && next < h ? next : (l + h) / 2;
        if (h - l <= DBL_EPSILON * h)
            break;
    }
    return x;
}

static void search(const poly *f, place low, place high, int depth, roots *found) {
    place m = at(f, (low.x + high.x) / 2);
    double r = (high.x - low.x) / 2, down = low.ddp - high.ddn, up = high.ddp - low.ddn;
    double bound = 2 * (fabs(down) > fabs(up) ? fabs(down) : fabs(up));
    if (++found->cells > MAX_CELLS || fabs(value(&m)) > r * fabs(m.slope) + 0.5 * r * r * bound)
        return;
    double vl = value(&low), vh = value(&high);
    int crosses = vh == 0 || (vl < 0 && vh > 0) || (vl > 0 && vh < 0); /* a root at l: the left's */
    if (fabs(m.slope) > r * bound) {
        if (crosses)
            add(found, vh == 0 ? high.x : newton(f, low, high));
        return;
    }
    if (depth == MAX_DEPTH) {
        double noise = 4 * DBL_EPSILON * (f->degree + 1) * (m.p + m.n);
        if (crosses || fabs(value(&m)) <= noise)
            add(found, m.x);
        return;
    }
    search(f, low, m, depth + 1, found);
    search(f, m, high, depth + 1, found);
}

/* Roots in (0, 1]. The value at 1 comes from outside, so that both directions of reading have the
 * same sign there and a rate of about 0 is found by one of them. */
static size_t in_unit_interval(const poly *f, double sum_p, double sum_n, double *x) {
    roots found = {.x = x};
    place high = at(f, 1);
    high.p = sum_p;
    high.n = sum_n;
    search(f, at(f, 0), high, 0, &found);
    return found.count;
}

size_t rc_rates(const double *flow, size_t stride, unsigned n_periods,
                double growth[RC_RATES_MAX]) {
    double sum_p = 0, sum_n = 0, above[RC_RATES_MAX];
    unsigned first = n_periods + 1, last = 0;
    for (unsigned k = 0; k <= n_periods; k++) {
        double a = flow[k * stride];
        sum_p += a > 0 ? a : 0;
        sum_n -= a < 0 ? a : 0;
        if (a != 0) {
            first = first > n_periods ? k : first;
            last = k;
        }
    }
    if (!(sum_p > 0 && sum_n > 0 && sum_p < (double)INFINITY && sum_n < (double)INFINITY))
        return 0;
    poly forwards = {flow + first * stride, (ptrdiff_t)stride, last - first};
    poly backwards = {flow + last * stride, -(ptrdiff_t)stride, last - first};
    size_t n = in_unit_interval(&backwards, sum_p, sum_n, growth);
    size_t m = in_unit_interval(&forwards, sum_p, sum_n, above);
    roots all = {.x = growth, .count = n};
    while (m > 0)
        add(&all, 1 / above[--m]);
    return all.count;
}
