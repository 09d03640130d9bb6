/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every distribution asks of its parameters. NaN fails all of these. */
#ifndef RC_DIST_CHECK_H
#define RC_DIST_CHECK_H

#include "core/error.h"

#include <math.h>

static inline rc_status rc_check_finite(const char *dist, const char *name, double x,
                                        rc_error *err) {
    if (isfinite(x))
        return RC_OK;
    return rc_fail(err, RC_INPUT, "%s: %s is %g; it must be a finite number", dist, name, x);
}

static inline rc_status rc_check_positive(const char *dist, const char *name, double x,
                                          rc_error *err) {
    if (x > 0 && isfinite(x))
        return RC_OK;
    return rc_fail(err, RC_INPUT, "%s: %s is %.10g; it must be a finite number above 0", dist, name,
                   x);
}

#endif
