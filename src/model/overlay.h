/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Overlays: the one tree that a model is read from, joined out of files that extend others, chosen
 * scenarios, and settings of the command line, the later winning. Everything happens on trees, and
 * every node keeps the place where it was written. */
#ifndef RC_MODEL_OVERLAY_H
#define RC_MODEL_OVERLAY_H

#include "model/keys.h"
#include "model/yaml.h"

typedef struct rc_scenario {
    const char *name;
    rc_mark mark;          /**< where it was named first */
    const rc_yaml **parts; /**< [n] mappings laid over the model one after the other */
    size_t n, capacity;
} rc_scenario;

typedef struct rc_overlay {
    rc_arena *arena;
    rc_diags *diags;
    const rc_source *top;
    const rc_load_options *options;
    const rc_source **files; /**< [n_files] the top file, then those that it extends, as read */
    const char **paths;      /**< [n_files] as seen from the folder of the top file */
    size_t n_files, files_capacity, n_bytes;
    unsigned level; /**< of what is laid over next */
    rc_scenario *scenarios;
    size_t n_scenarios, scenarios_capacity;
} rc_overlay;

/** Read the top file and what it extends into one tree, without its `extends` and `scenarios`,
 * which go to o->scenarios. NULL after errors. */
const rc_yaml *rc_overlay_files(rc_overlay *o);

/** Lay a file of the command line, with what it extends, over a tree; its scenarios are added to
 * those of the model. `root` itself after errors. */
const rc_yaml *rc_overlay_over(rc_overlay *o, const rc_yaml *root, const char *file);

/** The same for a text that was not read from a file. */
const rc_yaml *rc_overlay_piece(rc_overlay *o, const rc_yaml *root, const rc_source *piece);

/** Lay the texts, files, scenarios and settings of the options over a tree. NULL after errors. */
const rc_yaml *rc_overlay_apply(rc_overlay *o, const rc_yaml *root);

/** The scenarios of a file go to o->scenarios; the tree without them and `extends` comes back. */
const rc_yaml *rc_overlay_scenarios(rc_overlay *o, const rc_yaml *root);

/** What `over` writes with the names of entries alone, put into their sections of `root`. NULL
 * after errors. */
const rc_yaml *rc_overlay_sort(rc_overlay *o, const rc_yaml *root, const rc_yaml *over);

/** "name=expression" as a tree to lay over `root`. NULL after errors. */
const rc_yaml *rc_overlay_setting(rc_overlay *o, const rc_yaml *root, const char *text);

/** Join two trees of top keys, `over` winning. */
const rc_yaml *rc_overlay_join(rc_overlay *o, const rc_yaml *base, const rc_yaml *over);

/** The same for two values of `correlations`: pair by pair. */
const rc_yaml *rc_overlay_join_pairs(rc_overlay *o, const rc_yaml *base, const rc_yaml *over);

/** Mark every node below with a level and what it came by (NULL: a file). */
void rc_overlay_stamp(const rc_yaml *node, unsigned level, const char *overlay);

/** The section whose entries `key` names ("inputs"), or NULL. */
bool rc_overlay_is_section(const char *key);

/** "did you mean `training`?" among the top keys and entries of a tree, or NULL. */
const char *rc_overlay_nearest(rc_overlay *o, const rc_yaml *root, const char *name);

/** The section in which `root` has an entry `name`, or NULL. */
const rc_yaml *rc_overlay_section_of(const rc_yaml *root, const char *name);

/** A mapping with one key. */
const rc_yaml *rc_overlay_wrap(rc_overlay *o, const rc_yaml *key, const rc_yaml *item);

#endif
