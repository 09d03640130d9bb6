/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log-likelihood of an instance. */
#include "fit/work.h"

#include "core/math.h"

#include <assert.h>
#include <omp.h>
#include <stdlib.h>

bool rc_fit_instance_set(rc_fit_instance *instance, const rc_dist_type *type,
                         const rc_fit_values *values) {
    rc_dist_value given[RC_DIST_MAX_SLOTS] = {0};
    const rc_dist_form *form = &type->forms[0];
    for (size_t i = 0; i < form->n_slots; i++)
        given[i].number = values->slot[i].value;
    if (values->n_list > 0) {
        given[0].list = values->list;
        given[0].n = values->n_list;
    }
    assert(type->size(given) <= RC_FIT_STATE);
    instance->dist = (rc_dist){.type = type, .p = instance->p};
    return type->init(given, &instance->dist, NULL) == RC_OK;
}

static inline double log_density(const rc_dist *d, double x) {
    if (d->type->log_density != NULL)
        return d->type->log_density(d, x);
    return rc_log(d->type->density(d, x));
}

enum { CHUNK = 4096, PARALLEL_FROM = 1 << 15 };

/* Values from .. to, compensated */
static double chunk(const rc_dist *d, const rc_dist_data *data, size_t from, size_t to) {
    double sum = 0, lost = 0;
    for (size_t i = from; i < to; i++) {
        double term = data->count[i] * log_density(d, data->value[i]), next = sum + term;
        if (!isfinite(next))
            return term == INFINITY ? INFINITY : -INFINITY;
        lost += fabs(sum) >= fabs(term) ? (sum - next) + term : (term - next) + sum;
        sum = next;
    }
    return sum + lost;
}

double rc_fit_log_likelihood(const rc_dist *d, const rc_dist_data *data) {
    size_t n = data->n_values, n_chunks = (n + CHUNK - 1) / CHUNK;
    double sum = 0;
    if (n < PARALLEL_FROM) {
        for (size_t c = 0; c < n_chunks; c++)
            sum += chunk(d, data, c * CHUNK, (c + 1) * CHUNK < n ? (c + 1) * CHUNK : n);
        return sum;
    }
    double *sums = malloc(n_chunks * sizeof *sums);
    if (sums == NULL)
        abort(); /* a few bytes for every 4,096 values: like an arena that cannot grow */
#pragma omp parallel for schedule(static)
    for (size_t c = 0; c < n_chunks; c++)
        sums[c] = chunk(d, data, c * CHUNK, (c + 1) * CHUNK < n ? (c + 1) * CHUNK : n);
    for (size_t c = 0; c < n_chunks; c++)
        sum += sums[c];
    free(sums);
    return sum;
}
