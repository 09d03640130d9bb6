/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places in a file: line and column of every 256th byte are kept, and counted on from there. */
#include "model/place.h"

#include <string.h>

enum { EVERY = 256 };

struct rc_place {
    uint32_t line, column;
};

/* Move over the byte at `at`. Columns count code points: a continuation byte adds none. A line ends
 * at LF, CR LF or a lone CR. */
static void move(struct rc_place *place, const rc_source *source, size_t at) {
    const unsigned char *b = (const unsigned char *)source->bytes;
    unsigned char c = b[at];
    if (c == '\n' || (c == '\r' && b[at + 1] != '\n')) {
        place->line++;
        place->column = 1;
    } else if ((c & 0xC0) != 0x80 && c != '\r') {
        place->column++;
    }
}

static size_t first_byte(const rc_source *source) {
    bool marked = source->length >= 3 && memcmp(source->bytes, "\xEF\xBB\xBF", 3) == 0;
    return marked ? 3 : 0;
}

void rc_places_build(rc_places *places, const rc_source *source, rc_arena *arena) {
    places->source = source;
    places->marks = RC_NEW(arena, struct rc_place, source->length / EVERY + 1);
    struct rc_place now = {1, 1};
    size_t first = first_byte(source);
    for (size_t i = 0; i <= source->length; i++) {
        if (i % EVERY == 0)
            places->marks[i / EVERY] = now;
        if (i >= first && i < source->length)
            move(&now, source, i);
    }
}

rc_mark rc_places_mark(const rc_places *places, size_t from, size_t to) {
    const rc_source *source = places->source;
    if (from > source->length)
        from = source->length;
    if (to > source->length)
        to = source->length;
    struct rc_place now = places->marks[from / EVERY];
    size_t first = first_byte(source);
    for (size_t i = from / EVERY * EVERY; i < from; i++)
        if (i >= first)
            move(&now, source, i);
    rc_mark mark = {source, now.line, now.column, 0};
    for (size_t i = from; i < to && now.line == mark.line; i++) {
        mark.length = now.column - mark.column;
        move(&now, source, i);
    }
    if (now.line == mark.line && to > from)
        mark.length = now.column - mark.column;
    if (mark.length == 0)
        mark.length = 1;
    return mark;
}
