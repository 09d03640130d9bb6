/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of languages and the look-up of texts. The C library's gettext is not used: it answers
 * by the process's locale, which a library must not set, and which a minimal machine does not have
 * installed; a report in two languages at once could not be written. */
#include "core/language.h"

#include <string.h>

#define RC_LANGUAGE(catalog, code, name, grouping, rule, ...)                                      \
    extern const rc_mo rc_catalog_##catalog;                                                       \
    static size_t plural_##catalog(uint64_t n) {                                                   \
        (void)n;                                                                                   \
        return (size_t)(rule);                                                                     \
    }                                                                                              \
    static const char *const locales_##catalog[] = {__VA_ARGS__, NULL};
#include "core/language.def"
#undef RC_LANGUAGE

static size_t plural_en(uint64_t n) {
    return n != 1;
}
static const char *const locales_en[] = {"en", "C", "POSIX", NULL};

static const rc_language table[] = {
    {"en", "English", RC_THOUSANDS, plural_en, "n != 1", locales_en, NULL},
#define RC_LANGUAGE(catalog, code, name, grouping, rule, ...)                                      \
    {code, name, grouping, plural_##catalog, #rule, locales_##catalog, &rc_catalog_##catalog},
#include "core/language.def"
#undef RC_LANGUAGE
};

size_t rc_language_count(void) {
    return sizeof table / sizeof *table;
}

const rc_language *rc_language_at(size_t index) {
    return &table[index];
}

const rc_language *rc_language_find(const char *code) {
    for (size_t i = 0; code != NULL && i < rc_language_count(); i++)
        if (strcmp(table[i].code, code) == 0)
            return &table[i];
    return NULL;
}

const rc_language *rc_language_or_english(const char *code) {
    const rc_language *l = rc_language_find(code);
    return l != NULL ? l : &table[0];
}

static char plain(char c) {
    return c == '_' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/** Length of `prefix` when the locale's name starts with it and goes on with a new part. */
static size_t starts(const char *locale, const char *prefix) {
    size_t n = strlen(prefix);
    for (size_t i = 0; i < n; i++)
        if (plain(locale[i]) != plain(prefix[i]))
            return 0;
    return strchr("-_.@", locale[n]) != NULL ? n : 0; /* the end too */
}

const rc_language *rc_language_match(const char *locale) {
    const rc_language *best = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < rc_language_count(); i++)
        for (const char *const *prefix = table[i].locales; *prefix != NULL; prefix++) {
            size_t n = starts(locale, *prefix);
            if (n > longest) {
                longest = n;
                best = &table[i];
            }
        }
    return best;
}

const char *rc_tr_in(const char *language, const char *context, const char *original) {
    const rc_language *l = rc_language_or_english(language);
    const char *text = NULL;
    if (l->catalog != NULL && *original != '\0') /* the header is no text */
        text = rc_mo_find(l->catalog, context, original, 0);
    return text != NULL ? text : original;
}

const char *rc_tr(const char *language, const char *original) {
    return rc_tr_in(language, NULL, original);
}

const char *rc_tr_n(const char *language, const char *one, const char *many, uint64_t n) {
    const rc_language *l = rc_language_or_english(language);
    const char *text = NULL;
    if (l->catalog != NULL)
        text = rc_mo_find(l->catalog, NULL, one, l->plural(n));
    return text != NULL ? text : plural_en(n) == 0 ? one : many;
}

/* ---- Texts with parts ---- */

/** The text for the name in s[0 ... n), or NULL. */
static const char *part(const char *s, size_t n, const char *const *pairs, size_t n_pairs) {
    for (size_t i = 0; i + 1 < n_pairs; i += 2)
        if (strlen(pairs[i]) == n && memcmp(pairs[i], s, n) == 0)
            return pairs[i + 1];
    return NULL;
}

void rc_fill(rc_text *out, const char *pattern, const char *const *pairs, size_t n) {
    for (const char *c = pattern; *c != '\0';) {
        size_t plain_bytes = strcspn(c, "{");
        rc_text_add_n(out, c, plain_bytes);
        c += plain_bytes;
        if (*c == '\0')
            break;
        size_t name = strcspn(c + 1, "{}");
        const char *text = c[1 + name] == '}' ? part(c + 1, name, pairs, n) : NULL;
        if (text != NULL) {
            rc_text_add(out, text);
            c += name + 2;
        } else {
            rc_text_add_n(out, c++, 1);
        }
    }
}

const char *rc_fill_kept(rc_arena *arena, const char *pattern, const char *const *pairs, size_t n) {
    rc_text t = {0};
    rc_fill(&t, pattern, pairs, n);
    const char *kept = rc_arena_strdup(arena, t.bytes != NULL ? t.bytes : "");
    rc_text_free(&t);
    return kept;
}

rc_phrase rc_phrase_copy(const rc_phrase *message, const char *name, const char *text,
                         rc_arena *arena) {
    rc_phrase copy = {.pattern = message->pattern, .n = message->n};
    const char **pairs = RC_NEW(arena, const char *, message->n + 2);
    for (size_t i = 0; i < message->n; i++)
        pairs[i] = rc_arena_strdup(arena, message->pairs[i]);
    if (name != NULL) {
        pairs[copy.n++] = rc_arena_strdup(arena, name);
        pairs[copy.n++] = rc_arena_strdup(arena, text);
    }
    copy.pairs = pairs;
    return copy;
}

const char *rc_phrase_text(const rc_phrase *message, const char *language, rc_arena *arena) {
    return rc_fill_kept(arena, rc_tr(language, message->pattern), message->pairs, message->n);
}

void rc_next_sentence(rc_text *out) {
    static const char *const stops[] = {"。", "！", "？", "）", "；", " "};
    if (out->length == 0)
        return;
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        size_t n = strlen(stops[i]);
        if (out->length >= n && memcmp(out->bytes + out->length - n, stops[i], n) == 0)
            return;
    }
    rc_text_add(out, " ");
}
