/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From states and values to the rows of outputs and the cells of the cash table. */
#include "engine/pass.h"

#include <math.h>
#include <string.h>

rc_rows rc_rows_new(rc_running *r, size_t n) {
    rc_arena *keep = r->result->arena;
    size_t most = rc_summary_count() * RC_SUMMARY_MAX_ROWS;
    rc_estimate *wide = r->options->alpha > 0 ? RC_NEW(keep, rc_estimate, n * most) : NULL;
    return (rc_rows){RC_NEW(keep, rc_row, n * most), wide,
                     RC_NEW(keep, uint64_t, n * RC_HISTOGRAM_BINS), most};
}

/** The same rows with the wider intervals. */
static void finish_wide(const rc_summary_input *in, const rc_summary_type *type,
                        const rc_certainty *certainty, rc_estimate *wide) {
    rc_row rows[RC_SUMMARY_MAX_ROWS];
    rc_summary_input wider = *in;
    wider.certainty = certainty;
    const size_t n = type->finish(&wider, rows);
    for (size_t i = 0; i < n; i++)
        wide[i] = rows[i].estimate;
}

void rc_finish_output(rc_running *r, rc_output *o, const rc_swept *s, size_t c,
                      const rc_sample *sample, rc_rows *room) {
    rc_row *rows = room->rows + c * room->most_rows;
    rc_estimate *wide = room->wide != NULL ? room->wide + c * room->most_rows : NULL;
    rc_summary_input in = {.sample = sample,
                           .replicated = r->sampler.type->replicated,
                           .higher_is_better = o->higher_is_better,
                           .hurdle = o->hurdle};
    size_t at = c * rc_states_size();
    o->n_rows = 0;
    for (size_t i = 0; i < rc_summary_count(); i++) {
        const rc_summary_type *type = rc_summary_at(i);
        in.pooled = s->pooled + at;
        for (int k = 0; k < RC_REPLICATES; k++)
            in.replicate[k] = s->replicate[k] + at;
        if (wide != NULL)
            finish_wide(&in, type, &r->certainty, wide + o->n_rows);
        o->n_rows += type->finish(&in, rows + o->n_rows);
        if (strcmp(type->name, "moments") == 0) {
            rc_counts counts = rc_moments_counts(in.pooled);
            double n = (double)r->sampler.trials;
            o->undefined = (double)counts.undefined / n;
            o->infinite = (double)counts.infinite / n;
        }
        at += (type->state_size + 15) / 16 * 16;
    }
    o->rows = rows;
    o->wide = wide;
    o->histogram.counts = room->bins + c * RC_HISTOGRAM_BINS;
    rc_histogram_fill(sample, &o->histogram);
}

void rc_finish_cell(const rc_collected *column, const void *moments_state,
                    const rc_sample *sample) {
    rc_cash_cell *cell = column->cell;
    rc_row rows[RC_SUMMARY_MAX_ROWS];
    rc_summary_input in = {.sample = sample,
                           .pooled = moments_state,
                           .hurdle = NAN,
                           .values_only = true,
                           .few = column->few};
    for (int k = 0; k < RC_REPLICATES; k++)
        in.replicate[k] = moments_state;
    rc_summary_find("moments")->finish(&in, rows);
    cell->mean = rows[0].estimate.value;
    size_t n_rows = rc_summary_find("percentiles")->finish(&in, rows);
    for (size_t i = 0; i < n_rows && i < RC_CASH_PERCENTILES; i++)
        cell->percentile[i] = rows[i].estimate.value;
}
