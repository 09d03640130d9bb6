/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Break-even: the value of a bar at which g(x) = E[W | X = x] changes its sign, W what investing
 * earns. g is the spline regression that evppi decides by, fitted to all trials; its sign is looked
 * at where trials lie, in 1,024 cells of probability, and between two cells the crossing is drawn
 * straight. Of several crossings the one nearest to the median counts. The interval comes from
 * fits that leave out one replicate each (jackknife). Noise crosses 0 too where E[W] is near it:
 * bars that are worth nothing to know (evppi within its null band) have no break-even. */
#include "sensitivity/break_even.h"

#include "sensitivity/spline.h"
#include "stats/interval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 1024, R = RC_STAT_REPLICATES };

/* Places in ascending order of the bar at which its g is looked at */
typedef struct places {
    size_t n;
    double grade[CELLS], x[CELLS];
} places;

/* One trial of each cell of probability that holds any */
static void find_places(const rc_study *s, const rc_study_column *c, places *out) {
    uint32_t first[CELLS];
    memset(first, 0xFF, sizeof first);
    for (size_t i = s->n; i-- > 0;) {
        size_t cell = (size_t)(c->grade[i] * CELLS);
        first[cell < CELLS ? cell : CELLS - 1] = (uint32_t)i;
    }
    out->n = 0;
    for (size_t k = 0; k < CELLS; k++)
        if (first[k] != UINT32_MAX) {
            out->grade[out->n] = c->grade[first[k]];
            out->x[out->n++] = c->x[first[k]];
        }
}

/* Share of cases below the crossing nearest to the median; NaN without one */
static double crossing(const places *p, const double *g, double atom, double *at, bool *rising,
                       bool *beside) {
    double share = NAN;
    for (size_t k = 1; k < p->n; k++) {
        if ((g[k - 1] > 0) == (g[k] > 0))
            continue;
        double t = g[k - 1] / (g[k - 1] - g[k]);
        double low = p->grade[k - 1], high = p->grade[k];
        bool apart = high - low > 3.0 / CELLS; /* beside a value that many share */
        double here = !apart ? low + t * (high - low) : high == atom ? low : high;
        if (!isnan(share) && fabs(here - 0.5) >= fabs(share - 0.5))
            continue;
        share = here;
        *rising = g[k] > 0;
        *beside = apart;
        *at = apart ? p->x[k] : p->x[k - 1] + t * (p->x[k] - p->x[k - 1]);
    }
    return share;
}

typedef struct fits {
    rc_spline spline; /* of the bar as one column */
    rc_spline looked; /* the same at the places */
    rc_study_column column;
    size_t size;          /* of the sums of one replicate */
    double *sums, *total; /* [R][size], [size]: of all that are in */
    double *coefficients; /* [p] */
} fits;

/* g at the places, fitted without one replicate (-1: to all) */
static double fit(fits *f, const places *p, int without, double *at, bool *rising, bool *beside) {
    double g[CELLS], atom = f->column.atom;
    memset(f->total, 0, f->size * sizeof *f->total);
    for (int r = 0; r < R; r++)
        for (size_t j = 0; j < f->size && r != without; j++)
            f->total[j] += f->sums[(size_t)r * f->size + j];
    rc_spline_solve(&f->spline, f->total, 1, f->coefficients);
    rc_spline_values(&f->looked, f->coefficients, 0, p->n, g);
    return crossing(p, g, atom, at, rising, beside);
}

static double median_of(const places *p) {
    for (size_t k = 0; k < p->n; k++)
        if (p->grade[k] >= 0.5)
            return p->x[k];
    return p->n > 0 ? p->x[p->n - 1] : NAN;
}

static bool find(const rc_study_bar *b, fits *f, const places *p, rc_break_even *out,
                 double (*replicate)[R]) {
    double pseudo[2][R], at = NAN;
    bool rising = false, beside = false, unused;
    double share = fit(f, p, -1, &at, &rising, &beside);
    if (isnan(share))
        return false;
    for (int r = 0; r < R; r++) {
        double without = NAN;
        pseudo[0][r] = R * share - (R - 1) * fit(f, p, r, &without, &unused, &unused);
        pseudo[1][r] = R * at - (R - 1) * without;
    }
    *out = (rc_break_even){.bar = b->bar,
                           .rising = rising,
                           .whether = beside && b->bar->kind == RC_BAR_RISK,
                           .share = rc_estimate_around(share, rc_replicate_half(pseudo[0])),
                           .at = rc_estimate_around(at, rc_replicate_half(pseudo[1])),
                           .median = median_of(p)};
    if (b->index) {
        out->at = (rc_estimate){NAN, NAN, NAN};
        out->median = NAN;
    }
    if (out->share.low < 0)
        out->share.low = 0;
    if (out->share.high > 1)
        out->share.high = 1;
    if (replicate != NULL)
        memcpy(replicate, pseudo, sizeof pseudo);
    return true;
}

bool rc_break_even_of(const rc_study *s, const rc_study_bar *b, rc_break_even *out,
                      double (*replicate)[R]) {
    places *p = malloc(sizeof *p);
    fits f = {.spline = rc_spline_of(&b->one, 1)};
    f.size = f.spline.p * f.spline.p + f.spline.p;
    f.sums = calloc((R + 1) * f.size + f.spline.p, sizeof *f.sums);
    bool found = false;
    if (p != NULL && f.sums != NULL) {
        f.total = f.sums + R * f.size;
        f.coefficients = f.total + f.size;
        find_places(s, &b->one, p);
        f.column = (rc_study_column){p->x, p->grade, b->one.atom};
        f.looked = rc_spline_of(&f.column, 1);
        for (int r = 0; r < R; r++)
            rc_spline_add(&f.spline, &s->worth, 1, s->start[r], s->start[r + 1],
                          f.sums + (size_t)r * f.size);
        found = find(b, &f, p, out, replicate);
    }
    free(f.sums);
    free(p);
    return found;
}

/* ---- As a method ---- */

/* 1: at the median; 0: at an end */
static double nearness(double share) {
    return 1 - 2 * fabs(share - 0.5);
}

static rc_status compute(const rc_study *s, const rc_study_bar *bars, size_t n, rc_scores *out,
                         rc_error *err) {
    const rc_method_type *evppi = rc_method_find("evppi");
    rc_scores worth = *out; /* its rooms */
    size_t crossings = 0;
    rc_status status = evppi->compute(s, bars, n, &worth, err);
    if (status != RC_OK)
        return status;
#pragma omp parallel for schedule(dynamic, 1) num_threads(s->threads) reduction(+ : crossings)
    for (size_t i = 0; i < n; i++) {
        double replicate[2][R];
        rc_break_even even = {.share = {NAN, NAN, NAN}, .at = {NAN, NAN, NAN}};
        bool counts = out->all[i][0] > worth.own_band[i];
        bool found = counts && rc_break_even_of(s, &bars[i], &even, replicate);
        crossings += found;
        out->all[i][0] = nearness(even.share.value);
        out->all[i][1] = even.share.value;
        out->all[i][2] = even.at.value;
        for (int r = 0; r < R; r++) {
            double share = found ? replicate[0][r] : NAN;
            out->replicate[r][i][0] = even.share.value > 0.5 ? 2 - 2 * share : 2 * share;
            out->replicate[r][i][1] = share;
            out->replicate[r][i][2] = found && !isnan(even.at.value) ? replicate[1][r] : NAN;
        }
    }
    out->null_band = 0; /* what has no break-even makes no row in text */
    rc_scores_note(s, out,
                   RC_PHRASE("{n} of {all} can make it not worth while on average; the others have "
                             "no break-even.",
                             "n", rc_arena_printf(s->arena, "%zu", crossings), "all",
                             rc_arena_printf(s->arena, "%zu", n)));
    return RC_OK;
}

static const char *const scores[] = {RC_TR_IN("score", "nearness"), RC_TR_IN("score", "share"),
                                     RC_TR_IN("score", "at")};

const rc_method_type rc_method_break_even = {
    .name = "break_even",
    .title = RC_TR("Break-even"),
    .summary =
        RC_TR("how near the value of an input lies at which investing stops to pay on average"),
    .unit = RC_SCORE_SHARE,
    .n_scores = 3,
    .scores = scores,
    .compute = compute,
    .nonnegative = true,
    .about_worth = true,
    .entries_only = true,
};
