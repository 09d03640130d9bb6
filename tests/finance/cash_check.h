/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A block of flows for the metric tests. Include after cmocka.h. */
#ifndef CASH_CHECK_H
#define CASH_CHECK_H

#include "finance/metric.h"

#include <math.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum { STRIDE = 512, ROWS = 128 };

typedef struct book {
    rc_cash cash;
    alignas(64) double net[ROWS][STRIDE];
    alignas(64) double factor[ROWS][STRIDE];
    alignas(64) double pv[2][STRIDE], total[2][STRIDE], rate[3][STRIDE];
    alignas(64) double scratch[RC_METRIC_SCRATCH][STRIDE];
    alignas(64) double x[STRIDE];
} book;

/* All zero flows; factors (1 + rate)^(-k / per_year); every rate is `rate`. The caller frees it. */
static inline book *new_book(size_t n, unsigned periods, unsigned per_year, double rate) {
    book *b = aligned_alloc(64, sizeof *b);
    assert_non_null(b);
    memset(b, 0, sizeof *b);
    b->cash = (rc_cash){
        n,        STRIDE,      periods,     per_year,   b->net[0],  b->factor[0], b->pv[0],
        b->pv[1], b->total[0], b->total[1], b->rate[0], b->rate[1], b->rate[2],   b->scratch[0]};
    for (size_t i = 0; i < STRIDE; i++) {
        for (unsigned k = 0; k <= periods; k++)
            b->factor[k][i] = pow(1 + rate, -(double)k / per_year);
        b->rate[0][i] = b->rate[1][i] = b->rate[2][i] = rate;
    }
    return b;
}

static inline void set_benefits_costs(book *b, size_t lane, const double *benefits,
                                      const double *costs) {
    for (unsigned k = 0; k <= b->cash.n_periods; k++) {
        b->net[k][lane] = benefits[k] - costs[k];
        b->pv[0][lane] += benefits[k] * b->factor[k][lane];
        b->pv[1][lane] += costs[k] * b->factor[k][lane];
        b->total[0][lane] += benefits[k];
        b->total[1][lane] += costs[k];
    }
}

static inline void set_net(book *b, size_t lane, const double *net) {
    double benefits[ROWS], costs[ROWS];
    for (unsigned k = 0; k <= b->cash.n_periods; k++) {
        benefits[k] = net[k] > 0 ? net[k] : 0;
        costs[k] = net[k] < 0 ? -net[k] : 0;
    }
    set_benefits_costs(b, lane, benefits, costs);
    for (unsigned k = 0; k <= b->cash.n_periods; k++)
        b->net[k][lane] = net[k]; /* NaN too */
}

/* The metric in the widest set that runs here, for the whole block; the first lane's number */
static inline double metric(book *b, const char *name) {
    for (size_t m = 0; m < rc_metric_count(); m++) {
        const rc_metric_type *type = rc_metric_at(m, rc_isa_best());
        if (strcmp(type->name, name) == 0) {
            type->eval(&b->cash, b->x);
            return b->x[0];
        }
    }
    fail_msg("no metric %s", name);
    return NAN;
}

/* One project's metric */
static inline double metric_of(const char *name, const double *net, unsigned periods,
                               unsigned per_year, double rate) {
    book *b = new_book(1, periods, per_year, rate);
    set_net(b, 0, net);
    double x = metric(b, name);
    free(b);
    return x;
}

static inline void assert_close(double x, double reference, double tolerance) {
    if (!(fabs(x - reference) <= tolerance))
        fail_msg("%.17g is not %.17g to %g", x, reference, tolerance);
}

#endif
