/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parametric bootstrap: samples are drawn from the fitted distribution, fitted again, and
 * measured like the data. A p-value is the share of replicates that lie at least as far from their
 * own fit, (1 + number)/(1 + replicates): the estimation of parameters is allowed for, which tables
 * of Kolmogorov and Smirnov's D do not do (W. Stute et al., Metrika 40, 1993).
 *
 * Bounds of parameters are basic bootstrap intervals on the scale on which a parameter is unbounded
 * (A. C. Davison, D. V. Hinkley, Bootstrap Methods and their Application, 1997, 5.2): 2 z - z*.
 *
 * Replicates hold at most RC_FIT_REPLICATE_MAX values. For larger data A^2 is compared as it is,
 * D as (sqrt(n) + .12 + .11/sqrt(n)) D (M. A. Stephens, J. Roy. Stat. Soc. B 32, 1970), and the
 * parameters' deviations shrink by sqrt(m/n). */
#include "fit/work.h"

#include "core/math.h"
#include "sample/sampler.h"

#include <omp.h>
#include <stdlib.h>

typedef struct replicates {
    size_t n_parameters;
    double *ks, *ad; /* [replicates]; NaN: it could not be fitted */
    double *z;       /* [parameter][replicate], unbounded scale */
} replicates;

/* The same uniforms for every family, so that they are compared on equal terms. */
static void uniforms(uint64_t seed, size_t replicate, double *w, size_t n) {
    static const uint32_t stream = UINT32_C(0x666974) /* "fit" */;
    uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)}, words[4];
    for (size_t i = 0; i < n; i++) {
        uint32_t counter[4] = {(uint32_t)(i / 2), (uint32_t)replicate, stream, 0};
        if (i % 2 == 0)
            rc_philox4x32(counter, key, words);
        const uint32_t *half = words + 2 * (i % 2);
        w[i] = rc_tail_from_bits(((uint64_t)half[1] << 32 | half[0]) >> 11);
    }
}

/* Does the range hang on the sample, as that of an end which lies beyond the extremes? Then the
 * parameter itself is the scale. */
static bool moving(const rc_fit_slot *s, const rc_dist_data *data) {
    double first = data->x[0], last = data->x[data->n - 1];
    return s->low == first || s->low == last || s->high == first || s->high == last;
}

/* `ranges`: the data's own slots, which decide on the scale */
static void unbounded(const rc_dist_type *type, const rc_fit_values *v, const rc_fit_values *ranges,
                      const rc_dist_data *data, double *z) {
    for (size_t i = 0; i < v->n_list; i++)
        *z++ = v->list[i];
    for (size_t i = 0; i < type->forms[0].n_slots; i++)
        if (v->slot[i].role != RC_FIT_KNOWN)
            *z++ = moving(&ranges->slot[i], data) ? v->slot[i].value
                                                  : rc_fit_unbounded(&v->slot[i], data->spread);
}

static double within(double x, double low, double high) {
    return x < low ? low : x > high ? high : x;
}

static void bounded(const rc_dist_type *type, const rc_fit_values *v, const rc_dist_data *data,
                    const double *z, double *out) {
    for (size_t i = 0; i < v->n_list; i++)
        *out++ = *z++;
    for (size_t i = 0; i < type->forms[0].n_slots; i++) {
        const rc_fit_slot *s = &v->slot[i];
        if (s->role == RC_FIT_KNOWN)
            continue;
        *out++ =
            moving(s, data) ? within(*z, s->low, s->high) : rc_fit_bounded(s, data->spread, *z);
        z++;
    }
}

typedef struct place {
    const rc_fit_row *row;
    size_t variant;
    const rc_fit_curve *curve;
    const rc_fit *fit;
    const rc_fit_options *options;
} place;

static void one(const place *p, size_t replicate, rc_fit_room *room, double *scratch,
                replicates *out) {
    enum { MOST = RC_DIST_MAX_SLOTS + RC_FIT_LIST };
    const rc_dist_type *type = p->row->type;
    size_t n = p->fit->replicate_n, b = p->options->replicates;
    rc_dist_data data;
    rc_fit_values values;
    rc_fit_instance instance;
    double z[MOST];
    out->ks[replicate] = out->ad[replicate] = NAN;
    uniforms(p->options->seed, replicate, room->x, n);
    rc_dist_draw(p->row->dist, RC_ISA_sse2, room->x, room->x, n);
    rc_fit_data_arrange(room, n, p->options->lower, p->options->upper, &data);
    for (size_t i = 0; i < out->n_parameters; i++)
        out->z[i * b + replicate] = NAN;
    if (data.n_values < 2 || !(data.sd > 0) ||
        !rc_fit_again(type, p->variant, &data, &p->row->values, p->curve, &values) ||
        !rc_fit_instance_set(&instance, type, &values))
        return;
    rc_fit_distance(&instance.dist, &data, scratch, &out->ks[replicate], &out->ad[replicate]);
    unbounded(type, &values, &p->row->values, &p->fit->data, z);
    for (size_t i = 0; i < out->n_parameters; i++)
        out->z[i * b + replicate] = z[i];
}

/* ---- What the replicates say ---- */

static double corrected(double ks, size_t n) {
    double root = sqrt((double)n);
    return ks * (root + 0.12 + 0.11 / root);
}

static double p_value(const double *replicate, size_t b, double data) {
    size_t n = 0, further = 0;
    for (size_t i = 0; i < b; i++)
        if (!isnan(replicate[i])) {
            n++;
            further += replicate[i] >= data;
        }
    return n > 0 && !isnan(data) ? (double)(1 + further) / (double)(1 + n) : (double)NAN;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Drop NaN and sort. */
static size_t defined(double *x, size_t n) {
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(x[i]))
            x[m++] = x[i];
    qsort(x, m, sizeof *x, by_size);
    return m;
}

static double quantile(const double *x, size_t n, double p) {
    double at = p * (double)(n - 1), below = floor(at), rest = at - below;
    size_t i = (size_t)below;
    return rest > 0 ? x[i] + rest * (x[i + 1] - x[i]) : x[i];
}

static void intervals(const place *p, replicates *r, rc_fit_parameter *parameters) {
    enum { MOST = RC_DIST_MAX_SLOTS + RC_FIT_LIST };
    const rc_fit_values *v = &p->row->values;
    const rc_dist_type *type = p->row->type;
    double z[MOST], low[MOST], high[MOST];
    double shrink = sqrt((double)p->fit->replicate_n / (double)p->fit->data.n);
    unbounded(type, v, v, &p->fit->data, z);
    for (size_t i = 0; i < r->n_parameters; i++) {
        double *all = r->z + i * p->options->replicates;
        size_t n = defined(all, p->options->replicates);
        low[i] = n < 2 ? (double)NAN : z[i] - shrink * (quantile(all, n, 0.975) - z[i]);
        high[i] = n < 2 ? (double)NAN : z[i] - shrink * (quantile(all, n, 0.025) - z[i]);
    }
    double from[MOST], to[MOST];
    bounded(type, v, &p->fit->data, low, from);
    bounded(type, v, &p->fit->data, high, to);
    for (size_t i = 0; i < r->n_parameters; i++) {
        parameters[i].low = from[i];
        parameters[i].high = to[i];
    }
}

rc_status rc_fit_bootstrap(rc_fit_row *row, rc_fit_parameter *parameters, size_t variant,
                           const rc_fit_curve *curve, const rc_fit *fit, const rc_fit_options *o,
                           double done, double share, rc_error *err) {
    enum { BATCH = 64 };
    size_t b = o->replicates, n = fit->replicate_n;
    rc_arena *arena = rc_arena_new();
    replicates r = {row->n_parameters, RC_NEW(arena, double, b), RC_NEW(arena, double, b),
                    RC_NEW(arena, double, b * row->n_parameters)};
    size_t threads = (size_t)omp_get_max_threads();
    rc_fit_room *rooms = RC_NEW(arena, rc_fit_room, threads);
    double **scratch = RC_NEW(arena, double *, threads);
    for (size_t i = 0; i < threads; i++) {
        rooms[i] = rc_fit_room_new(n + 8, arena);
        scratch[i] = RC_NEW(arena, double, 2 * n);
    }
    place p = {row, variant, curve, fit, o};
    bool stopped = false;
    for (size_t from = 0; from < b && !stopped; from += BATCH) {
        size_t to = from + BATCH < b ? from + BATCH : b;
#pragma omp parallel for schedule(dynamic) num_threads((int)threads)
        for (size_t i = from; i < to; i++) {
            int t = omp_get_thread_num();
            one(&p, i, &rooms[t], scratch[t], &r);
        }
        if (o->progress != NULL)
            stopped = !o->progress(o->progress_data, done + share * (double)to / (double)b);
    }
    if (!stopped) {
        row->ks_p = p_value(r.ks, b, corrected(row->ks, fit->data.n) / corrected(1, n));
        row->ad_p = p_value(r.ad, b, row->ad);
        for (size_t i = 0; i < b; i++)
            row->failed += isnan(r.ks[i]);
        intervals(&p, &r, parameters);
    }
    rc_arena_free(arena);
    return stopped ? rc_fail(err, RC_INTERRUPTED, "interrupted") : RC_OK;
}
