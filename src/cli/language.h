/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which language the program speaks. */
#ifndef RC_CLI_LANGUAGE_H
#define RC_CLI_LANGUAGE_H

#include "core/error.h"

/** Code of the language that the environment asks for, as gettext reads it: LC_ALL, else
 * LC_MESSAGES, else LANG says which; unless that is C or POSIX, the first known one in LANGUAGE
 * comes before it. English when there is none. */
const char *rc_language_of_environment(void);

/** Code of the language named by --lang ("zh-TW", "zh_TW", "zh-Hant"), or NULL with an error that
 * lists what there is. */
const char *rc_language_option(const char *text, rc_error *err);

#endif
