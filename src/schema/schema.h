/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model language as a JSON Schema (draft 2020-12), made of the tables that read models
 * (model/keys.h), for editors and validators. It describes files as they are written: keys, kinds
 * of values, choices, names. What formulas mean, and rules between keys, are for `roicast check`;
 * the schema never refuses what that accepts. */
#ifndef RC_SCHEMA_SCHEMA_H
#define RC_SCHEMA_SCHEMA_H

#include "core/error.h"
#include "core/text.h"
#include "model/keys.h"

/** The whole schema, indented. Fails when a key has no shape: RC_INPUT, naming it. */
rc_status rc_schema_write(rc_text *out, rc_error *err);

/** The JSON Schema of a key of kind SPECIAL, from shape.def, with ' for "; NULL: none. */
const char *rc_schema_shape(const rc_keys *keys, const char *key);

/** One table (and what every entry takes besides, or NULL) as the JSON of an object; appended to
 * `out`. For tests; rc_schema_write does this for all. */
rc_status rc_schema_keys(const rc_keys *keys, const rc_keys *more, rc_text *out, rc_error *err);

#endif
