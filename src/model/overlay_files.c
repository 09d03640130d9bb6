/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model file as a tree. */
#include "model/overlay.h"

const rc_yaml *rc_overlay_files(rc_overlay *o) {
    size_t errors = o->diags->n_errors;
    o->files =
        rc_arena_grow(o->arena, o->files, &o->files_capacity, o->n_files + 1, sizeof *o->files);
    o->files[o->n_files++] = o->top;
    const rc_yaml *root = rc_yaml_parse(o->top, o->diags);
    if (root == NULL)
        return NULL;
    o->level = 1;
    root = rc_overlay_scenarios(o, root);
    return o->diags->n_errors == errors ? root : NULL;
}
