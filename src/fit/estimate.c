/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A family's estimate: its own closed form, or the maximum over its FREE slots on a scale on which
 * they are unbounded, first by a simplex, then by Newton steps. Large data are thinned to evenly
 * spaced quantiles for the simplex; the Newton steps see all. */
#include "fit/work.h"

#include "core/math.h"

#include <string.h>

/* ---- Scales ---- */

double rc_fit_unbounded(const rc_fit_slot *s, double unit) {
    bool low = isfinite(s->low), high = isfinite(s->high);
    if (low && high)
        return rc_log((s->value - s->low) / (s->high - s->value));
    return low    ? rc_log(s->value - s->low)
           : high ? -rc_log(s->high - s->value)
                  : s->value / (s->unit > 0 ? s->unit : unit);
}

double rc_fit_bounded(const rc_fit_slot *s, double unit, double z) {
    bool low = isfinite(s->low), high = isfinite(s->high);
    if (low && high) {
        double e = rc_exp(-fabs(z)), part = (s->high - s->low) * (e / (1 + e));
        return z < 0 ? s->low + part : s->high - part;
    }
    return low    ? s->low + rc_exp(z)
           : high ? s->high - rc_exp(-z)
                  : z * (s->unit > 0 ? s->unit : unit);
}

/* ---- The function to maximise ---- */

typedef struct objective {
    const rc_dist_type *type;
    const rc_dist_data *data;
    double unit;          /* of slots without bounds */
    rc_fit_values values; /* ranges; the slots' values change */
    rc_fit_instance instance;
    size_t n_free, free[RC_DIST_MAX_SLOTS];
} objective;

static void set(objective *o, const double *z) {
    for (size_t i = 0; i < o->n_free; i++) {
        rc_fit_slot *s = &o->values.slot[o->free[i]];
        s->value = rc_fit_bounded(s, o->unit, z[i]);
    }
    if (o->type->fit->profile != NULL)
        o->type->fit->profile(o->data, &o->values);
}

/* Per value, so that tolerances mean the same for any n */
static double likelihood(void *data, const double *z) {
    objective *o = data;
    set(o, z);
    if (!rc_fit_instance_set(&o->instance, o->type, &o->values))
        return -INFINITY;
    return rc_fit_log_likelihood(&o->instance.dist, o->data) / (double)o->data->n;
}

static void find_free(objective *o, double *z) {
    o->n_free = 0;
    for (size_t i = 0; i < o->type->forms[0].n_slots; i++)
        if (o->values.slot[i].role == RC_FIT_FREE) {
            z[o->n_free] = rc_fit_unbounded(&o->values.slot[i], o->unit);
            o->free[o->n_free++] = i;
        }
}

static void simplex(objective *o, double *z) {
    double n = (double)o->data->n;
    int most = 150 * (int)o->n_free;
    /* coarse, once more around what it found, then to a thousandth of a unit of lnL */
    rc_maximise_simplex(likelihood, o, o->n_free, z, 0.5, 0.1 / n, most);
    rc_maximise_simplex(likelihood, o, o->n_free, z, 0.1, 1e-4 / n, most);
}

/* Gains in lnL that are worth no further step: 1e-9, in replicates a hundredth of what the
 * parameter's own uncertainty is worth */
static const double fine = 1e-9, coarse = 1e-3;

static bool newton(objective *o, double *z, rc_fit_curve *curve) {
    double value;
    return rc_maximise_newton(likelihood, o, o->n_free, z, curve->hessian, false,
                              fine / (double)o->data->n, &value);
}

static void maximise(objective *o, const rc_dist_data *all, double *z, rc_fit_curve *curve) {
    simplex(o, z);
    bool smooth = newton(o, z, curve);
    if (smooth && o->data != all) {
        o->data = all;
        smooth = newton(o, z, curve);
    }
    o->data = all;
    curve->known = smooth;
    curve->rough = false;
    if (!smooth) { /* an edge or a ridge: the simplex goes on, for large data not as far */
        bool large = all->n_values > RC_FIT_ALL_AT_ONCE;
        rc_maximise_simplex(likelihood, o, o->n_free, z, 0.05, 1e-9 / (double)all->n,
                            (large ? 20 : 400) * (int)o->n_free);
        curve->rough = !newton(o, z, curve);
        curve->known = !curve->rough;
    }
    set(o, z);
}

static bool possible(objective *o) {
    return rc_fit_instance_set(&o->instance, o->type, &o->values) &&
           isfinite(rc_fit_log_likelihood(&o->instance.dist, o->data));
}

rc_status rc_fit_estimate(const rc_dist_type *type, size_t variant, const rc_dist_data *data,
                          rc_arena *arena, rc_fit_values *out, rc_fit_curve *curve, rc_error *err) {
    objective o = {.type = type, .data = data, .unit = data->spread};
    double z[RC_DIST_MAX_SLOTS];
    *curve = (rc_fit_curve){.known = false};
    rc_status status = type->fit->start(data, variant, &o.values, err);
    if (status != RC_OK)
        return status;
    find_free(&o, z);
    rc_dist_data thinned;
    if (o.n_free > 0) {
        if (data->n_values > RC_FIT_ALL_AT_ONCE) {
            rc_fit_data_thin(data, RC_FIT_THINNED, arena, &thinned);
            o.data = &thinned;
        }
        maximise(&o, data, z, curve);
    }
    *out = o.values;
    if (!possible(&o))
        return rc_fail(err, RC_INPUT, "no parameters were found that allow these values");
    return RC_OK;
}

bool rc_fit_again(const rc_dist_type *type, size_t variant, const rc_dist_data *data,
                  const rc_fit_values *near, const rc_fit_curve *curve, rc_fit_values *out) {
    objective o = {.type = type, .data = data, .unit = data->spread};
    double z[RC_DIST_MAX_SLOTS], value;
    if (type->fit->start(data, variant, &o.values, NULL) != RC_OK)
        return false;
    find_free(&o, z);
    double tolerance = coarse / (double)data->n;
    if (o.n_free > 0) {
        rc_fit_values starts = o.values;
        double from_start[RC_DIST_MAX_SLOTS];
        memcpy(from_start, z, sizeof z);
        for (size_t i = 0; i < o.n_free; i++) { /* the old estimate, where this data allow it */
            rc_fit_slot slot = o.values.slot[o.free[i]];
            slot.value = near->slot[o.free[i]].value;
            double there = rc_fit_unbounded(&slot, o.unit);
            if (isfinite(there))
                z[i] = there;
        }
        double hessian[RC_DIST_MAX_SLOTS * RC_DIST_MAX_SLOTS];
        memcpy(hessian, curve->hessian, sizeof hessian);
        bool good = curve->known && rc_maximise_newton(likelihood, &o, o.n_free, z, hessian, true,
                                                       tolerance, &value);
        if (!good) {
            if (!(likelihood(&o, z) > likelihood(&o, from_start)))
                memcpy(z, from_start, sizeof z);
            o.values = starts;
            rc_maximise_simplex(likelihood, &o, o.n_free, z, 0.2, tolerance, 50 * (int)o.n_free);
        }
        set(&o, z);
    }
    *out = o.values;
    return rc_fit_instance_set(&o.instance, type, &o.values);
}
