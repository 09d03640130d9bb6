/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Syntax -> expressions: names and operators. What an expression needs has been resolved before it
 * (graph.c), so shapes and constants are known at once. */
#include "model/check.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* ---- Expressions ---- */

static double interpolate(const rc_expr *const *args, size_t n_args, double x) {
    size_t n = (n_args - 1) / 2;
    const rc_expr *const *table = args + 1;
    if (!(x > table[0]->number))
        return x != x ? x : table[1]->number;
    for (size_t i = 1; i < n; i++) {
        double x0 = table[2 * i - 2]->number, y0 = table[2 * i - 1]->number;
        double x1 = table[2 * i]->number, y1 = table[2 * i + 1]->number;
        if (x <= x1)
            return y0 + (y1 - y0) * ((x - x0) / (x1 - x0));
    }
    return table[2 * n - 1]->number;
}

static double evaluate(const rc_expr *e) {
    double x[3] = {0};
    for (size_t i = 0; i < e->n_args && i < 3; i++)
        x[i] = e->args[i]->number;
    return e->kind == RC_EXPR_LOOKUP ? interpolate(e->args, e->n_args, x[0])
                                     : rc_op_eval(e->op, x[0], x[1], x[2]);
}

/* The shape of the whole is the widest of its parts; folds and the like set it afterwards. */
static rc_expr *finish(rc_expr *e) {
    for (size_t i = 0; i < e->n_args; i++) {
        if (e->args[i]->shape > e->shape)
            e->shape = e->args[i]->shape;
        if (e->args[i]->height >= e->height)
            e->height = e->args[i]->height + 1;
    }
    if (e->shape == RC_SHAPE_CONSTANT && (e->kind == RC_EXPR_OP || e->kind == RC_EXPR_LOOKUP))
        e->number = evaluate(e);
    return e;
}

static rc_expr *allocate(rc_check *c, rc_expr_kind kind, rc_mark mark, size_t n_args,
                         const rc_expr *const *args) {
    rc_expr *e = rc_arena_alloc(c->arena, sizeof *e + n_args * sizeof *args);
    const rc_expr **copy = (const rc_expr **)(e + 1);
    if (n_args > 0)
        memcpy(copy, args, n_args * sizeof *args);
    e->kind = kind;
    e->mark = mark;
    e->n_args = n_args;
    e->args = copy;
    return e;
}

rc_expr *rc_expr_new(rc_check *c, rc_expr_kind kind, rc_mark mark, size_t n_args,
                     const rc_expr *const *args) {
    return finish(allocate(c, kind, mark, n_args, args));
}

const rc_expr *rc_expr_number(rc_check *c, double value, rc_mark mark) {
    rc_expr *e = allocate(c, RC_EXPR_NUMBER, mark, 0, NULL);
    e->number = value;
    return e;
}

const rc_expr *rc_expr_op(rc_check *c, rc_op op, rc_mark mark, const rc_expr *a, const rc_expr *b,
                          const rc_expr *d) {
    const rc_expr *args[] = {a, b, d};
    rc_expr *e = allocate(c, RC_EXPR_OP, mark, (size_t)rc_op_arity(op), args);
    e->op = op;
    return finish(e);
}

const rc_expr *rc_expr_join(rc_check *c, rc_op op, rc_mark mark, const rc_expr *const *args,
                            size_t n) {
    if (n == 1)
        return args[0];
    const rc_expr *left = rc_expr_join(c, op, mark, args, n - n / 2);
    return rc_expr_op(c, op, mark, left, rc_expr_join(c, op, mark, args + n - n / 2, n / 2), NULL);
}

static const rc_expr *leaf(rc_check *c, rc_expr_kind kind, rc_shape shape, rc_mark mark) {
    rc_expr *e = allocate(c, kind, mark, 0, NULL);
    e->shape = shape;
    return e;
}

bool rc_expr_constant(const rc_expr *e, double *value) {
    if (e->shape != RC_SHAPE_CONSTANT)
        return false;
    *value = e->number;
    return true;
}

const rc_expr *rc_check_initial(const rc_entry *entry) {
    return entry->flow != NULL ? entry->flow->initial : entry->initial;
}

/* ---- One value a trial ---- */

/* The word that makes an expression change over time. */
static const rc_expr *culprit(const rc_expr *e) {
    for (size_t i = 0; e->kind != RC_EXPR_PREV && e->kind != RC_EXPR_CUMULATIVE && i < e->n_args;
         i++)
        if (e->args[i]->shape == RC_SHAPE_PERIOD)
            return culprit(e->args[i]);
    return e;
}

bool rc_check_trial(rc_check *c, const rc_expr *e, const char *where) {
    if (e->shape != RC_SHAPE_PERIOD)
        return true;
    const rc_expr *bad = culprit(e);
    const char *hint = "use last(...) or at(..., 1) of a series, or move the formula to `series`";
    const char *name = bad->entry != NULL ? bad->entry->name : "";
    const char *what = "this changes from period to period";
    switch (bad->kind) {
    case RC_EXPR_ENTRY:
        what = rc_arena_printf(c->arena, "`%s` is %s, with a value for every period", name,
                               rc_section_keys[bad->entry->section].title);
        hint = rc_arena_printf(c->arena, "use last(%s) or at(%s, 1)", name, name);
        break;
    case RC_EXPR_T: what = "`t` changes from period to period"; break;
    case RC_EXPR_TM: what = "`tm` changes from period to period"; break;
    case RC_EXPR_K: what = "`period` changes from period to period"; break;
    case RC_EXPR_DRAW: what = "this is drawn afresh in every period"; break;
    case RC_EXPR_PREV: what = "a value of the period before changes from period to period"; break;
    case RC_EXPR_CUMULATIVE: what = "`cumulative` has a value for every period"; break;
    case RC_EXPR_HAPPENED:
        what = rc_arena_printf(c->arena, "happened(%s) has a value for every period", name);
        hint = rc_arena_printf(c->arena, "use last(happened(%s))", name);
        break;
    case RC_EXPR_COUNT:
        what = rc_arena_printf(c->arena, "count(%s) has a value for every period", name);
        hint = rc_arena_printf(c->arena, "use sum(count(%s))", name);
        break;
    case RC_EXPR_RATE:
        what = rc_arena_printf(c->arena, "rate(%s) has a value for every period", name);
        hint = rc_arena_printf(c->arena, "use last(rate(%s))", name);
        break;
    default: break;
    }
    if (bad->of != NULL) {
        what = "a process has a value for every period";
        hint = "give it a name in `series`, and use last(...) or at(..., 1) of that";
    }
    if (c->frame == NULL && c->node != NULL && rc_function_at(c, bad->mark) != NULL)
        hint = rc_arena_printf(c->arena, "%s\ncalled from `%s`, line %u", hint,
                               c->node->entry->name, (unsigned)c->node->entry->mark.line);
    rc_check_error(c, bad->mark, hint, "%s, but %s needs one value a trial", what, where);
    return false;
}

/* ---- Names ---- */

static const rc_expr *resolve_reserved(rc_check *c, const rc_syn *syn) {
    static const struct {
        const char *name;
        rc_expr_kind kind;
    } words[] = {
        {"t", RC_EXPR_T},         {"tm", RC_EXPR_TM},        {"period", RC_EXPR_K},
        {"dt", RC_EXPR_NUMBER},   {"years", RC_EXPR_NUMBER}, {"pi", RC_EXPR_NUMBER},
        {"true", RC_EXPR_NUMBER}, {"false", RC_EXPR_NUMBER},
    };
    const char *name = syn->name;
    if (strcmp(name, "pi") == 0)
        return rc_expr_number(c, 3.14159265358979323846, syn->mark);
    if (strcmp(name, "true") == 0 || strcmp(name, "false") == 0)
        return rc_expr_number(c, name[0] == 't', syn->mark);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].name, name) != 0)
            continue;
        if (!c->has_timeline) {
            rc_check_error(c, syn->mark, "timeline: {years: 5, step: quarter}",
                           "`%s` needs a timeline, and this model has none", name);
            return NULL;
        }
        if (words[i].kind != RC_EXPR_NUMBER)
            return leaf(c, words[i].kind, RC_SHAPE_PERIOD, syn->mark);
        return rc_expr_number(c, name[0] == 'd' ? c->dt : c->top.years, syn->mark);
    }
    return NULL;
}

static const rc_expr *resolve_entry(rc_check *c, const rc_syn *syn, const rc_entry *entry) {
    if (entry->section == RC_RISKS) {
        rc_check_error(
            c, syn->mark,
            rc_arena_printf(c->arena, "use happened(%s) or count(%s)", entry->name, entry->name),
            "`%s` is a risk, which is no number", entry->name);
        return NULL;
    }
    rc_expr *e = allocate(c, RC_EXPR_ENTRY, syn->mark, 0, NULL);
    e->entry = entry;
    e->shape = RC_SHAPE_TRIAL;
    if (entry->section == RC_SERIES || entry->section == RC_BENEFITS || entry->section == RC_COSTS)
        e->shape = RC_SHAPE_PERIOD;
    else if (rc_is_constant(entry->value, &e->number))
        e->shape = RC_SHAPE_CONSTANT;
    return e;
}

static const rc_expr *resolve_name(rc_check *c, const rc_syn *syn) {
    bool later = false;
    const rc_expr *argument = rc_frame_find(c, syn->name, &later);
    if (argument != NULL)
        return argument;
    if (later) {
        rc_check_error(c, syn->mark, "a default may name the parameters before it",
                       "`%s` stands after the default that names it", syn->name);
        return NULL;
    }
    const rc_node *node = rc_check_find(c, syn->name);
    if (node != NULL && node->function != NULL) {
        rc_check_error(
            c, syn->mark,
            rc_arena_printf(c->arena, "call it: %s(%s)", syn->name, node->function->parameters),
            "`%s` is a function and needs arguments", syn->name);
        return NULL;
    }
    if (node != NULL)
        return resolve_entry(c, syn, node->entry);
    if (rc_name_reserved(syn->name)) {
        const rc_expr *e = resolve_reserved(c, syn);
        if (e == NULL && c->has_timeline)
            rc_check_error(c, syn->mark, NULL, "`%s` is no value", syn->name);
        return e;
    }
    const rc_metric_type *metric = rc_metric_find(syn->name);
    if (metric != NULL && !c->has_flows) {
        rc_check_error(c, syn->mark, "add `benefits` and `costs`",
                       "`%s` needs lines of money, and this model has none", syn->name);
        return NULL;
    }
    if (metric != NULL && !c->node->top && c->node->entry->section == RC_OUTPUTS) {
        rc_expr *e = allocate(c, RC_EXPR_METRIC, syn->mark, 0, NULL);
        e->shape = RC_SHAPE_TRIAL;
        e->metric = metric;
        return e;
    }
    if (metric != NULL)
        rc_check_error(c, syn->mark, "use it in a formula of `outputs`",
                       "`%s` is known only after a trial is complete", syn->name);
    else if (rc_func_find(syn->name) != NULL || rc_dist_find(syn->name) != NULL)
        rc_check_error(c, syn->mark, rc_arena_printf(c->arena, "call it: %s(...)", syn->name),
                       "`%s` is a function and needs arguments", syn->name);
    else
        rc_check_error(c, syn->mark, rc_check_nearest(c, syn->name, false, NULL),
                       "unknown name `%.60s`", syn->name);
    return NULL;
}

/* ---- Operators ---- */

static const rc_expr *resolve_op(rc_check *c, const rc_syn *syn) {
    static const struct {
        const char *symbol;
        size_t n;
        rc_op op;
        bool swap;
    } operators[] = {
        {"+", 2, RC_OP_add, false}, {"-", 2, RC_OP_sub, false},   {"*", 2, RC_OP_mul, false},
        {"/", 2, RC_OP_div, false}, {"^", 2, RC_OP_pow, false},   {"<", 2, RC_OP_lt, false},
        {"<=", 2, RC_OP_le, false}, {">", 2, RC_OP_lt, true},     {">=", 2, RC_OP_le, true},
        {"==", 2, RC_OP_eq, false}, {"!=", 2, RC_OP_ne, false},   {"and", 2, RC_OP_and, false},
        {"or", 2, RC_OP_or, false}, {"not", 1, RC_OP_not, false}, {"-", 1, RC_OP_neg, false},
    };
    if (strcmp(syn->name, "to") == 0)
        return rc_resolve_draw(c, syn, rc_dist_find("interval"), false);
    const rc_expr *a = rc_resolve(c, syn->args[0]);
    const rc_expr *b = syn->n == 2 ? rc_resolve(c, syn->args[1]) : NULL;
    if (a == NULL || (syn->n == 2 && b == NULL))
        return NULL;
    if (syn->n == 1 && strcmp(syn->name, "+") == 0)
        return a;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (operators[i].n == syn->n && strcmp(operators[i].symbol, syn->name) == 0)
            return operators[i].swap ? rc_expr_op(c, operators[i].op, syn->mark, b, a, NULL)
                                     : rc_expr_op(c, operators[i].op, syn->mark, a, b, NULL);
    assert(!"an operator that the parser knows and the checker does not");
    return NULL;
}

static const rc_expr *resolve(rc_check *c, const rc_syn *syn) {
    switch (syn->kind) {
    case RC_SYN_NUMBER: return rc_expr_number(c, syn->number, syn->mark);
    case RC_SYN_NAME: return resolve_name(c, syn);
    case RC_SYN_CALL: return rc_resolve_call(c, syn);
    case RC_SYN_OP: return resolve_op(c, syn);
    case RC_SYN_TEXT:
        rc_check_error(c, syn->mark, NULL, "the text \"%.40s\" stands where a number is needed",
                       syn->name);
        return NULL;
    case RC_SYN_LIST:
        rc_check_error(c, syn->mark, NULL, "a list stands where a number is needed");
        return NULL;
    }
    return NULL;
}

const rc_expr *rc_resolve(rc_check *c, const rc_syn *syn) {
    if (c->frame != NULL && !rc_frame_allows(c, syn))
        return NULL;
    c->depth++;
    const rc_expr *e = resolve(c, syn);
    c->depth--;
    return e;
}

void rc_check_resolve(rc_check *c, rc_node *node, unsigned part) {
    if (node->function != NULL)
        return; /* its body is resolved where it is called */
    c->node = node;
    for (size_t i = 0; i < node->n_fields; i++) {
        rc_field *field = &node->fields[i];
        if (field->part != part || field->syn == NULL)
            continue;
        c->field = field;
        const rc_expr *e = rc_resolve(c, field->syn);
        if (e != NULL && !field->series_ok) {
            const char *where = strcmp(field->key, "value") != 0
                                    ? rc_arena_printf(c->arena, "`%s`", field->key)
                                    : rc_section_keys[node->entry->section].title;
            if (!rc_check_trial(c, e, where))
                e = NULL;
        }
        if (e != NULL && e->shape == RC_SHAPE_CONSTANT && !isfinite(e->number)) {
            rc_check_error(c, e->mark, NULL, "%s",
                           isnan(e->number) ? "the result is no number, as with 0 / 0 or log(-1)"
                                            : "the result is infinite, as with a division by 0");
            e = NULL;
        }
        node->bad = node->bad || e == NULL;
        *field->out = e;
    }
    c->node = NULL;
    c->field = NULL;
}
