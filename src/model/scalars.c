/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of keys that are no formulas: plain numbers, words of a list, true and false, labels,
 * shares. Each says what it found and what it needs. */
#include "model/check.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static_assert(sizeof(rc_per) == sizeof(int), "a CHOICE is stored as an int");

static const char *kind_name(const rc_yaml *y) {
    return y->kind == RC_YAML_LIST ? "a list" : y->kind == RC_YAML_MAP ? "a mapping" : "a text";
}

bool rc_check_scalar(rc_check *c, const char *key, const rc_yaml *y, const char *wanted) {
    if (y->kind != RC_YAML_SCALAR) {
        rc_check_error(c, y->mark, NULL, "`%s` is %s; %s is needed here", key, kind_name(y),
                       wanted);
        return false;
    }
    if (y->null) {
        bool is_value = c->node != NULL && strcmp(key, "value") == 0;
        rc_check_error(c, y->mark, NULL, "`%s` has no value",
                       is_value ? c->node->entry->name : key);
        return false;
    }
    return true;
}

bool rc_check_map(rc_check *c, const char *key, const rc_yaml *y, const char *example) {
    if (y->kind == RC_YAML_MAP)
        return true;
    if (y->kind == RC_YAML_SCALAR && y->null)
        rc_check_error(c, y->mark, example, "`%s` has no value", key);
    else
        rc_check_error(c, y->mark, example, "`%s` is %s; a mapping is needed here", key,
                       y->kind == RC_YAML_LIST ? "a list" : "a single value");
    return false;
}

/* "1/12": a number over a number. */
static bool parse_fraction(const char *text, double *out) {
    char above[64];
    double below;
    const char *slash = strchr(text, '/');
    size_t length = slash != NULL ? (size_t)(slash - text) : 0;
    if (slash == NULL || length >= sizeof above)
        return false;
    while (length > 0 && text[length - 1] == ' ')
        length--;
    memcpy(above, text, length);
    above[length] = '\0';
    if (!rc_number_parse(above, out) ||
        !rc_number_parse(slash + 1 + strspn(slash + 1, " "), &below))
        return false;
    *out /= below;
    return true;
}

bool rc_check_number(rc_check *c, const char *key, const rc_yaml *y, double *out) {
    if (!rc_check_scalar(c, key, y, "a number"))
        return false;
    if ((rc_number_parse(y->text, out) || parse_fraction(y->text, out)) && isfinite(*out))
        return true;
    rc_check_error(c, y->mark, NULL,
                   "`%s` is `%.40s`; it must be a plain number, such as 5 or 10%%", key, y->text);
    return false;
}

/* "year, quarter or month" */
static const char *choices_text(rc_check *c, const char *choices) {
    const char *text = NULL;
    for (const char *s = choices[0] == '-' ? choices + 2 : choices; *s != '\0';) {
        int length = (int)strcspn(s, " ");
        const char *next = s + length + strspn(s + length, " ");
        if (text == NULL)
            text = rc_arena_printf(c->arena, "%.*s", length, s);
        else
            text = rc_arena_printf(c->arena, "%s%s%.*s", text, *next == '\0' ? " or " : ", ",
                                   length, s);
        s = next;
    }
    return text;
}

void rc_read_choice(rc_check *c, const rc_key *key, const rc_yaml *y, int *out) {
    if (!rc_check_scalar(c, key->name, y, "a word"))
        return;
    char word[32];
    int position = 0;
    for (const char *s = key->choices; *s != '\0'; position++) {
        size_t length = strcspn(s, " ");
        memcpy(word, s, length);
        word[length] = '\0';
        if (strcmp(word, y->text) == 0 && word[0] != '-') {
            *out = position;
            return;
        }
        s += length + strspn(s + length, " ");
    }
    rc_check_error(c, y->mark, NULL, "`%s` is `%.40s`; it must be %s", key->name, y->text,
                   choices_text(c, key->choices));
}

void rc_read_bool(rc_check *c, const rc_key *key, const rc_yaml *y, bool *out) {
    if (!rc_check_scalar(c, key->name, y, "true or false"))
        return;
    if (strcmp(y->text, "true") == 0)
        *out = true;
    else if (strcmp(y->text, "false") == 0)
        *out = false;
    else
        rc_check_error(c, y->mark, "write true or false", "`%s` is `%.40s`", key->name, y->text);
}

void rc_read_label(rc_check *c, const rc_key *key, const rc_yaml *y, rc_label *out) {
    if (y->kind == RC_YAML_SCALAR) {
        if (rc_check_scalar(c, key->name, y, "a text"))
            out->text = y->text;
        return;
    }
    if (!rc_check_map(c, key->name, y, "{en: Licences, zh: 许可}"))
        return;
    const char **languages = RC_NEW(c->arena, const char *, y->n);
    const char **texts = RC_NEW(c->arena, const char *, y->n);
    for (size_t i = 0; i < y->n; i++) {
        if (!rc_check_scalar(c, y->keys[i]->text, y->items[i], "a text"))
            continue;
        languages[out->n] = y->keys[i]->text;
        texts[out->n++] = y->items[i]->text;
    }
    out->languages = languages;
    out->texts = texts;
    out->text = out->n > 0 ? texts[0] : NULL;
}

void rc_read_share(rc_check *c, const char *key, const rc_yaml *y, double *out) {
    double x;
    if (!rc_check_number(c, key, y, &x))
        return;
    if (x > 0 && x < 1)
        *out = x;
    else
        rc_check_error(c, y->mark, "write 90%", "`%s` is %g; it must lie between 0 and 1", key, x);
}

void rc_read_widening(rc_check *c, const rc_yaml *y, double *out) {
    double x;
    if (!rc_check_number(c, "overconfidence", y, &x))
        return;
    if (x > 0)
        *out = x;
    else
        rc_check_error(c, y->mark, NULL, "`overconfidence` is %g; it must be above 0", x);
}
