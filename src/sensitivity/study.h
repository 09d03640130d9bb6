/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to the makers of a study. */
#ifndef RC_SENSITIVITY_STUDY_H
#define RC_SENSITIVITY_STUDY_H

#include "sensitivity/sensitivity.h"

typedef struct rc_target {
    const char *text, *output;
    rc_statistic_kind statistic;
    double percentile;
} rc_target;
rc_status rc_target_parse(const char *text, rc_arena *arena, rc_target *out, rc_error *err);

#endif
