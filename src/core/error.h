/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One error: what failed, where, and what would be right.
 *
 * A function that can fail returns rc_status and takes `rc_error *err` last; err is owned by the
 * caller and may be NULL. The first failure wins: rc_fail() leaves an err that is already set
 * alone. A user's mistake is a status; our own bug is an assert; a number without an answer is NaN.
 */
#ifndef RC_CORE_ERROR_H
#define RC_CORE_ERROR_H

typedef enum rc_status {
#define RC_STATUS(name, code, text) RC_##name,
#include "core/status.def"
#undef RC_STATUS
} rc_status;

typedef struct rc_error {
    rc_status status;  /**< RC_OK while nothing failed */
    int line;          /**< from 1; 0 when there is no place in a file */
    int column;        /**< from 1, in characters (not bytes); 0 as above */
    char source[128];  /**< file name, or "" */
    char message[256]; /**< one line, no newline, says what would be right */
} rc_error;

/** Record a failure (printf style) unless one is recorded already; returns `status`. */
rc_status rc_fail(rc_error *err, rc_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

const char *rc_status_text(rc_status status);
int rc_status_exit_code(rc_status status);

#endif
