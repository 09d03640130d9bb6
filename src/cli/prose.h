/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of commands are written in lines of source; who shows them breaks lines of its own. */
#ifndef RC_CLI_PROSE_H
#define RC_CLI_PROSE_H

#include "core/text.h"

typedef enum rc_prose {
    RC_PROSE_END,
    RC_PROSE_PARAGRAPH, /**< to be broken where there is no more room */
    RC_PROSE_VERBATIM,  /**< a line that begins with a blank, without its first blanks */
} rc_prose;

/** The next piece of *at into `out` (emptied before), without a newline; *at moves on. */
rc_prose rc_prose_next(const char **at, rc_text *out);

#endif
