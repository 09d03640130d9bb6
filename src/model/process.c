/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Processes over time. Each call draws a normal of its own in every period; the steps are exact, so
 * that at the end of a year a process has the same distribution with yearly, quarterly and monthly
 * periods. With dt the length of a period and z the draw:
 *
 *   gbm             dS = drift S dt + volatility S dW, geometric Brownian motion:
 *                   S = initial exp(sum of (drift - volatility^2 / 2) dt + volatility sqrt(dt) z)
 *   mean_reverting  dX = speed (mean - X) dt + volatility dW, Ornstein-Uhlenbeck (Vasicek 1977):
 *                   X = mean + a (X before - mean) + b z with a = exp(-speed dt),
 *                   b^2 = volatility^2 (1 - a^2) / (2 speed)
 *   ar1             autoregression with yearly persistence p and yearly innovations of that sd:
 *                   the same with speed -log(p), b^2 = sd^2 (1 - a^2) / (1 - p^2)
 *
 * A half-life h is a speed of log(2) / h. (1 - exp(-2 x)) / 2 is written tanh(x) / (1 + tanh(x)),
 * which keeps its digits for small x. */
#include "model/check.h"

#include <math.h>
#include <string.h>

typedef const rc_expr *expr;

enum {
    INITIAL,
    MIDDLE,
    RATE,
    SPREAD,
    HALF_LIFE,
    N_ARGS
}; /* gbm: drift at MIDDLE, volatility next */

typedef struct maker {
    rc_check *c;
    const rc_syn *syn;
    const rc_func *f;
    expr z;
} maker;

/* ---- Arithmetic ---- */

static expr number(const maker *m, double x) {
    return rc_expr_number(m->c, x, m->syn->mark);
}
static expr op1(const maker *m, rc_op op, expr a) {
    return rc_expr_op(m->c, op, m->syn->mark, a, NULL, NULL);
}
static expr op2(const maker *m, rc_op op, expr a, expr b) {
    return rc_expr_op(m->c, op, m->syn->mark, a, b, NULL);
}

/* (1 - exp(-2 x)) / 2 */
static expr half_decay(const maker *m, expr x) {
    expr t = op1(m, RC_OP_tanh, x);
    return op2(m, RC_OP_div, t, op2(m, RC_OP_add, number(m, 1), t));
}

static expr if_zero(const maker *m, expr x, expr yes, expr no) {
    expr zero = op2(m, RC_OP_eq, x, number(m, 0));
    return rc_expr_op(m->c, RC_OP_if, m->syn->mark, zero, yes, no);
}

/* ---- The processes ---- */

static expr gbm(const maker *m, expr initial, expr drift, expr volatility) {
    expr dt = number(m, m->c->dt);
    expr square = op2(m, RC_OP_mul, volatility, volatility);
    expr trend = op2(m, RC_OP_sub, drift, op2(m, RC_OP_mul, square, number(m, 0.5)));
    expr noise = op2(m, RC_OP_mul, volatility, number(m, sqrt(m->c->dt)));
    expr step = op2(m, RC_OP_add, op2(m, RC_OP_mul, trend, dt), op2(m, RC_OP_mul, noise, m->z));
    rc_expr *sum = rc_expr_new(m->c, RC_EXPR_CUMULATIVE, m->syn->mark, 1, &step);
    sum->shape = RC_SHAPE_PERIOD;
    sum->of = sum;
    return op2(m, RC_OP_mul, initial, op1(m, RC_OP_exp, sum));
}

/* x = mean + a (x before - mean) + sqrt(variance) sd z */
static expr autoregression(const maker *m, expr initial, expr mean, expr speed, expr variance,
                           expr sd) {
    expr a = op1(m, RC_OP_exp, op1(m, RC_OP_neg, op2(m, RC_OP_mul, speed, number(m, m->c->dt))));
    rc_expr *before = rc_expr_new(m->c, RC_EXPR_PREV, m->syn->mark, 1, &initial);
    before->shape = RC_SHAPE_PERIOD;
    before->number = 1;
    expr pull = op2(m, RC_OP_mul, a, op2(m, RC_OP_sub, before, mean));
    expr noise = op2(m, RC_OP_mul, op2(m, RC_OP_mul, sd, op1(m, RC_OP_sqrt, variance)), m->z);
    expr x = op2(m, RC_OP_add, op2(m, RC_OP_add, mean, pull), noise);
    before->of = x;
    return x;
}

static expr mean_reverting(const maker *m, expr initial, expr mean, expr speed, expr volatility) {
    expr dt = number(m, m->c->dt);
    expr spread = op2(m, RC_OP_div, half_decay(m, op2(m, RC_OP_mul, speed, dt)), speed);
    return autoregression(m, initial, mean, speed, if_zero(m, speed, dt, spread), volatility);
}

static expr ar1(const maker *m, expr initial, expr mean, expr speed, expr sd) {
    expr dt = number(m, m->c->dt);
    expr period = half_decay(m, op2(m, RC_OP_mul, speed, dt)), year = half_decay(m, speed);
    expr spread = if_zero(m, speed, dt, op2(m, RC_OP_div, period, year));
    return autoregression(m, initial, mean, speed, spread, sd);
}

/* ---- Arguments ---- */

bool rc_is_process(const rc_func *f) {
    return f != NULL && f->kind == RC_FUNC_FORM &&
           (f->detail == RC_FORM_GBM || f->detail == RC_FORM_AR1 ||
            f->detail == RC_FORM_MEAN_REVERTING);
}

const rc_syn *rc_process_initial(const rc_syn *syn) {
    for (size_t i = 0; i < syn->n; i++) {
        const char *name = syn->arg_names == NULL ? NULL : syn->arg_names[i];
        if (name == NULL ? i == 0 : strcmp(name, "initial") == 0)
            return syn->args[i];
    }
    return NULL;
}

/* What a constant may be. */
static bool within(const maker *m, expr e, const char *name, double low, double high,
                   const char *rule) {
    double x;
    if (e == NULL || !rc_expr_constant(e, &x) || (x >= low && x <= high))
        return true;
    rc_check_error(m->c, e->mark, NULL, "%s: `%s` is %g; it %s", m->f->name, name, x, rule);
    return false;
}

/* The speed, from whichever of the two ways to say it was taken. */
static expr speed_of(const maker *m, expr rate, expr half_life) {
    bool persistence = m->f->detail == RC_FORM_AR1;
    const char *name = persistence ? "persistence" : "speed";
    if ((rate == NULL) == (half_life == NULL)) {
        rc_check_error(m->c, m->syn->mark,
                       rate == NULL ? "half_life=2, in years" : "keep one of them",
                       rate == NULL ? "%s needs `%s` or `half_life`"
                                    : "%s: `%s` and `half_life` say the same thing",
                       m->f->name, name);
        return NULL;
    }
    if (half_life != NULL)
        return within(m, half_life, "half_life", 1e-300, INFINITY, "must be above 0, in years")
                   ? op2(m, RC_OP_div, number(m, 0.69314718055994530942), half_life)
                   : NULL;
    if (!persistence)
        return within(m, rate, name, 0, INFINITY, "cannot be negative") ? rate : NULL;
    return within(m, rate, name, 0, 1, "must lie between 0 and 1")
               ? op1(m, RC_OP_neg, op1(m, RC_OP_log, rate))
               : NULL;
}

/* The initial value of a series that is nothing but this process was read before (read.c), so that
 * prev() and at() see it; it is that one, not another draw. */
static bool is_whole_series(const maker *m) {
    const rc_node *node = m->c->node;
    return m->c->frame == NULL && node->process && node->fields[0].syn == m->syn;
}

static bool resolve_args(const maker *m, const rc_syn *const *given, expr *args) {
    bool ok = true;
    for (size_t i = 0; i < N_ARGS; i++) {
        args[i] = NULL;
        if (given[i] == NULL)
            continue;
        args[i] = i == INITIAL && is_whole_series(m) ? m->c->node->entry->initial
                                                     : rc_resolve(m->c, given[i]);
        ok = ok && args[i] != NULL;
    }
    return ok && rc_check_trial(m->c, args[INITIAL], "`initial`");
}

static bool place_ok(rc_check *c, const rc_syn *syn) {
    if (!c->has_timeline)
        rc_check_error(c, syn->mark, "timeline: {years: 5, step: quarter}",
                       "periods need a timeline, and this model has none");
    else if (c->node->risk != NULL)
        rc_check_error(c, syn->mark, "give the process a name in `series`",
                       "a process cannot stand in a risk");
    else
        return true;
    return false;
}

static expr draw_noise(rc_check *c, const rc_syn *syn) {
    rc_syn *call = RC_NEW(c->arena, rc_syn, 1), *parts = RC_NEW(c->arena, rc_syn, 2);
    rc_syn **args = RC_NEW(c->arena, rc_syn *, 2);
    parts[0] = (rc_syn){.kind = RC_SYN_NUMBER, .mark = syn->mark, .number = 0};
    parts[1] = (rc_syn){.kind = RC_SYN_NUMBER, .mark = syn->mark, .number = 1};
    args[0] = &parts[0];
    args[1] = &parts[1];
    *call =
        (rc_syn){.kind = RC_SYN_CALL, .mark = syn->mark, .name = "normal", .n = 2, .args = args};
    return rc_resolve_draw(c, call, rc_dist_find("normal"), true);
}

static expr make_gbm(const maker *m, expr const *args) {
    expr volatility = args[2];
    if (!within(m, volatility, "volatility", 0, INFINITY, "cannot be negative"))
        return NULL;
    return gbm(m, args[INITIAL], args[1], volatility);
}

const rc_expr *rc_resolve_process(rc_check *c, const rc_syn *syn, const rc_func *f,
                                  const rc_syn *const *given) {
    maker m = {.c = c, .syn = syn, .f = f};
    expr args[N_ARGS];
    if (!place_ok(c, syn))
        return NULL;
    m.z = draw_noise(c, syn); /* before what is drawn in the arguments, as with a distribution */
    if (!resolve_args(&m, given, args))
        return NULL;
    if (f->detail == RC_FORM_GBM)
        return make_gbm(&m, args);
    const char *spread = f->detail == RC_FORM_AR1 ? "sd" : "volatility";
    expr speed = speed_of(&m, args[RATE], args[HALF_LIFE]);
    if (speed == NULL || !within(&m, args[SPREAD], spread, 0, INFINITY, "cannot be negative"))
        return NULL;
    return f->detail == RC_FORM_AR1
               ? ar1(&m, args[INITIAL], args[MIDDLE], speed, args[SPREAD])
               : mean_reverting(&m, args[INITIAL], args[MIDDLE], speed, args[SPREAD]);
}
