/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levers: inputs that the user controls, `{range: [4, 60], start: 16, step: 1}` or
 * `{choices: [1, 2, 5], start: 2}`. A run holds each at its start. */
#include "model/check.h"

#include <math.h>
#include <string.h>

static const char example[] = "{range: [4, 60], start: 16, step: 1}, or {choices: [1, 2, 5], "
                              "start: 2}";

void rc_lever_start(rc_check *c, rc_node *node) {
    node->lever = RC_NEW(c->arena, rc_lever, 1);
    node->entry->lever = node->lever;
}

static bool read_range(rc_check *c, rc_lever *lever, const rc_yaml *y) {
    if (y->kind != RC_YAML_LIST || y->n != 2) {
        rc_check_error(c, y->mark, "range: [4, 60]",
                       "`range` must be a list of the smallest and the largest value");
        return false;
    }
    if (!rc_check_number(c, "range", y->items[0], &lever->low) ||
        !rc_check_number(c, "range", y->items[1], &lever->high))
        return false;
    if (lever->low < lever->high)
        return true;
    rc_check_error(c, y->items[1]->mark, NULL, "`range` ends at %.10g, which must lie above %.10g",
                   lever->high, lever->low);
    return false;
}

static bool read_choices(rc_check *c, rc_lever *lever, const rc_yaml *y) {
    if (y->kind != RC_YAML_LIST || y->n < 2) {
        rc_check_error(c, y->mark, "choices: [1, 2, 5]",
                       "`choices` must be a list of two numbers or more");
        return false;
    }
    double *x = RC_NEW(c->arena, double, y->n);
    for (size_t i = 0; i < y->n; i++) {
        if (!rc_check_number(c, "choices", y->items[i], &x[i]))
            return false;
        for (size_t k = 0; k < i; k++)
            if (x[k] == x[i]) {
                rc_check_error(c, y->items[i]->mark, NULL, "`choices` has %.10g twice", x[i]);
                return false;
            }
        lever->low = i == 0 || x[i] < lever->low ? x[i] : lever->low;
        lever->high = i == 0 || x[i] > lever->high ? x[i] : lever->high;
    }
    lever->choices = x;
    lever->n_choices = y->n;
    return true;
}

/* ---- The start and the grid ---- */

/* 0.1 + 3 * 0.1 is not 0.4: a start is on the grid within this share of a step. */
static const double tolerance = 1e-6;

static bool check_step(rc_check *c, const rc_lever *lever, const rc_yaml *step) {
    double width = lever->high - lever->low;
    if (!(lever->step > 0 && lever->step <= width)) {
        rc_check_error(c, step->mark, NULL,
                       "`step` is %.10g; it must be above 0 and at most %.10g, the whole range",
                       lever->step, width);
        return false;
    }
    return true;
}

static void check_start(rc_check *c, const rc_lever *lever, const rc_yaml *start) {
    double x = lever->start;
    if (lever->n_choices > 0) {
        for (size_t i = 0; i < lever->n_choices; i++)
            if (lever->choices[i] == x)
                return;
        rc_check_error(c, start->mark, NULL, "`start` is %.10g, which is not among `choices`", x);
        return;
    }
    if (!(x >= lever->low && x <= lever->high)) {
        rc_check_error(c, start->mark, NULL, "`start` is %.10g; the range is %.10g to %.10g", x,
                       lever->low, lever->high);
        return;
    }
    double steps = lever->step > 0 ? (x - lever->low) / lever->step : 0;
    double below = lever->low + floor(steps) * lever->step;
    if (fabs(steps - rint(steps)) > tolerance)
        rc_check_error(c, start->mark,
                       below + lever->step <= lever->high
                           ? rc_arena_printf(c->arena, "%.10g or %.10g", below, below + lever->step)
                           : rc_arena_printf(c->arena, "%.10g", below),
                       "`start` is %.10g, which is no whole number of steps of %.10g from %.10g", x,
                       lever->step, lever->low);
}

static bool read_values(rc_check *c, rc_node *node) {
    const rc_yaml *body = node->body, *range = rc_yaml_get(body, "range");
    const rc_yaml *choices = rc_yaml_get(body, "choices"), *step = rc_yaml_get(body, "step");
    if (range != NULL && choices != NULL) {
        rc_check_error(c, choices->mark, "keep one of them",
                       "the lever `%s` has both `range` and `choices`", node->entry->name);
        return false;
    }
    if (range == NULL && choices == NULL) {
        rc_check_error(c, node->entry->mark, example,
                       "the lever `%s` has neither `range` nor `choices`", node->entry->name);
        return false;
    }
    if (step != NULL && choices != NULL) {
        rc_check_error(c, step->mark, NULL, "`step` has no place beside `choices`");
        return false;
    }
    if (choices != NULL)
        return read_choices(c, node->lever, choices);
    return read_range(c, node->lever, range) && (step == NULL || check_step(c, node->lever, step));
}

void rc_lever_finish(rc_check *c, rc_node *node) {
    rc_entry *entry = node->entry;
    const rc_yaml *body = node->body;
    entry->value = rc_expr_number(c, node->lever->start, entry->mark);
    if (body->kind != RC_YAML_MAP) {
        rc_check_error(c, body->mark, example, "the lever `%s` needs more than its value",
                       entry->name);
        return;
    }
    if (node->bad || !read_values(c, node))
        return;
    const rc_yaml *start = rc_yaml_get(body, "start");
    if (start == NULL) {
        rc_check_error(c, entry->mark, example, "the lever `%s` has no `start`, its value in a run",
                       entry->name);
        return;
    }
    entry->text = start->text;
    check_start(c, node->lever, start);
}
