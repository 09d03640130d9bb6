/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words for people: labels in several languages, and units of numbers. */
#ifndef RC_CORE_LABEL_H
#define RC_CORE_LABEL_H

#include "core/arena.h"

#include <stddef.h>

typedef struct rc_label {
    const char *text;             /**< plain, or the first language's; NULL when none was given */
    size_t n;                     /**< languages */
    const char *const *languages; /**< "en", "zh", ... */
    const char *const *texts;
} rc_label;

/** Label in a language ("en", "zh-TW"): exactly that, else one that means the same ("zh-Hant"),
 * else a near one ("zh"), else the plain text, else `fallback`. */
const char *rc_label_text(const rc_label *label, const char *language, const char *fallback);

/** A copy that lives in `arena`, texts too. */
rc_label rc_label_copy(const rc_label *label, rc_arena *arena);

typedef enum rc_unit {
    RC_UNIT_NUMBER, /**< plain number */
    RC_UNIT_RATIO,  /**< a fraction, shown as %: 0.08 is 8 % */
    RC_UNIT_MONEY,  /**< in the model's currency */
    RC_UNIT_YEARS,
} rc_unit;

#endif
