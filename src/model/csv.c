/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV as in RFC 4180: commas, quotes doubled inside quotes, LF or CR LF, a byte order mark allowed,
 * blank lines passed over. Numbers as in models; the decimal sign is the point. */
#include "model/csv.h"

#include "model/place.h"
#include "model/syntax.h"

#include <string.h>

typedef struct cell {
    size_t from, to;  /* bytes, quotes included */
    const char *text; /* without quotes and outer blanks */
} cell;

typedef struct reader {
    const rc_source *source;
    rc_places places;
    rc_diags *diags;
    size_t at;
    rc_text text; /* of the cell read last */
    bool broken;  /* a quote is never closed: nothing after it makes sense */
    /* who asks: a model at these places, or nobody but a command line */
    rc_mark file_mark, column_mark;
    const char *how; /* to name a column: "column=\"%.60s\"" */
} reader;

static rc_mark mark_or(rc_mark asked, rc_mark own) {
    return asked.source != NULL ? asked : own;
}

static rc_mark mark_of(const reader *r, const cell *c) {
    return rc_places_mark(&r->places, c->from, c->to);
}

static void trim(rc_text *text) {
    size_t from = 0;
    while (text->length > 0 && strchr(" \t", text->bytes[text->length - 1]) != NULL)
        text->bytes[--text->length] = '\0';
    while (from < text->length && strchr(" \t", text->bytes[from]) != NULL)
        from++;
    text->length -= from;
    memmove(text->bytes, text->bytes + from, text->length + 1);
}

/* Read one cell; the place is then at a comma, a line end or the end of the file. */
static cell read_cell(reader *r) {
    const char *s = r->source->bytes;
    size_t end = r->source->length;
    cell c = {.from = r->at};
    r->text.length = 0;
    rc_text_add_n(&r->text, "", 0);
    bool quoted = false;
    size_t opened = 0;
    for (; r->at < end; r->at++) {
        char now = s[r->at];
        if (quoted && now == '"' && s[r->at + 1] == '"') {
            rc_text_add_n(&r->text, "\"", 1);
            r->at++;
        } else if (now == '"' && (quoted || r->text.length == 0)) {
            quoted = !quoted;
            opened = r->at;
        } else if (!quoted && (now == ',' || now == '\n' || now == '\r')) {
            break;
        } else {
            rc_text_add_n(&r->text, &now, 1);
        }
    }
    c.to = r->at;
    if (quoted) {
        rc_diag_error(r->diags, rc_places_mark(&r->places, opened, opened + 1), NULL,
                      "the quote is never closed");
        r->broken = true;
    }
    trim(&r->text);
    c.text = r->text.bytes;
    return c;
}

/* Behind a cell: true when another one follows in the row. */
static bool more_cells(reader *r) {
    const char *s = r->source->bytes;
    if (r->at < r->source->length && s[r->at] == ',') {
        r->at++;
        return true;
    }
    if (r->at < r->source->length && s[r->at] == '\r')
        r->at++;
    if (r->at < r->source->length && s[r->at] == '\n')
        r->at++;
    return false;
}

static void skip_blank_lines(reader *r) {
    const char *s = r->source->bytes;
    for (size_t i = r->at; i < r->source->length; i++) {
        if (s[i] == '\n')
            r->at = i + 1;
        else if (strchr(" \t\r", s[i]) == NULL || s[i] == '\0')
            return;
    }
    r->at = r->source->length;
}

/* ---- The first row ---- */

typedef struct header {
    const char **names;
    rc_mark *marks;
    size_t n, room, marks_room;
    size_t end; /* byte after the row */
} header;

static void read_header(reader *r, header *h) {
    rc_arena *arena = r->diags->arena;
    do {
        cell c = read_cell(r);
        h->names = rc_arena_grow(arena, h->names, &h->room, h->n + 1, sizeof *h->names);
        h->marks = rc_arena_grow(arena, h->marks, &h->marks_room, h->n + 1, sizeof *h->marks);
        h->names[h->n] = rc_arena_strdup(arena, c.text);
        h->marks[h->n++] = mark_of(r, &c);
    } while (more_cells(r) && !r->broken);
}

static bool semicolons(reader *r, const header *h) {
    if (h->n != 1 || strchr(h->names[0], ';') == NULL)
        return false;
    rc_diag_error(r->diags, h->marks[0],
                  "save it with commas between the columns, and the point as decimal sign",
                  "the columns of this file are separated by semicolons");
    return true;
}

static const char *names_of(reader *r, const header *h) {
    rc_text all = {0};
    for (size_t i = 0; i < h->n && i < 8; i++)
        rc_text_addf(&all, "%s`%.40s`", i == 0 ? "" : ", ", h->names[i]);
    const char *names =
        rc_arena_printf(r->diags->arena, "%s%s", all.bytes, h->n > 8 ? ", ..." : "");
    rc_text_free(&all);
    return names;
}

static bool no_column(reader *r, const header *h, const char *column) {
    const char *near = rc_nearest_name(column, h->names, h->n), *hint;
    rc_arena *arena = r->diags->arena;
    hint = near != NULL ? rc_arena_printf(arena, "did you mean `%s`?", near)
                        : rc_arena_printf(arena, "it has %s", names_of(r, h));
    rc_diag_error(r->diags, mark_or(r->column_mark, h->marks[0]), hint, "`%s` has no column `%s`",
                  r->source->name, column);
    return false;
}

static bool many(reader *r, const header *h) {
    rc_text how = {0};
    rc_text_addf(&how, r->how, h->names[0]);
    const char *hint = r->file_mark.source != NULL
                           ? rc_arena_printf(r->diags->arena, "name one: %s", how.bytes)
                           : rc_arena_printf(r->diags->arena, "name one, as %s; it has %s",
                                             how.bytes, names_of(r, h));
    rc_diag_error(r->diags, mark_or(r->file_mark, h->marks[0]), hint, "`%s` has %zu columns",
                  r->source->name, h->n);
    rc_text_free(&how);
    return false;
}

/* Which column; false after an error. The place is then behind the header, if there is one. */
static bool choose(reader *r, const char *column, size_t *which, const char **name, rc_mark *mark) {
    header h = {0};
    size_t start = r->at;
    read_header(r, &h);
    if (r->broken || semicolons(r, &h))
        return false;
    *which = 0;
    *name = h.names[0];
    *mark = h.marks[0];
    if (column == NULL && h.n > 1)
        return many(r, &h);
    double value;
    if (column == NULL) {
        if (rc_number_parse(h.names[0], &value)) {
            r->at = start;
            *name = "";
        }
        return true;
    }
    for (; *which < h.n; ++*which)
        if (strcmp(h.names[*which], column) == 0) {
            *name = column;
            *mark = h.marks[*which];
            return true;
        }
    return no_column(r, &h, column);
}

/* ---- The other rows ---- */

static void not_a_number(reader *r, const cell *c, const char *name) {
    const char *in = *name == '\0' ? "" : " in column ", *hint = "every row needs a number";
    if (c->text[0] != '\0' && strchr(c->text, ',') != NULL)
        hint = "no thousands comma; the decimal sign is the point";
    else if (c->text[0] != '\0')
        hint = "numbers look like 1200, 0.35, 1.2e3 or 10%; delete rows that have none";
    if (c->text[0] == '\0')
        rc_diag_error(r->diags, mark_of(r, c), hint, "an empty cell%s%.60s", in, name);
    else
        rc_diag_error(r->diags, mark_of(r, c), hint, "text `%.60s`%s%.60s", c->text, in, name);
}

/* One row; *value when its column holds a number. */
static bool read_row(reader *r, size_t which, const char *name, double *value) {
    bool found = false, good = false;
    size_t i = 0, start = r->at, end;
    bool more;
    do {
        cell c = read_cell(r);
        end = c.to;
        if (i++ == which && !r->broken) {
            found = true;
            good = rc_number_parse(c.text, value);
            if (!good)
                not_a_number(r, &c, name);
        }
        more = more_cells(r);
    } while (more && !r->broken);
    if (!found && !r->broken)
        rc_diag_error(r->diags, rc_places_mark(&r->places, start, end), "every row needs a number",
                      "this row has %zu of the columns; `%.60s` is number %zu", i, name, which + 1);
    return good;
}

const char *rc_path_beside(const char *base, const char *file, rc_arena *arena) {
    const char *slash = base == NULL ? NULL : strrchr(base, '/');
    if (slash == NULL || file[0] == '/')
        return rc_arena_strdup(arena, file);
    return rc_arena_printf(arena, "%.*s%s", (int)(slash - base + 1), base, file);
}

/* To the first row of r->source. */
static void begin(reader *r) {
    const rc_source *source = r->source;
    rc_places_build(&r->places, source, r->diags->arena);
    r->at = source->length >= 3 && memcmp(source->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    skip_blank_lines(r);
}

bool rc_csv_rows(const rc_source *source, rc_diags *d, const rc_csv_row **rows, size_t *n) {
    reader r = {.source = source, .diags = d};
    rc_csv_row *list = NULL;
    size_t room = 0, errors = d->n_errors;
    *n = 0;
    for (begin(&r); r.at < source->length && !r.broken; skip_blank_lines(&r)) {
        header h = {0};
        read_header(&r, &h);
        if (*n == 0 && (r.broken || semicolons(&r, &h)))
            break;
        rc_csv_cell *cells = RC_NEW(d->arena, rc_csv_cell, h.n);
        for (size_t i = 0; i < h.n; i++)
            cells[i] = (rc_csv_cell){h.names[i], h.marks[i]};
        list = rc_arena_grow(d->arena, list, &room, *n + 1, sizeof *list);
        list[(*n)++] = (rc_csv_row){cells, h.n};
    }
    rc_text_free(&r.text);
    *rows = list;
    return d->n_errors == errors;
}

/* The values of r->source; *out is filled as far as it goes. */
static bool read(reader *r, const char *column, rc_csv *out) {
    const rc_source *source = r->source;
    size_t errors = r->diags->n_errors, which = 0, room = 0;
    double *list = NULL;
    begin(r);
    rc_mark whole = mark_or(r->file_mark, (rc_mark){.source = source});
    *out = (rc_csv){.name = "", .mark = whole};
    if (r->at >= source->length)
        rc_diag_error(r->diags, whole, NULL, "`%s` is empty", source->name);
    else if (choose(r, column, &which, &out->name, &out->mark))
        for (skip_blank_lines(r); r->at < source->length && !r->broken; skip_blank_lines(r)) {
            double value;
            if (!read_row(r, which, out->name, &value))
                continue;
            list = rc_arena_grow(r->diags->arena, list, &room, out->n + 1, sizeof *list);
            list[out->n++] = value;
        }
    rc_text_free(&r->text);
    if (r->diags->n_errors == errors && out->n == 0)
        rc_diag_error(r->diags, whole, NULL, "`%s` holds no numbers", source->name);
    out->values = list;
    return r->diags->n_errors == errors;
}

bool rc_csv_column(const char *file, rc_mark file_mark, const char *column, rc_mark column_mark,
                   rc_diags *d, const double **values, size_t *n) {
    *values = NULL;
    *n = 0;
    const rc_source *from = file_mark.source;
    const char *base = from == NULL ? NULL : from->beside != NULL ? from->beside : from->name;
    rc_source *source;
    rc_error err = {0};
    if (rc_source_read(rc_path_beside(base, file, d->arena), d->arena, &source, &err) != RC_OK) {
        rc_diag_error(d, file_mark, "a file is looked for in the folder of the model", "%s",
                      err.message);
        return false;
    }
    reader r = {.source = source,
                .diags = d,
                .file_mark = file_mark,
                .column_mark = column_mark,
                .how = "column=\"%.60s\""};
    rc_csv csv;
    bool good = read(&r, column, &csv);
    *values = csv.values;
    *n = csv.n;
    return good;
}

bool rc_csv_read(const char *path, const char *column, rc_diags *d, rc_csv *out) {
    rc_source *source;
    rc_error err = {0};
    if (rc_source_read(path, d->arena, &source, &err) != RC_OK) {
        rc_diag_error(d, (rc_mark){0}, NULL, "%s", err.message);
        return false;
    }
    reader r = {.source = source, .diags = d, .how = "--column \"%.60s\""};
    return read(&r, column, out);
}
