/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What YAML accepts with a wrong meaning, or refuses with a misleading word, answered in ours.
 * Private to yaml.c and yaml_traps.c. */
#ifndef RC_MODEL_YAML_TRAPS_H
#define RC_MODEL_YAML_TRAPS_H

#include "model/place.h"
#include "model/yaml.h"

/** A mapping or a list that is being read. */
typedef struct rc_yaml_frame {
    rc_yaml *node;
    const rc_yaml *key; /**< MAP: the key whose value comes next, or NULL */
    size_t keys_room, items_room;
    size_t key_start;            /**< byte offset of key */
    bool words;                  /**< what stands in it is for people: label, source, note ... */
    bool split;                  /**< a formula was split at its commas; said already */
    bool spaced;                 /**< flow: a blank stands after some comma */
    size_t last_start, last_end; /**< bytes of the scalar before; both 0 when there is none */
    size_t tight_start, tight_middle, tight_end; /**< "1,200" in a flow list; 0: none */
    size_t said;                   /**< byte up to which a split number has been answered */
    size_t value_start, value_end; /**< bytes of the last plain value; both 0: none */
} rc_yaml_frame;

typedef struct rc_yaml_reader {
    const rc_source *source;
    rc_diags *diags;
    rc_arena *arena;
    rc_places places;
    size_t start; /**< bytes of a byte order mark */
    rc_yaml_frame stack[64];
    size_t depth;
    const rc_yaml *root;
    size_t last_end;      /**< byte after the last event */
    bool split;           /**< some frame was split */
    rc_yaml *spare_nodes; /**< nodes are taken from blocks */
    size_t n_spare_nodes;
    char *spare_text;
    size_t n_spare_text;
} rc_yaml_reader;

/** Check bytes: UTF-8, NUL, other controls. False after an error that makes parsing useless. */
bool rc_yaml_check_bytes(rc_yaml_reader *r);

/** A scalar of bytes start..end was read: as a key (is_key), a value or an item of the innermost
 * frame (NULL at the root). words: it is for people. */
void rc_yaml_trap_scalar(rc_yaml_reader *r, rc_yaml_frame *frame, const rc_yaml *scalar,
                         size_t start, size_t end, bool is_key, bool words);
/** The value of frame->key is null. */
void rc_yaml_trap_null(rc_yaml_reader *r, rc_yaml_frame *frame);
/** A flow list ended. */
void rc_yaml_trap_list(rc_yaml_reader *r, rc_yaml_frame *frame);
/** libfyaml refused the text at byte `at` with this message. */
void rc_yaml_trap_refused(rc_yaml_reader *r, size_t at, const char *message);

/** Bytes of NAME when s is NAME:x or NAME：x (*wide), else 0. */
size_t rc_yaml_tight_colon(const char *s, size_t n, bool *wide);
/** Say so: bytes start..end of the source are NAME:x, `name` bytes is NAME. */
void rc_yaml_say_colon(rc_yaml_reader *r, size_t start, size_t end, size_t name, bool wide);

#endif
