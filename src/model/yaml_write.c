/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YAML for people: mappings as blocks, plain lists in brackets, quotes only where the text would
 * otherwise be read as something else, by YAML or by our own look-out for its traps. */
#include "model/yaml_write.h"

#include "model/lexer.h"

#include <string.h>

typedef struct writer {
    rc_text *out;
    rc_yaml_comment *comment;
    void *data;
} writer;

/* ---- Scalars ---- */

static bool is_alnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool may_begin(const char *text) {
    char c = text[0];
    if (c == '-' || c == '.' || c == '+')
        return is_alnum(text[1]) || text[1] == '(';
    return is_alnum(c) || c == '(' || (unsigned char)c >= 0x80;
}

/* Without quotes: letters, digits and the signs of formulas. `#` and `:` never; in brackets none of
 * the signs that end a word there, and no parentheses, which are looked at with commas. */
static bool may_be_plain(const char *text, bool in_brackets) {
    static const char signs[] = " .+-*/^<>=!%_$&@|;'\"~?\\`";
    size_t n = strlen(text);
    if (n == 0 || !may_begin(text) || text[n - 1] == ' ')
        return false;
    for (size_t i = 0, step; i < n; i += step) {
        int32_t c = rc_utf8_decode(text + i, n - i, &step);
        bool sign = c < 0x80 && strchr(signs, (char)c) != NULL;
        bool bracket = c < 0x80 && strchr(",[]{}()", (char)c) != NULL;
        if (c < 0 || !((c < 0x80 && is_alnum((char)c)) || sign || (bracket && !in_brackets) ||
                       (c >= 0x80 && rc_name_letter(c))))
            return false;
    }
    return true;
}

static bool needs_escape(int32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFEFF || c == 0x2028 || c == 0x2029 ||
           rc_code_invisible(c);
}

static bool any_escape(const char *text) {
    for (size_t n = strlen(text), step; n > 0; text += step, n -= step)
        if (needs_escape(rc_utf8_decode(text, n, &step)))
            return true;
    return false;
}

static void add_double(rc_text *out, const char *text) {
    rc_text_add(out, "\"");
    for (size_t n = strlen(text), step; n > 0; text += step, n -= step) {
        int32_t c = rc_utf8_decode(text, n, &step);
        if (c == '\n')
            rc_text_add(out, "\\n");
        else if (c == '\t')
            rc_text_add(out, "\\t");
        else if (c == '"' || c == '\\')
            rc_text_addf(out, "\\%c", (char)c);
        else if (c >= 0 && needs_escape(c))
            rc_text_addf(out,
                         c < 0x100     ? "\\x%02X"
                         : c < 0x10000 ? "\\u%04X"
                                       : "\\U%08X",
                         (unsigned)c);
        else
            rc_text_add_n(out, text, step);
    }
    rc_text_add(out, "\"");
}

static void add_scalar(rc_text *out, const rc_yaml *y, bool in_brackets) {
    if (y->null)
        return;
    if (may_be_plain(y->text, in_brackets))
        rc_text_add(out, y->text);
    else if (strchr(y->text, '"') != NULL && strpbrk(y->text, "'\\") == NULL &&
             !any_escape(y->text))
        rc_text_addf(out, "'%s'", y->text);
    else
        add_double(out, y->text);
}

/* Several lines that can stand as they are: none is empty or begins with a blank, and no escape is
 * needed. */
static bool may_be_block(const rc_yaml *y) {
    const char *text = y->text;
    if (y->null || strchr(text, '\n') == NULL)
        return false;
    for (const char *line = text; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        if (length == 0 || line[0] == ' ' || line[length - 1] == ' ')
            return false;
        for (size_t i = 0, step; i < length; i += step)
            if (needs_escape(rc_utf8_decode(line + i, length - i, &step)))
                return false;
        line += length + (line[length] == '\n');
    }
    return true;
}

static void add_block(rc_text *out, const char *text, int indent) {
    for (const char *line = text; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        rc_text_repeat(out, " ", indent);
        rc_text_add_n(out, line, length);
        rc_text_add(out, "\n");
        line += length + (line[length] == '\n');
    }
}

/* ---- Lists and mappings ---- */

static bool only_scalars(const rc_yaml *y) {
    if (y->kind == RC_YAML_MAP)
        return y->n == 0;
    for (size_t i = 0; i < y->n; i++)
        if ((y->kind == RC_YAML_LIST && y->items[i]->null) || !only_scalars(y->items[i]))
            return false;
    return true;
}

static void add_in_brackets(rc_text *out, const rc_yaml *y) {
    if (y->kind == RC_YAML_SCALAR) {
        add_scalar(out, y, true);
        return;
    }
    rc_text_add(out, y->kind == RC_YAML_MAP ? "{" : "[");
    for (size_t i = 0; i < y->n; i++) {
        rc_text_add(out, i > 0 ? ", " : "");
        if (y->kind == RC_YAML_MAP) {
            add_scalar(out, y->keys[i], true);
            rc_text_add(out, ": ");
        }
        add_in_brackets(out, y->items[i]);
    }
    rc_text_add(out, y->kind == RC_YAML_MAP ? "}" : "]");
}

static void end_line(writer *w, const rc_yaml *key, const rc_yaml *item, unsigned depth) {
    const char *text = w->comment != NULL ? w->comment(w->data, key, item, depth) : NULL;
    if (text != NULL)
        rc_text_addf(w->out, "  # %s", text);
    rc_text_add(w->out, "\n");
}

static void write_map(writer *w, const rc_yaml *map, int indent, unsigned depth, bool begun);
static void write_list(writer *w, const rc_yaml *list, int indent, unsigned depth);

/* What follows "key:" or "-". */
static void write_item(writer *w, const rc_yaml *key, const rc_yaml *item, int indent,
                       unsigned depth) {
    rc_text *out = w->out;
    if (item->kind == RC_YAML_SCALAR && may_be_block(item)) {
        bool ended = item->text[strlen(item->text) - 1] == '\n';
        rc_text_add(out, ended ? " |" : " |-");
        end_line(w, key, item, depth);
        add_block(out, item->text, indent + 2);
    } else if (item->kind == RC_YAML_SCALAR || only_scalars(item)) {
        rc_text_add(out, item->null ? "" : " ");
        if (item->kind == RC_YAML_SCALAR)
            add_scalar(out, item, false);
        else
            add_in_brackets(out, item);
        end_line(w, key, item, depth);
    } else {
        end_line(w, key, item, depth);
        if (item->kind == RC_YAML_MAP)
            write_map(w, item, indent + 2, depth + 1, false);
        else
            write_list(w, item, indent + 2, depth + 1);
    }
}

static void write_list(writer *w, const rc_yaml *list, int indent, unsigned depth) {
    for (size_t i = 0; i < list->n; i++) {
        const rc_yaml *item = list->items[i];
        rc_text_repeat(w->out, " ", indent);
        rc_text_add(w->out, "-");
        if (item->kind == RC_YAML_MAP && item->n > 0) {
            rc_text_add(w->out, " ");
            write_map(w, item, indent + 2, depth, true);
        } else {
            write_item(w, NULL, item, indent, depth);
        }
    }
}

static void write_map(writer *w, const rc_yaml *map, int indent, unsigned depth, bool begun) {
    for (size_t i = 0; i < map->n; i++) {
        if (!begun || i > 0)
            rc_text_repeat(w->out, " ", indent);
        add_scalar(w->out, map->keys[i], true);
        rc_text_add(w->out, ":");
        write_item(w, map->keys[i], map->items[i], indent, depth);
    }
}

void rc_yaml_write(const rc_yaml *root, rc_yaml_comment *comment, void *data, rc_text *out) {
    writer w = {.out = out, .comment = comment, .data = data};
    if (root->kind == RC_YAML_MAP && root->n > 0)
        write_map(&w, root, 0, 0, false);
    else if (root->kind == RC_YAML_LIST && !only_scalars(root))
        write_list(&w, root, 0, 0);
    else {
        add_in_brackets(out, root);
        end_line(&w, NULL, root, 0);
    }
}

void rc_yaml_write_line(const rc_yaml *node, rc_text *out) {
    if (node->kind == RC_YAML_SCALAR)
        rc_text_add(out, node->text);
    else
        add_in_brackets(out, node);
}
