/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What YAML refuses. libfyaml says where and in its own words ("invalid nested block mapping on the
 * same line"); here the line is looked at again, and the answer says what to write. Its words are
 * never shown. */
#include "model/lexer.h"
#include "model/yaml_traps.h"

#include <string.h>

/* The line that was refused. */
typedef struct refusal {
    rc_yaml_reader *r;
    const char *s;      /* all bytes */
    size_t at;          /* where */
    size_t first, last; /* bytes of the line, without its end */
    size_t text;        /* first byte of it that is not a blank */
    const char *message;
} refusal;

static bool says(const refusal *x, const char *words) {
    return strstr(x->message, words) != NULL;
}

static void say(const refusal *x, size_t from, size_t to, const char *hint, const char *message) {
    rc_diag_error(x->r->diags, rc_places_mark(&x->r->places, from, to), hint, "%s", message);
}

/* The part of the line from `from` on, without trailing blanks and comment; NULL when too long. */
static const char *rest(const refusal *x, size_t from) {
    size_t to = from;
    while (to < x->last && !(x->s[to] == '#' && to > 0 && x->s[to - 1] == ' '))
        to++;
    while (to > from && (x->s[to - 1] == ' ' || x->s[to - 1] == '\t'))
        to--;
    return to - from > 60 ? NULL : rc_arena_strndup(x->r->arena, x->s + from, to - from);
}

/* First byte of the value of `key: value` (behind `- ` too); x->last when there is none. */
static size_t value_of_line(const refusal *x) {
    for (size_t i = x->text; i + 1 < x->last; i++)
        if (x->s[i] == ':' && x->s[i + 1] == ' ') {
            for (i++; i < x->last && x->s[i] == ' '; i++)
                ;
            return i;
        }
    return x->last;
}

/* ---- One answer each; true when it was given ---- */

static bool tab_indent(const refusal *x) {
    for (size_t i = x->first; i < x->text; i++)
        if (x->s[i] == '\t') {
            say(x, i, i + 1, "use spaces", "a tab in the indentation");
            return true;
        }
    return false;
}

static bool invisible(const refusal *x) {
    for (size_t i = x->first, bytes; i < x->last; i += bytes) {
        int32_t c = rc_utf8_decode(x->s + i, x->last - i, &bytes);
        if (c < 0x80 || !rc_code_invisible(c))
            continue;
        rc_diag_error(x->r->diags, rc_places_mark(&x->r->places, i, i + bytes),
                      "use a space, or delete it", "invisible U+%04X (%s)", (unsigned)c,
                      rc_code_name(c));
        return true;
    }
    return false;
}

static bool colon_without_space(const refusal *x) {
    bool wide;
    size_t from = x->text;
    if (x->s[from] == '-' && x->s[from + 1] == ' ')
        from += 2;
    size_t name = rc_yaml_tight_colon(x->s + from, x->last - from, &wide);
    if (name == 0)
        return false;
    rc_yaml_say_colon(x->r, from, x->last, name, wide);
    return true;
}

/* The innermost { or [ that is open, NULL when none is. */
static const rc_yaml *open_bracket(const refusal *x) {
    for (size_t i = x->r->depth; i > 0; i--)
        if (x->r->stack[i - 1].node->flow)
            return x->r->stack[i - 1].node;
    return NULL;
}

static bool bad_first_sign(const refusal *x) {
    size_t i = x->at;
    char c = x->s[i];
    if (!says(x, "plain scalar cannot start") && !(c == ',' && open_bracket(x) == NULL))
        return false;
    rc_arena *arena = x->r->arena;
    size_t digits = i + 1;
    while (digits < x->last &&
           ((x->s[digits] >= '0' && x->s[digits] <= '9') || x->s[digits] == '.'))
        digits++;
    if (c == '%' && digits > i + 1)
        say(x, i, digits,
            rc_arena_printf(arena, "write %.*s%%", (int)(digits - i - 1), x->s + i + 1),
            "the per cent sign stands behind the number");
    else if (c == '@')
        say(x, i, i + 1, "drop the @", "a value cannot begin with `@`");
    else if (c == ',' || c == ']' || c == '}')
        say(x, i, i + 1, NULL, rc_arena_printf(arena, "a value is missing before `%c`", c));
    else if (c == '`')
        say(x, i, i + 1, "drop it", "a value cannot begin with a backtick");
    else
        say(x, i, i + 1, "drop it, or quote the whole value",
            rc_arena_printf(arena, "a value cannot begin with `%c`", c));
    return true;
}

static bool block_scalar(const refusal *x) {
    size_t i = value_of_line(x);
    if (i >= x->last || (x->s[i] != '>' && x->s[i] != '|'))
        return false;
    const char *value = rest(x, i);
    const char *hint = value == NULL ? "quote the formula"
                                     : rc_arena_printf(x->r->arena, "quote it: \"%s\"", value);
    say(x, i, i + 1, hint,
        x->s[i] == '>' ? "`>` at the start of a value begins a block of text in YAML"
                       : "`|` at the start of a value begins a block of text in YAML");
    return true;
}

static bool dash_value(const refusal *x) {
    if (!says(x, "block sequence") && !says(x, "block entry"))
        return false;
    size_t i = value_of_line(x);
    if (i >= x->last || x->s[i] != '-')
        return false;
    size_t after = i + 1;
    while (after < x->last && x->s[after] == ' ')
        after++;
    const char *value = rest(x, after);
    const char *hint = "write the minus without a blank after it";
    if (value != NULL && *value != '\0')
        hint = rc_arena_printf(x->r->arena, "write -%s, or for a list [%s]", value, value);
    say(x, i, i + 1, hint, "`- ` begins a list in YAML");
    return true;
}

static bool colon_in_text(const refusal *x) {
    if (!says(x, "nested block mapping") && !says(x, "on same line as previous key"))
        return false;
    size_t from = value_of_line(x), colon = from;
    while (colon + 1 < x->last && !(x->s[colon] == ':' && x->s[colon + 1] == ' '))
        colon++;
    const char *value = rest(x, from);
    const char *hint = "put quotes around the text, or begin a new line for a new key";
    if (value != NULL)
        hint = rc_arena_printf(x->r->arena,
                               "write \"%s\" with the quotes, or a new line for a new key", value);
    say(x, colon < x->last ? colon : x->at, colon + 1, hint, "`: ` in a text needs quotes");
    return true;
}

static bool value_and_entries(const refusal *x) {
    if (!says(x, "multiline plain key") && !says(x, "mapping in plain multiline"))
        return false;
    /* libfyaml points at the value on the first line; the key below it is what is too much */
    size_t next = x->last;
    while (next < x->r->source->length && strchr(" \t\r\n", x->s[next]) != NULL)
        next++;
    for (size_t i = x->last; i < next; i++)
        if (x->s[i] == '\t') {
            say(x, i, i + 1, "use spaces", "a tab in the indentation");
            return true;
        }
    size_t stop = next;
    while (stop < x->r->source->length && strchr(":\r\n", x->s[stop]) == NULL)
        stop++;
    const char *value = rest(x, value_of_line(x));
    const char *hint = "indent both lines alike; a value beside other keys is written `value: ...`";
    if (value != NULL && *value != '\0')
        hint = rc_arena_printf(x->r->arena,
                               "indent both lines alike; a value beside other keys is `value: %s`",
                               value);
    say(x, next, stop, hint, "this key stands deeper than the line above it, which has a value");
    return true;
}

static bool open_quote(const refusal *x) {
    size_t i = x->at;
    if (i > 0 && x->s[i] != '"' && x->s[i] != '\'')
        i--;
    bool quote = x->s[i] == '"' || x->s[i] == '\'';
    bool never = quote && memchr(x->s + i + 1, x->s[i], x->r->source->length - i - 1) == NULL;
    bool about = says(x, "quoted scalar") &&
                 (says(x, "wrongly indented") || says(x, "marker in") || says(x, "multiline"));
    if (!never && !(quote && about))
        return false;
    char what[] = "the quote ` ` is not closed on its line";
    what[11] = x->s[i] == '\'' ? '\'' : '"';
    say(x, i, i + 1, "close it; the lines of a longer text are indented below its key", what);
    return true;
}

/* `a: [1, 2] * 3`: the value begins with a bracket and goes on behind it. */
static bool after_bracket(const refusal *x) {
    size_t i = value_of_line(x);
    if (i >= x->last || (x->s[i] != '{' && x->s[i] != '[') || open_bracket(x) != NULL)
        return false;
    int open = 0;
    for (; i < x->last; i++) {
        open += x->s[i] == '{' || x->s[i] == '[';
        if ((x->s[i] == '}' || x->s[i] == ']') && --open == 0)
            break;
    }
    size_t after = i + 1;
    while (after < x->last && x->s[after] == ' ')
        after++;
    if (after >= x->last || strchr("#]}", x->s[after]) != NULL)
        return false;
    char what[] = "text after a closing ` `";
    what[sizeof what - 3] = x->s[i];
    say(x, after, x->last, "a formula that begins with a bracket needs quotes", what);
    return true;
}

static bool after_quote(const refusal *x) {
    if (!says(x, "trailing content after") && !says(x, "after single") && !says(x, "after double"))
        return false;
    say(x, x->at, x->last, "put quotes around the whole value, the other kind of quotes inside",
        "text after a closing quote");
    return true;
}

static bool escape(const refusal *x) {
    if (!says(x, "escape"))
        return false;
    const char *backslash = memchr(x->s + x->at, '\\', x->last > x->at ? x->last - x->at : 0);
    size_t i = backslash == NULL ? x->at : (size_t)(backslash - x->s);
    say(x, i, i + 2, "write it between single quotes, or double the backslash",
        "a backslash that means nothing in a text between double quotes");
    return true;
}

static bool property(const refusal *x) {
    if (!says(x, "anchor") && !says(x, "alias") && !says(x, "tag") && !says(x, "URI") &&
        !says(x, "uri"))
        return false;
    size_t i = value_of_line(x);
    if (i >= x->last || strchr("&*!", x->s[i]) == NULL)
        i = x->at;
    say(x, i, i + 1, "anchors, tags and aliases are not used here; quote the formula",
        "a value that begins with `&`, `*` or `!` is no formula for YAML");
    return true;
}

static bool brackets(const refusal *x) {
    const rc_yaml *open = open_bracket(x);
    rc_arena *arena = x->r->arena;
    if (says(x, "extra closing") || says(x, "mismatched")) {
        char c = x->s[x->at];
        const char *hint = open == NULL ? "delete it" : NULL;
        if (open != NULL)
            hint =
                rc_arena_printf(arena, "close `%c` of line %u first",
                                open->kind == RC_YAML_MAP ? '{' : '[', (unsigned)open->mark.line);
        say(x, x->at, x->at + 1, hint, rc_arena_printf(arena, "`%c` was never opened", c));
        return true;
    }
    if (open == NULL)
        return false;
    if (says(x, "extra comma") || x->s[x->at] == ',') {
        say(x, x->at, x->at + 1, "delete the comma, or write the value",
            "a value is missing before this comma");
        return true;
    }
    rc_mark here = rc_places_mark(&x->r->places, x->at, x->at + 1);
    bool map = open->kind == RC_YAML_MAP;
    if (here.line != open->mark.line || says(x, "without a closing") ||
        x->at >= x->r->source->length) {
        rc_diag_error(x->r->diags, open->mark, map ? "add `}`" : "add `]`", "`%c` is never closed",
                      map ? '{' : '[');
        return true;
    }
    if (!says(x, "missing comma"))
        return false;
    say(x, x->at, x->at + 1,
        "entries are separated by commas; a formula or a text with , [ ] { } needs quotes",
        map ? "a comma is missing inside { }" : "a comma is missing inside [ ]");
    return true;
}

static bool no_colon(const refusal *x) {
    if (!says(x, "expected ':'") && !says(x, "missing ':'"))
        return false;
    say(x, x->text, x->last,
        "write `name: value`; a formula goes on in the next line when that is indented deeper",
        "a line without a colon");
    return true;
}

static bool documents(const refusal *x) {
    if (!says(x, "document") && !says(x, "directive") && !says(x, "--- line"))
        return false;
    if (x->s[x->text] == '%')
        say(x, x->text, x->last, "delete the line; 5 per cent is written 5%",
            "a line that begins with % is an instruction to YAML");
    else
        say(x, x->text, x->last, "delete the line of --- or ...", "one document a file");
    return true;
}

static bool indentation(const refusal *x) {
    if (!says(x, "indent") && !says(x, "indend") && !says(x, "expected '-'") &&
        !says(x, "expected key") && !says(x, "end of block sequence"))
        return false;
    say(x, x->text, x->text + 1, "entries that belong together begin in the same column",
        "the indentation of this line fits no line above");
    return true;
}

/* ---- All of them, the surest first ---- */

static bool said_on_line(const rc_yaml_reader *r, uint32_t line) {
    size_t n = r->diags->n_errors < RC_DIAG_LIMIT ? r->diags->n_errors : RC_DIAG_LIMIT;
    for (size_t i = 0; i < n; i++)
        if (r->diags->errors[i].mark.source == r->source && r->diags->errors[i].mark.line == line)
            return true;
    return false;
}

void rc_yaml_trap_refused(rc_yaml_reader *r, size_t at, const char *message) {
    const char *s = r->source->bytes;
    size_t n = r->source->length;
    refusal x = {.r = r, .s = s, .message = message};
    x.at = at < n ? at : n;
    if (x.at == n) /* at the end: the last line that holds something */
        while (x.at > r->start && (x.at == n || strchr(" \t\r\n", s[x.at]) != NULL))
            x.at--;
    for (x.first = x.at; x.first > r->start && s[x.first - 1] != '\n' && s[x.first - 1] != '\r';)
        x.first--;
    for (x.last = x.at; x.last < n && s[x.last] != '\n' && s[x.last] != '\r';)
        x.last++;
    for (x.text = x.first; x.text < x.last && (s[x.text] == ' ' || s[x.text] == '\t');)
        x.text++;
    if (r->split || said_on_line(r, rc_places_mark(&r->places, x.at, x.at).line))
        return; /* the cause has been named */
    static bool (*const answers[])(const refusal *) = {
        tab_indent,        bad_first_sign, block_scalar, dash_value,    colon_without_space,
        colon_in_text,     open_quote,     after_quote,  after_bracket, escape,
        property,          documents,      brackets,     invisible,     no_colon,
        value_and_entries, indentation,
    };
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        if (answers[i](&x))
            return;
    say(&x, x.at, x.at + 1,
        "check brackets, quotes and indentation; a value that begins with a sign needs quotes",
        "this cannot be read as YAML");
}
