/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of an HTML page. */
#ifndef RC_REPORT_HTML_H
#define RC_REPORT_HTML_H

#include "report/document.h"

/** Text for the content of an element or for an attribute in double quotes. */
void rc_html_text(rc_text *out, const char *text);
/** JSON for the content of a script element: every `<` becomes \u003c; blanks between values go. */
void rc_html_json(rc_text *out, const char *json);

/** A table with its caption (NULL: none). */
void rc_html_table(rc_text *out, const rc_table *table, const char *caption);

/** What the build made of report/web: a style sheet and a bundle that draws the charts (length 0
 * in a build without it). */
extern const unsigned char rc_web_css[], rc_web_js[];
extern const size_t rc_web_css_length, rc_web_js_length;

#endif
