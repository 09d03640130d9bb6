/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/error.h"

#include <stdarg.h>
#include <stdio.h>

static const struct {
    int exit_code;
    const char *text;
} statuses[] = {
#define RC_STATUS(name, code, text) {code, text},
#include "core/status.def"
#undef RC_STATUS
};

rc_status rc_fail(rc_error *err, rc_status status, const char *format, ...) {
    if (err == NULL || err->status != RC_OK)
        return status;
    err->status = status;
    va_list args;
    va_start(args, format);
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    return status;
}

const char *rc_status_text(rc_status status) {
    return statuses[status].text;
}

int rc_status_exit_code(rc_status status) {
    return statuses[status].exit_code;
}
