/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/graph.h"

#include <assert.h>
#include <math.h>
#include <string.h>

void rc_graph_init(rc_graph *g, rc_arena *arena, double years, unsigned per_year,
                   unsigned periods) {
    *g = (rc_graph){.arena = arena, .n_periods = periods, .per_year = per_year, .years = years};
    g->dt = per_year > 0 ? 1.0 / per_year : 0;
    g->table_size = 1024;
    g->table = RC_NEW(arena, uint32_t, g->table_size);
}

/* ---- Finding an equal node ---- */

static uint64_t mix(uint64_t h, uint64_t x) {
    h = (h ^ x) * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 29;
}

static uint64_t bits_of(double x) {
    uint64_t u;
    memcpy(&u, &x, sizeof u);
    return u;
}

static uint64_t hash_node(const rc_graph *g, const rc_node *n) {
    uint64_t h = mix(n->kind, n->op | (uint64_t)n->period << 8 | (uint64_t)n->repeat << 16);
    h = mix(h, bits_of(n->number));
    h = mix(h, n->stream | (uint64_t)n->counter << 32);
    h = mix(h,
            (uintptr_t)n->dist ^ (uintptr_t)n->shape ^ (uintptr_t)n->metric ^ (uintptr_t)n->member);
    for (uint32_t i = 0; i < n->n_args; i++)
        h = mix(h, n->args[i]);
    if (n->kind == RC_NODE_TIME)
        for (unsigned k = 1; k <= g->n_periods; k++)
            h = mix(h, bits_of(n->table[k]));
    return h;
}

static bool same_node(const rc_graph *g, const rc_node *a, const rc_node *b) {
    if (a->kind != b->kind || a->op != b->op || a->period != b->period || a->repeat != b->repeat ||
        bits_of(a->number) != bits_of(b->number) || a->stream != b->stream ||
        a->counter != b->counter || a->dist != b->dist || a->shape != b->shape ||
        a->metric != b->metric || a->member != b->member || a->n_args != b->n_args)
        return false;
    if (a->kind == RC_NODE_PREV)
        return false;
    if (a->kind == RC_NODE_TIME)
        return memcmp(a->table + 1, b->table + 1, g->n_periods * sizeof(double)) == 0;
    return a->n_args == 0 || memcmp(a->args, b->args, a->n_args * sizeof *a->args) == 0;
}

static void grow_table(rc_graph *g) {
    size_t size = 2 * g->table_size;
    uint32_t *table = RC_NEW(g->arena, uint32_t, size);
    for (size_t id = 0; id < g->n_nodes; id++) {
        size_t at = hash_node(g, &g->nodes[id]) & (size - 1);
        while (table[at] != 0)
            at = (at + 1) & (size - 1);
        table[at] = (uint32_t)id + 1;
    }
    g->table = table;
    g->table_size = size;
}

static rc_node_id append(rc_graph *g, const rc_node *draft) {
    size_t capacity = g->capacity;
    g->nodes = rc_arena_grow(g->arena, g->nodes, &capacity, g->n_nodes + 1, sizeof *g->nodes);
    g->body = rc_arena_grow(g->arena, g->body, &g->capacity, g->n_nodes + 1, sizeof *g->body);
    rc_node_id id = (rc_node_id)g->n_nodes++;
    rc_node *n = &g->nodes[id];
    *n = *draft;
    if (n->n_args > 0) {
        rc_node_id *args = RC_NEW(g->arena, rc_node_id, n->n_args);
        memcpy(args, draft->args, n->n_args * sizeof *args);
        n->args = args;
    }
    g->body[id] = RC_NO_NODE;
    return id;
}

static rc_node_id intern(rc_graph *g, const rc_node *draft) {
    if (2 * (g->n_nodes + 1) > g->table_size)
        grow_table(g);
    size_t at = hash_node(g, draft) & (g->table_size - 1);
    for (; g->table[at] != 0; at = (at + 1) & (g->table_size - 1))
        if (same_node(g, &g->nodes[g->table[at] - 1], draft))
            return g->table[at] - 1;
    rc_node_id id = append(g, draft);
    g->table[at] = id + 1;
    return id;
}

/* ---- Making nodes ---- */

bool rc_graph_is_const(const rc_graph *g, rc_node_id id, double *value) {
    if (g->nodes[id].kind != RC_NODE_CONST)
        return false;
    *value = g->nodes[id].number;
    return true;
}

rc_node_id rc_graph_const(rc_graph *g, double value) {
    return intern(g, &(rc_node){.kind = RC_NODE_CONST, .number = value != value ? NAN : value});
}

rc_node_id rc_graph_time(rc_graph *g, const double *table) {
    bool equal = true;
    for (unsigned k = 2; k <= g->n_periods; k++)
        equal &= bits_of(table[k]) == bits_of(table[1]);
    if (equal && g->n_periods > 0)
        return rc_graph_const(g, table[1]);
    double *copy = RC_NEW(g->arena, double, g->n_periods + 1);
    memcpy(copy, table, (g->n_periods + 1) * sizeof *copy);
    return intern(g, &(rc_node){.kind = RC_NODE_TIME, .period = true, .table = copy});
}

rc_node_id rc_graph_node(rc_graph *g, const rc_node *draft) {
    rc_node n = *draft;
    for (uint32_t i = 0; i < n.n_args; i++) {
        const rc_node *arg = &g->nodes[n.args[i]];
        if (n.kind == RC_NODE_SCATTER || n.kind == RC_NODE_FOLD || n.kind == RC_NODE_AT ||
            n.kind == RC_NODE_METRIC)
            continue;
        n.period |= arg->period;
        if (arg->repeat != 0)
            n.repeat = arg->repeat;
    }
    return intern(g, &n);
}

/* The value of a node that is the same in every trial, in period k. */
static bool value_at(const rc_graph *g, rc_node_id id, unsigned k, double *value) {
    const rc_node *n = &g->nodes[id];
    *value = n->kind == RC_NODE_TIME ? n->table[k] : n->number;
    return n->kind == RC_NODE_TIME || n->kind == RC_NODE_CONST;
}

static bool fold_op(rc_graph *g, rc_op op, const rc_node_id *args, uint32_t n, rc_node_id *out) {
    double v[3] = {0}, table[RC_MAX_PERIODS + 1] = {0};
    bool time = false;
    for (uint32_t i = 0; i < n; i++) {
        if (!value_at(g, args[i], 1, &v[i]))
            return false;
        time |= g->nodes[args[i]].kind == RC_NODE_TIME;
    }
    if (!time) {
        *out = rc_graph_const(g, rc_op_eval(op, v[0], v[1], v[2]));
        return true;
    }
    for (unsigned k = 1; k <= g->n_periods; k++) {
        for (uint32_t i = 0; i < n; i++)
            value_at(g, args[i], k, &v[i]);
        table[k] = rc_op_eval(op, v[0], v[1], v[2]);
    }
    *out = rc_graph_time(g, table);
    return true;
}

/* x + 0, x * 1 and the like are x. (x * 0 is not 0: x may be NaN.) */
static bool neutral(const rc_graph *g, rc_op op, rc_node_id a, rc_node_id b, rc_node_id *out) {
    double va = NAN, vb = NAN;
    rc_graph_is_const(g, a, &va);
    rc_graph_is_const(g, b, &vb);
    bool commutes = op == RC_OP_add || op == RC_OP_mul;
    double unit = op == RC_OP_add || op == RC_OP_sub ? 0 : 1;
    if (!commutes && op != RC_OP_sub && op != RC_OP_div && op != RC_OP_pow)
        return false;
    if (vb == unit)
        *out = a;
    else if (commutes && va == unit)
        *out = b;
    else
        return false;
    return true;
}

static bool timeless(const rc_graph *g, rc_node_id id) {
    return g->nodes[id].kind == RC_NODE_CONST || g->nodes[id].kind == RC_NODE_TIME;
}

/* if(c, x, y) with x and y that are the same in every trial */
static bool chooses_timeless(const rc_graph *g, rc_node_id id) {
    const rc_node *n = &g->nodes[id];
    return n->kind == RC_NODE_OP && n->op == RC_OP_if && timeless(g, n->args[1]) &&
           timeless(g, n->args[2]);
}

static rc_node_id op_node(rc_graph *g, rc_op op, const rc_node_id *args, uint32_t n);

/* op(if(c, x, y), z) is if(c, op(x, z), op(y, z)), where x, y, z are the same in every trial: when
 * a risk that happens does so is known before the trials, only whether it does is not. (Powers, exp
 * and log have kernels whose last bits differ from those of a folded value.) */
static bool move_inside(rc_graph *g, rc_op op, const rc_node_id *args, uint32_t n,
                        rc_node_id *out) {
    uint32_t which = n;
    for (uint32_t i = 0; i < n; i++)
        if (which == n && chooses_timeless(g, args[i]))
            which = i;
        else if (!timeless(g, args[i]))
            return false;
    bool own_kernel = op == RC_OP_pow || op == RC_OP_exp || op == RC_OP_log;
    if (which == n || own_kernel || op == RC_OP_if)
        return false;
    const rc_node_id *choice = g->nodes[args[which]].args;
    rc_node_id part[2], inner[2] = {args[0], n > 1 ? args[1] : args[0]};
    for (int i = 0; i < 2; i++) {
        inner[which] = choice[1 + i];
        part[i] = op_node(g, op, inner, n);
    }
    *out = rc_graph_op3(g, RC_OP_if, choice[0], part[0], part[1]);
    return true;
}

/* if(if(c, p, 0), x, y) is if(p, if(c, x, y), y), where p is the same in every trial: the inner
 * choice may leave the loop over periods. And if(if(c, 0, p), x, y) is if(p, if(c, y, x), y). */
static bool choose_once(rc_graph *g, const rc_node_id *args, rc_node_id *out) {
    if (!chooses_timeless(g, args[0]))
        return false;
    const rc_node_id *choice = g->nodes[args[0]].args;
    rc_node_id c = choice[0], p = choice[1], q = choice[2], x = args[1], y = args[2];
    double value;
    if (rc_graph_is_const(g, q, &value) && value == 0)
        *out = rc_graph_op3(g, RC_OP_if, p, rc_graph_op3(g, RC_OP_if, c, x, y), y);
    else if (rc_graph_is_const(g, p, &value) && value == 0)
        *out = rc_graph_op3(g, RC_OP_if, q, rc_graph_op3(g, RC_OP_if, c, y, x), y);
    else
        return false;
    return true;
}

/* A product of one value a trial and one a period. */
static bool split_product(const rc_graph *g, rc_node_id id, rc_node_id *trial, rc_node_id *period) {
    const rc_node *n = &g->nodes[id];
    if (n->kind != RC_NODE_OP || n->op != RC_OP_mul || !n->period || n->repeat != 0)
        return false;
    bool first = g->nodes[n->args[0]].period, second = g->nodes[n->args[1]].period;
    *trial = n->args[first ? 1 : 0];
    *period = n->args[first ? 0 : 1];
    return first != second;
}

/* x p + y p is (x + y) p, where p alone depends on the period: the sum leaves the loop over
 * periods. Products that only the sum reads are not computed then. */
static bool common_period(rc_graph *g, rc_op op, rc_node_id a, rc_node_id b, rc_node_id *out) {
    rc_node_id x, y, p, q;
    if ((op != RC_OP_add && op != RC_OP_sub) || !split_product(g, a, &x, &p) ||
        !split_product(g, b, &y, &q) || p != q)
        return false;
    *out = rc_graph_op2(g, RC_OP_mul, rc_graph_op2(g, op, x, y), p);
    return true;
}

static rc_node_id op_node(rc_graph *g, rc_op op, const rc_node_id *args, uint32_t n) {
    rc_node_id out;
    if (fold_op(g, op, args, n, &out))
        return out;
    if (n == 2 &&
        (neutral(g, op, args[0], args[1], &out) || common_period(g, op, args[0], args[1], &out)))
        return out;
    if (move_inside(g, op, args, n, &out) || (n == 3 && choose_once(g, args, &out)))
        return out;
    return rc_graph_node(
        g, &(rc_node){.kind = RC_NODE_OP, .op = (uint8_t)op, .n_args = n, .args = args});
}

rc_node_id rc_graph_op1(rc_graph *g, rc_op op, rc_node_id a) {
    return op_node(g, op, &a, 1);
}

rc_node_id rc_graph_op2(rc_graph *g, rc_op op, rc_node_id a, rc_node_id b) {
    rc_node_id args[2] = {a, b};
    bool commutes = op == RC_OP_add || op == RC_OP_mul || op == RC_OP_eq || op == RC_OP_ne;
    if (commutes && a > b) { /* one order, so that a*b and b*a are one node */
        args[0] = b;
        args[1] = a;
    }
    return op_node(g, op, args, 2);
}

rc_node_id rc_graph_op3(rc_graph *g, rc_op op, rc_node_id a, rc_node_id b, rc_node_id c) {
    double condition;
    if (op == RC_OP_if && rc_graph_is_const(g, a, &condition))
        return condition != 0 ? b : c;
    if (op == RC_OP_if && b == c)
        return b;
    return op_node(g, op, (rc_node_id[]){a, b, c}, 3);
}

rc_node_id rc_graph_prev(rc_graph *g, uint32_t lag, rc_node_id initial) {
    rc_node draft = {
        .kind = RC_NODE_PREV, .period = true, .lag = lag, .n_args = 1, .args = &initial};
    return append(g, &draft);
}

void rc_graph_close(rc_graph *g, rc_node_id prev, rc_node_id body) {
    assert(g->nodes[prev].kind == RC_NODE_PREV && g->body[prev] == RC_NO_NODE);
    g->body[prev] = body;
}

/* What is to be summed over periods as a value of the trial times the rest: x p, or x p w with
 * weights w that all trials share. Sums of p are shared by all that have other x. */
static bool take_out(rc_graph *g, rc_node_id a, rc_node_id *trial, rc_node_id *period) {
    const rc_node *n = &g->nodes[a];
    if (split_product(g, a, trial, period))
        return true;
    for (uint32_t i = 0; n->kind == RC_NODE_OP && n->op == RC_OP_mul && i < 2; i++) {
        rc_node_id weights = n->args[i], rest = n->args[1 - i];
        if (g->nodes[weights].kind != RC_NODE_TIME || !split_product(g, rest, trial, period))
            continue;
        *period = rc_graph_op2(g, RC_OP_mul, *period, weights);
        return true;
    }
    return false;
}

rc_node_id rc_graph_fold(rc_graph *g, rc_fold fold, rc_node_id a) {
    const rc_node *n = &g->nodes[a];
    if (!n->period)
        return fold == RC_FOLD_SUM ? rc_graph_op2(g, RC_OP_mul, a, rc_graph_const(g, g->n_periods))
                                   : a;
    if (n->kind == RC_NODE_TIME) {
        double x = fold == RC_FOLD_LAST ? n->table[g->n_periods] : n->table[1];
        for (unsigned k = 2; k <= g->n_periods; k++) {
            double y = n->table[k];
            x = fold == RC_FOLD_SUM   ? x + y
                : fold == RC_FOLD_MIN ? rc_op_eval(RC_OP_min, x, y, 0)
                : fold == RC_FOLD_MAX ? rc_op_eval(RC_OP_max, x, y, 0)
                                      : x;
        }
        return rc_graph_const(g, x);
    }
    rc_node_id trial, period;
    if (fold == RC_FOLD_SUM && take_out(g, a, &trial, &period))
        return rc_graph_op2(g, RC_OP_mul, trial, rc_graph_fold(g, fold, period));
    if (fold == RC_FOLD_SUM && n->kind == RC_NODE_OP && n->op == RC_OP_mul)
        for (int i = 0; i < 2; i++) /* weights that trials share: multiply and add in one step */
            if (g->nodes[n->args[i]].kind == RC_NODE_TIME) {
                rc_node_id args[2] = {n->args[1 - i], n->args[i]};
                return rc_graph_node(
                    g, &(rc_node){
                           .kind = RC_NODE_FOLD, .op = (uint8_t)fold, .n_args = 2, .args = args});
            }
    return rc_graph_node(
        g, &(rc_node){.kind = RC_NODE_FOLD, .op = (uint8_t)fold, .n_args = 1, .args = &a});
}

uint32_t rc_graph_counter(rc_graph *g, const rc_phrase *note) {
    g->counters = rc_arena_grow(g->arena, g->counters, &g->counters_capacity, g->n_counters + 1,
                                sizeof *g->counters);
    g->counters[g->n_counters] = rc_phrase_copy(note, NULL, NULL, g->arena);
    return (uint32_t)g->n_counters++;
}
