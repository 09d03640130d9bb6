/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the texts of oracles, "truncate(normal(0, 1), lower=-1)", and builds the instance: a small
 * reader for tests, with constants only and no units. */
#ifndef RC_TESTS_PARSE_DIST_H
#define RC_TESTS_PARSE_DIST_H

#include "core/arena.h"
#include "dist/dist.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARSE_MAX_ARGS = 16, PARSE_MAX_LIST = 64 };

/** A call as read: what rc_dist_build gets, so that a test can spoil one value and build again. */
typedef struct parsed_dist {
    const rc_dist_type *type;
    rc_dist_value values[RC_DIST_MAX_SLOTS];
    rc_dist *dist; /**< NULL when it was refused */
} parsed_dist;

static rc_status parse_dist(const char **text, rc_arena *arena, parsed_dist *out, rc_error *err);

static void parse_spaces(const char **s) {
    while (**s == ' ')
        ++*s;
}

static bool parse_token(const char **s, char c) {
    parse_spaces(s);
    if (**s != c)
        return false;
    ++*s;
    parse_spaces(s);
    return true;
}

static bool parse_is_number(const char *s) {
    return !isalpha((unsigned char)*s) || strncmp(s, "nan", 3) == 0 || strncmp(s, "inf", 3) == 0;
}

static double parse_number(const char **s) {
    char *end;
    double x = strtod(*s, &end);
    if (end == *s) {
        fprintf(stderr, "test text: a number is needed at \"%s\"\n", *s);
        abort();
    }
    *s = end;
    return x;
}

static rc_status parse_shape(const char **s, rc_arena *arena, const rc_dist **shape,
                             rc_error *err) {
    parsed_dist inner;
    rc_status status = parse_dist(s, arena, &inner, err);
    *shape = inner.dist;
    return status;
}

static const rc_dist *parse_constant(double x, rc_arena *arena) {
    rc_dist_value values[RC_DIST_MAX_SLOTS] = {{.number = NAN, .list = &x, .n = 1},
                                               {.number = NAN}};
    rc_dist *d;
    rc_dist_build(rc_dist_find("discrete"), values, arena, &d, NULL);
    return d;
}

/* 3 or normal(0, 1) or [1, 2] or [[1, 0], [2, 1]] or [normal(0, 1), 3] */
static rc_status parse_value(const char **s, rc_arena *arena, rc_dist_value *v, rc_error *err) {
    double *list = RC_NEW(arena, double, PARSE_MAX_LIST), *list2 = NULL;
    const rc_dist **shapes = RC_NEW(arena, const rc_dist *, PARSE_MAX_LIST);
    bool any_shape = false;
    rc_status status = RC_OK;
    *v = (rc_dist_value){.number = NAN};
    if (**s != '[' && parse_is_number(*s)) {
        v->number = parse_number(s);
        return RC_OK;
    }
    if (**s != '[') {
        v->shapes = shapes;
        v->n = 1;
        return parse_shape(s, arena, &shapes[0], err);
    }
    for (parse_token(s, '['); !parse_token(s, ']') && status == RC_OK; parse_token(s, ',')) {
        if (parse_token(s, '[')) {
            list2 = list2 != NULL ? list2 : RC_NEW(arena, double, PARSE_MAX_LIST);
            list[v->n] = parse_number(s);
            parse_token(s, ',');
            list2[v->n] = parse_number(s);
            parse_token(s, ']');
        } else if (parse_is_number(*s)) {
            list[v->n] = parse_number(s);
        } else {
            any_shape = true;
            status = parse_shape(s, arena, &shapes[v->n], err);
        }
        v->n++;
    }
    v->list = list;
    v->list2 = list2;
    v->shapes = any_shape ? shapes : NULL;
    return status;
}

/* Lists of shapes have no numbers, and numbers among shapes are constants. */
static void parse_fit_slot(rc_dist_value *v, rc_slot_kind kind, rc_arena *arena) {
    if (kind == RC_SLOT_SHAPES || kind == RC_SLOT_SHAPE) {
        const rc_dist **shapes = RC_NEW(arena, const rc_dist *, v->n);
        for (size_t i = 0; i < v->n; i++)
            shapes[i] = v->shapes != NULL && v->shapes[i] != NULL
                            ? v->shapes[i]
                            : parse_constant(v->list[i], arena);
        v->shapes = shapes;
        v->list = NULL;
    }
}

static rc_status parse_fill(parsed_dist *out, const rc_dist_value *args, size_t n, size_t form,
                            const size_t *slot_of, const double *prob, rc_arena *arena,
                            rc_error *err) {
    const rc_dist_form *f = &out->type->forms[form], *canonical = &out->type->forms[0];
    double x[RC_DIST_MAX_SLOTS], p[RC_DIST_MAX_SLOTS], solved[RC_DIST_MAX_SLOTS];
    for (size_t s = 0; s < canonical->n_slots; s++)
        out->values[s] = (rc_dist_value){
            .number = canonical->slots[s].optional ? canonical->slots[s].fallback : NAN};
    for (size_t s = 0; s < f->n_slots; s++) {
        x[s] = f->slots[s].optional ? f->slots[s].fallback : NAN;
        p[s] = NAN;
    }
    for (size_t i = 0; i < n; i++) {
        x[slot_of[i]] = args[i].number;
        p[slot_of[i]] = prob[i];
        if (form == 0) {
            out->values[slot_of[i]] = args[i];
            parse_fit_slot(&out->values[slot_of[i]], f->slots[slot_of[i]].kind, arena);
        }
    }
    if (form == 0)
        return RC_OK;
    for (size_t s = 0; s < RC_DIST_MAX_SLOTS; s++)
        solved[s] = NAN;
    rc_status status = rc_dist_solve(out->type, form, x, p, 1, solved, err);
    for (size_t s = 0; s < canonical->n_slots && status == RC_OK; s++)
        out->values[s].number = solved[s];
    return status;
}

/** Read and build; texts that are not calls abort the test program. */
static rc_status parse_dist(const char **text, rc_arena *arena, parsed_dist *out, rc_error *err) {
    const char *names[PARSE_MAX_ARGS];
    rc_dist_value args[PARSE_MAX_ARGS];
    size_t n = 0, form, slot_of[PARSE_MAX_ARGS];
    double prob[PARSE_MAX_ARGS];
    size_t length = strcspn(*text, "(");
    *out = (parsed_dist){.type = rc_dist_find(rc_arena_strndup(arena, *text, length))};
    if (out->type == NULL || (*text)[length] != '(') {
        fprintf(stderr, "test text: no such distribution: \"%s\"\n", *text);
        abort();
    }
    *text += length;
    rc_status status = RC_OK;
    for (parse_token(text, '('); !parse_token(text, ')') && status == RC_OK;
         parse_token(text, ',')) {
        size_t word = strspn(*text, "abcdefghijklmnopqrstuvwxyz_0123456789");
        names[n] = NULL;
        if ((*text)[word] == '=') {
            names[n] = rc_arena_strndup(arena, *text, word);
            *text += word + 1;
        }
        status = parse_value(text, arena, &args[n++], err);
    }
    if (status == RC_OK)
        status = rc_dist_match(out->type, names, n, &form, slot_of, prob, err);
    if (status == RC_OK)
        status = parse_fill(out, args, n, form, slot_of, prob, arena, err);
    if (status == RC_OK)
        status = rc_dist_build(out->type, out->values, arena, &out->dist, err);
    return status;
}

#endif
