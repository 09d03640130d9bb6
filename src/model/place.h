/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Byte offset -> line and column, quickly also in a file that is one line of 10 MB. */
#ifndef RC_MODEL_PLACE_H
#define RC_MODEL_PLACE_H

#include "model/source.h"

typedef struct rc_places {
    const rc_source *source;
    struct rc_place *marks; /* one every few hundred bytes */
} rc_places;

void rc_places_build(rc_places *places, const rc_source *source, rc_arena *arena);

/** The place of bytes from..to (one caret where to <= from); the length ends with the line. */
rc_mark rc_places_mark(const rc_places *places, size_t from, size_t to);

#endif
