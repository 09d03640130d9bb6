/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Metrics: one number per trial from its cash flows. A member fills a column for a block of trials
 * from the rows below; it never sees the model.
 *
 * Column 0 of time is "now" and is not discounted; column k is period k, which ends at t = k * dt.
 */
#ifndef RC_FINANCE_METRIC_H
#define RC_FINANCE_METRIC_H

#include "core/error.h"
#include "core/isa.h"
#include "core/label.h"
#include "core/language.h"

#include <stdbool.h>
#include <stddef.h>

/** The cash flows of one block. A row is a column of lanes; row k of `net` is net + k * stride. */
typedef struct rc_cash {
    size_t n_lanes;       /**< trials in the block */
    size_t stride;        /**< doubles from one row to the next, >= RC_PADDED(n_lanes) */
    unsigned n_periods;   /**< K: rows 0 ... K */
    unsigned per_year;    /**< periods a year: 1, 4 or 12 */
    const double *net;    /**< [K+1][stride] benefits - costs, undiscounted, money */
    const double *factor; /**< [K+1][stride] discount factors; row 0 is 1 */
    const double *benefits_pv, *costs_pv;       /**< [stride] present values, money */
    const double *benefits_total, *costs_total; /**< [stride] undiscounted sums, money */
    const double *discount_rate; /**< [stride] per year, effective: the root that irr prefers */
    const double *finance_rate;  /**< [stride] per year, for negative flows of mirr */
    const double *reinvest_rate; /**< [stride] per year, for positive flows of mirr */
    double *scratch; /**< [rc_metric_scratch(n_periods, stride)], free for the metric's use */
} rc_cash;

enum { RC_METRIC_SCRATCH = 16, RC_METRIC_LANES = 8 };

/** Numbers of scratch: RC_METRIC_SCRATCH columns, or RC_METRIC_LANES for each row of flows. */
static inline size_t rc_metric_scratch(unsigned n_periods, size_t stride) {
    size_t columns = RC_METRIC_SCRATCH * stride, rows = RC_METRIC_LANES * ((size_t)n_periods + 1);
    return columns > rows ? columns : rows;
}

/** What a metric reads, so that the engine makes only that. */
enum {
    RC_NEEDS_PV = 1,      /**< benefits_pv, costs_pv */
    RC_NEEDS_NOMINAL = 2, /**< benefits_total, costs_total */
    RC_NEEDS_NET = 4,     /**< net */
    RC_NEEDS_FACTOR = 8,  /**< factor */
    RC_NEEDS_RATES = 16,  /**< discount_rate, finance_rate, reinvest_rate */
};

typedef struct rc_metric_type {
    /* REQUIRED */
    const char *name;
    const char *label; /**< RC_TR("Return on investment") */
    const char *help;  /**< one line with the formula */
    rc_unit unit;
    bool higher_is_better;
    unsigned needs;
    /** x[lane] for the block. A number without an answer is NaN (irr without a sign change);
     * payback that is never reached is +INFINITY. */
    void (*eval)(const rc_cash *cash, double *x);

    /* OPTIONAL */
    /** eval(), which also returns how many lanes have several answers, of which it takes one by the
     * rule in `several`. */
    size_t (*eval_counting)(const rc_cash *cash, double *x);
    const char *several; /**< a message that says so, with the rule, and {share} of trials */
} rc_metric_type;

size_t rc_metric_count(void);
const rc_metric_type *rc_metric_at(size_t index, rc_isa isa);
const rc_metric_type *rc_metric_find(const char *name); /**< baseline set; NULL when unknown */

#endif
