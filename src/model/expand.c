/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions that are short for a formula. An argument that the formula holds twice is one shared
 * tree, so a draw in it stays one draw. */
#include "model/check.h"

typedef struct maker {
    rc_check *c;
    rc_mark mark;
} maker;

typedef const rc_expr *expr;

static expr number(const maker *m, double x) {
    return rc_expr_number(m->c, x, m->mark);
}
static expr op1(const maker *m, rc_op op, expr a) {
    return rc_expr_op(m->c, op, m->mark, a, NULL, NULL);
}
static expr op2(const maker *m, rc_op op, expr a, expr b) {
    return rc_expr_op(m->c, op, m->mark, a, b, NULL);
}
static expr op3(const maker *m, rc_op op, expr a, expr b, expr d) {
    return rc_expr_op(m->c, op, m->mark, a, b, d);
}

static expr clamp(const maker *m, expr x, expr low, expr high) {
    return op2(m, RC_OP_min, op2(m, RC_OP_max, x, low), high);
}

/* (1 + u1)(1 + u2) ... - 1 */
static expr combine(const maker *m, const expr *u, size_t n) {
    expr *factors = RC_NEW(m->c->arena, expr, n);
    for (size_t i = 0; i < n; i++)
        factors[i] = op2(m, RC_OP_add, number(m, 1), u[i]);
    expr product = rc_expr_join(m->c, RC_OP_mul, m->mark, factors, n);
    return op2(m, RC_OP_sub, product, number(m, 1));
}

/* 1 / (1 + e^(-steepness (x - midpoint))) */
static expr scurve(const maker *m, expr x, expr midpoint, expr steepness) {
    expr power = op2(m, RC_OP_mul, op1(m, RC_OP_neg, steepness), op2(m, RC_OP_sub, x, midpoint));
    expr below = op2(m, RC_OP_add, number(m, 1), op1(m, RC_OP_exp, power));
    return op2(m, RC_OP_div, number(m, 1), below);
}

/* Bass (1969): share of adopters x years after the start, with innovation p and imitation q:
 * (1 - e^(-(p+q)x)) / (1 + (q/p) e^(-(p+q)x)); 0 before the start. */
static expr bass(const maker *m, expr x, expr p, expr q) {
    expr rate = op1(m, RC_OP_neg, op2(m, RC_OP_add, p, q));
    expr decay = op1(m, RC_OP_exp, op2(m, RC_OP_mul, rate, x));
    expr above = op2(m, RC_OP_sub, number(m, 1), decay);
    expr below = op2(m, RC_OP_add, number(m, 1), op2(m, RC_OP_mul, op2(m, RC_OP_div, q, p), decay));
    expr started = op2(m, RC_OP_lt, number(m, 0), x);
    return op3(m, RC_OP_if, started, op2(m, RC_OP_div, above, below), number(m, 0));
}

/* Share of this period (t - dt, t] that lies between a and b. */
static expr during(const maker *m, expr a, expr b) {
    rc_expr *t = rc_expr_new(m->c, RC_EXPR_T, m->mark, 0, NULL);
    t->shape = RC_SHAPE_PERIOD;
    expr dt = number(m, m->c->dt), start = op2(m, RC_OP_sub, t, dt);
    expr overlap = op2(m, RC_OP_sub, op2(m, RC_OP_min, t, b), op2(m, RC_OP_max, start, a));
    return clamp(m, op2(m, RC_OP_div, overlap, dt), number(m, 0), number(m, 1));
}

/* 1 - (1 - q)^dt */
static expr per_period(const maker *m, expr q) {
    expr kept = op2(m, RC_OP_pow, op2(m, RC_OP_sub, number(m, 1), q), number(m, m->c->dt));
    return op2(m, RC_OP_sub, number(m, 1), kept);
}

const rc_expr *rc_expand(rc_check *c, rc_macro macro, rc_mark mark, const rc_expr *const *a,
                         size_t n) {
    maker m = {c, mark};
    bool timed = macro == RC_MACRO_DURING || macro == RC_MACRO_PER_PERIOD;
    if (timed && !c->has_timeline) {
        rc_check_error(c, mark, "timeline: {years: 5, step: quarter}",
                       "periods need a timeline, and this model has none");
        return NULL;
    }
    switch (macro) {
    case RC_MACRO_CLAMP: return clamp(&m, a[0], a[1], a[2]);
    case RC_MACRO_COMBINE: return combine(&m, a, n);
    case RC_MACRO_SATURATE: return op2(&m, RC_OP_div, a[0], op2(&m, RC_OP_add, a[0], a[1]));
    case RC_MACRO_SCURVE: return scurve(&m, a[0], a[1], a[2]);
    case RC_MACRO_BASS: return bass(&m, a[0], a[1], a[2]);
    case RC_MACRO_DURING: return during(&m, a[0], a[1]);
    case RC_MACRO_PER_PERIOD: return per_period(&m, a[0]);
    }
    return NULL;
}
