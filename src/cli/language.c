/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/language.h"

#include "core/language.h"

#include <stdlib.h>
#include <string.h>

static const char *locale_of_environment(void) {
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && *value != '\0')
            return value;
    }
    return "C";
}

/** "C", "C.UTF-8", "POSIX": nobody chose a language. */
static bool no_language(const char *locale) {
    size_t n = strcspn(locale, ".@");
    return (n == 1 && *locale == 'C') || (n == 5 && strncmp(locale, "POSIX", n) == 0);
}

/** The first of a list with colons that is known. */
static const rc_language *first_known(const char *list) {
    for (char name[64]; *list != '\0';) {
        size_t n = strcspn(list, ":");
        if (n < sizeof name) {
            memcpy(name, list, n);
            name[n] = '\0';
            const rc_language *l = rc_language_match(name);
            if (l != NULL)
                return l;
        }
        list += n + (list[n] == ':');
    }
    return NULL;
}

const char *rc_language_of_environment(void) {
    const char *locale = locale_of_environment(), *list = getenv("LANGUAGE");
    const rc_language *l = NULL;
    if (list != NULL && !no_language(locale))
        l = first_known(list);
    if (l == NULL)
        l = rc_language_match(locale);
    return l != NULL ? l->code : "en";
}

const char *rc_language_option(const char *text, rc_error *err) {
    const rc_language *l = rc_language_match(text);
    if (l != NULL && strcmp(text, "C") != 0)
        return l->code;
    rc_text list = {0};
    for (size_t i = 0; i < rc_language_count(); i++)
        rc_text_addf(&list, "%s%s (%s)", i > 0 ? ", " : "", rc_language_at(i)->code,
                     rc_language_at(i)->name);
    rc_fail(err, RC_USAGE, "--lang %.60s: must be one of %.160s", text, list.bytes);
    rc_text_free(&list);
    return NULL;
}
