/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A grid shows the shape, bisection finds the place: a chance is a step function of few parts in a
 * hundred thousand, for which faster methods gain nothing. */
#include "decide/goal.h"

#include <math.h>

/* Above 0: short of the goal by so much. */
static double gap(const rc_goal *g, double y) {
    return g->at_most ? y - g->bound : g->bound - y;
}

static double half(rc_estimate e) {
    return isfinite(e.high - e.low) ? 0.5 * (e.high - e.low) : 0;
}

/* From one number to the next; infinite ones are alike. */
static double rise(double from, double to) {
    return from == to ? 0 : to - from;
}

/* How steep it is between grid points `at` - 1 and `at`, or beside them where one of these is
 * infinite; NaN: all are */
static double slope_near(const rc_goal *g, size_t at) {
    const size_t right[] = {at, at + 1, at - 1};
    for (size_t i = 0; i < 3; i++) {
        if (right[i] < 1 || right[i] >= RC_GOAL_GRID)
            continue;
        const rc_goal_point *a = &g->grid[right[i] - 1], *b = &g->grid[right[i]];
        if (isfinite(a->y.value) && isfinite(b->y.value))
            return (b->y.value - a->y.value) / (b->x - a->x);
    }
    return NAN;
}

static rc_status ask(rc_goal_number *number, void *data, double x, rc_estimate *y, rc_error *err) {
    rc_status status = number(data, x, y, err);
    if (status == RC_OK && isnan(y->value))
        return rc_fail(err, RC_INPUT,
                       "the target has no value where the input is %.6g: say where to look by "
                       "--from and --to",
                       x);
    return status;
}

static void look_at_grid(rc_goal *g) {
    double trend = rise(g->grid[0].y.value, g->grid[RC_GOAL_GRID - 1].y.value);
    size_t met = 0;
    g->monotone = true;
    for (size_t i = 0; i < RC_GOAL_GRID; i++) {
        met += gap(g, g->grid[i].y.value) <= 0;
        if (gap(g, g->grid[i].y.value) < gap(g, g->grid[g->best].y.value))
            g->best = i;
        if (i == 0)
            continue;
        rc_estimate before = g->grid[i - 1].y, now = g->grid[i].y;
        double against = rise(before.value, now.value) * (trend < 0 ? 1 : -1);
        g->monotone = g->monotone && against <= half(before) + half(now);
        g->crossings += (gap(g, before.value) <= 0) != (gap(g, now.value) <= 0);
    }
    g->always = met == RC_GOAL_GRID;
    g->never = met == 0;
}

/* Between grid points `at` - 1 and `at`, of which one meets the goal. */
static rc_status bisect(rc_goal *g, size_t at, rc_goal_number *number, void *data, rc_error *err) {
    rc_goal_point a = g->grid[at - 1], b = g->grid[at];
    const bool met = gap(g, a.y.value) <= 0;
    const double slope = slope_near(g, at);
    g->upwards = !met;
    for (int i = 0; i < RC_GOAL_BISECTIONS; i++) {
        rc_goal_point middle = {.x = 0.5 * (a.x + b.x)};
        rc_status status = ask(number, data, middle.x, &middle.y, err);
        if (status != RC_OK)
            return status;
        if ((gap(g, middle.y.value) <= 0) == met)
            a = middle;
        else
            b = middle;
    }
    rc_goal_point found = met ? a : b; /* the side on which the goal is met */
    double error = half(found.y) > 0 && !isnan(slope) ? half(found.y) / fabs(slope) : 0;
    double width = error + fabs(b.x - a.x);
    g->y = found.y;
    g->x = (rc_estimate){found.x, found.x - width, found.x + width};
    return RC_OK;
}

rc_status rc_goal_seek(rc_goal *g, rc_goal_number *number, void *data, rc_error *err) {
    rc_status status = RC_OK;
    g->best = g->crossings = 0;
    g->x = g->y = (rc_estimate){NAN, NAN, NAN};
    for (size_t i = 0; i < RC_GOAL_GRID && status == RC_OK; i++) {
        double share = (double)i / (RC_GOAL_GRID - 1);
        g->grid[i].x = g->from + share * (g->to - g->from);
        status = ask(number, data, g->grid[i].x, &g->grid[i].y, err);
    }
    if (status != RC_OK)
        return status;
    look_at_grid(g);
    for (size_t i = 1; i < RC_GOAL_GRID; i++)
        if ((gap(g, g->grid[i - 1].y.value) <= 0) != (gap(g, g->grid[i].y.value) <= 0))
            return bisect(g, i, number, data, err);
    return RC_OK;
}
