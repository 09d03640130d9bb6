/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rankings on a terminal of 80 columns: what their tables share. */
#ifndef RC_SENSITIVITY_TEXT_PAGE_H
#define RC_SENSITIVITY_TEXT_PAGE_H

#include "core/language.h"
#include "report/number.h"
#include "sensitivity/sensitivity.h"

enum { RC_PAGE_WIDTH = 80, RC_PAGE_RANK = 6, RC_PAGE_NAME = 28, RC_PAGE_SURE = 6 };

typedef struct rc_page {
    const rc_sensitivity *s;
    rc_text *out;
    bool color;
    const char *language;
} rc_page;

/** Outputs where the condition holds; nothing without one. */
void rc_page_stress(rc_page *p);

void rc_page_heading(rc_page *p, const char *text);
void rc_page_right(rc_text *out, const char *text, int width);
/** As much as fits. */
void rc_page_left(rc_text *out, const char *text, int width);
/** Text in lines of the page, the first behind `head`, the others under its end. */
void rc_page_wrap(rc_text *out, const char *head, const char *text);
const char *rc_page_name(const rc_page *p, const rc_bar *bar);
const char *rc_page_rank(const rc_ranked *row, char *out, size_t size);
const char *rc_page_odds(char *out, size_t size, double p);
/** For a narrow column: without a currency whose sign is longer than one character. */
rc_quantity rc_page_narrow(rc_quantity q);
void rc_page_end_line(rc_text *out); /**< without blanks at the end */

/** RC_TABLE_ENDS and RC_TABLE_SERIES: head of the table, one row. */
void rc_page_steps_head(rc_page *p, const rc_ranking *r);
void rc_page_steps_row(rc_page *p, const rc_ranking *r, const rc_ranked *row);
/** "Training quality from its P10 (0.41) to its P90 (0.74): roi +2% -> +38%", for the first rows */
void rc_page_steps_stories(rc_page *p, const rc_ranking *r, size_t n);
/** Remarks under the table. */
void rc_page_steps_notes(rc_page *p, const rc_ranking *r);

/** RC_TABLE_BOTH. */
void rc_page_both_head(rc_page *p, const rc_ranking *r);
void rc_page_both_row(rc_page *p, const rc_ranked *row, double largest);
void rc_page_both_notes(rc_page *p, const rc_ranking *r);

#endif
