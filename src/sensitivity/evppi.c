/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What it is worth to know before one decides to invest or not.
 *
 * W is what investing earns (npv); not investing earns 0. Who knows nothing more invests if E[W] >
 * 0 and earns max(E[W], 0). Who knows everything earns E[max(W, 0)]: the difference is EVPI. Who
 * knows the bar X alone invests where g(X) = E[W | X] > 0: the difference is EVPPI.
 *
 * g is fitted by splines (Strong, Oakley and Brennan 2014 fit it likewise) on three quarters of the
 * replicates and used for decisions in the fourth, each in turn; what those decisions earn in
 * trials that the fit has not seen is the estimate. It cannot profit from noise: an input without
 * effect gets 0 and not the upward bias that E[max(g, 0)] has. In every single trial the gain of
 * any rule is at most that of perfect knowledge, so EVPPI <= EVPI holds exactly. */
#include "sensitivity/method.h"

#include "sensitivity/spline.h"
#include "stats/interval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDS = 4 };

static double mean_worth(const rc_study *s) {
    double sum = 0;
    for (size_t i = 0; i < s->n; i++)
        sum += s->worth[i];
    return sum / (double)s->n;
}

/* Decisions in fold f by a fit to the others: gain over deciding by the mean, by replicate */
static void decide(const rc_study *s, const rc_spline *spline, const double *coefficients, int f,
                   bool invest, double *gain) {
    for (int r = f; r < RC_STAT_REPLICATES; r += FOLDS) {
        double sum = 0, g[RC_SPLINE_STRIP];
        for (size_t first = s->start[r], end; first < s->start[r + 1]; first = end) {
            end = first + RC_SPLINE_STRIP < s->start[r + 1] ? first + RC_SPLINE_STRIP
                                                            : s->start[r + 1];
            rc_spline_values(spline, coefficients, first, end, g);
            for (size_t i = first; i < end; i++) {
                double other = invest ? -s->worth[i] : s->worth[i];
                sum += (g[i - first] > 0) == invest ? 0 : other;
            }
        }
        gain[r] = sum;
    }
}

/* gain[r]: sum over the trials of replicate r */
static void gains(const rc_study *s, const rc_study_bar *b, bool invest, double *gain) {
    bool all = b->bar->n_columns <= RC_SPLINE_COLUMNS;
    rc_spline spline = rc_spline_of(all ? b->columns : &b->one, all ? b->bar->n_columns : 1);
    size_t p = spline.p, size = p * p + p;
    double *sums = calloc((FOLDS + 1) * size + p, sizeof *sums);
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        gain[r] = NAN;
    if (sums == NULL)
        return;
    double *others = sums + FOLDS * size, *coefficients = others + size;
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        rc_spline_add(&spline, s->worth, s->start[r], s->start[r + 1],
                      sums + (size_t)(r % FOLDS) * size);
    for (int f = 0; f < FOLDS; f++) {
        memset(others, 0, size * sizeof *others);
        for (int k = 0; k < FOLDS; k++)
            for (size_t j = 0; j < size && k != f; j++)
                others[j] += sums[(size_t)k * size + j];
        rc_spline_solve(&spline, others, coefficients);
        decide(s, &spline, coefficients, f, invest, gain);
    }
    free(sums);
}

static double add_up(const rc_study *s, const double *gain, double *replicate) {
    double sum = 0;
    for (int r = 0; r < RC_STAT_REPLICATES; r++) {
        sum += gain[r];
        replicate[r] = gain[r] / (double)(s->start[r + 1] - s->start[r]);
    }
    return sum / (double)s->n;
}

/* Of all trials: for the null band */
static void score(const rc_study *s, const rc_study_bar *b, rc_slice slice, double *out) {
    double gain[RC_STAT_REPLICATES], replicate[RC_STAT_REPLICATES];
    (void)slice;
    gains(s, b, mean_worth(s) > 0, gain);
    out[0] = add_up(s, gain, replicate);
}

static rc_estimate perfect(const rc_study *s, bool invest) {
    double gain[RC_STAT_REPLICATES] = {0}, replicate[RC_STAT_REPLICATES];
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        for (size_t i = s->start[r]; i < s->start[r + 1]; i++) {
            bool informed = s->worth[i] > 0;
            gain[r] += informed == invest ? 0 : fabs(s->worth[i]);
        }
    double value = add_up(s, gain, replicate);
    return rc_estimate_around(value, rc_replicate_half(replicate));
}

static bool inside(const rc_bar *member, const rc_bar *group) {
    size_t found = 0;
    for (size_t i = 0; i < member->n_columns; i++)
        for (size_t k = 0; k < group->n_columns; k++)
            found += member->columns[i] == group->columns[k];
    return found >= member->n_columns;
}

/* The sum of splines by which a group decides cannot see what its members do only together; then it
 * may do worse than the rule of one member, which whoever knows the group can follow too. */
static void follow_best_member(const rc_study *s, const rc_study_bar *group, bool invest,
                               double *gain) {
    double best = 0;
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        best += gain[r];
    for (size_t i = 0; i < s->n_entries; i++) {
        double member[RC_STAT_REPLICATES], sum = 0;
        if (!inside(s->entries[i].bar, group->bar))
            continue;
        gains(s, &s->entries[i], invest, member);
        for (int r = 0; r < RC_STAT_REPLICATES; r++)
            sum += member[r];
        if (sum > best) {
            best = sum;
            memcpy(gain, member, sizeof member);
        }
    }
}

static rc_status compute(const rc_study *s, const rc_study_bar *bars, size_t n, rc_scores *out,
                         rc_error *err) {
    (void)err;
    bool invest = mean_worth(s) > 0;
    size_t below = 0;
#pragma omp parallel for schedule(dynamic, 1) num_threads(s->threads) reduction(+ : below)
    for (size_t i = 0; i < n; i++) {
        double gain[RC_STAT_REPLICATES], replicate[RC_STAT_REPLICATES];
        gains(s, &bars[i], invest, gain);
        if (bars[i].bar->kind == RC_BAR_GROUP)
            follow_best_member(s, &bars[i], invest, gain);
        double value = add_up(s, gain, replicate);
        out->all[i][0] = value < 0 ? 0 : value;
        below += value < 0;
        for (int r = 0; r < RC_STAT_REPLICATES; r++)
            out->replicate[r][i][0] = replicate[r];
    }
    out->null_band = rc_null_band(s, score);
    out->fact_name = "evpi";
    out->fact = perfect(s, invest);
    if (below == 1)
        rc_scores_note(
            s, out,
            RC_SENTENCE("The estimate of one input fell below 0 by chance and is shown as 0."));
    if (below > 1)
        rc_scores_note(s, out,
                       RC_PHRASE("The estimates of {n} inputs fell below 0 by chance and are shown "
                                 "as 0.",
                                 "n", rc_arena_printf(s->arena, "%zu", below)));
    return RC_OK;
}

static const char *const scores[] = {RC_TR_IN("score", "worth")};

const rc_method_type rc_method_evppi = {
    .name = "evppi",
    .title = RC_TR("Value of knowing"),
    .summary = RC_TR("what knowing one input before deciding to invest or not is worth"),
    .unit = RC_SCORE_WORTH,
    .n_scores = 1,
    .scores = scores,
    .compute = compute,
    .nonnegative = true,
    .about_worth = true,
};
