/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alternatives side by side, on common random numbers: trial i of one and trial i of another differ
 * in the models alone, never in the draws that they share. From the kept trials of one run each to
 * differences, odds, dominance and regret. Numbers depend on the trials alone. */
#ifndef RC_DECIDE_COMPARE_H
#define RC_DECIDE_COMPARE_H

#include "core/error.h"
#include "core/text.h"
#include "report/format.h"
#include "result/result.h"
#include "sensitivity/sensitivity.h"

/** One alternative: its run, with samples of the measure. */
typedef struct rc_alternative {
    const char *name; /**< as people call it */
    const rc_result *result;
    bool nothing; /**< doing none of the others: name is a message */
    /* filled by rc_comparison_make() */
    const rc_output *measure;
    rc_estimate best;   /**< share of trials in which none of the others is better; ties are shared
                             out evenly */
    rc_estimate regret; /**< mean of what the best alternative of each trial has more: what having
                             chosen this one costs on average */
} rc_alternative;

/** How far first-order or second-order dominance of `a` over `b` holds in the sample. */
typedef struct rc_dominance {
    bool first, second; /**< at every probability */
    /** Share of probabilities at which a's quantile is worse than b's (first order), and at which
     * the mean of a's lower tail is (second order): 0 where it dominates. */
    double first_share, second_share;
    double first_from, first_to; /**< between these probabilities; NaN when nowhere */
    /** Area of violation over the whole area between the quantile curves: below 0.05 many authors
     * speak of almost stochastic dominance (Leshno and Levy 2002). */
    double area;
} rc_dominance;

/** Alternative `b` against `a`. */
typedef struct rc_pair {
    size_t a, b;
    rc_estimate difference;    /**< mean of b - a, interval of the pairs */
    rc_estimate better;        /**< share of trials in which b is better; ties count half */
    rc_estimate percentile[3]; /**< P5, P50, P95 of b - a, trial by trial */
    double variance_cut;       /**< (var a + var b) / var(b - a): common random numbers are worth
                                    this many times the trials; infinite: all equal */
    rc_dominance b_over_a, a_over_b;
    rc_histogram histogram; /**< of b - a */
} rc_pair;

typedef struct rc_comparison {
    rc_alternative *alternatives; /**< [n] in the order given */
    size_t n;
    const char *command; /**< that does it again, or NULL */
    bool higher_is_better;
    const size_t *order;      /**< [n] alternatives, the best on average first; of equal ones the
                                   first given */
    size_t leader, second;    /**< order[0], order[1] */
    const rc_pair *pairs;     /**< [n - 1] each other against the first */
    const rc_pair *rivals;    /**< second against leader (b = leader, a = second) */
    const rc_estimate *beats; /**< [n][n] share of trials in which row beats column; ties half */
    rc_estimate knowing;      /**< mean of the best of each trial less the best mean: what knowing
                                   everything before choosing is worth (EVPI) */
    /** What decides: `evppi`, the worth of knowing before choosing among all of them (its fact is
     * `knowing`), and `rank` of what the leader has more than the second. Inputs and risks of all
     * alternatives, by name, then groups. NULL: nothing varies. */
    const rc_drivers *factors;
} rc_comparison;

/** Compare by the output `measure`. Every result must hold its samples, from equal seeds, samplers
 * and numbers of trials. c->alternatives[].name and result, and c->command, are given; all else is
 * filled, in `arena`. Errors: unknown output, an alternative without a number in some trials, runs
 * that cannot be paired. */
rc_status rc_comparison_make(rc_comparison *c, const char *measure, int threads, rc_arena *arena,
                             rc_error *err);

/** One more alternative behind the others, for which there is room: to do none of them, which earns
 * 0. Before rc_comparison_make(); `arena` outlives c. Errors: the measure says nothing about that
 * (only npv and a model's own outputs do). */
rc_status rc_comparison_add_nothing(rc_comparison *c, const char *measure, rc_arena *arena,
                                    rc_error *err);

/** The formats of a comparison: "text", a page to read; "json" (docs/json.md);
 * "html", a page to forward. */
typedef struct rc_comparison_format {
    const char *name; /**< as in --format, and the ending of files */
    rc_status (*write)(const rc_comparison *c, const rc_report_style *style, rc_text *out,
                       rc_error *err);
} rc_comparison_format;
enum { RC_COMPARISON_FORMATS = 3 };
extern const rc_comparison_format rc_comparison_formats[RC_COMPARISON_FORMATS];

#endif
