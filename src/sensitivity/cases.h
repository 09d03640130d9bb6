/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of single cases, from a study. */
#ifndef RC_SENSITIVITY_CASES_H
#define RC_SENSITIVITY_CASES_H

#include "result/cases.h"
#include "sensitivity/sensitivity.h"

/** From the study and a ranking of its bars, in `arena`; keeps nothing of the study. `histogram`:
 * of the target, whose bins the split takes. NULL when no case has a finite target. */
const rc_cases *rc_cases_of(const rc_study *study, const rc_ranking *ranking,
                            const rc_histogram *histogram, rc_arena *arena);

/** A bar's name and what it is measured in, copied. */
rc_case_name rc_case_name_of(const rc_bar *bar, rc_arena *arena);

#endif
