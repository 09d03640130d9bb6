/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the name and the labels of an entry say, by lists of words: whole words in English, parts of
 * words in Chinese, which has no blanks. */
#include "lint/lint.h"

#include <ctype.h>
#include <string.h>

static bool is_letter(char c) {
    return isalpha((unsigned char)c) != 0;
}

/* Is text[0 ... n) the word, or its plural? */
static bool same_word(const char *text, size_t n, const char *word, size_t length) {
    if (n != length && !(n == length + 1 && tolower((unsigned char)text[length]) == 's'))
        return false;
    for (size_t i = 0; i < length; i++)
        if (tolower((unsigned char)text[i]) != word[i])
            return false;
    return true;
}

static bool has_word(const char *text, const char *word, size_t length) {
    for (const char *s = text; *s != '\0';) {
        size_t n = 0;
        while (is_letter(s[n]))
            n++;
        if (n > 0 && same_word(s, n, word, length))
            return true;
        s += n > 0 ? n : 1;
    }
    return false;
}

static bool has_part(const char *text, const char *part, size_t length) {
    for (const char *s = strchr(text, part[0]); s != NULL; s = strchr(s + 1, part[0]))
        if (strncmp(s, part, length) == 0)
            return true;
    return false;
}

static bool has_any(const char *text, const char *words,
                    bool (*has)(const char *text, const char *word, size_t length)) {
    for (const char *s = words; *s != '\0';) {
        size_t n = strcspn(s, " ");
        if (has(text, s, n))
            return true;
        s += n + strspn(s + n, " ");
    }
    return false;
}

static bool says(const char *text, const char *english, const char *chinese) {
    return text != NULL && (has_any(text, english, has_word) || has_any(text, chinese, has_part));
}

bool rc_lint_says(const rc_entry *entry, const char *english, const char *chinese) {
    bool found = says(entry->name, english, chinese) || says(entry->label.text, english, chinese);
    for (size_t i = 0; i < entry->label.n && !found; i++)
        found = says(entry->label.texts[i], english, chinese);
    return found;
}
