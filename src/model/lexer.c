/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formula text -> words, each with its place in the file.
 *
 * The text of a scalar is what YAML made of the file: folded lines, unescaped quotes. While the
 * lexer moves through the text it moves through the file beside it, so that a caret stands under
 * the word as it was typed. */
#include "model/lexer.h"

#include <stdio.h>
#include <string.h>

/* ---- Two places that move together ---- */

void rc_lexer_start(rc_lexer *lexer, const rc_yaml *scalar, rc_diags *d) {
    const char *text = scalar->text == NULL ? "" : scalar->text;
    *lexer = (rc_lexer){.scalar = scalar, .diags = d, .at = text, .mark = scalar->mark};
    bool own = scalar->raw == NULL;
    lexer->raw = own ? text : scalar->raw;
    lexer->end = lexer->raw + (own ? strlen(text) : scalar->raw_length);
    if (scalar->style == RC_YAML_QUOTED && !own) {
        lexer->quote = scalar->raw[-1];
        lexer->mark.column++; /* the mark of a quoted scalar is that of its quote */
    }
    lexer->mark.length = 1;
    lexer->tail = lexer->mark;
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* One code point of the file. */
static void step_raw(rc_lexer *x) {
    if (x->raw >= x->end)
        return;
    size_t bytes;
    rc_utf8_decode(x->raw, (size_t)(x->end - x->raw), &bytes);
    char c = *x->raw;
    x->raw += bytes;
    if (c == '\n' || (c == '\r' && (x->raw >= x->end || *x->raw != '\n'))) {
        x->mark.line++;
        x->mark.column = 1;
    } else if (c != '\r') {
        x->mark.column++;
    }
}

/* Blanks and line ends of the file that folding may have dropped. */
static void skip_raw_space(rc_lexer *x) {
    for (;;) {
        while (x->raw < x->end && is_space(*x->raw))
            step_raw(x);
        bool joined = x->quote == '"' && x->raw + 1 < x->end && x->raw[0] == '\\' &&
                      (x->raw[1] == '\n' || x->raw[1] == '\r');
        if (!joined)
            return;
        step_raw(x);
    }
}

/* An escape of a double-quoted text, other than that of a line end. */
static bool at_escape(const rc_lexer *x) {
    return x->quote == '"' && x->raw + 1 < x->end && x->raw[0] == '\\' && x->raw[1] != '\n' &&
           x->raw[1] != '\r';
}

static int escape_length(char c) {
    return c == 'x' ? 4 : c == 'u' ? 6 : c == 'U' ? 10 : 2;
}

/* Move over one code point of the text. */
static void step(rc_lexer *x) {
    size_t bytes;
    char c = *x->at;
    rc_utf8_decode(x->at, 4, &bytes);
    x->at += bytes;
    bool escaped = at_escape(x);
    if (is_space(c) && !escaped) {
        if (x->raw < x->end && is_space(*x->raw))
            step_raw(x);
        return;
    }
    if (!escaped)
        skip_raw_space(x);
    int count = 1;
    if (at_escape(x))
        count = escape_length(x->raw[1]);
    else if (x->quote == '\'' && c == '\'')
        count = 2;
    while (count-- > 0)
        step_raw(x);
}

/* ---- Words ---- */

static rc_token finish(rc_lexer *x, rc_token token) {
    token.bytes = (size_t)(x->at - token.start);
    if (x->mark.line == token.mark.line && x->mark.column > token.mark.column)
        token.mark.length = x->mark.column - token.mark.column;
    x->tail = x->mark;
    return token;
}

static void take(rc_lexer *x, size_t bytes) {
    for (const char *stop = x->at + bytes; x->at < stop;)
        step(x);
}

static rc_token bad(rc_lexer *x, rc_token token, size_t bytes, const char *hint,
                    const char *message) {
    take(x, bytes);
    token = finish(x, token);
    token.kind = RC_TOKEN_BAD;
    rc_diag_error(x->diags, token.mark, hint, "%s", message);
    return token;
}

static rc_token number(rc_lexer *x, rc_token token) {
    const char *problem;
    char hint[RC_HINT];
    size_t n = rc_number_scan(x->at, &token.number, &problem, hint);
    token.kind = RC_TOKEN_NUMBER;
    if (problem == NULL) {
        take(x, n);
        return finish(x, token);
    }
    const char *message = rc_arena_printf(x->diags->arena, "`%.*s%s` %s", n < 60 ? (int)n : 40,
                                          x->at, n < 60 ? "" : "…", problem);
    return bad(x, token, n, hint[0] == '\0' ? NULL : hint, message);
}

static rc_token text(rc_lexer *x, rc_token token) {
    char quote = *x->at;
    const char *close = strchr(x->at + 1, quote);
    if (close == NULL)
        return bad(x, token, 1, "put the same quote after the text",
                   rc_arena_printf(x->diags->arena, "the quote `%c` is never closed", quote));
    token.kind = RC_TOKEN_TEXT;
    token.name = rc_arena_strndup(x->diags->arena, x->at + 1, (size_t)(close - x->at - 1));
    take(x, (size_t)(close - x->at) + 1);
    return finish(x, token);
}

static rc_token name(rc_lexer *x, rc_token token) {
    size_t n = 0, bytes;
    while (x->at[n] != '\0') {
        int32_t c = rc_utf8_decode(x->at + n, 4, &bytes); /* stops at the final NUL */
        if (!rc_name_letter(c) && !(c >= '0' && c <= '9'))
            break;
        n += bytes;
    }
    static const char *const words[] = {"to", "and", "or", "not"};
    token.kind = RC_TOKEN_NAME;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == n && memcmp(words[i], x->at, n) == 0) {
            token.kind = RC_TOKEN_SIGN;
            token.name = words[i];
        }
    if (token.kind == RC_TOKEN_NAME)
        token.name = rc_arena_strndup(x->diags->arena, x->at, n);
    take(x, n);
    return finish(x, token);
}

/* ---- Signs, and what people write instead of them ---- */

static const char *const signs[] = {"<=", ">=", "==", "!=", "(", ")", "[", "]", ",",
                                    "=",  "<",  ">",  "+",  "-", "*", "/", "^"};

static const struct {
    const char *text, *hint;
} foreign[] = {
    {"&&", "write `and`"},
    {"&", "write `and`"},
    {"||", "write `or`"},
    {"|", "write `or`"},
    {"**", "write `^`"},
    {"//", "write floor(a / b)"},
    {"<>", "write `!=`"},
    {"=<", "write `<=`"},
    {"=>", "write `>=`"},
    {"===", "write `==`"},
    {"!==", "write `!=`"},
    {"+=", NULL},
    {"-=", NULL},
    {"*=", NULL},
    {":=", "write `==` to compare"},
    {"%", "a share is written 10%, without a space; the remainder is mod(a, b)"},
    {";", "arguments are separated by commas; an entry has one formula"},
    {"?", "write if(condition, a, b)"},
    {":", "a key needs a space after its colon (`a: 5`); a text needs quotes"},
    {"{", "parentheses are ( ), lists are [ ]"},
    {"}", "parentheses are ( ), lists are [ ]"},
    {"$", "drop it: amounts are in the model's currency"},
    {"@", "drop it"},
    {"#", "name the entry alone; a comment needs a blank before #, and cannot stand in a formula "
          "over several lines"},
    {"~", "write `not`, or a to b for a range"},
    {"`", "drop it"},
    {"\\", "drop it"},
    {".", "names have no points; write _"},
    {"!", "write `not`, or `!=`"},
};

static size_t starts_with(const char *text, const char *with) {
    size_t n = strlen(with);
    return strncmp(text, with, n) == 0 ? n : 0;
}

static rc_token foreign_sign(rc_lexer *x, rc_token token, size_t i) {
    size_t n = strlen(foreign[i].text);
    if (foreign[i].text[0] == '#' && x->scalar->style == RC_YAML_BLOCK)
        return bad(x, token, 1, "move the comment above the entry",
                   "`#` inside a formula below `|` or `>`: no comments in a folded formula");
    return bad(
        x, token, n, foreign[i].hint,
        rc_arena_printf(x->diags->arena, "`%s` has no meaning in a formula", foreign[i].text));
}

static rc_token sign(rc_lexer *x, rc_token token) {
    size_t longest = 0, which = 0;
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        size_t n = starts_with(x->at, foreign[i].text);
        if (n > longest)
            longest = n, which = i;
    }
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = starts_with(x->at, signs[i]);
        if (n == 0 || n < longest)
            continue;
        token.kind = RC_TOKEN_SIGN;
        token.name = signs[i];
        take(x, n);
        return finish(x, token);
    }
    if (longest > 0)
        return foreign_sign(x, token, which);
    token.kind = RC_TOKEN_BAD;
    return token;
}

/* ---- Characters that only look right ---- */

/* A run of full-width characters is answered as a whole: 12% for １２％. */
static rc_token full_width(rc_lexer *x, rc_token token) {
    rc_arena *arena = x->diags->arena;
    rc_text plain = {0};
    size_t n = 0, bytes;
    while (x->at[n] != '\0' && plain.length < 40) {
        char room[8];
        const char *kind;
        int32_t c = rc_utf8_decode(x->at + n, 4, &bytes);
        if (c < 0xFF01 || c > 0xFF5E)
            break;
        rc_text_add(&plain, rc_code_plain(c, &kind, room));
        n += bytes;
    }
    const char *message = rc_arena_printf(arena, "full-width `%.*s` in a formula", (int)n, x->at);
    const char *hint = rc_arena_printf(arena, "write `%s`", plain.bytes);
    if (strcmp(plain.bytes, ":") == 0)
        hint = "write a colon and a space: `a: 5`";
    rc_text_free(&plain);
    return bad(x, token, n, hint, message);
}

static rc_token strange(rc_lexer *x, rc_token token, int32_t c, size_t bytes) {
    rc_arena *arena = x->diags->arena;
    char room[8];
    const char *kind;
    if (c >= 0xFF01 && c <= 0xFF5E)
        return full_width(x, token);
    if (c < 0)
        return bad(x, token, bytes, "save the file as UTF-8", "a byte that is not UTF-8");
    if (c < 0x20 || c == 0x7F)
        return bad(x, token, bytes, "delete it",
                   rc_arena_printf(arena, "control character U+%04X in a formula", (unsigned)c));
    if (rc_code_invisible(c))
        return bad(x, token, bytes, "use a space, or delete it",
                   rc_arena_printf(arena, "invisible U+%04X (%s) in a formula", (unsigned)c,
                                   rc_code_name(c)));
    const char *plain = rc_code_plain(c, &kind, room);
    const char *shown = rc_arena_strndup(arena, x->at, bytes);
    if (plain == NULL)
        return bad(x, token, bytes, "names take letters, digits and _",
                   rc_arena_printf(arena, "`%s` (U+%04X) has no meaning in a formula", shown,
                                   (unsigned)c));
    if (*plain == '\0')
        return bad(x, token, bytes, "drop it: amounts are in the model's currency",
                   rc_arena_printf(arena, "%s `%s` in a formula", kind, shown));
    return bad(x, token, bytes, rc_arena_printf(arena, "write `%s`", plain),
               kind == NULL ? rc_arena_printf(arena, "`%s` has no meaning in a formula", shown)
                            : rc_arena_printf(arena, "%s `%s` in a formula", kind, shown));
}

rc_token rc_lexer_next(rc_lexer *x) {
    const char *before = x->at;
    while (is_space(*x->at))
        step(x);
    rc_token token = {.start = x->at, .spaced = x->at != before};
    if (*x->at == '\0') {
        token.mark = x->tail;
        token.mark.length = 1;
        return token;
    }
    if (!at_escape(x))
        skip_raw_space(x);
    token.mark = x->mark;
    token.mark.length = 1;
    size_t bytes;
    int32_t c = rc_utf8_decode(x->at, 4, &bytes);
    if ((c >= '0' && c <= '9') || (c == '.' && x->at[1] >= '0' && x->at[1] <= '9'))
        return number(x, token);
    if (c == '"' || c == '\'')
        return text(x, token);
    if (rc_name_letter(c))
        return name(x, token);
    rc_token found = sign(x, token);
    if (found.kind != RC_TOKEN_BAD || x->at != token.start)
        return found;
    return strange(x, token, c, bytes);
}
