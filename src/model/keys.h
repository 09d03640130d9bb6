/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of a model file as tables: one row serves reading, the list that a message suggests
 * from, and the published schema. */
#ifndef RC_MODEL_KEYS_H
#define RC_MODEL_KEYS_H

#include "model/model.h"

typedef enum rc_key_kind {
    RC_KEY_FORMULA,     /**< -> const rc_expr * */
    RC_KEY_NUMBER,      /**< a plain number -> double */
    RC_KEY_TEXT,        /**< -> const char * */
    RC_KEY_LABEL,       /**< text, or a mapping language: text -> rc_label */
    RC_KEY_CHOICE,      /**< one of `choices` -> int: its position */
    RC_KEY_SWITCH,      /**< one of two `choices` -> bool: whether it is the second */
    RC_KEY_BOOL,        /**< true or false -> bool */
    RC_KEY_IGNORED,     /**< text for people: description, author; any value */
    RC_KEY_SPECIAL,     /**< read by a function of its own, by name */
    RC_KEY_UNSUPPORTED, /**< part of the language, not of this version */
} rc_key_kind;

typedef enum rc_key_place {
    RC_IN_ENTRY,
    RC_IN_FLOW,
    RC_IN_RISK,
    RC_IN_LEVER,
    RC_IN_GROUP,
    RC_IN_EVIDENCE,
    RC_IN_TOP
} rc_key_place;

enum {
    RC_KEY_SERIES = 1,   /**< the formula may differ from period to period */
    RC_KEY_AUX = 2,      /**< the formula is part 2 of its entry: see rc_part */
    RC_KEY_BENEFITS = 4, /**< of benefits only */
};

typedef struct rc_key {
    const char *name;
    rc_key_kind kind;
    rc_key_place place;
    size_t offset; /**< of the member that takes the value */
    unsigned flags;
    const char *choices; /**< CHOICE: words separated by spaces */
    const char *help;    /**< one line */
} rc_key;

typedef struct rc_keys {
    const char *title; /**< "a benefit", for messages */
    const rc_key *rows;
    size_t n;
} rc_keys;

/** What stands at the top of a file: values that are no entries. */
typedef struct rc_top {
    rc_label title;
    const char *currency;
    double years;
    int step; /**< position in "year quarter month" */
    int discounting;
    double confidence, overconfidence;
    double hurdle;
    bool hurdle_is_irr;
    const rc_expr *discount_rate, *finance_rate, *reinvest_rate;
    const rc_expr *realisation[RC_TIER_COUNT];
    const rc_dimension *dimensions;
    size_t n_dimensions;
    const rc_allow *allow;
    size_t n_allow;
} rc_top;

extern const rc_keys rc_top_keys, rc_timeline_keys, rc_hurdle_keys, rc_realisation_keys;
extern const rc_keys rc_correlation_keys, rc_matrix_keys;
extern const rc_keys rc_group_keys, rc_evidence_keys; /**< an item of `groups`, of `evidence` */
extern const rc_keys rc_entry_keys;                   /**< that every entry takes */
/** What an entry takes besides those; the last row is that of `functions`, which are no entries. */
extern const rc_keys rc_section_keys[RC_SECTION_COUNT + 1];
extern const char *const rc_section_name[RC_SECTION_COUNT + 1];
enum { RC_FUNCTIONS = RC_SECTION_COUNT };

/** Row of a name, or NULL. */
const rc_key *rc_key_find(const rc_keys *keys, const char *name);

#endif
