/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Escaping and tables. Every text of a user passes through rc_html_text or rc_html_json. */
#include "report/html.h"

#include <math.h>
#include <string.h>

void rc_html_text(rc_text *out, const char *text) {
    rc_text_add(out, "");
    for (; *text != '\0'; text++)
        switch (*text) {
        case '&': rc_text_add(out, "&amp;"); break;
        case '<': rc_text_add(out, "&lt;"); break;
        case '>': rc_text_add(out, "&gt;"); break;
        case '"': rc_text_add(out, "&quot;"); break;
        case '\'': rc_text_add(out, "&#39;"); break;
        default: rc_text_add_n(out, text, 1);
        }
}

void rc_html_json(rc_text *out, const char *json) {
    for (size_t n; *json != '\0'; json += n) {
        n = strcspn(json, "<");
        rc_text_add_n(out, json, n);
        if (json[n] == '<') {
            rc_text_add(out, "\\u003c"); /* in JSON `<` stands in strings only */
            n++;
        }
    }
}

/* A label may run from right to left: it is kept apart from what stands around it. */
static void header(rc_text *out, const char *text, const char *scope) {
    rc_text_addf(out, "<th scope=\"%s\"><bdi>", scope);
    rc_html_text(out, text);
    rc_text_add(out, "</bdi></th>");
}

static void row(rc_text *out, const rc_table *t, size_t r) {
    static const char *const names[] = {"", " class=\"group\"", " class=\"total\""};
    const rc_table_cell *cells = t->cells + r * t->n_columns;
    rc_text_addf(out, "<tr%s>", names[t->roles[r]]);
    if (t->roles[r] == RC_ROW_GROUP) {
        rc_text_addf(out, "<th scope=\"rowgroup\" colspan=\"%zu\"><bdi>", t->n_columns);
        rc_html_text(out, cells[0].text);
        rc_text_add(out, "</bdi></th></tr>\n");
        return;
    }
    header(out, cells[0].text != NULL ? cells[0].text : "", "row");
    for (size_t c = 1; c < t->n_columns; c++) {
        rc_text_add(out, cells[c].value < 0 ? "<td class=\"minus\">" : "<td>");
        rc_html_text(out, cells[c].text != NULL ? cells[c].text : "");
        if (cells[c].range != NULL) {
            rc_text_add(out, " <small>");
            rc_html_text(out, cells[c].range);
            rc_text_add(out, "</small>");
        }
        rc_text_add(out, "</td>");
    }
    rc_text_add(out, "</tr>\n");
}

void rc_html_table(rc_text *out, const rc_table *t, const char *caption) {
    /* it may be wider than a phone: then it scrolls by itself, by key too */
    rc_text_add(out, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
    rc_html_text(out, caption != NULL ? caption : "");
    rc_text_add(out, "\"><table>\n");
    if (caption != NULL) {
        rc_text_add(out, "<caption class=\"hidden\">");
        rc_html_text(out, caption);
        rc_text_add(out, "</caption>\n");
    }
    rc_text_add(out, "<thead><tr>");
    for (size_t c = 0; c < t->n_columns; c++)
        if (t->columns[c][0] == '\0')
            rc_text_add(out, "<td></td>");
        else
            header(out, t->columns[c], "col");
    rc_text_add(out, "</tr></thead>\n<tbody>\n");
    for (size_t r = 0; r < t->n_rows; r++)
        row(out, t, r);
    rc_text_add(out, "</tbody></table></div>\n");
}
