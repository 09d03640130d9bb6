/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document for a terminal: 80 columns, Unicode pictures, colours only when the style asks. What
 * colour says is always said in words or shapes too. */
#include "report/text.h"

#include "core/wrap.h"
#include "report/text_picture.h"

#include <string.h>

enum { TOPIC = 14 };

typedef struct printer {
    rc_text *out;
    int width;
    bool color;
} printer;

/** Lines from column `indent` on, where the cursor is. */
static void wrap(printer *p, const char *text, int indent) {
    rc_text_wrap(p->out, text, indent, p->width);
}

static void styled(printer *p, const char *ansi, const char *text) {
    if (p->color)
        rc_text_addf(p->out, "\x1b[%sm%s\x1b[0m", ansi, text);
    else
        rc_text_add(p->out, text);
}

static void pad(printer *p, int columns) {
    rc_text_repeat(p->out, " ", columns);
}

static void heading(printer *p, const char *title) {
    rc_text_add(p->out, "\n");
    styled(p, "1", title);
    rc_text_add(p->out, "\n");
}

/* Under a heading topics may be short: "1" */
static int topic_width(const rc_section *s) {
    int widest = 0;
    for (size_t i = 0; i < s->n_sentences; i++) {
        int columns = rc_text_width(s->sentences[i].topic) + 2;
        widest = columns > widest ? columns : widest;
    }
    return s->title == NULL || widest > TOPIC ? TOPIC : widest;
}

static void sentences(printer *p, const rc_section *s) {
    int indent = topic_width(s);
    for (size_t i = 0; i < s->n_sentences; i++) {
        int columns = rc_text_width(s->sentences[i].topic);
        styled(p, "1", s->sentences[i].topic);
        if (columns >= indent) {
            rc_text_add(p->out, "\n");
            columns = 0;
        }
        pad(p, indent - columns);
        wrap(p, s->sentences[i].text, indent);
    }
}

/* ---- Tables ---- */

enum { MAX_COLUMNS = 16, GAP = 2 };

static const char *cell_text(const rc_table *t, size_t row, size_t column) {
    const char *text = t->cells[row * t->n_columns + column].text;
    return text != NULL ? text : "";
}

/** As much of `text` as fits, with an ellipsis. */
static void add_cut(rc_text *out, const char *text, int columns) {
    if (rc_text_width(text) <= columns) {
        rc_text_add(out, text);
        rc_text_repeat(out, " ", columns - rc_text_width(text));
        return;
    }
    int used = 0;
    for (size_t n = strlen(text), step; n > 0; text += step, n -= step) {
        int wide = rc_utf8_width(rc_utf8_decode(text, n, &step));
        if (used + wide > columns - 1)
            break;
        rc_text_add_n(out, text, step);
        used += wide;
    }
    rc_text_add(out, "…");
    rc_text_repeat(out, " ", columns - 1 - used);
}

/** As many whole words of a label as fit; returns what is left for the next line. */
static const char *add_label(rc_text *out, const char *label, int columns) {
    size_t take = rc_text_fit(label, columns);
    if (take > 0) {
        rc_text_add_n(out, label, take);
        rc_text part = {0};
        rc_text_add_n(&part, label, take);
        rc_text_repeat(out, " ", columns - rc_text_width(part.bytes));
        rc_text_free(&part);
        return label + take + strspn(label + take, " ");
    }
    add_cut(out, label, columns); /* one long word */
    return "";
}

static int column_width(const rc_table *t, size_t c) {
    int width = rc_text_width(t->columns[c]);
    for (size_t r = 0; r < t->n_rows; r++) {
        int w = rc_text_width(cell_text(t, r, c)) + (c == 0 && t->roles[r] == RC_ROW_BODY);
        width = w > width && (c > 0 || t->roles[r] != RC_ROW_GROUP) ? w : width;
    }
    return width;
}

/** A table that is wider than the page is printed in parts: labels, and the columns from
 * `part.from` on that find room beside them, one at least. */
typedef struct part {
    size_t from, to;         /**< columns from ... to - 1 */
    int widths[MAX_COLUMNS]; /**< of the labels, then of from ... to - 1 */
} part;

static part part_from(const rc_table *t, size_t from, int width) {
    enum { LABEL = 16 }; /* as much of it at least */
    part x = {.from = from, .to = from};
    int numbers = 0, label = column_width(t, 0), least = label < LABEL ? label : LABEL;
    for (; x.to < t->n_columns && x.to - from + 1 < MAX_COLUMNS; x.to++) {
        int wide = column_width(t, x.to);
        if (x.to > from && numbers + GAP + wide > width - least)
            break;
        x.widths[x.to - from + 1] = wide;
        numbers += wide + GAP;
    }
    int room = width - numbers < LABEL ? LABEL : width - numbers;
    x.widths[0] = label > room ? room : label < 22 && room >= 22 ? 22 : label;
    return x;
}

static void rule(printer *p, const int *widths, size_t n) {
    int total = 0;
    for (size_t c = 0; c < n; c++)
        total += widths[c] + (c > 0 ? GAP : 0);
    rc_text_repeat(p->out, "─", total);
    rc_text_add(p->out, "\n");
}

static void right(printer *p, const char *text, int columns) {
    pad(p, GAP + columns - rc_text_width(text));
    rc_text_add(p->out, text);
}

static void trim_line(rc_text *out) {
    while (out->length > 0 && out->bytes[out->length - 1] == ' ')
        out->bytes[--out->length] = '\0';
    rc_text_add(out, "\n");
}

static void row(printer *p, const rc_table *t, size_t r, const part *x) {
    bool inset = t->roles[r] == RC_ROW_BODY;
    pad(p, inset);
    const char *rest = add_label(p->out, cell_text(t, r, 0), x->widths[0] - inset);
    for (size_t c = x->from; c < x->to; c++)
        right(p, cell_text(t, r, c), x->widths[c - x->from + 1]);
    trim_line(p->out);
    while (*rest != '\0') {
        pad(p, inset + 2);
        rest = add_label(p->out, rest, x->widths[0] - inset - 2);
        trim_line(p->out);
    }
}

static void table_part(printer *p, const rc_table *t, const part *x) {
    size_t n = x->to - x->from + 1;
    add_cut(p->out, t->columns[0], x->widths[0]);
    for (size_t c = x->from; c < x->to; c++)
        right(p, t->columns[c], x->widths[c - x->from + 1]);
    trim_line(p->out);
    rule(p, x->widths, n);
    for (size_t r = 0; r < t->n_rows; r++) {
        if (t->roles[r] == RC_ROW_GROUP) {
            rc_text_add(p->out, r > 0 ? "\n" : "");
            styled(p, "1", cell_text(t, r, 0));
            rc_text_add(p->out, "\n");
            continue;
        }
        if (t->roles[r] == RC_ROW_TOTAL)
            rule(p, x->widths, n);
        row(p, t, r, x);
    }
}

static void table(printer *p, const rc_table *t) {
    part x = part_from(t, 1, p->width);
    table_part(p, t, &x);
    while (x.to < t->n_columns) {
        x = part_from(t, x.to, p->width);
        rc_text_add(p->out, "\n");
        table_part(p, t, &x);
    }
}

/* ---- The page ---- */

static void notes(printer *p, const rc_section *s) {
    for (size_t i = 0; i < s->n_notes; i++) {
        rc_text_add(p->out, "· ");
        wrap(p, s->notes[i], 2);
    }
}

void rc_text_document(const rc_document *d, const rc_report_style *style, rc_text *out) {
    printer p = {.out = out, .width = style->width > 0 ? style->width : 80, .color = style->color};
    if (p.width < 60)
        p.width = 60;
    rc_text title = {0};
    printer to_title = {.out = &title, .width = p.width};
    wrap(&to_title, d->title, 0);
    title.bytes[title.length - 1] = '\0';
    styled(&p, "1", title.bytes);
    rc_text_free(&title);
    rc_text_add(out, "\n");
    wrap(&p, d->subtitle, 0);
    for (size_t i = 0; i < d->n_sections; i++) {
        const rc_section *s = &d->sections[i];
        if (s->wide)
            continue;
        if (s->title != NULL)
            heading(&p, s->title);
        else
            rc_text_add(out, "\n");
        sentences(&p, s);
        if (s->picture != NULL)
            rc_text_picture(s->picture, p.width, p.color, out);
        if (s->table != NULL && !s->told)
            table(&p, s->table);
        notes(&p, s);
    }
    if (d->n_footer > 0)
        rc_text_add(out, "\n");
    for (size_t i = 0; i < d->n_footer; i++) {
        rc_text_add(out, d->footer[i]); /* not wrapped: it is there to be copied */
        rc_text_add(out, "\n");
    }
}

static rc_status write_text(const rc_result *result, const rc_report_style *style, rc_text *out,
                            rc_error *err) {
    (void)err;
    rc_arena *arena = rc_arena_new();
    const char *language = style->language != NULL ? style->language : "en";
    rc_text_document(rc_document_new(result, language, arena), style, out);
    rc_arena_free(arena);
    return RC_OK;
}

const rc_format_type rc_format_text = {
    .name = "text",
    .ending = "txt",
    .summary = RC_TR("a page to read: sentences, tables, pictures in Unicode"),
    .write = write_text,
};
