/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results made by hand, so that reports can be tested without an engine. Outputs are bell-shaped:
 * a centre, a spread, and shares that the test chooses. */
#ifndef RC_TEST_REPORT_MADE_H
#define RC_TEST_REPORT_MADE_H

#include "result/result.h"

#include <math.h>
#include <string.h>

typedef struct made_output {
    const char *name, *label;
    rc_output_kind kind;
    rc_unit unit;
    double centre, sd;      /* sd 0: a constant */
    double error;           /* half width of every interval, in units of the output */
    double below_zero;      /* share */
    double at_least_hurdle; /* share; used when hurdle is a number */
    double hurdle;          /* set NAN for none */
    double undefined, infinite;
    bool lower_is_better, is_cost;
    const char *unit_text;
} made_output;

static inline rc_estimate made_estimate(double value, double error) {
    return (rc_estimate){value, isnan(error) ? NAN : value - error,
                         isnan(error) ? NAN : value + error};
}

static inline void made_histogram(rc_arena *arena, rc_histogram *h, const made_output *m) {
    double rough = 6 * m->sd / 40, width = pow(10, floor(log10(rough)));
    width *= rough / width > 5 ? 5 : rough / width > 2.5 ? 2.5 : rough / width > 2 ? 2 : 1;
    h->width = width;
    h->first = floor((m->centre - 2.6 * m->sd) / width) * width;
    h->n_bins = (size_t)ceil(5.2 * m->sd / width) + 1;
    h->counts = RC_NEW(arena, uint64_t, h->n_bins);
    for (size_t i = 0; i < h->n_bins; i++) {
        double z = (h->first + ((double)i + 0.5) * width - m->centre) / m->sd;
        h->counts[i] = (uint64_t)rint(1048576 * width / m->sd * 0.39894228 * exp(-z * z / 2));
    }
    h->below = h->above = 5243;
}

static inline void made_rows(rc_arena *arena, rc_output *o, const made_output *m) {
    static const double z[] = {-2.326348, -1.644854, -1.281552, -0.674490, 0,
                               0.674490,  1.281552,  1.644854,  2.326348};
    static const double p[] = {.01, .05, .10, .25, .50, .75, .90, .95, .99};
    static const char *const names[] = {"1", "5", "10", "25", "50", "75", "90", "95", "99"};
    rc_row *rows = RC_NEW(arena, rc_row, 24);
    size_t n = 0;
    bool none = m->undefined >= 1, inf = m->infinite > 0;
    double bad = none || inf ? NAN : 1;
    rows[n++] = (rc_row){"mean", NULL, RC_ROW_VALUE, made_estimate(m->centre * bad, m->error)};
    rows[n++] = (rc_row){"sd", NULL, RC_ROW_VALUE, made_estimate(m->sd * bad, m->error)};
    rows[n++] = (rc_row){"skewness", NULL, RC_ROW_PLAIN, made_estimate(0 * bad, 0.01)};
    rows[n++] = (rc_row){"kurtosis", NULL, RC_ROW_PLAIN, made_estimate(3 * bad, 0.01)};
    rows[n++] =
        (rc_row){"min", NULL, RC_ROW_VALUE, made_estimate(none ? NAN : m->centre - 5 * m->sd, NAN)};
    rows[n++] = (rc_row){"max", NULL, RC_ROW_VALUE,
                         made_estimate(none || inf ? NAN : m->centre + 5 * m->sd, NAN)};
    for (int i = 0; i < 9; i++) {
        bool gone = none || p[i] > 1 - m->infinite;
        rows[n++] = (rc_row){"percentiles", names[i], RC_ROW_VALUE,
                             made_estimate(gone ? NAN : m->centre + z[i] * m->sd, m->error * 2)};
    }
    rows[n++] = (rc_row){"below_zero", NULL, RC_ROW_PROBABILITY,
                         made_estimate(none ? NAN : m->below_zero, 0.0005)};
    if (!isnan(m->hurdle))
        rows[n++] = (rc_row){"at_least_hurdle", NULL, RC_ROW_PROBABILITY,
                             made_estimate(m->at_least_hurdle, 0.0005)};
    double side = m->lower_is_better ? 1 : -1;
    rows[n++] = (rc_row){"cvar_5", NULL, RC_ROW_VALUE,
                         made_estimate((m->centre + side * 2.0627 * m->sd) * bad, m->error)};
    o->rows = rows;
    o->n_rows = n;
}

/** A result with outputs; more can be set on it by the test. */
static inline rc_result *made_result(const made_output *m, size_t n) {
    rc_arena *arena = rc_arena_new();
    rc_result *r = RC_NEW(arena, rc_result, 1);
    rc_output *outputs = RC_NEW(arena, rc_output, n);
    for (size_t i = 0; i < n; i++) {
        rc_output *o = &outputs[i];
        o->kind = m[i].kind;
        o->name = m[i].name;
        o->label.text = m[i].label;
        o->unit = m[i].unit;
        o->unit_text = m[i].unit_text;
        o->higher_is_better = !m[i].lower_is_better;
        o->is_cost = m[i].is_cost;
        o->hurdle = m[i].hurdle;
        o->undefined = m[i].undefined;
        o->infinite = m[i].infinite;
        made_rows(arena, o, &m[i]);
        if (m[i].sd > 0 && m[i].undefined < 1)
            made_histogram(arena, &o->histogram, &m[i]);
    }
    *r = (rc_result){.arena = arena,
                     .title = {.text = "CRM for a 120-seat sales team"},
                     .file = "models/crm.yaml",
                     .sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     .currency = "USD",
                     .years = 5,
                     .per_year = 1,
                     .n_periods = 5,
                     .discounting = "period_end",
                     .discount_rate = 0.1,
                     .hurdle = NAN,
                     .trials = 1048576,
                     .trials_asked = 1000000,
                     .replicates = 16,
                     .sampler = "sobol",
                     .replicated = true,
                     .seed = 1,
                     .n_inputs = 26,
                     .outputs = outputs,
                     .n_outputs = n,
                     .target = m[0].name,
                     .isa = "avx2",
                     .threads = 2,
                     .seconds = 0.21,
                     .simulate_seconds = 0.1};
    return r;
}

/** Cash rows: an outlay at first, then growing yearly gains. */
static inline void made_cash(rc_result *r) {
    rc_cash_row *rows = RC_NEW(r->arena, rc_cash_row, r->n_periods + 1);
    double sum = 0;
    for (unsigned k = 0; k <= r->n_periods; k++) {
        double b = k == 0 ? 0 : 150e3 + 90e3 * k, c = k == 0 ? 312.4e3 : 130e3;
        sum += b - c;
        rows[k].t = (double)k / r->per_year;
        double means[] = {b, c, b - c, sum};
        rc_cash_cell *cells[] = {&rows[k].benefits, &rows[k].costs, &rows[k].net,
                                 &rows[k].cumulative};
        for (int i = 0; i < 4; i++) {
            cells[i]->mean = means[i];
            for (int j = 0; j < RC_CASH_PERCENTILES; j++)
                cells[i]->percentile[j] = means[i] + (j - 4) * 0.1 * (60e3 + 40e3 * k);
        }
    }
    r->cash = rows;
    r->n_cash = r->n_periods + 1;
}

/** Assumptions of every sort: a setting, a drawn input with words of people, a constant, one that
 * follows from others, a line, a risk. */
static inline void made_assumptions(rc_result *r) {
    static const rc_written rate[] = {{"value", "10%"}},
                            churn[] = {{"value", "pert(8%, 12%, 18%)"}};
    static const rc_written seats[] = {{"value", "120"}}, use[] = {{"value", "seats * churn"}};
    static const rc_written licences[] = {{"value", "seats * 900"}, {"growth", "3%"}};
    static const rc_written cancelled[] = {{"probability", "10%"}, {"stop", "all"}};
    static double sketch[RC_SKETCH];
    for (int i = 0; i < RC_SKETCH; i++)
        sketch[i] = 0.08 + 0.1 * rc_sketch_points[i];
    const rc_assumption rows[] = {
        {.name = "discount_rate", .written = rate, .n_written = 1, .value = 0.1},
        {.section = RC_ASSUMED_INPUT,
         .name = "churn",
         .label = {.text = "Customers lost a year"},
         .unit_text = "a year",
         .source = "judgement: \"placeholder\", to be <replaced> | by 10% & more",
         .owner = "Sales | operations",
         .note = "=1+1",
         .group = "customers",
         .written = churn,
         .n_written = 1,
         .drawn = true,
         .value = NAN,
         .sketch = sketch},
        {.section = RC_ASSUMED_INPUT,
         .name = "seats",
         .label = {.text = "用户席位"},
         .written = seats,
         .n_written = 1,
         .value = 120},
        {.section = RC_ASSUMED_INPUT, .name = "use", .written = use, .n_written = 1, .value = NAN},
        {.section = RC_ASSUMED_COST,
         .name = "licences",
         .label = {.text = "Licences"},
         .written = licences,
         .n_written = 2,
         .value = 108000},
        {.section = RC_ASSUMED_RISK,
         .name = "cancelled",
         .written = cancelled,
         .n_written = 2,
         .drawn = true,
         .value = NAN}};
    rc_assumption *list = RC_NEW(r->arena, rc_assumption, sizeof rows / sizeof *rows);
    memcpy(list, rows, sizeof rows);
    r->assumptions = list;
    r->n_assumptions = sizeof rows / sizeof *rows;
}

#define ROI(c, s, loss, reach, h)                                                                  \
    {                                                                                              \
        .name = "roi", .label = "Return on investment", .unit = RC_UNIT_RATIO, .centre = (c),      \
        .sd = (s), .error = (s) / 2000, .below_zero = (loss), .at_least_hurdle = (reach),          \
        .hurdle = (h)                                                                              \
    }
#define MONEY(n, l, c, s, loss)                                                                    \
    {                                                                                              \
        .name = (n), .label = (l), .unit = RC_UNIT_MONEY, .centre = (c), .sd = (s),                \
        .error = (s) / 2000, .below_zero = (loss), .hurdle = NAN                                   \
    }
#define PAYBACK(c, s, never)                                                                       \
    {                                                                                              \
        .name = "payback", .label = "Payback", .unit = RC_UNIT_YEARS, .centre = (c), .sd = (s),    \
        .error = (s) / 2000, .hurdle = NAN, .infinite = (never), .lower_is_better = true           \
    }
#define PEAK(c, s)                                                                                 \
    {                                                                                              \
        .name = "peak_cash", .label = "Peak cash need", .unit = RC_UNIT_MONEY, .centre = (c),      \
        .sd = (s), .error = (s) / 2000, .hurdle = NAN, .lower_is_better = true                     \
    }
#define IRR(c, s, missing)                                                                         \
    {                                                                                              \
        .name = "irr", .label = "Internal rate of return", .unit = RC_UNIT_RATIO, .centre = (c),   \
        .sd = (s), .error = (s) / 2000, .hurdle = NAN, .undefined = (missing)                      \
    }
#define LINE(n, l, c, s, cost)                                                                     \
    {                                                                                              \
        .name = (n), .label = (l), .kind = RC_OUTPUT_LINE, .unit = RC_UNIT_MONEY, .centre = (c),   \
        .sd = (s), .error = (s) / 2000, .hurdle = NAN, .is_cost = (cost)                           \
    }
#define RISK(n, l, c, s)                                                                           \
    {                                                                                              \
        .name = (n), .label = (l), .kind = RC_OUTPUT_RISK, .unit = RC_UNIT_MONEY, .centre = (c),   \
        .sd = (s), .error = (s) / 2000, .hurdle = NAN                                              \
    }

#endif
