/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options as tables: one row serves parsing, checking and --help.
 *
 *   --name value   --name=value   -n value   --flag   --   (what follows are operands)
 *
 * Options and operands may be mixed; of an option given twice the last counts, unless it may be
 * repeated. */
#ifndef RC_CLI_OPTIONS_H
#define RC_CLI_OPTIONS_H

#include "core/arena.h"
#include "core/error.h"
#include "core/language.h"
#include "core/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum rc_option_type {
    RC_OPTION_FLAG,   /**< takes no value */
    RC_OPTION_TEXT,   /**< any text */
    RC_OPTION_CHOICE, /**< one of choices() */
    RC_OPTION_COUNT,  /**< a whole number in [low, high]: 1000000, 1M, 1_000_000, 2^20 */
    RC_OPTION_NAMES,  /**< a,b,c */
    RC_OPTION_REAL,   /**< a number as in models: 0.35, -2k, 10% */
} rc_option_type;

typedef struct rc_option {
    const char *name; /**< without the dashes */
    char letter;      /**< for -l; 0 when there is none */
    rc_option_type type;
    const char *unit;                     /**< what the value is: "N", "FILE"; NULL for flags */
    uint64_t low, high;                   /**< COUNT */
    const char *(*choices)(size_t index); /**< CHOICE: index-th, or NULL after the last;
                                             of others: what shells may offer */
    const char *fallback;                 /**< default, for --help, a message if it is words;
                                               NULL: not mentioned */
    const char *help;                     /**< a message, wrapped when shown */
    bool hidden;                          /**< not in --help */
    bool repeats;                         /**< given several times, all count */
} rc_option;

typedef struct rc_option_value {
    const rc_option *option;
    bool given;
    const char *text;   /**< as written */
    uint64_t count;     /**< COUNT */
    double real;        /**< REAL; NaN when not given */
    const char **names; /**< NAMES; of an option that repeats all of them in order */
    size_t n_names;
    const char **texts; /**< [n_texts] of an option that repeats: each as written */
    size_t n_texts;
} rc_option_value;

typedef struct rc_arguments {
    const struct rc_command_type *command;
    rc_option_value *values; /**< [n_values] one per option of the command and the common ones */
    size_t n_values;
    const char **operands;
    size_t n_operands;
    const char *language; /**< --lang, else that of the environment: a code of core/language.h */
} rc_arguments;

/** The options that every command has, and those of every command that reads models. */
extern const rc_option rc_common_options[];
extern const size_t rc_common_option_count;
extern const rc_option rc_model_options[];
extern const size_t rc_model_option_count;

/** Words after the command's name. Errors name the nearest option, or the range. */
rc_status rc_options_parse(const struct rc_command_type *command, int argc, char **argv,
                           rc_arena *arena, rc_arguments *out, rc_error *err);

/** The value of an option of this command (never NULL; the name must exist). */
const rc_option_value *rc_option_get(const rc_arguments *arguments, const char *name);

/** The same, NULL when the command has no such option. */
const rc_option_value *rc_option_find(const rc_arguments *arguments, const char *name);

/** A whole number as people write it; false when it is none or does not fit. */
bool rc_count_parse(const char *text, uint64_t *count);

void rc_options_help(const rc_option *options, size_t n, const char *language, rc_text *out);

#endif
