/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One tree over another: mappings key by key, the later winning; lists are replaced. Over an entry
 * that is a mapping, a number or formula replaces its `value` and drops its `source`. Of keys that
 * exclude each other the later stays. */
#include "model/overlay.h"

#include <string.h>

bool rc_overlay_is_section(const char *key) {
    for (int s = 0; s < RC_SECTION_COUNT; s++)
        if (strcmp(rc_section_name[s], key) == 0)
            return true;
    return false;
}

/* ---- Looking up in mappings that may be large ---- */

typedef struct lookup {
    const rc_yaml *map;
    size_t *slots; /* position + 1; NULL: the map is small */
    size_t size;
} lookup;

static size_t hash(const char *text) {
    uint64_t h = 14695981039346656037u; /* FNV-1a */
    for (; *text != '\0'; text++)
        h = (h ^ (unsigned char)*text) * 1099511628211u;
    return (size_t)(h ^ h >> 29);
}

static lookup lookup_of(rc_overlay *o, const rc_yaml *map, size_t questions) {
    lookup l = {.map = map};
    if (map->n <= 8 || questions <= 4)
        return l;
    for (l.size = 32; l.size < 2 * map->n;)
        l.size *= 2;
    l.slots = RC_NEW(o->arena, size_t, l.size);
    for (size_t i = 0; i < map->n; i++) {
        size_t at = hash(map->keys[i]->text) & (l.size - 1);
        while (l.slots[at] != 0)
            at = (at + 1) & (l.size - 1);
        l.slots[at] = i + 1;
    }
    return l;
}

static size_t position(const lookup *l, const char *key) {
    if (l->slots == NULL) {
        for (size_t i = 0; i < l->map->n; i++)
            if (strcmp(l->map->keys[i]->text, key) == 0)
                return i;
        return SIZE_MAX;
    }
    for (size_t at = hash(key) & (l->size - 1); l->slots[at] != 0; at = (at + 1) & (l->size - 1))
        if (strcmp(l->map->keys[l->slots[at] - 1]->text, key) == 0)
            return l->slots[at] - 1;
    return SIZE_MAX;
}

/* ---- Mappings ---- */

typedef const rc_yaml *joiner(rc_overlay *o, const char *key, const rc_yaml *base,
                              const rc_yaml *over);

static rc_yaml *copy_map(rc_overlay *o, const rc_yaml *map, size_t room) {
    rc_yaml *copy = RC_NEW(o->arena, rc_yaml, 1);
    *copy = *map;
    copy->keys = RC_NEW(o->arena, const rc_yaml *, room);
    copy->items = RC_NEW(o->arena, const rc_yaml *, room);
    for (size_t i = 0; i < map->n; i++) {
        copy->keys[i] = map->keys[i];
        copy->items[i] = map->items[i];
    }
    return copy;
}

static const rc_yaml *join_maps(rc_overlay *o, const rc_yaml *base, const rc_yaml *over,
                                joiner *join) {
    rc_yaml *out = copy_map(o, base, base->n + over->n);
    lookup there = lookup_of(o, base, over->n);
    for (size_t i = 0; i < over->n; i++) {
        size_t at = position(&there, over->keys[i]->text);
        if (at != SIZE_MAX) {
            out->items[at] = join(o, over->keys[i]->text, base->items[at], over->items[i]);
        } else {
            out->keys[out->n] = over->keys[i];
            out->items[out->n++] = over->items[i];
        }
    }
    return out;
}

static bool both_maps(const rc_yaml *base, const rc_yaml *over) {
    return base->kind == RC_YAML_MAP && over->kind == RC_YAML_MAP;
}

static const rc_yaml *join_plain(rc_overlay *o, const char *key, const rc_yaml *base,
                                 const rc_yaml *over) {
    (void)key;
    return both_maps(base, over) ? join_maps(o, base, over, join_plain) : over;
}

/* ---- Entries ---- */

/* Giving the first takes the others away. */
static const struct {
    const char *key, *drops;
} exclusive[] = {
    {"value", " yearly "},          {"yearly", " value per from until growth at "},
    {"probability", " rate when "}, {"rate", " probability when "},
    {"when", " probability rate "}, {"range", " choices "},
    {"choices", " range step "},
};

static bool among(const char *list, const char *word) {
    size_t n = strlen(word);
    for (const char *at = list; (at = strstr(at, word)) != NULL; at += n)
        if (at > list && at[-1] == ' ' && at[n] == ' ')
            return true;
    return false;
}

static bool replaced(const rc_yaml *over, const char *key) {
    for (size_t i = 0; i < sizeof exclusive / sizeof *exclusive; i++)
        if (rc_yaml_get(over, exclusive[i].key) != NULL && among(exclusive[i].drops, key))
            return true;
    const rc_yaml *multiply = rc_yaml_get(over, "multiply"), *stop = rc_yaml_get(over, "stop");
    if (strcmp(key, "by") == 0) /* a mapping gives every factor */
        return multiply != NULL && multiply->kind == RC_YAML_MAP;
    return strcmp(key, "except") == 0 && stop != NULL && stop->kind == RC_YAML_LIST;
}

static rc_yaml *without(rc_overlay *o, const rc_yaml *base, const rc_yaml *over) {
    rc_yaml *left = copy_map(o, base, base->n);
    left->n = 0;
    for (size_t i = 0; i < base->n; i++)
        if (!replaced(over, base->keys[i]->text)) {
            left->keys[left->n] = base->keys[i];
            left->items[left->n++] = base->items[i];
        }
    return left;
}

const rc_yaml *rc_overlay_wrap(rc_overlay *o, const rc_yaml *key, const rc_yaml *item) {
    rc_yaml *map = RC_NEW(o->arena, rc_yaml, 1);
    *map = (rc_yaml){.kind = RC_YAML_MAP,
                     .mark = key->mark,
                     .text = "",
                     .overlay = item->overlay,
                     .level = item->level};
    map->keys = RC_NEW(o->arena, const rc_yaml *, 1);
    map->items = RC_NEW(o->arena, const rc_yaml *, 1);
    map->keys[0] = key;
    map->items[0] = item;
    map->n = 1;
    return map;
}

static const rc_yaml *map_of(rc_overlay *o, const char *name, const rc_yaml *scalar) {
    rc_yaml *key = RC_NEW(o->arena, rc_yaml, 1);
    *key = (rc_yaml){.kind = RC_YAML_SCALAR,
                     .text = name,
                     .mark = scalar->mark,
                     .overlay = scalar->overlay,
                     .level = scalar->level};
    return rc_overlay_wrap(o, key, scalar);
}

static const rc_yaml *join_entry(rc_overlay *o, const char *key, const rc_yaml *base,
                                 const rc_yaml *over) {
    (void)key;
    bool scalar = over->kind == RC_YAML_SCALAR;
    if (base->kind == RC_YAML_LIST || over->kind == RC_YAML_LIST ||
        (scalar && base->kind == RC_YAML_SCALAR))
        return over;
    if (scalar)
        over = map_of(o, "value", over);
    else if (base->kind == RC_YAML_SCALAR)
        base = map_of(o, "value", base);
    rc_yaml *left = without(o, base, over);
    for (size_t i = 0; scalar && i < left->n; i++)
        if (strcmp(left->keys[i]->text, "source") == 0) { /* it spoke of the old value */
            memmove(left->keys + i, left->keys + i + 1, (left->n - i - 1) * sizeof *left->keys);
            memmove(left->items + i, left->items + i + 1, (left->n - i - 1) * sizeof *left->items);
            left->n--;
            break;
        }
    return join_maps(o, left, over, join_plain);
}

/* Over a lever, a number is another start. */
static const rc_yaml *join_lever(rc_overlay *o, const char *key, const rc_yaml *base,
                                 const rc_yaml *over) {
    bool start = base->kind == RC_YAML_MAP && over->kind == RC_YAML_SCALAR;
    return join_entry(o, key, base, start ? map_of(o, "start", over) : over);
}

/* A number is none of a risk's keys: let the checker say so. */
static const rc_yaml *join_risk(rc_overlay *o, const char *key, const rc_yaml *base,
                                const rc_yaml *over) {
    return both_maps(base, over) ? join_entry(o, key, base, over) : over;
}

/* ---- The top ---- */

static const rc_yaml *join_top(rc_overlay *o, const char *key, const rc_yaml *base,
                               const rc_yaml *over) {
    if (strcmp(key, "correlations") == 0)
        return rc_overlay_join_pairs(o, base, over);
    if (!both_maps(base, over))
        return over;
    joiner *join = strcmp(key, "risks") == 0    ? join_risk
                   : strcmp(key, "levers") == 0 ? join_lever
                   : rc_overlay_is_section(key) ? join_entry
                                                : join_plain;
    return join_maps(o, base, over, join);
}

const rc_yaml *rc_overlay_join(rc_overlay *o, const rc_yaml *base, const rc_yaml *over) {
    return join_maps(o, base, over, join_top);
}

/* ---- Names without a section ---- */

const rc_yaml *rc_overlay_section_of(const rc_yaml *root, const char *name) {
    for (size_t s = 0; s < root->n; s++)
        if (rc_overlay_is_section(root->keys[s]->text) && rc_yaml_get(root->items[s], name) != NULL)
            return root->keys[s];
    return NULL;
}

const char *rc_overlay_nearest(rc_overlay *o, const rc_yaml *root, const char *name) {
    size_t n = rc_top_keys.n;
    for (size_t s = 0; s < root->n; s++)
        n += root->items[s]->n;
    const char **names = RC_NEW(o->arena, const char *, n);
    n = 0;
    for (size_t s = 0; s < root->n; s++) /* entries first: they are what is meant most often */
        for (size_t i = 0; rc_overlay_is_section(root->keys[s]->text) && i < root->items[s]->n &&
                           root->items[s]->kind == RC_YAML_MAP;
             i++)
            names[n++] = root->items[s]->keys[i]->text;
    for (size_t i = 0; i < rc_top_keys.n; i++)
        names[n++] = rc_top_keys.rows[i].name;
    const char *near = rc_nearest_name(name, names, n);
    return near == NULL ? NULL : rc_arena_printf(o->arena, "did you mean `%s`?", near);
}

static bool belongs_to_files(const char *key) {
    return strcmp(key, "roicast") == 0 || strcmp(key, "extends") == 0 ||
           strcmp(key, "scenarios") == 0 || strcmp(key, "dimensions") == 0;
}

static const rc_yaml *place_name(rc_overlay *o, const rc_yaml *root, const rc_yaml *key,
                                 const rc_yaml *part) {
    const rc_yaml *section = rc_overlay_section_of(root, key->text);
    if (section != NULL)
        return rc_overlay_wrap(o, section, part);
    const char *near = rc_overlay_nearest(o, root, key->text);
    if (near == NULL)
        near = rc_arena_printf(o->arena, "to add an entry name its section: inputs: {%.60s: ...}",
                               key->text);
    rc_diag_error(o->diags, key->mark, near, "there is no entry `%.60s` to change", key->text);
    return NULL;
}

static void check_section(rc_overlay *o, const rc_yaml *root, const rc_yaml *section,
                          const rc_yaml *map) {
    for (size_t i = 0; map->kind == RC_YAML_MAP && i < map->n; i++) {
        const rc_yaml *key = map->keys[i], *there = rc_overlay_section_of(root, key->text);
        if (there != NULL && strcmp(there->text, section->text) != 0)
            rc_diag_error(
                o->diags, key->mark,
                rc_arena_printf(o->arena, "write %s: {%.60s: ...}", there->text, key->text),
                "`%.60s` belongs to `%s`, not to `%s`", key->text, there->text, section->text);
    }
}

const rc_yaml *rc_overlay_sort(rc_overlay *o, const rc_yaml *root, const rc_yaml *over) {
    size_t errors = o->diags->n_errors;
    rc_yaml empty = {.kind = RC_YAML_MAP, .mark = over->mark, .text = ""};
    const rc_yaml *sorted = copy_map(o, &empty, 0);
    for (size_t i = 0; i < over->n; i++) {
        const rc_yaml *key = over->keys[i], *part = rc_overlay_wrap(o, key, over->items[i]);
        if (belongs_to_files(key->text))
            rc_diag_error(o->diags, key->mark, NULL, "`%s` belongs to a file as a whole",
                          key->text);
        else if (rc_overlay_is_section(key->text))
            check_section(o, root, key, over->items[i]);
        else if (rc_key_find(&rc_top_keys, key->text) == NULL)
            part = place_name(o, root, key, part);
        if (part != NULL)
            sorted = rc_overlay_join(o, sorted, part);
    }
    return o->diags->n_errors == errors ? sorted : NULL;
}
