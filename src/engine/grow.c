/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sequential stopping by doubling. Round j = 1 ... J has first 2^(j-1) trials, the last one the
 * most that there may be. It ends the growth when, for each number that counts,
 *
 *   half width of its interval at the level 1 - alpha/J  <=  what was asked,    alpha = 0.05.
 *
 * By Bonferroni's inequality the J intervals of one number all hold with probability 95 % at least,
 * so the last one does, however the number of rounds came about. (A fixed level would be looked
 * at again and again until it is met by luck.)
 *
 * Numbers that count: mean, percentiles and CVaR against the target; probabilities against 0.1
 * point. Smallest and largest value have no interval; sd, skewness and kurtosis describe a shape
 * and are not asked for. A number without a value does not count, one without an interval is not
 * known. Where P95 is infinite (a payback that is never reached) the range ends at the next
 * percentile that is not; where it is empty (a risk that rarely happens) 3.29 standard deviations
 * stand for it, which is that range of a normal distribution. */
#include "engine/grow.h"

#include "core/math.h"
#include "dist/normal_quantile.h"
#include "dist/special.h"

#include <math.h>
#include <omp.h>
#include <string.h>

static const double risk = 0.05, point = 0.001, normal_range = 3.2897072539029435;

rc_certainty rc_grow_certainty(double alpha) {
    const rc_beta_shape shape = rc_beta_shape_of(7.5, 0.5);
    return (rc_certainty){.z = rc_normal_quantile(-alpha / 2),
                          .t15 = rc_student_inverse(15, &shape, -alpha / 2),
                          .none = -rc_log(alpha)};
}

/* ---- How precise a result is ---- */

/** Outputs that were asked for by name, else the results; lines and risks often jump just at a
 * percentile (a risk of 10 % at P10), which then is not one value and never known. */
static bool chosen(const rc_run_options *options, const rc_output *o) {
    return options->n_outputs > 0 || o->kind == RC_OUTPUT_METRIC || o->kind == RC_OUTPUT_USER ||
           o->kind == RC_OUTPUT_INPUT;
}

static bool any_money(const rc_run_options *options, const rc_result *r) {
    bool any = false;
    for (size_t i = 0; i < r->n_outputs; i++)
        any = any || (chosen(options, &r->outputs[i]) && r->outputs[i].unit == RC_UNIT_MONEY);
    return any;
}

static double value_of(const rc_output *o, const char *key, const char *sub) {
    const rc_row *row = rc_output_row(o, key, sub);
    return row != NULL ? row->estimate.value : NAN;
}

/** What a half width is measured in; NaN where nothing is known. */
static double measure(const rc_growth *g, const rc_output *o) {
    if (g->amount > 0)
        return 1;
    static const char *const highest[] = {"95", "90", "75", "50", "25", "10"};
    double range = NAN;
    for (size_t i = 0; i < sizeof highest / sizeof *highest && isnan(range); i++)
        range = value_of(o, "percentiles", highest[i]) - value_of(o, "percentiles", "5");
    return range > 0 ? range : normal_range * value_of(o, "sd", NULL);
}

static bool asked_for(const rc_row *row) {
    static const char *const keys[] = {"mean", "percentiles", "cvar_5"};
    bool is = row->unit == RC_ROW_PROBABILITY;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        is = is || strcmp(row->key, keys[i]) == 0;
    return is && !isnan(row->estimate.value);
}

/** Is half width a worse than b? NaN, not known, is the worst. */
static bool worse(double a, double b) {
    return !isnan(b) && !(a <= b);
}

static void judge_output(rc_growth *g, const rc_output *o) {
    const double unit = measure(g, o);
    for (size_t i = 0; i < o->n_rows; i++) {
        const rc_row *row = &o->rows[i];
        if (!asked_for(row))
            continue;
        const rc_estimate e = o->wide[i];
        double half = fmax(e.high - e.value, e.value - e.low); /* both NaN, or neither */
        if (row->unit == RC_ROW_PROBABILITY) {
            if (g->output_probability != NULL && !worse(half, g->reached_probability))
                continue;
            g->reached_probability = half;
            g->output_probability = o->name;
            g->row_probability = row;
            continue;
        }
        half = half == 0 ? 0 : half / unit; /* a constant is known whatever its range */
        if (g->output != NULL && !worse(half, g->reached))
            continue;
        g->reached = half;
        g->output = o->name;
        g->row = row;
    }
}

static void judge(rc_growth *g, const rc_run_options *options, const rc_result *r) {
    const bool only_money = g->amount > 0 && any_money(options, r);
    g->reached = g->reached_probability = 0;
    g->output = g->output_probability = NULL;
    g->row = g->row_probability = NULL;
    g->n_outputs = 0;
    for (size_t i = 0; i < r->n_outputs; i++)
        if (chosen(options, &r->outputs[i]) &&
            (!only_money || r->outputs[i].unit == RC_UNIT_MONEY)) {
            judge_output(g, &r->outputs[i]);
            g->n_outputs++;
        }
}

/** How many times too wide the widest interval is: at most 1 when all is well. */
static double excess(const rc_growth *g) {
    const double asked = g->amount > 0 ? g->amount : g->share;
    const double a = g->reached / asked, b = g->reached_probability / g->probability;
    if (isnan(a) || isnan(b) || !(asked > 0))
        return INFINITY;
    return a > b ? a : b;
}

static rc_status check_units(const rc_growth *g, const rc_run_options *options, const rc_result *r,
                             rc_error *err) {
    if (!(g->amount > 0) || any_money(options, r))
        return RC_OK;
    static const char *const names[] = {[RC_UNIT_NUMBER] = "a number",
                                        [RC_UNIT_RATIO] = "a ratio",
                                        [RC_UNIT_MONEY] = "money",
                                        [RC_UNIT_YEARS] = "years"};
    const rc_output *a = NULL;
    for (size_t i = 0; i < r->n_outputs; i++) {
        const rc_output *b = &r->outputs[i];
        if (!chosen(options, b))
            continue;
        a = a != NULL ? a : b;
        const char *ua = a->unit_text != NULL ? a->unit_text : names[a->unit];
        const char *ub = b->unit_text != NULL ? b->unit_text : names[b->unit];
        if (strcmp(ua, ub) != 0)
            return rc_fail(
                err, RC_USAGE,
                "a precision of %.6g: in which unit? `%.60s` is %.40s, `%.60s` is %.40s; "
                "choose outputs of one unit, or give a share of the range such as 0.1%%",
                g->amount, a->name, ua, b->name, ub);
    }
    return RC_OK;
}

/* ---- Progress ---- */

typedef struct growing {
    const rc_run_options *asked;
    const rc_grow_options *grow;
    rc_growth growth;
    rc_result *best; /* of the last round that ended */
    double began;
    uint64_t done;     /* trials of the rounds before */
    uint64_t round;    /* of this one */
    uint64_t foreseen; /* of all */
    bool out_of_time;
} growing;

static double passed(const growing *g) {
    return omp_get_wtime() - g->began;
}

static bool on_progress(void *data, double share) {
    growing *g = data;
    const double limit = g->growth.seconds;
    if (limit > 0 && g->best != NULL && passed(g) > limit) {
        g->out_of_time = true;
        return false;
    }
    if (g->asked->progress == NULL)
        return true;
    double all = ((double)g->done + share * (double)g->round) / (double)g->foreseen;
    if (limit > 0 && passed(g) / limit > all)
        all = passed(g) / limit;
    return g->asked->progress(g->asked->progress_data, all < 1 ? all : 1);
}

/** Trials of all rounds to come, if half widths fall as 1/sqrt(N). */
static void foresee(growing *g) {
    const double times = excess(&g->growth);
    const double needed = (double)g->round * times * times;
    uint64_t n = g->round;
    g->foreseen = g->done;
    while (n < g->growth.most && (double)n < needed) {
        n = n <= g->growth.most / 2 ? 2 * n : g->growth.most;
        g->foreseen += n;
    }
}

/* ---- Rounds ---- */

static rc_status check(const rc_run_options *o, const rc_grow_options *g, rc_error *err) {
    const double given[] = {g->share, g->amount, g->seconds};
    for (size_t i = 0; i < 3; i++)
        if (!(given[i] >= 0) || isinf(given[i]))
            return rc_fail(err, RC_USAGE, "%s %.6g: must be above 0",
                           i < 2 ? "a precision of" : "a time limit of", given[i]);
    if (g->share == 0 && g->amount == 0 && g->seconds == 0)
        return rc_fail(err, RC_USAGE, "a run that grows needs a precision or a time limit");
    if (g->share > 0 && g->amount > 0)
        return rc_fail(err, RC_USAGE, "a precision is a share of the range or an amount, not both");
    if (o->samples)
        return rc_fail(err, RC_USAGE, "a run that keeps every trial needs their number");
    return RC_OK;
}

static uint64_t round_after(const rc_growth *g, uint64_t n) {
    return n <= g->most / 2 ? 2 * n : g->most;
}

static void begin(growing *g) {
    rc_growth *w = &g->growth;
    *w = (rc_growth){.share = g->grow->share,
                     .amount = g->grow->amount,
                     .probability = g->grow->share > 0 || g->grow->amount > 0 ? point : 0,
                     .seconds = g->grow->seconds,
                     .most = g->asked->trials > 0 ? g->asked->trials : RC_GROW_MOST};
    g->round = g->grow->first > 0 ? g->grow->first : RC_GROW_FIRST;
    if (g->round > w->most)
        g->round = w->most;
    g->foreseen = g->round;
    w->rounds_possible = 1;
    for (uint64_t n = g->round; n < w->most; n = round_after(w, n))
        w->rounds_possible++;
    w->alpha = risk / w->rounds_possible;
}

/** Run a round; its result takes the place of the one before. */
static rc_status run_round(growing *g, const rc_model *model, rc_error *err) {
    rc_run_options o = *g->asked;
    rc_result *result = NULL;
    o.trials = g->round;
    o.alpha = g->growth.alpha;
    o.progress = on_progress;
    o.progress_data = g;
    rc_status status = rc_run(model, &o, &result, err);
    if (status != RC_OK)
        return status;
    if (g->best != NULL)
        result->simulate_seconds += g->best->simulate_seconds;
    rc_result_free(g->best);
    g->best = result;
    g->growth.rounds++;
    judge(&g->growth, g->asked, result);
    return RC_OK;
}

/** Why it ends after this round, or NULL. */
static const char *reason(const growing *g, double seconds) {
    const rc_growth *w = &g->growth;
    if (excess(w) <= 1)
        return "precision";
    if (g->round >= w->most)
        return "trials";
    if (w->seconds > 0 && passed(g) + 2 * seconds > w->seconds)
        return "time";
    return NULL;
}

static rc_status run_rounds(growing *g, const rc_model *model, rc_error *err) {
    for (;;) {
        rc_error own = {0};
        const double before = passed(g);
        rc_status status = run_round(g, model, &own);
        if (status != RC_OK && g->best != NULL && (g->out_of_time || status == RC_MEMORY)) {
            g->growth.ended = g->out_of_time ? "time" : "memory";
            return RC_OK;
        }
        if (status == RC_OK)
            status = check_units(&g->growth, g->asked, g->best, &own);
        if (status != RC_OK) {
            *err = own;
            return status;
        }
        g->growth.ended = reason(g, passed(g) - before);
        if (g->grow->round != NULL)
            g->grow->round(g->grow->round_data, &g->growth);
        if (g->growth.ended != NULL)
            return RC_OK;
        g->done += g->round;
        foresee(g);
        g->round = round_after(&g->growth, g->round);
    }
}

rc_status rc_grow(const rc_model *model, const rc_run_options *options, const rc_grow_options *grow,
                  rc_result **out, rc_error *err) {
    rc_error own = {0};
    err = err != NULL ? err : &own;
    *out = NULL;
    growing g = {.asked = options, .grow = grow, .began = omp_get_wtime()};
    rc_status status = check(options, grow, err);
    if (status != RC_OK)
        return status;
    begin(&g);
    status = run_rounds(&g, model, err);
    if (status != RC_OK) {
        rc_result_free(g.best);
        return status;
    }
    rc_growth *kept = RC_NEW(g.best->arena, rc_growth, 1);
    *kept = g.growth;
    g.best->growth = kept;
    g.best->seconds = passed(&g);
    *out = g.best;
    return RC_OK;
}
