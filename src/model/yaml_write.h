/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tree as YAML text that reads back as the same tree. */
#ifndef RC_MODEL_YAML_WRITE_H
#define RC_MODEL_YAML_WRITE_H

#include "model/yaml.h"

/** What stands behind a line of the text as a comment, or NULL. `key` is NULL for an item of a
 * list; depth counts from 0 at the top. */
typedef const char *rc_yaml_comment(void *data, const rc_yaml *key, const rc_yaml *item,
                                    unsigned depth);

/** comment may be NULL. A tree of more than mappings, lists and scalars does not exist; marks,
 * styles and levels are not kept. */
void rc_yaml_write(const rc_yaml *root, rc_yaml_comment *comment, void *data, rc_text *out);

/** One node on one line, as in brackets: `[1, 2]`, `{a: 0.5}`; a scalar is its text alone. */
void rc_yaml_write_line(const rc_yaml *node, rc_text *out);

#endif
