/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of a comparison's page. Private to decide/; texts live in the page's arena. */
#ifndef RC_DECIDE_WORDS_H
#define RC_DECIDE_WORDS_H

#include "decide/compare.h"
#include "report/document.h"

/** A comparison's document in the making. */
typedef struct rc_comparison_page {
    const rc_comparison *c;
    const char *language;
    rc_arena *arena;
    rc_quantity unit;     /**< of what is compared */
    rc_section *sections; /**< [n] */
    size_t n;
} rc_comparison_page;

const char *rc_comparison_title(const rc_comparison_page *p);    /**< "zoho or hubspot?" */
const char *rc_comparison_subtitle(const rc_comparison_page *p); /**< measure, cases, seed */
/** The sentences at the top; returns how many. */
size_t rc_comparison_words(const rc_comparison_page *p, const rc_sentence **out);

const char *rc_comparison_name_of(const rc_comparison_page *p, size_t alternative);
const char *rc_comparison_measure(const rc_comparison_page *p); /**< "Net present value" */
const char *rc_comparison_amount(const rc_comparison_page *p, rc_estimate e, bool sign);
/** Of what decides between the alternatives; NULL: not ranked by this method. */
const rc_ranking *rc_comparison_ranking(const rc_comparison_page *p, const char *method);
const char *rc_comparison_bar(const rc_comparison_page *p, const rc_bar *bar);

#endif
