/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What drives a result, in words, as a section of a document, and in JSON. */
#ifndef RC_REPORT_DRIVERS_H
#define RC_REPORT_DRIVERS_H

#include "report/document.h"
#include "result/drivers.h"

#include <jansson.h>

/** What numbers of drivers are measured in. */
rc_quantity rc_drivers_quantity(const rc_result *result, rc_unit unit, const char *unit_text,
                                const char *language);

typedef enum rc_swing_style {
    RC_SWING_PLAIN,   /**< for everybody: "from 0.49 to 0.68" */
    RC_SWING_ANALYST, /**< "from its P25 (0.49) to its P75 (0.68)" */
} rc_swing_style;

/** "Training quality, from 0.49 to 0.68: chance of loss 43% → 29%, ..." in the caller's arena. */
const char *rc_words_swing(const rc_result *result, const rc_drivers *drivers,
                           const rc_swing *swing, rc_swing_style style, const char *language,
                           rc_arena *arena);

/** "Training quality below 0.41: it loses money on average; so it is in 31% of cases." */
const char *rc_words_break_even(const rc_result *result, const rc_drivers *drivers,
                                const rc_break_even *even, const char *language, rc_arena *arena);

/** "★ Training quality", "! Cancelled early": the label of a bar with its mark. */
const char *rc_words_bar(const rc_bar *bar, const char *language, rc_arena *arena);

/** Add the keys that `roicast run` and `roicast sensitivity` share (docs/json.md). */
void rc_drivers_json(json_t *into, const rc_drivers *drivers);

#endif
