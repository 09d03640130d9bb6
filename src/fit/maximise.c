/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maximisers of a few variables, deterministic, for functions without derivatives at hand. -inf and
 * NaN are values that are worse than any other.
 *
 * J. A. Nelder, R. Mead: A simplex method for function minimization. Computer Journal 7, 1965;
 * with the usual coefficients (reflect 1, expand 2, contract 1/2, shrink 1/2). */
#include "fit/work.h"

#include <string.h>

enum { MOST = RC_DIST_MAX_SLOTS };

typedef struct simplex {
    rc_objective *f;
    void *data;
    size_t n;
    int left; /* evaluations */
    double at[MOST + 1][MOST], value[MOST + 1];
} simplex;

static double evaluate(simplex *s, const double *z) {
    double value = s->f(s->data, z);
    s->left--;
    return isnan(value) ? -INFINITY : value;
}

/* Best first; equal values keep their order. */
static void sort(simplex *s) {
    for (size_t i = 1; i <= s->n; i++)
        for (size_t j = i; j > 0 && s->value[j] > s->value[j - 1]; j--) {
            double value = s->value[j], row[MOST];
            memcpy(row, s->at[j], sizeof row);
            memcpy(s->at[j], s->at[j - 1], sizeof row);
            memcpy(s->at[j - 1], row, sizeof row);
            s->value[j] = s->value[j - 1];
            s->value[j - 1] = value;
        }
}

static void replace_worst(simplex *s, const double *z, double value) {
    memcpy(s->at[s->n], z, s->n * sizeof *z);
    s->value[s->n] = value;
}

/* centre + factor (centre - worst) */
static double along(simplex *s, const double *centre, double factor, double *z) {
    for (size_t i = 0; i < s->n; i++)
        z[i] = centre[i] + factor * (centre[i] - s->at[s->n][i]);
    return evaluate(s, z);
}

static void shrink(simplex *s) {
    for (size_t k = 1; k <= s->n; k++) {
        for (size_t i = 0; i < s->n; i++)
            s->at[k][i] = 0.5 * (s->at[k][i] + s->at[0][i]);
        s->value[k] = evaluate(s, s->at[k]);
    }
}

static void move(simplex *s) {
    double centre[MOST] = {0}, reflected[MOST], other[MOST];
    for (size_t k = 0; k < s->n; k++)
        for (size_t i = 0; i < s->n; i++)
            centre[i] += s->at[k][i] / (double)s->n;
    double value = along(s, centre, 1, reflected);
    if (value > s->value[0]) {
        double further = along(s, centre, 2, other);
        if (further > value)
            replace_worst(s, other, further);
        else
            replace_worst(s, reflected, value);
    } else if (value > s->value[s->n - 1]) {
        replace_worst(s, reflected, value);
    } else {
        bool outside = value > s->value[s->n];
        double nearer = along(s, centre, outside ? 0.5 : -0.5, other);
        if (nearer > (outside ? value : s->value[s->n]))
            replace_worst(s, other, nearer);
        else
            shrink(s);
    }
}

double rc_maximise_simplex(rc_objective *f, void *data, size_t n, double *z, double edge,
                           double tolerance, int most) {
    simplex s = {.f = f, .data = data, .n = n, .left = most};
    for (size_t k = 0; k <= n; k++) {
        memcpy(s.at[k], z, n * sizeof *z);
        if (k > 0)
            s.at[k][k - 1] += edge;
        s.value[k] = evaluate(&s, s.at[k]);
    }
    sort(&s);
    while (s.left > 0 && !(s.value[0] - s.value[n] < tolerance)) {
        move(&s);
        sort(&s);
    }
    memcpy(z, s.at[0], n * sizeof *z);
    return s.value[0];
}

/* ---- Newton ---- */

static const double width = 1e-4;

static double shifted(rc_objective *f, void *data, size_t n, const double *z, size_t i, double di,
                      size_t j, double dj) {
    double at[MOST];
    memcpy(at, z, n * sizeof *z);
    at[i] += di;
    at[j] += dj;
    return f(data, at);
}

/* up, down: f at z +- width in each variable */
static void gradient(rc_objective *f, void *data, size_t n, const double *z, double *up,
                     double *down, double *g) {
    for (size_t i = 0; i < n; i++) {
        up[i] = shifted(f, data, n, z, i, width, i, 0);
        down[i] = shifted(f, data, n, z, i, -width, i, 0);
        g[i] = (up[i] - down[i]) / (2 * width);
    }
}

static void curvature(rc_objective *f, void *data, size_t n, const double *z, double value,
                      const double *up, const double *down, double *h) {
    for (size_t i = 0; i < n; i++) {
        h[i * n + i] = -(up[i] - 2 * value + down[i]) / (width * width);
        for (size_t j = 0; j < i; j++) {
            double both = shifted(f, data, n, z, i, width, j, width);
            double none = shifted(f, data, n, z, i, -width, j, -width);
            double sum = both + none + 2 * value - up[i] - down[i] - up[j] - down[j];
            h[i * n + j] = h[j * n + i] = -sum / (2 * width * width);
        }
    }
}

/* step = h^-1 g by Cholesky; false when h is not positive definite. */
static bool solve(const double *h, const double *g, size_t n, double *step) {
    double l[MOST * MOST];
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = h[i * n + j];
            for (size_t k = 0; k < j; k++)
                sum -= l[i * n + k] * l[j * n + k];
            if (i == j && !(sum > 1e-10 * fabs(h[i * n + i]) && isfinite(sum)))
                return false;
            l[i * n + j] = i == j ? sqrt(sum) : sum / l[j * n + j];
        }
    for (size_t i = 0; i < n; i++) {
        step[i] = g[i];
        for (size_t k = 0; k < i; k++)
            step[i] -= l[i * n + k] * step[k];
        step[i] /= l[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            step[i] -= l[k * n + i] * step[k];
        step[i] /= l[i * n + i];
    }
    return true;
}

/* Go to z + t step for the first t = 1, 1/2, ... that is no worse; false when none is. */
static bool advance(rc_objective *f, void *data, size_t n, double *z, const double *step,
                    double *value) {
    double next[MOST];
    for (double t = 1; t > 1e-3; t *= 0.5) {
        for (size_t i = 0; i < n; i++)
            next[i] = z[i] + t * step[i];
        double there = f(data, next);
        if (there >= *value) {
            memcpy(z, next, n * sizeof *z);
            *value = there;
            return true;
        }
    }
    return false;
}

bool rc_maximise_newton(rc_objective *f, void *data, size_t n, double *z, double *hessian,
                        bool known, double tolerance, double *value) {
    double up[MOST], down[MOST], g[MOST], step[MOST];
    *value = f(data, z);
    for (int i = 0; i < 30 && isfinite(*value); i++) {
        gradient(f, data, n, z, up, down, g);
        if (!known)
            curvature(f, data, n, z, *value, up, down, hessian);
        if (!solve(hessian, g, n, step))
            return false;
        double gain = 0;
        for (size_t k = 0; k < n; k++)
            gain += 0.5 * g[k] * step[k];
        if (!(gain < INFINITY))
            return false;
        bool better = advance(f, data, n, z, step, value);
        if (gain < tolerance)
            return true;
        if (!better)
            return false;
    }
    return false;
}
