/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formulas as written: text -> tokens -> syntax tree. Names mean nothing yet; check.c gives
 * meaning. */
#ifndef RC_MODEL_SYNTAX_H
#define RC_MODEL_SYNTAX_H

#include "model/yaml.h"

typedef enum rc_syn_kind {
    RC_SYN_NUMBER,
    RC_SYN_TEXT, /**< "file.csv" */
    RC_SYN_NAME, /**< `seats`, `t` */
    RC_SYN_CALL, /**< name(args), args may be named */
    RC_SYN_OP,   /**< unary (n = 1) or binary (n = 2) operator; name is its symbol */
    RC_SYN_LIST, /**< [a, b, ...] */
} rc_syn_kind;

typedef struct rc_syn {
    rc_syn_kind kind;
    rc_mark mark;           /**< NUMBER, NAME, TEXT: the word; CALL: its name; OP: the operator */
    double number;          /**< NUMBER */
    const char *name;       /**< NAME, CALL, TEXT; OP: "+ - * / ^ < <= > >= == != and or not to" */
    size_t n;               /**< args */
    struct rc_syn **args;   /**< [n] */
    const char **arg_names; /**< CALL: [n], NULL where positional */
    bool parenthesised;     /**< written inside ( ): lint of `3 * 10 to 40` asks */
} rc_syn;

/** Parse a scalar as a formula; NULL after an error was added. A number alone is a NUMBER. */
const rc_syn *rc_formula_parse(const rc_yaml *scalar, rc_diags *d);

/** A number as models write it: 1200 1.2e3 1_200 50k 2.5M 1B 10% 50万 3亿, with optional sign.
 * True when the whole text is one. */
bool rc_number_parse(const char *text, double *value);

/** Is it a name: letters of any script, digits, _; not starting with a digit; not reserved? */
bool rc_name_valid(const char *text);
bool rc_name_reserved(const char *text);

#endif
