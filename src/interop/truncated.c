/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A truncated normal from two percentiles: Newton's method on the two quantiles, in mean and
 * ln(sd), with steps halved until they help. */
#include "interop/truncated.h"

#include "core/math.h"
#include "dist/dist.h"

#include <math.h>

typedef struct problem {
    double p5, p95, low, high;
} problem;

/* How far the quantiles lie from what is wanted, in units of p95 - p5; false where there is none */
static bool residual(const problem *p, double mean, double log_sd, double out[2]) {
    rc_arena *arena = rc_arena_new();
    rc_dist *normal = NULL, *truncated = NULL;
    rc_dist_value n[RC_DIST_MAX_SLOTS] = {{.number = mean}, {.number = rc_exp(log_sd)}};
    bool good = rc_dist_build(rc_dist_find("normal"), n, arena, &normal, NULL) == RC_OK;
    const rc_dist *shape = normal;
    rc_dist_value t[RC_DIST_MAX_SLOTS] = {{.shapes = &shape, .n = 1},
                                          {.number = p->low},
                                          {.number = isfinite(p->high) ? p->high : NAN}};
    good = good && rc_dist_build(rc_dist_find("truncate"), t, arena, &truncated, NULL) == RC_OK;
    if (good) {
        out[0] = (rc_dist_quantile(truncated, 0.05) - p->p5) / (p->p95 - p->p5);
        out[1] = (rc_dist_quantile(truncated, -0.05) - p->p95) / (p->p95 - p->p5);
        good = isfinite(out[0]) && isfinite(out[1]);
    }
    rc_arena_free(arena);
    return good;
}

static double size_of(const double r[2]) {
    return fabs(r[0]) + fabs(r[1]);
}

/* One step; false when nothing gets better. */
static bool step(const problem *p, double x[2], double r[2]) {
    double j[2][2], scale[2] = {1e-6 * (p->p95 - p->p5), 1e-6};
    for (int k = 0; k < 2; k++) {
        double at[2] = {x[0], x[1]}, moved[2];
        at[k] += scale[k];
        if (!residual(p, at[0], at[1], moved))
            return false;
        j[0][k] = (moved[0] - r[0]) / scale[k];
        j[1][k] = (moved[1] - r[1]) / scale[k];
    }
    double determinant = j[0][0] * j[1][1] - j[0][1] * j[1][0];
    double d0 = -(r[0] * j[1][1] - r[1] * j[0][1]) / determinant;
    double d1 = -(r[1] * j[0][0] - r[0] * j[1][0]) / determinant;
    for (double share = 1; share > 1e-6; share /= 2) {
        double at[2] = {x[0] + share * d0, x[1] + share * d1}, tried[2];
        if (residual(p, at[0], at[1], tried) && size_of(tried) < size_of(r)) {
            for (int k = 0; k < 2; k++) {
                x[k] = at[k];
                r[k] = tried[k];
            }
            return true;
        }
    }
    return false;
}

bool rc_truncated_normal(double p5, double p95, double low, double high, double *mean, double *sd) {
    const double z95 = 1.6448536269514727;
    problem p = {p5, p95, low, high};
    if (!(low < p5 && p5 < p95 && p95 < high))
        return false;
    double x[2] = {(p5 + p95) / 2, rc_log((p95 - p5) / (2 * z95))}, r[2];
    if (!residual(&p, x[0], x[1], r))
        return false;
    for (int i = 0; i < 200 && size_of(r) > 1e-12 && step(&p, x, r); i++)
        ;
    *mean = x[0];
    *sd = rc_exp(x[1]);
    return size_of(r) <= 1e-9;
}
