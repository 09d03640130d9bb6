/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solvers for percentile forms (dist/percentiles.h). The root finder is Chandrupatla's: inverse
 * quadratic interpolation where it is safe, else bisection (T. R. Chandrupatla, A new hybrid
 * quadratic/bisection algorithm for finding the zero of a nonlinear function without using
 * derivatives, Advances in Engineering Software 28, 1997). */
#include "dist/percentiles.h"

#include "core/math.h"
#include "dist/dist.h"

#include <float.h>

/* ---- Root ------------------------------------------------------------------------------------ */

typedef struct side {
    double t, f;
} side;

/* Where in (0, 1) between a and b to look next; c is the point before. */
static double interpolate(side a, side b, side c) {
    double xi = (a.t - b.t) / (c.t - b.t), phi = (a.f - b.f) / (c.f - b.f);
    if (!(phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi))
        return 0.5; /* also where one of them is infinite */
    return a.f / (b.f - a.f) * (c.f / (b.f - c.f)) +
           (c.t - a.t) / (b.t - a.t) * (a.f / (c.f - a.f)) * (b.f / (c.f - b.f));
}

static double chandrupatla(rc_rising *f, const void *context, side b, side a) {
    double where = 0.5;
    for (int i = 0; i < 200; i++) {
        side c, best = fabs(a.f) < fabs(b.f) ? a : b;
        double limit = (2 * DBL_EPSILON * fabs(best.t) + 1e-300) / fabs(b.t - a.t);
        if (limit > 0.5 || best.f == 0)
            return best.t;
        where = where > limit ? where : limit;
        where = where < 1 - limit ? where : 1 - limit;
        side next = {a.t + where * (b.t - a.t), 0};
        if (next.t == a.t || next.t == b.t)
            return best.t;
        next.f = f(context, next.t);
        if ((next.f > 0) == (a.f > 0)) {
            c = a;
        } else {
            c = b;
            b = a;
        }
        a = next;
        where = interpolate(a, b, c);
    }
    return fabs(a.f) < fabs(b.f) ? a.t : b.t;
}

bool rc_root(rc_rising *f, const void *context, double guess, double step, double low, double high,
             double *root) {
    guess = guess > low ? (guess < high ? guess : high) : low;
    side near = {guess, f(context, guess)};
    bool up = near.f < 0; /* the root lies further up */
    while (near.f != 0) {
        double end = up ? high : low;
        *root = end;
        if (near.t == end)
            return false;
        double t = up ? near.t + step : near.t - step;
        t = (up ? t < end : t > end) ? t : end;
        side far = {t, f(context, t)};
        if (far.f == 0 || (far.f > 0) == up) {
            *root = far.f == 0 ? far.t : chandrupatla(f, context, near, far);
            return true;
        }
        near = far;
        step *= 2;
    }
    *root = near.t;
    return true;
}

/* ---- A positive family with shape and scale -------------------------------------------------- */

typedef struct ratio {
    const rc_ratio_family *family;
    double w0, w1, want; /* ln(x1 / x0) */
} ratio;

static double too_wide(const void *context, double log_shape) {
    const ratio *r = context;
    double shape = rc_exp(log_shape);
    double g0 = r->family->unit(shape, r->w0), g1 = r->family->unit(shape, r->w1);
    return r->want - rc_log(g1 / g0);
}

static rc_status solve_ratio(const rc_ratio_family *f, const double *x, const double *p,
                             double *shape, double *scale, rc_error *err) {
    ratio r = {f, rc_tail_of(p[0]), rc_tail_of(p[1]), rc_log(x[1] / x[0])};
    double t, low = rc_log(f->least), high = rc_log(f->most);
    /* as wide as an exponential at 1, about normal for large shapes: ratio ~ shape^(-1/2) */
    double at_1 = rc_log(f->unit(1, r.w1) / f->unit(1, r.w0)), guess = 2 * rc_log(at_1 / r.want);
    if (!rc_root(too_wide, &r, guess, 0.5, low, high, &t))
        return rc_fail(err, RC_INPUT, "%s: p%.0f %.10g and p%.0f %.10g lie too %s for this family",
                       f->dist, 100 * p[0], x[0], 100 * p[1], x[1],
                       t == low ? "far apart" : "close together");
    *shape = rc_exp(t);
    *scale = x[1] / f->unit(*shape, r.w1);
    return RC_OK;
}

rc_status rc_percentiles_of_ratio(const rc_ratio_family *f, const double *x, const double *p,
                                  double widen, double *shape, double *scale, rc_error *err) {
    if (!(x[0] > 0))
        return rc_fail(err, RC_INPUT, "%s: p%.0f %.10g must be above 0", f->dist, 100 * p[0], x[0]);
    rc_status status = solve_ratio(f, x, p, shape, scale, err);
    if (status != RC_OK || widen == 1)
        return status;
    bool upper = p[1] - 0.5 >= 0.5 - p[0];
    double median = *scale * f->unit(*shape, 0.5), far = upper ? x[1] : x[0];
    double moved = median * rc_exp(widen * rc_log(far / median));
    double x2[2] = {upper ? median : moved, upper ? moved : median};
    double p2[2] = {upper ? 0.5 : p[0], upper ? p[1] : 0.5};
    return solve_ratio(f, x2, p2, shape, scale, err);
}

/* ---- A family with location, scale and one shape --------------------------------------------- */

typedef struct place {
    const rc_place_family *family;
    double fixed, want, sign;
    const double *p;
} place;

static double place_of(const place *s, double shape) {
    const rc_place_family *f = s->family;
    double low = f->unit(shape, s->fixed, rc_tail_of(s->p[0]));
    double high = f->unit(shape, s->fixed, rc_tail_of(s->p[2]));
    double middle =
        isnan(s->p[1]) ? f->mode(shape, s->fixed) : f->unit(shape, s->fixed, rc_tail_of(s->p[1]));
    return (middle - low) / (high - low);
}

static double place_beyond(const void *context, double shape) {
    const place *s = context;
    return s->sign * (place_of(s, shape) - s->want);
}

static rc_status fail_place(const rc_place_family *f, const double *x, const double *p, double a,
                            double b, rc_error *err) {
    double low = x[0] + (a < b ? a : b) * (x[2] - x[0]),
           high = x[0] + (a < b ? b : a) * (x[2] - x[0]);
    if (isnan(p[1]))
        return rc_fail(err, RC_INPUT,
                       "%s: no %s has p%.0f = %.10g, mode = %.10g, p%.0f = %.10g; mode %.10g must "
                       "lie between %.6g and %.6g",
                       f->dist, f->dist, 100 * p[0], x[0], x[1], 100 * p[2], x[2], x[1], low, high);
    return rc_fail(
        err, RC_INPUT,
        "%s: no %s has p%.0f = %.10g, p%.0f = %.10g, p%.0f = %.10g; p%.0f %.10g must lie "
        "between %.6g and %.6g",
        f->dist, f->dist, 100 * p[0], x[0], 100 * p[1], x[1], 100 * p[2], x[2], 100 * p[1], x[1],
        low, high);
}

rc_status rc_percentiles_of_place(const rc_place_family *f, double fixed, const double *x,
                                  const double *p, rc_placed *out, rc_error *err) {
    const double slack = 1e-11; /* values at the edge of what is possible come rounded */
    place s = {f, fixed, (x[1] - x[0]) / (x[2] - x[0]), 1, p};
    double at_least = place_of(&s, f->least), at_most = place_of(&s, f->most);
    s.sign = at_most >= at_least ? 1 : -1;
    double low = s.sign > 0 ? at_least : at_most, high = s.sign > 0 ? at_most : at_least;
    if (!(s.want >= low - slack && s.want <= high + slack))
        return fail_place(f, x, p, at_least, at_most, err);
    s.want = s.want < low ? low : s.want > high ? high : s.want;
    double shape;
    rc_root(place_beyond, &s, f->guess, f->step, f->least, f->most, &shape);
    double q0 = f->unit(shape, fixed, rc_tail_of(p[0])),
           q2 = f->unit(shape, fixed, rc_tail_of(p[2]));
    out->shape = shape;
    out->scale = (x[2] - x[0]) / (q2 - q0);
    out->location = x[0] - out->scale * q0;
    out->median = out->location + out->scale * f->unit(shape, fixed, 0.5);
    return RC_OK;
}
