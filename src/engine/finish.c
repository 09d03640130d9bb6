/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From states and kept samples to the rows of outputs and the cells of the cash table. */
#include "engine/pass.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Summaries ---- */

typedef struct states {
    unsigned char *pooled;                   /* [n_columns][state_bytes] */
    unsigned char *replicate[RC_REPLICATES]; /* likewise */
} states;

static states merge_all(rc_pass *p) {
    states s;
    size_t bytes = p->n_columns * p->state_bytes;
    rc_forest all = rc_forest_new(p->arena, p->n_columns, p->state_bytes);
    rc_forest one = rc_forest_new(p->arena, p->n_columns, p->state_bytes);
    size_t chunk = 0;
    for (uint32_t r = 0; r < RC_REPLICATES; r++) {
        one.depth = one.leaves = 0;
        for (; chunk < p->n_chunks && p->chunk_replicate[chunk] == r; chunk++) {
            memcpy(rc_forest_top(&one), p->partial + chunk * bytes, bytes);
            rc_forest_push(&one);
        }
        s.replicate[r] = RC_NEW(p->arena, unsigned char, bytes);
        if (one.leaves > 0)
            memcpy(s.replicate[r], rc_forest_close(&one), bytes);
        memcpy(rc_forest_top(&all), s.replicate[r], bytes);
        rc_forest_push(&all);
    }
    s.pooled = RC_NEW(p->arena, unsigned char, bytes);
    memcpy(s.pooled, rc_forest_close(&all), bytes);
    return s;
}

static void finish_output(rc_pass *p, const states *s, size_t c, const rc_sample *sample,
                          rc_row *rows, uint64_t *bins) {
    rc_running *r = p->r;
    rc_output *o = &r->wanted.outputs[p->columns[c].output];
    rc_summary_input in = {.sample = sample,
                           .replicated = r->sampler.type->replicated,
                           .higher_is_better = o->higher_is_better,
                           .hurdle = o->hurdle};
    size_t at = c * p->state_bytes;
    for (size_t i = 0; i < rc_summary_count(); i++) {
        const rc_summary_type *type = rc_summary_at(i);
        in.pooled = s->pooled + at;
        for (int k = 0; k < RC_REPLICATES; k++)
            in.replicate[k] = s->replicate[k] + at;
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
    o->histogram.counts = bins;
    rc_histogram_fill(sample, &o->histogram);
}

static void finish_cell(const rc_sample *sample, rc_isa isa, rc_cash_cell *cell) {
    const rc_summary_type *percentiles = NULL, *moments = NULL;
    for (size_t i = 0; i < rc_summary_count(); i++) {
        const rc_summary_type *s = rc_summary_at(i);
        percentiles = strcmp(s->name, "percentiles") == 0 ? s : percentiles;
        moments = strcmp(s->name, "moments") == 0 ? s : moments;
    }
    rc_row rows[RC_SUMMARY_MAX_ROWS];
    _Alignas(16) unsigned char state[RC_SUMMARY_MAX_STATE] = {0};
    const double *x = sample->x;
    uint64_t n = sample->start[RC_STAT_REPLICATES];
    const rc_summary_context how = {isa, NAN};
    for (uint64_t i = 0; i < n; i += RC_BLOCK) {
        _Alignas(16) unsigned char block[RC_SUMMARY_MAX_STATE] = {0};
        moments->add(block, &how, x + i, n - i < RC_BLOCK ? (size_t)(n - i) : RC_BLOCK);
        moments->merge(state, block);
    }
    rc_summary_input in = {.sample = sample, .pooled = state, .hurdle = NAN, .values_only = true};
    for (int k = 0; k < RC_REPLICATES; k++)
        in.replicate[k] = state;
    moments->finish(&in, rows);
    cell->mean = rows[0].estimate.value;
    size_t n_rows = percentiles->finish(&in, rows);
    for (size_t i = 0; i < n_rows && i < RC_CASH_PERCENTILES; i++)
        cell->percentile[i] = rows[i].estimate.value;
}

void rc_pass_summarise(rc_pass *p) {
    rc_running *r = p->r;
    states s = merge_all(p);
    rc_arena *keep = r->result->arena;
    size_t most_rows = rc_summary_count() * RC_SUMMARY_MAX_ROWS;
    rc_row *rows = RC_NEW(keep, rc_row, p->n_columns * most_rows);
    uint64_t *bins = RC_NEW(keep, uint64_t, p->n_columns * RC_HISTOGRAM_BINS);
#pragma omp parallel num_threads(r->threads)
    {
        rc_sample sample = {.scratch = malloc(r->sampler.trials * sizeof(double) + 64)};
        memcpy(sample.start, r->start, sizeof sample.start);
#pragma omp for schedule(dynamic, 1)
        for (size_t c = 0; c < p->n_columns; c++) {
            sample.x = p->samples[c];
            if (sample.scratch == NULL)
                p->stop = 2;
            else if (p->columns[c].output != SIZE_MAX)
                finish_output(p, &s, c, &sample, rows + c * most_rows,
                              bins + c * RC_HISTOGRAM_BINS);
            else
                finish_cell(&sample, r->isa, p->columns[c].cell);
        }
        free(sample.scratch);
    }
}
