/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree that a model was read from, written as one file: with its scenarios when none was
 * chosen, with `dimensions` when the order of the entries does not say which draw takes which, and
 * with data files named as seen from the top file. */
#include "model/merged.h"

#include "model/overlay.h"
#include "model/streams.h"
#include "model/syntax.h"
#include "model/yaml_write.h"

#include <stdio.h>
#include <string.h>

/* ---- Data files ---- */

typedef struct names {
    const char *list[64];
    size_t n;
} names;

/* Files of empirical(file, ...) that are seen from the folder of the model. */
static void collect_files(const rc_syn *syn, names *files) {
    for (size_t i = 0; i < syn->n; i++)
        collect_files(syn->args[i], files);
    if (syn->kind != RC_SYN_CALL || strcmp(syn->name, "empirical") != 0)
        return;
    for (size_t i = 0; i < syn->n; i++) {
        const char *name = syn->arg_names[i];
        bool file = name == NULL ? i == 0 : strcmp(name, "file") == 0;
        if (file && syn->args[i]->kind == RC_SYN_TEXT && syn->args[i]->name[0] != '/' &&
            files->n < sizeof files->list / sizeof *files->list)
            files->list[files->n++] = syn->args[i]->name;
    }
}

static bool is_file(const names *files, const char *text, size_t n) {
    for (size_t i = 0; i < files->n; i++)
        if (strlen(files->list[i]) == n && memcmp(files->list[i], text, n) == 0)
            return true;
    return false;
}

/* Quoted texts of a formula that name a file get the folder in front. */
static const char *with_folder(const char *text, const char *folder, const names *files,
                               rc_arena *arena) {
    rc_text out = {0};
    while (*text != '\0') {
        const char *close = *text == '"' || *text == '\'' ? strchr(text + 1, *text) : NULL;
        size_t n = close == NULL ? 0 : (size_t)(close - text - 1);
        rc_text_add_n(&out, text, 1);
        text++;
        if (close == NULL)
            continue;
        if (is_file(files, text, n))
            rc_text_add(&out, folder);
        rc_text_add_n(&out, text, n + 1);
        text += n + 1;
    }
    const char *copy = rc_arena_strdup(arena, out.bytes != NULL ? out.bytes : "");
    rc_text_free(&out);
    return copy;
}

static const rc_yaml *seen_from_top(const rc_yaml *y, rc_arena *arena) {
    rc_yaml *copy = RC_NEW(arena, rc_yaml, 1);
    *copy = *y;
    if (y->kind != RC_YAML_SCALAR) {
        copy->items = RC_NEW(arena, const rc_yaml *, y->n);
        for (size_t i = 0; i < y->n; i++)
            copy->items[i] = seen_from_top(y->items[i], arena);
        return copy;
    }
    const rc_source *source = y->mark.source;
    if (source == NULL || source->folder == NULL || strstr(y->text, "empirical") == NULL)
        return y;
    rc_diags unheard = {.arena = arena};
    names files = {.n = 0};
    const rc_syn *syn = rc_formula_parse(y, &unheard);
    if (syn != NULL)
        collect_files(syn, &files);
    if (files.n > 0)
        copy->text = with_folder(y->text, source->folder, &files, arena);
    return copy;
}

/* ---- The tree ---- */

static rc_yaml *new_node(rc_arena *arena, rc_yaml_kind kind, const char *text, size_t room) {
    rc_yaml *y = RC_NEW(arena, rc_yaml, 1);
    y->kind = kind;
    y->text = text;
    y->keys = RC_NEW(arena, const rc_yaml *, room);
    y->items = RC_NEW(arena, const rc_yaml *, room);
    return y;
}

static void put(rc_yaml *map, rc_arena *arena, const char *key, const rc_yaml *item) {
    size_t at = 0;
    while (at < map->n && strcmp(map->keys[at]->text, key) != 0)
        at++;
    map->keys[at] = new_node(arena, RC_YAML_SCALAR, key, 0);
    map->items[at] = item;
    map->n += at == map->n;
}

static const rc_yaml *dimensions_of(const rc_model *m, rc_arena *arena) {
    size_t n;
    const rc_dimension *list = rc_model_dimensions(m, arena, &n);
    rc_yaml *y = new_node(arena, RC_YAML_LIST, "", n);
    for (size_t i = 0; i < n; i++) {
        const char *text =
            list[i].name != NULL ? list[i].name : rc_arena_printf(arena, "%u", list[i].dims);
        y->items[y->n++] = new_node(arena, RC_YAML_SCALAR, text, 0);
    }
    return y;
}

static const rc_yaml *scenarios_of(const rc_model *m, rc_arena *arena) {
    rc_yaml *y = new_node(arena, RC_YAML_MAP, "", m->n_scenarios);
    for (size_t i = 0; i < m->n_scenarios; i++) {
        const rc_scenario *s = &m->overlays[i];
        rc_yaml *parts = new_node(arena, RC_YAML_LIST, "", s->n);
        for (size_t k = 0; k < s->n; k++)
            parts->items[parts->n++] = seen_from_top(s->parts[k], arena);
        put(y, arena, s->name, s->n == 1 ? parts->items[0] : parts);
    }
    return y;
}

static rc_yaml *assemble(const rc_model *m, rc_arena *arena) {
    rc_yaml *root = new_node(arena, RC_YAML_MAP, "", m->tree->n + 2);
    for (size_t i = 0; i < m->tree->n; i++) {
        root->keys[root->n] = m->tree->keys[i];
        root->items[root->n++] = seen_from_top(m->tree->items[i], arena);
    }
    if (m->n_applied + m->n_sets == 0 && m->n_scenarios > 0)
        put(root, arena, "scenarios", scenarios_of(m, arena));
    if (m->n_dimensions > 0 || !rc_model_dimensions_plain(m))
        put(root, arena, "dimensions", dimensions_of(m, arena));
    return root;
}

/* ---- Where things come from ---- */

typedef struct origins {
    const rc_model *model;
    char now[600];   /**< what was said last */
    char entry[600]; /**< of the entry that is being written, without the line */
    bool sections;   /**< inside a section */
    bool scenarios;  /**< inside `scenarios` */
} origins;

/* Control characters in a name would end the comment. */
static void clean(char *text) {
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7F)
            *text = '?';
}

static bool origin_of(const origins *o, const rc_yaml *y, char *text, size_t room, bool line) {
    const rc_source *source = y->mark.source;
    const char *top = o->model->source->name, *slash = strrchr(top, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash - top) + 1;
    if (source == NULL)
        return false;
    const char *name = source->name;
    if (strncmp(name, top, folder) == 0)
        name += folder;
    if (y->overlay != NULL)
        snprintf(text, room, "%s", y->overlay);
    else if (line)
        snprintf(text, room, "%s:%u", name, (unsigned)y->mark.line);
    else
        snprintf(text, room, "%s", name);
    clean(text);
    return true;
}

static const char *comment(void *data, const rc_yaml *key, const rc_yaml *item, unsigned depth) {
    origins *o = data;
    char place[600] = "";
    bool own = key == NULL || item->kind == RC_YAML_SCALAR ||
               item->mark.source != key->mark.source || item->overlay != key->overlay;
    const rc_yaml *y = own ? item : key; /* a mapping begins below its key */
    if (depth == 0)
        o->sections = key != NULL && rc_overlay_is_section(key->text);
    if (depth == 0)
        o->scenarios = key != NULL && strcmp(key->text, "scenarios") == 0;
    if ((depth == 0 && o->sections) || (o->scenarios && depth > 2))
        return NULL;
    if (!origin_of(o, y, o->now, sizeof o->now, true))
        return NULL;
    origin_of(o, y, place, sizeof place, false);
    bool entry = depth == 0 || (depth == 1 && o->sections) || o->scenarios;
    if (!entry && strcmp(place, o->entry) == 0)
        return NULL;
    if (entry)
        snprintf(o->entry, sizeof o->entry, "%s", place);
    return o->now;
}

void rc_model_merged(const rc_model *m, rc_text *out) {
    rc_arena *arena = rc_arena_new();
    origins o = {.model = m};
    rc_yaml_write(assemble(m, arena), comment, &o, out);
    rc_arena_free(arena);
}
