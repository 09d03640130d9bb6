/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the reference share. */
#ifndef RC_TESTS_ENGINE_REFERENCE_OWN_H
#define RC_TESTS_ENGINE_REFERENCE_OWN_H

#include "reference.h"

enum { MOST_OCCURRENCES = 4096 };

typedef struct memo_cell {
    const void *key;
    unsigned k, j;
    uint64_t trial;
    double value;
} memo_cell;

/** When a risk occurs in this trial. */
typedef struct occurrences {
    uint64_t trial; /* for which it was worked out */
    bool throughout;
    bool late; /* known in period 1 at the earliest: a gate on a series */
    size_t n;
    double time[MOST_OCCURRENCES];
} occurrences;

struct reference {
    const rc_model *model;
    const rc_lower *streams;
    const rc_sampler *sampler;
    uint32_t replicate;
    uint64_t index, trial;
    memo_cell *memo;
    size_t memo_size, memo_used;
    unsigned occurrence; /* 1 + number of the occurrence whose factor or impact is evaluated; 0 */
    const rc_entry *occurring;
    rc_arena *arena, *scratch;
    rc_dist **prepared;  /* [n_draws] fast instances of constant draws */
    rc_dist **ratio;     /* [n_correlated] chi^2 / df of Student's groups */
    occurrences **risks; /* [n_entries] */
};

/** Values remembered within a trial. */
bool reference_recall(reference *f, const void *key, unsigned k, unsigned j, double *value);
double reference_remember(reference *f, const void *key, unsigned k, unsigned j, double value);

double reference_point(reference *f, uint32_t stream, uint32_t draw); /* in (0, 1) as w */
double reference_uniform(double w);
const occurrences *reference_occurrences(reference *f, const rc_entry *risk);
unsigned reference_period_of(const reference *f, double years);
double reference_factor(reference *f, unsigned k);
double reference_metric(reference *f, const char *name);
double reference_risk_impact(reference *f, const rc_entry *risk, unsigned k);
double reference_risk_effect(reference *f, const rc_entry *risk, unsigned k);

#endif
