/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spans of time as people say them: years, or months where these say more. */
#include "report/document_make.h"

#include "core/language.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/** The horizon in years, or in months where it is no whole number of years but one of these. */
static double horizon(const rc_result *r, bool *in_years) {
    double months = r->years * 12;
    *in_years = r->years == floor(r->years) || months != floor(months);
    return *in_years ? r->years : months;
}

const char *rc_horizon_text(const rc_result *r, const char *language, rc_arena *arena) {
    char n[RC_NUMBER_TEXT];
    const rc_quantity plain = {.unit = RC_UNIT_NUMBER, .language = language};
    bool in_years;
    double shown = horizon(r, &in_years);
    rc_number_text(n, &plain, shown, (rc_rounding){.digits = 4});
    uint64_t form = shown == 1 ? 1 : 2;
    return in_years ? RC_TEXT_N(arena, language, "{n} year", "{n} years", form, "n", n)
                    : RC_TEXT_N(arena, language, "{n} month", "{n} months", form, "n", n);
}

const char *rc_horizon_within(const rc_result *r, const char *language, rc_arena *arena) {
    bool in_years;
    if (horizon(r, &in_years) != 1)
        return rc_horizon_text(r, language, arena);
    return in_years ? rc_tr_in(language, "within the", "year")
                    : rc_tr_in(language, "within the", "month");
}

const char *rc_time_text(double years, const char *digits, const char *language, rc_arena *arena) {
    double months = rint(12 * years);
    char n[RC_NUMBER_TEXT];
    bool one = strcmp(digits, "1") == 0 || strcmp(digits, "1.0") == 0;
    if (years < 1 && months <= 0)
        return NULL;
    if (years < 1 && months < 12) {
        snprintf(n, sizeof n, "%g", months);
        return RC_TEXT_N(arena, language, "{n} month", "{n} months", (uint64_t)months, "n", n);
    }
    return RC_TEXT_N(arena, language, "{n} year", "{n} years", one ? 1 : 2, "n",
                     one ? "1" : digits);
}
