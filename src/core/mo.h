/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads compiled catalogs of messages, the .mo files of GNU gettext (its manual, "The Format of GNU
 * MO Files"): two tables of lengths and offsets, originals sorted and their translations. A look-up
 * is a binary search over the file's bytes; nothing is allocated, nothing remembered. */
#ifndef RC_CORE_MO_H
#define RC_CORE_MO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A file in memory, as msgfmt wrote it, little-endian. Owned by whoever made it. */
typedef struct rc_mo {
    const unsigned char *bytes;
    size_t length;
} rc_mo;

/** Is it such a file, with every text inside it and ended by a NUL? Others must not be asked. */
bool rc_mo_valid(const rc_mo *mo);

size_t rc_mo_count(const rc_mo *mo); /**< texts, the header (original "") among them */

/** The index-th original in the order of the file. Of a message with plural forms its singular
 * first, then a NUL and the plural; a context stands before it, ended by "\4". */
const char *rc_mo_original(const rc_mo *mo, size_t index);

/** Translation of `original`, form number `form` (0 for messages without plural forms), or NULL.
 * `context` may be NULL. The text lies in the file. */
const char *rc_mo_find(const rc_mo *mo, const char *context, const char *original, size_t form);

#endif
