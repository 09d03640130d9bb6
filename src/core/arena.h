/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that lives and dies together. A model, a plan and a result own one arena each and are
 * immutable once built, so threads share them without locks. An arena itself is not thread-safe. */
#ifndef RC_CORE_ARENA_H
#define RC_CORE_ARENA_H

#include <stddef.h>

typedef struct rc_arena rc_arena;

/** A new, empty arena. Running out of memory while one is filled ends the program with a message on
 * stderr and exit code 3: a model that does not fit cannot be simulated either. */
rc_arena *rc_arena_new(void);
void rc_arena_free(rc_arena *arena); /* NULL is fine */
/** A new, empty arena that goes when its parent does: for one thread of several that allocate. */
rc_arena *rc_arena_child(rc_arena *parent);

/** Zeroed bytes, aligned to 64 (a cache line and an AVX-512 vector). */
void *rc_arena_alloc(rc_arena *arena, size_t bytes);
#define RC_NEW(arena, type, count) ((type *)rc_arena_array((arena), (count), sizeof(type)))
void *rc_arena_array(rc_arena *arena, size_t count, size_t size); /* overflow-checked */
/** The same, but not zeroed: for what is written whole, by other threads perhaps. */
#define RC_NEW_RAW(arena, type, count) ((type *)rc_arena_raw((arena), (count), sizeof(type)))
void *rc_arena_raw(rc_arena *arena, size_t count, size_t size);

char *rc_arena_strdup(rc_arena *arena, const char *text);
char *rc_arena_strndup(rc_arena *arena, const char *text, size_t bytes);
char *rc_arena_printf(rc_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Grow an array in an arena: returns room for at least `need` elements, the old ones copied, and
 * updates *capacity. The old block is kept until the arena goes (total at most twice the final). */
void *rc_arena_grow(rc_arena *arena, void *old, size_t *capacity, size_t need, size_t size);

#endif
