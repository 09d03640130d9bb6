/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Languages of what people read: which there are, texts in them, and texts with {named} parts.
 *
 * The originals are English and stand in the source; catalogs (src/lang/NAME.po) are compiled by
 * msgfmt and lie in the library. A language is a code ("en", "zh-CN"); NULL and codes without a
 * catalog mean English, so that a look-up never fails. All functions are pure: no locale, no
 * environment, no state.
 *
 *   rc_tr(language, "Losing money")                      a text
 *   RC_SAY(&out, language, "On average {mean}.", "mean", text)
 *   RC_SAY_N(&out, language, "{n} month", "{n} months", n, "n", digits)
 *
 * A message is a whole sentence wherever it can be: what stands first in English may stand last
 * elsewhere. Texts of tables are marked by RC_TR where they stand and translated where they are
 * used. docs/languages.md says how catalogs are kept. */
#ifndef RC_CORE_LANGUAGE_H
#define RC_CORE_LANGUAGE_H

#include "core/arena.h"
#include "core/mo.h"
#include "core/text.h"

/** Which powers of ten have words of their own, for large amounts. */
typedef enum rc_grouping {
    RC_THOUSANDS, /**< k, M, B, T */
    RC_MYRIADS,   /**< 10^4, 10^8, 10^12: 万, 亿, 万亿 */
} rc_grouping;

typedef struct rc_language {
    const char *code; /**< "zh-CN", as in --lang and in a page's lang attribute */
    const char *name; /**< in the language itself: "简体中文" */
    rc_grouping grouping;
    size_t (*plural)(uint64_t n); /**< number of the form for n things */
    const char *plural_rule;      /**< the same as text, as the catalog's header has it */
    const char *const *locales;   /**< prefixes of locale names and tags, NULL at the end */
    const rc_mo *catalog;         /**< NULL for English */
} rc_language;

size_t rc_language_count(void);
const rc_language *rc_language_at(size_t index);          /**< the first is English */
const rc_language *rc_language_find(const char *code);    /**< exact; NULL when unknown */
const rc_language *rc_language_or_english(const char *c); /**< the same, English when unknown */

/** The language for a name as locales and web browsers have it ("zh_TW.UTF-8", "zh-Hant-HK",
 * "en_GB", "zh"), or NULL. */
const rc_language *rc_language_match(const char *locale);

/** Text in a language; the original when there is no translation. */
const char *rc_tr(const char *language, const char *original);

/** The same for a text that means different things in different places. */
const char *rc_tr_in(const char *language, const char *context, const char *original);

/** The form for n things. */
const char *rc_tr_n(const char *language, const char *one, const char *many, uint64_t n);

/** Append `pattern` with each {name} replaced by the text that follows it in `pairs` (name, text,
 * name, text ...; n counts both). A name that is not among them stays as it is. */
void rc_fill(rc_text *out, const char *pattern, const char *const *pairs, size_t n);
const char *rc_fill_kept(rc_arena *arena, const char *pattern, const char *const *pairs, size_t n);

/** A message with its parts, to be written in whatever language is asked for later. */
typedef struct rc_phrase {
    const char *pattern;      /**< English: "{event} in {share} of trials" */
    const char *const *pairs; /**< [n] name, text, name, text ... */
    size_t n;
} rc_phrase;

/** A copy in `arena`, texts too, with one more part if `name` is not NULL. */
rc_phrase rc_phrase_copy(const rc_phrase *message, const char *name, const char *text,
                         rc_arena *arena);
const char *rc_phrase_text(const rc_phrase *message, const char *language, rc_arena *arena);

/** The blank between two sentences: none after a full-width stop, none at the start. */
void rc_next_sentence(rc_text *out);

/* Names and texts of the parts follow the message: "mean", mean_text, ... */
#define RC_PAIRS(...)                                                                              \
    (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)
#define RC_SAY(out, language, message, ...)                                                        \
    rc_fill(out, rc_tr(language, message), RC_PAIRS(__VA_ARGS__))
#define RC_SAY_N(out, language, one, many, n, ...)                                                 \
    rc_fill(out, rc_tr_n(language, one, many, n), RC_PAIRS(__VA_ARGS__))
#define RC_TEXT(arena, language, message, ...)                                                     \
    rc_fill_kept(arena, rc_tr(language, message), RC_PAIRS(__VA_ARGS__))
#define RC_TEXT_N(arena, language, one, many, n, ...)                                              \
    rc_fill_kept(arena, rc_tr_n(language, one, many, n), RC_PAIRS(__VA_ARGS__))

#define RC_PHRASE(message, ...) ((rc_phrase){message, RC_PAIRS(__VA_ARGS__)})
#define RC_SENTENCE(message)    ((rc_phrase){message, NULL, 0})

/* Marks a message in a table, for xgettext; with a context for rc_tr_in. */
#define RC_TR(message)             message
#define RC_TR_IN(context, message) message
#define RC_TR_PAIR(one, many)      one, many

#endif
