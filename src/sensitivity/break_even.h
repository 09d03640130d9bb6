/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a bar makes investing not worth while any more, on average. */
#ifndef RC_SENSITIVITY_BREAK_EVEN_H
#define RC_SENSITIVITY_BREAK_EVEN_H

#include "sensitivity/sensitivity.h"

/** Of one bar of a study with worth. False: E[worth | bar] has one sign wherever the bar lies.
 * `replicate` (may be NULL): jackknife pseudo-values of share [0] and at [1], NaN where one
 * replicate less makes the crossing go. */
bool rc_break_even_of(const rc_study *study, const rc_study_bar *bar, rc_break_even *out,
                      double (*replicate)[RC_STAT_REPLICATES]);

#endif
