/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distributions in formulas: arguments into the slots of a form, and, where nothing in it varies,
 * the instance itself, so that impossible parameters are found before anything runs. */
#include "model/check.h"
#include "model/csv.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/** A draw while it is made. */
typedef struct maker {
    rc_check *c;
    rc_draw *draw;
    const rc_dist_form *form;
    const rc_syn **given; /**< [n_slots] what was written, NULL where left out */
    const rc_expr **numbers;
    const rc_expr *const **lists, *const **lists2;
    const rc_draw *const **shapes;
    size_t *list_n, *shapes_n;
    rc_mark mark;
    bool ok, varies;
    rc_shape shape;
    uint32_t height; /**< of the highest parameter */
} maker;

static const rc_draw *make(rc_check *c, const rc_syn *syn, const rc_dist_type *type);

static bool is_interval(const rc_syn *syn) {
    return syn->kind == RC_SYN_OP && strcmp(syn->name, "to") == 0;
}

/* ---- Arguments ---- */

static const rc_expr *parameter(maker *m, const rc_syn *syn) {
    const rc_expr *e = rc_resolve(m->c, syn);
    if (e == NULL) {
        m->ok = false;
        return NULL;
    }
    if (e->shape > m->shape)
        m->shape = e->shape;
    if (e->height > m->height)
        m->height = e->height;
    m->varies = m->varies || e->shape != RC_SHAPE_CONSTANT;
    return e;
}

static void wrong_kind(maker *m, size_t slot, const rc_syn *syn, const char *example) {
    rc_check_error(m->c, syn->mark, example, "%s: `%s` must be %s", m->draw->type->name,
                   m->form->slots[slot].name,
                   m->form->slots[slot].kind == RC_SLOT_TEXT     ? "a text in quotes"
                   : m->form->slots[slot].kind == RC_SLOT_PAIRS  ? "a list of pairs"
                   : m->form->slots[slot].kind == RC_SLOT_NUMBER ? "a number"
                                                                 : "a list");
    m->ok = false;
}

static void read_list(maker *m, size_t slot, const rc_syn *syn) {
    if (syn->kind != RC_SYN_LIST) {
        wrong_kind(m, slot, syn, "[1, 2, 3]");
        return;
    }
    const rc_expr **list = RC_NEW(m->c->arena, const rc_expr *, syn->n);
    for (size_t i = 0; i < syn->n; i++)
        list[i] = parameter(m, syn->args[i]);
    m->lists[slot] = list;
    m->list_n[slot] = syn->n;
}

static void read_pairs(maker *m, size_t slot, const rc_syn *syn) {
    static const char example[] = "[[10, 0], [20, 0.5], [40, 1]]";
    if (syn->kind != RC_SYN_LIST) {
        wrong_kind(m, slot, syn, example);
        return;
    }
    const rc_expr **first = RC_NEW(m->c->arena, const rc_expr *, syn->n);
    const rc_expr **second = RC_NEW(m->c->arena, const rc_expr *, syn->n);
    for (size_t i = 0; i < syn->n; i++) {
        const rc_syn *pair = syn->args[i];
        if (pair->kind != RC_SYN_LIST || pair->n != 2) {
            wrong_kind(m, slot, pair, example);
            return;
        }
        first[i] = parameter(m, pair->args[0]);
        second[i] = parameter(m, pair->args[1]);
    }
    m->lists[slot] = first;
    m->lists2[slot] = second;
    m->list_n[slot] = syn->n;
}

/* ---- Shapes: distributions that are not drawn ---- */

static const rc_draw *constant_shape(rc_check *c, const rc_syn *syn, double x) {
    rc_syn number = {.kind = RC_SYN_NUMBER, .mark = syn->mark, .number = x};
    rc_syn *item = &number, list = {.kind = RC_SYN_LIST, .mark = syn->mark, .n = 1, .args = &item};
    rc_syn *arg = &list,
           call = {
               .kind = RC_SYN_CALL, .mark = syn->mark, .name = "discrete", .n = 1, .args = &arg};
    return make(c, &call, rc_dist_find("discrete"));
}

static const rc_draw *shape(maker *m, const rc_syn *syn) {
    rc_check *c = m->c;
    const rc_dist_type *type = is_interval(syn)           ? rc_dist_find("interval")
                               : syn->kind == RC_SYN_CALL ? rc_dist_find(syn->name)
                                                          : NULL;
    const rc_draw *child = NULL;
    double x;
    if (type != NULL) {
        child = make(c, syn, type);
    } else if (syn->kind == RC_SYN_NAME) {
        rc_check_error(c, syn->mark, "write the distribution itself: normal(0, 1)",
                       "in %s a distribution stands, not a draw such as `%.40s`",
                       m->draw->type->name, syn->name);
    } else {
        const rc_expr *e = rc_resolve(c, syn);
        if (e != NULL && rc_expr_constant(e, &x))
            child = constant_shape(c, syn, x);
        else if (e != NULL)
            rc_check_error(c, syn->mark, "write the distribution itself: normal(0, 1)",
                           "in %s a distribution stands, not a formula with draws",
                           m->draw->type->name);
    }
    m->ok = m->ok && child != NULL;
    m->varies = m->varies || child == NULL || child->constant == NULL;
    return child;
}

static void read_shapes(maker *m, size_t slot, const rc_syn *syn) {
    bool many = m->form->slots[slot].kind == RC_SLOT_SHAPES;
    if (many != (syn->kind == RC_SYN_LIST)) {
        if (many)
            wrong_kind(m, slot, syn, "[normal(0, 1), uniform(2, 3)]");
        else
            rc_check_error(m->c, syn->mark, NULL, "%s: `%s` must be one distribution",
                           m->draw->type->name, m->form->slots[slot].name);
        m->ok = false;
        return;
    }
    size_t n = many ? syn->n : 1;
    const rc_draw **shapes = RC_NEW(m->c->arena, const rc_draw *, n);
    for (size_t i = 0; i < n; i++)
        shapes[i] = shape(m, many ? syn->args[i] : syn);
    m->shapes[slot] = shapes;
    m->shapes_n[slot] = n;
}

/* ---- The instance ---- */

static double *values_of(rc_check *c, const rc_expr *const *list, size_t n) {
    double *x = RC_NEW(c->arena, double, n);
    for (size_t i = 0; list != NULL && i < n; i++)
        x[i] = list[i]->number;
    return x;
}

/* The argument that a message of rc_dist_build speaks of: the first of our parameters in it. */
static rc_mark blame(const maker *m, const char *message) {
    rc_mark mark = m->mark;
    const char *nearest = NULL;
    for (size_t i = 0; i < m->form->n_slots; i++) {
        if (m->given[i] == NULL)
            continue;
        char name[40], percent[8];
        const char *text = m->form->slots[i].name;
        if (m->draw->prob[i] > 0) {
            snprintf(percent, sizeof percent, "p%.0f", 100 * m->draw->prob[i]);
            text = percent;
        }
        snprintf(name, sizeof name, " %s ", text);
        const char *found = strstr(message, name);
        if (found != NULL && (nearest == NULL || found < nearest)) {
            nearest = found;
            mark = m->given[i]->mark;
        }
    }
    return mark;
}

static void build(maker *m) {
    rc_check *c = m->c;
    rc_draw *draw = m->draw;
    const rc_dist_form *form = m->form, *canonical = &draw->type->forms[0];
    double x[RC_DIST_MAX_SLOTS] = {0}, out[RC_DIST_MAX_SLOTS] = {0};
    rc_dist_value values[RC_DIST_MAX_SLOTS] = {0};
    rc_error err = {0};
    for (size_t i = 0; i < form->n_slots; i++)
        x[i] = m->numbers[i] != NULL ? m->numbers[i]->number : form->slots[i].fallback;
    rc_status status = rc_dist_solve(draw->type, draw->form, x, draw->prob, draw->widen, out, &err);
    for (size_t i = 0; i < canonical->n_slots; i++) {
        values[i].number = out[i];
        if (draw->form != 0)
            continue; /* forms that are solved have numbers only */
        if (m->lists[i] != NULL) {
            values[i].n = m->list_n[i];
            values[i].list = values_of(c, m->lists[i], m->list_n[i]);
        }
        if (m->lists2[i] != NULL)
            values[i].list2 = values_of(c, m->lists2[i], m->list_n[i]);
        if (m->shapes[i] != NULL) {
            const rc_dist **shapes = RC_NEW(c->arena, const rc_dist *, m->shapes_n[i]);
            for (size_t k = 0; k < m->shapes_n[i]; k++)
                shapes[k] = m->shapes[i][k]->constant;
            values[i].shapes = shapes;
            values[i].n = m->shapes_n[i];
        }
    }
    if (draw->data != NULL) {
        values[0].list = draw->data;
        values[0].n = draw->n_data;
        values[2].number = draw->tagged;
    }
    rc_dist *built = NULL;
    if (status == RC_OK)
        status = rc_dist_build(draw->type, values, c->arena, &built, &err);
    draw->constant = built;
    if (status != RC_OK) {
        const char *message = err.message; /* of `a to b`: its own name is not written there */
        static const char prefix[] = "interval: ";
        if (strncmp(message, prefix, sizeof prefix - 1) == 0)
            message = rc_arena_printf(c->arena, "`to`: %s", message + sizeof prefix - 1);
        rc_check_error(c, blame(m, message), NULL, "%s", message);
        m->ok = false;
    }
}

/* ---- Draws ---- */

static void prepare(maker *m) {
    rc_arena *arena = m->c->arena;
    size_t n = m->form->n_slots;
    m->given = RC_NEW(arena, const rc_syn *, n);
    m->draw->numbers = m->numbers = RC_NEW(arena, const rc_expr *, n);
    m->draw->lists = m->lists = RC_NEW(arena, const rc_expr *const *, n);
    m->draw->lists2 = m->lists2 = RC_NEW(arena, const rc_expr *const *, n);
    m->draw->shapes = m->shapes = RC_NEW(arena, const rc_draw *const *, n);
    m->draw->list_n = m->list_n = RC_NEW(arena, size_t, n);
    m->draw->shapes_n = m->shapes_n = RC_NEW(arena, size_t, n);
}

static void read_slot(maker *m, size_t slot, const rc_syn *syn) {
    m->given[slot] = syn;
    switch (m->form->slots[slot].kind) {
    case RC_SLOT_NUMBER:
        if (syn->kind == RC_SYN_LIST || syn->kind == RC_SYN_TEXT)
            wrong_kind(m, slot, syn, NULL);
        else
            m->numbers[slot] = parameter(m, syn);
        break;
    case RC_SLOT_LIST: read_list(m, slot, syn); break;
    case RC_SLOT_PAIRS: read_pairs(m, slot, syn); break;
    case RC_SLOT_SHAPE:
    case RC_SLOT_SHAPES: read_shapes(m, slot, syn); break;
    case RC_SLOT_TEXT:
        if (syn->kind != RC_SYN_TEXT)
            wrong_kind(m, slot, syn, "file=\"data.csv\"");
        break;
    }
}

/* a to b */
static void read_interval(maker *m, const rc_syn *syn) {
    rc_check *c = m->c;
    double *prob = RC_NEW(c->arena, double, m->form->n_slots);
    for (size_t i = 0; i < m->form->n_slots; i++)
        prob[i] = NAN;
    m->draw->prob = prob;
    read_slot(m, 0, syn->args[0]);
    read_slot(m, 1, syn->args[1]);
    m->numbers[2] = rc_expr_number(c, c->node->confidence, syn->mark);
    m->numbers[3] = rc_expr_number(c, c->node->overconfidence, syn->mark);
}

static const char *usage(rc_check *c, const rc_dist_type *type) {
    const char *text = rc_arena_printf(c->arena, "%s(", type->name);
    for (size_t i = 0; i < type->forms[0].n_slots; i++)
        text = rc_arena_printf(c->arena, "%s%s%s", text, i > 0 ? ", " : "",
                               type->forms[0].slots[i].name);
    return rc_arena_printf(c->arena, "%s)", text);
}

static bool read_call(maker *m, const rc_syn *syn) {
    rc_check *c = m->c;
    const rc_dist_type *type = m->draw->type;
    size_t *slot_of = RC_NEW(c->arena, size_t, syn->n);
    double *given = RC_NEW(c->arena, double, syn->n);
    const char *const *names = (const char *const *)syn->arg_names;
    if (names == NULL)
        names = RC_NEW(c->arena, const char *, syn->n);
    rc_error err = {0};
    if (rc_dist_match(type, names, syn->n, &m->draw->form, slot_of, given, &err) != RC_OK) {
        bool helped =
            strstr(err.message, "takes") != NULL || strstr(err.message, "did you") != NULL;
        rc_check_error(c, syn->mark, helped ? NULL : usage(c, type), "%s", err.message);
        return false;
    }
    m->form = &type->forms[m->draw->form];
    prepare(m);
    double *prob = RC_NEW(c->arena, double, m->form->n_slots);
    for (size_t i = 0; i < m->form->n_slots; i++)
        prob[i] = NAN;
    for (size_t i = 0; i < syn->n; i++)
        prob[slot_of[i]] = given[i];
    m->draw->prob = prob;
    for (size_t i = 0; i < syn->n; i++)
        read_slot(m, slot_of[i], syn->args[i]);
    return true;
}

/* The file of empirical(file=, column=, rows=). */
static void read_data(maker *m) {
    rc_check *c = m->c;
    rc_draw *draw = m->draw;
    const rc_syn *file = m->given[0], *column = m->given[1], *rows = m->given[2];
    if (!m->ok)
        return;
    if (!rc_csv_column(file->name, file->mark, column != NULL ? column->name : NULL,
                       column != NULL ? column->mark : file->mark, c->diags, &draw->data,
                       &draw->n_data)) {
        c->node->bad = true;
        m->ok = false;
        return;
    }
    draw->tagged = rows != NULL;
    if (rows != NULL)
        draw->stream = rc_arena_printf(c->arena, "rows:%s", rows->name);
}

static maker make_draw(rc_check *c, const rc_syn *syn, const rc_dist_type *type) {
    maker m = {.c = c, .ok = true, .mark = syn->mark, .shape = RC_SHAPE_TRIAL};
    m.draw = RC_NEW(c->arena, rc_draw, 1);
    m.draw->type = type;
    m.draw->widen = c->node->overconfidence;
    m.draw->mark = syn->mark;
    m.draw->entry = c->node->entry;
    m.form = &type->forms[0];
    if (is_interval(syn)) {
        prepare(&m);
        read_interval(&m, syn);
    } else if (!read_call(&m, syn)) {
        m.ok = false;
        return m;
    }
    if (strcmp(type->name, "empirical") == 0)
        read_data(&m);
    if (m.ok && !m.varies)
        build(&m);
    return m;
}

static const rc_draw *make(rc_check *c, const rc_syn *syn, const rc_dist_type *type) {
    maker m = make_draw(c, syn, type);
    if (m.ok && m.draw->tagged) {
        rc_check_error(c, syn->mark, NULL, "rows= has no place in a distribution inside another");
        return NULL;
    }
    return m.ok ? m.draw : NULL;
}

const rc_expr *rc_resolve_draw(rc_check *c, const rc_syn *syn, const rc_dist_type *type,
                               bool each) {
    rc_field *field = c->field;
    size_t place = field->n_draws; /* parameters that are drawn themselves come after it */
    field->draws = rc_arena_grow(c->arena, field->draws, &field->draws_capacity, field->n_draws + 1,
                                 sizeof *field->draws);
    field->draws[field->n_draws++] = NULL;
    maker m = make_draw(c, syn, type);
    if (!m.ok)
        return NULL;
    m.draw->each = each;
    field->draws[place] = m.draw;
    rc_expr *e = rc_expr_new(c, RC_EXPR_DRAW, syn->mark, 0, NULL);
    e->draw = m.draw;
    e->shape = each ? RC_SHAPE_PERIOD : m.shape;
    e->height = m.height + 1;
    return e;
}
