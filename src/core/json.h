/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values and texts of JSON as every command writes them: numbers read back exactly, what has no
 * value is null. */
#ifndef RC_CORE_JSON_H
#define RC_CORE_JSON_H

#include "core/error.h"
#include "core/label.h"
#include "core/text.h"

#include <jansson.h>

/** NaN and infinities become null. */
json_t *rc_json_number(double x);
json_t *rc_json_count(uint64_t n);
/** Bytes that are not UTF-8 (file names may hold them) become U+FFFD; NULL becomes null. */
json_t *rc_json_text(const char *text);

/** A label under `key`, in English or as given, and what it is in every language under the plural
 * ("label", "labels"), if it has several. */
void rc_json_label(json_t *o, const char *key, const rc_label *label);

/** Append the document and a line feed, and drop the reference to it. `digits`: significant digits
 * of numbers; 17 read back exactly. NULL, or text that is no UTF-8, is an error. */
rc_status rc_json_write(json_t *root, int digits, rc_text *out, rc_error *err);

#endif
