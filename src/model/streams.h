/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The random streams of a model and the quasi-random dimensions that they take. */
#ifndef RC_MODEL_STREAMS_H
#define RC_MODEL_STREAMS_H

#include "model/model.h"

typedef struct rc_stream_row {
    const char *name;      /**< unique, but that draws tagged with rows= share "rows:TAG" */
    const rc_draw *draw;   /**< NULL: of a risk or group */
    const rc_entry *entry; /**< the risk whose occurrence (or `time` of it) is drawn */
    bool time;
    const rc_correlated *group; /**< whose shared scale is drawn */
    unsigned level;             /**< of the entry: what overlays add comes after what was there */
    uint32_t first, dims;       /**< dimensions first ... first + dims - 1 */
} rc_stream_row;

/** Rows in section order, then file order, then groups; *dimensions: how many there are, free ones
 * counted.
 *
 * Dimensions: those of model->dimensions first (a name that draws nothing leaves its place free),
 * then the others by level, and in the order of the rows within a level. */
const rc_stream_row *rc_model_streams(const rc_model *model, rc_arena *arena, size_t *n,
                                      uint32_t *dimensions);

/** The same as a list that `dimensions:` of a model can hold: names in the order of dimensions,
 * and gaps. */
const rc_dimension *rc_model_dimensions(const rc_model *model, rc_arena *arena, size_t *n);

/** Models that are compared draw alike what they call alike: copies of n models in which equal
 * names of streams have the same dimensions, those of the first model as it has them. Copies share
 * everything else with their originals. */
const rc_model *const *rc_models_align(const rc_model *const *models, size_t n, rc_arena *arena);

/** Do the dimensions follow the rows without a gap? Then nothing needs to be said about them. */
bool rc_model_dimensions_plain(const rc_model *model);

#endif
