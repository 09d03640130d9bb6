/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Overlays worked into the text of a file. The file's own tree and that of the model are walked
 * together; lines of what is alike are copied, so comments, order and layout stay. */
#include "templates/blend.h"

#include "model/overlay.h"
#include "model/streams.h"
#include "model/yaml_write.h"

#include <string.h>

enum { WIDTH = 100 };

typedef struct blend {
    const rc_source *source;
    const char **lines; /**< [n] where each begins; lines[n]: the end */
    size_t n, next;     /**< next: not yet written, from 0 */
    rc_text *out;
} blend;

static const char **lines_of(const rc_source *source, rc_arena *arena, size_t *n) {
    size_t count = 0;
    for (const char *at = source->bytes; *at != '\0'; at++)
        count += *at == '\n';
    const char **lines = RC_NEW(arena, const char *, count + 2);
    *n = 0;
    for (const char *at = source->bytes; *at != '\0'; at += strcspn(at, "\n"), at += *at == '\n')
        lines[(*n)++] = at;
    lines[*n] = source->bytes + source->length;
    return lines;
}

static void copy_until(blend *b, size_t line) {
    rc_text_add_n(b->out, b->lines[b->next], (size_t)(b->lines[line] - b->lines[b->next]));
    b->next = line;
}

static bool blank(const char *line) {
    return line[strspn(line, " ")] == '\n';
}

/* The line after all that belongs to a key: what is indented more. Blank lines behind it do not. */
static size_t end_of(const blend *b, size_t line, size_t indent) {
    size_t end = line + 1, at = line + 1;
    for (; at < b->n && (blank(b->lines[at]) || strspn(b->lines[at], " ") > indent); at++)
        if (!blank(b->lines[at]))
            end = at + 1;
    return end;
}

/* ---- Comments ---- */

/* The comment behind the text of a line, outside quotes; *n 0: there is none. */
static const char *comment_of(const char *line, size_t *n) {
    char quote = 0;
    for (*n = 0; *line != '\n' && *line != '\0'; line++) {
        if (quote != 0)
            quote = *line == quote ? 0 : quote;
        else if ((*line == '"' || *line == '\'') && strchr(" [{(,", line[-1]) != NULL)
            quote = *line;
        else if (*line == '#' && line[-1] == ' ') {
            *n = strcspn(line, "\n");
            return line;
        }
    }
    return line;
}

static const char *origin_of(const blend *b, const rc_yaml *key, const rc_yaml *item) {
    while (item->kind == RC_YAML_MAP && item->n > 0 && item->mark.source == b->source)
        item = item->items[0];
    const rc_source *from = item->mark.source;
    if (from == b->source || from == NULL)
        from = key->mark.source;
    return from == b->source || from == NULL ? NULL : from->name;
}

static void end_line(blend *b, const char *comment, size_t n) {
    if (n > 0)
        rc_text_addf(b->out, "  %s%.*s", comment[0] == '#' ? "" : "# ", (int)n, comment);
    rc_text_add(b->out, "\n");
}

/* ---- Values ---- */

static bool may_be_folded(const rc_yaml *y) {
    size_t n = strlen(y->text);
    return y->kind == RC_YAML_SCALAR && n > 0 && y->text[0] != ' ' && y->text[n - 1] != ' ' &&
           strpbrk(y->text, "\n\t") == NULL && strstr(y->text, "  ") == NULL;
}

static void add_folded(blend *b, const char *text, size_t indent) {
    size_t column = indent;
    rc_text_repeat(b->out, " ", (int)indent);
    for (bool begun = false; *text != '\0'; begun = true) {
        size_t n = strcspn(text, " ");
        char word[WIDTH];
        size_t wide = n < sizeof word ? n : 0;
        memcpy(word, text, wide);
        word[wide] = '\0';
        wide = n < sizeof word ? (size_t)rc_text_width(word) : n;
        if (begun && column + 1 + wide > WIDTH) {
            rc_text_add(b->out, "\n");
            rc_text_repeat(b->out, " ", (int)indent);
            column = indent;
        } else if (begun) {
            rc_text_add(b->out, " ");
            column++;
        }
        rc_text_add_n(b->out, text, n);
        column += wide;
        text += n + (text[n] == ' ');
    }
    rc_text_add(b->out, "\n");
}

static void add_indented(blend *b, const char *text, size_t indent) {
    while (*text != '\0') {
        size_t n = strcspn(text, "\n");
        rc_text_repeat(b->out, " ", (int)indent);
        rc_text_add_n(b->out, text, n + (text[n] == '\n'));
        text += n + (text[n] == '\n');
    }
}

/* "key: value" on one line, or false. Mappings only if they were in braces. */
static bool one_line(const rc_yaml *key, const rc_yaml *item, size_t room, rc_text *out) {
    const rc_yaml *keys[] = {key}, *items[] = {item};
    const rc_yaml map = {.kind = RC_YAML_MAP, .keys = keys, .items = items, .n = 1};
    if (item->kind == RC_YAML_MAP && item->flow) {
        rc_text_addf(out, "%s: ", key->text);
        rc_yaml_write_line(item, out);
    } else if (item->kind != RC_YAML_MAP) {
        rc_yaml_write(&map, NULL, NULL, out);
        out->bytes[--out->length] = '\0';
    } else {
        return false;
    }
    return (size_t)rc_text_width(out->bytes) <= room && strchr(out->bytes, '\n') == NULL;
}

static void add_entry(blend *b, const rc_yaml *key, const rc_yaml *item, size_t indent,
                      const char *comment, size_t n_comment) {
    rc_text line = {0};
    size_t behind = n_comment > 0 ? n_comment + 4 : 0;
    rc_text_add(&line, "");
    bool one = one_line(key, item, WIDTH - indent, &line);
    bool above =
        one && indent + (size_t)rc_text_width(line.bytes) + behind > WIDTH; /* the comment */
    if (above) {
        rc_text_repeat(b->out, " ", (int)indent - 2);
        end_line(b, comment, n_comment);
        n_comment = 0;
    }
    if (one || (item->kind == RC_YAML_MAP && item->n > 0) || may_be_folded(item))
        rc_text_repeat(b->out, " ", (int)indent);
    if (one) {
        rc_text_add(b->out, line.bytes);
        end_line(b, comment, n_comment);
    } else if (item->kind == RC_YAML_MAP && item->n > 0) {
        rc_text_addf(b->out, "%s:", key->text);
        end_line(b, comment, n_comment);
        for (size_t i = 0; i < item->n; i++)
            add_entry(b, item->keys[i], item->items[i], indent + 2, NULL, 0);
    } else if (may_be_folded(item)) {
        rc_text_addf(b->out, "%s: >-", key->text);
        end_line(b, comment, n_comment);
        add_folded(b, item->text, indent + 2);
    } else { /* long lists, texts of several lines */
        rc_text_add(&line, "\n");
        add_indented(b, line.bytes, indent);
    }
    rc_text_free(&line);
}

/* ---- Trees ---- */

static bool alike(const rc_yaml *x, const rc_yaml *y) {
    if (x->kind != y->kind || x->null != y->null || x->n != y->n)
        return false;
    if (x->kind == RC_YAML_SCALAR)
        return strcmp(x->text, y->text) == 0;
    for (size_t i = 0; i < x->n; i++)
        if (!alike(x->items[i], y->items[i]) ||
            (x->kind == RC_YAML_MAP && !alike(x->keys[i], y->keys[i])))
            return false;
    return true;
}

static bool of_the_file_alone(const char *key, size_t indent) {
    return indent == 0 && (strcmp(key, "extends") == 0 || strcmp(key, "scenarios") == 0);
}

/* `own` as the file has it, `all` as the model has it. In an entry the origin is said once. */
static void patch(blend *b, const rc_yaml *own, const rc_yaml *all, size_t indent) {
    const char *said = NULL;
    size_t end = b->next;
    for (size_t i = 0; i < own->n; i++) {
        const rc_yaml *key = own->keys[i], *mine = own->items[i];
        const rc_yaml *item = rc_yaml_get(all, key->text);
        size_t line = key->mark.line - 1, n;
        end = end_of(b, line, indent);
        if (of_the_file_alone(key->text, indent) || (item != NULL && alike(mine, item)))
            continue;
        copy_until(b, line);
        bool deeper = item != NULL && mine->kind == RC_YAML_MAP && item->kind == RC_YAML_MAP;
        if (deeper && !mine->flow && mine->n > 0) {
            copy_until(b, line + 1);
            patch(b, mine, item, mine->keys[0]->mark.column - 1);
            continue;
        }
        b->next = end;
        if (item == NULL)
            continue;
        const char *comment = comment_of(b->lines[line], &n), *origin = origin_of(b, key, item);
        bool tell =
            n == 0 && origin != NULL && (indent <= 2 || said == NULL || strcmp(said, origin) != 0);
        add_entry(b, key, item, indent, tell ? origin : comment, tell ? strlen(origin) : n);
        said = tell ? origin : said;
    }
    for (size_t i = 0; i < all->n; i++) {
        const rc_yaml *key = all->keys[i], *item = all->items[i];
        if (rc_yaml_get(own, key->text) != NULL)
            continue;
        copy_until(b, end);
        const char *origin = origin_of(b, key, item);
        bool tell = origin != NULL && (indent <= 2 || said == NULL || strcmp(said, origin) != 0);
        add_entry(b, key, item, indent, origin, tell ? strlen(origin) : 0);
        said = tell ? origin : said;
    }
}

/* Additions stand among what was there before: then the file must say which draw takes which
 * dimension. */
static void add_dimensions(blend *b, const rc_model *model, rc_arena *arena) {
    size_t n, column = 2;
    const rc_dimension *list = rc_model_dimensions(model, arena, &n);
    if (rc_model_dimensions_plain(model))
        return;
    rc_text_add(b->out,
                "\n# Which draw takes which of the quasi-random numbers: so the figures are to the "
                "last digit those of\n# the template with the same pieces laid over it. It may be "
                "left out.\ndimensions: [\n ");
    for (size_t i = 0; i < n; i++) {
        const char *name =
            list[i].name != NULL ? list[i].name : rc_arena_printf(arena, "%u", list[i].dims);
        rc_text one = {0};
        const rc_yaml y = {.kind = RC_YAML_SCALAR, .text = name};
        const rc_yaml *items[] = {&y};
        rc_yaml_write_line(&(rc_yaml){.kind = RC_YAML_LIST, .items = items, .n = 1}, &one);
        if (column + one.length > WIDTH) {
            rc_text_add(b->out, "\n ");
            column = 2;
        }
        /* between the brackets that it was written in */
        rc_text_addf(b->out, " %.*s%s", (int)one.length - 2, one.bytes + 1,
                     i + 1 < n ? "," : "]\n");
        column += one.length;
        rc_text_free(&one);
    }
}

rc_status rc_blend(const rc_model *model, rc_text *out, rc_error *err) {
    rc_arena *arena = rc_arena_new();
    rc_diags diags = {.arena = arena};
    const rc_yaml *own = rc_yaml_parse(model->source, &diags);
    rc_status status = RC_OK;
    if (own == NULL || own->kind != RC_YAML_MAP) {
        status = rc_fail(err, RC_INPUT, "`%.100s` is no mapping", model->source->name);
    } else {
        blend b = {.source = model->source, .out = out};
        b.lines = lines_of(model->source, arena, &b.n);
        patch(&b, own, model->tree, 0);
        copy_until(&b, b.n);
        add_dimensions(&b, model, arena);
    }
    rc_arena_free(arena);
    return status;
}
