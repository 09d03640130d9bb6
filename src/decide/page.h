/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What formats of a comparison share. Private to decide/. */
#ifndef RC_DECIDE_PAGE_H
#define RC_DECIDE_PAGE_H

#include "decide/compare.h"
#include "report/document.h"

const rc_document *rc_comparison_document(const rc_comparison *c, const char *language,
                                          rc_arena *arena);
/** For people. */
const char *rc_alternative_name(const rc_alternative *a, const char *language, rc_arena *arena);

rc_status rc_comparison_html(const rc_comparison *c, const rc_report_style *style, rc_text *out,
                             rc_error *err);
rc_status rc_comparison_json(const rc_comparison *c, const rc_report_style *style, rc_text *out,
                             rc_error *err);

#endif
