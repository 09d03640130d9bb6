/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From scores to rankings. The interval of a score comes from the spread of its 16 replicates
 * (batches of independent trials with other samplers): pooled value +- t15 s / 4. What the same
 * spread does to ranks is found by drawing 16 replicates out of the 16 with replacement, all bars
 * together, adding the mean of their deviations to the pooled scores, and ranking again. */
#include "sensitivity/sensitivity.h"

#include "core/math.h"
#include "stats/interval.h"

#include <stdlib.h>
#include <string.h>

enum { REDRAWS = 2000 };

/* ---- Scores of bars ---- */

void rc_score_all(const rc_study *s, const rc_study_bar *bars, size_t n, rc_score_one score,
                  rc_scores *out) {
#pragma omp parallel for schedule(dynamic, 1) num_threads(s->threads)
    for (size_t i = 0; i < n; i++) {
        score(s, &bars[i], rc_study_slice(s, -1), out->all[i]);
        for (int r = 0; r < RC_STAT_REPLICATES; r++)
            score(s, &bars[i], rc_study_slice(s, r), out->replicate[r][i]);
    }
}

void rc_scores_note(const rc_study *s, rc_scores *out, rc_phrase note) {
    rc_phrase *notes = RC_NEW(s->arena, rc_phrase, out->n_notes + 1);
    for (size_t i = 0; i < out->n_notes; i++)
        notes[i] = out->notes[i];
    notes[out->n_notes++] = rc_phrase_copy(&note, NULL, NULL, s->arena);
    out->notes = notes;
}

double rc_null_band(const rc_study *s, rc_score_one score) {
    static const rc_bar nothing = {.name = "dummy", .n_columns = 1};
    double value[RC_DUMMIES], mean = 0, square = 0;
#pragma omp parallel for schedule(dynamic, 1) num_threads(s->threads)
    for (unsigned d = 0; d < RC_DUMMIES; d++) {
        double *grade = malloc(s->n * sizeof *grade), scores[RC_SCORES] = {NAN, NAN, NAN};
        if (grade != NULL) {
            rc_study_dummy(s, d, grade);
            rc_study_column column = {grade, grade, NAN};
            rc_study_bar bar = {&nothing, &column, column, grade, false};
            score(s, &bar, rc_study_slice(s, -1), scores);
        }
        value[d] = scores[0];
        free(grade);
    }
    for (int d = 0; d < RC_DUMMIES; d++)
        mean += value[d] / RC_DUMMIES;
    for (int d = 0; d < RC_DUMMIES; d++)
        square += (value[d] - mean) * (value[d] - mean);
    return fabs(mean) + 4 * sqrt(square / (RC_DUMMIES - 1));
}

/* ---- Ranks ---- */

typedef struct place {
    double size; /* |score|; what has none comes last */
    size_t bar;
} place;

static int by_size(const void *a, const void *b) {
    const place *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? 1 : -1;
    return (x->bar > y->bar) - (x->bar < y->bar);
}

/* To 36 bits: what differs by rounding alone is alike */
static double rounded(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    bits = (bits + (UINT64_C(1) << 15)) >> 16 << 16;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* What ranks a score: its size; of a method without negative truths what is above 0, so that
 * estimates below 0 tie with 0 */
static double size_of(const rc_method_type *m, double score) {
    if (isnan(score))
        return -1;
    return rounded(!m->nonnegative ? fabs(score) : score > 0 ? score : 0);
}

/* By size. Few are put in one by one: fast if they are nearly in order already */
static void sort(place *order, size_t n) {
    enum { FEW = 64 };
    if (n > FEW) {
        qsort(order, n, sizeof *order, by_size);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        place p = order[i];
        size_t k = i;
        for (; k > 0 && by_size(&p, &order[k - 1]) < 0; k--)
            order[k] = order[k - 1];
        order[k] = p;
    }
}

/* rank[bar], equal sizes share one; `order` ends up sorted */
static void rank(place *order, size_t n, unsigned *ranks) {
    sort(order, n);
    for (size_t i = 0; i < n; i++)
        ranks[order[i].bar] =
            i > 0 && order[i].size == order[i - 1].size ? ranks[order[i - 1].bar] : (unsigned)i + 1;
}

static uint64_t next_random(uint64_t *state) { /* splitmix64 */
    uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* Deviation of bar i's score c in replicate r from their mean; 0 where one has no value */
static double *deviations(const rc_scores *x, size_t n, size_t c, rc_arena *arena) {
    double *d = RC_NEW(arena, double, n *RC_STAT_REPLICATES);
    for (size_t i = 0; i < n; i++) {
        double mean = 0;
        for (int r = 0; r < RC_STAT_REPLICATES; r++)
            mean += x->replicate[r][i][c] / RC_STAT_REPLICATES;
        for (int r = 0; r < RC_STAT_REPLICATES && isfinite(mean); r++)
            d[i * RC_STAT_REPLICATES + (size_t)r] = x->replicate[r][i][c] - mean;
    }
    return d;
}

/* times[bar * n + rank - 1]: how often the bar got the rank when replicates were drawn anew */
static void redraw(const rc_method_type *m, const rc_scores *x, size_t n, size_t c, uint32_t *times,
                   rc_arena *arena) {
    double *d = deviations(x, n, c, arena);
    place *order = RC_NEW(arena, place, n);
    unsigned *ranks = RC_NEW(arena, unsigned, n);
    uint64_t state = 1;
    double grow = sqrt(16.0 / 15) / RC_STAT_REPLICATES; /* s has 15 degrees of freedom */
    for (int b = 0; b < REDRAWS; b++) {
        unsigned chosen[RC_STAT_REPLICATES];
        for (int k = 0; k < RC_STAT_REPLICATES; k++)
            chosen[k] = (unsigned)(next_random(&state) >> 60);
        for (size_t k = 0; k < n; k++) { /* in the order of the time before */
            size_t i = b > 0 ? order[k].bar : k;
            double sum = 0;
            for (int j = 0; j < RC_STAT_REPLICATES; j++)
                sum += d[i * RC_STAT_REPLICATES + chosen[j]];
            order[k] = (place){size_of(m, x->all[i][c] + sum * grow), i};
        }
        rank(order, n, ranks);
        for (size_t i = 0; i < n; i++)
            times[i * n + ranks[i] - 1]++;
    }
}

static void rank_interval(rc_ranked *row, const uint32_t *times, size_t n) {
    uint32_t below = 0, above = 0, cut = REDRAWS * 25 / 1000;
    row->best = row->worst = row->rank;
    for (unsigned r = 1; r <= n; r++) {
        if (below <= cut && below + times[r - 1] > cut)
            row->best = r < row->rank ? r : row->rank;
        below += times[r - 1];
    }
    for (unsigned r = (unsigned)n; r >= 1; r--) {
        if (above <= cut && above + times[r - 1] > cut)
            row->worst = r > row->rank ? r : row->rank;
        above += times[r - 1];
    }
    row->probability = (double)times[row->rank - 1] / REDRAWS;
}

enum { MOST_REDRAWN = 2000 }; /* bars: beyond, ranks have no odds */

/* Without error: the ranks are what they are */
static void fill_exact(const rc_scores *x, size_t n_scores, size_t i, rc_ranked *row) {
    row->probability = 1;
    for (size_t c = 0; c < n_scores; c++) {
        double value = x->all[i][c];
        row->score[c] = (rc_estimate){value, value, value};
    }
}

static void fill_series(const rc_scores *x, size_t i, rc_ranked *row) {
    row->same_side = x->same_side != NULL && x->same_side[i];
    if (x->series.n_steps == 0)
        return;
    row->input = x->series.input + i * x->series.n_steps;
    row->output = x->series.output + i * x->series.n_steps;
}

/* Where bars stand by their second score */
static void fill_second(const rc_study *s, const rc_method_type *m, const rc_study_bar *bars,
                        size_t n, const rc_scores *x, rc_ranked *rows) {
    place *order = RC_NEW(s->arena, place, n);
    unsigned *ranks = RC_NEW(s->arena, unsigned, n);
    uint32_t *times = n <= MOST_REDRAWN ? RC_NEW(s->arena, uint32_t, n * n) : NULL;
    for (size_t i = 0; i < n; i++)
        order[i] = (place){size_of(m, x->all[i][1]), i};
    rank(order, n, ranks);
    if (times != NULL)
        redraw(m, x, n, 1, times, s->arena);
    for (size_t k = 0; k < n; k++) {
        size_t i = (size_t)(rows[k].bar - bars[0].bar); /* they lie in one array */
        rc_ranked stand = {.rank = ranks[i], .best = ranks[i], .worst = ranks[i]};
        stand.probability = NAN;
        if (times != NULL)
            rank_interval(&stand, times + i * n, n);
        rows[k].second = (rc_standing){stand.rank, stand.best, stand.worst, stand.probability};
    }
}

static void fill_rows(const rc_study *s, const rc_method_type *m, const rc_study_bar *bars,
                      size_t n, const rc_scores *x, rc_ranked *rows) {
    place *order = RC_NEW(s->arena, place, n);
    unsigned *ranks = RC_NEW(s->arena, unsigned, n);
    bool redrawn = n <= MOST_REDRAWN && !x->exact;
    uint32_t *times = redrawn ? RC_NEW(s->arena, uint32_t, n * n) : NULL;
    for (size_t i = 0; i < n; i++)
        order[i] = (place){size_of(m, x->all[i][0]), i};
    rank(order, n, ranks);
    if (times != NULL)
        redraw(m, x, n, 0, times, s->arena);
    for (size_t k = 0; k < n; k++) {
        size_t i = order[k].bar;
        rc_ranked *row = &rows[k];
        *row = (rc_ranked){
            .bar = bars[i].bar, .index = bars[i].index, .rank = ranks[i], .probability = NAN};
        row->best = row->worst = row->rank;
        double band = x->own_band != NULL ? x->own_band[i] : x->null_band;
        row->chance = !isnan(band) && !(fabs(x->all[i][0]) > band) &&
                      !((x->exact || m->runs) && isnan(x->all[i][0]));
        fill_series(x, i, row);
        if (x->exact) {
            fill_exact(x, m->n_scores, i, row);
            continue;
        }
        for (size_t c = 0; c < m->n_scores; c++) {
            double replicate[RC_STAT_REPLICATES];
            for (int r = 0; r < RC_STAT_REPLICATES; r++)
                replicate[r] = x->replicate[r][i][c];
            row->score[c] = rc_estimate_around(x->all[i][c], rc_replicate_half(replicate));
        }
        if (m->nonnegative && row->score[0].low < 0 && row->score[0].value >= 0)
            row->score[0].low = 0;
        if (m->nonnegative && row->score[0].high < 0) /* the truth does not lie below */
            row->score[0].high = 0;
        if (times != NULL)
            rank_interval(row, times + i * n, n);
    }
    if (m->table == RC_TABLE_BOTH)
        fill_second(s, m, bars, n, x, rows);
}

/* ---- The whole ---- */

static rc_status refuse(const rc_study *s, const rc_method_type *m, rc_error *err) {
    if (m->runs && s->rerun == NULL)
        return rc_fail(err, RC_USAGE, "%s runs the model, and here is only the result of a run",
                       m->name);
    if (!m->runs && s->n == 0)
        return rc_fail(err, RC_USAGE, "%s needs the cases of a run", m->name);
    if (m->single && s->statistic != RC_STATISTIC_NONE)
        return rc_fail(err, RC_USAGE,
                       "%s looks at one case at a time, which has no mean, percentile or share: "
                       "take --target %s instead of `%s`",
                       m->name, s->output->name, s->target);
    if (m->single && s->given != NULL)
        return rc_fail(err, RC_USAGE,
                       "%s chooses its own cases: --given, which throws away cases of the run, "
                       "does not go with it",
                       m->name);
    double infinite = s->statistic == RC_STATISTIC_BELOW_ZERO ? 0 : s->infinite;
    if (s->statistic == RC_STATISTIC_PERCENTILE && !m->percentiles && !m->about_worth)
        return rc_fail(err, RC_USAGE,
                       "%s has no percentiles: with target `%s` ask for --method tornado", m->name,
                       s->target);
    if (m->numbers && (s->undefined > 0 || infinite > 0))
        return rc_refuse_missing(s, m->name, s->undefined + s->infinite, "--method rank", err);
    if (m->about_worth && s->worth == NULL)
        return rc_refuse_missing(s, m->name, s->undefined + s->infinite, NULL, err);
    return RC_OK;
}

static rc_status score_bars(const rc_study *s, const rc_method_type *m, const rc_study_bar *bars,
                            size_t n, rc_scores *x, rc_error *err) {
    *x = (rc_scores){.null_band = NAN};
    x->all = rc_arena_array(s->arena, n, sizeof *x->all);
    for (int r = 0; r < RC_STAT_REPLICATES; r++)
        x->replicate[r] = rc_arena_array(s->arena, n, sizeof *x->replicate[r]);
    return m->compute(s, bars, n, x, err);
}

static const rc_measure *measure_of(const rc_method_type *m, rc_arena *arena) {
    rc_measure *measure = RC_NEW(arena, rc_measure, 1);
    *measure = (rc_measure){.name = m->name,
                            .title = m->title,
                            .summary = m->summary,
                            .unit = m->unit,
                            .n_scores = m->n_scores,
                            .scores = m->scores,
                            .nonnegative = m->nonnegative,
                            .about_worth = m->about_worth,
                            .runs = m->runs,
                            .table = m->table};
    return measure;
}

static void set_unit(const rc_study *s, const rc_method_type *m, rc_ranking *out) {
    const rc_output *o = m->unit == RC_SCORE_WORTH    ? rc_result_find(s->result, s->worth_name)
                         : m->unit == RC_SCORE_TARGET ? s->output
                                                      : NULL;
    bool event = m->unit == RC_SCORE_TARGET && s->statistic == RC_STATISTIC_BELOW_ZERO;
    out->unit = event || m->unit == RC_SCORE_SHARE ? RC_UNIT_RATIO
                : o != NULL                        ? o->unit
                                                   : RC_UNIT_NUMBER;
    out->unit_text = o != NULL && !event ? o->unit_text : NULL;
}

rc_status rc_rank(const rc_study *s, const rc_method_type *m, rc_ranking *out, rc_error *err) {
    rc_scores x;
    rc_ranked *rows = RC_NEW(s->arena, rc_ranked, s->n_entries + s->n_groups);
    rc_status status = refuse(s, m, err);
    if (status == RC_OK)
        status = score_bars(s, m, s->entries, s->n_entries, &x, err);
    if (status != RC_OK)
        return status;
    fill_rows(s, m, s->entries, s->n_entries, &x, rows);
    *out = (rc_ranking){.method = measure_of(m, s->arena),
                        .about = m->about_worth ? s->worth_name : s->target,
                        .rows = rows,
                        .n_entries = s->n_entries,
                        .n_rows = s->n_entries,
                        .null_band = x.null_band,
                        .fact_name = x.fact_name,
                        .fact = x.fact,
                        .notes = x.notes,
                        .n_notes = x.n_notes,
                        .exact = x.exact,
                        .n_steps = x.series.n_steps,
                        .percent = x.series.percent,
                        .base = x.series.base,
                        .pairs = x.pairs,
                        .n_pairs = x.n_pairs};
    set_unit(s, m, out);
    if (m->entries_only || s->n_groups == 0)
        return RC_OK;
    rc_scores of_groups;
    status = score_bars(s, m, s->groups, s->n_groups, &of_groups, err);
    if (status != RC_OK)
        return status;
    if (!of_groups.exact) { /* several inputs without effect are more than one */
        of_groups.own_band = NULL;
        of_groups.null_band = NAN;
    }
    fill_rows(s, m, s->groups, s->n_groups, &of_groups, rows + s->n_entries);
    out->n_rows += s->n_groups;
    return RC_OK;
}
