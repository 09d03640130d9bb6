/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/label.h"

#include "core/language.h"

#include <string.h>

/** Do two tags have the same first part? "zh-TW", "zh" */
static bool related(const char *a, const char *b) {
    size_t n = strcspn(a, "-_");
    return n == strcspn(b, "-_") && strncmp(a, b, n) == 0;
}

const char *rc_label_text(const rc_label *label, const char *language, const char *fallback) {
    const rc_language *wanted = rc_language_find(language);
    for (size_t i = 0; language != NULL && i < label->n; i++)
        if (strcmp(label->languages[i], language) == 0)
            return label->texts[i];
    for (size_t i = 0; wanted != NULL && i < label->n; i++)
        if (rc_language_match(label->languages[i]) == wanted)
            return label->texts[i];
    for (size_t i = 0; language != NULL && i < label->n; i++)
        if (related(label->languages[i], language))
            return label->texts[i];
    return label->text != NULL ? label->text : fallback;
}

rc_label rc_label_copy(const rc_label *label, rc_arena *arena) {
    rc_label copy = {.n = label->n};
    if (label->text != NULL)
        copy.text = rc_arena_strdup(arena, label->text);
    const char **languages = RC_NEW(arena, const char *, label->n);
    const char **texts = RC_NEW(arena, const char *, label->n);
    for (size_t i = 0; i < label->n; i++) {
        languages[i] = rc_arena_strdup(arena, label->languages[i]);
        texts[i] = rc_arena_strdup(arena, label->texts[i]);
    }
    copy.languages = languages;
    copy.texts = texts;
    return copy;
}
