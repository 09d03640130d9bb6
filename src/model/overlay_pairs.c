/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `correlations` over `correlations`: pair by pair, whichever of the two names stands first, where
 * the pair is found: in a list, among the `pairs` of a group, in a matrix. New pairs come at the
 * end. An empty list takes all away; a list of groups replaces all. */
#include "model/overlay.h"

#include <string.h>

static rc_yaml *copy(rc_overlay *o, const rc_yaml *y, size_t room) {
    rc_yaml *out = RC_NEW(o->arena, rc_yaml, 1);
    *out = *y;
    out->items = RC_NEW(o->arena, const rc_yaml *, room);
    out->keys = y->kind == RC_YAML_MAP ? RC_NEW(o->arena, const rc_yaml *, room) : NULL;
    for (size_t i = 0; i < y->n; i++) {
        out->items[i] = y->items[i];
        if (y->kind == RC_YAML_MAP)
            out->keys[i] = y->keys[i];
    }
    return out;
}

static bool all_of(const rc_yaml *y, rc_yaml_kind kind) {
    if (y->kind != RC_YAML_LIST || y->n == 0)
        return false;
    for (size_t i = 0; i < y->n; i++)
        if (y->items[i]->kind != kind)
            return false;
    return true;
}

static const char *name_in(const rc_yaml *triple, size_t i) {
    return i < triple->n && triple->items[i]->kind == RC_YAML_SCALAR ? triple->items[i]->text : "";
}

static bool same_pair(const rc_yaml *a, const rc_yaml *b) {
    for (size_t turn = 0; turn < 2; turn++)
        if (a->kind == RC_YAML_LIST && b->kind == RC_YAML_LIST && name_in(a, 0)[0] != '\0' &&
            strcmp(name_in(a, 0), name_in(b, turn)) == 0 &&
            strcmp(name_in(a, 1), name_in(b, 1 - turn)) == 0)
            return true;
    return false;
}

/* In a list of triples, or nowhere: NULL. */
static const rc_yaml *put_in_list(rc_overlay *o, const rc_yaml *list, const rc_yaml *triple) {
    for (size_t i = 0; list != NULL && list->kind == RC_YAML_LIST && i < list->n; i++)
        if (same_pair(list->items[i], triple)) {
            rc_yaml *out = copy(o, list, list->n);
            out->items[i] = triple;
            return out;
        }
    return NULL;
}

static size_t position(const rc_yaml *names, const char *name) {
    for (size_t i = 0; i < names->n; i++)
        if (names->items[i]->kind == RC_YAML_SCALAR && strcmp(names->items[i]->text, name) == 0)
            return i;
    return SIZE_MAX;
}

/* In the row and, where there is one, in the row of the other; the half below the diagonal does. */
static const rc_yaml *put_in_matrix(rc_overlay *o, const rc_yaml *matrix, const rc_yaml *triple) {
    const rc_yaml *names = rc_yaml_get(matrix, "names"), *rows = rc_yaml_get(matrix, "rows");
    if (names == NULL || rows == NULL || rows->kind != RC_YAML_LIST || triple->n < 3)
        return NULL;
    size_t at[2] = {position(names, name_in(triple, 0)), position(names, name_in(triple, 1))};
    if (at[0] >= rows->n || at[1] >= rows->n || at[0] == at[1])
        return NULL;
    rc_yaml *out = copy(o, rows, rows->n), *whole = copy(o, matrix, matrix->n);
    for (size_t k = 0; k < 2; k++) {
        const rc_yaml *row = rows->items[at[k]];
        if (row->kind != RC_YAML_LIST || at[1 - k] >= row->n)
            continue;
        rc_yaml *changed = copy(o, row, row->n);
        changed->items[at[1 - k]] = triple->items[2];
        out->items[at[k]] = changed;
    }
    for (size_t i = 0; i < whole->n; i++)
        if (whole->items[i] == rows)
            whole->items[i] = out;
    return whole;
}

static const rc_yaml *with_key(rc_overlay *o, const rc_yaml *map, const char *name,
                               const rc_yaml *item) {
    rc_yaml *out = copy(o, map, map->n + 1), *key = RC_NEW(o->arena, rc_yaml, 1);
    for (size_t i = 0; i < out->n; i++)
        if (strcmp(out->keys[i]->text, name) == 0) {
            out->items[i] = item;
            return out;
        }
    *key = (rc_yaml){.kind = RC_YAML_SCALAR,
                     .text = name,
                     .mark = item->mark,
                     .overlay = item->overlay,
                     .level = item->level};
    out->keys[out->n] = key;
    out->items[out->n++] = item;
    return out;
}

/* In a group that has the pair, or nowhere: NULL. */
static const rc_yaml *put_in_group(rc_overlay *o, const rc_yaml *group, const rc_yaml *triple) {
    const rc_yaml *pairs = put_in_list(o, rc_yaml_get(group, "pairs"), triple);
    if (pairs != NULL)
        return with_key(o, group, "pairs", pairs);
    const rc_yaml *matrix = put_in_matrix(o, rc_yaml_get(group, "matrix"), triple);
    return matrix != NULL ? with_key(o, group, "matrix", matrix) : NULL;
}

static const rc_yaml *appended(rc_overlay *o, const rc_yaml *list, const rc_yaml *item) {
    if (list == NULL || list->kind != RC_YAML_LIST) {
        rc_yaml none = {.kind = RC_YAML_LIST, .mark = item->mark, .text = ""};
        none.overlay = item->overlay;
        none.level = item->level;
        rc_yaml *out = copy(o, &none, 1);
        out->items[out->n++] = item;
        return out;
    }
    rc_yaml *out = copy(o, list, list->n + 1);
    out->items[out->n++] = item;
    return out;
}

static const rc_yaml *put_triple(rc_overlay *o, const rc_yaml *base, const rc_yaml *triple) {
    if (base->kind == RC_YAML_MAP) {
        const rc_yaml *found = put_in_group(o, base, triple);
        return found != NULL
                   ? found
                   : with_key(o, base, "pairs", appended(o, rc_yaml_get(base, "pairs"), triple));
    }
    if (all_of(base, RC_YAML_MAP)) {
        for (size_t i = 0; i < base->n; i++) {
            const rc_yaml *found = put_in_group(o, base->items[i], triple);
            if (found != NULL) {
                rc_yaml *out = copy(o, base, base->n);
                out->items[i] = found;
                return out;
            }
        }
        rc_yaml none = {.kind = RC_YAML_MAP, .mark = triple->mark, .text = ""};
        return appended(o, base, with_key(o, &none, "pairs", appended(o, NULL, triple)));
    }
    const rc_yaml *found = put_in_list(o, base, triple);
    return found != NULL ? found : appended(o, base, triple);
}

const rc_yaml *rc_overlay_join_pairs(rc_overlay *o, const rc_yaml *base, const rc_yaml *over) {
    bool group = over->kind == RC_YAML_MAP && !all_of(base, RC_YAML_MAP);
    if (!group && !all_of(over, RC_YAML_LIST))
        return over;
    const rc_yaml *pairs = group ? rc_yaml_get(over, "pairs") : over;
    if (group && base->kind == RC_YAML_LIST) {
        rc_yaml none = {.kind = RC_YAML_MAP, .mark = base->mark, .text = ""};
        base = with_key(o, &none, "pairs", base);
    }
    for (size_t i = 0; group && i < over->n; i++)
        if (over->items[i] != pairs && base->kind == RC_YAML_MAP)
            base = with_key(o, base, over->keys[i]->text, over->items[i]);
    for (size_t i = 0; pairs != NULL && i < pairs->n; i++)
        base = put_triple(o, base, pairs->items[i]);
    return base;
}
