/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results made by hand, so that reports can be tested without an engine. Outputs are bell-shaped:
 * a centre, a spread, and shares that the test chooses. */
#ifndef RC_TEST_REPORT_MADE_H
#define RC_TEST_REPORT_MADE_H

#include "result/drivers.h"

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
    r->cash = r->cash_years = rows;
    r->n_cash = r->n_cash_years = r->n_periods + 1;
    rc_cash_row *total = RC_NEW(r->arena, rc_cash_row, 1);
    *total = rows[r->n_periods];
    for (unsigned k = 0; k < r->n_periods; k++) {
        total->benefits.mean += rows[k].benefits.mean;
        total->costs.mean += rows[k].costs.mean;
    }
    total->net = total->cumulative;
    r->cash_total = total;
}

/** Lines by year: of the benefits a half each, all costs, and a risk that nine times in ten does
 * nothing. After made_cash(). */
static inline void made_cash_lines(rc_result *r) {
    static const char *const names[] = {"sales", "hours", "licences", "failed_migration"};
    enum { N = sizeof names / sizeof *names };
    const size_t n = r->n_cash_years + 2;
    rc_cash_line *lines = RC_NEW(r->arena, rc_cash_line, N);
    for (size_t i = 0; i < N; i++) {
        rc_cash_cell *cells = RC_NEW(r->arena, rc_cash_cell, n);
        for (size_t k = 0; k < n; k++) {
            const rc_cash_row *row = k < r->n_cash_years ? &r->cash_years[k] : r->cash_total;
            cells[k] = i < 2 ? row->benefits : row->costs;
            cells[k].mean *= i < 2 ? 0.5 : i == 2 ? 0.9 : 0.1;
            for (int p = 0; p < RC_CASH_PERCENTILES; p++)
                cells[k].percentile[p] *= i < 2 ? 0.5 : i == 2 ? 0.9 : 0;
        }
        lines[i] = (rc_cash_line){.name = names[i],
                                  .label = {.text = i == 0 ? "Sales | growth <b>" : NULL},
                                  .is_cost = i >= 2,
                                  .is_impact = i == 3,
                                  .years = cells,
                                  .total = &cells[n - 2],
                                  .present_value = &cells[n - 1]};
    }
    r->cash_lines = lines;
    r->n_cash_lines = N;
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
         .source = "judgement: \"by feel\", then <raised> | by 10% & more",
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

/** What drives roi: a factor, a risk, and an input of two draws without a label, in this order; a
 * group; an input that does nothing. Set on the result. */
static inline void made_drivers(rc_result *r) {
    static const char *const en_zh[] = {"en", "zh"};
    static const char *const training[] = {"Training quality", "培训质量"};
    static const rc_bar bars[] = {
        {.kind = RC_BAR_RISK,
         .name = "cancelled",
         .label = {.text = "Cancelled early"},
         .unit = RC_UNIT_MONEY,
         .n_columns = 1},
        {.kind = RC_BAR_FACTOR,
         .name = "training",
         .label = {"Training quality", 2, en_zh, training},
         .group = "people",
         .n_columns = 1},
        {.kind = RC_BAR_INPUT, .name = "project", .group = "people", .n_columns = 2},
        {.kind = RC_BAR_INPUT, .name = "idle", .unit_text = "users", .n_columns = 1},
        {.kind = RC_BAR_GROUP, .name = "people", .n_columns = 3}};
    static const char *const correlation[] = {"correlation"}, *const worth[] = {"worth"};
    static const rc_measure rank = {.name = "rank",
                                    .title = "Rank correlation",
                                    .summary = "which inputs go together",
                                    .n_scores = 1,
                                    .scores = correlation};
    static const rc_measure evppi = {.name = "evppi",
                                     .title = "Value of knowing",
                                     .summary = "what knowing is worth",
                                     .unit = RC_SCORE_WORTH,
                                     .n_scores = 1,
                                     .scores = worth,
                                     .nonnegative = true,
                                     .about_worth = true};
#define MADE_ROW(which, value, low, high, place, first, last, odds, nothing)                       \
    {                                                                                              \
        .bar = &bars[which], .index = which == 2 || which == 4, .score = {{value, low, high}},     \
        .rank = place, .best = first, .worst = last, .probability = odds, .chance = nothing        \
    }
    static const rc_ranked ranked[] = {MADE_ROW(1, 0.61, 0.60, 0.62, 1, 1, 1, 1, false),
                                       MADE_ROW(0, -0.31, -0.33, -0.29, 2, 2, 3, 0.7, false),
                                       MADE_ROW(2, 0.28, 0.25, 0.31, 3, 2, 3, 0.7, false),
                                       MADE_ROW(3, 0.001, -0.01, 0.012, 4, 4, 4, 1, true),
                                       MADE_ROW(4, 0.7, 0.69, 0.71, 1, 1, 1, 1, false)};
    static const rc_ranked worths[] = {MADE_ROW(1, 5390, 5380, 5400, 1, 1, 1, 1, false),
                                       MADE_ROW(0, 860, 840, 880, 2, 2, 2, 1, false),
                                       MADE_ROW(2, 0, 0, 30, 3, 3, 4, 0.5, true),
                                       MADE_ROW(3, 0, 0, 20, 3, 3, 4, 0.5, true),
                                       MADE_ROW(4, 6000, 5950, 6050, 1, 1, 1, 1, false)};
#undef MADE_ROW
    static const rc_phrase below = {
        .pattern = "The estimate of one input fell below 0 by chance and is shown as 0."};
    static const rc_ranking rankings[] = {{.method = &rank,
                                           .about = "roi",
                                           .rows = ranked,
                                           .n_entries = 4,
                                           .n_rows = 5,
                                           .null_band = 0.0156},
                                          {.method = &evppi,
                                           .about = "npv",
                                           .unit = RC_UNIT_MONEY,
                                           .rows = worths,
                                           .n_entries = 4,
                                           .n_rows = 5,
                                           .null_band = 55,
                                           .fact_name = "evpi",
                                           .fact = {11100, 11000, 11200},
                                           .notes = &below,
                                           .n_notes = 1}};
    static const rc_swing swings[] = {{.bar = &bars[1],
                                       .from = 0.487,
                                       .to = 0.683,
                                       .loss = {0.43, 0.29},
                                       .median = {0.086, 0.29},
                                       .tells = true,
                                       .worth = 5390},
                                      {.bar = &bars[0],
                                       .from = NAN,
                                       .to = NAN,
                                       .loss = {0.28, 0.997},
                                       .median = {0.25, -0.74},
                                       .event = true,
                                       .tells = true,
                                       .worth = 860},
                                      {.bar = &bars[2],
                                       .from = NAN,
                                       .to = NAN,
                                       .loss = {0.31, 0.43},
                                       .median = {0.26, 0.071},
                                       .tells = true}};
    static const rc_drivers drivers = {.target = "roi",
                                       .output = "roi",
                                       .label = {.text = "Return on investment"},
                                       .unit = RC_UNIT_RATIO,
                                       .balance = true,
                                       .worth_name = "npv",
                                       .worth_unit = RC_UNIT_MONEY,
                                       .trials = 65536,
                                       .cases = 65536,
                                       .bars = bars,
                                       .n_bars = 5,
                                       .rankings = rankings,
                                       .n_rankings = 2,
                                       .swings = swings,
                                       .n_swings = 3};
    r->drivers = &drivers;
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
