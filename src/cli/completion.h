/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completion for shells. */
#ifndef RC_CLI_COMPLETION_H
#define RC_CLI_COMPLETION_H

#include "core/text.h"

const char *rc_shell_choice(size_t index); /**< "bash" ..., NULL after the last */

/** The script for one of them. */
void rc_shell_completion(const char *shell, rc_text *out);

#endif
