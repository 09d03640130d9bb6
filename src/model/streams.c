/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which stream takes which quasi-random dimension. An overlay must not move the draws of inputs
 * that it does not touch: what it adds comes last, and what it takes away leaves a gap. */
#include "model/streams.h"

#include <stdlib.h>
#include <string.h>

/* ---- Rows ---- */

typedef struct rows {
    const rc_model *model;
    rc_arena *arena;
    rc_stream_row *list;
    size_t n;
} rows;

static void add_draw(rows *r, const rc_draw *draw) {
    r->list[r->n++] = (rc_stream_row){.name = draw->stream,
                                      .draw = draw,
                                      .level = draw->entry != NULL ? draw->entry->level : 0,
                                      .dims = draw->each ? r->model->n_periods : 1};
}

static void add_event(rows *r, const rc_entry *risk, bool time) {
    r->list[r->n++] = (rc_stream_row){
        .name = rc_arena_printf(r->arena, "%s.%s", risk->name, time ? "time" : "event"),
        .entry = risk,
        .time = time,
        .level = risk->level,
        .dims = 1};
}

static void add_shared(rows *r, const rc_correlated *group) {
    unsigned level = 0;
    for (size_t i = 0; i < group->n; i++)
        if (group->draws[i]->entry->level > level)
            level = group->draws[i]->entry->level;
    r->list[r->n++] = (rc_stream_row){.name = group->shared,
                                      .group = group,
                                      .level = level,
                                      .dims = group->draws[0]->each ? r->model->n_periods : 1};
}

static void list_rows(rows *r) {
    const rc_model *m = r->model;
    r->list = RC_NEW(r->arena, rc_stream_row, m->n_draws + 2 * m->n_entries + m->n_correlated);
    size_t d = 0;
    for (size_t i = 0; i < m->n_entries; i++) {
        const rc_entry *e = m->entries[i];
        if (e->risk != NULL && e->risk->trigger != RC_WHEN)
            add_event(r, e, false);
        if (e->risk != NULL && (e->risk->anytime || e->risk->trigger == RC_RATE))
            add_event(r, e, true);
        for (; d < m->n_draws && (m->draws[d]->entry == NULL || m->draws[d]->entry->index <= i);
             d++)
            add_draw(r, m->draws[d]);
    }
    for (; d < m->n_draws; d++) /* draws of settings such as the discount rate come last */
        add_draw(r, m->draws[d]);
    for (size_t i = 0; i < m->n_correlated; i++) /* after all others, which they do not move */
        if (m->correlated[i].shared != NULL)
            add_shared(r, &m->correlated[i]);
}

/* ---- Dimensions ---- */

static int by_name(const void *a, const void *b) {
    const rc_stream_row *x = *(rc_stream_row *const *)a, *y = *(rc_stream_row *const *)b;
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : (x > y) - (x < y);
}

static int by_level(const void *a, const void *b) {
    const rc_stream_row *x = *(rc_stream_row *const *)a, *y = *(rc_stream_row *const *)b;
    return x->level != y->level ? (x->level > y->level) - (x->level < y->level) : (x > y) - (x < y);
}

/* The first row of that name, or NULL. */
static rc_stream_row *find(rc_stream_row **sorted, size_t n, const char *name) {
    size_t low = 0;
    for (size_t high = n; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(sorted[middle]->name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && strcmp(sorted[low]->name, name) == 0 ? sorted[low] : NULL;
}

static const uint32_t none = UINT32_MAX;

/* What model->dimensions says; returns the dimensions used. */
static uint32_t reserve(const rc_model *m, rc_stream_row **sorted, size_t n) {
    uint32_t next = 0;
    for (size_t i = 0; i < m->n_dimensions; i++) {
        const rc_dimension *given = &m->dimensions[i];
        rc_stream_row *row = given->name != NULL ? find(sorted, n, given->name) : NULL;
        uint32_t dims = given->dims;
        if (dims == 0)
            dims = row != NULL ? row->dims : 1;
        if (row != NULL && row->first == none && row->dims <= dims)
            row->first = next;
        next += dims;
    }
    return next;
}

const rc_stream_row *rc_model_streams(const rc_model *m, rc_arena *arena, size_t *n,
                                      uint32_t *dimensions) {
    rows r = {.model = m, .arena = arena};
    list_rows(&r);
    rc_stream_row **named = RC_NEW(arena, rc_stream_row *, r.n);
    rc_stream_row **order = RC_NEW(arena, rc_stream_row *, r.n);
    for (size_t i = 0; i < r.n; i++) {
        r.list[i].first = none;
        named[i] = order[i] = &r.list[i];
    }
    if (r.n > 0) {
        qsort(named, r.n, sizeof *named, by_name);
        qsort(order, r.n, sizeof *order, by_level);
    }
    uint32_t next = reserve(m, named, r.n);
    for (size_t i = 0; i < r.n; i++) {
        rc_stream_row *row = order[i];
        if (row->first != none)
            continue;
        bool tagged = row->draw != NULL && row->draw->tagged;
        const rc_stream_row *shared = tagged ? find(named, r.n, row->name) : row;
        if (shared->first == none) { /* the first of a tag may come later by level */
            row->first = next;
            next += row->dims;
            ((rc_stream_row *)shared)->first = row->first;
        } else {
            row->first = shared->first;
        }
    }
    *n = r.n;
    *dimensions = next;
    return r.list;
}

/* ---- As a list ---- */

static int by_first(const void *a, const void *b) {
    const rc_stream_row *x = *(const rc_stream_row *const *)a, *y = *(rc_stream_row *const *)b;
    return x->first != y->first ? (x->first > y->first) - (x->first < y->first) : (x > y) - (x < y);
}

const rc_dimension *rc_model_dimensions(const rc_model *m, rc_arena *arena, size_t *n) {
    size_t n_rows;
    uint32_t total, next = 0;
    const rc_stream_row *list = rc_model_streams(m, arena, &n_rows, &total);
    const rc_stream_row **order = RC_NEW(arena, const rc_stream_row *, n_rows);
    for (size_t i = 0; i < n_rows; i++)
        order[i] = &list[i];
    if (n_rows > 0)
        qsort(order, n_rows, sizeof *order, by_first);
    rc_dimension *out = RC_NEW(arena, rc_dimension, 2 * n_rows + 1);
    *n = 0;
    for (size_t i = 0; i < n_rows; i++) {
        if (order[i]->first < next)
            continue; /* shares the one before */
        if (order[i]->first > next)
            out[(*n)++] = (rc_dimension){NULL, order[i]->first - next};
        out[(*n)++] = (rc_dimension){order[i]->name, order[i]->dims};
        next = order[i]->first + order[i]->dims;
    }
    if (total > next)
        out[(*n)++] = (rc_dimension){NULL, total - next};
    return out;
}

bool rc_model_dimensions_plain(const rc_model *m) {
    rc_arena *arena = rc_arena_new();
    size_t n;
    uint32_t total, next = 0;
    const rc_stream_row *list = rc_model_streams(m, arena, &n, &total);
    bool plain = true;
    for (size_t i = 0; i < n; i++) {
        plain = plain && list[i].first <= next; /* below: shared with an earlier one */
        if (list[i].first == next)
            next += list[i].dims;
    }
    plain = plain && total == next;
    rc_arena_free(arena);
    return plain;
}
