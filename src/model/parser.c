/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words -> syntax tree, by precedence climbing. Loosest first:
 *
 *     or . and . not . comparison . to . + - . * / . unary - . ^ (right to left)
 *
 * `to` and the comparisons do not chain. A minus before a number alone makes a negative number
 * (but -2^2 is -(2^2)). The first mistake of a formula ends its parsing. */
#include "model/lexer.h"

#include <string.h>

enum {
    DEEPEST = 200,  /* nested parentheses, calls, unary signs */
    HIGHEST = 2000, /* height of the tree: whoever walks it may recurse */
};

typedef struct node {
    rc_syn *syn; /* NULL: an error was added */
    int height;
} node;

typedef struct parser {
    rc_lexer lexer;
    rc_diags *diags;
    rc_token now;
    rc_token last; /* the token before */
    int depth;
} parser;

static const node nothing = {NULL, 0};

static void advance(parser *p) {
    p->last = p->now;
    p->now = rc_lexer_next(&p->lexer);
}

static bool is_sign(const rc_token *token, const char *sign) {
    return token->kind == RC_TOKEN_SIGN && strcmp(token->name, sign) == 0;
}

static const char *shown(const parser *p, const rc_token *token) {
    if (token->kind == RC_TOKEN_END)
        return "the end";
    size_t n = token->bytes < 40 ? token->bytes : 40;
    while (n > 0 && n < token->bytes && ((unsigned char)token->start[n] & 0xC0) == 0x80)
        n--;
    return rc_arena_printf(p->diags->arena, "`%.*s%s`", (int)n, token->start,
                           n < token->bytes ? "…" : "");
}

static node fail(parser *p, rc_mark mark, const char *hint, const char *message) {
    if (p->now.kind != RC_TOKEN_BAD) /* the lexer has said what is wrong */
        rc_diag_error(p->diags, mark, hint, "%s", message);
    return nothing;
}

static rc_syn *new_syn(parser *p, rc_syn_kind kind, rc_mark mark, const char *name) {
    rc_syn *syn = RC_NEW(p->diags->arena, rc_syn, 1);
    syn->kind = kind;
    syn->mark = mark;
    syn->name = name;
    return syn;
}

static node make_op(parser *p, const rc_token *op, const node *args, size_t n) {
    rc_syn *syn = new_syn(p, RC_SYN_OP, op->mark, op->name);
    syn->n = n;
    syn->args = RC_NEW(p->diags->arena, rc_syn *, n);
    int height = 0;
    for (size_t i = 0; i < n; i++) {
        syn->args[i] = args[i].syn;
        height = args[i].height > height ? args[i].height : height;
    }
    if (height >= HIGHEST)
        return fail(p, op->mark, "split it into several entries",
                    "a formula with more than 2000 operations in a row");
    return (node){syn, height + 1};
}

static node expression(parser *p);
static node unary(parser *p);

static bool enter(parser *p) {
    if (p->depth >= DEEPEST) {
        fail(p, p->now.mark, "split it into several entries",
             "a formula that is nested more than 200 deep");
        return false;
    }
    p->depth++;
    return true;
}

/* ---- Lists of values: calls, [ ] ---- */

typedef struct values {
    rc_syn **items;
    const char **names;
    size_t n, room, names_room;
    int height;
    bool spaced; /* some comma had a blank after it */
    rc_mark tight;
    const char *digits; /* "1,200": a comma without blanks between numbers; NULL when none */
} values;

static bool digits_only(const rc_token *token, size_t least, size_t most) {
    if (token->kind != RC_TOKEN_NUMBER || token->bytes < least || token->bytes > most)
        return false;
    for (size_t i = 0; i < token->bytes; i++)
        if (token->start[i] < '0' || token->start[i] > '9')
            return false;
    return true;
}

static void note_comma(parser *p, values *list, const rc_token *before) {
    /* the comma is p->last, what follows it p->now */
    if (p->now.spaced) {
        list->spaced = true;
        return;
    }
    if (list->digits != NULL || p->last.spaced || !digits_only(before, 1, 3) ||
        !(p->now.kind == RC_TOKEN_NUMBER && p->now.start[0] >= '0' && p->now.start[0] <= '9'))
        return;
    size_t n = before->bytes + 1 + p->now.bytes;
    list->digits = rc_arena_strndup(p->diags->arena, before->start, n < 40 ? n : 40);
    list->tight = before->mark;
    list->tight.length = (uint32_t)(before->mark.length + 1 + p->now.mark.length);
}

static bool add_value(parser *p, values *list, const char *name) {
    node value = expression(p);
    if (value.syn == NULL)
        return false;
    rc_arena *arena = p->diags->arena;
    list->items = rc_arena_grow(arena, list->items, &list->room, list->n + 1, sizeof(rc_syn *));
    list->names = rc_arena_grow(arena, list->names, &list->names_room, list->n + 1, sizeof(char *));
    list->items[list->n] = value.syn;
    list->names[list->n++] = name;
    list->height = value.height > list->height ? value.height : list->height;
    return true;
}

/* `half=` before a value. The lexer has no memory, so a look ahead is a copy of it. */
static const char *argument_name(parser *p) {
    if (p->now.kind != RC_TOKEN_NAME)
        return NULL;
    const char *at = p->lexer.at;
    while (*at == ' ' || *at == '\t' || *at == '\n')
        at++;
    if (*at != '=' || at[1] == '=' || at[1] == '<' || at[1] == '>')
        return NULL;
    const char *name = p->now.name;
    advance(p);
    advance(p);
    return name;
}

/* What to say when the rest of a formula stands behind ` #`; else NULL. */
static const char *comment_follows(const parser *p) {
    const rc_yaml *scalar = p->lexer.scalar;
    if (scalar->raw == NULL || scalar->style != RC_YAML_PLAIN)
        return NULL;
    const char *after = p->lexer.end; /* in the source, which ends with a NUL */
    while (*after == ' ' || *after == '\t')
        after++;
    return *after == '#' ? "` #` starts a comment: what stands after it is not read" : NULL;
}

static bool closes(parser *p, const rc_token *opener, const char *close) {
    if (is_sign(&p->now, close)) {
        advance(p);
        return true;
    }
    if (p->now.kind == RC_TOKEN_END) {
        const char *hint = comment_follows(p);
        if (hint == NULL)
            hint = rc_arena_printf(p->diags->arena, "add `%s`", close);
        fail(p, opener->mark, hint,
             rc_arena_printf(p->diags->arena, "`%s` is never closed", opener->name));
    } else if (is_sign(&p->now, ")") || is_sign(&p->now, "]")) {
        fail(p, p->now.mark, NULL,
             rc_arena_printf(p->diags->arena, "`%s` closes `%s` of column %u", p->now.name,
                             opener->name, (unsigned)opener->mark.column));
    } else {
        return false;
    }
    return false;
}

static node missing_operator(parser *p);

static bool read_values(parser *p, const rc_token *opener, const char *close, bool named,
                        values *list) {
    if (is_sign(&p->now, close)) {
        advance(p);
        return true;
    }
    for (;;) {
        if (is_sign(&p->now, ",") || (list->n > 0 && is_sign(&p->now, close))) {
            fail(p, p->now.mark, "delete one comma, or write the value",
                 rc_arena_printf(p->diags->arena, "a value is missing before %s",
                                 shown(p, &p->now)));
            return false;
        }
        if (!add_value(p, list, named ? argument_name(p) : NULL))
            return false;
        if (!is_sign(&p->now, ","))
            break;
        rc_token before = p->last;
        advance(p);
        note_comma(p, list, &before);
    }
    if (list->digits != NULL && list->spaced) {
        fail(p, list->tight, "numbers have no thousands comma, and the decimal sign is the point",
             rc_arena_printf(p->diags->arena, "`%s` is two values here", list->digits));
        return false;
    }
    if (closes(p, opener, close))
        return true;
    if (p->now.kind != RC_TOKEN_END && !is_sign(&p->now, ")") && !is_sign(&p->now, "]"))
        missing_operator(p);
    return false;
}

static node bracketed(parser *p, rc_syn *syn, const char *close, bool named) {
    rc_token opener = p->now;
    values list = {0};
    if (!enter(p))
        return nothing;
    advance(p);
    if (!read_values(p, &opener, close, named, &list))
        return nothing;
    p->depth--;
    syn->n = list.n;
    syn->args = list.items;
    syn->arg_names = named ? list.names : NULL;
    return (node){syn, list.height + 1};
}

/* ---- Values ---- */

static node parentheses(parser *p) {
    rc_token opener = p->now;
    if (!enter(p))
        return nothing;
    advance(p);
    if (is_sign(&p->now, ")"))
        return fail(p, opener.mark, "write a value between them", "`()` holds nothing");
    node value = expression(p);
    if (value.syn == NULL)
        return nothing;
    if (is_sign(&p->now, ","))
        return fail(p, p->now.mark,
                    "a comma separates the arguments of a function; the decimal sign is the point",
                    "`,` inside parentheses that belong to no function");
    if (!closes(p, &opener, ")")) {
        if (p->now.kind != RC_TOKEN_END && !is_sign(&p->now, "]"))
            missing_operator(p);
        return nothing;
    }
    p->depth--;
    value.syn->parenthesised = true;
    return value;
}

static node value_missing(parser *p) {
    const rc_token *now = &p->now;
    const char *hint = NULL;
    if (now->kind == RC_TOKEN_BAD)
        return nothing;
    if (is_sign(now, "="))
        return fail(p, now->mark, "write `==` to compare", "`=` has no meaning here");
    if (is_sign(now, "not"))
        return fail(p, now->mark, "write (not ...)", "`not` needs parentheses here");
    if (now->kind == RC_TOKEN_END && p->last.kind == RC_TOKEN_SIGN)
        return fail(
            p, p->last.mark,
            comment_follows(p) != NULL ? comment_follows(p) : "write what comes next, or delete it",
            rc_arena_printf(p->diags->arena, "nothing stands after %s", shown(p, &p->last)));
    if (is_sign(now, ")") || is_sign(now, "]")) {
        if (p->last.kind == RC_TOKEN_SIGN)
            return fail(p, now->mark, NULL,
                        rc_arena_printf(p->diags->arena, "a value is missing between %s and %s",
                                        shown(p, &p->last), shown(p, now)));
        return fail(p, now->mark, "delete it", "a closing parenthesis without an opening one");
    }
    if (is_sign(now, "*") && is_sign(&p->last, "*"))
        hint = "write `^`";
    return fail(p, now->mark, hint,
                rc_arena_printf(p->diags->arena, "a value is missing before %s", shown(p, now)));
}

static node primary(parser *p) {
    rc_token token = p->now;
    switch (token.kind) {
    case RC_TOKEN_NUMBER: {
        rc_syn *syn = new_syn(p, RC_SYN_NUMBER, token.mark, NULL);
        syn->number = token.number;
        advance(p);
        return (node){syn, 1};
    }
    case RC_TOKEN_TEXT:
        advance(p);
        return (node){new_syn(p, RC_SYN_TEXT, token.mark, token.name), 1};
    case RC_TOKEN_NAME:
        advance(p);
        if (is_sign(&p->now, "("))
            return bracketed(p, new_syn(p, RC_SYN_CALL, token.mark, token.name), ")", true);
        if (strcmp(token.name, "true") == 0 || strcmp(token.name, "false") == 0) {
            rc_syn *syn = new_syn(p, RC_SYN_NUMBER, token.mark, NULL);
            syn->number = token.name[0] == 't';
            return (node){syn, 1};
        }
        return (node){new_syn(p, RC_SYN_NAME, token.mark, token.name), 1};
    case RC_TOKEN_SIGN:
        if (is_sign(&token, "("))
            return parentheses(p);
        if (is_sign(&token, "["))
            return bracketed(p, new_syn(p, RC_SYN_LIST, token.mark, NULL), "]", false);
        break;
    case RC_TOKEN_END:
    case RC_TOKEN_BAD: break;
    }
    return value_missing(p);
}

static node power(parser *p) {
    node left = primary(p);
    if (left.syn == NULL || !is_sign(&p->now, "^"))
        return left;
    rc_token op = p->now;
    if (!enter(p))
        return nothing;
    advance(p);
    node args[2] = {left, unary(p)}; /* 2^-3, 2^3^2 = 2^9 */
    p->depth--;
    return args[1].syn == NULL ? nothing : make_op(p, &op, args, 2);
}

static node unary(parser *p) {
    bool minus = is_sign(&p->now, "-");
    if (!minus && !is_sign(&p->now, "+"))
        return power(p);
    rc_token op = p->now;
    if (!enter(p))
        return nothing;
    advance(p);
    node value = unary(p);
    p->depth--;
    if (value.syn == NULL || !minus)
        return value;
    if (value.syn->kind == RC_SYN_NUMBER && !value.syn->parenthesised) {
        value.syn->number = -value.syn->number;
        if (value.syn->mark.line == op.mark.line)
            op.mark.length = value.syn->mark.column + value.syn->mark.length - op.mark.column;
        value.syn->mark = op.mark;
        return value;
    }
    return make_op(p, &op, &value, 1);
}

/* ---- Operators between two values ---- */

enum { LEVEL_COMPARE = 1, LEVEL_TO, LEVEL_SUM, LEVEL_PRODUCT, LEVEL_UNARY };

static int level_of(const rc_token *token) {
    static const struct {
        const char *sign;
        int level;
    } levels[] = {
        {"<", LEVEL_COMPARE},  {"<=", LEVEL_COMPARE}, {">", LEVEL_COMPARE}, {">=", LEVEL_COMPARE},
        {"==", LEVEL_COMPARE}, {"!=", LEVEL_COMPARE}, {"to", LEVEL_TO},     {"+", LEVEL_SUM},
        {"-", LEVEL_SUM},      {"*", LEVEL_PRODUCT},  {"/", LEVEL_PRODUCT},
    };
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (is_sign(token, levels[i].sign))
            return levels[i].level;
    return 0;
}

static const char *slice(const parser *p, const char *from, const char *to) {
    size_t n = (size_t)(to - from);
    return n > 40 ? NULL : rc_arena_strndup(p->diags->arena, from, n);
}

static node chained(parser *p, const rc_token *first, const rc_token *middle) {
    const char *between = slice(p, middle->start, p->last.start + p->last.bytes);
    if (strcmp(first->name, "to") == 0)
        return fail(p, p->now.mark, "a range has two ends: a to b", "a second `to` in one range");
    const char *hint = "compare twice and join with `and`: a < b and b < c";
    if (between != NULL)
        hint = rc_arena_printf(p->diags->arena, "write ... %s %s and %s %s ...", first->name,
                               between, between, p->now.name);
    return fail(p, p->now.mark, hint, "two comparisons in a row");
}

static node binary(parser *p, int level) {
    if (level == LEVEL_UNARY)
        return unary(p);
    node left = binary(p, level + 1);
    while (left.syn != NULL && level_of(&p->now) == level) {
        rc_token op = p->now, middle;
        advance(p);
        middle = p->now;
        node args[2] = {left, binary(p, level + 1)};
        if (args[1].syn == NULL)
            return nothing;
        if (level <= LEVEL_TO && level_of(&p->now) == level)
            return chained(p, &op, &middle);
        left = make_op(p, &op, args, 2);
    }
    return left;
}

static node negation(parser *p) {
    if (!is_sign(&p->now, "not"))
        return binary(p, LEVEL_COMPARE);
    rc_token op = p->now;
    if (!enter(p))
        return nothing;
    advance(p);
    node value = negation(p);
    p->depth--;
    return value.syn == NULL ? nothing : make_op(p, &op, &value, 1);
}

static node conjunction(parser *p) {
    node left = negation(p);
    while (left.syn != NULL && is_sign(&p->now, "and")) {
        rc_token op = p->now;
        advance(p);
        node args[2] = {left, negation(p)};
        left = args[1].syn == NULL ? nothing : make_op(p, &op, args, 2);
    }
    return left;
}

static node expression(parser *p) {
    node left = conjunction(p);
    while (left.syn != NULL && is_sign(&p->now, "or")) {
        rc_token op = p->now;
        advance(p);
        node args[2] = {left, conjunction(p)};
        left = args[1].syn == NULL ? nothing : make_op(p, &op, args, 2);
    }
    return left;
}

/* ---- What may be wrong after a whole value ---- */

static const char *operator_hint(const parser *p) {
    const rc_token *a = &p->last, *b = &p->now;
    static const char *const pairs[][2] = {{"AND", "and"}, {"OR", "or"},   {"NOT", "not"},
                                           {"TO", "to"},   {"And", "and"}, {"Or", "or"},
                                           {"To", "to"},   {"bis", "to"},  {"mod", NULL}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        for (const rc_token *x = a; x != NULL; x = x == a ? b : NULL)
            if (x->kind == RC_TOKEN_NAME && strcmp(x->name, pairs[i][0]) == 0)
                return pairs[i][1] == NULL
                           ? "the remainder is mod(a, b)"
                           : rc_arena_printf(p->diags->arena, "operators are written small: `%s`",
                                             pairs[i][1]);
    if (a->kind == RC_TOKEN_NUMBER && b->kind == RC_TOKEN_NAME) {
        static const char *const endings[] = {"k", "K", "M", "B", "万", "亿"};
        for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
            if (strcmp(b->name, endings[i]) == 0)
                return rc_arena_printf(p->diags->arena, "no blank inside a number: %.*s%s",
                                       (int)(a->bytes < 40 ? a->bytes : 0), a->start,
                                       i == 1 ? "k" : endings[i]);
        return "for a product write `*` between them; a unit goes into `unit:`";
    }
    if (a->kind == RC_TOKEN_NUMBER && b->kind == RC_TOKEN_NUMBER)
        return "a number has no blanks in it";
    return "for a product write `*` between them";
}

static node missing_operator(parser *p) {
    const rc_token *now = &p->now;
    if (now->kind == RC_TOKEN_BAD)
        return nothing;
    if (is_sign(now, "="))
        return fail(p, now->mark, "write `==` to compare", "`=` has no meaning here");
    if (is_sign(now, ")") || is_sign(now, "]"))
        return fail(p, now->mark,
                    is_sign(now, ")") ? "delete it, or add `(` before" : "delete it, or add `[`",
                    rc_arena_printf(p->diags->arena, "`%s` was never opened", now->name));
    if (is_sign(now, "not"))
        return fail(p, now->mark, "write `and not` or `or not`", "an operator is missing here");
    return fail(p, now->mark, operator_hint(p),
                rc_arena_printf(p->diags->arena, "an operator is missing between %s and %s",
                                shown(p, &p->last), shown(p, now)));
}

/* 1,200 or 0,3 as the whole formula, or at its end. */
static node stray_comma(parser *p) {
    rc_token before = p->last, comma = p->now;
    advance(p);
    rc_arena *arena = p->diags->arena;
    const rc_token *after = &p->now;
    bool tight = before.start + before.bytes == comma.start && !after->spaced;
    if (tight && digits_only(&before, 1, 3) && after->kind == RC_TOKEN_NUMBER) {
        int n = before.bytes < 20 ? (int)before.bytes : 20;
        int m = after->bytes < 20 ? (int)after->bytes : 20;
        bool thousands = digits_only(after, 3, 3) && before.start[0] != '0';
        rc_mark mark = before.mark;
        mark.length += 1 + after->mark.length;
        const char *hint = thousands ? rc_arena_printf(arena, "no thousands comma: write %.*s%.*s",
                                                       n, before.start, m, after->start)
                                     : rc_arena_printf(arena, "decimal point: write %.*s.%.*s", n,
                                                       before.start, m, after->start);
        return fail(p, mark, hint,
                    rc_arena_printf(arena, "`%.*s,%.*s` is not a number", n, before.start, m,
                                    after->start));
    }
    p->now = comma;
    return fail(p, comma.mark,
                "a comma separates the arguments of a function; the decimal sign is the point",
                "`,` outside a function");
}

const rc_syn *rc_formula_parse(const rc_yaml *scalar, rc_diags *d) {
    parser p = {.diags = d};
    if (scalar->kind != RC_YAML_SCALAR) {
        rc_diag_error(d, scalar->mark, "a list of values inside a formula needs quotes: \"...\"",
                      "a formula is expected here, not a %s",
                      scalar->kind == RC_YAML_MAP ? "mapping" : "list");
        return NULL;
    }
    rc_lexer_start(&p.lexer, scalar, d);
    advance(&p);
    if (p.now.kind == RC_TOKEN_END) {
        rc_diag_error(d, scalar->mark, "write a number or a formula", "a formula is missing");
        return NULL;
    }
    node whole = expression(&p);
    if (whole.syn == NULL || p.now.kind == RC_TOKEN_BAD)
        return NULL;
    if (p.now.kind != RC_TOKEN_END) {
        if (is_sign(&p.now, ","))
            stray_comma(&p);
        else
            missing_operator(&p);
        return NULL;
    }
    return whole.syn;
}
