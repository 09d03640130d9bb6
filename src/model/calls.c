/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls: arguments bound to parameters, and the functions that are more than an operator. */
#include "model/check.h"

#include <math.h>
#include <string.h>

/* ---- Arguments ---- */

typedef struct signature {
    rc_params params;
    const char *names[RC_FUNC_MAX_PARAMS];
    rc_signature s; /**< points into the two above */
} signature;

static const rc_signature *sign(signature *room, const rc_func *f) {
    room->params = rc_func_params(f);
    for (size_t i = 0; i < room->params.n; i++)
        room->names[i] = room->params.names[i];
    room->s = (rc_signature){.name = f->name,
                             .parameters = f->parameters,
                             .n = room->params.n,
                             .names = room->names,
                             .optional = room->params.optional,
                             .variadic = room->params.variadic};
    return &room->s;
}

static bool wrong_count(rc_check *c, const rc_syn *syn, const rc_signature *f) {
    const char *hint = NULL;
    if (strcmp(f->name, "sum") == 0 && syn->n > 1)
        hint = "write a + b; sum(s) adds up the periods of one series";
    rc_check_error(c, syn->mark, hint, "%s takes %s; got %zu argument%s", f->name,
                   f->n == 0 ? "no arguments" : f->parameters, syn->n, syn->n == 1 ? "" : "s");
    return false;
}

static size_t find_parameter(const rc_signature *f, const char *name) {
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->names[i], name) == 0)
            return i;
    return f->n;
}

static bool unknown_argument(rc_check *c, const rc_syn *syn, const rc_signature *f, size_t arg) {
    if (f->variadic) {
        rc_check_error(c, syn->args[arg]->mark, NULL,
                       "%s takes its values without names: drop `%.40s=`", f->name,
                       syn->arg_names[arg]);
        return false;
    }
    const char *near = strlen(syn->arg_names[arg]) < 2
                           ? NULL /* everything is near */
                           : rc_nearest_name(syn->arg_names[arg], f->names, f->n);
    rc_check_error(c, syn->args[arg]->mark,
                   near != NULL ? rc_arena_printf(c->arena, "did you mean `%s`?", near) : NULL,
                   "%s takes %s; it has no argument `%.40s`", f->name,
                   f->n == 0 ? "no arguments" : f->parameters, syn->arg_names[arg]);
    return false;
}

bool rc_bind(rc_check *c, const rc_syn *syn, const rc_signature *f, const rc_syn **slots) {
    bool named = false;
    for (size_t i = 0; i < f->n; i++)
        slots[i] = NULL;
    for (size_t i = 0; i < syn->n; i++) {
        const char *name = syn->arg_names == NULL ? NULL : syn->arg_names[i];
        size_t to = name == NULL ? i : find_parameter(f, name);
        if (name == NULL && i >= f->n)
            return wrong_count(c, syn, f);
        if (to == f->n)
            return unknown_argument(c, syn, f, i);
        if (name == NULL && named) {
            rc_check_error(c, syn->args[i]->mark, NULL,
                           "%s: unnamed arguments come before named ones", f->name);
            return false;
        }
        named = named || name != NULL;
        if (slots[to] != NULL) {
            rc_check_error(c, syn->args[i]->mark, NULL, "%s: `%s` is given twice", f->name,
                           f->names[to]);
            return false;
        }
        slots[to] = syn->args[i];
    }
    for (size_t i = 0; i < f->n; i++)
        if (slots[i] == NULL && !f->optional[i]) {
            if (!named)
                return wrong_count(c, syn, f);
            rc_check_error(c, syn->mark, NULL, "%s takes %s; `%s` is missing", f->name,
                           f->parameters, f->names[i]);
            return false;
        }
    return true;
}

static bool bind(rc_check *c, const rc_syn *syn, const rc_func *f, const rc_syn **slots) {
    signature room;
    return rc_bind(c, syn, sign(&room, f), slots);
}

/* All arguments of a call without optional ones, in order of its parameters. */
static const rc_expr *const *resolve_all(rc_check *c, const rc_syn *syn, const rc_func *f,
                                         size_t *n) {
    signature room;
    const rc_signature *s = sign(&room, f);
    const rc_syn *slots[RC_FUNC_MAX_PARAMS];
    const rc_syn *const *args = slots;
    *n = s->n;
    if (s->variadic) {
        for (size_t i = 0; i < syn->n; i++)
            if (syn->arg_names != NULL && syn->arg_names[i] != NULL) {
                unknown_argument(c, syn, s, i);
                return NULL;
            }
        if (syn->n < s->n) {
            wrong_count(c, syn, s);
            return NULL;
        }
        args = (const rc_syn *const *)syn->args;
        *n = syn->n;
    } else if (!rc_bind(c, syn, s, slots)) {
        return NULL;
    }
    const rc_expr **out = RC_NEW(c->arena, const rc_expr *, *n);
    bool ok = true;
    for (size_t i = 0; i < *n; i++) {
        out[i] = rc_resolve(c, args[i]);
        ok = ok && out[i] != NULL;
    }
    return ok ? out : NULL;
}

/* ---- Functions over time ---- */

static bool is_period(rc_check *c, const rc_expr *e, const rc_syn *syn, const char *hint) {
    if (e->shape == RC_SHAPE_PERIOD)
        return true;
    bool named = syn->args[0]->kind == RC_SYN_NAME;
    rc_check_error(c, syn->args[0]->mark, hint, "%s works on a series; %s is one value a trial",
                   syn->name,
                   named ? rc_arena_printf(c->arena, "`%s`", syn->args[0]->name) : "this");
    return false;
}

static const rc_expr *fold(rc_check *c, const rc_syn *syn, const rc_expr *arg, rc_expr_kind kind,
                           const char *hint) {
    if (!is_period(c, arg, syn, hint))
        return NULL;
    rc_expr *e = rc_expr_new(c, kind, syn->mark, 1, &arg);
    e->shape = RC_SHAPE_TRIAL;
    return e;
}

static const rc_expr *extreme(rc_check *c, const rc_syn *syn, const rc_func *f) {
    bool is_min = strcmp(f->name, "min") == 0;
    size_t n;
    const rc_expr *const *args = resolve_all(c, syn, f, &n);
    if (args == NULL)
        return NULL;
    if (n == 1)
        return fold(c, syn, args[0], is_min ? RC_EXPR_MIN : RC_EXPR_MAX,
                    is_min ? "min(a, b) takes the smaller of two values"
                           : "max(a, b) takes the larger of two values");
    return rc_expr_join(c, is_min ? RC_OP_min : RC_OP_max, syn->mark, args, n);
}

static const rc_expr *at_time(rc_check *c, const rc_syn *syn, const rc_func *f) {
    size_t n;
    const rc_expr *const *given = resolve_all(c, syn, f, &n);
    if (given == NULL || !is_period(c, given[0], syn, NULL) ||
        !rc_check_trial(c, given[1], "the time of at(s, T)"))
        return NULL;
    const rc_expr *args[3] = {given[0], given[1], NULL};
    if (given[0]->kind == RC_EXPR_ENTRY)
        args[2] = rc_check_initial(given[0]->entry);
    rc_expr *e = rc_expr_new(c, RC_EXPR_AT, syn->mark, args[2] != NULL ? 3 : 2, args);
    e->shape = RC_SHAPE_TRIAL;
    return e;
}

/* The entry that an argument names, when it stands in one of the sections of `allowed` (bits). */
static rc_node *named_entry(rc_check *c, const rc_syn *call, const rc_syn *arg, unsigned allowed,
                            const char *wanted) {
    bool later = false;
    const rc_expr *stands_for =
        arg->kind == RC_SYN_NAME ? rc_frame_find(c, arg->name, &later) : NULL;
    if (later || (stands_for != NULL && stands_for->kind != RC_EXPR_ENTRY)) {
        rc_check_error(c, arg->mark, NULL, "%s takes the name of %s; here `%s` is a formula",
                       call->name, wanted, arg->name);
    } else if (arg->kind == RC_SYN_NAME) {
        const char *name = stands_for != NULL ? stands_for->entry->name : arg->name;
        rc_node *node = rc_check_find(c, name);
        if (node != NULL && (allowed >> node->entry->section & 1) != 0)
            return node;
        if (node != NULL)
            rc_check_error(c, arg->mark, NULL, "%s takes the name of %s; `%s` is %s", call->name,
                           wanted, name, rc_section_keys[node->entry->section].title);
        else
            rc_check_error(c, arg->mark, rc_check_nearest(c, arg->name, false, NULL),
                           "unknown name `%.60s`", arg->name);
    } else {
        rc_check_error(c, arg->mark, "give the formula a name in `series`",
                       "%s takes the name of %s, not a formula", call->name, wanted);
    }
    return NULL;
}

enum {
    LINES = 1u << RC_BENEFITS | 1u << RC_COSTS,
    OVER_TIME = LINES | 1u << RC_SERIES,
    RISKS = 1u << RC_RISKS
};

static const rc_expr *number_of_periods(rc_check *c, const rc_syn *syn, double *n) {
    const rc_expr *e = rc_resolve(c, syn);
    if (e == NULL)
        return NULL;
    if (!rc_expr_constant(e, n))
        rc_check_error(c, syn->mark, NULL, "the n of lag(s, n) must be the same in every trial");
    else if (*n >= 1 && *n <= 1200 && *n == floor(*n))
        return e;
    else
        rc_check_error(c, syn->mark, NULL,
                       "the n of lag(s, n) is %g; it must be a whole number of periods from 1", *n);
    return NULL;
}

static const rc_expr *past(rc_check *c, const rc_syn *syn, const rc_func *f) {
    const rc_syn *slots[RC_FUNC_MAX_PARAMS] = {0};
    if (!bind(c, syn, f, slots))
        return NULL;
    rc_node *node = named_entry(c, syn, slots[0], OVER_TIME, "a series or a line");
    double n = 1;
    if (node == NULL || (slots[1] != NULL && number_of_periods(c, slots[1], &n) == NULL))
        return NULL;
    const rc_entry *entry = node->entry;
    const rc_expr *before = rc_check_initial(entry);
    if (slots[2] != NULL) {
        before = rc_resolve(c, slots[2]);
        if (before == NULL || !rc_check_trial(c, before, "`initial`"))
            return NULL;
    }
    if (before == NULL && entry->section == RC_SERIES && !node->bad) {
        rc_check_error(c, syn->mark,
                       rc_arena_printf(c->arena, "%s: {initial: 0, value: ...}", entry->name),
                       "`%s` has no `initial`, so it has no value before period 1", entry->name);
        return NULL;
    }
    if (before == NULL)
        before = rc_expr_number(c, 0, syn->mark);
    rc_expr *e = rc_expr_new(c, RC_EXPR_PREV, syn->mark, 1, &before);
    e->entry = entry;
    e->number = n;
    e->shape = RC_SHAPE_PERIOD;
    return e;
}

static const rc_expr *of_entry(rc_check *c, const rc_syn *syn, const rc_func *f, rc_expr_kind kind,
                               unsigned allowed, const char *wanted) {
    const rc_syn *slots[RC_FUNC_MAX_PARAMS] = {0};
    if (!bind(c, syn, f, slots))
        return NULL;
    const rc_node *node = named_entry(c, syn, slots[0], allowed, wanted);
    if (node == NULL)
        return NULL;
    rc_expr *e = rc_expr_new(c, kind, syn->mark, 0, NULL);
    e->entry = node->entry;
    e->shape = RC_SHAPE_PERIOD;
    return e;
}

static const rc_expr *each(rc_check *c, const rc_syn *syn, const rc_func *f) {
    const rc_syn *slots[RC_FUNC_MAX_PARAMS] = {0};
    if (!bind(c, syn, f, slots))
        return NULL;
    const rc_syn *d = slots[0];
    const rc_dist_type *type = NULL;
    if (d->kind == RC_SYN_CALL)
        type = rc_dist_find(d->name);
    else if (d->kind == RC_SYN_OP && strcmp(d->name, "to") == 0)
        type = rc_dist_find("interval");
    if (type != NULL)
        return rc_resolve_draw(c, d, type, true);
    if (d->kind == RC_SYN_CALL && rc_func_find(d->name) == NULL)
        return rc_resolve(c, d); /* reports the unknown function */
    rc_check_error(c, d->mark, "each(normal(0, 1)); a draw that has a name is drawn once a trial",
                   "each takes a distribution as it is written");
    return NULL;
}

/* ---- lookup ---- */

static bool row_ok(rc_check *c, const rc_syn *row) {
    if (row->kind == RC_SYN_LIST && row->n == 2)
        return true;
    rc_check_error(c, row->mark, "lookup(x, [[0, 1], [5, 2]])",
                   "a row of lookup's table is a pair [x, y]");
    return false;
}

static const rc_expr *lookup(rc_check *c, const rc_syn *syn, const rc_func *f) {
    const rc_syn *slots[RC_FUNC_MAX_PARAMS] = {0};
    if (!bind(c, syn, f, slots))
        return NULL;
    const rc_syn *table = slots[1];
    if (table->kind != RC_SYN_LIST || table->n == 0) {
        rc_check_error(c, table->mark, "lookup(x, [[0, 1], [5, 2]])",
                       "the table of lookup is a list of pairs");
        return NULL;
    }
    const rc_expr **args = RC_NEW(c->arena, const rc_expr *, 1 + 2 * table->n);
    bool ok = (args[0] = rc_resolve(c, slots[0])) != NULL;
    for (size_t i = 0; i < table->n; i++) {
        if (!row_ok(c, table->args[i]))
            return NULL;
        for (size_t k = 0; k < 2; k++)
            ok = (args[1 + 2 * i + k] = rc_resolve(c, table->args[i]->args[k])) != NULL && ok;
    }
    double x0, x1;
    for (size_t i = 1; ok && i < table->n; i++)
        if (rc_expr_constant(args[2 * i - 1], &x0) && rc_expr_constant(args[2 * i + 1], &x1) &&
            !(x0 < x1)) {
            rc_check_error(c, table->args[i]->args[0]->mark, NULL,
                           "x of lookup's table must increase: %g follows %g", x1, x0);
            ok = false;
        }
    return ok ? rc_expr_new(c, RC_EXPR_LOOKUP, syn->mark, 1 + 2 * table->n, args) : NULL;
}

/* ---- Calls ---- */

static const rc_expr *resolve_form(rc_check *c, const rc_syn *syn, const rc_func *f) {
    size_t n;
    const rc_expr *const *args;
    static const rc_expr_kind folds[] = {
        [RC_FORM_SUM] = RC_EXPR_SUM,     [RC_FORM_MEAN] = RC_EXPR_MEAN,
        [RC_FORM_FIRST] = RC_EXPR_FIRST, [RC_FORM_LAST] = RC_EXPR_LAST,
        [RC_FORM_NPV] = RC_EXPR_NPV,
    };
    switch ((rc_form)f->detail) {
    case RC_FORM_EXTREME: return extreme(c, syn, f);
    case RC_FORM_LOOKUP: return lookup(c, syn, f);
    case RC_FORM_PREV:
    case RC_FORM_LAG: return past(c, syn, f);
    case RC_FORM_CUMULATIVE: {
        args = resolve_all(c, syn, f, &n);
        if (args == NULL)
            return NULL;
        rc_expr *e = rc_expr_new(c, RC_EXPR_CUMULATIVE, syn->mark, 1, args);
        e->shape = RC_SHAPE_PERIOD;
        return e;
    }
    case RC_FORM_SUM:
    case RC_FORM_MEAN:
    case RC_FORM_FIRST:
    case RC_FORM_LAST:
    case RC_FORM_NPV:
        args = resolve_all(c, syn, f, &n);
        return args == NULL ? NULL : fold(c, syn, args[0], folds[f->detail], NULL);
    case RC_FORM_AT: return at_time(c, syn, f);
    case RC_FORM_EACH: return each(c, syn, f);
    case RC_FORM_HAPPENED: return of_entry(c, syn, f, RC_EXPR_HAPPENED, RISKS, "a risk");
    case RC_FORM_COUNT: return of_entry(c, syn, f, RC_EXPR_COUNT, RISKS, "a risk");
    case RC_FORM_RATE: return of_entry(c, syn, f, RC_EXPR_RATE, LINES, "a line");
    case RC_FORM_GBM:
    case RC_FORM_AR1:
    case RC_FORM_MEAN_REVERTING: {
        const rc_syn *slots[RC_FUNC_MAX_PARAMS] = {0};
        return bind(c, syn, f, slots) ? rc_resolve_process(c, syn, f, slots) : NULL;
    }
    }
    return NULL;
}

const rc_expr *rc_resolve_call(rc_check *c, const rc_syn *syn) {
    const rc_func *f = rc_func_find(syn->name);
    const rc_dist_type *type = rc_dist_find(syn->name);
    bool table = syn->n > 0 && syn->args[0]->kind == RC_SYN_LIST; /* cumulative([[x, F], ...]) */
    if (type != NULL && (f == NULL || table))
        return rc_resolve_draw(c, syn, type, false);
    if (f != NULL && f->kind == RC_FUNC_FORM)
        return resolve_form(c, syn, f);
    if (f != NULL) {
        size_t n;
        const rc_expr *const *a = resolve_all(c, syn, f, &n);
        if (a == NULL)
            return NULL;
        if (f->kind == RC_FUNC_MACRO)
            return rc_expand(c, (rc_macro)f->detail, syn->mark, a, n);
        return rc_expr_op(c, (rc_op)f->detail, syn->mark, a[0], n > 1 ? a[1] : NULL,
                          n > 2 ? a[2] : NULL);
    }
    const rc_node *own = rc_check_find(c, syn->name);
    const char *synonym = rc_func_synonym(syn->name);
    bool later = false;
    if (rc_frame_find(c, syn->name, &later) != NULL || later) {
        rc_check_error(c, syn->mark, rc_arena_printf(c->arena, "write %s * (...)", syn->name),
                       "`%s` is a parameter, not a function", syn->name);
        return NULL;
    }
    if (own != NULL && own->function != NULL)
        return rc_function_call(c, syn, own);
    if (own != NULL)
        rc_check_error(c, syn->mark, rc_arena_printf(c->arena, "write %s * (...)", syn->name),
                       "`%s` is %s, not a function", syn->name,
                       rc_section_keys[own->entry->section].title);
    else
        rc_check_error(c, syn->mark,
                       synonym != NULL
                           ? rc_arena_printf(c->arena, "it is called `%s` here", synonym)
                           : rc_check_nearest(c, syn->name, true, NULL),
                       "unknown function `%.60s`", syn->name);
    return NULL;
}
