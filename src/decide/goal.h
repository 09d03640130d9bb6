/* SPDX-License-Identifier: GPL-3.0-or-later */
/* At which value of one input does a number of the result reach a goal? The number is a function of
 * the input that the caller evaluates on common random numbers, so it is smooth where the model is,
 * and the same each time. */
#ifndef RC_DECIDE_GOAL_H
#define RC_DECIDE_GOAL_H

#include "report/format.h"

enum { RC_GOAL_GRID = 9, RC_GOAL_BISECTIONS = 16 };

/** *y := the number where the input is x; infinity where more of the cases than the percentile asks
 * for are infinite (never paid back): more than any bound. NaN: it has none. */
typedef rc_status rc_goal_number(void *data, double x, rc_estimate *y, rc_error *err);

typedef struct rc_goal_point {
    double x;
    rc_estimate y;
} rc_goal_point;

typedef struct rc_goal {
    /* asked */
    double from, to; /**< the input moves between these, from < to */
    double bound;    /**< of the number */
    bool at_most;    /**< y <= bound is wanted; else y >= bound */
    /* found */
    rc_goal_point grid[RC_GOAL_GRID]; /**< evenly from `from` to `to` */
    bool always, never;               /**< the goal is met, or missed, at every point of the grid */
    bool monotone;    /**< no two neighbours of the grid go against the others by more than their
                           intervals */
    size_t crossings; /**< between neighbours of the grid */
    bool upwards;     /**< met from x on; else up to x */
    rc_estimate x;    /**< where it is met, the first such place; the interval is that of y there
                           over its slope. NaN with `always` or `never` */
    rc_estimate y;    /**< the number there */
    size_t best;      /**< point of the grid that comes nearest to the goal, or furthest beyond */
} rc_goal;

/** Search. Errors: the number's own, or one that has no value somewhere. */
rc_status rc_goal_seek(rc_goal *goal, rc_goal_number *number, void *data, rc_error *err);

/** What goal and input are called. */
typedef struct rc_goal_names {
    const char *title;  /**< of the model */
    const char *input;  /**< name in the model */
    const char *label;  /**< for people */
    const char *target; /**< "below_zero(roi) <= 10%", as asked */
    const char *number; /**< "below_zero(roi)" */
    rc_unit unit;       /**< of the number */
    const char *currency;
    const rc_result *run; /**< any of the runs: trials, seed, sampler, file */
} rc_goal_names;

/** The formats of a search: "text" and "json" (docs/json.md). */
typedef struct rc_goal_format {
    const char *name;
    rc_status (*write)(const rc_goal *goal, const rc_goal_names *names,
                       const rc_report_style *style, rc_text *out, rc_error *err);
} rc_goal_format;
enum { RC_GOAL_FORMATS = 2 };
extern const rc_goal_format rc_goal_formats[RC_GOAL_FORMATS];

#endif
