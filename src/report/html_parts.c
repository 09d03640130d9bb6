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
    bool in_string = false;
    for (; *json != '\0'; json++) {
        if (in_string && *json == '\\') {
            rc_text_add_n(out, json++, 1); /* and what it escapes */
            rc_text_add_n(out, json, 1);
            continue;
        }
        in_string ^= *json == '"';
        if (*json == '<')
            rc_text_add(out, "\\u003c"); /* in JSON it stands in strings only */
        else if (in_string || strchr(" \n\r\t", *json) == NULL)
            rc_text_add_n(out, json, 1);
    }
    rc_text_add(out, "\n");
}

/* A label may run from right to left: it is kept apart from what stands around it. */
static void header(rc_text *out, const char *text, const char *scope) {
    rc_text_addf(out, "<th scope=\"%s\"><bdi>", scope);
    rc_html_text(out, text);
    rc_text_add(out, "</bdi></th>");
}

/** The density behind equally likely steps of quantiles, as a small picture: between neighbours
 * lies a known share of cases, so its height is that share by the distance. */
static void spark(rc_text *out, const double *x) {
    enum { WIDTH = 96, HEIGHT = 22 };
    double height[RC_SKETCH - 1], most = 0, range = x[RC_SKETCH - 1] - x[0];
    rc_text_add(out, "<svg class=\"spark\" viewBox=\"0 0 96 22\" aria-hidden=\"true\">");
    for (int i = 0; i + 1 < RC_SKETCH && range > 0; i++) {
        double wide = fmax(x[i + 1] - x[i], range / 200);
        height[i] = (rc_sketch_points[i + 1] - rc_sketch_points[i]) / wide;
        most = fmax(most, height[i]);
    }
    if (range > 0 && isfinite(range)) {
        rc_text_addf(out, "<path d=\"M0 %d", HEIGHT);
        for (int i = 0; i + 1 < RC_SKETCH; i++)
            rc_text_addf(out, "L%.1f %.1f", WIDTH * (0.5 * (x[i] + x[i + 1]) - x[0]) / range,
                         HEIGHT - (HEIGHT - 1) * height[i] / most);
        rc_text_addf(out, "L%d %dZ\"/>", WIDTH, HEIGHT);
    }
    rc_text_add(out, "</svg>");
}

static void cell(rc_text *out, const rc_table_cell *c) {
    rc_text_add(out, c->words || c->sketch != NULL ? "<td class=\"words\">"
                     : c->value < 0                ? "<td class=\"minus\">"
                                                   : "<td>");
    if (c->sketch != NULL)
        spark(out, c->sketch);
    rc_text_add(out, c->code ? "<code>" : c->words ? "<bdi>" : "");
    rc_html_text(out, c->text != NULL ? c->text : "");
    rc_text_add(out, c->code ? "</code>" : c->words ? "</bdi>" : "");
    if (c->range != NULL) {
        rc_text_add(out, " <small>");
        rc_html_text(out, c->range);
        rc_text_add(out, "</small>");
    }
    rc_text_add(out, "</td>");
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
    for (size_t c = 1; c < t->n_columns; c++)
        cell(out, &cells[c]);
    rc_text_add(out, "</tr>\n");
}

void rc_html_table(rc_text *out, const rc_table *t, const char *caption) {
    /* it may be wider than a phone: then it scrolls by itself, by key too */
    rc_text_add(out, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
    rc_html_text(out, caption != NULL ? caption : "");
    /* with few columns a cell has room for its range beside its number */
    rc_text_add(out, t->n_columns <= 5 ? "\"><table class=\"few\">\n" : "\"><table>\n");
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

void rc_html_element(rc_text *out, const char *open, const char *text, const char *close) {
    rc_text_add(out, open);
    rc_html_text(out, text);
    rc_text_add(out, close);
}

void rc_html_head(rc_text *out, const char *language, const char *title, const char *allowed,
                  const char *style) {
    rc_text_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                 language);
    rc_text_add(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<meta name=\"color-scheme\" content=\"light dark\">\n");
    rc_text_addf(out,
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                 "style-src 'unsafe-inline';%s form-action 'none'; base-uri 'none'\">\n"
                 "<meta name=\"generator\" content=\"roicast " ROICAST_VERSION "\">\n",
                 allowed);
    rc_html_element(out, "<title>", title, "</title>\n<style>\n");
    rc_text_add_n(out, (const char *)rc_web_css, rc_web_css_length);
    rc_text_addf(out, "%s</style>\n</head>\n", style);
}
