/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding one's way in a result. */
#include "result/result.h"

#include <stdlib.h>
#include <string.h>

const int rc_cash_percentiles[RC_CASH_PERCENTILES] = {1, 5, 10, 25, 50, 75, 90, 95, 99};

const char *const rc_assumed_name[RC_ASSUMED_COUNT] = {
    [RC_ASSUMED_SETTING] = "settings", [RC_ASSUMED_FACTOR] = "factors",
    [RC_ASSUMED_INPUT] = "inputs",     [RC_ASSUMED_LEVER] = "levers",
    [RC_ASSUMED_SERIES] = "series",    [RC_ASSUMED_BENEFIT] = "benefits",
    [RC_ASSUMED_COST] = "costs",       [RC_ASSUMED_RISK] = "risks",
};

const double rc_sketch_points[RC_SKETCH] = {0.01, 0.05, 0.10, 0.15, 0.20, 0.25, 0.30,
                                            0.35, 0.40, 0.45, 0.50, 0.55, 0.60, 0.65,
                                            0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 0.99};

const rc_output *rc_result_find(const rc_result *result, const char *name) {
    for (size_t i = 0; i < result->n_outputs; i++)
        if (strcmp(result->outputs[i].name, name) == 0)
            return &result->outputs[i];
    return NULL;
}

static bool same(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

const rc_row *rc_output_row(const rc_output *output, const char *key, const char *sub) {
    for (size_t i = 0; i < output->n_rows; i++)
        if (same(output->rows[i].key, key) && same(output->rows[i].sub, sub))
            return &output->rows[i];
    return NULL;
}

void rc_result_free(rc_result *result) {
    if (result == NULL)
        return;
    for (size_t i = 0; i < result->n_outputs; i++)
        free((double *)result->outputs[i].samples);
    rc_arena_free(result->arena); /* the result itself lies in its arena */
}
