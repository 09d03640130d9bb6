/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decide/page.h"

#include "report/text.h"

static rc_status text(const rc_comparison *c, const rc_report_style *style, rc_text *out,
                      rc_error *err) {
    (void)err;
    rc_arena *arena = rc_arena_new();
    const char *language = style->language != NULL ? style->language : "en";
    rc_text_document(rc_comparison_document(c, language, arena), style, out);
    rc_arena_free(arena);
    return RC_OK;
}

const rc_comparison_format rc_comparison_formats[RC_COMPARISON_FORMATS] = {
    {"text", text},
    {"json", rc_comparison_json},
    {"html", rc_comparison_html},
};
