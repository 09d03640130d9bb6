/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `dimensions: [first, second, 3, third]`: which quasi-random dimensions the draws take, in order;
 * numbers are places left free. A name is that of a stream: an entry or setting, `entry#2` for its
 * second draw, `risk.event` and `risk.time`, `rows:tag` of data that share their rows. An entry
 * that draws nothing any more keeps its place. */
#include "model/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FREE = 1 << 20 };

void rc_dimensions_read(rc_check *c, const rc_yaml *y) {
    if (y->kind != RC_YAML_LIST) {
        rc_check_error(c, y->mark, "dimensions: [first, second, 3, third]",
                       "`dimensions` must be a list of names and of numbers of free places");
        return;
    }
    rc_dimension *rows = RC_NEW(c->arena, rc_dimension, y->n);
    for (size_t i = 0; i < y->n; i++) {
        const rc_yaml *item = y->items[i];
        double free_places;
        if (item->kind != RC_YAML_SCALAR || item->null)
            rc_check_error(c, item->mark, NULL,
                           "`dimensions` is a list of names and numbers; one of them is needed");
        else if (!rc_number_parse(item->text, &free_places))
            rows[i].name = item->text;
        else if (free_places >= 1 && free_places <= MOST_FREE && free_places == floor(free_places))
            rows[i].dims = (uint32_t)free_places;
        else
            rc_check_error(c, item->mark, NULL,
                           "`%.40s` free dimensions; a whole number from 1 to %d is needed",
                           item->text, (int)MOST_FREE);
    }
    c->dimensions = y;
    c->top.dimensions = rows;
    c->top.n_dimensions = y->n;
}

/* The entry or setting that the name of a stream belongs to */
static const char *owner_of(rc_check *c, const char *stream) {
    return rc_arena_printf(c->arena, "%.*s", (int)strcspn(stream, "#."), stream);
}

static int by_name(const void *a, const void *b) {
    const rc_yaml *x = *(const rc_yaml *const *)a, *y = *(const rc_yaml *const *)b;
    int order = strcmp(x->text, y->text);
    if (order == 0) /* of two, the later is one too many */
        order = x->mark.line != y->mark.line
                    ? (x->mark.line > y->mark.line ? 1 : -1)
                    : (x->mark.column > y->mark.column) - (x->mark.column < y->mark.column);
    return order;
}

static void check_twice(rc_check *c) {
    size_t n = 0;
    const rc_yaml **named = RC_NEW(c->arena, const rc_yaml *, c->dimensions->n);
    for (size_t i = 0; i < c->dimensions->n; i++)
        if (c->top.dimensions[i].name != NULL)
            named[n++] = c->dimensions->items[i];
    if (n > 1)
        qsort(named, n, sizeof *named, by_name);
    for (size_t i = 1; i < n; i++)
        if (strcmp(named[i]->text, named[i - 1]->text) == 0)
            rc_check_error(c, named[i]->mark, NULL, "`%.60s` stands twice in `dimensions`",
                           named[i]->text);
}

void rc_dimensions_finish(rc_check *c) {
    if (c->dimensions != NULL)
        check_twice(c);
    for (size_t i = 0; c->dimensions != NULL && i < c->dimensions->n; i++) {
        const char *stream = c->top.dimensions[i].name;
        if (stream == NULL || strncmp(stream, "rows:", strlen("rows:")) == 0 ||
            strncmp(stream, "correlation#", strlen("correlation#")) == 0)
            continue;
        const char *owner = owner_of(c, stream);
        const rc_key *setting = rc_key_find(&rc_top_keys, owner);
        if (rc_check_find(c, owner) == NULL && (setting == NULL || setting->kind != RC_KEY_FORMULA))
            rc_diag_warning(c->diags, NULL, c->dimensions->items[i]->mark,
                            rc_check_nearest(c, owner, false, NULL),
                            "no entry has the name `%.60s` of `dimensions`: its place stays free",
                            stream);
    }
}
