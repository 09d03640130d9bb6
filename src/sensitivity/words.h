/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that several ways of writing rankings share. */
#ifndef RC_SENSITIVITY_WORDS_H
#define RC_SENSITIVITY_WORDS_H

#include "report/number.h"
#include "sensitivity/sensitivity.h"

/** What a method's scores are measured in. */
rc_quantity rc_score_quantity(const rc_study *study, const rc_method_type *method);
/** What the target's values are measured in. */
rc_quantity rc_target_quantity(const rc_study *study);
const char *rc_bar_kind_name(rc_bar_kind kind); /**< "factor", ... */

/** "Training quality, from 0.45 (P25) to 0.66 (P75): chance of loss 61% → 48%, ..." */
const char *rc_swing_sentence(const rc_sensitivity *s, const rc_study_bar *bar);

#endif
