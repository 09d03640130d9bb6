/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of an HTML page. */
#ifndef RC_REPORT_HTML_H
#define RC_REPORT_HTML_H

#include "report/document.h"

/** Text for the content of an element or for an attribute in double quotes. */
void rc_html_text(rc_text *out, const char *text);
/** open and close are HTML, the text between them is not. */
void rc_html_element(rc_text *out, const char *open, const char *text, const char *close);

/** From the first line to `</head>`. Nothing is fetched; `allowed` adds to what the page's policy
 * lets it hold itself (" script-src 'unsafe-inline';"), `style` to its style sheet. */
void rc_html_head(rc_text *out, const char *language, const char *title, const char *allowed,
                  const char *style);

/** JSON for the content of a script element: every `<` becomes \u003c; blanks between values go. */
void rc_html_json(rc_text *out, const char *json);

/** A table with its caption (NULL: none). */
void rc_html_table(rc_text *out, const rc_table *table, const char *caption);

/** What the build made of report/web: a style sheet and a bundle that draws the charts (length 0
 * in a build without it). */
extern const unsigned char rc_web_css[], rc_web_js[];
extern const size_t rc_web_css_length, rc_web_js_length;

#endif
