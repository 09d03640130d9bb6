/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mo.h"

#include <string.h>

enum { MAGIC = 0, REVISION = 4, COUNT = 8, ORIGINALS = 12, TRANSLATIONS = 16, HEADER = 28 };

static uint32_t word(const rc_mo *mo, size_t at) {
    const unsigned char *b = mo->bytes + at;
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

size_t rc_mo_count(const rc_mo *mo) {
    return word(mo, COUNT);
}

/** Text `index` of a table, and its length without the last NUL. */
static const char *text_at(const rc_mo *mo, size_t table, size_t index, size_t *length) {
    size_t entry = word(mo, table) + 8 * index;
    *length = word(mo, entry);
    return (const char *)mo->bytes + word(mo, entry + 4);
}

static bool table_valid(const rc_mo *mo, size_t table) {
    uint64_t start = word(mo, table), n = word(mo, COUNT);
    if (start + 8 * n > mo->length)
        return false;
    for (uint64_t i = 0; i < n; i++) {
        uint64_t length = word(mo, (size_t)(start + 8 * i));
        uint64_t at = word(mo, (size_t)(start + 8 * i + 4));
        if (at + length >= mo->length || mo->bytes[at + length] != 0)
            return false;
    }
    return true;
}

bool rc_mo_valid(const rc_mo *mo) {
    return mo->length >= HEADER && word(mo, MAGIC) == 0x950412de && word(mo, REVISION) == 0 &&
           table_valid(mo, ORIGINALS) && table_valid(mo, TRANSLATIONS);
}

const char *rc_mo_original(const rc_mo *mo, size_t index) {
    size_t length;
    return text_at(mo, ORIGINALS, index, &length);
}

/** Order of context "\4" original against an entry, as strcmp would have it. */
static int compare(const char *context, const char *original, const char *entry) {
    if (context == NULL)
        return strcmp(original, entry);
    size_t n = strlen(context);
    int order = strncmp(context, entry, n);
    if (order != 0)
        return order;
    if (entry[n] != '\4')
        return 4 - (int)(unsigned char)entry[n];
    return strcmp(original, entry + n + 1);
}

const char *rc_mo_find(const rc_mo *mo, const char *context, const char *original, size_t form) {
    size_t low = 0, high = rc_mo_count(mo), length;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(context, original, text_at(mo, ORIGINALS, middle, &length));
        if (order < 0) {
            high = middle;
        } else if (order > 0) {
            low = middle + 1;
        } else {
            const char *text = text_at(mo, TRANSLATIONS, middle, &length), *end = text + length;
            for (; form > 0 && text < end; form--)
                text += strlen(text) + 1;
            return text < end && *text != '\0' ? text : NULL;
        }
    }
    return NULL;
}
