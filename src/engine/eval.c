/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/eval.h"

#include <math.h>
#include <string.h>

extern const rc_kernels rc_kernels_sse2, rc_kernels_avx2, rc_kernels_avx512;

const rc_kernels *rc_kernels_for(rc_isa isa) {
    static const rc_kernels *const table[RC_ISA_COUNT] = {
        [RC_ISA_sse2] = &rc_kernels_sse2,
        [RC_ISA_avx2] = &rc_kernels_avx2,
        [RC_ISA_avx512] = &rc_kernels_avx512,
    };
    return table[isa];
}

enum { SPARE = RC_CASH_ARGS }; /* columns before the metrics' scratch, for numbers as columns */

void rc_workspace_init(rc_workspace *ws, const rc_plan *plan, const rc_sampler *sampler, rc_isa isa,
                       rc_arena *arena) {
    rc_workspace_init_wide(ws, plan, plan->n_columns, RC_BLOCK, sampler, isa, arena);
}

void rc_workspace_init_wide(rc_workspace *ws, const rc_plan *plan, size_t n_columns, size_t stride,
                            const rc_sampler *sampler, rc_isa isa, rc_arena *arena) {
    *ws = (rc_workspace){.plan = plan, .sampler = sampler, .isa = isa, .stride = stride};
    ws->kernels = rc_kernels_for(isa);
    ws->columns = RC_NEW(arena, double, n_columns *stride);
    ws->spare =
        RC_NEW(arena, double, SPARE *RC_BLOCK + rc_metric_scratch(plan->graph->n_periods, stride));
    ws->counters = RC_NEW(arena, uint64_t, plan->graph->n_counters);
    ws->vary = RC_NEW(arena, rc_vary *, plan->n_vary);
    uint32_t most = 1;
    for (size_t s = 0; s < plan->n_segments; s++)
        for (size_t i = 0; i < plan->segments[s].n_steps; i++) {
            const rc_step *step = &plan->segments[s].steps[i];
            most = step->n_args > most ? step->n_args : most;
            if (step->kind == RC_STEP_NODE && step->node->kind == RC_NODE_QUANTILE_V)
                ws->vary[step->vary] = rc_vary_new(step->node->shape, arena);
        }
    ws->lanes = RC_NEW(arena, rc_lanes, most);
}

/* ---- Places ---- */

/* Where in a run a step stands. */
typedef struct moment {
    uint32_t replicate;
    uint64_t first;
    size_t n;
    unsigned k;             /* period; 0 outside loops over periods */
    uint32_t draw;          /* occurrence of a repeat group; 0 outside */
    const rc_trial *trials; /* [n] instead of replicate and first, or NULL */
} moment;

static double *column_of(const rc_workspace *ws, const rc_ref *r, unsigned k) {
    size_t column = r->column;
    if (r->mode == RC_REF_ROW)
        column += k;
    else if (r->mode == RC_REF_RING && k > 0)
        column += (k - 1) % r->ring;
    return ws->columns + column * ws->stride;
}

static rc_lanes lanes_of(const rc_workspace *ws, const rc_ref *r, unsigned k) {
    if (r->mode == RC_REF_SCALAR)
        return (rc_lanes){NULL, r->value};
    if (r->mode == RC_REF_TIME)
        return (rc_lanes){NULL, r->table[k]};
    return (rc_lanes){column_of(ws, r, k), 0};
}

rc_lanes rc_eval_lanes(const rc_workspace *ws, const rc_ref *place, unsigned k) {
    return lanes_of(ws, place, k);
}

rc_lanes rc_eval_root(const rc_workspace *ws, size_t i, unsigned k) {
    return lanes_of(ws, &ws->plan->roots[i], k);
}

static const double *as_column(const rc_workspace *ws, rc_lanes a, int splat, size_t n) {
    if (a.column != NULL)
        return a.column;
    double *column = ws->spare + (size_t)splat * RC_BLOCK;
    ws->kernels->fill(column, a.number, n);
    return column;
}

static void copy(const rc_workspace *ws, double *out, rc_lanes a, size_t n) {
    if (a.column == NULL)
        ws->kernels->fill(out, a.number, n);
    else if (a.column != out)
        memcpy(out, a.column, RC_PADDED(n) * sizeof *out);
}

/* ---- Operators ---- */

static void eval_if(const rc_workspace *ws, rc_op op, double *out, const rc_lanes *a, size_t n) {
    const rc_kernels *kernels = ws->kernels;
    if (a[0].column == NULL)
        copy(ws, out, a[0].number != 0 ? a[1] : a[2], n);
    else if (a[1].column != NULL && a[2].column != NULL)
        kernels->vvv[op](out, a[0].column, a[1].column, a[2].column, n);
    else if (a[1].column != NULL)
        kernels->vvs[op](out, a[0].column, a[1].column, a[2].number, n);
    else if (a[2].column != NULL)
        kernels->vsv[op](out, a[0].column, a[1].number, a[2].column, n);
    else
        kernels->vss[op](out, a[0].column, a[1].number, a[2].number, n);
}

static void eval_binary(const rc_workspace *ws, rc_op op, double *out, rc_lanes a, rc_lanes b,
                        size_t n) {
    const rc_kernels *kernels = ws->kernels;
    if (a.column != NULL && b.column != NULL)
        kernels->vv[op](out, a.column, b.column, n);
    else if (a.column != NULL)
        kernels->vs[op](out, a.column, b.number, n);
    else if (b.column != NULL)
        kernels->sv[op](out, a.number, b.column, n);
    else
        kernels->fill(out, rc_op_eval(op, a.number, b.number, 0), n);
}

static void eval_op(const rc_workspace *ws, const rc_step *step, double *out, const rc_lanes *a,
                    size_t n) {
    rc_op op = (rc_op)step->node->op;
    if (step->n_args == 3)
        eval_if(ws, op, out, a, n);
    else if (step->n_args == 2)
        eval_binary(ws, op, out, a[0], a[1], n);
    else
        ws->kernels->v[op](out, as_column(ws, a[0], 0, n), n);
}

/* Linear between (x_i, y_i), flat outside; args: x, then x0, y0, x1, y1, ... */
static void eval_lookup(double *out, const rc_lanes *a, uint32_t n_args, size_t n) {
    uint32_t points = (n_args - 1) / 2;
    for (size_t i = 0; i < n; i++) {
        double x = rc_lane(&a[0], i), x1 = rc_lane(&a[1], i), y1 = rc_lane(&a[2], i);
        double y = x == x ? y1 : (double)NAN;
        for (uint32_t p = 1; p < points && x > x1; p++) {
            double x0 = x1, y0 = y1;
            x1 = rc_lane(&a[1 + 2 * p], i);
            y1 = rc_lane(&a[2 + 2 * p], i);
            y = x >= x1 ? y1 : y0 + (y1 - y0) * ((x - x0) / (x1 - x0));
        }
        out[i] = y;
    }
}

/* ---- Over time ---- */

static void eval_cumulative(const rc_workspace *ws, const rc_step *step, rc_lanes a,
                            const moment *m) {
    double *out = column_of(ws, &step->out, m->k);
    if (m->k == 1)
        copy(ws, out, a, m->n);
    else {
        const double *before = column_of(ws, &step->out, m->k - 1);
        eval_binary(ws, RC_OP_add, out, (rc_lanes){before, 0}, a, m->n);
    }
}

static void eval_fold(const rc_workspace *ws, const rc_step *step, double *out, const rc_lanes *a,
                      const moment *m) {
    static const rc_op ops[] = {
        [RC_FOLD_SUM] = RC_OP_add, [RC_FOLD_MIN] = RC_OP_min, [RC_FOLD_MAX] = RC_OP_max};
    rc_fold fold = (rc_fold)step->node->op;
    if (step->n_args > 1 && a[1].column == NULL &&
        a[1].number == 0) { /* a period of another year */
        if (m->k == 1)
            ws->kernels->fill(out, 0, m->n);
    } else if (step->n_args > 1 && m->k == 1)
        eval_binary(ws, RC_OP_mul, out, a[0], a[1], m->n);
    else if (step->n_args > 1)
        ws->kernels->add_scaled(out, as_column(ws, a[0], 0, m->n), a[1].number, m->n);
    else if (m->k == 1 || fold == RC_FOLD_LAST)
        copy(ws, out, a[0], m->n);
    else if (fold != RC_FOLD_FIRST)
        eval_binary(ws, ops[fold], out, (rc_lanes){out, 0}, a[0], m->n);
}

/* Linear between period ends; flat after the horizon, and before period 1 unless there is a value
 * at time 0. */
static void eval_at(const rc_workspace *ws, const rc_step *step, double *out, const moment *m) {
    const rc_graph *g = ws->plan->graph;
    rc_lanes when = lanes_of(ws, &step->args[1], 0);
    const double *rows = column_of(ws, &step->args[0], 0);
    double least = step->node->op ? 0 : 1;
    for (size_t i = 0; i < m->n; i++) {
        double k = rc_lane(&when, i) * g->per_year;
        k = k > least ? k : k <= least ? least : (double)NAN;
        k = k < g->n_periods ? k : k >= g->n_periods ? g->n_periods : (double)NAN;
        if (k != k) {
            out[i] = NAN;
            continue;
        }
        double below = floor(k), part = k - below;
        const double *row = rows + (size_t)below * ws->stride + i;
        out[i] = part > 0 ? row[0] + part * (row[ws->stride] - row[0]) : row[0];
    }
}

/* Share of what flows in period k, within [from, until], that lies after `time` (years). */
static double share_after(const rc_graph *g, unsigned k, double time, double from, double until) {
    double start = (k - 1.0) / g->per_year, end = (double)k / g->per_year;
    start = from > start ? from : start;
    end = until < end ? until : end;
    double after = end - (time > start ? time : start);
    return end > start && after > 0 ? after / (end - start) : 0;
}

static void scatter_lane(const rc_graph *g, rc_scatter kind, double *rows, size_t stride,
                         const double *a) {
    double time = a[1], at = ceil(time * g->per_year - 1e-9);
    if (!(at <= g->n_periods))
        return;
    unsigned k = at > 1 ? (unsigned)at : 1; /* an occurrence "now" falls in the first period */
    double *row = rows + (size_t)k * stride;
    switch (kind) {
    case RC_SCATTER_COUNT: *row += 1; break;
    case RC_SCATTER_AMOUNT: *row += a[2]; break;
    case RC_SCATTER_FIRST:
        for (unsigned j = 0; j <= g->n_periods; j++)
            if (time < rows[(size_t)j * stride])
                rows[(size_t)j * stride] = time;
        break;
    case RC_SCATTER_FACTOR:
        *row *= 1 + share_after(g, k, time, a[3], a[4]) * (a[2] - 1);
        for (unsigned j = k + 1; j <= g->n_periods; j++)
            rows[(size_t)j * stride] *= a[2];
        break;
    case RC_SCATTER_FACTOR_ONCE:
        for (unsigned j = 1; j <= g->n_periods && time <= a[3]; j++)
            rows[(size_t)j * stride] *= a[2];
    }
}

static void eval_scatter(const rc_workspace *ws, const rc_step *step, const rc_lanes *a,
                         const moment *m) {
    double *rows = column_of(ws, &step->out, 0), values[5];
    for (size_t i = 0; i < m->n; i++) {
        if (!(m->draw < rc_lane(&a[0], i)))
            continue;
        for (uint32_t v = 0; v < step->n_args; v++)
            values[v] = rc_lane(&a[v], i);
        scatter_lane(ws->plan->graph, (rc_scatter)step->node->op, rows + i, ws->stride, values);
    }
}

/* ---- Steps ---- */

static void eval_metric(rc_workspace *ws, const rc_step *step, double *out, const moment *m) {
    const rc_graph *g = ws->plan->graph;
    /* what a metric does not read is not made; args in the order of rc_cash_args */
    static const unsigned needs[RC_CASH_ARGS] = {RC_NEEDS_NET,   RC_NEEDS_FACTOR,  RC_NEEDS_PV,
                                                 RC_NEEDS_PV,    RC_NEEDS_NOMINAL, RC_NEEDS_NOMINAL,
                                                 RC_NEEDS_RATES, RC_NEEDS_RATES,   RC_NEEDS_RATES};
    double *scratch = ws->spare + SPARE * RC_BLOCK;
    const double *in[RC_CASH_ARGS];
    int splats = 0;
    for (int i = 0; i < RC_CASH_ARGS; i++) {
        rc_lanes a = lanes_of(ws, &step->args[i], 0);
        bool read = (step->node->metric->needs & needs[i]) != 0;
        if (a.column == NULL && read && i >= RC_CASH_BENEFITS_PV)
            in[i] = as_column(ws, a, splats++, m->n);
        else
            in[i] = a.column;
    }
    rc_cash cash = {
        .n_lanes = m->n,
        .stride = ws->stride,
        .n_periods = g->n_periods,
        .per_year = g->per_year,
        .net = in[RC_CASH_NET],
        .factor = in[RC_CASH_FACTOR],
        .benefits_pv = in[RC_CASH_BENEFITS_PV],
        .costs_pv = in[RC_CASH_COSTS_PV],
        .benefits_total = in[RC_CASH_BENEFITS_TOTAL],
        .costs_total = in[RC_CASH_COSTS_TOTAL],
        .discount_rate = in[RC_CASH_DISCOUNT_RATE],
        .finance_rate = in[RC_CASH_FINANCE_RATE],
        .reinvest_rate = in[RC_CASH_REINVEST_RATE],
        .scratch = scratch,
    };
    /* the same metric, compiled for this run's instruction set */
    const rc_metric_type *metric = step->node->metric;
    for (size_t i = 0; i < rc_metric_count(); i++)
        if (rc_metric_at(i, RC_ISA_sse2) == step->node->metric)
            metric = rc_metric_at(i, ws->isa);
    if (metric->eval_counting != NULL)
        ws->counters[step->node->counter] += metric->eval_counting(&cash, out);
    else
        metric->eval(&cash, out);
}

static void eval_quantile(const rc_workspace *ws, const rc_step *step, double *out, rc_lanes w,
                          size_t n) {
    rc_dist_draw(step->node->dist, ws->isa, as_column(ws, w, 0, n), out, n);
}

/* A correlated point: latent values times weights, over the shared scale; or the second of a pair.
 * All arguments are drawn, none is one number for all lanes. */
static void eval_dependent(const rc_workspace *ws, const rc_step *step, double *out,
                           const rc_lanes *a, size_t n) {
    const rc_member *m = step->node->member;
    const rc_copula_type *type = m->copula.type;
    if (!type->elliptical) {
        type->second(&m->copula, a[0].column, a[1].column, out, n);
        return;
    }
    ws->kernels->vs[RC_OP_mul](out, a[0].column, m->weights[0], n);
    for (uint32_t i = 1; i < m->n_weights; i++)
        ws->kernels->add_scaled(out, a[i].column, m->weights[i], n);
    if (step->n_args > m->n_weights)
        ws->kernels->vv[RC_OP_div](out, out, a[m->n_weights].column, n);
    type->tail(&m->copula, ws->isa, out, out, n);
}

static void eval_point(const rc_workspace *ws, const rc_step *step, double *out, const moment *m) {
    const rc_node *node = step->node;
    const rc_named_stream *streams = step->other ? ws->other : ws->plan->graph->streams;
    uint32_t draw = node->period ? m->k - 1 : node->repeat ? m->draw : 0;
    const rc_stream *stream = &streams[node->stream].stream;
    if (m->trials == NULL) {
        ws->sampler->type->fill(ws->sampler, stream, m->replicate, m->first, draw, out, m->n);
        return;
    }
    for (size_t i = 0; i < m->n; i++) { /* the eight that a trial is one of, fewer at the end */
        _Alignas(64) double w[8];
        const rc_trial *t = &m->trials[i];
        const uint64_t first = t->index / 8 * 8;
        const uint64_t left = rc_replicate_indices(ws->sampler->trials, t->replicate) - first;
        ws->sampler->type->fill(ws->sampler, stream, t->replicate, first, draw, w,
                                left < 8 ? (size_t)left : 8);
        out[i] = w[t->index - first];
    }
}

static void eval_node(rc_workspace *ws, const rc_step *step, const moment *m) {
    const rc_node *node = step->node;
    double *out = column_of(ws, &step->out, m->k);
    rc_lanes *a = ws->lanes;
    for (uint32_t i = 0; node->kind != RC_NODE_METRIC && i < step->n_args; i++)
        a[i] = lanes_of(ws, &step->args[i], m->k);
    switch (node->kind) {
    case RC_NODE_POINT: eval_point(ws, step, out, m); break;
    case RC_NODE_QUANTILE: eval_quantile(ws, step, out, a[0], m->n); break;
    case RC_NODE_QUANTILE_V:
        ws->counters[node->counter] += rc_vary_draw(ws->vary[step->vary], a, out, m->n);
        break;
    case RC_NODE_LATENT: rc_copula_latent(ws->isa, a[0].column, out, m->n); break;
    case RC_NODE_DEPENDENT: eval_dependent(ws, step, out, a, m->n); break;
    case RC_NODE_OP: eval_op(ws, step, out, a, m->n); break;
    case RC_NODE_LOOKUP: eval_lookup(out, a, step->n_args, m->n); break;
    case RC_NODE_EVENT: ws->kernels->event(out, a[0].column, a[1].column, a[1].number, m->n); break;
    case RC_NODE_CLAMP01:
        ws->counters[node->counter] +=
            ws->kernels->clamp01(out, as_column(ws, a[0], 0, m->n), m->n);
        break;
    case RC_NODE_CUMULATIVE: eval_cumulative(ws, step, a[0], m); break;
    case RC_NODE_FOLD: eval_fold(ws, step, out, a, m); break;
    case RC_NODE_AT: eval_at(ws, step, out, m); break;
    case RC_NODE_SCATTER: eval_scatter(ws, step, a, m); break;
    case RC_NODE_METRIC: eval_metric(ws, step, out, m); break;
    default: break; /* CONST, TIME, PREV and ROWS make no NODE steps */
    }
}

static void eval_step(rc_workspace *ws, const rc_step *step, const moment *m) {
    if (step->kind == RC_STEP_NODE) {
        eval_node(ws, step, m);
        return;
    }
    rc_lanes a = lanes_of(ws, &step->args[0], m->k);
    double *out = column_of(ws, &step->out, m->k);
    for (uint32_t i = 0; step->kind == RC_STEP_FILL && i < step->count; i++)
        copy(ws, out + (size_t)i * ws->stride, a, m->n);
    if (step->kind != RC_STEP_FILL)
        copy(ws, out, a, m->n);
}

static void eval_steps(rc_workspace *ws, const rc_segment *segment, const moment *m) {
    for (size_t i = 0; i < segment->n_steps; i++)
        eval_step(ws, &segment->steps[i], m);
}

static double most(rc_lanes a, size_t n) {
    double result = a.number;
    for (size_t i = 0; a.column != NULL && i < n; i++)
        result = i == 0 || result != result || a.column[i] > result ? a.column[i] : result;
    return result;
}

static void eval_all(rc_workspace *ws, const rc_segment *segments, size_t n_segments, moment m) {
    for (size_t s = 0; s < n_segments; s++) {
        const rc_segment *segment = &segments[s];
        m.k = m.draw = 0;
        if (segment->kind == RC_ONCE) {
            eval_steps(ws, segment, &m);
        } else if (segment->kind == RC_PERIODS) {
            for (m.k = 1; m.k <= ws->plan->graph->n_periods; m.k++)
                eval_steps(ws, segment, &m);
        } else {
            double number = most(lanes_of(ws, &segment->number, 0), m.n);
            for (; m.draw < number; m.draw++)
                eval_steps(ws, segment, &m);
        }
    }
}

void rc_eval_segments(rc_workspace *ws, const rc_segment *segments, size_t n_segments,
                      uint32_t replicate, uint64_t first, size_t n) {
    eval_all(ws, segments, n_segments, (moment){.replicate = replicate, .first = first, .n = n});
}

void rc_eval_block(rc_workspace *ws, uint32_t replicate, uint64_t first, size_t n) {
    rc_eval_segments(ws, ws->plan->segments, ws->plan->n_segments, replicate, first, n);
}

void rc_eval_trials(rc_workspace *ws, const rc_trial *trials, size_t n) {
    eval_all(ws, ws->plan->segments, ws->plan->n_segments, (moment){.n = n, .trials = trials});
}
