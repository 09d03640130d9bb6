/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison as one HTML file in the style of the reports (report/web/report.css). It has no
 * scripts: charts are SVG drawn here, in colours of the style sheet, so that dark and paper follow;
 * lines also differ by dashes. Behind each chart stands its table. */
#include "decide/page.h"

#include "core/language.h"
#include "decide/chart.h"
#include "report/html.h"

#include <math.h>
#include <string.h>

typedef struct page {
    const rc_comparison *c;
    const rc_document *d;
    rc_text *out;
    const char *language;
    rc_arena *arena;
} page;

static const char style[] =
    "#more:not([open]) { margin-top: 1.5rem; }\n"
    ".chart { overflow-x: auto; } .chart svg { display: block; width: 100%; min-width: 30rem; "
    "height: auto; }\n"
    ".chart text { font: 12px system-ui, \"Noto Sans\", \"Noto Sans CJK SC\", sans-serif; fill: "
    "var(--soft); }\n"
    ".chart .grid { stroke: var(--line); } .chart .axis { stroke: var(--soft); }\n"
    ".chart .curve { fill: none; stroke-width: 2.5; stroke-linejoin: round; }\n"
    ".a0 { stroke: var(--gain); } .a1 { stroke: var(--loss); stroke-dasharray: 9 4; }\n"
    ".a2 { stroke: var(--third); stroke-dasharray: 3 3; }\n"
    ".a3 { stroke: var(--fourth); stroke-dasharray: 11 3 3 3; }\n"
    ".a4 { stroke: var(--fifth); stroke-dasharray: 6 2; } .a5 { stroke: var(--soft); "
    "stroke-width: 1.2; }\n"
    ".good { fill: var(--gain); } .good.tail { fill: var(--gain-soft); }\n"
    ".bad { fill: var(--loss); } .bad.tail { fill: var(--loss-soft); }\n"
    ".legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.4rem; margin: 0.3rem 0; padding: 0; "
    "list-style: none; font-size: 0.85rem; }\n"
    ".legend svg { vertical-align: middle; margin-right: 0.4rem; } .legend bdi { overflow-wrap: "
    "anywhere; }\n"
    ".legend line { stroke-width: 2.5; }\n"
    ".sides { display: flex; justify-content: space-between; gap: 1rem; margin: 0.2rem 0; "
    "font-size: 0.85rem; font-weight: 600; }\n"
    ".sides .minus { color: var(--loss); } .sides .plus { color: var(--gain); text-align: right; "
    "}\n"
    ".sides span { min-width: 0; overflow-wrap: anywhere; }\n"
    ":root { --third: #13795b; --fourth: #7d4fb0; --fifth: #8a6a00; }\n"
    "@media screen and (prefers-color-scheme: dark) {\n"
    "  :root { --third: #58c9a3; --fourth: #c3a2ee; --fifth: #e0c158; }\n}\n"
    ".chart .under { fill: var(--loss-soft); stroke: none; }\n"
    "@media screen and (max-width: 40rem) { .chart svg { min-width: 0; } .chart text { font-size: "
    "20px; } .chart .odd { display: none; } }\n"
    "@media print { .chart { overflow: visible; } .chart svg { min-width: 0; max-height: 45mm; } "
    "}\n";

static void element(page *p, const char *open, const char *text, const char *close) {
    rc_html_element(p->out, open, text, close);
}

static const char *name_of(const page *p, size_t alternative) {
    return rc_alternative_name(&p->c->alternatives[alternative], p->language, p->arena);
}

/* ---- Charts ---- */

static void begin_chart(page *p, const char *alt) {
    rc_text_add(p->out, "<figure>\n<div class=\"chart\">");
    rc_text_addf(p->out, "<svg role=\"img\" viewBox=\"0 0 %d %d\" aria-label=\"", RC_CHART_WIDTH,
                 RC_CHART_HEIGHT);
    rc_html_text(p->out, alt);
    rc_text_add(p->out, "\">\n");
}

static void end_chart(page *p, const rc_table *table, const char *caption) {
    element(p, "</figure>\n<details class=\"data\"><summary>", rc_tr(p->language, "As a table"),
            "</summary>\n");
    rc_html_table(p->out, table, caption);
    rc_text_add(p->out, "</details>\n");
}

static void legend(page *p, const rc_curves *curves) {
    rc_text_add(p->out, "</svg></div>\n<ul class=\"legend\">\n");
    for (size_t i = 0; i < curves->n; i++) {
        rc_text_addf(p->out,
                     "<li><svg width=\"34\" height=\"8\" aria-hidden=\"true\"><line class=\"a%zu\" "
                     "x1=\"0\" y1=\"4\" x2=\"34\" y2=\"4\"/></svg>",
                     rc_curve_style(i));
        element(p, "<bdi>", name_of(p, curves->order[i]), "</bdi></li>\n");
    }
    rc_text_add(p->out, "</ul>\n");
}

static void add_curves(page *p) {
    rc_curves curves;
    rc_curves_make(&curves, p->c, p->language, p->arena);
    const char *title = p->c->higher_is_better
                            ? rc_tr(p->language, "How likely each is to reach at least an amount")
                            : rc_tr(p->language, "How likely each is to need at most an amount");
    element(p, "<section id=\"curves\">\n<h2>", title, "</h2>\n");
    begin_chart(p, curves.alt);
    bool filled = rc_curves_draw(&curves, p->out);
    legend(p, &curves);
    end_chart(p, curves.table, title);
    element(p, "<ul class=\"notes\"><li>",
            rc_tr(p->language, "The higher curve is the better one at that amount."), "</li>");
    if (filled)
        element(p, "<li>",
                RC_TEXT(p->arena, p->language,
                        "Filled: where {other} does better than {one}, the best on average.",
                        "other", name_of(p, p->c->second), "one", name_of(p, p->c->leader)),
                "</li>");
    rc_text_add(p->out, "</ul>\n</section>\n");
}

/* "rival does better: 10%" on its side of zero. */
static void side(page *p, const char *class, size_t alternative, double share, bool left) {
    char text[RC_NUMBER_TEXT];
    const char *words =
        RC_TEXT(p->arena, p->language, "{one} does better: {share}", "one", name_of(p, alternative),
                "share", rc_share_text(text, share, p->language));
    rc_text_addf(p->out, "<span class=\"%s\">%s<bdi>", class, left ? "◂ " : "");
    rc_html_text(p->out, words);
    rc_text_addf(p->out, "</bdi>%s</span>", left ? "" : " ▸");
}

static void add_difference(page *p, const rc_pair *pair, const char *id, const char *level) {
    rc_bars bars;
    if (pair->histogram.n_bins == 0 || !isfinite(pair->variance_cut))
        return; /* they never differ */
    rc_bars_make(&bars, p->c, pair, p->language, p->arena);
    const char *title = RC_TEXT(p->arena, p->language, "{one} less {other}, case by case", "one",
                                name_of(p, pair->b), "other", name_of(p, pair->a));
    rc_text_addf(p->out, "<section id=\"%s\">\n<%s>", id, level);
    element(p, "<bdi>", title, "</bdi>");
    rc_text_addf(p->out, "</%s>\n", level);
    begin_chart(p, bars.alt);
    rc_bars_draw(&bars, p->out);
    rc_text_add(p->out, "</svg></div>\n<p class=\"sides\">");
    bool right = p->c->higher_is_better; /* more is to the right: then b does better there */
    size_t lesser = right ? pair->a : pair->b, greater = right ? pair->b : pair->a;
    double above = right ? pair->better.value : 1 - pair->better.value;
    side(p, right ? "minus" : "plus", lesser, 1 - above, true);
    side(p, right ? "plus" : "minus", greater, above, false);
    rc_text_add(p->out, "</p>\n");
    end_chart(p, bars.table, title);
    rc_text_add(p->out, "</section>\n");
}

/* ---- What the document says ---- */

static void sentences(page *p, const rc_section *s) {
    rc_text_add(p->out, "<dl class=\"answers\">\n");
    for (size_t i = 0; i < s->n_sentences; i++) {
        element(p, "<div><dt><bdi>", s->sentences[i].topic, "</bdi></dt>");
        element(p, "<dd>", s->sentences[i].text, "</dd></div>\n");
    }
    rc_text_add(p->out, "</dl>\n");
}

static void section(page *p, const rc_section *s) {
    const char *level = s->part == RC_PART_ANALYST ? "h3" : "h2";
    rc_text_addf(p->out, "<section id=\"%s\">\n", s->id);
    if (s->title != NULL) {
        rc_text_addf(p->out, "<%s>", level);
        element(p, "<bdi>", s->title, "</bdi>");
        rc_text_addf(p->out, "</%s>\n", level);
    }
    if (s->n_sentences > 0)
        sentences(p, s);
    if (s->table != NULL)
        rc_html_table(p->out, s->table, s->title);
    if (s->n_notes > 0)
        rc_text_add(p->out, "<ul class=\"notes\">\n");
    for (size_t i = 0; i < s->n_notes; i++)
        element(p, "<li>", s->notes[i], "</li>\n");
    if (s->n_notes > 0)
        rc_text_add(p->out, "</ul>\n");
    rc_text_add(p->out, "</section>\n");
}

static void executive_part(page *p) {
    rc_text_add(p->out, "<div id=\"page\">\n");
    for (size_t i = 0; i < p->d->n_sections; i++) {
        const rc_section *s = &p->d->sections[i];
        if (s->part != RC_PART_EXECUTIVE)
            continue;
        section(p, s);
        if (strcmp(s->id, "words") == 0)
            add_curves(p);
        if (strcmp(s->id, "alternatives") == 0)
            add_difference(p, p->c->rivals, "difference", "h2");
    }
    rc_text_add(p->out, "</div>\n");
}

static void analyst_part(page *p) {
    element(p, "<details id=\"more\">\n<summary><h2>", rc_tr(p->language, "For analysts"),
            "</h2></summary>\n");
    for (size_t i = 0; i < p->d->n_sections; i++)
        if (p->d->sections[i].part == RC_PART_ANALYST)
            section(p, &p->d->sections[i]);
    for (size_t i = 0; p->c->n > 2 && i + 1 < p->c->n; i++)
        add_difference(p, &p->c->pairs[i], rc_arena_printf(p->arena, "pair-%zu", i + 1), "h3");
    rc_text_add(p->out, "</details>\n");
}

/* Which files and settings an alternative is. */
static void add_origin(page *p, const rc_alternative *a) {
    const rc_result *r = a->result;
    rc_text t = {0};
    rc_text_addf(&t, "%s: %s", a->name, r->file);
    for (size_t i = 0; i < r->n_overs; i++)
        rc_text_addf(&t, " --over %s", r->overs[i]);
    for (size_t i = 0; i < r->n_scenarios; i++)
        rc_text_addf(&t, " --scenario '%s'", r->scenarios[i]);
    for (size_t i = 0; i < r->n_sets; i++)
        rc_text_addf(&t, " --set '%s'", r->sets[i]);
    rc_text_addf(&t, " · sha256 %s", rc_files_hash(r, 12, p->arena));
    element(p, "<p><code>", rc_clean_text(t.bytes, p->arena), "</code></p>\n");
    rc_text_free(&t);
}

rc_status rc_comparison_html(const rc_comparison *c, const rc_report_style *report, rc_text *out,
                             rc_error *err) {
    page p = {.c = c, .out = out, .arena = rc_arena_new()};
    rc_text json = {0};
    p.language = report->language != NULL ? report->language : "en";
    p.d = rc_comparison_document(c, p.language, p.arena);
    rc_html_head(out, p.language, p.d->title, "", style);
    rc_text_add(out, "<body>\n<main>\n<header>\n");
    element(&p, "<h1><bdi>", p.d->title, "</bdi></h1>\n");
    element(&p, "<p class=\"subtitle\">", p.d->subtitle, "</p>\n</header>\n");
    executive_part(&p);
    analyst_part(&p);
    rc_text_add(out, "<footer>\n");
    for (size_t i = 0; i < c->n && !c->alternatives[i].nothing; i++)
        add_origin(&p, &c->alternatives[i]);
    for (size_t i = 0; i < p.d->n_footer; i++)
        element(&p, "<p><code>", p.d->footer[i], "</code></p>\n");
    rc_text_add(out, "</footer>\n</main>\n");
    rc_status status = rc_comparison_json(c, report, &json, err);
    if (status == RC_OK) {
        rc_text_add(out, "<script type=\"application/json\" id=\"roicast-comparison\">\n");
        rc_html_json(out, json.bytes);
        rc_text_add(out, "</script>\n");
    }
    rc_text_add(out, "</body>\n</html>\n");
    rc_text_free(&json);
    rc_arena_free(p.arena);
    return status;
}
