/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model file and the files that it extends, as one tree. Bases come first, in the order in which
 * they are named, each after its own bases; a file that is reached twice counts once, at its first
 * place. Paths are taken apart as texts: what links do is the system's affair. */
#include "model/overlay.h"

#include "model/check.h"

#include <string.h>

enum { DEEPEST = 32, MOST_FILES = 1000, MOST_BYTES = 64 << 20 };

/** A file under way, and the one that names it. */
typedef struct chain {
    const rc_source *source;
    const char *path; /**< as seen from the folder of the top file */
    const char *root; /**< what it extends lies below; "": the folder of the top file */
    const struct chain *named_by;
    unsigned depth;
} chain;

/* ---- Paths ---- */

static size_t folder_length(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

/* a/./b//c/../d -> a/b/d; leading .. stay, above / there is nothing. */
static const char *tidy(rc_overlay *o, const char *path) {
    bool absolute = path[0] == '/';
    size_t length = strlen(path), n = 0;
    char *out = RC_NEW(o->arena, char, length + 2);
    if (absolute)
        out[n++] = '/';
    for (const char *at = path; *at != '\0';) {
        size_t part = strcspn(at, "/");
        const char *last = out + n;
        while (last > out + absolute && last[-1] != '/')
            last--;
        bool up = part == 2 && memcmp(at, "..", 2) == 0;
        bool nothing_above = n == (size_t)absolute || strcmp(last, "..") == 0;
        if (up && !nothing_above) {
            n = (size_t)(last - out);
            n -= n > (size_t)absolute;
        } else if (part > 0 && !(part == 1 && *at == '.') && !(up && absolute)) {
            if (n > (size_t)absolute)
                out[n++] = '/';
            memcpy(out + n, at, part);
            n += part;
        }
        out[n] = '\0';
        at += part + (at[part] == '/');
    }
    return out;
}

static const char *resolve(rc_overlay *o, const chain *from, const rc_yaml *name) {
    const char *path = name->text;
    if (path[0] != '/')
        path =
            rc_arena_printf(o->arena, "%.*s%s", (int)folder_length(from->path), from->path, path);
    const char *tidied = tidy(o, path);
    bool outside = tidied[0] == '/' || strcmp(tidied, "..") == 0 || strncmp(tidied, "../", 3) == 0;
    if (from->root[0] != '\0')
        outside = strncmp(tidied, from->root, strlen(from->root)) != 0;
    if (!outside || o->options->allow_outside)
        return tidied;
    rc_diag_error(o->diags, name->mark, "put the file beside the model, or give --allow-outside",
                  tidied[0] == '/' ? "`%.100s` is an absolute path"
                                   : "`%.100s` leaves the folder of the model",
                  name->text);
    return NULL;
}

/* The name that the system is asked for. "-" would be standard input. */
static const char *system_path(rc_overlay *o, const char *path) {
    int folder = path[0] == '/' ? 0 : (int)folder_length(o->top->name);
    return rc_arena_printf(o->arena, "%.*s%s%s", folder, o->top->name,
                           folder == 0 && path[0] == '-' ? "./" : "", path);
}

/* ---- Files ---- */

static bool known(const rc_overlay *o, const char *path) {
    for (size_t i = 0; i < o->n_files; i++)
        if (strcmp(o->paths[i], path) == 0)
            return true;
    return false;
}

/* Is it under way? Then the files from there to here go in a circle. */
static bool circle(rc_overlay *o, const chain *from, const rc_yaml *name, const char *path) {
    const chain *c = from;
    const char *text = path;
    for (; c != NULL && strcmp(c->path, path) != 0; c = c->named_by)
        text = rc_arena_printf(o->arena, "%s -> %s", c->path, text);
    if (c == NULL)
        return false;
    rc_diag_error(o->diags, name->mark, NULL, "`extends` goes in a circle: %.400s -> %.400s", path,
                  text);
    return true;
}

static void keep(rc_overlay *o, const rc_source *source, const char *path) {
    size_t room = o->files_capacity;
    o->files =
        rc_arena_grow(o->arena, o->files, &o->files_capacity, o->n_files + 1, sizeof *o->files);
    o->paths = rc_arena_grow(o->arena, o->paths, &room, o->n_files + 1, sizeof *o->paths);
    o->files[o->n_files] = source;
    o->paths[o->n_files++] = path;
    o->n_bytes += source->length;
}

static const rc_source *open_base(rc_overlay *o, const chain *from, const rc_yaml *name,
                                  const char *path, const char *hint) {
    rc_source *source = NULL;
    rc_error err = {0};
    if (from->depth + 1 >= DEEPEST || o->n_files >= MOST_FILES) {
        rc_diag_error(o->diags, name->mark, NULL,
                      from->depth + 1 >= DEEPEST ? "files extend one another more than %d deep"
                                                 : "the model has more than %d files",
                      from->depth + 1 >= DEEPEST ? (int)DEEPEST : (int)MOST_FILES);
        return NULL;
    }
    if (rc_source_read(system_path(o, path), o->arena, &source, &err) != RC_OK) {
        rc_diag_error(o->diags, name->mark, hint, "%s", err.message);
        return NULL;
    }
    if (o->n_bytes + source->length > MOST_BYTES) {
        rc_diag_error(o->diags, name->mark, NULL, "the files are larger than 64 MiB together");
        return NULL;
    }
    if (folder_length(path) > 0)
        source->folder = rc_arena_strndup(o->arena, path, folder_length(path));
    keep(o, source, path);
    return source;
}

static const rc_yaml *read_file(rc_overlay *o, const chain *here);

/* `base` with the file that `name` names laid over it; NULL when there is nothing yet. */
static const rc_yaml *extend(rc_overlay *o, const chain *here, const rc_yaml *name,
                             const rc_yaml *base) {
    if (name->kind != RC_YAML_SCALAR || name->text[0] == '\0') {
        rc_diag_error(o->diags, name->mark, "extends: [base.yaml]",
                      name->null ? "`extends` has no value" : "`extends` takes names of files");
        return base;
    }
    const char *path = resolve(o, here, name);
    if (path == NULL || circle(o, here, name, path) || known(o, path))
        return base;
    chain next = {.path = path, .root = here->root, .named_by = here, .depth = here->depth + 1};
    next.source = open_base(o, here, name, path, "a path begins at the file that names it");
    const rc_yaml *root = next.source == NULL ? NULL : read_file(o, &next);
    return root == NULL ? base : base == NULL ? root : rc_overlay_join(o, base, root);
}

static const rc_yaml *read_file(rc_overlay *o, const chain *here) {
    size_t errors = o->diags->n_errors;
    const rc_yaml *root = rc_yaml_parse(here->source, o->diags), *base = NULL;
    if (root == NULL)
        return NULL;
    if (here->named_by != NULL) {
        if (root->kind != RC_YAML_MAP) {
            rc_diag_error(o->diags, root->mark, NULL,
                          "`%.100s` is no model: a mapping is needed here", here->source->name);
            return NULL;
        }
        if (!rc_check_version(root, false, o->diags))
            return NULL;
    }
    const rc_yaml *extends = rc_yaml_get(root, "extends");
    bool list = extends != NULL && extends->kind == RC_YAML_LIST;
    for (size_t i = 0; list && i < extends->n; i++)
        base = extend(o, here, extends->items[i], base);
    if (extends != NULL && !list)
        base = extend(o, here, extends, base);
    if (o->level > 0)
        rc_overlay_stamp(root, o->level, NULL);
    o->level++;
    root = rc_overlay_scenarios(o, root);
    if (o->diags->n_errors > errors)
        return NULL;
    if (base == NULL)
        return root;
    rc_yaml *joined = RC_NEW(o->arena, rc_yaml, 1);
    *joined = *rc_overlay_join(o, base, root);
    joined->mark = root->mark;
    return joined;
}

/* Upwards out of the folder of the top file, then down again; absolute paths stay. */
static const char *seen_from_top(rc_overlay *o, const char *file) {
    size_t folder = folder_length(o->top->name);
    if (file[0] == '/')
        return tidy(o, file);
    if (strncmp(file, o->top->name, folder) == 0)
        return tidy(o, file + folder);
    const char *up = "";
    const char *top = tidy(o, rc_arena_strndup(o->arena, o->top->name, folder));
    for (const char *at = top; *at != '\0'; at += strcspn(at, "/"), at += *at == '/')
        up = rc_arena_printf(o->arena, "../%s", up);
    return tidy(o, rc_arena_printf(o->arena, "%s%s", up, file));
}

const rc_yaml *rc_overlay_over(rc_overlay *o, const rc_yaml *root, const char *file) {
    const rc_yaml named = {
        .kind = RC_YAML_SCALAR, .text = file, .mark = {.source = o->top}, .level = o->level};
    /* it may name files of the model as its own bases: they are there already, in no circle */
    chain top = {.source = o->top, .path = "", .root = ""};
    const char *path = seen_from_top(o, file);
    if (known(o, path)) {
        rc_diag_error(o->diags, named.mark, NULL, "`%.100s` is part of the model already", file);
        return root;
    }
    chain here = {.path = path, .named_by = &top, .depth = 1};
    here.root = rc_arena_strndup(o->arena, path, folder_length(path));
    here.source = open_base(o, &top, &named, path, NULL);
    const rc_yaml *over = here.source != NULL ? read_file(o, &here) : NULL;
    return over != NULL ? rc_overlay_join(o, root, over) : root;
}

const rc_yaml *rc_overlay_piece(rc_overlay *o, const rc_yaml *root, const rc_source *piece) {
    chain top = {.source = o->top, .path = "", .root = ""};
    chain here = {.source = piece, .path = piece->name, .root = "", .named_by = &top, .depth = 1};
    keep(o, piece, piece->name);
    const rc_yaml *over = read_file(o, &here);
    return over != NULL ? rc_overlay_join(o, root, over) : root;
}

const rc_yaml *rc_overlay_files(rc_overlay *o) {
    const char *name = o->top->name;
    chain top = {.source = o->top, .path = name + folder_length(name), .root = ""};
    keep(o, o->top, top.path);
    return read_file(o, &top);
}
