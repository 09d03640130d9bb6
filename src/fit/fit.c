/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fit all families that may have made the data, and put them in order. */
#include "fit/fit.h"

#include "fit/work.h"

#include "core/math.h"

#include <string.h>

void rc_fit_options_default(rc_fit_options *o) {
    *o = (rc_fit_options){.lower = NAN, .upper = NAN, .replicates = 500, .seed = 1};
}

/* ---- Which families ---- */

static bool fittable(const rc_dist_type *type) {
    return type->fit != NULL && (type->log_density != NULL || type->density != NULL);
}

static size_t variants(const rc_dist_type *type) {
    return type->fit->n_variants > 0 ? type->fit->n_variants : 1;
}

static bool whole(const double *x, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!(x[i] >= 0 && x[i] <= 0x1p53 && x[i] == floor(x[i])))
            return false;
    return true;
}

static bool listed(const rc_fit_options *o, const char *name) {
    for (size_t i = 0; i < o->n_only; i++)
        if (strcmp(o->only[i], name) == 0)
            return true;
    return o->n_only == 0;
}

static rc_status unknown(const char *name, rc_error *err) {
    const char *names[256];
    size_t n = 0;
    for (size_t i = 0; i < rc_dist_count() && n < 256; i++)
        if (fittable(rc_dist_at(i, RC_ISA_sse2)))
            names[n++] = rc_dist_at(i, RC_ISA_sse2)->name;
    const char *near = rc_nearest_name(name, names, n);
    if (rc_dist_find(name) != NULL)
        return rc_fail(err, RC_USAGE, "%.60s is not among the families that are fitted to data",
                       name);
    return rc_fail(err, RC_USAGE, "there is no family %.60s%s%s%s", name,
                   near != NULL ? "; did you mean " : "", near != NULL ? near : "",
                   near != NULL ? "?" : "");
}

static rc_status check_only(const rc_fit_options *o, bool counts, rc_error *err) {
    for (size_t i = 0; i < o->n_only; i++) {
        const rc_dist_type *type = rc_dist_find(o->only[i]);
        if (type == NULL || !fittable(type))
            return unknown(o->only[i], err);
        if (type->discrete != counts)
            return rc_fail(err, RC_USAGE,
                           "%s is for %s, and these data are taken for %s; see --kind", type->name,
                           counts ? "measurements" : "counts", counts ? "counts" : "measurements");
    }
    return RC_OK;
}

/* ---- What data are refused ---- */

static rc_status check_values(const double *x, size_t n, const rc_fit_options *o, rc_error *err) {
    double least = INFINITY, most = -INFINITY;
    if (n < RC_FIT_LEAST)
        return rc_fail(err, RC_INPUT, "%zu value%s; at least %d are needed to fit a distribution",
                       n, n == 1 ? "" : "s", (int)RC_FIT_LEAST);
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i]))
            return rc_fail(err, RC_INPUT, "value %zu is %g; all must be finite", i + 1, x[i]);
        least = x[i] < least ? x[i] : least;
        most = x[i] > most ? x[i] : most;
    }
    if (o->kind == RC_FIT_COUNTS && !whole(x, n))
        return rc_fail(err, RC_INPUT, "these are no counts: %s",
                       least < 0 ? "some values lie below 0" : "some values are not whole numbers");
    if (!isnan(o->lower) && !isnan(o->upper) && !(o->upper > o->lower))
        return rc_fail(err, RC_USAGE, "--high %.10g must lie above --low %.10g", o->upper,
                       o->lower);
    if (least < o->lower)
        return rc_fail(err, RC_INPUT, "the value %.10g lies below --low %.10g", least, o->lower);
    if (most > o->upper)
        return rc_fail(err, RC_INPUT, "the value %.10g lies above --high %.10g", most, o->upper);
    if (!(most - least < INFINITY))
        return rc_fail(err, RC_INPUT, "the values go from %g to %g: too far apart for arithmetic",
                       least, most);
    return RC_OK;
}

static rc_status check_different(const rc_dist_data *d, bool counts, rc_error *err) {
    size_t least = counts ? 2 : RC_FIT_LEAST_DIFFERENT;
    if (d->n_values == 1)
        return rc_fail(err, RC_INPUT,
                       "all %zu values are %.10g; write that number, not a "
                       "distribution",
                       d->n, d->x[0]);
    if (d->n_values < least)
        return rc_fail(err, RC_INPUT,
                       "only %zu different values, %.10g and %.10g; at least %zu are needed",
                       d->n_values, d->x[0], d->x[d->n - 1], least);
    if (!(d->sd > 0 && isfinite(d->sd)))
        return rc_fail(err, RC_INPUT,
                       "the values from %g to %g are too close or too far apart for "
                       "arithmetic",
                       d->x[0], d->x[d->n - 1]);
    return RC_OK;
}

/* ---- One family ---- */

typedef struct job {
    rc_arena *arena;
    rc_fit *fit;
    double *scratch; /* [2 n_values] */
    rc_fit_row *rows;
    rc_fit_parameter **parameters; /* the rows', writable */
    size_t *variant;
    rc_fit_curve *curves;
    rc_fit_refusal *refusals;
} job;

static const char *name_of(const rc_dist_type *type, const rc_fit_values *v, rc_arena *arena) {
    if (variants(type) == 1)
        return type->name;
    return rc_arena_printf(arena, "%s-%zu", type->name, v->n_list);
}

static rc_fit_parameter *parameters_of(const rc_dist_type *type, const rc_fit_values *v, size_t *n,
                                       rc_arena *arena) {
    rc_fit_parameter *p = RC_NEW(arena, rc_fit_parameter, RC_DIST_MAX_SLOTS + RC_FIT_LIST);
    *n = 0;
    for (size_t i = 0; i < v->n_list; i++)
        p[(*n)++] = (rc_fit_parameter){
            rc_arena_printf(arena, "%s[%zu]", type->forms[0].slots[0].name, i + 1), v->list[i], NAN,
            NAN};
    for (size_t i = 0; i < type->forms[0].n_slots; i++)
        if (v->slot[i].role != RC_FIT_KNOWN)
            p[(*n)++] =
                (rc_fit_parameter){type->forms[0].slots[i].name, v->slot[i].value, NAN, NAN};
    return p;
}

static const rc_dist *keep(const rc_dist_type *type, const rc_fit_values *v, rc_arena *arena) {
    rc_fit_instance *instance = RC_NEW(arena, rc_fit_instance, 1);
    rc_fit_instance_set(instance, type, v);
    rc_dist *dist = &instance->dist;
    rc_dist_prepare(&dist, 1, 1, arena);
    return &instance->dist;
}

static void refuse(job *j, const char *name, const rc_error *why) {
    j->refusals[j->fit->n_refusals++] =
        (rc_fit_refusal){name, rc_arena_strdup(j->arena, why->message)};
}

static void fit_one(job *j, const rc_dist_type *type, size_t variant) {
    const rc_dist_data *data = &j->fit->data;
    size_t at = j->fit->n_rows;
    rc_fit_row *row = &j->rows[at];
    rc_error err = {0};
    *row = (rc_fit_row){.type = type, .ks_p = NAN, .ad_p = NAN};
    if (rc_fit_estimate(type, variant, data, j->arena, &row->values, &j->curves[at], &err)) {
        refuse(j, variants(type) == 1 ? type->name : name_of(type, &row->values, j->arena), &err);
        return;
    }
    row->rough = j->curves[at].rough;
    row->name = name_of(type, &row->values, j->arena);
    row->dist = keep(type, &row->values, j->arena);
    j->parameters[at] = parameters_of(type, &row->values, &row->n_parameters, j->arena);
    row->parameters = j->parameters[at];
    j->variant[at] = variant;
    double k = (double)row->n_parameters, n = (double)data->n;
    row->log_likelihood = rc_fit_log_likelihood(row->dist, data);
    row->aic = 2 * (k - row->log_likelihood);
    row->bic = k * rc_log(n) - 2 * row->log_likelihood;
    rc_fit_distance(row->dist, data, j->scratch, &row->ks, &row->ad);
    j->fit->n_rows++;
}

/* ---- Order ---- */

static double score(const rc_fit_row *r, rc_fit_order by) {
    double s = by == RC_FIT_BY_AIC   ? r->aic
               : by == RC_FIT_BY_BIC ? r->bic
               : by == RC_FIT_BY_KS  ? r->ks
                                     : r->ad;
    return isnan(s) ? INFINITY : s;
}

static void swap(job *j, size_t a, size_t b) {
    rc_fit_row row = j->rows[a];
    j->rows[a] = j->rows[b];
    j->rows[b] = row;
    rc_fit_parameter *p = j->parameters[a];
    j->parameters[a] = j->parameters[b];
    j->parameters[b] = p;
    rc_fit_curve curve = j->curves[a];
    j->curves[a] = j->curves[b];
    j->curves[b] = curve;
    size_t variant = j->variant[a];
    j->variant[a] = j->variant[b];
    j->variant[b] = variant;
}

static void sort(job *j) { /* stable: equals stay in the order of dist.def */
    for (size_t i = 1; i < j->fit->n_rows; i++)
        for (size_t k = i;
             k > 0 && score(&j->rows[k], j->fit->by) < score(&j->rows[k - 1], j->fit->by); k--)
            swap(j, k, k - 1);
}

const rc_fit_row *rc_fit_find(const rc_fit *fit, const char *name, rc_error *err) {
    rc_text all = {0};
    for (size_t i = 0; i < fit->n_rows; i++) {
        const rc_fit_row *r = &fit->rows[i];
        if (name == NULL || strcmp(r->name, name) == 0 || strcmp(r->type->name, name) == 0) {
            rc_text_free(&all);
            return r;
        }
        rc_text_addf(&all, "%s%s", i > 0 ? ", " : "", r->name);
    }
    const char *reason = NULL;
    for (size_t i = 0; i < fit->n_refusals; i++)
        if (strcmp(fit->refusals[i].name, name) == 0)
            reason = fit->refusals[i].reason;
    if (reason != NULL)
        rc_fail(err, RC_USAGE, "--family %.40s: it %.180s", name, reason);
    else
        rc_fail(err, RC_USAGE, "--family %.40s is not among those shown: %.150s", name, all.bytes);
    rc_text_free(&all);
    return NULL;
}

/* ---- All ---- */

static void fit_all(job *j, const rc_fit_options *o) {
    for (size_t i = 0; i < rc_dist_count(); i++) {
        const rc_dist_type *type = rc_dist_at(i, RC_ISA_sse2);
        if (!fittable(type) || type->discrete != j->fit->counts || !listed(o, type->name))
            continue;
        for (size_t v = 0; v < variants(type); v++)
            fit_one(j, type, v);
    }
    sort(j);
    if (o->top > 0 && j->fit->n_rows > o->top) {
        j->fit->n_more = j->fit->n_rows - o->top;
        j->fit->n_rows = o->top;
    }
    for (size_t i = 0; i < j->fit->n_rows; i++)
        j->rows[i].call = rc_fit_call(j->rows[i].type, &j->rows[i].values, &j->fit->data,
                                      j->rows[i].log_likelihood, j->arena);
}

static size_t room_for_rows(void) {
    size_t n = 0;
    for (size_t i = 0; i < rc_dist_count(); i++)
        if (fittable(rc_dist_at(i, RC_ISA_sse2)))
            n += variants(rc_dist_at(i, RC_ISA_sse2));
    return n;
}

static rc_status resample(job *j, const rc_fit_options *o, rc_error *err) {
    double share = 1 / (double)j->fit->n_rows;
    for (size_t i = 0; i < j->fit->n_rows && o->replicates > 0; i++) {
        rc_status status =
            rc_fit_bootstrap(&j->rows[i], j->parameters[i], j->variant[i], &j->curves[i], j->fit, o,
                             (double)i * share, share, err);
        if (status != RC_OK)
            return status;
    }
    return RC_OK;
}

rc_status rc_fit_run(const double *x, size_t n, const rc_fit_options *o, rc_arena *arena,
                     rc_fit **out, rc_error *err) {
    *out = NULL;
    rc_status status = check_values(x, n, o, err);
    if (status != RC_OK)
        return status;
    rc_fit *fit = RC_NEW(arena, rc_fit, 1);
    fit->counts = o->kind == RC_FIT_COUNTS || (o->kind == RC_FIT_AUTO && whole(x, n));
    fit->by = o->by;
    fit->replicates = o->replicates;
    fit->replicate_n = n < RC_FIT_REPLICATE_MAX ? n : RC_FIT_REPLICATE_MAX;
    rc_fit_room room = rc_fit_room_new(n, arena);
    memcpy(room.x, x, n * sizeof *x);
    rc_fit_data_arrange(&room, n, o->lower, o->upper, &fit->data);
    status = check_only(o, fit->counts, err);
    if (status == RC_OK)
        status = check_different(&fit->data, fit->counts, err);
    if (status != RC_OK)
        return status;
    size_t most = room_for_rows();
    job j = {arena,
             fit,
             RC_NEW(arena, double, 2 * fit->data.n_values),
             RC_NEW(arena, rc_fit_row, most),
             RC_NEW(arena, rc_fit_parameter *, most),
             RC_NEW(arena, size_t, most),
             RC_NEW(arena, rc_fit_curve, most),
             RC_NEW(arena, rc_fit_refusal, most)};
    fit->rows = j.rows;
    fit->refusals = j.refusals;
    fit_all(&j, o);
    if (fit->n_rows == 0 && fit->n_refusals > 0)
        return rc_fail(err, RC_INPUT, "no family fits: %.40s %.180s", fit->refusals[0].name,
                       fit->refusals[0].reason);
    if (fit->n_rows == 0)
        return rc_fail(err, RC_INPUT, "no family can be fitted to these data");
    if (resample(&j, o, err))
        return RC_INTERRUPTED;
    *out = fit;
    return RC_OK;
}
