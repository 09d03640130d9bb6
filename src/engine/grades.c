/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/grades.h"

#include "engine/pass.h"
#include "engine/pilot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { KNOTS = 1024, PILOT = 1024 }; /* pilot trials of a replicate */

/* The distribution of a column as a pilot saw it: P(X < value) and P(X <= value) at each knot. */
typedef struct grid {
    size_t n;
    double value[KNOTS], below[KNOTS], up_to[KNOTS];
} grid;

typedef struct grader {
    rc_running *r;
    rc_arena *arena;
    rc_plan plan;
    rc_collected *columns; /* [n] those of bars, then the target */
    size_t n, *roots;
    bool *direct; /* [n] the root is the point itself */
    grid **grids; /* [n] of the others */
    bool below_zero;
} grader;

/* ---- Which columns know their grade ---- */

static bool has_shapes(const rc_dist_type *type) {
    for (size_t s = 0; s < type->forms[0].n_slots; s++)
        if (type->forms[0].slots[s].kind == RC_SLOT_SHAPE ||
            type->forms[0].slots[s].kind == RC_SLOT_SHAPES)
            return true;
    return false;
}

/* The point behind a node that is one continuous draw; RC_NO_NODE else. */
static rc_node_id point_behind(const rc_graph *g, rc_node_id id) {
    const rc_node *n = &g->nodes[id];
    if (n->kind != RC_NODE_QUANTILE || n->period || n->repeat != 0)
        return RC_NO_NODE;
    const rc_dist_type *type = n->dist->type;
    return type->discrete || has_shapes(type) ? RC_NO_NODE : n->args[0];
}

static void list_columns(grader *k) {
    const rc_wanted *w = &k->r->wanted;
    size_t target = 0;
    k->columns = RC_NEW(k->arena, rc_collected, w->n_outputs + 1);
    k->direct = RC_NEW(k->arena, bool, w->n_outputs + 1);
    for (size_t i = 0; i < w->n_outputs; i++) {
        if (w->outputs[i].kind != RC_OUTPUT_DRAWN) {
            target = i;
            continue;
        }
        rc_node_id point = point_behind(&k->r->graph, w->nodes[i]);
        k->direct[k->n] = point != RC_NO_NODE;
        k->columns[k->n++] =
            (rc_collected){.node = point != RC_NO_NODE ? point : w->nodes[i], .output = i};
    }
    k->columns[k->n++] = (rc_collected){.node = w->nodes[target], .output = target};
}

/* ---- Grids ---- */

static double as_target(const grader *k, size_t c, double x) {
    if (c + 1 < k->n || !k->below_zero)
        return x;
    return x < 0 ? 1 : x == x ? 0 : x;
}

/* From the sorted values: evenly spaced ones, each once, with exact shares below and up to it. */
static grid *grid_of(const double *sorted, size_t n, rc_arena *arena) {
    grid *g = RC_NEW(arena, grid, 1);
    size_t at = 0;
    for (size_t k = 0; k < KNOTS && n > 0; k++) {
        size_t i = n > 1 ? k * (n - 1) / (KNOTS - 1) : 0;
        if (g->n > 0 && sorted[i] == g->value[g->n - 1])
            continue;
        size_t first = i, last = i;
        while (first > at && sorted[first - 1] == sorted[i])
            first--;
        while (last + 1 < n && sorted[last + 1] == sorted[i])
            last++;
        g->value[g->n] = sorted[i];
        g->below[g->n] = (double)first / (double)n;
        g->up_to[g->n++] = (double)(last + 1) / (double)n;
        at = last;
    }
    return g;
}

static rc_status make_grids(grader *k) {
    rc_pilot *p = NULL;
    rc_status status =
        rc_pilot_run(k->r, &k->plan, k->roots, k->columns, k->n, 1, PILOT, k->arena, &p);
    if (status != RC_OK)
        return status;
    k->grids = RC_NEW(k->arena, grid *, k->n);
    for (size_t c = 0; c < k->n; c++) {
        size_t n = rc_pilot_drop_undefined(p->values[c], RC_REPLICATES * (size_t)p->each);
        for (size_t i = 0; i < n; i++)
            p->values[c][i] = as_target(k, c, p->values[c][i]);
        if (!k->direct[c]) {
            rc_order_sort(p->values[c], n);
            k->grids[c] = grid_of(p->values[c], n, k->arena);
        }
        free(p->values[c]);
    }
    return RC_OK;
}

/* Share of cases below x; of those at x half. */
static double grade(const grid *g, double x) {
    size_t low = 0; /* the last knot that is not above x, or the first */
    for (size_t step = KNOTS / 2; step > 0; step /= 2)
        low += low + step < g->n && g->value[low + step] <= x ? step : 0;
    if (g->n == 0 || x < g->value[0])
        return 0;
    if (x == g->value[low])
        return 0.5 * (g->below[low] + g->up_to[low]);
    if (low + 1 == g->n)
        return 1;
    double part = (x - g->value[low]) / (g->value[low + 1] - g->value[low]);
    return g->up_to[low] + part * (g->below[low + 1] - g->up_to[low]);
}

/* ---- Blocks ---- */

typedef struct sums8 { /* eight lanes of each sum, so that no compiler chooses an order */
    double n[8], x[8], y[8], xx[8], yy[8], xy[8];
} sums8;

static double fold(const double a[8]) {
    return ((a[0] + a[1]) + (a[2] + a[3])) + ((a[4] + a[5]) + (a[6] + a[7]));
}

/* gx and gy: grades less a half, 0 where `ok` is 0; padded with such lanes to eights. */
static rc_grade_sums add_up(const double *gx, const double *gy, const double *ok, size_t n) {
    sums8 s = {{0}, {0}, {0}, {0}, {0}, {0}};
    for (size_t i = 0; i < n; i += 8)
        for (size_t j = 0; j < 8; j++) {
            double x = gx[i + j], y = gy[i + j];
            s.n[j] += ok[i + j];
            s.x[j] += x;
            s.y[j] += y;
            s.xx[j] += x * x;
            s.yy[j] += y * y;
            s.xy[j] += x * y;
        }
    return (rc_grade_sums){fold(s.n), fold(s.x), fold(s.y), fold(s.xx), fold(s.yy), fold(s.xy)};
}

static void fill_grades(const grader *k, rc_workspace *ws, size_t c, size_t n, double *out) {
    const double *x = rc_pass_values(ws, k->roots[c], 0, n);
    for (size_t i = 0; i < n && k->direct[c]; i++)
        out[i] = x[i] < 0 ? x[i] + 0.5 : x[i] - 0.5; /* u = w, or 1 + w in the upper half */
    for (size_t i = 0; i < n && !k->direct[c]; i++) {
        double value = as_target(k, c, x[i]);
        out[i] = value == value ? grade(k->grids[c], value) - 0.5 : (double)NAN;
    }
}

static void take(void *data, void *mine, rc_workspace *ws, uint32_t replicate, uint64_t at,
                 size_t n, unsigned char *leaf) {
    const grader *k = data;
    rc_grade_sums *sums = (rc_grade_sums *)(void *)leaf;
    double *target = mine, *y = target + RC_BLOCK, *x = y + RC_BLOCK, *ok = x + RC_BLOCK;
    const size_t whole = (n + 7) / 8 * 8;
    (void)replicate;
    (void)at;
    fill_grades(k, ws, k->n - 1, n, target);
    for (size_t c = 0; c + 1 < k->n; c++) {
        fill_grades(k, ws, c, n, x);
        for (size_t i = 0; i < whole; i++) {
            ok[i] = i < n && x[i] == x[i] && target[i] == target[i];
            x[i] = ok[i] != 0 ? x[i] : 0;
            y[i] = ok[i] != 0 ? target[i] : 0;
        }
        sums[c] = add_up(x, y, ok, whole);
    }
}

static void *open_room(void *data, rc_arena *own) {
    (void)data;
    return RC_NEW(own, double, 4 * RC_BLOCK);
}

static void merge(unsigned char *into, const unsigned char *from, size_t bytes) {
    double *a = (double *)(void *)into;
    const double *b = (const double *)(const void *)from;
    for (size_t i = 0; i < bytes / sizeof *a; i++)
        a[i] += b[i];
}

/* ---- The whole ---- */

/* By output, as bars count their columns. */
static const rc_grade_sums *by_output(const grader *k, const unsigned char *leaf) {
    rc_grade_sums *sums = RC_NEW(k->arena, rc_grade_sums, k->r->wanted.n_outputs);
    for (size_t c = 0; c + 1 < k->n; c++)
        sums[k->columns[c].output] = ((const rc_grade_sums *)(const void *)leaf)[c];
    return sums;
}

static rc_status run(grader *k, rc_grades *out) {
    rc_swept swept;
    k->roots = RC_NEW(k->arena, size_t, k->r->wanted.n_outputs + 1);
    list_columns(k);
    const rc_sweep_client client = {.data = k,
                                    .take = take,
                                    .merge = merge,
                                    .leaf_bytes = k->n * sizeof(rc_grade_sums),
                                    .open = open_room};
    rc_status status = rc_pass_plan(k->r, k->columns, k->n, k->arena, &k->plan, k->roots);
    if (status == RC_OK)
        status = make_grids(k);
    if (status == RC_OK)
        status = rc_sweep_run(k->r, &k->plan, &client, k->arena, &swept);
    if (status != RC_OK)
        return status;
    out->trials = k->r->sampler.trials;
    out->target = k->columns[k->n - 1].output;
    out->pooled = by_output(k, swept.pooled);
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        out->replicate[r] = by_output(k, swept.replicate[r]);
    return RC_OK;
}

rc_status rc_grades_run(const rc_model *model, const rc_run_options *options, bool below_zero,
                        rc_grades *out, rc_error *err) {
    rc_error own = {0};
    rc_running r = {.options = options, .err = err != NULL ? err : &own, .share_of_pass = 1};
    *out = (rc_grades){0};
    rc_status status = rc_running_open(&r, model);
    if (status != RC_OK)
        return status;
    grader k = {.r = &r, .arena = r.result->arena, .below_zero = below_zero};
    status = run(&k, out);
    if (status != RC_OK) {
        rc_result_free(r.result);
        return status;
    }
    rc_running_outline(&r);
    out->result = r.result;
    return RC_OK;
}
