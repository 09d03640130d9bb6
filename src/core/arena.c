/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = 64, FIRST_CHUNK = 1 << 14, LARGEST_CHUNK = 1 << 22 };

typedef struct chunk {
    struct chunk *next;
    size_t used, size; /* bytes after the header, which itself takes one ALIGN */
} chunk;

struct rc_arena {
    chunk *chunks;
    size_t next_size;
    rc_arena *children, *next; /* children: a list by next */
};

static void out_of_memory(size_t bytes) {
    fprintf(stderr, "roicast: not enough memory (%zu bytes)\n", bytes);
    exit(3);
}

rc_arena *rc_arena_new(void) {
    rc_arena *arena = calloc(1, sizeof *arena);
    if (arena == NULL)
        out_of_memory(sizeof *arena);
    arena->next_size = FIRST_CHUNK;
    return arena;
}

rc_arena *rc_arena_child(rc_arena *parent) {
    rc_arena *child = rc_arena_new();
    child->next = parent->children;
    parent->children = child;
    return child;
}

void rc_arena_free(rc_arena *arena) {
    if (arena == NULL)
        return;
    for (rc_arena *child = arena->children, *next; child != NULL; child = next) {
        next = child->next;
        rc_arena_free(child);
    }
    for (chunk *c = arena->chunks, *next; c != NULL; c = next) {
        next = c->next;
        free(c);
    }
    free(arena);
}

static chunk *add_chunk(rc_arena *arena, size_t bytes) {
    size_t size = bytes > arena->next_size ? bytes : arena->next_size;
    if (arena->next_size < LARGEST_CHUNK)
        arena->next_size *= 2;
    chunk *c = aligned_alloc(ALIGN, size + ALIGN);
    if (c == NULL)
        out_of_memory(size);
    c->used = 0;
    c->size = size;
    c->next = arena->chunks;
    arena->chunks = c;
    return c;
}

static size_t size_of(size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size)
        out_of_memory(SIZE_MAX);
    return count * size;
}

static void *take(rc_arena *arena, size_t bytes) {
    if (bytes > SIZE_MAX - 2 * ALIGN)
        out_of_memory(bytes);
    bytes = (bytes + ALIGN - 1) / ALIGN * ALIGN;
    chunk *c = arena->chunks;
    if (c == NULL || c->size - c->used < bytes)
        c = add_chunk(arena, bytes);
    char *p = (char *)c + ALIGN + c->used;
    c->used += bytes;
    return p;
}

void *rc_arena_alloc(rc_arena *arena, size_t bytes) {
    void *p = take(arena, bytes);
    return memset(p, 0, (bytes + ALIGN - 1) / ALIGN * ALIGN); /* to the end of its last line */
}

void *rc_arena_array(rc_arena *arena, size_t count, size_t size) {
    return rc_arena_alloc(arena, size_of(count, size));
}

void *rc_arena_raw(rc_arena *arena, size_t count, size_t size) {
    return take(arena, size_of(count, size));
}

char *rc_arena_strndup(rc_arena *arena, const char *text, size_t bytes) {
    char *copy = rc_arena_alloc(arena, bytes + 1);
    memcpy(copy, text, bytes);
    return copy;
}

char *rc_arena_strdup(rc_arena *arena, const char *text) {
    return rc_arena_strndup(arena, text, strlen(text));
}

char *rc_arena_printf(rc_arena *arena, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    char *text = rc_arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(args);
    return text;
}

void *rc_arena_grow(rc_arena *arena, void *old, size_t *capacity, size_t need, size_t size) {
    if (need <= *capacity)
        return old;
    size_t wanted = *capacity < 8 ? 8 : 2 * *capacity;
    if (wanted < need)
        wanted = need;
    void *grown = rc_arena_array(arena, wanted, size);
    if (old != NULL)
        memcpy(grown, old, *capacity * size);
    *capacity = wanted;
    return grown;
}
