/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines, risks, discounting and metrics of the reference, from the words of the language page. */
#include "reference_own.h"

#include "core/math.h"

#include <string.h>

/* The period that ends at or next after a time; 0 is time 0. Times are written in decimals, periods
 * end at multiples of 1/12: what is meant to be equal may differ in the last bits. */
unsigned reference_period_of(const reference *f, double years) {
    double periods = years * f->model->per_year;
    if (periods <= 0)
        return 0;
    return periods > 2e9 ? 2000000000u : (unsigned)ceil(periods - 1e-9);
}

/* ---- Lines ----------------------------------------------------------------------------------- */

static double given(reference *f, const rc_expr *e, unsigned k, double otherwise) {
    return e != NULL ? reference_eval(f, e, k) : otherwise;
}

/* A rate flows from `from` until `until`; it grows on each anniversary of `from`. The part of
 * period k it covers, in years, each stretch between anniversaries times its growth. */
static double covered(reference *f, const rc_flow *flow, unsigned k) {
    double begin = (k - 1.0) / f->model->per_year, end = (double)k / f->model->per_year;
    double from = given(f, flow->from, k, 0), until = given(f, flow->until, k, f->model->years);
    double growth = 1 + given(f, flow->growth, k, 0), sum = 0;
    if (from != from || until != until)
        return NAN;
    begin = begin > from ? begin : from;
    end = end < until ? end : until;
    for (double year = floor(begin - from); from + year < end; year++) {
        double a = from + year > begin ? from + year : begin;
        double b = from + year + 1 < end ? from + year + 1 : end;
        if (b > a)
            sum += (b - a) * (year > 0 ? rc_pow(growth, year) : 1);
    }
    return sum;
}

static double bare_amount(reference *f, const rc_entry *line, unsigned k) {
    static const double per_year[] = {[RC_PER_YEAR] = 1, [RC_PER_QUARTER] = 4, [RC_PER_MONTH] = 12};
    const rc_flow *flow = line->flow;
    double amount = k == 0 ? given(f, flow->initial, 0, 0) : 0;
    if (flow->n_yearly > 0) {
        if (k > 0)
            amount = reference_eval(f, flow->yearly[(k - 1) / f->model->per_year], k) /
                     f->model->per_year;
    } else if (line->value != NULL && flow->per == RC_PER_ONCE) {
        if (reference_period_of(f, given(f, flow->at, 0, 0)) == k)
            amount += reference_eval(f, line->value, k);
    } else if (line->value != NULL && k > 0) {
        amount = reference_eval(f, line->value, k) * per_year[flow->per] * covered(f, flow, k);
    }
    return amount;
}

static double claimed(reference *f, const rc_entry *line, unsigned k) {
    return bare_amount(f, line, k) * given(f, line->flow->margin, k, 1) *
           given(f, line->flow->realisation, k, 1);
}

static double tier_share(reference *f, const rc_entry *line, unsigned k) {
    return given(f, f->model->tier_realisation[line->flow->tier], k, 1);
}

/* Present value of what the realisation of the line's tier leaves out. */
double reference_left_out(reference *f, const char *name) {
    const rc_entry *line = rc_model_find(f->model, name);
    double sum = 0;
    for (unsigned k = 0; k <= f->model->n_periods; k++)
        sum += reference_factor(f, k) * claimed(f, line, k) * (1 - tier_share(f, line, k));
    return sum;
}

static double amount_of(reference *f, const rc_entry *line, unsigned k) {
    const rc_flow *flow = line->flow;
    if (!flow->enabled)
        return 0;
    double amount = claimed(f, line, k) * tier_share(f, line, k);
    for (size_t i = 0; i < flow->n_net_of; i++)
        amount -= reference_eval(f, flow->net_of[i].share, k) *
                  reference_amount(f, flow->net_of[i].line, k);
    return flow->n_net_of > 0 && amount < 0 ? 0 : amount;
}

double reference_amount(reference *f, const rc_entry *line, unsigned k) {
    double x;
    if (reference_recall(f, line->flow, k, 0, &x))
        return x;
    return reference_remember(f, line->flow, k, 0, amount_of(f, line, k));
}

/* ---- Risks ----------------------------------------------------------------------------------- */

static size_t poisson(reference *f, double mean, double w) {
    if (!(mean > 0))
        return 0;
    rc_dist_value values[RC_DIST_MAX_SLOTS] = {{.number = mean}};
    rc_dist *d = NULL;
    if (f->scratch == NULL)
        f->scratch = rc_arena_new();
    if (rc_dist_build(rc_dist_find("poisson"), values, f->scratch, &d, NULL) != RC_OK)
        return 0;
    double n = rc_dist_quantile(d, w), most = rc_dist_quantile(d, -1e-12);
    n = n < most ? n : most;
    return n < MOST_OCCURRENCES ? (size_t)n : MOST_OCCURRENCES;
}

const occurrences *reference_occurrences(reference *f, const rc_entry *e) {
    occurrences *o = f->risks[e->index];
    if (o->trial == f->trial)
        return o;
    unsigned occurrence = f->occurrence;
    f->occurrence = 0;
    const rc_risk *r = e->risk;
    double years = f->model->years, at = given(f, r->at, 0, NAN);
    size_t n;
    o->late = r->trigger == RC_WHEN && r->chance->shape == RC_SHAPE_PERIOD;
    double begin = 0;
    if (r->trigger == RC_WHEN) {
        n = reference_eval(f, r->chance, reference_period_of(f, at)) != 0;
    } else {
        double chance = reference_eval(f, r->chance, 0);
        double w = reference_point(f, f->streams->event_stream[e->index], 0);
        if (r->trigger == RC_RATE) { /* so many a year, until the horizon */
            begin = r->at != NULL && at > 0 ? at : 0;
            n = poisson(f, chance * (years - begin), w);
        } else /* the upper share of chances */
            n = w < 0 ? -w < chance : w > 1 - chance;
    }
    o->throughout = !r->anytime && r->at == NULL;
    o->n = 0;
    for (size_t j = 0; j < n; j++) {
        double time = o->throughout ? 0 : at;
        if (r->anytime || r->trigger == RC_RATE) {
            double w = reference_point(f, f->streams->time_stream[e->index], (uint32_t)j);
            time = begin + (years - begin) * reference_uniform(w);
        }
        if (time <= years + 1e-9)
            o->time[o->n++] = time;
    }
    o->trial = f->trial;
    f->occurrence = occurrence;
    return o;
}

/* A formula of the risk itself, for its j-th occurrence (from 0). Draws in it are drawn afresh for
 * each occurrence of a Poisson risk, unless it follows a series: then it is one amount a period. */
static double of_occurrence(reference *f, const rc_entry *risk, const rc_expr *e, unsigned k,
                            size_t j) {
    bool repeats = risk->risk->trigger == RC_RATE && e->shape != RC_SHAPE_PERIOD;
    f->occurrence = repeats ? (unsigned)j + 1 : 0;
    f->occurring = repeats ? risk : NULL;
    double x = reference_eval(f, e, k);
    f->occurrence = 0;
    f->occurring = NULL;
    return x;
}

/* Share of a line's amount in period k (0: time 0) that falls from `time` on, or, for what stops,
 * after it. An amount at a moment falls at that moment, a rate evenly over what it covers of the
 * period. */
static double share_hit(reference *f, const rc_entry *line, unsigned k, double time, bool after) {
    const rc_flow *flow = line->flow;
    if (k == 0)
        return !after && time <= 0;
    if (flow->per == RC_PER_ONCE) {
        double at = given(f, flow->at, 0, 0);
        return after ? time < at : time <= at;
    }
    double begin = (k - 1.0) / f->model->per_year, end = (double)k / f->model->per_year;
    double from = given(f, flow->from, 0, 0), until = given(f, flow->until, 0, f->model->years);
    begin = begin > from ? begin : from;
    end = end < until ? end : until;
    double length = end - begin, hit = end - (time > begin ? time : begin);
    return length > 0 && hit > 0 ? hit / length : 0;
}

static double after_risk(reference *f, const rc_entry *risk, const rc_entry *line, unsigned k,
                         double amount) {
    const occurrences *o = NULL;
    for (size_t i = 0; i < risk->risk->n_effects; i++) {
        const rc_effect *effect = &risk->risk->effects[i];
        if (effect->line != line)
            continue;
        o = o != NULL ? o : reference_occurrences(f, risk);
        double first = INFINITY;
        for (size_t j = 0; j < o->n; j++) {
            first = o->time[j] < first ? o->time[j] : first;
            if (effect->factor == NULL || (k == 0 && o->late))
                continue;
            double factor = of_occurrence(f, risk, effect->factor, k, j);
            double share = o->throughout ? 1 : share_hit(f, line, k, o->time[j], false);
            amount *= 1 + share * (factor - 1);
        }
        if (effect->factor == NULL && o->n > 0) /* stopped by the first */
            amount *= 1 - share_hit(f, line, k, first, true);
    }
    return amount;
}

/* Up to and with the risk `last`, or all (NULL), in the order of the file. */
static double paid_up_to(reference *f, const rc_entry *line, unsigned k, const rc_entry *last) {
    double amount = reference_amount(f, line, k);
    for (size_t i = 0; i < f->model->n_entries; i++) {
        const rc_entry *risk = f->model->entries[i];
        if (risk->section != RC_RISKS)
            continue;
        amount = after_risk(f, risk, line, k, amount);
        if (risk == last)
            break;
    }
    return amount;
}

double reference_paid(reference *f, const rc_entry *line, unsigned k) {
    return paid_up_to(f, line, k, NULL);
}

double reference_risk_impact(reference *f, const rc_entry *risk, unsigned k) {
    double sum = 0;
    if (risk->risk->impact == NULL)
        return 0;
    const occurrences *o = reference_occurrences(f, risk);
    for (size_t j = 0; j < o->n; j++) {
        unsigned when = reference_period_of(f, o->time[j]);
        if ((when == 0 && o->late ? 1 : when) == k)
            sum += of_occurrence(f, risk, risk->risk->impact, k, j);
    }
    return sum;
}

/* Change of net cash in period k: each risk acts on what those before it in the file have left. */
double reference_risk_effect(reference *f, const rc_entry *risk, unsigned k) {
    double impact = reference_risk_impact(f, risk, k);
    double change = -impact; /* harm on either side; negative = opportunity */
    for (size_t i = 0; i < f->model->n_entries; i++) {
        const rc_entry *line = f->model->entries[i];
        if (line->flow == NULL)
            continue;
        const rc_entry *before = NULL;
        for (size_t j = 0; j < risk->index; j++)
            if (f->model->entries[j]->section == RC_RISKS)
                before = f->model->entries[j];
        double old = before != NULL ? paid_up_to(f, line, k, before) : reference_amount(f, line, k);
        double now = paid_up_to(f, line, k, risk);
        change += line->section == RC_BENEFITS ? now - old : old - now;
    }
    return change;
}

/* ---- Discounting ----------------------------------------------------------------------------- */

static double rate_in(reference *f, unsigned k) {
    unsigned K = f->model->n_periods;
    return reference_eval(f, f->model->discount_rate, k > K ? K : k);
}

/* Product of (1 + r_j)^(-1 / per_year) over the first k periods. */
static double until_end(reference *f, unsigned k) {
    double product;
    if (k == 0)
        return 1;
    if (reference_recall(f, &f->model->discounting, k, 0, &product))
        return product;
    product = until_end(f, k - 1) * rc_pow(1 + rate_in(f, k), -1.0 / f->model->per_year);
    return reference_remember(f, &f->model->discounting, k, 0, product);
}

double reference_factor(reference *f, unsigned k) {
    const rc_model *m = f->model;
    if (k == 0)
        return 1;
    unsigned p = m->per_year;
    double r = rate_in(f, k), dt = 1.0 / p;
    switch (m->discounting) {
    case RC_PERIOD_END: return until_end(f, k);
    case RC_YEAR_END: return until_end(f, (k + p - 1) / p * p);
    case RC_MID: return until_end(f, k - 1) * rc_pow(1 + r, -dt / 2);
    case RC_CONTINUOUS: { /* the mean of (1 + r)^-s over the period */
        double log_growth = rc_log(1 + r);
        double mean = log_growth == 0 ? 1 : (1 - rc_pow(1 + r, -dt)) / (log_growth * dt);
        return until_end(f, k - 1) * mean;
    }
    }
    return NAN;
}

/* ---- Cash and metrics ------------------------------------------------------------------------ */

double reference_cash(reference *f, int row, unsigned k) {
    if (row == 2)
        return reference_cash(f, 0, k) - reference_cash(f, 1, k);
    if (row == 3)
        return reference_cash(f, 2, k) + (k > 0 ? reference_cash(f, 3, k - 1) : 0);
    double sum;
    if (reference_recall(f, f->model, k, (unsigned)row, &sum))
        return sum;
    sum = 0;
    for (size_t i = 0; i < f->model->n_entries; i++) {
        const rc_entry *e = f->model->entries[i];
        if (e->section == (row == 0 ? RC_BENEFITS : RC_COSTS))
            sum += reference_paid(f, e, k);
        if (e->section == RC_RISKS && e->risk->impact_is_benefit == (row == 0))
            sum += row == 0 ? -reference_risk_impact(f, e, k) : reference_risk_impact(f, e, k);
    }
    return reference_remember(f, f->model, k, (unsigned)row, sum);
}

static double total(reference *f, int row, bool discounted) {
    double sum = 0;
    for (unsigned k = 0; k <= f->model->n_periods; k++)
        sum += reference_cash(f, row, k) * (discounted ? reference_factor(f, k) : 1);
    return sum;
}

static double ratio(double benefits, double costs, bool gross) {
    return costs == 0 ? (double)NAN : (gross ? benefits : benefits - costs) / costs;
}

/* One rate a year for irr and mirr; a rate that changes is averaged over the periods. */
static double yearly_rate(reference *f, const rc_expr *own) {
    if (own != NULL)
        return reference_eval(f, own, 0);
    if (f->model->discount_rate->shape != RC_SHAPE_PERIOD)
        return reference_eval(f, f->model->discount_rate, 0);
    double sum = 0;
    for (unsigned k = 1; k <= f->model->n_periods; k++)
        sum += rate_in(f, k);
    return sum / f->model->n_periods;
}

/* The sign of the value when money grows by e^x a period; Horner's rule, in the direction that
 * keeps numbers finite. */
static double value_at_log_growth(const double *net, unsigned K, double x) {
    double g = rc_exp(-fabs(x)), sum = 0;
    for (unsigned k = 0; k <= K; k++)
        sum = sum * g + net[x > 0 ? K - k : k];
    return sum;
}

typedef struct search {
    const double *net;
    unsigned K, per_year;
    double near, best; /* best is NaN until a root is found */
} search;

static void bisect(search *s, double low, double high, double at_low) {
    for (int n = 0; n < 80; n++) {
        double middle = (low + high) / 2;
        if (value_at_log_growth(s->net, s->K, middle) * at_low > 0)
            low = middle;
        else
            high = middle;
    }
    double rate = rc_expm1((low + high) / 2 * s->per_year);
    if (s->best != s->best || fabs(rate - s->near) < fabs(s->best - s->near))
        s->best = rate;
}

/* Roots between growths e^low and e^high a period: where the sign changes from step to step; and
 * where the size has a dip between two steps there may be a pair: look closer. */
static void scan(search *s, double low, double high, int steps, int deeper) {
    double old = 0, before = value_at_log_growth(s->net, s->K, low), width = (high - low) / steps;
    for (int i = 1; i <= steps; i++) {
        double x = low + width * i, now = value_at_log_growth(s->net, s->K, x);
        bool dip = old * before > 0 && before * now > 0 && fabs(before) < fabs(old) &&
                   fabs(before) < fabs(now);
        if (before * now < 0 || (now == 0 && before != 0))
            bisect(s, x - width, x, before);
        else if (dip && deeper > 0)
            scan(s, x - 2 * width, x, 16, deeper - 1);
        old = before;
        before = now;
    }
}

/* Of all roots the one nearest the discount rate. */
static double irr(reference *f) {
    unsigned K = f->model->n_periods;
    double net[RC_MAX_PERIODS + 1];
    bool in = false, out = false;
    for (unsigned k = 0; k <= K; k++) {
        net[k] = reference_cash(f, 2, k);
        in |= net[k] > 0;
        out |= net[k] < 0;
    }
    search s = {net, K, f->model->per_year, yearly_rate(f, NULL), NAN};
    if (in && out)
        scan(&s, -30, 30, 1000, 8);
    return s.best;
}

static double mirr(reference *f) {
    unsigned K = f->model->n_periods, p = f->model->per_year;
    double finance = yearly_rate(f, f->model->finance_rate);
    double reinvest = yearly_rate(f, f->model->reinvest_rate), in = 0, out = 0;
    for (unsigned k = 0; k <= K; k++) {
        double net = reference_cash(f, 2, k);
        if (net > 0)
            in += net * rc_pow(1 + reinvest, (double)(K - k) / p);
        else
            out -= net * rc_pow(1 + finance, -(double)k / p);
    }
    return in > 0 && out > 0 ? rc_pow(in / out, (double)p / K) - 1 : (double)NAN;
}

static double payback(reference *f, bool discounted) {
    double sum = 0;
    bool negative = false;
    for (unsigned k = 0; k <= f->model->n_periods; k++) {
        double old = sum;
        sum += reference_cash(f, 2, k) * (discounted ? reference_factor(f, k) : 1);
        if (negative && sum >= 0)
            return (k - 1 + old / (old - sum)) / f->model->per_year;
        negative = negative || sum < 0;
    }
    return negative ? (double)INFINITY : 0;
}

static double peak(reference *f) {
    double sum = 0, most = 0;
    for (unsigned k = 0; k <= f->model->n_periods; k++) {
        sum += reference_cash(f, 2, k);
        most = -sum > most ? -sum : most;
    }
    return most;
}

double reference_metric(reference *f, const char *name) {
    double benefits = total(f, 0, true), costs = total(f, 1, true);
    if (strcmp(name, "roi") == 0)
        return ratio(benefits, costs, false);
    if (strcmp(name, "gross_roi") == 0)
        return ratio(benefits, costs, true);
    if (strcmp(name, "roi_nominal") == 0)
        return ratio(total(f, 0, false), total(f, 1, false), false);
    if (strcmp(name, "gross_nominal") == 0)
        return ratio(total(f, 0, false), total(f, 1, false), true);
    if (strcmp(name, "npv") == 0)
        return benefits - costs;
    if (strcmp(name, "benefits_pv") == 0)
        return benefits;
    if (strcmp(name, "costs_pv") == 0)
        return costs;
    if (strcmp(name, "irr") == 0)
        return irr(f);
    if (strcmp(name, "mirr") == 0)
        return mirr(f);
    if (strcmp(name, "payback") == 0)
        return payback(f, false);
    if (strcmp(name, "discounted_payback") == 0)
        return payback(f, true);
    if (strcmp(name, "peak_cash") == 0)
        return peak(f);
    return NAN;
}

double reference_output(reference *f, const char *name) {
    const rc_entry *e = rc_model_find(f->model, name);
    if (e == NULL)
        return reference_metric(f, name);
    if (e->section == RC_OUTPUTS)
        return reference_eval(f, e->value, 0);
    double sum = 0;
    for (unsigned k = 0; k <= f->model->n_periods; k++)
        sum += reference_factor(f, k) *
               (e->section == RC_RISKS ? reference_risk_effect(f, e, k) : reference_paid(f, e, k));
    return sum;
}

double reference_scale(reference *f) {
    double sum = 0;
    for (unsigned k = 0; f->model->has_flows && k <= f->model->n_periods; k++)
        sum += fabs(reference_cash(f, 0, k)) + fabs(reference_cash(f, 1, k));
    return sum;
}
