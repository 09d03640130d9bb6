/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of a formula. Private to the lexer, the parser and the numbers. */
#ifndef RC_MODEL_LEXER_H
#define RC_MODEL_LEXER_H

#include "model/syntax.h"

typedef enum rc_token_kind {
    RC_TOKEN_END,
    RC_TOKEN_NUMBER,
    RC_TOKEN_NAME,
    RC_TOKEN_TEXT,
    RC_TOKEN_SIGN, /**< ( ) [ ] , = and the operators, the words `and or not to` among them */
    RC_TOKEN_BAD,  /**< an error was added */
} rc_token_kind;

typedef struct rc_token {
    rc_token_kind kind;
    rc_mark mark;
    const char *start; /**< in the text of the scalar */
    size_t bytes;
    const char *name; /**< NAME, TEXT: the word; SIGN: its symbol, a constant string */
    double number;
    bool spaced; /**< white space stands before it */
} rc_token;

typedef struct rc_lexer {
    const rc_yaml *scalar;
    rc_diags *diags;
    const char *at;        /**< next byte of scalar->text */
    const char *raw, *end; /**< the same place in the source (or in the text itself) */
    rc_mark mark;          /**< line and column of raw */
    rc_mark tail;          /**< just after the last token */
    char quote;            /**< of the YAML scalar: \0 when it has none */
} rc_lexer;

void rc_lexer_start(rc_lexer *lexer, const rc_yaml *scalar, rc_diags *d);
rc_token rc_lexer_next(rc_lexer *lexer);

enum { RC_HINT = 200 }; /* bytes of room for a hint */

/** Read a number at the start of text. Returns its bytes, or 0 when there is none; *value is set.
 * When it looks like a number but is none (1.2.3, 5kg), *problem says why and *hint what to write
 * and the return value is the length of the whole word. */
size_t rc_number_scan(const char *text, double *value, const char **problem, char hint[RC_HINT]);

/** May the code point stand in a name (a digit only after the first place)? */
bool rc_name_letter(int32_t c);
/** White space that cannot be seen, other than blank, tab and line ends. */
bool rc_code_invisible(int32_t c);
/** What it is: "no-break space". */
const char *rc_code_name(int32_t c);
/** What to write for a look-alike: "(" for U+FF08; NULL when the code point is none. *kind is
 * "full-width", "curly quote", ... or NULL. */
const char *rc_code_plain(int32_t c, const char **kind, char room[8]);

#endif
