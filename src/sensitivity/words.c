/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What numbers of rankings are measured in. */
#include "sensitivity/words.h"

#include "report/document.h"

#include <math.h>
#include <string.h>

rc_quantity rc_target_quantity(const rc_study *s, const char *language) {
    if (s->statistic == RC_STATISTIC_BELOW_ZERO)
        return (rc_quantity){.unit = RC_UNIT_RATIO};
    return rc_output_quantity(s->result, s->output, language);
}

rc_quantity rc_score_quantity(const rc_study *s, rc_score_unit unit, const char *language) {
    switch (unit) {
    case RC_SCORE_TARGET: return rc_target_quantity(s, language);
    case RC_SCORE_WORTH:
        return rc_output_quantity(s->result, rc_result_find(s->result, s->worth_name), language);
    case RC_SCORE_SHARE: return (rc_quantity){.unit = RC_UNIT_RATIO};
    default: return (rc_quantity){.unit = RC_UNIT_NUMBER, .language = language};
    }
}
