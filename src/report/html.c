/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document as one HTML file: no request goes out from it, it opens from disk and prints. The
 * first part is for who decides and fits one sheet; the rest, one click below, for who checks.
 *
 * All that is said stands in the file as text and tables. The result itself lies in it too, as the
 * JSON that --format json writes; charts are drawn from that when the page opens (report/web), and
 * show nothing that it does not have. */
#include "report/html.h"

#include "core/json.h"
#include "core/language.h"
#include "report/format.h"

#include <string.h>

typedef struct page {
    const rc_document *d;
    const rc_result *result;
    rc_text *out;
    const char *language;
} page;

static void element(page *p, const char *open, const char *text, const char *close) {
    rc_html_element(p->out, open, text, close);
}

static void figures(page *p) {
    if (p->d->n_figures == 0)
        return;
    rc_text_add(p->out, "<dl class=\"figures\">\n");
    for (size_t i = 0; i < p->d->n_figures; i++) {
        const rc_figure *f = &p->d->figures[i];
        rc_text_addf(p->out, "<div%s>", f->bad ? " class=\"bad\"" : "");
        element(p, "<dt>", f->topic, "</dt>");
        element(p, "<dd class=\"value\">", f->value, "</dd>");
        if (f->more != NULL)
            element(p, "<dd>", f->more, "</dd>");
        rc_text_add(p->out, "</div>\n");
    }
    rc_text_add(p->out, "</dl>\n");
}

static void sentences(page *p, const rc_section *s) {
    if (s->n_sentences == 0)
        return;
    rc_text_add(p->out, "<dl class=\"answers\">\n");
    for (size_t i = 0; i < s->n_sentences; i++) {
        element(p, "<div><dt><bdi>", s->sentences[i].topic, "</bdi></dt>");
        element(p, "<dd>", s->sentences[i].text, "</dd></div>\n");
    }
    rc_text_add(p->out, "</dl>\n");
}

/** Room for a chart, which stays out of sight until one is drawn. */
static void figure(page *p, const rc_section *s) {
    rc_text_addf(p->out, "<figure data-chart=\"%s\"", s->chart);
    if (s->part == RC_PART_ANALYST)
        rc_text_add(p->out, " data-detail=\"full\"");
    if (s->of != NULL)
        element(p, " data-of=\"", s->of, "\"");
    element(p, " data-alt=\"", s->alt != NULL ? s->alt : s->title, "\"></figure>\n");
}

/** How often at least how much: the table behind the picture of a distribution. */
static void levels(page *p, const rc_picture *picture, const char *caption) {
    rc_text_add(p->out, "<div class=\"scroll\"><table class=\"levels\">");
    element(p, "<caption class=\"hidden\">", caption, "</caption>\n");
    element(p, "<thead><tr><th scope=\"col\">", rc_tr(p->language, "At least"), "</th>");
    element(p, "<th scope=\"col\">", rc_tr(p->language, "Chance"), "</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < picture->n_levels; i++) {
        char share[RC_NUMBER_TEXT];
        element(p, "<tr><th scope=\"row\">", picture->ticks[i], "</th>");
        element(p, "<td>", rc_share_text(share, picture->at_least[i], p->language), "</td></tr>\n");
    }
    rc_text_add(p->out, "</tbody></table></div>\n");
}

static void notes(page *p, const rc_section *s) {
    if (s->n_notes == 0)
        return;
    rc_text_add(p->out, "<ul class=\"notes\">\n");
    for (size_t i = 0; i < s->n_notes; i++)
        element(p, "<li>", s->notes[i], "</li>\n");
    rc_text_add(p->out, "</ul>\n");
}

static void section(page *p, const rc_section *s) {
    rc_text_addf(p->out, "<section id=\"%s\">\n", s->id);
    if (s->title != NULL && s->part == RC_PART_EXECUTIVE)
        element(p, "<h2>", s->title, "</h2>\n");
    else if (s->title != NULL)
        element(p, "<h3>", s->title, "</h3>\n");
    sentences(p, s);
    if (s->chart != NULL && rc_web_js_length > 0)
        figure(p, s);
    bool folded = s->told || (s->folded && rc_web_js_length > 0);
    if (folded)
        element(p, "<details class=\"data\"><summary>", rc_tr(p->language, "As a table"),
                "</summary>\n");
    if (s->picture != NULL)
        levels(p, s->picture, s->title);
    if (s->table != NULL)
        rc_html_table(p->out, s->table, s->title);
    if (folded)
        rc_text_add(p->out, "</details>\n");
    notes(p, s);
    rc_text_add(p->out, "</section>\n");
}

static void part(page *p, rc_part which) {
    for (size_t i = 0; i < p->d->n_sections; i++)
        if (p->d->sections[i].part == which && !p->d->sections[i].narrow)
            section(p, &p->d->sections[i]);
}

static void footer(page *p) {
    rc_text_add(p->out, "<footer>\n");
    for (size_t i = 0; i < p->d->n_footer; i++)
        element(p, "<p><code>", p->d->footer[i], "</code></p>\n");
    rc_text_add(p->out, "</footer>\n");
}

/* Words that stand in charts, and how numbers are written there. */
static const struct {
    const char *key, *text;
} words[] = {
    {"atLeast", RC_TR("At least")},
    {"chance", RC_TR("Chance")},
    {"middle", RC_TR("middle")},
    {"low", RC_TR("low")},
    {"high", RC_TR("high")},
    {"now", RC_TR("Now")},
    {"year", RC_TR("Year")},
    {"years", RC_TR("Years")},
    {"loss", RC_TR("loss")},
    {"gain", RC_TR("gain")},
    {"risks", RC_TR("Risks")},
    {"mean", RC_TR("Mean")},
    {"cases", RC_TR("Cases")},
    {"without", RC_TR("without")},
    {"with", RC_TR("with")},
    {"lowTenth", RC_TR("in the lowest tenth of the input")},
    {"highTenth", RC_TR("in its highest tenth")},
    {"lowEnd", RC_TR("input at P10, or without the risk")},
    {"highEnd", RC_TR("input at P90, or with the risk")},
    {"alone", RC_TR("alone")},
    {"together", RC_TR("and with others")},
    {"noCharts",
     RC_TR("This browser cannot unpack the charts; the tables behind them are open instead.")},
};

/* Powers of ten that have words, the largest first: [from, word]. */
static json_t *scales(const rc_language *language) {
    static const struct {
        double from;
        rc_grouping grouping;
        const char *word;
    } all[] = {
        {1e12, RC_THOUSANDS, RC_TR_IN("power of ten", "T")},
        {1e9, RC_THOUSANDS, RC_TR_IN("power of ten", "B")},
        {1e6, RC_THOUSANDS, RC_TR_IN("power of ten", "M")},
        {1e3, RC_THOUSANDS, RC_TR_IN("power of ten", "k")},
        {1e12, RC_MYRIADS, RC_TR_IN("power of ten", "10^12")},
        {1e8, RC_MYRIADS, RC_TR_IN("power of ten", "10^8")},
        {1e4, RC_MYRIADS, RC_TR_IN("power of ten", "10^4")},
    };
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i].grouping != language->grouping)
            continue;
        json_t *pair = json_array();
        json_array_append_new(pair, json_real(all[i].from));
        json_array_append_new(pair,
                              json_string(rc_tr_in(language->code, "power of ten", all[i].word)));
        json_array_append_new(list, pair);
    }
    return list;
}

static rc_status page_data(page *p, rc_error *err) {
    json_t *o = json_object(), *texts = json_object(), *style = json_object();
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        json_object_set_new(texts, words[i].key, rc_json_text(rc_tr(p->language, words[i].text)));
    const char *sign = rc_currency_sign(p->result->currency != NULL ? p->result->currency : "");
    json_object_set_new(style, "sign", rc_json_text(sign != NULL ? sign : ""));
    json_object_set_new(style, "scales", scales(rc_language_or_english(p->language)));
    json_object_set_new(o, "language", rc_json_text(p->language));
    json_object_set_new(o, "words", texts);
    json_object_set_new(o, "style", style);
    rc_text json = {0};
    rc_status status = rc_json_write(o, 3, &json, err);
    if (status == RC_OK) {
        rc_text_add(p->out, "<script type=\"application/json\" id=\"roicast-page\">\n");
        rc_html_json(p->out, json.bytes);
        rc_text_add(p->out, "</script>\n");
    }
    rc_text_free(&json);
    return status;
}

static rc_status data(page *p, rc_error *err) {
    rc_text json = {0};
    rc_status status = rc_format_find("json")->write(p->result, &(rc_report_style){0}, &json, err);
    if (status == RC_OK) {
        rc_text_add(p->out, "<script type=\"application/json\" id=\"roicast-result\">\n");
        rc_html_json(p->out, json.bytes);
        rc_text_add(p->out, "</script>\n");
    }
    rc_text_free(&json);
    return status;
}

static void body(page *p) {
    rc_text_add(p->out, "<body>\n<main>\n<header>\n");
    element(p, "<h1><bdi>", p->d->title, "</bdi></h1>\n");
    element(p, "<p class=\"subtitle\">", p->d->subtitle, "</p>\n</header>\n");
    rc_text_add(p->out, "<div id=\"page\">\n");
    figures(p);
    part(p, RC_PART_EXECUTIVE);
    rc_text_add(p->out, "</div>\n<details id=\"more\">\n<summary><h2>");
    rc_html_text(p->out, rc_tr(p->language, "For analysts"));
    rc_text_add(p->out, "</h2></summary>\n");
    part(p, RC_PART_ANALYST);
    if (rc_web_js_length == 0)
        element(p, "<p class=\"notes\">",
                rc_tr(p->language, "This roicast was built without charts (ROICAST_WEB=OFF)."),
                "</p>\n");
    rc_text_add(p->out, "</details>\n");
    footer(p);
    rc_text_add(p->out, "</main>\n");
}

static rc_status write_html(const rc_result *result, const rc_report_style *style, rc_text *out,
                            rc_error *err) {
    rc_arena *arena = rc_arena_new();
    page p = {.result = result, .out = out};
    p.language = style->language != NULL ? style->language : "en";
    p.d = rc_document_new(result, p.language, arena);
    rc_html_head(p.out, p.language, p.d->title, " script-src 'unsafe-inline'; img-src data:;", "");
    body(&p);
    rc_status status = data(&p, err);
    if (status == RC_OK && rc_web_js_length > 0)
        status = page_data(&p, err);
    if (status == RC_OK && rc_web_js_length > 0) {
        rc_text_add(out, "<script>\n");
        rc_text_add_n(out, (const char *)rc_web_js, rc_web_js_length);
        rc_text_add(out, "</script>\n");
    }
    rc_text_add(out, "</body>\n</html>\n");
    rc_arena_free(arena);
    return status;
}

const rc_format_type rc_format_html = {
    .name = "html",
    .ending = "html",
    .summary =
        RC_TR("a page to forward: one file with charts that needs no network (docs/report.md)"),
    .whole = true,
    .analysts = true,
    .write = write_html,
};
