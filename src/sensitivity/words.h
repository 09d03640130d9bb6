/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that several ways of writing rankings share. */
#ifndef RC_SENSITIVITY_WORDS_H
#define RC_SENSITIVITY_WORDS_H

#include "report/number.h"
#include "sensitivity/sensitivity.h"

/** What scores are measured in. */
rc_quantity rc_score_quantity(const rc_study *study, rc_score_unit unit, const char *language);
/** What the target's values are measured in. */
rc_quantity rc_target_quantity(const rc_study *study, const char *language);

#endif
