/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YAML (by libfyaml) as a plain tree with places, after the traps of YAML have been looked for. */
#ifndef RC_MODEL_YAML_H
#define RC_MODEL_YAML_H

#include "model/source.h"

typedef enum rc_yaml_kind { RC_YAML_SCALAR, RC_YAML_MAP, RC_YAML_LIST } rc_yaml_kind;
typedef enum rc_yaml_style {
    RC_YAML_PLAIN,
    RC_YAML_QUOTED, /**< single or double */
    RC_YAML_BLOCK,  /**< | or > */
} rc_yaml_style;

typedef struct rc_yaml {
    rc_yaml_kind kind;
    rc_yaml_style style; /**< of a scalar */
    bool flow;           /**< map or list written with { } or [ ] */
    rc_mark mark;
    const char *text;             /**< SCALAR: NUL-terminated value; "" for null */
    bool null;                    /**< SCALAR: nothing was written */
    const char *raw;              /**< SCALAR: as written, inside the quotes or below the | or >;
                                       points into the source; NULL when made by a program */
    size_t raw_length;            /**< bytes of raw */
    const char *overlay;          /**< NULL, or what it came by: "scenario growth", "--set" */
    unsigned level;               /**< 0 in a file alone; files that extend it, then scenarios, then
                                       --set have higher ones */
    size_t n;                     /**< entries of MAP or LIST */
    const struct rc_yaml **keys;  /**< MAP: scalars, in file order, no duplicates */
    const struct rc_yaml **items; /**< MAP: values; LIST: items */
} rc_yaml;

/** Validate bytes (UTF-8, NUL, invisible characters), parse, look for YAML's traps, check duplicate
 * keys. Returns the root, or NULL after errors were added to d. The tree lives in d->arena. */
const rc_yaml *rc_yaml_parse(const rc_source *source, rc_diags *d);

const rc_yaml *rc_yaml_get(const rc_yaml *map, const char *key); /**< NULL when absent */

#endif
