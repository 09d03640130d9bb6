/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What it is worth to know before one decides.
 *
 * To invest earns W (npv); not to invest earns 0. Who knows nothing more invests if E[W] > 0 and
 * earns max(E[W], 0). Who knows everything earns E[max(W, 0)]: the difference is EVPI. Who knows
 * the bar X alone invests where g(X) = E[W | X] > 0: the difference is EVPPI. Among K alternatives
 * the first earns 0 and the k-th W_k, what it has more than the first, trial by trial: who knows
 * nothing takes the one of the best mean, who knows X the one of the largest g_k(X), who knows
 * everything the largest W_k. Differences are what common random numbers make small, and the first
 * one drops out.
 *
 * g is fitted by splines (Strong, Oakley and Brennan 2014 fit it likewise) on three quarters of the
 * replicates and used for decisions in the fourth, each in turn; what those decisions earn in
 * trials that the fit has not seen is the estimate. It cannot profit from noise: an input without
 * effect gets 0 and not the upward bias that E[max(g, 0)] has. In every single trial the gain of
 * any rule is at most that of perfect knowledge, so EVPPI <= EVPI holds exactly. Two alternatives
 * that are alike have the same g, so a copy of one changes nothing. */
#include "sensitivity/method.h"

#include "sensitivity/spline.h"
#include "stats/interval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where no dummy changes the decision, what dummies earn says nothing about an input that changes
 * it by noise: below so many of its own standard errors none is told from 0 either. */
enum { FOLDS = 4, LEAST_ERRORS = 4 };

static double earns(const rc_study *s, size_t choice, size_t i) {
    return choice > 0 ? s->choices[choice - 1][i] : 0;
}

/* Who knows nothing: the best mean; of equal ones the first */
static size_t blind_choice(const rc_study *s) {
    size_t best = 0;
    double most = 0;
    for (size_t k = 0; k < s->n_choices; k++) {
        double sum = 0;
        for (size_t i = 0; i < s->n; i++)
            sum += s->choices[k][i];
        if (sum > most) {
            most = sum;
            best = k + 1;
        }
    }
    return best;
}

/* Trials first ... end - 1 of one fold by a fit to the others: gain over the blind choice */
static void add_strip(const rc_study *s, const rc_spline *spline, const double *coefficients,
                      size_t first, size_t end, size_t blind, double *gain) {
    double g[RC_SPLINE_STRIP], most[RC_SPLINE_STRIP] = {0};
    size_t chosen[RC_SPLINE_STRIP] = {0};
    for (size_t k = 0; k < s->n_choices; k++) {
        rc_spline_values(spline, coefficients + k * spline->p, first, end, g);
        for (size_t i = 0; i < end - first; i++)
            if (g[i] > most[i]) {
                most[i] = g[i];
                chosen[i] = k + 1;
            }
    }
    for (size_t i = first; i < end; i++)
        if (chosen[i - first] != blind)
            *gain += earns(s, chosen[i - first], i) - earns(s, blind, i);
}

/* Decisions in fold f: gain by replicate */
static void decide(const rc_study *s, const rc_spline *spline, const double *coefficients, int f,
                   size_t blind, double *gain) {
    for (int r = f; r < RC_STAT_REPLICATES; r += FOLDS) {
        gain[r] = 0;
        for (size_t first = s->start[r], end; first < s->start[r + 1]; first = end) {
            end = first + RC_SPLINE_STRIP < s->start[r + 1] ? first + RC_SPLINE_STRIP
                                                            : s->start[r + 1];
            add_strip(s, spline, coefficients, first, end, blind, &gain[r]);
        }
    }
}

/* gain[r]: sum over the trials of replicate r */
static void gains(const rc_study *s, const rc_study_bar *b, size_t blind, double *gain) {
    bool all = b->bar->n_columns <= RC_SPLINE_COLUMNS;
    rc_spline spline = rc_spline_of(all ? b->columns : &b->one, all ? b->bar->n_columns : 1);
    size_t p = spline.p, k = s->n_choices, size = p * p + k * p;
    double *sums = calloc((FOLDS + 1) * size + k * p, sizeof *sums);
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        gain[r] = NAN;
    if (sums == NULL)
        return;
    double *others = sums + FOLDS * size, *coefficients = others + size;
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        rc_spline_add(&spline, s->choices, k, s->start[r], s->start[r + 1],
                      sums + (size_t)(r % FOLDS) * size);
    for (int f = 0; f < FOLDS; f++) {
        memset(others, 0, size * sizeof *others);
        for (int o = 0; o < FOLDS; o++)
            for (size_t j = 0; j < size && o != f; j++)
                others[j] += sums[(size_t)o * size + j];
        rc_spline_solve(&spline, others, k, coefficients);
        decide(s, &spline, coefficients, f, blind, gain);
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
    gains(s, b, blind_choice(s), gain);
    out[0] = add_up(s, gain, replicate);
}

static rc_estimate perfect(const rc_study *s, size_t blind) {
    double gain[RC_STAT_REPLICATES] = {0}, replicate[RC_STAT_REPLICATES];
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        for (size_t i = s->start[r]; i < s->start[r + 1]; i++) {
            double most = 0;
            for (size_t k = 0; k < s->n_choices; k++)
                most = s->choices[k][i] > most ? s->choices[k][i] : most;
            gain[r] += most - earns(s, blind, i);
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
static void follow_best_member(const rc_study *s, const rc_study_bar *group, size_t blind,
                               double *gain) {
    double best = 0;
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        best += gain[r];
    for (size_t i = 0; i < s->n_entries; i++) {
        double member[RC_STAT_REPLICATES], sum = 0;
        if (!inside(s->entries[i].bar, group->bar))
            continue;
        gains(s, &s->entries[i], blind, member);
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
    size_t blind = blind_choice(s), below = 0;
    double *bands = RC_NEW(s->arena, double, n);
    out->null_band = rc_null_band(s, score);
#pragma omp parallel for schedule(dynamic, 1) num_threads(s->threads) reduction(+ : below)
    for (size_t i = 0; i < n; i++) {
        double gain[RC_STAT_REPLICATES], replicate[RC_STAT_REPLICATES];
        gains(s, &bars[i], blind, gain);
        if (bars[i].bar->kind == RC_BAR_GROUP)
            follow_best_member(s, &bars[i], blind, gain);
        double value = add_up(s, gain, replicate);
        out->all[i][0] = value < 0 ? 0 : value;
        below += value < 0;
        for (int r = 0; r < RC_STAT_REPLICATES; r++)
            out->replicate[r][i][0] = replicate[r];
        /* where no dummy changes the decision, what dummies earn says nothing about an input that
         * changes it by noise: an interval that reaches 0 tells nothing either */
        bands[i] = fmax(out->null_band, rc_replicate_half(replicate));
    }
    out->own_band = bands;
    out->fact_name = "evpi";
    out->fact = perfect(s, blind);
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
