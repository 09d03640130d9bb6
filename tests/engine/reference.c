/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formulas and draws of the reference; lines, risks and metrics are in reference_money.c. */
#include "reference_own.h"

#include "dist/normal_quantile.h"

#include "core/math.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

reference *reference_new(const rc_model *model, const rc_lower *streams, const rc_sampler *sampler,
                         rc_arena *arena) {
    reference *f = RC_NEW(arena, reference, 1);
    *f = (reference){.model = model, .streams = streams, .sampler = sampler, .arena = arena};
    f->memo_size = 1024;
    f->memo = calloc(f->memo_size, sizeof *f->memo);
    f->prepared = RC_NEW(arena, rc_dist *, model->n_draws);
    for (size_t i = 0; i < model->n_draws; i++)
        if (model->draws[i]->constant != NULL) {
            f->prepared[i] = RC_NEW(arena, rc_dist, 1);
            *f->prepared[i] = *model->draws[i]->constant;
            rc_dist_prepare(&f->prepared[i], 1, 1, arena);
        }
    f->ratio = RC_NEW(arena, rc_dist *, model->n_correlated);
    for (size_t i = 0; i < model->n_correlated; i++) {
        double df = model->correlated[i].copula.df;
        rc_dist_value values[RC_DIST_MAX_SLOTS] = {{.number = df / 2}, {.number = 2 / df}};
        if (model->correlated[i].shared == NULL)
            continue;
        rc_dist_build(rc_dist_find("gamma"), values, arena, &f->ratio[i], NULL);
        rc_dist_prepare(&f->ratio[i], 1, 1, arena);
    }
    f->risks = RC_NEW(arena, occurrences *, model->n_entries);
    for (size_t i = 0; i < model->n_entries; i++)
        if (model->entries[i]->section == RC_RISKS)
            f->risks[i] = RC_NEW(arena, occurrences, 1);
    return f;
}

void reference_free(reference *f) {
    free(f->memo);
    rc_arena_free(f->scratch);
}

void reference_trial(reference *f, uint32_t replicate, uint64_t index) {
    f->replicate = replicate;
    f->index = index;
    f->trial++;
    f->memo_used = 0;
    f->occurrence = 0;
    f->occurring = NULL;
    rc_arena_free(f->scratch);
    f->scratch = NULL;
}

/* ---- Remembered values: by what, period and occurrence ----------------------------------------
 */

static memo_cell *find(reference *f, const void *key, unsigned k, unsigned j) {
    size_t at = ((uintptr_t)key / 8 * 31 + k * 1009u + j * 2003u) & (f->memo_size - 1);
    for (;; at = (at + 1) & (f->memo_size - 1)) {
        memo_cell *c = &f->memo[at];
        if (c->trial != f->trial || (c->key == key && c->k == k && c->j == j))
            return c;
    }
}

bool reference_recall(reference *f, const void *key, unsigned k, unsigned j, double *value) {
    const memo_cell *c = find(f, key, k, j);
    *value = c->value;
    return c->trial == f->trial;
}

double reference_remember(reference *f, const void *key, unsigned k, unsigned j, double value) {
    if (2 * ++f->memo_used > f->memo_size) {
        memo_cell *old = f->memo;
        size_t n = f->memo_size;
        f->memo_size *= 2;
        f->memo = calloc(f->memo_size, sizeof *f->memo);
        for (size_t i = 0; i < n; i++)
            if (old[i].trial == f->trial)
                *find(f, old[i].key, old[i].k, old[i].j) = old[i];
        free(old);
    }
    *find(f, key, k, j) = (memo_cell){key, k, j, f->trial, value};
    return value;
}

/* ---- Draws ----------------------------------------------------------------------------------- */

double reference_point(reference *f, uint32_t stream, uint32_t draw) {
    _Alignas(64) double w[8];
    const rc_stream *s = &f->streams->g->streams[stream].stream;
    f->sampler->type->fill(f->sampler, s, f->replicate, f->index / 8 * 8, draw, w, 8);
    return w[f->index % 8];
}

double reference_uniform(double w) {
    return w > 0 ? w : 1 + w;
}

/* An instance with this trial's parameters; NULL when they are impossible. */
static const rc_dist *instance(reference *f, const rc_draw *d, unsigned k) {
    if (d->constant != NULL)
        return d->constant;
    if (f->scratch == NULL)
        f->scratch = rc_arena_new();
    const rc_dist_form *form = &d->type->forms[d->form];
    double x[RC_DIST_MAX_SLOTS] = {0}, out[RC_DIST_MAX_SLOTS] = {0};
    rc_dist_value values[RC_DIST_MAX_SLOTS] = {0};
    for (size_t s = 0; s < form->n_slots; s++) {
        bool given = form->slots[s].kind == RC_SLOT_NUMBER && d->numbers[s] != NULL;
        x[s] = given ? reference_eval(f, d->numbers[s], k) : form->slots[s].fallback;
    }
    if (rc_dist_solve(d->type, d->form, x, d->prob, d->widen, out, NULL) != RC_OK)
        return NULL;
    for (size_t s = 0; s < d->type->forms[0].n_slots; s++) {
        values[s].number = out[s];
        if (d->form != 0)
            continue;
        double *lists[2] = {RC_NEW(f->scratch, double, d->list_n[s]),
                            RC_NEW(f->scratch, double, d->list_n[s])};
        for (size_t i = 0; i < d->list_n[s]; i++) {
            lists[0][i] = reference_eval(f, d->lists[s][i], k);
            if (d->lists2[s] != NULL)
                lists[1][i] = reference_eval(f, d->lists2[s][i], k);
        }
        values[s].list = d->lists[s] != NULL ? lists[0] : NULL;
        values[s].list2 = d->lists2[s] != NULL ? lists[1] : NULL;
        values[s].n = d->list_n[s];
        if (d->shapes_n[s] == 0)
            continue;
        const rc_dist **shapes = RC_NEW(f->scratch, const rc_dist *, d->shapes_n[s]);
        for (size_t i = 0; i < d->shapes_n[s]; i++)
            if ((shapes[i] = instance(f, d->shapes[s][i], k)) == NULL)
                return NULL;
        values[s].shapes = shapes;
        values[s].n = d->shapes_n[s];
    }
    rc_dist *built = NULL;
    return rc_dist_build(d->type, values, f->scratch, &built, NULL) == RC_OK ? built : NULL;
}

/* The point of a correlated draw: latent normals times a row of the Cholesky factor, over the scale
 * that Student's groups share; or the second of a pair given the first. */
static double dependent_point(reference *f, const rc_draw *d, double own, unsigned number) {
    for (size_t i = 0; i < f->model->n_correlated; i++) {
        const rc_correlated *g = &f->model->correlated[i];
        size_t place = 0;
        while (place < g->n && g->draws[place] != d)
            place++;
        if (place == g->n)
            continue;
        double first = reference_point(f, rc_lower_stream_of(f->streams, g->draws[0]), number), w;
        if (g->lower == NULL && place == 1)
            g->copula.type->second(&g->copula, &first, &own, &w, 1);
        if (g->lower == NULL)
            return place == 1 ? w : own;
        double z = 0;
        for (size_t j = 0; j <= place; j++)
            z += g->lower[place * g->n + j] *
                 rc_normal_quantile(
                     reference_point(f, rc_lower_stream_of(f->streams, g->draws[j]), number));
        if (g->shared == NULL) {
            double size = rc_normal_cdf(z, z > 0);
            return z > 0 ? -size : size;
        }
        double point = reference_point(f, f->streams->shared_stream[i], number);
        _Alignas(64) double in[8] = {point}, ratio[8];
        for (int j = 1; j < 8; j++)
            in[j] = point;
        rc_dist_draw(f->ratio[i], RC_ISA_sse2, in, ratio, 8);
        rc_copula_type const *type = g->copula.type;
        double t = z / sqrt(ratio[0]);
        type->tail(&g->copula, RC_ISA_sse2, &t, &w, 1);
        return w;
    }
    return own;
}

/* Once a trial; each(): a draw a period; in the impact or factor of a Poisson risk: one an
 * occurrence. */
static double draw_value(reference *f, const rc_draw *d, unsigned k) {
    size_t i = 0;
    while (f->model->draws[i] != d)
        i++;
    unsigned number = d->each ? k - 1 : 0;
    if (f->occurring == d->entry && f->occurrence > 0)
        number = f->occurrence - 1;
    double w = reference_point(f, rc_lower_stream_of(f->streams, d), number);
    w = dependent_point(f, d, w, number);
    if (d->constant != NULL) {
        _Alignas(64) double in[8] = {w, w, w, w, w, w, w, w}, out[8];
        rc_dist_draw(f->prepared[i], RC_ISA_sse2, in, out, 8);
        return out[0];
    }
    const rc_dist *dist = instance(f, d, k);
    return dist != NULL ? rc_dist_quantile(dist, w) : (double)NAN;
}

/* ---- Formulas -------------------------------------------------------------------------------- */

static double look_up(reference *f, const rc_expr *e, unsigned k) {
    size_t n = (e->n_args - 1) / 2;
    double x = reference_eval(f, e->args[0], k);
    double first = reference_eval(f, e->args[1], k),
           last = reference_eval(f, e->args[2 * n - 1], k);
    if (x != x)
        return NAN;
    if (x <= first)
        return reference_eval(f, e->args[2], k);
    if (x >= last)
        return reference_eval(f, e->args[2 * n], k);
    for (size_t i = 0;; i++) {
        double x0 = reference_eval(f, e->args[1 + 2 * i], k);
        double y0 = reference_eval(f, e->args[2 + 2 * i], k);
        double x1 = reference_eval(f, e->args[3 + 2 * i], k);
        double y1 = reference_eval(f, e->args[4 + 2 * i], k);
        if (x0 <= x && x <= x1)
            return y0 + (x - x0) * (y1 - y0) / (x1 - x0);
    }
}

static double fold(reference *f, const rc_expr *e) {
    unsigned K = f->model->n_periods;
    double x = reference_eval(f, e->args[0], 1);
    if (e->kind == RC_EXPR_FIRST)
        return x;
    if (e->kind == RC_EXPR_LAST)
        return reference_eval(f, e->args[0], K);
    double sum = 0, npv = 0;
    for (unsigned k = 1; k <= K; k++) {
        double y = reference_eval(f, e->args[0], k);
        sum += y;
        if (e->kind == RC_EXPR_NPV)
            npv += y * reference_factor(f, k);
        if (y != y || (e->kind == RC_EXPR_MIN ? y < x : y > x))
            x = x != x ? x : y;
    }
    return e->kind == RC_EXPR_SUM    ? sum
           : e->kind == RC_EXPR_MEAN ? sum / K
           : e->kind == RC_EXPR_NPV  ? npv
                                     : x;
}

/* Linear between (t_k, s_k), from (0, initial) where there is one. */
static double at_time(reference *f, const rc_expr *e) {
    unsigned K = f->model->n_periods;
    double at = reference_eval(f, e->args[1], 0) * f->model->per_year; /* in periods */
    bool has_start = e->n_args > 2;
    if (at != at)
        return NAN;
    if (at >= K)
        return reference_eval(f, e->args[0], K);
    if (at <= 0 && has_start)
        return reference_eval(f, e->args[2], 0);
    if (at <= 1 && !has_start)
        return reference_eval(f, e->args[0], 1);
    unsigned k = (unsigned)floor(at);
    double before = k == 0 ? reference_eval(f, e->args[2], 0) : reference_eval(f, e->args[0], k);
    return before + (at - k) * (reference_eval(f, e->args[0], k + 1) - before);
}

static double past(reference *f, const rc_expr *e, unsigned k) {
    unsigned lag = (unsigned)e->number;
    if (k <= lag)
        return reference_eval(f, e->args[0], 0);
    if (e->entry == NULL)
        return reference_eval(f, e->of, k - lag);
    if (e->entry->flow != NULL)
        return reference_amount(f, e->entry, k - lag);
    return reference_eval(f, e->entry->value, k - lag);
}

static double happened(reference *f, const rc_entry *risk, unsigned k) {
    const occurrences *o = reference_occurrences(f, risk);
    for (size_t i = 0; i < o->n; i++)
        if (o->throughout || reference_period_of(f, o->time[i]) <= k)
            return 1;
    return 0;
}

/* An event at time 0, or a risk without a time, counts in period 1: over all periods the counts
 * add up to the number of occurrences. */
static double count(reference *f, const rc_entry *risk, unsigned k) {
    const occurrences *o = reference_occurrences(f, risk);
    double n = 0;
    for (size_t i = 0; i < o->n; i++) {
        unsigned when = o->throughout ? 1 : reference_period_of(f, o->time[i]);
        n += (when == 0 ? 1 : when) == k;
    }
    return n;
}

static double entry_value(reference *f, const rc_entry *e, unsigned k) {
    unsigned occurrence = f->occurrence;
    const rc_entry *occurring = f->occurring;
    f->occurrence = 0; /* other entries' draws are drawn once */
    f->occurring = NULL;
    double x = e->flow != NULL ? reference_amount(f, e, k) : reference_eval(f, e->value, k);
    f->occurrence = occurrence;
    f->occurring = occurring;
    return x;
}

static double compute(reference *f, const rc_expr *e, unsigned k) {
    const rc_model *m = f->model;
    double a[3] = {0};
    switch (e->kind) {
    case RC_EXPR_NUMBER: return e->number;
    case RC_EXPR_ENTRY: return entry_value(f, e->entry, k);
    case RC_EXPR_METRIC: return reference_metric(f, e->metric->name);
    case RC_EXPR_T: return (double)k / m->per_year;
    case RC_EXPR_TM: return ((double)k - 0.5) / m->per_year;
    case RC_EXPR_K: return k;
    case RC_EXPR_OP:
        for (size_t i = 0; i < e->n_args && i < 3; i++)
            a[i] = reference_eval(f, e->args[i], k);
        return rc_op_eval(e->op, a[0], a[1], a[2]);
    case RC_EXPR_DRAW: return draw_value(f, e->draw, k);
    case RC_EXPR_LOOKUP: return look_up(f, e, k);
    case RC_EXPR_PREV: return past(f, e, k);
    case RC_EXPR_CUMULATIVE: {
        double sum = 0;
        for (unsigned j = 1; j <= k; j++)
            sum += reference_eval(f, e->args[0], j);
        return sum;
    }
    case RC_EXPR_SUM:
    case RC_EXPR_MEAN:
    case RC_EXPR_MIN:
    case RC_EXPR_MAX:
    case RC_EXPR_FIRST:
    case RC_EXPR_LAST:
    case RC_EXPR_NPV: return fold(f, e);
    case RC_EXPR_AT: return at_time(f, e);
    case RC_EXPR_HAPPENED: return happened(f, e->entry, k);
    case RC_EXPR_COUNT: return count(f, e->entry, k);
    case RC_EXPR_RATE: return reference_amount(f, e->entry, k) * m->per_year;
    }
    return NAN;
}

/* k = 0: time 0, for what has a value a period: that of period 1. */
double reference_eval(reference *f, const rc_expr *e, unsigned k) {
    if (e->kind == RC_EXPR_NUMBER)
        return e->number;
    bool timed = e->shape == RC_SHAPE_PERIOD;
    k = !timed ? 0 : k == 0 ? 1 : k;
    unsigned j = f->occurrence;
    double x;
    if (reference_recall(f, e, k, j, &x))
        return x;
    return reference_remember(f, e, k, j, compute(f, e, k));
}
