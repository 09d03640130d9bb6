/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document as GitHub Markdown, in the order of the HTML page: headings, tables with numbers to
 * the right, pictures as blocks of text. Whatever a model's texts hold is escaped: they cannot
 * become markup. */
#include "core/language.h"
#include "report/document.h"
#include "report/format.h"
#include "report/text_picture.h"

#include <string.h>

enum { PICTURE_WIDTH = 80 };

/** Text in a line or cell: punctuation that Markdown or HTML reads gets a backslash or an entity.
 */
static void add_escaped(rc_text *out, const char *text) {
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '<')
            rc_text_add(out, "&lt;");
        else if (*c == '&')
            rc_text_add(out, "&amp;");
        else if (*c == '>')
            rc_text_add(out, "&gt;");
        else if (strchr("\\`*_[]|~#$@", *c) != NULL)
            rc_text_addf(out, "\\%c", *c);
        else
            rc_text_add_n(out, c, 1);
    }
}

/** At the start of a line "1." and "-" would begin a list. */
static void add_line(rc_text *out, const char *text) {
    size_t digits = strspn(text, "0123456789");
    if (strchr("-+=", text[0]) != NULL && text[0] != '\0') {
        rc_text_addf(out, "\\%c", text[0]);
        text++;
    } else if (digits > 0 && (text[digits] == '.' || text[digits] == ')')) {
        rc_text_add_n(out, text, digits);
        rc_text_addf(out, "\\%c", text[digits]);
        text += digits + 1;
    }
    add_escaped(out, text);
}

static void heading(rc_text *out, const char *marks, const char *title) {
    rc_text_add(out, marks);
    rc_text_add(out, " ");
    add_escaped(out, title);
    rc_text_add(out, "\n\n");
}

static void sentences(rc_text *out, const rc_section *s) {
    for (size_t i = 0; i < s->n_sentences; i++) {
        rc_text_add(out, "- **");
        add_escaped(out, s->sentences[i].topic);
        rc_text_add(out, "**: ");
        add_escaped(out, s->sentences[i].text);
        rc_text_add(out, "\n");
    }
    rc_text_add(out, s->n_sentences > 0 ? "\n" : "");
}

static void picture(rc_text *out, const rc_picture *p) {
    rc_text_add(out, "```text\n");
    rc_text_picture(p, PICTURE_WIDTH, false, out);
    rc_text_add(out, "```\n\n");
}

static void cell(rc_text *out, const rc_table *t, size_t row, size_t column) {
    const rc_table_cell *of = &t->cells[row * t->n_columns + column];
    const char *text = of->text;
    bool strong = t->roles[row] != RC_ROW_BODY && text != NULL && *text != '\0';
    rc_text_add(out, strong ? " **" : " ");
    add_escaped(out, text != NULL ? text : "");
    rc_text_add(out, strong ? "**" : "");
    if (of->range != NULL) {
        rc_text_add(out, " (");
        add_escaped(out, of->range);
        rc_text_add(out, ")");
    }
    rc_text_add(out, " |");
}

/* A column of pictures has no text. */
static bool empty(const rc_table *t, size_t column) {
    for (size_t r = 0; r < t->n_rows; r++) {
        const char *text = t->cells[r * t->n_columns + column].text;
        if (text != NULL && *text != '\0')
            return false;
    }
    return t->n_rows > 0;
}

static bool of_words(const rc_table *t, size_t column) {
    for (size_t r = 0; r < t->n_rows; r++)
        if (t->cells[r * t->n_columns + column].words)
            return true;
    return column == 0;
}

static void table(rc_text *out, const rc_table *t) {
    rc_text_add(out, "|");
    for (size_t c = 0; c < t->n_columns; c++) {
        if (empty(t, c))
            continue;
        rc_text_add(out, " ");
        add_escaped(out, t->columns[c]);
        rc_text_add(out, " |");
    }
    rc_text_add(out, "\n|");
    for (size_t c = 0; c < t->n_columns; c++)
        if (!empty(t, c))
            rc_text_add(out, of_words(t, c) ? " --- |" : " ---: |");
    rc_text_add(out, "\n");
    for (size_t r = 0; r < t->n_rows; r++) {
        rc_text_add(out, "|");
        for (size_t c = 0; c < t->n_columns; c++)
            if (!empty(t, c))
                cell(out, t, r, c);
        rc_text_add(out, "\n");
    }
    rc_text_add(out, "\n");
}

static void notes(rc_text *out, const rc_section *s) {
    for (size_t i = 0; i < s->n_notes; i++) {
        rc_text_add(out, "- ");
        add_line(out, s->notes[i]);
        rc_text_add(out, "\n");
    }
    rc_text_add(out, s->n_notes > 0 ? "\n" : "");
}

static void part(rc_text *out, const rc_document *d, rc_part which, const char *marks) {
    for (size_t i = 0; i < d->n_sections; i++) {
        const rc_section *s = &d->sections[i];
        if (s->part != which || s->narrow)
            continue;
        if (s->title != NULL)
            heading(out, marks, s->title);
        sentences(out, s);
        if (s->picture != NULL)
            picture(out, s->picture);
        if (s->table != NULL)
            table(out, s->table);
        notes(out, s);
    }
}

static rc_status write_markdown(const rc_result *result, const rc_report_style *style, rc_text *out,
                                rc_error *err) {
    (void)err;
    rc_arena *arena = rc_arena_new();
    const char *language = style->language != NULL ? style->language : "en";
    const rc_document *d = rc_document_new(result, language, arena);
    heading(out, "#", d->title);
    add_line(out, d->subtitle);
    rc_text_add(out, "\n\n");
    part(out, d, RC_PART_EXECUTIVE, "##");
    heading(out, "##", rc_tr(language, "For analysts"));
    part(out, d, RC_PART_ANALYST, "###");
    rc_text_add(out, "```text\n");
    for (size_t i = 0; i < d->n_footer; i++)
        rc_text_addf(out, "%s\n", d->footer[i]);
    rc_text_add(out, "```\n");
    rc_arena_free(arena);
    return RC_OK;
}

const rc_format_type rc_format_markdown = {
    .name = "markdown",
    .ending = "md",
    .summary = RC_TR("the same page as text, in GitHub Markdown"),
    .whole = true,
    .analysts = true,
    .write = write_markdown,
};
