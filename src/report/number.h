/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as people read them: $1.2M or 120万美元, 52%, 2.1 years, rounded to what the simulation
 * can tell. The decimal sign is the point in every locale; a minus is U+2212. */
#ifndef RC_REPORT_NUMBER_H
#define RC_REPORT_NUMBER_H

#include "core/label.h"
#include "core/text.h"

#include <stdbool.h>
#include <stdint.h>

enum { RC_NUMBER_TEXT = 96 }; /**< room for one formatted number */

/** What a number counts. */
typedef struct rc_quantity {
    rc_unit unit;
    const char *currency; /**< for MONEY: "USD"; "" or NULL when none */
    const char *suffix;   /**< a user's own unit for NUMBER ("customers"), or NULL */
    const char *language; /**< of "M" or "万"; NULL: English */
    bool in_words; /**< the number stands in a sentence: 41.2万美元 rather than $41.2万 */
} rc_quantity;

/** How many digits: at most `digits` significant ones, none finer than `error` (half the width of
 * the number's interval; 0 or NaN: exact, then trailing zeros are dropped). */
typedef struct rc_rounding {
    int digits;
    double error;
    bool sign; /**< "+" before positive values */
} rc_rounding;

/** Format into `out` (RC_NUMBER_TEXT bytes) and return it. NaN gives "–", infinity "∞". */
const char *rc_number_text(char *out, const rc_quantity *quantity, double value,
                           rc_rounding rounding);

/** "$" for "USD"; NULL for a currency that is written by its code. */
const char *rc_currency_sign(const char *currency);

/** "人民币" for CNY in Chinese; the code itself where the language has no other name for it. */
const char *rc_currency_name(const char *currency, const char *language);

/** A share of cases as a percentage that is honest at its ends: 0.0003 is "under 0.1%", 0.9996
 * "over 99.9%"; "0%" and "100%" only for exactly 0 and 1. */
const char *rc_share_text(char *out, double share, const char *language);

/** "1,048,576" */
const char *rc_count_text(char *out, uint64_t count);

#endif
