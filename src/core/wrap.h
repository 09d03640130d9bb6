/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of a terminal: text broken at blanks and, where it is Chinese or Japanese, between
 * characters, but so that no line starts with a comma or ends with an opening bracket. */
#ifndef RC_CORE_WRAP_H
#define RC_CORE_WRAP_H

#include "core/text.h"

/** Bytes of the longest beginning of `text` that fits into `columns` and ends where a line may; 0
 * when there is none. Blanks before the break are not counted: the next line starts after them. */
size_t rc_text_fit(const char *text, int columns);

/** Bytes up to the first place where a line may end, however wide. */
size_t rc_text_unbroken(const char *text);

/** Append `text` in lines of at most `width` columns; the first starts where the cursor is (column
 * `indent`), the others are indented to the same. Ends the last line. */
void rc_text_wrap(rc_text *out, const char *text, int indent, int width);

#endif
