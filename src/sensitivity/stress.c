/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every output in the cases that meet a condition: what the run would have said of them alone.
 * Intervals come from the replicates, each with those of its cases that meet it. */
#include "sensitivity/sensitivity.h"

#include "stats/interval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The defined values of the cases, replicate by replicate. */
static void take(const rc_study *s, const rc_output *o, double *x, rc_sample *sample) {
    size_t n = 0;
    sample->x = x;
    for (int r = 0; r < RC_STAT_REPLICATES; r++) {
        for (size_t i = s->met_start[r]; i < s->met_start[r + 1]; i++)
            if (!isnan(o->samples[s->met[i]]))
                x[n++] = o->samples[s->met[i]];
        sample->start[r + 1] = n;
    }
}

/* The mean of x, or (below) the share of the cases whose x lies below 0. */
static rc_estimate mean_of(const rc_study *s, const rc_sample *sample, bool below) {
    double replicate[RC_STAT_REPLICATES], total = 0;
    for (int r = 0; r < RC_STAT_REPLICATES; r++) {
        double sum = 0, n = (double)(s->met_start[r + 1] - s->met_start[r]);
        for (uint64_t i = sample->start[r]; i < sample->start[r + 1]; i++)
            sum += below ? sample->x[i] < 0 : sample->x[i];
        if (!below)
            n = (double)(sample->start[r + 1] - sample->start[r]);
        total += sum;
        replicate[r] = n > 0 ? sum / n : NAN;
    }
    double cases = below ? (double)s->met_start[RC_STAT_REPLICATES]
                         : (double)sample->start[RC_STAT_REPLICATES];
    return rc_estimate_around(total / cases, rc_replicate_half(replicate));
}

static void fill(const rc_study *s, const rc_output *o, double *room, rc_stressed *out) {
    static const char *const wanted[] = {"5", "50", "95"};
    size_t cases = s->met_start[RC_STAT_REPLICATES];
    rc_sample sample = {.scratch = room + cases};
    rc_row rows[RC_SUMMARY_MAX_ROWS];
    take(s, o, room, &sample);
    uint64_t n = sample.start[RC_STAT_REPLICATES];
    *out = (rc_stressed){.output = o, .undefined = 1 - (double)n / (double)cases};
    out->below_zero = mean_of(s, &sample, true);
    out->mean = out->percentile[0] = out->percentile[1] = out->percentile[2] =
        (rc_estimate){NAN, NAN, NAN};
    if (n == 0)
        return;
    out->mean = mean_of(s, &sample, false);
    const rc_summary_input in = {.sample = &sample,
                                 .replicated = s->result->replicated,
                                 .higher_is_better = o->higher_is_better,
                                 .hurdle = NAN};
    size_t n_rows = rc_summary_find("percentiles")->finish(&in, rows);
    for (int w = 0; w < 3; w++)
        for (size_t i = 0; i < n_rows; i++)
            if (rows[i].sub != NULL && strcmp(rows[i].sub, wanted[w]) == 0)
                out->percentile[w] = rows[i].estimate;
}

rc_status rc_stress(const rc_study *s, const rc_stressed **out, size_t *n, rc_error *err) {
    const rc_result *r = s->result;
    rc_stressed *rows = RC_NEW(s->arena, rc_stressed, r->n_outputs);
    *n = 0;
    *out = rows;
    if (s->given == NULL)
        return RC_OK;
    double *room = malloc((2 * s->met_start[RC_STAT_REPLICATES] + 16) * sizeof *room);
    if (room == NULL)
        return rc_fail(err, RC_MEMORY, "not enough memory to look at outputs");
    for (size_t i = 0; i < r->n_outputs; i++)
        if (r->outputs[i].kind != RC_OUTPUT_DRAWN && r->outputs[i].samples != NULL)
            fill(s, &r->outputs[i], room, &rows[(*n)++]);
    free(room);
    return RC_OK;
}
