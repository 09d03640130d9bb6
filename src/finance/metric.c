/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of metrics. */
#include "finance/metric.h"

#include <string.h>

#define RC_METRIC(name)                                                                            \
    extern const rc_metric_type rc_metric_##name##_sse2, rc_metric_##name##_avx2,                  \
        rc_metric_##name##_avx512;
#include "finance/metric.def"
#undef RC_METRIC

static const rc_metric_type *const table[][RC_ISA_COUNT] = {
#define RC_METRIC(name)                                                                            \
    {&rc_metric_##name##_sse2, &rc_metric_##name##_avx2, &rc_metric_##name##_avx512},
#include "finance/metric.def"
#undef RC_METRIC
};

size_t rc_metric_count(void) {
    return sizeof table / sizeof *table;
}

const rc_metric_type *rc_metric_at(size_t index, rc_isa isa) {
    return index < rc_metric_count() ? table[index][isa] : NULL;
}

const rc_metric_type *rc_metric_find(const char *name) {
    for (size_t i = 0; i < rc_metric_count(); i++)
        if (strcmp(table[i][0]->name, name) == 0)
            return table[i][0];
    return NULL;
}
