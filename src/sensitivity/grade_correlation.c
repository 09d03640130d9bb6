/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grade correlation: Pearson's correlation of the grades F(x) and G(y), the quantity that
 * Spearman's rank correlation estimates (Kruskal 1958), with grades known or looked up instead of
 * ranks that are sorted out (engine/grades.h). Any number of trials in the same memory.
 *
 * A bar of several columns has no direction; its number is the root of the sum of its columns'
 * squares, as if these were independent. */
#include "engine/grades.h"
#include "sensitivity/method.h"

#include <math.h>

static double correlation(const rc_grade_sums *s) {
    double xx = s->xx - s->x * s->x / s->n, yy = s->yy - s->y * s->y / s->n;
    return s->n > 0 && xx > 0 && yy > 0 ? (s->xy - s->x * s->y / s->n) / sqrt(xx * yy) : 0;
}

static double score(const rc_grade_sums *sums, const rc_study_bar *b) {
    double square = 0;
    if (!b->index)
        return correlation(&sums[b->bar->columns[0]]);
    for (size_t c = 0; c < b->bar->n_columns; c++) {
        double r = correlation(&sums[b->bar->columns[c]]);
        square += r * r;
    }
    return sqrt(square < 1 ? square : 1);
}

static rc_status compute(const rc_study *s, const rc_study_bar *bars, size_t n, rc_scores *out,
                         rc_error *err) {
    rc_run_options o = *s->rerun->options;
    rc_grades g;
    o.outputs = &s->output->name;
    o.n_outputs = 1;
    o.bars = true;
    o.samples = false;
    if (s->given != NULL)
        return rc_fail(err, RC_USAGE, "grade looks at all cases: --given does not go with it");
    rc_status status =
        rc_grades_run(s->rerun->model, &o, s->statistic == RC_STATISTIC_BELOW_ZERO, &g, err);
    if (status != RC_OK)
        return status;
    /* columns are counted from the target on here, and from two outputs on in a run with npv */
    size_t shift = s->result->bars[0].columns[0] - g.result->bars[0].columns[0];
    for (size_t i = 0; i < n; i++) {
        rc_bar bar = *bars[i].bar;
        size_t *columns = RC_NEW(s->arena, size_t, bar.n_columns);
        for (size_t c = 0; c < bar.n_columns; c++)
            columns[c] = bar.columns[c] - shift;
        bar.columns = columns;
        rc_study_bar moved = {.bar = &bar, .index = bars[i].index};
        out->all[i][0] = score(g.pooled, &moved);
        for (int r = 0; r < RC_STAT_REPLICATES; r++)
            out->replicate[r][i][0] = score(g.replicate[r], &moved);
    }
    out->null_band = 4 / sqrt((double)g.trials - 1);
    rc_result_free(g.result);
    return RC_OK;
}

static const char *const scores[] = {RC_TR_IN("score", "correlation")};

const rc_method_type rc_method_grade = {
    .name = "grade",
    .title = RC_TR("Grade correlation"),
    .summary = RC_TR("rank correlation without sorting: for any number of cases, nearly the same"),
    .unit = RC_SCORE_PLAIN,
    .n_scores = 1,
    .scores = scores,
    .compute = compute,
    .runs = true,
};
